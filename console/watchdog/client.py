"""The window's side of the watchdog: starts it, sends beats, starts it again when it dies.

Free of Qt. :meth:`WatchdogClient.beat` never blocks: a thread writes the latest beat into the pipe,
so that a watchdog that hangs cannot hang the window it watches.
"""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import IO

from backend_bridge.contract.times import Clock, SystemClock
from console.watchdog.lines import (
    WORD_PERIOD_S,
    Beat,
    Line,
    LineError,
    WindowBeat,
    decode_word,
    encode,
)

__all__ = ["WatchdogClient", "WatchdogTexts", "WindowBeat"]

MUTE_S = 5 * WORD_PERIOD_S
"""Seconds without a word from the watchdog after which it is ended and started again."""
START_S = 15.0
"""Seconds a new watchdog may take to its first word: it imports Qt on a loaded machine."""
BACK_OFF_S = (0.0, 1.0, 2.0, 5.0, 10.0)
"""Seconds before each new start in a row; the last one repeats."""
STEADY_S = 30.0
"""Seconds a watchdog must live for its earlier ends to be forgotten."""
_STOP_S = 2.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WatchdogTexts:
    """What the cover says, translated by the window; ``{time}`` and ``{seconds}`` are filled in."""

    since: str = "Plus rien depuis {time}"
    frozen: str = "{seconds} s"
    theme: str = "dark"


@dataclass(slots=True)
class _Child:
    """One watchdog process with the two threads that serve its pipes."""

    process: subprocess.Popen[bytes]
    started_s: float
    last_word_s: float
    latest: bytes = b""
    closing: bool = False
    spoke: bool = False
    wake: threading.Condition = field(default_factory=threading.Condition)
    threads: list[threading.Thread] = field(default_factory=list)


class WatchdogClient:
    """Keep one watchdog process and tell it that the window lives.

    ``start``, ``beat`` and ``stop`` are called from the window's own thread; ``notice`` is called
    on that thread too, from within ``beat``.

    Args:
        texts: what the cover says.
        notice: called with ``watchdog.restarted`` (it had died; another one runs) or
            ``watchdog.absent`` (it cannot be started); text keys for the operator.
        clock: time; the machine's when absent.
        command: program and arguments of the watchdog; its own module when absent.
    """

    def __init__(
        self,
        texts: WatchdogTexts | None = None,
        notice: Callable[[str], None] | None = None,
        *,
        clock: Clock | None = None,
        command: Sequence[str] | None = None,
    ) -> None:
        self._texts = texts or WatchdogTexts()
        self._notice = notice or (lambda _key: None)
        self._clock = clock or SystemClock()
        self._command = list(command) if command is not None else None
        self._child: _Child | None = None
        self._next_start_s = 0.0
        self._starts_in_a_row = 0
        self._said_absent = False
        self.restarts = 0

    @property
    def pid(self) -> int | None:
        """Return the watchdog's process id, ``None`` while there is none."""
        return self._child.process.pid if self._child is not None else None

    @property
    def alive(self) -> bool:
        """Return whether the watchdog runs and has spoken lately."""
        child = self._child
        return (
            child is not None
            and child.process.poll() is None
            and child.spoke
            and self._clock.mono_s() - child.last_word_s < MUTE_S
        )

    def start(self) -> None:
        """Start the watchdog; a failure is said and tried again from ``beat``."""
        if self._child is None:
            self._spawn()

    def beat(self, windows: Sequence[WindowBeat]) -> None:
        """Say that the window lives and where its windows are; never blocks, never raises."""
        self._watch_the_watchdog()
        child = self._child
        if child is None:
            return
        beat = Beat(pid=os.getpid(), at_ms=self._clock.now_ms(), windows=tuple(windows))
        with child.wake:
            child.latest = encode(Line(beat=beat))
            child.wake.notify()

    def stop(self) -> None:
        """End the watchdog and wait for it; harmless when there is none."""
        child, self._child = self._child, None
        if child is not None:
            self._end(child, polite=True)

    # -- starting and ending ----------------------------------------------------------------------

    def _spawn(self) -> None:
        texts = self._texts
        command = self._command or [sys.executable, "-m", "console.watchdog"]
        arguments = [
            *("--since", texts.since, "--frozen", texts.frozen, "--theme", texts.theme),
            *("--parent", str(os.getpid())),
        ]
        now_s = self._clock.mono_s()
        wait_s = BACK_OFF_S[min(self._starts_in_a_row + 1, len(BACK_OFF_S) - 1)]
        self._next_start_s = now_s + wait_s
        self._starts_in_a_row += 1
        try:
            process = subprocess.Popen(
                [*command, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                close_fds=True,
            )
        except OSError as error:
            _log.error("watchdog does not start: %s", error)
            self._say_absent()
            return
        child = _Child(process, now_s, now_s)
        for name, work in (("write", self._write), ("read", self._read)):
            thread = threading.Thread(
                target=work, args=(child,), name=f"watchdog-{name}", daemon=True
            )
            child.threads.append(thread)
            thread.start()
        self._child = child

    def _watch_the_watchdog(self) -> None:
        now_s = self._clock.mono_s()
        child = self._child
        if child is not None:
            limit_s = MUTE_S if child.spoke else START_S
            ended = child.process.poll()
            if ended is None and now_s - child.last_word_s < limit_s:
                if now_s - child.started_s > STEADY_S:
                    self._starts_in_a_row = 0
                return
            reason = "says nothing" if ended is None else f"ended with code {ended}"
            _log.error("watchdog %s; starting another one", reason)
            self._child = None
            self._end(child, polite=False)
        if now_s < self._next_start_s:
            return
        self._spawn()
        if self._child is not None and child is not None:
            self.restarts += 1
            self._notice("watchdog.restarted")

    def _say_absent(self) -> None:
        if not self._said_absent:
            self._said_absent = True
            self._notice("watchdog.absent")

    def _end(self, child: _Child, *, polite: bool) -> None:
        with child.wake:
            child.closing = True
            child.latest = encode(Line(bye=True)) if polite else b""
            child.wake.notify()
        try:
            child.process.wait(timeout=_STOP_S if polite else 0)
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
        for thread in child.threads:
            thread.join(timeout=_STOP_S)
        for pipe in (child.process.stdin, child.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    # -- the two threads of a child ---------------------------------------------------------------

    @staticmethod
    def _write(child: _Child) -> None:
        pipe: IO[bytes] | None = child.process.stdin
        while pipe is not None:
            with child.wake:
                child.wake.wait_for(lambda: bool(child.latest) or child.closing)
                line, child.latest = child.latest, b""
                closing = child.closing
            try:
                if line:
                    pipe.write(line)
                    pipe.flush()
                if closing:
                    pipe.close()
            except (OSError, ValueError):
                return  # it has ended: the window's next beat sees it and starts another one
            if closing:
                return

    def _read(self, child: _Child) -> None:
        pipe = child.process.stdout
        while pipe is not None:
            try:
                line = pipe.readline()
                if not line:
                    return
                decode_word(line)
            except LineError:
                _log.debug("watchdog said something else: %r", line[:200])
                continue
            except (OSError, ValueError):
                return
            child.last_word_s = self._clock.mono_s()
            child.spoke = True
