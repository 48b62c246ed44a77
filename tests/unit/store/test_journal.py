from __future__ import annotations

import asyncio
import sqlite3
import threading
from typing import Any

import pytest

from backend_bridge.contract.alarms import Severity
from backend_bridge.contract.circuits import CircuitState
from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.compositions import CompositionChange
from backend_bridge.contract.incidents import IncidentState
from backend_bridge.contract.journal import IncidentEvent
from backend_bridge.contract.quality import ServiceState
from backend_bridge.core.storage import Draft, StorageError
from backend_bridge.store import Store, StoreSettings
from backend_bridge.store.writer import Writer
from tests.fakes.clock import ManualClock
from tests.fakes.waiting import until
from tests.unit.store.makers import (
    HARD_NAME,
    alarm,
    alarm_draft,
    circuit_draft,
    command_draft,
    composition_draft,
    detail,
    draft,
    incident,
    incident_draft,
    note,
    service_draft,
)


async def test_sequences_start_at_one_and_follow_each_callers_order(store: Store) -> None:
    async def caller(name: int) -> list[int]:
        given = []
        for turn in range(20):
            entries = await store.journal.append([note(f"{name}/{turn}"), note(f"{name}/{turn}b")])
            given += [entry.seq for entry in entries]
        return given

    given = await asyncio.gather(*(caller(name) for name in range(25)))
    assert all(seqs == sorted(seqs) for seqs in given)
    assert sorted(seq for seqs in given for seq in seqs) == list(range(1, 1001))
    assert store.journal.head == 1000
    kept = await store.journal.entries(0, 2000)
    assert [entry.seq for entry in kept] == list(range(1, 1001))


async def test_drafts_of_one_call_stand_together_and_in_order(store: Store) -> None:
    calls = [[note(f"{call}/{part}") for part in range(3)] for call in range(50)]
    await asyncio.gather(*(store.journal.append(drafts) for drafts in calls))
    kept = [detail(entry.event) for entry in await store.journal.entries(0, 500)]
    assert sorted(kept[::3]) == sorted(f"{call}/0" for call in range(50))
    for first in range(0, 150, 3):
        call = kept[first].split("/")[0]
        assert kept[first : first + 3] == [f"{call}/{part}" for part in range(3)]


async def test_nobody_reads_a_sequence_that_the_head_does_not_reach(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed, go_on = threading.Event(), threading.Event()
    succeed = Writer._succeed

    def held_up(writer: Writer, *given: Any) -> None:
        committed.set()
        go_on.wait(5)
        succeed(writer, *given)

    monkeypatch.setattr(Writer, "_succeed", held_up)
    append = asyncio.create_task(store.journal.append([note("a")]))
    try:
        await asyncio.to_thread(committed.wait, 5)
        assert (await store.journal.situation()).seq == 1
        assert store.journal.head == 1
    finally:
        go_on.set()
    assert [entry.seq for entry in await append] == [1]
    assert store.journal.head == 1


async def test_disk_that_hangs_is_said_and_what_waited_is_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    write = Writer._write

    def hanging(writer: Writer, *given: Any) -> Any:
        go_on.wait(5)
        return write(writer, *given)

    monkeypatch.setattr(Writer, "_write", hanging)
    monkeypatch.setattr("backend_bridge.store.writer.STUCK_S", 0.05)
    append = asyncio.create_task(store.journal.append([note("a")]))
    try:
        await until(lambda: not store.storage_ok)
    finally:
        go_on.set()
    await append
    assert store.storage_ok


async def test_callers_who_wait_share_one_commit(store: Store) -> None:
    await asyncio.gather(*(store.journal.append([note(str(n))]) for n in range(500)))
    assert store.counters()["entries_total"] == 500
    assert store.counters()["commits_total"] <= 50


async def test_an_entry_is_what_its_draft_said(store: Store) -> None:
    wanted = Draft(user=HARD_NAME, seat=HARD_NAME, at_ms=-5, event=note(HARD_NAME).event)
    (entry,) = await store.journal.append([wanted])
    assert (entry.seq, entry.at_ms, entry.user, entry.seat) == (1, -5, HARD_NAME, HARD_NAME)
    assert entry.event == wanted.event
    assert await store.journal.entries(0, 10) == [entry]


async def test_appending_nothing_changes_nothing(store: Store) -> None:
    assert await store.journal.append([]) == []
    assert store.journal.head == 0


async def test_a_key_is_kept_once_whoever_repeats_it(
    settings: StoreSettings, clock: ManualClock
) -> None:
    async with Store.open(settings, clock) as store:
        (first,) = await store.journal.append([note("first", key="k")])
        again = await store.journal.append([note("other", key="k"), note("new")])
        assert again[0] == first
        assert again[1].seq == 2
        many = await asyncio.gather(
            *(store.journal.append([note(str(n), key="storm")]) for n in range(50))
        )
        assert len({entry.seq for entries in many for entry in entries}) == 1
        twice = await store.journal.append([note("a", key="same"), note("b", key="same")])
        assert twice[0] == twice[1]
        assert store.journal.head == 4
    async with Store.open(settings, clock) as store:
        assert await store.journal.append([note("later", key="k")]) == [first]
        assert store.journal.head == 4


async def test_a_repeated_key_does_not_put_an_older_state_back(store: Store) -> None:
    await store.journal.append([alarm_draft(1, key="raise")])
    await store.journal.append([alarm_draft(1, acknowledged=True)])
    await store.journal.append([alarm_draft(1, key="raise")])
    assert [found.acknowledged for found in (await store.journal.situation()).alarms] == [True]


async def test_one_callers_impossible_draft_fails_alone_and_leaves_no_gap(store: Store) -> None:
    impossible = draft(note().event, at_ms=2**63)  # no database keeps a larger integer
    calls = [store.journal.append([note(str(n))]) for n in range(40)]
    calls.insert(17, store.journal.append([note("innocent neighbour"), impossible]))
    results = await asyncio.gather(*calls, return_exceptions=True)
    assert [type(result) for result in results].count(StorageError) == 1
    assert isinstance(results[17], StorageError)
    kept = await store.journal.entries(0, 100)
    assert [entry.seq for entry in kept] == list(range(1, 41))
    assert "innocent neighbour" not in [detail(entry.event) for entry in kept]
    assert store.storage_ok


async def test_text_that_no_file_can_hold_is_refused_before_it_joins_a_group(
    store: Store,
) -> None:
    for bad in (note("\ud800"), draft(note().event, user="\udfff"), note(key="\ud800")):
        with pytest.raises(StorageError, match="cannot be kept"):
            await store.journal.append([bad])
    assert store.journal.head == 0


async def test_the_situation_holds_what_is_not_over(store: Store) -> None:
    await store.journal.append(
        [
            alarm_draft(1),
            alarm_draft(2, active=False),
            alarm_draft(10, active=False, acknowledged=True),
            incident_draft(1),
            incident_draft(3, state=IncidentState.CLOSED),
            service_draft("EP-1", ServiceState.DISABLED),
            service_draft("EP-2", ServiceState.MAINTENANCE),
            service_draft("EP-2", ServiceState.IN_SERVICE),
            command_draft("c1", CommandOutcome.SENT),
            command_draft("c2", CommandOutcome.ACCEPTED),
            command_draft("c2", CommandOutcome.CONFIRMED),
            circuit_draft("DN-01", version=1),
            circuit_draft("DN-02", version=1),
            circuit_draft("DN-01", version=2, state=CircuitState.UNINSPECTED),
        ]
    )
    situation = await store.journal.situation()
    assert situation.seq == 14
    assert [found.id for found in situation.alarms] == ["AL-1", "AL-2"]
    assert situation.incidents == (incident(1),)
    assert [mark.equipment_id for mark in situation.service] == ["EP-1"]
    assert [command.key for command in situation.commands] == ["c1"]
    assert [(mark.circuit_id, mark.version) for mark in situation.circuits] == [
        ("DN-02", 1),
        ("DN-01", 2),
    ]
    assert (situation.last_alarm_number, situation.last_incident_number) == (10, 3)
    closed = await store.journal.incident("INC-3")
    assert closed is not None
    assert closed.state is IncidentState.CLOSED
    finished = await store.journal.command("c2")
    assert finished is not None
    assert finished.outcome is CommandOutcome.CONFIRMED
    assert await store.journal.incident("INC-99") is None
    assert await store.journal.command("c99") is None


async def test_a_deleted_composition_stays_until_it_is_forgotten(store: Store) -> None:
    await store.journal.append(
        [
            composition_draft("W-1", version=1, name=HARD_NAME),
            composition_draft("W-2", version=1),
            composition_draft("W-2", version=2, change=CompositionChange.DELETED),
            composition_draft("W-3", version=1, change=CompositionChange.FORGOTTEN),
        ]
    )
    kept = (await store.journal.situation()).compositions
    assert [(item.id, item.name, item.deleted) for item in kept] == [
        ("W-1", HARD_NAME, False),
        ("W-2", "Nuit", True),
    ]


async def test_of_several_changes_in_one_commit_the_last_stays(store: Store) -> None:
    changes = [alarm_draft(1, occurrences=count, severity=Severity.HIGH) for count in range(1, 9)]
    await asyncio.gather(*(store.journal.append([change]) for change in changes))
    (found,) = (await store.journal.situation()).alarms
    assert found.occurrences == 8
    assert found.severity is Severity.HIGH


async def test_a_reopened_incident_is_open_again(store: Store) -> None:
    await store.journal.append([incident_draft(1, state=IncidentState.CLOSED, closed_ms=5)])
    assert (await store.journal.situation()).incidents == ()
    await store.journal.append([incident_draft(1, state=IncidentState.QUALIFIED, version=2)])
    (found,) = (await store.journal.situation()).incidents
    assert (found.version, found.closed_ms) == (2, None)


async def test_a_situation_under_load_is_one_moment(store: Store) -> None:
    """Each commit changes two incidents to the same version, so any mixture shows."""

    async def change() -> None:
        for version in range(1, 201):
            await store.journal.append(
                [incident_draft(1, version=version), incident_draft(2, version=version)]
            )

    changing = asyncio.create_task(change())
    seen = set()
    while not changing.done():
        situation = await store.journal.situation()
        versions = {found.version for found in situation.incidents}
        assert len(versions) <= 1
        assert situation.seq == 2 * max(versions, default=0)
        seen.add(situation.seq)
    await changing
    assert len(seen) > 5


async def test_the_log_of_an_incident_holds_its_alarms_entries(store: Store) -> None:
    await store.journal.append(
        [
            alarm_draft(1),
            alarm_draft(2),
            alarm_draft(3),
            incident_draft(1, alarm_ids=("AL-1",)),
            incident_draft(1, alarm_ids=("AL-1", "AL-3"), text="joined"),
            incident_draft(2, alarm_ids=("AL-2",)),
            alarm_draft(1, active=False),
        ]
    )
    log = await store.journal.incident_entries("INC-1", 200)
    assert [entry.seq for entry in log] == [1, 3, 4, 5, 7]
    newest = await store.journal.incident_entries("INC-1", 2)
    assert [entry.seq for entry in newest] == [5, 7]
    assert isinstance(newest[0].event, IncidentEvent)
    assert newest[0].event.text == "joined"
    assert await store.journal.incident_entries("INC-404", 10) == []
    assert await store.journal.incident_entries("INC-1", 0) == []


async def test_an_incident_of_two_thousand_alarms_has_a_log(store: Store) -> None:
    ids = tuple(f"AL-{number}" for number in range(1, 2001))
    await store.journal.append([alarm_draft(number) for number in range(1, 2001)])
    await store.journal.append([incident_draft(1, alarm_ids=ids)])
    log = await store.journal.incident_entries("INC-1", 500)
    assert [entry.seq for entry in log] == list(range(1502, 2002))


async def test_hundred_thousand_entries_page_through_completely(store: Store) -> None:
    for first in range(0, 100_000, 2000):
        await store.journal.append([note(str(first + n)) for n in range(2000)])
    after, pages = 0, 0
    while page := await store.journal.entries(after, 500):
        assert [entry.seq for entry in page] == list(range(after + 1, after + len(page) + 1))
        assert detail(page[0].event) == str(after)
        after, pages = page[-1].seq, pages + 1
    assert (after, pages) == (100_000, 200)


async def test_hard_names_are_saved_found_and_given_back(store: Store) -> None:
    key = f"{HARD_NAME}\x00"
    await store.journal.append(
        [
            alarm_draft(1, id=HARD_NAME),
            incident_draft(1, id=HARD_NAME, place=HARD_NAME, alarm_ids=(HARD_NAME,)),
            command_draft(key, CommandOutcome.SENT, reason=HARD_NAME),
        ]
    )
    found = await store.journal.incident(HARD_NAME)
    assert found == incident(1, id=HARD_NAME, place=HARD_NAME, alarm_ids=(HARD_NAME,))
    command = await store.journal.command(key)
    assert command is not None
    assert command.reason == HARD_NAME
    assert len(await store.journal.incident_entries(HARD_NAME, 10)) == 2
    situation = await store.journal.situation()
    assert situation.alarms == (alarm(1, id=HARD_NAME),)
    assert situation.last_alarm_number == 0  # an id of another form carries no number


async def test_a_cancelled_caller_harms_nobody(store: Store) -> None:
    calls = [asyncio.create_task(store.journal.append([note(str(n))])) for n in range(100)]
    await asyncio.sleep(0)
    for call in calls[::2]:
        call.cancel()
    await asyncio.gather(*calls, return_exceptions=True)
    (last,) = await store.journal.append([note("after")])
    kept = await store.journal.entries(0, 1000)
    assert [entry.seq for entry in kept] == list(range(1, last.seq + 1))
    assert {str(n) for n in range(1, 100, 2)} <= {detail(entry.event) for entry in kept}


async def test_leaving_commits_what_waits_and_then_refuses(
    settings: StoreSettings, clock: ManualClock
) -> None:
    async with Store.open(settings, clock) as store:
        calls = [asyncio.create_task(store.journal.append([note(str(n))])) for n in range(50)]
        await asyncio.sleep(0)
    assert len(await asyncio.gather(*calls)) == 50
    with pytest.raises(StorageError, match="closed"):
        await store.journal.append([note()])
    with pytest.raises(StorageError, match="closed"):
        await store.journal.entries(0, 1)
    async with Store.open(settings, clock) as again:
        assert again.journal.head == 50
        assert (await again.journal.append([note()]))[0].seq == 51


async def test_a_damaged_row_is_named_not_guessed(store: Store, settings: StoreSettings) -> None:
    await store.journal.append([note("one"), note("two", key="k"), alarm_draft(1)])
    with sqlite3.connect(settings.store_path) as outside:
        outside.execute("UPDATE journal SET payload = x'c1' WHERE seq = 2")
        outside.execute("UPDATE alarms SET payload = x'00'")
    outside.close()
    with pytest.raises(StorageError, match="entry 2 is damaged"):
        await store.journal.entries(0, 10)
    with pytest.raises(StorageError, match="alarms/AL-1 is damaged"):
        await store.journal.situation()
    results = await asyncio.gather(
        store.journal.append([note("two", key="k")]),
        store.journal.append([note("other")]),
        return_exceptions=True,
    )
    assert isinstance(results[0], StorageError)
    assert not isinstance(results[1], BaseException)
    assert [entry.seq for entry in await store.journal.entries(2, 10)] == [3, 4]


async def test_columns_and_fields_of_a_later_program_are_left_alone(
    store: Store, settings: StoreSettings
) -> None:
    with sqlite3.connect(settings.store_path) as outside:
        outside.execute("ALTER TABLE journal ADD COLUMN mood TEXT DEFAULT 'calm'")
        outside.execute("ALTER TABLE alarms ADD COLUMN colour TEXT")
    outside.close()
    (entry,) = await store.journal.append([alarm_draft(1)])
    assert await store.journal.entries(0, 10) == [entry]
    assert (await store.journal.situation()).alarms == (alarm(1),)
