"""Worlds for the map's tests: generated towns, real presenters, no bridge."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Callable, Coroutine, Iterable, MutableMapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from backend_bridge.contract.alarms import Alarm, Severity
from backend_bridge.contract.incidents import Incident, IncidentState
from backend_bridge.contract.journal import JournalEntry
from backend_bridge.contract.points import (
    Catalogue,
    Equipment,
    EquipmentKind,
    PointChange,
    PointDef,
    ServiceMark,
    SourceHeard,
    ValueType,
)
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result, SituationResult
from backend_bridge.contract.seats import SeatPerson
from backend_bridge.contract.times import Clock, SystemClock
from console.link.batch import LinkSession
from console.panels.map import MapPresenter
from console.panels.spec import Actions, PanelContext
from console.state.selection import Selection
from console.state.world import World

CENTRE = (5.0415, 47.322)
KINDS = (
    EquipmentKind(
        key="cabinet",
        trade="lighting",
        points=(
            PointDef(key="door_open", value_type=ValueType.BOOL, allowed_age_s=2.5),
            PointDef(key="voltage_v", value_type=ValueType.FLOAT, unit="V", allowed_age_s=2.5),
        ),
        main_point="voltage_v",
    ),
    EquipmentKind(
        key="feeder",
        trade="lighting",
        points=(PointDef(key="closed", value_type=ValueType.BOOL, allowed_age_s=2.5),),
        main_point="closed",
    ),
    EquipmentKind(
        key="lamp",
        trade="lighting",
        points=(
            PointDef(key="level", value_type=ValueType.INT, unit="%", allowed_age_s=2.5),
            PointDef(key="fault", value_type=ValueType.BOOL, allowed_age_s=2.5),
        ),
        main_point="level",
    ),
)


@dataclass
class Status:
    """A link that follows a bridge which beats now."""

    clock: Clock
    phase: str = "following"
    text_key: str = ""
    params: dict[str, str | int | float] = field(default_factory=dict)
    session: LinkSession | None = None
    bridge: str = "bridge"
    console: str = "console"
    address: str = "tcp://127.0.0.1:1"
    epoch: str = "e"
    behind_since_mono_s: float | None = None
    revisions_behind: int = 0
    entries_behind: int = 0
    storage_ok: bool = True
    storage_fault: str = ""
    bridge_lag_ms: float = 0.0
    newer_entries: int = 0
    protocol: str = ""
    lost: bool = False
    people: tuple[SeatPerson, ...] = ()

    @property
    def last_beat_mono_s(self) -> float | None:
        return self.clock.mono_s() - (60 if self.lost else 0)

    @property
    def bridge_ahead_ms(self) -> float | None:
        return self.clock.now_ms() - self.clock.mono_s() * 1000


@dataclass
class Batch:
    status: Status
    drop: bool = False
    drop_points: bool = False
    catalogue: Catalogue | None = None
    changes: Sequence[PointChange] = ()
    heard: Sequence[SourceHeard] = ()
    situation: SituationResult | None = None
    entries: Sequence[JournalEntry] = ()

    def taken(self) -> None:
        """Nobody waits."""


class _NoActions:
    def ask(self, request: Request) -> asyncio.Future[Result]:
        raise AssertionError(f"the map asks the bridge nothing, and asked {request}")


def _spawn(work: Coroutine[Any, Any, None]) -> None:
    work.close()
    raise AssertionError("the map starts no task")


class Scene:
    """Hold a world and its map; changes go in as batches, as from a link.

    Args:
        catalogue: what is on the map.
        settings: the panel's settings.
        clock: time; the machine's when absent.
        text: translates; ``ui.texts.text`` when absent.
        session: who sits here, nobody when absent.
        actions: answers what is asked of the bridge; by default nothing may be asked.
        spawn: takes the coroutines started; by default none may be.
    """

    def __init__(
        self,
        catalogue: Catalogue | None,
        settings: MutableMapping[str, Any] | None = None,
        clock: Clock | None = None,
        text: Any = None,
        session: LinkSession | None = None,
        actions: Actions | None = None,
        spawn: Callable[[Coroutine[Any, Any, None]], None] | None = None,
    ) -> None:
        self.clock = clock or SystemClock()
        self.status = Status(self.clock, session=session)
        self.world = World(self.clock)
        self.selection = Selection()
        self.settings: MutableMapping[str, Any] = {} if settings is None else settings
        self.said: list[str] = []
        if catalogue is not None:
            self.world.apply(Batch(self.status, catalogue=catalogue))
        self.presenter = MapPresenter(
            PanelContext(
                state=self.world,
                selection=self.selection,
                actions=actions or _NoActions(),
                settings=self.settings,
                clock=self.clock,
                notify=self._notify,
                text=text or _plain,
                spawn=spawn or _spawn,
            )
        )

    def _notify(self, text: str, *, severity: Severity | None = None) -> None:
        self.said.append(text)

    @property
    def lamps(self) -> list[Equipment]:
        return [item for item in self.world.equipment.by_id.values() if item.kind == "lamp"]

    @property
    def cabinets(self) -> list[Equipment]:
        return [item for item in self.world.equipment.by_id.values() if item.kind == "cabinet"]

    def send(self, **parts: Any) -> None:
        """Apply one batch."""
        self.world.apply(Batch(self.status, **parts))

    def set_levels(self, levels: Iterable[tuple[Equipment, int]], heard: bool = True) -> None:
        """Tell good levels of lamps, all from source 0."""
        now = self.clock.now_ms()
        changes = [
            PointChange(lamp.first_point, level, Quality.GOOD, now, 0) for lamp, level in levels
        ]
        self.send(changes=changes, heard=[SourceHeard(0, now)] if heard else [])

    def set_quality(self, equipment: Iterable[Equipment], quality: Quality) -> None:
        """Give every point of some equipment a quality."""
        now = self.clock.now_ms()
        changes = []
        for item in equipment:
            for index, _ in self.world.equipment.points_of(item.id):
                value = self.world.points.value(index)
                changes.append(PointChange(index, value, quality, now, 0))
        self.send(changes=changes)

    def everything_good(self) -> None:
        """Tell a good value of every point: lamps at 70 or 100 per cent, some off."""
        now = self.clock.now_ms()
        changes = []
        for number, item in enumerate(self.world.equipment.by_id.values()):
            for index, point in self.world.equipment.points_of(item.id):
                value: bool | int | float = False
                if point.key == "level":
                    value = (100, 100, 100, 70, 100, 0)[number % 6]
                elif point.key == "voltage_v":
                    value = 231.4
                elif point.key == "closed":
                    value = True
                changes.append(PointChange(index, value, Quality.GOOD, now, 0))
        self.send(changes=changes, heard=[SourceHeard(0, now)])

    def situation(
        self,
        alarms: Sequence[Alarm] = (),
        incidents: Sequence[Incident] = (),
        service: Sequence[ServiceMark] = (),
    ) -> None:
        """Replace alarms, incidents and marks."""
        self.send(
            situation=SituationResult(
                seq=1, alarms=tuple(alarms), incidents=tuple(incidents), service=tuple(service)
            )
        )


def _plain(key: str, /, **params: object) -> str:
    return f"{key} {params}" if params else key


def catalogue_of(equipment: Sequence[tuple[str, str, float, float, str]]) -> Catalogue:
    """Return a catalogue of (id, kind, lon, lat, parent) tuples."""
    points = {kind.key: len(kind.points) for kind in KINDS}
    found = []
    first = 0
    for key, kind, lon, lat, parent in equipment:
        found.append(
            Equipment(
                id=key, kind=kind, name=key, lon=lon, lat=lat, first_point=first, parent=parent
            )
        )
        first += points[kind]
    return Catalogue(
        revision=f"r{len(found)}",
        title="Dijon, quartier de démonstration",
        demonstration=True,
        points_total=first,
        kinds=KINDS,
        equipment=tuple(found),
    )


def town(
    cabinets: int, lamps: int, directory: Path | None = None, *, pitch_m: float = 28.0
) -> Catalogue:
    """Return a town of ``cabinets`` with ``lamps`` each, along a bent grid of streets.

    With a directory, its streets and one commune are written there as GeoJSON.
    """
    total = cabinets * lamps
    spacing_m = 120.0
    per_street = max(8, math.isqrt(round(total * spacing_m / pitch_m / 2)))
    half_m = per_street * pitch_m / 2
    streets: list[tuple[str, list[tuple[float, float]]]] = []
    spots: list[tuple[float, float]] = []
    number = 0
    while len(spots) < total:
        offset_m = (number // 2 - total / per_street / 4) * spacing_m
        across = number % 2 == 0
        line = []
        for step in range(per_street):
            along_m = step * pitch_m - half_m
            bent_m = offset_m + 24 * math.sin(along_m / 260 + number)
            place = (along_m, bent_m) if across else (bent_m, along_m)
            line.append(_degrees(*place))
            side_m = 5 if step % 2 else -5
            spot = (along_m, bent_m + side_m) if across else (bent_m + side_m, along_m)
            if len(spots) < total:
                spots.append(spot)
        kind = ("Boulevard" if number % 8 == 0 else "Rue") + f" n° {number + 1}"
        streets.append((kind, line))
        number += 1
    spots.sort(key=lambda spot: (spot[0] // 500, spot[1] // 500, spot[0]))
    equipment: list[tuple[str, str, float, float, str]] = []
    for cabinet in range(cabinets):
        group = spots[cabinet * lamps : (cabinet + 1) * lamps]
        key = f"EP-{cabinet + 1:04d}"
        x = sum(spot[0] for spot in group) / lamps + 15
        y = sum(spot[1] for spot in group) / lamps + 15
        equipment.append((key, "cabinet", *_degrees(x, y), ""))
        equipment.append((f"{key}-D1", "feeder", *_degrees(x, y), key))
        equipment.extend(
            (f"{key}-D1-{lamp + 1:02d}", "lamp", *_degrees(*spot), f"{key}-D1")
            for lamp, spot in enumerate(group)
        )
    if directory is not None:
        _write(directory / "streets.geojson", [_line(name, line) for name, line in streets])
        ring = [
            _degrees(
                half_m * 1.4 * math.cos(a / 20 * math.tau),
                half_m * 1.4 * math.sin(a / 20 * math.tau),
            )
            for a in range(21)
        ]
        _write(directory / "communes.geojson", [_polygon("Dijon", ring)])
    return catalogue_of(equipment)


def _degrees(x_m: float, y_m: float) -> tuple[float, float]:
    lon, lat = CENTRE
    return lon + x_m / (111_320 * math.cos(math.radians(lat))), lat + y_m / 110_540


def _line(name: str, line: Sequence[tuple[float, float]]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"name": name},
        "geometry": {"type": "LineString", "coordinates": line},
    }


def _polygon(name: str, ring: Sequence[tuple[float, float]]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"name": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def _write(path: Path, features: list[dict[str, Any]]) -> None:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")


def alarm_on(equipment: Equipment, severity: Severity = Severity.HIGH, **changes: Any) -> Alarm:
    """Return an alarm of one equipment."""
    return Alarm(
        **{
            "id": f"AL-{equipment.id}",
            "rule": "link_lost",
            "severity": severity,
            "equipment_id": equipment.id,
            "equipment_kind": equipment.kind,
            "raised_ms": 1_700_000_000_000,
            **changes,
        }
    )


def incident_on(equipment: Equipment, number: int = 1, **changes: Any) -> Incident:
    """Return a new incident about one equipment."""
    return Incident(
        **{
            "id": f"INC-{number:04d}",
            "kind": "dark_street",
            "version": 1,
            "state": IncidentState.NEW,
            "severity": Severity.HIGH,
            "equipment_id": equipment.id,
            "equipment_kind": equipment.kind,
            "trade": "lighting",
            "place": "",
            "commune": "",
            "lon": equipment.lon,
            "lat": equipment.lat,
            "opened_ms": 1_700_000_000_000,
            "changed_ms": 1_700_000_000_000,
            **changes,
        }
    )
