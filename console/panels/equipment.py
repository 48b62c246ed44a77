"""The equipment panel's decisions: what the tree shows, and all about the chosen equipment."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from backend_bridge.contract.points import Equipment
from backend_bridge.contract.quality import ServiceState
from console.panels import equipment_texts as texts
from console.panels.alarm_rows import alarm_rows
from console.panels.base import BasePresenter
from console.panels.branch_rows import BranchRow, branch_row
from console.panels.link_details import LinkDetails
from console.panels.rows import EquipmentDetail, EquipmentRow, Link
from console.panels.safety.zones import zone_over, zone_text
from console.panels.spec import PanelContext, PanelSpec
from console.panels.trends import TrendFollower
from console.panels.values import headline, value_text
from console.panels.wording import kind_icon
from console.state.change import Change
from console.state.equipment_tree import CHOSEN, EquipmentTree, equipment_of
from console.state.listeners import Listeners, Unsubscribe
from console.state.selection import Selection
from console.state.sorted_index import Step

RowSteps = Callable[[Sequence[Step] | None], None]
"""Told the steps of the rows, ``()`` when only what rows say changed, ``None`` for a new list."""
LISTED = 2_000
"""Changed rows named one by one; above, every row is said to have changed."""


class EquipmentPresenter(BasePresenter):
    """Decide what the equipment view shows; rows are made only when asked for."""

    model_class = "console.models.equipment:EquipmentModel"

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self._tree = EquipmentTree(self._world)
        self._tree.opened = context.settings.get("open")
        self._at: str | None = None
        """Node the list's caret is on: a branch, or a row of what is chosen."""
        self._position: tuple[str, int | None] | None = None
        """Where a node was last found; until the rows move."""
        self._rows: dict[str, EquipmentRow] = {}
        self._branch_rows: dict[str, BranchRow] = {}
        self._row_listeners: Listeners[Sequence[Step] | None] = Listeners()
        self._watched: frozenset[int] = frozenset()
        self._below: tuple[str, ...] = ()
        self._detail: EquipmentDetail | None = None
        self._trend = TrendFollower(context, self._words, self._on_asked)
        self._link = LinkDetails(context, self._words, self._on_asked)
        self._ends.append(context.selection.subscribe(self._on_selection_changed))
        self._tree.count()
        self._tree.choose(context.selection.equipment_ids)
        self._follow_selected()

    # -- the tree -------------------------------------------------------------------------------

    @property
    def headline(self) -> str:
        """Return the count for the title bar."""
        return self._words.plural("equipment.count", len(self._world.equipment))

    @property
    def footer(self) -> str:
        """Return shown and total, and why the others are hidden."""
        shown, total = self._tree.shown, len(self._world.equipment)
        number = self._words.formats.number
        text = self._words.text("equipment.shown", shown=number(shown), total=number(total))
        if shown != total:
            text = f"{text} · {self._words.plural('equipment.hidden', total - shown)}"
        never = self._tree.never_heard
        return f"{text} · {self._words.plural('equipment.never_heard', never)}" if never else text

    @property
    def filter_text(self) -> str:
        """Return the search as typed."""
        return self._tree.text

    @property
    def ids(self) -> Sequence[str]:
        """Return the nodes of the tree that show, top to bottom."""
        return self._tree.nodes

    def position(self, node: str) -> int | None:
        """Return the row of a node, ``None`` when a filter or a closed branch hides it."""
        known = self._position
        if known is None or known[0] != node:
            try:
                place = self._tree.nodes.index(node)  # 351,000 rows: 5 ms, once for each move
            except ValueError:
                known = (node, None)
            else:
                known = (node, place)
            self._position = known
        return known[1]

    @property
    def current_position(self) -> int | None:
        """Return the row the caret is on, ``None`` for none."""
        return None if self._at is None else self.position(self._at)

    def row(self, node: str) -> EquipmentRow | BranchRow | None:
        """Return one row, ``None`` when the session does not see the equipment."""
        row = self._rows.get(node) or self._branch_rows.get(node)
        return self._make_row(node) if row is None else row

    def set_filter(self, words: str) -> None:
        """Show only what holds all these words, accents aside."""
        if words != self._tree.text:
            self._move_rows(self._tree.set_text(words))

    def enter(self, position: int) -> None:
        """Put the caret on a row; one of an equipment chooses it."""
        node = self._at = self._tree.nodes[position]
        equipment_id = equipment_of(node)
        if equipment_id is None:
            return
        chosen = self._context.selection.equipment_ids
        if node.startswith(CHOSEN):  # the others stay chosen: this one comes first
            rest = (key for key in chosen if key != equipment_id)
            self._context.selection.select_equipment((equipment_id, *rest))
        else:
            self.select(equipment_id)

    def seek(self, position: int) -> None:
        """Bring the equipment of a row into sight on the map."""
        equipment_id = equipment_of(self._tree.nodes[position])
        if equipment_id is not None:
            self._context.selection.seek(equipment_id)

    def unfold(self, position: int, *, wanted: bool) -> None:
        """Open or close a branch; closing what is not an open branch goes to the one it is in."""
        node = self._tree.nodes[position]
        branch = self._tree.branch(node)
        if branch is not None and self._tree.is_open(node) != wanted:
            self._at = node
            steps = self._tree.turn(node)
            if not self._tree.text:
                self._context.settings["open"] = self._tree.opened
            self._move_rows(steps)
        elif not wanted:
            self._at = self._tree.parent(node) or node
            self._tell()

    def subscribe_rows(self, listener: RowSteps) -> Unsubscribe:
        """Tell a model how the rows changed."""
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

    def _make_row(self, node: str) -> EquipmentRow | BranchRow | None:
        branch = self._tree.branch(node)
        if branch is not None:
            made = self._branch_rows[node] = branch_row(self._tree, self._words, branch)
            return made
        item = self._world.equipment.get(equipment_of(node) or "")
        if item is None:
            return None
        row = texts.equipment_row(self._world, self._words, item)
        row = self._rows[node] = replace(row, depth=1 if node.startswith(CHOSEN) else 2)
        return row

    def _move_rows(self, steps: Sequence[Step] | None) -> None:
        """Tell how the tree changed: branches say other counts, rows stand elsewhere."""
        self._position = None
        self._branch_rows.clear()
        self._row_listeners.tell(steps)
        self._tell()

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

    def _service(self, item: Equipment) -> tuple[ServiceState, str]:
        """Return why an equipment is not in use, in words; hands in it are works, as on the map."""
        world, words = self._world, self._words
        state = world.service_state(item.id)
        zone = zone_over(world, item)
        if state is ServiceState.IN_SERVICE and zone is not None:
            return ServiceState.MAINTENANCE, zone_text(world, words, zone)
        return state, texts.service_text(world, words, item.id)

    def _make_detail(self, item: Equipment) -> EquipmentDetail:
        world, words = self._world, self._words
        main = world.equipment.main_point(item.id)
        worst = world.alarms.worst(item.id)
        state, service = self._service(item)
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
            service_state=state,
            service=service,
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
                for incident in world.incidents.of_equipment(item.id)
            ),
            trend=self._trend.trend,
            diagnostics=self._link.diagnostics,
        )

    def _on_asked(self) -> None:
        self._detail = None
        self._tell()

    def _on_selection_changed(self, selection: Selection) -> None:
        self._follow_selected()
        steps = self._tree.choose(selection.equipment_ids)
        chosen = selection.equipment_ids
        self._position = None
        if not chosen or self._at is None or equipment_of(self._at) != chosen[0]:
            self._at = self._node_of(chosen)
        self._move_rows(steps)

    def _node_of(self, chosen: Sequence[str]) -> str | None:
        """Return where the caret goes when others chose: several are one branch."""
        if len(chosen) != 1:
            return CHOSEN if chosen else None
        return chosen[0] if self.position(chosen[0]) is not None else CHOSEN + chosen[0]

    def _on_world_changed(self, change: Change) -> None:
        if change.catalogue:
            self._rows.clear()
            self._branch_rows.clear()
            self._tree.take_catalogue()
            self._tree.count()
            self._follow_selected()
            self._move_rows(None)
            return
        if change.points or change.alarms or change.situation:
            self._tree.touch(alarms=bool(change.alarms) or change.situation)
        counted = self._tree.count()
        if counted:
            self._branch_rows.clear()
        changed = self._changed_ids(change)
        if changed is None:
            self._rows.clear()
            self._branch_rows.clear()
        else:
            for key in changed:
                self._rows.pop(key, None)
                self._rows.pop(CHOSEN + key, None)
        if changed is None or counted or self._any_shown(changed):
            self._row_listeners.tell(())
        self._world.equipment.fold_some()
        if change.second:
            self._trend.tick()
        if self._touches_detail(change):
            self._detail = None
            self._tell()

    def _any_shown(self, keys: Collection[str]) -> bool:
        return any(map(self._tree.may_show, keys))

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
        if change.acting:  # a zone began or was lifted
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
