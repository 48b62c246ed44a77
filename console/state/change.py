"""What changed in the world: the one argument of every subscriber."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Change:
    """Sum up what one batch, or one tick of the clock, changed.

    Attributes:
        points: indexes whose value or quality changed, each once, in no order.
        heard: source indexes that answered again: ages of their points restart.
        alarms: alarm ids, those that left the list included.
        incidents: incident ids.
        service: equipment ids whose service mark changed.
        commands: equipment ids with a command whose outcome changed.
        circuits: plough circuits of which something was said.
        compositions: compositions of the wall that changed.
        acting: orders, questions to a second person, overrides, plans, zones and interlocks that
            changed, by id.
        catalogue: the catalogue was replaced or dropped; every index means something else now.
        session: somebody signed in or out.
        people: somebody took or left a seat somewhere.
        editing: edit mode was turned on or off for this session, or ended by itself.
        visitors: visitors came into the room, or left it.
        situation: alarms, incidents, marks and compositions were replaced as a whole.
        liveness: ``live`` flipped, or the link's words changed; when ``live`` flipped the effective
            quality of *every* point did too (``flipped``).
        flipped: ``live`` went from true to false or back.
        second: a second passed: what shows an age or a duration draws it again.
    """

    points: Collection[int] = ()
    heard: Collection[int] = ()
    alarms: frozenset[str] = field(default=_NOTHING)
    incidents: frozenset[str] = field(default=_NOTHING)
    service: frozenset[str] = field(default=_NOTHING)
    commands: frozenset[str] = field(default=_NOTHING)
    circuits: frozenset[str] = field(default=_NOTHING)
    compositions: frozenset[str] = field(default=_NOTHING)
    acting: frozenset[str] = field(default=_NOTHING)
    catalogue: bool = False
    session: bool = False
    people: bool = False
    editing: bool = False
    visitors: bool = False
    situation: bool = False
    liveness: bool = False
    flipped: bool = False
    second: bool = False

    def __bool__(self) -> bool:
        return bool(
            self.points
            or self.heard
            or self.alarms
            or self.incidents
            or self.service
            or self.commands
            or self.circuits
            or self.compositions
            or self.acting
            or self.catalogue
            or self.session
            or self.people
            or self.editing
            or self.visitors
            or self.situation
            or self.liveness
            or self.second
        )
