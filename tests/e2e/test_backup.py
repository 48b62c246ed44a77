"""A copy of the store taken beside a running bridge is a store a bridge can start from."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from backend_bridge.contract.requests import AcknowledgeAlarm, CommentIncident, GetIncidentLog
from backend_bridge.contract.results import LogResult
from console.scenarios.stack import OPERATOR, PASSWORD, Stack, beffroi
from tests.fakes.headless import HeadlessConsole

T = TypeVar("T")


def test_backup_beside_a_running_bridge_starts_another_bridge(tmp_path: Path) -> None:
    copy = tmp_path / "copy.zip"
    with (
        Stack(tmp_path / "run", cabinets=1, lamps=4) as stack,
        HeadlessConsole.of(stack.console_dir) as console,
    ):
        console.sign_in(OPERATOR, PASSWORD)
        stack.fault(link=next(iter(stack.truth()["links"])), fault="dead")
        console.until(lambda: len(console.world.incidents) == 1, what="the incident")
        console.ask(AcknowledgeAlarm(alarm_id=next(iter(console.world.alarms)).id))
        done = _admin("backup", copy, stack.data)
        assert done.returncode == 0, done.stderr
        assert copy.stat().st_mode & 0o077 == 0, "it holds secret keys"
        again = _admin("backup", copy, stack.data)
        assert again.returncode == 4
        assert "exists already" in again.stderr
        refused = _admin("restore", copy, stack.data)
        assert refused.returncode == 4
        assert "in use by another bridge" in refused.stderr
        console.ask(
            CommentIncident(incident_id=_only(console.world.incidents).id, text="après", key="k1")
        )

        assert stack.bridge is not None
        stack.bridge.stop()
        shutil.rmtree(stack.data / "keys")  # and a key that only the backup has comes back
        restored = _admin("restore", copy, stack.data)
        assert restored.returncode == 0, restored.stderr
        assert "the chain holds" in _verify(stack.data), "of what was restored"
        epoch = console.world.epoch
        stack.start_bridge()
        console.until(
            lambda: console.world.epoch != epoch and console.following(), what="the other bridge"
        )
        assert [alarm.ack_by for alarm in console.world.alarms] == [OPERATOR]
        log = console.ask(GetIncidentLog(incident_id=_only(console.world.incidents).id))
        assert isinstance(log, LogResult)
        assert not any("après" in str(entry.event) for entry in log.entries)
        assert "the chain holds" in _verify(stack.data), "beside the bridge that goes on with it"
        (aside,) = stack.data.glob("before-restore-*")
        assert (aside / "store.sqlite").is_file(), "what was there is kept"


def _only(items: Iterable[T]) -> T:
    (item,) = items
    return item


def _verify(data: Path) -> str:
    done = subprocess.run(
        beffroi("admin", "audit", "verify", "--data", str(data)),
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _admin(action: str, copy: Path, data: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        beffroi("admin", action, str(copy), "--data", str(data)),
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
