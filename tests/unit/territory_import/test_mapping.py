"""The mapping file: what a person says wins over every guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend_bridge.territory import load
from backend_bridge.territory.importing import ImportRefusedError
from tests.unit.territory_import.city_files import bring_in, collection, point, projected, tally


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    return tmp_path / "mapping.toml"


def test_a_mapping_says_what_a_layer_is(source: Path, out: Path, mapping: Path) -> None:
    features = [
        point(0, 0, T="L", REP="x1", OU="Rue Monge"),
        point(1, 0, T="L", REP="x2", OU=None),
        point(2, 0, T="C", REP="x3", OU="Rue Piron"),
        point(3, 0, T="?", REP="x4", OU=""),
    ]
    collection(source / "couche_42.geojson", projected(features, "EPSG:3857"))
    collection(source / "lamps_2009.geojson", [point()])
    mapping.write_text(
        """
[[layer]]
match = "COUCHE_*.geojson"
take = "lamp"
crs = "EPSG:3857"
where = { T = ["L"] }
fields = { id = "REP", place = "OU" }
set = { place = "sans adresse" }

[[layer]]
match = "couche_42.geojson"
take = "camera"
where = { T = ["C"] }
fields = { id = "REP", name = "OU" }

[[layer]]
match = "lamps_20??.geojson"
take = "nothing"

[[layer]]
match = "ailleurs.shp"
take = "street"
"""
    )
    outcome = bring_in(source, out=out, mapping=mapping)
    found = load(out).equipment_of
    assert {item.id: item.kind for item in found.values()} == {
        "x1": "lamp",
        "x2": "lamp",
        "x3": "camera",
    }
    assert [found[name].place for name in ("x1", "x2")] == ["Rue Monge", "sans adresse"]
    assert found["x3"].name == "Rue Piron"
    assert tally(outcome, "couche_42.geojson").left == {'left by the mapping file\'s "where"': 1}
    assert tally(outcome, "lamps_2009.geojson").left == {"left out by the mapping file": 1}
    assert 'the mapping\'s layer "ailleurs.shp" matches nothing' in outcome.report.notes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[layer]]\nmatch = "a"\ntake = "lampe"', 'did you mean "lamp"'),
        ('[[layer]]\nmatch = "*"\ntake = "lamp"\nfields = { id = "IDD" }', 'did you mean "ID"'),
        ('[[layer]]\nmatch = "*"\ntaek = "lamp"', "taek"),
        ("[[layer", "cannot be read"),
        ('[[layer]]\nmatch = "*"\ntake = "lamp"\ncrs = "EPSG:0"', "EPSG:0"),
    ],
)
def test_a_mistake_in_a_mapping_is_told(
    source: Path, out: Path, mapping: Path, text: str, said: str
) -> None:
    collection(source / "lamps.geojson", [point(ID="1")])
    mapping.write_text(text)
    with pytest.raises(ImportRefusedError, match=said):
        bring_in(source, out=out, mapping=mapping)
    assert not out.parent.exists()
