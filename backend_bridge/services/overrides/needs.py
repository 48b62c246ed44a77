"""What the ledger is told, by the returner and of commands, and what both need of the field."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple, Protocol

from backend_bridge.contract.commands import CommandRecord

Place = tuple[str, str]
"""Equipment id and point key."""


class Holds(Protocol):
    """What devices can take back by themselves; the supervisor knows."""

    def longest_hold_s(self, equipment_id: str, point_key: str) -> float:
        """Return how long a device can hold a point before it takes it back, 0 for never."""


class Standing(Protocol):
    """Where automatic plans stand; the plan desk knows."""

    def rung(self, user: str, place: Place) -> str | None:
        """Return the rung a user's claim on a point stands on now, ``None`` for a person's.

        A plan without a claim on the point any more stands on the programme's.
        """


class NoPlans:
    """Know of no plan: everybody is a person."""

    def rung(self, _user: str, _place: Place) -> str | None:
        """Return ``None``."""
        return None


class Heirs(Protocol):
    """Plans that take a point when whoever held it gives it back; the carrier knows."""

    async def inherit(self, place: Place) -> bool:
        """Let the plan that claims a point command it; return whether one did, and it took."""


class NoHeirs:
    """Leave everything to the programme."""

    async def inherit(self, _place: Place) -> bool:
        """Return ``False``."""
        return False


class Returned(NamedTuple):
    """A point was read back where it goes; ``how`` as in :func:`rules.ended`."""

    override_id: str
    how: str = ""


class NotReturned(NamedTuple):
    """A point did not go back; ``text_key``, filled with ``params``, says why."""

    override_id: str
    text_key: str
    params: Mapping[str, str | int | float] = MappingProxyType({})


class Began(NamedTuple):
    """A command took: what held its point before is replaced."""

    place: Place


class Ended(NamedTuple):
    """A command gave a point back, or told it its rest: what held it then is over."""

    override_ids: tuple[str, ...]
    by: str


class LookedAt(NamedTuple):
    """Somebody at a seat said what became of a command whose fate was unknown."""

    command: CommandRecord
    seat: str
