"""Orders to the field before they are commands: many targets, a dry run, a second person.

An order names targets. Each target becomes one :class:`~.commands.CommandRecord` of its own; the
order only counts them.
"""

from __future__ import annotations

import enum

import msgspec

from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.points import Scalar

LARGEST_ORDER = 5_000
"""Most targets in one order: ten circuits of lamps; its request stays below the largest frame."""


class Target(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Name one point to write and what it shall become; ``None`` gives it back to its programme."""

    equipment_id: str
    point_key: str
    value: Scalar


class TargetCheck(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Say what would happen to one target if it were ordered now.

    Attributes:
        text_key: why it would be refused, empty when it would be accepted; ``params`` fill it.
        dangerous: a second person, at another seat, must agree first.
        before: what the point holds now, ``None`` when that is not known.
        override: key of the override it would take the place of, empty for none.
    """

    equipment_id: str
    point_key: str
    text_key: str = ""
    params: dict[str, str | int | float] = {}
    dangerous: bool = False
    before: Scalar = None
    override: str = ""


class ChoiceCheck(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Say what one value would meet now at some equipment, asked together.

    Attributes:
        text_key: why it would be refused at all of it, as the first one says; empty when it would
            be accepted somewhere. ``params`` fill it.
        dangerous: a second person must agree where it would be accepted.
    """

    text_key: str = ""
    params: dict[str, str | int | float] = {}
    dangerous: bool = False


class OrderState(enum.StrEnum):
    """Follow one order."""

    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    """Somebody stopped it: what had begun was ended, the rest was never sent."""
    UNKNOWN = "unknown"
    """The bridge died meanwhile: each command says its own fate, the rest was never sent."""


class Order(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Count what became of one order's targets.

    Attributes:
        key: chosen by the console; the commands' keys are ``<key>/<position>``.
        equipment_kind: of its targets, empty when they are of several kinds.
        sector: of its targets, empty when they are in several or none; rights ask for it.
        counts: targets by final outcome; what is missing to ``total`` has not ended yet.
    """

    key: str
    issuer: str
    seat: str
    reason: str
    total: int
    created_ms: int
    state: OrderState = OrderState.RUNNING
    equipment_kind: str = ""
    sector: str = ""
    counts: dict[CommandOutcome, int] = {}
    until_ms: int | None = None
    approved_by: str = ""
    finished_ms: int | None = None


class ApprovalState(enum.StrEnum):
    """Follow a request for a second person's agreement; all but ``WAITING`` are final."""

    WAITING = "waiting"
    AGREED = "agreed"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Approval(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Ask a second person, at another seat, to agree to something dangerous.

    Attributes:
        id: the key of the order it is about.
        challenge: what the second person types to show that it was read: the count of targets,
            or the name of the only one.
        expires_ms: UTC ms; unanswered then, nothing is done.
        until_ms: when the override it would make ends.
    """

    id: str
    asked_by: str
    seat: str
    reason: str
    targets: tuple[Target, ...]
    equipment_kind: str
    challenge: str
    asked_ms: int
    expires_ms: int
    state: ApprovalState = ApprovalState.WAITING
    until_ms: int | None = None
    decided_by: str = ""
    decided_seat: str = ""
    decided_ms: int | None = None
