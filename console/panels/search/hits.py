"""What a search finds, finished for a view to draw."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Protocol


class HitKind(enum.StrEnum):
    """Say what was found; the key of its icon and of what choosing it does."""

    EQUIPMENT = "equipment"
    INCIDENT = "incident"
    PLACE = "place"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to look at, WGS84 degrees; ``title`` is written there, empty for no mark."""

    lon: float
    lat: float
    title: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One row of results.

    Attributes:
        key: id of the equipment or incident, text of the place, position of the command.
        icon: ``mdi6.`` name.
        title: what it is called, in bold; ``detail`` beside it.
        shortcut: the key that does the same, printed at the right.
        reason: why it would be refused now, empty when it would not.
        spot: where it is, ``None`` for what is nowhere.
        sure: it was called by its name or number, and not found by words it shares with others.
    """

    kind: HitKind
    key: str
    icon: str
    title: str
    detail: str = ""
    shortcut: str = ""
    reason: str = ""
    spot: Spot | None = None
    sure: bool = False


class Command(Protocol):
    """Something that can be done here and now, as the window knows it."""

    @property
    def label(self) -> str: ...
    @property
    def detail(self) -> str: ...
    @property
    def icon(self) -> str: ...
    @property
    def shortcut(self) -> str: ...
    @property
    def reason(self) -> str: ...

    def run(self) -> None:
        """Do it, or say why not."""
