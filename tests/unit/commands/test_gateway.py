"""The gateway: nothing out before it is durable, nothing twice, nothing said that is not proven."""

from __future__ import annotations

import asyncio

import msgspec
import pytest

from backend_bridge.commands.locks import PointLocks
from backend_bridge.commands.values import equal
from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.order_requests import ExecuteCommand
from backend_bridge.contract.points import PointDef, Scalar, ServiceMark, ValueType
from backend_bridge.contract.quality import Quality, ServiceState
from backend_bridge.core.errors import (
    CommandRejectedError,
    ConfigError,
    DeviceUnavailableError,
    ProtocolError,
)
from tests.fakes.waiting import until
from tests.unit.commands.kit import LAMP, OPERATOR, POINTS, Desk, execute

ACCEPTED, SENT = CommandOutcome.ACCEPTED, CommandOutcome.SENT


async def _refused(desk: Desk, request: ExecuteCommand) -> RequestError:
    with pytest.raises(RequestError) as caught:
        await desk.run(request)
    assert desk.field.writes == []
    return caught.value


async def test_confirmed_only_after_accepted_sent_write_and_read_back() -> None:
    desk = Desk()
    record = await desk.run(desk.request(80))
    assert (record.outcome, record.reported, record.finished_ms) == (
        CommandOutcome.CONFIRMED,
        80,
        desk.clock.now_ms(),
    )
    assert desk.outcomes() == [ACCEPTED, SENT, CommandOutcome.CONFIRMED]
    assert desk.field.writes == [("level", 80)]
    assert {(e.user, e.seat) for e in desk.journal.log} == {("alice", "PC-1")}
    assert desk.published == desk.journal.log


async def test_nothing_goes_out_before_accepted_and_sent_are_durable() -> None:
    desk = Desk()
    desk.journal.gate.clear()
    async with desk.life() as gateway:
        ask = asyncio.create_task(execute(gateway, desk.request()))
        await until(lambda: desk.journal.attempts == 1)
        assert desk.field.writes == []
        assert not ask.done()
        desk.journal.gate.set()
        assert (await ask).outcome is CommandOutcome.CONFIRMED


async def test_value_that_shows_late_is_waited_for() -> None:
    desk = Desk()
    desk.field.after = 2
    assert (await desk.run(desk.request())).outcome is CommandOutcome.CONFIRMED


async def test_value_that_reads_back_otherwise_is_failed() -> None:
    desk = Desk()
    desk.field.takes = False
    record = await desk.run(desk.request(80))
    assert (record.outcome, record.reported, record.text_key) == (
        CommandOutcome.FAILED,
        0,
        "command.result.differs",
    )


async def test_value_that_can_not_be_read_back_is_unknown() -> None:
    desk = Desk()
    desk.field.read_error = DeviceUnavailableError("gone")
    record = await desk.run(desk.request())
    assert (record.outcome, record.text_key) == (
        CommandOutcome.UNKNOWN,
        "command.result.not_verified",
    )
    for number, quality in enumerate((Quality.BAD, Quality.UNAVAILABLE, Quality.STALE)):
        desk = Desk()
        desk.field.quality = quality
        record = await desk.run(desk.request(key=f"q{number}"))
        assert record.outcome is CommandOutcome.UNKNOWN


@pytest.mark.parametrize(
    ("why", "read_error", "said"),
    [
        (3, None, "command.result.refused.lamp.3"),
        (0, None, "command.result.rejected"),
        (3, DeviceUnavailableError("gone"), "command.result.rejected"),
    ],
)
async def test_device_that_refuses_says_why_when_it_can(
    why: int, read_error: Exception | None, said: str
) -> None:
    desk = Desk()
    desk.field.takes = False
    desk.field.error = CommandRejectedError("device failure")
    desk.field.values["why"] = why
    desk.field.read_error = read_error
    record = await desk.run(desk.request(1, point="barrier"))
    assert (record.outcome, record.text_key) == (CommandOutcome.FAILED, said)
    assert desk.field.reads == ["why"]


async def test_device_that_refuses_has_failed_and_is_not_read() -> None:
    desk = Desk()
    desk.field.takes = False
    desk.field.error = CommandRejectedError("illegal data value")
    record = await desk.run(desk.request())
    assert (record.outcome, record.text_key) == (
        CommandOutcome.FAILED,
        "command.result.rejected",
    )
    assert desk.field.reads == []
    desk.field.error = ConfigError("no write register")
    record = await desk.run(desk.request(key="k2"))
    assert (record.outcome, record.text_key) == (
        CommandOutcome.FAILED,
        "command.result.not_commandable",
    )


@pytest.mark.parametrize("error", [DeviceUnavailableError("x"), ProtocolError("x")])
async def test_write_without_answer_is_unknown_unless_it_reads_back_equal(
    error: Exception,
) -> None:
    desk = Desk()
    desk.field.error = error
    assert (await desk.run(desk.request())).outcome is CommandOutcome.CONFIRMED
    desk = Desk()
    desk.field.error = error
    desk.field.takes = False
    record = await desk.run(desk.request())
    assert (record.outcome, record.text_key) == (
        CommandOutcome.UNKNOWN,
        "command.result.no_answer",
    )
    assert len(desk.field.writes) == 1


async def test_device_that_hangs_is_unknown_in_time() -> None:
    desk = Desk()
    desk.field.hang = True
    desk.field.takes = False
    record = await desk.run(desk.request())
    assert record.outcome is CommandOutcome.UNKNOWN


async def test_defect_of_a_driver_is_unknown_and_logged(expected_events: list[str]) -> None:
    expected_events += ["command_defect", "read_back_defect"]
    desk = Desk()
    desk.field.error = ZeroDivisionError()
    desk.field.read_error = ZeroDivisionError()
    record = await desk.run(desk.request())
    assert record.outcome is CommandOutcome.UNKNOWN


async def test_missing_right_is_refused_and_journalled() -> None:
    desk = Desk()
    caller = msgspec.structs.replace(OPERATOR, rights=frozenset({"view:*", "operate:cabinet"}))
    with pytest.raises(RequestError) as caught:
        await desk.run(desk.request(), caller)
    assert caught.value.text_key == "error.rights.missing"
    assert desk.outcomes() == [CommandOutcome.REFUSED]
    assert desk.field.writes == []


async def test_equipment_out_of_service_is_not_commanded() -> None:
    desk = Desk()
    desk.marks.mark = ServiceMark(
        equipment_id="EP-0001",
        state=ServiceState.MAINTENANCE,
        by="bob",
        reason="x",
        since_ms=0,
        until_ms=1,
    )
    error = await _refused(desk, desk.request())
    assert (error.code, error.text_key) == (ErrorCode.REFUSED, "error.command.out_of_service")
    assert desk.outcomes() == [CommandOutcome.REFUSED]


async def test_command_of_another_epoch_is_refused() -> None:
    desk = Desk()
    error = await _refused(desk, desk.request(epoch="epoch-0"))
    assert (error.code, error.text_key) == (ErrorCode.REFUSED, "error.command.other_epoch")


async def test_late_command_is_expired_and_a_far_deadline_is_not_taken() -> None:
    desk = Desk()
    error = await _refused(desk, desk.request(within_s=0))
    assert (error.code, error.text_key) == (ErrorCode.REFUSED, "error.command.expired")
    assert desk.outcomes() == [CommandOutcome.EXPIRED]
    error = await _refused(desk, desk.request(within_s=3_600, key="k2"))
    assert (error.code, error.text_key) == (ErrorCode.BAD_REQUEST, "error.command.deadline_far")


async def test_equipment_that_is_away_is_refused_in_words_and_never_commanded_later() -> None:
    desk = Desk()
    desk.field.up = False
    async with desk.life() as gateway:
        with pytest.raises(RequestError) as caught:
            await execute(gateway, desk.request())
        assert caught.value.code is ErrorCode.UNAVAILABLE
        assert caught.value.text_key == "error.command.device_down"
        desk.field.up = True
        with pytest.raises(RequestError) as again:
            await execute(gateway, desk.request())
        assert (again.value.code, again.value.text_key) == (
            ErrorCode.UNAVAILABLE,
            "error.command.device_down",
        )
        assert desk.field.writes == []
    desk.field.linked = False
    assert (await _refused(desk, desk.request(key="k2"))).text_key == "error.command.no_link"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"equipment": "EP-9"}, "no_such_point"),
        ({"point": "nothing"}, "no_such_point"),
        ({"value": 101}, "bad_value"),
        ({"value": -1}, "bad_value"),
        ({"value": True}, "bad_value"),
        ({"value": 1.5}, "bad_value"),
        ({"value": None}, "bad_value"),
        ({"value": "on"}, "bad_value"),
        ({"value": float("nan"), "point": "setpoint"}, "bad_value"),
        ({"value": 1, "point": "on"}, "bad_value"),
        ({"value": 1, "point": "text"}, "bad_value"),
        ({"key": ""}, "bad_key"),
        ({"key": "k" * 201}, "bad_key"),
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 501}, "reason"),
    ],
)
async def test_wrong_request_is_said_and_leaves_no_trace(
    change: dict[str, Scalar], said: str
) -> None:
    desk = Desk()
    error = await _refused(desk, desk.request(**change))  # type: ignore[arg-type]  # parametrised
    assert (error.code, error.text_key) == (ErrorCode.BAD_REQUEST, f"error.command.{said}")
    assert desk.journal.log == []


async def test_same_key_twice_is_the_same_command() -> None:
    desk = Desk()
    async with desk.life() as gateway:
        request = desk.request()
        desk.field.gate.clear()
        asks = [asyncio.create_task(execute(gateway, request)) for _ in range(3)]
        await until(lambda: desk.field.busy)
        desk.field.gate.set()
        records = await asyncio.gather(*asks)
        assert records == [records[0]] * 3
        assert await execute(gateway, request) == records[0]
    assert await desk.run(request) == records[0]
    assert desk.field.writes == [("level", 80)]
    assert desk.outcomes() == [ACCEPTED, SENT, CommandOutcome.CONFIRMED]


@pytest.mark.parametrize("while_running", [True, False])
async def test_same_key_with_other_content_is_a_conflict(while_running: bool) -> None:
    desk = Desk()
    other_user = msgspec.structs.replace(OPERATOR, user="bob")
    async with desk.life() as gateway:
        first = asyncio.create_task(execute(gateway, desk.request(80)))
        if while_running:
            desk.field.gate.clear()
            await until(lambda: desk.field.busy)
        else:
            await first
        for request, caller in (
            (desk.request(81), OPERATOR),
            (desk.request(True, point="on"), OPERATOR),
            (desk.request(80), other_user),
        ):
            with pytest.raises(RequestError) as caught:
                await execute(gateway, request, caller)
            assert (caught.value.code, caught.value.text_key) == (
                ErrorCode.CONFLICT,
                "error.command.key_used",
            )
        desk.field.gate.set()
        await first
    assert desk.field.writes == [("level", 80)]


async def test_two_commands_on_one_point_never_overlap_and_others_do_not_wait() -> None:
    desk = Desk()
    desk.field.gate.clear()
    async with desk.life() as gateway:
        first = asyncio.create_task(execute(gateway, desk.request(10, key="a")))
        await until(lambda: desk.field.busy == {"level"})
        second = asyncio.create_task(execute(gateway, desk.request(20, key="b")))
        other = asyncio.create_task(execute(gateway, desk.request(True, key="c", point="on")))
        await until(lambda: desk.field.busy == {"level", "on"})
        assert desk.outcomes("b") == []
        desk.field.gate.set()
        records = await asyncio.gather(first, second, other)
    assert [r.outcome for r in records] == [CommandOutcome.CONFIRMED] * 3
    assert not desk.field.overlap
    assert [v for p, v in desk.field.writes if p == "level"] == [10, 20]


async def test_command_that_waited_past_its_deadline_is_not_sent() -> None:
    desk = Desk()
    desk.field.gate.clear()
    async with desk.life() as gateway:
        first = asyncio.create_task(execute(gateway, desk.request(10, key="a", within_s=60)))
        await until(lambda: desk.field.busy)
        second = asyncio.create_task(execute(gateway, desk.request(20, key="b", within_s=5)))
        await until(lambda: len(gateway._course.locks) and len(gateway._works) == 2)
        desk.clock.advance(6)
        desk.field.gate.set()
        await first
        with pytest.raises(RequestError, match=r"error\.command\.expired"):
            await second
    assert desk.field.writes == [("level", 10)]
    assert desk.outcomes("b") == [CommandOutcome.EXPIRED]


@pytest.mark.parametrize("jump_s", [-3600.0, 3600.0])
async def test_clock_jump_while_commands_wait_moves_no_deadline(jump_s: float) -> None:
    desk = Desk()
    desk.field.gate.clear()
    async with desk.life() as gateway:
        first = asyncio.create_task(execute(gateway, desk.request(10, key="a", within_s=60)))
        await until(lambda: desk.field.busy)
        late = asyncio.create_task(execute(gateway, desk.request(20, key="b", within_s=5)))
        in_time = asyncio.create_task(execute(gateway, desk.request(30, key="c", within_s=60)))
        await until(lambda: len(gateway._works) == 3)
        desk.clock.advance(6)
        desk.clock.jump(jump_s)
        desk.field.gate.set()
        await first
        with pytest.raises(RequestError, match=r"error\.command\.expired"):
            await late
        assert (await in_time).outcome is CommandOutcome.CONFIRMED
    assert desk.field.writes == [("level", 10), ("level", 30)]


@pytest.mark.parametrize("commits", [1, 2])
async def test_deadline_that_passes_during_a_slow_commit_expires_the_command(
    commits: int,
) -> None:
    desk = Desk()
    async with desk.life() as gateway:
        gateway._records._bus.subscribe(
            lambda _: desk.clock.advance(6 if desk.journal.commits == commits else 0)
        )
        record = await execute(gateway, desk.request(within_s=5))
    assert record.outcome is CommandOutcome.EXPIRED
    assert desk.field.writes == []


async def test_asker_that_goes_away_does_not_stop_a_command() -> None:
    desk = Desk()
    desk.field.gate.clear()
    async with desk.life() as gateway:
        ask = asyncio.create_task(execute(gateway, desk.request()))
        await until(lambda: desk.field.busy)
        ask.cancel()
        await asyncio.wait([ask])
        desk.field.gate.set()
        await until(lambda: CommandOutcome.CONFIRMED in desk.outcomes())


async def test_full_disk_refuses_before_anything_is_sent(expected_events: list[str]) -> None:
    expected_events += ["refusal_not_journalled"]
    desk = Desk()
    desk.journal.full = True
    error = await _refused(desk, desk.request())
    assert (error.code, error.text_key) == (ErrorCode.UNAVAILABLE, "error.storage.full")
    desk.field.up = False
    assert (await _refused(desk, desk.request())).text_key == "error.command.device_down"
    async with desk.life() as gateway:
        desk.journal.broken = True
        with pytest.raises(RequestError, match=r"error\.storage\.failed"):
            await execute(gateway, desk.request())


async def test_disk_that_fills_between_accepted_and_sent_sends_nothing() -> None:
    desk = Desk()
    async with desk.life() as gateway:

        def fill(_: object) -> None:
            desk.journal.full = True

        gateway._records._bus.subscribe(fill)
        with pytest.raises(RequestError, match=r"error\.storage\.full"):
            await execute(gateway, desk.request())
        assert desk.field.writes == []
        gateway._records._bus = type(gateway._records._bus)()
        desk.journal.full = False
        await until(lambda: CommandOutcome.REFUSED in desk.outcomes())
    assert desk.outcomes() == [ACCEPTED, CommandOutcome.REFUSED]


async def test_disk_that_fills_after_the_write_says_so_and_journals_the_end_later(
    expected_events: list[str],
) -> None:
    expected_events += ["outcome_not_journalled"]
    desk = Desk()
    desk.field.gate.clear()
    async with desk.life() as gateway:
        ask = asyncio.create_task(execute(gateway, desk.request()))
        await until(lambda: desk.field.busy)
        desk.journal.full = True
        desk.field.gate.set()
        with pytest.raises(RequestError) as caught:
            await ask
        assert caught.value.text_key == "error.command.not_recorded"
        assert caught.value.params["outcome"] == "confirmed"
        with pytest.raises(RequestError, match=r"error\.command\.not_recorded"):
            await execute(gateway, desk.request())
        desk.journal.full = False
        await until(lambda: CommandOutcome.CONFIRMED in desk.outcomes())
        assert (await execute(gateway, desk.request())).outcome is CommandOutcome.CONFIRMED
    assert len(desk.field.writes) == 1


async def test_gateway_that_does_not_run_refuses() -> None:
    desk = Desk()
    async with desk.life() as gateway:
        pass
    with pytest.raises(RequestError, match=r"error\.bridge\.stopping"):
        await execute(gateway, desk.request())


async def test_stopping_answers_whoever_waits_and_the_next_life_settles_it() -> None:
    desk = Desk()
    desk.field.gate.clear()
    async with desk.life() as gateway:
        ask = asyncio.create_task(execute(gateway, desk.request()))
        await until(lambda: desk.field.busy)
    with pytest.raises(RequestError) as caught:
        await ask
    assert (caught.value.code, caught.value.text_key) == (
        ErrorCode.TIMED_OUT,
        "error.command.stopping",
    )
    desk.field.gate.set()
    async with desk.life():
        await until(lambda: desk.outcomes()[-1].final)
    assert desk.outcomes() == [ACCEPTED, SENT, CommandOutcome.UNKNOWN]
    assert desk.field.writes == []


def _left(desk: Desk, outcome: CommandOutcome, value: Scalar = 80) -> CommandRecord:
    return CommandRecord(
        key="old",
        equipment_id=LAMP,
        equipment_kind="lamp",
        point_key="level",
        value=value,
        outcome=outcome,
        issuer="alice",
        seat="PC-1",
        reason="x",
        created_ms=0,
        deadline_ms=desk.clock.now_ms() + 5_000,
    )


@pytest.mark.parametrize(
    ("left", "field_value", "up", "outcome"),
    [
        (ACCEPTED, 80, True, CommandOutcome.REFUSED),
        (ACCEPTED, 0, False, CommandOutcome.REFUSED),
        (SENT, 80, True, CommandOutcome.CONFIRMED),
        (SENT, 0, True, CommandOutcome.UNKNOWN),
        (SENT, 80, False, CommandOutcome.UNKNOWN),
    ],
)
async def test_unfinished_command_is_settled_at_the_start_and_never_sent_again(
    left: CommandOutcome, field_value: int, up: bool, outcome: CommandOutcome
) -> None:
    desk = Desk()
    async with desk.life() as gateway:
        await gateway._records.write(_left(desk, left))
    desk.field.values["level"] = field_value
    desk.field.up = up
    async with desk.life():
        await until(lambda: desk.outcomes("old")[-1].final)
    assert desk.outcomes("old") == [left, outcome]
    assert desk.field.writes == []
    assert (await desk.journal.situation()).commands == ()


async def test_unfinished_command_waits_for_its_link_but_not_for_ever() -> None:
    desk = Desk(
        msgspec.structs.replace(Desk().settings, recover_wait_s=30.0, recover_pause_s=0.001)
    )
    async with desk.life() as gateway:
        await gateway._records.write(_left(desk, SENT))
    desk.field.values["level"] = 80
    desk.field.up = False
    async with desk.life():
        desk.clock.advance(29)
        for _ in range(20):
            await asyncio.sleep(0.001)
        assert desk.outcomes("old") == [SENT]
        desk.field.up = True
        await until(lambda: desk.outcomes("old")[-1] is CommandOutcome.CONFIRMED)


@pytest.mark.parametrize(
    ("point", "commanded", "reported", "same"),
    [
        ("level", 80, 80, True),
        ("level", 80, 80.0, True),
        ("level", 80, 81, False),
        ("setpoint", 23.4, 23.400000000000002, True),
        ("setpoint", 23.4, 23.5, False),
        ("on", True, True, True),
        ("on", True, 1, False),
        ("level", 1, True, False),
        ("text", "a", "a", True),
        ("text", "a", "b", False),
        ("text", "1", 1, False),
    ],
)
def test_equal_means_as_far_as_the_point_shows(
    point: str, commanded: Scalar, reported: Scalar, same: bool
) -> None:
    assert equal(POINTS[point], commanded, reported) is same


async def test_free_points_take_no_memory() -> None:
    locks = PointLocks()
    async with locks.alone("a", "x"), locks.alone("a", "y"):
        assert len(locks) == 2
    assert len(locks) == 0


def test_points_of_the_kit_cover_every_type() -> None:
    assert {point.value_type for point in POINTS.values()} == set(ValueType)
    assert all(isinstance(point, PointDef) for point in POINTS.values())


async def test_verifying_ends_in_time_whatever_the_device_does() -> None:
    desk = Desk(
        msgspec.structs.replace(
            Desk().settings, verify_tries=1_000_000, verify_pause_s=0.001, verify_s=0.05
        )
    )
    desk.field.takes = False
    assert (await desk.run(desk.request())).outcome is CommandOutcome.FAILED


async def test_two_bridges_on_one_store_send_a_command_once() -> None:
    desk = Desk()
    async with desk.life() as one, desk.life() as other:
        ends = await asyncio.gather(
            execute(one, desk.request()), execute(other, desk.request()), return_exceptions=True
        )
        errors = [end for end in ends if isinstance(end, RequestError)]
        assert [error.text_key for error in errors] == ["error.command.elsewhere"]
    assert desk.field.writes == [("level", 80)]
    assert desk.outcomes() == [ACCEPTED, SENT, CommandOutcome.CONFIRMED]
