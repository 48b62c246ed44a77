"""Searching by keyboard: the palette over a whole console, a field in a title bar."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from backend_bridge.contract.requests import FindPlaces, GetIncidentLog, Request
from backend_bridge.contract.results import (
    LogResult,
    Place,
    PlaceKind,
    PlacesResult,
    Result,
    SituationResult,
)
from console.app import Console
from console.state.liveness import LinkWord
from tests.fakes.scripted_bridge import ScriptedBridge
from tests.fakes.small_city import incident, small_city
from tests.fakes.waiting import until
from tests.gui.console_rig import BridgeThread, keys, make_console, play, with_console
from ui.search.box import SearchBox
from ui.search.lines import ROW_PX
from ui.widgets.actions import ActionRow

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("console.panels.search.city.START_AFTER_S", 0.0)


# -- a field alone ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    title: str
    kind: str = "equipment"
    key: str = ""
    icon: str = "mdi6.cctv"
    detail: str = ""
    shortcut: str = ""
    reason: str = ""


class Source:
    """Find every word that holds what was typed; propose the first."""

    words = ("armoire", "arbre", "borne")

    def __init__(self) -> None:
        self.text = ""
        self.taken = 0
        self.rows: tuple[Row, ...] = ()
        self.note = ""
        self.chosen: list[str] = []
        self.wanted = False
        self._tell: Callable[[], None] = lambda: None

    @property
    def proposed(self) -> int:
        return 0 if self.rows else -1

    def begin(self) -> None:
        self.note = "rien" if not self.text else self.note

    def type(self, typed: str) -> None:
        self.text = typed
        self.rows = tuple(Row(word) for word in self.words if typed and typed in word)
        self.note = f"{len(self.rows)} trouvés"
        self._tell()

    def enter(self, row: int) -> bool:
        if 0 <= row < len(self.rows):
            self.chosen.append(self.rows[row].title)
            self.taken += 1
            return True
        self.wanted = True
        return False

    def come(self, *titles: str) -> None:
        """Bring rows late, as the bridge does; a wanted one is taken."""
        self.rows = (*self.rows, *map(Row, titles))
        if self.wanted:
            self.enter(len(self.rows) - len(titles))
        self._tell()

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        self._tell = callback
        return lambda: None


@dataclass
class Bench:
    window: QWidget
    elsewhere: QLineEdit
    box: SearchBox
    source: Source

    @property
    def focused(self) -> QWidget | None:
        return QApplication.focusWidget()

    @property
    def open(self) -> bool:
        return self.box.sheet is not None and self.box.sheet.isVisible()


@pytest.fixture
def bench(dressed: QApplication) -> Iterator[Bench]:
    window = QWidget()
    window.resize(900, 600)
    source = Source()
    box = SearchBox(source, "Adresse, équipement", "Ctrl F")
    elsewhere = QLineEdit("un texte commencé")
    layout = QVBoxLayout(window)
    layout.addWidget(box)
    layout.addWidget(elsewhere)
    layout.addStretch(1)
    window.show()
    window.activateWindow()
    elsewhere.setFocus()
    elsewhere.setCursorPosition(3)
    dressed.processEvents()
    yield Bench(window, elsewhere, box, source)
    box.release()
    window.close()
    window.deleteLater()


def test_two_gestures_and_the_caret_is_back(bench: Bench) -> None:
    bench.box.open()
    assert bench.focused is bench.box.edit
    assert bench.open
    QTest.keyClicks(bench.box.edit, "ar")
    QTest.keyClick(bench.box.edit, Qt.Key.Key_Return)

    assert bench.source.chosen == ["armoire"]
    assert bench.focused is bench.elsewhere
    assert bench.elsewhere.cursorPosition() == 3
    assert not bench.elsewhere.hasSelectedText()
    assert not bench.open


def test_escape_gives_the_caret_back_and_loses_no_text(bench: Bench) -> None:
    bench.box.open()
    QTest.keyClicks(bench.box.edit, "bor")
    QTest.keyClick(bench.box.edit, Qt.Key.Key_Escape)

    assert bench.focused is bench.elsewhere
    assert bench.source.chosen == []
    assert bench.box.edit.text() == "bor"
    bench.box.open()
    assert bench.box.edit.selectedText() == "bor"
    assert bench.box.edit.lines.count == 1


def test_arrows_choose_and_typing_proposes_again(bench: Bench) -> None:
    bench.box.open()
    QTest.keyClicks(bench.box.edit, "ar")
    QTest.keyClick(bench.box.edit, Qt.Key.Key_Down)
    QTest.keyClick(bench.box.edit, Qt.Key.Key_Down)
    assert bench.box.edit.lines.current == 1
    bench.source.come("araignée")  # what comes late moves nothing
    assert bench.box.edit.lines.current == 1
    QTest.keyClicks(bench.box.edit, "b")
    assert bench.box.edit.lines.current == 0
    QTest.keyClick(bench.box.edit, Qt.Key.Key_Return)
    assert bench.source.chosen == ["arbre"]


def test_a_row_is_taken_with_the_mouse_where_it_was_pressed(bench: Bench) -> None:
    bench.box.open()
    QTest.keyClicks(bench.box.edit, "ar")
    rows = bench.box.edit.lines.findChild(QWidget, "search-rows")
    assert rows is not None
    at = rows.rect().topLeft()
    at.setX(60)
    at.setY(ROW_PX + 10)
    QTest.mouseClick(rows, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    assert bench.source.chosen == ["arbre"]
    assert bench.focused is bench.elsewhere


def test_enter_waits_for_what_is_on_its_way(bench: Bench) -> None:
    bench.box.open()
    QTest.keyClicks(bench.box.edit, "zz")
    QTest.keyClick(bench.box.edit, Qt.Key.Key_Return)
    assert bench.focused is bench.box.edit
    bench.source.come("12 Rue Monge")

    assert bench.source.chosen == ["12 Rue Monge"]
    assert bench.focused is bench.elsewhere


def test_the_sheet_stays_in_the_window_and_says_what_it_holds(bench: Bench) -> None:
    bench.box.open()
    QTest.keyClicks(bench.box.edit, "r")
    sheet = bench.box.sheet
    assert sheet is not None
    assert bench.window.rect().contains(sheet.geometry())
    assert sheet.height() >= 3 * ROW_PX
    bench.window.resize(420, 300)
    QApplication.processEvents()
    assert bench.window.rect().contains(sheet.geometry())
    rows = bench.box.edit.lines.findChild(QWidget, "search-rows")
    assert rows is not None
    assert rows.accessibleName() == "Résultats de la recherche\u00a0: 3"
    assert rows.accessibleDescription().startswith("armoire")


def test_a_field_nobody_opened_leaves_no_window(dressed: QApplication) -> None:
    before = set(dressed.topLevelWidgets())
    box = SearchBox(Source(), "Adresse", "Ctrl F")
    box.release()
    box.deleteLater()
    dressed.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    assert set(dressed.topLevelWidgets()) <= before


# -- the palette over a console -----------------------------------------------------------------


def answers(request: Request) -> Result | None:
    if isinstance(request, FindPlaces):
        place = Place(text="Rue Monge", kind=PlaceKind.STREET, lon=5.0, lat=47.3, commune="Dijon")
        return PlacesResult(places=(place,) if "monge" in request.text else ())
    if isinstance(request, GetIncidentLog):
        return LogResult(entries=())
    return None


def test_the_palette_finds_equipment_and_acts_and_gives_the_caret_back(
    dressed: QApplication, tmp_path: Path
) -> None:
    async def work(console: Console) -> None:
        await _sign_in(console)
        before = QApplication.focusWidget()
        workspace = console.workspace
        assert workspace is not None
        palette = workspace.search_here.palette
        QTest.keyClick(console.window, Qt.Key.Key_K, CONTROL)
        assert palette.isVisible()
        assert QApplication.focusWidget() is palette.edit
        QTest.keyClicks(palette.edit, "ep-0002")
        assert palette.edit.lines.count
        QTest.keyClick(palette.edit, Qt.Key.Key_Return)
        assert console.selection.equipment_ids == ("EP-0002",)
        assert not palette.isVisible()
        assert QApplication.focusWidget() is before

        QTest.keyClick(console.window, Qt.Key.Key_K, CONTROL)
        assert palette.edit.selectedText() == "ep-0002"
        QTest.keyClicks(palette.edit, "panneau equip")
        QTest.keyClick(palette.edit, Qt.Key.Key_Return)
        await until(lambda: not palette.isVisible(), what="the only thing it can mean")
        focused = QApplication.focusWidget()
        assert focused is not None
        assert console.window.frames["equipment"].isAncestorOf(focused)

        QTest.keyClick(console.window, Qt.Key.Key_F, CONTROL)  # no map here: the palette
        assert palette.isVisible()
        QTest.keyClicks(palette.edit, "rue monge")
        await until(lambda: palette.edit.lines.count == 1, what="the street")
        QTest.keyClick(palette.edit, Qt.Key.Key_Return)
        notice = console.window.notices.latest()
        assert notice is not None
        assert "Rue Monge" in notice.text
        QTest.keyClick(console.window, Qt.Key.Key_K, CONTROL)
        QTest.keyClick(palette.edit, Qt.Key.Key_Escape)
        assert not palette.isVisible()
        assert QApplication.focusWidget() is focused

    _run(dressed, tmp_path, work)


def test_what_a_panel_can_do_is_in_the_palette_with_its_reason(
    dressed: QApplication, tmp_path: Path
) -> None:
    async def work(console: Console) -> None:
        await _sign_in(console)
        await until(lambda: "INC-1" in console.world.incidents.by_id, what="the incident")
        console.selection.select_incident("INC-1")
        await until(lambda: any(row.shown for row in _action_rows(console)), what="acts")
        labels = {command.label: command for command in console.window.commands()}
        assert labels["Acquitter"].shortcut == "F2"
        shown = [action for row in _action_rows(console) for action in row.shown]
        assert {(act.label, act.reason) for act in shown} <= {
            (command.label, command.reason) for command in console.window.commands()
        }

    _run(dressed, tmp_path, work)


def _action_rows(console: Console) -> list[ActionRow]:
    frames = console.window.frames.values()
    rows = [row for frame in frames for row in frame.findChildren(ActionRow)]
    return [row for row in rows if row.isVisibleTo(console.window)]


async def _sign_in(console: Console) -> None:
    view = console.sign_in_view
    await until(console.window.isVisible)
    await until(lambda: console.world.liveness.word is LinkWord.SIGNED_OUT)
    view.user.setText("mireille")
    view.password.setText("sesame")
    view.enter.press()
    await until(lambda: console.workspace is not None, what="the workspace")
    await until(lambda: console.world.liveness.live, what="a live picture")
    console.window.activateWindow()
    await until(console.window.isActiveWindow)
    workspace = console.workspace
    assert workspace is not None
    await until(lambda: workspace.search_here.city.progress == 1, what="the index")


def _run(app: QApplication, folder: Path, work: Callable[[Console], Awaitable[None]]) -> None:
    settings, pair = keys(folder)
    bridge = ScriptedBridge(small_city())
    bridge.answer = answers
    bridge.situation = SituationResult(seq=1, alarms=(), incidents=(incident(1),), service=())
    with BridgeThread(bridge, pair):

        async def story() -> None:
            console = make_console(folder, replace(settings, addresses=(bridge.address,)))
            assert await with_console(console, work) == 0

        play(app, story)
