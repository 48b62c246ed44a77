"""The frame around every panel: title bar, age of what is drawn, body, or what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from ui.texts import text
from ui.theme import Theme
from ui.widgets.labels import AgeLabel, ElidedLabel, IconLabel
from ui.widgets.states import Message


@runtime_checkable
class Keyed(Protocol):
    """A view that answers function keys; the shell asks the focused panel first."""

    def key_actions(self) -> Mapping[str, Callable[[], None]]:
        """Return what each key (``F2``, ``F5`` …) does here, now."""


@runtime_checkable
class Filtered(Protocol):
    """A view with a filter that ``/`` reaches."""

    def focus_filter(self) -> None:
        """Put the caret in the filter."""


@runtime_checkable
class Headed(Protocol):
    """A view that tells its title bar what it holds, and calls back when that changes."""

    def headline(self) -> str:
        """Return the count or state shown after the title, empty for none."""

    def on_headline(self, callback: Callable[[], None]) -> None:
        """Call ``callback`` whenever :meth:`headline` may have changed."""


@runtime_checkable
class Locating(Protocol):
    """A view that can show a place anywhere in the territory."""

    def show_place(self, lon: float, lat: float, title: str) -> None:
        """Bring a place (WGS84 degrees) to the middle and write its title there, if any."""


def as_locating(view: object) -> Locating | None:
    """Return the view as one that shows places, ``None`` when it shows none."""
    return view if isinstance(view, Locating) else None


def as_keyed(view: object) -> Keyed | None:
    """Return the view as one that answers keys, ``None`` when it answers none."""
    return view if isinstance(view, Keyed) else None


def as_filtered(view: object) -> Filtered | None:
    """Return the view as one with a filter, ``None`` when it has none."""
    return view if isinstance(view, Filtered) else None


def as_headed(view: object) -> Headed | None:
    """Return the view as one with a headline, ``None`` when it has none."""
    return view if isinstance(view, Headed) else None


class PanelFrame(QWidget):
    """Hold one panel: its title bar and its view, or what went wrong with it.

    Args:
        panel_id: id in the seat file; the object name is ``panel-<id>``.
        title: translated title.
        icon: ``mdi6`` glyph.
        number: shown as Alt+number, 0 for none.
        parent: Qt parent.
    """

    retried = Signal(str)

    def __init__(
        self,
        panel_id: str,
        title: str,
        icon: str,
        *,
        number: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.panel_id = panel_id
        self._theme = Theme.current()
        self._title = title
        self.setObjectName(f"panel-{panel_id}")
        self.setAccessibleName(title)
        self._view: QWidget | None = None
        self._failure: Message | None = None
        self._bar = _TitleBar(self._theme, title, icon, number)
        self._body = QWidget(self)
        self._stack = QStackedLayout(self._body)
        self._stack.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self._body, 1)

    @property
    def title(self) -> str:
        """Return the translated title."""
        return self._title

    @property
    def body(self) -> QWidget:
        """Return what a cover is laid over: the view's place, the title bar stays readable."""
        return self._body

    @property
    def view(self) -> QWidget | None:
        """Return the view, ``None`` while the panel failed."""
        return self._view

    def set_view(self, view: QWidget) -> None:
        """Show a view instead of whatever was there."""
        self._drop()
        self._view = view
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        headed = as_headed(view)
        if headed is not None:
            headed.on_headline(self._on_view_headline)
            self._on_view_headline()

    def set_failure(self, what: str, detail: str) -> None:
        """Say that the panel failed: what, what it means, and a button that tries it again."""
        self._drop()
        message = Message(pattern="unavailable")
        message.say(
            what,
            text("ui.panel.failed.body"),
            action=text("ui.panel.failed.retry"),
            code=detail,
        )
        message.acted.connect(self._on_failure_acted)
        self._failure = message
        self._stack.addWidget(message)
        self._stack.setCurrentWidget(message)
        self._bar.count.say("", "")

    def set_tool(self, tool: QWidget) -> None:
        """Put a widget in the middle of the title bar, beside what the panel holds."""
        self._bar.put_tool(tool)

    def set_age(self, fraction: float | None, words: str) -> None:
        """Show how old the panel's data are, as a fraction of what is allowed and in words."""
        self._bar.age.set_age(fraction, words)

    def hide_age(self) -> None:
        """Show no age: the panel draws nothing that ages."""
        self._bar.age.hide()

    def focus(self) -> None:
        """Give the keyboard to the view."""
        target = self._view or self._failure
        if target is not None:
            (target.focusProxy() or target).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _drop(self) -> None:
        for old in (self._view, self._failure):
            if old is not None:
                self._stack.removeWidget(old)
                old.hide()
                old.deleteLater()
        self._view = None
        self._failure = None

    def _on_view_headline(self) -> None:
        headed = as_headed(self._view)
        if headed is not None:
            self._bar.count.say("", headed.headline())

    def _on_failure_acted(self) -> None:
        self.retried.emit(self.panel_id)


class _TitleBar(QWidget):
    def __init__(self, theme: Theme, title: str, icon: str, number: int) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(theme.px("panel_title"))
        picture = IconLabel(icon)
        name = QLabel(title)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setFont(theme.font(13, bold=True))
        if number:
            name.setToolTip(f"Alt+{number}")
        self.count = ElidedLabel()
        self.age = AgeLabel()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 0, 10, 0)
        self._row.setSpacing(10)
        self._row.addWidget(picture)
        self._row.addWidget(name)
        self._row.addWidget(self.count, 1)
        self._row.addWidget(self.age)

    def put_tool(self, tool: QWidget) -> None:
        self._row.insertWidget(self._row.indexOf(self.age), tool, 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("raised"))
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()
