"""The link against a bridge that does what the test says."""

from __future__ import annotations

import asyncio
import random
import time

import msgspec
import pytest

from backend_bridge.contract.alarms import AlarmChange, AlarmState
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import AlarmEvent
from backend_bridge.contract.order_requests import ExecuteCommand
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.requests import (
    AcknowledgeAlarm,
    GetCatalogue,
    GetSituation,
    Request,
    TakeIncident,
)
from backend_bridge.contract.results import AlarmResult, IncidentResult, Result, SituationResult
from backend_bridge.contract.wire import (
    Ask,
    Failure,
    Hello,
    PullJournal,
    PullPoints,
    SignIn,
    SignOut,
)
from console.state.liveness import LinkWord
from tests.fakes.scripted_bridge import ScriptedBridge
from tests.fakes.small_city import alarm, incident, small_city
from tests.fakes.waiting import until
from tests.unit.link.conftest import BRIDGE_KEYS, MakeSeat, Seat


async def sign_in(seat: Seat, password: str = "sesame") -> None:
    await until(lambda: seat.world.liveness.word is LinkWord.SIGNED_OUT, what="a connection")
    await asyncio.wrap_future(seat.link.sign_in("mireille", password, "lighting"))


async def follow(seat: Seat) -> None:
    await sign_in(seat)
    await until(lambda: seat.live, what="a live picture")


def change_some(bridge: ScriptedBridge, chance: random.Random, count: int = 20) -> None:
    total = len(bridge.table)
    bridge.table.apply(
        bridge.source,
        [
            (chance.randrange(total), chance.randrange(100), chance.choice(list(Quality)))
            for _ in range(count)
        ],
    )


async def test_replica_equals_the_table_and_goes_live(
    bridge: ScriptedBridge, make_seat: MakeSeat
) -> None:
    chance = random.Random(1)
    bridge.situation = SituationResult(
        seq=7, alarms=(alarm(1),), incidents=(incident(1, alarm_ids=("AL-1",)),), service=()
    )
    change_some(bridge, chance)
    seat = make_seat(bridge.address)
    await follow(seat)
    for _ in range(10):
        change_some(bridge, chance)
        await asyncio.sleep(0)
    await until(lambda: seat.mirrors(bridge), what="the replica to equal the table")
    assert seat.world.session is not None
    assert seat.world.session.seat == "lighting"
    assert [item.id for item in seat.world.alarms] == ["AL-1"]
    assert seat.world.incidents.of_alarm("AL-1") == "INC-1"
    assert abs(seat.world.liveness.skew_ms or 0) < 100
    assert seat.world.liveness.revisions_behind == 0


async def test_journal_is_followed_from_the_situation_without_a_gap(
    bridge: ScriptedBridge, make_seat: MakeSeat
) -> None:
    bridge.situation = SituationResult(seq=41, alarms=(), incidents=(), service=())
    seat = make_seat(bridge.address)
    await follow(seat)
    for number in range(1, 1_301):  # three batches
        bridge.append(AlarmEvent(change=AlarmChange.RAISED, alarm=alarm(number)))
    await until(lambda: len(seat.world.alarms) == 1_300, what="every alarm")
    seen = [entry.seq for batch in seat.batches for entry in batch.entries]
    assert seen == list(range(42, 1_342))


async def test_deliveries_are_at_most_twenty_a_second(
    bridge: ScriptedBridge, make_seat: MakeSeat
) -> None:
    seat = make_seat(bridge.address)
    await follow(seat)
    chance = random.Random(2)
    before, started_s = len(seat.batches), time.monotonic()
    while time.monotonic() < started_s + 1.0:
        change_some(bridge, chance)
        await asyncio.sleep(0.002)
    assert 5 <= len(seat.batches) - before <= 22


async def test_a_busy_window_gets_one_conflated_batch_afterwards(
    bridge: ScriptedBridge, make_seat: MakeSeat
) -> None:
    seat = make_seat(bridge.address)
    await follow(seat)
    seat.applies = False
    chance = random.Random(3)
    before = len(seat.batches)
    bridge.table.apply(bridge.source, [(0, 1, Quality.GOOD)])
    await until(lambda: len(seat.batches) == before + 1, what="the batch that is not taken")
    for _ in range(200):
        change_some(bridge, chance, 50)
        await asyncio.sleep(0.001)
    pulled = bridge.count(PullPoints)
    await until(lambda: bridge.count(PullPoints) >= pulled + 2, what="everything to be pulled")
    assert len(seat.batches) == before + 1
    seat.applies = True
    seat.world.apply(seat.batches[-1])
    await until(lambda: seat.mirrors(bridge), what="the replica to equal the table")
    assert len(seat.batches[before + 1].changes) <= len(bridge.table)


async def test_forty_thousand_points_reach_the_state_in_time(make_seat: MakeSeat) -> None:
    big = ScriptedBridge(small_city(cabinets=100, lamps=198))
    total = len(big.table)
    assert total == 40_000
    big.table.apply(big.source, [(index, index % 100, Quality.GOOD) for index in range(total)])
    async with big.serve(BRIDGE_KEYS):
        seat = make_seat(big.address)
        await sign_in(seat)
        await until(lambda: len(seat.world.points) == total, what="the catalogue")
        await until(lambda: seat.mirrors(big), what="all points")
    spans = [batch for batch in seat.batches if batch.changes]
    assert sum(len(batch.changes) for batch in spans) == total


async def test_catalogue_is_fetched_once_and_again_only_when_it_changed(
    bridge: ScriptedBridge, make_seat: MakeSeat
) -> None:
    seat = make_seat(bridge.address)
    await follow(seat)
    address = bridge.address
    assert bridge.asked(GetCatalogue) == 1
    bridge.catalogue = small_city(revision="rev-2")
    bridge.table.apply(bridge.source, [(3, 1, Quality.GOOD)])
    await until(
        lambda: seat.world.catalogue is not None and seat.world.catalogue.revision == "rev-2",
        what="the new catalogue",
    )
    await until(lambda: seat.mirrors(bridge) and seat.live, what="the points of the new one")
    assert bridge.asked(GetCatalogue) == 2
    assert bridge.address == address


async def test_reconnection_signs_in_again_and_keeps_what_it_has(make_seat: MakeSeat) -> None:
    bridge = ScriptedBridge(small_city())
    chance = random.Random(4)
    async with bridge.serve(BRIDGE_KEYS):
        change_some(bridge, chance)
        seat = make_seat(bridge.address)
        await follow(seat)
        await until(lambda: seat.mirrors(bridge))
    await until(lambda: seat.world.liveness.word is LinkWord.LOST, what="the loss to be said")
    assert seat.world.quality(0) is not Quality.GOOD
    assert len(seat.world.points) == len(bridge.table)
    change_some(bridge, chance)
    bridge.append(AlarmEvent(change=AlarmChange.RAISED, alarm=alarm(9)))
    pulled = [m.after for m in bridge.seen if isinstance(m, PullPoints)][-1]
    bridge.seen.clear()
    async with bridge.serve(BRIDGE_KEYS, bridge.address):
        await until(lambda: seat.live, what="the link to come back")
        await until(lambda: seat.mirrors(bridge))
    assert bridge.asked(GetCatalogue) == 0
    assert bridge.asked(GetSituation) == 0
    assert next(m.after for m in bridge.seen if isinstance(m, PullPoints)) >= pulled > 0
    assert seat.world.alarms.get("AL-9") is not None


async def test_a_restarted_bridge_is_read_from_the_beginning(make_seat: MakeSeat) -> None:
    first = ScriptedBridge(small_city())
    first.table.apply(first.source, [(index, 1, Quality.GOOD) for index in range(10)])
    async with first.serve(BRIDGE_KEYS):
        seat = make_seat(first.address)
        await follow(seat)
        await until(lambda: seat.mirrors(first))
    second = ScriptedBridge(small_city(), epoch="epoch-2")
    second.situation = SituationResult(seq=3, alarms=(alarm(5),), incidents=(), service=())
    second.table.apply(second.source, [(4, 77, Quality.GOOD)])
    async with second.serve(BRIDGE_KEYS, first.address):
        await until(lambda: seat.world.epoch == "epoch-2" and seat.live, what="the new epoch")
        await until(lambda: seat.mirrors(second), what="nothing of the old epoch to remain")
    assert second.asked(GetSituation) == 1
    assert second.asked(GetCatalogue) == 0
    assert next(m.after for m in second.seen if isinstance(m, PullPoints)) == 0
    assert next(m.after for m in second.seen if isinstance(m, PullJournal)) == 3
    assert [item.id for item in seat.world.alarms] == ["AL-5"]


async def test_a_frozen_bridge_is_not_live_long_before_its_silence_ends(
    bridge: ScriptedBridge, make_seat: MakeSeat
) -> None:
    bridge.table.apply(bridge.source, [(0, 1, Quality.GOOD)])
    seat = make_seat(bridge.address, silence_s=60.0)
    await follow(seat)
    assert seat.world.quality(0) is Quality.GOOD
    bridge.frozen = True
    await until(lambda: not seat.live, timeout_s=20.0, what="the console to say so")
    assert seat.world.liveness.word is LinkWord.LOST
    assert seat.world.quality(0) is Quality.STALE
    assert seat.world.liveness.last_live_ms is not None
    bridge.frozen = False
    await until(lambda: seat.live, what="the link to come back by itself")


async def test_a_bridge_silent_for_long_is_left_for_the_next_address(make_seat: MakeSeat) -> None:
    async with (
        ScriptedBridge(small_city()).serve(BRIDGE_KEYS) as first,
        ScriptedBridge(small_city(), epoch="other").serve(BRIDGE_KEYS) as second,
    ):
        seat = make_seat(first.address, second.address, silence_s=0.8)
        await follow(seat)
        first.frozen = True
        await until(lambda: seat.world.epoch == "other" and seat.live, what="the second bridge")
        first.frozen = False


async def test_beats_without_points_say_how_far_behind(
    bridge: ScriptedBridge, make_seat: MakeSeat
) -> None:
    seat = make_seat(bridge.address)
    await follow(seat)
    bridge.deaf_to = {PullPoints}
    pulled = bridge.count(PullPoints)
    await until(lambda: bridge.count(PullPoints) > pulled, what="a pull that gets no answer")
    bridge.table.apply(bridge.source, [(index, 5, Quality.GOOD) for index in range(12)])
    await until(
        lambda: not seat.live and seat.world.liveness.word is LinkWord.BEHIND, what="the delay"
    )
    assert seat.world.liveness.revisions_behind == 13
    assert seat.world.liveness.seconds_behind > 1.0


async def test_another_major_version_is_a_clear_status(make_seat: MakeSeat) -> None:
    bridge = ScriptedBridge(small_city())
    bridge.major = 2
    async with bridge.serve(BRIDGE_KEYS):
        seat = make_seat(bridge.address)
        await until(lambda: seat.world.liveness.word is LinkWord.REFUSED, what="the refusal")
    assert seat.world.liveness.text_key == "link.version_refused"
    assert seat.world.liveness.params == {"console": 1, "bridge": 2}
    assert bridge.count(SignIn) == 0


async def test_a_refused_hello_carries_the_bridges_own_text(make_seat: MakeSeat) -> None:
    bridge = ScriptedBridge(small_city())

    async def refuse(identity: bytes, message: Hello) -> Failure:
        return Failure(
            id=message.id,
            epoch="e",
            utc_ms=0,
            code=ErrorCode.REFUSED,
            text_key="error.protocol.version",
            params={"bridge": "2.0", "console": "1.0"},
        )

    bridge._reply = refuse  # type: ignore[assignment, method-assign]  # scripted for this test
    async with bridge.serve(BRIDGE_KEYS):
        seat = make_seat(bridge.address)
        await until(lambda: seat.world.liveness.word is LinkWord.REFUSED, what="the refusal")
    assert seat.world.liveness.text_key == "error.protocol.version"


async def test_wrong_password_is_the_bridges_refusal_and_is_not_kept(
    bridge: ScriptedBridge, make_seat: MakeSeat
) -> None:
    seat = make_seat(bridge.address)
    with pytest.raises(RequestError) as caught:
        await sign_in(seat, "wrong")
    assert caught.value.code is ErrorCode.REFUSED
    assert caught.value.text_key == "error.sign_in.refused"
    assert seat.world.session is None
    await sign_in(seat)
    assert bridge.count(SignIn) == 2


async def test_a_revoked_console_forgets_everything_at_once(
    bridge: ScriptedBridge, make_seat: MakeSeat
) -> None:
    bridge.situation = SituationResult(seq=1, alarms=(alarm(1),), incidents=(), service=())
    seat = make_seat(bridge.address)
    await follow(seat)
    await bridge.sign_everybody_out("session.revoked")
    await until(lambda: seat.world.session is None, what="the session to end")
    assert seat.world.catalogue is None
    assert len(seat.world.points) == 0
    assert len(seat.world.alarms) == 0
    assert seat.world.liveness.text_key == "session.revoked"
    signed = bridge.count(SignIn)
    await asyncio.sleep(0.5)
    assert bridge.count(SignIn) == signed, "a revoked session must not sign in by itself"


async def test_sign_out_drops_the_picture_tells_the_bridge_and_keeps_no_password(
    bridge: ScriptedBridge, make_seat: MakeSeat
) -> None:
    seat = make_seat(bridge.address)
    await follow(seat)
    await asyncio.wrap_future(seat.link.sign_out())
    await until(lambda: seat.world.catalogue is None, what="the picture to go")
    await until(lambda: bridge.count(SignOut) == 1, what="the bridge to be told")
    assert seat.world.liveness.word is LinkWord.SIGNED_OUT
    client = seat.link._client
    assert client is not None
    assert client._credentials is None
    await follow(seat)
    assert bridge.asked(GetCatalogue) == 2


async def test_after_sign_out_a_reconnection_signs_nobody_in(make_seat: MakeSeat) -> None:
    bridge = ScriptedBridge(small_city())
    async with bridge.serve(BRIDGE_KEYS):
        seat = make_seat(bridge.address)
        await follow(seat)
        await asyncio.wrap_future(seat.link.sign_out())
        await until(lambda: bridge.count(SignOut) == 1)
    bridge.seen.clear()
    async with bridge.serve(BRIDGE_KEYS, bridge.address):
        await until(lambda: bridge.count(Hello) == 1, what="the reconnection")
        await asyncio.sleep(0.3)
    assert bridge.count(SignIn) == 0


async def test_a_bridge_that_lost_the_session_gets_the_person_signed_in_again(
    bridge: ScriptedBridge, make_seat: MakeSeat
) -> None:
    seat = make_seat(bridge.address, silence_s=1.0)
    await follow(seat)
    bridge.sessions.clear()
    await until(lambda: bridge.count(SignIn) == 2, what="the second sign-in")
    await until(lambda: seat.live, what="live again")


async def test_requests_bring_one_result_or_the_bridges_refusal(
    bridge: ScriptedBridge, make_seat: MakeSeat
) -> None:
    def answer(request: Request) -> Result | Failure | None:
        match request:
            case AcknowledgeAlarm():
                return AlarmResult(alarm=alarm(1, acknowledged=True, ack_by="mireille"))
            case TakeIncident():
                return Failure(
                    id=0,
                    epoch="",
                    utc_ms=0,
                    code=ErrorCode.CONFLICT,
                    text_key="error.incident.taken",
                    params={"owner": "paul"},
                )
        return IncidentResult(incident=incident(1))

    bridge.answer = answer
    seat = make_seat(bridge.address)
    await follow(seat)
    asked = [
        asyncio.wrap_future(seat.link.ask(AcknowledgeAlarm(alarm_id="AL-1"))) for _ in range(50)
    ]
    results = await asyncio.gather(*asked)
    assert all(
        isinstance(r, AlarmResult) and r.alarm.state is AlarmState.ACKNOWLEDGED for r in results
    )
    with pytest.raises(RequestError) as caught:
        await asyncio.wrap_future(seat.link.ask(TakeIncident(incident_id="INC-1", version=1)))
    assert caught.value.code is ErrorCode.CONFLICT
    assert caught.value.params == {"owner": "paul"}


async def test_an_answer_of_the_wrong_class_is_an_error_not_a_crash(
    bridge: ScriptedBridge, make_seat: MakeSeat
) -> None:
    bridge.answer = lambda _: IncidentResult(incident=incident(1))
    seat = make_seat(bridge.address)
    await follow(seat)
    with pytest.raises(RequestError) as caught:
        await asyncio.wrap_future(seat.link.ask(AcknowledgeAlarm(alarm_id="AL-1")))
    assert caught.value.code is ErrorCode.INTERNAL


def command(deadline_ms: int) -> ExecuteCommand:
    return ExecuteCommand(
        key="k",
        epoch="epoch-1",
        equipment_id="EP-0001-D1-01",
        point_key="level",
        value=50,
        deadline_ms=deadline_ms,
        reason="test",
    )


async def test_an_unanswered_request_times_out(bridge: ScriptedBridge, make_seat: MakeSeat) -> None:
    seat = make_seat(bridge.address, request_timeout_s=1.2)
    await follow(seat)
    with pytest.raises(RequestError) as caught:
        await asyncio.wrap_future(seat.link.ask(AcknowledgeAlarm(alarm_id="AL-1")))
    assert caught.value.code is ErrorCode.TIMED_OUT
    assert caught.value.text_key == "error.link.timed_out"
    assert seat.live


async def test_a_command_whose_answer_is_lost_has_an_unknown_fate(make_seat: MakeSeat) -> None:
    bridge = ScriptedBridge(small_city())
    async with bridge.serve(BRIDGE_KEYS):
        seat = make_seat(bridge.address)
        await follow(seat)
        pending = seat.link.ask(command(bridge.clock.now_ms() + 5_000))
        other = seat.link.ask(AcknowledgeAlarm(alarm_id="AL-1"))
        await until(lambda: bridge.count(Ask) >= 4, what="both to arrive")
    with pytest.raises(RequestError) as caught:
        await asyncio.wrap_future(pending)
    assert caught.value.code is ErrorCode.TIMED_OUT
    assert caught.value.text_key == "error.command.fate_unknown"
    with pytest.raises(RequestError) as caught:
        await asyncio.wrap_future(other)
    assert caught.value.code is ErrorCode.UNAVAILABLE


async def test_a_command_without_a_link_is_refused_and_never_sent_later(
    make_seat: MakeSeat,
) -> None:
    bridge = ScriptedBridge(small_city())
    async with bridge.serve(BRIDGE_KEYS):
        seat = make_seat(bridge.address)
        await follow(seat)
    await until(lambda: not seat.live)
    with pytest.raises(RequestError) as caught:
        await asyncio.wrap_future(seat.link.ask(command(bridge.clock.now_ms() + 60_000)))
    assert caught.value.code is ErrorCode.UNAVAILABLE
    async with bridge.serve(BRIDGE_KEYS, bridge.address):
        await until(lambda: seat.live, what="the link to come back")
    assert bridge.asked(ExecuteCommand) == 0


async def test_garbage_from_the_server_is_dropped_counted_and_survived(
    bridge: ScriptedBridge, make_seat: MakeSeat, expected_logs: list[str]
) -> None:
    expected_logs.append("frames dropped")
    seat = make_seat(bridge.address)
    await follow(seat)
    chance = random.Random(5)
    for frame in (b"", b"\xc1", b"\x81\xa4type\xa5bogus", chance.randbytes(5_000), b"\x91" * 5_000):
        await bridge.send_raw(frame)
    bridge.table.apply(bridge.source, [(2, 3, Quality.GOOD)])
    await until(lambda: seat.mirrors(bridge), what="the next change")
    await until(lambda: seat.batches[-1].status.garbage_frames == 5, what="all to be counted")
    assert seat.live


async def test_entries_that_do_not_follow_lead_to_a_fresh_situation(
    bridge: ScriptedBridge, make_seat: MakeSeat
) -> None:
    seat = make_seat(bridge.address)
    await follow(seat)
    asked = bridge.asked(GetSituation)
    true_entries = bridge._entries

    async def skip(identity: bytes, pull: PullJournal) -> object:
        bridge._entries = true_entries  # type: ignore[method-assign]  # only once
        answer = await true_entries(identity, pull)
        return answer and _shifted(answer)

    bridge._entries = skip  # type: ignore[assignment, method-assign]  # scripted for this test
    await until(lambda: bridge.asked(GetSituation) == asked + 1, what="a fresh situation")
    bridge.append(AlarmEvent(change=AlarmChange.RAISED, alarm=alarm(2)))
    await until(lambda: seat.world.alarms.get("AL-2") is not None)


def _shifted(batch: object) -> object:
    assert isinstance(batch, msgspec.Struct)
    return msgspec.structs.replace(batch, after=99)


async def test_nobody_listening_is_said_with_the_address(make_seat: MakeSeat) -> None:
    seat = make_seat("tcp://127.0.0.1:9")
    await until(lambda: seat.world.liveness.text_key == "link.unreachable", what="the reason")
    assert seat.world.liveness.params == {"address": "tcp://127.0.0.1:9"}
    with pytest.raises(RequestError) as caught:
        await asyncio.wrap_future(seat.link.sign_in("mireille", "sesame", "police"))
    assert caught.value.code is ErrorCode.UNAVAILABLE


async def test_after_stop_everything_fails_kindly(
    bridge: ScriptedBridge, make_seat: MakeSeat
) -> None:
    seat = make_seat(bridge.address)
    await follow(seat)
    seat.link.stop()
    seat.link.stop()
    with pytest.raises(RequestError) as caught:
        await asyncio.wrap_future(seat.link.ask(AcknowledgeAlarm(alarm_id="AL-1")))
    assert caught.value.code is ErrorCode.UNAVAILABLE
