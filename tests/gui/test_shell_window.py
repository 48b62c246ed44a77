"""The window: keys go to the focused panel first, nothing takes the focus, nothing is hidden."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QSplitter, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.contract.alarms import AlarmState, Severity
from tests.fakes.views import FakeStrip, strip_state
from ui.shell.frame import PanelFrame
from ui.shell.keys import WindowKey
from ui.shell.layout import Place, Split
from ui.shell.signin import SignInView
from ui.shell.strip import StatusStrip
from ui.shell.window import ShellWindow
from ui.widgets.buttons import ActionButton, KeyHint
from ui.widgets.labels import ElidedLabel, ModeBox


class NotePanel(QWidget):
    """A view with a text field, a filter and two keys."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        super().__init__()
        self.keys = keys
        self.done: list[str] = []
        self.edit = QLineEdit(self)
        layout = QVBoxLayout(self)
        layout.addWidget(self.edit)
        self.setFocusProxy(self.edit)
        self.filtered = 0

    def key_actions(self) -> dict[str, Callable[[], None]]:
        return {key: partial(self.done.append, name) for key, name in self.keys.items()}

    def focus_filter(self) -> None:
        self.filtered += 1


class Room:
    """A window over two panels."""

    def __init__(self, qtbot: QtBot) -> None:
        self.fallen: list[str] = []
        self.window = ShellWindow(
            [
                WindowKey("F2", "Acquitter", lambda: self.fallen.append("F2"), in_foot=True),
                WindowKey("F5", "Prendre"),
                WindowKey("F6", "Valeurs périmées", in_foot=True),
            ],
            lambda: "06:42:31",
        )
        qtbot.addWidget(self.window)
        self.left = NotePanel({"F2": "left"})
        self.right = NotePanel({"F6": "aged"})
        self.frames = {
            "left": PanelFrame("left", "Gauche", "mdi6.map-outline", number=1),
            "right": PanelFrame("right", "Droite", "mdi6.map-outline", number=2),
        }
        self.strip = FakeStrip()
        place = Split((Place("left", 2), Place("right")))
        self.window.show_workspace(StatusStrip(self.strip), place, self.frames)
        self.frames["left"].set_view(self.left)
        self.frames["right"].set_view(self.right)
        self.window.panels_built()
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.left.edit.setFocus()


@pytest.fixture
def room(dressed: QApplication, qtbot: QtBot) -> Room:
    return Room(qtbot)


def sheet(room: Room, name: str) -> QWidget:
    found = room.window.findChild(QWidget, name)
    assert found is not None
    return found


def test_key_goes_to_the_focused_panel_then_the_others_then_the_window(
    room: Room, qtbot: QtBot
) -> None:
    QTest.keyClick(room.left.edit, Qt.Key.Key_F2)
    assert room.left.done == ["left"]
    QTest.keyClick(room.left.edit, Qt.Key.Key_F6)
    assert room.right.done == ["aged"]
    room.left.keys = {}
    QTest.keyClick(room.left.edit, Qt.Key.Key_F2)
    assert room.fallen == ["F2"]


def test_key_that_does_nothing_here_says_so(room: Room, qtbot: QtBot) -> None:
    QTest.keyClick(room.left.edit, Qt.Key.Key_F5)
    notice = room.window.notices.latest()
    assert notice is not None
    assert "F5" in notice.text
    assert notice.at == "06:42:31"


def test_foot_prints_only_keys_that_somebody_answers(room: Room, qtbot: QtBot) -> None:
    foot = room.window.foot
    assert foot is not None

    def printed() -> list[str]:
        return [hint.accessibleName() for hint in foot.findChildren(KeyHint) if hint.isVisible()]

    assert printed() == ["F2 Acquitter", "F6 Valeurs périmées", "F1 Aide"]
    room.right.keys = {}
    room.window.panels_built()
    qtbot.waitUntil(lambda: printed() == ["F2 Acquitter", "F1 Aide"])


def test_slash_filters_outside_text_and_is_a_letter_inside(room: Room, qtbot: QtBot) -> None:
    QTest.keyClicks(room.left.edit, "a/b")
    assert room.left.edit.text() == "a/b"
    assert room.left.filtered == 0
    room.window.setFocus()
    QTest.keyClick(room.window, Qt.Key.Key_Slash)
    assert room.left.filtered == 1


def test_alt_digits_reach_the_panels(room: Room, qtbot: QtBot) -> None:
    QTest.keyClick(room.left.edit, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert QApplication.focusWidget() is room.right.edit
    QTest.keyClick(room.right.edit, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert QApplication.focusWidget() is room.left.edit
    QTest.keyClick(room.left.edit, Qt.Key.Key_9, Qt.KeyboardModifier.AltModifier)
    assert QApplication.focusWidget() is room.left.edit


def test_help_opens_over_nothing_modal_and_esc_gives_the_caret_back(
    room: Room, qtbot: QtBot
) -> None:
    QTest.keyClicks(room.left.edit, "à moitié écrit".replace("à", "a").replace("é", "e"))
    room.left.edit.setCursorPosition(3)
    room.window.help_of = lambda panel_id: f"## Aide de {panel_id}"
    QTest.keyClick(room.left.edit, Qt.Key.Key_F1)
    help_sheet = sheet(room, "help")
    assert help_sheet.isVisible()
    assert not help_sheet.isModal()
    assert QApplication.activeModalWidget() is None
    assert help_sheet.accessibleName() == "Aide\u00a0: Gauche"
    page = help_sheet.findChild(QLabel, "help-page")
    assert page is not None
    assert page.accessibleDescription() == "## Aide de left"
    here = QApplication.focusWidget()
    assert here is not None
    QTest.keyClick(here, Qt.Key.Key_Escape)
    assert not help_sheet.isVisible()
    assert QApplication.focusWidget() is room.left.edit
    assert room.left.edit.cursorPosition() == 3
    assert room.left.edit.text() == "a moitie ecrit"


def test_notices_take_no_focus_and_wait_until_read(room: Room, qtbot: QtBot) -> None:
    QTest.keyClicks(room.left.edit, "abc")
    for number in range(60):
        room.window.notify(f"avis {number}")
    assert QApplication.focusWidget() is room.left.edit
    assert room.window.notices.unread == 50
    button = room.window.findChild(ActionButton, "foot-notices")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert room.window.notices.unread == 0
    rows = [label.text() for label in sheet(room, "notices").findChildren(QLabel)]
    assert "avis 59" in rows
    assert "avis 9" not in rows


def test_foot_says_the_alarm_and_says_when_there_is_none(room: Room) -> None:
    foot = room.window.foot
    assert foot is not None
    label = foot.findChild(ElidedLabel, "foot-alarm")
    assert label is not None
    assert "Aucune alarme" in label.accessibleName()
    foot.set_alarm(
        Severity.HIGH, AlarmState.UNACKNOWLEDGED, "06:41:58", "EP-0312 muette", "76 points"
    )
    assert label.accessibleName() == "EP-0312 muette 76 points"


def test_demonstration_and_lost_link_are_said_in_inverse(room: Room) -> None:
    modes = room.window.findChildren(ModeBox, "strip-mode")
    assert [mode.text() for mode in modes] == ["TERRITOIRE DE DÉMONSTRATION"]
    assert modes[0].width() >= modes[0].sizeHint().width()
    room.strip.state = strip_state(live=False, link="Pont perdu", link_age="3,1\u00a0s")
    room.strip.tell()
    link = room.window.findChild(QWidget, "strip-link")
    assert link is not None
    assert "Pont perdu" in link.accessibleName()
    shown = [box.text() for box in link.findChildren(ModeBox) if box.isVisible()]
    assert shown == ["Pont perdu"]


def test_mode_is_never_cut_even_in_the_smallest_window(room: Room, qtbot: QtBot) -> None:
    room.window.resize(room.window.minimumSize())
    qtbot.waitUntil(lambda: room.window.width() == room.window.minimumWidth())
    for mode in room.window.findChildren(ModeBox, "strip-mode"):
        assert mode.width() >= mode.sizeHint().width()


def test_failed_panel_says_what_and_offers_to_try_again(room: Room, qtbot: QtBot) -> None:
    frame = room.frames["right"]
    frame.set_failure("Le panneau « Droite » s’est arrêté", "right: ValueError: x (a.py:3)")
    assert frame.view is None
    texts = [label.text() for label in frame.findChildren(QLabel)]
    assert "right: ValueError: x (a.py:3)" in texts
    button = next(b for b in frame.findChildren(ActionButton) if b.text())
    with qtbot.waitSignal(frame.retried) as signal:
        button.press()
    assert signal.args == ["right"]


def test_weights_share_the_width(room: Room, qtbot: QtBot) -> None:
    splitter = room.window.findChild(QSplitter)
    assert splitter is not None
    room.window.resize(1600, 900)
    qtbot.waitUntil(lambda: room.window.width() == 1600)
    left, right = splitter.sizes()
    assert 1.7 < left / right < 2.3


def test_no_control_is_nameless(room: Room) -> None:
    for button in room.window.findChildren(ActionButton):
        assert button.accessibleName() or not button.text(), button
    for name in ("strip", "foot", "shell"):
        widget = room.window if name == "shell" else room.window.findChild(QWidget, name)
        assert widget is not None
        assert widget.accessibleName()


def test_the_form_nobody_sees_asks_for_no_room(room: Room, qtbot: QtBot) -> None:
    """A window at 310 % has 619 by 348 pixels; the sign-in form, behind it, once asked for 400."""
    window = room.window
    form = SignInView([("police", "Police")])
    window.show_sign_in(form)
    assert window.minimumSizeHint().height() > 300
    strip = StatusStrip(FakeStrip())
    place = Split((Place("left", 2), Place("right")))
    frames = {name: PanelFrame(name, name, "mdi6.map-outline") for name in ("left", "right")}
    window.show_workspace(strip, place, frames)
    QApplication.processEvents()
    assert window.minimumSizeHint().height() <= 348
    window.show_sign_in(form)
    assert window.minimumSizeHint().height() > 300
