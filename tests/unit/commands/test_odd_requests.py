"""What requests may hold: numbers that are none, too much, any words; and values offered."""

from __future__ import annotations

import pytest

from backend_bridge.commands import CommandGateway
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.order_requests import (
    CheckChoices,
    CheckOrder,
    ChoicesResult,
    OrderCheckResult,
)
from backend_bridge.contract.orders import LARGEST_ORDER, Target
from backend_bridge.contract.points import Scalar
from tests.unit.commands.kit import OPERATOR, execute
from tests.unit.commands.test_twice import _desk, _order, _refusal, _run


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), -float("inf"), "80", "🚒", True, 80.5, 2**63, -1, 101]
)
async def test_what_a_point_cannot_hold_is_refused_as_a_whole_and_said_in_the_dry_run(
    value: Scalar,
) -> None:
    desk = _desk(2)
    targets = (Target("L0", "level", 80), Target("L1", "level", value))
    async with desk.life() as gateway:
        assert await _refusal(gateway, _order(desk, targets=targets)) == "command.bad_value"
        with pytest.raises(RequestError, match=r"error\.command\.bad_value"):
            await execute(gateway, desk.request(value))
        if not isinstance(value, str) and value != 2**63:
            with pytest.raises(RequestError, match=r"error\.command\.bad_value"):
                await execute(gateway, desk.request(float("nan"), point="setpoint"))
        checked = await gateway.handlers()[CheckOrder](OPERATOR, CheckOrder(targets=targets))
        assert isinstance(checked, OrderCheckResult)
        said = [check.text_key for check in checked.checks]
        assert said == ["", "error.command.bad_value"]
    assert desk.field.writes == []
    assert desk.journal.log == []


async def test_the_largest_order_is_taken_and_one_more_is_not() -> None:
    desk = _desk(1)
    one_more = tuple(Target(f"X{number}", "level", 1) for number in range(LARGEST_ORDER + 1))
    async with desk.life() as gateway:
        assert await _refusal(gateway, _order(desk, targets=one_more)) == "command.order_size"
        # one less gets as far as its first target
        assert await _refusal(gateway, _order(desk, targets=one_more[1:])) == (
            "command.no_such_point"
        )
        assert await _refusal(gateway, CheckOrder(targets=one_more)) == "command.order_size"
    assert desk.journal.log == []


async def test_a_reason_is_any_words_up_to_its_length_and_never_none() -> None:
    desk = _desk(1)
    odd = 'A/B "è" \' ; 🚒 \\ <b>gras</b> {user}'
    async with desk.life() as gateway:
        result = await _run(gateway, _order(desk, reason=f"  {odd} "))
        assert result.order.reason == odd
        for wrong in ("", " \u00a0\t", "🚒" * 501):
            assert await _refusal(gateway, _order(desk, key="o2", reason=wrong)) == (
                "command.reason"
            )


async def _choices(gateway: CommandGateway, request: CheckChoices) -> list[tuple[str, bool]]:
    result = await gateway.handlers()[CheckChoices](OPERATOR, request)
    assert isinstance(result, ChoicesResult)
    return [(choice.text_key, choice.dangerous) for choice in result.choices]


async def test_a_value_some_equipment_takes_is_offered_else_the_firsts_refusal_is_said() -> None:
    desk = _desk(3)
    desk.field.linked = True
    both = CheckChoices(equipment_ids=("L9", "L0"), point_key="level", values=(10, 101, None))
    async with desk.life() as gateway:
        assert await _choices(gateway, both) == [
            ("", False),
            ("error.command.no_such_point", False),
            ("error.command.no_such_point", False),
        ]
        siren = CheckChoices(equipment_ids=("L0",), point_key="siren", values=(True, False))
        assert await _choices(gateway, siren) == [("", True), ("", False)]
        desk.field.up = False
        assert await _choices(gateway, siren) == [("error.command.device_down", False)] * 2
    assert desk.journal.log == []
    assert desk.field.writes == []


async def test_as_many_values_of_as_much_equipment_as_an_order_may_have_are_judged() -> None:
    desk = _desk(1)
    many = tuple(range(LARGEST_ORDER // 2 + 1))
    two = ("L0", "L0")
    async with desk.life() as gateway:
        for ids, values in ((two, many), ((), (1,)), (two, ())):
            request = CheckChoices(equipment_ids=ids, point_key="level", values=values)
            assert await _refusal(gateway, request) == "command.order_size"
        huge = CheckChoices(equipment_ids=two * 50_000, point_key="level", values=many)
        assert await _refusal(gateway, huge) == "command.order_size"
        request = CheckChoices(equipment_ids=two, point_key="level", values=many[1:])
        assert (await _choices(gateway, request))[:2] == [("", False)] * 2
