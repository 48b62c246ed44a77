"""Is this place in the territory? Answered for a hundred thousand places a second."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable

from backend_bridge.territory.records import Lines, Position

METRES_PER_DEGREE = 111_320.0
"""Of latitude; of longitude times the cosine of the latitude. Good to 0.3 % anywhere."""
BANDS = 256


class Area:
    """Hold closed rings so that a place is compared with the few edges at its latitude only.

    Places covered by one ring or several are inside: rings are outer rings, holes do not count.
    """

    def __init__(self, rings: Lines) -> None:
        self._rings = [_Ring(ring) for ring in rings]

    def holds(self, lon: float, lat: float) -> bool:
        """Return whether a place is inside a ring."""
        return any(ring.holds(lon, lat) for ring in self._rings)

    def near(self, lon: float, lat: float, within_m: float) -> bool:
        """Return whether a place is inside or about ``within_m`` metres from it (16 directions)."""
        if self.holds(lon, lat):
            return True
        high = within_m / METRES_PER_DEGREE
        wide = high / max(math.cos(math.radians(lat)), 0.01)
        turns = [math.tau * step / 16 for step in range(16)]
        return any(
            self.holds(lon + part * wide * math.cos(turn), lat + part * high * math.sin(turn))
            for part in (0.5, 1.0)
            for turn in turns
        )


class _Ring:
    __slots__ = ("_bands", "_east", "_north", "_per_band", "_south", "_west")

    def __init__(self, ring: Iterable[Position]) -> None:
        points = list(ring)
        if points[0] != points[-1]:
            points.append(points[0])
        self._west, self._east = min(p[0] for p in points), max(p[0] for p in points)
        self._south, self._north = min(p[1] for p in points), max(p[1] for p in points)
        self._per_band = (self._north - self._south) / BANDS or 1.0
        self._bands: list[list[tuple[float, float, float, float]]] = [[] for _ in range(BANDS + 1)]
        for (x1, y1), (x2, y2) in itertools.pairwise(points):
            first, last = sorted((self._band(y1), self._band(y2)))
            for band in range(first, last + 1):
                self._bands[min(band, BANDS)].append((x1, y1, x2, y2))

    def _band(self, lat: float) -> int:
        return int((lat - self._south) / self._per_band)

    def holds(self, lon: float, lat: float) -> bool:
        if not (self._west <= lon <= self._east and self._south <= lat <= self._north):
            return False
        inside = False
        for x1, y1, x2, y2 in self._bands[min(self._band(lat), BANDS)]:
            if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
                inside = not inside
        return inside
