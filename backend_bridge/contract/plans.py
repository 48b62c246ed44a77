"""Automatic plans: what holds points at certain hours, or when something is measured.

A plan acts as the user ``plan:<key>``: no person can be named so.
"""

from __future__ import annotations

import enum

import msgspec

from backend_bridge.contract.points import Scalar

PLAN_PREFIX = "plan:"
"""What the name of the user starts with, as whom a plan acts."""


class Day(enum.StrEnum):
    """Name a day of the week."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class PlanWindow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Say at which hours of the city's day a plan holds; an end before its start is tomorrow's.

    Attributes:
        from_: ``HH:MM``, as is ``to``.
        days: on which it begins; empty for all. The same start and end last a whole day.
    """

    from_: str = msgspec.field(name="from")
    to: str
    days: tuple[Day, ...] = ()


class PlanCondition(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Say what must be measured for a plan to hold.

    Attributes:
        ids: the equipment looked at, empty for every one of ``kind``; one of them is enough.
        above: it is so above this, and no more once all are at ``clear`` or below; ``below`` is
            the same turned round.
        is_: of a point that is true or false, what it must be.
        delay_s: how long it must be so, or no more, before the plan follows.
    """

    kind: str
    point: str
    ids: tuple[str, ...] = ()
    above: float | None = None
    below: float | None = None
    clear: float | None = None
    is_: bool | None = msgspec.field(default=None, name="is")
    delay_s: float = 0.0


class PlanState(enum.StrEnum):
    """Say how a plan stands."""

    OFF = "off"
    """Nobody enabled it."""
    WAITING = "waiting"
    """Enabled; neither its hours nor its measure call it now."""
    HOLDING = "holding"
    OVER = "over"
    """Called still, but its longest time is over or somebody stopped it: until the next call."""
    STOPPED = "stopped"
    """Stopped by somebody until a time."""


class PlanChange(enum.StrEnum):
    """Say what happened to a plan."""

    LOADED = "loaded"
    """It is new, or its file says something else than before."""
    REMOVED = "removed"
    """Its file is gone, and what it held goes back."""
    ENABLED = "enabled"
    DISABLED = "disabled"
    STOPPED = "stopped"
    RESUMED = "resumed"
    BEGAN = "began"
    ENDED = "ended"
    MOVED = "moved"
    """It is ready for the next call, or ends at another time because the clock was set."""
    TOLD = "told"
    """To whom it lost points, or what refuses it, is not what it was."""


class PlanLoss(msgspec.Struct, frozen=True, kw_only=True):
    """Say to whom a plan that holds lost points: another plan (``plan:<key>``) or a person.

    Attributes:
        first: the equipment of the first of the ``count`` points.
    """

    to: str
    count: int
    first: str
    since_ms: int


class CityPlan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Hold one plan: what its file says, and how it stands.

    Attributes:
        names: what it is called, by language; ``audience`` for whom it is.
        targets: how many points it holds when nothing is in its way.
        sectors: of its targets; rights ask for the kind in each.
        by: who last enabled, disabled, stopped or resumed it; empty while nobody did.
        since_ms: since when it stands as it does.
        until_ms: when it ends by itself at the latest, while it holds; when it goes on by itself,
            while stopped.
        next_ms: when its hours next begin, ``None`` without hours.
        called: its measure was last said to be so; kept, because between two limits it stays.
        losses: what it lost while it holds, to whom.
        refused: how many of its targets are refused, by text key of why.
    """

    key: str
    names: dict[str, str]
    audience: dict[str, str]
    rung: str
    equipment_kind: str
    point_key: str
    value: Scalar
    targets: int
    sectors: tuple[str, ...]
    longest_s: float
    window: PlanWindow | None = None
    condition: PlanCondition | None = None
    enabled: bool = False
    by: str = ""
    reason: str = ""
    state: PlanState = PlanState.OFF
    since_ms: int = 0
    until_ms: int | None = None
    next_ms: int | None = None
    called: bool = False
    losses: tuple[PlanLoss, ...] = ()
    refused: dict[str, int] = {}

    @property
    def user(self) -> str:
        """Return the name it acts under."""
        return PLAN_PREFIX + self.key


class SetPlan(msgspec.Struct, frozen=True, kw_only=True, tag="set_plan"):
    """Enable or disable a plan, for a reason; disabled, what it holds goes back."""

    plan_key: str
    enabled: bool
    reason: str


class StopPlan(msgspec.Struct, frozen=True, kw_only=True, tag="stop_plan"):
    """Stop a plan until a time (UTC ms), or with ``None`` for this once; it lets go at once."""

    plan_key: str
    reason: str
    until_ms: int | None = None


class ResumePlan(msgspec.Struct, frozen=True, kw_only=True, tag="resume_plan"):
    """Let a plan that was stopped, or whose time was over, hold again if something calls it."""

    plan_key: str
    reason: str


class PlanResult(msgspec.Struct, frozen=True, kw_only=True, tag="plan_result"):
    """Carry a plan after the change; durable when this arrives."""

    plan: CityPlan
