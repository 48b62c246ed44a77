"""F6: what is older than allowed stands out in every panel, by a dashed frame as on the map."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QApplication

from ui.theme import Theme

WORDS = frozenset({"stale", "unavailable", "unknown"})
"""Quality words of what nobody confirmed within the allowed age; the map frames the same."""
_DASHES = [2.0, 2.0]
_FAR_PX = 2.5
"""Between what is framed and its frame."""


class Aged(QObject):
    """Say for the whole process whether what is too old is outlined; lives on the GUI's thread.

    ``flipped`` tells who does not paint by itself (the map's page) that it changed.
    """

    flipped = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._on = False

    @property
    def outlined(self) -> bool:
        """Return whether what is too old is outlined now."""
        return self._on

    def set_outlined(self, *, on: bool) -> None:
        """Outline everything older than allowed, or stop; whatever is in sight is drawn again."""
        if on == self._on:
            return
        self._on = on
        self.flipped.emit(on)
        for widget in QApplication.allWidgets():
            if widget.isVisible():
                widget.update()


def aged() -> Aged:
    """Return the application's one :class:`Aged`, made at the first call.

    Raises:
        RuntimeError: there is no QApplication yet.
    """
    app = QApplication.instance()
    if app is None:
        raise RuntimeError("values are outlined only inside a QApplication: make it first")
    found = app.findChild(Aged, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if found is not None else Aged(app)


def outline_aged(painter: QPainter, theme: Theme, rect: QRectF, word: str) -> None:
    """Frame what stands in ``rect`` while F6 is on and its quality ``word`` says too old.

    The frame goes round ``rect``, three pixels outside it; the painter's state is restored.
    """
    if word not in WORDS or not aged().outlined:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    pen = QPen(theme.color("text_1"), 1)
    pen.setStyle(Qt.PenStyle.CustomDashLine)
    pen.setDashPattern(_DASHES)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(-_FAR_PX, -_FAR_PX, _FAR_PX, _FAR_PX))
    painter.restore()


def age_word(fraction: float | None) -> str:
    """Return the quality word of an age by its fraction of the allowed one, ``None``: unheard."""
    if fraction is None:
        return "unknown"
    return "stale" if fraction >= 1 else "good"
