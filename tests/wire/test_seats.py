"""People at seats over the wire: presence, a locked desk, and one person relieving another."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import HandOverEvent, SessionEvent
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.requests import GetSituation, RecordExport, TakeIncident
from backend_bridge.contract.results import IncidentResult, Result, SituationResult
from backend_bridge.contract.seats import (
    MOST_SECTIONS,
    GetPeople,
    LockSeat,
    PeopleResult,
    SeatLockResult,
    UnlockSeat,
)
from backend_bridge.contract.wire import (
    Answer,
    Ask,
    Beat,
    Failure,
    HandOver,
    PointsBatch,
    PullJournal,
    PullPoints,
    ServerMessage,
    SignedIn,
    SignOut,
)
from backend_bridge.core.requests import Caller
from backend_bridge.server.seats import WHILE_LOCKED, Note
from tests.fakes.small_city import incident
from tests.fakes.waiting import until
from tests.wire.rig import PASSWORD, Console, Rig, expect, rig


def changes(bridge: Rig) -> list[tuple[str, str]]:
    """Return (change, user) of every session entry, and ``relief`` for a hand-over's receipt."""
    found = []
    for entry in bridge.journal.log:
        if isinstance(entry.event, SessionEvent):
            found.append((entry.event.change.value, entry.user))
        elif isinstance(entry.event, HandOverEvent):
            found.append(("relief", entry.user))
    return found


async def relieve(console: Console, user: str, password: str = PASSWORD, **more: Any) -> Any:
    return await console.exchange(HandOver(**console.head(), user=user, password=password, **more))


async def people_of(console: Console) -> PeopleResult:
    result = expect(await console.ask(GetPeople()), Answer).result
    assert isinstance(result, PeopleResult)
    return result


def refused(message: ServerMessage, text_key: str) -> Failure:
    failure = expect(message, Failure)
    assert failure.text_key == text_key
    return failure


# -- who sits where -------------------------------------------------------------------------------


async def test_two_consoles_sit_at_one_seat_and_know_of_each_other(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        first = await bridge.seated("claire", name="pupitre-1")
        second = await bridge.seated("denis", name="pupitre-2")
        people = await people_of(first)
        assert [(p.name, p.seat, p.console) for p in people.people] == [
            ("Claire", "pupitre", "pupitre-1"),
            ("Denis", "pupitre", "pupitre-2"),
        ]
        assert all(person.since_ms > 0 for person in people.people)
        for console in (first, second):
            expect(await console.points(0), PointsBatch)
        await until(lambda: any(beat.people == people.revision for beat in first.of(Beat)))
        await second.sign_out()
        await until(lambda: any(beat.people != people.revision for beat in first.of(Beat)[-1:]))
        left = await people_of(first)
        assert [person.name for person in left.people] == ["Claire"]


async def test_nobody_signed_in_learns_nobodys_name(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        await bridge.seated("claire")
        curious = await bridge.console("pupitre-2")
        await curious.hello()
        refused(await curious.ask(GetPeople()), "error.session.none")
        assert b"Claire" not in b"".join(curious.frames)


# -- a locked desk --------------------------------------------------------------------------------


async def test_lock_and_unlock_are_written_and_the_session_goes_on(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated("claire")
        locked = expect(await console.ask(LockSeat()), Answer)
        assert locked.result == SeatLockResult(locked=True)
        expect(await console.points(0), PointsBatch)
        refused(await console.ask(UnlockSeat(password="faux")), "error.unlock.wrong")
        opened = expect(await console.ask(UnlockSeat(password=PASSWORD)), Answer)
        assert opened.result == SeatLockResult(locked=False)
        assert changes(bridge) == [
            ("signed_in", "claire"),
            ("locked", "claire"),
            ("unlock_refused", "claire"),
            ("unlocked", "claire"),
        ]


async def test_locked_session_reads_and_does_nothing(tmp_path: Path) -> None:
    """Whoever gets at the console's keys or its process acts no more than its screen shows."""
    done: list[str] = []

    async def act(_caller: Caller, request: TakeIncident) -> Result:
        done.append(request.incident_id)
        return IncidentResult(incident=incident(1))

    async def situation(_caller: Caller, _request: GetSituation) -> Result:
        return SituationResult(seq=0, alarms=(), incidents=(), service=())

    take = TakeIncident(incident_id="INC-1", version=1)
    handlers = {TakeIncident: act, GetSituation: situation}
    async with rig(tmp_path, handlers=handlers) as bridge:
        console = await bridge.seated("claire")
        expect(await console.ask(take), Answer)
        # sent in one breath: what was asked after the lock is refused, whatever comes of its answer
        locked, asked = await asyncio.gather(console.ask(LockSeat()), console.ask(take))
        expect(locked, Answer)
        refused(asked, "error.seat.locked")
        expect(await console.ask(GetSituation()), Answer)
        expect(await console.points(0), PointsBatch)
        refused(await console.ask(UnlockSeat(password="faux")), "error.unlock.wrong")
        refused(await console.ask(take), "error.seat.locked")
        expect(await console.ask(UnlockSeat(password=PASSWORD)), Answer)
        expect(await console.ask(take), Answer)
        assert done == ["INC-1", "INC-1"]


async def test_lock_ends_with_its_session(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated("claire")
        await bridge.add_user("denis")
        export = RecordExport(subject="s", rows=1, reason="r", digest="0" * 64)
        assert RecordExport not in WHILE_LOCKED
        expect(await console.ask(LockSeat()), Answer)
        refused(await console.ask(export), "error.seat.locked")
        expect(await relieve(console, "denis"), SignedIn)
        refused(await console.ask(export), "error.request.no_service")
        expect(await console.ask(LockSeat()), Answer)
        await console.sign_out()
        expect(await console.sign_in("claire"), SignedIn)
        refused(await console.ask(export), "error.request.no_service")


async def test_guessing_at_a_locked_desk_is_slowed_down_and_written_once_a_try(
    tmp_path: Path,
) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated("claire")
        for _ in range(4):
            refused(await console.ask(UnlockSeat(password="faux")), "error.unlock.wrong")
        slowed = refused(await console.ask(UnlockSeat(password=PASSWORD)), "error.sign_in.wait")
        assert float(slowed.params["seconds"]) > 0
        assert changes(bridge).count(("unlock_refused", "claire")) == 4
        # the person is still signed in: a lock that is guessed at locks nobody out
        expect(await console.points(0), PointsBatch)


def test_a_password_is_in_no_log_line() -> None:
    request = UnlockSeat(password="lampe-bleue")
    message = HandOver(id=1, epoch="e", utc_ms=0, user="denis", password="lampe-bleue")
    shown = f"{request!r} {message!r} {Ask(id=1, epoch='e', utc_ms=0, request=request)!r}"
    assert "lampe-bleue" not in shown


# -- one person after another ---------------------------------------------------------------------


async def test_hand_over_ends_one_session_and_begins_the_other_in_one_commit(
    tmp_path: Path,
) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated("claire", "auditor")
        await bridge.add_user("denis", "cabinets")
        answer = await relieve(console, "denis", shown={"incidents": 3, "alarms": 0})
        signed = expect(answer, SignedIn)
        assert (signed.user, signed.seat, signed.rights) == ("denis", "pupitre", ("view:cabinet",))
        assert changes(bridge) == [
            ("signed_in", "claire"),
            ("handed_over", "claire"),
            ("signed_in", "denis"),
            ("relief", "denis"),
        ]
        receipt = bridge.journal.log[-1]
        assert isinstance(receipt.event, HandOverEvent)
        assert receipt.event.leaver == "claire"
        assert receipt.event.shown == {"incidents": 3, "alarms": 0}
        assert receipt.seat == "pupitre"
        people = await people_of(console)
        assert [person.name for person in people.people] == ["Denis"]


async def test_after_a_hand_over_not_one_byte_of_the_old_session_goes_out(tmp_path: Path) -> None:
    """Held pulls and an answer on its way were the leaver's: they die with her session."""
    late = asyncio.Event()
    asked = asyncio.Event()

    async def slow(_caller: Caller, _request: GetSituation) -> SituationResult:
        asked.set()
        await late.wait()
        return SituationResult(seq=4711, alarms=(), incidents=(), service=())

    async with rig(tmp_path, handlers={GetSituation: slow}) as bridge:
        console = await bridge.seated("claire")
        await bridge.add_user("denis", "cabinets")
        await console.say(Ask(**console.head(), request=GetSituation()))
        await asked.wait()
        await console.say(PullPoints(**console.head(), after=(await console.points(0)).upto))
        await console.say(PullJournal(**console.head(), after=bridge.journal.head))
        expect(await relieve(console, "denis"), SignedIn)
        since = len(console.frames)
        late.set()
        bridge.table.apply(0, [(index, 7.0, Quality.GOOD) for index in range(12)])
        await until(lambda: len(console.of(Beat)) > 2)
        await until(lambda: bridge.server.counters.sends_withheld > 0)
        kinds = {type(message) for message in console.messages[since:]}
        assert kinds <= {Beat}, kinds
        # his own pulls are served at once, and carry only what he may see: the cabinets
        batch = await console.points(0)
        cabinets = {
            item.first_point for item in bridge.catalogue.equipment if item.kind == "cabinet"
        }
        seen = {change.index for change in batch.changes}
        assert seen & cabinets
        assert len(seen) < 12
        await console.journal(0)


async def test_refused_hand_over_leaves_the_old_session_as_it_was(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated("claire")
        await bridge.add_user("denis", must_change=True)
        await bridge.add_user("nadia", enabled=False)
        refused(await relieve(console, "denis", "faux"), "error.sign_in.wrong")
        refused(await relieve(console, "inconnu"), "error.sign_in.wrong")
        refused(await relieve(console, "nadia"), "error.sign_in.disabled")
        refused(await relieve(console, "denis"), "error.sign_in.must_change")
        refused(await relieve(console, "claire"), "error.hand_over.same_person")
        many = {f"s{number}": 1 for number in range(MOST_SECTIONS + 1)}
        refused(await relieve(console, "denis", shown=many), "error.hand_over.malformed")
        expect(await console.points(0), PointsBatch)
        people = await people_of(console)
        assert [person.name for person in people.people] == ["Claire"]
        assert ("sign_in_refused", "unknown") in changes(bridge)
        assert ("handed_over", "claire") not in changes(bridge)


async def test_nothing_is_done_in_the_newcomers_name_that_the_leaver_asked(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated("claire")
        await bridge.add_user("denis")
        message = HandOver(**console.head(), user="denis", password=PASSWORD)
        ask = Ask(**console.head(), request=LockSeat())
        over, asked = await asyncio.gather(console.exchange(message), console.exchange(ask))
        expect(over, SignedIn)
        refused(asked, "error.hand_over.under_way")
        assert ("locked", "denis") not in changes(bridge)


async def test_sign_out_during_a_hand_over_seats_nobody(tmp_path: Path) -> None:
    gate = asyncio.Event()
    begun = asyncio.Event()

    async def slowly(
        _leaver: Caller, _newcomer: Caller, _ids: Sequence[str], note: Note
    ) -> tuple[str, ...]:
        begun.set()
        await gate.wait()
        note(())
        return ()

    async with rig(tmp_path, relieve=slowly) as bridge:
        console = await bridge.seated("claire")
        await bridge.add_user("denis")
        waiting = asyncio.ensure_future(relieve(console, "denis"))
        await begun.wait()
        await console.exchange(SignOut(**console.head()))
        gate.set()
        refused(await waiting, "error.session.none")
        assert [user for _, user in changes(bridge)] == ["claire", "claire"], "nothing of denis"
        refused(await console.ask(GetPeople()), "error.session.none")


async def test_hand_over_asked_twice_is_done_once(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        console = await bridge.seated("claire")
        await bridge.add_user("denis")
        await bridge.add_user("nadia")
        first, second = await asyncio.gather(relieve(console, "denis"), relieve(console, "nadia"))
        expect(first, SignedIn)
        refused(second, "error.hand_over.under_way")
        assert [user for change, user in changes(bridge) if change == "signed_in"] == [
            "claire",
            "denis",
        ]


async def test_console_that_vanishes_in_the_middle_leaves_nobody_at_the_seat(
    tmp_path: Path,
) -> None:
    gate = asyncio.Event()
    begun = asyncio.Event()

    async def slowly(
        _leaver: Caller, _newcomer: Caller, ids: Sequence[str], note: Note
    ) -> tuple[str, ...]:
        begun.set()
        await gate.wait()
        for entry in await bridge.journal.append(note(tuple(ids))):
            bridge.bus.publish(entry)
        return tuple(ids)

    async with rig(tmp_path, relieve=slowly) as bridge:
        watcher = await bridge.seated("yvonne", "auditor", name="pupitre-2")
        console = await bridge.seated("claire")
        await bridge.add_user("denis")
        await console.say(HandOver(**console.head(), user="denis", password=PASSWORD))
        await begun.wait()
        bridge.stop_reading(console)
        console.socket.close(linger=0)
        gate.set()
        # whether the bridge knew before or after its commit that the console is gone: nobody sits
        # there, and everybody who came in the journal also went
        ended = [("lost", "claire")], [("handed_over", "claire"), ("lost", "denis")]
        await until(
            lambda: any(set(found) <= set(changes(bridge)) for found in ended), timeout_s=30
        )
        people = await people_of(watcher)
        assert [person.name for person in people.people] == ["Yvonne"]


async def test_one_person_at_two_consoles_locks_and_leaves_each_for_itself(tmp_path: Path) -> None:
    async with rig(tmp_path) as bridge:
        first = await bridge.seated("claire", name="pupitre-1")
        second = await bridge.seated("claire", name="pupitre-2")
        assert len((await people_of(first)).people) == 2, "and everybody sees it"
        export = RecordExport(subject="s", rows=1, reason="r", digest="0" * 64)
        expect(await first.ask(LockSeat()), Answer)
        refused(await first.ask(export), "error.seat.locked")
        refused(await second.ask(export), "error.request.no_service")
        await second.sign_out()
        refused(await first.ask(export), "error.seat.locked")
        refused(await second.ask(GetPeople()), "error.session.none")


async def test_incidents_that_moved_are_named_and_a_full_disk_refuses_the_relief(
    tmp_path: Path,
) -> None:
    full = False

    async def some(
        leaver: Caller, newcomer: Caller, ids: Sequence[str], note: Note
    ) -> tuple[str, ...]:
        if full:
            raise RequestError(ErrorCode.UNAVAILABLE, "error.storage.full")
        assert (leaver.user, newcomer.user) == ("claire", "denis")
        await bridge.journal.append(note(tuple(ids[:1])))
        return tuple(ids[:1])

    async with rig(tmp_path, relieve=some) as bridge:
        console = await bridge.seated("claire")
        await bridge.add_user("denis")
        full = True
        refused(await relieve(console, "denis", incidents=("INC-1",)), "error.storage.full")
        full = False
        bridge.journal.full = True
        refused(await relieve(console, "denis", incidents=("INC-1",)), "error.storage.full")
        bridge.journal.full = False
        expect(await console.points(0), PointsBatch)
        signed = expect(await relieve(console, "denis", incidents=("INC-1", "INC-2")), SignedIn)
        assert signed.incidents == ("INC-1",)
        receipt = bridge.journal.log[-1].event
        assert isinstance(receipt, HandOverEvent)
        assert receipt.incidents == ("INC-1",)
