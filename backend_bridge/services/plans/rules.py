"""Who wants what now, and who gets it: pure rules, no clock, no journal, no field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from backend_bridge.contract.overrides import Override
from backend_bridge.contract.plans import CityPlan, PlanLoss, PlanState
from backend_bridge.services.overrides.ladder import MANUAL, Claim, Ladder
from backend_bridge.services.overrides.needs import Place
from backend_bridge.services.plans.windows import Hours


class Call(NamedTuple):
    """What a plan's hours and measure say now.

    ``hours`` are those that run, ``None`` outside of them and for a plan without any.
    """

    in_hours: bool
    hours: Hours | None
    measured: bool
    """True as well for a plan that measures nothing."""


def step(plan: CityPlan, call: Call, now_ms: int) -> CityPlan:
    """Return a plan as it stands now; the same again when nothing moved. Applied twice, as once."""
    if not plan.enabled:
        return _to(plan, PlanState.OFF, now_ms)
    if plan.state is PlanState.STOPPED and plan.until_ms is not None and plan.until_ms > now_ms:
        return plan
    if not (call.in_hours and call.measured):
        return _to(plan, PlanState.WAITING, now_ms)
    anew = call.hours is not None and plan.since_ms < call.hours.start_ms
    if plan.state is PlanState.OVER and not anew:
        return plan
    longest_ms = now_ms + round(plan.longest_s * 1000)
    end_ms = longest_ms if call.hours is None else min(longest_ms, call.hours.end_ms)
    if plan.state is not PlanState.HOLDING or anew or plan.until_ms is None:
        return _to(plan, PlanState.HOLDING, now_ms, end_ms)
    if plan.until_ms <= now_ms:
        return _to(plan, PlanState.OVER, now_ms)
    if plan.until_ms > longest_ms:  # the clock was put back: nothing holds longer than it may
        return replace(plan, until_ms=longest_ms)
    return plan


def _to(plan: CityPlan, state: PlanState, now_ms: int, until_ms: int | None = None) -> CityPlan:
    if plan.state is state and state is not PlanState.HOLDING:
        return plan
    return replace(plan, state=state, since_ms=now_ms, until_ms=until_ms, losses=(), refused={})


def winners(
    plans: Iterable[CityPlan], targets: Mapping[str, Sequence[Place]], ladder: Ladder
) -> dict[Place, CityPlan]:
    """Return which plan has each point: exactly one of those that hold, in whatever order given.

    The higher rung wins; on one rung the later claim; of two as old, the one whose key is the
    later word.
    """
    found: dict[Place, CityPlan] = {}
    for plan in sorted(
        (plan for plan in plans if plan.state is PlanState.HOLDING), key=lambda plan: plan.key
    ):
        for place in targets.get(plan.key, ()):
            standing = found.get(place)
            if standing is None or ladder.wins(_claim(plan), _claim(standing)):
                found[place] = plan
    return found


def yields(ladder: Ladder, plan: CityPlan) -> bool:
    """Return whether a plan leaves its points to what people command."""
    return ladder.rank(MANUAL) < ladder.rank(plan.rung)


def losses(
    plan: CityPlan,
    targets: Sequence[Place],
    won: Mapping[Place, CityPlan],
    persons: Mapping[Place, Override],
    now_ms: int,
) -> tuple[PlanLoss, ...]:
    """Return to whom a plan that holds lost points, the one named first that took most.

    Args:
        plan: with what it lost so far.
        targets: its points, in order.
        won: which plan has each point.
        persons: what people hold against plans, by point.
        now_ms: since when a loss counts that was not known before.
    """
    known = {loss.to: loss.since_ms for loss in plan.losses}
    counts: dict[str, int] = {}
    firsts: dict[str, str] = {}
    for place in targets:
        held = persons.get(place)
        winner = won.get(place)
        to = held.owner if held is not None else winner.user if winner is not None else plan.user
        if to != plan.user:
            counts[to] = counts.get(to, 0) + 1
            firsts.setdefault(to, place[0])
    return tuple(
        PlanLoss(to=to, count=counts[to], first=firsts[to], since_ms=known.get(to, now_ms))
        for to in sorted(counts, key=lambda to: (-counts[to], to))
    )


def _claim(plan: CityPlan) -> Claim:
    return Claim(plan.rung, plan.since_ms)
