"""A whole bridge on Debian's PostgreSQL: killed, cut off from it, frozen, doubled, copied."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.order_requests import ExecuteCommand
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.requests import AcknowledgeAlarm
from backend_bridge.contract.results import Result
from console.scenarios.stack import OPERATOR, PASSWORD, StackError, beffroi
from tests.e2e.counting import Cabinet, Town, build_cabinet
from tests.e2e.shared_stack import SharedStack
from tests.e2e.test_killed_command import _again, _command, _fate, _lamps
from tests.fakes.headless import HeadlessConsole
from tests.fakes.postgres import PostgresServer, running_postgres

pytestmark = [pytest.mark.peer, pytest.mark.timeout(240)]
KILLS = max(1, int(os.environ.get("BEFFROI_KILLS", "1")) // 5)
MOMENTS = 3
SAID_S = 20.0
"""Five seconds until a server that hangs counts as away, on a machine that is busy."""


class CountingStack(SharedStack, Town):
    """A city whose only cabinet counts what is written to it, and kills whom it is told to."""


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with running_postgres() as running:
        yield running


@pytest.fixture
def database(server: PostgresServer) -> PostgresServer:
    """Return the server with its one database empty."""
    server.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public;")
    return server


@contextmanager
def _room(stack: SharedStack) -> Iterator[HeadlessConsole]:
    with stack, HeadlessConsole.of(stack.console_dir) as console:
        console.sign_in(OPERATOR, PASSWORD)
        yield console


@contextmanager
def _counting(
    folder: Path, database: PostgresServer
) -> Iterator[tuple[CountingStack, Cabinet, HeadlessConsole]]:
    stack = CountingStack(folder / "city", database, program=build_cabinet(folder))
    with _room(stack) as console:
        assert stack.cabinet is not None
        lamp = _lamps(console)[0]
        console.until(
            lambda: console.world.quality(lamp.first_point) is Quality.GOOD, what="a good lamp"
        )
        yield stack, stack.cabinet, console


def _fault(console: HeadlessConsole, fault: str) -> float:
    return console.until(
        lambda: console.world.liveness.storage_fault == fault,
        timeout_s=SAID_S,
        what=f'"{fault}" to be said',
    )


def _admin(stack: SharedStack, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        beffroi("admin", *words, "--config", str(stack.config)),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def _alarm_changes(database: PostgresServer) -> list[tuple[str, str]]:
    """Return each change of each alarm that the journal tells of."""
    found = database.sql(
        "SELECT encode(payload, 'hex') FROM journal WHERE kind = 'alarm' ORDER BY seq"
    )
    events = [msgspec.msgpack.decode(bytes.fromhex(line)) for line in found.split()]
    return [(event["alarm"]["id"], event["change"]) for event in events]


def _use_by_another(database: PostgresServer) -> None:
    """Do what a stand-by does while this bridge is cut off: take the database, then leave it."""
    database.sql("UPDATE meta SET value = '\\x00' WHERE key = 'holder'")
    database.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE application_name LIKE 'beffroi %'"
    )


def _refused(console: HeadlessConsole, asked: Future[Result], text_key: str) -> None:
    console.until(asked.done, timeout_s=SAID_S, what="an answer")
    error = asked.exception()
    assert isinstance(error, RequestError), error
    assert error.text_key == text_key


def test_killed_in_the_middle_of_a_command_it_wrote_once_and_tells_the_truth(
    database: PostgresServer, tmp_path: Path
) -> None:
    with _counting(tmp_path, database) as (stack, cabinet, console):
        for kill, lamp in enumerate(_lamps(console)[:KILLS]):
            assert stack.bridge is not None
            cabinet.kill_at_next_write(stack.bridge.process.pid, kill % MOMENTS, 0)
            request = _command(console, lamp.id, 20 + kill, f"kill-{kill}")
            asked = console.link.ask(request)
            stack.bridge.process.wait(20)
            console.until(asked.done, timeout_s=20, what="the end of waiting")
            epoch = console.world.epoch
            stack.bridge.stop()
            stack.start_bridge()
            console.until(
                lambda epoch=epoch: console.world.epoch != epoch and console.following(),  # type: ignore[misc] # bound now
                timeout_s=30,
                what="the bridge again",
            )
            record = _fate(console, _again(console, request))
            assert cabinet.counted(kill, 20 + kill) == (1, 20 + kill), "sent again"
            assert record.outcome is CommandOutcome.CONFIRMED, record
        held = database.sql("SELECT count(*) FROM overrides WHERE is_open")
        assert int(held) == KILLS, "the ledger came back with the bridge"
        done = _admin(stack, "audit", "verify")
        assert "the chain holds" in done.stdout, done.stdout + done.stderr


def test_a_server_that_stops_is_said_and_nothing_is_lost_when_it_is_back(
    database: PostgresServer, tmp_path: Path
) -> None:
    with _counting(tmp_path, database) as (stack, cabinet, console):
        database.stop()  # nobody does anything: the bridge notices by itself
        _fault(console, "unreachable")
        lamp = _lamps(console)[0]
        asked = console.link.ask(_command(console, lamp.id, 55, "away"))
        _refused(console, asked, "error.storage.failed")
        assert cabinet.writes() == 0, "a refused command was carried out"
        cabinet.end()
        console.until(
            lambda: console.world.quality(lamp.first_point) is not Quality.GOOD,
            what="the picture, which goes on",
        )
        assert not list(console.world.alarms), "said before it is kept"
        database.start()
        _fault(console, "")
        console.until(lambda: list(console.world.alarms), what="the alarm of the lost cabinet")
        alarm = next(iter(console.world.alarms))
        console.ask(AcknowledgeAlarm(alarm_id=alarm.id))
        stack.start_field()
        again = stack.cabinet
        assert again is not None
        console.until(
            lambda: console.world.quality(lamp.first_point) is Quality.GOOD,
            timeout_s=30,
            what="the cabinet again",
        )
        console.until(
            lambda: not any(item.active for item in console.world.alarms), what="its alarm's end"
        )
        assert again.writes() == 0, "it was carried out later"
        assert "the chain holds" in _admin(stack, "audit", "verify").stdout
        changes = _alarm_changes(database)
        assert len(changes) == len(set(changes)), changes
        assert {"raised", "acknowledged", "returned"} <= {change for _, change in changes}
        _use_by_another(database)
        assert stack.bridge is not None
        assert stack.bridge.process.wait(20) == 4, "what it remembers may no longer be true"
        assert "Another bridge has used" in (stack.folder / "bridge.log").read_text("utf-8")


def test_a_command_that_a_hanging_server_kept_waiting_is_never_carried_out_late(
    database: PostgresServer, tmp_path: Path
) -> None:
    with _counting(tmp_path, database) as (stack, cabinet, console):
        lamp, other = _lamps(console)[:2]
        database.freeze()
        try:
            late = console.link.ask(_soon(_command(console, lamp.id, 66, "late")))
            _fault(console, "unreachable")
            refused = console.link.ask(_command(console, other.id, 67, "refused"))
            _refused(console, refused, "error.storage.failed")
        finally:
            database.thaw()
        _fault(console, "")
        console.until(late.done, timeout_s=20, what="an answer")
        console.pump(0.5)
        assert cabinet.writes() == 0
        database.freeze()
        try:
            assert stack.bridge is not None
            stack.bridge.process.terminate()
            assert stack.bridge.process.wait(30) == 0, "it ends though its server hangs"
        finally:
            database.thaw()
        stack.bridge.stop()
        stack.start_bridge()
        assert "the chain holds" in _admin(stack, "audit", "verify").stdout


def test_it_is_alone_and_its_backup_is_put_back(database: PostgresServer, tmp_path: Path) -> None:
    copy = tmp_path / "copy.zip"
    stack = SharedStack(tmp_path / "city", database)
    with _room(stack) as console:
        _refuse_others(stack)
        stack.fault(link=next(iter(stack.truth()["links"])), fault="dead")
        console.until(lambda: list(console.world.alarms), what="the alarm")
        alarm = next(iter(console.world.alarms))
        console.ask(AcknowledgeAlarm(alarm_id=alarm.id))
        done = _admin(stack, "backup", str(copy))
        assert done.returncode == 0, done.stderr
        refused = _admin(stack, "restore", str(copy))
        assert refused.returncode == 4
        assert "in use by another bridge" in refused.stderr
        assert stack.bridge is not None
        stack.bridge.stop()
        kept = database.sql("SELECT count(*) FROM journal")
        database.sql("DELETE FROM journal; DELETE FROM alarms; DELETE FROM users;")
        restored = _admin(stack, "restore", str(copy))
        assert restored.returncode == 0, restored.stderr
        assert "the chain holds" in _admin(stack, "audit", "verify").stdout
        assert int(database.sql("SELECT count(*) FROM journal")) <= int(kept)
        epoch = console.world.epoch
        stack.start_bridge()
        console.until(
            lambda: console.world.epoch != epoch and console.following(),
            timeout_s=30,
            what="the restored bridge",
        )
        assert [item.ack_by for item in console.world.alarms] == [OPERATOR]
    (aside,) = stack.data.glob("before-restore-*")
    assert (aside / "store.sqlite").is_file(), "what was on the server is kept"


def _refuse_others(stack: SharedStack) -> None:
    """Start a second bridge on the same database, and one on the same directory."""
    second = stack.folder / "second.toml"
    stack.write_config(second, stack.folder / "another directory")
    for config, words in ((second, "/postgres is in use"), (stack.config, "/bridge is in use")):
        bridge = stack.another_bridge(config, "tcp://127.0.0.1:0", "second.log")
        with pytest.raises(StackError, match=rf"(?s)ended with 4 .*{words} by another bridge"):
            bridge.ready("bridge ready")
        bridge.stop()


def _soon(request: ExecuteCommand) -> ExecuteCommand:
    """Return the same with two seconds to go."""
    fields = {name: getattr(request, name) for name in request.__struct_fields__}
    return ExecuteCommand(**{**fields, "deadline_ms": time.time_ns() // 1_000_000 + 2_000})
