"""Buttons that say their key, and why they would be refused instead of going silently grey."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import icons
from ui.theme import Theme

_PAD = 10
_GAP = 8


def key_chip_width(theme: Theme, key: str) -> int:
    """Return the width in pixels of a key's little box."""
    return QFontMetrics(theme.font(12)).horizontalAdvance(key) + 10


def paint_key_chip(
    painter: QPainter, theme: Theme, rect: QRect, key: str, *, inverse: bool = False
) -> None:
    """Draw a key in its box; ``inverse`` on the filled main button."""
    painter.setPen(QPen(theme.color("on_inverse" if inverse else "line"), 1))
    if not inverse:
        painter.fillRect(rect, theme.color("field"))
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
    painter.setPen(theme.color("on_inverse" if inverse else "text_2"))
    painter.setFont(theme.font(12))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)


class ActionButton(QAbstractButton):
    """Do one thing, by mouse or keyboard; when it would be refused, say why instead.

    ``acted`` is emitted for an accepted press, ``explained`` with the reason for a refused one:
    the button keeps the focus and its place, so nothing jumps under the hand.

    Args:
        label: verb first; also the accessible name.
        key: shortcut shown in a box; the shell or the view binds it.
        icon: ``mdi6`` glyph, empty for none.
        main: filled in inverse, at most one a group.
        parent: Qt parent.
    """

    acted = Signal()
    explained = Signal(str)

    def __init__(
        self,
        label: str,
        *,
        key: str = "",
        icon: str = "",
        main: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self._key = key
        self._icon = icon
        self._main = main
        self._reason = ""
        self._hover = False
        self.setText(label)
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)

    @property
    def reason(self) -> str:
        """Return why a press would be refused, empty when it would not."""
        return self._reason

    def set_reason(self, reason: str) -> None:
        """Say why a press would be refused now; empty accepts presses again."""
        if reason != self._reason:
            self._reason = reason
            self.setToolTip(reason)
            self.setAccessibleDescription(reason)
            self.update()

    def set_main(self, main: bool) -> None:
        """Fill the button or not; a chosen one among several is filled."""
        if main != self._main:
            self._main = main
            self.update()

    def set_label(self, label: str) -> None:
        """Change the words on the button, and its accessible name with them."""
        if label != self.text():
            self.setText(label)
            self.setAccessibleName(label)
            self.updateGeometry()
            self.update()

    def set_icon(self, icon: str) -> None:
        """Change the glyph; its room stays, so one is not put where there was none."""
        if icon != self._icon:
            self._icon = icon
            self.update()

    def press(self) -> None:
        """Do what a click does; the keyboard shortcut calls this."""
        self._on_clicked()

    def sizeHint(self) -> QSize:
        # filled or not, the same width: what stands beside it never moves under the hand
        metrics = QFontMetrics(self._theme.font(13, bold=True))
        width = metrics.horizontalAdvance(self.text()) + 2 * _PAD + 4
        if self._icon:
            width += icons.SIZE_PX + (_GAP if self.text() else 0)
        if self._key:
            width += key_chip_width(self._theme, self._key) + _GAP
        return QSize(width, self._theme.px("button") + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hover = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        box = self.rect().adjusted(2, 2, -2, -2)
        filled = self._main and not self._reason
        painter.fillRect(
            box,
            theme.color("inverse" if filled else "hover" if self._hover else "raised"),
        )
        pen = QPen(theme.color("inverse" if filled else "control_border"), 1)
        if self._reason:
            pen.setStyle(Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        token = "on_inverse" if filled else "text_3" if self._reason else "text_1"
        self._paint_content(painter, box, token, filled=filled)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_content(self, painter: QPainter, box: QRect, token: str, *, filled: bool) -> None:
        theme = self._theme
        x = box.left() + _PAD
        if self._icon:
            pixmap = icons.pixmap(self._icon, theme, token, ratio=self.devicePixelRatioF())
            painter.drawPixmap(x, box.top() + (box.height() - icons.SIZE_PX) // 2, pixmap)
            x += icons.SIZE_PX + _GAP
        chip = key_chip_width(theme, self._key) if self._key else 0
        painter.setPen(theme.color(token))
        painter.setFont(theme.font(13, bold=filled))
        text_rect = QRect(
            x, box.top(), box.right() - x - (chip + _GAP if chip else 0), box.height()
        )
        painter.drawText(
            text_rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text()
        )
        if chip:
            side = 18
            rect = QRect(box.right() - chip - 6, box.top() + (box.height() - side) // 2, chip, side)
            paint_key_chip(painter, theme, rect, self._key, inverse=filled)

    def _on_clicked(self) -> None:
        if self._reason:
            self.explained.emit(self._reason)
        else:
            self.acted.emit()


class KeyHint(QWidget):
    """Show a key and what it does, as text beside a box; it does nothing itself."""

    def __init__(self, key: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self._key = key
        self._label = label
        self.setAccessibleName(f"{key} {label}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        label = QFontMetrics(self._theme.font(12)).horizontalAdvance(self._label)
        return QSize(key_chip_width(self._theme, self._key) + 6 + label + 10, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        chip = key_chip_width(self._theme, self._key)
        paint_key_chip(
            painter, self._theme, QRect(0, (self.height() - 18) // 2, chip, 18), self._key
        )
        painter.setPen(self._theme.color("text_2"))
        painter.setFont(self._theme.font(12))
        painter.drawText(
            self.rect().adjusted(chip + 6, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._label
        )
        painter.end()
