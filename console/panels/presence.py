"""Who else sits at this seat, and when the next relief comes: for the strip and the sign-in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.panels.base import BasePresenter
from console.panels.handover import SOON_MIN
from console.panels.spec import PanelContext
from console.state.change import Change

DAY_MIN = 24 * 60
MOST_NAMED = 2
"""Names in the strip; the tooltip has all of them."""


@dataclass(frozen=True, slots=True)
class PresenceState:
    """What the strip says.

    Attributes:
        others: « aussi N. Perrin », empty when nobody else sits here; ``tooltip`` says since when.
        relief: « Relève dans 17 min », empty when none is near.
    """

    others: str
    tooltip: str
    relief: str


class PresencePresenter(BasePresenter):
    """Follow who sits where.

    Args:
        relief_at: the seat's times of relief, ``HH:MM``, local.
    """

    def __init__(self, context: PanelContext, relief_at: tuple[str, ...]) -> None:
        super().__init__(context)
        self._relief_at = relief_at
        self._state: PresenceState | None = None

    @property
    def state(self) -> PresenceState:
        """Return what the strip says now."""
        if self._state is None:
            self._state = self._make()
        return self._state

    def occupied(self) -> str:
        """Return « Poste occupé aussi par … depuis 14:02 », empty when nobody else sits here."""
        words, now_ms = self._words, self._world.bridge_now_ms()
        said = [
            words.text(
                "presence.person",
                name=each.name,
                time=words.formats.deadline(each.since_ms, now_ms),
            )
            for each in self._world.beside()
        ]
        return words.text("presence.occupied", people=", ".join(said)) if said else ""

    def _on_world_changed(self, change: Change) -> None:
        if change.people or change.session or (change.second and self._relief_at):
            before, self._state = self._state, None
            if self.state != before:
                self._tell()

    def _make(self) -> PresenceState:
        words = self._words
        names = [each.name for each in self._world.beside()]
        shown = ", ".join(names[:MOST_NAMED])
        if len(names) > MOST_NAMED:
            shown = words.text("presence.more", names=shown, count=len(names) - MOST_NAMED)
        return PresenceState(
            others=words.text("presence.also", names=shown) if names else "",
            tooltip=self.occupied(),
            relief=self._relief(),
        )

    def _relief(self) -> str:
        clock = self._words.formats.minute(self._world.bridge_now_ms())
        left = minutes_to_relief(self._relief_at, int(clock[:2]) * 60 + int(clock[3:5]))
        if left is None or left > SOON_MIN:
            return ""
        if left == 0:
            return self._words.text("presence.relief.now")
        return self._words.text("presence.relief", minutes=left)


def minutes_to_relief(relief_at: Sequence[str], local_min: int) -> int | None:
    """Return the minutes until the next of these times of day, ``None`` without any.

    Args:
        relief_at: ``HH:MM``, local.
        local_min: minutes since local midnight.
    """
    if not relief_at:
        return None
    times = (int(each[:2]) * 60 + int(each[3:]) for each in relief_at)
    return min((time - local_min) % DAY_MIN for time in times)
