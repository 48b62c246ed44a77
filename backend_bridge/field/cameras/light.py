"""What the sky does to a street: where the sun stands, which weather it is, how much light falls.

All of it follows from a seed and a moment, so that equal seeds give equal evenings.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime

from backend_bridge.core.simulated.sun import PHOTOCELL_DEG, elevation_deg
from backend_bridge.core.simulated.weather import weather

RGB = tuple[int, int, int]
Place = tuple[float, float]

LIGHT_STEPS = 16
"""Degrees of light between night and day for which a street is drawn anew."""
_NIGHT_DEG, _FULL_DAY_DEG = -6.0, 8.0
"""Heights of the sun at which civil dusk ends, and at which it is on every roof."""
_DARK = (PHOTOCELL_DEG - _NIGHT_DEG) / (_FULL_DAY_DEG - _NIGHT_DEG)
_RAIN_MM_H, _SNOW_BELOW_C = 0.1, 0.7
_NIGHT: RGB = (42, 46, 64)
_DAY: RGB = (255, 252, 246)
_SKY_NIGHT: tuple[RGB, RGB] = ((9, 12, 24), (26, 28, 42))
_SKY_DUSK: tuple[RGB, RGB] = ((52, 62, 102), (206, 128, 84))
_SKY_DAY: tuple[RGB, RGB] = ((96, 150, 208), (196, 216, 232))
_SKY_GREY: tuple[RGB, RGB] = ((150, 156, 164), (194, 197, 200))


class Sky(enum.StrEnum):
    """Name what falls, or does not."""

    CLEAR = "clear"
    OVERCAST = "overcast"
    RAIN = "rain"
    FOG = "fog"
    SNOW = "snow"


@dataclass(frozen=True, slots=True)
class Light:
    """The light of a moment, coarse enough to be drawn for minutes.

    Attributes:
        step: 0 night to ``LIGHT_STEPS`` full day.
        falls: what falls, or does not.
    """

    step: int
    falls: Sky

    @property
    def day(self) -> float:
        """Return how much of it is day, 0 to 1."""
        return self.step / LIGHT_STEPS

    @property
    def burning(self) -> bool:
        """Return whether lamps burn: when the cabinets' photocells say so."""
        return self.day < _DARK

    @property
    def ambient(self) -> RGB:
        """Return the colour that falls on everything; white leaves colours as they are."""
        dim = 0.8 if self.falls is not Sky.CLEAR else 1.0
        return mix(_NIGHT, scaled(_DAY, dim), self.day)

    @property
    def sky(self) -> tuple[RGB, RGB]:
        """Return the sky's colour overhead and at the horizon."""
        clear = self.falls is Sky.CLEAR
        noon = _SKY_DAY if clear else _SKY_GREY
        dusk = _SKY_DUSK if clear else (scaled(_SKY_GREY[0], 0.5), scaled(_SKY_GREY[1], 0.5))
        if self.day < 0.5:
            pair = [mix(_SKY_NIGHT[i], dusk[i], self.day * 2) for i in (0, 1)]
        else:
            pair = [mix(dusk[i], noon[i], self.day * 2 - 1) for i in (0, 1)]
        return pair[0], pair[1]

    @property
    def haze(self) -> float:
        """Return the share of the horizon's colour that 100 m of air adds, 0 to 1."""
        return {Sky.FOG: 0.85, Sky.SNOW: 0.5, Sky.RAIN: 0.3}.get(self.falls, 0.12)


def light_at(moment: datetime, seed: int, place: Place) -> Light:
    """Return the light at ``moment``, aware, in the city of ``seed`` at a (longitude, latitude)."""
    day = (elevation_deg(*place, moment) - _NIGHT_DEG) / (_FULL_DAY_DEG - _NIGHT_DEG)
    return Light(round(min(1.0, max(0.0, day)) * LIGHT_STEPS), sky_at(moment, seed, place))


def sky_at(moment: datetime, seed: int, place: Place) -> Sky:
    """Return what falls: the same weather the city's stations measure."""
    now = weather(seed, *place, moment)
    if now.rain_mm_h > _RAIN_MM_H:
        return Sky.SNOW if now.air_c < _SNOW_BELOW_C else Sky.RAIN
    if now.humidity > 90 and now.wind_m_s < 4:
        return Sky.FOG
    return Sky.OVERCAST if now.humidity > 80 else Sky.CLEAR


def mix(a: RGB, b: RGB, share: float) -> RGB:
    """Return ``a`` with a ``share`` of ``b``, 0 to 1."""
    return (
        round(a[0] + (b[0] - a[0]) * share),
        round(a[1] + (b[1] - a[1]) * share),
        round(a[2] + (b[2] - a[2]) * share),
    )


def scaled(colour: RGB, factor: float) -> RGB:
    """Return a colour brighter or darker, kept within 0 to 255."""
    r, g, b = (min(255, round(part * factor)) for part in colour)
    return r, g, b


def lit(colour: RGB, light: RGB) -> RGB:
    """Return how a surface of ``colour`` looks under ``light``."""
    return colour[0] * light[0] // 255, colour[1] * light[1] // 255, colour[2] * light[2] // 255
