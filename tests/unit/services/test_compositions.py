"""Compositions of the wall: shared, versioned, named as people name things; deletion undone."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.compositions import (
    LONGEST_NAME,
    MOST_COMPOSITIONS,
    UNDO_MS,
    Composition,
    CompositionChange,
    WallScreen,
    clean_name,
    same_name,
)
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import CompositionEvent, may_see
from backend_bridge.contract.requests import (
    DeleteComposition,
    Request,
    RestoreComposition,
    SaveComposition,
)
from backend_bridge.contract.results import CompositionResult
from backend_bridge.core.bus import Bus
from backend_bridge.core.requests import Caller
from backend_bridge.services.compositions import CompositionService
from backend_bridge.services.facts import Facts
from tests.fakes.clock import ManualClock
from tests.fakes.memory_journal import MemoryJournal
from tests.fakes.wall_city import CITY
from tests.unit.services.kit import person

MARIE = person("marie", "supervisor", "view:*", "manage:*")
PAUL = person("paul", "police", "view:camera", "manage:camera")
WATCHER = person("luc", "police", "view:*")
FOUR = (WallScreen(2, ("CAM-001", "", "CAM-003", "CAM-004")),)
HARD = 'A/B "è" \' ; 🚒👩\u200d🚒'


class Room:
    """The service on a journal in memory, drained by hand."""

    def __init__(self) -> None:
        self.journal = MemoryJournal()
        self.clock = ManualClock()

    async def start(self) -> Room:
        """Make the service anew, as after a start of the bridge."""
        self.service = CompositionService(
            facts=Facts(CITY),
            journal=self.journal,
            bus=Bus(),
            clock=self.clock,
            situation=await self.journal.situation(),
        )
        await self.service.prepare()
        return self

    async def ask(self, request: Request, caller: Caller = MARIE) -> Composition:
        task = asyncio.ensure_future(self.service.handlers()[type(request)](caller, request))
        await asyncio.sleep(0)
        await self.service.drain()
        result = await asyncio.wait_for(task, 5)
        assert isinstance(result, CompositionResult)
        return result.composition

    async def refused(self, request: Request, caller: Caller = MARIE) -> tuple[ErrorCode, str]:
        before = len(self.journal.log)
        with pytest.raises(RequestError) as caught:
            await self.ask(request, caller)
        assert len(self.journal.log) == before, "nothing is written of what is refused"
        return caught.value.code, caught.value.text_key

    async def held(self) -> list[Composition]:
        return list((await self.journal.situation()).compositions)


async def test_saved_it_is_durable_has_an_author_and_outlives_the_bridge() -> None:
    room = await Room().start()
    item = await room.ask(SaveComposition(name=f"  {HARD} ", screens=FOUR, dwell_s=30))
    assert (item.name, item.version, item.by, item.seat) == (HARD, 1, "marie", "supervisor")
    assert (item.screens, item.dwell_s, item.at_ms) == (FOUR, 30, room.clock.now_ms())
    (entry,) = room.journal.log
    assert entry.event == CompositionEvent(change=CompositionChange.SAVED, composition=item)
    await room.start()
    again = SaveComposition(name="Jour", screens=FOUR, composition_id=item.id, version=1)
    changed = await room.ask(again, PAUL)
    assert (changed.id, changed.version, changed.name, changed.by) == (item.id, 2, "Jour", "paul")
    assert await room.refused(again, PAUL) == (ErrorCode.CONFLICT, "error.composition.changed")


async def test_who_does_not_manage_cameras_saves_nothing_and_who_sees_them_is_told() -> None:
    room = await Room().start()
    save = SaveComposition(name="Nuit", screens=FOUR)
    assert (await room.refused(save, WATCHER))[0] is ErrorCode.REFUSED
    item = await room.ask(save)
    delete = DeleteComposition(composition_id=item.id, version=1)
    assert (await room.refused(delete, WATCHER))[0] is ErrorCode.REFUSED
    event = room.journal.log[-1].event
    assert may_see({"view:camera"}, event)
    assert not may_see({"view:lamp"}, event)


async def test_one_name_is_one_composition_whatever_its_case() -> None:
    room = await Room().start()
    first = await room.ask(SaveComposition(name="Été  au lac", screens=FOUR))
    second = SaveComposition(name="ÉTÉ AU LAC", screens=FOUR)
    assert await room.refused(second) == (ErrorCode.CONFLICT, "error.composition.name_taken")
    await room.ask(DeleteComposition(composition_id=first.id, version=1))
    taken = await room.ask(second)
    restore = RestoreComposition(composition_id=first.id, version=2)
    assert await room.refused(restore) == (ErrorCode.CONFLICT, "error.composition.name_taken")
    await room.ask(DeleteComposition(composition_id=taken.id, version=1))
    assert (await room.ask(restore)).name == "Été au lac"


async def test_a_deletion_is_undone_for_a_day_after_a_restart_too_and_then_forgotten() -> None:
    room = await Room().start()
    gone = await room.ask(SaveComposition(name="Nuit", screens=FOUR))
    other = await room.ask(SaveComposition(name="Jour", screens=FOUR))
    gone = await room.ask(DeleteComposition(composition_id=gone.id, version=1))
    again = DeleteComposition(composition_id=gone.id, version=2)
    assert await room.refused(again) == (ErrorCode.CONFLICT, "error.composition.deleted")
    save = SaveComposition(name="Nuit", screens=FOUR, composition_id=gone.id, version=2)
    assert await room.refused(save) == (ErrorCode.CONFLICT, "error.composition.deleted")
    await room.start()
    back = await room.ask(RestoreComposition(composition_id=gone.id, version=2))
    assert (back.deleted, back.version, back.screens) == (False, 3, FOUR)
    twice = RestoreComposition(composition_id=gone.id, version=3)
    assert await room.refused(twice) == (ErrorCode.CONFLICT, "error.composition.not_deleted")
    await room.ask(DeleteComposition(composition_id=gone.id, version=3))
    room.clock.advance(UNDO_MS / 1000 + 1)
    late = RestoreComposition(composition_id=gone.id, version=4)
    assert await room.refused(late) == (ErrorCode.CONFLICT, "error.composition.too_late")
    await room.ask(DeleteComposition(composition_id=other.id, version=1))
    assert [item.id for item in await room.held()] == [other.id], "the old one is forgotten"
    assert (await room.refused(late))[1] == "error.composition.not_found"


@pytest.mark.parametrize(
    "screens",
    [
        (),
        (WallScreen(2, ("CAM-001",)),),
        (WallScreen(6, ("",) * 36),),
        (WallScreen(1, ("",)),) * 4,
        (WallScreen(5, ("",) * 25),) * 3,
    ],
)  # fmt: skip
async def test_a_wall_there_cannot_be_is_refused(screens: tuple[WallScreen, ...]) -> None:
    room = await Room().start()
    save = SaveComposition(name="Nuit", screens=screens)
    assert await room.refused(save) == (ErrorCode.BAD_REQUEST, "error.composition.screens")


async def test_names_dwells_and_cameras_that_are_none_are_refused() -> None:
    room = await Room().start()
    for name in ("", " \t ", "\x00"):
        save = SaveComposition(name=name, screens=FOUR)
        assert (await room.refused(save))[1] == "error.composition.name_missing"
    never = SaveComposition(name="Nuit", screens=FOUR, dwell_s=7)
    assert (await room.refused(never))[1] == "error.composition.dwell"
    unknown = SaveComposition(name="Nuit", screens=(WallScreen(1, ("CAM-999",)),))
    assert (await room.refused(unknown))[1] == "error.equipment.not_found"


async def test_there_is_an_end_to_compositions() -> None:
    room = await Room().start()
    for number in range(MOST_COMPOSITIONS):
        await room.ask(SaveComposition(name=f"C {number}", screens=FOUR))
    save = SaveComposition(name="Encore", screens=FOUR)
    assert await room.refused(save) == (ErrorCode.REFUSED, "error.composition.too_many")
    first = (await room.held())[0]
    await room.ask(DeleteComposition(composition_id=first.id, version=1))
    assert (await room.ask(save)).name == "Encore"


@given(st.text(max_size=200))
def test_a_name_is_one_line_and_cleaning_it_twice_changes_nothing(typed: str) -> None:
    name = clean_name(typed)
    assert len(name) <= LONGEST_NAME
    assert len(name.splitlines()) <= 1
    assert clean_name(name) == name
    assert same_name(name, typed) or len(typed) > LONGEST_NAME
