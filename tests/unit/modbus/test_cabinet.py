"""The simulated cabinet obeys physics, and its registers say what it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.core.errors import ConfigError
from backend_bridge.core.simulation import FaultError, SimulationSetup
from backend_bridge.drivers.modbus.config import Table
from backend_bridge.drivers.modbus.example import example_link
from backend_bridge.drivers.modbus.simulated.cabinet import Cabinet, Place, programme
from backend_bridge.drivers.modbus.simulated.device import RefusedError
from backend_bridge.drivers.modbus.simulator import ModbusSimulator
from tests.fakes.clock import ManualClock
from tests.unit.modbus.device import link

EVENING = datetime(2026, 1, 15, 21, 30, tzinfo=UTC)
DIJON = (5.0415, 47.322)


def cabinet(start: datetime = EVENING, seed: int = 3) -> Cabinet:
    return Cabinet(start=start, lamp_feeders=[0, 0, 1], feeder_count=2, seed=seed)


@pytest.mark.parametrize(
    ("moment", "level"),
    [
        ("2026-01-15T12:00+01:00", 0),
        ("2026-01-15T17:20+01:00", 0),
        ("2026-01-15T17:40+01:00", 100),
        ("2026-01-15T23:30+01:00", 50),
        ("2026-01-16T02:00+01:00", 50),
        ("2026-01-16T06:00+01:00", 100),
        ("2026-01-16T08:20+01:00", 0),
        ("2026-07-15T21:20+02:00", 0),
        ("2026-07-15T22:00+02:00", 100),
        ("2026-07-16T05:30+02:00", 100),
        ("2026-07-16T06:00+02:00", 0),
    ],
)
def test_programme_is_full_at_dusk_dimmed_at_night_and_off_by_day(moment: str, level: int) -> None:
    at = datetime.fromisoformat(moment)
    zone = at.utcoffset()
    assert zone is not None

    found, until_s = programme(at.timestamp(), DIJON, int(zone.total_seconds()))

    assert found == level
    assert until_s > at.timestamp()


@given(
    st.floats(0, 4e9),
    st.tuples(st.floats(-180, 180), st.floats(-89, 89)),
    st.integers(-12, 14),
)
def test_programme_holds_until_it_says(moment_s: float, place: Place, zone_h: int) -> None:
    level, until_s = programme(moment_s, place, zone_h * 3600)

    assert level in (0, 50, 100)
    assert moment_s < until_s <= moment_s + 86_400
    just_before = moment_s + (until_s - moment_s) * 0.999
    assert programme(just_before, place, zone_h * 3600) == (level, until_s)


def test_meter_counts_what_was_drawn() -> None:
    subject = cabinet()
    for lamp in range(3):
        subject.command_lamp(lamp, 100)
    before_wh, power_w = subject.energy_wh, subject.power_w

    subject.advance(EVENING + timedelta(hours=2))

    assert power_w == sum(lamp.rated_w for lamp in subject.lamps)
    assert subject.energy_wh - before_wh == pytest.approx(2 * power_w)


def test_meter_does_not_mind_who_looks_when() -> None:
    watched, alone = cabinet(), cabinet()
    end = EVENING + timedelta(days=2)
    while watched.now < end:
        watched.advance(watched.now + timedelta(minutes=7, seconds=13))
        assert watched.energy_wh > 0
    alone.advance(watched.now)

    assert alone.energy_wh == pytest.approx(watched.energy_wh)
    assert alone.levels == watched.levels


def test_meter_counts_each_load_for_as_long_as_it_lasted() -> None:
    subject = cabinet()
    for lamp in range(3):
        subject.command_lamp(lamp, 100)
    rated_w = sum(lamp.rated_w for lamp in subject.lamps)
    before_wh = subject.energy_wh

    subject.advance(EVENING + timedelta(hours=1))
    subject.command_lamp(0, 0)
    subject.advance(EVENING + timedelta(hours=2))

    assert subject.energy_wh - before_wh == pytest.approx(2 * rated_w - subject.lamps[0].rated_w)


def test_nothing_is_worked_out_anew_while_the_programme_says_the_same() -> None:
    subject = cabinet()
    levels = subject.levels

    subject.advance(EVENING + timedelta(minutes=30))

    assert subject.levels is levels


@pytest.mark.parametrize(("dark", "wanted"), [(True, 100), (False, 0), (None, 50)])
def test_photocell_overrules_the_sun(dark: bool | None, wanted: int) -> None:
    subject = cabinet(EVENING + timedelta(hours=3))
    subject.before_change()
    subject.photocell_dark = dark
    if dark:
        subject.advance(EVENING + timedelta(hours=14))

    assert set(subject.levels) == {wanted}


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


def test_lamps_go_back_one_by_one_when_their_holds_end() -> None:
    clock = ManualClock()
    subject = Cabinet(
        start=EVENING, lamp_feeders=[0, 0, 1], feeder_count=2, seed=3, steady_s=clock.mono_s
    )
    for lamp, hold_s in ((0, 60), (1, 120), (2, 0)):
        subject.command_lamp(lamp, 20)
        subject.hold_lamp(lamp, hold_s)
    found = []
    for _ in range(3):
        found.append(tuple(subject.levels))
        clock.advance(60.0)

    assert found == [(20, 20, 20), (100, 20, 20), (100, 100, 20)]
    assert [subject.held_for_s(lamp) for lamp in range(3)] == [0, 0, 0]


def test_hold_of_a_lamp_that_follows_its_programme_does_nothing() -> None:
    clock = ManualClock()
    subject = Cabinet(
        start=EVENING, lamp_feeders=[0], feeder_count=1, seed=3, steady_s=clock.mono_s
    )
    subject.hold_lamp(0, 60)
    subject.command_lamp(0, 20)
    clock.advance(61.0)

    assert subject.levels == [20]


def test_lamps_ramp_to_what_they_are_told_and_back() -> None:
    clock = ManualClock()
    subject = Cabinet(
        start=EVENING,
        lamp_feeders=[0, 0],
        feeder_count=1,
        seed=3,
        steady_s=clock.mono_s,
        ramp_s=4.0,
    )
    subject.command_lamp(0, 0)
    found = []
    for _ in range(5):
        found.append(tuple(subject.levels))
        clock.advance(1.0)
    subject.command_lamp(0, 50)
    clock.advance(1.0)
    half_way = subject.levels[0]
    subject.command_lamp(0, None)
    clock.advance(1.0)

    assert found == [(100, 100), (75, 100), (50, 100), (25, 100), (0, 100)]
    assert half_way == 25
    assert subject.levels == [50, 100]
    clock.advance(10.0)
    assert subject.levels == [100, 100]


@pytest.mark.parametrize(
    ("fault", "equipment", "point", "command", "stays"),
    [
        ("lamp_deaf", "EP-0001-D1-01", "level", 40, 100),
        ("lamp_stuck_on", "EP-0001-D1-01", "level", 0, 100),
        ("lamp_stuck_off", "EP-0001-D1-01", "level", 100, 0),
        ("feeder_welded", "EP-0001-D1", "closed", 0, True),
    ],
)
async def test_part_that_does_not_obey_says_what_is_so(
    fault: str, equipment: str, point: str, command: int, *, stays: object
) -> None:
    subject = simulator()
    await subject.inject(fault, {"equipment": equipment})
    table, register = (Table.COIL, 0) if point == "closed" else (Table.HOLDING, 1100)

    assert subject.write(table, register, [command]) == 0

    assert subject.truth()[equipment].values[point] == stays
    assert subject.writes == 1


def simulator(**parents: str) -> ModbusSimulator:
    said = {name.replace("_", "-"): parent for name, parent in parents.items()}
    setup = SimulationSetup(start=EVENING, seed=1, parents=said)
    return ModbusSimulator(example_link("127.0.0.1", 0), setup)


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
        ("lamp_stuck_off", {"equipment": "EP-0001-D1-02"}, "EP-0001-D1-02", "level", 0),
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
        ModbusSimulator(strange, SimulationSetup(start=EVENING))
