"""Keep the plans: enabled and stopped by people, called by hours and by what is measured.

What a plan wants becomes durable here before anything is done about it in the field; that is the
carrier's work. Measured points are looked at once a second while an enabled plan has a condition:
the way of measurements knows nothing of plans.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from backend_bridge.commands.needs import Eyes
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import JournalEntry, PlanEvent, plan_places, sees_all
from backend_bridge.contract.plans import (
    PLAN_PREFIX,
    CityPlan,
    PlanChange,
    PlanLoss,
    PlanResult,
    PlanState,
    ResumePlan,
    SetPlan,
    StopPlan,
)
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from backend_bridge.contract.times import Clock
from backend_bridge.core.bus import Bus
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.core.storage import Draft, JournalStore, Situation
from backend_bridge.services.actor import BRIDGE_USER, JournalActor, Plan
from backend_bridge.services.facts import Facts
from backend_bridge.services.overrides.ladder import PROGRAMME, Ladder
from backend_bridge.services.overrides.needs import Place
from backend_bridge.services.plans import rules, windows
from backend_bridge.services.plans.conditions import Called, follow
from backend_bridge.services.plans.files import PlanFiles

LONGEST_REASON = 500
LONGEST_STOP_S = 7 * 86_400.0
"""Seconds after which whoever stopped a plan must be asked again."""
LOOK_S = 1.0
"""Between two looks at what conditions measure."""
LOOK_AGAIN_S = 30.0
"""Longest time between two looks at the wall clock, which may jump."""
_STATES = (
    *("enabled", "by", "reason", "state", "since_ms", "until_ms", "next_ms", "called"),
    *("losses", "refused"),
)
"""What of a plan is remembered over a restart; the rest its file says."""

Moved = tuple[PlanChange, CityPlan]


class Told(NamedTuple):
    """What the carrier found of a plan that holds: to whom it lost points, what is refused."""

    plan_key: str
    losses: tuple[PlanLoss, ...]
    refused: Mapping[str, int]


class PlanDesk(JournalActor):
    """Own every plan's state. Everything runs on the bridge's loop.

    Args:
        files: the plans as they are now.
        zone: the city's own clock.
        most: points a plan may hold: as many as one person may command alone.
        situation: the plans of the bridge's last life; read once, before ``run``.

    Attributes:
        started: set once the plans stand as of now; before it nothing is to be carried out.
        on_moved: called after plans that hold, or hold no more, were written down.
    """

    def __init__(
        self,
        *,
        files: PlanFiles,
        facts: Facts,
        eyes: Eyes,
        ladder: Ladder,
        zone: ZoneInfo,
        most: int,
        journal: JournalStore,
        bus: Bus,
        clock: Clock,
        situation: Situation,
    ) -> None:
        super().__init__(journal=journal, bus=bus, clock=clock)
        self._targets = files.targets
        self._eyes = eyes
        self._ladder = ladder
        self._zone = zone
        self._most = most
        self.started = asyncio.Event()
        self.on_moved: Callable[[], None] = lambda: None
        self._plans: dict[str, CityPlan] = {}
        self._left: list[Moved] = []
        self._won: dict[Place, CityPlan] = {}
        self._watched = _watched(files.plans.values(), facts)
        self._called: dict[str, Called] = {}
        self._take_over(files.plans, situation.plans)
        bus.subscribe(self._on_entry)

    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request."""
        return {SetPlan: self.ask, StopPlan: self.ask, ResumePlan: self.ask}

    @property
    def plans(self) -> Collection[CityPlan]:
        """Return every plan there is."""
        return self._plans.values()

    @property
    def won(self) -> Mapping[Place, CityPlan]:
        """Return which plan has each point now, people not asked."""
        return self._won

    def targets_of(self, plan_key: str) -> Sequence[Place]:
        """Return the points a plan is about."""
        return self._targets.get(plan_key, ())

    def rung(self, user: str, place: Place) -> str | None:
        """Return the rung a user's claim on a point stands on now, ``None`` for a person's.

        A plan that another one keeps from the point, that does not want it any more, or that is
        gone, stands on the programme's.
        """
        if not user.startswith(PLAN_PREFIX):
            return None
        winner = self._won.get(place)
        return winner.rung if winner is not None and winner.user == user else PROGRAMME

    # --- the actor ---

    async def _start(self) -> list[Draft]:
        drafts = [self._draft(moved) for moved in self._left]
        self._left.clear()
        drafts += self._step()
        self._decide()
        self.started.set()
        return drafts

    def _absorb(self, items: Sequence[object]) -> list[Draft]:
        drafts = []
        for item in items:
            if isinstance(item, Told) and (plan := self._plans.get(item.plan_key)) is not None:
                after = replace(plan, losses=item.losses, refused=dict(item.refused))
                if plan.state is PlanState.HOLDING and after != plan:
                    self._plans[plan.key] = after
                    drafts.append(self._draft((PlanChange.TOLD, after)))
        moved = self._step()
        if moved:
            self._decide()
        return drafts + moved

    def _step(self) -> list[Draft]:
        """Move every plan on by the time and by what is measured."""
        now_ms, now_s = self._clock.now_ms(), self._clock.mono_s()
        drafts = []
        for plan in tuple(self._plans.values()):
            after = self._stepped(plan, now_ms, now_s)
            if after == plan:
                continue
            self._plans[plan.key] = after
            held = PlanState.HOLDING
            if after.state is held and (plan.state is not held or plan.since_ms != after.since_ms):
                drafts.append(self._draft((PlanChange.BEGAN, after)))
            elif plan.state is held and after.state is not held:
                drafts.append(self._draft((PlanChange.ENDED, after)))
            elif plan.state is PlanState.STOPPED:
                drafts.append(self._draft((PlanChange.RESUMED, after)))
            elif (plan.state, plan.until_ms, plan.next_ms) != (
                after.state,
                after.until_ms,
                after.next_ms,
            ):
                drafts.append(self._draft((PlanChange.MOVED, after)))
        return drafts

    def _stepped(self, plan: CityPlan, now_ms: int, now_s: float) -> CityPlan:
        measured = True
        if plan.condition is not None and plan.enabled:
            before = self._called.get(plan.key, Called(plan.called))
            seen = (self._eyes.see(*place) for place in self._watched[plan.key])
            found = self._called[plan.key] = follow(plan.condition, before, seen, now_s)
            measured = found.on
        elif plan.condition is not None:
            self._called.pop(plan.key, None)
            measured = False
        hours = None
        if plan.window is not None:
            hours = windows.open_now(plan.window, now_ms, self._zone)
        in_hours = plan.window is None or hours is not None
        after = rules.step(plan, rules.Call(in_hours, hours, measured), now_ms)
        called = measured and plan.condition is not None
        next_ms = None
        if plan.window is not None and after.enabled:
            next_ms = windows.opens_next(plan.window, now_ms, self._zone)
        return replace(after, called=called, next_ms=next_ms)

    def _due_s(self) -> float | None:
        enabled = [plan for plan in self._plans.values() if plan.enabled]
        if not enabled:
            return None
        now_ms, now_s = self._clock.now_ms(), self._clock.mono_s()
        if any(plan.condition is not None for plan in enabled):
            return now_s + LOOK_S
        times = [
            at for plan in enabled for at in (plan.until_ms, plan.next_ms, self._closes_ms(plan))
            if at is not None
        ]  # fmt: skip
        wait_s = (min(times, default=now_ms + round(LOOK_AGAIN_S * 1000)) - now_ms) / 1000
        return now_s + min(max(wait_s, 0.0), LOOK_AGAIN_S)

    def _closes_ms(self, plan: CityPlan) -> int | None:
        if plan.window is None:
            return None
        hours = windows.open_now(plan.window, self._clock.now_ms(), self._zone)
        return None if hours is None else hours.end_ms

    def _subject(self, request: Request) -> str:
        assert isinstance(request, SetPlan | StopPlan | ResumePlan)
        return request.plan_key

    async def _plan(self, caller: Caller, request: Request) -> Plan:
        assert isinstance(request, SetPlan | StopPlan | ResumePlan)
        plan = self._seen(caller, request.plan_key)
        action = "configure" if isinstance(request, SetPlan) else "manage"
        for kind, sector in plan_places(plan):
            caller.require(action, kind, sector)
        reason = request.reason.strip()
        if not reason or len(request.reason) > LONGEST_REASON:
            raise RequestError(
                ErrorCode.BAD_REQUEST, "error.plan.reason", {"limit": LONGEST_REASON}
            )
        change, asked = self._asked(plan, request)
        after = replace(asked, by=caller.user, reason=reason)
        stepped = self._stepped(after, self._clock.now_ms(), self._clock.mono_s())

        def finish(_: Sequence[JournalEntry]) -> Result:
            self._plans[plan.key] = stepped
            self._decide()
            return PlanResult(plan=stepped)

        draft = self._draft((change, stepped), caller.user, caller.seat)
        return Plan((draft,), finish)

    def _asked(self, plan: CityPlan, request: SetPlan | StopPlan | ResumePlan) -> Moved:
        """Return a plan as somebody wants it.

        Raises:
            RequestError: ``conflict``, ``bad_request`` or ``refused``.
        """
        now_ms = self._clock.now_ms()
        if isinstance(request, SetPlan):
            if request.enabled and plan.targets > self._most:
                raise RequestError(
                    ErrorCode.REFUSED,
                    "error.plan.too_many",
                    {"count": plan.targets, "most": self._most},
                )
            waiting = replace(
                plan,
                enabled=request.enabled,
                state=PlanState.WAITING if request.enabled else PlanState.OFF,
                since_ms=now_ms,
                until_ms=None,
                losses=(),
                refused={},
            )
            same = plan.enabled is request.enabled  # said again: only who and why is new
            change = PlanChange.ENABLED if request.enabled else PlanChange.DISABLED
            return change, plan if same else waiting
        if not plan.enabled:
            raise RequestError(ErrorCode.CONFLICT, "error.plan.off", {"plan": plan.key})
        cleared = replace(plan, since_ms=now_ms, until_ms=None, losses=(), refused={})
        if isinstance(request, ResumePlan):
            if plan.state not in (PlanState.STOPPED, PlanState.OVER):
                raise RequestError(ErrorCode.CONFLICT, "error.plan.not_stopped", {"plan": plan.key})
            return PlanChange.RESUMED, replace(cleared, state=PlanState.WAITING)
        if request.until_ms is None:
            if plan.state is not PlanState.HOLDING:
                raise RequestError(ErrorCode.CONFLICT, "error.plan.not_holding", {"plan": plan.key})
            return PlanChange.STOPPED, replace(cleared, state=PlanState.OVER)
        if not now_ms < request.until_ms <= now_ms + LONGEST_STOP_S * 1000:
            days = round(LONGEST_STOP_S / 86_400)
            raise RequestError(ErrorCode.BAD_REQUEST, "error.plan.until", {"days": days})
        stopped = replace(cleared, state=PlanState.STOPPED, until_ms=request.until_ms)
        return PlanChange.STOPPED, stopped

    # --- inside ---

    def _seen(self, caller: Caller, plan_key: str) -> CityPlan:
        plan = self._plans.get(plan_key)
        if plan is None or not sees_all(caller.rights, "view", plan_places(plan)):
            raise RequestError(
                ErrorCode.BAD_REQUEST, "error.plan.not_found", {"plan": plan_key[:64]}
            )
        return plan

    def _on_entry(self, entry: JournalEntry) -> None:
        if isinstance(entry.event, PlanEvent):
            self.on_moved()

    def _decide(self) -> None:
        self._won = rules.winners(self._plans.values(), self._targets, self._ladder)

    def _take_over(self, files: Mapping[str, CityPlan], known: Sequence[CityPlan]) -> None:
        """Let each plan go on as it stood; say which are new, changed and gone."""
        last = {plan.key: plan for plan in known}
        for key, plan in files.items():
            before = last.pop(key, None)
            if before is None:
                if plan.enabled and plan.targets > self._most:
                    plan = replace(plan, enabled=False)  # noqa: PLW2901 - as if nobody enabled it
                self._plans[key] = plan
                self._left.append((PlanChange.LOADED, plan))
                continue
            stood = {name: getattr(before, name) for name in _STATES}
            if plan.targets > self._most:
                stood |= {"enabled": False, "state": PlanState.OFF, "until_ms": None}
            after = self._plans[key] = replace(plan, **stood)
            if after != before:
                self._left.append((PlanChange.LOADED, after))
        for gone in last.values():
            off = replace(gone, enabled=False, state=PlanState.OFF, until_ms=None, losses=())
            self._left.append((PlanChange.REMOVED, off))

    def _draft(self, moved: Moved, user: str = BRIDGE_USER, seat: str = "") -> Draft:
        change, plan = moved
        event = PlanEvent(change=change, plan=plan)
        return Draft(user=user, seat=seat, at_ms=self._clock.now_ms(), event=event)


def _watched(plans: Collection[CityPlan], facts: Facts) -> dict[str, tuple[Place, ...]]:
    """Return what each plan's condition looks at."""
    found: dict[str, tuple[Place, ...]] = {}
    for plan in plans:
        condition = plan.condition
        if condition is not None:
            ids = condition.ids or tuple(
                item.id for item in facts.all_equipment() if item.kind == condition.kind
            )
            found[plan.key] = tuple((item, condition.point) for item in ids)
    return found
