"""The doctor says what is missing, changes nothing, and outlives a check that fails."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend_bridge import checks_kept, cli, doctor
from backend_bridge.checks import bridge_checks
from backend_bridge.commands.interlock_marks import CHANGED, REMOVED
from backend_bridge.contract.journal import InterlockEvent, SystemChange, SystemEvent
from backend_bridge.contract.safety import InterlockMark
from backend_bridge.contract.times import SystemClock
from backend_bridge.core.storage import Draft
from backend_bridge.doctor import Finding, Machine
from backend_bridge.security.keys import BRIDGE_NAME, generate, secret_path, write_pair
from backend_bridge.store import Store, StoreSettings
from backend_bridge.territory import generate_small
from console import app_checks
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
        monkeypatch.setattr(checks_kept, "_allowed_by_unit", lambda: [Path("/srv")])
        assert "ReadWritePaths=" + away in look().cure
        monkeypatch.setattr(checks_kept, "_allowed_by_unit", lambda: [Path(away).parent])
        assert look().level == "ok"
        if os.geteuid() == 0:  # the bridge's user is not who asks
            os.chown(machine.config.with_name("data"), 65534, 65534)
            assert "may not write" in look().text
            os.chown(away, 65534, 65534)
            assert look().level == "ok"


def test_what_a_hardened_unit_allows_is_read_as_systemd_tells_it() -> None:
    assert checks_kept._writable("ProtectSystem=no\nReadWritePaths=/srv\n") is None
    assert checks_kept._writable("ProtectSystem=strict\nReadWritePaths=\n") == []
    told = "ReadWritePaths=-/srv/a +/srv/b\nProtectSystem=strict\n"
    assert checks_kept._writable(told) == [Path("/srv/a"), Path("/srv/b")]


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


def _kept(machine: Machine) -> dict[str, Finding]:
    return {item.subject: item for item in bridge_checks(machine)}


async def _make_store(machine: Machine) -> StoreSettings:
    settings = StoreSettings(directory=machine.config.with_name("data"))
    async with Store.open(settings, SystemClock()) as store:
        event = SystemEvent(change=SystemChange.STARTED)
        at_ms = SystemClock().now_ms() + 3_600_000
        await store.journal.append([Draft(user="bridge", seat="", at_ms=at_ms, event=event)])
    return settings


async def test_a_clock_behind_the_journal_is_wrong(machine: Machine) -> None:
    await _make_store(machine)
    clock = _kept(machine)["clock"]
    assert clock.level == "missing"
    assert "behind the newest entry" in clock.text


@pytest.mark.parametrize(
    ("sql", "level", "words"),
    [
        ("UPDATE alembic_version SET version_num = '0001'", "note", "older than this program"),
        ("UPDATE alembic_version SET version_num = '9999'", "missing", "newer Beffroi"),
        ("DROP TABLE alembic_version", "missing", "not one of Beffroi's"),
    ],
)
async def test_an_older_store_is_told_from_a_newer_and_a_strange_one(
    machine: Machine, sql: str, level: str, words: str
) -> None:
    settings = await _make_store(machine)
    with contextlib.closing(sqlite3.connect(settings.store_path)) as connection:
        connection.execute(sql)
        connection.commit()
    store = _kept(machine)["store"]
    assert (store.level, words in store.text) == (level, True), store
    assert store.cure


async def test_a_damaged_store_is_named(machine: Machine) -> None:
    settings = await _make_store(machine)
    settings.store_path.write_bytes(b"not a database, but long enough to be read as one" * 100)
    store = _kept(machine)["store"]
    assert store.level == "missing"
    assert "cannot be read" in store.text


def test_a_server_that_is_not_there_is_named_without_its_password(machine: Machine) -> None:
    secret = machine.config.with_name("store.url")
    secret.touch(mode=0o600)
    secret.write_text(f"postgresql+psycopg://beffroi:hunter2@127.0.0.1:{free_ports(1)}/beffroi")
    config = machine.config.read_text().replace("[store]", '[store]\nurl_file = "store.url"')
    machine.config.write_text(config)
    store = _kept(machine)["store"]
    assert store.level == "missing"
    assert "cannot be reached" in store.text
    assert "hunter2" not in "".join(str(item) for item in _kept(machine).values())


def test_keys_that_others_may_read_are_named(machine: Machine, tmp_path: Path) -> None:
    pair = generate()
    write_pair(tmp_path / "data" / "keys", BRIDGE_NAME, pair)
    assert _kept(machine)["keys"].level == "ok"
    secret_path(tmp_path / "data" / "keys", BRIDGE_NAME).chmod(0o640)
    keys = _kept(machine)["keys"]
    assert keys.level == "missing"
    assert "chmod 600" in keys.text
    (tmp_path / "data" / "keys" / "enrolled").mkdir()
    secret_path(tmp_path / "data" / "keys", BRIDGE_NAME).chmod(0o600)
    (tmp_path / "data" / "keys" / "enrolled" / "p1.key").write_text("nonsense")
    assert "p1.key" in _kept(machine)["keys"].text


def test_a_disk_without_room_is_named(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks_kept, "SPARE_BYTES", 2**60)
    disk = _kept(machine)["disk"]
    assert (disk.level, "Make room" in disk.cure) == ("missing", True)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to ask as somebody else")
def test_who_may_not_look_is_told_so(tmp_path: Path) -> None:
    # not below pytest's own folder, where others cannot get to
    with tempfile.TemporaryDirectory(prefix="beffroi-doctor-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "etc").mkdir(mode=0o700)
        (folder / "etc" / "bridge.toml").write_text("data = 'x'")
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.setgid(65534)
            os.setuid(65534)
            found = [
                (part, item.level, item.subject)
                for part, item in doctor.examine(Machine(folder / "etc" / "bridge.toml", folder))
                if part == "bridge"
            ]
            os.write(writing, json.dumps(found).encode())
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as told:
            found = json.load(told)
        os.waitpid(child, 0)
    assert found[-1] == ["bridge", "note", "rights"]


def test_fonts_that_lack_are_named_with_what_it_means() -> None:
    assert app_checks._fonts([])[0] == "ok"
    level, _, text, cure = app_checks._fonts(["Noto Color Emoji"])
    assert level == "note"
    assert "boxes" in text
    assert "fonts-noto-color-emoji" in cure


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
            raise ModuleNotFoundError("No module named 'PySide6'")

    class Lacking:
        name = "lacking"

        def load(self) -> doctor.Check:
            raise ImportError("libglib-2.0.so.0: cannot open shared object file")

    class Forbidden:
        name = "forbidden"

        def load(self) -> doctor.Check:
            def check(_machine: Machine) -> Iterator[Finding]:
                raise PermissionError(13, "Permission denied", "/var/lib/beffroi/store.sqlite")

            return check

    entries = [Entry(), Absent(), Lacking(), Forbidden()]
    monkeypatch.setattr(doctor, "entry_points", lambda **_: entries)
    assert cli.main(["doctor", "--json", "--config", str(machine.config)]) == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(item["part"], item["level"]) for item in found] == [
        ("absent", "note"),
        ("broken", "ok"),
        ("broken", "missing"),
        ("forbidden", "note"),
        ("lacking", "missing"),
    ]
    assert "a defect" in found[2]["text"]
    assert "as root" in found[3]["cure"]
    assert "libglib-2.0.so.0" in found[4]["text"]
