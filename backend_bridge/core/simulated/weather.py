"""One weather for a whole territory: nights that freeze, showers, wind; invented by seed."""

from __future__ import annotations

import functools
import math
from datetime import UTC, datetime
from typing import NamedTuple

from backend_bridge.core.simulated.noise import drift
from backend_bridge.core.simulated.sun import elevation_deg

HOUR_S = 3600.0
STEP_S = 60
"""The weather is told anew each minute."""
_MAGNUS_A, _MAGNUS_B_C = 17.62, 243.12
"""Saturation over water: WMO Guide to Instruments (WMO-No. 8), annex 4.B."""
_COLDEST_DAY, _YEAR_DAYS = 15, 365.25
_DRY_UP_H = 2


class Weather(NamedTuple):
    """Say what the weather is.

    Attributes:
        road_c: of the pavement's surface.
        humidity: relative, %.
        wet: whether there is water, ice or snow on the pavement.
        ice: whether it is frozen.
    """

    air_c: float
    road_c: float
    dew_point_c: float
    humidity: float
    wind_m_s: float
    rain_mm_h: float
    wet: bool
    ice: bool


def weather(seed: int, lon: float, lat: float, at: datetime, colder_c: float = 0.0) -> Weather:
    """Return the weather at an aware moment, ``colder_c`` colder than at most spots."""
    return _weather(seed, lon, lat, int(at.timestamp()) // STEP_S, colder_c)


@functools.lru_cache(maxsize=4096)
def rain_mm_h(seed: int, hour: int) -> float:
    """Return how hard it rains (or snows, as water) in one hour since 1970, mm/h."""
    return _rain_mm_h(seed, hour + 0.5)


def _rain_mm_h(seed: int, hours: float) -> float:
    front = drift(seed ^ 0x5A17, hours / 7)
    shower = drift(seed ^ 0x51ED, hours / 0.7)
    return (max(0.0, front - 0.45) / 0.55) ** 2 * (4.0 + 3.6 * shower)


@functools.lru_cache(maxsize=4096)
def _weather(seed: int, lon: float, lat: float, minute: int, colder_c: float) -> Weather:
    moment_s = float(minute * STEP_S)
    moment = datetime.fromtimestamp(moment_s, UTC)
    hours = moment_s / HOUR_S
    cloud = (1 + drift(seed ^ 0xC10D, hours / 9)) / 2
    rain = _rain_mm_h(seed, hours)
    sun = max(0.0, math.sin(math.radians(elevation_deg(lon, lat, moment))))
    season = (moment.timetuple().tm_yday - _COLDEST_DAY) / _YEAR_DAYS
    warmest = math.cos(math.tau * (hours / 24 + lon / 360 - 15 / 24))
    air = (
        (10.6 - 10.4 * math.cos(math.tau * season)) * (1 if lat > 0 else -1) * (abs(lat) / 47.3)
        + (2.2 - 1.2 * cloud) * (1 + math.sin(math.pi * season)) * warmest
        + 2.0 * drift(seed ^ 0xA112, hours / 40)
        - colder_c
    )
    clear = 1 - cloud
    road = air + sun * (6 + 14 * clear) - (1.0 + 1.5 * clear) * (sun == 0)
    spread = max(0.3, (1.5 + 6 * sun + 2.5 * clear) * (1 - min(rain, 0.8)))
    dew = air - spread
    recent = max(rain, *(rain_mm_h(seed, int(hours) - back) for back in range(_DRY_UP_H)))
    wet = recent > 0.05 or road < dew
    wind = 3.2 + 2.8 * drift(seed ^ 0x817D, hours / 11) + 0.5 * drift(seed ^ 0x60F7, hours * 20)
    return Weather(
        air_c=air,
        road_c=road,
        dew_point_c=dew,
        humidity=100 * _vapour(dew) / _vapour(air),
        wind_m_s=max(0.0, wind),
        rain_mm_h=rain,
        wet=wet,
        ice=wet and road < -0.2,
    )


def _vapour(celsius: float) -> float:
    return math.exp(_MAGNUS_A * celsius / (_MAGNUS_B_C + celsius))
