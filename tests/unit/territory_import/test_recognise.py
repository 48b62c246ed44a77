"""Which words make a layer what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from backend_bridge.territory import load
from backend_bridge.territory.importing.layers import Layer, Record
from backend_bridge.territory.importing.libraries import library
from backend_bridge.territory.importing.recognise import recognise
from tests.unit.territory_import.city_files import (
    Feature,
    bring_in,
    collection,
    line,
    point,
    square,
    tally,
)

SHAPES: dict[str, Feature] = {
    "point": point(),
    "line": line((0, 0), (1, 0)),
    "area": square(0, 0, 1),
}


def guess(name: str, family: str, *columns: str) -> list[str]:
    geometry = library("shapely.geometry").shape(SHAPES[family]["geometry"])
    attributes: dict[str, Any] = dict.fromkeys(columns, "x")
    record = Record(1, geometry, attributes)
    choice = recognise(Layer(name, "", None, columns, [record]))
    return choice.sort(record) if choice.sort else []


@pytest.mark.parametrize(
    ("name", "family", "target"),
    [
        ("mtp_streetlights.wgs84.geojson", "point", "lamp"),
        ("Eclairage-public_2024.shp", "point", "lamp"),
        ("EP_Luminaires.gpkg", "point", "lamp"),
        ("points-lumineux.geojson", "point", "lamp"),
        ("PointsLumineux.geojson", "point", "lamp"),
        ("armoires_eclairage.geojson", "point", "cabinet"),
        ("feux-tricolores.geojson", "point", "signal"),
        ("carrefours_a_feux.geojson", "point", "signal"),
        ("cameras-videoprotection.geojson", "point", "camera"),
        ("bornes_escamotables.geojson", "point", "bollard"),
        ("bornes_de_recharge.geojson", "point", ""),
        ("bornes-incendie.geojson", "point", ""),
        ("panneaux.geojson", "point", ""),
        ("adresses_ban.geojson", "point", "address"),
        ("TRONCON_DE_ROUTE.shp", "line", "street"),
        ("rues/donnees.geojson", "line", "street"),
        ("pistes_cyclables.geojson", "line", ""),
        ("BATIMENT.shp", "area", "building"),
        ("SURFACE_HYDROGRAPHIQUE.shp", "area", "water"),
        ("stations_hydro.geojson", "point", "gauge"),
        ("limites-communales.geojson", "area", "commune"),
        ("lignes_de_tramway.geojson", "line", "tram"),
        ("arrets_de_bus.geojson", "point", ""),
        ("streetlights.geojson", "line", ""),
        ("bâtiments.geojson", "point", ""),
    ],
)
def test_names(name: str, family: str, target: str) -> None:
    assert guess(name, family) == ([target] if target else [])


def test_columns_decide_where_the_name_does_not() -> None:
    assert guess("export.shp", "line", "IDARC", "LIB_OFF", "SENS_CIRCU") == ["street"]
    assert guess("export.shp", "point", "numero", "nom_voie") == ["address"]
    assert guess("export.shp", "point", "a", "b") == []
    assert guess("export.shp", "area", "code_insee") == ["commune"]


def test_one_layer_of_many_sorts(source: Path, out: Path) -> None:
    collection(
        source / "patrimoine.geojson",
        [
            point(0, 0, type="Lampadaire"),
            point(1, 0, type="Caméra"),
            point(2, 0, type="Feux tricolores"),
            point(3, 0, type="Banc public"),
            point(4, 0, type=None),
            point(5, 0, type="lamp"),
        ],
    )
    outcome = bring_in(source, out=out)
    assert outcome.report.taken == {"lamp": 2, "camera": 1, "signal": 1}
    layer = tally(outcome, "patrimoine.geojson")
    assert layer.how == 'the values of its column "type"'
    assert layer.left == {"nothing here tells what it is": 2}
    assert len(load(out).equipment) == 4
