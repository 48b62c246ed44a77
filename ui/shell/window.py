"""One seat's window: the sign-in view, or strip, panels and foot; and the keys between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from backend_bridge.contract.alarms import Severity
from ui.facts import Action
from ui.shell.docked import DockedSheet, NoticeSheet
from ui.shell.foot import Foot
from ui.shell.frame import PanelFrame, as_filtered, as_keyed
from ui.shell.help import HelpSheet
from ui.shell.keymap import KeyGroup, KeyRow
from ui.shell.keys import PALETTE, WindowCommand, WindowKey, key_text
from ui.shell.layout import Place, Split, arrange, panel_ids
from ui.shell.notices import Notice, Notices
from ui.shell.numberpad import NumberPad
from ui.shell.signin import SignInView
from ui.texts import text
from ui.theme import Theme
from ui.widgets.actions import ActionRow

LEAST = QSize(1280, 720)
"""A window's least size at its normal scale."""


class ShellWindow(QWidget):
    """Hold a sign-in view or a workspace; knows no panel by name.

    Args:
        keys: the window's keys; F1, ``/``, Alt+1…9 and the number pad are its own.
        local_time: gives the time printed with notices.

    Signals:
        closed: the window is being closed.
        number_called: a number was typed on the pad, and Enter.
    """

    closed = Signal()
    number_called = Signal(int)

    def __init__(self, keys: Sequence[WindowKey], local_time: Callable[[], str]) -> None:
        super().__init__()
        self._theme = Theme.current()
        self._local_time = local_time
        self._keys = {key.sequence: key for key in keys}
        self.setObjectName("shell")
        self.setWindowTitle("Beffroi")
        self.setAccessibleName("Beffroi")
        self.setMinimumSize(LEAST)
        self.notices = Notices()
        self.neighbours: Sequence[ShellWindow] = ()
        """The seat's other windows: their panels answer keys that none here does."""
        self.closing_refused = ""
        """What is said instead of closing, empty where this window may be closed."""
        self.help_of: Callable[[str], str] = lambda _panel_id: ""
        """Gives the help of a panel, Markdown; of the window for an empty id."""
        self._frames: dict[str, PanelFrame] = {}
        self._order: list[str] = []
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._workspace: QWidget | None = None
        self._sign_in: SignInView | None = None
        self._foot: Foot | None = None
        self._middle: QScrollArea | None = None
        self._help: HelpSheet | None = None
        self._notice_sheet: NoticeSheet | None = None
        self._sheets: list[DockedSheet] = []
        self.pad = NumberPad(self)
        self.pad.called.connect(self.number_called)
        self.pad.changed.connect(self._on_pad_changed)
        self._bind_keys()

    @property
    def frames(self) -> Mapping[str, PanelFrame]:
        """Return the frames by panel id, empty while nobody is signed in."""
        return self._frames

    @property
    def keys(self) -> Mapping[str, WindowKey]:
        """Return the window's keys by sequence: what is bound, and what the key map prints."""
        return self._keys

    @property
    def foot(self) -> Foot | None:
        """Return the foot, ``None`` while nobody is signed in."""
        return self._foot

    @property
    def page(self) -> QWidget | None:
        """Return what strip, panels and foot stand on, ``None`` while nobody is signed in."""
        return self._workspace

    def show_sign_in(self, view: SignInView) -> None:
        """Show the sign-in view alone; the workspace, if any, is taken down first."""
        self.drop_workspace()
        if self._stack.indexOf(view) < 0:
            self._stack.addWidget(view)
        view.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._sign_in = view
        self._stack.setCurrentWidget(view)
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_workspace(
        self, strip: QWidget, place: Place | Split, frames: Mapping[str, PanelFrame]
    ) -> None:
        """Show strip, panels and foot; call :meth:`panels_built` once the frames have views.

        Args:
            strip: the status strip.
            place: arrangement of panel ids.
            frames: a frame for each of them.
        """
        self.drop_workspace()
        self._order = panel_ids(place)
        self._frames = dict(frames)
        page = QWidget(self)
        page.setProperty("look", "ground")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        gap = self._theme.px("gap")
        panels = QWidget()
        panels.setProperty("look", "ground")
        panels.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(panels)
        inside.setContentsMargins(gap, gap, gap, gap)
        inside.addWidget(arrange(place, self._frames.__getitem__))
        self._middle = middle = QScrollArea(page)
        middle.setWidget(panels)
        middle.setWidgetResizable(True)
        middle.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        middle.setProperty("look", "ground")
        self._foot = Foot(page)
        self._foot.notices_wanted.connect(self.show_notices)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(strip)
        layout.addWidget(middle, 1)
        layout.addWidget(self._foot)
        self._help = HelpSheet(page)
        self._notice_sheet = NoticeSheet(page)
        self._sheets = [self._help, self._notice_sheet]
        self._workspace = page
        if self._sign_in is not None:
            # a hidden page would still ask for its room, more than a screen has at 310 %
            self._sign_in.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self._show_notice_count()
        self.panels_built()

    def panels_built(self) -> None:
        """Print the keys that the views answer, and give the keyboard to the first panel."""
        if self._foot is None or self._help is None:
            return
        self._foot.set_keys([(key_text(key.sequence), key.label) for key in self._foot_keys()])
        self.focus_panel(self._order[0])

    def drop_workspace(self) -> None:
        """Take strip, panels and foot down; nothing of what they showed remains."""
        if self._workspace is not None:
            self._stack.removeWidget(self._workspace)
            self._workspace.hide()
            self._workspace.deleteLater()
        self._workspace = None
        self._foot = None
        self._help = None
        self._middle = None
        self._notice_sheet = None
        self._sheets = []
        self._frames = {}
        self._order = []

    def notify(self, text: str, *, severity: Severity | None = None) -> None:
        """Say something in the foot; takes no focus and covers nothing."""
        self.notices.add(Notice(self._local_time(), text, severity))
        self._show_notice_count()

    def focus_panel(self, panel_id: str) -> None:
        """Give the keyboard to a panel; an unknown one changes nothing."""
        frame = self._frames.get(panel_id)
        if frame is not None:
            if self._middle is not None:  # where not all panels have room, the one asked for comes
                self._middle.ensureWidgetVisible(frame, 0, 0)
            frame.focus()

    def bring(self, panel_id: str = "") -> None:
        """Come to the front, with the keyboard, because the person asked for it."""
        if not self.isActiveWindow():
            self.raise_()
            self.activateWindow()
        self.focus_panel(panel_id or self._order[0] if self._order else "")

    def show_notices(self) -> None:
        """Open or close the list of notices, and count them as read."""
        if self._notice_sheet is not None:
            self._notice_sheet.fill(self.notices.all())
            self._notice_sheet.toggle()
            self.notices.read()
            self._show_notice_count()

    def show_help(self) -> None:
        """Open the help of the panel somebody works in, or close it."""
        if self._help is None:
            return
        if not self._help.isVisible():
            frame = self.focused_frame
            title, panel_id = ("", "") if frame is None else (frame.title, frame.panel_id)
            self._help.show_page(title, self.help_of(panel_id))
        self._help.toggle()

    def dock(self, sheet: DockedSheet) -> None:
        """Keep a sheet made over :attr:`page` inside the window when its size changes."""
        self._sheets.append(sheet)

    def relabel(self, keys: Sequence[WindowKey]) -> None:
        """Take the same keys with labels in another language."""
        self._keys = {key.sequence: key for key in keys}

    @property
    def focused_frame(self) -> PanelFrame | None:
        """Return the panel that has the keyboard, in whichever of the seat's windows."""
        widget = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, PanelFrame):
            widget = widget.parentWidget()
        return widget

    def commands(self) -> list[WindowCommand]:
        """Return everything that can be done here now: the panels' acts, the keys, the panels."""
        found = []
        for frame in self._frames_focus_first():
            for row in frame.findChildren(ActionRow):
                if row.isVisibleTo(frame):
                    found += [_command(frame.title, row, action) for action in row.shown]
        answered = self._answered()
        for key in self._keys.values():
            if key.fallback is not None or key.sequence in answered:
                act = partial(self.press, key.sequence)
                found.append(WindowCommand(key.label, "", "", key_text(key.sequence), "", act))
        for number, panel_id in enumerate(self._order, start=1):
            label = text("ui.shell.go_to_panel", panel=self._frames[panel_id].title)
            shortcut = f"Alt {number}" if number <= 9 else ""
            act = partial(self.focus_panel, panel_id)
            found.append(WindowCommand(label, "", "", shortcut, "", act))
        for window in self.neighbours:
            for panel_id, frame in window.frames.items():
                label = text("ui.shell.go_to_panel", panel=frame.title)
                found.append(WindowCommand(label, "", "", "", "", partial(window.bring, panel_id)))
        found.append(WindowCommand(text("ui.key.f1"), "", "", "F1", "", self.show_help))
        found.append(WindowCommand(text("ui.notice.title"), "", "", "", "", self.show_notices))
        return found

    def press(self, sequence: str) -> None:
        """Do what a key does: the focused panel first, then the others, then the window."""
        for frame in self._frames_focus_first():
            view = as_keyed(frame.view)
            action = None if view is None else view.key_actions().get(sequence)
            if action is not None:
                action()
                return
        key = self._keys.get(sequence)
        if key is not None and key.fallback is not None:
            key.fallback()
        elif self._workspace is not None:
            self.notify(text("ui.shell.key_nothing", key=key_text(sequence)))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.closing_refused:
            event.ignore()
            self.notify(self.closing_refused)
            return
        self.closed.emit()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for sheet in self._sheets:
            if sheet.isVisible():
                sheet.place()

    def _bind_keys(self) -> None:
        for sequence in self._keys:
            self._bind(sequence, partial(self.press, sequence))
        self._bind("F1", self.show_help)
        self._bind("/", self._on_slash_pressed)
        for number in range(1, 10):
            self._bind(f"Alt+{number}", partial(self._on_number_pressed, number))

    def _bind(self, sequence: str, action: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(sequence), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(action)

    def _on_slash_pressed(self) -> None:
        for frame in self._frames_focus_first():
            view = as_filtered(frame.view)
            if view is not None:
                view.focus_filter()
                return
        if self._workspace is not None:
            self.notify(text("ui.shell.no_filter"))

    def _on_number_pressed(self, number: int) -> None:
        if number <= len(self._order):
            self.focus_panel(self._order[number - 1])
        elif self._workspace is not None:
            self.notify(text("ui.shell.no_panel", number=number, count=len(self._order)))

    def _frames_focus_first(self) -> list[PanelFrame]:
        focused = self.focused_frame
        frames = [self._frames[panel_id] for panel_id in self._order]
        for window in self.neighbours:
            frames += window.frames.values()
        if focused in frames:
            frames.remove(focused)
            frames.insert(0, focused)
        return frames

    def _on_pad_changed(self, typed: str) -> None:
        if self._foot is not None:
            self._foot.set_typed(typed)
        elif typed:
            self.pad.forget()

    def _show_notice_count(self) -> None:
        if self._foot is not None:
            self._foot.set_notice(self.notices.latest(), self.notices.unread)

    def _answered(self) -> set[str]:
        """Return the keys the panels answer now."""
        answered: set[str] = set()
        for frame in self._frames_focus_first():
            view = as_keyed(frame.view)
            answered.update(view.key_actions() if view is not None else ())
        return answered

    def _foot_keys(self) -> list[WindowKey]:
        answered = self._answered()
        shown = [
            key
            for key in self._keys.values()
            if key.in_foot and (key.fallback is not None or key.sequence in answered)
        ]
        return [*shown, WindowKey("F1", text("ui.key.f1"))]

    def key_groups(self) -> list[KeyGroup]:
        """Return every key and action of this window as it is now: the window's, then the panels'.

        An action without a key of its own is done from the palette, whose key stands before it.
        """
        rows = [KeyRow("F1", text("ui.key.f1"))]
        rows += [KeyRow(key_text(key.sequence), key.label) for key in self._keys.values()]
        rows.append(KeyRow("/", text("ui.key.slash")))
        rows += [
            KeyRow(f"Alt {number}", text("ui.shell.go_to_panel", panel=self._frames[name].title))
            for number, name in enumerate(self._order[:9], start=1)
        ]
        rows.append(KeyRow(text("ui.key.pad"), text("ui.key.pad.label")))
        rows.append(KeyRow(text("ui.key.ctrl_enter"), text("ui.key.act")))
        rows.append(KeyRow(text("ui.key.escape"), text("ui.key.escape.label")))
        groups = [KeyGroup(text("ui.keymap.window"), tuple(rows))]
        for name in self._order:
            acts = [
                KeyRow(action.shortcut or key_text(PALETTE), action.label)
                for row in self._frames[name].findChildren(ActionRow)
                for action in row.shown
            ]
            if acts:
                groups.append(KeyGroup(self._frames[name].title, tuple(dict.fromkeys(acts))))
        return groups


def _command(panel: str, row: ActionRow, action: Action) -> WindowCommand:
    act = partial(row.press, action.key)
    return WindowCommand(action.label, panel, action.icon, action.shortcut, action.reason, act)
