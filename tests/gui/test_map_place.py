"""A place that was searched is brought to the middle and marked until the next one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.gui.map_rig import MapRig, shown_map
from tests.gui.map_scene import CENTRE, Scene, town
from ui.map.view import PLACE_ZOOM

pytestmark = pytest.mark.timeout(90)

AWAY_DEG = 0.02
"""Nothing stands there: what is painted in the middle is the mark."""


@pytest.fixture
def rig(qtbot: QtBot) -> Iterator[MapRig]:
    scene = Scene(town(2, 8))
    scene.everything_good()
    with shown_map(scene, qtbot) as rig:
        yield rig


def contrast(rig: MapRig) -> int:
    """Return how much the pixels around the middle of the map differ, 0 to 255."""
    picture = rig.picture()
    height, width = picture.shape[:2]
    middle = picture[height // 2 - 20 : height // 2 + 20, width // 2 - 20 : width // 2 + 20]
    return int(np.ptp(middle, axis=(0, 1)).max())


def test_a_place_is_shown_near_and_marked_until_the_next(rig: MapRig) -> None:
    rig.look_at(*CENTRE, 13)
    lon, lat = CENTRE[0] + AWAY_DEG, CENTRE[1] + AWAY_DEG
    rig.view.show_place(lon, lat, "12 Rue de la Liberté")
    rig.wait(lambda: rig.report.zoom == PLACE_ZOOM and rig._near(lon, lat))
    rig.painted()
    rig.wait(lambda: contrast(rig) > 60)  # light on the ground's dark

    rig.view.show_place(lon, lat, "")  # equipment wears its own corners
    rig.wait(lambda: contrast(rig) == 0)


def test_who_is_nearer_already_stays_there(rig: MapRig) -> None:
    rig.look_at(*CENTRE, 19)
    lon = CENTRE[0] + 0.001
    rig.view.show_place(lon, CENTRE[1], "")
    rig.wait(lambda: rig._near(lon, CENTRE[1]))
    assert rig.report.zoom == 19
