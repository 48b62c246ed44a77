"""A window over a presenter's list: rows made when drawn, moving only the rows that moved."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt

from console.state.listeners import Unsubscribe
from console.state.sorted_index import Step

Index = QModelIndex | QPersistentModelIndex
RowSteps = Callable[[Sequence[Step] | None], None]
_ROOT = QModelIndex()


class Listed(Protocol):
    """What the model itself reads of any row; delegates read the rest."""

    @property
    def tooltip(self) -> str: ...


Row = TypeVar("Row", bound=Listed)
RowOut_co = TypeVar("RowOut_co", bound=Listed, covariant=True)


class RowSource(Protocol[RowOut_co]):
    """What the model needs of a presenter.

    Listeners get the steps of the list, ``()`` when only what rows say changed, ``None`` when the
    list changed as a whole.
    """

    @property
    def ids(self) -> Sequence[str]: ...

    def row(self, row_id: str, /) -> RowOut_co | None: ...

    def subscribe_rows(self, listener: RowSteps, /) -> Unsubscribe: ...


class WindowModel(QStringListModel, Generic[Row]):
    """Hand the presenter's row objects to delegates under ``UserRole``.

    The strings are the ids, and they lie in Qt: a view of 100,000 rows asks how many there are
    once for each row when it lays them out, which must not be a call into Python. A row is made
    when it is drawn. Lives on the interface's thread.
    """

    def __init__(self, presenter: RowSource[Row], parent: QObject | None = None) -> None:
        super().__init__(list(presenter.ids), parent)
        self._presenter = presenter
        self._unsubscribe = presenter.subscribe_rows(self._on_rows_changed)

    def close(self) -> None:
        """Stop following the presenter."""
        self._unsubscribe()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that a row can be chosen, and neither edited nor dragged."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return flag.ItemIsSelectable | flag.ItemIsEnabled | flag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row object, its title, or the sentence a screen reader says."""
        row_id = super().data(index, Qt.ItemDataRole.DisplayRole)
        row = self._presenter.row(row_id) if row_id else None
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.UserRole:
                return row
            case Qt.ItemDataRole.DisplayRole:
                return self.title_of(row)
            case Qt.ItemDataRole.ToolTipRole:
                return row.tooltip
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(part for part in self.said_of(row) if part)
        return None

    def id_at(self, position: int) -> str | None:
        """Return what stands in a row."""
        found = super().data(self.index(position), Qt.ItemDataRole.DisplayRole)
        return found if isinstance(found, str) else None

    @abstractmethod
    def title_of(self, row: Row) -> str:
        """Return the text of a row where only text is shown."""

    @abstractmethod
    def said_of(self, row: Row) -> Sequence[str]:
        """Return what a screen reader says of a row, part by part."""

    def _on_rows_changed(self, steps: Sequence[Step] | None) -> None:
        if steps is None:
            self.setStringList(list(self._presenter.ids))
            return
        for step in steps:
            self._take(step)
        rows = self.rowCount()
        if rows and (not steps or any(step.at == step.to for step in steps)):
            # One signal for the whole list repaints what is visible and asks only for that.
            self.dataChanged.emit(self.index(0), self.index(rows - 1))

    def _take(self, step: Step) -> None:
        if step.at == step.to:
            return
        if step.at < 0:
            self.insertRows(step.to, 1)
            self.setData(self.index(step.to), step.id)
        elif step.to < 0:
            self.removeRows(step.at, 1)
        else:
            # Qt counts the target in the list that still holds the row.
            target = step.to + 1 if step.to > step.at else step.to
            self.moveRows(_ROOT, step.at, 1, _ROOT, target)
            moved = self.index(step.to)
            self.dataChanged.emit(moved, moved)
