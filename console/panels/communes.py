"""The overview's matrix: every commune against every trade, what is not normal stands out."""

from __future__ import annotations

from collections.abc import Iterable

from backend_bridge.contract.points import Equipment
from console.panels.base import BasePresenter
from console.panels.map.kinds import ANY, read_kinds
from console.panels.overview_rows import MatrixCell, MatrixColumn, MatrixRow
from console.panels.spec import PanelContext, PanelSpec
from console.state.census import Census, GroupCount, merged, never_heard
from console.state.change import Change
from console.state.folding import fold


class CommunesPresenter(BasePresenter):
    """Decide what each cell of the matrix shows; communes with most equipment come first.

    A trade's column is a kind with everything that hangs below it: lamps and feeders stand in
    their cabinets' column. A trade of which nothing was ever heard has none: :attr:`unheard`.
    """

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self._census = Census(self._world)
        self._icons = read_kinds()
        self._all_columns: tuple[MatrixColumn, ...] = ()
        self._never: dict[str, int] = {}
        self.columns: tuple[MatrixColumn, ...] = ()
        self.rows: tuple[MatrixRow, ...] = ()
        self._learn()

    @property
    def headline(self) -> str:
        """Return how many communes there are and in how many something stands out."""
        struck = sum(any(cell.alarm or cell.mark for cell in row.cells) for row in self.rows)
        return self._words.text("overview.communes.headline", total=len(self.rows), struck=struck)

    @property
    def unheard(self) -> str:
        """Return what no column tells of because it was never heard, empty for nothing."""
        if not self._never:
            return ""
        kinds = sorted(self._never, key=lambda key: (-self._never[key], key))
        counted = ", ".join(
            self._words.plural(f"kind.{key}.count", self._never[key]) for key in kinds
        )
        return self._words.text("overview.unheard", counted=counted)

    def choose(self, row: int, column: int) -> None:
        """Choose everything that is not normal in a cell, or all of it when all is."""
        commune, key = self.rows[row].commune, self.columns[column].key
        kinds = self._kinds_of[key]
        world = self._world
        chosen = [
            item.id
            for item in world.equipment.by_id.values()
            if item.commune == commune and item.kind in kinds
        ]
        alarmed = set(world.alarms.equipment_ids()) | set(world.service)
        pressing = [key for key in chosen if key in alarmed]
        self._context.selection.select_incident(None, pressing or chosen)

    def _on_world_changed(self, change: Change) -> None:
        if change.catalogue:
            self._census.take_catalogue()
            self._learn()
            self._tell()  # a calm bridge may say nothing more for long
        if change.points or change.alarms or change.situation or change.service or change.flipped:
            self._census.touch()
        if (change.second or change.catalogue or change.alarms) and self._census.count():
            self._renew()
            self._tell()

    def _learn(self) -> None:
        equipment = self._world.equipment
        order: dict[str, list[str]] = {}
        for item in equipment.by_id.values():
            root = equipment.by_id[equipment.path(item.id)[0]].kind if item.parent else item.kind
            kinds = order.setdefault(root, [])
            if item.kind not in kinds:
                kinds.append(item.kind)
        self._kinds_of = order
        self._communes = _by_size(equipment.by_id.values())
        first = self._words.first
        self._all_columns = tuple(
            MatrixColumn(
                key,
                first(f"overview.column.{key}", f"map.layer.{key}", f"kind.{key}"),
                # several kinds in one column are the trade's
                first(f"trade.{equipment.kinds[key].trade}")
                if len(order[key]) > 1
                else first(f"map.layer.{key}", f"kind.{key}"),
                self._icons.get(key, ANY).icon,
            )
            for key in sorted(order, key=lambda key: self._icons.get(key, ANY).order)
        )
        self._census.count()
        self._renew()

    def _renew(self) -> None:
        self._never = never_heard(self._census.groups)
        self.columns = tuple(
            column
            for column in self._all_columns
            if not self._never.keys() >= set(self._kinds_of[column.key])
        )
        self.rows = self._make_rows()

    def _make_rows(self) -> tuple[MatrixRow, ...]:
        return tuple(
            MatrixRow(
                commune or self._words.text("overview.no_commune"),
                tuple(self._cell(commune, column) for column in self.columns),
            )
            for commune in self._communes
        )

    def _cell(self, commune: str, column: MatrixColumn) -> MatrixCell:
        groups = self._census.groups
        kinds = self._kinds_of[column.key]
        found = [groups[commune, kind] for kind in kinds if (commune, kind) in groups]
        if not found:
            return MatrixCell()
        whole = merged(found)
        mark = "" if whole.alarm is not None else _mark(whole)
        parts = [f"{commune}, {column.long_title}"]
        if whole.alarms:
            parts.append(self._words.plural("overview.alarms", whole.alarms))
        if mark:
            parts.append(self._words.text(f"overview.mark.{mark}"))
        if len(parts) == 1:
            parts.append(self._words.text("overview.normal"))
        written = self._words.formats.number(whole.alarms) if whole.alarms > 1 else ""
        return MatrixCell(True, whole.alarm, written, mark, " · ".join(parts))


def _by_size(items: Iterable[Equipment]) -> list[str]:
    sizes: dict[str, int] = {}
    for item in items:
        sizes[item.commune] = sizes.get(item.commune, 0) + 1
    return sorted(sizes, key=lambda name: (-sizes[name], fold(name)))


def _mark(count: GroupCount) -> str:
    """Return the quality or service word a cell wears where no alarm is, empty for none."""
    if count.worst.word != "good":
        return count.worst.word
    if count.maintenance:
        return "maintenance"
    return "disabled" if count.disabled else ""


SPEC = PanelSpec(
    id="communes",
    title_key="overview.communes.title",
    icon="mdi6.view-grid-outline",
    presenter=CommunesPresenter,
    view="ui.overview.communes:CommunesView",
    topics=("points", "alarms"),
    preferred_screen="overview",
)
