"""Whatever comes back, a driver raises only the four errors, quickly, and keeps nothing."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend_bridge.core.driver import Driver, Reading
from backend_bridge.core.errors import DriverError
from tests.conformance.subject import (
    Command,
    Misbehave,
    Subject,
    hostile_server,
    mangling_proxy,
)

EXAMPLES = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
LOUD = {"link_refused", "modbus_registers_refused"}
"""Warnings a driver may log when a device refuses part of a read."""


@EXAMPLES
@given(
    pieces=st.lists(st.binary(min_size=1, max_size=300), max_size=4),
    hang_up=st.booleans(),
)
def test_any_bytes_raise_only_the_four_errors(
    subject: Subject, expected_events: list[str], pieces: list[bytes], hang_up: bool
) -> None:
    expected_events.extend(LOUD)
    asyncio.run(_face_bytes(subject, pieces, hang_up))


async def _face_bytes(subject: Subject, pieces: Sequence[bytes], hang_up: bool) -> None:
    async with hostile_server(lambda _: pieces, hang_up=hang_up) as address:
        await _do_everything(subject, subject.driver(address, hasty=True))


@EXAMPLES
@given(seed=st.integers(0, 2**32), share=st.sampled_from([0.02, 0.3, 1.0]))
def test_spoiled_answers_raise_only_the_four_errors(
    subject: Subject, expected_events: list[str], seed: int, share: float
) -> None:
    expected_events.extend(LOUD)
    asyncio.run(_face_spoiled(subject, _spoiler(random.Random(seed), share)))


async def _face_spoiled(subject: Subject, spoil: Misbehave) -> None:
    async with (
        subject.simulator() as simulator,
        mangling_proxy(simulator.address, spoil) as address,
    ):
        await _do_everything(subject, subject.driver(address, hasty=True))


def _spoiler(dice: random.Random, share: float) -> Misbehave:
    """Return a way to spoil an answer: flip, cut, double, insert, split, delay nothing."""

    def spoil(data: bytes) -> list[bytes]:
        if dice.random() > share or not data:
            return [data]
        at = dice.randrange(len(data))
        match dice.randrange(6):
            case 0:
                return [data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :]]
            case 1:
                return [data[:at]] if at else []
            case 2:
                return [data, data]
            case 3:
                return [data[:at] + dice.randbytes(3) + data[at:]]
            case 4:
                return [data[:at], data[at:]] if at else [data]
            case _:
                return [dice.randbytes(len(data))]

    return spoil


async def _do_everything(subject: Subject, driver: Driver) -> None:
    """Open, read, command and ask; every error must be one of the four."""
    said = subject.promises.command
    command = said if isinstance(said, Command) else None
    groups = (await driver.describe()).groups
    try:
        for _ in range(2):
            try:
                await driver.open()
                for group in groups:
                    readings = await driver.read(group.key)
                    assert all(isinstance(reading, Reading) for reading in readings)
                    assert sorted(r.slot for r in readings) == sorted(group.slots)
                await driver.self_test()
                await driver.read_back(groups[0].slots[0])
                if command:
                    await driver.execute(command.slot, command.values[0])
            except DriverError as error:
                if type(error) is DriverError or not str(error):
                    raise AssertionError(
                        f"{error!r} is none of the four, or says nothing"
                    ) from error
    finally:
        await driver.close()
