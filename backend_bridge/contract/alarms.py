"""Alarms as ISA-18.2 sees them: two axes, active or not and acknowledged or not."""

from __future__ import annotations

import enum

import msgspec


class Severity(enum.IntEnum):
    """Rank an alarm: 1 is the most urgent."""

    URGENT = 1
    HIGH = 2
    MEDIUM = 3
    LOW = 4


class AlarmState(enum.StrEnum):
    """Name the four corners of the two axes."""

    UNACKNOWLEDGED = "unacknowledged"
    """Active, nobody has seen it (NA)."""
    ACKNOWLEDGED = "acknowledged"
    """Active, seen (AQ)."""
    RETURNED = "returned"
    """Back to normal, nobody has seen it (RN)."""
    NORMAL = "normal"
    """Back to normal and seen: leaves the list."""


class AlarmChange(enum.StrEnum):
    """Say what happened to an alarm."""

    RAISED = "raised"
    RAISED_AGAIN = "raised_again"
    """Active again before it was both returned and acknowledged."""
    ESCALATED = "escalated"
    CHILDREN_COUNTED = "children_counted"
    ACKNOWLEDGED = "acknowledged"
    RETURNED = "returned"
    CLEARED = "cleared"


class Alarm(msgspec.Struct, frozen=True, kw_only=True):
    """Hold one alarm: one row, one sound, whatever it covers.

    Attributes:
        id: ``AL-<number>``, unique for ever.
        rule: key of the rule that raised it; guidance texts are ``alarm.<rule>.cause`` and so on.
        severity: latched to the worst until returned *and* acknowledged.
        point_key: the point that tripped, empty for a lost link or driver.
        value: reading that tripped it, formatted with unit; empty when it has none.
        occurrences: times it became active while in the list.
        children: equipment counted under it (a lost cabinet's lamps).
        ack_by: user who acknowledged, empty while nobody has.
    """

    id: str
    rule: str
    severity: Severity
    equipment_id: str
    equipment_kind: str
    raised_ms: int
    active: bool = True
    acknowledged: bool = False
    point_key: str = ""
    value: str = ""
    occurrences: int = 1
    children: int = 0
    returned_ms: int | None = None
    ack_ms: int | None = None
    ack_by: str = ""

    @property
    def state(self) -> AlarmState:
        """Return the corner of the two axes this alarm stands in."""
        if self.active:
            return AlarmState.ACKNOWLEDGED if self.acknowledged else AlarmState.UNACKNOWLEDGED
        return AlarmState.NORMAL if self.acknowledged else AlarmState.RETURNED
