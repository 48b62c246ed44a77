"""The doctor says what is missing, changes nothing, and outlives a check that fails."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend_bridge import checks, cli, doctor
from backend_bridge.checks import bridge_checks
from backend_bridge.commands.interlocks import CHANGED, REMOVED
from backend_bridge.contract.journal import InterlockEvent
from backend_bridge.contract.safety import InterlockMark
from backend_bridge.contract.times import SystemClock
from backend_bridge.core.storage import Draft
from backend_bridge.doctor import Finding, Machine
from backend_bridge.store import Store, StoreSettings
from backend_bridge.territory import generate_small
from console.app_checks import console_checks
from tests.fakes.processes import free_ports

pytestmark = pytest.mark.may_block


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    generate_small(tmp_path / "town", seed=1, cabinets=1, lamps=4, base_port=free_ports(1))
    (tmp_path / "data").mkdir(mode=0o700)
    wire, http = free_ports(2), free_ports(1)
    config = tmp_path / "bridge.toml"
    config.write_text(
        f'data = "data"\nterritory = "town"\n[store]\nhistory_bytes = 8388608\n'
        f'[wire]\naddress = "tcp://127.0.0.1:{wire}"\n[http]\naddress = "127.0.0.1:{http}"\n'
    )
    return Machine(config, tmp_path / "console")


def test_machine_in_order_lacks_nothing(machine: Machine) -> None:
    found = {item.subject: item for item in bridge_checks(machine)}
    assert not [item for item in found.values() if item.level == "missing"]
    assert "1 links" in found["territory"].text
    assert "no bridge runs" in found["wire address"].text


def test_every_gap_is_named_with_its_cure(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "town" / "links.toml").write_text("[[link]]\nid = 'x'\n")
    (tmp_path / "data").chmod(0o755)
    with socket.create_server(("127.0.0.1", 0)) as other:
        config = machine.config.read_text().splitlines()
        config[-1] = f'address = "127.0.0.1:{other.getsockname()[1]}"'
        machine.config.write_text("\n".join(config))
        found = {item.subject: item for item in bridge_checks(machine)}
    gaps = {name for name, item in found.items() if item.level == "missing"}
    assert gaps == {"territory", "data", "http address"}
    assert "chmod 700" in found["data"].cure
    assert "no bridge answers there" in found["http address"].text
    assert all(found[name].cure for name in gaps)


def test_roles_and_the_second_place_are_looked_at(machine: Machine, tmp_path: Path) -> None:
    found = {item.subject: item for item in bridge_checks(machine)}
    assert "police" in found["roles"].text
    assert found["audit anchors"].level == "note"
    roles, away = tmp_path / "roles", tmp_path / "away"
    roles.mkdir()
    (roles / "guard.toml").write_text('title = "x"\nrights = ["operate:bollard"]\n')
    config = machine.config.read_text()
    config = f'roles = "{roles}"\n{config}\n[audit]\nanchors = "{away}"\n'
    machine.config.write_text(config)
    found = {item.subject: item for item in bridge_checks(machine)}
    assert "power of the police" in found["roles"].text
    assert (found["roles"].level, found["audit anchors"].level) == ("missing", "missing")
    away.mkdir()
    (roles / "guard.toml").write_text('title = "x"\npolice = true\nrights = ["operate:bollard"]\n')
    found = {item.subject: item for item in bridge_checks(machine)}
    assert (found["roles"].level, found["audit anchors"].level) == ("ok", "note")
    assert "on the same disk" in found["audit anchors"].text


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="needs a second file system")
def test_second_place_must_be_another_disk_that_the_bridges_user_may_write(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look() -> Finding:
        (found,) = (item for item in bridge_checks(machine) if item.subject == "audit anchors")
        return found

    with tempfile.TemporaryDirectory(dir="/dev/shm") as away:
        machine.config.write_text(f'{machine.config.read_text()}\n[audit]\nanchors = "{away}"\n')
        assert look().level == "ok"
        monkeypatch.setattr(checks, "_allowed_by_unit", lambda: [Path("/srv")])
        assert "ReadWritePaths=" + away in look().cure
        monkeypatch.setattr(checks, "_allowed_by_unit", lambda: [Path(away).parent])
        assert look().level == "ok"
        if os.geteuid() == 0:  # the bridge's user is not who asks
            os.chown(machine.config.with_name("data"), 65534, 65534)
            assert "may not write" in look().text
            os.chown(away, 65534, 65534)
            assert look().level == "ok"


def test_what_a_hardened_unit_allows_is_read_as_systemd_tells_it() -> None:
    assert checks._writable("ProtectSystem=no\nReadWritePaths=/srv\n") is None
    assert checks._writable("ProtectSystem=strict\nReadWritePaths=\n") == []
    told = "ReadWritePaths=-/srv/a +/srv/b\nProtectSystem=strict\n"
    assert checks._writable(told) == [Path("/srv/a"), Path("/srv/b")]


def test_rules_and_interlocks_are_read_as_the_bridge_will(machine: Machine, tmp_path: Path) -> None:
    found = {item.subject: item for item in bridge_checks(machine)}
    assert (found["alarm rules"].level, found["interlocks"].level) == ("ok", "ok")
    assert "bollard_clear" in found["interlocks"].text
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "x.toml").write_text("[[rule]]\nkey = 1\n")
    machine.config.write_text(f'rules = "own"\ninterlocks = "own"\n{machine.config.read_text()}')
    found = {item.subject: item for item in bridge_checks(machine)}
    assert (found["alarm rules"].level, found["interlocks"].level) == ("missing", "missing")
    assert all("x.toml" in found[name].text for name in ("alarm rules", "interlocks"))


def test_interlocks_that_refuse_everything_are_counted_and_named(machine: Machine) -> None:
    store = StoreSettings(directory=machine.config.with_name("data"))

    async def write(*marks: InterlockMark) -> None:
        async with Store.open(store, SystemClock()) as opened:
            events = [InterlockEvent(mark=mark) for mark in marks]
            await opened.journal.append(
                [Draft(at_ms=1, user="bridge", seat="", event=event) for event in events]
            )

    def look(subject: str = "armed") -> Finding:
        (found,) = (item for item in bridge_checks(machine) if item.subject == subject)
        return found

    asyncio.run(write(_mark("cabinet_closed/A-1"), _mark("cabinet_closed/A-2")))
    assert (look().level, look().text) == ("ok", "2 interlocks")
    gone = _mark("bollard_clear/B-1", armed=False, reason=REMOVED)
    asyncio.run(write(gone, _mark("cabinet_closed/A-2", armed=False, reason=CHANGED)))
    assert look().level == "note"
    assert "1 of 3 interlocks are disarmed (cabinet_closed/A-2)" in look().text
    assert look("removed").level == "note"
    assert (
        "1 interlocks were taken out of the configuration (bollard_clear/B-1)"
        in look("removed").text
    )


def _mark(interlock_id: str, *, armed: bool = True, reason: str = "") -> InterlockMark:
    return InterlockMark(interlock_id=interlock_id, armed=armed, fingerprint="f", reason=reason)


def test_wrong_configuration_is_said_and_nothing_else_is_guessed(machine: Machine) -> None:
    machine.config.write_text('data = "x"\nterritoire = "y"\n')
    last = list(bridge_checks(machine))[-1]
    assert (last.level, last.subject) == ("missing", "configuration")
    assert "territory" in last.text, "the nearest known key"


def test_console_keys_and_the_way_to_the_bridge(machine: Machine, tmp_path: Path) -> None:
    made = ["keys", "new", "p1", "--out", str(machine.console), "--data", str(tmp_path / "data")]
    address = f"tcp://127.0.0.1:{free_ports(1)}"
    assert cli.main([*made, "--enroll", "--bridge", address]) == 0
    levels = {subject: (level, text) for level, subject, text, _ in console_checks(machine)}
    assert levels["Qt"][0] == "ok"
    assert levels["decoder"][0] == "ok"
    assert levels["keys"][0] == "ok"
    assert levels["bridge"][0] == "missing"
    assert "Connection refused" in levels["bridge"][1]


def test_check_that_fails_is_a_finding(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], machine: Machine
) -> None:
    class Entry:
        name = "broken"

        def load(self) -> doctor.Check:
            def check(_machine: Machine) -> Iterator[Finding]:
                yield Finding("ok", "first", "fine")
                raise RuntimeError("a defect")

            return check

    class Absent:
        name = "absent"

        def load(self) -> doctor.Check:
            raise ImportError("No module named 'PySide6'")

    monkeypatch.setattr(doctor, "entry_points", lambda **_: [Entry(), Absent()])
    assert cli.main(["doctor", "--json", "--config", str(machine.config)]) == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(item["part"], item["level"]) for item in found] == [
        ("absent", "note"),
        ("broken", "ok"),
        ("broken", "missing"),
    ]
    assert "a defect" in found[-1]["text"]
