"""An override on the real bridge and the simulated field, with the bridge killed in the middle."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.order_requests import (
    CommandResult,
    EndOverride,
    ExecuteCommand,
    OverrideResult,
)
from backend_bridge.contract.overrides import Override, OverrideState
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.requests import GetSituation
from backend_bridge.contract.results import SituationResult
from console.scenarios.stack import OPERATOR, PASSWORD, Stack
from tests.fakes.headless import HeadlessConsole

LAMP, OTHER = "EP-0305-D1-02", "EP-0305-D2-01"


def _hold(console: HeadlessConsole, lamp: str, level: int, seconds: float) -> str:
    """Command a lamp for some seconds and return the override's id."""
    now_ms = time.time_ns() // 1_000_000
    request = ExecuteCommand(
        key=f"hold-{lamp}-{now_ms}",
        epoch=console.world.epoch,
        equipment_id=lamp,
        point_key="level",
        value=level,
        deadline_ms=now_ms + 5_000,
        reason="essai",
        until_ms=now_ms + round(seconds * 1000),
    )
    result = console.ask(request)
    assert isinstance(result, CommandResult)
    assert result.command.outcome is CommandOutcome.CONFIRMED
    return request.key


def _open(console: HeadlessConsole) -> dict[str, Override]:
    result = console.ask(GetSituation())
    assert isinstance(result, SituationResult)
    return {override.id: override for override in result.overrides}


def _values(stack: Stack, lamp: str) -> dict[str, Any]:
    values: dict[str, Any] = stack.truth()["equipment"][lamp]["values"]
    return values


def _writes(stack: Stack) -> int:
    return sum(link["writes"] for link in stack.truth()["links"].values())


def _follow(console: HeadlessConsole) -> None:
    def known() -> bool:
        item = console.world.equipment.get(LAMP)
        return item is not None and console.world.quality(item.first_point) is Quality.GOOD

    console.until(
        lambda: console.following() and known(),
        timeout_s=20,
        what="a bridge that knows its field",
    )


def test_device_goes_back_by_itself_with_the_bridge_dead_and_undo_goes_back_now(
    tmp_path: Path,
) -> None:
    with (
        Stack(tmp_path, cabinets=1, lamps=8) as stack,
        HeadlessConsole.of(stack.console_dir) as console,
    ):
        console.sign_in(OPERATOR, PASSWORD)
        _follow(console)
        before = _values(stack, LAMP)["level"]
        held, undone = (
            _hold(console, LAMP, 35, seconds=4.0),
            _hold(console, OTHER, 20, seconds=900.0),
        )
        ledger = _open(console)
        assert {held, undone} <= ledger.keys()
        assert all(item.by_device and item.verified for item in ledger.values())
        assert _values(stack, LAMP) == {"level": 35, "held": True, "fault": False}

        epoch = console.world.epoch
        assert stack.bridge is not None
        stack.bridge.kill()
        console.until(lambda: not _values(stack, LAMP)["held"], what="the lamp's own way back")
        assert _values(stack, OTHER)["level"] == 20
        stack.start_bridge()
        console.until(lambda: console.world.epoch != epoch, timeout_s=20, what="the next bridge")
        _follow(console)
        console.until(lambda: held not in _open(console), timeout_s=20, what="the bridge to see it")

        assert _values(stack, LAMP)["level"] == before
        assert _writes(stack) == 2
        assert _open(console).keys() == {undone}
        answer = console.ask(EndOverride(override_id=undone, epoch=console.world.epoch))
        assert isinstance(answer, OverrideResult)
        assert (answer.override.state, answer.override.ended_by) == (OverrideState.ENDED, OPERATOR)
        assert not _values(stack, OTHER)["held"]
        assert _writes(stack) == 3
        assert _open(console) == {}
