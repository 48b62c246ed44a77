"""An override has an owner, an end and a way back, and gets there whatever happens meanwhile."""

from __future__ import annotations

import asyncio

import pytest
from msgspec.structs import replace

from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.journal import (
    CommandEvent,
    OverrideEvent,
    ServiceEvent,
    SessionChange,
    SessionEvent,
)
from backend_bridge.contract.order_requests import EndOverride, SettleCommand
from backend_bridge.contract.overrides import OverrideChange as Change
from backend_bridge.contract.overrides import OverrideState as State
from backend_bridge.contract.points import ServiceMark, WayBack
from backend_bridge.contract.quality import ServiceState
from backend_bridge.core.bus import Bus
from backend_bridge.core.errors import CommandRejectedError
from backend_bridge.core.storage import Draft
from tests.fakes.waiting import until
from tests.unit.overrides.kit import (
    ALICE,
    BOB,
    BOLLARD,
    FEEDER,
    LAMP,
    OTHER,
    PROGRAMME,
    TEN_MIN_MS,
    Room,
    person,
)


async def test_override_is_durable_with_its_command_and_says_who_why_and_until_when() -> None:
    room = Room()
    async with room.life() as life:
        began_ms = room.clock.now_ms()
        command = await room.command(life)
        await until(lambda: room.last("k1").state is State.ACTIVE)

    held = room.last("k1")
    assert command.outcome is CommandOutcome.CONFIRMED
    assert (held.owner, held.seat, held.reason) == ("alice", "PC-1", "ronde")
    assert (held.since_ms, held.until_ms) == (began_ms, began_ms + TEN_MIN_MS)
    assert (held.value, held.back, held.back_value) == (80, WayBack.PROGRAMME, None)
    assert held.verified
    kinds = [type(entry.event) for entry in room.journal.log]
    # accepted alone; sent with the pending override; confirmed with the active one
    assert kinds == [CommandEvent, CommandEvent, OverrideEvent, CommandEvent, OverrideEvent]
    assert room.journal.commits == 3


async def test_bridge_takes_back_what_the_device_cannot_and_reads_it() -> None:
    room = Room()
    async with room.life() as life:
        await room.command(life)
        room.pass_time(599.0, life)
        await asyncio.sleep(0.02)
        assert room.street.so(LAMP) == 80
        room.pass_time(1.0, life)
        await until(lambda: room.last("k1").state is State.ENDED)

    assert room.street.so(LAMP) == PROGRAMME
    assert room.street.writes == [(LAMP, 80, None), (LAMP, None, None)]
    assert room.changes("k1") == [Change.SENT, Change.BEGAN, Change.RETURNING, Change.ENDED]
    (back,) = room.returns()
    assert (back.issuer, back.override, back.outcome) == ("bridge", "k1", CommandOutcome.CONFIRMED)
    assert room.last("k1").ended_by == "bridge"


async def test_device_that_can_goes_back_by_itself_and_the_bridge_only_reads() -> None:
    room = Room()
    room.street.longest_s = 3_600.0
    async with room.life() as life:
        await room.command(life)
        assert room.last("k1").by_device
        room.pass_time(600.0, life)
        await until(lambda: room.last("k1").state is State.ENDED)

    assert room.street.writes == [(LAMP, 80, 600.0)]
    assert room.last("k1").text_key == "override.ended.by_device"


async def test_device_that_does_not_go_back_is_told_to() -> None:
    room = Room()
    room.street.longest_s, room.street.forgets = 3_600.0, False
    async with room.life() as life:
        await room.command(life)
        room.pass_time(600.0, life)
        await until(lambda: room.last("k1").state is State.RETURNING)
        await asyncio.sleep(0.02)
        assert len(room.street.writes) == 1
        room.pass_time(66.0, life)
        await until(lambda: room.last("k1").state is State.ENDED)

    assert room.street.writes[1:] == [(LAMP, None, None)]


async def test_override_longer_than_the_device_can_hold_is_the_bridges() -> None:
    room = Room()
    room.street.longest_s = 300.0
    async with room.life() as life:
        await room.command(life)

    assert room.street.writes == [(LAMP, 80, None)]
    assert not room.last("k1").by_device


async def test_override_that_ended_while_the_bridge_was_dead_is_taken_back_once() -> None:
    room = Room()
    async with room.life() as life:
        await room.command(life)
    room.clock.advance(3_600.0)
    for _ in range(2):
        async with room.life():
            await until(lambda: room.last("k1").state is State.ENDED)

    assert room.street.writes == [(LAMP, 80, None), (LAMP, None, None)]


async def test_device_that_went_back_while_the_bridge_was_dead_is_only_looked_at() -> None:
    room = Room()
    room.street.longest_s = 3_600.0
    async with room.life() as life:
        await room.command(life)
    room.clock.advance(86_400.0)
    async with room.life():
        await until(lambda: room.last("k1").state is State.ENDED)

    assert room.street.writes == [(LAMP, 80, 600.0)]


async def test_lost_link_leaves_it_stuck_and_its_return_takes_it_back() -> None:
    room = Room()
    async with room.life() as life:
        await room.command(life)
        room.street.up = False
        room.pass_time(600.0, life)
        await until(lambda: room.last("k1").state is State.STUCK)
        assert room.last("k1").text_key == "override.stuck.link_down"
        assert [item.id for item in life.ledger.open] == ["k1"]
        await asyncio.sleep(0.05)
        room.street.up = True
        life.returner.on_link_state(room.street.link)
        await until(lambda: room.last("k1").state is State.ENDED)

    assert room.street.so(LAMP) == PROGRAMME
    # tried many times, said once
    assert room.changes("k1").count(Change.STUCK) == 1


async def test_links_get_their_time_at_start_before_anything_counts_as_stuck() -> None:
    room = Room()
    async with room.life() as life:
        await room.command(life)
    room.clock.advance(3_600.0)
    room.street.up = False
    room.settings = type(room.settings)(look_s=0.001, retry_s=0.01, start_s=30.0)
    async with room.life() as life:
        await until(lambda: room.last("k1").state is State.RETURNING)
        await asyncio.sleep(0.05)
        assert room.last("k1").state is State.RETURNING
        room.street.up = True
        life.returner.on_link_state(room.street.link)
        await until(lambda: room.last("k1").state is State.ENDED)


async def test_bollard_that_refuses_to_rise_is_stuck_in_words_and_tried_again() -> None:
    room = Room()
    async with room.life() as life:
        await room.command(life, 0, on=BOLLARD)
        room.street.refuse[BOLLARD] = CommandRejectedError("a vehicle on the loop")
        room.pass_time(600.0, life)
        await until(lambda: room.last("k1").state is State.STUCK)
        assert room.last("k1").text_key == "command.result.rejected"
        del room.street.refuse[BOLLARD]
        await until(lambda: room.last("k1").state is State.ENDED)

    assert room.street.so(BOLLARD) == 100


async def test_equipment_out_of_service_is_left_alone_until_it_is_back() -> None:
    room = Room()
    room.settings = replace(room.settings, retry_s=60.0)
    async with room.life() as life:
        await room.command(life)
        room.marks.mark = ServiceMark(
            equipment_id=LAMP, state=ServiceState.MAINTENANCE, by="eve", reason="r", since_ms=0
        )
        room.pass_time(600.0, life)
        await until(lambda: room.last("k1").state is State.STUCK)
        assert room.last("k1").text_key == "error.command.out_of_service"
        assert room.last("k1").params
        assert room.street.so(LAMP) == 80

        back = replace(room.marks.mark, state=ServiceState.IN_SERVICE)
        room.marks.mark = None
        draft = Draft(
            user="eve", seat="", at_ms=0, event=ServiceEvent(mark=back, equipment_kind="lamp")
        )
        for entry in await room.journal.append([draft]):
            room.bus.publish(entry)
        await until(lambda: room.last("k1").state is State.ENDED)

    assert room.street.so(LAMP) == PROGRAMME


async def test_newer_override_replaces_the_older_and_keeps_the_oldest_way_back() -> None:
    room = Room()
    async with room.life() as life:
        await room.command(life, 80)
        room.pass_time(60.0, life)
        await room.command(life, 20, caller=BOB)
        await until(lambda: room.last("k1").state is State.REPLACED)
        told = room.last("k1")
        room.pass_time(545.0, life)  # the first one's time, not the second's
        await asyncio.sleep(0.02)
        assert room.street.so(LAMP) == 20
        room.pass_time(55.0, life)
        await until(lambda: room.last("k2").state is State.ENDED)

    assert (told.ended_by, told.text_key) == ("bob", "override.replaced.newer")
    assert room.street.so(LAMP) == PROGRAMME
    assert len(room.returns()) == 1


async def test_command_to_one_lamp_never_touches_anothers_override() -> None:
    room = Room()
    async with room.life() as life:
        await room.command(life, 80, on=LAMP)
        await room.command(life, 100, on=OTHER, caller=BOB)
        await room.command(life, None, on=OTHER, caller=BOB, minutes=None)
        await until(lambda: room.last("k2").state is State.ENDED)

        assert [item.id for item in life.ledger.open] == ["k1"]
        assert life.ledger.holding(LAMP, "level") == "k1"
    assert room.street.so(LAMP) == 80


async def test_command_the_device_refuses_leaves_the_older_override_as_it_was() -> None:
    room = Room()
    async with room.life() as life:
        await room.command(life, 80)
        room.street.refuse[LAMP] = CommandRejectedError("no")
        assert (await room.command(life, 20)).outcome is CommandOutcome.FAILED
        await until(lambda: room.last("k2").state is State.ENDED)

        assert room.last("k2").text_key == "override.ended.not_sent"
        assert room.last("k1").state is State.ACTIVE
        assert life.ledger.holding(LAMP, "level") == "k1"


async def test_command_of_unknown_fate_may_hold_and_is_taken_back_all_the_same() -> None:
    room = Room()
    async with room.life() as life:
        room.street.lost.add(LAMP)
        assert (await room.command(life)).outcome is CommandOutcome.UNKNOWN
        await until(lambda: room.last("k1").state is State.ACTIVE)
        assert not room.last("k1").verified
        room.street.lost.clear()
        room.pass_time(600.0, life)
        await until(lambda: room.last("k1").state is State.ENDED)

    assert room.street.so(LAMP) == PROGRAMME


async def test_what_somebody_found_on_the_spot_settles_the_override_too() -> None:
    room = Room()
    async with room.life() as life:
        room.street.lost.add(LAMP)
        await room.command(life)
        await until(lambda: room.last("k1").state is State.ACTIVE)
        found = SettleCommand(key="k1", reason="allumé, vu de la rue")
        await life.gateway.settle(BOB, found)
        await until(lambda: room.last("k1").verified)
        with pytest.raises(RequestError, match="nothing_to_settle"):
            await life.gateway.settle(BOB, found)
        settled = room.last("k1")
        assert (settled.state, settled.until_ms) == (State.ACTIVE, TEN_MIN_MS + room.clock.now_ms())
        assert settled.text_key == "command.result.settled"
        assert settled.params == {"by": "bob", "found": "allumé, vu de la rue"}
        assert (room.journal.log[-1].user, room.journal.log[-1].seat) == ("bob", "PC-2")
        room.street.lost.clear()
        room.pass_time(600.0, life)  # it ends as it would have
        await until(lambda: room.last("k1").state is State.ENDED)
    assert room.street.so(LAMP) == PROGRAMME


async def test_bridge_that_died_before_the_override_was_settled_does_so_when_it_is_back() -> None:
    room = Room()
    async with room.life() as life:
        room.street.lost.add(LAMP)
        await room.command(life)
        await until(lambda: room.last("k1").state is State.ACTIVE)
        command = await room.journal.command("k1")
        assert command is not None
        settled = replace(command, settled_by="bob", text_key="command.result.settled")
        bus, life.gateway._records._bus = room.bus, Bus()  # nobody hears of it
        await life.gateway._records.write_as(settled, "bob", "PC-2")
        life.gateway._records._bus = bus
        assert not room.last("k1").verified
    async with room.life():
        await until(lambda: room.last("k1").verified)
    assert room.changes("k1").count(Change.SETTLED) == 1


@pytest.mark.parametrize(("equipment", "away", "rest"), [(BOLLARD, 0, 100), (LAMP, 80, None)])
async def test_point_told_its_rest_by_hand_ends_the_override(
    equipment: str, away: int, rest: int | None
) -> None:
    room = Room()
    async with room.life() as life:
        await room.command(life, away, on=equipment)
        await room.command(life, rest, on=equipment, caller=BOB, minutes=None)
        await until(lambda: room.last("k1").state is State.ENDED)
        room.pass_time(3_600.0, life)
        await asyncio.sleep(0.02)

    assert (room.last("k1").ended_by, room.last("k1").text_key) == (
        "bob",
        "override.ended.by_command",
    )
    assert room.returns() == []


async def test_closing_a_feeder_makes_no_override() -> None:
    room = Room()
    async with room.life() as life:
        await room.command(life, True, on=FEEDER, minutes=None)

        assert life.ledger.open == ()


async def test_undo_takes_back_now_and_answers_when_it_is_read_back() -> None:
    room = Room()
    room.street.longest_s = 3_600.0
    async with room.life() as life:
        await room.command(life)
        over = await room.end(life, "k1")

        assert room.street.so(LAMP) == PROGRAMME
    assert (over.state, over.ended_by) == (State.ENDED, "alice")
    (back,) = room.returns()
    assert (back.issuer, back.seat) == ("alice", "PC-1")


async def test_owner_may_undo_without_the_right_to_command_and_a_stranger_may_not() -> None:
    room = Room()
    async with room.life() as life:
        await room.command(life)
        with pytest.raises(RequestError, match="rights"):
            await room.end(life, "k1", person("eve", "PC-3", "view:*"))
        assert room.street.so(LAMP) == 80

        over = await room.end(life, "k1", person("alice", "PC-1", "view:*"))

    assert over.state is State.ENDED
    assert room.street.so(LAMP) == PROGRAMME


async def test_whoever_may_command_may_undo_for_another() -> None:
    room = Room()
    async with room.life() as life:
        await room.command(life)

        assert (await room.end(life, "k1", BOB)).ended_by == "bob"
        with pytest.raises(RequestError, match="over"):
            await room.end(life, "k1", BOB)


async def test_undo_that_does_not_work_says_stuck_and_why() -> None:
    room = Room()
    async with room.life() as life:
        await room.command(life, 0, on=BOLLARD)
        room.street.refuse[BOLLARD] = CommandRejectedError("a vehicle on the loop")

        over = await room.end(life, "k1")

    assert (over.state, over.text_key) == (State.STUCK, "command.result.rejected")


async def test_extension_moves_the_end_and_stays_within_the_longest() -> None:
    room = Room()
    async with room.life() as life:
        await room.command(life)
        longer = await room.extend(life, "k1", 30)
        assert longer.reason == "encore"
        with pytest.raises(RequestError, match="end_far"):
            await room.extend(life, "k1", 24 * 60 + 1)
        with pytest.raises(RequestError, match="end_past"):
            await room.extend(life, "k1", 0)
        room.pass_time(1_799.0, life)
        await asyncio.sleep(0.02)
        assert room.street.so(LAMP) == 80
        room.pass_time(1.0, life)
        await until(lambda: room.last("k1").state is State.ENDED)

    assert Change.EXTENDED in room.changes("k1")


async def test_extension_of_what_the_device_counts_is_told_to_the_device() -> None:
    room = Room()
    room.street.longest_s = 3_600.0
    async with room.life() as life:
        await room.command(life)
        assert (await room.extend(life, "k1", 30)).by_device
        room.pass_time(1_700.0, life)
        assert room.street.so(LAMP) == 80
        assert not (await room.extend(life, "k1", 120)).by_device
        room.pass_time(7_100.0, life)
        assert room.street.so(LAMP) == 80

    assert room.street.writes == [(LAMP, 80, 600.0), (LAMP, 80, 1_800.0), (LAMP, 80, None)]
    assert room.last("k1").state is State.ACTIVE


async def test_extension_the_device_does_not_take_changes_nothing() -> None:
    room = Room()
    room.street.longest_s = 3_600.0
    async with room.life() as life:
        await room.command(life)
        before = room.last("k1")
        room.street.refuse[LAMP] = CommandRejectedError("no")
        with pytest.raises(RequestError, match="not_extended"):
            await room.extend(life, "k1", 30)

    assert room.last("k1") == before


async def test_way_back_yields_to_a_newer_command_on_the_way_and_says_so() -> None:
    room = Room()
    async with room.life() as life:
        await room.command(life)
        room.street.gate.clear()
        newer = asyncio.create_task(room.command(life, 20, caller=BOB, minutes=30))
        await until(lambda: room.changes("k2") == [Change.SENT])
        room.pass_time(600.0, life)  # the older one's end comes while the newer is being sent
        await until(lambda: room.last("k1").state is State.RETURNING)
        await asyncio.sleep(0.02)
        room.street.gate.set()
        await newer
        await until(lambda: room.last("k1").state is State.REPLACED)
        await asyncio.sleep(0.05)

    assert room.street.so(LAMP) == 20
    assert (LAMP, None, None) not in room.street.writes


async def test_full_disk_keeps_the_way_back_waiting_and_no_longer(
    expected_events: list[str],
) -> None:
    expected_events += ["journal_refused", "journal_back"]
    room = Room()
    async with room.life() as life:
        await room.command(life)
        room.journal.full = True
        room.pass_time(600.0, life)
        await asyncio.sleep(0.02)
        assert room.street.so(LAMP) == 80
        room.journal.full = False
        room.pass_time(2.0, life)
        await until(lambda: room.last("k1").state is State.ENDED)

    assert room.street.so(LAMP) == PROGRAMME


async def test_request_of_another_epoch_undoes_nothing() -> None:
    room = Room()
    async with room.life() as life:
        await room.command(life)
        with pytest.raises(RequestError, match="other_epoch"):
            await life.ledger.end(ALICE, EndOverride(override_id="k1", epoch="old"))
    assert room.street.so(LAMP) == 80


@pytest.mark.parametrize("back_s", [-3_600.0, -40 * 86_400.0])
async def test_clock_put_back_makes_nothing_last_longer(back_s: float) -> None:
    room = Room()
    async with room.life() as life:
        await room.command(life)
        await until(lambda: room.last("k1").state is State.ACTIVE)
        room.clock.jump(back_s)
        room.pass_time(599.0, life)
        await asyncio.sleep(0.02)
        assert room.last("k1").state is State.ACTIVE
        room.pass_time(1.0, life)
        await until(lambda: room.last("k1").state is State.ENDED)

    assert room.street.so(LAMP) == PROGRAMME


async def test_clock_put_forward_ends_it_at_its_time_of_day() -> None:
    room = Room()
    async with room.life() as life:
        await room.command(life)
        room.clock.jump(700.0)
        room.pass_time(0.0, life)
        await until(lambda: room.last("k1").state is State.ENDED)


async def test_clock_put_back_allows_no_extension_beyond_the_longest() -> None:
    room = Room()
    async with room.life() as life:
        await room.command(life)
        room.clock.jump(-12 * 3_600.0)
        with pytest.raises(RequestError, match="end_far"):
            await room.extend(life, "k1", 24 * 60 + 1)
        await room.extend(life, "k1", 24 * 60)
        room.pass_time(600.0, life)
        await asyncio.sleep(0.02)
        assert room.last("k1").state is State.ACTIVE


async def test_extended_it_lasts_as_much_longer_on_both_clocks() -> None:
    room = Room()
    async with room.life() as life:
        await room.command(life)
        await room.extend(life, "k1", 30)
        room.clock.jump(-3_600.0)
        room.pass_time(1_799.0, life)
        await asyncio.sleep(0.02)
        assert room.last("k1").state is State.ACTIVE
        room.pass_time(1.0, life)
        await until(lambda: room.last("k1").state is State.ENDED)


@pytest.mark.parametrize("change", [SessionChange.REVOKED, SessionChange.SIGNED_OUT])
async def test_nobody_takes_back_in_the_name_of_who_has_left(change: SessionChange) -> None:
    room = Room()
    async with room.life() as life:
        await room.command(life)
        room.street.up = False
        ended = await room.end(life, "k1", BOB)
        assert (ended.state, ended.ended_by) == (State.STUCK, "bob")
        left = SessionEvent(change=change, console=BOB.console)
        (entry,) = await room.journal.append(
            [Draft(user="bob", seat=BOB.seat, at_ms=room.clock.now_ms(), event=left)]
        )
        room.bus.publish(entry)
        room.street.up = True
        life.returner.on_link_state(room.street.link)
        await until(lambda: room.last("k1").state is State.ENDED)

    (taken,) = room.returns()
    assert taken.issuer == "bridge"
    assert room.last("k1").ended_by == "bob"


async def test_device_that_goes_back_in_the_same_second_is_not_written_to() -> None:
    room = Room()
    room.street.longest_s = 3_600.0
    room.street.forgets = False
    async with room.life() as life:
        await room.command(life)
        room.pass_time(600.0, life)
        await until(lambda: room.last("k1").state is State.RETURNING)
        await asyncio.sleep(0.01)  # the bridge has looked, and the lamp still held
        room.street.forgets = True
        await until(lambda: room.last("k1").state is State.ENDED)

    assert room.street.writes == [(LAMP, 80, 600.0)]
    assert room.last("k1").text_key == "override.ended.by_device"


async def test_who_waited_for_an_end_leaves_nothing_behind() -> None:
    room = Room()
    async with room.life() as life:
        for number in range(1, 4):
            await room.command(life)
            await room.end(life, f"k{number}")
        assert life.ledger._answers == {}
