"""Labels: words cut at the end with the whole in a tooltip, values with quality, ages as rings."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui import icons, patterns
from ui.aged import outline_aged
from ui.theme import TONES, Theme


class TextLabel(QLabel):
    """Show plain text in one of the three text tones; never interprets markup.

    Args:
        text: what to show.
        tone: ``text_1``, ``text_2`` or ``text_3``.
        px: size in pixels.
        bold: for titles and values.
        wrap: break lines instead of asking for width.
        parent: Qt parent.
    """

    def __init__(
        self,
        text: str = "",
        *,
        tone: str = "text_1",
        px: int = 13,
        bold: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._quality = "good"
        theme = Theme.current()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(px, bold=bold))
        self.setForegroundRole(TONES[tone])
        self.setWordWrap(wrap)
        self.setAccessibleName(text)

    def set_tone(self, tone: str) -> None:
        """Show the text in another of the three text tones."""
        self.setForegroundRole(TONES[tone])

    def say(self, text: str, *, quality: str = "good") -> None:
        """Change the text, and what assistive tools read, together.

        ``quality`` is the word of a value's quality: F6 frames one that is too old.
        """
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
        if quality != self._quality:
            self._quality = quality
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._quality == "good":
            return
        painter = QPainter(self)
        inside = QRectF(self.rect()).adjusted(3, 3, -4, -4)  # the frame goes round it
        outline_aged(painter, Theme.current(), inside, self._quality)
        painter.end()


class ElidedLabel(QWidget):
    """Show a bold part and a plain part on one line, cut at the end, whole in the tooltip.

    Args:
        px: size in pixels.
        fitted: asks for just the room its words need (and gives way when there is less), instead
            of taking all there is.
        parent: Qt parent.
    """

    def __init__(
        self, *, px: int = 13, fitted: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._fitted = fitted
        self._theme = Theme.current()
        self._px = px
        self._strong = ""
        self._plain = ""
        across = QSizePolicy.Policy.Maximum if fitted else QSizePolicy.Policy.Ignored
        self.setSizePolicy(across, QSizePolicy.Policy.Preferred)

    def say(self, strong: str, plain: str = "") -> None:
        """Show ``strong`` in bold text 1, then ``plain`` in text 2."""
        if (strong, plain) == (self._strong, self._plain):
            return
        self._strong, self._plain = strong, plain
        whole = " ".join(part for part in (strong, plain) if part)
        self.setToolTip(whole)
        self.setAccessibleName(whole)
        if self._fitted:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        bold = QFontMetrics(self._theme.font(self._px, bold=True))
        width = 120
        if self._fitted:
            plain = QFontMetrics(self._theme.font(self._px))
            width = bold.horizontalAdvance(self._strong) + plain.horizontalAdvance(self._plain)
            width += 6 if self._strong and self._plain else 0
        return QSize(width + 2, bold.height() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(20, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_strong_plain(
            painter, self._theme, self.rect(), self._strong, self._plain, px=self._px
        )
        painter.end()


def paint_strong_plain(
    painter: QPainter, theme: Theme, rect: QRect, strong: str, plain: str, *, px: int = 13
) -> int:
    """Draw a bold part in text 1 then a plain part in text 2, cut at the end; return the width.

    The strong part may take the whole line; the plain part takes what is left.
    """
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    bold = theme.font(px, bold=True)
    metrics = QFontMetrics(bold)
    shown = metrics.elidedText(strong, Qt.TextElideMode.ElideRight, rect.width())
    used = metrics.horizontalAdvance(shown)
    gap = 6 if strong else 0
    painter.setFont(bold)
    painter.setPen(theme.color("text_1"))
    painter.drawText(rect, flags, shown)
    left = rect.width() - used - gap
    if plain and left > 24:
        font = theme.font(px)
        rest = QFontMetrics(font).elidedText(plain, Qt.TextElideMode.ElideRight, left)
        painter.setFont(font)
        painter.setPen(theme.color("text_2"))
        painter.drawText(rect.adjusted(used + gap, 0, 0, 0), flags, rest)
        used += gap + QFontMetrics(font).horizontalAdvance(rest)
    return used


class AgeLabel(QWidget):
    """Show an age as a ring emptying toward the allowed age, and in digits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self._fraction: float | None = None
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def set_age(self, fraction: float | None, text: str) -> None:
        """Show an age: its fraction of the allowed one (``None``: never heard) and its words."""
        if (fraction, text) == (self._fraction, self._text):
            return
        resize = len(text) != len(self._text)
        self._fraction, self._text = fraction, text
        self.setAccessibleName(text)
        if resize:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._theme.font(13)).horizontalAdvance(self._text)
        return QSize(3 + 14 + 6 + width + 2, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = 14
        patterns.paint_age_ring(
            painter,
            self._theme,
            QRectF(3, (self.height() - side) / 2, side, side),
            self._fraction,
        )
        painter.setPen(self._theme.color("text_2"))
        painter.setFont(self._theme.font(13))
        painter.drawText(
            self.rect().adjusted(3 + side + 6, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._text
        )
        painter.end()


class ModeBox(QLabel):
    """Say a mode in inverse: what changes the meaning of everything else on the screen."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        theme = Theme.current()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(13, bold=True))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(TONES["inverse"])
        self.setForegroundRole(TONES["on_inverse"])
        self.setContentsMargins(8, 2, 8, 2)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)


class IconLabel(QWidget):
    """Show an icon, painted when it is drawn: in the present theme and sharp at any scale.

    Args:
        name: ``mdi6`` glyph, empty for none yet.
        size_px: side in logical pixels.
        parent: Qt parent.
    """

    def __init__(
        self, name: str = "", size_px: int = icons.SIZE_PX, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self._name = name
        self._size_px = size_px
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str) -> None:
        """Show another icon."""
        if name != self._name:
            self._name = name
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size_px, self._size_px)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._name:
            return
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        picture = icons.pixmap(self._name, self._theme, size_px=self._size_px, ratio=ratio)
        side = self._size_px
        painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, picture)
        painter.end()


class QualityWord(QWidget):
    """Show a quality or service word: its pattern, the word, and what is always said with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self._word = "good"
        self._name = ""
        self._detail = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, word: str, name: str, detail: str = "") -> None:
        """Show a pattern word, its translated name and the detail (age, since, by, until)."""
        if (word, name, detail) == (self._word, self._name, self._detail):
            return
        self._word, self._name, self._detail = word, name, detail
        self.setAccessibleName(f"{name} {detail}".strip())
        self.setToolTip(f"{name} {detail}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, 26)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        swatch = QRectF(0, (self.height() - 18) / 2, 26, 18)
        patterns.paint_swatch(painter, self._theme, swatch, self._word)
        paint_strong_plain(
            painter, self._theme, self.rect().adjusted(34, 0, 0, 0), self._name, self._detail
        )
        painter.end()


class Rule(QWidget):
    """Separate two parts with a one-pixel line."""

    def __init__(self, *, vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(Qt.PenStyle.NoPen))
        painter.fillRect(self.rect(), self._theme.color("line"))
        painter.end()
