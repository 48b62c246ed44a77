"""Whether what is measured calls a plan: hysteresis and delay, pure rules.

What is not known to be good changes nothing: a plan that holds goes on holding, up to its longest
time; one that waits goes on waiting.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from backend_bridge.commands.needs import Seen
from backend_bridge.contract.plans import PlanCondition
from backend_bridge.contract.points import Scalar
from backend_bridge.contract.quality import Quality


class Called(NamedTuple):
    """Whether a measure calls, and since when (monotonic s) it says otherwise, if it does."""

    on: bool
    other_since_s: float | None = None


def follow(
    condition: PlanCondition, before: Called, seen: Iterable[Seen | None], now_s: float
) -> Called:
    """Return how a condition stands after a look at all its points."""
    said = says(condition, before.on, seen)
    if said == before.on:
        return Called(before.on)
    since_s = now_s if before.other_since_s is None else before.other_since_s
    if now_s - since_s >= condition.delay_s:
        return Called(said)
    return Called(before.on, since_s)


def says(condition: PlanCondition, on: bool, seen: Iterable[Seen | None]) -> bool:
    """Return what the points say without delay: called as soon as one is beyond its limit.

    And no more once every one is known, good and clear; between the two limits it stays.
    """
    values = [one.value if one and one.quality is Quality.GOOD else None for one in seen]
    if any(value is not None and _beyond(condition, value) for value in values):
        return True
    if on:
        return not values or not all(
            value is not None and _clear(condition, value) for value in values
        )
    return False


def _beyond(condition: PlanCondition, value: Scalar) -> bool:
    if condition.is_ is not None:
        return value is condition.is_
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    if condition.above is not None:
        return value > condition.above
    return condition.below is not None and value < condition.below


def _clear(condition: PlanCondition, value: Scalar) -> bool:
    if condition.is_ is not None:
        return isinstance(value, bool) and value is not condition.is_
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    if condition.above is not None:
        return value <= (condition.above if condition.clear is None else condition.clear)
    limit = condition.below if condition.clear is None else condition.clear
    return limit is not None and value >= limit
