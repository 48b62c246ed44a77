"""A bollard over the whole line: lowered and seen down, kept down by a vehicle, raised again.

One opens a quay: it stays up while its river is possibly high.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.order_requests import (
    CheckOrder,
    CommandResult,
    ExecuteCommand,
    OrderCheckResult,
)
from backend_bridge.contract.orders import Target
from backend_bridge.contract.points import Equipment, Scalar
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.safety import GetInterlocks, InterlocksResult
from console.scenarios.people import person_at
from console.scenarios.stack import PASSWORD, Stack
from tests.fakes.headless import HeadlessConsole

POLICE = person_at("police")
POSITION, LOOP, LOCAL_KEY, REFUSAL = 0, 3, 5, 7
"""Places of some points among a bollard's."""
QUAY, GAUGE = "BO-02", "HY-01"
"""A bollard that opens a quay, and the gauge that tells of it."""
LIMIT_M = 2.0
TOGETHER = f"""
[[group]]
id = "SAS-01"
members = ["BO-01", "{QUAY}"]

[[relation]]
name = "quay"
equipment = ["{QUAY}"]
to = ["{GAUGE}"]
"""


class Riverside(Stack):
    """A small city of two bollards: one down at most, and one of them opens a quay."""

    def prepare(self) -> None:
        super().prepare()
        groups, links = self.territory / "groups.toml", self.territory / "links.toml"
        groups.write_text(groups.read_text("utf-8") + TOGETHER, "utf-8")
        slow = re.sub(r"poll_period_s = 10\b.*", "poll_period_s = 1", links.read_text("utf-8"))
        links.write_text(slow, "utf-8")


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    folder: Path = tmp_path_factory.mktemp("bollard")
    with Riverside(folder, size=0.05, person=POLICE) as running:
        yield running


@pytest.fixture
def console(stack: Stack) -> Iterator[HeadlessConsole]:
    with HeadlessConsole.of(stack.console_dir) as following:
        following.sign_in(POLICE.login, PASSWORD, "police", timeout_s=30)
        yield following


def _bollard(console: HeadlessConsole) -> Equipment:
    catalogue = console.world.catalogue
    assert catalogue is not None
    found = next(item for item in catalogue.equipment if item.kind == "bollard")
    console.until(
        lambda: console.world.quality(found.first_point) is Quality.GOOD,
        timeout_s=30,
        what="the bollard",
    )
    return found


def _seen(console: HeadlessConsole, bollard: Equipment, place: int) -> Scalar:
    return console.world.points.state[bollard.first_point + place].value


def _command(console: HeadlessConsole, bollard: Equipment, value: int) -> CommandRecord:
    now_ms = time.time_ns() // 1_000_000
    request = ExecuteCommand(
        key=f"borne-{now_ms}",
        epoch=console.world.epoch,
        equipment_id=bollard.id,
        point_key="commanded",
        value=value,
        deadline_ms=now_ms + 10_000,
        reason="passage d'une ambulance",
    )
    result = console.ask(request, timeout_s=30)
    assert isinstance(result, CommandResult)
    return result.command


def test_bollard_is_verified_by_its_position_and_stays_down_under_a_vehicle(
    stack: Stack, console: HeadlessConsole
) -> None:
    bollard = _bollard(console)
    lowered = _command(console, bollard, 0)
    assert (lowered.outcome, lowered.reported) == (CommandOutcome.CONFIRMED, 0)
    assert lowered.until_ms is not None, "down is away from rest: it ends"
    console.until(lambda: _seen(console, bollard, POSITION) == 0, what="it is seen down")
    with pytest.raises(RequestError, match=r"error\.interlock\.few_open\.position\.unsafe"):
        _command(console, console.world.equipment.by_id[QUAY], 0)

    stack.fault(link=bollard.id, fault="loop_occupied")
    console.until(lambda: _seen(console, bollard, LOOP) is True, what="the vehicle")
    targets = (Target(bollard.id, "commanded", 100),)
    checked = console.ask(CheckOrder(targets=targets))
    assert isinstance(checked, OrderCheckResult)
    reason = "error.interlock.bollard_clear.loop.unsafe"
    assert checked.checks[0].text_key == reason
    assert checked.checks[0].override == lowered.key, "raising it takes the place of that"
    with pytest.raises(RequestError) as caught:
        _command(console, bollard, 100)
    assert caught.value.text_key == reason
    assert _seen(console, bollard, POSITION) == 0

    stack.clear(link=bollard.id, fault="loop_occupied")
    console.until(lambda: _seen(console, bollard, LOOP) is False, what="the way is free")
    raised = _command(console, bollard, 100)
    assert (raised.outcome, raised.until_ms) == (CommandOutcome.CONFIRMED, None)


def test_what_the_bollard_itself_refuses_is_said_in_its_own_words(
    stack: Stack, console: HeadlessConsole
) -> None:
    bollard = _bollard(console)
    stack.fault(link=bollard.id, fault="local_key")
    console.until(lambda: _seen(console, bollard, LOCAL_KEY) is True, what="the key")
    refused = _command(console, bollard, 0)  # lowering has no interlock: the device answers
    assert (refused.outcome, refused.text_key) == (
        CommandOutcome.FAILED,
        "command.result.refused.bollard.3",
    )
    console.until(lambda: _seen(console, bollard, REFUSAL) == 3, what="it is polled too")
    stack.clear(link=bollard.id, fault="local_key")
    console.until(lambda: _seen(console, bollard, LOCAL_KEY) is False, what="the key is back")
    assert _command(console, bollard, 100).outcome is CommandOutcome.CONFIRMED
    console.until(lambda: _seen(console, bollard, REFUSAL) == 0, what="it refuses no more")


def test_interlock_of_a_bollard_is_armed_and_says_what_it_looks_at(
    console: HeadlessConsole,
) -> None:
    bollard = _bollard(console)
    found = console.ask(GetInterlocks(equipment_id=bollard.id))
    assert isinstance(found, InterlocksResult)
    watched = {interlock.id: interlock.watched_ids for interlock in found.interlocks}
    assert watched == {
        f"bollard_clear/{bollard.id}": (bollard.id,),
        "few_open/SAS-01": (QUAY, bollard.id),
    }
    assert all(interlock.mark.armed for interlock in found.interlocks)


def _is(console: HeadlessConsole, item: str, quality: Quality) -> bool:
    return console.world.quality(console.world.equipment.by_id[item].first_point) is quality


def _value(console: HeadlessConsole, item: str) -> float:
    value = console.world.points.state[console.world.equipment.by_id[item].first_point].value
    assert isinstance(value, int | float)
    return value


def _wait(console: HeadlessConsole, item: str, quality: Quality) -> None:
    console.until(lambda: _is(console, item, quality), timeout_s=40, what=f"{item} {quality.name}")


def _refusal(stack: Stack, console: HeadlessConsole) -> str:
    """Return why the quay stays shut, the same in dry run and command; nothing moves."""
    checked = console.ask(CheckOrder(targets=(Target(QUAY, "commanded", 0),)))
    assert isinstance(checked, OrderCheckResult)
    (check,) = checked.checks
    with pytest.raises(RequestError) as caught:
        _command(console, console.world.equipment.by_id[QUAY], 0)
    assert (caught.value.text_key, caught.value.params["equipment"]) == (check.text_key, GAUGE)
    assert stack.truth(QUAY)["equipment"][QUAY]["values"]["position"] == 100
    return check.text_key.removeprefix("error.interlock.quay_dry.")


@pytest.mark.timeout(180)
def test_a_quay_is_opened_only_while_its_river_is_proven_low(
    stack: Stack, console: HeadlessConsole
) -> None:
    for item in (QUAY, GAUGE):
        _wait(console, item, Quality.GOOD)
    bollard = console.world.equipment.by_id[QUAY]
    found = console.ask(GetInterlocks(equipment_id=QUAY))
    assert isinstance(found, InterlocksResult)
    quay = next(one for one in found.interlocks if one.rule == "quay_dry")
    assert (quay.mark.armed, quay.equipment_ids, quay.watched_ids) == (True, (QUAY,), (GAUGE,))

    assert _value(console, GAUGE) < LIMIT_M
    assert _command(console, bollard, 0).outcome is CommandOutcome.CONFIRMED

    stack.fault(link=GAUGE, fault="flood")
    console.until(lambda: _value(console, GAUGE) > LIMIT_M, timeout_s=40, what="the flood")
    assert _command(console, bollard, 100).outcome is CommandOutcome.CONFIRMED, "shut at any time"
    assert _refusal(stack, console) == "level.unsafe"
    stack.clear(link=GAUGE, fault="flood")
    console.until(lambda: _value(console, GAUGE) < LIMIT_M, timeout_s=40, what="its end")

    stack.fault(link=GAUGE, fault="sensor_fault")
    _wait(console, GAUGE, Quality.BAD)
    assert _refusal(stack, console) == "level.possible"
    stack.clear(link=GAUGE, fault="sensor_fault")
    _wait(console, GAUGE, Quality.GOOD)

    stack.fault(link=GAUGE, fault="dead")
    _wait(console, GAUGE, Quality.UNAVAILABLE)
    assert _refusal(stack, console) == "level.possible"
    stack.clear(link=GAUGE, fault="dead")
