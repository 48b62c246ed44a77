"""Edit mode is off until somebody turns it on, and never stays on by itself."""

from __future__ import annotations

import asyncio

import pytest

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.journal import JournalEntry, SessionChange, SessionEvent
from backend_bridge.contract.safety import EditModeResult, SetEditMode
from backend_bridge.core.bus import Bus
from backend_bridge.core.requests import Caller
from backend_bridge.services.edit_mode import LIFE_S, EditMode
from tests.fakes.clock import ManualClock
from tests.fakes.memory_journal import MemoryJournal
from tests.unit.services.kit import person

MARIE = person("marie", "supervisor", "view:*", "configure:lamp@Centre")
PAUL = person("paul", "police", "view:*", "manage:*")


class Room:
    """The service on a journal in memory, drained by hand."""

    def __init__(self) -> None:
        self.journal, self.clock, self.bus = MemoryJournal(), ManualClock(), Bus()
        self.mode = EditMode(journal=self.journal, bus=self.bus, clock=self.clock)

    async def ask(self, on: bool, caller: Caller = MARIE) -> EditModeResult:
        task = asyncio.ensure_future(self.mode.ask(caller, SetEditMode(on=on)))
        await asyncio.sleep(0)
        await self.mode.drain()
        result = await asyncio.wait_for(task, 5)
        assert isinstance(result, EditModeResult)
        return result

    def changes(self) -> list[tuple[str, SessionChange]]:
        return [
            (entry.user, entry.event.change)
            for entry in self.journal.log
            if isinstance(entry.event, SessionEvent)
        ]

    def says(self, change: SessionChange, caller: Caller = MARIE, console: str = "") -> None:
        event = SessionEvent(change=change, console=console or caller.console)
        self.bus.publish(
            JournalEntry(seq=9, at_ms=1, user=caller.user, seat=caller.seat, event=event)
        )


async def test_it_is_off_at_first_and_ends_by_itself_after_a_quarter_of_an_hour() -> None:
    room = Room()
    assert not room.mode.is_on(MARIE.session)
    result = await room.ask(on=True)
    assert result.until_ms == room.clock.now_ms() + 900_000
    room.clock.advance(LIFE_S - 1)
    assert room.mode.is_on(MARIE.session)
    room.clock.advance(1)
    assert not room.mode.is_on(MARIE.session), "over even before that is written down"
    await room.mode.drain()
    assert room.changes() == [("marie", SessionChange.EDITING), ("marie", SessionChange.EDITED)]


async def test_turned_off_it_is_off_and_said_once() -> None:
    room = Room()
    await room.ask(on=True)
    assert (await room.ask(on=False)).until_ms is None
    await room.ask(on=False)
    assert not room.mode.is_on(MARIE.session)
    assert [change for _, change in room.changes()] == [
        SessionChange.EDITING,
        SessionChange.EDITED,
    ]


async def test_who_configures_nothing_cannot_turn_it_on() -> None:
    room = Room()
    with pytest.raises(RequestError, match=r"rights\.missing"):
        await room.ask(on=True, caller=PAUL)
    assert not room.mode.is_on(PAUL.session)
    assert room.journal.log == []


@pytest.mark.parametrize(
    "change",
    [
        SessionChange.SIGNED_OUT,
        SessionChange.LOST,
        SessionChange.REVOKED,
        SessionChange.LOCKED,
        SessionChange.HANDED_OVER,
    ],
)
async def test_it_ends_at_once_with_the_session_or_a_locked_desk(change: SessionChange) -> None:
    room = Room()
    await room.ask(on=True)
    room.says(change, console="another console")
    room.says(change, PAUL)
    room.says(SessionChange.UNLOCKED)
    assert room.mode.is_on(MARIE.session)
    room.says(change)
    assert not room.mode.is_on(MARIE.session)


async def test_a_full_disk_keeps_it_off(expected_events: list[str]) -> None:
    expected_events.append("journal_refused")
    room = Room()
    room.journal.full = True
    with pytest.raises(RequestError, match=r"storage\.full"):
        await room.ask(on=True)
    assert not room.mode.is_on(MARIE.session)


def test_without_it_a_right_to_configure_is_refused_in_its_own_words() -> None:
    off = Caller(user="m", seat="s", console="c", session="1", rights=frozenset({"configure:lamp"}))
    with pytest.raises(RequestError, match=r"error\.edit_mode\.off"):
        off.require("configure", "lamp")
    with pytest.raises(RequestError, match=r"error\.rights\.missing"):
        off.require("configure", "cabinet")
