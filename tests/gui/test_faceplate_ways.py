"""What a faceplate offers beside orders: the wall, the map, the alarm; and what is not there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import msgspec
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend_bridge.contract.alarms import Alarm, AlarmChange, AlarmState, Severity
from backend_bridge.contract.journal import AlarmEvent, HandsOffEvent, ServiceEvent
from backend_bridge.contract.order_requests import CheckChoices, ChoicesResult
from backend_bridge.contract.orders import ChoiceCheck
from backend_bridge.contract.points import (
    Catalogue,
    Equipment,
    EquipmentKind,
    PointChange,
    ServiceMark,
    SourceHeard,
)
from backend_bridge.contract.quality import Quality, ServiceState
from backend_bridge.contract.requests import AcknowledgeAlarm, GetAlarmGuides, Request
from backend_bridge.contract.results import AlarmGuidesResult, AlarmResult, Result
from backend_bridge.contract.safety import HandsOff
from console.app_calls import CameraCalls
from console.link.batch import LinkSession
from console.panels.faceplate import presenter as presenter_module
from console.panels.faceplate import targets as targets_module
from console.panels.faceplate.presenter import OTHER, FaceplatePresenter
from console.panels.faceplate.ways import ACKNOWLEDGE, MOST_CAMERAS, SHOW, WALL
from console.panels.rows import Action
from tests.fakes.acting_city import acting_city
from tests.fakes.panel_context import Desk
from ui.faceplate.panel import FaceplateView
from ui.widgets.buttons import ActionButton

LOOKER = LinkSession("paul", "Paul", "ECL-1", ("view:*", "operate:*"))


def city(*, metres_north: float = 200.0) -> Catalogue:
    """Return the city with ten cameras, the first one so far north of ``B-01``."""
    plain = acting_city()
    bollard = next(item for item in plain.equipment if item.id == "B-01")
    kinds = plain.kinds
    if not any(kind.key == "camera" for kind in kinds):
        kinds = (*kinds, EquipmentKind(key="camera", trade="police", points=()))
    cameras = tuple(
        Equipment(
            id=f"CAM-{number}",
            kind="camera",
            name=f"Place {number}",
            lon=bollard.lon,
            lat=bollard.lat + metres_north * number / 111_320,
            first_point=plain.points_total,
            number=number,
        )
        for number in range(1, 11)
    )
    others = tuple(item for item in plain.equipment if item.kind != "camera")
    return msgspec.structs.replace(plain, kinds=kinds, equipment=(*others, *cameras))


FIRST = {item.id: item.first_point for item in city().equipment}


class Room:
    """A faceplate over a fed world; the bridge refuses what a test says."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.rig = Desk()
        self.refused = ""
        self.rig.asked.script = self.answer
        self.rig.feed(catalogue=catalogue)
        self.watched: list[tuple[str, ...]] = []
        self.sought: list[str] = []
        self.rig.selection.subscribe_watched(self.watched.append)
        self.rig.selection.subscribe_sought(self.sought.append)
        self.panel = FaceplatePresenter(replace(self.rig.context, desk=NoDesk()))

    def answer(self, request: Request) -> Result:
        if isinstance(request, GetAlarmGuides):
            return AlarmGuidesResult(guides=())
        if isinstance(request, CheckChoices):
            one = ChoiceCheck(text_key=self.refused)
            return ChoicesResult(choices=(one,) * len(request.values))
        assert isinstance(request, AcknowledgeAlarm)
        return AlarmResult(alarm=alarm())

    async def choose(self, *ids: str) -> None:
        self.rig.selection.select_equipment(ids)
        await self.rig.settle()

    def way(self, key: str) -> Action:
        face = self.panel.face
        assert face is not None
        return next(one for one in face.ways if one.key == key)


class NoDesk:
    """Take wishes and do nothing with them."""

    def propose(self, _intent: object) -> object:
        return None

    def end_override(self, _override_id: str) -> None:
        return None


def alarm() -> Alarm:
    return Alarm(
        id="AL-1",
        rule="bollard_slow",
        severity=Severity.HIGH,
        equipment_id="B-01",
        equipment_kind="bollard",
        raised_ms=1,
    )


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    made = Room(city())
    yield made
    await made.rig.settle()
    made.panel.close()


async def test_a_camera_goes_to_the_wall_in_one_gesture(room: Room) -> None:
    await room.choose("CAM-3")
    assert room.way(WALL).label == "Au mur"
    room.panel.go(WALL)
    assert room.watched == [("CAM-3",)]
    room.panel.go(SHOW)
    assert room.sought == ["CAM-3"]


async def test_a_bollard_brings_its_nearest_camera_and_stays_chosen(room: Room) -> None:
    await room.choose("B-01")
    assert "Caméra 1 " in room.way(WALL).label
    assert "200" in room.way(WALL).label
    room.panel.go(WALL)
    assert room.watched == [("CAM-1",)]
    assert room.rig.selection.equipment_ids == ("B-01",)


async def test_where_no_camera_is_near_it_says_so() -> None:
    room = Room(city(metres_north=5_000.0))
    await room.choose("B-01")
    assert "Aucune caméra" in room.way(WALL).reason
    room.panel.go(WALL)
    assert room.watched == []
    assert room.rig.said[-1] == room.way(WALL).reason
    await room.rig.settle()
    room.panel.close()


async def test_more_cameras_than_anybody_watches_are_not_called_at_once(room: Room) -> None:
    await room.choose(*(f"CAM-{number}" for number in range(1, MOST_CAMERAS + 1)))
    room.panel.go(WALL)
    assert len(room.watched[0]) == MOST_CAMERAS
    await room.choose(*(f"CAM-{number}" for number in range(1, MOST_CAMERAS + 2)))
    room.panel.go(WALL)
    assert len(room.watched) == 1
    assert str(MOST_CAMERAS) in room.rig.said[-1]


async def test_an_alarm_nobody_saw_is_acknowledged_where_it_is_looked_at(room: Room) -> None:
    await room.choose("B-01")
    face = room.panel.face
    assert face is not None
    assert ACKNOWLEDGE not in [one.key for one in face.ways]
    room.rig.feed(events=[AlarmEvent(change=AlarmChange.RAISED, alarm=alarm())])
    assert room.way(ACKNOWLEDGE).reason == ""
    room.panel.go(ACKNOWLEDGE)
    await room.rig.settle()
    assert [one.alarm_id for one in room.rig.asked.of(AcknowledgeAlarm)] == ["AL-1"]
    room.rig.feed(session=LOOKER)
    assert room.way(ACKNOWLEDGE).reason
    seen = msgspec.structs.replace(alarm(), acknowledged=True)
    assert seen.state is AlarmState.ACKNOWLEDGED
    room.rig.feed(events=[AlarmEvent(change=AlarmChange.ACKNOWLEDGED, alarm=seen)])
    face = room.panel.face
    assert face is not None
    assert ACKNOWLEDGE not in [one.key for one in face.ways]


async def test_what_left_the_catalogue_is_not_called_unchosen(
    room: Room, dressed: QApplication, qtbot: QtBot
) -> None:
    view = FaceplateView(room.panel)
    qtbot.addWidget(view)
    await room.choose("B-01")
    view.show()
    plain = city()
    kept = tuple(item for item in plain.equipment if item.id != "B-01")
    room.rig.feed(catalogue=msgspec.structs.replace(plain, equipment=kept))
    assert room.panel.face is None
    assert room.panel.nothing[0].endswith("n’est plus là")
    assert not [one for one in view.findChildren(ActionButton) if one.isVisible()]
    await room.choose()
    assert room.panel.nothing[0] == room.rig.context.text("faceplate.none")
    view.release()


@pytest.mark.parametrize("equipment", ["B-01", "EP-0001-D1-01"])
async def test_when_everything_would_be_refused_the_heading_does_not_say_accepted(
    room: Room, equipment: str
) -> None:
    room.refused = "error.command.device_down"
    await room.choose(equipment)
    face = room.panel.face
    assert face is not None
    assert all(one.reason for one in face.options if one.key != OTHER)
    assert face.offered == room.rig.context.text("faceplate.none_offered")


async def test_of_more_than_were_asked_about_none_is_called_refused(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presenter_module, "CHECKED_AT_MOST", 2)
    room.refused = "error.command.device_down"
    await room.choose("B-01", "B-02")
    face = room.panel.face
    assert face is not None
    assert all(one.reason for one in face.options)
    await room.choose("B-01", "B-02", "B-03")
    face = room.panel.face
    assert face is not None
    assert not any(one.reason for one in face.options)


async def test_what_no_act_touches_is_counted_beside_the_title(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    await room.choose("EP-0001", "B-01")
    face = room.panel.face
    assert face is not None
    assert face.code == "EP-0001"
    assert face.place.endswith("1 autre laissé tel quel")
    monkeypatch.setattr(targets_module, "LARGEST_ORDER", 2)
    await room.choose("B-01", "B-02", "B-03")
    face = room.panel.face
    assert face is not None
    assert face.place.endswith("1 au-delà de ce qu’un ordre prend, laissé tel quel")


async def test_of_many_those_in_technicians_hands_are_told_apart(room: Room) -> None:
    at = room.rig.clock.now_ms()
    good = [PointChange(FIRST[key] + 1, 100, Quality.GOOD, at, 0) for key in ("B-01", "B-02")]
    room.rig.feed(changes=good, heard=[SourceHeard(0, at)])
    zone = HandsOff(
        id="z",
        equipment_id="B-01",
        sector="",
        reason="vérin",
        contact="06 12",
        by="karim",
        seat="lighting",
        since_ms=at,
        until_ms=at + 3_600_000,
        equipment_kind="bollard",
    )
    room.rig.feed(events=[HandsOffEvent(zone=zone)])
    await room.choose("B-01", "B-02")
    face = room.panel.face
    assert face is not None
    assert [box.state for box in face.boxes] == ["hands", "programme"]
    assert "mains de techniciens" in face.boxes_text


class Wall:
    """A wall that shows cameras by their number."""

    def __init__(self) -> None:
        self.shown: list[int] = []

    def call_number(self, number: int) -> bool:
        self.shown.append(number)
        return True


def test_cameras_shown_on_the_wall_leave_what_is_chosen() -> None:
    rig = Desk()
    rig.feed(catalogue=city())
    rig.selection.select_equipment(("B-01",))
    calls = CameraCalls(rig.world, rig.selection, rig.context.notify)
    wall = Wall()
    calls.show(("CAM-1", "CAM-2", "B-01"), [object(), wall])
    assert wall.shown == [1, 2]
    assert rig.selection.equipment_ids == ("B-01",)
    calls.show(("CAM-1",), [object()])
    assert len(rig.said) == 3
    assert rig.said[-1] != rig.said[0], "a seat without a wall says so"


async def test_what_is_out_of_service_shows_that_and_no_value(room: Room) -> None:
    at = room.rig.clock.now_ms()
    lamp = "EP-0001-D1-01"
    changes = [
        PointChange(FIRST[lamp], 70, Quality.GOOD, at, 0),
        PointChange(FIRST["B-01"], 100, Quality.GOOD, at, 0),
    ]
    room.rig.feed(changes=changes, heard=[SourceHeard(0, at)])
    await room.choose(lamp)
    face = room.panel.face
    assert face is not None
    assert face.level is not None
    assert (face.level.reported, face.level.quality) == (0.7, "good")
    assert face.level.marks[-1].endswith("%")
    for key, kind in ((lamp, "lamp"), ("B-01", "bollard")):
        mark = ServiceMark(
            equipment_id=key, state=ServiceState.DISABLED, by="paul", reason="nid", since_ms=at
        )
        room.rig.feed(events=[ServiceEvent(mark=mark, equipment_kind=kind)])
    face = room.panel.face
    assert face is not None
    assert face.level is not None
    assert (face.level.reported, face.level.quality) == (None, "disabled")
    assert face.title == room.rig.context.text("service.disabled")
    await room.choose("B-01")
    face = room.panel.face
    assert face is not None
    assert face.post is not None
    assert (face.post.up, face.post.quality) == (None, "disabled")
