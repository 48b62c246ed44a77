"""No rule is shipped that can never ring: each does, on kinds and profiles that are shipped too."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest

from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.journal import CommandEvent, Event, JournalEntry, OverrideEvent
from backend_bridge.contract.overrides import Override, OverrideChange, OverrideState
from backend_bridge.contract.points import Catalogue, Equipment, Scalar, ValueType, WayBack
from backend_bridge.contract.quality import Quality
from backend_bridge.core.driver import BoundPoint, LinkConfig
from backend_bridge.core.linkstate import LinkCause, LinkState
from backend_bridge.services.alarms import AlarmFiles, Rule, Ways, load_alarm_files
from backend_bridge.services.alarms.rules import Criterion, Stuck, Watch
from backend_bridge.services.alarms.watched import shown_point
from backend_bridge.services.tables import shipped_rules
from backend_bridge.territory import library
from tests.unit.services.kit import Room
from tests.unit.services.test_alarm_uplinks import Net

KINDS = tuple(rule.kind for rule in library.kinds().values())
FILES: AlarmFiles = load_alarm_files(shipped_rules(), KINDS)
PLACED = {
    (place.kind, place.point): place
    for profile in library.profiles().values()
    for place in profile.point
}
"""Every point that a shipped profile reads from a device."""
COPIES = 3
"""Of each root, so that a network carries enough links to be told lost."""


def _catalogue() -> Catalogue:
    """Return three of each profile's root with one of each kind the profile places below it."""
    sizes = {kind.key: len(kind.points) for kind in KINDS}
    found: list[Equipment] = []
    first = 0
    for profile in library.profiles().values():
        below = [kind for kind in library.kinds() if any(p.kind == kind for p in profile.point)]
        for copy in range(1, COPIES + 1):
            parent = ""
            for kind in sorted(below, key=("cabinet", "feeder", "lamp", *below).index):
                name = f"{kind}-{copy}"
                found.append(
                    Equipment(
                        id=name, kind=kind, name=name, lon=5.0, lat=47.3, first_point=first,
                        parent=parent, place="", commune="Dijon",
                    )
                )  # fmt: skip
                first += sizes[kind]
                parent = name
    return Catalogue(
        revision="r", title="t", demonstration=True, points_total=first, kinds=KINDS,
        equipment=tuple(found),
    )  # fmt: skip


def _links() -> Iterator[LinkConfig]:
    """Return a link for each root, with every point its profile places."""
    for profile in library.profiles().values():
        for copy in range(1, COPIES + 1):
            points = tuple(
                BoundPoint(
                    slot=slot,
                    equipment_id=f"{place.kind}-{copy}",
                    point_key=place.point,
                    address={},
                )
                for slot, place in enumerate(profile.point)
            )
            name = f"L-{profile.root}-{copy}"
            yield LinkConfig(id=name, driver=profile.driver, settings={}, points=points)


class _Field:
    """Say what a device of a shipped profile can say, and nothing else."""

    def __init__(self) -> None:
        links = tuple(_links())
        self.room = Room(
            catalogue=_catalogue(),
            rules=FILES.rules,
            designs=FILES.designs,
            links=links,
            ways=Ways((Net("ring", "Anneau"),), {link.id: "ring" for link in links}),
        )

    def say(self, equipment: str, point: str, value: Scalar) -> None:
        kind = equipment.rpartition("-")[0]
        assert (kind, point) in PLACED, f"no shipped profile reads {kind}.{point}"
        address = PLACED[kind, point].address
        if isinstance(value, int | float) and not isinstance(value, bool):
            low, high = address.get("low", -math.inf), address.get("high", math.inf)
            assert low <= value <= high, f"{kind}.{point}: {value} is never a good value"
        self.room.set(equipment, point, value)

    def say_bad(self, equipment: str, point: str) -> None:
        address = PLACED[equipment.rpartition("-")[0], point].address
        assert {"low", "high", "bad_mask"} & set(address), f"{point} is never bad"
        self.room.set(equipment, point, None, Quality.BAD)

    def publish(self, event: Event) -> None:
        self.room.bus.publish(JournalEntry(seq=1, at_ms=0, user="a", seat="s", event=event))

    def link(self, name: str, cause: LinkCause) -> None:
        since_ms = self.room.clock.now_ms()
        self.room.alarms.on_link_state(
            LinkState(link_id=name, up=False, since_ms=since_ms, cause=cause)
        )


def _passing(test: Criterion) -> Scalar:
    if test.is_ is not None:
        return test.is_
    if test.equals is not None:
        return test.equals
    return test.above + 0.2 if test.above is not None else (test.below or 0.0) - 0.2


async def _point(field: _Field, rule: Rule) -> None:
    equipment = f"{rule.kind}-1"
    for where in rule.while_:
        field.say(f"{where.kind or rule.kind}-1", where.point, _passing(where))
    if rule.bad:
        field.say_bad(equipment, rule.point)
    elif rule.of_rate:
        step = (rule.rises_per_min or -(rule.falls_per_min or 0.0)) * 2
        for minute in range(round(rule.over_s / 60) + 1):
            field.say(equipment, rule.point, 0.5 + step * minute)
            await field.room.advance(60)
    elif rule.differs_from:
        field.say(equipment, rule.differs_from, 100)
        field.say(equipment, rule.point, 0)
    else:
        field.say(equipment, rule.point, _passing(rule))


async def _link(field: _Field, rule: Rule) -> None:
    cause = LinkCause.DEFECT if rule.watch is Watch.DRIVER else LinkCause.UNAVAILABLE
    roots = [profile.root for profile in library.profiles().values()]
    root = next(root for root in roots if root == (rule.kind or "cabinet"))
    field.link(f"L-{root}-1", cause)


async def _uplink(field: _Field, _: Rule) -> None:
    for link in field.room.links:
        field.link(link.id, LinkCause.UNAVAILABLE)


async def _override(field: _Field, rule: Rule) -> None:
    on = rule.stuck is Stuck.ON
    point = field.room.facts.point(f"{rule.kind}-1", rule.point)
    assert point is not None
    assert point.commanding is not None, "nobody can hold what is not commanded"
    high, low = (True, False) if point.value_type is ValueType.BOOL else (100, 0)
    override = Override(
        id="o1", equipment_id=f"{rule.kind}-1", equipment_kind=rule.kind, point_key=rule.point,
        value=low if on else high, back=WayBack.PROGRAMME, owner="a", seat="s", reason="r",
        since_ms=0, until_ms=1, state=OverrideState.ACTIVE,
    )  # fmt: skip
    field.publish(OverrideEvent(change=OverrideChange.BEGAN, override=override))
    await field.room.settle()
    shown = shown_point(field.room.facts, rule)
    field.say(f"{rule.kind}-1", shown, high if on else low)


async def _command(field: _Field, rule: Rule) -> None:
    kind = field.room.facts.kind(rule.kind)
    assert kind is not None
    commanded = [
        point
        for point in kind.points
        if point.commanding is not None and rule.point in ("", point.key)
    ]
    (point,) = commanded
    assert "write_register" in PLACED[rule.kind, point.key].address, "nothing is ever sent"
    command = CommandRecord(
        key="c1", issuer="a", seat="s", equipment_id=f"{rule.kind}-1", equipment_kind=rule.kind,
        point_key=point.key, value=0, reason="r", created_ms=0, deadline_ms=1,
        outcome=CommandOutcome.UNKNOWN,
    )  # fmt: skip
    field.publish(CommandEvent(command=command))


PROVOKE = {
    Watch.POINT: _point,
    Watch.LINK: _link,
    Watch.DRIVER: _link,
    Watch.UPLINK: _uplink,
    Watch.OVERRIDE: _override,
    Watch.COMMAND: _command,
}


@pytest.mark.parametrize("rule", FILES.rules, ids=lambda rule: rule.key)
async def test_each_shipped_rule_rings_on_what_the_field_can_say(rule: Rule) -> None:
    field = _Field()
    await field.room.start()
    await PROVOKE[rule.watch](field, rule)
    await field.room.advance(max(rule.on_delay_s, rule.hold_s, 10.0) + 1)
    await field.room.advance(1)
    rang = [alarm for alarm in field.room.listed() if alarm.rule == rule.key]
    assert [alarm.quiet for alarm in rang] == [False], f"{rule.key} never rings"


@pytest.mark.parametrize("design", FILES.designs, ids=lambda design: design.key)
def test_each_shipped_design_looks_at_what_a_profile_reads(design: object) -> None:
    (found,) = (one for one in FILES.designs if one is design)
    kinds = {rule.key: rule.kind for rule in FILES.rules}
    for where in found.while_:
        for key in found.rules:
            assert (where.kind or kinds[key], where.point) in PLACED


def test_levels_of_shipped_rules_are_within_what_a_good_value_can_be() -> None:
    for rule in FILES.rules:
        for level in rule.levels:
            address = PLACED[rule.kind, rule.point].address
            assert address["low"] <= level.limit < address["high"], rule.key
