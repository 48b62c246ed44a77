"""Web Mercator as the map page computes it, so that a test can find a lamp in a screenshot.

Spherical Mercator EPSG:3857 with 256-pixel tiles at zoom 0, as Leaflet's ``L.CRS.EPSG3857``.
Positions travel already projected (0 to 1 from the north-west corner), so that page and Python
never differ by a rounding of a logarithm.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

TILE_PX = 256
SMALL = 7
"""Size of lamps drawn as bitmaps of a few pixels, as the page reports it."""
MAX_LATITUDE = 85.0511287798
"""Degrees north or south where the square map ends."""


def project(lon: float, lat: float) -> tuple[float, float]:
    """Return WGS84 degrees as Mercator fractions, (0, 0) north-west to (1, 1) south-east."""
    lat = max(-MAX_LATITUDE, min(MAX_LATITUDE, lat))
    sine = math.sin(math.radians(lat))
    x = lon / 360 + 0.5
    y = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return x, y


def project_all(
    lons: Sequence[float], lats: Sequence[float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return many places as :func:`project` does, (N,) float64 each."""
    x = np.asarray(lons, np.float64) / 360 + 0.5
    sine = np.sin(np.radians(np.clip(np.asarray(lats, np.float64), -MAX_LATITUDE, MAX_LATITUDE)))
    return x, 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def unproject(x: float, y: float) -> tuple[float, float]:
    """Return Mercator fractions as WGS84 (lon, lat) degrees."""
    lon = (x - 0.5) * 360
    lat = math.degrees(2 * math.atan(math.exp((0.5 - y) * 2 * math.pi)) - math.pi / 2)
    return lon, lat


def world_px(zoom: float) -> float:
    """Return the side of the whole world in CSS pixels at ``zoom`` (fractions allowed)."""
    return float(TILE_PX * 2**zoom)


@dataclass(frozen=True, slots=True)
class ViewReport:
    """What the page says after each paint: what it has drawn, and where it was looking.

    Attributes:
        painted: sequence of the newest frame whose content is on the screen, 0 for none.
        origin: world pixel (CSS pixels at ``zoom``) of the top left corner of the map.
        centre: (lon, lat) degrees of the middle of the map.
        size: width and height in CSS pixels.
        ratio: device pixels in a CSS pixel.
        draw_ms: time the last drawing of the points took in the page.
        blocked: violations of the page's policy seen by the page itself.
        generation: of the catalogue whose places are drawn.
        callouts: incidents' boxes as drawn: id, left, top, right, bottom in CSS pixels.
        marks: alarms, incidents and their clusters as drawn: left, top, right, bottom likewise.
        words: names and values beside symbols, likewise.
        masked: keys of layers whose well ones are not drawn at this scale: no room.
        ground: whether the ground under this view is drawn, or there is none.
        lamp: size lamps are drawn in: 7 (S, a bitmap for each state), 16 (M) or 28 (L) pixels.
    """

    painted: int
    origin: tuple[float, float]
    centre: tuple[float, float]
    zoom: float
    size: tuple[int, int]
    ratio: float
    draw_ms: float = 0.0
    blocked: int = 0
    generation: int = 0
    lamp: int = SMALL
    callouts: tuple[tuple[str, int, int, int, int], ...] = ()
    marks: tuple[tuple[int, int, int, int], ...] = ()
    words: tuple[tuple[int, int, int, int], ...] = ()
    masked: tuple[str, ...] = ()
    ground: bool = True

    @property
    def readable(self) -> bool:
        """Return whether lamps are bitmaps that :mod:`ui.map.bitmaps` reads back."""
        return self.lamp == SMALL

    def css_pixel(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a place is drawn, in CSS pixels from the map's top left corner."""
        x, y = project(lon, lat)
        side = world_px(self.zoom)
        return x * side - self.origin[0], y * side - self.origin[1]

    def device_pixel(self, lon: float, lat: float) -> tuple[int, int]:
        """Return the device pixel a lamp's bitmap is centred on, as the page rounds it."""
        x, y = self.css_pixel(lon, lat)
        return math.floor(x * self.ratio + 0.5), math.floor(y * self.ratio + 0.5)

    def visible(self, lon: float, lat: float, margin_px: float = 0) -> bool:
        """Return whether a place lies inside the map, at least ``margin_px`` from its edge."""
        x, y = self.css_pixel(lon, lat)
        return (
            margin_px <= x < self.size[0] - margin_px and margin_px <= y < self.size[1] - margin_px
        )


def view_report(message: Mapping[str, Any]) -> ViewReport:
    """Read a report from the page's JSON.

    Raises:
        ValueError: a field is missing or is no number; the page is ours, so this is a defect.
    """
    try:
        return ViewReport(
            painted=int(message["painted"]),
            origin=(float(message["origin"][0]), float(message["origin"][1])),
            centre=(float(message["centre"][0]), float(message["centre"][1])),
            zoom=float(message["zoom"]),
            size=(int(message["size"][0]), int(message["size"][1])),
            ratio=float(message["ratio"]),
            draw_ms=float(message.get("draw_ms", 0)),
            blocked=int(message.get("blocked", 0)),
            generation=int(message.get("generation", 0)),
            lamp=int(message.get("lamp", SMALL)),
            callouts=tuple(
                (str(box[0]), int(box[1]), int(box[2]), int(box[3]), int(box[4]))
                for box in message.get("callouts", ())
            ),
            marks=_boxes(message.get("marks", ())),
            words=_boxes(message.get("words", ())),
            masked=tuple(str(key) for key in message.get("masked", ())),
            ground=bool(message.get("ground", True)),
        )
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError(f"no view report: {message!r}") from error


def _boxes(boxes: Iterable[Sequence[float]]) -> tuple[tuple[int, int, int, int], ...]:
    return tuple((int(box[0]), int(box[1]), int(box[2]), int(box[3])) for box in boxes)
