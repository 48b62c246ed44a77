"""What a whole city leaves room for: symbols that would hide the lamps, and names of communes."""

from __future__ import annotations

import json

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from backend_bridge.contract.quality import Quality
from tests.gui.map_rig import MapRig, shown_map
from tests.gui.map_scene import CENTRE, Scene, town
from tests.gui.test_map_hands import click
from ui.map.column import LayerButton
from ui.map.view import MapView

pytestmark = pytest.mark.usefixtures("dressed")

FAR, NEAR = 11, 15


def without_cabinets(rig: MapRig) -> NDArray[np.uint8]:
    """Return the picture while the person has ticked the cabinets off, and tick them again."""
    before = rig.surface.report
    rig.view.layers.toggled.emit("cabinet", False)
    rig.wait(lambda: rig.surface.report is not before and not rig.report.masked)
    rig.painted()
    picture = rig.picture()
    rig.view.layers.toggled.emit("cabinet", True)
    return picture


def test_from_afar_only_cabinets_that_are_not_well_are_drawn(qtbot: QtBot) -> None:
    scene = Scene(town(40, 30))
    scene.everything_good()
    with shown_map(scene, qtbot) as rig:
        button = rig.view.findChild(LayerButton, "layer-cabinet")
        assert button is not None
        low = button.height()
        rig.look_at(*CENTRE, FAR)
        rig.wait(lambda: rig.report.masked == ("cabinet",))
        rig.wait(lambda: button.height() > low)
        assert "zoomer" in button.accessibleName()
        with_them = rig.picture()
        assert np.array_equal(with_them, without_cabinets(rig)), "none of the well ones is drawn"
        rig.wait(lambda: rig.report.masked == ("cabinet",))
        scene.set_quality(scene.cabinets[:1], Quality.BAD)
        rig.wait(lambda: not np.array_equal(rig.picture(), with_them))
        rig.look_at(*CENTRE, NEAR)
        rig.wait(lambda: rig.report.masked == () and button.height() == low)


def test_a_cabinet_that_is_not_drawn_is_not_clicked_but_chosen_it_is_drawn(qtbot: QtBot) -> None:
    scene = Scene(town(40, 30))
    scene.everything_good()
    with shown_map(scene, qtbot) as rig:
        rig.look_at(*CENTRE, FAR)
        rig.wait(lambda: rig.report.masked == ("cabinet",))
        cabinet = scene.cabinets[0]
        before = rig.picture()
        click(rig, rig.css(cabinet))
        rig.wait(lambda: scene.selection.equipment_ids)
        assert scene.world.equipment.by_id[scene.selection.equipment_ids[0]].kind == "lamp"
        scene.selection.select_equipment((cabinet.id,))
        rig.painted()
        x, y = rig.report.device_pixel(cabinet.lon, cabinet.lat)
        part = np.s_[y - 8 : y + 9, x - 8 : x + 9]
        rig.wait(lambda: not np.array_equal(rig.picture()[part], before[part]))


def test_the_legend_folds_for_good_and_the_small_map_is_whole_or_absent(qtbot: QtBot) -> None:
    scene = Scene(town(4, 4))
    view = MapView(scene.presenter)
    qtbot.addWidget(view)
    try:
        ring = ((5.0, 47.3), (5.1, 47.3), (5.1, 47.4), (5.0, 47.3))
        view.resize(1200, 560)
        view.show()
        view.locator.show_outlines([("Dijon", ring)], "")
        qtbot.waitUntil(lambda: view.legend.isVisible() and not view.locator.isVisible())
        view.legend_heading.click()
        qtbot.waitUntil(lambda: not view.legend.isVisible() and view.locator.isVisible())
        column = view.findChild(QScrollArea)
        assert column is not None
        shown = column.viewport()

        def whole() -> bool:
            top = view.locator.mapTo(shown, QPoint(0, 0))
            return shown.rect().contains(view.locator.rect().translated(top))

        qtbot.waitUntil(whole)  # the column's scroll bar goes with the next layout
        assert not scene.presenter.legend_open
    finally:
        view.shut()
        scene.presenter.close()


NAMES = """
(async () => {
  const { placeNames } = await import("beffroi://map/names.js");
  const look = await (await fetch("beffroi://map/look.json")).json();
  const drawn = [];
  const g = new OffscreenCanvas(1200, 900).getContext("2d");
  g.fillText = (text, x, y) => drawn.push([text, x, y, g.measureText(text).width]);
  const square = (name, x0, y0, x1, y1) => ({ name, x0, y0, x1, y1, rings: [] });
  const communes = [
    square("Pleine", 400, 300, 700, 600), square("Au bord", 205, 350, 235, 380),
    square("Entre", 520, 420, 560, 460), square("Dehors", 60, 100, 90, 130),
  ];
  const places = { x: [], y: [] }; // the large commune is full of lamps
  for (let x = 406; x <= 694; x += 6)
    for (let y = 306; y <= 594; y += 6) { places.x.push(x); places.y.push(y); }
  const area = { ox: 0, oy: 0, side: 1, w: 1200, h: 900, zoom: 11, padX: 200, padY: 150 };
  placeNames(g, area, look, { communes, water: [], streets: [], buildings: [] }, places);
  window.names = JSON.stringify(drawn);
})().catch((error) => { window.names = JSON.stringify(String(error)); });
"""


def test_communes_are_named_whole_beside_what_stands_there_or_not_at_all(qtbot: QtBot) -> None:
    with shown_map(Scene(town(4, 4)), qtbot) as rig:
        rig.ask_page(NAMES)
        rig.wait(lambda: rig.ask_page("window.names || ''"))
        drawn = {name: place for name, *place in json.loads(rig.ask_page("window.names"))}
    assert "ENTRE" not in drawn, "no room anywhere around it"
    assert {"PLEINE", "AU BORD", "DEHORS"} == set(drawn)
    _, below, _ = drawn["PLEINE"]
    assert below > 600
    x, _, wide = drawn["AU BORD"]
    assert x - wide / 2 >= 200, "nothing of it leaves the view"
    assert drawn["DEHORS"][1] < 150, "for a drag, outside"
