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
    SHELVED = "shelved"
    UNSHELVED = "unshelved"
    """Its time on the shelf was over, or somebody took it down."""
    SUPPRESSED = "suppressed"
    UNSUPPRESSED = "unsuppressed"
    OUT_OF_SERVICE = "out_of_service"
    IN_SERVICE = "in_service"
    REMINDED = "reminded"
    """Nobody acknowledged it in time: the supervisor was told."""


class Shelf(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Say who put an alarm aside, why, since when and until when (UTC ms)."""

    by: str
    reason: str
    since_ms: int
    until_ms: int
    seat: str = ""


class AlarmLimit(msgspec.Struct, frozen=True, kw_only=True):
    """Name one limit of a rule, in the point's unit, and how much it matters beyond it."""

    limit: float
    severity: Severity


class AlarmGuide(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Say what a rule is for; its texts are ``alarm.<rule>.cause``, ``.consequence``, ``.action``.

    Attributes:
        act_within_s: seconds within which the action helps, 0 where no time presses.
        procedure: key of the procedure to follow, empty for none.
        longest_shelf_s: longest time it may be put aside.
        point_key: the point it looks at; ``limit`` its limit there, ``None`` where it has none.
        limits: all its limits, the first one reached first; the last ones matter most.
        low: the limits are passed downwards.
        hysteresis: how far a value comes back behind the first limit before the alarm returns, in
            the point's unit; it must stay there for ``off_delay_s`` seconds.
        while_key: key of the text that says under which condition the limits count at all, empty
            where they always do.
    """

    rule: str
    severity: Severity
    kind: str = ""
    act_within_s: float = 0.0
    procedure: str = ""
    longest_shelf_s: float = 3600.0
    point_key: str = ""
    limit: float | None = None
    incident: str = ""
    limits: tuple[AlarmLimit, ...] = ()
    low: bool = False
    hysteresis: float = 0.0
    off_delay_s: float = 0.0
    while_key: str = ""


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
        shelf: who put it aside, ``None`` while it is not; it comes back by itself.
        suppressed: key of the design rule that suppresses it, empty for none.
        taken_out: who took this alarm out of service, ``None`` while it is in service.
        reminded_ms: UTC ms of the last reminder while nobody acknowledged it.
        reminders: how often the supervisor was told that nobody acknowledged it.
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
    shelf: Shelf | None = None
    suppressed: str = ""
    taken_out: Shelf | None = None
    reminded_ms: int | None = None
    reminders: int = 0

    @property
    def quiet(self) -> bool:
        """Return whether it is kept out of the lists, the counts and the sounds."""
        return self.shelf is not None or bool(self.suppressed) or self.taken_out is not None

    @property
    def over(self) -> bool:
        """Return whether it leaves the list: normal, seen, and not put aside."""
        aside = self.shelf is not None or self.taken_out is not None
        return not self.active and self.acknowledged and not aside

    @property
    def state(self) -> AlarmState:
        """Return the corner of the two axes this alarm stands in."""
        if self.active:
            return AlarmState.ACKNOWLEDGED if self.acknowledged else AlarmState.UNACKNOWLEDGED
        return AlarmState.NORMAL if self.acknowledged else AlarmState.RETURNED
