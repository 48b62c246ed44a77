"""What is found as somebody types, in which order, and what choosing it does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec
import pytest

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.incidents import IncidentState
from backend_bridge.contract.points import Catalogue, Equipment
from backend_bridge.contract.requests import FindPlaces, Request
from backend_bridge.contract.results import Place, PlaceKind, PlacesResult, Result, SituationResult
from console.link.batch import LinkPhase
from console.panels.search import CitySearch, Hit, SearchPresenter, Spot
from console.panels.search import presenter as module
from tests.fakes.panel_context import Desk
from tests.fakes.small_city import incident, small_city
from tests.fakes.waiting import until

STREET = Place(text="Rue de Longvic", kind=PlaceKind.STREET, lon=5.05, lat=47.31, commune="Dijon")
HOUSE = Place(
    text="12 Rue de Longvic", kind=PlaceKind.ADDRESS, lon=5.051, lat=47.311, commune="Dijon"
)
CAMERA = Equipment(
    id="CAM-012", kind="camera", name="Carrefour", lon=5.0, lat=47.3, first_point=0, number=12
)


@dataclass
class Act:
    label: str
    detail: str = ""
    icon: str = ""
    shortcut: str = ""
    reason: str = ""
    done: int = field(default=0)

    def run(self) -> None:
        self.done += 1


class Room:
    """A search field, what it was answered, and where a map was sent."""

    def __init__(self, commands: tuple[Act, ...] = (), *, has_map: bool = True) -> None:
        self.desk = Desk()
        self.spots: list[Spot] = []
        self.places: Callable[[FindPlaces], PlacesResult] = lambda _: PlacesResult(places=())
        self.desk.asked.script = self._answer
        self.has_map = has_map
        self.city = CitySearch(self.desk.world, self.desk.context.text, self.desk.context.spawn)
        self.search = SearchPresenter(self.desk.context, self.city, self._go, lambda: commands)

    async def open(self, catalogue: Catalogue | None = None) -> None:
        city = catalogue or small_city()
        city = msgspec.structs.replace(city, equipment=(*city.equipment, CAMERA))
        situation = SituationResult(
            seq=0, alarms=(), incidents=(incident(1), incident(31)), service=()
        )
        self.desk.feed(catalogue=city, situation=situation)
        await self.desk.settle()
        self.search.begin()

    async def type(self, typed: str) -> list[str]:
        self.search.type(typed)
        await self.desk.settle()
        return [hit.title for hit in self.search.rows]

    @property
    def proposed(self) -> Hit | None:
        row = self.search.proposed
        return self.search.rows[row] if row >= 0 else None

    def _answer(self, request: Request) -> Result:
        assert isinstance(request, FindPlaces)
        return self.places(request)

    def _go(self, spot: Spot) -> bool:
        self.spots.append(spot)
        return self.has_map


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "QUIET_S", 0.0)
    monkeypatch.setattr("console.panels.search.city.START_AFTER_S", 0.0)


async def test_rows_of_the_console_are_there_before_anything_is_asked() -> None:
    room = Room()
    await room.open()
    room.search.type("EP-0002")

    assert room.search.rows[0].title == "EP-0002"
    assert room.proposed is room.search.rows[0]
    assert room.desk.asked.requests == []
    await room.desk.settle()
    assert room.desk.asked.requests == [FindPlaces(text="EP-0002", limit=module.PLACES)]


@pytest.mark.parametrize("typed", ["12", "012", "c12", "cam 12", "Caméra 12"])
async def test_a_camera_is_called_by_its_number(typed: str) -> None:
    room = Room()
    await room.open()
    await room.type(typed)

    hit = room.proposed
    assert hit is not None
    assert (hit.title, hit.key, hit.icon) == ("Caméra 12", "CAM-012", "mdi6.cctv")
    assert room.search.enter(room.search.proposed)
    assert room.desk.selection.equipment_ids == ("CAM-012",)
    assert room.spots == [Spot(5.0, 47.3)]


async def test_what_hangs_on_nothing_comes_before_its_lamps() -> None:
    room = Room()
    await room.open()
    found = [title for title in await room.type("longvic") if not title.startswith("INC")]

    assert found[0] == "EP-0003"  # the cabinet of Rue de Longvic, then its feeder and lamps
    assert all(title.startswith("EP-0003-") for title in found[1:])


@pytest.mark.parametrize("typed", ["INC-31", "inc 31", "31"])
async def test_an_incident_is_opened_with_its_equipment(typed: str) -> None:
    room = Room()
    await room.open()
    await room.type(typed)
    hit = room.proposed
    assert hit is not None
    assert hit.key == "INC-31"
    assert room.search.enter(room.search.proposed)

    wanted = room.desk.world.incidents.by_id["INC-31"]
    assert room.desk.selection.incident_id == "INC-31"
    assert room.desk.selection.equipment_ids == (wanted.equipment_id,)
    assert room.spots == [Spot(wanted.lon, wanted.lat)]


async def test_incidents_follow_the_journal() -> None:
    room = Room()
    await room.open()
    assert await room.type("longvic brigade") == []
    given = msgspec.structs.replace(
        incident(1), version=9, place="Rue de Longvic", assigned_to="Brigade 7"
    )
    room.desk.feed(situation=SituationResult(seq=1, alarms=(), incidents=(given,), service=()))

    found = await room.type("longvic brigade")
    assert found
    assert found[0].startswith("INC-1 ")
    assert given.state is not IncidentState.CLOSED


async def test_places_come_beneath_and_the_first_is_proposed() -> None:
    room = Room()
    room.places = lambda _: PlacesResult(places=(HOUSE, STREET), more=True)
    await room.open()
    room.search.type("12 rue de longvic")
    above = room.search.rows
    assert room.search.proposed == -1  # not known yet: Enter must not take a lamp
    await room.desk.settle()

    assert room.search.rows[: len(above)] == above  # nothing moved
    assert [hit.title for hit in room.search.rows[len(above) :]] == [HOUSE.text, STREET.text]
    assert room.proposed is room.search.rows[len(above)]
    assert room.search.enter(room.search.proposed)
    assert room.spots == [Spot(HOUSE.lon, HOUSE.lat, HOUSE.text)]
    assert room.desk.selection.equipment_ids == ()
    assert "D’autres réponses existent" in room.search.note


async def test_enter_before_the_answer_takes_the_place_when_it_comes() -> None:
    room = Room()
    room.places = lambda _: PlacesResult(places=(HOUSE,))
    await room.open()
    room.search.type("12 rue de longvic")
    assert not room.search.enter(room.search.proposed)
    assert room.spots == []
    await room.desk.settle()

    assert room.spots == [Spot(HOUSE.lon, HOUSE.lat, HOUSE.text)]
    assert room.search.taken == 1


async def test_typing_on_takes_enter_back() -> None:
    room = Room()
    room.places = lambda _: PlacesResult(places=(HOUSE,))
    await room.open()
    room.search.type("12 rue de longvic")
    room.search.enter(-1)
    room.search.type("12 rue de longvic x")
    await room.desk.settle()

    assert room.spots == []


async def test_only_the_last_text_is_asked_for() -> None:
    room = Room()
    room.places = lambda request: PlacesResult(
        places=(msgspec.structs.replace(STREET, text=request.text),)
    )
    await room.open()
    for typed in ("ru", "rue", "rue z"):
        room.search.type(typed)
    await room.desk.settle()

    assert [request.text for request in room.desk.asked.of(FindPlaces)] == ["rue z"]
    assert room.search.rows[-1].title == "rue z"


async def test_a_number_alone_or_one_letter_asks_the_bridge_nothing() -> None:
    room = Room()
    await room.open()
    for typed in ("12", "e", "", "  ", "-"):
        await room.type(typed)
    assert room.desk.asked.requests == []


async def test_nothing_found_says_what_was_sought() -> None:
    room = Room()
    await room.open()
    assert await room.type("zzz zzz") == []

    assert "« zzz zzz »" in room.search.note.replace("\u00a0", " ")
    assert room.search.proposed == -1


async def test_without_a_bridge_equipment_is_found_and_addresses_are_said_not_to_be() -> None:
    room = Room()
    await room.open()
    room.desk.feed(phase=LinkPhase.CONNECTING)
    found = await room.type("longvic")

    assert "EP-0003" in found
    assert room.search.proposed == 0
    assert "Pont injoignable" in room.search.note
    assert room.desk.asked.requests == []
    assert await room.type("zzz") == []
    assert "« zzz »" in room.search.note.replace("\u00a0", " ")
    assert "Pont injoignable" in room.search.note


async def test_a_refusal_is_said_and_what_was_found_stays() -> None:
    def refuse(_: FindPlaces) -> PlacesResult:
        raise RequestError(ErrorCode.UNAVAILABLE, "error.places.unread")

    room = Room()
    room.places = refuse
    await room.open()
    found = await room.type("longvic")

    assert "EP-0003" in found
    assert room.search.proposed == 0
    assert "adresses de la ville" in room.search.note


async def test_a_slip_of_a_finger_finds_the_act_and_the_equipment() -> None:
    room = Room((Act("Préférences"), Act("Palette")))
    await room.open()
    assert await room.type("prefrences") == ["Préférences"]
    assert await room.type("preferances") == ["Préférences"]
    right = await room.type("armoire EP-0001")
    assert right
    assert await room.type("amroire EP-0001") == right
    assert await room.type("armoire EP-0099") == [], "a number is never taken for another"


async def test_commands_are_found_by_the_beginnings_of_their_words() -> None:
    take, close = Act("Prendre", "File", shortcut="F5"), Act("Clore", reason="encore active")
    room = Room((take, close))
    await room.open()
    assert await room.type("pren") == ["Prendre"]
    assert room.search.rows[0].shortcut == "F5"
    assert room.search.enter(0)
    assert take.done == 1
    await room.type("clo")
    assert room.search.rows[0].detail == "encore active"
    room.search.enter(0)  # says why not by itself
    assert close.done == 1


async def test_a_place_without_a_map_is_said() -> None:
    room = Room(has_map=False)
    room.places = lambda _: PlacesResult(places=(STREET,))
    await room.open()
    await room.type("rue de zz")
    room.search.enter(room.search.proposed)

    assert any("Rue de Longvic" in said for said in room.desk.said)


async def test_another_catalogue_replaces_what_is_found() -> None:
    room = Room()
    await room.open()
    assert await room.type("EP-0003")
    room.desk.feed(catalogue=small_city(2, revision="rev-2"))
    await room.desk.settle()

    assert await room.type("EP-0003") == []
    assert (await room.type("EP-0002"))[0] == "EP-0002"


async def test_the_index_is_made_in_short_turns_and_says_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("console.panels.search.city.SLICE_S", 0.0)
    room = Room()
    room.desk.feed(catalogue=small_city(40))
    room.search.type("EP-0001")
    turns = 0
    while room.city.progress < 1:
        turns += 1
        assert "Équipements en cours de lecture" in room.search.note or turns == 1
        await asyncio.sleep(0)

    assert turns > 100
    await until(lambda: bool(room.search.rows), what="the rows once the index is there")
    await room.desk.settle()


async def test_who_wants_to_search_does_not_wait_for_the_first_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("console.panels.search.city.START_AFTER_S", 60.0)
    room = Room()
    room.desk.feed(catalogue=small_city())
    await asyncio.sleep(0)
    assert room.city.progress < 1
    room.search.begin()
    await room.desk.settle()

    assert room.city.progress == 1


async def test_closing_drops_what_is_under_way() -> None:
    room = Room()
    room.places = lambda _: PlacesResult(places=(STREET,))
    await room.open()
    room.search.type("rue de zz")
    room.search.close()
    room.city.close()
    await room.desk.settle()

    assert room.search.rows == ()
