"""A territory's simulated equipment: every link's simulator, one simulated time, one truth."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Protocol

from backend_bridge.contract.points import Equipment
from backend_bridge.contract.times import Clock
from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.simulation import (
    LINK_FAULTS,
    EquipmentTruth,
    FaultError,
    SimulationSetup,
    Simulator,
)
from backend_bridge.drivers.registry import Registry
from backend_bridge.territory.records import Uplink

TICK_S = 1.0
SLICE_S = 0.005
"""How long the truth is told before polls are answered again."""


class City(Protocol):
    """What the field needs of a territory."""

    @property
    def equipment(self) -> tuple[Equipment, ...]:
        """Return every equipment."""

    @property
    def links(self) -> tuple[LinkConfig, ...]:
        """Return every link, points bound."""

    @property
    def centre(self) -> tuple[float, float]:
        """Return where it lies, (longitude, latitude) in degrees."""

    @property
    def uplinks(self) -> tuple[Uplink, ...]:
        """Return the networks links go through."""

    @property
    def uplink_of(self) -> Mapping[str, str]:
        """Return the network of each link, by link id; absent for none."""


class UnknownSubjectError(KeyError):
    """Say that there is no such link or equipment here."""


class World:
    """Run one simulator per link, all on the running loop.

    Attributes:
        seed: what it was made from.
        parents: the equipment each equipment depends on, by id; absent for none.
        kinds: each equipment's kind, by id.

    Args:
        city: links and equipment.
        registry: where simulators come from.
        start: simulated moment at which it begins, aware.
        seed: equal seeds give equal devices.
        speed: simulated seconds per second of ``clock``.
        ramp_s: seconds of ``clock`` that a commanded lamp takes from dark to full.

    Raises:
        ConfigError: a link has no simulator, or one that cannot stand for it.
    """

    def __init__(
        self,
        city: City,
        registry: Registry,
        *,
        start: datetime,
        seed: int,
        speed: float,
        clock: Clock,
        ramp_s: float = 0.0,
    ) -> None:
        self.parents = {item.id: item.parent for item in city.equipment if item.parent}
        self.kinds = {item.id: item.kind for item in city.equipment}
        self.seed = seed
        self._city = city
        setup = SimulationSetup(
            seed=seed,
            start=start,
            place=city.centre,
            parents=self.parents,
            steady_s=clock.mono_s,
            ramp_s=ramp_s,
        )
        self._simulators: dict[str, Simulator] = {
            link.id: registry.make_simulator(link, setup) for link in city.links
        }
        self._link_of = {
            point.equipment_id: link.id for link in city.links for point in link.points
        }
        self._start = start
        self._speed = speed
        self._clock = clock
        self._began_s = clock.mono_s()

    @property
    def now(self) -> datetime:
        """Return the simulated time."""
        return self._start + timedelta(seconds=(self._clock.mono_s() - self._began_s) * self._speed)

    @property
    def speed(self) -> float:
        """Return simulated seconds per second."""
        return self._speed

    @property
    def simulators(self) -> Mapping[str, Simulator]:
        """Return the simulators by link id."""
        return self._simulators

    @cached_property
    def links_by_uplink(self) -> Mapping[str, Sequence[str]]:
        """Return the links that go through each uplink, those of uplinks below it included."""
        above = {uplink.id: uplink.parent for uplink in self._city.uplinks}
        found: dict[str, list[str]] = {uplink: [] for uplink in above}
        for link in self._simulators:
            uplink = self._city.uplink_of.get(link, "")
            while uplink:
                found[uplink].append(link)
                uplink = above[uplink]
        return {uplink: links for uplink, links in found.items() if links}

    @cached_property
    def lamps_behind(self) -> Mapping[str, int]:
        """Return how many lamps each link carries; absent for none."""
        lamps = (link for item, link in self._link_of.items() if self.kinds.get(item) == "lamp")
        return Counter(lamps)

    async def start(self) -> None:
        """Serve every link; on failure none stays served.

        Raises:
            OSError: an address cannot be served.
        """
        try:
            for simulator in self._simulators.values():
                await simulator.start()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Close every socket."""
        for simulator in self._simulators.values():
            await simulator.stop()

    async def run(self) -> None:
        """Move simulated time on, once a second, until cancelled."""
        while True:
            await asyncio.sleep(TICK_S)
            self.advance()

    def advance(self) -> None:
        """Bring every simulator to the simulated time."""
        now = self.now
        for simulator in self._simulators.values():
            simulator.advance(now)

    async def truths(
        self, link: str | None = None
    ) -> AsyncIterator[tuple[str, Mapping[str, EquipmentTruth]]]:
        """Tell, link by link, how every equipment is, or that of one link.

        Each link's equipment is told as it is at one moment; between links polls are answered, so
        that telling a whole city makes no device late.

        Raises:
            UnknownSubjectError: no such link.
        """
        names = list(self._simulators) if link is None else [link]
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        for name in names:
            yield name, self._simulator(name).truth()
            if loop.time() - began_s > SLICE_S:
                await asyncio.sleep(0)
                began_s = loop.time()

    async def inject(
        self, fault: str, *, link: str | None, equipment: str | None, parameters: Mapping[str, Any]
    ) -> str:
        """Begin a fault on a link, or on the link that carries an equipment; return the link.

        Raises:
            UnknownSubjectError: no such link or equipment.
            FaultError: the simulator knows no such fault.
        """
        chosen = self._resolve(link, equipment)
        given = dict(parameters)
        if equipment is not None and fault not in LINK_FAULTS:
            given["equipment"] = equipment
        await self._simulators[chosen].inject(fault, given)
        return chosen

    async def clear(
        self, fault: str | None, *, link: str | None, equipment: str | None
    ) -> list[str]:
        """End faults: one, all of a link, or all there are; return the links touched.

        Raises:
            UnknownSubjectError: no such link or equipment.
            FaultError: there is no such fault.
        """
        if link is None and equipment is None:
            if fault is not None:
                raise FaultError("say which link's or equipment's fault to clear")
            for simulator in self._simulators.values():
                await simulator.clear()
            return list(self._simulators)
        chosen = self._resolve(link, equipment)
        simulator = self._simulators[chosen]
        named = f"{fault}:{equipment}"
        await simulator.clear(named if named in simulator.faults else fault)
        return [chosen]

    def _resolve(self, link: str | None, equipment: str | None) -> str:
        if link is not None:
            self._simulator(link)
            return link
        if equipment not in self._link_of:
            raise UnknownSubjectError(f"no link carries equipment {equipment!r}")
        return self._link_of[equipment]

    def _simulator(self, link: str) -> Simulator:
        try:
            return self._simulators[link]
        except KeyError:
            raise UnknownSubjectError(f"there is no link {link!r} here") from None
