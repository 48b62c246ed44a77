"""Two automatic plans that disagree, on the real bridge and the devices' own registers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.order_requests import (
    CommandResult,
    EndOverride,
    ExecuteCommand,
    OverrideResult,
)
from backend_bridge.contract.overrides import Override, OverrideState
from backend_bridge.contract.plans import CityPlan, PlanResult, PlanState, SetPlan, StopPlan
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.requests import GetSituation, Request
from backend_bridge.contract.results import SituationResult
from backend_bridge.contract.safety import SetEditMode
from console.scenarios.stack import OPERATOR, PASSWORD, Stack
from tests.fakes.headless import HeadlessConsole

LAMPS = ("EP-0305-D1-02", "EP-0305-D2-01")
PLAN = """
[[plan]]
key = "{key}"
rung = "{rung}"
kind = "lamp"
point = "level"
value = {value}
longest_s = 3600.0
name = {{ fr = "{key}", en = "{key}" }}
audience = {{ fr = "tous", en = "all" }}
targets = {{ ids = {ids} }}
window = {{ from = "00:00", to = "00:00" }}
"""


@pytest.fixture
def stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stack]:
    """A cabinet with eight lamps and two plans of the city's own for two of them."""
    folder = tmp_path / "plans"
    folder.mkdir()
    plans = (("veille", "scenario", 35), ("crue", "crisis", 90))
    texts = [
        PLAN.format(key=key, rung=rung, value=value, ids=list(LAMPS)).replace("'", '"')
        for key, rung, value in plans
    ]
    (folder / "city.toml").write_text("\n".join(texts), "utf-8")
    monkeypatch.setenv("BEFFROI_BRIDGE__PLANS", str(folder))
    # nowhere is it midnight during the test: the hours of the day's plans do not change under it
    hour = datetime.now(UTC).hour
    monkeypatch.setenv("BEFFROI_BRIDGE__TIMEZONE", f"Etc/GMT{hour - 12:+d}")
    with Stack(tmp_path / "stack", cabinets=1, lamps=8) as found:
        yield found


def _levels(stack: Stack) -> tuple[int, int]:
    """Return what both lamps' own registers say, that they are held included."""
    truth = stack.truth()["equipment"]
    first, second = (truth[lamp]["values"] for lamp in LAMPS)
    return (
        first["level"] if first["held"] else 0,
        second["level"] if second["held"] else 0,
    )


def _writes(stack: Stack) -> int:
    return sum(link["writes"] for link in stack.truth()["links"].values())


def _plan(console: HeadlessConsole, key: str) -> CityPlan:
    return next(plan for plan in _situation(console).plans if plan.key == key)


def _situation(console: HeadlessConsole) -> SituationResult:
    result = console.ask(GetSituation())
    assert isinstance(result, SituationResult)
    return result


def _held(console: HeadlessConsole) -> dict[str, Override]:
    found = _situation(console).overrides
    return {item.equipment_id: item for item in found if item.state is OverrideState.ACTIVE}


def _set(console: HeadlessConsole, request: Request) -> CityPlan:
    result = console.ask(request)
    assert isinstance(result, PlanResult)
    return result.plan


def _follow(console: HeadlessConsole) -> None:
    def known() -> bool:
        item = console.world.equipment.get(LAMPS[0])
        return item is not None and console.world.quality(item.first_point) is Quality.GOOD

    console.until(lambda: console.following() and known(), timeout_s=30, what="a known field")


def test_the_ladder_decides_the_loser_is_told_people_go_first_and_a_restart_changes_nothing(
    stack: Stack,
) -> None:
    with HeadlessConsole.of(stack.console_dir) as console:
        console.sign_in(OPERATOR, PASSWORD)
        _follow(console)
        console.ask(SetEditMode(on=True))
        low = _set(console, SetPlan(plan_key="veille", enabled=True, reason="essai"))
        assert (low.state, low.targets) == (PlanState.HOLDING, 2)
        console.until(lambda: _levels(stack) == (35, 35), timeout_s=20, what="the lower plan")
        _set(console, SetPlan(plan_key="crue", enabled=True, reason="la rivière monte"))
        console.until(lambda: _levels(stack) == (90, 90), timeout_s=20, what="the higher plan")
        console.until(lambda: bool(_plan(console, "veille").losses), what="the loser told")
        loss = _plan(console, "veille").losses[0]
        assert (loss.to, loss.count, loss.first) == ("plan:crue", 2, LAMPS[0])
        assert not _plan(console, "crue").losses

        _person_goes_first(stack, console)
        _restart(stack, console)

        _set(console, StopPlan(plan_key="crue", reason="la rivière baisse"))
        console.until(lambda: _levels(stack) == (35, 35), timeout_s=20, what="the next in line")
        console.until(lambda: not _plan(console, "veille").losses, what="nothing lost any more")
        console.ask(SetEditMode(on=True))
        _set(console, SetPlan(plan_key="veille", enabled=False, reason="fini"))
        console.until(lambda: _levels(stack) == (0, 0), timeout_s=20, what="the programme")
        console.until(lambda: not _situation(console).overrides, timeout_s=20, what="no override")


def _person_goes_first(stack: Stack, console: HeadlessConsole) -> None:
    now_ms = time.time_ns() // 1_000_000
    wanted = ExecuteCommand(
        key=f"main-{now_ms}",
        epoch=console.world.epoch,
        equipment_id=LAMPS[0],
        point_key="level",
        value=60,
        deadline_ms=now_ms + 5_000,
        reason="accident",
        until_ms=now_ms + 900_000,
    )
    result = console.ask(wanted)
    assert isinstance(result, CommandResult)
    assert result.command.outcome is CommandOutcome.CONFIRMED
    assert _levels(stack) == (60, 90)
    console.until(lambda: bool(_plan(console, "crue").losses), what="the plan told of the person")
    loss = _plan(console, "crue").losses[0]
    assert (loss.to, loss.count, loss.first) == (OPERATOR, 1, LAMPS[0])
    writes = _writes(stack)
    answer = console.ask(EndOverride(override_id=wanted.key, epoch=console.world.epoch))
    assert isinstance(answer, OverrideResult)
    assert (answer.override.state, answer.override.ended_by) == (
        OverrideState.REPLACED,
        "plan:crue",
    )
    # back to the plan that stands: one write, and never to the programme in between
    assert (_levels(stack), _writes(stack)) == ((90, 90), writes + 1)


def _restart(stack: Stack, console: HeadlessConsole) -> None:
    console.until(lambda: len(_held(console)) == 2, what="what is held to be written down")
    writes, epoch = _writes(stack), console.world.epoch
    assert stack.bridge is not None
    stack.bridge.kill()
    stack.start_bridge()
    console.until(lambda: console.world.epoch != epoch, timeout_s=30, what="the next bridge")
    _follow(console)
    assert _plan(console, "crue").state is PlanState.HOLDING
    console.until(lambda: not _plan(console, "crue").refused, what="nothing refused")
    held = _held(console)
    assert {item.owner for item in held.values()} == {"plan:crue"}
    assert (_levels(stack), _writes(stack)) == ((90, 90), writes)
