"""Street names on the ground keep clear of the lamps they would lie on, and stay in sight."""

from __future__ import annotations

import json
import subprocess
from importlib.resources import files

import pytest

NAMES = files("resources") / "map" / "names.js"
SCRIPT = """
const [module, zoom, lamps] = JSON.parse(process.argv[1]);
const side = 100000, drawn = [];
let at = null;
const g = {
  save() {}, restore() {}, rotate() {}, strokeText() {},
  translate(x, y) { at = [x, y]; },
  fillText(words, x, y) { drawn.push([words, at[0], at[1] + y]); },
  measureText: (words) => ({ width: words.length * 7 }),
};
const area = { zoom, side, ox: 0, oy: 0, w: 1200, h: 800, padX: 0, padY: 0 };
const rings = [[0.001, 0.004, 0.011, 0.004]];
const street = { name: "Rue du Faubourg-Raines", rank: "street", rings };
const places = { x: lamps.map((p) => p[0] / side), y: lamps.map((p) => p[1] / side) };
const look = { colours: {}, fonts: "x" };
const layers = { communes: [], water: [], streets: [street], buildings: [] };
import(module).then(({ placeNames }) => {
  placeNames(g, area, look, layers, places);
  console.log(JSON.stringify(drawn));
});
"""
"""A street from 100 to 1,100 px across, at 400 px from the top; its name is 154 px long."""


def named(zoom: float, lamps: list[tuple[int, int]]) -> tuple[float, float]:
    """Return where the middle of the street's name stands, pixels."""
    told = json.dumps([f"file://{NAMES}", zoom, lamps])
    command = ["node", "--input-type=module", "--eval", SCRIPT, "--", told]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    except FileNotFoundError:
        pytest.skip("node is not installed: make peers")
    ((words, x, y),) = json.loads(done.stdout)
    assert words == "Rue du Faubourg-Raines"
    return x, y


def test_a_name_stands_in_the_middle_of_its_street() -> None:
    assert named(17, []) == (600, 373)


def test_a_name_slides_along_its_street_away_from_a_lamp() -> None:
    x, y = named(17, [(600, 373)])
    assert y == 373
    assert abs(x - 600) > 154 / 2
    assert abs(x - 600) <= 160, "it stays in sight"


def test_a_name_changes_sides_where_lamps_stand_all_along() -> None:
    assert named(17, [(x, 373) for x in range(100, 1_100, 20)]) == (600, 427)


def test_where_lamps_stand_everywhere_a_name_stays() -> None:
    everywhere = [(x, y) for x in range(100, 1_100, 12) for y in (373, 427)]
    assert named(17, everywhere) == (600, 373)
