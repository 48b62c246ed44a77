"""The real bridge on the real simulated field, as processes: starts, sees, says, stops."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sqlite3
import urllib.request
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import msgspec
import psutil
import pytest

from backend_bridge.territory import generate_small
from tests.fakes.processes import Program, bridge, field, free_ports, refused, small_disk
from tests.fakes.waiting import until_sync

CABINETS = 3
POINTS_OF_CABINET = 6 + 4 * 2 + 12 * 3
PLANS = 3
"""Those the program brings."""
FIRST_START = (
    ("configuration", "user_added"),
    ("system", "started"),
    ("configuration", "loaded"),
    ("configuration", "audit_key"),
    *(("plan", "loaded") for _ in range(PLANS)),
    *(("interlock", None) for _ in range(CABINETS)),
    ("configuration", "consoles"),
)
"""What a bridge writes of its first start: the type and the change of each entry."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("town")
    generate_small(path, seed=4, cabinets=CABINETS, lamps=12, base_port=free_ports(CABINETS))
    return path


@pytest.fixture
def city(town: Path) -> Iterator[Program]:
    with field(town) as program:
        yield program


def get(program: Program, path: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(program.ready["http"] + path, timeout=5) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.read()


def health(program: Program) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(get(program, "/health")[1])
    return found


def points(program: Program, quality: str) -> int:
    text = get(program, "/metrics")[1].decode()
    return round(sum(map(float, re.findall(rf'quality="{quality}"}} (\S+)', text))))


def tell(city: Program, path: str, **body: str) -> None:
    request = urllib.request.Request(
        city.ready["control"] + path,
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=5) as answer:
        assert answer.status == 200


def journal(data: Path) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(f"file:{data}/store.sqlite?mode=ro", uri=True)) as store:
        rows = store.execute("SELECT payload FROM journal ORDER BY seq").fetchall()
    return [msgspec.msgpack.decode(payload) for (payload,) in rows]


def all_up(program: Program) -> None:
    until_sync(
        lambda: health(program)["links_up"] == CABINETS, timeout_s=15, what="all links to be up"
    )


def test_the_whole_line_from_cabinet_to_health(town: Path, city: Program, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with bridge(town, data) as program:
        all_up(program)
        assert points(program, "good") == CABINETS * POINTS_OF_CABINET
        assert (data / "keys/bridge.key_secret").stat().st_mode & 0o077 == 0
        assert (data / "administrator.secret").stat().st_mode & 0o077 == 0
        assert (data / "keys/enrolled").stat().st_mode & 0o077 == 0
        assert "enrolments_unreadable" not in program.errors

        tell(city, "/fault", link="EP-0306", fault="dead")
        until_sync(lambda: points(program, "unavailable") == POINTS_OF_CABINET)
        assert health(program)["links_down"] == 1
        tell(city, "/clear", link="EP-0306")
        all_up(program)
        until_sync(lambda: points(program, "good") == CABINETS * POINTS_OF_CABINET)

        # raised, opened; returned (after its off-delay), resolved
        until_sync(
            lambda: health(program)["journal_head"] == len(FIRST_START) + 4,
            timeout_s=10,
            what="the alarm to return and its incident to be resolved",
        )
        process = psutil.Process(program.pid)
        assert process.memory_info().rss < 150 * 1024 * 1024
        maps = Path(f"/proc/{program.pid}/maps").read_text("utf-8")
        assert "PySide6" not in maps
        assert "cv2" not in maps

        program.send(signal.SIGTERM)
        assert program.wait() == 0

    told = journal(data)
    said = [(event["type"], event.get("change")) for event in told]
    assert tuple(said[: len(FIRST_START)]) == FIRST_START
    assert len(said) == len(FIRST_START) + 4 + 1
    assert said[-1] == ("system", "stopped")
    alarms = [event for event in told if event["type"] == "alarm"]
    assert [event["change"] for event in alarms] == ["raised", "returned"]
    assert alarms[0]["alarm"]["equipment_id"] == "EP-0306"
    assert alarms[0]["alarm"]["children"] == 16
    assert next(event["change"] for event in told if event["type"] == "incident") == "opened"


def test_silence_of_the_field_is_seen(town: Path, city: Program, tmp_path: Path) -> None:
    with bridge(town, tmp_path / "data") as program:
        all_up(program)
        city.send(signal.SIGSTOP)
        until_sync(lambda: points(program, "good") == 0, what="every value to be lost")
        assert points(program, "unavailable") == CABINETS * POINTS_OF_CABINET

        city.send(signal.SIGCONT)
        all_up(program)


def test_a_bridge_without_its_field_starts_and_says_so(town: Path, tmp_path: Path) -> None:
    with bridge(town, tmp_path / "data") as program:
        until_sync(lambda: points(program, "unavailable") == CABINETS * POINTS_OF_CABINET)

        found = health(program)
        assert (found["links_up"], found["links_down"]) == (0, CABINETS)
        assert get(program, "/health")[0] == 200


def test_killed_and_started_again_it_goes_on(town: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with bridge(town, data) as first:
        until_sync(lambda: health(first)["journal_head"] >= 1 + CABINETS * 2)
        epoch, head = first.ready["epoch"], health(first)["journal_head"]
        first.send(signal.SIGKILL)
        assert first.wait() == -signal.SIGKILL
    with bridge(town, data) as second:
        assert second.ready["epoch"] != epoch
        assert health(second)["journal_head"] >= head + 1
    changes = [event["change"] for event in journal(data) if event["type"] == "system"]
    assert changes == ["started", "started", "stopped"]


def test_what_keeps_it_from_starting_is_said_with_a_code(town: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with bridge(town, data) as first:
        code, said = refused(town, data)
        assert code == 4
        assert f"in use by another bridge (process {first.pid})" in said

        code, said = refused(town, tmp_path / "other", "--wire", first.ready["wire"])
        assert code == 3
        assert "taken by another program" in said

        http = first.ready["http"].removeprefix("http://")
        code, said = refused(town, tmp_path / "other", "--http", http)
        assert code == 3
        assert f"{http} cannot be listened on (Address already in use)" in said

    code, said = refused(tmp_path / "nowhere", tmp_path / "other")
    assert code == 2
    assert "territory.toml: not found" in said

    wrong = tmp_path / "wrong.toml"
    wrong.write_text('[wire]\nadress = "x"\n', "utf-8")
    code, said = refused(town, tmp_path / "other", "--config", str(wrong))
    assert code == 2
    assert 'unknown key "wire.adress" (did you mean "address"?)' in said

    code, said = refused(
        town, tmp_path / "other", environment={"BEFFROI_BRIDGE__ROLES": str(tmp_path / "none")}
    )
    assert code == 2
    assert "no such directory" in said


def test_a_newer_store_is_left_alone(town: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with bridge(town, data) as program:
        program.send(signal.SIGTERM)
        assert program.wait() == 0
    with closing(sqlite3.connect(data / "store.sqlite")) as store:
        store.execute("UPDATE alembic_version SET version_num = '9999'")
        store.commit()
    before = (data / "store.sqlite").read_bytes()

    code, said = refused(town, data)

    assert code == 4
    assert "written by a newer Beffroi" in said
    assert (data / "store.sqlite").read_bytes() == before


def test_a_key_that_others_may_read_is_refused(town: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with bridge(town, data) as program:
        program.send(signal.SIGTERM)
        assert program.wait() == 0
    (data / "keys/bridge.key_secret").chmod(0o644)

    code, said = refused(town, data)

    assert code == 2
    assert "chmod 600" in said


def fill(ballast: Path) -> None:
    """Write a file until its disk is full."""
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))


def test_a_full_disk_at_the_start_is_said(town: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "64k") as disk:
        code, said = refused(town, disk / "data")

    assert code == 4
    assert "does not start" in said or "full" in said


def test_on_a_full_disk_the_live_picture_goes_on(town: Path, city: Program, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "8m") as disk, bridge(town, disk / "data") as program:
        all_up(program)
        ballast = disk / "ballast"
        fill(ballast)
        tell(city, "/fault", link="EP-0306", fault="dead")
        until_sync(lambda: points(program, "unavailable") == POINTS_OF_CABINET)
        until_sync(lambda: not health(program)["storage_ok"], what="the disk to be full")
        assert get(program, "/health")[0] == 503
        tell(city, "/clear", link="EP-0306")
        until_sync(lambda: points(program, "good") == CABINETS * POINTS_OF_CABINET, timeout_s=15)

        ballast.unlink()
        until_sync(lambda: health(program)["storage_ok"], timeout_s=10, what="the disk again")
        until_sync(
            lambda: (
                {"disk_full", "disk_back", "raised"}
                <= {event.get("change") for event in journal(disk / "data")}
            ),
            timeout_s=10,
            what="the journal to catch up",
        )
        assert get(program, "/health")[0] == 200


def test_systemd_hears_of_start_life_and_stop(town: Path, tmp_path: Path) -> None:
    path = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(path))
        manager.settimeout(5)
        environment = {"NOTIFY_SOCKET": str(path)}
        with bridge(town, tmp_path / "data", environment=environment) as program:
            assert manager.recv(200).startswith(b"READY=1")
            assert manager.recv(200) == b"WATCHDOG=1"
            program.send(signal.SIGINT)
            assert program.wait() == 0
        said = b""
        while said == b"" or said == b"WATCHDOG=1":
            said = manager.recv(200)
        assert said == b"STOPPING=1"


def test_garbage_on_the_http_socket_does_no_harm(town: Path, tmp_path: Path) -> None:
    with bridge(town, tmp_path / "data") as program:
        host, port = program.ready["http"].removeprefix("http://").split(":")
        for sent in (os.urandom(100_000), b"\0" * 1_000, b"GET / HTTP/1.1\r\n" * 10_000):
            with socket.create_connection((host, int(port)), timeout=5) as stranger:
                try:
                    stranger.sendall(sent)
                    stranger.shutdown(socket.SHUT_WR)
                    stranger.recv(1_000)
                except OSError:
                    continue  # the bridge closed it: just as well
        assert get(program, "/health")[0] == 200
        assert "Traceback" not in program.errors


def test_killed_on_a_full_disk_it_comes_back_with_the_live_picture(
    town: Path, city: Program, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", "8m") as disk:
        with bridge(town, disk / "data") as program:
            all_up(program)
            fill(disk / "ballast")
            tell(city, "/fault", link="EP-0306", fault="dead")
            until_sync(lambda: not health(program)["storage_ok"], what="the disk to be full")
            program.send(signal.SIGKILL)
            program.wait()
        tell(city, "/clear", link="EP-0306")
        fill(disk / "more")

        with bridge(town, disk / "data") as program:
            all_up(program)
            assert points(program, "good") == CABINETS * POINTS_OF_CABINET

            (disk / "ballast").unlink()
            until_sync(lambda: health(program)["storage_ok"], timeout_s=10, what="the disk again")
            until_sync(lambda: health(program)["journal_head"] > 1, what="the journal to go on")
