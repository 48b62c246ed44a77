"""Cameras, interlock groups, plough circuits, uplinks, seats and ages are checked one by one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.services.facts import Facts
from backend_bridge.territory import load
from backend_bridge.territory.cameras import Cameras
from tests.unit.territory.conftest import edit, problems_of

STREAM = "rtsp://127.0.0.1:8554/cam/12"


def add_camera(directory: Path, **properties: object) -> None:
    """Stand one more camera beside the first cabinet."""

    def add(features: list[dict[str, Any]]) -> None:
        features.append(
            {
                "type": "Feature",
                "geometry": features[0]["geometry"],
                "properties": {"kind": "camera", "id": f"CAM-{len(features)}", **properties},
            }
        )

    edit(directory, add)


def test_a_camera_has_number_stream_and_cone(directory: Path) -> None:
    add_camera(directory, id="a", number=12, stream=STREAM, bearing=270, width=75, range_m=80)
    add_camera(directory, id="d", number=15, stream=f"{STREAM}/15", published=True)
    add_camera(directory, id="b", number=13, stream="none")
    add_camera(directory, id="c", number=14, stream="https://[::1]/x?a=b,c", bearing=360)

    town = load(directory)

    camera = town.cameras["a"]
    assert (camera.number, camera.stream) == (12, STREAM)
    assert (camera.bearing, camera.width, camera.range_m) == (270.0, 75.0, 80.0)
    unknown = town.cameras["b"]
    assert (unknown.stream, unknown.bearing, unknown.width) == ("", None, 360.0)
    assert [item.id for item in town.catalogue.equipment if item.published] == ["d"]
    assert (town.cameras["c"].bearing, town.cameras["c"].width) == (0.0, 60.0)
    assert town.equipment_of["a"].kind == "camera"
    assert "a" not in town.link_of  # no driver yet: its points stay unknown
    assert town.point_index("a", "picture") == town.equipment_of["a"].first_point


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"number": 12}, "this camera has no stream"),
        ({"number": 12, "stream": ""}, "this camera has no stream"),
        ({"number": 12, "stream": "cam12"}, "is no address of pictures"),
        ({"number": 12, "stream": "ftp://x/y"}, "is no address of pictures"),
        ({"number": 12, "stream": "http://[x"}, "is no address of pictures"),
        ({"number": 12, "stream": "http://x:y/"}, "is no address of pictures"),
        ({"number": 12, "stream": 4}, "is no address of pictures"),
        ({"stream": STREAM}, "no short number"),
        ({"stream": STREAM, "number": 0}, "the short number 0"),
        ({"stream": STREAM, "number": "12"}, "the short number '12'"),
        ({"stream": STREAM, "number": True}, "the short number True"),
        ({"stream": STREAM, "number": 12, "published": "yes"}, "neither true nor false"),
        ({"stream": STREAM, "number": 12, "published": 1}, "neither true nor false"),
        (
            {"stream": STREAM, "number": 12, "published": True, "seats": ["police"]},
            "it is published, and reserved to police",
        ),
        ({"stream": STREAM, "number": 12, "bearing": -3}, "its bearing -3 is out of range"),
        ({"stream": STREAM, "number": 12, "bearing": "N"}, "its bearing 'N' is out of range"),
        ({"stream": STREAM, "number": 12, "width": 0}, "its width 0 is out of range"),
        ({"stream": STREAM, "number": 12, "range_m": 1e9}, "its range_m"),
    ],
)
def test_bad_cameras_are_explained(
    directory: Path, properties: dict[str, Any], message: str
) -> None:
    add_camera(directory, **properties)

    (problem,) = problems_of(directory)
    assert problem.file == "equipment.geojson"
    assert '"CAM-' in problem.where
    assert message in problem.what


def test_no_two_cameras_share_number_or_stream(directory: Path) -> None:
    add_camera(directory, id='Cam "1", / 🎥', number=12, stream=STREAM)
    add_camera(directory, id="b", number=12, stream=STREAM)

    number, stream = problems_of(directory)
    assert number.what == 'it has the same short number 12 as "Cam "1", / 🎥"'
    assert stream.what == f'it has the same stream ({STREAM}) as "Cam "1", / 🎥"'


Anything = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())


@given(
    st.dictionaries(
        st.sampled_from(["number", "stream", "bearing", "width", "range_m", "seats", "published"]),
        Anything,
    )
)
def test_no_camera_breaks_the_reader(properties: dict[str, Any]) -> None:
    cameras = Cameras()
    mistakes: list[str] = []

    cameras.take("a", properties, lambda what, advice: mistakes.append(f"{what} {advice}"))

    camera = cameras.found["a"]
    assert mistakes or camera.number >= 1
    assert camera.bearing is None or 0 <= camera.bearing < 360
    assert 0 < camera.width <= 360
    assert 0 < camera.range_m <= 5000


def group(text: str) -> str:
    return f'[[group]]\nid = "G"\n{text}\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (group('members = ["EP-0305", "EP-9"]'), 'its member "EP-9" is not in equipment.geojson'),
        (group('members = ["EP-0305"]'), "1 of 1 may be open: nothing is locked"),
        (group('members = ["EP-0305", "EP-0306"]\nmost_open = 2'), "nothing is locked"),
        (group('members = ["EP-0305", "EP-0305"]'), "a member is named twice"),
        (group('members = ["EP-0305", "EP-0306"]') * 2, "this id is used twice"),
        (group('membres = ["EP-0305", "EP-0306"]'), 'did you mean "members"?'),
        ("[[group", "cannot be read"),
    ],
)
def test_bad_groups_are_explained(directory: Path, text: str, message: str) -> None:
    (directory / "groups.toml").write_text(text, "utf-8")

    found = problems_of(directory)
    assert {problem.file for problem in found} == {"groups.toml"}
    assert message in "\n".join(map(str, found))


def relation(text: str) -> str:
    return f"[[relation]]\n{text}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('name = "quay"\nequipment = ["EP-9"]\nto = ["EP-0305"]', 'member "EP-9" is not in'),
        ('name = "quay"\nequipment = ["EP-0305"]\nto = ["EP-9"]', 'member "EP-9" is not in'),
        ('name = "quay"\nequipment = ["EP-0305"]\nto = []', "it relates nothing"),
        ('name = "Quai 1"\nequipment = ["EP-0305"]\nto = ["EP-0306"]', "name"),
        ('nam = "quay"\nequipment = ["EP-0305"]\nto = ["EP-0306"]', 'did you mean "name"?'),
    ],
)
def test_bad_relations_are_explained(directory: Path, text: str, message: str) -> None:
    (directory / "groups.toml").write_text(relation(text), "utf-8")
    found = problems_of(directory)
    assert {problem.file for problem in found} == {"groups.toml"}
    assert message in "\n".join(map(str, found))


def test_relations_are_kept_and_found_from_each_side_named(directory: Path) -> None:
    one = 'name = "quay"\nequipment = ["EP-0305", "EP-0306"]\nto = ["EP-0306"]'
    more = 'name = "quay"\nequipment = ["EP-0305"]\nto = ["EP-0306", "EP-0305"]'
    (directory / "groups.toml").write_text(relation(one) + relation(more), "utf-8")
    territory = load(directory)
    facts = Facts(territory.catalogue, relations=territory.relations)
    assert facts.related("EP-0305", "quay") == ("EP-0306", "EP-0305")
    assert facts.related("EP-0306", "quay") == ("EP-0306",)
    assert facts.related("EP-0305", "other") == facts.related("EP-9", "quay") == ()


def test_groups_are_kept(directory: Path) -> None:
    (directory / "groups.toml").write_text(group('members = ["EP-0305", "EP-0306"]'), "utf-8")

    (found,) = load(directory).groups

    assert (found.id, found.name, found.members) == ("G", "G", ("EP-0305", "EP-0306"))
    assert found.most_open == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('arcs = ["A-1", "A-9"]', 'its arc "A-9" is not in streets.geojson'),
        ("arcs = []", "has no arc"),
        ('arcs = ["A-1"]\npriority = 4', "priority 4 is none"),
        ('arcs = ["A-1"]\ntreatment = "sald"', 'unknown treatment "sald" (did you mean "salt"?)'),
        ('arcs = "A-1"', "arcs"),
    ],
)
def test_bad_circuits_are_explained(directory: Path, text: str, message: str) -> None:
    edit(directory, lambda fs: fs[0]["properties"].update(id="A-1"), "streets.geojson")
    (directory / "circuits.toml").write_text(f'[[circuit]]\nid = "C"\n{text}\n', "utf-8")

    (problem,) = problems_of(directory)
    assert problem.file == "circuits.toml"
    assert message in problem.what


def with_uplinks(directory: Path, text: str, first: str) -> None:
    """Name networks, and put the first link behind one."""
    links = (directory / "links.toml").read_text("utf-8")
    links = links.replace('id = "EP-0305"\n', f'id = "EP-0305"\nuplink = "{first}"\n', 1)
    (directory / "links.toml").write_text(f"{links}\n{text}", "utf-8")


def test_links_may_share_a_network(directory: Path) -> None:
    text = '[[uplink]]\nid = "core"\n[[uplink]]\nid = "ring"\nparent = "core"\n'
    with_uplinks(directory, text + "most_connects_per_s = 5\n", "ring")

    town = load(directory)

    assert town.uplink_of == {"EP-0305": "ring"}
    assert [(u.id, u.parent, u.most_connects_per_s) for u in town.uplinks] == [
        ("core", "", 20.0),
        ("ring", "core", 5.0),
    ]


@pytest.mark.parametrize(
    ("text", "first", "message"),
    [
        ('[[uplink]]\nid = "ring"', "rong", 'unknown uplink "rong" (did you mean "ring"?)'),
        ('[[uplink]]\nid = "a"\nparent = "b"', "a", 'unknown parent "b"'),
        ('[[uplink]]\nid = "a"\nparent = "a"', "a", "it depends on itself"),
        (
            '[[uplink]]\nid = "a"\nparent = "b"\n[[uplink]]\nid = "b"\nparent = "a"',
            "a",
            "it depends on itself",
        ),
        ('[[uplink]]\nid = "a"\nmost_connects_per_s = 0', "a", "0 connections a second"),
        ('[[uplink]]\nid = "a"\n' * 2, "a", "this uplink id is used twice"),
        ('[[uplink]]\nid = "EP-0305"', "EP-0305", "an equipment has the same id"),
    ],
)
def test_bad_uplinks_are_explained(directory: Path, text: str, first: str, message: str) -> None:
    with_uplinks(directory, text, first)

    found = problems_of(directory)
    assert {problem.file for problem in found} == {"links.toml"}
    assert message in "\n".join(map(str, found))


def head(directory: Path, text: str) -> None:
    path = directory / "territory.toml"
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def test_ages_are_of_a_kind_or_of_a_point(directory: Path) -> None:
    head(
        directory,
        'seats = ["police"]\n[allowed_ages_s]\nlamp = 30\n"lamp.fault" = 60\nfeeder = 4.5\n',
    )

    town = load(directory)

    ages = {
        (kind.key, point.key): point.allowed_age_s for kind in town.kinds for point in kind.points
    }
    assert (ages["lamp", "level"], ages["lamp", "fault"]) == (30.0, 60.0)
    assert (ages["feeder", "closed"], ages["cabinet", "power_w"]) == (4.5, 2.5)
    assert town.allowed_ages_s[town.point_index("EP-0305-D1-01", "fault")] == 60.0
    assert town.seats == ("police",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('seats = ["polce"]', 'unknown seat "polce" (did you mean "police"?)'),
        ("[allowed_ages_s]\nlampe = 3", 'unknown kind or point "lampe" (did you mean "lamp"?)'),
        ('[allowed_ages_s]\n"lamp.leval" = 3', 'did you mean "lamp.level"?'),
        ("[allowed_ages_s]\nlamp = -1", "-1.0 s is no allowed age"),
        ("[allowed_ages_s]\nlamp = 0.5", "they would be stale between two polls"),
    ],
)
def test_bad_seats_and_ages_are_explained(directory: Path, text: str, message: str) -> None:
    head(directory, text + "\n")

    assert message in "\n".join(map(str, problems_of(directory)))
