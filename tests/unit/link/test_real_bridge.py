"""The link against the bridge's own wire server, in this process, over a real socket with CURVE."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from backend_bridge.contract.alarms import AlarmChange
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import AlarmEvent
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.requests import AcknowledgeAlarm, GetCatalogue, GetSituation
from backend_bridge.contract.results import AlarmResult, CatalogueResult, Result, SituationResult
from backend_bridge.core.requests import Caller
from backend_bridge.core.storage import Draft
from backend_bridge.security import keys
from backend_bridge.security.enrolments import enroll
from console.link.settings import LinkSettings
from console.state.liveness import LinkWord
from tests.fakes.small_city import alarm
from tests.fakes.waiting import until
from tests.unit.link.conftest import Seat
from tests.wire.rig import PASSWORD, Rig, rig

CONSOLE = keys.generate()


async def acknowledge(_caller: Caller, request: AcknowledgeAlarm) -> Result:
    return AlarmResult(alarm=alarm(1, acknowledged=True, ack_by="claire"))


@pytest.fixture
async def bridge(tmp_path: Path) -> AsyncIterator[Rig]:
    """Serve a small city to user claire on an enrolled console."""

    async def catalogue(_caller: Caller, _request: GetCatalogue) -> Result:
        return CatalogueResult(catalogue=serving.catalogue)

    async def situation(_caller: Caller, _request: GetSituation) -> Result:
        return SituationResult(seq=serving.journal.head, alarms=(), incidents=(), service=())

    handlers = {
        GetCatalogue: catalogue,
        GetSituation: situation,
        AcknowledgeAlarm: acknowledge,
    }
    async with rig(tmp_path, handlers=handlers) as serving:
        await serving.add_user("claire")
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
        )
    )
    made.link.start()
    yield made
    made.link.stop()


async def follow(seat: Seat) -> None:
    await until(lambda: seat.world.liveness.word is LinkWord.SIGNED_OUT, what="a connection")
    await asyncio.wrap_future(seat.link.sign_in("claire", PASSWORD, "lighting"))
    await until(lambda: seat.live, what="a live picture")


def mirrors(seat: Seat, bridge: Rig) -> bool:
    table, points = bridge.table, seat.world.points
    return len(points) == len(table) and all(
        points.state[index] == table.state(index) for index in range(len(table))
    )


async def test_replica_equals_the_table_through_the_real_wire(bridge: Rig, seat: Seat) -> None:
    await follow(seat)
    assert seat.world.liveness.bridge == "essai"
    chance = random.Random(11)
    source = bridge.table.add_source("all", range(len(bridge.table)))
    for _ in range(50):
        bridge.table.apply(
            source,
            [
                (chance.randrange(len(bridge.table)), chance.random(), chance.choice(list(Quality)))
                for _ in range(5)
            ],
        )
        await asyncio.sleep(0)
    await until(lambda: mirrors(seat, bridge), what="the replica to equal the table")
    assert seat.live


async def test_entries_and_requests_pass(bridge: Rig, seat: Seat) -> None:
    await follow(seat)
    draft = Draft(
        user="bridge",
        seat="",
        at_ms=bridge.clock.now_ms(),
        event=AlarmEvent(change=AlarmChange.RAISED, alarm=alarm(1)),
    )
    for entry in await bridge.journal.append([draft]):
        bridge.bus.publish(entry)
    await until(lambda: seat.world.alarms.get("AL-1") is not None, what="the alarm")
    result = await asyncio.wrap_future(seat.link.ask(AcknowledgeAlarm(alarm_id="AL-1")))
    assert isinstance(result, AlarmResult)


async def test_a_wrong_password_is_refused(bridge: Rig, seat: Seat) -> None:
    await until(lambda: seat.world.liveness.word is LinkWord.SIGNED_OUT)
    with pytest.raises(RequestError) as caught:
        await asyncio.wrap_future(seat.link.sign_in("claire", "something else", "lighting"))
    assert caught.value.code is ErrorCode.REFUSED


async def test_sign_out_and_in_again_on_the_same_connection(bridge: Rig, seat: Seat) -> None:
    await follow(seat)
    for _ in range(3):
        await asyncio.wrap_future(seat.link.sign_out())
        await until(lambda: seat.world.catalogue is None, what="the picture to go")
        await follow(seat)
    assert seat.world.liveness.text_key == ""


async def test_signing_in_in_the_breath_of_signing_out_finds_the_seat_free(
    bridge: Rig, seat: Seat
) -> None:
    await follow(seat)
    for _ in range(5):
        seat.link.sign_out()
        signed = seat.link.sign_in("claire", PASSWORD, "police")
        assert (await asyncio.wrap_future(signed)).seat == "police"


async def test_signing_in_over_a_session_replaces_it(bridge: Rig, seat: Seat) -> None:
    await follow(seat)
    await asyncio.wrap_future(seat.link.sign_in("claire", PASSWORD, "police"))
    await until(
        lambda: seat.world.session is not None and seat.world.session.seat == "police",
        what="the second session",
    )
    await until(lambda: seat.live, what="a live picture")


async def test_a_revoked_key_ends_the_session_and_is_said(bridge: Rig, seat: Seat) -> None:
    await follow(seat)
    keys_file = bridge.enrolled / "pc-01.key"
    keys_file.unlink()
    await asyncio.to_thread(bridge.server._enrolments.refresh)
    await until(lambda: seat.world.session is None, what="the end of the session")
    assert seat.world.catalogue is None
    assert len(seat.world.points) == 0
    assert seat.world.liveness.text_key == "session.ended.key_revoked"


async def test_a_stranger_is_told_that_its_key_is_unknown(
    bridge: Rig, expected_events: list[str]
) -> None:
    expected_events.append("console_key_refused")
    stranger = keys.generate()
    seat = Seat(
        settings=LinkSettings(
            addresses=(bridge.server.address,),
            public_key=stranger.public.decode(),
            secret_key=stranger.secret.decode(),
            bridge_key=bridge.bridge_pair.public.decode(),
        )
    )
    seat.link.start()
    try:
        await until(lambda: seat.world.liveness.text_key != "", what="the reason")
        assert seat.world.liveness.word is LinkWord.REFUSED
        assert seat.world.liveness.text_key == "link.key_refused"
    finally:
        await asyncio.to_thread(seat.link.stop)
