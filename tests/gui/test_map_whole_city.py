"""The map at the city's size: 34,200 lamps, drawn without a GPU; its speed is ``bench map``."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.map_rig import MapRig, shown_map
from tests.gui.map_scene import Scene, town

pytestmark = [pytest.mark.slow, pytest.mark.timeout(110)]


@pytest.fixture
def city(qtbot: QtBot, tmp_path: Path) -> Iterator[MapRig]:
    scene = Scene(town(450, 76, tmp_path), {"base_map": str(tmp_path)})
    scene.everything_good()
    with shown_map(scene, qtbot, (1640, 980)) as rig:
        rig.wait(lambda: rig.surface.ground.present)
        rig.painted()
        yield rig


def arrived(city: MapRig, origin: tuple[float, float]) -> bool:
    """Return whether the page has painted the view that begins there."""
    return city.report.origin == origin


def test_panning_goes_where_it_is_led(city: MapRig) -> None:
    for step in range(40):
        x, y = city.report.origin
        dx, dy = (40 if step < 20 else -40), (12 if step % 2 else -12)
        city.surface.pan(dx, dy)
        city.wait(partial(arrived, city, (x + dx, y + dy)))


def test_a_thousand_changes_are_painted_each_time(city: MapRig) -> None:
    lamps = city.scene.lamps
    middle = lamps[len(lamps) // 2]
    city.look_at(middle.lon, middle.lat, 15.5)
    seen = [lamp for lamp in lamps if city.report.visible(lamp.lon, lamp.lat, 60)]
    for level in (0, 100, 50, 0):  # each looks different from the one before
        sample = [*seen, *random.Random(level).sample(lamps, 1_000)]
        city.scene.set_levels([(lamp, level) for lamp in sample])
        clear = city.clear_of_marks(seen)[:20]
        assert clear
        wanted = {0: "off", 50: "dimmed", 100: "on"}[level]
        city.until_shows({lamp.id: wanted for lamp in clear})
