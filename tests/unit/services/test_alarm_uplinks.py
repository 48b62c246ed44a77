"""A lost network is one row, whatever hangs on it; what is hidden below returns in order."""

from __future__ import annotations

from typing import NamedTuple

from backend_bridge.contract.alarms import AlarmState, Severity
from backend_bridge.services.alarms import Rule, Ways
from backend_bridge.services.alarms.rules import Watch
from tests.unit.services.kit import Room, make_catalogue

UPLINK = Rule(
    key="uplink_lost", severity=Severity.URGENT, watch=Watch.UPLINK, share=0.9, hold_s=4.0,
    on_delay_s=2.0, off_delay_s=20.0, incident="network_lost",
)  # fmt: skip
LINK = Rule(
    key="link_lost", severity=Severity.HIGH, watch=Watch.LINK, off_delay_s=2.0,
    incident="cabinet_lost",
)  # fmt: skip
TRIPPED = Rule(
    key="feeder_tripped", severity=Severity.HIGH, kind="feeder", point="closed", is_=False,
    root_cause=True,
)  # fmt: skip


class Net(NamedTuple):
    id: str
    name: str
    parent: str = ""


CABINETS = [f"EP-{number:04d}" for number in range(1, 41)]
NORTH, SOUTH = CABINETS[:20], CABINETS[20:]
WAYS = Ways(
    (Net("core", "Cœur"), Net("north", "Boucle nord", "core"), Net("south", "Boucle sud", "core")),
    {f"L-{c}": "north" if c in NORTH else "south" for c in CABINETS},
)


async def _city() -> Room:
    catalogue = make_catalogue(cabinets=40, feeders=4, lamps=24)
    room = await Room(catalogue=catalogue, rules=[UPLINK, LINK, TRIPPED], ways=WAYS).start()
    room.all_good()
    for cabinet in CABINETS:
        room.link(cabinet, up=True)
    await room.settle()
    assert room.listed() == ()
    return room


async def _say(room: Room, cabinets: list[str], *, up: bool, every_s: float = 0.1) -> None:
    for cabinet in cabinets:
        room.link(cabinet, up=up)
        await room.advance(every_s)


async def test_four_thousand_children_under_one_lost_network_are_one_row() -> None:
    room = await _city()
    await _say(room, CABINETS, up=False, every_s=0.05)
    await room.advance(30)

    alarm = room.one_alarm()
    assert (alarm.rule, alarm.equipment_id, alarm.value) == ("uplink_lost", "core", "Cœur")
    assert alarm.equipment_kind == "cabinet"
    assert alarm.children == 40 * (1 + 4 + 4 * 24) == 4_040
    assert room.alarm_changes() == ["raised"]
    incident = room.one_incident()
    assert (incident.equipment_id, incident.place) == ("core", "Cœur")
    assert (incident.lon, incident.lat) == (5.04, 47.32)


async def test_one_loop_of_two_is_that_loop() -> None:
    room = await _city()
    await _say(room, NORTH, up=False)
    await room.advance(10)
    assert room.one_alarm().equipment_id == "north"
    await _say(room, SOUTH[:1], up=False)
    await room.advance(10)
    assert sorted(a.equipment_id for a in room.listed()) == ["EP-0021", "north"]


async def test_single_link_waits_for_its_network_and_then_rings_alone() -> None:
    room = await _city()
    room.link("EP-0001", up=False)
    await room.advance(3.9)
    assert room.listed() == ()
    await room.advance(0.1)
    assert room.one_alarm().rule == "link_lost"


async def test_stragglers_that_rang_before_go_under_the_network() -> None:
    room = await _city()
    await _say(room, NORTH[:2], up=False)
    await room.advance(5)
    assert [a.rule for a in room.listed()] == ["link_lost", "link_lost"]
    await _say(room, NORTH[2:], up=False)
    await room.advance(5)
    loud = [a.rule for a in room.listed() if not a.quiet]
    assert loud == ["uplink_lost"]
    assert {a.suppressed for a in room.listed() if a.quiet} == {"uplink_lost"}

    await _say(room, NORTH[1:], up=True)
    await room.advance(30)
    states = {a.equipment_id: (a.active, a.quiet) for a in room.listed()}
    assert states["EP-0001"] == (True, False), "still lost: it is to be seen now"
    assert states["north"] == (False, False)
    assert states["EP-0002"] == (False, False)


async def test_acknowledging_the_network_acknowledges_nothing_below_and_all_returns_in_order() -> (
    None
):
    room = await _city()
    await _say(room, NORTH, up=False)
    await room.advance(10)
    network = room.one_alarm()
    await room.acknowledge(network.id)
    room.set("EP-0001-D1", "closed", False)  # heard by another way, or while it came back
    await room.advance(1)
    assert room.one_alarm().id == network.id

    for cabinet in NORTH[:-1]:
        room.link(cabinet, up=True)
        await room.advance(5)
        assert room.one_alarm().active, "links still come back: nothing is said of the rest yet"
    await room.advance(21)

    assert {a.rule: a.state for a in room.listed()} == {
        "feeder_tripped": AlarmState.UNACKNOWLEDGED,
        "link_lost": AlarmState.UNACKNOWLEDGED,
    }
    changes = room.alarm_changes()
    assert changes == ["raised", "acknowledged", "returned", "cleared", "raised", "raised"]


async def test_restart_while_the_network_is_lost_raises_nothing_twice() -> None:
    room = await _city()
    await _say(room, NORTH, up=False)
    await room.advance(10)
    before = room.listed()
    await room.start()
    await _say(room, NORTH, up=False, every_s=1.0)
    await room.advance(30)
    assert room.listed() == before
    await _say(room, NORTH, up=True)
    await room.advance(30)
    assert room.one_alarm().state is AlarmState.RETURNED


async def test_network_of_two_links_is_said_link_by_link() -> None:
    ways = Ways((Net("small", "Petit"),), {"L-EP-0001": "small", "L-EP-0002": "small"})
    room = await Room(catalogue=make_catalogue(cabinets=2), rules=[UPLINK, LINK], ways=ways).start()
    await _say(room, ["EP-0001", "EP-0002"], up=False)
    await room.advance(10)
    assert [a.rule for a in room.listed()] == ["link_lost", "link_lost"]
