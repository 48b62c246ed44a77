"""Share the streets out among ploughs, each circuit together on the ground and in driving order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

Arc = dict[str, Any]


def circuits(arcs: Sequence[Arc], count: int) -> str:
    """Return ``circuits.toml``: every street a plough can enter in one of ``count`` circuits."""
    driven = [arc for arc in arcs if arc["properties"]["class"] != "pedestrian"]
    blocks = []
    for number, group in enumerate(_split(driven, count), 1):
        ordered = _drive(group)
        main = sum(arc["properties"]["class"] in ("primary", "secondary") for arc in group)
        share = main / len(group)
        priority = 1 if share > 0.4 else 2 if share > 0.25 else 3
        commune = Counter(arc["properties"]["commune"] for arc in group).most_common(1)[0][0]
        names = ",\n  ".join(f'"{arc["properties"]["id"]}"' for arc in ordered)
        blocks.append(
            f'[[circuit]]\nid = "DN-{number:02d}"\nname = "{commune}, circuit {number:02d}"\n'
            f'priority = {priority}\ntreatment = "{"salt" if priority == 1 else "both"}"\n'
            f"arcs = [\n  {names},\n]\n"
        )
    return "\n".join(blocks)


def _middle(arc: Arc) -> tuple[float, float]:
    (ax, ay), (bx, by) = arc["geometry"]["coordinates"]
    return (ax + bx) / 2, (ay + by) / 2


def _split(arcs: list[Arc], parts: int) -> list[list[Arc]]:
    if parts == 1:
        return [arcs]
    middles = [_middle(arc) for arc in arcs]
    width = max(x for x, _ in middles) - min(x for x, _ in middles)
    height = max(y for _, y in middles) - min(y for _, y in middles)
    axis = 0 if width >= 1.5 * height else 1  # a degree of longitude is shorter here
    ordered = sorted(arcs, key=lambda arc: (_middle(arc)[axis], arc["properties"]["id"]))
    first = parts // 2
    cut = len(ordered) * first // parts
    return _split(ordered[:cut], first) + _split(ordered[cut:], parts - first)


def _drive(arcs: Sequence[Arc]) -> list[Arc]:
    """Order arcs so that each begins where one before it ended, wherever the streets allow."""
    at: dict[str, list[Arc]] = {}
    for arc in arcs:
        for end in ("from", "to"):
            at.setdefault(arc["properties"][end], []).append(arc)
    done: set[str] = set()
    ordered: list[Arc] = []
    for first in arcs:
        stack = [first]
        while stack:
            arc = stack.pop()
            if arc["properties"]["id"] in done:
                continue
            done.add(arc["properties"]["id"])
            ordered.append(arc)
            for end in ("from", "to"):
                stack += at[arc["properties"][end]]
    return ordered
