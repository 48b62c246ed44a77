"""Works are declared where somebody may: seen before they are sent, and never lost while typed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from backend_bridge.contract.safety import HandsOff, HandsOffResult, SetHandsOff
from console.link.batch import LinkSession
from console.panels.rows import Action
from console.panels.safety.declaring import CHOSEN, CONFIRM, MOST_ZONES, SECTOR, Declaring
from console.panels.safety.forms import HOUR_S
from console.state.drafts import Drafts
from tests.fakes.acting_city import acting_city
from tests.fakes.panel_context import Desk

CITY = acting_city()
MANAGER = LinkSession("mireille", "Mireille", "ECL-1", ("view:*", "manage:*"))
LAMPS_ONLY = LinkSession("paul", "Paul", "ECL-1", ("view:*", "manage:lamp"))


class Room:
    """A fed world, a bridge that takes every zone but those a test refuses."""

    def __init__(self, drafts: Drafts | None = None, session: LinkSession = MANAGER) -> None:
        self.rig = Desk()
        self.refused: set[str] = set()
        self.rig.asked.script = self.answer
        self.rig.feed(catalogue=CITY, session=session)
        self.works = Declaring(self.rig.context, drafts)

    def answer(self, request: Request) -> Result:
        assert isinstance(request, SetHandsOff)
        if request.equipment_id in self.refused:
            raise RequestError(ErrorCode.REFUSED, "error.hands_off.too_many", {"most": 500})
        zone = HandsOff(
            id=request.id,
            equipment_id=request.equipment_id,
            sector=request.sector,
            reason=request.reason,
            contact=request.contact,
            by="mireille",
            seat="ECL-1",
            since_ms=0,
            until_ms=request.until_ms,
        )
        return HandsOffResult(zone=zone)

    def begin(self, *ids: str) -> None:
        self.rig.selection.select_equipment(ids)
        self.works.begin()

    def fill(self) -> None:
        self.works.write("reason", "câble")
        self.works.write("contact", "06 12")

    @property
    def confirm(self) -> Action:
        return next(one for one in self.works.actions if one.key == CONFIRM)

    def place(self, key: str) -> Action:
        return next(one for one in self.works.places if one.key == key)

    async def sent(self) -> list[SetHandsOff]:
        await self.rig.settle()
        return self.rig.asked.of(SetHandsOff)


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    made = Room()
    yield made
    await made.rig.settle()
    made.works.close()


async def test_what_is_chosen_is_declared_where_it_hangs_together(room: Room) -> None:
    room.begin("EP-0001", "EP-0001-D1-01", "EP-0001-D1-02", "B-01")
    assert room.place(CHOSEN).main
    assert "1\u00a0armoire" in room.works.cover[0]
    assert "8\u00a0points" in room.works.cover[0]
    room.fill()
    assert room.confirm.label.startswith("Déclarer 11 équipements")
    assert room.works.confirm()
    sent = await room.sent()
    assert [one.equipment_id for one in sent] == ["EP-0001", "B-01"], "lamps lie in their cabinet's"
    assert {(one.reason, one.contact) for one in sent} == {("câble", "06 12")}
    assert len({one.id for one in sent}) == 2


async def test_a_sector_is_declared_from_the_screen(room: Room) -> None:
    room.begin()
    sectors = [one.key for one in room.works.places if one.key.startswith(SECTOR)]
    assert room.place(sectors[0]).main, "with nothing chosen, the first sector one may"
    room.works.choose(f"{SECTOR}Centre")
    room.works.choose(f"{8 * HOUR_S:.0f}")
    room.fill()
    assert not room.rig.asked.requests, "choosing and writing sends nothing"
    assert room.works.confirm()
    (sent,) = await room.sent()
    assert (sent.sector, sent.equipment_id) == ("Centre", "")
    assert sent.until_ms == room.rig.clock.now_ms() + round(8 * HOUR_S * 1000)
    assert room.works.typed == {"reason": "", "contact": ""}


async def test_nothing_goes_before_reason_and_contact_are_there_and_it_says_so(room: Room) -> None:
    room.begin("B-01")
    assert "Motif" in room.confirm.reason
    assert not room.works.confirm()
    room.works.write("reason", "câble")
    assert "Qui appeler" in room.confirm.reason
    assert not await room.sent()
    assert room.rig.said


async def test_it_goes_once_however_often_it_is_confirmed(room: Room) -> None:
    room.begin("B-01")
    room.fill()
    assert room.works.confirm()
    assert not room.works.confirm()
    assert len(await room.sent()) == 1


async def test_who_manages_lamps_alone_declares_lamps_and_no_sector() -> None:
    room = Room(session=LAMPS_ONLY)
    room.begin("EP-0001-D1-01", "B-01")
    room.fill()
    refused = room.place(f"{SECTOR}Centre")
    assert "secteur entier" in refused.reason
    room.works.choose(refused.key)
    assert room.rig.said[-1] == refused.reason
    assert "1 choisi est laissé" in room.works.cover[-1]
    room.works.confirm()
    assert [one.equipment_id for one in await room.sent()] == ["EP-0001-D1-01"]
    room.begin("B-01")
    assert "Borne" in room.confirm.reason
    room.works.close()


async def test_of_several_zones_a_refused_one_is_named_and_what_was_typed_stays(room: Room) -> None:
    room.begin("B-01", "B-02")
    room.refused.add("B-01")
    room.fill()
    room.works.confirm()
    assert len(await room.sent()) == 2, "the rest goes on"
    assert any(said.startswith("B-01") for said in room.rig.said)
    assert room.works.typed["reason"] == "câble"


async def test_more_zones_than_anybody_would_lift_again_are_not_declared(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.panels.safety.declaring.MOST_ZONES", 2)
    assert MOST_ZONES > 2
    room.begin("B-01", "B-02", "B-03")
    assert "au plus 2" in room.confirm.reason
    room.begin("B-01", "B-02")
    assert "au plus" not in room.confirm.reason


async def test_what_is_half_typed_survives_the_console(tmp_path: Path) -> None:
    room = Room(Drafts(tmp_path, "mireille", "ECL-1"))
    room.begin("B-01")
    room.works.write("reason", "câble à rempl")
    room.works.close()
    after = Room(Drafts(tmp_path, "mireille", "ECL-1"))
    assert after.works.typed["reason"] == "câble à rempl"
    after.begin("B-01")
    after.works.write("contact", "06")
    assert after.works.confirm()
    await after.rig.settle()
    assert Drafts(tmp_path, "mireille", "ECL-1").get("reason") == ""
    after.works.close()


async def test_a_lost_link_is_why_nothing_can_be_declared(room: Room) -> None:
    room.begin("B-01")
    room.fill()
    room.rig.feed(session=MANAGER, last_beat_mono_s=room.rig.clock.mono_s() - 60)
    room.rig.world.tick()
    assert room.confirm.reason == room.rig.context.text("acting.reason.not_live")
