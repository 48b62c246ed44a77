"""The circuits panel: what is treated, since when and by whom; saying it by key or button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, cast

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.grid import paint_words
from ui.listing import Column, Listing, ListingView
from ui.listing_cells import CellDelegate
from ui.theme import Theme
from ui.widgets.labels import Rule
from ui.winter.legend import CircuitLegend, Share, ShareRow
from ui.winter.marks import paint_circuit

COLUMNS = (
    Column("circuits.head.state", 140),
    Column("circuits.head.priority", 40, below=520),
    Column("circuits.head.id", 84),
    Column("circuits.head.name"),
    Column("circuits.head.streets", below=760),
    Column("circuits.head.since", 96, right=True),
    Column("circuits.head.due", 96, below=620, right=True),
    Column("circuits.head.by", 152, below=900),
    Column("circuits.head.km", 56, right=True),
)
"""Those that give way are said of the chosen circuit below the list."""
_SWATCH_PX = 30


class Circuits(Listing, Protocol):
    """What this view asks of whoever decides."""

    @property
    def shares(self) -> Sequence[Share]: ...


class CircuitsView(ListingView):
    """Show the circuits between the patterns in words and how much of each priority is treated."""

    def __init__(self, presenter: Circuits, parent: QWidget | None = None) -> None:
        self._circuits = presenter
        super().__init__(presenter, "circuits", COLUMNS, parent, cells=_CircuitCells)

    def refresh(self) -> None:
        super().refresh()
        self._shares.show_shares(self._circuits.shares)

    def _lay_out(self) -> None:
        super()._lay_out()
        layout = cast("QVBoxLayout", self.layout())
        legend = QVBoxLayout()
        legend.setContentsMargins(8, 0, 8, 4)
        legend.addWidget(CircuitLegend())
        layout.insertLayout(1, legend)
        self._shares = ShareRow()
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 4, 12, 4)
        foot.addWidget(self._shares)
        layout.addWidget(Rule())
        layout.addLayout(foot)


class _CircuitCells(CellDelegate):
    def paint_cell(
        self,
        painter: QPainter,
        theme: Theme,
        room: QRect,
        cell: Any,  # noqa: ANN401 - as its base: told apart by its shape
        *,
        right: bool,
    ) -> None:
        if not hasattr(cell, "look"):
            super().paint_cell(painter, theme, room, cell, right=right)
            return
        paint_circuit(
            painter,
            theme,
            QRectF(room.left(), room.center().y() - 6, _SWATCH_PX, 13),
            cell.look,
        )
        words = room.adjusted(_SWATCH_PX + 8, 0, 2, 0)
        paint_words(painter, theme, words, cell.words, bold=cell.bold)
