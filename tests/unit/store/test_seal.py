"""The journal's seal: what who cannot read the key can do, and what the check says of it."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from backend_bridge.core.storage import Seal
from backend_bridge.store import Store, StoreOpenError, StoreSettings, open_journal_to_append
from backend_bridge.store.audit import Report, check_chain, open_journal
from backend_bridge.store.chain import GENESIS, SEALED_FIELDS, Wrong, seal
from backend_bridge.store.seal import (
    Sealing,
    SealKey,
    ensure_key,
    key_path,
    key_paths,
    read_key,
    read_keys,
)
from tests.fakes.clock import ManualClock
from tests.unit.store.makers import alarm_draft, note

COLUMNS = ", ".join(SEALED_FIELDS)


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    """Keep a journal of ten entries, in five commits."""
    made = StoreSettings(directory=tmp_path / "data")
    live(made, 5)
    return made


def live(settings: StoreSettings, commits: int) -> None:
    async def run() -> None:
        async with Store.open(settings, ManualClock()) as store:
            for number in range(commits):
                await store.journal.append([note(f"{number}"), alarm_draft(number + 1)])

    asyncio.run(run())


def check(settings: StoreSettings, keys: list[SealKey] | None = None) -> Report:
    if keys is None:
        keys = read_keys(key_paths(settings.directory))
    with open_journal(settings) as connection:
        return check_chain(connection, (), keys)


def wrong(settings: StoreSettings, keys: list[SealKey] | None = None) -> list[Wrong]:
    return [found.wrong for found in check(settings, keys).breaks]


def outside(settings: StoreSettings, *statements: str) -> None:
    with closing(sqlite3.connect(settings.store_path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def made_to_fit_again(settings: StoreSettings) -> None:
    """Give every entry the digest it must have: what anybody can compute."""
    with closing(sqlite3.connect(settings.store_path)) as connection, connection:
        before = GENESIS
        for row in connection.execute(f"SELECT {COLUMNS} FROM journal ORDER BY seq").fetchall():
            before = seal(before, row)
            connection.execute("UPDATE journal SET digest = ? WHERE seq = ?", (before, row[0]))


def test_honest_journal_is_proven_with_its_key_and_only_with_it(settings: StoreSettings) -> None:
    report = check(settings)
    assert (report.breaks, report.seal.sealing) == ((), Sealing.PROVEN)
    assert report.seal.key == read_key(key_path(settings.directory)).id
    assert check(settings, []).seal.sealing is Sealing.NO_KEY
    assert check(settings, []).breaks == ()


def test_forged_chain_that_fits_is_found_by_the_seal_alone(settings: StoreSettings) -> None:
    outside(settings, "UPDATE journal SET user_name = 'karim' WHERE seq = 9")
    made_to_fit_again(settings)
    assert wrong(settings, []) == [], "the chain alone does not show it"
    assert wrong(settings) == [Wrong.REPLACED]


def test_forged_entry_at_the_end_is_found(settings: StoreSettings) -> None:
    outside(
        settings,
        f"INSERT INTO journal ({COLUMNS}) SELECT 11, at_ms, 'nobody', seat, kind, equipment_id,"
        " alarm_id, incident_id, payload FROM journal WHERE seq = 9",
    )
    made_to_fit_again(settings)
    assert wrong(settings, []) == []
    (found,) = check(settings).breaks
    assert (found.seq, found.wrong) == (11, Wrong.UNSEALED)


def test_end_cut_off_is_found_where_no_state_remembers_it(settings: StoreSettings) -> None:
    outside(
        settings,
        "DELETE FROM journal WHERE seq > 8",
        "DELETE FROM alarms",
        "DELETE FROM idempotency_keys",
    )
    assert wrong(settings, []) == []
    assert wrong(settings) == [Wrong.CUT]


def test_seal_that_was_taken_away_is_missed(settings: StoreSettings) -> None:
    outside(settings, "DELETE FROM meta WHERE key = 'audit_seal'")
    assert wrong(settings) == [Wrong.UNSEALED]
    assert check(settings, []).seal.sealing is Sealing.NONE
    outside(settings, "INSERT INTO meta VALUES ('audit_seal', x'00')")
    assert wrong(settings) == [Wrong.UNSEALED], "and so is one that is garbage"


def test_bridge_that_writes_on_does_not_make_a_forgery_true(
    settings: StoreSettings, expected_events: list[str]
) -> None:
    expected_events += ["audit_seal_broken"]
    outside(settings, "UPDATE journal SET user_name = 'karim' WHERE seq = 10")
    made_to_fit_again(settings)
    live(settings, 3)
    (found,) = check(settings).breaks
    assert (found.seq, found.wrong) == (11, Wrong.UNSEALED)
    path = key_path(settings.directory)
    path.rename(path.with_name(f"{path.name}.old"))
    live(settings, 1)
    report = check(settings)
    assert (report.breaks, report.seal.since) == ((), 16), "as it was found: said, not hidden"


def test_stripped_seal_is_not_given_back_by_the_next_commit(
    settings: StoreSettings, expected_events: list[str]
) -> None:
    expected_events += ["audit_seal_broken"]
    outside(settings, "DELETE FROM meta WHERE key = 'audit_seal'")
    live(settings, 1)
    assert wrong(settings) == [Wrong.UNSEALED]


def test_seal_of_another_key_is_no_seal(settings: StoreSettings, tmp_path: Path) -> None:
    own = ensure_key(tmp_path / "forger", 0, 0)
    key = read_key(key_path(settings.directory))
    with closing(sqlite3.connect(settings.store_path)) as connection, connection:
        seq, digest = connection.execute(
            "SELECT seq, digest FROM journal ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        for name in (own.id, key.id):
            forged = msgspec.msgpack.encode([seq, name, own.sign(Seal(seq, digest))])
            connection.execute("UPDATE meta SET value = ? WHERE key = 'audit_seal'", (forged,))
            connection.commit()
            expected = Wrong.UNSEALED if name == own.id else Wrong.REPLACED
            assert wrong(settings, [key]) == [expected]


def test_lost_key_is_replaced_and_proves_what_it_found(settings: StoreSettings) -> None:
    old = read_key(key_path(settings.directory))
    key_path(settings.directory).unlink()
    assert wrong(settings, []) == []

    async def start() -> tuple[str, str] | None:
        async with Store.open(settings, ManualClock()) as store:
            await store.journal.append([note("after")])
            return store.new_key

    told = asyncio.run(start())
    new = read_key(key_path(settings.directory))
    assert told == (new.id, old.id)
    assert new.since == 10
    report = check(settings)
    assert (report.breaks, report.seal.since) == ((), 10)
    assert wrong(settings, [old]) == [Wrong.UNSEALED]
    assert asyncio.run(start()) is None, "said once"


def test_key_set_aside_is_a_rotation_and_both_are_looked_at(settings: StoreSettings) -> None:
    path = key_path(settings.directory)
    path.rename(path.with_name(f"{path.name}.2026-11"))
    assert check(settings).seal.sealing is Sealing.PROVEN, "not used again yet"
    live(settings, 1)
    assert len(key_paths(settings.directory)) == 2
    assert check(settings).seal.sealing is Sealing.PROVEN
    assert wrong(settings) == []


def test_journal_of_before_the_key_is_whole_without_a_seal(settings: StoreSettings) -> None:
    outside(settings, "DELETE FROM meta WHERE key = 'audit_seal'")
    path = key_path(settings.directory)
    path.write_text(path.read_text("utf-8").replace("since = 0", "since = 10"), "utf-8")
    report = check(settings)
    assert (report.breaks, report.seal.sealing) == ((), Sealing.NONE)


def test_tools_beside_the_bridge_seal_what_they_write(settings: StoreSettings) -> None:
    async def write() -> None:
        async with open_journal_to_append(settings, ManualClock()) as journal:
            await journal.append([note("by a tool")])

    asyncio.run(write())
    assert check(settings).seal.sealing is Sealing.PROVEN


@pytest.mark.parametrize("content", ["", "secret = 4\nsince = 0\n", 'secret = "00"\nsince = 0\n'])
def test_key_that_is_none_keeps_the_store_closed(settings: StoreSettings, content: str) -> None:
    key_path(settings.directory).write_text(content, "utf-8")
    with pytest.raises(StoreOpenError, match="no key that seals"):
        live(settings, 1)


def test_key_that_others_may_read_keeps_the_store_closed(settings: StoreSettings) -> None:
    path = key_path(settings.directory)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    with pytest.raises(StoreOpenError, match="may be read by others"):
        live(settings, 1)


def test_key_is_in_no_text(settings: StoreSettings) -> None:
    key = read_key(key_path(settings.directory))
    assert key.secret.hex() not in f"{key!r} {key}"
    content = settings.store_path.read_bytes()
    assert key.secret not in content
    assert key.secret.hex().encode() not in content
