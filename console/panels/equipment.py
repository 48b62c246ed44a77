"""The equipment panel's decisions: which equipment, in which order, all about the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from backend_bridge.contract.points import Equipment
from console.panels import equipment_texts as texts
from console.panels.alarm_rows import alarm_rows
from console.panels.base import BasePresenter
from console.panels.link_details import LinkDetails
from console.panels.rows import EquipmentDetail, EquipmentRow, Link
from console.panels.spec import PanelContext, PanelSpec
from console.panels.trends import TrendFollower
from console.panels.values import headline, value_text
from console.panels.wording import kind_icon
from console.state.change import Change
from console.state.folding import words as folded_words
from console.state.listeners import Listeners, Unsubscribe
from console.state.selection import Selection

RowsChanged = Callable[[Collection[str] | None], None]
"""Told the ids whose rows say something else, ``None`` when the list itself changed."""
LISTED = 2_000
"""Changed rows named one by one; above, every row is said to have changed."""


class EquipmentPresenter(BasePresenter):
    """Decide what the equipment view shows; rows are made only when asked for."""

    model_class = "console.models.equipment:EquipmentModel"

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self._text = ""
        self._ids: Sequence[str] = ()
        self._positions: dict[str, int] | None = None
        self._rows: dict[str, EquipmentRow] = {}
        self._row_listeners: Listeners[Collection[str] | None] = Listeners()
        self._watched: frozenset[int] = frozenset()
        self._below: tuple[str, ...] = ()
        self._detail: EquipmentDetail | None = None
        self._trend = TrendFollower(context, self._words, self._on_asked)
        self._link = LinkDetails(context, self._words, self._on_asked)
        self._ends.append(context.selection.subscribe(self._on_selection_changed))
        self._list()
        self._follow_selected()

    # -- the list -------------------------------------------------------------------------------

    @property
    def headline(self) -> str:
        """Return the count for the title bar."""
        return self._words.plural("equipment.count", len(self._world.equipment))

    @property
    def footer(self) -> str:
        """Return shown and total, and why the others are hidden."""
        shown, total = len(self._ids), len(self._world.equipment)
        number = self._words.formats.number
        text = self._words.text("equipment.shown", shown=number(shown), total=number(total))
        if shown == total:
            return text
        return f"{text} · {self._words.plural('equipment.hidden', total - shown)}"

    @property
    def filter_text(self) -> str:
        """Return the search as typed."""
        return self._text

    @property
    def ids(self) -> Sequence[str]:
        """Return the equipment listed, parents before what hangs under them."""
        return self._ids

    def position(self, equipment_id: str) -> int | None:
        """Return the row of an equipment, ``None`` when the search hides it."""
        if self._positions is None:
            self._positions = {key: place for place, key in enumerate(self._ids)}
        return self._positions.get(equipment_id)

    def row(self, equipment_id: str) -> EquipmentRow | None:
        """Return one row, ``None`` when the session does not see the equipment."""
        row = self._rows.get(equipment_id)
        if row is None:
            item = self._world.equipment.get(equipment_id)
            if item is None:
                return None
            row = texts.equipment_row(self._world, self._words, item)
            self._rows[equipment_id] = row
        return row

    def set_filter(self, words: str) -> None:
        """List only what holds all these words, accents aside."""
        if words == self._text:
            return
        same = folded_words(words) == folded_words(self._text)
        self._text = words
        if not same:
            self._list()
            self._row_listeners.tell(None)
        self._tell()

    def subscribe_rows(self, listener: RowsChanged) -> Unsubscribe:
        """Tell a model which rows changed."""
        return self._row_listeners.add(listener)

    # -- the chosen one -------------------------------------------------------------------------

    @property
    def selected_id(self) -> str | None:
        """Return the chosen equipment, ``None`` for none."""
        item = self._selected()
        return None if item is None else item.id

    def select(self, equipment_id: str | None) -> None:
        """Choose an equipment, or none."""
        self._context.selection.select_equipment(() if equipment_id is None else (equipment_id,))

    def show_incident(self, incident_id: str) -> None:
        """Choose an incident for the panels that show incidents."""
        self._context.selection.select_incident(incident_id)

    def choose_point(self, key: str) -> None:
        """Show the history of one of the chosen equipment's points."""
        item = self._selected()
        if item is not None:
            self._trend.show(item, key)

    def want_diagnostics(self, wanted: bool) -> None:
        """Show, or hide, the last frames of the link the chosen equipment hangs on."""
        item = self._selected()
        self._link.show(item.id if item is not None and wanted else None)

    @property
    def detail(self) -> EquipmentDetail | None:
        """Return everything shown of the chosen equipment."""
        if self._detail is None:
            item = self._selected()
            self._detail = None if item is None else self._make_detail(item)
        return self._detail

    def close(self) -> None:
        """Unsubscribe from everything and ask nothing more."""
        super().close()
        self._trend.close()
        self._link.show(None)

    # -- inside ---------------------------------------------------------------------------------

    def _selected(self) -> Equipment | None:
        chosen = self._context.selection.equipment_id
        return None if chosen is None else self._world.equipment.get(chosen)

    def _list(self) -> None:
        if folded_words(self._text):
            self._ids = self._world.equipment.search(self._text)
        else:
            self._ids = self._world.equipment.tree_order()
        self._positions = None

    def _follow_selected(self) -> None:
        item = self._selected()
        self._detail = None
        equipment = self._world.equipment
        self._below = () if item is None else tuple(equipment.descendants(item.id))
        watched: set[int] = set()
        if item is not None:
            watched.update(index for index, _ in equipment.points_of(item.id))
            mains = (equipment.main_point(child) for child in self._below)
            watched.update(main[0] for main in mains if main is not None)
        self._watched = frozenset(watched)
        self._trend.follow(item)
        self._link.follow(None if item is None else item.id)

    def _make_detail(self, item: Equipment) -> EquipmentDetail:
        world, words = self._world, self._words
        main = world.equipment.main_point(item.id)
        worst = world.alarms.worst(item.id)
        incidents = (incident for incident in world.incidents if incident.equipment_id == item.id)
        return EquipmentDetail(
            id=item.id,
            kind_word=words.kind(item.kind),
            icon=kind_icon(item.kind),
            name=item.name,
            headline=headline(world, words, item),
            place=texts.place(item),
            severity=None if worst is None else worst.severity,
            alarm_state=None if worst is None else worst.state,
            value=None if main is None else value_text(world, words, item, *main),
            service_state=world.service_state(item.id),
            service=texts.service_text(world, words, item.id),
            parents=texts.parents(world, words, item.id),
            points=tuple(
                texts.point_row(world, words, item, index, definition)
                for index, definition in world.equipment.points_of(item.id)
            ),
            children=texts.child_counts(world, words, self._below),
            alarms=alarm_rows(world, words, world.alarms.of(item.id)),
            incidents=tuple(
                Link(
                    incident.id,
                    f"{incident.id} · {words.text(f'incident.state.{incident.state.value}')}",
                )
                for incident in incidents
            ),
            trend=self._trend.trend,
            diagnostics=self._link.diagnostics,
        )

    def _on_asked(self) -> None:
        self._detail = None
        self._tell()

    def _on_selection_changed(self, _selection: Selection) -> None:
        self._follow_selected()
        self._tell()

    def _on_world_changed(self, change: Change) -> None:
        if change.catalogue:
            self._rows.clear()
            self._list()
            self._follow_selected()
            self._row_listeners.tell(None)
            self._tell()
            return
        changed = self._changed_ids(change)
        if changed is None:
            self._rows.clear()
        else:
            for key in changed:
                self._rows.pop(key, None)
        if changed is None or changed:
            self._row_listeners.tell(self._ids if changed is None else changed)
        if change.second:
            self._trend.tick()
        if self._touches_detail(change):
            self._detail = None
            self._tell()

    def _changed_ids(self, change: Change) -> Collection[str] | None:
        """Return whose rows say something else, ``None`` for everybody's."""
        if change.second or change.flipped or change.situation or len(change.points) > LISTED:
            return None  # ages and qualities of all rows
        changed: set[str] = set(change.service)
        for index in change.points:
            owner = self._world.equipment.owner(index)
            if owner is not None:
                changed.add(owner)
        for alarm_id in change.alarms:
            alarm = self._world.alarms.get(alarm_id)
            if alarm is None:
                return None  # it left the list: whose it was is not known any more
            changed.add(alarm.equipment_id)
        return changed

    def _touches_detail(self, change: Change) -> bool:
        if change.second or change.flipped or change.situation or change.session:
            return True
        if change.alarms or change.incidents or change.service or change.commands:
            return True
        return not self._watched.isdisjoint(change.points)


SPEC = PanelSpec(
    id="equipment",
    title_key="panel.equipment.title",
    icon="mdi6.electric-switch",
    presenter=EquipmentPresenter,
    view="ui.equipment.panel:EquipmentView",
    topics=("points",),
    preferred_screen="main",
)
