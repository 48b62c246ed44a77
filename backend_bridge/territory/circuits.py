"""Circuits as consoles draw them: names, lengths and simplified streets."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from backend_bridge.contract import circuits as contract
from backend_bridge.territory.model import Territory
from backend_bridge.territory.records import Circuit, Position, Street

TOLERANCE_M = 3.0
"""A street may be drawn this far beside where it is."""
_DECIMALS = 5
"""A metre."""
_M_PER_DEGREE = 111_320.0


def planned_circuits(territory: Territory) -> tuple[contract.Circuit, ...]:
    """Return the plan of every circuit, most urgent first, then by name and id."""
    streets = {street.id: street for street in territory.streets if street.id}
    found = [_planned(circuit, streets) for circuit in territory.circuits]
    return tuple(sorted(found, key=lambda one: (one.priority, one.name, one.id)))


def _planned(circuit: Circuit, streets: dict[str, Street]) -> contract.Circuit:
    """Return one circuit's plan; a street driven twice counts once."""
    driven = [streets[arc] for arc in circuit.arcs]
    once = list(dict.fromkeys(driven))
    return contract.Circuit(
        id=circuit.id,
        name=circuit.name,
        priority=circuit.priority,
        treatment=circuit.treatment,
        length_m=round(sum(street.length_m for street in once), 1),
        communes=_longest((street.commune, street.length_m) for street in once),
        streets=_longest((street.name, street.length_m) for street in once),
        arcs=tuple(arc for street in driven for arc in _arcs(street)),
    )


def _longest(parts: Iterator[tuple[str, float]]) -> tuple[str, ...]:
    metres: Counter[str] = Counter()
    for name, length_m in parts:
        if name:
            metres[name] += length_m  # type: ignore[assignment]  # typeshed counts in int only
    return tuple(sorted(metres, key=lambda name: (-metres[name], name)))


def _arcs(street: Street) -> Iterator[contract.CircuitArc]:
    for line in street.lines:
        kept = simplified(line)
        if len(kept) > 1:
            flat = tuple(round(number, _DECIMALS) for point in kept for number in point)
            yield contract.CircuitArc(street.name, street.direction, flat)


def simplified(line: Sequence[Position], tolerance_m: float = TOLERANCE_M) -> list[Position]:
    """Return a line without the points that lie nearly on the way between those kept.

    Ramer, Douglas and Peucker: both ends stay, no point left out is further than ``tolerance_m``
    from what is left.
    """
    if len(line) < 3:
        return list(line)
    keep = [False] * len(line)
    keep[0] = keep[-1] = True
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        furthest_m, at = 0.0, 0
        for index in range(first + 1, last):
            distance_m = distance_to(line[index], line[first], line[last])
            if distance_m > furthest_m:
                furthest_m, at = distance_m, index
        if furthest_m > tolerance_m:
            keep[at] = True
            waiting += [(first, at), (at, last)]
    return [point for point, kept in zip(line, keep, strict=True) if kept]


def distance_to(point: Position, start: Position, end: Position) -> float:
    """Return metres from a point to the stretch between two others, flat over a few kilometres."""
    narrow = math.cos(math.radians(start[1])) * _M_PER_DEGREE
    px, py = (point[0] - start[0]) * narrow, (point[1] - start[1]) * _M_PER_DEGREE
    ex, ey = (end[0] - start[0]) * narrow, (end[1] - start[1]) * _M_PER_DEGREE
    square = ex * ex + ey * ey
    along = 0.0 if square == 0 else min(1.0, max(0.0, (px * ex + py * ey) / square))
    return math.hypot(px - along * ex, py - along * ey)
