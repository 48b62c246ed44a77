"""The listed alarms, by id and by what they are about, and the root causes among them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from backend_bridge.contract.alarms import Alarm


class Subject(NamedTuple):
    """What an alarm is about: one rule on one equipment; at most one listed alarm each."""

    rule: str
    equipment_id: str


class AlarmBook:
    """Hold the alarms that are active, unacknowledged or put aside."""

    def __init__(self) -> None:
        self._by_id: dict[str, Alarm] = {}
        self._by_subject: dict[Subject, str] = {}

    def get(self, alarm_id: str) -> Alarm | None:
        """Return one listed alarm."""
        return self._by_id.get(alarm_id)

    def of(self, subject: Subject) -> Alarm | None:
        """Return the listed alarm about a subject."""
        alarm_id = self._by_subject.get(subject)
        return self._by_id.get(alarm_id) if alarm_id is not None else None

    def all(self) -> tuple[Alarm, ...]:
        """Return every listed alarm."""
        return tuple(self._by_id.values())

    def keep(self, alarm: Alarm) -> None:
        """Take an alarm's latest state; one that is over leaves."""
        subject = Subject(alarm.rule, alarm.equipment_id)
        if alarm.over:
            self._by_id.pop(alarm.id, None)
            self._by_subject.pop(subject, None)
        else:
            self._by_id[alarm.id] = alarm
            self._by_subject[subject] = alarm.id


class RootCauses:
    """Remember which equipment has a root cause, raised or still in its delay."""

    def __init__(self) -> None:
        self._keys: dict[str, set[str]] = {}

    def __bool__(self) -> bool:
        return bool(self._keys)

    def put(self, subject: Subject, *, active: bool) -> bool:
        """Take whether a subject is a root cause; return whether its equipment just got free."""
        keys = self._keys.get(subject.equipment_id)
        if active:
            self._keys.setdefault(subject.equipment_id, set()).add(subject.rule)
        elif keys is not None and subject.rule in keys:
            keys.discard(subject.rule)
            if not keys:
                del self._keys[subject.equipment_id]
                return True
        return False

    def first_of(self, equipment_ids: Iterable[str]) -> str:
        """Return the first of these that has a root cause, empty for none."""
        return next((one for one in equipment_ids if one in self._keys), "")


class Held:
    """Remember what a closed filter holds back, and what closes it.

    A network that comes back frees its links one by one: each time only what that one held is
    looked at again, not the thousands that others hold.
    """

    def __init__(self) -> None:
        self._by: dict[str, set[Subject]] = {}
        self._closed_by: dict[Subject, str] = {}

    def hold(self, subject: Subject, closed_by: str) -> None:
        """Take that a subject would ring, but for ``closed_by``."""
        self._closed_by[subject] = closed_by
        self._by.setdefault(closed_by, set()).add(subject)

    def let_go(self, subject: Subject) -> None:
        """Forget a subject; one that is not held is no mistake."""
        closed_by = self._closed_by.pop(subject, None)
        if closed_by is None:
            return
        subjects = self._by[closed_by]
        subjects.discard(subject)
        if not subjects:
            del self._by[closed_by]

    def by(self, equipment_ids: Iterable[str]) -> list[Subject]:
        """Return what any of these holds back."""
        return [subject for one in equipment_ids for subject in self._by.get(one, ())]
