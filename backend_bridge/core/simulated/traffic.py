"""How much traffic there is, and whether a vehicle stands at a spot; invented by seed."""

from __future__ import annotations

import functools
from datetime import datetime

from backend_bridge.core.simulated.noise import chance

SLOT_S = 60
_HOURLY = (5, 3, 2, 2, 4, 12, 35, 85, 100, 70, 60, 62, 70, 68, 62, 65, 80, 100, 90, 60, 40, 28, 18)
"""Percent of the busiest hour, from 0 h to 22 h; two peaks, as counted on working days."""
_BUSIEST_PER_H = 20.0
"""Vehicles at a bollard in the busiest hour."""
_STAYS_S = (4.0, 14.0)


def density(at: datetime) -> float:
    """Return how busy streets are at an aware moment, 0 to 1; by its own zone's wall clock."""
    by_hour = (*_HOURLY, 9)
    hour, part = at.hour, (at.minute * 60 + at.second) / 3600
    busy = by_hour[hour] * (1 - part) + by_hour[(hour + 1) % 24] * part
    return busy / 100 * (0.6 if at.weekday() >= 5 else 1.0)


def vehicle_present(seed: int, at: datetime) -> bool:
    """Return whether a vehicle stands on a loop; at most one comes in each minute."""
    slot, into_s = divmod(at.timestamp(), SLOT_S)
    begins_s, ends_s = _visit(seed, int(slot), density(at.replace(second=0, microsecond=0)))
    return begins_s <= into_s < ends_s


@functools.lru_cache(maxsize=8192)
def _visit(seed: int, slot: int, busy: float) -> tuple[float, float]:
    if chance(seed, slot, 0) >= busy * _BUSIEST_PER_H * SLOT_S / 3600:
        return 0.0, 0.0
    stays_s = _STAYS_S[0] + chance(seed, slot, 1) * (_STAYS_S[1] - _STAYS_S[0])
    begins_s = chance(seed, slot, 2) * (SLOT_S - stays_s)
    return begins_s, begins_s + stays_s
