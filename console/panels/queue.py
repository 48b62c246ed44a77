"""The queue panel's decisions: which incidents, in which order, and what may be done with one."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

from backend_bridge.contract.alarms import Alarm
from backend_bridge.contract.incidents import Incident
from backend_bridge.contract.requests import (
    AcknowledgeAlarm,
    AssignIncident,
    CloseIncident,
    CommentIncident,
    ReopenIncident,
    TakeIncident,
)
from console.panels import incident_texts as texts
from console.panels.alarm_rows import alarm_rows, pressing_state, worst_severity
from console.panels.base import BasePresenter
from console.panels.incident_actions import actions_for, why_not_write
from console.panels.incident_log import IncidentLog
from console.panels.rows import Action, IncidentDetail, QueueRow, Scope
from console.panels.spec import PanelContext, PanelSpec
from console.state.change import Change
from console.state.drafts import Drafts, default_directory
from console.state.listeners import Listeners, Unsubscribe
from console.state.queue import SCOPES, Queue
from console.state.selection import Selection
from console.state.sorted_index import Step

RowSteps = Callable[[Sequence[Step] | None], None]
"""Told the steps of the list, ``None`` when it changed as a whole."""


class QueuePresenter(BasePresenter):
    """Decide what the queue view shows and carry out what the person asks.

    ``settings["drafts_directory"]`` names where drafts live; by default the account's state folder.
    """

    model_class = "console.models.queue:QueueModel"

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self._queue = Queue(self._world, self._describe)
        self._rows: dict[str, QueueRow] = {}
        self._row_listeners: Listeners[Sequence[Step] | None] = Listeners()
        self._drafts = self._open_drafts()
        self._busy: set[tuple[str, str]] = set()
        self._comment_key: tuple[str, str, str] | None = None
        self._log = IncidentLog(context, self._words, self._tell)
        self._ends.append(context.selection.subscribe(self._on_selection_changed))
        self._log.show(self.selected_id)

    # -- the list -------------------------------------------------------------------------------

    @property
    def headline(self) -> str:
        """Return the count for the title bar: « 12 événements »."""
        return self._words.plural("queue.count", self._queue.counts["open"])

    @property
    def footer(self) -> str:
        """Return shown and total, and why the others are hidden."""
        shown, total = len(self._queue), self._queue.counts[self._queue.scope]
        number = self._words.formats.number
        text = self._words.text("queue.shown", shown=number(shown), total=number(total))
        if shown == total:
            return text
        return f"{text} · {self._words.plural('queue.hidden', total - shown)}"

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Return the filter buttons with their counts."""
        return tuple(
            Scope(
                key,
                self._words.text(f"queue.scope.{key}"),
                self._queue.counts[key],
                key == self._queue.scope,
            )
            for key in SCOPES
        )

    @property
    def filter_text(self) -> str:
        """Return the filter as typed."""
        return self._queue.text

    @property
    def ids(self) -> Sequence[str]:
        """Return the incidents shown, in order."""
        return tuple(self._queue)

    def row(self, incident_id: str) -> QueueRow | None:
        """Return one row, ``None`` when the incident is gone; made when first asked for."""
        row = self._rows.get(incident_id)
        if row is None:
            incident = self._world.incidents.get(incident_id)
            if incident is None:
                return None
            row = texts.queue_row(self._world, self._words, incident)
            self._rows[incident_id] = row
        return row

    def position(self, incident_id: str) -> int | None:
        """Return the row of an incident, ``None`` when the filter hides it."""
        return self._queue.position(incident_id)

    def set_filter(self, words: str) -> None:
        """Show only what holds all these words."""
        if words != self._queue.text:
            self._tell_rows(self._queue.set_text(words))

    def set_scope(self, key: str) -> None:
        """Choose one of :attr:`scopes`."""
        if key in SCOPES and key != self._queue.scope:
            self._tell_rows(self._queue.set_scope(key))

    def subscribe_rows(self, listener: RowSteps) -> Unsubscribe:
        """Tell a model how the list changed; ``()`` when only what rows say changed."""
        return self._row_listeners.add(listener)

    # -- the chosen one -------------------------------------------------------------------------

    @property
    def selected_id(self) -> str | None:
        """Return the chosen incident, ``None`` for none or for one that is gone."""
        chosen = self._context.selection.incident_id
        return chosen if chosen is not None and self._world.incidents.get(chosen) else None

    def select(self, incident_id: str | None) -> None:
        """Choose an incident and with it the equipment it is about."""
        incident = self._world.incidents.get(incident_id) if incident_id is not None else None
        equipment = (incident.equipment_id,) if incident is not None else ()
        self._context.selection.select_incident(
            incident.id if incident is not None else None, equipment
        )

    @property
    def detail(self) -> IncidentDetail | None:
        """Return everything shown of the chosen incident."""
        incident = self._selected()
        if incident is None:
            return None
        world, words = self._world, self._words
        alarms = world.incidents.alarms_of(incident, world.alarms)
        return IncidentDetail(
            id=incident.id,
            equipment_id=incident.equipment_id,
            severity=worst_severity(alarms, incident.severity),
            alarm_state=pressing_state(alarms),
            title=texts.title(words, incident),
            place=texts.place(incident),
            opened=words.formats.moment(incident.opened_ms, world.bridge_now_ms()),
            elapsed=texts.elapsed(world, words, incident),
            limit=texts.limit(words, incident),
            fraction=texts.fraction(world, incident),
            overdue=texts.overdue(world, incident),
            owner=texts.owner(words, incident),
            mine=texts.is_mine(world, incident),
            steps=texts.steps(words, incident, self._log.entries),
            facts=texts.facts(world, words, incident, alarms),
            alarms=alarm_rows(world, words, alarms),
            log=self._log.lines,
            log_title=self._log_title(),
            log_note=self._log.note,
            actions=self.actions,
            write_reason=why_not_write(world, words, incident),
        )

    def _log_title(self) -> str:
        """Return the log's title with its count; without, while nothing was counted yet."""
        if self._log.note and not self._log.lines:
            return self._words.text("queue.log.title")
        return self._words.plural("queue.log", len(self._log.lines))

    @property
    def actions(self) -> tuple[Action, ...]:
        """Return what may be done with the chosen incident, or why not."""
        incident = self._selected()
        if incident is None:
            return ()
        busy = {key for incident_id, key in self._busy if incident_id == incident.id}
        return actions_for(self._world, self._words, incident, busy)

    def do(self, key: str, words: str = "") -> None:
        """Carry out an action of :attr:`actions`; a refusal is said with the bridge's text."""
        incident = self._selected()
        action = next((item for item in self.actions if item.key == key), None)
        if incident is None or action is None:
            return
        if action.reason:
            self.explain(action.reason)
            return
        if key == "show":
            self._context.selection.select_equipment((incident.equipment_id,))
            return
        self._busy.add((incident.id, key))
        self._context.spawn(self._carry_out(incident, key, words.strip()))
        self._tell()

    # -- writing --------------------------------------------------------------------------------

    @property
    def draft(self) -> str:
        """Return the kept, unsent text of the chosen incident."""
        chosen = self.selected_id
        return "" if chosen is None or self._drafts is None else self._drafts.get(chosen)

    def set_draft(self, words: str) -> None:
        """Keep unsent text; survives a crash of this program."""
        chosen = self.selected_id
        if chosen is not None and self._drafts is not None:
            self._drafts.set(chosen, words)

    @property
    def split(self) -> float | None:
        """Return the list's share of the height where a person left it, ``None`` for nowhere."""
        share = self._context.settings.get("split")
        return share if isinstance(share, float) and 0 < share < 1 else None

    def set_split(self, fraction: float) -> None:
        """Keep the list's share of the height; remembered."""
        self._context.settings["split"] = fraction

    def comment(self, words: str, taken: Callable[[], None]) -> None:
        """Write a line in the chosen incident's log; ``taken`` is called once it is durable.

        The same line sent again after a lost answer keeps its key: it is written once.
        """
        chosen = self.selected_id
        if chosen is None or (chosen, "comment") in self._busy:
            return
        if not words.strip():
            self.explain(self._words.text("queue.comment.empty"))
            return
        incident = self._selected()
        reason = "" if incident is None else why_not_write(self._world, self._words, incident)
        if reason:
            self.explain(reason)  # the words stay in the field
            return
        self._busy.add((chosen, "comment"))
        self._context.spawn(self._write(chosen, words, taken))

    # -- inside ---------------------------------------------------------------------------------

    def _selected(self) -> Incident | None:
        chosen = self._context.selection.incident_id
        return None if chosen is None else self._world.incidents.get(chosen)

    def _describe(self, incident: Incident) -> tuple[str, ...]:
        return texts.haystack(self._world, self._words, incident)

    def _open_drafts(self) -> Drafts | None:
        session = self._world.session
        if session is None:
            return None
        named = self._context.settings.get("drafts_directory")
        directory = Path(named) if isinstance(named, str) else default_directory()
        return Drafts(directory, session.user, session.seat)

    async def _carry_out(self, incident: Incident, key: str, words: str) -> None:
        try:
            match key:
                case "acknowledge":
                    await self._acknowledge(self._unacknowledged(incident))
                case "take":
                    await self._ask(TakeIncident(incident_id=incident.id, version=incident.version))
                case "assign":
                    await self._ask(
                        AssignIncident(
                            incident_id=incident.id, version=incident.version, assigned_to=words
                        )
                    )
                case "close":
                    await self._ask(
                        CloseIncident(incident_id=incident.id, version=incident.version, text=words)
                    )
                case "reopen":
                    await self._ask(
                        ReopenIncident(
                            incident_id=incident.id, version=incident.version, text=words
                        )
                    )
        finally:
            self._busy.discard((incident.id, key))
            self._tell()

    async def _acknowledge(self, alarms: Sequence[Alarm]) -> None:
        for alarm in alarms:
            if await self._ask(AcknowledgeAlarm(alarm_id=alarm.id)) is None:
                return

    async def _write(self, incident_id: str, words: str, taken: Callable[[], None]) -> None:
        known = self._comment_key
        if known is None or known[:2] != (incident_id, words):
            known = (incident_id, words, uuid.uuid4().hex)
            self._comment_key = known
        try:
            request = CommentIncident(incident_id=incident_id, text=words.strip(), key=known[2])
            if await self._ask(request) is not None:
                self._comment_key = None
                if self._drafts is not None and self._drafts.get(incident_id) == words:
                    self._drafts.set(incident_id, "")
                taken()
        finally:
            self._busy.discard((incident_id, "comment"))
            self._tell()

    def _unacknowledged(self, incident: Incident) -> list[Alarm]:
        alarms = self._world.incidents.alarms_of(incident, self._world.alarms)
        return [alarm for alarm in alarms if not alarm.acknowledged]

    def _tell_rows(self, steps: Sequence[Step] | None) -> None:
        self._row_listeners.tell(steps)
        self._tell()

    def _on_selection_changed(self, _selection: Selection) -> None:
        self._log.show(self.selected_id)
        self._tell()

    def _on_world_changed(self, change: Change) -> None:
        touched = change.incidents
        if change.session:
            self._drafts = self._open_drafts()
        if change.situation or change.session or change.catalogue:
            self._rows.clear()
            steps = self._queue.rebuild()
            self._log.refresh()
            self._tell_rows(steps)
        elif touched or change.liveness or change.second:
            if change.second or change.liveness:
                self._rows.clear()
            for incident_id in touched:
                self._rows.pop(incident_id, None)
            if self.selected_id in touched:
                self._log.refresh()
            self._tell_rows(self._queue.update(touched))
        self._queue.prepare()


SPEC = PanelSpec(
    id="queue",
    title_key="panel.queue.title",
    icon="mdi6.format-list-bulleted",
    presenter=QueuePresenter,
    view="ui.incidents.queue:QueueView",
    topics=("incidents", "alarms"),
    preferred_screen="main",
)
