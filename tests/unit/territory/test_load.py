"""Loading binds points, keeps indexes, and names every problem with its place and its cure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend_bridge.core.driver import LinkConfig
from backend_bridge.territory import TerritoryError, generate_small, library, load
from backend_bridge.territory.features import read_collection
from backend_bridge.territory.inventory import Inventory
from backend_bridge.territory.problems import Findings
from tests.unit.territory.conftest import edit, problems_of


def test_points_are_bound_by_rank(directory: Path) -> None:
    town = load(directory)
    link = town.links[0]

    assert [point.slot for point in link.points] == list(range(len(link.points)))
    found = {(p.equipment_id, p.point_key): p.address for p in link.points}
    level = found["EP-0305-D2-01", "level"]
    assert (level["unit"], level["register"], level["write_register"]) == (1, 102, 1104)
    assert found["EP-0305-D2", "current_a"]["register"] == 25
    assert link.settings == {
        "host": "127.0.0.1",
        "port": 20000,
        "identity": {"unit": 1, "table": "input", "register": 7, "value": 0xBE01},
        "heartbeat": {"unit": 1, "table": "input", "register": 1, "max_still_s": 5},
    }
    assert link.poll_period_s == 1.0


def test_every_index_belongs_to_one_point(directory: Path) -> None:
    town = load(directory)

    keys = {kind.key: [point.key for point in kind.points] for kind in town.kinds}
    indexes = [town.point_index(item.id, key) for item in town.equipment for key in keys[item.kind]]
    assert indexes == list(range(town.catalogue.points_total))
    assert len(town.allowed_ages_s) == town.catalogue.points_total
    assert set(town.allowed_ages_s) == {2.5}
    with pytest.raises(KeyError):
        town.point_index("EP-0305", "level")


def _carried(link: LinkConfig) -> set[str]:
    return {bound.equipment_id for bound in link.points}


def test_family_and_link_are_known(directory: Path) -> None:
    town = load(directory)

    assert town.equipment_of["EP-0305-D1-01"].parent == "EP-0305-D1"
    assert town.equipment_of["EP-0305-D1"].parent == "EP-0305"
    assert "EP-0305-D1-01" in _carried(town.links[0])
    assert town.link_roots == {"EP-0305": "EP-0305", "EP-0306": "EP-0306"}
    assert {meter.point_key for meter in town.link_meters["EP-0305"]} == {
        "link_load",
        "link_queue_s",
    }


def test_profiles_and_kinds_fit_together() -> None:
    kinds = library.kinds()
    for profile in library.profiles().values():
        points = {(key, point.key) for key, rule in kinds.items() for point in rule.kind.points}
        placed = {(point.kind, point.point) for point in profile.point}
        metered = {(profile.root, meter.point) for meter in profile.meter}
        assert placed | metered <= points
    for rule in kinds.values():
        keys = [point.key for point in rule.kind.points]
        assert len(keys) == len(set(keys))
        assert not rule.kind.main_point or rule.kind.main_point in keys
        assert rule.parents <= set(kinds)


def test_catalogue_revision_follows_the_content(directory: Path) -> None:
    first = load(directory).catalogue.revision
    assert load(directory).catalogue.revision == first

    def rename(features: list[dict[str, Any]]) -> None:
        features[0]["properties"]["name"] = "Armoire du marché"

    edit(directory, rename)
    assert load(directory).catalogue.revision != first


HOSTILE = [
    'A/B "è" \' ;',
    "Armoire 5, bis",
    "💡 place Émile-Zola",
    "..\\..\\etc/passwd",
    "'; DROP TABLE equipment; --",
    "<script>alert(1)</script>",
    "👨‍👩‍👧 rue à l’Écu",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_names(directory: Path, name: str) -> None:
    def rename(features: list[dict[str, Any]]) -> None:
        old = features[0]["properties"]["id"]
        for feature in features:
            properties = feature["properties"]
            for key in ("id", "parent"):
                if properties.get(key) == old:
                    properties[key] = name
        features[0]["properties"]["name"] = name
        features[0]["properties"]["place"] = name

    edit(directory, rename)
    links = (directory / "links.toml").read_text("utf-8")
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    (directory / "links.toml").write_text(
        links.replace('equipment = "EP-0305"', f'equipment = "{quoted}"'), "utf-8"
    )

    town = load(directory)

    assert town.equipment[0].id == name
    assert town.equipment[0].place == name
    assert "EP-0305-D1-01" in _carried(town.links[0])


@pytest.mark.parametrize("name", ["", "two\nlines", "bell\a", "x" * 301, "over\u202eride", 7, None])
def test_what_no_line_can_show_is_no_id(directory: Path, name: object) -> None:
    def rename(features: list[dict[str, Any]]) -> None:
        features[5]["properties"]["id"] = name

    edit(directory, rename)

    assert any("id" in problem.what for problem in problems_of(directory))


def test_every_problem_is_told_at_once(directory: Path) -> None:
    def spoil(features: list[dict[str, Any]]) -> None:
        features[1]["properties"]["kind"] = "feder"
        features[6]["properties"]["id"] = features[5]["properties"]["id"]
        features[7]["geometry"]["coordinates"] = [47.3, 505.0]
        features[8]["properties"]["parent"] = "EP-9999-D1"
        features[9]["properties"]["rank"] = -1
        features[10] = 3  # type: ignore[call-overload]  # not even a feature

    edit(directory, spoil)
    (directory / "links.toml").write_text(
        (directory / "links.toml").read_text("utf-8").replace("20001", "20000"), "utf-8"
    )

    found = problems_of(directory)

    text = "\n".join(map(str, found))
    assert 'unknown kind "feder" (did you mean "feeder"?)' in text
    assert "used twice" in text
    assert "no point on Earth" in text
    assert 'its parent "EP-9999-D1" is not in this territory' in text
    assert "rank -1" in text
    assert "has no properties" in text
    assert 'link "EP-0306": it has the same address (127.0.0.1:20000 unit 1) as link' in text
    assert all(problem.file and problem.advice for problem in found)


Coordinates = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # busy machines
@given(
    feature=st.dictionaries(
        st.sampled_from(["type", "geometry", "properties", "id"]),
        Coordinates
        | st.dictionaries(
            st.sampled_from(["id", "kind", "name", "parent", "rank", "type", "coordinates"]),
            Coordinates | st.sampled_from(["lamp", "Point"]),
        ),
    )
)
def test_no_feature_breaks_the_reader(feature: dict[str, Any]) -> None:
    findings = Findings()
    inventory = Inventory(library.kinds(), findings)

    inventory.read("equipment.geojson", [feature])

    assert findings.problems or len(inventory.equipment) == 1


@pytest.mark.parametrize(
    ("links", "said"),
    [
        ('[[link]]\nid = "a"\n', "missing required field"),
        ('[[link]]\nid = "a"\nprofil = "x"\n', 'did you mean "profile"?'),
        (
            '[[link]]\nid = "a"\nprofile = "lighting-cabinets"\nequipment = "EP-0305"\n',
            'did you mean "lighting-cabinet"?',
        ),
        (
            '[[link]]\nid = "a"\nprofile = "lighting-cabinet"\nequipment = "EP-0399"\n',
            "is not in equipment.geojson",
        ),
        (
            '[[link]]\nid = "a"\nprofile = "lighting-cabinet"\nequipment = "EP-0305-D1"\n',
            'is a feeder; profile "lighting-cabinet" is for a cabinet',
        ),
        (
            (
                '[[link]]\nid = "a"\nprofile = "lighting-cabinet"\nequipment = "EP-0305"\n'
                '[[link]]\nid = "b"\nprofile = "lighting-cabinet"\nequipment = "EP-0305"\n'
            ),
            'is already behind link "a"',
        ),
        (
            (
                '[[link]]\nid = "a"\nprofile = "lighting-cabinet"\nequipment = "EP-0305"\n'
                "poll_period_s = 0\n"
            ),
            "a poll period of 0",
        ),
        (
            (
                '[[link]]\nid = "a"\nprofile = "lighting-cabinet"\nequipment = "EP-0305"\n'
                "poll_period_s = 2.5\n"
            ),
            "they would be stale between two polls",
        ),
        ("[[link", "cannot be read"),
    ],
)
def test_bad_links_are_explained(directory: Path, links: str, said: str) -> None:
    (directory / "links.toml").write_text(links, "utf-8")

    assert said in "\n".join(map(str, problems_of(directory)))


def test_lamps_of_one_rank_would_share_registers(directory: Path) -> None:
    def clash(features: list[dict[str, Any]]) -> None:
        lamps = [f for f in features if f["properties"]["kind"] == "lamp"]
        lamps[1]["properties"]["rank"] = 0
        del lamps[2]["properties"]["rank"]
        lamps[3]["properties"]["rank"] = 800

    edit(directory, clash)

    text = "\n".join(map(str, problems_of(directory)))
    assert "the same rank 0" in text
    assert "has no rank" in text
    assert "has rank 800" in text


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("format = 2\ntitle = 'x'\ncentre = [5.0, 47.0]", "layout 2"),
        ("format = 1\ntitle = 'x'\ncentre = [5.0, 147.0]", "not on Earth"),
        ("format = 1\ntitle = 'x'\ncentre = [5.0, 47.0]\nallowed_age_s = 0", "no allowed age"),
        ("format = 1\ntitel = 'x'\ncentre = [5.0, 47.0]", 'did you mean "title"?'),
    ],
)
def test_bad_heads_are_explained(directory: Path, head: str, said: str) -> None:
    (directory / "territory.toml").write_text(head, "utf-8")

    assert said in "\n".join(map(str, problems_of(directory)))


@pytest.mark.parametrize("content", [b"", b"{", b'{"type":"FeatureCollection"}', b"[]", b"\xff"])
def test_what_is_no_geojson_is_said(directory: Path, content: bytes) -> None:
    for name in ("equipment", "streets", "communes"):
        (directory / f"{name}.geojson").write_bytes(content)

    assert {problem.file for problem in problems_of(directory)} >= {
        "equipment.geojson",
        "streets.geojson",
        "communes.geojson",
    }


def test_a_missing_directory_is_explained(tmp_path: Path) -> None:
    with pytest.raises(TerritoryError, match="make-small"):
        load(tmp_path / "nowhere")


def test_a_whole_city_loads(tmp_path: Path) -> None:
    generate_small(tmp_path, seed=1, cabinets=450)

    town = load(tmp_path)

    assert len(town.equipment) > 34_000


def test_streets_may_be_in_several_pieces(directory: Path) -> None:
    def cut(features: list[dict[str, Any]]) -> None:
        line = features[0]["geometry"]["coordinates"]
        features[0]["geometry"] = {
            "type": "MultiLineString",
            "coordinates": [line[:2], line[1:]],
        }
        features[1]["geometry"]["coordinates"] = [[5.0, 47.0]]

    edit(directory, cut, "streets.geojson")

    assert [problem.file for problem in problems_of(directory)] == ["streets.geojson"]
    findings = Findings()
    assert len(list(read_collection(directory / "streets.geojson", findings))) > 2
