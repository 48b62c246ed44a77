"""Judge from the page's own reports whether the map on the screen is still the present one."""

from __future__ import annotations

import enum
from dataclasses import dataclass

SILENCE_S = 1.5
"""Seconds without a report, or behind the data, after which the picture is covered."""
START_S = 8.0
"""Seconds a first picture may take before its absence is trouble."""
KILL_S = 10.0
"""Seconds of silence after which the renderer is ended and started again."""
START_KILL_S = 30.0
"""The same, without even a question, for a page that has shown nothing yet: a city's first picture
takes longer on a busy machine, and a new start takes it from the beginning."""
START_MOST_S = 120.0
"""Seconds a page may ask for things and show nothing."""
LATE_TICK_S = 0.75
"""A judge that was itself held up this long cannot blame the page yet."""
BACK_OFF_S = (0.0, 1.0, 2.0, 5.0, 10.0)
"""Seconds to wait before each new start of a renderer that crashed; the last one repeats."""


class Trouble(enum.StrEnum):
    """Name what is wrong with the picture."""

    NONE = "none"
    STARTING = "starting"
    """No first picture yet."""
    SILENT = "silent"
    """The page reports nothing: its process is stopped, hung or starved."""
    BEHIND = "behind"
    """The page lives and does not paint what has changed."""
    CRASHED = "crashed"
    """The renderer's process ended; a new one is being started."""


@dataclass(slots=True)
class Pulse:
    """Follow the page's reports; every time is the steady clock's, in seconds.

    Attributes:
        silent_since_s: when the page last said something.
        last_asked_s: when the page last asked for anything: a start that gets on, however slowly.
        crashes: ends of the renderer since it last reported.
    """

    started_s: float
    last_report_s: float | None = None
    last_asked_s: float | None = None
    last_tick_s: float | None = None
    grace_until_s: float = 0.0
    crashes: int = 0
    crashed: bool = False

    def report(self, now_s: float) -> None:
        """Note that the page reported a paint."""
        self.last_report_s = now_s
        self.crashed = False
        self.crashes = 0

    def asked(self, now_s: float) -> None:
        """Note that the page asked for something: no picture, but a sign of life."""
        self.last_asked_s = now_s

    def crash(self) -> float:
        """Note that the renderer ended; return the seconds to wait before starting another."""
        wait_s = BACK_OFF_S[min(self.crashes, len(BACK_OFF_S) - 1)]
        self.crashed = True
        self.crashes += 1
        return wait_s

    def forgive(self, now_s: float) -> None:
        """Start counting afresh: the page was hidden, or reloaded on purpose."""
        self.grace_until_s = now_s + SILENCE_S

    def silence_s(self, now_s: float) -> float:
        """Return seconds since the page last reported, or since the start."""
        return now_s - (self.started_s if self.last_report_s is None else self.last_report_s)

    def hopeless(self, now_s: float) -> bool:
        """Return whether only a new start helps: a page that lived is silent, one never started."""
        silence_s = self.silence_s(now_s)
        if self.last_report_s is not None:
            return silence_s > KILL_S
        asked_s = self.started_s if self.last_asked_s is None else self.last_asked_s
        return silence_s > START_MOST_S or now_s - asked_s > START_KILL_S

    def judge(self, now_s: float, unpainted_s: float) -> Trouble:
        """Return what is wrong now; call every 250 ms or so while the map is on the screen."""
        late = self.last_tick_s is not None and now_s - self.last_tick_s > LATE_TICK_S
        self.last_tick_s = now_s
        if late:
            # This process stood still: its reports wait in the queue behind this very call.
            self.forgive(now_s)
        if self.crashed:
            return Trouble.CRASHED
        if self.last_report_s is None:
            late_s = now_s - self.started_s
            return Trouble.STARTING if late_s < START_S else Trouble.SILENT
        if now_s < self.grace_until_s:
            return Trouble.NONE
        if self.silence_s(now_s) > SILENCE_S:
            return Trouble.SILENT
        return Trouble.BEHIND if unpainted_s > SILENCE_S else Trouble.NONE
