"""What a person chooses on the map: with the mouse, with keys alone, by area; and what it shows."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.contract.alarms import Severity
from backend_bridge.contract.points import Equipment
from backend_bridge.contract.quality import Quality
from tests.gui.map_rig import MapRig, shown_map
from tests.gui.map_scene import CENTRE, Scene, alarm_on, incident_on, town
from ui.aged import aged
from ui.dragging import Dragged
from ui.map.messages import chosen_positions

pytestmark = [pytest.mark.timeout(90), pytest.mark.usefixtures("dressed")]

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def rig(qtbot: QtBot) -> Iterator[MapRig]:
    scene = Scene(town(6, 40))
    scene.everything_good()
    with shown_map(scene, qtbot) as rig:
        yield rig


def target(rig: MapRig) -> QWidget:
    """Return the widget that takes the mouse and the keys."""
    web = rig.surface.focusProxy()
    assert isinstance(web, QWidget)
    web.setFocus()
    inner = web.focusProxy() or web
    assert isinstance(inner, QWidget)
    return inner


def click(rig: MapRig, at: QPoint, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(target(rig), Qt.MouseButton.LeftButton, modifier, at)


def key(rig: MapRig, *keys: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    for item in keys:
        QTest.keyClick(target(rig), item, modifier)


def notice(rig: MapRig) -> str:
    """Return the words over the map that are shown."""
    said = rig.ask_page(
        "[...document.querySelectorAll('.beffroi-notice > div')]"
        ".filter((part) => !part.hidden).map((part) => part.firstChild.textContent).join('|')"
    )
    return str(said)


def inside(rig: MapRig, corners: Sequence[tuple[int, int]]) -> set[str]:
    """Return what stands inside a polygon of CSS pixels: an independent even-odd rule."""
    found = set()
    for item in rig.scene.world.equipment.by_id.values():
        if item.kind == "feeder":
            continue
        x, y = rig.report.css_pixel(item.lon, item.lat)
        crossed = 0
        for (x0, y0), (x1, y1) in zip(corners, [*corners[1:], corners[0]], strict=True):
            if (y0 <= y < y1 or y1 <= y < y0) and x0 + (y - y0) / (y1 - y0) * (x1 - x0) > x:
                crossed += 1
        if crossed % 2:
            found.add(item.id)
    return found


def middle(rig: MapRig) -> tuple[int, int]:
    width, height = rig.report.size
    return width // 2, height // 2


def ids(equipment: Sequence[Equipment]) -> list[str]:
    return [item.id for item in equipment]


def test_a_polygon_chooses_what_it_holds(rig: MapRig) -> None:
    u, v = middle(rig)
    corners = [(u - 150, v - 120), (u + 160, v - 60), (u + 40, v), (u + 130, v + 140)]
    rig.scene.selection.select_equipment(ids(rig.scene.lamps[:2]))
    key(rig, Qt.Key.Key_P)
    for corner in corners:
        click(rig, QPoint(*corner))
    assert rig.scene.selection.equipment_ids == tuple(ids(rig.scene.lamps[:2])), "not closed yet"
    wanted = inside(rig, corners)
    assert 10 < len(wanted) < 200
    key(rig, Qt.Key.Key_Return)
    rig.wait(lambda: set(rig.scene.selection.equipment_ids) == wanted)
    rig.painted()
    rig.wait(lambda: notice(rig) == f"{len(wanted)} équipements choisis")


def test_escape_gives_up_the_polygon_and_nothing_else(rig: MapRig) -> None:
    chosen = tuple(ids(rig.scene.lamps[:3]))
    rig.scene.selection.select_equipment(chosen)
    rig.painted()
    u, v = middle(rig)
    key(rig, Qt.Key.Key_P)
    rig.wait(lambda: "Entrée" in notice(rig))
    for corner in ((u - 90, v - 90), (u + 90, v - 90), (u, v + 90)):
        click(rig, QPoint(*corner))
    key(rig, Qt.Key.Key_Escape)
    rig.wait(lambda: notice(rig) == "3 équipements choisis")
    key(rig, Qt.Key.Key_Return, Qt.Key.Key_Escape)
    click(rig, rig.css(rig.scene.lamps[9]), CONTROL)  # the mouse chooses again
    rig.wait(lambda: len(rig.scene.selection.equipment_ids) == 4)
    assert rig.scene.selection.equipment_ids[:3] == chosen


def test_escape_gives_up_a_box_that_is_being_dragged(rig: MapRig) -> None:
    chosen = tuple(ids(rig.scene.lamps[:3]))
    rig.scene.selection.select_equipment(chosen)
    rig.painted()
    u, v = middle(rig)
    web, left = target(rig), Qt.MouseButton.LeftButton
    QTest.mousePress(web, left, SHIFT, QPoint(u - 100, v - 100))
    QTest.mouseMove(web, QPoint(u + 50, v + 50))
    rig.wait(lambda: rig.ask_page("document.querySelectorAll('.leaflet-zoom-box').length"))
    key(rig, Qt.Key.Key_Escape)
    rig.wait(lambda: not rig.ask_page("document.querySelectorAll('.leaflet-zoom-box').length"))
    QTest.mouseRelease(web, left, SHIFT, QPoint(u + 50, v + 50))
    click(rig, rig.css(rig.scene.lamps[9]), CONTROL)
    rig.wait(lambda: len(rig.scene.selection.equipment_ids) == 4)
    assert rig.scene.selection.equipment_ids[:3] == chosen


def test_a_box_by_keys_alone_and_its_addition(rig: MapRig) -> None:
    before = rig.report.origin
    key(rig, Qt.Key.Key_B, Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Down)
    rig.wait(lambda: rig.report.origin == (before[0] + 96, before[1] + 96))
    u, v = middle(rig)
    wanted = inside(rig, [(u - 96, v - 96), (u, v - 96), (u, v), (u - 96, v)])
    assert wanted
    key(rig, Qt.Key.Key_Space)
    rig.wait(lambda: set(rig.scene.selection.equipment_ids) == wanted)
    key(rig, Qt.Key.Key_B, Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Down)
    rig.wait(lambda: rig.report.origin == (before[0] + 192, before[1] + 192))
    key(rig, Qt.Key.Key_Space, modifier=SHIFT)
    more = inside(rig, [(u - 96, v - 96), (u, v - 96), (u, v), (u - 96, v)])
    rig.wait(lambda: set(rig.scene.selection.equipment_ids) == wanted | more)


def test_space_chooses_what_stands_in_the_middle_and_delete_nothing(rig: MapRig) -> None:
    lamp = rig.clear_of_marks(rig.scene.lamps, 15)[0]
    rig.look_at(lamp.lon, lamp.lat, 16)
    key(rig, Qt.Key.Key_Space)
    rig.wait(lambda: rig.scene.selection.equipment_ids == (lamp.id,))
    rig.wait(lambda: notice(rig) == "1 équipement choisi")
    key(rig, Qt.Key.Key_Delete)
    rig.wait(lambda: rig.scene.selection.equipment_ids == ())
    rig.wait(lambda: notice(rig) == "")


def test_clearing_is_a_button_too_and_control_takes_back_one(rig: MapRig) -> None:
    first, second = rig.clear_of_marks(rig.scene.lamps, 15)[:2]
    click(rig, rig.css(first))
    rig.wait(lambda: rig.scene.selection.equipment_ids == (first.id,))
    click(rig, rig.css(second), CONTROL)
    rig.wait(lambda: len(rig.scene.selection.equipment_ids) == 2)
    click(rig, rig.css(first), CONTROL)
    rig.wait(lambda: rig.scene.selection.equipment_ids == (second.id,))
    rig.wait(lambda: notice(rig) == "1 équipement choisi")
    rig.ask_page("document.querySelector('.beffroi-notice button').click(); 1")
    rig.wait(lambda: rig.scene.selection.equipment_ids == ())


def test_what_a_box_holds_is_told_whole_however_much(qtbot: QtBot) -> None:
    scene = Scene(town(40, 76))
    with shown_map(scene, qtbot) as rig:
        width, height = rig.report.size
        corners = [(2, 2), (width - 60, 2), (width - 60, height - 2), (2, height - 2)]
        # the first picture may be painted before the page has fitted the town into it
        rig.wait(lambda: len(inside(rig, corners)) > 3_000)
        key(rig, Qt.Key.Key_B)
        click(rig, QPoint(2, 2))
        click(rig, QPoint(width - 60, height - 2))
        everything = inside(rig, corners)
        rig.wait(lambda: set(scene.selection.equipment_ids) == everything)
        rig.painted()
        rig.wait(
            lambda: notice(rig).replace("\u00a0", "") == f"{len(everything)} équipements choisis"
        )


def test_bits_and_lists_name_the_same_positions() -> None:
    assert chosen_positions({"points": [3, 1]}) == [3, 1]
    assert chosen_positions({"bits": "CoA="}) == [1, 3, 15]
    with pytest.raises(ValueError, match="padding"):
        chosen_positions({"bits": "CoA"})


def test_marks_that_would_cover_each_other_are_one_and_a_click_takes_it_apart(
    qtbot: QtBot,
) -> None:
    scene = Scene(town(6, 40))
    cabinet = scene.cabinets[2]
    lamps = [item for item in scene.lamps if item.id.startswith(cabinet.id)][:12:3]
    alarms = [
        alarm_on(lamp, severity, acknowledged=severity is Severity.URGENT)
        for lamp, severity in zip(lamps, Severity, strict=True)
    ]
    incidents = [
        incident_on(lamp, number, severity=alarm.severity, alarm_ids=(alarm.id,))
        for number, (lamp, alarm) in enumerate(zip(lamps, alarms, strict=True))
    ]
    with shown_map(scene, qtbot) as rig:
        rig.look_at(lamps[0].lon, lamps[0].lat, 11)
        scene.situation(alarms=alarms, incidents=incidents)
        rig.painted()
        rig.wait(lambda: len(rig.report.marks) == 1)
        left, top, _, bottom = rig.report.marks[0]
        click(rig, QPoint(left + 17, (top + bottom) // 2))
        rig.wait(lambda: len(rig.report.marks) == 4)
        assert rig.report.zoom > 12
        assert scene.selection.equipment_ids == (), "looking nearer chooses nothing"
        worst = next(item for item in incidents if item.severity is Severity.URGENT)
        x, y = rig.report.css_pixel(worst.lon, worst.lat)
        mark = min(rig.report.marks, key=lambda box: abs(box[0] - x) + abs(box[3] - y))
        click(rig, QPoint(mark[0] + 17, (mark[1] + mark[3]) // 2))
        rig.wait(lambda: scene.selection.incident_id == worst.id)


def test_callouts_of_a_crowd_never_cover_each_other_nor_a_mark(qtbot: QtBot) -> None:
    scene = Scene(town(30, 40))
    chance = random.Random(4)
    lamps = chance.sample(scene.lamps, 60)
    alarms = [alarm_on(lamp, chance.choice(list(Severity))) for lamp in lamps]
    incidents = [
        incident_on(lamp, number, severity=alarm.severity, alarm_ids=(alarm.id,))
        for number, (lamp, alarm) in enumerate(zip(lamps, alarms, strict=True))
    ]
    with shown_map(scene, qtbot) as rig:
        scene.situation(alarms=alarms, incidents=incidents)
        rig.painted()
        rig.wait(lambda: rig.report.marks and rig.report.callouts)
        boxes = [box[1:] for box in rig.report.callouts]
        assert 1 <= len(boxes) <= 6
        for number, (x0, y0, x1, y1) in enumerate(boxes):
            others = [
                *boxes[:number],
                *((m[0] + 5, m[1] + 5, m[0] + 29, m[3] - 5) for m in rig.report.marks),
            ]
            assert all(x0 >= u1 or x1 <= u0 or y0 >= v1 or y1 <= v0 for u0, v0, u1, v1 in others)


@pytest.mark.parametrize("zoom", [13.0, 14.75, 17.5])
def test_drawing_what_changed_gives_the_picture_of_drawing_everything(
    qtbot: QtBot, zoom: float
) -> None:
    scene = Scene(town(20, 76))
    scene.everything_good()
    chance = random.Random(9)
    with shown_map(scene, qtbot) as rig:
        rig.look_at(*CENTRE, zoom)
        scene.selection.select_equipment(ids(chance.sample(scene.lamps, 90)))
        aged().set_outlined(on=True)
        for _ in range(4):
            for quality in Quality:
                scene.set_quality(chance.sample(scene.lamps, 30), quality)
            scene.set_levels(
                [(lamp, chance.choice([0, 40, 100])) for lamp in chance.sample(scene.lamps, 150)]
            )
            rig.painted()
        rig.wait(lambda: not rig.scene.presenter.unpainted_s())
        step_by_step = rig.picture()
        origin = rig.report.origin
        rig.surface.pan(64, 32)
        rig.wait(lambda: rig.report.origin != origin)
        rig.surface.pan(-64, -32)
        rig.wait(lambda: rig.report.origin == origin)
        rig.wait(lambda: bool((rig.picture() == step_by_step).all()))


def test_a_symbol_pulled_away_is_dragged_out_of_the_map(rig: MapRig) -> None:
    begun: list[Dragged] = []
    rig.surface.feed.dragged.connect(begun.append)
    cabinet = next(i for i in rig.scene.world.equipment.by_id.values() if i.kind == "cabinet")
    rig.surface.centre_on(cabinet.lon, cabinet.lat, 17)
    rig.wait(lambda: rig.report.zoom == 17)
    rig.painted()
    web, left, at = target(rig), Qt.MouseButton.LeftButton, rig.css(cabinet)
    before = rig.report.origin
    QTest.mousePress(web, left, NONE, at)
    QTest.mouseMove(web, at + QPoint(30, 12))
    rig.wait(lambda: bool(begun))
    QTest.mouseRelease(web, left, NONE, at + QPoint(30, 12))
    rig.painted()
    assert begun == [Dragged(equipment=(cabinet.id,))]
    assert rig.report.origin == before, "the map stays where it was"
    assert rig.scene.selection.equipment_ids == (), "what is dragged is not chosen"
