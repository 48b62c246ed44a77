"""The audit chain on a real SQLite file: every tampering is found, honesty is never blamed."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.journal import (
    ExportEvent,
    SessionChange,
    SessionEvent,
    StreamChange,
    StreamEvent,
)
from backend_bridge.core.storage import AuditQuery, Draft, Seal
from backend_bridge.store import Store, StoreSettings
from backend_bridge.store.audit import Report, check_chain, links_query, open_journal
from backend_bridge.store.chain import GENESIS, Break, Wrong, seal
from backend_bridge.store.schema import OURS, bring_up_to_date
from tests.fakes.clock import ManualClock
from tests.unit.store.makers import T0_MS, alarm_draft, command_draft, note

ENTRIES = 12
_ROW = "seq, at_ms, user_name, seat, kind, equipment_id, alarm_id, incident_id, payload"


def check(directory: Path, *anchors: Seal) -> Report:
    with open_journal(StoreSettings(directory=directory)) as connection:
        return check_chain(connection, anchors)


def said(change: SessionChange, user: str, at_ms: int = T0_MS) -> Draft:
    event = SessionEvent(change=change, console="console-1")
    return Draft(user=user, seat="police", at_ms=at_ms, event=event)


def watched(camera: str, user: str, change: StreamChange, at_ms: int = T0_MS) -> Draft:
    event = StreamEvent(change=change, equipment_id=camera, ticket="t", console="console-1")
    return Draft(user=user, seat="police", at_ms=at_ms, event=event)


@contextlib.contextmanager
def tampered(directory: Path) -> Any:
    """Give a tamperer all of SQLite on the bridge's own file."""
    with contextlib.closing(sqlite3.connect(directory / "store.sqlite")) as outside, outside:
        yield outside


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep a journal of a few entries, closed."""
    directory = tmp_path_factory.mktemp("honest") / "data"
    asyncio.run(_live(directory))
    return directory


async def _live(directory: Path) -> None:
    async with Store.open(StoreSettings(directory=directory), ManualClock()) as store:
        for number in range(ENTRIES // 4):
            await store.journal.append([note(f"{number}"), alarm_draft(number)])
            await store.journal.append([said(SessionChange.SIGNED_IN, f"user{number}")])
            await store.journal.append([command_draft(f"{number}", CommandOutcome.SENT)])
        assert store.journal.head == ENTRIES


@pytest.fixture
def copy(honest: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(honest, tmp_path / "copy"))


def test_an_honest_journal_holds(honest: Path) -> None:
    report = check(honest)
    assert report.breaks == ()
    assert report.tip is not None
    assert report.tip.seq == ENTRIES
    assert report.sealed_later == 0
    assert check(honest, report.tip, Seal(3, digest_of(honest, 3))).breaks == ()


def digest_of(directory: Path, seq: int) -> bytes:
    with tampered(directory) as outside:
        found = outside.execute("SELECT digest FROM journal WHERE seq = ?", (seq,)).fetchone()
    return bytes(found[0])


COLUMNS = {
    "at_ms": "at_ms + 1",
    "user_name": "user_name || 'x'",
    "seat": "seat || ' '",
    "kind": "kind || 'x'",
    "equipment_id": "coalesce(equipment_id, '') || 'x'",
    "alarm_id": "coalesce(alarm_id, '') || 'x'",
    "incident_id": "coalesce(incident_id, '') || 'x'",
    "payload": "CAST(payload || X'00' AS BLOB)",
    "digest": "zeroblob(32)",
}


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("seq", [1, 7, ENTRIES])
def test_a_changed_entry_is_named(copy: Path, column: str, seq: int) -> None:
    with tampered(copy) as outside:
        outside.execute(f"UPDATE journal SET {column} = {COLUMNS[column]} WHERE seq = ?", (seq,))
    (found,) = check(copy).breaks
    assert (found.seq, found.wrong) == (seq, Wrong.CHANGED)


def test_a_digest_that_was_taken_away_is_named(copy: Path) -> None:
    with tampered(copy) as outside:
        outside.execute("UPDATE journal SET digest = NULL WHERE seq = 4")
    assert check(copy).breaks[0][:2] == (4, Wrong.CHANGED)


@pytest.mark.parametrize("gone", [(1,), (5,), (5, 6, 7)])
def test_entries_that_were_taken_out_are_named(copy: Path, gone: tuple[int, ...]) -> None:
    with tampered(copy) as outside:
        outside.executemany("DELETE FROM journal WHERE seq = ?", [(seq,) for seq in gone])
    (found,) = check(copy).breaks
    assert (found.seq, found.wrong) == (gone[0], Wrong.MISSING)


def test_closing_the_gap_does_not_hide_it(copy: Path) -> None:
    with tampered(copy) as outside:
        outside.execute("DELETE FROM journal WHERE seq = 5")
        outside.execute("UPDATE journal SET seq = -seq WHERE seq > 5")
        outside.execute("UPDATE journal SET seq = -seq - 1 WHERE seq < 0")
    assert check(copy).breaks[0][:2] == (5, Wrong.CHANGED)


def test_an_entry_put_in_between_is_found(copy: Path) -> None:
    with tampered(copy) as outside:
        outside.execute("UPDATE journal SET seq = -seq WHERE seq > 5")
        outside.execute("UPDATE journal SET seq = -seq + 1 WHERE seq < 0")
        row = list(outside.execute(f"SELECT {_ROW} FROM journal WHERE seq = 5").fetchone())
        row[0] = 6
        forged = seal(digest_of_row(outside, 5), row)
        outside.execute(
            f"INSERT INTO journal ({_ROW}, digest) VALUES (?,?,?,?,?,?,?,?,?,?)", (*row, forged)
        )
    # the forged entry fits; the honest one after it does not
    assert check(copy).breaks[0][:2] == (7, Wrong.CHANGED)


def digest_of_row(outside: sqlite3.Connection, seq: int) -> bytes:
    found = outside.execute("SELECT digest FROM journal WHERE seq = ?", (seq,)).fetchone()
    return bytes(found[0])


def test_two_entries_that_changed_places_are_found(copy: Path) -> None:
    with tampered(copy) as outside:
        outside.execute("UPDATE journal SET seq = -1 WHERE seq = 4")
        outside.execute("UPDATE journal SET seq = 4 WHERE seq = 9")
        outside.execute("UPDATE journal SET seq = 9 WHERE seq = -1")
    assert check(copy).breaks[0][:2] == (4, Wrong.CHANGED)


def test_an_end_cut_off_is_seen_by_what_refers_to_it(copy: Path) -> None:
    with tampered(copy) as outside:
        outside.execute("DELETE FROM journal WHERE seq > 9")
    (found,) = check(copy).breaks
    assert (found.seq, found.wrong) == (10, Wrong.CUT)


def test_an_end_cut_off_is_seen_by_an_anchor_also_after_the_bridge_went_on(
    copy: Path, expected_events: list[str]
) -> None:
    expected_events += ["audit_seal_broken"]
    anchor = Seal(ENTRIES, digest_of(copy, ENTRIES))
    with tampered(copy) as outside:
        outside.execute("DELETE FROM journal WHERE seq > 9")
        for table in ("alarms", "commands", "idempotency_keys"):
            outside.execute(f"DELETE FROM {table} WHERE seq > 9")
    assert check(copy).breaks == ()  # what a chain alone cannot show
    assert check(copy, anchor).breaks == (
        Break(10, Wrong.CUT, f"an anchor names entry {ENTRIES}; the last here is 9"),
    )
    asyncio.run(_go_on(StoreSettings(directory=copy), 5))
    assert check(copy).breaks == ()
    assert check(copy, anchor).breaks[0][:2] == (ENTRIES, Wrong.REPLACED)


def test_a_chain_made_anew_from_somewhere_on_is_seen_by_an_anchor_only(copy: Path) -> None:
    anchors = [Seal(seq, digest_of(copy, seq)) for seq in (3, 8)]
    with tampered(copy) as outside:
        outside.execute("UPDATE journal SET user_name = 'nobody' WHERE seq = 6")
        before = digest_of_row(outside, 5)
        for row in outside.execute(f"SELECT {_ROW} FROM journal WHERE seq > 5").fetchall():
            before = seal(before, row)
            outside.execute("UPDATE journal SET digest = ? WHERE seq = ?", (before, row[0]))
    assert check(copy).breaks == ()
    (found,) = check(copy, *anchors).breaks
    assert (found.seq, found.wrong) == (8, Wrong.REPLACED)


_EDITS: dict[str, Callable[[sqlite3.Connection, int, int], object]] = {
    "edit": lambda outside, seq, _: outside.execute(
        "UPDATE journal SET payload = CAST(X'80' || payload AS BLOB) WHERE seq = ?", (seq,)
    ),
    "delete": lambda outside, seq, _: outside.execute("DELETE FROM journal WHERE seq = ?", (seq,)),
    "truncate": lambda outside, seq, _: outside.execute(
        "DELETE FROM journal WHERE seq >= ?", (seq,)
    ),
    "swap": lambda outside, seq, other: outside.executescript(
        f"UPDATE journal SET seq = -1 WHERE seq = {seq};"
        f"UPDATE journal SET seq = {seq} WHERE seq = {other};"
        f"UPDATE journal SET seq = {other} WHERE seq = -1;"
    ),
    "insert": lambda outside, seq, other: outside.execute(
        f"INSERT INTO journal SELECT {ENTRIES} + 1, at_ms, user_name, seat, kind, equipment_id,"
        f" alarm_id, incident_id, payload, digest FROM journal WHERE seq = {seq} AND {other} > 0"
    ),
    "nothing": lambda _outside, _seq, _other: None,
}


@given(
    way=st.sampled_from(sorted(_EDITS)),
    seq=st.integers(1, ENTRIES),
    other=st.integers(1, ENTRIES),
)
@settings(max_examples=60)
def test_every_tampering_is_found_and_its_absence_never_blamed(
    honest: Path, tmp_path_factory: pytest.TempPathFactory, way: str, seq: int, other: int
) -> None:
    directory = tmp_path_factory.mktemp("tampered") / "data"
    shutil.copytree(honest, directory)
    anchor = Seal(ENTRIES, digest_of(directory, ENTRIES))
    with tampered(directory) as outside:
        _EDITS[way](outside, seq, other)
    breaks = check(directory, anchor).breaks
    if way == "nothing" or (way == "swap" and seq == other):
        assert breaks == ()
    else:
        first = min(seq, other) if way == "swap" else ENTRIES + 1 if way == "insert" else seq
        assert breaks[0].seq == first
    shutil.rmtree(directory)


@given(
    rows=st.lists(
        st.tuples(st.integers(0, 9), st.text(max_size=3), st.binary(max_size=3)),
        min_size=2,
        max_size=2,
        unique=True,
    )
)
def test_no_two_entries_give_the_same_bytes(rows: list[tuple[int, str, bytes]]) -> None:
    assert seal(GENESIS, rows[0]) != seal(GENESIS, rows[1])
    assert seal(GENESIS, rows[0]) == seal(GENESIS, rows[0])
    assert seal(seal(GENESIS, rows[1]), rows[0]) != seal(GENESIS, rows[0])


async def _go_on(kept: StoreSettings, entries: int) -> None:
    async with Store.open(kept, ManualClock()) as store:
        await store.journal.append([note("on") for _ in range(entries)])


def test_a_store_of_before_is_sealed_from_its_first_entry_on(honest: Path, tmp_path: Path) -> None:
    old = StoreSettings(directory=tmp_path / "old")
    old.directory.mkdir()
    engine = sa.create_engine(f"sqlite:///{old.store_path}")
    _upgrade_to(engine, "0002")
    with tampered(honest) as outside:
        rows = outside.execute(f"SELECT {_ROW} FROM journal").fetchall()
    with engine.begin() as connection:
        connection.exec_driver_sql(
            f"INSERT INTO journal ({_ROW}) VALUES (?,?,?,?,?,?,?,?,?)",
            rows,
        )
    bring_up_to_date(engine, ManualClock(), path=old.store_path)
    engine.dispose()
    report = check(old.directory)
    assert report.breaks == ()
    assert report.sealed_later == ENTRIES
    assert report.tip == check(honest).tip, "sealed later, the same entries give the same chain"
    asyncio.run(_go_on(old, 1))
    report = check(old.directory)
    assert report.breaks == ()
    assert (report.tip or Seal(0, b"")).seq == ENTRIES + 1


def _upgrade_to(engine: sa.Engine, revision: str) -> None:
    from alembic import command  # noqa: PLC0415 - slow to import
    from alembic.config import Config  # noqa: PLC0415 - slow to import

    config = Config()
    config.set_main_option("script_location", str(OURS.migrations))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


async def test_who_watched_camera_12_on_tuesday_who_exported_it_and_why_is_one_question(
    store: Store,
) -> None:
    day = 86_400_000
    await store.journal.append(
        [
            watched("CAM-12", "karim", StreamChange.OPENED, T0_MS),
            watched("CAM-13", "karim", StreamChange.OPENED, T0_MS),
            watched("CAM-12", "nadia", StreamChange.OPENED, T0_MS + day),
            watched("CAM-12", "nadia", StreamChange.RELEASED, T0_MS + day + 60_000),
            alarm_draft(1, equipment_id="CAM-12"),
            Draft(
                user="nadia",
                seat="police",
                at_ms=T0_MS + day + 90_000,
                event=ExportEvent(
                    subject="CAM-12, 14:00 to 14:05",
                    rows=1,
                    reason="réquisition 2026-118",
                    digest="0" * 64,
                    equipment_id="CAM-12",
                ),
            ),
            watched("CAM-12", "karim", StreamChange.OPENED, T0_MS + 2 * day),
        ]
    )
    tuesday = AuditQuery(equipment_id="CAM-12", from_ms=T0_MS + day, to_ms=T0_MS + 2 * day)
    links = await store.audit.links(tuesday, 0, 100)
    assert [(link.number, link.entry.user) for link in links] == [
        (6, "nadia"),
        (4, "nadia"),
        (3, "nadia"),
    ]
    export = links[0].entry.event
    assert isinstance(export, ExportEvent)
    assert export.reason == "réquisition 2026-118"
    assert all(link.before != link.digest for link in links)
    (before,) = await store.audit.links(AuditQuery(), 4, 1)
    assert links[1].before == before.digest


async def test_links_are_found_by_user_event_and_page(store: Store) -> None:
    await store.journal.append(
        [
            said(SessionChange.SIGNED_IN, "karim"),
            alarm_draft(1),
            said(SessionChange.SIGNED_IN, "nadia"),
            command_draft("1", CommandOutcome.SENT),
            said(SessionChange.SIGNED_OUT, "karim"),
        ]
    )
    everything = [link.number for link in await store.audit.links(AuditQuery(), 0, 100)]
    assert everything == [5, 4, 3, 1], "an alarm nobody had a hand in is not the auditor's"
    assert [link.number for link in await store.audit.links(AuditQuery(event="alarm"), 0, 9)] == [2]
    assert [link.number for link in await store.audit.links(AuditQuery(user="karim"), 0, 9)] == [
        5,
        1,
    ]
    first = await store.audit.links(AuditQuery(), 0, 2)
    rest = await store.audit.links(AuditQuery(), first[-1].number, 2)
    assert [link.number for link in (*first, *rest)] == everything
    assert (await store.audit.tip()).digest.hex() == first[0].digest


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (AuditQuery(equipment_id="CAM-12"), "ix_journal_audit_equipment_id"),
        (AuditQuery(user="karim"), "ix_journal_audit_user_name"),
    ],
)
def test_the_auditors_questions_use_their_indexes(
    honest: Path, wanted: AuditQuery, index: str
) -> None:
    query = links_query(wanted, 0, 100)
    with open_journal(StoreSettings(directory=honest)) as connection:
        sql = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    assert index in str(plan)
