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
