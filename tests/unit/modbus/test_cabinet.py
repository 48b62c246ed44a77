"""The simulated cabinet obeys physics, and its registers say what it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.core.errors import ConfigError
from backend_bridge.core.simulation import FaultError, SimulationSetup
from backend_bridge.drivers.modbus.cabinet import Cabinet, RefusedError, programme_level
from backend_bridge.drivers.modbus.example import example_link
from backend_bridge.drivers.modbus.simulator import CabinetSimulator
from tests.unit.modbus.device import link

EVENING = datetime(2026, 1, 15, 21, 30, tzinfo=UTC)
WINTER, SUMMER = 15, 196


def cabinet(start: datetime = EVENING, seed: int = 3) -> Cabinet:
    return Cabinet(start=start, lamp_feeders=[0, 0, 1], feeder_count=2, seed=seed)


@pytest.mark.parametrize(
    ("day", "hour", "level"),
    [
        (WINTER, 12, 0),
        (WINTER, 18, 100),
        (WINTER, 23.5, 50),
        (WINTER, 2, 50),
        (WINTER, 6, 100),
        (WINTER, 9, 0),
        (SUMMER, 18, 0),
        (SUMMER, 6, 0),
        (SUMMER, 22, 100),
    ],
)
def test_programme_is_full_at_dusk_dimmed_at_night_and_off_by_day(
    day: int, hour: float, level: int
) -> None:
    assert programme_level(day, hour) == level


@given(st.integers(1, 366), st.floats(0, 24, exclude_max=True))
def test_programme_is_always_a_possible_level(day: int, hour: float) -> None:
    assert programme_level(day, hour) in (0, 50, 100)


def test_meter_counts_what_was_drawn() -> None:
    subject = cabinet()
    for lamp in range(3):
        subject.command_lamp(lamp, 100)
    before_wh, power_w = subject.energy_wh, subject.power_w

    subject.advance(EVENING + timedelta(hours=2))

    assert power_w == sum(lamp.rated_w for lamp in subject.lamps)
    assert subject.energy_wh - before_wh == pytest.approx(2 * power_w)


def test_time_never_goes_back() -> None:
    subject = cabinet()
    subject.advance(EVENING - timedelta(hours=1))

    assert subject.now == EVENING


def test_open_feeder_darkens_its_lamps_only_and_a_fault_keeps_it_open() -> None:
    subject = cabinet()
    assert subject.levels == [100, 100, 100]

    subject.trip(0)

    assert subject.levels == [0, 0, 100]
    assert subject.feeder_current_a(0) == 0 < subject.feeder_current_a(1)
    with pytest.raises(RefusedError):
        subject.command_feeder(0, closed=True)
    subject.repair(0)
    assert subject.levels == [100, 100, 100]
    assert not subject.feeders[0].tripped


def test_same_seed_same_cabinet() -> None:
    one, same, other = cabinet(), cabinet(), cabinet(seed=4)
    later = EVENING + timedelta(hours=9)
    for subject in (one, same, other):
        subject.advance(later)

    assert (one.energy_wh, one.voltage_v) == (same.energy_wh, same.voltage_v)
    assert one.energy_wh != other.energy_wh


def simulator(**parents: str) -> CabinetSimulator:
    said = {name.replace("_", "-"): parent for name, parent in parents.items()}
    setup = SimulationSetup(start=EVENING, seed=1, parents=said)
    return CabinetSimulator(example_link("127.0.0.1", 0), setup)


async def test_lamp_belongs_to_the_feeder_the_territory_says() -> None:
    subject = simulator(EP_0001_D1_01="EP-0001-D2")
    await subject.start()
    await subject.inject("feeder_tripped", {"equipment": "EP-0001-D2"})

    reached = {name: truth.reachable for name, truth in subject.truth().items()}
    await subject.stop()

    assert not reached["EP-0001-D1-01"]
    assert reached["EP-0001-D1-02"]
    assert not reached["EP-0001-D2-01"]
    assert reached["EP-0001-D2"]


@pytest.mark.parametrize(
    ("fault", "parameters", "equipment", "point", "value"),
    [
        ("door_open", {}, "EP-0001", "door_open", True),
        ("mains_lost", {}, "EP-0001", "voltage_v", 0.0),
        ("lamp_failed", {"equipment": "EP-0001-D1-02"}, "EP-0001-D1-02", "fault", True),
        ("feeder_tripped", {"equipment": "EP-0001-D1"}, "EP-0001-D1", "closed", False),
    ],
)
async def test_fault_is_true_while_it_lasts(
    fault: str, parameters: dict[str, Any], equipment: str, point: str, value: object
) -> None:
    subject = simulator()
    before = subject.truth()

    await subject.inject(fault, parameters)
    assert subject.truth()[equipment].values[point] == value
    await subject.clear()

    assert subject.truth() == before


@pytest.mark.parametrize(
    ("fault", "parameters"),
    [
        ("late", {}),
        ("late", {"delay_s": -1}),
        ("late", {"delay_s": True}),
        ("garbage", {"kind": "rubble"}),
        ("stuck", {"table": "holding"}),
        ("stuck", {"table": "cellar", "register": 1}),
        ("dead", {"delay_s": 1}),
        ("lamp_failed", {"equipment": "EP-0001"}),
        ("feeder_tripped", {}),
    ],
)
async def test_fault_that_cannot_be_is_refused(fault: str, parameters: dict[str, Any]) -> None:
    subject = simulator()

    with pytest.raises(FaultError):
        await subject.inject(fault, parameters)

    assert not subject.faults


async def test_one_of_several_faults_is_cleared_alone() -> None:
    subject = simulator()
    for lamp in ("EP-0001-D1-01", "EP-0001-D1-02"):
        await subject.inject("lamp_failed", {"equipment": lamp})

    await subject.clear("lamp_failed:EP-0001-D1-01")

    assert list(subject.faults) == ["lamp_failed:EP-0001-D1-02"]
    assert subject.truth()["EP-0001-D1-01"].values["fault"] is False
    assert subject.truth()["EP-0001-D1-02"].values["fault"] is True


def test_point_the_cabinet_does_not_have_is_refused() -> None:
    strange = link({"table": "input", "register": 9})

    with pytest.raises(ConfigError, match="nothing at input 9"):
        CabinetSimulator(strange, SimulationSetup(start=EVENING))
