"""Interlocks between equipment: a quay and its river, and groups of which only some may be open."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from backend_bridge.commands import load_interlocks, shipped_interlocks
from backend_bridge.commands.interlock_rules import InterlockRule, Proof, Where
from backend_bridge.commands.needs import Seen
from backend_bridge.contract.order_requests import CommandResult
from backend_bridge.contract.quality import Quality
from backend_bridge.core.settings import SettingsError
from backend_bridge.territory.records import Group
from tests.fakes.waiting import until
from tests.unit.commands.kit import LAMP, OPERATOR, Desk
from tests.unit.commands.test_interlocks import (
    CITY,
    EQUIPMENT,
    KINDS,
    Eyes,
    Ground,
    _interlocks,
    _refused,
)

SAS = Group("SAS-1", "Sas", ("B-1", "B-2"), 1)


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (Seen(2.4, Quality.GOOD, 30), "level.unsafe"),
        (Seen(2.0, Quality.GOOD, 30), "level.unsafe"),
        (Seen(float("nan"), Quality.GOOD, 30), "level.unsafe"),
        (Seen(0.4, Quality.STALE, 1_200), "level.possible"),
        (Seen(0.4, Quality.BAD, 3), "level.possible"),
        (Seen(0.4, Quality.UNAVAILABLE, 60), "level.possible"),
        (Seen(None, Quality.UNKNOWN, -1), "level.never"),
    ],
)
@pytest.mark.parametrize("gauge", ["G-1", "G-2"])
def test_a_quay_is_not_opened_while_its_river_is_possibly_high(
    gauge: str, seen: Seen, said: str
) -> None:
    eyes = Eyes()
    interlocks = _interlocks(eyes)
    assert _refused(interlocks, "B-2", "commanded", 0) == ""
    eyes.seen[gauge, "level_m"] = seen
    assert _refused(interlocks, "B-2", "commanded", 0) == f"quay_dry.{said}"
    assert _refused(interlocks, "B-2", "commanded", 100) == "", "shutting the quay is allowed"
    assert _refused(interlocks, "B-1", "commanded", 0) == "", "it opens no quay"


def test_a_relation_that_names_no_gauge_proves_nothing_and_none_at_all_guards_nothing() -> None:
    wrong = _interlocks(Eyes(), related={("B-2", "quay"): ("EP-1",)})
    assert _refused(wrong, "B-2", "commanded", 0) == "blind"
    none = _interlocks(Eyes(), related={})
    assert _refused(none, "B-2", "commanded", 0) == ""


def test_another_gauge_for_a_quay_disarms_it() -> None:
    marks = tuple(_interlocks(Eyes()).changed)
    other = _interlocks(Eyes(), marks=marks, related={("B-2", "quay"): ("G-1",)})
    assert {(mark.interlock_id, mark.armed) for mark in other.changed} == {("quay_dry/G-1", False)}
    assert _refused(other, "B-2", "commanded", 0) == "disarmed"
    gone = _interlocks(Eyes(), marks=marks, related={})
    assert [(mark.interlock_id, mark.reason) for mark in gone.changed] == [
        ("quay_dry/G-1", "interlock.reason.removed")
    ]


def test_the_reason_says_the_level_as_the_gauge_shows_it() -> None:
    eyes = Eyes()
    eyes.seen["G-1", "level_m"] = Seen(2.4000000000000004, Quality.GOOD, 30)
    point = Ground().point("B-2", "commanded")
    assert point is not None
    error = _interlocks(eyes).obstacle("B-2", point, 0)
    assert error is not None
    assert (error.params["value"], error.params["equipment"]) == ("2.40", "G-1")


@pytest.mark.parametrize(
    ("point", "seen", "said"),
    [
        ("position", Seen(0, Quality.GOOD, 1), "position.unsafe"),
        ("position", Seen(99, Quality.GOOD, 1), "position.unsafe"),
        ("position", Seen(100, Quality.STALE, 7), "position.possible"),
        ("position", Seen(100, Quality.UNAVAILABLE, 1), "position.possible"),
        ("position", Seen(None, Quality.UNKNOWN, -1), "position.never"),
        ("commanded", Seen(0, Quality.GOOD, 1), "commanded.unsafe"),
        ("commanded", Seen(100, Quality.STALE, 9), "commanded.possible"),
    ],
)
def test_of_a_group_no_more_are_lowered_than_may_possibly_be_open(
    point: str, seen: Seen, said: str
) -> None:
    eyes = Eyes()
    interlocks = _interlocks(eyes, groups=[SAS])
    assert _refused(interlocks, "B-1", "commanded", 0) == ""
    eyes.seen["B-2", point] = seen
    assert _refused(interlocks, "B-1", "commanded", 0) == f"few_open.{said}"
    assert _refused(interlocks, "B-2", "commanded", 0) == "", "it does not stand in its own way"
    assert _refused(interlocks, "B-1", "commanded", 100) == ""
    assert _refused(_interlocks(eyes), "B-1", "commanded", 0) == "", "no group, no limit"


def test_of_three_two_may_be_open_and_what_is_being_moved_counts() -> None:
    three = (*CITY, ("B-3", "bollard", "", "Sud"))
    eyes = Eyes()
    group = [Group("SAS-1", "Sas", ("B-1", "B-2", "B-3"), 2)]
    interlocks = _interlocks(eyes, city=three, groups=group)
    eyes.seen["B-2", "position"] = Seen(0, Quality.GOOD, 1)
    assert _refused(interlocks, "B-1", "commanded", 0) == ""
    with interlocks.moving("B-3"):
        assert _refused(interlocks, "B-1", "commanded", 0) == "few_open.position.unsafe"
        assert _refused(interlocks, "B-2", "commanded", 0) == ""
    assert _refused(interlocks, "B-1", "commanded", 0) == ""
    with interlocks.moving("B-2"):
        eyes.seen["B-3", "position"] = Seen(0, Quality.GOOD, 1)
        assert _refused(interlocks, "B-1", "commanded", 0) == "moving"


@pytest.mark.parametrize(
    ("members", "most_open"), [(("B-1", "B-2", "B-3"), 1), (("B-1", "B-2", "B-3"), 2)]
)
def test_a_group_that_changes_is_disarmed(members: tuple[str, ...], most_open: int) -> None:
    three = (*CITY, ("B-3", "bollard", "", "Sud"))
    before = Group("SAS-1", "Sas", members[:2] if most_open == 1 else members, 1)
    marks = tuple(_interlocks(Eyes(), city=three, groups=[before]).changed)
    assert _interlocks(Eyes(), marks=marks, city=three, groups=[before]).changed == []
    after = Group("SAS-1", "Sas", members, most_open)
    other = _interlocks(Eyes(), marks=marks, city=three, groups=[after])
    assert [(mark.interlock_id, mark.armed) for mark in other.changed] == [
        ("few_open/SAS-1", False)
    ]
    assert _refused(other, "B-1", "commanded", 0) == "disarmed"


async def test_two_of_a_group_commanded_at_once_are_not_both_lowered() -> None:
    desk = Desk()
    desk.places.ids = [LAMP, "L2"]
    desk.places.groups = [Group("SAS-1", "Sas", (LAMP, "L2"), 1)]
    desk.rules = (
        InterlockRule(
            key="few_open",
            kind="lamp",
            point="level",
            above=0,
            proof=(Proof(point="level", at=Where.GROUP, below=1, key="position"),),
        ),
    )
    desk.field.links = {"L2": "K2"}
    desk.field.gate.clear()
    async with desk.life() as gateway:
        asks = [
            asyncio.ensure_future(
                gateway.execute(OPERATOR, desk.request(80, key=item, equipment=item))
            )
            for item in desk.places.ids
        ]
        await until(lambda: any(ask.done() for ask in asks))
        desk.field.gate.set()
        results = await asyncio.gather(*asks, return_exceptions=True)
    ends = sorted(
        result.command.text_key or result.command.outcome.value
        for result in results
        if isinstance(result, CommandResult)
    )
    assert ends == ["confirmed", "error.interlock.moving"]
    assert len(desk.field.writes) == 1


def test_a_citys_rule_across_a_relation_nobody_declared_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "city.toml").write_text(
        """
        [[interlock]]
        key = "ford"
        kind = "bollard"
        point = "commanded"
        [[interlock.proof]]
        at = "related"
        relation = "quai"
        kind = "river_gauge"
        point = "level_m"
        below = 1.5
        """,
        "utf-8",
    )
    both = [shipped_interlocks(), tmp_path]
    with pytest.raises(SettingsError, match=r'no relation "quai".*did you mean "quay"'):
        load_interlocks(both, list(KINDS.values()), EQUIPMENT, {"quay"})
    rules = load_interlocks(both, list(KINDS.values()), EQUIPMENT, {"quai"})
    assert "ford" in {rule.key for rule in rules}
