"""Reported is not verified, and a release is proven or said not to be."""

from __future__ import annotations

import asyncio
import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.commands.values import dangerous, fits, override_end, overrides
from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import CommandEvent
from backend_bridge.contract.order_requests import CommandResult, SettleCommand
from backend_bridge.contract.points import Commanding, PointDef, Scalar, ValueType, WayBack
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.safety import HandsOff
from backend_bridge.core.driver import Reading
from backend_bridge.core.errors import DeviceUnavailableError
from tests.fakes.waiting import until
from tests.unit.commands.kit import LAMP, OPERATOR, POINTS, Desk, execute

CONFIRMED, FAILED = CommandOutcome.CONFIRMED, CommandOutcome.FAILED
UNKNOWN = CommandOutcome.UNKNOWN


def _steps(desk: Desk) -> list[tuple[CommandOutcome, Scalar]]:
    return [
        (entry.event.command.outcome, entry.event.command.reported)
        for entry in desk.journal.log
        if isinstance(entry.event, CommandEvent)
    ]


async def test_effect_on_another_point_is_waited_for_and_reported_is_said_before() -> None:
    desk = Desk()

    def rise(point: str, value: Scalar) -> None:
        asyncio.get_running_loop().call_later(
            0.02, desk.field.values.__setitem__, "position", value
        )

    desk.field.on_write = rise
    record = await desk.run(desk.request(100, point="gate"))
    assert (record.outcome, record.reported) == (CONFIRMED, 100)
    assert _steps(desk) == [
        (CommandOutcome.ACCEPTED, None),
        (CommandOutcome.SENT, None),
        (CommandOutcome.SENT, 100),
        (CONFIRMED, 100),
    ]


async def test_register_that_says_yes_while_nothing_moves_is_failed_in_words() -> None:
    settings = msgspec.structs.replace(Desk().settings, verify_s=0.05, verify_pause_s=0.005)
    desk = Desk(settings)
    record = await desk.run(desk.request(100, point="gate"))
    assert (record.outcome, record.text_key) == (FAILED, "command.result.no_effect")
    assert record.params["shown"] == "0"


async def test_effect_nobody_can_see_is_unknown() -> None:
    settings = msgspec.structs.replace(Desk().settings, verify_s=0.05, verify_pause_s=0.005)
    desk = Desk(settings)
    read = desk.field.read_back

    async def half_blind(equipment_id: str, point_key: str) -> Reading:
        if point_key == "position":
            raise DeviceUnavailableError("gone")
        return await read(equipment_id, point_key)

    desk.field.read_back = half_blind  # type: ignore[method-assign]  # a field that fails in part
    record = await desk.run(desk.request(100, point="gate"))
    assert (record.outcome, record.text_key) == (UNKNOWN, "command.result.effect_not_seen")
    assert record.to_check


@pytest.mark.parametrize(
    ("point", "frees", "becomes", "outcome", "text"),
    [
        ("dim", True, 30, CONFIRMED, ""),
        ("dim", False, 30, FAILED, "command.result.not_released"),
        ("blind", True, 70, CONFIRMED, ""),
        ("blind", True, 30, UNKNOWN, "command.result.release_not_shown"),
    ],
)
async def test_release_is_proven_by_the_device_or_not_called_done(
    point: str, frees: bool, becomes: int, outcome: CommandOutcome, text: str
) -> None:
    desk = Desk()

    def release(written: str, value: Scalar) -> None:
        assert (written, value) == (point, None)
        desk.field.values[point] = becomes
        desk.field.values["held"] = not frees

    desk.field.on_write = release
    record = await desk.run(desk.request(None, point=point))
    assert (record.outcome, record.text_key) == (outcome, text)
    assert record.until_ms is None


async def test_release_needs_a_programme_and_a_command_a_declared_point() -> None:
    desk = Desk()
    for request, reason in (
        (desk.request(None, point="gate"), "bad_value"),
        (desk.request(50, point="position"), "not_commandable"),
        (desk.request(30, point="gate"), "bad_value"),
    ):
        with pytest.raises(RequestError) as caught:
            await desk.run(request)
        assert caught.value.text_key == f"error.command.{reason}"
        assert caught.value.code is ErrorCode.BAD_REQUEST
    assert desk.field.writes == []


async def test_technicians_hands_stop_a_command_and_say_whom_to_call() -> None:
    desk = Desk()
    desk.hands.zone = HandsOff(
        id="Z1", equipment_id=LAMP, sector="", reason="câble", contact="06 12", by="bob",
        seat="PC-2", since_ms=0, until_ms=1,
    )  # fmt: skip
    with pytest.raises(RequestError) as caught:
        await desk.run(desk.request(80))
    assert caught.value.text_key == "error.command.hands_off"
    assert caught.value.params == {"equipment": LAMP, "why": "câble", "contact": "06 12"}
    assert desk.outcomes() == [CommandOutcome.REFUSED]


async def test_dangerous_value_needs_a_second_person_and_its_way_back_does_not() -> None:
    desk = Desk()
    with pytest.raises(RequestError) as caught:
        await desk.run(desk.request(True, point="siren"))
    assert caught.value.text_key == "error.command.needs_second"
    assert desk.field.writes == []
    async with desk.life() as gateway:
        back = desk.request(True, point="siren", key="back-1")
        record = await gateway.take_back(OPERATOR, back, "k0")
        assert (record.outcome, record.override) == (CONFIRMED, "k0")
        assert await gateway.take_back(OPERATOR, back, "k0") == record
    assert desk.field.writes == [("siren", True)]


async def test_override_has_an_end_in_its_record_and_only_where_there_is_a_way_back() -> None:
    desk = Desk()
    record = await desk.run(desk.request(60, point="dim"))
    assert record.until_ms == desk.clock.now_ms() + 600_000
    assert (await desk.run(desk.request(60, key="k2"))).until_ms is None
    for point, until_s, reason in (
        ("dim", 3_601, "end_far"),
        ("dim", 0, "end_past"),
        ("level", 60, "no_override"),
    ):
        request = msgspec.structs.replace(
            desk.request(50, point=point, key="k3"),
            until_ms=desk.clock.now_ms() + until_s * 1000,
        )
        with pytest.raises(RequestError) as caught:
            await desk.run(request)
        assert caught.value.text_key == f"error.command.{reason}"


async def _unknown(desk: Desk) -> CommandRecord:
    desk.field.error = DeviceUnavailableError("gone")
    desk.field.read_error = DeviceUnavailableError("gone")
    return await desk.run(desk.request(80))


async def test_unknown_is_settled_once_by_who_looked_and_the_list_survives_a_restart() -> None:
    desk = Desk()
    assert (await _unknown(desk)).to_check
    assert [c.key for c in (await desk.journal.situation()).to_check] == ["k1"]
    async with desk.life() as gateway:
        looker = msgspec.structs.replace(OPERATOR, user="bob", seat="PC-2")
        settle = SettleCommand(key="k1", reason="vu allumée")
        result = await gateway.settle(looker, settle)
        assert isinstance(result, CommandResult)
        assert result.command.settled_by == "bob"
        assert result.command.params["found"] == "vu allumée"
        with pytest.raises(RequestError, match=r"error\.command\.nothing_to_settle"):
            await gateway.settle(looker, settle)
        with pytest.raises(RequestError, match=r"error\.command\.no_such_command"):
            await gateway.settle(looker, SettleCommand(key="k9", reason="x"))
        with pytest.raises(RequestError, match=r"error\.command\.reason"):
            await gateway.settle(looker, SettleCommand(key="k1", reason=" "))
    assert desk.journal.log[-1].user == "bob"
    assert (await desk.journal.situation()).to_check == ()


async def test_effect_left_by_a_dead_bridge_is_looked_at_too() -> None:
    for position, outcome in ((100, CONFIRMED), (0, UNKNOWN)):
        desk = Desk()
        desk.field.gate.clear()
        async with desk.life() as gateway:
            ask = asyncio.create_task(execute(gateway, desk.request(100, point="gate")))
            await until(lambda desk=desk: desk.field.busy)  # type: ignore[misc]  # bound now, not later
        with pytest.raises(RequestError, match=r"error\.command\.stopping"):
            await ask
        desk.field.values |= {"gate": 100, "position": position}
        async with desk.life():
            await until(lambda desk=desk: desk.outcomes()[-1].final)  # type: ignore[misc]  # as above
        assert desk.outcomes()[-1] is outcome


async def test_bad_quality_proves_nothing() -> None:
    desk = Desk()
    desk.field.quality = Quality.BAD
    assert (await desk.run(desk.request(80))).outcome is UNKNOWN


scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-200, 200), st.floats(), st.text(max_size=3)
)


@given(value=scalars, point=st.sampled_from(sorted(POINTS)))
def test_what_fits_is_of_its_type_and_declared(value: Scalar, point: str) -> None:
    definition = POINTS[point]
    if not fits(definition, value):
        return
    commanding = definition.commanding
    assert commanding is not None
    if value is None:
        assert commanding.back is WayBack.PROGRAMME
        return
    types = {
        ValueType.BOOL: bool, ValueType.INT: int, ValueType.FLOAT: (int, float),
        ValueType.TEXT: str,
    }  # fmt: skip
    assert isinstance(value, types[definition.value_type])  # type: ignore[arg-type]  # a tuple for floats
    assert not commanding.values or value in commanding.values
    if isinstance(value, float):
        assert math.isfinite(value)


@given(
    value=st.integers(0, 3),
    rest=st.integers(0, 3),
    back=st.sampled_from(WayBack),
    until_s=st.one_of(st.none(), st.integers(-10, 1_000)),
)
def test_every_override_ends_in_time_and_nothing_else_does(
    value: int, rest: int, back: WayBack, until_s: int | None
) -> None:
    point = PointDef(
        key="p",
        value_type=ValueType.INT,
        commanding=Commanding(back=back, rest=rest, default_s=60, longest_s=600),
    )
    until_ms = None if until_s is None else 1_000_000 + until_s * 1000
    try:
        end_ms = override_end(point, value, until_ms, 1_000_000)
    except ValueError as error:
        assert str(error) in ("no_override", "end_past", "end_far")  # noqa: PT017 - one of two right ends
        assert until_s is not None
        return
    if end_ms is None:
        assert not overrides(point, value)
    else:
        assert overrides(point, value)
        assert 1_000_000 < end_ms <= 1_600_000
    assert override_end(point, None, until_ms, 1_000_000) is None
    assert not dangerous(point, value)
