"""While technicians work somewhere nobody commands there; zones end by themselves."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.journal import HandsOffEvent
from backend_bridge.contract.requests import Request
from backend_bridge.contract.safety import HandsOff, HandsOffResult, LiftHandsOff, SetHandsOff
from backend_bridge.core.bus import Bus
from backend_bridge.core.requests import Caller
from backend_bridge.services.facts import Facts
from backend_bridge.services.hands_off import LONGEST_ZONE_S, HandsOffZones
from tests.fakes.clock import ManualClock
from tests.fakes.memory_journal import MemoryJournal
from tests.fakes.small_city import small_city
from tests.unit.services.kit import person

MARIE = person("marie", "lighting", "view:*", "manage:*")
PAUL = person("paul", "police", "view:*", "manage:*")
CHIEF = person("chief", "supervisor", "view:*", "manage:*", "configure:*")
LUC = person("luc", "calltaker", "view:*")
NORTH = person("nina", "lighting", "view:*@Nord", "manage:*@Nord")
CABINET, LAMP, OTHER = "EP-0001", "EP-0001-D1-03", "EP-0002-D1-03"


class Room:
    """The service on a journal in memory, drained by hand."""

    def __init__(self) -> None:
        self.journal, self.clock = MemoryJournal(), ManualClock()

    async def start(self) -> Room:
        """Make the service anew, as after a start of the bridge."""
        self.zones = HandsOffZones(
            facts=Facts(small_city()),
            sectors=("Sud", "Nord"),
            journal=self.journal,
            bus=Bus(),
            clock=self.clock,
            situation=await self.journal.situation(),
        )
        await self.zones.prepare()
        await self.zones.drain()
        return self

    async def ask(self, request: Request, caller: Caller = MARIE) -> HandsOff:
        task = asyncio.ensure_future(self.zones.ask(caller, request))
        await asyncio.sleep(0)
        await self.zones.drain()
        result = await asyncio.wait_for(task, 5)
        assert isinstance(result, HandsOffResult)
        return result.zone

    async def refused(self, request: Request, caller: Caller = MARIE) -> str:
        before = len(self.journal.log)
        with pytest.raises(RequestError) as caught:
            await self.ask(request, caller)
        assert len(self.journal.log) == before, "nothing is written of what is refused"
        return caught.value.text_key

    def zone(self, zone_id: str = "z", minutes: float = 60, **changes: str) -> SetHandsOff:
        given = {"equipment_id": CABINET, "reason": "câble", "contact": "06 12", **changes}
        until_ms = self.clock.now_ms() + round(minutes * 60_000)
        return SetHandsOff(id=zone_id, until_ms=until_ms, **given)


async def test_a_zone_covers_what_hangs_on_its_equipment_and_outlives_the_bridge() -> None:
    room = await Room().start()
    zone = await room.ask(room.zone())
    assert (zone.by, zone.seat, zone.contact) == ("marie", "lighting", "06 12")
    assert zone.equipment_kind == "cabinet"
    assert room.zones.covering(LAMP) == zone
    assert room.zones.covering(CABINET) == zone
    assert room.zones.covering(OTHER) is None
    await room.start()
    assert room.zones.covering(LAMP) == zone


async def test_a_zone_of_a_sector_covers_all_of_it() -> None:
    room = await Room().start()
    zone = await room.ask(room.zone(equipment_id="", sector="Sud"))
    assert room.zones.covering(OTHER) == zone
    await room.ask(room.zone("n", equipment_id="", sector="Nord"), NORTH)
    assert room.zones.covering(OTHER) == zone
    assert await room.refused(room.zone("s", equipment_id="", sector="Sud"), NORTH) == (
        "error.rights.missing"
    )


async def test_it_ends_by_itself_on_time_also_when_nobody_wrote_that_down() -> None:
    room = await Room().start()
    await room.ask(room.zone(minutes=5))
    room.clock.advance(299)
    assert room.zones.covering(LAMP) is not None
    room.clock.advance(1)
    assert room.zones.covering(LAMP) is None
    await room.zones.drain()
    entry = room.journal.log[-1]
    assert isinstance(entry.event, HandsOffEvent)
    assert (entry.user, entry.event.zone.lifted_by) == ("bridge", "bridge")
    assert (await room.journal.situation()).hands_off == ()


async def test_one_that_ended_while_the_bridge_was_down_ends_at_its_start() -> None:
    room = await Room().start()
    await room.ask(room.zone(minutes=5))
    room.clock.advance(3600)
    await room.start()
    assert (await room.journal.situation()).hands_off == ()


async def test_who_set_it_lifts_it_and_another_only_with_edit_mode_on() -> None:
    room = await Room().start()
    await room.ask(room.zone())
    assert await room.refused(LiftHandsOff(id="z"), PAUL) == "error.rights.missing"
    off = person("chief", "supervisor", "view:*", "configure:*")
    without = Caller(
        user=off.user, seat=off.seat, console="c", session="s", rights=off.rights, editing=False
    )
    assert await room.refused(LiftHandsOff(id="z"), without) == "error.edit_mode.off"
    assert await room.refused(LiftHandsOff(id="z"), NORTH) == "error.hands_off.not_found"
    lifted = await room.ask(LiftHandsOff(id="z"), CHIEF)
    assert (lifted.lifted_by, lifted.lifted_ms) == ("chief", room.clock.now_ms())
    assert room.zones.covering(LAMP) is None
    assert await room.refused(LiftHandsOff(id="z"), CHIEF) == "error.hands_off.not_found"
    await room.ask(room.zone())
    await room.ask(LiftHandsOff(id="z"))
    assert room.zones.covering(LAMP) is None


async def test_the_same_id_extends_it_and_somebody_elses_zone_is_not_taken_over() -> None:
    room = await Room().start()
    await room.ask(room.zone(minutes=5))
    longer = await room.ask(room.zone(minutes=50))
    assert room.zones.covering(LAMP) == longer
    assert await room.refused(room.zone(minutes=1), PAUL) == "error.rights.missing"
    assert (await room.ask(room.zone(minutes=9), CHIEF)).by == "chief"


async def test_of_two_zones_the_one_that_ends_last_is_told() -> None:
    room = await Room().start()
    await room.ask(room.zone("short", minutes=5))
    late = await room.ask(room.zone("long", minutes=50, equipment_id="", sector="Sud"))
    assert room.zones.covering(LAMP) == late


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"reason": "  "}, "reason"),
        ({"reason": "x" * 501}, "reason"),
        ({"contact": ""}, "contact"),
        ({"equipment_id": ""}, "where"),
        ({"sector": "Sud"}, "where"),
        ({"equipment_id": "", "sector": "Est"}, "sector"),
    ],
)
async def test_what_is_missing_is_named(changes: dict[str, Any], reason: str) -> None:
    room = await Room().start()
    assert await room.refused(room.zone(**changes)) == f"error.hands_off.{reason}"


async def test_an_end_out_of_reach_an_unknown_equipment_and_a_missing_right_are_refused() -> None:
    room = await Room().start()
    for minutes in (0, -5, LONGEST_ZONE_S / 60 + 1):
        assert await room.refused(room.zone(minutes=minutes)) == "error.hands_off.until"
    assert await room.refused(room.zone(""), MARIE) == "error.hands_off.id"
    assert await room.refused(room.zone(equipment_id="EP-9")) == "error.equipment.not_found"
    assert await room.refused(room.zone(), NORTH) == "error.equipment.not_found"
    assert await room.refused(room.zone(), LUC) == "error.rights.missing"
