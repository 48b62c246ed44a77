"""A console and a bridge of different versions, over the real wire."""

from __future__ import annotations

import asyncio

import msgspec

from backend_bridge.contract.alarms import AlarmChange
from backend_bridge.contract.journal import AlarmEvent, NewerEvent
from backend_bridge.contract.requests import GetSituation
from backend_bridge.contract.wire import PROTOCOL_MAJOR, PROTOCOL_MINOR
from console.state.liveness import LinkWord
from tests.fakes.scripted_bridge import ScriptedBridge
from tests.fakes.small_city import alarm
from tests.fakes.waiting import until
from tests.unit.link.conftest import MakeSeat, Seat


class DroneEvent(msgspec.Struct, frozen=True, kw_only=True, tag="drone"):
    """An event of a version to come."""

    battery: int


class SuspendedEvent(msgspec.Struct, frozen=True, kw_only=True, tag="alarm"):
    """A known event whose change is of a version to come."""

    change: str
    alarm: msgspec.Raw


async def follow(seat: Seat) -> None:
    await until(lambda: seat.world.liveness.word is LinkWord.SIGNED_OUT, what="a connection")
    await asyncio.wrap_future(seat.link.sign_in("mireille", "sesame", "lighting"))
    await until(lambda: seat.live, what="a live picture")


def entries(seat: Seat) -> list[object]:
    return [entry.event for batch in seat.batches for entry in batch.entries]


async def test_entry_of_an_unknown_kind_keeps_its_place_and_is_counted(
    bridge: ScriptedBridge, make_seat: MakeSeat
) -> None:
    seat = make_seat(bridge.address)
    await follow(seat)
    bridge.append(AlarmEvent(change=AlarmChange.RAISED, alarm=alarm(1)))
    bridge.append(DroneEvent(battery=4))  # type: ignore[arg-type]  # what a newer bridge sends
    bridge.append(AlarmEvent(change=AlarmChange.RAISED, alarm=alarm(2)))
    await until(lambda: len(entries(seat)) == 3, what="all three")
    assert entries(seat)[1] == NewerEvent(kind="drone")
    assert [e.seq for b in seat.batches for e in b.entries] == [1, 2, 3]
    assert {"AL-1", "AL-2"} <= set(seat.world.alarms.by_id)
    await until(lambda: seat.world.liveness.newer_entries == 1)
    assert seat.live, "the connection stands and is caught up"
    assert seat.batches[-1].status.garbage_frames == 0
    assert seat.batches[-1].status.reconnections == 0
    assert bridge.asked(GetSituation) == 1


async def test_known_thing_in_an_unknown_state_is_read_again_whole(
    bridge: ScriptedBridge, make_seat: MakeSeat
) -> None:
    seat = make_seat(bridge.address)
    await follow(seat)
    after = alarm(1, acknowledged=True, ack_by="claire")
    told = SuspendedEvent(change="suspended", alarm=msgspec.Raw(msgspec.msgpack.encode(after)))
    entry = bridge.append(told)  # type: ignore[arg-type]  # what a newer bridge sends
    bridge.situation = msgspec.structs.replace(bridge.situation, seq=entry.seq, alarms=(after,))
    await until(lambda: "AL-1" in seat.world.alarms.by_id, what="the alarm as it is now")
    assert seat.world.alarms.by_id["AL-1"].acknowledged
    await until(lambda: seat.world.liveness.newer_entries == 1)
    assert seat.live


async def test_count_ends_with_the_session_it_was_made_in(
    bridge: ScriptedBridge, make_seat: MakeSeat
) -> None:
    seat = make_seat(bridge.address)
    await follow(seat)
    bridge.append(DroneEvent(battery=4))  # type: ignore[arg-type]  # what a newer bridge sends
    await until(lambda: seat.world.liveness.newer_entries == 1)
    await asyncio.wrap_future(seat.link.sign_out())
    await until(lambda: seat.world.liveness.word is LinkWord.SIGNED_OUT)
    assert seat.world.liveness.newer_entries == 0


async def test_other_minor_works_and_the_console_knows_it(
    bridge: ScriptedBridge, make_seat: MakeSeat
) -> None:
    for minor in (PROTOCOL_MINOR + 1, PROTOCOL_MINOR - 1):
        bridge.minor = minor
        seat = make_seat(bridge.address)
        await follow(seat)
        assert seat.world.liveness.protocol == f"{PROTOCOL_MAJOR}.{minor}"


async def test_other_major_is_refused_in_words(bridge: ScriptedBridge, make_seat: MakeSeat) -> None:
    bridge.major = PROTOCOL_MAJOR + 1
    seat = make_seat(bridge.address)
    await until(lambda: seat.world.liveness.word is LinkWord.REFUSED)
    assert seat.world.liveness.text_key == "link.version_refused"
