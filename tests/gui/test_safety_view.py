"""Works and interlocks on the screen: forms in place, a list with one key, edit mode."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, NamedTuple

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import HandsOffEvent, JournalEntry
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from backend_bridge.contract.safety import (
    EditModeResult,
    GetInterlocks,
    HandsOff,
    HandsOffResult,
    InterlocksResult,
    LiftHandsOff,
    SetEditMode,
    SetHandsOff,
)
from console.app_editing import EditDesk
from console.app_keys import WindowActs
from console.link.batch import LinkSession
from console.panels.acting.desk import CommandDesk
from console.panels.faceplate.presenter import FaceplatePresenter
from console.panels.safety.presenter import SafetyPresenter
from console.panels.strip import StripPresenter
from tests.fakes.acting_city import acting_city
from tests.fakes.clock import ManualClock
from tests.fakes.panel_context import Desk
from tests.gui.map_scene import Scene, town
from tests.gui.test_faceplate_view import Bridge
from tests.gui.test_map_presenter import Page
from ui.faceplate.panel import FaceplateView
from ui.safety.panel import SafetyView
from ui.widgets.buttons import ActionButton

CITY = acting_city()
CHIEF = LinkSession("mireille", "Mireille", "ECL-1", ("view:*", "operate:*", "configure:*"))
MANAGER = LinkSession("mireille", "Mireille", "ECL-1", ("view:*", "operate:*", "manage:*"))


def zone(rig: Desk) -> HandsOff:
    now_ms = rig.clock.now_ms()
    return HandsOff(
        id="z",
        equipment_id="EP-0001",
        sector="",
        reason="contacteur",
        contact="06 12 34 56 78",
        by="mireille",
        seat="lighting",
        since_ms=now_ms,
        until_ms=now_ms + 3_600_000,
        equipment_kind="cabinet",
    )


class Said:
    """Stand in for the windows: keep what is said."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def notify(self, words: str) -> None:
        self.words.append(words)


class Shown(NamedTuple):
    rig: Desk
    view: FaceplateView
    list: SafetyView


@pytest.fixture
async def shown(dressed: QApplication, qtbot: QtBot) -> AsyncIterator[Shown]:
    rig = Desk()
    bridge = Bridge()

    def answer(request: Request) -> Result:
        if isinstance(request, GetInterlocks):
            return InterlocksResult(interlocks=())
        if isinstance(request, SetHandsOff | LiftHandsOff):
            return HandsOffResult(zone=zone(rig))
        return bridge.answer(request)

    rig.asked.script = answer
    context = rig.context
    desk = CommandDesk(
        context.state, context.actions.ask, context.spawn, context.notify, context.text
    )
    rig.feed(catalogue=CITY, session=MANAGER)
    panel = FaceplatePresenter(replace(context, desk=desk))
    works = SafetyPresenter(context)
    view, listed = FaceplateView(panel), SafetyView(works)
    page = QWidget()
    row = QHBoxLayout(page)
    row.addWidget(view)
    row.addWidget(listed)
    qtbot.addWidget(page)
    page.resize(1240, 620)
    page.show()
    page.activateWindow()
    rig.selection.select_equipment(("EP-0001-D1-01",))
    await rig.settle()
    yield Shown(rig, view, listed)
    await rig.settle()
    for end in (view.release, listed.release, panel.close, works.close, desk.close):
        end()


def button(shown: Shown, name: str) -> ActionButton:
    found = shown.view.findChild(ActionButton, name)
    assert isinstance(found, ActionButton)
    return found


def line(shown: Shown, key: str) -> QLineEdit:
    found = shown.view.findChildren(QLineEdit, f"form-{key}")
    (visible,) = [one for one in found if one.isVisible()]
    return visible


async def test_technicians_are_declared_with_a_reason_and_who_to_call(shown: Shown) -> None:
    button(shown, "action-hands").press()
    QTest.keyClicks(line(shown, "reason"), "lanterne")
    QTest.keyClick(line(shown, "reason"), Qt.Key.Key_Return)
    await shown.rig.settle()
    assert not shown.rig.asked.of(SetHandsOff), "Enter goes on to the line that is empty"
    assert line(shown, "contact").hasFocus()
    button(shown, "form-choice-14400").press()
    assert shown.rig.said[-1] == "Il manque encore\u00a0: Qui appeler."
    QTest.keyClicks(line(shown, "contact"), "06 12")
    button(shown, "form-choice-14400").press()
    await shown.rig.settle()
    (asked,) = shown.rig.asked.of(SetHandsOff)
    assert (asked.equipment_id, asked.reason, asked.contact) == (
        "EP-0001-D1-01",
        "lanterne",
        "06 12",
    )
    assert asked.until_ms == shown.rig.clock.now_ms() + 14_400_000


async def test_esc_keeps_what_was_typed_for_this_equipment(shown: Shown) -> None:
    button(shown, "action-hands").press()
    QTest.keyClicks(line(shown, "reason"), "lanterne")
    QTest.keyClick(line(shown, "reason"), Qt.Key.Key_Escape)
    shown.rig.selection.select_equipment(("B-01",))
    await shown.rig.settle()
    button(shown, "action-hands").press()
    assert line(shown, "reason").text() == ""
    shown.rig.selection.select_equipment(("EP-0001-D1-01",))
    await shown.rig.settle()
    button(shown, "action-hands").press()
    assert line(shown, "reason").text() == "lanterne"


async def test_in_a_low_panel_the_form_comes_into_sight(shown: Shown) -> None:
    page = shown.view.window()
    page.resize(700, 300)
    button(shown, "action-hands").press()
    choice = button(shown, "form-choice-7200")
    assert choice.visibleRegion().boundingRect().height() == choice.height()
    assert not line(shown, "reason").visibleRegion().isEmpty()


async def test_what_lies_in_a_zone_says_who_to_call_and_offers_nothing(shown: Shown) -> None:
    shown.rig.feed(events=[HandsOffEvent(zone=zone(shown.rig))], session=MANAGER)
    await shown.rig.settle()
    up = button(shown, "action-100")
    assert up.reason.startswith("Techniciens sur place jusqu’à ")
    assert "06\u00a012\u00a034\u00a056\u00a078" in up.reason
    assert "contacteur" in up.reason


async def test_one_key_lifts_a_zone_from_the_list(shown: Shown) -> None:
    shown.rig.feed(events=[HandsOffEvent(zone=zone(shown.rig))], session=MANAGER)
    shown.list.grid.setFocus()
    QTest.keyClick(shown.list.grid, Qt.Key.Key_Down)
    QTest.keyClick(shown.list.grid, Qt.Key.Key_L)
    await shown.rig.settle()
    assert [asked.id for asked in shown.rig.asked.of(LiftHandsOff)] == ["z"]


def test_the_map_draws_works_over_a_zone_until_it_is_lifted() -> None:
    scene = Scene(town(3, 20), clock=ManualClock())
    scene.everything_good()
    page = Page(scene)
    page.take()
    lamps = [lamp for lamp in scene.lamps if scene.cabinets[0].id in over(scene, lamp.id)]
    below, beside = lamps[0], next(lamp for lamp in scene.lamps if lamp not in lamps)
    before, untouched = page.shows(below.id), page.shows(beside.id)
    stands = HandsOff(
        id="z",
        equipment_id=scene.cabinets[0].id,
        sector="",
        reason="contacteur",
        contact="06",
        by="karim",
        seat="",
        since_ms=0,
        until_ms=scene.clock.now_ms() + 1_000,
    )
    for lifted_ms, wanted in ((None, "maintenance"), (1, before)):
        zone = msgspec.structs.replace(stands, lifted_ms=lifted_ms)
        entry = JournalEntry(seq=1, at_ms=0, user="karim", seat="", event=HandsOffEvent(zone=zone))
        scene.send(entries=[entry])
        page.take()
        assert page.shows(below.id) == wanted
        assert page.shows(beside.id) == untouched
    scene.presenter.close()


def over(scene: Scene, equipment_id: str) -> tuple[str, ...]:
    return scene.world.equipment.path(equipment_id)


def editing(rig: Desk) -> bool:
    return rig.world.editing


async def test_edit_mode_is_turned_on_and_off_and_ends_with_the_link() -> None:
    rig, said = Desk(), Said()
    rig.feed(catalogue=CITY, session=CHIEF)
    now_ms = rig.clock.now_ms()

    def answer(request: Request) -> Result:
        assert isinstance(request, SetEditMode)
        return EditModeResult(until_ms=now_ms + 900_000 if request.on else None)

    rig.asked.script = answer
    strip = StripPresenter(rig.context)
    desk = EditDesk(rig.world, rig.asked.ask, rig.context.spawn, said)
    assert not any("DITION" in mode for mode in strip.state.modes)
    desk.toggle()
    await rig.settle()
    assert editing(rig)
    assert "ÉDITION · 15\u00a0min" in strip.state.modes
    desk.toggle()
    await rig.settle()
    assert not editing(rig)
    assert not any("DITION" in mode for mode in strip.state.modes)
    desk.toggle()
    await rig.settle()
    rig.clock.advance(30)
    rig.world.tick()  # nobody spoke for half a minute
    assert not editing(rig)
    rig.feed(session=CHIEF)
    await rig.settle()
    assert [asked.on for asked in rig.asked.of(SetEditMode)] == [True, False, True, False]
    strip.close()
    desk.close()


async def test_edit_mode_ends_by_itself_and_with_a_word_of_the_bridge() -> None:
    rig, said = Desk(), Said()
    rig.feed(catalogue=CITY, session=CHIEF)
    desk = EditDesk(rig.world, rig.asked.ask, rig.context.spawn, said)
    rig.world.edit(rig.clock.now_ms() + 1_000)
    assert editing(rig)
    rig.clock.advance(1.5)
    rig.feed(session=CHIEF)
    assert rig.world.editing_until_ms is None
    assert len(said.words) == 1

    def refuse(_request: Request) -> Result:
        raise RequestError(ErrorCode.REFUSED, "error.edit_mode.off")

    rig.world.edit(rig.clock.now_ms() + 900_000)
    rig.asked.script = refuse
    with pytest.raises(RequestError):
        await desk.ask(LiftHandsOff(id="z"))
    assert not editing(rig)
    desk.close()


def test_only_who_may_configure_something_finds_the_key() -> None:
    rig = Desk()
    acts = SimpleNamespace(lock=print, toggle=print)
    people = SimpleNamespace(lock=acts, relief=acts)
    room: Any = SimpleNamespace(world=rig.world, people=people, silence=print, sign_out=print)
    keys = WindowActs(room).keys
    sequences = [key.sequence for key in keys()]
    assert "Ctrl+E" in sequences, "bound before anybody signed in"
    assert len(sequences) == len(set(sequences))
    rig.feed(session=MANAGER)
    assert "Ctrl+E" not in [key.sequence for key in keys()]
    rig.feed(session=CHIEF)
    assert "Ctrl+E" in [key.sequence for key in keys()]
