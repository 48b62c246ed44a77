"""Circuits as consoles draw them: nothing left out, nothing counted twice, small enough to send."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.wire import MAX_FRAME_BYTES
from backend_bridge.territory import Territory, load
from backend_bridge.territory.circuits import (
    TOLERANCE_M,
    distance_to,
    planned_circuits,
    simplified,
)
from backend_bridge.territory.demo import generate_demo

lines = st.lists(st.tuples(st.floats(5.0, 5.1), st.floats(47.3, 47.4)), min_size=2, max_size=30)


@given(lines)
def test_a_simplified_line_keeps_its_ends_and_stays_beside_the_street(
    line: list[tuple[float, float]],
) -> None:
    kept = simplified(line)
    assert (kept[0], kept[-1]) == (line[0], line[-1])
    assert all(point in line for point in kept)
    for point in line:
        nearest = min(distance_to(point, a, b) for a, b in pairwise(kept))
        assert nearest <= TOLERANCE_M * 1.01  # each stretch is flattened at its own latitude


def test_a_straight_line_is_its_two_ends() -> None:
    line = [(5.0 + k / 1000, 47.3) for k in range(20)]
    assert simplified(line) == [line[0], line[-1]]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Territory:
    directory = tmp_path_factory.mktemp("demo")
    generate_demo(directory, seed=1, size=0.05)
    return load(directory)


def test_each_circuit_is_planned_with_its_own_streets(city: Territory) -> None:
    plan = planned_circuits(city)
    assert {one.id for one in plan} == {one.id for one in city.circuits}
    assert [one.priority for one in plan] == sorted(one.priority for one in plan)
    streets = {street.id: street for street in city.streets}
    written = {one.id: one for one in city.circuits}
    for one in plan:
        driven = [streets[arc] for arc in written[one.id].arcs]
        assert set(one.streets) == {street.name for street in driven if street.name}
        assert one.length_m == pytest.approx(sum(s.length_m for s in set(driven)), abs=0.1)
        assert len(one.arcs) == sum(len(street.lines) for street in driven)
        first = driven[0].lines[0][0]
        assert math.dist(one.arcs[0].points[:2], first) < 2e-5
    assert len(msgspec.msgpack.encode(plan)) < MAX_FRAME_BYTES / 8


def test_a_territory_without_circuits_has_an_empty_plan(city: Territory) -> None:
    assert planned_circuits(replace(city, circuits=())) == ()
