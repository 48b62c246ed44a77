"""The journal: after commit only, in order, nothing skipped, filtered by rights."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from backend_bridge.contract.alarms import Alarm, AlarmChange, Severity
from backend_bridge.contract.circuits import (
    CircuitChange,
    CircuitMark,
    CircuitRecord,
    CircuitState,
)
from backend_bridge.contract.compositions import Composition, CompositionChange, WallScreen
from backend_bridge.contract.journal import (
    AlarmEvent,
    CircuitEvent,
    CompositionEvent,
    Event,
    JournalEntry,
    SystemChange,
    SystemEvent,
)
from backend_bridge.contract.wire import ENTRIES_PER_BATCH, MAX_FRAME_BYTES, JournalBatch
from backend_bridge.core.storage import Draft
from backend_bridge.server.journal_flow import RECENT_ENTRIES
from tests.fakes.waiting import until
from tests.wire.rig import Console, Rig, rig


def alarm_event(number: int, kind: str = "lamp") -> AlarmEvent:
    return AlarmEvent(
        change=AlarmChange.RAISED,
        alarm=Alarm(
            id=f"AL-{number}",
            rule="lamp_fault",
            severity=Severity.HIGH,
            equipment_id=f"L-{number}",
            equipment_kind=kind,
            raised_ms=1,
        ),
    )


def draft(event: Event) -> Draft:
    return Draft(user="bridge", seat="", at_ms=1, event=event)


async def commit(bridge: Rig, *events: Event, publish: bool = True) -> list[JournalEntry]:
    entries = await bridge.journal.append([draft(event) for event in events])
    if publish:
        for entry in entries:
            bridge.bus.publish(entry)
    return entries


async def follow(console: Console, after: int, into: list[JournalEntry], *, to: int) -> None:
    """Pull until sequence ``to`` as the protocol says."""
    while after < to:
        batch = await console.journal(after)
        assert batch.after == after
        assert batch.upto >= after
        into.extend(batch.entries)
        after = batch.upto


async def test_entry_reaches_a_held_pull_after_its_commit_only(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated()
        head = bridge.journal.head
        pull = asyncio.ensure_future(console.journal(head))
        await until(lambda: bridge.server.counters.frames_in == 3)
        bridge.journal.gate.clear()
        committing = asyncio.ensure_future(commit(bridge, alarm_event(1)))
        await asyncio.sleep(0.2)
        assert not pull.done()
        bridge.journal.gate.set()
        (entry,) = await committing
        batch = await pull
        assert batch.entries == [entry]
        assert batch.upto == batch.head == entry.seq


async def test_far_behind_console_gets_everything_from_the_store_in_batches(
    tmp_path: Path,
) -> None:
    async with rig(tmp_path) as bridge:
        wanted = []
        for start in range(0, RECENT_ENTRIES + 1_500, 500):
            wanted += await commit(bridge, *(alarm_event(start + n) for n in range(500)))
        console = await bridge.seated()
        got: list[JournalEntry] = []
        await follow(console, 0, got, to=wanted[-1].seq)
        assert got == wanted
        assert all(len(b.entries) <= ENTRIES_PER_BATCH for b in console.of(JournalBatch))
        assert bridge.server.counters.journal_reads > 0


@pytest.mark.parametrize("seed", range(3))
async def test_nothing_is_skipped_when_commits_are_published_out_of_order(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    async with rig(tmp_path) as bridge:
        consoles = [
            await bridge.seated(),
            await bridge.seated("denis", name="pupitre-2"),
        ]
        start = bridge.journal.head
        total = 400

        async def service(first: int) -> None:
            for number in range(first, first + total // 8):
                entries = await bridge.journal.append([draft(alarm_event(number))])
                # Between a commit and its publication another service may commit and publish.
                await asyncio.sleep(chance.random() * 0.01)
                if chance.random() < 0.9:  # and one that dies in between never publishes
                    for entry in entries:
                        bridge.bus.publish(entry)

        seen: list[list[JournalEntry]] = [[], []]
        async with asyncio.TaskGroup() as tasks:
            for number in range(8):
                tasks.create_task(service(number * total // 8))
            for console, into in zip(consoles, seen, strict=True):
                tasks.create_task(follow(console, start, into, to=start + total))
        for into in seen:
            assert into == bridge.journal.log[start : start + total]


async def test_entries_of_kinds_one_may_not_see_are_passed_over(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated("gilles", "cabinets")
        head = bridge.journal.head
        await commit(bridge, alarm_event(1, "lamp"), alarm_event(2, "cabinet"))
        await commit(bridge, SystemEvent(change=SystemChange.CLOCK_JUMPED), alarm_event(3, "lamp"))
        got: list[JournalEntry] = []
        await follow(console, head, got, to=head + 4)
        assert [entry.seq for entry in got] == [head + 2, head + 3]


async def test_what_is_said_of_circuits_goes_only_to_those_who_may_see_them(
    tmp_path: Path,
) -> None:
    said = CircuitRecord(state=CircuitState.TREATED, by="marie", seat="snow", at_ms=1)
    mark = CircuitMark(circuit_id="DN-01", version=1, said=said)
    async with rig(tmp_path) as bridge:
        everything = await bridge.seated()
        cabinets = await bridge.seated("gilles", "cabinets", "pupitre-2")
        head = bridge.journal.head
        event = CircuitEvent(change=CircuitChange.RECORDED, mark=mark)
        await commit(bridge, event, alarm_event(2, "cabinet"))
        seen: list[JournalEntry] = []
        await follow(everything, head, seen, to=head + 2)
        assert seen[0].event == event
        hidden: list[JournalEntry] = []
        await follow(cabinets, head, hidden, to=head + 2)
        assert [entry.seq for entry in hidden] == [head + 2]


async def test_a_composition_reaches_every_console_that_sees_cameras_and_no_other(
    tmp_path: Path,
) -> None:
    item = Composition(
        id="W-1",
        version=1,
        name='A/B "è" \' ; 🚒',
        screens=(WallScreen(1, ("CAM-001",)),),
        by="marie",
    )
    event = CompositionEvent(change=CompositionChange.SAVED, composition=item)
    async with rig(tmp_path) as bridge:
        one = await bridge.seated()
        cabinets = await bridge.seated("gilles", "cabinets", "pupitre-2")
        head = bridge.journal.head
        await commit(bridge, event, alarm_event(2, "cabinet"))
        seen: list[JournalEntry] = []
        await follow(one, head, seen, to=head + 2)
        assert seen[0].event == event
        hidden: list[JournalEntry] = []
        await follow(cabinets, head, hidden, to=head + 2)
        assert [entry.seq for entry in hidden] == [head + 2]


async def test_who_came_and_went_is_sent_to_nobody_unasked(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        operator = await bridge.seated()
        auditor = await bridge.seated("ariane", "auditor", "pupitre-2")
        head = bridge.journal.head
        assert head == 2
        seen: list[JournalEntry] = []
        await follow(operator, 0, seen, to=head)
        await follow(auditor, 0, seen, to=head)
        assert seen == [], "an auditor asks, and that he did is written down"


async def test_unreadable_store_leaves_the_pull_waiting_and_the_session_alive(
    tmp_path: Path, expected_events: list[str]
) -> None:
    expected_events.append("journal_unreadable")
    async with rig(tmp_path) as bridge:
        console = await bridge.seated()
        entries = await commit(bridge, alarm_event(1), publish=False)
        bridge.journal.broken = True
        batch = await console.journal(entries[0].seq - 1)
        assert (batch.entries, batch.upto) == ([], entries[0].seq - 1)
        assert batch.head == entries[0].seq  # it can tell that it is behind
        bridge.journal.broken = False
        assert (await console.journal(batch.upto)).entries == entries


async def test_batch_of_long_entries_stays_within_a_frame(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        long = SystemEvent(change=SystemChange.STARTED, detail="x" * 60_000)
        await commit(bridge, *[long] * 300)
        console = await bridge.seated()
        got: list[JournalEntry] = []
        await follow(console, 0, got, to=300)
        assert len(got) == 300
        assert max(map(len, console.frames)) < MAX_FRAME_BYTES
