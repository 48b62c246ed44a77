"""Plough circuits: what is planned, what people say of them, and how a treatment ages."""

from __future__ import annotations

import enum

import msgspec

KIND = "circuit"
"""What rights about circuits name; no equipment is of this kind."""
CIRCUITS_PER_PAGE = 50
"""Most circuits in one page: with their streets, far below the largest frame."""
FRESH_S = 2 * 3600.0
"""Seconds during which a treatment needs no second look."""
DUE_AGAIN_S = {1: 3 * 3600.0, 2: 4 * 3600.0, 3: 4 * 3600.0}
"""Seconds after which a treated circuit is due again, by priority: three to four hours by level."""


class CircuitState(enum.StrEnum):
    """Say what a person last said of a circuit; nothing here is worked out from a vehicle."""

    UNINSPECTED = "uninspected"
    """Nobody has said anything of it, or it is not to be relied on any more."""
    TO_DO = "to_do"
    IN_PROGRESS = "in_progress"
    TREATED = "treated"
    SNOWED_OVER = "snowed_over"
    BLOCKED = "blocked"
    """A plough cannot get through; never without a reason."""


class CircuitLook(enum.StrEnum):
    """Say how a circuit is drawn: its state, and of a treatment how old it is."""

    UNINSPECTED = "uninspected"
    TO_DO = "to_do"
    IN_PROGRESS = "in_progress"
    FRESH = "fresh"
    AGEING = "ageing"
    DUE_AGAIN = "due_again"
    SNOWED_OVER = "snowed_over"
    BLOCKED = "blocked"


class CircuitChange(enum.StrEnum):
    """Say what happened to a circuit's state."""

    RECORDED = "recorded"
    UNDONE = "undone"


class CircuitRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Hold what somebody said of a circuit; the default is what holds before anybody spoke.

    Attributes:
        by: account, ``seat`` where that person sat; empty when nobody said anything yet.
        at_ms: UTC ms on the bridge's clock.
        reason: why it is blocked; empty otherwise.
    """

    state: CircuitState = CircuitState.UNINSPECTED
    by: str = ""
    seat: str = ""
    at_ms: int = 0
    reason: str = ""


UNSAID = CircuitRecord()


class CircuitMark(msgspec.Struct, frozen=True, kw_only=True):
    """Hold a circuit's whole present state.

    Attributes:
        version: counts its changes; a request naming another one is refused.
        said: what holds now.
        before: what an undo brings back, ``None`` when the latest change was an undo.
    """

    circuit_id: str
    version: int
    said: CircuitRecord
    before: CircuitRecord | None = None


class CircuitArc(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Hold one stretch of street of a circuit, for drawing: a few metres may be simplified away.

    Attributes:
        street: its name, may be empty.
        direction: ``both``, ``forward``, ``backward`` (along ``points``) or ``none``.
        points: longitude, latitude, longitude … in WGS84 degrees, rounded to a metre.
    """

    street: str
    direction: str
    points: tuple[float, ...]


class Circuit(msgspec.Struct, frozen=True, kw_only=True):
    """Describe one circuit as the city plans it.

    Attributes:
        priority: 1 (treated first) to 3.
        treatment: ``salt``, ``plough`` or ``both``.
        length_m: metres of street, each counted once.
        communes: the one with most metres first.
        streets: names, each once, the one with most metres first.
        arcs: in the order driven.
    """

    id: str
    name: str
    priority: int
    treatment: str
    length_m: float
    communes: tuple[str, ...]
    streets: tuple[str, ...]
    arcs: tuple[CircuitArc, ...]


def look_of(said: CircuitRecord, priority: int, now_ms: int) -> CircuitLook:
    """Return how a circuit is drawn at ``now_ms``: a treatment ages, nothing else does."""
    if said.state is not CircuitState.TREATED:
        return CircuitLook(said.state.value)
    age_s = (now_ms - said.at_ms) / 1000
    if age_s < FRESH_S:
        return CircuitLook.FRESH
    due_s = due_again_s(priority)
    return CircuitLook.AGEING if age_s < due_s else CircuitLook.DUE_AGAIN


def due_again_s(priority: int) -> float:
    """Return how many seconds a treatment holds on a circuit of this priority."""
    return DUE_AGAIN_S.get(priority, DUE_AGAIN_S[3])


def may_undo(mark: CircuitMark | None) -> bool:
    """Return whether the latest word about a circuit can be taken back."""
    return mark is not None and mark.before is not None
