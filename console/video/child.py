"""One worker process as the console sees it: its pipes, its three threads, its beats."""

from __future__ import annotations

import contextlib
import logging
import subprocess
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path

from console.video.protocol import BEAT_S, Facts, ProtocolError, Show, encode, read_beat

STOP_S = 1.0
MUTE_BEATS = 4
"""Beats in a row that do not come from a worker that hangs."""
SLOW_BEATS = 15
"""The same while it runs, or would if the machine had room: it is slow, and not known to hang."""
_AT_WORK = ("R", "D")
"""States of a process that runs or waits for a processor, or waits for a disk."""
START_BEATS = 150
"""The same before its first one, 15 s: it imports OpenCV on a loaded machine."""

_log = logging.getLogger(__name__)


class Child:
    """Start a worker and speak with it without ever waiting for it.

    All methods are called from the client's thread; two threads of its own serve the pipes, and one
    listens whether it lives, however late the client's thread is.

    Args:
        command: program and arguments.

    Raises:
        OSError: it does not start.

    Attributes:
        spoke: whether it ever said anything.
        silent: whether it hangs, or says nonsense; for good.
        facts: what it last said of each camera.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, close_fds=True
        )
        self._waiting: deque[bytes] = deque()
        self._wake = threading.Condition()
        self._closing = False
        self._heard = threading.Event()
        self.spoke = False
        self.silent = False
        self.facts: Mapping[str, Facts] = {}
        self._threads = [
            threading.Thread(target=work, name=f"video-{name}", daemon=True)
            for name, work in (
                ("write", self._write),
                ("read", self._read),
                ("listen", self._listen),
            )
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """Return the worker's process id."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """Return how it ended, ``None`` while it runs."""
        return self._process.poll()

    def show(self, show: Show) -> None:
        """Tell it what to decode; what it cannot take now waits in memory."""
        with self._wake:
            self._waiting.append(encode(show))
            self._wake.notify()

    def ask_to_end(self) -> None:
        """Close its input: it ends by itself when it is well."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        self._heard.set()

    def kill(self) -> None:
        """End it now, whatever it is doing; :meth:`reap` later."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self.ask_to_end()

    def reap(self, timeout_s: float = 0.0) -> bool:
        """Give back what it took; return ``False`` while it has not ended after ``timeout_s``."""
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return False
        for thread in self._threads:
            thread.join(STOP_S)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        return True

    def _write(self) -> None:
        pipe = self._process.stdin
        while pipe is not None:
            with self._wake:
                self._wake.wait_for(lambda: bool(self._waiting) or self._closing)
                closing, frames = self._closing, b"".join(self._waiting)
                self._waiting.clear()
            try:
                if closing:
                    pipe.close()
                    return
                pipe.write(frames)
                pipe.flush()
            except (OSError, ValueError):
                return  # it has ended: the client sees it at its next tick

    def _read(self) -> None:
        pipe = self._process.stdout
        while pipe is not None:
            try:
                beat = read_beat(pipe)
            except ProtocolError as error:
                _log.warning("video worker %d says nonsense: %s", self.pid, error)
                self.silent = True
                return
            except (OSError, ValueError):
                return
            if beat is None:
                return
            self.facts = {facts.camera: facts for facts in beat.streams}
            self.spoke = True
            self._heard.set()

    def _listen(self) -> None:
        """Count the beats that do not come while we wait for them.

        Waits are counted, not time: while this process itself is held up it waits for nothing, and
        what came meanwhile is read before as many waits are over.
        """
        missed, busy = 0, False
        before = now = _signs_of_life(self.pid)
        while not self._is_given_up(missed, busy=busy):
            missed = 0 if self._heard.wait(BEAT_S) else missed + 1
            if self._closing:
                return
            self._heard.clear()
            if missed:
                before, now = now, _signs_of_life(self.pid)
                busy = now != before or now[0] in _AT_WORK
        self.silent = True

    def _is_given_up(self, missed: int, *, busy: bool) -> bool:
        if not self.spoke:
            return missed >= START_BEATS
        return missed >= SLOW_BEATS or (missed >= MUTE_BEATS and not busy)


def _signs_of_life(pid: int) -> tuple[str, ...]:
    """Return a process's state, and how often its main thread came to run: that one beats.

    Known on Linux; elsewhere always the same, and silence alone decides.
    """
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return ("",)
    told = dict(line.split(":", 1) for line in lines if ":" in line)
    kinds = ("voluntary_ctxt_switches", "nonvoluntary_ctxt_switches")
    return (told["State"].split()[0], *(told[kind].strip() for kind in kinds))
