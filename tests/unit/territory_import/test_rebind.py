"""A territory imported without links, bound to simulated cabinets afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend_bridge import cli
from backend_bridge.territory import generate_small, load
from backend_bridge.territory.importing import ImportRefusedError
from backend_bridge.territory.importing.rebind import simulate_territory
from tests.unit.territory_import.city_files import bring_in, collection, line, point, square


@pytest.fixture
def plain(source: Path, tmp_path: Path) -> Path:
    """Import a town without links."""
    lamps = [point(i * 0.4, 0, nom=f"Lampe « {i} » / 💡") for i in range(100)]
    collection(source / "lampadaires.geojson", lamps)
    collection(source / "cameras.geojson", [point(0, 1, nom="C1", url="http://10.0.0.9/c1")])
    collection(source / "voies.geojson", [line((0, 0), (40, 0), nom_voie="Rue Monge")])
    collection(source / "batiments.geojson", [square(0, 0, 1)])
    bring_in(source, out=tmp_path / "plain", title="Ville")
    return tmp_path / "plain"


def test_bound_afterwards_is_bound_at_once(source: Path, plain: Path, out: Path) -> None:
    territory = simulate_territory(plain, out, 22000)
    at_once = out.parent / "at-once"
    bring_in(source, out=at_once, simulate=frozenset({"lamps"}), base_port=22000, title="Ville")
    same = ("territory.toml", "equipment.geojson", "links.toml", "streets.geojson")
    for name in (*same, "communes.geojson", "buildings.geojson"):
        assert (out / name).read_bytes() == (at_once / name).read_bytes(), name
    assert territory.demonstration
    assert len(territory.links) == 2
    assert load(out).cameras["C1"].stream == "http://10.0.0.9/c1"
    assert not load(plain).links


def test_head_keeps_its_tables(plain: Path, out: Path) -> None:
    head = plain / "territory.toml"
    text = head.read_text("utf-8") + "allowed_age_s = 60\n[allowed_ages_s]\nlamp = 7\n"
    head.write_text(text, "utf-8")
    simulate_territory(plain, out, 22000)
    found = load(out)
    ages = {kind.key: kind.points[0].allowed_age_s for kind in found.kinds}
    assert (ages["lamp"], ages["cabinet"]) == (7, 5)


def test_what_has_links_or_no_lamps_is_refused(
    source: Path, tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    generate_small(tmp_path / "small", seed=1, cabinets=1, lamps=4)
    with pytest.raises(ImportRefusedError, match="has 1 links already"):
        simulate_territory(tmp_path / "small", out, 22000)
    collection(source / "cameras.geojson", [point()])
    bring_in(source, out=tmp_path / "dark")
    arguments = ["territory", "simulate", str(tmp_path / "dark"), "--out", str(out)]
    assert cli.main(arguments) == 2
    assert "no lamp to simulate" in capsys.readouterr().err
    assert cli.main(["territory", "simulate", str(tmp_path / "none"), "--out", str(out)]) == 2
    assert not out.parent.exists()
