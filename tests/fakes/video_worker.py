"""A worker without OpenCV: paints counting pictures, beats, and misbehaves when its camera says so.

Addresses: ``hang:`` paints what has not changed for nine seconds; ``paint:`` paints;
``die:`` ends with code 9; ``mute:`` stops beating but lives on;
``nonsense:`` says something else. Run as ``python -m tests.fakes.video_worker``.
"""

from __future__ import annotations

import queue
import sys
import threading
import time

from console.video.frames import FrameWriter
from console.video.protocol import BEAT_S, Beat, Facts, Show, encode, read_show


def main() -> int:
    shows: queue.SimpleQueue[Show | None] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(shows,), daemon=True).start()
    wanted: dict[str, Show] = {}
    writers: dict[str, FrameWriter] = {}
    while True:
        try:
            show = shows.get(timeout=BEAT_S / 2)
        except queue.Empty:
            _paint(wanted, writers)
            if any(show.address == "mute:" for show in wanted.values()):
                continue
            now_s = time.monotonic()
            facts = tuple(_facts(show, now_s) for show in wanted.values())
            sys.stdout.buffer.write(encode(Beat(facts)))
            sys.stdout.buffer.flush()
            continue
        if show is None:
            return 0
        wanted[show.camera] = show
        if not show.outputs:
            del wanted[show.camera]
        if show.address == "die:":
            return 9
        if show.address == "nonsense:":
            sys.stdout.buffer.write(b"\xff\xff\xff\xff nonsense")
            sys.stdout.buffer.flush()


def _facts(show: Show, now_s: float) -> Facts:
    hangs = show.address == "hang:"
    changed_s = show.seen.changed_s or now_s - 9 if hangs else now_s
    return Facts(
        show.camera,
        True,
        picture_s=now_s,
        changed_s=changed_s,
        serial=show.serial,
        trace=b"same" if hangs else b"",
    )


def _paint(wanted: dict[str, Show], writers: dict[str, FrameWriter]) -> None:
    for show in wanted.values():
        for output in show.outputs:
            if output.segment not in writers:
                writers[output.segment] = FrameWriter(output.segment)
            writer = writers[output.segment]
            with writer.begin(output.width, output.height) as view:
                view[:] = bytes([len(show.camera)]) * len(view)
            writer.publish(output.width, output.height, time.monotonic())


def _listen(shows: queue.SimpleQueue[Show | None]) -> None:
    while (show := read_show(sys.stdin.buffer)) is not None:
        shows.put(show)
    shows.put(None)


if __name__ == "__main__":
    sys.exit(main())
