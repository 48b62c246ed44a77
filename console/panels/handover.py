"""The hand-over panel's decisions: who leaves, what he leaves behind, what the receipt says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from console.panels.base import BasePresenter
from console.panels.handover_sections import SECTIONS, BriefRow, owned
from console.panels.spec import PanelContext
from console.state.change import Change

MOST_ROWS = 8
"""Lines shown of one section; the others are counted."""
SOON_MIN = 60
"""Minutes before a relief from which the strip speaks of it."""


@dataclass(frozen=True, slots=True)
class BriefSection:
    """One part of the brief as shown; ``more`` says how many lines are left out."""

    key: str
    title: str
    count: int
    rows: tuple[BriefRow, ...]
    more: str


@dataclass(frozen=True, slots=True)
class HandoverState:
    """Everything the panel shows.

    Attributes:
        leaver: name of who leaves, ``where`` his seat and since when.
        sections: every section, the empty ones too: nothing left is worth saying.
        incidents: « Reprendre ses 3 événements », empty when he has none.
    """

    leaver: str
    where: str
    sections: tuple[BriefSection, ...]
    incidents: str


class HandoverPresenter(BasePresenter):
    """Keep the brief as the world is now; the receipt counts what it shows at that moment."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self._state: HandoverState | None = None

    @property
    def state(self) -> HandoverState:
        """Return the brief of this moment."""
        if self._state is None:
            self._state = self._make()
        return self._state

    @property
    def receipt(self) -> Mapping[str, int]:
        """Return how many each section shows, by its key."""
        return {section.key: section.count for section in self.state.sections}

    @property
    def incident_ids(self) -> tuple[str, ...]:
        """Return the leaver's open incidents."""
        return tuple(incident.id for incident in owned(self._world))

    def _on_world_changed(self, change: Change) -> None:
        self._state = None
        if (
            change.alarms
            or change.incidents
            or change.service
            or change.commands
            or change.acting
            or change.situation
            or change.people
        ):
            self._tell()

    def _make(self) -> HandoverState:
        world, words = self._world, self._words
        session = world.session
        since_ms = world.seated_since_ms()
        seat = words.seat(session.seat) if session is not None else ""
        if since_ms is not None:
            now_ms = world.bridge_now_ms()
            since = words.formats.deadline(since_ms, now_ms)
            seat = words.text("handover.where", seat=seat, time=since)
        mine = len(owned(world))
        return HandoverState(
            leaver=session.display_name if session is not None else "",
            where=seat,
            sections=tuple(
                self._section(section.key, section.rows(world, words)) for section in SECTIONS
            ),
            incidents=words.plural("handover.take", mine) if mine else "",
        )

    def _section(self, key: str, rows: list[BriefRow]) -> BriefSection:
        hidden = max(0, len(rows) - MOST_ROWS)
        return BriefSection(
            key=key,
            title=self._words.text(f"handover.{key}"),
            count=len(rows),
            rows=tuple(rows[:MOST_ROWS]),
            more=self._words.plural("handover.more", hidden) if hidden else "",
        )
