"""The queue as a Qt list: a window over the presenter's order, moving only the rows that moved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from console.state.listeners import Unsubscribe
from console.state.sorted_index import Step

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
RowSteps = Callable[[Sequence[Step] | None], None]


class ListedIncident(Protocol):
    """What the model itself reads of a row; delegates read the rest."""

    @property
    def title(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def elapsed(self) -> str: ...
    @property
    def limit(self) -> str: ...
    @property
    def tooltip(self) -> str: ...


class QueueSource(Protocol):
    """What the model needs of the queue's presenter."""

    @property
    def ids(self) -> Sequence[str]: ...

    def row(self, incident_id: str, /) -> ListedIncident | None: ...

    def subscribe_rows(self, listener: RowSteps, /) -> Unsubscribe: ...


class QueueModel(QAbstractListModel):
    """Hand the presenter's row objects to delegates under ``UserRole``.

    Holds ids only; a row is made when it is drawn. Lives on the interface's thread.
    """

    def __init__(self, presenter: QueueSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._ids = list(presenter.ids)
        self._unsubscribe = presenter.subscribe_rows(self._on_rows_changed)

    def close(self) -> None:
        """Stop following the presenter."""
        self._unsubscribe()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many incidents are shown; a list has no children."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row object, its title, or the sentence a screen reader says."""
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        row = self._presenter.row(self._ids[index.row()])
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.UserRole:
                return row
            case Qt.ItemDataRole.DisplayRole:
                return f"{row.title} {row.place}"
            case Qt.ItemDataRole.ToolTipRole:
                return row.tooltip
            case Qt.ItemDataRole.AccessibleTextRole:
                parts = (row.title, row.place, row.state, row.owner, row.elapsed, row.limit)
                return ", ".join(part for part in parts if part)
        return None

    def id_at(self, position: int) -> str | None:
        """Return the incident of a row."""
        return self._ids[position] if 0 <= position < len(self._ids) else None

    def _on_rows_changed(self, steps: Sequence[Step] | None) -> None:
        if steps is None:
            self.beginResetModel()
            self._ids = list(self._presenter.ids)
            self.endResetModel()
            return
        for step in steps:
            self._take(step)
        if self._ids and (not steps or any(step.at == step.to for step in steps)):
            # One signal for the whole list repaints what is visible and asks only for that.
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))

    def _take(self, step: Step) -> None:
        if step.at == step.to:
            return
        if step.at < 0:
            self.beginInsertRows(_ROOT, step.to, step.to)
            self._ids.insert(step.to, step.id)
            self.endInsertRows()
        elif step.to < 0:
            self.beginRemoveRows(_ROOT, step.at, step.at)
            del self._ids[step.at]
            self.endRemoveRows()
        else:
            # Qt counts the target in the list that still holds the row.
            target = step.to + 1 if step.to > step.at else step.to
            self.beginMoveRows(_ROOT, step.at, step.at, _ROOT, target)
            self._ids.insert(step.to, self._ids.pop(step.at))
            self.endMoveRows()
            moved = self.index(step.to)
            self.dataChanged.emit(moved, moved)
