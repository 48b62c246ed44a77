"""A bridge killed between "register written" and "result committed": one write, and the truth.

The device is a cabinet of libmodbus's that counts what is written to it and kills the bridge itself
at a chosen moment: before it answers the write, right after, or after the read-back.
``make kills`` does it fifty times, ``make test`` a few.
"""

from __future__ import annotations

import os
import time
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.order_requests import CommandResult, ExecuteCommand
from backend_bridge.contract.points import Equipment
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.results import Result
from tests.e2e.counting import LAMPS, Town, counting_town
from tests.fakes.headless import HeadlessConsole

KILLS = int(os.environ.get("BEFFROI_KILLS", "4"))
DEAF_EVERY = 4
"""Each so many kills the device takes the write and does nothing: then nothing proves it."""
MOMENTS = ("before the write is answered", "right after", "after the read-back")


def _command(console: HeadlessConsole, lamp: str, value: int, key: str) -> ExecuteCommand:
    return ExecuteCommand(
        key=key,
        epoch=console.world.epoch,
        equipment_id=lamp,
        point_key="level",
        value=value,
        deadline_ms=time.time_ns() // 1_000_000 + 20_000,
        reason="essai",
    )


def _lamps(console: HeadlessConsole) -> list[Equipment]:
    catalogue = console.world.catalogue
    assert catalogue is not None
    return [item for item in catalogue.equipment if item.kind == "lamp"]


def _good(console: HeadlessConsole, lamp: Equipment) -> bool:
    return console.world.quality(lamp.first_point) is Quality.GOOD


def _start_again(town: Town, console: HeadlessConsole) -> None:
    assert town.bridge is not None
    epoch = console.world.epoch
    town.bridge.process.wait(10)
    town.bridge.stop()
    town.start_bridge()
    console.until(
        lambda: console.world.epoch != epoch and console.following(),
        timeout_s=30,
        what="the bridge again",
    )


def _fate(console: HeadlessConsole, request: ExecuteCommand) -> CommandRecord:
    """Ask for the same command again, as a console does that lost the answer, until it is over."""
    end_s = time.monotonic() + 30
    while True:
        try:
            result = console.ask(request)
        except RequestError as error:
            # its read-back is not over, or its end not written yet
            if "not_recorded" not in error.text_key or time.monotonic() > end_s:
                raise
            console.pump(0.05)
            continue
        assert isinstance(result, CommandResult)
        return result.command


@pytest.mark.timeout(60 + 15 * KILLS)
def test_a_killed_bridge_wrote_at_most_once_and_tells_the_truth(tmp_path: Path) -> None:
    seen: list[tuple[str, str]] = []
    with counting_town(tmp_path) as (town, cabinet, console):
        lamps = _lamps(console)
        for kill in range(KILLS):
            rank, value = kill % LAMPS, 10 + kill
            console.until(partial(_good, console, lamps[rank]), what="a good lamp")
            moment = kill % len(MOMENTS)
            assert town.bridge is not None
            # now and then the bridge is a moment further: on its way to commit the result
            deaf = kill % DEAF_EVERY == DEAF_EVERY - 1
            cabinet.be_deaf(deaf)
            cabinet.kill_at_next_write(town.bridge.process.pid, moment, 700 * (kill // 3 % 5))
            request = _command(console, lamps[rank].id, value, f"kill-{kill}")
            asked: Future[Result] = console.link.ask(request)
            town.bridge.process.wait(20)
            console.until(asked.done, timeout_s=20, what="the end of waiting")
            before = cabinet.counted(rank, value)
            assert before == (1, value), f"kill {kill}, {MOMENTS[moment]}: {before}"
            _start_again(town, console)
            record = _fate(console, _again(console, request))
            assert cabinet.counted(rank, value) == (1, value), f"kill {kill}: sent again"
            assert cabinet.writes() == kill + 1, "something else was written"
            if deaf:
                assert record.outcome is CommandOutcome.UNKNOWN, record
                assert record.to_check
            else:
                assert record.outcome is CommandOutcome.CONFIRMED, record
                assert record.reported == value
            seen.append((MOMENTS[moment], record.outcome.value))
    assert len(seen) == KILLS
    for moment_said, outcome in sorted(set(seen)):
        print(f"{seen.count((moment_said, outcome)):3} × {moment_said}: {outcome}")


def _again(console: HeadlessConsole, request: ExecuteCommand) -> ExecuteCommand:
    """Return the same command as the same console asks it of the bridge that came after."""
    fields: dict[str, Any] = {name: getattr(request, name) for name in request.__struct_fields__}
    return ExecuteCommand(**{**fields, "epoch": console.world.epoch})
