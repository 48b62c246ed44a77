"""The part of the override panel that lists automatic plans: what they are, how they stand."""

from __future__ import annotations

from collections.abc import Sequence

from backend_bridge.contract.overrides import OverrideState
from backend_bridge.contract.plans import (
    PLAN_PREFIX,
    CityPlan,
    PlanState,
    ResumePlan,
    SetPlan,
    StopPlan,
)
from backend_bridge.contract.points import PointDef
from backend_bridge.contract.requests import Request
from console.panels.listing import Left, Row, Text
from console.panels.rows import Action
from console.panels.values import value_word
from console.panels.wording import Words
from console.state.world import World

SET, STOP, STOP_FOR, RESUME = "plan_set", "plan_stop", "plan_stop_for", "plan_resume"
STOP_S = 3600.0
"""Seconds a plan is stopped for at once."""
_MOST_LOSSES = 2
_ORDER = (PlanState.HOLDING, PlanState.OVER, PlanState.STOPPED, PlanState.WAITING, PlanState.OFF)
_WHYS = (
    *("out_of_service", "hands_off", "device_down", "no_link", "not_allowed", "no_way_back"),
    *("storage", "interlock"),
)
"""Parts of the keys of refusals that a word is known for; of others the panel says « refusés »."""


def user_name(world: World, words: Words, user: str, seat: str = "") -> str:
    """Return who acts: a person with the seat, or a plan by its name."""
    plan = world.acting.plans.get(user.removeprefix(PLAN_PREFIX))
    if plan is None or not user.startswith(PLAN_PREFIX):
        return words.person(user, seat)
    return words.text("plans.owner", name=plan_name(words, plan))


def plan_name(words: Words, plan: CityPlan) -> str:
    """Return what a plan is called in the operator's language."""
    return plan.names.get("fr" if words.formats.french else "en") or plan.key


class PlanList:
    """Say how plans stand and what may be done with them; the bridge decides."""

    def __init__(self, world: World, words: Words) -> None:
        self._world = world
        self._words = words

    def plans(self) -> list[CityPlan]:
        """Return every plan, those that hold first."""
        return sorted(
            self._world.acting.plans.values(),
            key=lambda plan: (_ORDER.index(plan.state), plan_name(self._words, plan)),
        )

    def find(self, plan_key: str) -> CityPlan | None:
        """Return a plan."""
        return self._world.acting.plans.get(plan_key)

    def row(self, plan: CityPlan) -> Row:
        """Return the row of a plan, in the columns of the overrides."""
        words = self._words
        name, held, state = plan_name(words, plan), self._held(plan), self.state(plan)
        until = self._until(plan)
        targets = words.plural("plans.targets", plan.targets)
        who = self._audience(plan)
        reason = plan.reason
        parts = (name, held, state, until.words, targets, self._rung(plan), who, reason)
        quiet = plan.state is not PlanState.HOLDING
        return Row(
            plan.key,
            (
                Text(name, bold=True),
                Text(held),
                Text(state, quiet=quiet),
                until,
                Text(f"{targets} · {self._rung(plan)}"),
                Text(who),
                Text(reason, quiet=True),
            ),
            " · ".join(part for part in parts if part),
        )

    def lines(self, plan: CityPlan) -> tuple[tuple[str, str], ...]:
        """Return what is said of the chosen plan: what, when, how it stands, who took points."""
        words, now_ms = self._words, self._world.bridge_now_ms()
        targets = words.plural("plans.targets", plan.targets)
        kind = words.kind(plan.equipment_kind)
        about = (f"{kind}, {self._held(plan)}", targets, self._rung(plan), self._audience(plan))
        lines = [
            (
                plan_name(words, plan),
                " · ".join(part for part in about if part),
            ),
            ("", words.text("plans.line.when", when=self._when(plan))),
        ]
        if plan.by:
            who = words.person(plan.by, "")
            key = "plans.line.enabled" if plan.enabled else "plans.line.disabled"
            lines.append(("", words.text(key, who=who, reason=plan.reason)))
        for loss in plan.losses[:_MOST_LOSSES]:
            who = user_name(self._world, words, loss.to)
            since = words.formats.moment(loss.since_ms, now_ms)
            count = words.plural("plans.targets", loss.count)
            text = words.text("plans.line.lost", count=count, first=loss.first, time=since)
            lines.append((words.text("plans.line.lost.to", who=who), text))
        if plan.refused:
            lines.append((words.text("plans.line.refused"), self._refused(plan)))
        return tuple(lines)

    def actions(self, plan: CityPlan | None, hidden: str) -> tuple[Action, ...]:
        """Return what may be done with the chosen plan; ``hidden`` says why nothing may."""
        text = self._words.text
        configure = hidden or self._why_not("configure", plan)
        if not configure and not self._world.editing:
            configure = text("safety.reason.edit_off")
        manage = hidden or self._why_not("manage", plan)
        off = plan is not None and not plan.enabled
        held = plan is not None and plan.state is PlanState.HOLDING
        paused = plan is not None and plan.state in (PlanState.OVER, PlanState.STOPPED)
        stop = manage or ("" if held else text("plans.reason.not_holding"))
        stop_for = manage or (text("plans.reason.off") if off else "")
        resume = manage or ("" if paused else text("plans.reason.not_stopped"))
        time = self._words.formats.duration(STOP_S)
        return (
            Action(
                SET,
                text("plans.act.enable" if plan is None or off else "plans.act.disable"),
                "power",
                "A",
                configure,
                wants_text=True,
            ),
            Action(STOP, text("plans.act.stop"), "stop", "S", stop, main=not stop, wants_text=True),
            Action(
                STOP_FOR,
                text("plans.act.stop_for", time=time),
                "timer-sand",
                "H",
                stop_for,
                wants_text=True,
            ),
            Action(RESUME, text("plans.act.resume"), "play", "E", resume, wants_text=True),
        )

    def request(self, key: str, plan: CityPlan, reason: str) -> Request:
        """Return what an act asks of the bridge."""
        match key:
            case "plan_set":
                return SetPlan(plan_key=plan.key, enabled=not plan.enabled, reason=reason)
            case "plan_resume":
                return ResumePlan(plan_key=plan.key, reason=reason)
            case "plan_stop":
                return StopPlan(plan_key=plan.key, reason=reason)
            case _:
                until_ms = self._world.bridge_now_ms() + round(STOP_S * 1000)
                return StopPlan(plan_key=plan.key, reason=reason, until_ms=until_ms)

    def verified(self, plan: CityPlan) -> int:
        """Count the points a plan holds that were read back."""
        return sum(
            one.owner == plan.user and one.verified and one.state is OverrideState.ACTIVE
            for one in self._world.acting.overrides
        )

    def state(self, plan: CityPlan) -> str:
        """Return how a plan stands, in one cell."""
        words, number = self._words, self._words.formats.number
        if plan.state is not PlanState.HOLDING:
            return words.text(f"plans.state.{plan.state.value}")
        held = number(self.verified(plan))
        parts = [words.text("plans.state.holding", held=held, targets=number(plan.targets))]
        if lost := sum(loss.count for loss in plan.losses):
            parts.append(words.plural("plans.state.lost", lost))
        if refused := sum(plan.refused.values()):
            parts.append(words.plural("plans.state.refused", refused))
        return " · ".join(parts)

    # -- inside ---------------------------------------------------------------------------------

    def _until(self, plan: CityPlan) -> Left:
        words, now_ms = self._words, self._world.bridge_now_ms()
        if plan.state is PlanState.HOLDING and plan.until_ms is not None:
            whole_ms = max(1, plan.until_ms - plan.since_ms)
            left = max(0.0, (plan.until_ms - now_ms) / whole_ms)
            return Left(left, words.formats.moment(plan.until_ms, now_ms))
        if plan.state is PlanState.STOPPED and plan.until_ms is not None:
            time = words.formats.deadline(plan.until_ms, now_ms)
            return Left(None, words.text("plans.until.resumes", time=time))
        if plan.enabled and plan.next_ms is not None:
            time = words.formats.deadline(plan.next_ms, now_ms)
            return Left(None, words.text("plans.until.next", time=time))
        if plan.enabled and plan.condition is not None:
            return Left(None, words.text("plans.until.measured"))
        return Left(None, "")

    def _when(self, plan: CityPlan) -> str:
        words = self._words
        parts = []
        window, condition = plan.window, plan.condition
        if window is not None:
            days = ", ".join(words.text(f"plans.day.{day.value}") for day in window.days)
            days = days or words.text("plans.every_day")
            hours = {"start": window.from_, "end": window.to}
            parts.append(words.text("plans.when.hours", **hours, days=days))
        if condition is not None:
            point = words.point(condition.kind, condition.point)
            kind = words.kind(condition.kind)
            limit = condition.above if condition.above is not None else condition.below
            if condition.is_ is not None or limit is None:
                value = words.text("value.true" if condition.is_ else "value.false")
                parts.append(words.text("plans.when.is", kind=kind, point=point, value=value))
            else:
                key = "above" if condition.above is not None else "below"
                definition = self._definition(condition.kind, condition.point)
                said = str(limit)
                if definition is not None:
                    said = words.formats.with_unit(limit, definition)
                parts.append(words.text(f"plans.when.{key}", kind=kind, point=point, value=said))
        longest = words.formats.duration(plan.longest_s)
        return " · ".join([*parts, words.text("plans.when.longest", time=longest)])

    def _refused(self, plan: CityPlan) -> str:
        words = self._words
        counts: dict[str, int] = {}
        for text_key, count in plan.refused.items():
            last = next((why for why in _WHYS if why in text_key), "other")
            why = words.text(f"plans.why.{last}")
            counts[why] = counts.get(why, 0) + count
        return ", ".join(f"{words.formats.number(count)} {why}" for why, count in counts.items())

    def _held(self, plan: CityPlan) -> str:
        words, kind = self._words, plan.equipment_kind
        definition = self._definition(kind, plan.point_key)
        label = words.point(kind, plan.point_key)
        if definition is None:
            return label
        if isinstance(plan.value, bool):
            value = value_word(words, kind, definition, plan.value)
        else:
            value = words.formats.with_unit(plan.value, definition)
        return words.text("overrides.held", point=label, value=value)

    def _audience(self, plan: CityPlan) -> str:
        return plan.audience.get("fr" if self._words.formats.french else "en", "")

    def _rung(self, plan: CityPlan) -> str:
        name = self._words.known(f"plans.rung.{plan.rung}") or plan.rung
        return self._words.text("plans.rung", name=name)

    def _definition(self, kind: str, point_key: str) -> PointDef | None:
        catalogue = self._world.catalogue
        found: Sequence[PointDef] = ()
        for one in catalogue.kinds if catalogue is not None else ():
            if one.key == kind:
                found = one.points
        return next((point for point in found if point.key == point_key), None)

    def _why_not(self, action: str, plan: CityPlan | None) -> str:
        text = self._words.text
        if plan is None:
            return text("plans.reason.none")
        session = self._world.session
        sectors = plan.sectors or ("*",)
        kind = plan.equipment_kind
        if session is None or not all(session.may(action, kind, sector) for sector in sectors):
            return text(f"safety.reason.no_{action}", kind=self._words.kind(kind))
        return "" if self._world.liveness.live else text("acting.reason.not_live")
