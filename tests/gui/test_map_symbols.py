"""Symbols in the real page: each kind's pixels, its states, F6, and words that do not collide."""

from __future__ import annotations

import json

import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from backend_bridge.contract.points import (
    Catalogue,
    Equipment,
    EquipmentKind,
    PointChange,
    PointDef,
    Sight,
    SourceHeard,
    ValueType,
)
from backend_bridge.contract.quality import Quality
from console.panels.map.kinds import read_kinds
from tests.gui.map_rig import MapRig, shown_map
from tests.gui.map_scene import CENTRE, Scene
from ui.aged import aged
from ui.map.bitmaps import lamp_bitmaps
from ui.theme import read_tokens

pytestmark = pytest.mark.usefixtures("dressed")

TEXT_1, TEXT_2 = (0xE6, 0xEA, 0xED), (0xB7, 0xC0, 0xC8)
KINDS = {
    "camera": ("picture", ValueType.BOOL, True),
    "bollard": ("position", ValueType.INT, 100),
    "signal_controller": ("plan", ValueType.INT, 3),
    "public_building": ("armed", ValueType.BOOL, True),
    "river_gauge": ("level_m", ValueType.FLOAT, 1.5),
    "weather_station": ("road_c", ValueType.FLOAT, -1.8),
}
LOWERED = "bollard-2"


def catalogue() -> Catalogue:
    """Return one equipment of each kind in a row, 70 m apart, and a second bollard."""
    kinds = tuple(
        EquipmentKind(
            key=key,
            trade="t",
            points=(PointDef(key=point, value_type=value_type, allowed_age_s=1e6, decimals=1),),
            main_point=point,
        )
        for key, (point, value_type, _) in KINDS.items()
    )
    names = [(f"{key}-1", key) for key in KINDS] + [(LOWERED, "bollard")]
    equipment = tuple(
        Equipment(
            id=name,
            kind=kind,
            name=name,
            lon=CENTRE[0] + 0.001 * (number - 3),
            lat=CENTRE[1],
            first_point=number,
            sight=Sight(bearing=90, width=60, range_m=30) if kind == "camera" else None,
        )
        for number, (name, kind) in enumerate(names)
    )
    return Catalogue(
        revision="r",
        title="",
        demonstration=True,
        points_total=len(equipment),
        kinds=kinds,
        equipment=equipment,
    )


def tell(scene: Scene, quality: Quality = Quality.GOOD) -> None:
    """Tell every value with one quality."""
    now = scene.clock.now_ms()
    changes = []
    for item in scene.world.equipment.by_id.values():
        value = 0 if item.id == LOWERED else KINDS[item.kind][2]
        changes.append(PointChange(item.first_point, value, quality, now, 0))
    scene.send(changes=changes, heard=[SourceHeard(0, now)])


def around(rig: MapRig, key: str, reach: int = 8) -> NDArray[np.uint8]:
    """Return the pixels around an equipment."""
    item = rig.scene.world.equipment.by_id[key]
    x, y = rig.report.device_pixel(item.lon, item.lat)
    return rig.picture()[y - reach : y + reach + 1, x - reach : x + reach + 1]


def ink(rig: MapRig, key: str, colour: tuple[int, int, int], reach: int = 8) -> int:
    """Return how many pixels of exactly this colour stand around an equipment."""
    return int((around(rig, key, reach) == colour).all(axis=2).sum())


def shows(rig: MapRig, key: str, rows: list[str]) -> bool:
    """Return whether a bitmap stands where an equipment is, to the pixel, within one of it."""
    pixels = (around(rig, key) == TEXT_2).all(axis=2)
    wanted = np.array([[mark == "#" for mark in row] for row in rows])
    height, width = wanted.shape
    return pixels.sum() == wanted.sum() and any(
        np.array_equal(pixels[top : top + height, left : left + width], wanted)
        for top in range(17 - height)
        for left in range(17 - width)
    )


def test_from_afar_each_kind_is_its_own_pixels(qtbot: QtBot) -> None:
    scene = Scene(catalogue())
    tell(scene)
    drawings = {key: kind.drawing for key, kind in read_kinds().items()}
    with shown_map(scene, qtbot) as rig:
        rig.look_at(*CENTRE, 14.5)
        for key in KINDS:
            rig.wait(lambda key=key: shows(rig, f"{key}-1", drawings[key]["pixels"]))  # type: ignore[misc] # a default argument is how a lambda keeps its loop's value
        rig.wait(lambda: shows(rig, LOWERED, drawings["bollard"]["pixels_flat"]))


def test_from_afar_the_unknown_is_a_dotted_mark_and_the_lost_a_framed_cross(qtbot: QtBot) -> None:
    scene = Scene(catalogue())
    with shown_map(scene, qtbot) as rig:
        rig.look_at(*CENTRE, 14.5)
        dotted = ["#.#.#.#", ".......", "#.....#", ".......", "#.....#", ".......", "#.#.#.#"]
        for key in KINDS:
            rig.wait(lambda key=key: shows(rig, f"{key}-1", dotted))  # type: ignore[misc] # as above
        assert ink(rig, "camera-1", TEXT_1, 20) == 0, "no question mark, no name"
        tell(scene, Quality.UNAVAILABLE)
        cross = sum(row.count("#") for row in lamp_bitmaps(read_tokens())["unavailable"])
        rig.wait(lambda: ink(rig, "camera-1", TEXT_1) == 32 + cross)  # a frame of 9 by 9


@pytest.mark.parametrize("zoom", [14.5, 15.5, 17.5])
def test_f6_frames_what_is_too_old_of_every_kind(qtbot: QtBot, zoom: float) -> None:
    scene = Scene(catalogue())
    tell(scene)
    tell(scene, Quality.STALE)
    with shown_map(scene, qtbot) as rig:
        rig.look_at(*CENTRE, zoom)
        before = {key: ink(rig, f"{key}-1", TEXT_1, 19) for key in KINDS}
        aged().set_outlined(on=True)
        for key, ink_before in before.items():
            rig.wait(lambda key=key, n=ink_before: ink(rig, f"{key}-1", TEXT_1, 19) > n + 8)  # type: ignore[misc] # as above


CROWD = """
(async () => {
  const { Symbols } = await import("beffroi://map/symbols.js");
  const look = await (await fetch("beffroi://map/look.json")).json();
  const n = 400, wide = 1200, high = 800;
  const view = { zoom: ZOOM, side: 1, ox: 0, oy: 0, ratio: 1, cssWidth: wide, cssHeight: high,
    width: wide, height: high };
  let seed = 7; const chance = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const random = (most) => Array.from({ length: n }, () => chance() * most);
  const points = {
    count: n, x: random(wide), y: random(high), states: look.states, hidden: [false],
    layer: new Uint8Array(n), words: new Uint32Array(n).fill(5), symbols: [...Array(n).keys()],
    crowded: () => false, masked: () => false,
  };
  const symbols = new Symbols(points);
  symbols.setLook(look);
  const kind = { pixels: ["#"], shape: { outline: "M1 1H15V15H1Z" } };
  symbols.setFacts({ layers: [kind], sights: [], numbers: [] });
  symbols.labels = points.x.map((_, i) => `EQ-${1000 + i}`);
  const taken = (draw) => {
    const g = new OffscreenCanvas(wide, high).getContext("2d", { willReadFrequently: true });
    draw(g);
    return new Uint32Array(g.getImageData(0, 0, wide, high).data.buffer);
  };
  const nobody = new Set();
  const plain = { selected: nobody, alarmed: nobody, aged: false };
  const few = taken((g) => symbols.draw(g, view, plain));
  const boxes = symbols.boxes;
  const items = symbols._inView(view, 7, nobody, nobody);
  const many = taken((g) => symbols._stampAll(g, view, items));
  const drawn = few.filter((pixel) => pixel).length;
  const other = few.filter((pixel, k) => pixel !== many[k]).length;
  window.crowd = JSON.stringify({ boxes, drawn, other });
})().catch((error) => { window.crowd = JSON.stringify(String(error)); });
"""


@pytest.mark.parametrize(("zoom", "least"), [(14, 0), (15.5, 60), (17.5, 40)])
def test_words_of_a_crowd_do_not_cover_each_other(qtbot: QtBot, zoom: float, least: int) -> None:
    scene = Scene(catalogue())
    tell(scene)
    with shown_map(scene, qtbot) as rig:
        rig.ask_page(CROWD.replace("ZOOM", str(zoom)))
        rig.wait(lambda: rig.ask_page("window.crowd || ''"))
        said = json.loads(rig.ask_page("window.crowd"))
        boxes = said["boxes"]
        if zoom < 15:  # thousands are written another way, with the same pixels
            assert said["drawn"] > 1_000
            assert said["other"] == 0
        assert len(boxes) >= least if least else not boxes
        for k, (x0, y0, x1, y1) in enumerate(boxes):
            for u0, v0, u1, v1 in boxes[k + 1 :]:
                # boxes hold the letters' halo, which may touch
                assert x0 + 3 >= u1 - 3 or u0 + 3 >= x1 - 3 or y0 + 2 >= v1 - 2 or v0 + 2 >= y1 - 2
