"""*Dark street*: a cabinet stops answering; the picture says so, once; somebody takes care."""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt

from backend_bridge.contract.alarms import Alarm, AlarmState
from backend_bridge.contract.incidents import Incident, IncidentState
from backend_bridge.contract.points import Equipment
from backend_bridge.contract.quality import Quality
from console.app import Console
from console.scenarios.hand import Hand, NotSeenError
from console.scenarios.lamps import LampReader
from console.scenarios.report import Act
from console.scenarios.signing_in import sign_in
from console.scenarios.stack import OPERATOR, Stack
from ui.map.view import MapView
from ui.texts import text

READ_ZOOM = 14.75
"""Just below the zoom at which lamps become discs: each lamp can be read off the screen."""
CITY_UP_S = 120.0
"""A whole city's links are opened at twenty a second at most, so as not to storm its network."""
LIGHTING = frozenset({"cabinet", "feeder", "lamp"})
LAMPS_READ = 24
LAMPS_READ_AT_LEAST = 3


class DarkStreet:
    """Play the story on one console, its bridge and its field.

    Args:
        stack: running field and bridge.
        console: a console whose ``run`` is under way.
        out: where the pictures go.
        seed: chooses the cabinet.
    """

    name = "dark_street"

    def __init__(self, stack: Stack, console: Console, out: Path, seed: int) -> None:
        self.acts: list[Act] = []
        self._stack = stack
        self._console = console
        self._world = console.world
        self._hand = Hand(console.window)
        self._out = out
        self._random = random.Random(seed)  # noqa: S311 - chooses a cabinet, keeps no secret
        self._cabinet = ""
        self._below: list[str] = []

    async def play(self) -> list[Act]:
        """Play act after act and return them; after one that does not come true, stop."""
        for number, (name, act) in enumerate(self._script(), start=1):
            played = Act(name=name, title=text(f"demo.{self.name}.{name}", cabinet=self._cabinet))
            self.acts.append(played)
            start_s = time.monotonic()
            try:
                await act(played)
                played.passed = True
            except NotSeenError as error:
                played.problem = str(error)
            played.title = text(f"demo.{self.name}.{name}", cabinet=self._cabinet)
            played.seconds = time.monotonic() - start_s
            played.picture = self._hand.picture(self._out / f"{number}-{name}.png")
            if not played.passed:
                break
        return self.acts

    def _script(self) -> list[tuple[str, Callable[[Act], Awaitable[None]]]]:
        return [
            ("calm", self._calm),
            ("dark", self._dark),
            ("alarm", self._alarm),
            ("acknowledged", self._acknowledged),
            ("taken", self._taken),
            ("returned", self._returned),
            ("closed", self._closed),
        ]

    # -- acts -------------------------------------------------------------------------------------

    async def _calm(self, act: Act) -> None:
        """Sign in by keyboard; every lamp is known and good, the map paints the present."""
        start_s = await sign_in(self._hand, self._console)
        await self._hand.until(
            self._everything_good, "every point good", timeout_s=CITY_UP_S, instead=self._qualities
        )
        await self._hand.until(self._map().page_live, "a live map", timeout_s=20)
        act.measures["sign-in to live map"] = time.monotonic() - start_s
        lamps = sum(1 for item in self._equipment() if item.kind == "lamp")
        act.facts.append(text("demo.fact.lamps_good", count=lamps))
        self._cabinet = self._random.choice(
            [item.id for item in self._equipment() if item.kind == "cabinet"]
        )
        self._below = list(self._world.equipment.descendants(self._cabinet))

    async def _dark(self, act: Act) -> None:
        """The cabinet falls silent: within two polls its lamps are unavailable, to the pixel."""
        self._map().go_to(self._cabinet, READ_ZOOM)
        reader = LampReader(self._map(), self._equipment())
        await self._hand.until(self._looks_at_cabinet, "the map on the cabinet")
        below = set(self._below)
        lamps = [lamp for lamp in reader.readable() if lamp.id in below][:LAMPS_READ]
        if not lamps:
            raise NotSeenError(f"no lamp of {self._cabinet} stands clear enough to be read")
        start_s = time.monotonic()
        self._stack.fault(link=self._link_of(self._cabinet), fault="frozen")
        await self._hand.until(self._all_unavailable, "every lamp of the cabinet unavailable")
        act.measures["fault to state"] = time.monotonic() - start_s
        await self._hand.until(
            lambda: _all_show(reader.read(lamps), "unavailable"),
            f"{len(lamps)} lamps unavailable in the pixels of the map",
            instead=lambda: dict(reader.read(lamps)),
        )
        act.measures["fault to pixel"] = time.monotonic() - start_s
        act.facts.append(text("demo.fact.lamps_unavailable", count=self._lamps_below()))
        act.facts.append(text("demo.fact.lamps_read", count=len(lamps)))

    async def _alarm(self, act: Act) -> None:
        """One alarm, not one per lamp; one incident."""
        await self._hand.until(lambda: len(self._world.incidents) == 1, "one incident")
        alarm = self._one_alarm()
        if alarm.equipment_id != self._cabinet or alarm.children != len(self._below):
            raise NotSeenError(f"one alarm on {self._cabinet} counting {len(self._below)}: {alarm}")
        act.facts.append(text("demo.fact.one_alarm", id=alarm.id, children=alarm.children))
        act.facts.append(text("demo.fact.one_incident", id=self._one_incident().id))
        await self._hand.key(Qt.Key.Key_F3)
        await self._hand.until(
            lambda: self._console.selection.incident_id is not None, "the incident selected by F3"
        )

    async def _acknowledged(self, act: Act) -> None:
        """F2: the alarm is acknowledged, by whom is in the journal."""
        start_s = time.monotonic()
        await self._hand.key(Qt.Key.Key_F2)
        await self._hand.until(
            lambda: self._one_alarm().state is AlarmState.ACKNOWLEDGED, "the alarm acknowledged"
        )
        act.measures["key to acknowledged"] = time.monotonic() - start_s
        if self._one_alarm().ack_by != OPERATOR:
            raise NotSeenError(f"acknowledged by {OPERATOR}, not by {self._one_alarm().ack_by!r}")
        act.facts.append(text("demo.fact.acknowledged_by", user=OPERATOR))

    async def _taken(self, act: Act) -> None:
        """F5: the incident has an owner."""
        start_s = time.monotonic()
        await self._hand.key(Qt.Key.Key_F5)
        await self._hand.until(
            lambda: self._one_incident().owner == OPERATOR, "the incident taken by F5"
        )
        act.measures["key to taken"] = time.monotonic() - start_s
        act.facts.append(text("demo.fact.taken_by", user=OPERATOR))

    async def _returned(self, act: Act) -> None:
        """The cabinet answers again: lamps good, alarm gone, incident resolved."""
        reader = LampReader(self._map(), self._equipment())
        start_s = time.monotonic()
        self._stack.clear(link=self._link_of(self._cabinet))
        await self._hand.until(self._everything_good, "every point good again", timeout_s=30)
        act.measures["mended to state"] = time.monotonic() - start_s
        await self._hand.until(
            lambda: "unavailable" not in reader.read(reader.readable()).values(),
            "no lamp unavailable in the pixels of the map",
            instead=lambda: dict(reader.read(reader.readable())),
        )
        act.measures["mended to pixel"] = time.monotonic() - start_s
        await self._hand.until(
            lambda: (
                len(self._world.alarms) == 0
                and self._one_incident().state is IncidentState.RESOLVED
            ),
            "the alarm returned and the incident resolved",
            timeout_s=30,
        )

    async def _closed(self, act: Act) -> None:
        """F9: the incident is closed, the queue is empty and says so."""
        start_s = time.monotonic()
        await self._hand.key(Qt.Key.Key_F9)
        await self._hand.until(
            lambda: all(item.state is IncidentState.CLOSED for item in self._world.incidents),
            "the incident closed by F9",
        )
        act.measures["key to closed"] = time.monotonic() - start_s

    # -- what is seen -----------------------------------------------------------------------------

    def _map(self) -> MapView:
        frame = self._console.window.frames["map"]
        if not isinstance(frame.view, MapView):
            raise NotSeenError("no map panel in this seat")
        return frame.view

    def _equipment(self) -> tuple[Equipment, ...]:
        catalogue = self._world.catalogue
        return () if catalogue is None else catalogue.equipment

    def _everything_good(self) -> bool:
        """Return whether the lighting is known and good; kinds nothing drives yet stay unknown."""
        counts = self._world.quality_counts()
        doubtful = counts[Quality.STALE] + counts[Quality.BAD] + counts[Quality.UNAVAILABLE]
        return doubtful == 0 and counts[Quality.GOOD] >= self._lighting_points() > 0

    def _qualities(self) -> str:
        counts = self._world.quality_counts()
        return ", ".join(f"{quality.word} {counts[quality]}" for quality in Quality)

    def _lighting_points(self) -> int:
        catalogue = self._world.catalogue
        if catalogue is None:
            return 0
        points = {kind.key: len(kind.points) for kind in catalogue.kinds if kind.key in LIGHTING}
        return sum(points.get(item.kind, 0) for item in catalogue.equipment)

    def _looks_at_cabinet(self) -> bool:
        report = self._map().report
        place = self._world.equipment.get(self._cabinet)
        return (
            report is not None
            and place is not None
            and abs(report.zoom - READ_ZOOM) < 0.01
            and report.visible(place.lon, place.lat, 100)
            and self._map().page_live()
        )

    def _all_unavailable(self) -> bool:
        return all(
            self._world.quality(index) is Quality.UNAVAILABLE
            for equipment_id in (self._cabinet, *self._below)
            for index, _ in self._world.equipment.points_of(equipment_id)
        )

    def _lamps_below(self) -> int:
        below = set(self._below)
        return sum(1 for item in self._equipment() if item.kind == "lamp" and item.id in below)

    def _link_of(self, cabinet: str) -> str:
        truth = self._stack.truth()
        return cabinet if cabinet in truth["links"] else next(iter(truth["links"]))

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
