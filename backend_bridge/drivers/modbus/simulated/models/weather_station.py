"""A road-weather station: air, pavement, dew point, wind, rain, surface; its registers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime

from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.simulated.noise import chance
from backend_bridge.core.simulated.weather import Weather, weather
from backend_bridge.core.simulation import EquipmentTruth, SimulationSetup
from backend_bridge.drivers.modbus.config import Address
from backend_bridge.drivers.modbus.simulated.device import (
    Area,
    Cells,
    bit,
    number,
    refuse_writes,
)

SENSOR_FAULT = "sensor_fault"


def make_device(
    link: LinkConfig, addresses: Mapping[int, Address], setup: SimulationSetup, seed: int
) -> WeatherStation:
    """Return the station behind a link.

    Raises:
        ConfigError: a point lies where a station has nothing.
    """
    return WeatherStation(link, addresses, setup, seed)


class WeatherStation:
    """Measure the city's weather at a spot of its own; see :class:`..device.Device`."""

    faults: Mapping[str, Sequence[str]] = {SENSOR_FAULT: ()}

    def __init__(
        self,
        link: LinkConfig,
        addresses: Mapping[int, Address],
        setup: SimulationSetup,
        seed: int,
    ) -> None:
        self._seed, self._place = setup.seed, setup.place
        self._colder_c = round(1.6 * chance(seed, 1) - 0.8, 1)
        self._now = setup.start
        self._faulty = False
        self._cells = Cells(
            link,
            addresses,
            (
                number(0, lambda: float(self._faulty)),
                number(2, lambda: self.weather.air_c, 0.1),
                number(3, lambda: math.nan if self._faulty else self.weather.road_c, 0.1),
                number(4, lambda: self.weather.dew_point_c, 0.1),
                number(5, lambda: self.weather.humidity),
                number(6, lambda: self.weather.wind_m_s, 0.1),
                number(7, lambda: self.weather.rain_mm_h, 0.1),
                bit(8, 0, lambda: self.weather.wet),
                bit(8, 1, lambda: self.weather.ice),
            ),
        )
        self.unit = self._cells.unit
        self.areas: Sequence[Area] = self._cells.areas

    @property
    def weather(self) -> Weather:
        """Return the weather at its spot."""
        return weather(self._seed, *self._place, self._now, self._colder_c)

    def advance(self, now: datetime) -> None:
        """Let time reach ``now``."""
        self._now = max(self._now, now)

    def content(self, area: Area) -> Sequence[int]:
        """Return the registers of an area."""
        return self._cells.content(area)

    write = staticmethod(refuse_writes)

    def set_fault(self, fault: str, equipment: str, *, present: bool) -> None:
        """Begin or end its one fault: the pavement's sensor is torn out."""
        del fault, equipment
        self._faulty = present

    def truth(self) -> dict[str, EquipmentTruth]:
        """Return how it is."""
        return self._cells.truth()
