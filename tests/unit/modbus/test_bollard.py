"""The simulated bollard: movement that takes time, and everything that forbids it to rise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.core.errors import CommandRejectedError, ConfigError
from backend_bridge.core.simulation import SimulationSetup
from backend_bridge.drivers.modbus.config import Table, parse
from backend_bridge.drivers.modbus.driver import ModbusDriver
from backend_bridge.drivers.modbus.example import bollard_link
from backend_bridge.drivers.modbus.simulated.device import RefusedError
from backend_bridge.drivers.modbus.simulated.models.bollard import (
    DOWN,
    FAULT,
    LOCAL_KEY,
    NOT_REFUSED,
    OBSTACLE,
    UP,
    VEHICLE,
    Bollard,
    make_device,
)
from backend_bridge.drivers.modbus.simulator import ModbusSimulator
from tests.unit.modbus.test_simulator import moved

NIGHT = datetime(2026, 1, 15, 3, 0, tzinfo=UTC)
SEED = 7
"""No vehicle comes to this bollard in the quarter of an hour after ``NIGHT``."""


def bollard() -> Bollard:
    link = bollard_link("127.0.0.1", 502)
    device = make_device(link, parse(link)[1], SimulationSetup(start=NIGHT), SEED)
    assert isinstance(device, Bollard)
    return device


def command(subject: Bollard, position: int) -> None:
    assert subject.write(Table.HOLDING, 0, [position], pretend=False) == 0


def after(subject: Bollard, *seconds: float) -> list[float]:
    """Return its positions at seconds after ``NIGHT``."""
    found = []
    for second in seconds:
        subject.advance(NIGHT + timedelta(seconds=second))
        found.append(subject.position)
    return found


def test_it_takes_four_seconds_from_end_to_end() -> None:
    subject = bollard()
    assert (subject.position, subject.moving) == (UP, False)

    command(subject, DOWN)

    assert subject.moving
    assert after(subject, 1, 2, 3, 4, 5) == [75, 50, 25, 0, 0]
    assert not subject.moving


def test_it_refuses_to_rise_under_a_vehicle_and_says_why() -> None:
    subject = bollard()
    command(subject, DOWN)
    after(subject, 5)
    subject.set_fault("loop_occupied", "", present=True)

    with pytest.raises(RefusedError):
        command(subject, UP)

    assert (subject.refusal, subject.commanded) == (VEHICLE, DOWN)
    subject.set_fault("loop_occupied", "", present=False)
    command(subject, UP)
    assert subject.refusal == NOT_REFUSED


def test_a_vehicle_that_comes_while_it_rises_sends_it_down_until_it_has_gone() -> None:
    subject = bollard()
    command(subject, DOWN)
    after(subject, 5)
    command(subject, UP)
    assert after(subject, 7) == [50]

    subject.set_fault("loop_occupied", "", present=True)
    assert after(subject, 8, 9, 20) == [25, 0, 0]
    subject.set_fault("loop_occupied", "", present=False)

    assert after(subject, 22, 24) == [50, 100]


def test_jammed_it_takes_a_command_and_stays_where_it_is_and_says_nothing_of_it() -> None:
    subject = bollard()
    subject.set_fault("jammed", "", present=True)
    command(subject, DOWN)

    assert after(subject, 5) == [UP]
    assert (subject.commanded, subject.refusal, subject.moving) == (DOWN, NOT_REFUSED, False)
    subject.set_fault("jammed", "", present=False)
    assert after(subject, 10) == [DOWN]


def test_an_obstacle_sends_it_down_until_it_is_commanded_again() -> None:
    subject = bollard()
    command(subject, DOWN)
    after(subject, 5)
    command(subject, UP)
    after(subject, 7)

    subject.set_fault("obstacle", "", present=True)
    assert after(subject, 8, 10) == [25, 0]
    with pytest.raises(RefusedError):
        command(subject, UP)
    assert subject.refusal == OBSTACLE
    subject.set_fault("obstacle", "", present=False)
    assert after(subject, 30) == [0]
    remembered = subject.obstacle

    command(subject, UP)
    assert (remembered, subject.obstacle) == (True, False)
    assert after(subject, 34) == [100]


@pytest.mark.parametrize(("fault", "reason"), [("local_key", LOCAL_KEY), ("motor_fault", FAULT)])
@pytest.mark.parametrize("position", [DOWN, UP])
def test_with_key_or_fault_it_takes_no_command(fault: str, reason: int, position: int) -> None:
    subject = bollard()
    subject.set_fault(fault, "", present=True)

    with pytest.raises(RefusedError):
        command(subject, position)

    assert subject.refusal == reason


def test_a_motor_fault_stops_it_where_it_is() -> None:
    subject = bollard()
    command(subject, DOWN)
    after(subject, 1)
    subject.set_fault("motor_fault", "", present=True)

    assert after(subject, 5) == [75]
    assert not subject.moving


@given(
    st.lists(
        st.one_of(
            st.tuples(
                st.just("fault"),
                st.sampled_from(sorted(Bollard.faults)),
                st.booleans(),
            ),
            st.tuples(st.just("command"), st.sampled_from([DOWN, UP]), st.none()),
            st.tuples(st.just("wait"), st.floats(0.1, 10), st.none()),
        ),
        max_size=30,
    )
)
def test_whatever_happens_it_never_rises_under_a_vehicle(steps: list[tuple[str, Any, Any]]) -> None:
    subject = bollard()
    now = NIGHT
    for what, about, present in steps:
        before = subject.position
        if what == "fault":
            subject.set_fault(about, "", present=present)
        elif what == "command":
            try:
                subject.write(Table.HOLDING, 0, [about], pretend=False)
            except RefusedError:
                assert subject.refusal
        else:
            now += timedelta(seconds=about)
            subject.advance(now)
            if subject.loop_occupied or subject.obstacle:
                assert subject.position <= before
        assert DOWN <= subject.position <= UP
        assert {"position", "commanded"} <= set(subject.truth()["BO-01"].values)


async def test_refusal_reaches_who_commands_it() -> None:
    link = bollard_link("127.0.0.1", 0)
    simulator = ModbusSimulator(link, SimulationSetup(start=NIGHT))
    await simulator.start()
    slots = {point.point_key: point.slot for point in link.points}
    driver = ModbusDriver(moved(link, simulator.address[1]))
    await driver.open()
    await driver.execute(slots["commanded"], DOWN)
    simulator.advance(NIGHT + timedelta(seconds=10))
    await simulator.inject("loop_occupied", {"equipment": "BO-01"})

    with pytest.raises(CommandRejectedError, match="4"):
        await driver.execute(slots["commanded"], UP)

    assert (await driver.read_back(slots["position"])).value == DOWN
    assert (await driver.read_back(slots["loop_occupied"])).value is True
    assert simulator.truth()["BO-01"].values["position"] == DOWN
    await driver.close()
    await simulator.stop()


def test_point_it_does_not_have_is_refused() -> None:
    link = bollard_link("127.0.0.1", 502)
    addresses = parse(link)[1]
    wrong = {0: type(addresses[0])(table=Table.INPUT, register=77)}

    with pytest.raises(ConfigError, match="nothing at input 77"):
        make_device(link, {**addresses, **wrong}, SimulationSetup(start=NIGHT), SEED)
