"""Where the sun stands, by the series of Spencer (1971); within 0.3° and two minutes until 2100."""

from __future__ import annotations

import functools
import math
from datetime import UTC, datetime
from typing import NamedTuple

DAY_S = 86_400
HORIZON_DEG = -0.833
"""The sun's centre when its upper edge rises or sets: half its width, and refraction."""
PHOTOCELL_DEG = -2.0
"""Below this a street is too dark to see: lamps burn."""


class Daylight(NamedTuple):
    """Say from when to when the sun stands above a height, in seconds since 1970.

    Where it stays above all day the two are a day apart, where it stays below they are equal.
    """

    begins_s: float
    ends_s: float


def elevation_deg(lon: float, lat: float, at: datetime) -> float:
    """Return the height of the sun's centre above the horizon in degrees, refraction left out.

    Args:
        lon: degrees east.
        lat: degrees north.
        at: aware moment.
    """
    moment_s = at.timestamp()
    declination, equation_s = _season(_day_angle(moment_s))
    hour = math.tau * ((moment_s + equation_s) / DAY_S + lon / 360) + math.pi
    phi = math.radians(lat)
    height = math.sin(phi) * math.sin(declination) + math.cos(phi) * math.cos(
        declination
    ) * math.cos(hour)
    return math.degrees(math.asin(max(-1.0, min(1.0, height))))


@functools.lru_cache(maxsize=4096)
def daylight(lon: float, lat: float, day: int, height_deg: float = HORIZON_DEG) -> Daylight:
    """Return when, about the solar noon of a day, the sun stands above ``height_deg``.

    Args:
        lon: degrees east.
        lat: degrees north.
        day: whole days since 1970-01-01, UTC.
        height_deg: of the sun's centre over the horizon.
    """
    noon_s = (day + 0.5 - lon / 360) * DAY_S
    declination, equation_s = _season(_day_angle(noon_s))
    noon_s -= equation_s
    phi = math.radians(lat)
    cosine = (math.sin(math.radians(height_deg)) - math.sin(phi) * math.sin(declination)) / (
        math.cos(phi) * math.cos(declination)
    )
    half_s = math.acos(max(-1.0, min(1.0, cosine))) / math.tau * DAY_S
    return Daylight(noon_s - half_s, noon_s + half_s)


def _day_angle(moment_s: float) -> float:
    moment = datetime.fromtimestamp(moment_s, UTC)
    year = moment.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    return math.tau * (moment_s - year.timestamp()) / (365.2422 * DAY_S)


def _season(angle: float) -> tuple[float, float]:
    """Return the sun's declination in radians and the equation of time in seconds."""
    declination = (
        0.006918
        - 0.399912 * math.cos(angle)
        + 0.070257 * math.sin(angle)
        - 0.006758 * math.cos(2 * angle)
        + 0.000907 * math.sin(2 * angle)
        - 0.002697 * math.cos(3 * angle)
        + 0.001480 * math.sin(3 * angle)
    )
    equation = (
        0.000075
        + 0.001868 * math.cos(angle)
        - 0.032077 * math.sin(angle)
        - 0.014615 * math.cos(2 * angle)
        - 0.040849 * math.sin(2 * angle)
    )
    return declination, equation / math.tau * DAY_S
