"""The wall's presenter: by whose leave a picture shows, what each tile says, what a person does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import msgspec
import pytest

from backend_bridge.contract.alarms import Severity
from backend_bridge.contract.compositions import Composition, CompositionChange, WallScreen
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.incidents import IncidentChange, IncidentState
from backend_bridge.contract.journal import CompositionEvent, IncidentEvent, ServiceEvent
from backend_bridge.contract.points import ServiceMark
from backend_bridge.contract.quality import ServiceState
from backend_bridge.contract.requests import OpenStream, ReleaseStream, SaveComposition
from backend_bridge.contract.results import SituationResult
from console.link.batch import LinkSession
from console.panels.wall.presenter import WallPresenter
from console.video.states import StreamState, StreamStatus
from tests.fakes.wall_city import CITY, LAT, Wall, incident

RESERVED = RequestError(ErrorCode.REFUSED, "error.stream.reserved", {"seats": "police"})
EXPIRED = RequestError(ErrorCode.CONFLICT, "error.stream.expired")


@pytest.fixture
async def wall() -> AsyncIterator[Wall]:
    made = Wall()
    yield made
    await made.close()


def marked(state: ServiceState, camera: str = "CAM-001") -> ServiceEvent:
    mark = ServiceMark(
        equipment_id=camera, state=state, by="alice", reason="mât renversé", since_ms=0
    )
    return ServiceEvent(mark=mark, equipment_kind="camera")


async def test_nothing_is_decoded_before_the_bridge_gives_leave(wall: Wall) -> None:
    wall.presenter.set_side(1)
    wall.presenter.set_sizes({0: (300, 160)})
    wall.presenter.show_cameras(["CAM-001"])
    assert wall.pictures.holds == []
    assert wall.state() == "connecting"
    await wall.desk.settle()
    (hold,) = wall.pictures.holds
    assert (hold.camera, hold.size) == ("CAM-001", (300, 160))
    assert hold.address == "http://127.0.0.1:9/camera/001?width=320&height=180"


async def test_a_camera_that_leaves_the_wall_gives_its_leave_back(wall: Wall) -> None:
    await wall.stand(1, side=1)
    ticket = wall.presenter._stage.leaves.of("CAM-001").ticket
    assert ticket is not None
    wall.presenter.do("empty")
    await wall.desk.settle()
    assert wall.desk.asked.of(ReleaseStream) == [ReleaseStream(ticket=ticket.ticket)]
    assert wall.pictures.live == []


async def test_a_leave_is_renewed_in_time_under_the_same_ticket(wall: Wall) -> None:
    await wall.stand(1, side=1)
    await wall.pass_s(150)
    asked = wall.desk.asked.of(OpenStream)
    assert [request.ticket for request in asked[:3]] == ["", "T-1", "T-1"]
    assert 4 <= len(asked) <= 8
    assert len(wall.pictures.holds) == 1, "the stream goes on"


async def test_without_the_bridge_the_picture_goes_when_its_leave_ends_and_not_before(
    wall: Wall,
) -> None:
    await wall.stand(1, side=1)
    wall.pictures.show("CAM-001")
    wall.leaver.silent = True
    await wall.pass_s(50)
    assert wall.state() == "live"
    await wall.pass_s(12)
    assert wall.state() == "refused"
    assert wall.presenter.rows[0].cause == "le pont ne répond plus, l’image est retirée"
    assert wall.pictures.live == []
    wall.leaver.silent = False
    await wall.pass_s(3)
    assert wall.state() == "live"


async def test_a_bridge_that_restarted_is_asked_anew_and_the_picture_stays(wall: Wall) -> None:
    await wall.stand(1, side=1)
    wall.pictures.show("CAM-001")
    real, wall.desk.asked.script = wall.desk.asked.script, None
    assert real is not None

    def forgot(request: object) -> object:
        if isinstance(request, OpenStream) and request.ticket:
            raise EXPIRED
        return real(request)  # type: ignore[arg-type]  # handed on as it came

    wall.desk.asked.script = forgot  # type: ignore[assignment]  # answers as the real one
    await wall.pass_s(32)
    assert wall.desk.asked.of(OpenStream)[-1].ticket == ""
    assert wall.state() == "live"


async def test_forbidden_here_says_for_whom_it_is_and_shows_nothing(wall: Wall) -> None:
    wall.leaver.refused["CAM-001"] = RESERVED
    await wall.stand(1, 2)
    row = wall.presenter.rows[0]
    assert (row.state, row.word, row.cause) == (
        "forbidden",
        "INTERDITE ICI",
        "réservée\u00a0: Police",
    )
    assert [hold.camera for hold in wall.pictures.live] == ["CAM-002"]


@pytest.mark.parametrize(
    ("state", "word"),
    [(ServiceState.DISABLED, "HORS SERVICE"), (ServiceState.MAINTENANCE, "EN TRAVAUX")],
)
async def test_out_of_service_takes_the_picture_away_at_once(
    wall: Wall, state: ServiceState, word: str
) -> None:
    await wall.stand(1, side=1)
    wall.pictures.show("CAM-001")
    wall.desk.feed(events=[marked(state)])
    row = wall.presenter.rows[0]
    assert (row.state, row.word) == (state.value, word)
    assert "alice" in row.cause
    assert wall.pictures.live == []
    wall.desk.feed(events=[marked(ServiceState.IN_SERVICE)])
    await wall.pass_s(1)
    assert wall.state() == "live"


@pytest.mark.parametrize(
    ("stream", "word", "cause"),
    [
        (StreamStatus(StreamState.LATE, 2.45, 1), "EN RETARD 2,4\u00a0s", ""),
        (
            StreamStatus(StreamState.FROZEN, 0.1, still_s=8.3),
            "FIGÉE 8\u00a0s",
            "liaison bonne, même image",
        ),
        (StreamStatus(StreamState.LOST, None, 9, "refused"), "PERDUE", "ne répond pas · essai 9"),
        (
            StreamStatus(StreamState.CONNECTING, reason="worker"),
            "CONNEXION",
            "le décodage redémarre",
        ),
        (StreamStatus(StreamState.BLACK, 0.1), "OBSCURCIE", "liaison bonne, rien sur l’image"),
    ],
)  # fmt: skip
async def test_each_state_of_a_stream_is_said_in_words_with_its_cause(
    wall: Wall, stream: StreamStatus, word: str, cause: str
) -> None:
    await wall.stand(1, side=1)
    wall.pictures.streams["CAM-001"] = stream
    wall.presenter.look()
    row = wall.presenter.rows[0]
    assert row.word.startswith(word)
    assert (row.state, row.cause) == (stream.state.value, cause)
    assert row.word in row.said
    assert row.number in row.said


async def test_how_long_a_picture_is_frozen_is_said_from_its_last_change(wall: Wall) -> None:
    await wall.stand(1, side=1)
    for still_s in (8.3, 120.4):
        status = StreamStatus(StreamState.FROZEN, 0.1, still_s=still_s)
        wall.pictures.streams["CAM-001"] = status
        wall.presenter.look()
    assert wall.presenter.rows[0].word == "FIGÉE 2\u00a0min"


async def test_a_number_typed_calls_its_camera_into_the_chosen_tile(wall: Wall) -> None:
    await wall.stand(5, 6)
    wall.presenter.choose(1)
    for digit in "031":
        wall.presenter.type_digit(digit)
    assert wall.presenter.call == "031 · Caméra 31"
    wall.presenter.call_typed()
    assert wall.cameras == ["CAM-005", "CAM-031", "", ""]
    assert (wall.presenter.chosen, wall.presenter.typed) == (1, "")
    wall.presenter.do("full")
    assert wall.presenter.full == 1, "it is the one just called that is shown alone"
    wall.presenter.do("full")
    assert wall.presenter.call_number(32)
    assert wall.presenter.call_number(33)
    assert wall.cameras == ["CAM-005", "CAM-031", "CAM-032", "CAM-033"], "the next go on"
    wall.presenter.choose(2)
    wall.presenter.do("empty")
    wall.presenter.choose(1)
    assert wall.presenter.call_number(31)
    assert wall.cameras == ["CAM-005", "CAM-031", "", "CAM-033"], "a tile chosen is taken"
    wall.presenter.choose(2)
    wall.presenter.type_digit("9")
    wall.presenter.type_digit("9")
    wall.presenter.call_typed()
    assert wall.cameras == ["CAM-005", "CAM-031", "", "CAM-033"]
    assert "Aucune caméra 99 ici" in wall.desk.said[-1]


async def test_the_cameras_of_an_incident_come_with_why_and_go_when_it_is_closed(
    wall: Wall,
) -> None:
    wall.presenter.do("auto")
    await wall.stand(30, 31, 32, 33)
    wall.desk.feed(events=[IncidentEvent(change=IncidentChange.OPENED, incident=incident())])
    wall.presenter.do("incident")
    assert wall.desk.said[-1].startswith("Aucun incident choisi")
    wall.desk.selection.select_incident("INC-457")
    wall.presenter.do("incident")
    await wall.desk.settle()
    assert set(wall.cameras) == {"CAM-001", "CAM-002", "CAM-003", "CAM-004"}
    whys = {row.camera: row.why for row in wall.presenter.rows}
    assert whys["CAM-001"] == "60\u00a0m, face"
    assert whys["CAM-004"] == "240\u00a0m"
    assert "retour à la clôture" in wall.presenter.headline
    closed = incident(IncidentState.CLOSED, version=2)
    wall.desk.feed(events=[IncidentEvent(change=IncidentChange.CLOSED, incident=closed)])
    await wall.desk.settle()
    assert wall.cameras == ["CAM-030", "CAM-031", "CAM-032", "CAM-033"]
    assert not any(row.why for row in wall.presenter.rows)


async def test_no_camera_near_says_so_and_a_second_time_looks_further(wall: Wall) -> None:
    await wall.stand(30)
    far = incident(lat=LAT - 500 / 111_320)
    wall.desk.feed(events=[IncidentEvent(change=IncidentChange.OPENED, incident=far)])
    wall.desk.selection.select_incident("INC-457")
    wall.presenter.show_incident()
    assert "Aucune caméra à moins de 300" in wall.desk.said[-1]
    assert wall.cameras[0] == "CAM-030"
    wall.presenter.show_incident()
    assert "CAM-001" in wall.cameras


async def test_what_is_chosen_elsewhere_is_placed_in_the_chosen_tile_with_one_key(
    wall: Wall,
) -> None:
    await wall.stand(1, 2)
    wall.presenter.do("selection")
    assert wall.desk.said[-1].startswith("Rien n’est choisi ailleurs")
    wall.desk.selection.select_equipment(["CAM-007", "CAM-008"])
    wall.presenter.choose(1)
    assert wall.desk.selection.equipment_ids == ("CAM-002",), "every panel knows its camera"
    wall.presenter.do("selection")
    assert wall.cameras == ["CAM-001", "CAM-007", "CAM-008", ""]


async def test_a_drag_places_swaps_and_finds_a_camera_for_what_is_none(wall: Wall) -> None:
    await wall.stand(1, 2)
    wall.presenter.drop(3, ("CAM-009",))
    assert wall.cameras == ["CAM-001", "CAM-002", "", "CAM-009"]
    wall.presenter.drop(0, ("CAM-009",), came_from=3)
    assert wall.cameras == ["CAM-009", "CAM-002", "", "CAM-001"]
    wall.presenter.drop(2, ("LAMP-1",))
    assert "Aucune caméra à moins de 300" in wall.desk.said[-1]
    wall.desk.feed(
        events=[
            IncidentEvent(change=IncidentChange.OPENED, incident=incident(severity=Severity.LOW))
        ]
    )
    wall.presenter.drop_incident("INC-457")
    assert {"CAM-001", "CAM-002", "CAM-003"} <= set(wall.cameras)


async def test_a_camera_is_moved_by_two_keys_and_esc_leaves_it(wall: Wall) -> None:
    await wall.stand(1, 2)
    wall.presenter.do("carry")
    wall.presenter.move(0, 1)
    wall.presenter.do("carry")
    assert wall.cameras == ["", "CAM-002", "CAM-001", ""]
    wall.presenter.do("carry")
    wall.presenter.drop_carried()
    wall.presenter.move(1, 0)
    assert wall.cameras == ["", "CAM-002", "CAM-001", ""]


async def test_an_empty_wall_proposes_cameras_and_one_key_takes_them() -> None:
    wall = Wall(auto=False)
    wall.presenter.set_side(2)
    wall.desk.feed(events=[IncidentEvent(change=IncidentChange.OPENED, incident=incident())])
    rows = wall.presenter.rows
    assert [(row.state, row.camera, row.number) for row in rows] == [
        ("proposed", "", f"{number:03}") for number in (1, 2, 3, 4)
    ]
    assert rows[0].cause == "accident · 60\u00a0m, face"
    assert not wall.desk.asked.of(OpenStream), "nothing is opened before it is taken"
    wall.presenter.do("propose")
    assert wall.cameras == ["CAM-001", "CAM-002", "CAM-003", "CAM-004"]
    wall.presenter.do("propose")
    assert wall.desk.said[-1].startswith("Aucune case libre")
    await wall.close()


async def test_a_new_urgent_incident_calls_its_cameras_where_no_hand_and_no_lock_is(
    wall: Wall,
) -> None:
    await wall.stand(30, 31, 32, 33)
    wall.presenter.choose(1)
    wall.presenter.do("lock")
    wall.presenter.point_at(3)
    wall.desk.feed(events=[IncidentEvent(change=IncidentChange.OPENED, incident=incident())])
    assert wall.cameras == ["CAM-002", "CAM-031", "CAM-001", "CAM-033"]
    assert wall.presenter.rows[2].why == "60\u00a0m, face"
    assert wall.desk.said[-1] == "accident\u00a0: caméras 002, 001 appelées sur le mur."
    assert wall.presenter.rows[1].locked
    closed = incident(IncidentState.CLOSED, version=2)
    wall.desk.feed(events=[IncidentEvent(change=IncidentChange.CLOSED, incident=closed)])
    assert wall.cameras == ["CAM-030", "CAM-031", "CAM-032", "CAM-033"]
    await wall.desk.settle()


async def test_it_is_not_called_when_told_not_to_nor_for_what_was_there_already(
    wall: Wall,
) -> None:
    await wall.stand(30, 31, 32, 33)
    opened = IncidentEvent(change=IncidentChange.OPENED, incident=incident())
    situation = SituationResult(seq=1, alarms=(), incidents=(incident(),), service=())
    wall.desk.feed(situation=situation)
    assert wall.cameras[0] == "CAM-030", "what is open at sign-in is not news"
    wall.desk.feed(situation=SituationResult(seq=2, alarms=(), incidents=(), service=()))
    wall.presenter.do("auto")
    wall.desk.feed(events=[opened])
    assert wall.cameras == ["CAM-030", "CAM-031", "CAM-032", "CAM-033"]
    await wall.desk.settle()


async def test_compositions_are_the_rooms_and_their_tour_keeps_each_ones_dwell(
    wall: Wall,
) -> None:
    presenter = wall.presenter
    presenter.do("next")
    assert wall.desk.said[-1].startswith("Aucune composition")
    await wall.stand(1, 2)
    presenter.do("save", '  A/B "è"  \' ; 🚒 ')
    await wall.desk.settle()
    assert wall.desk.said[-1].startswith('Composition «\u00a0A/B "è" \' ; 🚒\u00a0» enregistrée')
    await wall.stand(9, side=1)
    presenter.do("save", "Place Darcy")
    await wall.desk.settle()
    presenter.do("dwell")
    await wall.desk.settle()
    assert wall.desk.asked.of(SaveComposition)[-1].dwell_s == 30
    presenter.do("next")
    assert presenter.headline.startswith('A/B "è" \' ; 🚒 · 2 caméras')
    assert (presenter.side, wall.cameras[:2]) == (2, ["CAM-001", "CAM-002"])
    presenter.do("tour")
    assert (presenter.programme.touring, presenter.headline[:11]) == (True, "Place Darcy")
    await wall.pass_s(29)
    assert presenter.headline.startswith("Place Darcy · ")
    await wall.pass_s(1)
    assert presenter.headline.startswith("A/B")
    presenter.do("empty")
    assert not presenter.programme.touring, "a hand on the wall ends the tour"
    await wall.desk.settle()


async def test_another_ones_composition_is_replaced_only_when_asked_twice(wall: Wall) -> None:
    await wall.stand(1)
    wall.presenter.do("save", "Nuit")
    await wall.desk.settle()
    other = WallPresenter(replace(wall.context, settings={}, pictures=None))
    other.drop(0, ("CAM-005",))
    other.do("save", "NUIT")
    assert wall.desk.said[-1].startswith("«\u00a0Nuit\u00a0» existe déjà (de mireille)")
    assert len(wall.desk.asked.of(SaveComposition)) == 1
    other.do("save", "NUIT")
    await wall.desk.settle()
    (kept,) = wall.desk.world.compositions.offered
    assert (kept.version, kept.screens[0].cameras[0]) == (2, "CAM-005")
    other.close()


async def test_deleting_is_undone_by_the_same_key_on_any_wall(wall: Wall) -> None:
    await wall.stand(1)
    wall.presenter.do("save", "Nuit")
    await wall.desk.settle()
    wall.presenter.do("remove")
    await wall.desk.settle()
    assert wall.presenter.headline.startswith("Sans nom · ")
    assert wall.desk.world.compositions.offered == ()
    assert wall.cameras[0] == "CAM-001", "what stands stays"
    labels = {action.key: action.label for action in wall.presenter.actions}
    assert labels["remove"] == "Rétablir «\u00a0Nuit\u00a0»"
    wall.presenter.do("remove")
    await wall.desk.settle()
    assert wall.presenter.headline.startswith("Nuit · ")


async def test_walls_of_a_seat_show_one_composition_each_its_own_screen(wall: Wall) -> None:
    second = WallPresenter(replace(wall.context, settings={}, pictures=None), place=1)
    await wall.stand(1, 2)
    wall.presenter.do("save", "Nuit")
    await wall.desk.settle()
    second.set_side(1)
    second.drop(0, ("CAM-009",))
    second.do("save", "Nuit")
    second.do("save", "Nuit")
    await wall.desk.settle()
    wall.presenter.do("empty")
    second.do("empty")
    wall.presenter.do("next")
    assert wall.cameras == ["CAM-001", "CAM-002", "", ""]
    assert [row.camera for row in second.rows] == ["CAM-009"]
    assert not any(action.key == "auto" for action in second.actions), "one wall is called to"
    await wall.desk.settle()
    second.close()


async def test_whoever_may_not_manage_cameras_is_told_why_nothing_is_saved(wall: Wall) -> None:
    await wall.stand(1)
    wall.desk.feed(session=LinkSession("luc", "Luc", "ECL-1", ("view:*",)))
    wall.presenter.do("save", "Nuit")
    assert "droit de gérer les caméras" in wall.desk.said[-1]
    assert not wall.desk.asked.of(SaveComposition)


async def test_a_camera_nobody_here_may_see_is_forbidden_not_unknown(wall: Wall) -> None:
    item = Composition(id="W-1", version=1, name="N", screens=(WallScreen(1, ("CAM-999",)),))
    event = CompositionEvent(change=CompositionChange.SAVED, composition=item)
    wall.desk.feed(events=[event])
    wall.presenter.do("next")
    assert wall.state() == "gone"
    wall.desk.feed(session=LinkSession("luc", "Luc", "ECL-1", ("view:lamp",)))
    wall.presenter.look()
    assert (wall.state(), wall.presenter.rows[0].word) == ("forbidden", "INTERDITE ICI")


async def test_a_person_finds_the_wall_as_he_left_it() -> None:
    settings = {"side": 2, "cameras": ["CAM-003", "", "CAM-999", 7], "locked": ["CAM-003", 4]}
    wall = Wall(**settings)
    assert wall.cameras == ["CAM-003", "", "CAM-999", ""]
    assert [row.locked for row in wall.presenter.rows] == [True, False, False, False]
    await wall.desk.settle()
    assert wall.state(2) == "gone"
    assert [request.equipment_id for request in wall.desk.asked.of(OpenStream)] == ["CAM-003"]
    await wall.close()


async def test_closing_lets_every_picture_go() -> None:
    wall = Wall()
    await wall.stand(1, 2, 3)
    assert len(wall.pictures.live) == 3
    await wall.close()
    assert wall.pictures.closed


async def test_a_composition_shown_again_stands_again_on_every_wall_of_the_seat(wall: Wall) -> None:
    second = WallPresenter(replace(wall.context, settings={}, pictures=None), place=1)
    screens = (WallScreen(1, ("CAM-001",)), WallScreen(1, ("CAM-009",)))
    item = Composition(id="W-1", version=1, name="Nuit", screens=screens)
    wall.desk.feed(events=[CompositionEvent(change=CompositionChange.SAVED, composition=item)])
    wall.presenter.do("next")
    second.drop(0, ("CAM-005",))
    assert second.headline.startswith("Nuit, modifiée ici · 1 caméra")
    wall.presenter.do("next")  # it is the only one
    assert [row.camera for row in second.rows] == ["CAM-009"]
    assert second.headline.startswith("Nuit · ")
    await wall.desk.settle()
    second.close()


async def test_what_another_console_saves_is_shown_where_nobody_changed_anything(
    wall: Wall,
) -> None:
    await wall.stand(1, side=1)
    wall.presenter.do("save", "Nuit")
    await wall.desk.settle()
    (held,) = wall.desk.world.compositions.offered

    def save_elsewhere(version: int, camera: str) -> None:
        item = msgspec.structs.replace(
            held, version=version, by="luc", screens=(WallScreen(1, (camera,)),)
        )
        event = CompositionEvent(change=CompositionChange.SAVED, composition=item)
        wall.desk.feed(events=[event])

    save_elsewhere(2, "CAM-005")
    assert wall.cameras == ["CAM-005"]
    assert "changée par luc" in wall.desk.said[-1]
    wall.presenter.point_at(0)
    save_elsewhere(3, "CAM-006")
    assert wall.cameras == ["CAM-005"], "nothing changes under a hand"
    assert wall.presenter.headline.startswith("Nuit, modifiée ici · ")
    wall.presenter.point_at(None)
    save_elsewhere(4, "CAM-007")
    assert wall.cameras == ["CAM-005"], "it no longer stood as it was saved"
    await wall.desk.settle()


async def test_while_visitors_are_here_only_published_cameras_stay_on_every_wall(
    wall: Wall,
) -> None:
    second = WallPresenter(replace(wall.context, settings={}, pictures=None), place=1)
    await wall.stand(1, 2, side=2)
    wall.desk.feed(events=[IncidentEvent(change=IncidentChange.OPENED, incident=incident())])
    await wall.desk.settle()
    assert [row.state for row in wall.presenter.rows] == ["connecting"] * 4
    assert wall.presenter.rows[2].why, "it came for an incident"
    assert {row.state for row in second.rows} == {"proposed"}

    second.do("visitors")
    await wall.desk.settle()
    _, masked, published, _ = wall.presenter.rows
    assert [row.state for row in wall.presenter.rows] == ["connecting", "masked"] * 2
    assert (published.why, published.severity) == ("", None), "no business of visitors"
    assert (masked.word, masked.name) == ("MASQUÉE", "")
    assert {row.state for row in second.rows} == {"empty"}, "nothing is proposed"
    decoded = {hold.camera for hold in wall.pictures.holds if not hold.released}
    assert decoded == {"CAM-001", "CAM-003"}, "no masked picture is even decoded"
    wall.presenter.type_digit("2")
    assert wall.presenter.call == "2 · MASQUÉE"
    wall.presenter.untype()
    assert "sans image" not in wall.presenter.headline

    again = Wall(**wall.context.settings)
    await again.stand(1, 2, side=2)
    assert [row.state for row in again.presenter.rows[:2]] == ["connecting", "masked"]
    await again.close()

    wall.presenter.do("visitors")
    await wall.desk.settle()
    assert wall.presenter.rows[1].state == "connecting"
    assert wall.context.settings["visitors"] is False
    second.close()


async def test_a_mark_on_what_a_camera_hangs_on_hides_its_picture_at_once(wall: Wall) -> None:
    mast = msgspec.structs.replace(CITY.equipment[0], id="MAT-1", number=0)
    hanging = msgspec.structs.replace(CITY.equipment[0], parent="MAT-1")
    equipment = (mast, hanging, *CITY.equipment[1:])
    wall.desk.feed(catalogue=msgspec.structs.replace(CITY, revision="r2", equipment=equipment))
    await wall.stand(1, 2)
    wall.pictures.streams["CAM-001"] = StreamStatus(StreamState.LIVE, 0.1)
    wall.leaver.refused["CAM-001"] = RequestError(ErrorCode.REFUSED, "error.stream.maintenance")
    wall.desk.feed(events=[marked(ServiceState.MAINTENANCE, "MAT-1")])
    await wall.desk.settle()
    assert wall.state() == "maintenance"
    assert [hold.camera for hold in wall.pictures.live] == ["CAM-002"]


async def test_rights_taken_away_take_the_pictures_at_once(wall: Wall) -> None:
    await wall.stand(1, 2)
    wall.pictures.streams["CAM-001"] = StreamStatus(StreamState.LIVE, 0.1)
    without = msgspec.structs.replace(CITY, revision="r3", equipment=CITY.equipment[1:])
    wall.desk.feed(catalogue=without)
    assert [hold.camera for hold in wall.pictures.live] == ["CAM-002"]
    assert wall.presenter.rows[0].name == ""
    await wall.desk.settle()
    assert len(wall.desk.asked.of(ReleaseStream)) == 1, "and nobody watches it any more"
