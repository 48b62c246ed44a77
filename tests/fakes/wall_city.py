"""Cameras around a crossroads, and a bridge that gives leave to watch them as a test says."""

from __future__ import annotations

from dataclasses import replace

from msgspec import structs

from backend_bridge.contract.alarms import Severity
from backend_bridge.contract.compositions import Composition, CompositionChange
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.incidents import Incident, IncidentState
from backend_bridge.contract.journal import CompositionEvent
from backend_bridge.contract.points import Catalogue, Equipment, EquipmentKind, Sight
from backend_bridge.contract.requests import (
    DeleteComposition,
    OpenStream,
    ReleaseStream,
    Request,
    RestoreComposition,
    SaveComposition,
)
from backend_bridge.contract.results import (
    CompositionResult,
    Result,
    StreamReleasedResult,
    StreamTicketResult,
)
from console.panels.wall.presenter import WallPresenter
from tests.fakes.panel_context import Desk
from tests.fakes.pictures import FakePictures

LIFE_MS = 60_000
LON, LAT = 5.04, 47.32


def camera(number: int, name: str = "") -> Equipment:
    """Return a camera; each stands 60 m further north than the one before, looking south.

    Those of odd numbers are published.
    """
    return Equipment(
        id=f"CAM-{number:03}",
        kind="camera",
        name=name or f"Caméra {number}",
        place=name,
        lon=LON,
        lat=LAT + number * 60 / 111_320,
        first_point=0,
        number=number,
        sight=Sight(bearing=180.0, width=60.0, range_m=130.0),
        published=number % 2 == 1,
    )


CITY = Catalogue(
    revision="r",
    title="t",
    demonstration=True,
    points_total=0,
    kinds=(EquipmentKind(key="camera", trade="police", points=()),),
    equipment=tuple(camera(number) for number in range(1, 41)),
)


def incident(
    state: IncidentState = IncidentState.NEW,
    lat: float = LAT,
    version: int = 1,
    severity: Severity = Severity.URGENT,
) -> Incident:
    """Return an accident at the crossroads."""
    return Incident(
        id="INC-457", kind="accident", version=version, state=state, severity=severity,
        equipment_id="CAM-001", equipment_kind="camera", trade="police", place="x", commune="y",
        lon=LON, lat=lat, opened_ms=0, changed_ms=0,
    )  # fmt: skip


class Leaver:
    """Answer for the bridge: tickets a minute long, refusals where a test says so."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._number = 0
        self.refused: dict[str, RequestError] = {}
        self.silent = False

    def __call__(self, request: Request) -> Result:
        if self.silent:
            raise RequestError(ErrorCode.UNAVAILABLE, "error.link.down")
        if isinstance(request, ReleaseStream):
            return StreamReleasedResult(ticket=request.ticket)
        if isinstance(request, SaveComposition | DeleteComposition | RestoreComposition):
            return self._change(request)
        assert isinstance(request, OpenStream)
        error = self.refused.get(request.equipment_id)
        if error is not None:
            raise error
        self._number += 1
        return StreamTicketResult(
            ticket=request.ticket or f"T-{self._number}",
            equipment_id=request.equipment_id,
            url=f"http://127.0.0.1:9/camera/{request.equipment_id[4:]}",
            expires_ms=self._desk.world.bridge_now_ms() + LIFE_MS,
        )

    def _change(self, request: SaveComposition | DeleteComposition | RestoreComposition) -> Result:
        """Keep a composition as the bridge does, and have the journal tell it."""
        held = self._desk.world.compositions.by_id
        if isinstance(request, SaveComposition):
            change = CompositionChange.SAVED
            after = Composition(
                id=request.composition_id or f"W-{len(held) + 1}",
                version=request.version + 1,
                name=request.name,
                screens=request.screens,
                dwell_s=request.dwell_s,
                by="mireille",
            )
        else:
            deleted = isinstance(request, DeleteComposition)
            change = CompositionChange.DELETED if deleted else CompositionChange.RESTORED
            before = held[request.composition_id]
            after = structs.replace(before, version=request.version + 1, deleted=deleted)
        self._desk.feed(events=[CompositionEvent(change=change, composition=after)])
        return CompositionResult(composition=after)


class Wall:
    """A presenter with its world, its fake decoding and its fake bridge."""

    def __init__(self, **settings: object) -> None:
        self.desk = Desk(**settings)  # type: ignore[arg-type]  # only settings, no language
        self.pictures = FakePictures()
        self.leaver = Leaver(self.desk)
        self.desk.asked.script = self.leaver
        self.context = replace(self.desk.context, pictures=self.pictures)
        self.desk.feed(catalogue=CITY)
        self.presenter = WallPresenter(self.context)

    @property
    def cameras(self) -> list[str]:
        return [row.camera for row in self.presenter.rows]

    def state(self, slot: int = 0) -> str:
        return self.presenter.rows[slot].state

    async def stand(self, *numbers: int, side: int = 2) -> None:
        """Show cameras by number, each with leave and size."""
        self.presenter.set_side(side)
        self.presenter.show_cameras(f"CAM-{number:03}" for number in numbers)
        self.presenter.set_sizes(dict.fromkeys(range(side * side), (300, 160)))
        await self.desk.settle()

    async def pass_s(self, seconds: float) -> None:
        """Let time pass, second by second, on a link that lives."""
        for _ in range(round(seconds)):
            self.desk.clock.advance(1)
            self.desk.feed()
            self.desk.world.tick()
            await self.desk.settle()
        self.presenter.look()

    async def close(self) -> None:
        await self.desk.settle()
        self.presenter.close()
