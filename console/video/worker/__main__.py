"""``python -m console.video.worker``: decode what the console asks for, into its shared memory.

Started by :class:`console.video.client.VideoClient`, which speaks on standard input; it ends when
that is closed, and by itself when the decoder does not come back, so that the console starts
another one.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import queue
import signal
import sys
import threading
import time
from typing import IO

from console.video.protocol import BEAT_S, Beat, ProtocolError, Show, encode, read_show
from console.video.worker.stream import Open, Stream, Write

NICE = 10
"""While OpenCV is loaded, which takes half a second of a processor, the interface goes first."""
EXIT_STUCK = 3
EXIT_CONFUSED = 4


class Worker:
    """Run the streams of one process; the main thread's own.

    Args:
        open_source: opens an address; ``write`` scales a picture into an output.
    """

    def __init__(self, open_source: Open, write: Write) -> None:
        self._open = open_source
        self._write = write
        self._streams: dict[str, Stream] = {}
        self._ending: list[Stream] = []
        self._away: set[str] = set()

    def show(self, show: Show) -> None:
        """Begin, change or end a camera."""
        stream = self._streams.get(show.camera)
        if stream is not None and not show.outputs:
            stream.show(show)
            stream.end()
            self._ending.append(self._streams.pop(show.camera))
        elif stream is not None:
            stream.show(show)
        elif show.outputs:
            self._streams[show.camera] = Stream(show, self._open, self._write, self._away)

    def beat(self, pipe: IO[bytes]) -> None:
        """Say how every stream is.

        Raises:
            OSError: the console is gone.
        """
        pipe.write(encode(Beat(tuple(stream.facts for stream in self._streams.values()))))
        pipe.flush()

    def stuck(self) -> bool:
        """Return whether the decoder has not come back to some stream, or one has failed."""
        self._ending = [stream for stream in self._ending if stream.alive]
        now_s = time.monotonic()
        if not all(stream.alive for stream in self._streams.values()):
            return True
        return any(stream.stuck(now_s) for stream in (*self._streams.values(), *self._ending))


def main() -> int:
    """Decode until standard input ends; return the exit code."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the keyboard's interrupt is the console's
    shows: queue.SimpleQueue[Show | ProtocolError | None] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(shows,), name="listen", daemon=True).start()
    _load_gently("console.video.worker.decoder")
    from console.video.worker import decoder  # noqa: PLC0415 - loaded by now, in a thread that gave way

    worker, out = Worker(decoder.Capture, decoder.write), sys.stdout.buffer
    next_s = 0.0
    while True:
        with contextlib.suppress(queue.Empty):
            show = shows.get(timeout=max(0.0, next_s - time.monotonic()))
            if not isinstance(show, Show):
                return EXIT_CONFUSED if show is not None else 0
            worker.show(show)
            continue
        next_s = time.monotonic() + BEAT_S
        if worker.stuck():
            return EXIT_STUCK
        try:
            worker.beat(out)
        except OSError:
            return 0


def _load_gently(module: str) -> None:
    """Import a module in a thread that gives way to other processes; decoding itself does not."""

    def load() -> None:
        if sys.platform == "linux":  # where a priority is a thread's, and only there
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
        importlib.import_module(module)

    thread = threading.Thread(target=load, name="load")
    thread.start()
    thread.join()


def _listen(shows: queue.SimpleQueue[Show | ProtocolError | None]) -> None:
    while True:
        try:
            show = read_show(sys.stdin.buffer)
        except ProtocolError as error:
            shows.put(error)
            return
        shows.put(show)
        if show is None:
            return


if __name__ == "__main__":
    # at once: threads may be inside the decoder, which nothing can interrupt
    os._exit(main())
