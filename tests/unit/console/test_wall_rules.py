"""Rules of the wall alone: grids, tours, compositions, nearest cameras, sub-streams."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from backend_bridge.contract import compositions
from backend_bridge.contract.alarms import Severity
from backend_bridge.contract.incidents import IncidentState
from backend_bridge.contract.points import Equipment, Sight
from console.panels.wall import grid
from console.panels.wall.compositions import Tour
from console.panels.wall.nearest import nearest
from console.panels.wall.proposals import proposals
from console.panels.wall.screens import STEPS, Screens, sub_stream
from tests.fakes.pictures import FakePictures
from tests.fakes.wall_city import CITY, LAT, incident

SIDES = st.sampled_from(compositions.SIDES)
URL = "http://127.0.0.1:15010/camera/7"


@st.composite
def walls(draw: st.DrawFn) -> tuple[int, grid.Slots]:
    side = draw(SIDES)
    total = side * side
    cameras = draw(st.lists(st.integers(0, 99).map(str), unique=True, max_size=total))
    slots = [*cameras, *[""] * (total - len(cameras))]
    return side, tuple(draw(st.permutations(slots)))


def shown(slots: grid.Slots) -> list[str]:
    return [camera for camera in slots if camera]


@given(walls(), SIDES)
def test_another_grid_keeps_cameras_in_order_and_loses_only_what_has_no_room(
    wall: tuple[int, grid.Slots], side: int
) -> None:
    slots = wall[1]
    after = grid.resized(slots, side)
    assert len(after) == side * side
    assert shown(after) == shown(slots)[: side * side]


@given(walls(), st.integers(0, 99).map(str), st.data())
def test_a_camera_called_stands_where_it_was_called_and_nowhere_else(
    wall: tuple[int, grid.Slots], camera: str, data: st.DataObject
) -> None:
    slots = wall[1]
    slot = data.draw(st.integers(0, len(slots) - 1))
    after = grid.placed(slots, slot, camera)
    assert after[slot] == camera
    assert after.count(camera) == 1
    others = [held for held in slots if held and held not in (camera, slots[slot])]
    assert [held for held in shown(after) if held != camera] == others


@given(walls(), st.lists(st.integers(0, 99).map(str), max_size=30), st.integers(0, 3))
def test_cameras_wanted_are_shown_while_there_is_room_and_nothing_kept_gives_way(
    wall: tuple[int, grid.Slots], wanted: list[str], kept: int
) -> None:
    slots = wall[1]
    keep = frozenset(shown(slots)[:kept])
    after = grid.filled(slots, wanted, keep)
    assert len(after) == len(slots)
    assert len(shown(after)) == len(set(shown(after)))
    assert keep <= set(after)
    room = len(slots) - len(keep - set(wanted))
    unique = list(dict.fromkeys(wanted))
    assert len(set(unique) & set(after)) == min(len(unique), room) or set(unique) <= set(after)
    for slot, held in enumerate(slots):
        if held in keep or held in wanted:
            assert after[slot] == held


@given(walls(), st.data())
def test_the_next_free_tile_is_free_when_there_is_one(
    wall: tuple[int, grid.Slots], data: st.DataObject
) -> None:
    slots = wall[1]
    after = data.draw(st.integers(0, len(slots) - 1))
    found = grid.next_free(slots, after)
    if "" in [*slots[:after], *slots[after + 1 :]]:
        assert slots[found] == ""
    else:
        assert found == after


@given(SIDES, st.data(), st.sampled_from([(1, 0), (-1, 0), (0, 1), (0, -1)]))
def test_arrows_walk_the_grid_and_stop_at_its_edge(
    side: int, data: st.DataObject, step: tuple[int, int]
) -> None:
    slot = data.draw(st.integers(0, side * side - 1))
    after = grid.moved(slot, side, *step)
    assert 0 <= after < side * side
    assert abs(after // side - slot // side) + abs(after % side - slot % side) <= 1


@given(st.integers(0, 60))
def test_the_smallest_grid_with_room_is_taken(cameras: int) -> None:
    side = grid.side_for(cameras)
    assert side == 5 or side * side >= cameras
    assert side == 1 or (side - 1) ** 2 < cameras


@given(
    st.sampled_from(compositions.DWELLS_S[1:]),
    st.lists(st.floats(0.01, 90), min_size=1, max_size=40),
)
def test_a_tour_never_shows_two_at_once_nor_one_before_its_time(
    dwell_s: int, steps: list[float]
) -> None:
    tour, now_s, last_s = Tour(), 0.0, 0.0
    assert not tour.due(1e9)
    tour.start(0.0, dwell_s)
    for step in steps:
        now_s += step
        late = now_s - last_s >= dwell_s
        assert tour.due(now_s) == late
        if late:
            tour.start(now_s, dwell_s)
            last_s = now_s
        assert not tour.due(now_s)
        assert math.isclose(tour.left_s(now_s), last_s + dwell_s - now_s, abs_tol=1e-6)
    tour.stop()
    assert not tour.due(now_s + 1e6)


@given(walls(), st.data())
def test_what_is_let_go_over_a_tile_stands_there_and_loses_nobody_in_a_swap(
    wall: tuple[int, grid.Slots], data: st.DataObject
) -> None:
    _, slots = wall
    standing = [slot for slot, camera in enumerate(slots) if camera]
    to = data.draw(st.integers(0, len(slots) - 1))
    if standing:
        came_from = data.draw(st.sampled_from(standing))
        after = grid.dropped(slots, to, [slots[came_from]], came_from)
        assert after[to] == slots[came_from]
        assert sorted(after) == sorted(slots), "another tile's camera changes places with this one"
    several = grid.dropped(slots, to, ["x", "y", "x", "z"])
    assert several[to] == "x"
    assert [camera for camera in several if camera].count("y") <= 1
    assert set(slots) - set(several) <= {slots[to], ""}, "only the tile itself gives way"


@given(walls(), st.data())
def test_nothing_comes_into_a_spared_tile(
    wall: tuple[int, grid.Slots], data: st.DataObject
) -> None:
    _, slots = wall
    spare = frozenset(data.draw(st.sets(st.integers(0, len(slots) - 1))))
    after = grid.filled(slots, ["x", "y", "z"], spare=spare)
    assert [after[slot] for slot in spare] == [slots[slot] for slot in spare]


def test_free_tiles_propose_the_worst_incidents_cameras_then_the_lowest_numbers() -> None:
    cameras = list(CITY.equipment)
    near = incident()
    mild = replace(near, id="INC-1", severity=Severity.LOW, lat=LAT + 20 * 60 / 111_320)
    closed = replace(near, id="INC-2", state=IncidentState.CLOSED, lat=LAT + 30 * 60 / 111_320)
    found = proposals(cameras, [mild, closed, near], {"CAM-002"}, 9)
    assert [item.camera for item in found[:3]] == ["CAM-001", "CAM-003", "CAM-004"]
    assert all(item.incident is not None and item.incident.id == "INC-457" for item in found[:3])
    assert {item.incident.id for item in found if item.incident} == {"INC-457", "INC-1"}
    assert [item.camera for item in found if item.incident is None] == ["CAM-005", "CAM-006"]
    assert len({item.camera for item in found}) == len(found) == 9
    assert proposals(cameras, [near], (), 0) == []


def place(name: str, east_m: float, north_m: float, sight: Sight | None) -> Equipment:
    return Equipment(
        id=name, kind="camera", name=name, first_point=0, sight=sight,
        lon=5.0 + east_m / (111_320 * math.cos(math.radians(47.0))), lat=47.0 + north_m / 111_320,
    )  # fmt: skip


def test_cameras_that_look_at_the_place_come_before_nearer_ones_that_look_away() -> None:
    south = Sight(bearing=180.0, width=60.0, range_m=150.0)
    cameras = [
        place("away", 0, 20, Sight(bearing=0.0, width=60.0, range_m=150.0)),
        place("looks", 0, 100, south),
        place("beyond", 0, 160, south),
        place("dome", 50, 0, Sight(range_m=60.0)),
        place("far", 0, 900, south),
        place("blind", 10, 0, None),
    ]
    found = nearest(cameras, 5.0, 47.0, within_m=300)
    assert [(near.camera, near.sees) for near in found] == [
        ("dome", True), ("looks", True), ("blind", False), ("away", False),
    ]  # fmt: skip
    assert [round(near.metres) for near in found] == [50, 100, 10, 20]
    assert [near.camera for near in nearest(cameras, 5.0, 47.0, within_m=1000, wanted=9)][
        -1
    ] == "far"


@given(st.integers(1, 4000), st.integers(1, 4000))
def test_a_sub_stream_is_the_smallest_that_fills_the_tile(width: int, height: int) -> None:
    address = sub_stream(URL, (width, height))
    fits = [step for step in STEPS if step[0] >= width and step[1] >= height] or [STEPS[-1]]
    assert address == f"{URL}?width={fits[0][0]}&height={fits[0][1]}"


def test_only_the_field_on_this_machine_is_asked_for_a_size() -> None:
    for url in (
        "http://10.0.0.7/camera/7", f"{URL}?token=1", "rtsp://127.0.0.1:8554/camera/7",
        "http://127.0.0.1:15010/axis-cgi/mjpg",
    ):  # fmt: skip
        assert sub_stream(url, (300, 160)) == url


def test_one_camera_in_two_tiles_takes_one_address_as_large_as_the_larger_needs() -> None:
    pictures = FakePictures()
    screens = Screens(pictures)
    screens.show({0: ("c", URL, (300, 160)), 1: ("c", URL, (1200, 700))})
    assert {hold.address for hold in pictures.live} == {f"{URL}?width=1280&height=720"}
    screens.show({0: ("c", URL, (300, 160))})
    assert [hold.address for hold in pictures.live] == [f"{URL}?width=320&height=180"]
    before = pictures.live
    screens.show({0: ("c", URL, (300, 160)), 3: ("d", URL, (10, 10))})
    assert pictures.live[0] is before[0], "a stream that serves is left alone"
    screens.close()
    assert pictures.closed
