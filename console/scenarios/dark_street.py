"""*Dark street*: a cabinet stops answering; the picture says so, once; somebody takes care."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt

from backend_bridge.contract.alarms import Alarm, AlarmState
from backend_bridge.contract.incidents import Incident, IncidentState
from backend_bridge.contract.points import Equipment
from backend_bridge.contract.quality import Quality
from console.app import Console
from console.scenarios.city import read_city
from console.scenarios.hand import NotSeenError
from console.scenarios.lamps import LampReader, read_zoom
from console.scenarios.report import Act
from console.scenarios.signing_in import sign_in
from console.scenarios.stack import Stack
from console.scenarios.story import Script, Stage, play_acts
from console.scenarios.wall_acts import WallActs
from console.scenarios.watch_acts import WatchActs
from console.scenarios.winter_acts import WinterActs
from ui.map.view import MapView
from ui.texts import number, text

READ_ZOOM = 14.75
"""Just below the zoom at which lamps become discs: each lamp can be read off the screen."""
STREET_ZOOM = 17.0
"""Lamps are discs with their state inside, equipment wears its number."""
STANDSTILL_S = 30.0
"""A city's links are opened at a limited rate: it takes as long as it takes, but it gets on."""
CATALOGUE_S = 120.0
"""Ten times the city is read page by page, while the bridge opens 5,000 links."""
LAMPS_READ = 24
LAMPS_READ_WELL = 12
LAMPS_READ_AT_LEAST = 3
CABINETS_TRIED = 12
PIXELS_EVERY_S = 0.1
"""Reading the screen keeps the interface's thread: not more often than this."""


class DarkStreet:
    """Play the story on one console, its bridge and its field.

    What is played follows from the seat: a wall shows cameras, a board of the snow plan is worked
    with, and who may not acknowledge an alarm of street lighting is told so.

    Args:
        stack: running field and bridge.
        console: a console whose ``run`` is under way.
        out: where the pictures go.
        seed: chooses the cabinet.
    """

    name = "dark_street"

    def __init__(self, stack: Stack, console: Console, out: Path, seed: int) -> None:
        self._stack = stack
        self._console = console
        self._world = console.world
        self._stage = Stage(stack, console)
        self._hand = self._stage.hand
        self._out = out
        self._random = random.Random(seed)  # noqa: S311 - chooses a cabinet, keeps no secret
        self._cabinet = ""
        self._below: list[str] = []
        self._city = read_city(stack.territory)
        self._simulated: list[int] = []

    async def play(self) -> list[Act]:
        """Play act after act and return them; after one that does not come true, stop."""
        return await play_acts(
            self._stage, self.name, self._script(), self._out, lambda: {"cabinet": self._cabinet}
        )

    def _script(self) -> Script:
        """Give act after act; from the second on by what the seat has, and may."""
        yield "calm", self._calm
        winter, wall = WinterActs(self._stage), WallActs(self._stage, self._city.cameras)
        if winter.stations_possible:
            yield "station", winter.station
        if winter.circuits_possible:
            yield "circuits", winter.circuits
        if wall.possible:
            yield "wall", wall.called
        if not self._sees_lamps():
            looking = WatchActs(self._stage, self._city.roots)
            yield from (("silent", looking.silent), ("refused", looking.refused))
            yield "answers", looking.answers
            return
        yield "dark", self._dark
        yield "street", self._street
        yield "alarm", self._alarm
        if wall.possible:
            yield "cameras", wall.incident
        if self._works():
            yield "acknowledged", self._acknowledged
            yield "taken", self._taken
        else:
            yield "refused", self._refused
        yield "returned", self._returned
        if self._works():
            yield "closed", self._closed

    # -- acts -------------------------------------------------------------------------------------

    async def _calm(self, act: Act) -> None:
        """Sign in by keyboard; all that is simulated is known and good, the map paints it."""
        start_s = await sign_in(self._hand, self._console, self._stack.person.login)
        await self._hand.until(
            lambda: self._world.catalogue is not None, "the catalogue", timeout_s=CATALOGUE_S
        )
        self._simulated = self._main_points()
        await self._hand.until(
            self._everything_good,
            "every point good",
            timeout_s=STANDSTILL_S,
            instead=self._qualities,
            progress=lambda: self._world.quality_counts()[Quality.GOOD],
        )
        await self._hand.until(
            self._map().page_live, "a live map", timeout_s=STANDSTILL_S, progress=self._painted
        )
        act.measures["sign-in to live map"] = time.monotonic() - start_s
        self._map().surface.fit()
        await self._hand.until(self._ground_drawn, "the streets", timeout_s=STANDSTILL_S)
        lamps = sum(1 for item in self._equipment() if item.kind == "lamp")
        if lamps:
            act.facts.append(text("demo.fact.lamps_good", count=number(lamps)))
        act.facts.append(text("demo.fact.equipment", count=number(len(self._equipment()))))

    async def _dark(self, act: Act) -> None:
        """The cabinet falls silent: within two polls its lamps are unavailable, to the pixel."""
        reader, lamps = await self._find_cabinet()
        start_s = time.monotonic()
        await self._stage.field(self._stack.fault, equipment=self._cabinet, fault="frozen")
        await self._hand.until(self._all_unavailable, "every lamp of the cabinet unavailable")
        act.measures["fault to state"] = time.monotonic() - start_s
        await self._hand.until(
            lambda: _all_show(reader.read(lamps), "unavailable"),
            f"{len(lamps)} lamps unavailable in the pixels of the map",
            every_s=PIXELS_EVERY_S,
            instead=lambda: dict(reader.read(lamps)),
        )
        act.measures["fault to pixel"] = time.monotonic() - start_s
        act.facts.append(text("demo.fact.lamps_unavailable", count=self._lamps_below()))
        act.facts.append(text("demo.fact.lamps_read", count=len(lamps)))

    async def _street(self, act: Act) -> None:
        """Near enough to read each lamp's state and number."""
        start_s = time.monotonic()
        self._map().go_to(self._cabinet, STREET_ZOOM)
        await self._hand.until(
            lambda: self._looks_at_cabinet(STREET_ZOOM), "the map on the dark street"
        )
        act.measures["zoomed"] = time.monotonic() - start_s

    async def _alarm(self, act: Act) -> None:
        """One alarm, not one per lamp; one incident."""
        await self._hand.until(lambda: len(self._world.incidents) == 1, "one incident")
        zoom = self._read_zoom()
        self._map().go_to(self._cabinet, zoom)
        await self._hand.until(lambda: self._looks_at_cabinet(zoom), "the map on the cabinet")
        alarm = self._one_alarm()
        if alarm.equipment_id != self._cabinet or alarm.children != len(self._below):
            raise NotSeenError(f"one alarm on {self._cabinet} counting {len(self._below)}: {alarm}")
        act.facts.append(text("demo.fact.one_alarm", id=alarm.id, children=alarm.children))
        act.facts.append(text("demo.fact.one_incident", id=self._one_incident().id))
        await self._stage.press(
            Qt.Key.Key_F3,
            lambda: self._console.selection.incident_id is not None,
            "the incident selected by F3",
        )

    async def _acknowledged(self, act: Act) -> None:
        """F2: the alarm is acknowledged, by whom is in the journal."""
        start_s = time.monotonic()
        await self._stage.press(
            Qt.Key.Key_F2,
            lambda: self._one_alarm().state is AlarmState.ACKNOWLEDGED,
            "the alarm acknowledged",
        )
        act.measures["key to acknowledged"] = time.monotonic() - start_s
        user, by = self._stack.person.login, self._one_alarm().ack_by
        if by != user:
            raise NotSeenError(f"acknowledged by {user}, not by {by!r}")
        act.facts.append(text("demo.fact.acknowledged_by", user=user))

    async def _refused(self, act: Act) -> None:
        """F2 at a seat without the right: nothing is acknowledged, and the foot says why."""
        start_s = time.monotonic()
        why = text("action.reason.no_right")
        await self._stage.press(
            Qt.Key.Key_F2, lambda: self._last_notice() == why, "the reason in the foot"
        )
        act.measures["key to reason"] = time.monotonic() - start_s
        if self._one_alarm().acknowledged:
            raise NotSeenError("refused, and acknowledged all the same")
        act.facts.append(why)

    async def _taken(self, act: Act) -> None:
        """F5: the incident has an owner."""
        start_s = time.monotonic()
        await self._stage.press(
            Qt.Key.Key_F5,
            lambda: self._one_incident().owner == self._stack.person.login,
            "the incident taken by F5",
        )
        act.measures["key to taken"] = time.monotonic() - start_s
        act.facts.append(text("demo.fact.taken_by", user=self._stack.person.login))

    async def _returned(self, act: Act) -> None:
        """The cabinet answers again: lamps good, alarm gone, incident resolved."""
        reader = LampReader(self._map(), self._equipment())
        start_s = time.monotonic()
        await self._stage.field(self._stack.clear, equipment=self._cabinet)
        await self._hand.until(
            self._everything_good,
            "every point good again",
            timeout_s=STANDSTILL_S,
            instead=self._qualities,
            progress=lambda: self._world.quality_counts()[Quality.GOOD],
        )
        act.measures["mended to state"] = time.monotonic() - start_s
        await self._hand.until(
            lambda: "unavailable" not in reader.read(reader.readable()).values(),
            "no lamp unavailable in the pixels of the map",
            every_s=PIXELS_EVERY_S,
            instead=lambda: dict(reader.read(reader.readable())),
        )
        act.measures["mended to pixel"] = time.monotonic() - start_s
        if self._works():
            await self._hand.until(
                lambda: (
                    len(self._world.alarms) == 0
                    and self._one_incident().state is IncidentState.RESOLVED
                ),
                "the alarm returned and the incident resolved",
                timeout_s=30,
            )
        else:  # somebody else's to acknowledge: it stays in sight, returned
            await self._hand.until(
                lambda: self._one_alarm().state is AlarmState.RETURNED,
                "the alarm returned, to be acknowledged by whose it is",
                timeout_s=30,
            )

    async def _closed(self, act: Act) -> None:
        """F9: the incident is closed, the queue is empty and says so."""
        start_s = time.monotonic()
        await self._stage.press(
            Qt.Key.Key_F9,
            lambda: all(item.state is IncidentState.CLOSED for item in self._world.incidents),
            "the incident closed by F9",
        )
        act.measures["key to closed"] = time.monotonic() - start_s

    # -- what is seen -----------------------------------------------------------------------------

    def _map(self) -> MapView:
        return self._stage.view("map", MapView)

    def _sees_lamps(self) -> bool:
        session = self._world.session
        return session is not None and session.may("view", "lamp")

    def _works(self) -> bool:
        """Return whether this person works incidents of street lighting."""
        session = self._world.session
        return session is not None and session.may("manage", "cabinet")

    def _last_notice(self) -> str:
        notice = self._stage.notice
        return "" if notice is None else notice.text

    def _equipment(self) -> tuple[Equipment, ...]:
        catalogue = self._world.catalogue
        return () if catalogue is None else catalogue.equipment

    async def _find_cabinet(self) -> tuple[LampReader, list[Equipment]]:
        """Look at cabinets until one has lamps enough that stand clear, to be read off the map.

        An alarm's mark and its label will lie over some of them. Where no cabinet has enough, in a
        village or in a thicket of symbols, the best of those that were looked at is taken.
        """
        reader = LampReader(self._map(), self._equipment())
        cabinets = self._city.cabinets
        best: tuple[str, list[Equipment]] = ("", [])
        for cabinet in self._random.sample(cabinets, min(CABINETS_TRIED, len(cabinets))):
            lamps = await self._read_at(reader, cabinet)
            if len(lamps) > len(best[1]):
                best = (cabinet, lamps)
            if len(lamps) >= LAMPS_READ_WELL:
                return reader, lamps
        if len(best[1]) < LAMPS_READ_AT_LEAST:
            raise NotSeenError(f"no lamp of {CABINETS_TRIED} cabinets stands clear enough")
        return reader, await self._read_at(reader, best[0])

    async def _read_at(self, reader: LampReader, cabinet: str) -> list[Equipment]:
        """Look at a cabinet; return its lamps that can be read there."""
        self._cabinet = cabinet
        self._below = list(self._world.equipment.descendants(cabinet))
        zoom = self._read_zoom()
        self._map().go_to(cabinet, zoom)
        await self._hand.until(lambda: self._looks_at_cabinet(zoom), "the map on the cabinet")
        below = set(self._below)
        return [lamp for lamp in reader.readable() if lamp.id in below][:LAMPS_READ]

    def _read_zoom(self) -> float:
        """Return how near lamps are read off the map: a larger scale draws them larger."""
        report = self._map().report
        return read_zoom(READ_ZOOM, 1.0 if report is None else report.ratio)

    def _main_points(self) -> list[int]:
        """Return the point shown first of everything that has a device."""
        index = self._world.equipment
        behind = [name for root in self._city.roots for name in (root, *index.descendants(root))]
        found = [index.main_point(name) for name in behind]
        return [main[0] for main in found if main is not None]

    def _everything_good(self) -> bool:
        """Return whether all that has a device is good; what has none stays unknown."""
        counts = self._world.quality_counts()
        if counts[Quality.STALE] or counts[Quality.UNAVAILABLE] or not self._simulated:
            return False
        if counts[Quality.GOOD] < len(self._simulated):
            return False
        return all(self._world.quality(point) is Quality.GOOD for point in self._simulated)

    def _painted(self) -> float:
        report = self._map().report
        return 0.0 if report is None else float(report.painted)

    def _qualities(self) -> str:
        counts = self._world.quality_counts()
        return ", ".join(f"{quality.word} {counts[quality]}" for quality in Quality)

    def _looks_at_cabinet(self, zoom: float) -> bool:
        report = self._map().report
        place = self._world.equipment.get(self._cabinet)
        return (
            report is not None
            and place is not None
            and abs(report.zoom - zoom) < 0.01
            and report.visible(place.lon, place.lat, 100)
            and report.ground
            and self._map().page_live()
        )

    def _ground_drawn(self) -> bool:
        report = self._map().report
        return report is not None and report.ground

    def _all_unavailable(self) -> bool:
        return all(
            self._world.quality(index) is Quality.UNAVAILABLE
            for equipment_id in (self._cabinet, *self._below)
            for index, _ in self._world.equipment.points_of(equipment_id)
        )

    def _lamps_below(self) -> int:
        below = set(self._below)
        return sum(1 for item in self._equipment() if item.kind == "lamp" and item.id in below)

    def _one_alarm(self) -> Alarm:
        alarms = list(self._world.alarms)
        if len(alarms) != 1:
            raise NotSeenError(f"one alarm, not {len(alarms)}")
        return alarms[0]

    def _one_incident(self) -> Incident:
        incidents = list(self._world.incidents)
        if len(incidents) != 1:
            raise NotSeenError(f"one incident, not {len(incidents)}")
        return incidents[0]


def _all_show(words: Mapping[str, str | None], word: str) -> bool:
    """Return whether lamps that can be read show ``word``; others lie under an incident's label."""
    shown = [found for found in words.values() if found is not None]
    return set(shown) == {word} and len(shown) >= LAMPS_READ_AT_LEAST
