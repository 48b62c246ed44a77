"""A link's last frames and counters, shown when asked for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ui.equipment.facts import Diagnostics
from ui.texts import text
from ui.theme import Theme
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import TextLabel

_LINES = 10


class DiagnosticsView(QWidget):
    """Offer, then show, the frames of the link an equipment hangs on.

    ``wanted`` carries true to ask for them (again), false to put them away.
    """

    wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = Theme.current()
        self.setObjectName("diagnostics")
        self._open = ActionButton(text("ui.diagnostics.show"), icon="lan-connect")
        self._open.setObjectName("diagnostics-show")
        self._open.acted.connect(self._on_open)
        self._close = ActionButton(text("ui.diagnostics.hide"))
        self._close.setObjectName("diagnostics-hide")
        self._close.acted.connect(self._on_close)
        self._title = TextLabel(bold=True)
        self._note = TextLabel(tone="text_2", wrap=True)
        self._frames = QPlainTextEdit()
        self._frames.setReadOnly(True)
        self._frames.setTabChangesFocus(True)
        self._frames.setFont(theme.font(12, mono=True))
        self._frames.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._frames.setAccessibleName(text("ui.diagnostics.frames"))
        line = QFontMetrics(self._frames.font()).lineSpacing()
        self._frames.setFixedHeight(line * _LINES + 24)
        buttons = QHBoxLayout()
        buttons.addWidget(self._open)
        buttons.addWidget(self._close)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(buttons)
        layout.addWidget(self._title)
        layout.addWidget(self._note)
        layout.addWidget(self._frames)
        self._shown: Diagnostics | None = None
        self._put(None)

    def show_diagnostics(self, diagnostics: Diagnostics | None) -> None:
        """Show what came, or only the way to ask for it (``None``)."""
        if diagnostics != self._shown:
            self._shown = diagnostics
            self._put(diagnostics)

    def _put(self, diagnostics: Diagnostics | None) -> None:
        ready = diagnostics is not None and diagnostics.state == "ready"
        self._close.setVisible(diagnostics is not None)
        self._title.setVisible(ready)
        self._frames.setVisible(ready)
        self._note.setVisible(diagnostics is not None)
        self._open.set_label(
            text("ui.diagnostics.show" if diagnostics is None else "ui.diagnostics.again")
        )
        if diagnostics is None:
            return
        counters = " · ".join(f"{name} {value}" for name, value in diagnostics.counters)
        note = diagnostics.note or ("" if ready else text(f"ui.diagnostics.{diagnostics.state}"))
        self._note.say(" · ".join(part for part in (note, counters) if part))
        self._title.say(diagnostics.link)
        words = "\n".join(diagnostics.frames)
        if words != self._frames.toPlainText():
            self._frames.setPlainText(words)

    def _on_open(self) -> None:
        self.wanted.emit(True)

    def _on_close(self) -> None:
        self.wanted.emit(False)
