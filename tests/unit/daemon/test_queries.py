"""Answers show what the asker may see, and nothing of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from backend_bridge import queries
from backend_bridge.contract.alarms import Alarm, AlarmChange, Severity
from backend_bridge.contract.circuits import (
    CircuitChange,
    CircuitMark,
    CircuitRecord,
    CircuitState,
)
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.incidents import Incident, IncidentChange, IncidentState
from backend_bridge.contract.journal import (
    AlarmEvent,
    CircuitEvent,
    Event,
    IncidentEvent,
    ServiceEvent,
    SessionChange,
    SessionEvent,
)
from backend_bridge.contract.points import Equipment, ServiceMark, TrendPoint
from backend_bridge.contract.quality import Quality, ServiceState
from backend_bridge.contract.requests import (
    GetCatalogue,
    GetDiagnostics,
    GetIncidentLog,
    GetSituation,
    GetTrend,
)
from backend_bridge.contract.results import RESULT_OF
from backend_bridge.core.driver import Description
from backend_bridge.core.errors import ConfigError
from backend_bridge.core.requests import Caller
from backend_bridge.core.storage import Draft, HistorySample, StorageError
from backend_bridge.queries import Queries
from backend_bridge.territory import Territory
from tests.fakes.memory_journal import MemoryJournal

CABINET = "EP-0305"
LAMP = "EP-0305-D1-01"


class Field:
    """Answer for the supervisor."""

    async def diagnostics(self, equipment_id: str) -> tuple[str, Description]:
        if equipment_id == LAMP:
            raise ConfigError("hangs on no link")
        return CABINET, Description(groups=(), counters={"load": 0.5}, frames=("> 00",))


class History:
    """Remember what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.broken = False

    def keep(self, samples: Sequence[HistorySample]) -> None:
        raise AssertionError("queries keep nothing")

    async def trend(
        self, equipment_id: str, point_key: str, from_ms: int, to_ms: int, buckets: int
    ) -> list[TrendPoint]:
        if self.broken:
            raise StorageError("gone")
        self.asked.append((equipment_id, point_key, from_ms, to_ms, buckets))
        return [TrendPoint(from_ms, 1.0, 2.0, 1.5, Quality.GOOD)]


class Desk:
    """A handler table with one person before it."""

    def __init__(self, town: Territory) -> None:
        self.journal = MemoryJournal()
        self.history = History()
        self.handlers = Queries(
            town,
            self.journal,
            self.history,
            Field(),  # type: ignore[arg-type]  # only diagnostics is asked of it here
        ).handlers()

    async def ask(self, request: Any, *rights: str) -> Any:
        caller = Caller(
            user="u", seat="s", console="c", session="x", rights=frozenset(rights or ("view:*",))
        )
        result = await self.handlers[type(request)](caller, request)
        assert type(result) is RESULT_OF[type(request)]
        return result

    async def refused(self, request: Any, *rights: str) -> RequestError:
        with pytest.raises(RequestError) as caught:
            await self.ask(request, *rights)
        return caught.value

    async def write(self, *events: Event) -> None:
        await self.journal.append(
            [Draft(user="bridge", seat="", at_ms=1, event=event) for event in events]
        )


@pytest.fixture
def desk(town: Territory) -> Desk:
    return Desk(town)


def alarm(number: int, kind: str, equipment_id: str) -> AlarmEvent:
    return AlarmEvent(
        change=AlarmChange.RAISED,
        alarm=Alarm(
            id=f"AL-{number:04d}",
            rule="r",
            severity=Severity.HIGH,
            equipment_id=equipment_id,
            equipment_kind=kind,
            raised_ms=1,
        ),
    )


def incident(number: int, kind: str, equipment_id: str, *alarms: str) -> IncidentEvent:
    return IncidentEvent(
        change=IncidentChange.OPENED,
        incident=Incident(
            id=f"INC-{number:04d}",
            kind="k",
            version=1,
            state=IncidentState.NEW,
            severity=Severity.HIGH,
            equipment_id=equipment_id,
            equipment_kind=kind,
            trade="lighting",
            place="",
            commune="",
            lon=5.0,
            lat=47.0,
            opened_ms=1,
            changed_ms=1,
            alarm_ids=alarms,
        ),
    )


def mark(kind: str, equipment_id: str) -> ServiceEvent:
    return ServiceEvent(
        mark=ServiceMark(
            equipment_id=equipment_id,
            state=ServiceState.DISABLED,
            by="u",
            reason="r",
            since_ms=1,
        ),
        equipment_kind=kind,
    )


def circuit(circuit_id: str) -> CircuitEvent:
    said = CircuitRecord(state=CircuitState.TREATED, by="marie", seat="snow", at_ms=1)
    return CircuitEvent(
        change=CircuitChange.RECORDED,
        mark=CircuitMark(circuit_id=circuit_id, version=1, said=said),
    )


async def test_who_sees_everything_gets_the_catalogue_itself(desk: Desk, town: Territory) -> None:
    assert (await desk.ask(GetCatalogue())).catalogue is town.catalogue


async def test_unseen_kinds_are_absent_and_indexes_stay(desk: Desk, town: Territory) -> None:
    found = (await desk.ask(GetCatalogue(), "view:lamp", "operate:cabinet")).catalogue

    assert [kind.key for kind in found.kinds] == ["lamp"]
    assert {item.kind for item in found.equipment} == {"lamp"}
    assert found.points_total == town.catalogue.points_total
    assert all(
        item.first_point == town.equipment_of[item.id].first_point for item in found.equipment
    )
    again = (await desk.ask(GetCatalogue(), "view:lamp")).catalogue
    assert again is found


@pytest.mark.parametrize("rights", [("view:*",), ("view:lamp",)])
async def test_pages_hold_what_one_may_see_each_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, rights: tuple[str, ...]
) -> None:
    whole = (await desk.ask(GetCatalogue(), *rights)).catalogue.equipment
    monkeypatch.setattr(queries, "EQUIPMENT_PER_PAGE", 5)
    found: list[Equipment] = []
    more = True
    while more:
        page = await desk.ask(GetCatalogue(first=len(found)), *rights)
        assert 0 < len(page.catalogue.equipment) <= 5
        assert page.total == len(whole)
        found += page.catalogue.equipment
        more = page.more

    assert tuple(found) == whole
    past = await desk.ask(GetCatalogue(first=len(whole)), *rights)
    assert (past.catalogue.equipment, past.more) == ((), False)


@pytest.mark.parametrize("first", [-1, 10_000])
async def test_a_page_that_is_not_there_is_refused(desk: Desk, first: int) -> None:
    error = await desk.refused(GetCatalogue(first=first))

    assert (error.code, error.text_key) == (ErrorCode.BAD_REQUEST, "error.catalogue.page")
    assert error.params["first"] == first


async def test_nobody_without_a_view_sees_anything(desk: Desk) -> None:
    assert (await desk.ask(GetCatalogue(), "operate:*")).catalogue.equipment == ()


async def test_the_situation_is_filtered_by_kind(desk: Desk) -> None:
    await desk.write(
        alarm(1, "cabinet", CABINET),
        alarm(2, "lamp", LAMP),
        incident(1, "cabinet", CABINET, "AL-0001"),
        incident(2, "lamp", LAMP, "AL-0002"),
        mark("lamp", LAMP),
        mark("cabinet", CABINET),
        mark("lamp", "EP-9999-gone"),
        circuit("DN-01"),
    )

    everything = await desk.ask(GetSituation())
    lamps = await desk.ask(GetSituation(), "view:lamp")

    assert everything.seq == lamps.seq == 8
    assert len(everything.alarms) == len(everything.incidents) == 2
    assert len(everything.service) == 3
    assert [item.circuit_id for item in everything.circuits] == ["DN-01"]
    assert lamps.circuits == ()
    assert [item.id for item in lamps.alarms] == ["AL-0002"]
    assert [item.id for item in lamps.incidents] == ["INC-0002"]
    assert [item.equipment_id for item in lamps.service] == [LAMP]


async def test_an_incidents_log_says_how_much_it_hides(desk: Desk) -> None:
    await desk.write(
        alarm(1, "lamp", LAMP),
        alarm(2, "cabinet", CABINET),
        incident(1, "lamp", LAMP, "AL-0001", "AL-0002"),
    )

    whole = await desk.ask(GetIncidentLog(incident_id="INC-0001"))
    lamps = await desk.ask(GetIncidentLog(incident_id="INC-0001"), "view:lamp")

    assert len(whole.entries) == 3
    assert whole.hidden == 0
    assert [entry.seq for entry in lamps.entries] == [1, 3]
    assert lamps.hidden == 1


async def test_an_incident_one_may_not_see_looks_like_none(desk: Desk) -> None:
    await desk.write(incident(1, "cabinet", CABINET))

    hidden = await desk.refused(GetIncidentLog(incident_id="INC-0001"), "view:lamp")
    none = await desk.refused(GetIncidentLog(incident_id="INC-0002"), "view:lamp")

    assert hidden.text_key == none.text_key == "error.incident.not_found"
    assert hidden.code is none.code


@pytest.mark.parametrize("limit", [0, -1, 501])
async def test_a_log_has_a_length(desk: Desk, limit: int) -> None:
    error = await desk.refused(GetIncidentLog(incident_id="INC-0001", limit=limit))

    assert error.code is ErrorCode.BAD_REQUEST


def trend(**other: Any) -> GetTrend:
    whole = {
        "equipment_id": LAMP,
        "point_key": "level",
        "from_ms": 0,
        "to_ms": 60_000,
        "buckets": 10,
    }
    return GetTrend(**{**whole, **other})


async def test_a_trend_is_the_historys(desk: Desk) -> None:
    found = await desk.ask(trend(), "view:lamp")

    assert found.points == (TrendPoint(0, 1.0, 2.0, 1.5, Quality.GOOD),)
    assert desk.history.asked == [(LAMP, "level", 0, 60_000, 10)]


@pytest.mark.parametrize(
    ("other", "key"),
    [
        ({"equipment_id": "EP-9999"}, "error.equipment.not_found"),
        ({"equipment_id": CABINET}, "error.equipment.not_found"),
        ({"point_key": "voltage_v"}, "error.point.not_found"),
        ({"to_ms": 0}, "error.trend.range"),
        ({"to_ms": 10**15}, "error.trend.range"),
        ({"buckets": 1}, "error.trend.range"),
        ({"buckets": 2001}, "error.trend.range"),
    ],
)
async def test_a_trend_that_cannot_be_is_refused(
    desk: Desk, other: dict[str, Any], key: str
) -> None:
    error = await desk.refused(trend(**other), "view:lamp")

    assert (error.code, error.text_key) == (ErrorCode.BAD_REQUEST, key)
    assert desk.history.asked == []


async def test_a_store_that_cannot_be_read_is_said(desk: Desk) -> None:
    desk.journal.broken = True
    desk.history.broken = True

    for request in (GetSituation(), GetIncidentLog(incident_id="INC-0001"), trend()):
        error = await desk.refused(request)
        assert error.code is ErrorCode.UNAVAILABLE
        assert error.text_key == "error.storage.unread"


async def test_diagnostics_need_a_view_of_all_the_link_carries(desk: Desk) -> None:
    found = await desk.ask(GetDiagnostics(equipment_id=CABINET))
    partly = await desk.refused(GetDiagnostics(equipment_id=CABINET), "view:cabinet")
    unseen = await desk.refused(GetDiagnostics(equipment_id=CABINET), "view:lamp")
    loose = await desk.refused(GetDiagnostics(equipment_id=LAMP))

    assert (found.link, found.counters, found.frames) == (CABINET, {"load": 0.5}, ("> 00",))
    assert partly.code is ErrorCode.REFUSED
    assert unseen.text_key == "error.equipment.not_found"
    assert loose.text_key == "error.equipment.no_link"


async def test_sessions_concern_whoever_may_view_anything(desk: Desk) -> None:
    await desk.write(
        SessionEvent(change=SessionChange.SIGNED_IN, console="c"), incident(1, "lamp", LAMP)
    )

    assert (await desk.ask(GetSituation(), "view:lamp")).seq == 2
