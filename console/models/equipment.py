"""The equipment as a Qt list: ids only, rows made when drawn, one signal a batch."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from console.state.listeners import Unsubscribe

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
RowsChanged = Callable[[Collection[str] | None], None]


class ListedValue(Protocol):
    """What the model itself reads of a row's value."""

    @property
    def text(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def quality_word(self) -> str: ...


class ListedEquipment(Protocol):
    """What the model itself reads of a row; delegates read the rest."""

    @property
    def value(self) -> ListedValue | None: ...
    @property
    def title(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def service_word(self) -> str: ...
    @property
    def tooltip(self) -> str: ...


class EquipmentSource(Protocol):
    """What the model needs of the equipment presenter."""

    @property
    def ids(self) -> Sequence[str]: ...

    def row(self, equipment_id: str, /) -> ListedEquipment | None: ...

    def position(self, equipment_id: str, /) -> int | None: ...

    def subscribe_rows(self, listener: RowsChanged, /) -> Unsubscribe: ...


class EquipmentModel(QAbstractListModel):
    """Hand the presenter's row objects to delegates under ``UserRole``.

    Rows move only when the search or the catalogue changes. Lives on the interface's thread.
    """

    def __init__(self, presenter: EquipmentSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._ids: Sequence[str] = presenter.ids
        self._unsubscribe = presenter.subscribe_rows(self._on_rows_changed)

    def close(self) -> None:
        """Stop following the presenter."""
        self._unsubscribe()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many equipment are listed; a list has no children."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row object, its id, or the sentence a screen reader says."""
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        row = self._presenter.row(self._ids[index.row()])
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.UserRole:
                return row
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.ToolTipRole:
                return row.tooltip
            case Qt.ItemDataRole.AccessibleTextRole:
                value = row.value
                said = "" if value is None else f"{value.text} {value.unit} {value.quality_word}"
                parts = (row.title, row.place, said.strip(), row.service_word)
                return ", ".join(part for part in parts if part)
        return None

    def id_at(self, position: int) -> str | None:
        """Return the equipment of a row."""
        return self._ids[position] if 0 <= position < len(self._ids) else None

    def _on_rows_changed(self, changed: Collection[str] | None) -> None:
        if changed is None:
            self.beginResetModel()
            self._ids = self._presenter.ids
            self.endResetModel()
            return
        if changed is self._ids:
            positions = [0, len(self._ids) - 1] if self._ids else []
        else:
            found = (self._presenter.position(key) for key in changed)
            positions = [place for place in found if place is not None]
        if positions:
            # One range over all of them: views repaint only what they show of it.
            self.dataChanged.emit(self.index(min(positions)), self.index(max(positions)))
