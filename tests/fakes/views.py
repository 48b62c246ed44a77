"""Presenters and models for views under test: finished rows, and a note of what was asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from backend_bridge.contract.alarms import AlarmState, Severity
from console.panels.rows import (
    AlarmLoadState,
    EquipmentDetail,
    EquipmentRow,
    IncidentDetail,
    QueueRow,
    Scope,
    SeverityTally,
    StripState,
)

Callback = Callable[[], None]


class FakeRows(QAbstractListModel):
    """A list model over given row objects."""

    def __init__(self, rows: Sequence[Any] = ()) -> None:
        super().__init__()
        self.rows = list(rows)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        return row if role == Qt.ItemDataRole.UserRole else None

    def put(self, position: int, row: Any) -> None:
        self.beginInsertRows(QModelIndex(), position, position)
        self.rows.insert(position, row)
        self.endInsertRows()

    def change(self, position: int, row: Any) -> None:
        self.rows[position] = row
        index = self.index(position, 0)
        self.dataChanged.emit(index, index)

    def replace_all(self, rows: Sequence[Any]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()


class _Told:
    """Subscriptions, and the list of what the view asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.callbacks: list[Callback] = []

    def subscribe(self, callback: Callback) -> Callback:
        self.callbacks.append(callback)
        return lambda: self.callbacks.remove(callback)

    def tell(self) -> None:
        for callback in list(self.callbacks):
            callback()


class FakeQueue(_Told):
    """A queue presenter whose answers are attributes."""

    def __init__(self, rows: FakeRows, detail_of: Callable[[QueueRow], IncidentDetail]) -> None:
        super().__init__()
        self.rows = rows
        self.detail_of = detail_of
        self.selected_id: str | None = None
        self.filter_text = ""
        self.drafts: dict[str, str] = {}
        self.split: float | None = None
        self.scopes: tuple[Scope, ...] = (
            Scope("open", "Tous", len(rows.rows), chosen=True),
            Scope("mine", "À moi", 2, chosen=False),
            Scope("waiting", "À acquitter", 4, chosen=False),
        )
        self.headline = f"{len(rows.rows)} événements"
        self.footer = f"{len(rows.rows)} sur {len(rows.rows)}"

    @property
    def detail(self) -> IncidentDetail | None:
        for row in self.rows.rows:
            if row.id == self.selected_id:
                return self.detail_of(row)
        return None

    @property
    def draft(self) -> str:
        return self.drafts.get(self.selected_id or "", "")

    def set_filter(self, words: str) -> None:
        self.asked.append(("filter", words))
        self.filter_text = words
        self.tell()

    def set_scope(self, key: str) -> None:
        self.asked.append(("scope", key))
        self.scopes = tuple(replace(scope, chosen=scope.key == key) for scope in self.scopes)
        self.tell()

    def select(self, incident_id: str | None) -> None:
        self.asked.append(("select", incident_id))
        self.selected_id = incident_id
        self.tell()

    def position(self, incident_id: str) -> int | None:
        for position, row in enumerate(self.rows.rows):
            if row.id == incident_id:
                return position
        return None

    def do(self, key: str, words: str = "") -> None:
        self.asked.append(("do", key, words))

    def set_draft(self, words: str) -> None:
        self.drafts[self.selected_id or ""] = words

    def set_split(self, fraction: float) -> None:
        self.split = fraction

    def comment(self, words: str, taken: Callback) -> None:
        self.asked.append(("comment", words))
        self.taken = taken

    def explain(self, reason: str) -> None:
        self.asked.append(("explain", reason))


class FakeEquipment(_Told):
    """An equipment presenter whose answers are attributes."""

    def __init__(self, rows: FakeRows, detail: EquipmentDetail | None = None) -> None:
        super().__init__()
        self.rows = rows
        self.detail = detail
        self.selected_id: str | None = detail.id if detail is not None else None
        self.filter_text = ""
        self.headline = f"{len(rows.rows)} équipements"
        self.footer = f"{len(rows.rows)} sur {len(rows.rows)}"

    def set_filter(self, words: str) -> None:
        self.asked.append(("filter", words))
        self.filter_text = words
        self.tell()

    def select(self, equipment_id: str | None) -> None:
        self.asked.append(("select", equipment_id))
        self.selected_id = equipment_id
        self.tell()

    @property
    def current_position(self) -> int | None:
        for position, row in enumerate(self.rows.rows):
            if isinstance(row, EquipmentRow) and row.id == self.selected_id:
                return position
        return None

    def enter(self, position: int) -> None:
        row = self.rows.rows[position]
        if isinstance(row, EquipmentRow):
            self.select(row.id)

    def seek(self, position: int) -> None:
        self.asked.append(("seek", position))

    def unfold(self, position: int, *, wanted: bool) -> None:
        self.asked.append(("unfold", position, wanted))

    def choose_point(self, key: str) -> None:
        self.asked.append(("point", key))

    def show_incident(self, incident_id: str) -> None:
        self.asked.append(("incident", incident_id))

    def want_diagnostics(self, wanted: bool) -> None:
        self.asked.append(("diagnostics", wanted))


class FakeStrip(_Told):
    """A strip presenter whose state is an attribute."""

    def __init__(self, state: StripState | None = None) -> None:
        super().__init__()
        self.state = state if state is not None else strip_state()


def strip_state(**changes: Any) -> StripState:
    """Return a live strip of a demonstration territory, changed as asked."""
    state = StripState(
        live=True,
        link="Liaison",
        link_age="0,4\u00a0s",
        age_fraction=0.27,
        behind="",
        link_tooltip="Liaison bonne avec le pont « dijon ».",
        territory="Dijon métropole",
        user="N. Perrin",
        seat="POL-1",
        date="jeu. 14\u00a0janv.",
        clock="06:42:31",
        skew="",
        alarms=(
            SeverityTally(Severity.URGENT, 1, 0, ""),
            SeverityTally(Severity.HIGH, 3, 1, "1\u00a0NA"),
            SeverityTally(Severity.MEDIUM, 5, 1, "1\u00a0NA"),
            SeverityTally(Severity.LOW, 11, 0, ""),
        ),
        stale="14\u00a0périmés",
        bad="",
        unknown="",
        unavailable="76\u00a0injoignables",
        frozen="",
        to_check="",
        load=AlarmLoadState(
            label="Charge",
            text="3\u00a0/\u00a010\u00a0min",
            fraction=0.3,
            target=0.1,
            over=False,
            tooltip="3 alarmes depuis dix minutes ; cible 1, limite 10.",
        ),
        modes=("TERRITOIRE DE DÉMONSTRATION",),
    )
    return replace(state, **changes)


NORMAL = AlarmState.NORMAL
