"""One person relieving another through the real wire: the link's end of a hand-over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import pytest

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.journal import HandOverEvent, SessionEvent
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.requests import AcknowledgeAlarm, GetCatalogue, GetSituation
from backend_bridge.contract.results import CatalogueResult, Result, SituationResult
from backend_bridge.core.requests import Caller
from backend_bridge.core.storage import JournalStore
from backend_bridge.security.enrolments import enroll
from backend_bridge.server.seats import Note
from console.link.batch import LinkPhase
from console.link.settings import LinkSettings
from tests.fakes.waiting import until
from tests.unit.link.conftest import Seat
from tests.unit.link.test_real_bridge import CONSOLE, acknowledge, follow, mirrors
from tests.wire.rig import PASSWORD, Rig, rig


class Gate:
    """Hold a hand-over at its incidents, once closed."""

    journal: JournalStore

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.open.set()
        self.reached = asyncio.Event()

    async def relieve(
        self, _leaver: Caller, _newcomer: Caller, ids: Sequence[str], note: Note
    ) -> tuple[str, ...]:
        self.reached.set()
        await self.open.wait()
        await self.journal.append(note(tuple(ids)))
        return tuple(ids)


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
async def bridge(tmp_path: Path, gate: Gate) -> AsyncIterator[Rig]:
    """Serve a small city to claire and denis on an enrolled console."""

    async def catalogue(_caller: Caller, _request: GetCatalogue) -> Result:
        return CatalogueResult(catalogue=serving.catalogue)

    async def situation(_caller: Caller, _request: GetSituation) -> Result:
        return SituationResult(seq=serving.journal.head, alarms=(), incidents=(), service=())

    handlers = {
        GetCatalogue: catalogue,
        GetSituation: situation,
        AcknowledgeAlarm: acknowledge,
    }
    async with rig(tmp_path, handlers=handlers, relieve=gate.relieve) as serving:
        gate.journal = serving.journal
        await serving.add_user("claire", "auditor")
        await serving.add_user("denis", "cabinets")
        enroll(serving.enrolled, "pc-01", CONSOLE.public)
        await asyncio.to_thread(serving.server._enrolments.refresh)
        yield serving


@pytest.fixture
def seat(bridge: Rig) -> Iterator[Seat]:
    """Start a console on that bridge."""
    made = Seat(
        settings=LinkSettings(
            addresses=(bridge.server.address,),
            public_key=CONSOLE.public.decode(),
            secret_key=CONSOLE.secret.decode(),
            bridge_key=bridge.bridge_pair.public.decode(),
            retry_first_s=0.05,
            retry_cap_s=0.2,
            request_timeout_s=2.0,
        )
    )
    made.link.start()
    yield made
    made.link.stop()


def who(seat: Seat) -> str:
    return "" if seat.world.session is None else seat.world.session.user


async def test_newcomer_gets_his_own_picture_on_the_same_connection(
    bridge: Rig, seat: Seat
) -> None:
    await follow(seat)
    source = bridge.table.add_source("all", range(len(bridge.table)))
    bridge.table.apply(source, [(i, 1.0, Quality.GOOD) for i in range(len(bridge.table))])
    await until(lambda: mirrors(seat, bridge), what="claire's whole picture")
    before = bridge.server.counters.handshakes
    session = await asyncio.wrap_future(
        seat.link.hand_over("denis", PASSWORD, ("INC-1",), {"alarms": 2})
    )
    assert (session.user, session.seat, session.incidents) == ("denis", "lighting", ("INC-1",))
    await until(lambda: who(seat) == "denis" and seat.live, what="the newcomer's picture")
    cabinets = [e.first_point for e in bridge.catalogue.equipment if e.kind == "cabinet"]
    lamps = [e.first_point for e in bridge.catalogue.equipment if e.kind == "lamp"]
    await until(lambda: seat.world.points.state[cabinets[0]].value == 1.0)
    assert all(seat.world.points.state[lamp].value is None for lamp in lamps), "dropped"
    assert bridge.server.counters.handshakes == before, "the connection stays"
    await until(lambda: [person.name for person in seat.world.people] == ["Denis"])
    receipt = [e.event for e in bridge.journal.log if isinstance(e.event, HandOverEvent)]
    assert receipt[0].shown == {"alarms": 2}


async def test_refused_hand_over_goes_on_as_if_nothing_had_been(bridge: Rig, seat: Seat) -> None:
    await follow(seat)
    session, batches = seat.world.session, len(seat.batches)
    for _ in range(2):
        with pytest.raises(RequestError) as caught:
            await asyncio.wrap_future(seat.link.hand_over("denis", "faux", (), {}))
        assert caught.value.text_key == "error.sign_in.wrong"
    source = bridge.table.add_source("one", [0])
    bridge.table.apply(source, [(0, 5.0, Quality.GOOD)])
    await until(lambda: seat.world.points.state[0].value == 5.0, what="changes go on")
    assert seat.world.session == session
    since = seat.batches[batches:]
    assert not any(batch.drop or batch.drop_points for batch in since)
    assert all(batch.status.phase is LinkPhase.FOLLOWING for batch in since), "no cover falls"
    await asyncio.wrap_future(seat.link.ask(AcknowledgeAlarm(alarm_id="AL-1")))


async def test_nothing_is_asked_in_the_newcomers_name_meanwhile(
    bridge: Rig, seat: Seat, gate: Gate
) -> None:
    await follow(seat)
    gate.open.clear()
    over = seat.link.hand_over("denis", PASSWORD, (), {})
    await gate.reached.wait()
    with pytest.raises(RequestError) as caught:
        await asyncio.wrap_future(seat.link.ask(AcknowledgeAlarm(alarm_id="AL-1")))
    assert caught.value.text_key == "error.hand_over.under_way"
    with pytest.raises(RequestError) as caught:
        await asyncio.wrap_future(seat.link.hand_over("claire", PASSWORD, (), {}))
    assert caught.value.text_key == "error.hand_over.under_way"
    gate.open.set()
    assert (await asyncio.wrap_future(over)).user == "denis"


async def test_hand_over_without_an_answer_leaves_nobody_signed_in(
    bridge: Rig, seat: Seat, gate: Gate
) -> None:
    """Nobody knows who sits there: the screen goes dark and the bridge is told."""
    await follow(seat)
    gate.open.clear()
    with pytest.raises(RequestError) as caught:
        await asyncio.wrap_future(seat.link.hand_over("denis", PASSWORD, (), {}))
    assert caught.value.text_key == "error.hand_over.unconfirmed"
    await until(lambda: seat.world.session is None and seat.world.catalogue is None)
    assert seat.world.liveness.text_key == "error.hand_over.unconfirmed"
    gate.open.set()
    await until(lambda: not bridge.server._peers.signed_in(), what="nobody on the bridge either")
    await follow(seat)


async def test_reconnection_after_a_hand_over_is_the_newcomers(bridge: Rig, seat: Seat) -> None:
    await follow(seat)
    await asyncio.wrap_future(seat.link.hand_over("denis", PASSWORD, (), {}))
    await until(lambda: who(seat) == "denis" and seat.live)
    for peer in bridge.server._peers:
        bridge.server._peers.forget(peer)

    def came() -> list[str]:
        return [
            entry.user
            for entry in bridge.journal.log
            if isinstance(entry.event, SessionEvent) and entry.event.change.value == "signed_in"
        ]

    await until(lambda: len(came()) == 3, what="signed in again by itself", timeout_s=20)
    assert came() == ["claire", "denis", "denis"]
