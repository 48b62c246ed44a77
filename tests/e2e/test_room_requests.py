"""What a console asks, answered by the real bridge about the real simulated field."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.compositions import Composition, WallScreen
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.incidents import IncidentState
from backend_bridge.contract.order_requests import CommandResult, ExecuteCommand
from backend_bridge.contract.quality import Quality, ServiceState
from backend_bridge.contract.requests import (
    AcknowledgeAlarm,
    CloseIncident,
    DeleteComposition,
    FindPlaces,
    GetCatalogue,
    GetDiagnostics,
    GetIncidentLog,
    GetSituation,
    GetTrend,
    RestoreComposition,
    SaveComposition,
    SetServiceState,
    TakeIncident,
)
from backend_bridge.contract.results import (
    CatalogueResult,
    CompositionResult,
    DiagnosticsResult,
    IncidentResult,
    LogResult,
    PlaceKind,
    PlacesResult,
    ServiceResult,
    SituationResult,
    TrendResult,
)
from backend_bridge.contract.safety import SetEditMode
from console.scenarios.stack import OPERATOR, PASSWORD, Stack
from tests.fakes.headless import HeadlessConsole

CABINET = "EP-0305"
LAMP = "EP-0305-D1-02"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with Stack(tmp_path_factory.mktemp("stack"), cabinets=2, lamps=12) as running:
        yield running


@pytest.fixture
def console(stack: Stack) -> Iterator[HeadlessConsole]:
    with HeadlessConsole.of(stack.console_dir) as following:
        following.sign_in(OPERATOR, PASSWORD)
        following.until(lambda: _quality(following, LAMP) is Quality.GOOD, what="good values")
        yield following


def _index(console: HeadlessConsole, equipment_id: str, point_key: str) -> int:
    result = console.ask(GetCatalogue())
    assert isinstance(result, CatalogueResult)
    item = next(item for item in result.catalogue.equipment if item.id == equipment_id)
    kind = next(kind for kind in result.catalogue.kinds if kind.key == item.kind)
    return item.first_point + [point.key for point in kind.points].index(point_key)


def _quality(console: HeadlessConsole, equipment_id: str) -> Quality:
    return console.world.quality(_index(console, equipment_id, "level"))


def _command(console: HeadlessConsole, value: int, **other: Any) -> ExecuteCommand:
    now_ms = time.time_ns() // 1_000_000
    whole: dict[str, Any] = {
        "key": f"test-{now_ms}-{value}",
        "epoch": console.world.epoch,
        "equipment_id": LAMP,
        "point_key": "level",
        "value": value,
        "deadline_ms": now_ms + 5_000,
        "reason": "essai",
    }
    return ExecuteCommand(**{**whole, **other})


def test_a_lamp_is_dimmed_and_read_back(stack: Stack, console: HeadlessConsole) -> None:
    index = _index(console, LAMP, "level")

    result = console.ask(_command(console, 35))

    assert isinstance(result, CommandResult)
    assert result.command.outcome is CommandOutcome.CONFIRMED
    assert result.command.reported == 35
    console.until(lambda: console.world.points.value(index) == 35, what="35 % on the screen")
    assert stack.truth()["equipment"][LAMP]["values"]["level"] == 35


def test_a_command_of_another_life_is_refused(console: HeadlessConsole) -> None:
    with pytest.raises(RequestError) as caught:
        console.ask(_command(console, 10, epoch="yesterday"))

    assert caught.value.code in (ErrorCode.REFUSED, ErrorCode.CONFLICT)


def test_a_trend_shows_what_the_lamp_did(console: HeadlessConsole) -> None:
    console.ask(_command(console, 20))
    console.ask(_command(console, 80))
    now_ms = time.time_ns() // 1_000_000
    request = GetTrend(
        equipment_id=LAMP,
        point_key="level",
        from_ms=now_ms - 60_000,
        to_ms=now_ms + 5_000,
        buckets=100,
    )

    def seen() -> bool:
        result = console.ask(request)
        assert isinstance(result, TrendResult)
        lows = [point.low for point in result.points if point.low is not None]
        highs = [point.high for point in result.points if point.high is not None]
        return 20 in lows and 80 in highs

    console.until(seen, what="both levels in the history")


def test_diagnostics_show_real_frames(console: HeadlessConsole) -> None:
    result = console.ask(GetDiagnostics(equipment_id=LAMP))

    assert isinstance(result, DiagnosticsResult)
    assert result.link == CABINET
    assert result.counters["requests"] > 0
    assert result.counters["polls"] > 0
    assert len(result.frames) > 2


def test_a_place_is_found_by_its_name_and_nonsense_is_refused(
    stack: Stack, console: HeadlessConsole
) -> None:
    result = console.ask(GetCatalogue())
    assert isinstance(result, CatalogueResult)
    commune = next(item.commune for item in result.catalogue.equipment if item.commune)

    found = console.ask(FindPlaces(text=commune.upper()))

    assert isinstance(found, PlacesResult)
    assert (found.places[0].text, found.places[0].kind) == (commune, PlaceKind.COMMUNE)
    with pytest.raises(RequestError) as caught:
        console.ask(FindPlaces(text="  "))
    assert (caught.value.code, caught.value.text_key) == (
        ErrorCode.BAD_REQUEST,
        "error.places.text",
    )


def test_the_story_of_an_incident_is_its_log(stack: Stack, console: HeadlessConsole) -> None:
    stack.fault(link="EP-0306", fault="dead")
    console.until(lambda: len(console.world.incidents) == 1, what="the incident")
    (incident,) = console.world.incidents
    (alarm,) = console.world.alarms
    taken = console.ask(TakeIncident(incident_id=incident.id, version=incident.version))
    assert isinstance(taken, IncidentResult)
    console.ask(AcknowledgeAlarm(alarm_id=alarm.id))
    with pytest.raises(RequestError):
        console.ask(CloseIncident(incident_id=incident.id, version=taken.incident.version))
    stack.clear(link="EP-0306")
    console.until(
        lambda: [item.state for item in console.world.incidents] == [IncidentState.RESOLVED],
        timeout_s=25,
        what="the incident to be resolved",
    )

    situation = console.ask(GetSituation())
    assert isinstance(situation, SituationResult)
    (standing,) = situation.incidents
    assert (standing.id, standing.owner) == (incident.id, OPERATOR)
    console.ask(CloseIncident(incident_id=incident.id, version=standing.version))
    result = console.ask(GetIncidentLog(incident_id=incident.id))

    assert isinstance(result, LogResult)
    assert [entry.event.change for entry in result.entries if hasattr(entry.event, "change")] == [
        "raised",
        "opened",
        "taken",
        "acknowledged",
        "returned",
        "cleared",
        "alarm_returned",
        "closed",
    ]
    assert {entry.user for entry in result.entries} == {"bridge", OPERATOR}
    assert result.hidden == 0


def test_equipment_out_of_service_is_not_commanded(console: HeadlessConsole) -> None:
    disable = SetServiceState(equipment_id=LAMP, state=ServiceState.DISABLED, reason="mât heurté")
    with pytest.raises(RequestError) as caught:
        console.ask(disable)
    assert caught.value.text_key == "error.edit_mode.off"
    console.ask(SetEditMode(on=True))
    mark = console.ask(disable)
    assert isinstance(mark, ServiceResult)
    try:
        with pytest.raises(RequestError):
            console.ask(_command(console, 50))
    finally:
        console.ask(
            SetServiceState(equipment_id=LAMP, state=ServiceState.IN_SERVICE, reason="réparé")
        )


def test_a_composition_outlives_its_author_and_its_deletion_is_undone_by_the_next(
    stack: Stack,
) -> None:
    name, screens = 'A/B "è" \' ; 🚒', (WallScreen(2, ("", "", "", "")),)
    with HeadlessConsole.of(stack.console_dir) as one:
        one.sign_in(OPERATOR, PASSWORD)
        saved = _composition(one, SaveComposition(name=name, screens=screens, dwell_s=30))
        assert (saved.name, saved.by, saved.version) == (name, OPERATOR, 1)
        one.until(lambda: one.world.compositions.offered == (saved,), what="the journal's word")
        deleted = _composition(one, DeleteComposition(composition_id=saved.id, version=1))
        assert deleted.deleted
    with HeadlessConsole.of(stack.console_dir) as next_one:
        next_one.sign_in(OPERATOR, PASSWORD)
        held = next_one.world.compositions
        next_one.until(lambda: held.latest_deleted == deleted, what="the deleted one")
        back = _composition(next_one, RestoreComposition(composition_id=saved.id, version=2))
        next_one.until(lambda: held.offered == (back,), what="it is back")
    assert (back.name, back.version, back.deleted) == (name, 3, False)


def _composition(
    console: HeadlessConsole, request: SaveComposition | DeleteComposition | RestoreComposition
) -> Composition:
    result = console.ask(request)
    assert isinstance(result, CompositionResult)
    return result.composition
