"""What was refused to plans, and when it is asked about again: a pause that grows, no queue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from backend_bridge.contract.plans import CityPlan
from backend_bridge.services.overrides.needs import Place

_YIELDED = ("error.override.holds", "error.plan.over")
"""Not refusals: somebody else has the point, or the plan let go of it meanwhile."""


@dataclass(slots=True)
class _Met:
    """What one call of a plan met."""

    since_ms: int
    pause_s: float
    again_s: float = 0.0
    refused: dict[Place, str] = field(default_factory=dict)


class Refusals:
    """Remember refused points of each plan's present call; times are monotonic seconds.

    Args:
        first_s: pause after a first refusal, doubled up to ``longest_s``.
    """

    def __init__(self, first_s: float, longest_s: float) -> None:
        self._first_s = first_s
        self._longest_s = longest_s
        self._met: dict[str, _Met] = {}

    def note(self, plan: CityPlan, said: Mapping[Place, str], now_s: float) -> None:
        """Take which points were refused and why, with an empty text those that were not."""
        if not said:
            return
        met = self._met.get(plan.key)
        if met is None or met.since_ms != plan.since_ms:
            met = self._met[plan.key] = _Met(plan.since_ms, self._first_s)
        for place, text_key in said.items():
            if text_key and text_key not in _YIELDED:
                met.refused[place] = text_key
            else:
                met.refused.pop(place, None)
        if not met.refused:
            met.pause_s = self._first_s
        elif now_s >= met.again_s and any(said.values()):
            met.again_s = now_s + met.pause_s
            met.pause_s = min(2 * met.pause_s, self._longest_s)

    def waiting(self, plan: CityPlan, now_s: float) -> Collection[Place]:
        """Return the points of a plan that are not asked about again yet."""
        met = self._met.get(plan.key)
        if met is None or met.since_ms != plan.since_ms or now_s >= met.again_s:
            return ()
        return met.refused.keys()

    def counts(self, plan: CityPlan) -> dict[str, int]:
        """Return how many points of a plan are refused for each reason."""
        met = self._met.get(plan.key)
        return {} if met is None else dict(Counter(met.refused.values()))

    def times_s(self) -> list[float]:
        """Return when refused points are asked about again."""
        return [met.again_s for met in self._met.values() if met.refused]

    def ask_at_once(self, equipment: Callable[[str], bool]) -> bool:
        """End the pause of plans with refused points on such equipment; return whether of any."""
        found = [
            met for met in self._met.values() if any(equipment(item) for item, _ in met.refused)
        ]
        for met in found:
            met.again_s = 0.0
        return bool(found)

    def forget(self, settled: Callable[[str, Place], bool]) -> None:
        """Forget what was refused where a plan, by its key, asks for the point no more."""
        for key, met in self._met.items():
            for place in [place for place in met.refused if settled(key, place)]:
                del met.refused[place]

    def drop(self, plan_key: str) -> None:
        """Forget a plan that holds no more."""
        self._met.pop(plan_key, None)
