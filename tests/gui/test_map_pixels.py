"""What the map shows is what is: states read back from the pixels of the real page."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend_bridge.contract.points import Equipment, ServiceMark
from backend_bridge.contract.quality import Quality, ServiceState
from tests.gui.map_rig import MapRig, shown_map
from tests.gui.map_scene import CENTRE, Scene, alarm_on, town
from ui.aged import aged
from ui.theme import Theme, apply_theme

pytestmark = pytest.mark.timeout(90)


@pytest.fixture
def rig(qtbot: QtBot) -> Iterator[MapRig]:
    # lamps far enough apart that no bitmap touches another, also where its cells are larger
    scene = Scene(town(10, 76, pitch_m=45))
    scene.everything_good()
    with shown_map(scene, qtbot) as rig:
        rig.look_at(*CENTRE, 14.75)
        yield rig


def truth_of(scene: Scene, lamps: list[Equipment]) -> dict[str, str]:
    """Return what each lamp must show, worked out here and not by the presenter."""
    world = scene.world
    found = {}
    for lamp in lamps:
        mark = world.service.get(lamp.id)
        change = world.points.state[lamp.first_point]
        if mark is not None:
            found[lamp.id] = mark.state.value
        elif change.quality is not Quality.GOOD:
            found[lamp.id] = change.quality.word
        else:
            level = change.value
            assert isinstance(level, int)
            found[lamp.id] = "off" if level == 0 else "on" if level == 100 else "dimmed"
    return found


def test_every_state_of_a_lamp_is_read_back_from_the_pixels(rig: MapRig) -> None:
    scene = rig.scene
    lamps = rig.clear_of_marks(scene.lamps)
    assert len(lamps) > 80, "too few lamps stand clear of each other to say anything"
    chance = random.Random(7)
    qualities = [quality for quality in Quality if quality is not Quality.GOOD]
    for lamp in lamps:
        if chance.random() < 0.6:
            scene.set_quality([lamp], chance.choice(qualities))
    marks = [
        ServiceMark(equipment_id=lamp.id, state=state, by="x", reason="y", since_ms=1)
        for lamp in chance.sample(lamps, 30)
        for state in [chance.choice([ServiceState.DISABLED, ServiceState.MAINTENANCE])]
    ]
    scene.situation(service=marks)
    truth = truth_of(scene, lamps)
    assert len(set(truth.values())) == 9, "the test must meet every state"
    rig.painted()
    rig.until_shows(truth)


def test_changes_reach_the_pixels_and_nothing_else_changes(rig: MapRig) -> None:
    scene = rig.scene
    lamps = rig.clear_of_marks(scene.lamps)
    chance = random.Random(3)
    for _ in range(4):
        scene.set_levels([(lamp, chance.choice([0, 40, 100])) for lamp in lamps[::3]])
        rig.painted()
        rig.until_shows(truth_of(scene, lamps))


def test_lamps_of_a_lost_cabinet_are_neither_on_nor_off(rig: MapRig) -> None:
    scene = rig.scene
    cabinet = scene.cabinets[4]
    below = [
        scene.world.equipment.by_id[key] for key in scene.world.equipment.descendants(cabinet.id)
    ]
    scene.set_quality([cabinet, *below], Quality.UNAVAILABLE)
    lamps = rig.clear_of_marks([item for item in below if item.kind == "lamp"])
    assert len(lamps) > 8
    rig.until_shows({lamp.id: "unavailable" for lamp in lamps})
    assert scene.presenter.legend()["unavailable"] == 76


def test_everything_is_stale_when_the_bridge_is_lost(rig: MapRig) -> None:
    lamps = rig.clear_of_marks(rig.scene.lamps)[:60]
    rig.scene.status.lost = True
    rig.scene.world.tick()
    rig.until_shows({lamp.id: "stale" for lamp in lamps})
    rig.scene.status.lost = False
    rig.scene.world.tick()
    rig.until_shows(truth_of(rig.scene, lamps))


def test_a_panned_and_zoomed_map_still_tells_the_truth(rig: MapRig) -> None:
    before = rig.report.origin
    rig.surface.pan(73, -41)
    rig.wait(lambda: rig.report.origin == (before[0] + 73, before[1] - 41))
    lamps = rig.clear_of_marks(rig.scene.lamps)
    rig.until_shows(truth_of(rig.scene, lamps))
    rig.look_at(CENTRE[0] + 0.001, CENTRE[1], 14.5)
    lamps = rig.clear_of_marks(rig.scene.lamps, 6)
    assert lamps
    rig.until_shows(truth_of(rig.scene, lamps))


def test_age_key_outlines_only_what_is_too_old(rig: MapRig) -> None:
    scene = rig.scene
    lamps = rig.clear_of_marks(scene.lamps)
    old = lamps[0]
    x = rig.report.device_pixel(old.lon, old.lat)[0]
    others = [
        item for item in lamps if abs(rig.report.device_pixel(item.lon, item.lat)[0] - x) > 30
    ]
    fresh = others[0]
    scene.set_quality([old], Quality.STALE)
    rig.until_shows({old.id: "stale"})
    before = rig.picture()
    aged().set_outlined(on=True)

    def outlined(lamp: Equipment) -> bool:
        x, y = rig.report.device_pixel(lamp.lon, lamp.lat)
        area = slice(y - 6, y + 7), slice(x - 6, x + 7)
        return bool((rig.picture()[area] != before[area]).any())

    rig.wait(lambda: outlined(old))
    assert not outlined(fresh)
    aged().set_outlined(on=False)
    rig.wait(lambda: not outlined(old))


def test_light_theme_tells_the_same(qtbot: QtBot, qapp: object) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before = Theme.current()
    apply_theme(app, Theme("light"))
    try:
        scene = Scene(town(4, 60))
        scene.everything_good()
        with shown_map(scene, qtbot) as rig:
            rig.look_at(*CENTRE, 14.75)
            lamps = rig.clear_of_marks(scene.lamps)
            scene.set_quality(lamps[::4], Quality.UNKNOWN)
            rig.until_shows(truth_of(scene, lamps))
    finally:
        apply_theme(app, before)


def test_alarm_mark_stands_at_the_top_right_of_its_equipment(rig: MapRig) -> None:
    cabinet = next(c for c in rig.scene.cabinets if rig.report.visible(c.lon, c.lat, 80))
    rig.scene.situation(alarms=[alarm_on(cabinet, acknowledged=True)])
    theme = Theme.current()
    colour = theme.color("alarm_2")
    wanted = (colour.red(), colour.green(), colour.blue())

    def marked() -> bool:
        x, y = rig.report.device_pixel(cabinet.lon, cabinet.lat)
        area = rig.picture()[y - 40 : y, x : x + 45]
        return int((area == wanted).all(axis=2).sum()) > 35

    rig.wait(marked)
    rig.scene.situation()
    rig.wait(lambda: not marked())


@pytest.mark.slow
@pytest.mark.parametrize("factor", ["1.5", "2"])
def test_screens_of_higher_resolution_show_the_same(factor: str) -> None:
    # the scale of a screen is fixed when the application starts: another process, same test
    name = test_every_state_of_a_lamp_is_read_back_from_the_pixels.__name__
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"{__file__}::{name}"],
        env={**os.environ, "QT_SCALE_FACTOR": factor},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
