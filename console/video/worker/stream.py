"""One camera in a worker: a thread that opens its stream, decodes it once, fills its outputs."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from console.video.frames import FrameError, FrameWriter
from console.video.protocol import Facts, Output, Show
from console.video.worker.looking import Look
from console.video.worker.retries import Retries

STUCK_S = 15.0
"""Seconds a call into the decoder may take: three times what it is told to take at most."""


class Source(Protocol):
    """One connection to a stream."""

    @property
    def is_open(self) -> bool:
        """Return whether there is a stream."""

    @property
    def exact(self) -> bool:
        """Return whether each picture is coded by itself."""

    @property
    def key(self) -> bool:
        """Return whether the latest picture is coded by itself."""

    def read(self) -> NDArray[np.uint8] | None:
        """Wait for the next picture; ``None`` when the stream has ended."""

    def close(self) -> None:
        """Hang up."""


T = TypeVar("T")
Open = Callable[[str], Source]
Write = Callable[[NDArray[np.uint8], FrameWriter, float], None]


class Stream:
    """Decode one camera until told to end.

    ``show``, ``facts``, ``stuck`` and ``end`` are called from the worker's main thread; the rest is
    the stream's own thread.

    Args:
        show: what to decode, and where to.
        open_source: opens an address.
        write: scales a picture into an output.
        away: the cameras of this process that have no pictures now; shared by its streams.
    """

    def __init__(
        self, show: Show, open_source: Open, write: Write, away: set[str] | None = None
    ) -> None:
        self._away = set() if away is None else away
        self._show = show
        self._open = open_source
        self._write = write
        self._ended = threading.Event()
        self._retries = Retries()
        self._writers: dict[Output, FrameWriter] = {}
        self._look = Look(seen=show.seen)
        self._facts = Facts(show.camera, serial=show.serial)
        self._entered_s = 0.0
        self._thread = threading.Thread(target=self._run, name=f"stream {show.camera}", daemon=True)
        self._thread.start()

    @property
    def facts(self) -> Facts:
        """Return what has been seen of it so far."""
        return self._facts

    @property
    def alive(self) -> bool:
        """Return whether its thread still runs."""
        return self._thread.is_alive()

    def show(self, show: Show) -> None:
        """Go on with other outputs or, from the next connection on, another address."""
        self._show = show

    def stuck(self, now_s: float) -> bool:
        """Return whether the decoder has not come back for longer than it may."""
        entered_s = self._entered_s
        return entered_s > 0 and now_s - entered_s > STUCK_S

    def end(self) -> None:
        """Tell the thread to end; it does when the decoder comes back."""
        self._ended.set()

    def _run(self) -> None:
        while not self._ended.is_set():
            began_s = time.monotonic()
            source = self._called(lambda: self._open(self._show.address))
            reason, lived_s = "refused", 0.0
            if source.is_open:
                first_s = self._watch(source)
                reason = "ended" if first_s else "unreadable"
                lived_s = time.monotonic() - first_s if first_s else 0.0
            self._called(source.close)
            self._away.add(self._show.camera)
            wait_s = self._retries.failed(lived_s, len(self._away))
            self._say(connected=False, reason=reason)
            spent_s = time.monotonic() - began_s if not lived_s else 0.0
            self._ended.wait(max(0.2, wait_s - spent_s))
        self._away.discard(self._show.camera)
        self._let_go(())

    def _watch(self, source: Source) -> float:
        """Take pictures until there are none; return when the first came, 0 for never."""
        first_s = last_s = 0.0
        self._look = Look(exact=source.exact, seen=self._look.seen)
        while not self._ended.is_set():
            image = self._called(source.read)
            if image is None:
                break
            now_s = time.monotonic()
            if not first_s:
                first_s = now_s
                self._away.discard(self._show.camera)
            self._fill(image, now_s)
            self._look.at(image, now_s, key=source.key)
            self._retries.lives(now_s - first_s)
            gap_s = now_s - last_s if last_s else 0.0
            last_s = now_s
            self._say(connected=True, picture_s=now_s, gap_s=gap_s)
        return first_s

    def _fill(self, image: NDArray[np.uint8], now_s: float) -> None:
        wanted = self._show.outputs
        self._let_go(wanted)
        for output in wanted:
            writer = self._writers.get(output)
            if writer is None:
                # gone already: it was released while this picture was on its way
                with contextlib.suppress(FileNotFoundError, FrameError):
                    writer = self._writers[output] = FrameWriter(output.segment)
            if writer is not None:
                self._write(image, writer, now_s)

    def _let_go(self, wanted: tuple[Output, ...]) -> None:
        for output in [output for output in self._writers if output not in wanted]:
            self._writers.pop(output).close()

    def _called(self, call: Callable[[], T]) -> T:
        """Call the decoder, and let the main thread see since when it has not come back."""
        self._entered_s = time.monotonic()
        try:
            return call()
        finally:
            self._entered_s = 0.0

    def _say(
        self, *, connected: bool, picture_s: float = 0.0, gap_s: float = 0.0, reason: str = ""
    ) -> None:
        before = self._facts
        self._facts = Facts(
            camera=before.camera,
            connected=connected,
            attempts=self._retries.attempts,
            picture_s=picture_s or before.picture_s,
            gap_s=gap_s,
            changed_s=self._look.changed_s,
            black_s=self._look.black_s,
            patience_s=self._look.patience_s,
            serial=before.serial,
            reason=reason,
            trace=self._look.trace,
        )
