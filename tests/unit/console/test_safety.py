"""Works and interlocks: what stands, who may end it, and what says why not."""

from __future__ import annotations

from collections.abc import AsyncIterator

import msgspec
import pytest

from backend_bridge.contract.journal import Event, HandsOffEvent, InterlockEvent, ServiceEvent
from backend_bridge.contract.points import ServiceMark
from backend_bridge.contract.quality import ServiceState
from backend_bridge.contract.requests import GetTrend, Request, SetServiceState
from backend_bridge.contract.results import Result, ServiceResult, TrendResult
from backend_bridge.contract.safety import (
    ArmInterlock,
    GetInterlocks,
    HandsOff,
    HandsOffResult,
    Interlock,
    InterlockMark,
    InterlocksResult,
    LiftHandsOff,
    SetHandsOff,
)
from console.link.batch import LinkSession
from console.panels.equipment import EquipmentPresenter
from console.panels.safety.forms import DAY_S, FOR_EVER, HOUR_S
from console.panels.safety.presenter import ASK_AGAIN_S, SafetyPresenter
from console.panels.safety.works import BACK, DISABLE, HANDS, LIFT, MAINTENANCE, Works
from console.panels.safety.zones import zone_over
from tests.fakes.acting_city import acting_city
from tests.fakes.panel_context import Desk, texts

CITY = acting_city()
CHIEF = LinkSession("mireille", "Mireille", "ECL-1", ("view:*", "manage:*", "configure:*"))
LOOKER = LinkSession("paul", "Paul", "ECL-1", ("view:*",))


def interlock(rule: str, *ids: str, armed: bool = False) -> Interlock:
    mark = InterlockMark(
        interlock_id=f"{rule}/{ids[0]}",
        armed=armed,
        fingerprint="5f8a1b2c3d4e",
        by="bridge",
        since_ms=1,
        reason="interlock.reason.changed",
    )
    return Interlock(
        id=mark.interlock_id, rule=rule, equipment_ids=ids, watched_ids=ids[:1], mark=mark
    )


class Room:
    """A fed world, a bridge that keeps what it is told, and the panel."""

    def __init__(self, session: LinkSession = CHIEF, *, answers: bool = True) -> None:
        self.rig = Desk()
        self.locks = [
            interlock("bollard_clear", "B-01"),
            interlock("bollard_clear", "B-03", armed=True),
        ]
        self.rig.asked.script = self.answer if answers else None
        self.session = session
        self.rig.feed(catalogue=CITY, session=session)
        self.panel = SafetyPresenter(self.rig.context)
        self.works = Works(self.rig.context)

    def answer(self, request: Request) -> Result:
        match request:
            case GetInterlocks():
                return InterlocksResult(interlocks=tuple(self.locks))
            case ArmInterlock():
                found = self.locks[0]
                mark = msgspec.structs.replace(found.mark, armed=True, by="mireille")
                self.locks[0] = msgspec.structs.replace(found, mark=mark)
                return InterlocksResult(interlocks=(self.locks[0],))
            case SetHandsOff() | LiftHandsOff():
                return HandsOffResult(zone=self.zone())
            case GetTrend():
                return TrendResult(points=())
            case SetServiceState():
                return ServiceResult(mark=self.mark())
            case _:
                raise AssertionError(request)

    def zone(self, **more: object) -> HandsOff:
        now_ms = self.rig.clock.now_ms()
        plain = HandsOff(
            id="z",
            equipment_id="EP-0001",
            sector="",
            reason="contacteur",
            contact="06 12 34 56 78",
            by="karim",
            seat="lighting",
            since_ms=now_ms,
            until_ms=now_ms + 3_600_000,
            equipment_kind="cabinet",
        )
        return msgspec.structs.replace(plain, **more)

    def mark(self) -> ServiceMark:
        return ServiceMark(
            equipment_id="B-02",
            state=ServiceState.DISABLED,
            by="paul",
            reason="nid",
            since_ms=self.rig.clock.now_ms(),
        )

    def tell(self, *events: Event) -> None:
        self.rig.feed(events=events, session=self.session)

    def edit(self) -> None:
        self.rig.world.edit(self.rig.clock.now_ms() + 900_000)

    def act(self) -> tuple[str, str]:
        action = self.panel.actions[0]
        return action.key, action.reason


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    made = Room()
    yield made
    await made.rig.settle()
    made.panel.close()


async def test_everything_that_stands_is_listed_zones_first(room: Room) -> None:
    await room.rig.settle()
    room.tell(
        ServiceEvent(mark=room.mark(), equipment_kind="bollard"), HandsOffEvent(zone=room.zone())
    )
    assert [row.id for row in room.panel.rows] == ["zone:z", "lock:bollard_clear/B-01", "mark:B-02"]
    counts = {scope.key: scope.count for scope in room.panel.scopes}
    assert counts == {"now": 3, "zones": 1, "disarmed": 1, "out": 1, "locks": 2}
    assert "06 12 34 56 78" in room.panel.rows[0].said
    room.panel.set_filter("nid")
    assert [row.id for row in room.panel.rows] == ["mark:B-02"]


async def test_before_the_bridge_named_them_nobody_knows_of_interlocks() -> None:
    room = Room()
    room.panel.set_scope("disarmed")
    assert room.panel.nothing[0] == "Verrouillages pas encore lus"
    await room.rig.settle()
    assert len(room.panel.rows) == 1


async def test_somebody_elses_zone_is_lifted_in_edit_mode_only(room: Room) -> None:
    await room.rig.settle()
    room.tell(HandsOffEvent(zone=room.zone()))
    room.panel.choose("zone:z")
    key, reason = room.act()
    assert key == "lift"
    assert "Ctrl\u00a0E" in reason
    room.panel.do("lift")
    assert not room.rig.asked.of(LiftHandsOff)
    assert room.rig.said[-1] == reason
    room.edit()
    assert room.act() == ("lift", "")
    room.panel.do("lift")
    await room.rig.settle()
    assert [asked.id for asked in room.rig.asked.of(LiftHandsOff)] == ["z"]


async def test_who_set_a_zone_lifts_it_without_edit_mode() -> None:
    room = Room(LinkSession("karim", "Karim", "ECL-1", ("view:*", "manage:*")))
    await room.rig.settle()
    room.tell(HandsOffEvent(zone=room.zone()))
    room.panel.choose("zone:z")
    assert room.act() == ("lift", "")


async def test_arming_names_the_configuration_that_was_looked_at(room: Room) -> None:
    await room.rig.settle()
    room.panel.choose("lock:bollard_clear/B-01")
    assert "5f8a1b2c3d4e" in room.panel.chosen_lines[1][0]
    assert "Ctrl\u00a0E" in room.act()[1]
    room.edit()
    room.panel.do("arm", "boucle essayée")
    await room.rig.settle()
    (asked,) = room.rig.asked.of(ArmInterlock)
    assert (asked.fingerprint, asked.reason) == ("5f8a1b2c3d4e", "boucle essayée")
    assert [row.id for row in room.panel.rows] == []
    assert room.act()[0] == "show", "what left the list is not acted on"
    assert room.panel.chosen_lines == ()
    room.panel.set_scope("locks")
    assert room.act() == ("show", ""), "an armed one has no act of its own"


async def test_an_interlock_that_was_taken_out_is_taken_note_of(room: Room) -> None:
    gone = interlock("quay_free", "B-02")
    mark = msgspec.structs.replace(gone.mark, reason="interlock.reason.removed", fingerprint="")
    room.locks.insert(0, msgspec.structs.replace(gone, mark=mark, watched_ids=()))
    room.tell(InterlockEvent(mark=room.locks[1].mark))
    await room.rig.settle()
    room.edit()
    room.panel.choose("lock:quay_free/B-02")
    assert "Retiré" in next(row for row in room.panel.rows if row.id == room.panel.chosen).said
    assert room.panel.actions[0].label == "Prendre acte"
    room.panel.do("arm", "règle abandonnée")
    await room.rig.settle()
    assert [asked.fingerprint for asked in room.rig.asked.of(ArmInterlock)] == [""]


async def test_an_interlock_the_journal_names_is_asked_for_again(room: Room) -> None:
    await room.rig.settle()
    room.locks[0] = interlock("bollard_clear", "B-01", armed=True)
    room.tell(InterlockEvent(mark=room.locks[0].mark))
    await room.rig.settle()
    assert len(room.rig.asked.of(GetInterlocks)) == 2
    room.panel.set_scope("disarmed")
    assert not room.panel.rows


async def test_a_refused_question_is_asked_again_after_a_while() -> None:
    room = Room(answers=False)
    await room.rig.settle()
    room.tell()
    await room.rig.settle()
    assert len(room.rig.asked.of(GetInterlocks)) == 1, "not at every word from the bridge"
    assert len(room.rig.said) == 1
    room.rig.clock.advance(ASK_AGAIN_S)
    room.rig.asked.script = room.answer
    room.tell()
    room.rig.world.tick()
    await room.rig.settle()
    assert [row.id for row in room.panel.rows] == ["lock:bollard_clear/B-01"]


async def test_back_in_service_takes_a_reason(room: Room) -> None:
    await room.rig.settle()
    room.tell(ServiceEvent(mark=room.mark(), equipment_kind="bollard"))
    room.edit()
    room.panel.choose("mark:B-02")
    assert room.panel.actions[0].wants_text
    room.panel.do("back", "nid retiré")
    await room.rig.settle()
    (asked,) = room.rig.asked.of(SetServiceState)
    assert (asked.equipment_id, asked.state) == ("B-02", ServiceState.IN_SERVICE)
    assert asked.reason == "nid retiré"


async def test_a_zone_covers_what_hangs_below_and_its_sector(room: Room) -> None:
    world = room.rig.world
    lamp, other = (world.equipment.get(key) for key in ("EP-0001-D1-01", "EP-0002-D1-01"))
    assert lamp is not None
    assert other is not None
    assert zone_over(world, lamp) is None
    room.tell(HandsOffEvent(zone=room.zone()))
    assert zone_over(world, lamp) == room.zone()
    assert zone_over(world, other) is None
    wide = room.zone(id="s", equipment_id="", sector=other.sector)
    room.tell(HandsOffEvent(zone=wide))
    assert zone_over(world, other) == wide


async def test_the_equipment_panel_says_who_has_hands_in_it(room: Room) -> None:
    panel = EquipmentPresenter(room.rig.context)
    room.rig.selection.select_equipment(("EP-0001-D1-01",))

    def shown() -> tuple[ServiceState, str]:
        assert panel.detail is not None
        return panel.detail.service_state, panel.detail.service

    assert shown() == (ServiceState.IN_SERVICE, "")
    room.tell(HandsOffEvent(zone=room.zone()))
    state, words = shown()
    assert state is ServiceState.MAINTENANCE
    assert "contacteur" in words
    room.tell(HandsOffEvent(zone=room.zone(lifted_ms=1)))
    assert shown() == (ServiceState.IN_SERVICE, "")
    await room.rig.settle()
    panel.close()


async def test_what_may_be_declared_says_why_not(room: Room) -> None:
    bollard = room.rig.world.equipment.get("B-01")
    assert bollard is not None
    reasons = {one.key: one.reason for one in room.works.actions(bollard)}
    assert reasons["hands"] == ""
    assert "Ctrl\u00a0E" in reasons["maintenance"]
    room.edit()
    assert not any(one.reason for one in room.works.actions(bollard))
    room.rig.feed(session=LOOKER)
    reasons = {one.key: one.reason for one in room.works.actions(bollard)}
    assert all(reasons.values())
    assert len(set(reasons.values())) == 2
    await room.rig.settle()


async def test_a_form_gives_reason_contact_and_an_end(room: Room) -> None:
    rig = room.rig
    bollard = rig.world.equipment.get("B-01")
    assert bollard is not None
    form = room.works.form("hands", bollard)
    assert form is not None
    assert [line.key for line in form.lines] == ["reason", "contact"]
    choice = form.choices[0].key
    lines = {"reason": "vérin", "contact": "06 12"}
    assert await room.works.declare("hands", bollard, lines, choice)
    (asked,) = rig.asked.of(SetHandsOff)
    assert (asked.equipment_id, asked.contact, asked.reason) == ("B-01", "06 12", "vérin")
    assert asked.until_ms == rig.clock.now_ms() + round(2 * HOUR_S * 1000)
    await rig.settle()


@pytest.mark.parametrize(
    ("key", "choice", "state", "lasts_s"),
    [
        ("maintenance", f"{7 * DAY_S:.0f}", ServiceState.MAINTENANCE, 7 * DAY_S),
        ("disable", FOR_EVER, ServiceState.DISABLED, None),
    ],
)
async def test_works_end_when_they_were_said_to(
    room: Room, key: str, choice: str, state: ServiceState, lasts_s: float | None
) -> None:
    rig = room.rig
    bollard = rig.world.equipment.get("B-01")
    assert bollard is not None
    form = room.works.form(key, bollard)
    assert form is not None
    assert choice in [one.key for one in form.choices]
    assert await room.works.declare(key, bollard, {"reason": "vérin"}, choice)
    (asked,) = rig.asked.of(SetServiceState)
    ends_ms = None if lasts_s is None else rig.clock.now_ms() + round(lasts_s * 1000)
    assert (asked.state, asked.until_ms) == (state, ends_ms)
    await rig.settle()


def test_every_text_that_is_put_together_exists_in_both_languages() -> None:
    acts = (HANDS, LIFT, MAINTENANCE, DISABLE, BACK)
    scopes = [scope.key for scope in SafetyPresenter(Desk().context).scopes]
    wanted = {f"safety.act.{key}" for key in (*acts, "arm", "note")}
    wanted |= {f"safety.done.{key}" for key in (*acts, "arm")}
    wanted |= {f"safety.form.{key}" for key in acts if key != LIFT}
    wanted |= {f"safety.what.{key}" for key in ("zone", "armed", "disarmed", "removed")}
    wanted |= {f"safety.reason.no_{key}" for key in ("manage", "configure")}
    wanted |= {f"safety.{part}.{key}" for part in ("scope", "none") for key in scopes}
    wanted |= {f"safety.none.{key}.body" for key in scopes}
    for language in ("fr", "en"):
        assert not wanted - texts(language).keys(), language
    assert texts("fr").keys() >= {key for key in texts("en") if key.startswith("safety.")}


async def test_what_is_half_typed_survives_a_refusal_and_the_console() -> None:
    room = Room()
    bollard = room.rig.world.equipment.get("B-01")
    assert bollard is not None
    room.works.keep(HANDS, bollard, "reason", "vérin à chang")
    room.rig.asked.script = None
    assert not await room.works.declare(HANDS, bollard, {"reason": "vérin"}, f"{HOUR_S:.0f}")
    await room.rig.settle()
    room.panel.close()

    after = Room()  # another console, after a crash of the first
    form = after.works.form(HANDS, bollard)
    assert form is not None
    assert [line.typed for line in form.lines] == ["vérin à chang", ""]
    other = after.works.form(MAINTENANCE, bollard)
    assert other is not None
    assert other.lines[0].typed == "", "of the same act on the same thing alone"
    lines = {"reason": "vérin à changer", "contact": "06 12"}
    assert await after.works.declare(HANDS, bollard, lines, f"{2 * HOUR_S:.0f}")
    again = after.works.form(HANDS, bollard)
    assert again is not None
    assert again.lines[0].typed == "", "what the bridge took stands in the journal"
    await after.rig.settle()
    after.panel.close()
