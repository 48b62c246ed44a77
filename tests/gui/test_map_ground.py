"""The territory's own ground in the real page: each layer, by class and zoom, and its absence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.map_rig import MapRig, shown_map
from tests.gui.map_scene import CENTRE, Scene, town
from ui.map.ground import LAYERS, read_ground

pytestmark = pytest.mark.usefixtures("dressed")

WATER, BUILDING = (0x1E, 0x2F, 0x39), (0x1B, 0x1F, 0x23)
MINOR, STREET, MAJOR = (0x2B, 0x32, 0x38), (0x3A, 0x43, 0x4B), (0x4B, 0x55, 0x5E)


def write(directory: Path, name: str, *features: tuple[str, Any, dict[str, str]]) -> None:
    """Write one layer of (geometry type, coordinates, properties)."""
    made = [
        {"type": "Feature", "geometry": {"type": kind, "coordinates": places}, "properties": said}
        for kind, places, said in features
    ]
    text = json.dumps({"type": "FeatureCollection", "features": made, "attribution": f"© {name}"})
    (directory / f"{name}.geojson").write_text(text, "utf-8")


def square(lon: float, lat: float, side: float) -> list[list[list[float]]]:
    """Return a ring around a place, degrees."""
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    return [[[lon + u * side, lat + v * side] for u, v in corners]]


def across(lat: float) -> list[list[float]]:
    """Return a line from west to east, beyond the view."""
    return [[CENTRE[0] - 0.05, lat], [CENTRE[0] + 0.05, lat]]


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Write a ground with one of everything."""
    lon, lat = CENTRE
    write(tmp_path, "water", ("Polygon", square(lon + 0.004, lat + 0.002, 0.001), {}))
    write(tmp_path, "buildings", ("Polygon", square(lon - 0.004, lat + 0.002, 0.001), {}))
    write(
        tmp_path,
        "streets",
        ("LineString", across(lat - 0.0010), {"name": "", "class": "residential"}),
        ("LineString", across(lat - 0.0015), {"name": "", "class": "secondary"}),
        ("LineString", across(lat - 0.0020), {"name": "", "class": "primary"}),
    )
    write(tmp_path, "lines", ("LineString", across(lat - 0.0025), {"name": "T1", "mode": "tram"}))
    write(tmp_path, "communes", ("Polygon", square(lon, lat, 0.2), {"name": "Dijon"}))
    return tmp_path


def shown(rig: MapRig, colour: tuple[int, int, int]) -> int:
    """Return how many pixels have exactly this colour."""
    return int((rig.picture() == colour).all(axis=2).sum())


def test_each_layer_is_drawn_and_a_city_from_afar_is_its_large_streets(
    qtbot: QtBot, city: Path
) -> None:
    scene = Scene(town(1, 1), {"base_map": str(city)})
    scene.everything_good()
    with shown_map(scene, qtbot) as rig:
        rig.look_at(*CENTRE, 16)
        rig.wait(lambda: shown(rig, WATER) > 5_000)  # until then, the first picture stretched
        assert shown(rig, MAJOR) > 2_000
        assert shown(rig, BUILDING) > 5_000
        assert shown(rig, STREET) > 2_000
        assert shown(rig, MINOR) > 1_000
        rig.look_at(*CENTRE, 12)
        rig.wait(lambda: shown(rig, MINOR) == 0 and shown(rig, BUILDING) < 300)
        middle = rig.picture()[300:500, 300:600].max(axis=2)
        assert int((middle > 0x30).sum()) > 150, "large streets stay"


def test_a_layer_that_is_no_ground_is_said_in_words(city: Path) -> None:
    found = read_ground(city)
    assert sorted(found.files) == sorted(LAYERS)
    assert found.attribution == "© streets · © communes · © buildings · © water · © lines"
    assert found.outlines[0][0] == "Dijon"
    for name in LAYERS:
        whole = (city / f"{name}.geojson").read_bytes()
        for broken in (whole[:-9], b"[]", b'{"features": 3}', b"\xff\xfe"):
            (city / f"{name}.geojson").write_bytes(broken)
            said = read_ground(city)
            assert said.problem == "map.ground.unreadable"
            assert f"{name}.geojson" in said.detail
            assert not said.present
        (city / f"{name}.geojson").write_bytes(whole)


def test_features_without_sense_do_not_stop_the_ground(qtbot: QtBot, city: Path) -> None:
    junk: list[Any] = [None, {}, {"geometry": None}, {"geometry": {"type": "Point"}}]
    junk += [{"geometry": {"type": "LineString", "coordinates": []}, "properties": None}]
    for name in ("water", "buildings", "lines"):
        (city / f"{name}.geojson").write_text(json.dumps({"features": junk}), "utf-8")
    scene = Scene(town(1, 1), {"base_map": str(city)})
    scene.everything_good()
    with shown_map(scene, qtbot) as rig:
        rig.look_at(*CENTRE, 16)
        rig.wait(lambda: shown(rig, MAJOR) > 2_000)
