"""Arrange panels with splitters as a seat says, and remember nothing by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from ui.texts import text
from ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Place:
    """One panel's place; ``weight`` is its share of the split it stands in, above 0."""

    panel_id: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Split:
    """Places side by side (``across``) or one above the other, sharing by weight."""

    parts: tuple[Place | Split, ...]
    across: bool = True
    weight: float = 1.0


def panel_ids(part: Place | Split) -> list[str]:
    """Return the panels of an arrangement, left to right and top to bottom."""
    if isinstance(part, Place):
        return [part.panel_id]
    return [panel_id for inner in part.parts for panel_id in panel_ids(inner)]


def arrange(part: Place | Split, frame_for: Callable[[str], QWidget]) -> QWidget:
    """Return a widget tree of splitters around the frames.

    Args:
        part: what goes where.
        frame_for: gives the frame of a panel id; called once for each.
    """
    if isinstance(part, Place):
        return frame_for(part.panel_id)
    splitter = QSplitter(Qt.Orientation.Horizontal if part.across else Qt.Orientation.Vertical)
    splitter.setHandleWidth(Theme.current().px("gap"))
    splitter.setChildrenCollapsible(False)
    splitter.setAccessibleName(text("ui.shell.splitter"))
    for index, inner in enumerate(part.parts):
        splitter.addWidget(arrange(inner, frame_for))
        splitter.setStretchFactor(index, max(1, round(inner.weight * 100)))
    splitter.setSizes(shares([inner.weight for inner in part.parts], total=10_000))
    return splitter


def shares(weights: Sequence[float], total: int) -> list[int]:
    """Return whole shares of ``total`` in proportion to positive weights."""
    whole = sum(weights) or 1.0
    return [round(total * weight / whole) for weight in weights]
