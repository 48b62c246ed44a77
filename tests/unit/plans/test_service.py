"""Two plans that disagree: the ladder decides, the loser is told, people go first."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.overrides import OverrideState
from backend_bridge.contract.plans import PlanChange, PlanState, SetPlan
from backend_bridge.contract.points import ServiceMark
from backend_bridge.contract.quality import Quality, ServiceState
from backend_bridge.core.errors import CommandRejectedError
from backend_bridge.services.plans import CarrierSettings
from tests.fakes.waiting import until
from tests.unit.overrides.kit import ALICE, BOB, LAMP, OTHER, PROGRAMME, person
from tests.unit.plans.kit import FLOOD, NIGHT, PlannedLife, PlanRoom

OUT = ServiceMark(equipment_id=LAMP, state=ServiceState.DISABLED, by="x", reason="r", since_ms=0)
LOOKER = person("looker", "PC-3", "view:*")


async def _still(room: PlanRoom, life: PlannedLife) -> None:
    """Let everybody look several times more, then see that nothing more was written."""
    writes = len(room.street.writes)
    for _ in range(20):
        room.tick(life)
        await asyncio.sleep(0.002)
    assert len(room.street.writes) == writes


async def test_a_plan_nobody_enabled_does_nothing(tmp_path: Path) -> None:
    room = PlanRoom(tmp_path, NIGHT)
    async with room.planned() as life:
        await _still(room, life)

    assert room.lit == (PROGRAMME, PROGRAMME)
    assert [change for change, _ in room.told("night")] == [PlanChange.LOADED]


async def test_a_plan_holds_as_itself_through_one_verified_order_and_lets_go_at_its_end(
    tmp_path: Path,
) -> None:
    room = PlanRoom(tmp_path, NIGHT)
    async with room.planned() as life:
        plan = await room.enable(life, "night")
        await until(lambda: room.lit == (30, 30))
        await until(lambda: len([1 for item in life.ledger.open if item.verified]) == 2)
        held = life.ledger.open[0]
        await _still(room, life)
        assert (plan.state, plan.by, plan.reason) == (PlanState.HOLDING, "boss", "essai")
        assert (held.owner, held.reason, held.until_ms) == ("plan:night", "essai", plan.until_ms)
        assert room.orders() == ["plan:night"]
        room.tick(life, 7 * 3600)
        await until(lambda: room.lit == (PROGRAMME, PROGRAMME))
        await until(lambda: not life.ledger.open)
        assert room.told("night")[-1][1].state is PlanState.WAITING
        room.tick(life, 16 * 3600)  # the next evening
        await until(lambda: room.lit == (30, 30))


async def test_the_higher_rung_wins_the_loser_is_told_and_takes_over_after(tmp_path: Path) -> None:
    room = PlanRoom(tmp_path, NIGHT, FLOOD)
    async with room.planned() as life:
        await room.enable(life, "night")
        await until(lambda: room.lit == (30, 30))
        await room.enable(life, "flood")
        await _still(room, life)
        room.flood(on=True)
        room.tick(life, 1.0)
        await until(lambda: room.lit == (100, 100))
        await until(lambda: room.told("night")[-1][0] is PlanChange.TOLD)
        loss = room.told("night")[-1][1].losses[0]
        assert (loss.to, loss.count, loss.first) == ("plan:flood", 2, LAMP)
        assert loss.since_ms == room.clock.now_ms()
        await until(lambda: {item.owner for item in life.ledger.open} == {"plan:flood"})
        writes = len(room.street.writes)

        room.flood(on=False)
        room.tick(life, 1.0)
        await until(lambda: room.lit == (30, 30))
        await until(lambda: not room.told("night")[-1][1].losses)
        # straight from one to the other: the programme was not told in between
        assert [value for _, value, _ in room.street.writes[writes:]] == [30, 30]


async def test_a_lower_rung_that_comes_later_writes_nothing(tmp_path: Path) -> None:
    room = PlanRoom(tmp_path, NIGHT, FLOOD)
    async with room.planned() as life:
        room.flood(on=True)
        await room.enable(life, "flood")
        await until(lambda: room.lit == (100, 100))
        room.tick(life, 60)
        await room.enable(life, "night")
        await until(lambda: room.told("night")[-1][1].losses)
        await _still(room, life)
        assert room.lit == (100, 100)


async def test_a_person_goes_before_plans_and_undo_gives_the_point_to_the_plan(
    tmp_path: Path,
) -> None:
    room = PlanRoom(tmp_path, NIGHT)
    async with room.planned() as life:
        await room.enable(life, "night")
        await until(lambda: room.lit == (30, 30))
        command = await room.command(life, 80)
        assert command.outcome is CommandOutcome.CONFIRMED
        await until(lambda: room.told("night")[-1][1].losses)
        loss = room.told("night")[-1][1].losses[0]
        assert (loss.to, loss.count, loss.first) == ("alice", 1, LAMP)
        await _still(room, life)
        assert room.lit == (80, 30)
        writes = len(room.street.writes)

        ended = await room.end(life, command.key)
        assert (ended.state, ended.ended_by) == (OverrideState.REPLACED, "plan:night")
        assert room.street.writes[writes:] == [(LAMP, 30, None)]
        await until(lambda: not room.told("night")[-1][1].losses)


async def test_undo_goes_to_the_programme_when_the_plan_is_refused(tmp_path: Path) -> None:
    room = PlanRoom(tmp_path, NIGHT)
    async with room.planned() as life:
        await room.enable(life, "night")
        await until(lambda: room.lit == (30, 30))
        command = await room.command(life, 80)
        await until(lambda: room.told("night")[-1][1].losses)
        room.street.refuse[LAMP] = CommandRejectedError("no")
        asked = asyncio.create_task(room.end(life, command.key))
        await until(lambda: room.street.writes[-1][1] is None)
        room.street.refuse.clear()
        assert (await asked).state in (OverrideState.STUCK, OverrideState.ENDED)


async def test_nobody_takes_one_point_from_a_plan_that_stands(tmp_path: Path) -> None:
    room = PlanRoom(tmp_path, NIGHT)
    async with room.planned() as life:
        await room.enable(life, "night")
        await until(lambda: room.lit == (30, 30) and len(life.ledger.open) == 2)
        held = life.ledger.open[0]
        await until(lambda: all(item.state is OverrideState.ACTIVE for item in life.ledger.open))
        for wanted in (room.end(life, held.id, BOB), room.extend(life, held.id, 60, BOB)):
            with pytest.raises(RequestError, match="of_plan"):
                await wanted
        with pytest.raises(RequestError, match="of_plan"):
            await room.command(life, None, minutes=None)
        await room.stop(life, "night")
        await until(lambda: room.lit == (PROGRAMME, PROGRAMME))


async def test_stopped_until_a_time_and_stopped_for_this_once(tmp_path: Path) -> None:
    room = PlanRoom(tmp_path, NIGHT)
    async with room.planned() as life:
        await room.enable(life, "night")
        await until(lambda: room.lit == (30, 30))
        stopped = await room.stop(life, "night", minutes=30)
        assert stopped.state is PlanState.STOPPED
        await until(lambda: room.lit == (PROGRAMME, PROGRAMME) and not life.ledger.open)
        room.tick(life, 1801)
        await until(lambda: room.lit == (30, 30))
        over = await room.stop(life, "night")
        assert over.state is PlanState.OVER
        await until(lambda: room.lit == (PROGRAMME, PROGRAMME) and not life.ledger.open)
        await _still(room, life)
        assert (await room.resume(life, "night")).state is PlanState.HOLDING
        await until(lambda: room.lit == (30, 30))
        await room.stop(life, "night")
        room.tick(life, 24 * 3600)
        await until(lambda: room.lit == (30, 30), what="the next night")


async def test_rights_are_asked_for_where_the_plan_holds(tmp_path: Path) -> None:
    room = PlanRoom(tmp_path, NIGHT)
    request = SetPlan(plan_key="night", enabled=True, reason="r")
    async with room.planned() as life:
        for caller, why in (
            (person("x", "s", "view:bollard", "configure:*"), "error.plan.not_found"),
            (LOOKER, "error.rights.missing"),
            (person("x", "s", "view:*", "configure:lamp"), "error.edit_mode.off"),
        ):
            with pytest.raises(RequestError) as caught:
                await life.desk.ask(caller, request)
            assert caught.value.text_key == why
        await room.enable(life, "night")
        for caller in (LOOKER, person("x", "s", "view:*", "manage:bollard")):
            with pytest.raises(RequestError, match="rights"):
                await room.stop(life, "night", caller=caller)
        with pytest.raises(RequestError, match="not_found"):
            await room.resume(life, "nothing")


async def test_a_reason_is_asked_for_and_a_time_within_reach(tmp_path: Path) -> None:
    room = PlanRoom(tmp_path, NIGHT)
    async with room.planned() as life:
        with pytest.raises(RequestError, match="off"):
            await room.stop(life, "night")
        await room.enable(life, "night")
        for minutes in (-1, 8 * 24 * 60):
            with pytest.raises(RequestError, match="until"):
                await room.stop(life, "night", minutes=minutes)
        with pytest.raises(RequestError, match="not_stopped"):
            await room.resume(life, "night")


async def test_what_is_refused_is_not_sent_and_asked_again_when_it_may_be_accepted(
    tmp_path: Path,
) -> None:
    room = PlanRoom(tmp_path, NIGHT)
    room.marks.mark = OUT
    async with room.planned() as life:
        await room.enable(life, "night")
        await until(lambda: room.told("night")[-1][1].refused)
        assert room.told("night")[-1][1].refused == {"error.command.out_of_service": 2}
        await _still(room, life)
        assert room.street.writes == []
        assert room.orders() == []  # nothing waits anywhere
        room.marks.mark = None
        room.tick(life, 5)
        await _still(room, life)
        room.tick(life, 11)
        life.carrier.on_link_state(room.street.link)
        await until(lambda: room.lit == (30, 30))
        await until(lambda: not room.told("night")[-1][1].refused)


async def test_a_link_that_comes_back_is_asked_at_once(tmp_path: Path) -> None:
    room = PlanRoom(tmp_path, NIGHT)
    room.street.up = False
    async with room.planned() as life:
        await room.enable(life, "night")
        await until(lambda: room.told("night")[-1][1].refused)
        assert room.told("night")[-1][1].refused == {"error.command.device_down": 2}
        room.street.up = True
        life.carrier.on_link_state(room.street.link)
        await until(lambda: room.lit == (30, 30))


async def test_a_restart_writes_nothing_twice_and_remembers_who_enabled(tmp_path: Path) -> None:
    room = PlanRoom(tmp_path, NIGHT)
    async with room.planned() as life:
        await room.enable(life, "night")
        await until(lambda: len([1 for item in life.ledger.open if item.verified]) == 2)
        since_ms = next(iter(life.desk.plans)).since_ms
    writes = len(room.street.writes)
    room.clock.advance(60)
    async with room.planned() as life:
        await _still(room, life)
        plan = next(iter(life.desk.plans))
        assert (plan.state, plan.since_ms, plan.by) == (PlanState.HOLDING, since_ms, "boss")
    assert len(room.street.writes) == writes


async def test_a_plan_whose_file_is_gone_lets_go(tmp_path: Path) -> None:
    room = PlanRoom(tmp_path, NIGHT)
    async with room.planned() as life:
        await room.enable(life, "night")
        await until(lambda: len([1 for item in life.ledger.open if item.verified]) == 2)
    room.write()
    async with room.planned() as life:
        await until(lambda: room.lit == (PROGRAMME, PROGRAMME) and not life.ledger.open)
        assert room.told("night")[-1][0] is PlanChange.REMOVED
        assert (await room.journal.situation()).plans == ()
    assert [value for _, value, _ in room.street.writes] == [30, 30, None, None]


async def test_a_plan_whose_file_says_another_value_says_it_to_the_field(tmp_path: Path) -> None:
    room = PlanRoom(tmp_path, NIGHT)
    async with room.planned() as life:
        await room.enable(life, "night")
        await until(lambda: len([1 for item in life.ledger.open if item.verified]) == 2)
    room.write(NIGHT.replace("value = 30", "value = 45"))
    async with room.planned() as life:
        await until(lambda: room.lit == (45, 45))
        await _still(room, life)


async def test_the_longest_time_ends_a_hold_that_is_still_called(tmp_path: Path) -> None:
    room = PlanRoom(tmp_path, FLOOD)
    room.flood(on=True)
    async with room.planned() as life:
        await room.enable(life, "flood")
        await until(lambda: room.lit == (100, 100))
        room.tick(life, 7201)
        await until(lambda: room.lit == (PROGRAMME, PROGRAMME) and not life.ledger.open)
        await _still(room, life)
        assert next(iter(life.desk.plans)).state is PlanState.OVER
        room.flood(on=False)
        room.tick(life, 1)
        await until(lambda: next(iter(life.desk.plans)).state is PlanState.WAITING)
        room.flood(on=True)
        room.tick(life, 1)
        await until(lambda: room.lit == (100, 100))


async def test_an_unknown_measure_neither_calls_nor_ends(tmp_path: Path) -> None:
    room = PlanRoom(tmp_path, FLOOD)
    room.flood(on=True)
    room.street.quality = Quality.STALE
    async with room.planned() as life:
        await room.enable(life, "flood")
        await _still(room, life)
        room.street.quality = Quality.GOOD
        room.tick(life, 1)
        await until(lambda: room.lit == (100, 100))
        room.street.quality = Quality.STALE
        room.flood(on=False)
        room.tick(life, 1)
        await _still(room, life)
        assert room.lit == (100, 100)


@pytest.mark.parametrize("jump_s", [-5 * 3600.0, 5 * 3600.0, -40 * 86_400.0])
async def test_a_clock_that_jumps_leaves_nothing_held_too_long(
    tmp_path: Path, jump_s: float
) -> None:
    room = PlanRoom(tmp_path, FLOOD)
    room.flood(on=True)
    async with room.planned() as life:
        await room.enable(life, "flood")
        await until(lambda: room.lit == (100, 100))
        room.clock.jump(jump_s)
        room.tick(life)
        await asyncio.sleep(0.01)
        room.tick(life, 7201)
        await until(
            lambda: room.lit == (PROGRAMME, PROGRAMME) and not life.ledger.open,
            what="its way back",
        )


async def test_a_plan_that_is_too_large_for_one_person_is_not_enabled(tmp_path: Path) -> None:
    room = PlanRoom(tmp_path, NIGHT.replace("longest_s", "enabled = true\nlongest_s"))
    room.most = 1
    async with room.planned() as life:
        await _still(room, life)
        with pytest.raises(RequestError, match="too_many"):
            await room.enable(life, "night")


async def test_a_plan_enabled_by_its_file_acts_without_anybody(tmp_path: Path) -> None:
    room = PlanRoom(tmp_path, NIGHT.replace("longest_s", "enabled = true\nlongest_s"))
    async with room.planned() as life:
        await until(lambda: room.lit == (30, 30))
        await until(lambda: len(life.ledger.open) == 2)
        assert life.ledger.open[0].reason == "Nuit"
        await room.enable(life, "night", on=False)
        await until(lambda: room.lit == (PROGRAMME, PROGRAMME))
    async with room.planned() as life:  # a person's word goes before the file's
        await _still(room, life)
        assert room.lit == (PROGRAMME, PROGRAMME)


async def test_a_command_of_unknown_fate_is_not_sent_again(tmp_path: Path) -> None:
    room = PlanRoom(tmp_path, NIGHT)
    room.street.lost = {OTHER}
    async with room.planned() as life:
        await room.enable(life, "night")
        await until(lambda: len(life.ledger.open) == 2)
        await until(lambda: all(item.state is OverrideState.ACTIVE for item in life.ledger.open))
        await _still(room, life)
    assert [item for item, _, _ in room.street.writes].count(OTHER) == 1


async def test_disabled_while_people_hold_nothing_of_theirs_moves(tmp_path: Path) -> None:
    room = PlanRoom(tmp_path, NIGHT)
    async with room.planned() as life:
        await room.enable(life, "night")
        await until(lambda: room.lit == (30, 30))
        command = await room.command(life, 80, caller=ALICE)
        await room.enable(life, "night", on=False)
        await until(lambda: room.lit == (80, PROGRAMME))
        await until(lambda: [item.id for item in life.ledger.open] == [command.key])


async def test_what_is_refused_and_lost_is_still_true_after_a_restart(tmp_path: Path) -> None:
    room = PlanRoom(tmp_path, NIGHT)
    room.marks.mark = OUT
    async with room.planned() as life:
        await room.enable(life, "night")
        await until(lambda: room.told("night")[-1][1].refused)
        room.marks.mark = None
        command = await room.command(life, 80)
        await until(lambda: room.told("night")[-1][1].losses)
        assert room.told("night")[-1][1].refused
        lost_ms = room.told("night")[-1][1].losses[0].since_ms
    room.clock.advance(60)
    async with room.planned() as life:
        await until(lambda: room.lit == (80, 30))
        await until(lambda: not room.told("night")[-1][1].refused)
        (stored,) = (await room.journal.situation()).plans
        assert stored.refused == {}
        assert [(loss.to, loss.since_ms) for loss in stored.losses] == [("alice", lost_ms)]
        await room.end(life, command.key)


async def test_when_its_hours_next_begin_is_never_a_time_gone_by(tmp_path: Path) -> None:
    measure = 'condition = { kind = "bollard", point = "position", below = 5 }'
    room = PlanRoom(tmp_path, NIGHT + measure)
    async with room.planned() as life:
        await room.enable(life, "night")
    for _ in range(2):
        room.clock.advance(36 * 3600)
        async with room.planned() as life:
            await until(lambda: (room.told("night")[-1][1].next_ms or 0) > room.clock.now_ms())
            room.tick(life, 24 * 3600)
            await until(lambda: (room.told("night")[-1][1].next_ms or 0) > room.clock.now_ms())


async def test_what_the_device_gives_back_by_itself_goes_to_the_plan_that_stands(
    tmp_path: Path,
) -> None:
    room = PlanRoom(tmp_path, NIGHT)
    room.street.longest_s = 3_600.0
    async with room.planned() as life:
        await room.enable(life, "night")
        await until(lambda: room.lit == (30, 30))
        await room.command(life, 80)
        await until(lambda: room.told("night")[-1][1].losses)
        room.tick(life, 600)
        await until(lambda: room.lit == (30, 30))
        await until(lambda: not room.told("night")[-1][1].losses)
        await until(lambda: {item.owner for item in life.ledger.open} == {"plan:night"})
        await _still(room, life)
    assert (LAMP, None) not in [(item, value) for item, value, _ in room.street.writes]


async def test_on_one_rung_the_later_call_wins_and_the_earlier_takes_over(tmp_path: Path) -> None:
    other = NIGHT.replace('"night"', '"party"').replace("value = 30", "value = 70")
    room = PlanRoom(tmp_path, NIGHT, other)
    async with room.planned() as life:
        await room.enable(life, "party")
        await until(lambda: room.lit == (70, 70))
        room.tick(life, 5)
        await room.enable(life, "night")
        await until(lambda: room.lit == (30, 30))
        await room.stop(life, "night")
        await until(lambda: room.lit == (70, 70))
    assert [value for item, value, _ in room.street.writes if item == LAMP] == [70, 30, 70]


async def test_a_full_disk_lets_nothing_out_and_the_plan_goes_on_when_it_is_back(
    tmp_path: Path, expected_events: list[str]
) -> None:
    expected_events += ["journal_refused", "journal_back", "refusal_not_journalled"]
    room = PlanRoom(tmp_path, NIGHT)
    async with room.planned() as life:
        await room.enable(life, "night")
        await until(lambda: room.lit == (30, 30))
        await until(lambda: len([1 for item in life.ledger.open if item.verified]) == 2)
        room.journal.full = True
        room.tick(life, 7 * 3600)
        await asyncio.sleep(0.02)
        assert room.lit == (30, 30)
        room.journal.full = False
        room.tick(life, 20)
        await until(lambda: room.lit == (PROGRAMME, PROGRAMME) and not life.ledger.open)


async def test_a_point_that_somebody_is_commanding_is_left_alone(tmp_path: Path) -> None:
    room = PlanRoom(tmp_path, NIGHT)
    async with room.planned() as life:
        room.street.gate.clear()
        commanding = asyncio.create_task(room.command(life, 80))
        await until(lambda: life.ledger.commanded_now((LAMP, "level")))
        await room.enable(life, "night")
        await until(lambda: room.orders() == ["plan:night"])
        room.street.gate.set()
        await commanding
        await until(lambda: room.lit == (80, 30))
        await _still(room, life)
    assert room.commanded("plan:night") == {OTHER}


async def test_stopped_in_the_middle_of_its_order_the_rest_is_never_sent(tmp_path: Path) -> None:
    room = PlanRoom(tmp_path, NIGHT)
    async with room.planned() as life:
        room.street.gate.clear()
        await room.enable(life, "night")
        await until(lambda: life.ledger.commanded_now((LAMP, "level")))
        await room.stop(life, "night")
        room.street.gate.set()
        await until(lambda: room.street.writes and room.lit == (PROGRAMME, PROGRAMME))
        await until(lambda: not life.ledger.open)
        await _still(room, life)
    assert room.street.writes == [(LAMP, 30, None), (LAMP, None, None)]


async def test_what_the_winner_cannot_have_the_loser_keeps_while_it_wants_it(
    tmp_path: Path,
) -> None:
    room = PlanRoom(tmp_path, NIGHT, FLOOD)
    async with room.planned() as life:
        await room.enable(life, "night")
        await until(lambda: room.lit == (30, 30))
        room.street.refuse[LAMP] = CommandRejectedError("no")
        room.flood(on=True)
        await room.enable(life, "flood")
        await until(lambda: room.told("flood")[-1][1].refused)
        await _still(room, life)
        room.street.refuse.clear()
        assert (LAMP, None) not in [(item, value) for item, value, _ in room.street.writes]
        assert {item.equipment_id: item.owner for item in life.ledger.open} == {
            LAMP: "plan:night",
            OTHER: "plan:flood",
        }
        await room.enable(life, "night", on=False)
        await until(lambda: {item.owner for item in life.ledger.open} == {"plan:flood"})


async def test_at_start_links_get_their_time_before_anything_is_said_to_be_refused(
    tmp_path: Path,
) -> None:
    room = PlanRoom(tmp_path, NIGHT)
    room.street.up = False
    async with room.planned() as life:
        await room.enable(life, "night")
        await until(lambda: room.told("night")[-1][1].refused)
    said = len(room.told("night"))
    room.carrier_settings = CarrierSettings(look_s=0.001, start_s=30.0)
    async with room.planned() as life:
        await _still(room, life)
        assert len(room.told("night")) == said
        room.street.up = True
        room.tick(life, 31)
        life.carrier.on_link_state(room.street.link)
        await until(lambda: room.lit == (30, 30))
        await until(lambda: not room.told("night")[-1][1].refused)
