"""``beffroi admin audit``: exit codes, what is said, and what leaves."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import itertools
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from backend_bridge.backup import back_up, restore
from backend_bridge.cli import main
from backend_bridge.contract.audit import AuditLink
from backend_bridge.contract.journal import (
    ExportEvent,
    SessionChange,
    SessionEvent,
    StreamChange,
    StreamEvent,
)
from backend_bridge.contract.times import SystemClock
from backend_bridge.core.storage import AuditQuery, Draft
from backend_bridge.security.anchors import Anchors
from backend_bridge.store import Store, StoreSettings
from backend_bridge.store.seal import ensure_key
from tests.fakes.clock import ManualClock

T0_MS = 1_763_424_000_000
"""18 November 2025, 00:00 UTC."""
DAY_MS = 86_400_000


def watched(camera: str, user: str, at_ms: int) -> Draft:
    event = StreamEvent(change=StreamChange.OPENED, equipment_id=camera, ticket="t", console="c")
    return Draft(user=user, seat="police", at_ms=at_ms, event=event)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Keep a journal of three days, and an anchor of it."""
    asyncio.run(_live(tmp_path / "data", tmp_path / "elsewhere"))
    return tmp_path / "data"


async def _live(directory: Path, anchors: Path) -> None:
    await asyncio.to_thread(anchors.mkdir)
    event = SessionEvent(change=SessionChange.SIGNED_IN, console="=1+1")
    async with Store.open(StoreSettings(directory=directory), ManualClock()) as store:
        await store.journal.append(
            [
                watched("CAM-12", "karim", T0_MS),
                watched("CAM-12", "nadia", T0_MS + DAY_MS),
                watched("CAM-13", "nadia", T0_MS + DAY_MS),
                Draft(user="=cmd", seat="", at_ms=T0_MS + DAY_MS, event=event),
                watched("CAM-12", "karim", T0_MS + 2 * DAY_MS),
            ]
        )
        await Anchors(store.audit.tip, anchors, ManualClock()).write()


def entries(directory: Path) -> list[AuditLink]:
    async def read() -> list[AuditLink]:
        async with Store.open(StoreSettings(directory=directory), ManualClock()) as store:
            return await store.audit.links(AuditQuery(), 0, 100)

    return asyncio.run(read())


def test_a_whole_journal_is_said_to_be_whole(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["admin", "audit", "verify", "--data", str(data)]) == 0
    said = capsys.readouterr().out
    assert "5 entries, the chain holds" in said
    assert "No anchors were given" in said
    elsewhere = str(data.parent / "elsewhere")
    assert main(["admin", "audit", "verify", "--data", str(data), "--anchors", elsewhere]) == 0
    assert "1 anchors fit, the newest of entry 5" in capsys.readouterr().out


def test_a_changed_entry_ends_with_one_and_is_named(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(data / "store.sqlite")) as outside, outside:
        outside.execute("UPDATE journal SET user_name = 'karim' WHERE seq = 2")
    assert main(["admin", "audit", "verify", "--data", str(data)]) == 1
    said = capsys.readouterr().out
    assert "entry 2: changed" in said
    assert "keep this store" in said


def test_an_end_cut_off_is_found_by_the_anchors_of_the_configuration(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(data / "store.sqlite")) as outside, outside:
        outside.execute("DELETE FROM journal WHERE seq = 5")
    toml = tmp_path / "bridge.toml"
    toml.write_text(
        f'data = "{data}"\nterritory = "{tmp_path}"\n[audit]\nanchors = "elsewhere"\n', "utf-8"
    )
    assert main(["admin", "audit", "verify", "--config", str(toml)]) == 1
    said = capsys.readouterr().out
    assert "entry 5: cut: an anchor names entry 5; the last here is 4" in said
    assert "entry 5: cut: the seal is on entry 5; the last here is 4" in said
    (data / "keys" / "audit.seal_key").rename(tmp_path / "safe")
    assert main(["admin", "audit", "verify", "--data", str(data)]) == 0
    said = capsys.readouterr().out
    assert "was not checked, because no key was given" in said
    verify = ["admin", "audit", "verify", "--data", str(data)]
    assert main([*verify, "--key", str(tmp_path / "safe")]) == 1
    assert main([*verify, "--key", "/nowhere"]) == 4


def test_what_the_seal_proves_is_said(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    verify = ["admin", "audit", "verify", "--data", str(data)]
    assert main(verify) == 0
    said = capsys.readouterr().out
    assert "is on entry 5, the newest: nobody who cannot read that key" in said
    assert "a whole older copy" in said
    key = data / "keys" / "audit.seal_key"
    key.write_text(key.read_text("utf-8").replace("since = 0", "since = 2"), "utf-8")
    assert main(verify) == 0
    assert "Entries 1 to 2 are older than the key" in capsys.readouterr().out
    ensure_key(tmp_path / "other", 0, 0)
    assert main([*verify, "--key", str(tmp_path / "other")]) == 1
    assert "if the key was replaced" in capsys.readouterr().out


def test_a_backup_is_checked_as_it_is(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.beffroi"
    back_up(data, copy, SystemClock())
    elsewhere = str(tmp_path / "elsewhere")
    assert main(["admin", "audit", "verify", "--backup", str(copy), "--anchors", elsewhere]) == 0
    assert "5 entries, the chain holds" in capsys.readouterr().out
    assert main(["admin", "audit", "verify", "--backup", str(tmp_path / "bridge.toml")]) == 4


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["verify"], 2, "which journal?"),
        (["verify", "--data", "/nowhere"], 4, "no journal to read"),
        (["verify", "--data", "{data}", "--anchors", "/nowhere"], 2, "cannot be read"),
        (["export", "--data", "{data}", "--reason", "r", "x.txt"], 2, "neither in .csv"),
        (["export", "--data", "{data}", "--reason", " ", "x.csv"], 2, "--reason is empty"),
        (["export", "--data", "{data}", "--reason", "r", "--from", "mardi", "x.csv"], 2, "no time"),
    ],
)
def test_what_cannot_be_done_says_why(
    data: Path,
    arguments: list[str],
    code: int,
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(data.parent)
    given = [item.replace("{data}", str(data)) for item in arguments]
    assert main(["admin", "audit", *given]) == code
    assert said in capsys.readouterr().err
    assert sorted(path.name for path in data.parent.iterdir()) == ["data", "elsewhere"]


def test_who_watched_camera_12_on_that_day_leaves_as_a_table_and_that_is_journalled(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "caméra 12.csv"
    day = ["--from", "2025-11-19T00:00+00:00", "--to", "2025-11-20T00:00+00:00"]
    asked = ["--equipment", "CAM-12", *day, "--reason", "plainte 2025-44"]
    assert main(["admin", "audit", "export", "--data", str(data), *asked, str(target)]) == 0
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows[0][:6] == ["number", "time", "user", "seat", "event", "equipment"]
    assert [row[:6] for row in rows[1:]] == [
        ["2", "2025-11-19T00:00:00.000+00:00", "nadia", "police", "stream", "CAM-12"]
    ]
    assert target.stat().st_mode & 0o077 == 0
    newest = entries(data)[0].entry
    assert isinstance(newest.event, ExportEvent)
    assert (newest.event.rows, newest.event.reason) == (1, "plainte 2025-44")
    assert newest.event.equipment_id == "CAM-12"
    assert newest.event.digest == hashlib.sha256(target.read_bytes()).hexdigest()
    assert newest.user.startswith("os:")
    assert newest.event.digest in capsys.readouterr().out
    assert main(["admin", "audit", "verify", "--data", str(data)]) == 0


def test_lines_hold_whole_links_and_tables_no_formulas(data: Path, tmp_path: Path) -> None:
    lines, table = tmp_path / "all.jsonl", tmp_path / "all.csv"
    for target in (lines, table):
        given = ["--data", str(data), "--reason", "r", str(target)]
        assert main(["admin", "audit", "export", *given]) == 0
    links = [msgspec.json.decode(line, type=AuditLink) for line in lines.read_bytes().splitlines()]
    assert [link.number for link in links] == [5, 4, 3, 2, 1]
    assert all(before.digest == link.before for link, before in itertools.pairwise(links))
    with table.open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file, delimiter=";") for cell in row]
    assert "'=cmd" in cells
    assert not any(cell.startswith("=") for cell in cells)


def test_a_file_that_is_there_is_kept(data: Path, tmp_path: Path) -> None:
    target = tmp_path / "there.csv"
    target.write_text("mine")
    given = ["--data", str(data), "--reason", "r", str(target)]
    assert main(["admin", "audit", "export", *given]) == 2
    assert target.read_text() == "mine"
    assert len(entries(data)) == 5


def test_a_restored_backup_brings_its_key_and_is_proven_with_it(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy, again = tmp_path / "copy.beffroi", tmp_path / "again"
    back_up(data, copy, SystemClock())
    again.mkdir()
    restore(copy, again, SystemClock())
    assert (again / "keys" / "audit.seal_key").stat().st_mode & 0o777 == 0o600
    assert main(["admin", "audit", "verify", "--data", str(again)]) == 0
    assert "nobody who cannot read that key" in capsys.readouterr().out
    # a backup's own key is not taken for proof of it, one that is given is
    assert main(["admin", "audit", "verify", "--backup", str(copy)]) == 0
    assert "was not checked, because no key was given" in capsys.readouterr().out
    key = str(data / "keys" / "audit.seal_key")
    assert main(["admin", "audit", "verify", "--backup", str(copy), "--key", key]) == 0
    assert "nobody who cannot read that key" in capsys.readouterr().out
