"""A copy of the store taken beside a running bridge is a store a bridge can start from."""

from __future__ import annotations

import subprocess
from pathlib import Path

from backend_bridge.contract.requests import AcknowledgeAlarm
from console.scenarios.stack import OPERATOR, PASSWORD, Stack, beffroi
from tests.fakes.headless import HeadlessConsole


def test_backup_beside_a_running_bridge_starts_another_bridge(tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    with (
        Stack(tmp_path / "run", cabinets=1, lamps=4) as stack,
        HeadlessConsole.of(stack.console_dir) as console,
    ):
        console.sign_in(OPERATOR, PASSWORD)
        stack.fault(link=next(iter(stack.truth()["links"])), fault="dead")
        console.until(lambda: len(console.world.incidents) == 1, what="the incident")
        console.ask(AcknowledgeAlarm(alarm_id=next(iter(console.world.alarms)).id))
        done = _backup(copy, stack.data)
        assert done.returncode == 0, done.stderr
        again = _backup(copy, stack.data)
        assert again.returncode == 4
        assert "exists already" in again.stderr

        assert stack.bridge is not None
        stack.bridge.stop()
        for name in ("store.sqlite", "store.sqlite-wal", "store.sqlite-shm"):
            (stack.data / name).unlink(missing_ok=True)
        copy.rename(stack.data / "store.sqlite")
        epoch = console.world.epoch
        stack.start_bridge()
        console.until(
            lambda: console.world.epoch != epoch and console.following(), what="the other bridge"
        )
        assert [alarm.ack_by for alarm in console.world.alarms] == [OPERATOR]


def _backup(copy: Path, data: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        beffroi("store", "backup", str(copy), "--data", str(data)),
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
