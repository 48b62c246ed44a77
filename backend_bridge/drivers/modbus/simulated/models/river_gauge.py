"""A river gauge: level and flow after the rain of the last two days; its registers."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from datetime import datetime

from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.simulated.noise import chance, drift
from backend_bridge.core.simulated.weather import HOUR_S, rain_mm_h
from backend_bridge.core.simulation import EquipmentTruth, SimulationSetup
from backend_bridge.drivers.modbus.config import Address
from backend_bridge.drivers.modbus.simulated.device import Area, Cells, number, refuse_writes

SENSOR_FAULT = "sensor_fault"
FLOOD = "flood"
"""Not the gauge's: the river's. A dam is opened upstream, whatever the rain."""
FLOOD_M3S = 250.0
MEMORY_H = 48
"""Rain older than this has run off."""
_PEAK_H = 5.0
"""From rain to the crest."""


def make_device(
    link: LinkConfig, addresses: Mapping[int, Address], setup: SimulationSetup, seed: int
) -> RiverGauge:
    """Return the gauge behind a link.

    Raises:
        ConfigError: a point lies where a gauge has nothing.
    """
    return RiverGauge(link, addresses, setup, seed)


class RiverGauge:
    """Follow the run-off of the city's rain; see :class:`..device.Device`."""

    faults: Mapping[str, Sequence[str]] = {SENSOR_FAULT: (), FLOOD: ()}

    def __init__(
        self,
        link: LinkConfig,
        addresses: Mapping[int, Address],
        setup: SimulationSetup,
        seed: int,
    ) -> None:
        self._city_seed, self._seed = setup.seed, seed
        self._now = setup.start
        self._faulty = self._flood = False
        self._dry_m3s = 1.5 + 4.5 * chance(seed, 1)
        self._width_m = 6.0 + 10.0 * chance(seed, 2)
        self._catchment = 5.0 + 10.0 * chance(seed, 3)
        self._cells = Cells(
            link,
            addresses,
            (
                number(0, lambda: float(self._faulty)),
                number(2, lambda: math.nan if self._faulty else self.level_m, 0.001),
                number(3, lambda: math.nan if self._faulty else self.flow_m3s, 0.01),
            ),
        )
        self.unit = self._cells.unit
        self.areas: Sequence[Area] = self._cells.areas

    @property
    def flow_m3s(self) -> float:
        """Return what flows past: the dry river, and what rain adds hours later."""
        hours = self._now.timestamp() / HOUR_S
        ripple = 0.02 * drift(self._seed, hours * 6)
        flow = self._dry_m3s + self._catchment * run_off(self._city_seed, hours)
        flow += FLOOD_M3S if self._flood else 0.0
        return min(300.0, flow * (1 + ripple))

    @property
    def level_m(self) -> float:
        """Return the level over its datum, by Manning's law for a wide channel."""
        return 0.15 + math.pow(self.flow_m3s / (self._width_m * 1.2), 0.6)

    def advance(self, now: datetime) -> None:
        """Let time reach ``now``."""
        self._now = max(self._now, now)

    def content(self, area: Area) -> Sequence[int]:
        """Return the registers of an area."""
        return self._cells.content(area)

    write = staticmethod(refuse_writes)

    def set_fault(self, fault: str, equipment: str, *, present: bool) -> None:
        """Begin or end one of its faults."""
        del equipment
        if fault == FLOOD:
            self._flood = present
        else:
            self._faulty = present

    def truth(self) -> dict[str, EquipmentTruth]:
        """Return how it is."""
        return self._cells.truth()


def run_off(seed: int, hours: float) -> float:
    """Return the run-off of the city's rain, mm/h spread over the hours it takes to come down."""
    whole = math.floor(hours)
    part = hours - whole
    return _run_off(seed, whole) * (1 - part) + _run_off(seed, whole + 1) * part


@functools.lru_cache(maxsize=4096)
def _run_off(seed: int, hour: int) -> float:
    # the unit hydrograph of Nash with two reservoirs; its area is one
    k = _PEAK_H
    return sum(
        rain_mm_h(seed, hour - back) * back / k**2 * math.exp(-back / k)
        for back in range(1, MEMORY_H)
    )
