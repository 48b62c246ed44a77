"""Which alarm sound is due: by priority, repeated while nobody acknowledges, one for a flood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from backend_bridge.contract.alarms import Alarm, Severity
from backend_bridge.contract.times import Clock
from console.state.alarms import Alarms, alarm_key

REPEAT_S = {Severity.URGENT: 15.0, Severity.HIGH: 30.0, Severity.MEDIUM: 60.0}
"""Seconds after which an unacknowledged alarm sounds again; low alarms are silent."""
SILENCE_S = 300.0
FLOOD = 10
"""New alarms within :data:`FLOOD_S` from which on they are summed up instead of sounding."""
FLOOD_S = 10.0


@dataclass(frozen=True, slots=True)
class Ring:
    """Say what should be heard and said now.

    Attributes:
        severity: the sound, ``None`` for none.
        more: alarms to be summed up in words (« dix alarmes de plus »), 0 for none.
        reminded: ids of the alarms the bridge reminds of because nobody acknowledged them in time,
            the most pressing first.
    """

    severity: Severity | None = None
    more: int = 0
    reminded: tuple[str, ...] = ()


class Sounds:
    """Decide the sounds of one seat; call :meth:`look` after each change and each second.

    An alarm is the root of its children already (one row, one sound). A silence acknowledges
    nothing, and a new urgent alarm breaks it.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[str, tuple[int, Severity]] | None = None
        self._reminders: dict[str, int] = {}
        self._rung_s: dict[Severity, float] = {}
        self._new_s: list[float] = []
        self._unsaid = 0
        self._silent_until_s: float | None = None

    @property
    def silent_s(self) -> float:
        """Return for how many seconds the silence still lasts, 0 for none."""
        if self._silent_until_s is None:
            return 0.0
        return max(0.0, self._silent_until_s - self._clock.mono_s())

    def silence(self) -> None:
        """Keep quiet for five minutes, or end a silence that lasts."""
        over_s = self._clock.mono_s() + SILENCE_S
        self._silent_until_s = None if self.silent_s else over_s

    def forget(self) -> None:
        """Know nothing: somebody else sits here; what stands already rings as a reminder."""
        self._known = None
        self._reminders.clear()
        self._rung_s.clear()
        self._new_s.clear()
        self._unsaid = 0
        self._silent_until_s = None

    def look(self, alarms: Alarms, changed: Iterable[str] | None = None) -> Ring:
        """Return what is due now.

        What stood unacknowledged when the seat was taken sounds once, as its worst.

        Args:
            alarms: all that are listed.
            changed: ids of the alarms that changed since the last look; ``None`` for all.
        """
        now_s = self._clock.mono_s()
        first = self._known is None
        reminded = self._reminded(alarms, changed)
        fresh = self._fresh(alarms, changed)
        flood = self._count(len(fresh), now_s)
        worst_new = min(fresh, default=None)
        if worst_new is Severity.URGENT:
            self._silent_until_s = None
        more = self._sum_up(len(fresh), flood=flood)
        told = () if first else reminded
        if self.silent_s:
            return Ring(None, more, tuple(alarm.id for alarm in told))
        due = self._due(alarms, now_s)
        # in a flood, and while a worse one is repeated, what the bridge reminds of still rings
        ringing = [alarm.severity for alarm in told if alarm.severity in REPEAT_S]
        due = min((item for item in (due, *ringing) if item is not None), default=None)
        if worst_new in REPEAT_S and not self._held(worst_new, now_s, flood=flood):
            due = worst_new if due is None else min(due, worst_new)
        if due is not None:
            self._rung_s[due] = now_s
        return Ring(due, more, tuple(alarm.id for alarm in told))

    def _fresh(self, alarms: Alarms, changed: Iterable[str] | None) -> list[Severity]:
        """Return the severities of what began to wait since the last look, or became worse."""
        known = self._known
        if known is None:
            waiting = (item for item in alarms if not item.acknowledged)
            self._known = {item.id: (item.occurrences, item.severity) for item in waiting}
            return []
        fresh = []
        for alarm_id in {*alarms.by_id, *known} if changed is None else changed:
            alarm = alarms.get(alarm_id)
            if alarm is None or alarm.acknowledged:
                known.pop(alarm_id, None)
                continue
            times, severity = known.get(alarm_id, (0, alarm.severity))
            if times < alarm.occurrences or alarm.severity < severity:
                fresh.append(alarm.severity)
            known[alarm_id] = (alarm.occurrences, alarm.severity)
        return fresh

    def _reminded(self, alarms: Alarms, changed: Iterable[str] | None) -> list[Alarm]:
        """Return the alarms the bridge reminded of since the last look, most pressing first."""
        found = []
        for alarm_id in {*alarms.by_id, *self._reminders} if changed is None else changed:
            alarm = alarms.get(alarm_id)
            before = self._reminders.pop(alarm_id, 0)
            if alarm is None or alarm.acknowledged or not alarm.reminders:
                continue
            self._reminders[alarm_id] = alarm.reminders
            if alarm.reminders > before:
                found.append(alarm)
        return sorted(found, key=alarm_key)

    def _count(self, fresh: int, now_s: float) -> bool:
        """Return whether alarms arrive as a flood."""
        self._new_s = [at_s for at_s in self._new_s if now_s - at_s < FLOOD_S]
        self._new_s += [now_s] * min(fresh, FLOOD + 1)
        return len(self._new_s) > FLOOD

    def _sum_up(self, fresh: int, *, flood: bool) -> int:
        """Return how many alarms to say in words: whole tens of a flood, the rest at its end."""
        if flood:
            self._unsaid += fresh
            said = self._unsaid // FLOOD * FLOOD
        else:
            said = self._unsaid
        self._unsaid -= said
        return said

    def _held(self, severity: Severity, now_s: float, *, flood: bool) -> bool:
        """Return whether a new alarm keeps quiet: in a flood each priority sounds once."""
        rung_s = self._rung_s.get(severity)
        return flood and rung_s is not None and now_s - rung_s < FLOOD_S

    def _due(self, alarms: Alarms, now_s: float) -> Severity | None:
        """Return the worst waiting priority whose reminder is due."""
        for severity, repeat_s in REPEAT_S.items():
            if not alarms.waiting(severity):
                self._rung_s.pop(severity, None)
                continue
            rung_s = self._rung_s.get(severity)
            if rung_s is None or now_s - rung_s >= repeat_s:
                return severity
            return None  # a milder one does not cut in while a worse one is being repeated
        return None
