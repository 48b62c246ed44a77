"""What is wrong is said, with the promised exit code, and mended it starts as if nothing had been.

The rest of what keeps a bridge from starting is in ``test_bridge_process.py``.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import signal
import socket
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from backend_bridge.assembly import Bridge
from backend_bridge.config import BridgeConfig, HttpConfig, WireConfig
from backend_bridge.contract.journal import AlarmEvent, SystemChange, SystemEvent
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.times import SystemClock
from backend_bridge.contract.wire import PROTOCOL_MAJOR, PROTOCOL_MINOR, Failure, SignedIn, Welcome
from backend_bridge.store import Store, StoreSettings
from backend_bridge.territory import generate_small, load
from console.scenarios.stack import CONSOLE, OPERATOR, PASSWORD, Stack, beffroi, run_step
from console.state.liveness import LinkWord
from tests.fakes.headless import HeadlessConsole
from tests.fakes.processes import Program, bridge, field, free_ports, refused, small_disk
from tests.fakes.waiting import until, until_sync
from tests.wire.rig import raw_console

CABINETS = 2


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("town")
    generate_small(path, seed=5, cabinets=CABINETS, lamps=4, base_port=free_ports(CABINETS))
    return path


@pytest.fixture(scope="module")
def used(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("used") / "data"
    starts_and_stops(town, path)
    return path


@pytest.fixture
def data(used: Path, tmp_path: Path) -> Path:
    """Return a data directory that a bridge has used and left in order."""
    return Path(shutil.copytree(used, tmp_path / "data"))


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with Stack(tmp_path_factory.mktemp("stack"), cabinets=CABINETS, lamps=4) as running:
        yield running


def starts_and_stops(town: Path, data: Path) -> None:
    with bridge(town, data) as program:
        program.send(signal.SIGTERM)
        assert program.wait() == 0
        assert "Traceback" not in program.errors


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[store]\nhistory_bites = 5\n", 'unknown key "store.history_bites" (did you mean'),
        ("[store]\nhistory_bytes = -1\n", "store.history_bytes: "),
        ("[wire\n", "is not TOML"),
    ],
)
def test_a_wrong_setting_is_named_and_corrected_it_starts(
    town: Path, data: Path, tmp_path: Path, text: str, said: str
) -> None:
    config = tmp_path / "bridge.toml"
    config.write_text(text, "utf-8")

    code, words = refused(town, data, "--config", str(config))

    assert code == 2
    assert said in words
    config.write_text("[log]\nlevel = 'info'\n", "utf-8")
    with bridge(town, data, "--config", str(config)):
        pass


def test_a_data_directory_that_cannot_be_written_is_said(town: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m", read_only=True) as disk:
        code, words = refused(town, disk / "data")
    (tmp_path / "file").write_text("not a directory", "utf-8")
    other_code, other_words = refused(town, tmp_path / "file" / "data")

    assert (code, other_code) == (4, 4)
    assert "Read-only file system" in words
    for said in (words, other_words):
        assert "nowhere to keep its journal and does not start" in said
        assert "name another data directory" in said
    assert not (tmp_path / "data").exists()


def test_every_mistake_in_a_territory_is_listed_at_once(
    town: Path, data: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong"
    shutil.copytree(town, wrong)
    links = (wrong / "links.toml").read_text("utf-8")
    (wrong / "links.toml").write_text(
        links.replace('profile = "lighting-cabinet"', 'profile = "lightning-cabinet"'), "utf-8"
    )
    before = sorted(path.name for path in data.rglob("*"))

    code, words = refused(wrong, data)

    assert code == 2
    assert words.count('(did you mean "lighting-cabinet"?)') == CABINETS
    assert "does not start" in words
    assert sorted(path.name for path in data.rglob("*")) == before, "a refusal left something"
    (wrong / "links.toml").write_text(links, "utf-8")
    starts_and_stops(wrong, data)


@pytest.mark.parametrize("damage", ["cut short", "a directory", "read by others"])
def test_a_key_that_cannot_be_used_is_said_and_put_back_it_is_the_same_bridge(
    town: Path, data: Path, damage: str
) -> None:
    path = data / "keys" / "bridge.key_secret"
    whole = path.read_bytes()
    match damage:
        case "cut short":
            path.write_bytes(whole[: len(whole) // 2])
        case "a directory":
            path.unlink()
            path.mkdir()
        case _:
            path.chmod(0o640)

    code, words = refused(town, data)

    assert code == 2
    assert str(path) in words
    assert "does not start" in words
    if path.is_dir():
        path.rmdir()
    path.write_bytes(whole)
    path.chmod(0o600)
    starts_and_stops(town, data)
    assert path.read_bytes() == whole


def test_a_damaged_store_is_left_as_it_is_and_put_back_it_goes_on(town: Path, data: Path) -> None:
    path = data / "store.sqlite"
    whole = path.read_bytes()
    path.write_bytes(secrets.token_bytes(20_000))
    damaged = path.read_bytes()

    code, words = refused(town, data)

    assert code == 4
    assert "put back the last backup" in words
    assert path.read_bytes() == damaged
    path.write_bytes(whole)
    starts_and_stops(town, data)


def test_a_damaged_history_is_set_aside_and_costs_no_incident(town: Path, data: Path) -> None:
    path = data / "history.sqlite"
    damaged = secrets.token_bytes(20_000)
    path.write_bytes(damaged)

    with bridge(town, data) as program:
        until_sync(lambda: list(data.glob("history.sqlite.set-aside-*")))
        until_sync(lambda: "history_set_aside" in program.errors)

    assert next(data.glob("history.sqlite.set-aside-*")).read_bytes() == damaged


def test_a_stranger_and_a_revoked_console_are_told_what_to_do(stack: Stack, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger"
    run_step(
        *("keys", "new", "pupitre-inconnu", "--data", str(stack.data)),
        *("--out", str(stranger), "--bridge", stack.wire),
    )
    with HeadlessConsole.of(stranger) as console:
        console.until(lambda: console.world.liveness.word is LinkWord.REFUSED)
        assert console.world.liveness.text_key == "link.key_refused"

        run_step(
            *("keys", "enroll", "pupitre-inconnu", str(stranger / "pupitre-inconnu.key")),
            *("--data", str(stack.data)),
        )
        console.sign_in(OPERATOR, PASSWORD, timeout_s=30)
        run_step("keys", "revoke", "pupitre-inconnu", "--data", str(stack.data))
        console.until(lambda: not console.world.liveness.live, timeout_s=20)
        console.until(
            lambda: (
                console.world.liveness.text_key in ("session.ended.key_revoked", "link.key_refused")
            )
        )
        assert console.world.points.state == []


def test_garbage_on_the_wire_costs_nobody_anything(stack: Stack) -> None:
    address = urllib.parse.urlsplit(stack.wire)
    with HeadlessConsole.of(stack.console_dir) as console:
        console.sign_in(OPERATOR, PASSWORD)
        for sent in (
            os.urandom(100_000),
            b"\0" * 100_000,
            b"\xff\0\0\0\0\0\0\0\x01\x7f\x03\x01CURVE" + bytes(44) + os.urandom(10_000),
            b"GET / HTTP/1.1\r\n\r\n" * 1_000,
        ):
            with socket.create_connection((address.hostname or "", address.port or 0), 5) as line:
                try:
                    line.sendall(sent)
                    line.shutdown(socket.SHUT_WR)
                    while line.recv(10_000):
                        pass
                except OSError:
                    continue  # the bridge cut it: just as well
        console.pump(1.5)
        assert console.world.liveness.live
    asyncio.run(_garbage_from_a_known_console(stack))
    assert _log(stack).count("Traceback") == 0


async def _garbage_from_a_known_console(stack: Stack) -> None:
    async with raw_console(stack.console_dir, CONSOLE, stack.wire) as console:
        assert isinstance(await console.hello(), Welcome)
        for frame in (b"", b"\xc1", os.urandom(5_000), b"\x81\xa4type\xa3ask", b"\x91" * 5_000):
            await console.socket.send(frame)
        await console.socket.send_multipart([b"a", b"b", b"c"])
        await until(lambda: len(console.of(Failure)) == 6)
        assert {item.text_key for item in console.of(Failure)} == {"error.frame.unread"}
        assert isinstance(await console.sign_in(OPERATOR, PASSWORD), SignedIn)


async def test_another_protocol_version_is_refused_naming_both(stack: Stack) -> None:
    async with raw_console(stack.console_dir, CONSOLE, stack.wire) as console:
        refusal = await console.hello(major=PROTOCOL_MAJOR + 1)
        assert isinstance(refusal, Failure)
        assert refusal.text_key == "error.version.other_major"
        assert refusal.params == {
            "bridge": f"{PROTOCOL_MAJOR}.{PROTOCOL_MINOR}",
            "console": f"{PROTOCOL_MAJOR + 1}.0",
        }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("keys", "revoke", "nobody"), "is not enrolled"),
        (("keys", "enroll", "pupitre-9", "/dev/null"), "holds no CURVE public-key"),
        (("users", "add", "m.durand", "--role", "supervisor"), "no terminal to type a password"),
        (("users", "disable", "nobody"), "there is no user"),
    ],
)
def test_a_command_that_cannot_be_done_says_so_beside_a_running_bridge(
    stack: Stack, words: tuple[str, ...], said: str
) -> None:
    done = subprocess.run(
        beffroi(*words, "--data", str(stack.data)),
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # no terminal either
        check=False,
        timeout=30,
    )

    assert done.returncode == 1, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


class MovedClock(SystemClock):
    """The machine's clocks, the wall's moved by so many seconds."""

    moved_s = 0.0

    def now_ms(self) -> int:
        return super().now_ms() + round(self.moved_s * 1000)


@pytest.fixture
def city(town: Path) -> Iterator[Program]:
    with field(town) as program:
        yield program


@pytest.mark.parametrize("jump_s", [3600.0, -3600.0])
async def test_a_clock_that_jumps_an_hour_makes_nothing_old_and_nobody_leave(
    town: Path, city: Program, tmp_path: Path, jump_s: float
) -> None:
    del city  # runs beside
    settings = BridgeConfig(
        data=str(tmp_path / "data"),
        territory=str(town),
        wire=WireConfig(address="tcp://127.0.0.1:0"),
        http=HttpConfig(address="127.0.0.1:0"),
    )
    clock = MovedClock()
    seen: set[Quality] = set()
    with structlog.testing.capture_logs() as lines:
        made = Bridge(settings, load(town), clock=clock)
        table = made._table
        stop, ready = asyncio.Event(), asyncio.Event()
        running = asyncio.create_task(made.run(stop, lambda _: ready.set()))
        await until(lambda: _all_good(table), timeout_s=15)
        table.observe(lambda changes: seen.update(change.quality for change in changes))
        clock.moved_s = jump_s
        await until(lambda: any(line["event"] == "clock_jumped" for line in lines))
        answers: dict[int, set[int]] = {source: set() for source in range(CABINETS)}

        def polled_again() -> bool:
            for source, heard in answers.items():
                heard.add(table.heard_ms(source))
            return min(map(len, answers.values())) > 3  # with every sweep for old values between

        await until(polled_again, timeout_s=15)
        assert _all_good(table)
        stop.set()
        await running
    assert seen <= {Quality.GOOD}
    assert not [line for line in lines if line["event"] == "link_lost"]
    entries = await _journal(Path(settings.data))
    assert [entry.event for entry in entries if isinstance(entry.event, AlarmEvent)] == []
    changes = [entry.event.change for entry in entries if isinstance(entry.event, SystemEvent)]
    assert changes == [SystemChange.STARTED, SystemChange.CLOCK_JUMPED, SystemChange.STOPPED]


def _all_good(table: Any) -> bool:
    return all(table.state(index).quality is Quality.GOOD for index in range(len(table)))


async def _journal(data: Path) -> Any:
    async with Store.open(StoreSettings(directory=data), SystemClock()) as store:
        return await store.journal.entries(0, 1000)


def _log(stack: Stack) -> str:
    return (stack.folder / "bridge.log").read_text("utf-8")
