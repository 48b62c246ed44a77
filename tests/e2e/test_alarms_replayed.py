"""A running bridge's own past, replayed: what would have rung by its rules is what rang."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from backend_bridge import cli
from console.scenarios.stack import OPERATOR, PASSWORD, Stack
from tests.fakes.headless import HeadlessConsole

RULES = ("feeder_tripped", "link_lost")


def _active(console: HeadlessConsole, rule: str) -> bool:
    return any(alarm.rule == rule and alarm.active for alarm in console.world.alarms)


def _over(console: HeadlessConsole) -> bool:
    return not any(alarm.active for alarm in console.world.alarms)


@pytest.mark.timeout(180)
def test_replay_beside_a_running_bridge_rings_what_rang(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (
        Stack(tmp_path, cabinets=2, lamps=8) as stack,
        HeadlessConsole.of(stack.console_dir) as console,
    ):
        console.sign_in(OPERATOR, PASSWORD)
        link = min(stack.truth()["links"])
        feeder = f"{link}-D2"
        stack.fault(equipment=feeder, fault="feeder_tripped")
        console.until(partial(_active, console, "feeder_tripped"), timeout_s=40, what="the feeder")
        stack.clear(equipment=feeder, fault="feeder_tripped")
        console.until(partial(_over, console), timeout_s=60, what="it to be over")
        stack.fault(link=link, fault="dead")
        console.until(partial(_active, console, "link_lost"), timeout_s=40, what="the link")
        rang = Counter({alarm.rule: alarm.occurrences for alarm in console.world.alarms})
        console.pump(2.0)  # history is written once a second
        city = ["--territory", str(tmp_path / "territory"), "--data", str(stack.data)]
        assert cli.main(["alarms", "replay", *city, "--hours", "1"]) == 0
    said = capsys.readouterr().out
    for rule in RULES:
        assert rang[rule] > 0
        assert f"{rule:<28}{rang[rule]:>8}{rang[rule]:>8}" in said, said
