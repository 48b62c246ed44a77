from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.incidents import Incident
from backend_bridge.contract.journal import CommandEvent, Event, IncidentEvent
from backend_bridge.core.storage import Draft
from backend_bridge.store import Store, StoreSettings
from backend_bridge.store.rows import load_event, prepare
from tests.fakes.clock import ManualClock
from tests.unit.store.makers import any_event, draft

_ANY_DRAFT = st.builds(
    Draft,
    user=st.text(),
    seat=st.text(),
    at_ms=st.integers(-(2**63), 2**63 - 1),
    event=any_event,
    key=st.just(""),
)


def _same(one: object, other: object) -> bool:
    """Compare as encoded: not-a-number equals itself, 1 does not equal 1.0 or True."""
    return msgspec.msgpack.encode(one) == msgspec.msgpack.encode(other)


@given(any_event)
def test_every_event_survives_its_encoding(event: Event) -> None:
    prepared = prepare(draft(event))
    assert _same(load_event(prepared.payload, 1), event)
    always = ("alarm", "incident", "command", "service", "stream", "override")
    at_times = ("hands_off", "export", "audit_read", "refusal")
    never = (
        *("circuit", "session", "hand_over", "system", "composition", "configuration"),
        *("order", "approval", "interlock", "newer", "plan"),
    )
    assert prepared.kind in (*always, *at_times, *never)
    if prepared.kind not in at_times:
        assert (prepared.equipment_id is not None) == (prepared.kind in always)


def test_every_event_survives_the_store(tmp_path: Path) -> None:
    async def check(drafts: list[Draft]) -> None:
        head = store.journal.head
        entries = await store.journal.append(drafts)
        kept = await store.journal.entries(head, 100)
        assert _same(entries, kept)
        assert _same([entry.event for entry in kept], [each.event for each in drafts])
        last: dict[str, Incident | CommandRecord] = {}
        for each in drafts:
            if isinstance(each.event, IncidentEvent):
                last["i" + each.event.incident.id] = each.event.incident
            elif isinstance(each.event, CommandEvent):
                last["c" + each.event.command.key] = each.event.command
        for name, wanted in last.items():
            find = store.journal.incident if name[0] == "i" else store.journal.command
            assert _same(await find(name[1:]), wanted)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(_ANY_DRAFT, min_size=1, max_size=8))
    def explore(drafts: list[Draft]) -> None:
        runner.run(check(drafts))

    opening = Store.open(StoreSettings(directory=tmp_path), ManualClock())
    with asyncio.Runner() as runner:
        store = runner.run(opening.__aenter__())
        try:
            explore()
        finally:
            runner.run(opening.__aexit__(None, None, None))
