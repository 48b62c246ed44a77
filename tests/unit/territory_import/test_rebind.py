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


def test_links_move_to_this_machine_and_nothing_else_changes(tmp_path: Path, out: Path) -> None:
    real = tmp_path / "real"
    generate_small(real, seed=1, cabinets=3, lamps=4)
    links = real / "links.toml"
    text = links.read_text("utf-8").replace("127.0.0.1", "10.21.0.7").replace("15021", "15020")
    # the first two are units behind one gateway, the third has its own quirks
    text = text.replace("unit = 1", "unit = 2", 1) + "poll_period_s = 1.5\n"
    links.write_text(text, "utf-8")
    before = {path.name: path.read_bytes() for path in real.iterdir()}
    simulate_territory(real, out, 22000)
    old, new = load(real), load(out)
    assert [link.settings["host"] for link in new.links] == ["127.0.0.1"] * 3
    assert [link.settings["port"] for link in new.links] == [22000, 22000, 22001]
    assert [link.points for link in new.links] == [link.points for link in old.links]
    assert new.links[2].poll_period_s == 1.5
    assert (new.equipment, new.uplinks, new.uplink_of) == (
        old.equipment,
        old.uplinks,
        old.uplink_of,
    )
    assert new.demonstration
    assert {path.name: path.read_bytes() for path in real.iterdir()} == before


def test_cameras_are_taken_from_the_field_when_asked(plain: Path, out: Path) -> None:
    simulate_territory(plain, out, 22000, 21999)
    assert load(out).cameras["C1"].stream == "http://127.0.0.1:21999/camera/1"


def test_too_few_ports_for_the_links_are_told(tmp_path: Path, out: Path) -> None:
    generate_small(tmp_path / "small", seed=1, cabinets=3, lamps=4)
    with pytest.raises(ImportRefusedError, match="65534 to 65536"):
        simulate_territory(tmp_path / "small", out, 65534)
    assert not out.exists()


def test_what_has_no_lamps_is_refused(
    source: Path, tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    collection(source / "cameras.geojson", [point()])
    bring_in(source, out=tmp_path / "dark")
    arguments = ["territory", "simulate", str(tmp_path / "dark"), "--out", str(out)]
    assert cli.main(arguments) == 2
    assert "no lamp to simulate" in capsys.readouterr().err
    assert cli.main(["territory", "simulate", str(tmp_path / "none"), "--out", str(out)]) == 2
    assert not out.parent.exists()
