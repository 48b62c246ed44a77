"""States reach the service manager's socket, and nothing happens without one."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from backend_bridge import daemon
from backend_bridge.assembly import WATCHDOG_BEATS
from backend_bridge.core.pulse import PERIOD_S
from backend_bridge.systemd import Notifier


def test_a_state_is_one_datagram(tmp_path: Path) -> None:
    path = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(path))
        Notifier({"NOTIFY_SOCKET": str(path)}).tell("READY=1")
        assert manager.recv(100) == b"READY=1"


def test_the_abstract_address_works_as_well() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind("\0beffroi-test-notify")
        Notifier({"NOTIFY_SOCKET": "@beffroi-test-notify"}).tell("WATCHDOG=1")
        assert manager.recv(100) == b"WATCHDOG=1"


@pytest.mark.parametrize("environment", [{}, {"NOTIFY_SOCKET": "/nowhere/at/all"}])
def test_without_a_manager_nothing_happens(environment: dict[str, str]) -> None:
    Notifier(environment).tell("READY=1")


def test_the_unit_gives_up_only_on_what_a_person_must_mend() -> None:
    unit = (Path(__file__).parents[3] / "installer/beffroi-bridge.service").read_text("utf-8")
    settings = dict(
        line.split("=", 1) for line in unit.splitlines() if "=" in line and line[0] != "#"
    )

    assert settings["RestartPreventExitStatus"] == str(daemon.EXIT_CONFIG)
    assert settings["StartLimitIntervalSec"] == "0"
    assert settings["Restart"] == "on-failure"
    assert settings["Type"] == "notify"
    assert float(settings["WatchdogSec"]) > 4 * PERIOD_S * WATCHDOG_BEATS
