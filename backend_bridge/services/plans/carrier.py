"""Carry out what plans want: through the ordinary gateway, on change only, never queued.

Each look compares what plans have won with what the override ledger says is held, and does what is
missing: an order for what a plan wants and does not hold, an end for what it holds and wants no
more. So a restart, a repeated look or a second cause does nothing twice. What the gateway would
refuse is not sent; a later look asks afresh, after a pause that grows.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence

import msgspec
import structlog

from backend_bridge.commands.needs import Field
from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.journal import (
    HandsOffEvent,
    InterlockEvent,
    JournalEntry,
    OverrideEvent,
    ServiceEvent,
)
from backend_bridge.contract.order_requests import (
    CheckOrder,
    CommandResult,
    EndOverride,
    ExecuteCommand,
    ExecuteOrder,
    OrderCheckResult,
    OrderResult,
)
from backend_bridge.contract.orders import Target
from backend_bridge.contract.overrides import Override, OverrideState
from backend_bridge.contract.plans import PLAN_PREFIX, CityPlan, PlanState
from backend_bridge.contract.times import Clock
from backend_bridge.core.bus import Bus
from backend_bridge.core.linkstate import LinkState
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.services.overrides import OverrideLedger
from backend_bridge.services.overrides.ladder import PROGRAMME, Ladder
from backend_bridge.services.overrides.needs import Place
from backend_bridge.services.plans import rules
from backend_bridge.services.plans.desk import PlanDesk, Told
from backend_bridge.services.plans.refusals import Refusals

_CLEARS = (ServiceEvent, HandsOffEvent, InterlockEvent)
"""After these what was refused may be accepted."""
_ENDS_AT_ONCE = 500
_log = structlog.get_logger(__name__)


class CarrierSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How plans are carried out; all in seconds.

    Attributes:
        look_s: shortest time between two looks.
        deadline_s: for the last command of an order to be sent after it was given.
        start_s: after the bridge's start, for links to come up before anything counts as refused.
        retry_s: after something was refused, doubled each time up to ``longest_retry_s``; a link
            that comes back ends the wait, and so does whatever lifts a mark, a zone, an interlock.
    """

    look_s: float = 0.25
    deadline_s: float = 120.0
    start_s: float = 30.0
    retry_s: float = 15.0
    longest_retry_s: float = 900.0


class PlanCarrier:
    """Make the field as the plans want it. Everything runs on the bridge's loop.

    Args:
        gateway: what answers an order, its dry run and a single command.
        epoch: returns the bridge epoch that orders must name.
    """

    def __init__(
        self,
        *,
        desk: PlanDesk,
        ledger: OverrideLedger,
        ladder: Ladder,
        gateway: Mapping[type, Handler],
        way: Field,
        bus: Bus,
        clock: Clock,
        epoch: Callable[[], str],
        settings: CarrierSettings | None = None,
    ) -> None:
        self._desk = desk
        self._ledger = ledger
        self._ladder = ladder
        self._gateway = gateway
        self._way = way
        self._clock = clock
        self._epoch = epoch
        self._settings = settings or CarrierSettings()
        self._places = {place for plan in desk.plans for place in desk.targets_of(plan.key)}
        self._refused = Refusals(self._settings.retry_s, self._settings.longest_retry_s)
        self._busy: set[str] = set()
        self._bell = asyncio.Event()
        self._patient_until_s = clock.mono_s() + self._settings.start_s
        self._tasks: asyncio.TaskGroup | None = None
        self._looked_s = 0.0
        self._ask_again_s: float | None = None
        desk.on_moved = self._bell.set
        bus.subscribe(self._on_entry)

    async def run(self) -> None:
        """Look whenever something changed, until cancelled."""
        await self._desk.started.wait()
        try:
            async with asyncio.TaskGroup() as self._tasks:
                while True:
                    self._bell.clear()
                    await self._look()
                    await asyncio.sleep(self._settings.look_s)
                    await self._pause()
        finally:
            self._tasks = None
            self._busy.clear()

    def on_link_state(self, state: LinkState) -> None:
        """Ask again about what hangs on a link that came back; called on the loop."""
        if not state.up:
            return

        def hangs_there(equipment_id: str) -> bool:
            link = self._way.link_of(equipment_id)
            return link is not None and link.link_id == state.link_id

        if self._refused.ask_at_once(hangs_there):
            self._bell.set()

    async def inherit(self, place: Place) -> bool:
        """Let the plan that claims a point command it while it goes back; return whether it took.

        A point that nobody gives back is left alone.
        """
        plan = self._desk.won.get(place)
        if plan is None or self._held_now(place):
            return False
        if place in self._waiting(plan) or not await self._allowed(plan, [place]):
            return False
        now_ms = self._clock.now_ms()
        request = ExecuteCommand(
            key=self._key(plan),
            epoch=self._epoch(),
            equipment_id=place[0],
            point_key=place[1],
            value=plan.value,
            deadline_ms=now_ms + round(self._settings.deadline_s * 1000),
            reason=_reason(plan),
            until_ms=plan.until_ms,
        )
        try:
            result = await self._gateway[ExecuteCommand](_caller(plan), request)
        except RequestError as error:
            self._note(plan, {place: error.text_key})
            return False
        assert isinstance(result, CommandResult)
        self._note(plan, _refusals([result.command]))
        return result.command.outcome is CommandOutcome.CONFIRMED

    # --- one look ---

    async def _look(self) -> None:
        wanted: dict[str, list[Place]] = {}
        for place, plan in self._desk.won.items():
            if self._wants(plan, place):
                wanted.setdefault(plan.key, []).append(place)
        self._looked_s = self._clock.mono_s()
        self._refused.forget(self._settled)
        plans = {plan.key: plan for plan in self._desk.plans}
        for key, places in wanted.items():
            waiting = self._waiting(plans[key])
            due = [place for place in places if place not in waiting]
            if due and key not in self._busy:
                self._busy.add(key)
                assert self._tasks is not None, "looks are taken while it runs"
                self._tasks.create_task(self._order(plans[key], due), name=f"plan {key}")
        await self._end_all(self._unwanted())
        self._tell()

    def _wants(self, plan: CityPlan, place: Place) -> bool:
        """Return whether a plan that has won a point does not hold it and nobody is at it."""
        if self._ledger.commanded_now(place):
            return False
        held = self._ledger.holder(place)
        if held is None:
            return True
        if held.state is not OverrideState.ACTIVE:
            return False  # on its way back, the returner asks who inherits it
        if held.owner == plan.user:
            return held.value != plan.value
        person = self._desk.rung(held.owner, place) is None
        return not person or not rules.yields(self._ladder, plan)

    def _unwanted(self) -> list[Override]:
        """Return what plans hold and want no more, and no other plan is about to take.

        What another plan won and cannot have is left to a plan that still wants it.
        """
        wanting = {plan.user for plan in self._desk.plans if plan.state is PlanState.HOLDING}
        found = []
        for override in self._ledger.open:
            place = override.equipment_id, override.point_key
            if (
                override.state is not OverrideState.ACTIVE
                or self._desk.rung(override.owner, place) != PROGRAMME
            ):
                continue
            heir = self._desk.won.get(place)
            refused = heir is not None and place in self._waiting(heir)
            if heir is None or (refused and override.owner not in wanting):
                found.append(override)
        return found

    async def _order(self, plan: CityPlan, places: Sequence[Place]) -> None:
        try:
            allowed = await self._allowed(plan, places)
            if not allowed:
                return
            request = ExecuteOrder(
                key=self._key(plan),
                epoch=self._epoch(),
                targets=tuple(Target(*place, plan.value) for place in allowed),
                deadline_ms=self._clock.now_ms() + round(self._settings.deadline_s * 1000),
                reason=_reason(plan),
                until_ms=plan.until_ms,
            )
            try:
                result = await self._gateway[ExecuteOrder](_caller(plan), request)
            except RequestError as error:
                self._note(plan, dict.fromkeys(allowed, error.text_key))
                return
            assert isinstance(result, OrderResult)
            self._note(plan, dict.fromkeys(allowed, "") | _refusals(result.failed))
        except Exception:  # noqa: BLE001 - one plan's defect must not end the others
            _log.exception("plan_failed", plan=plan.key)
            self._note(plan, dict.fromkeys(places, "error.internal"))
        finally:
            self._busy.discard(plan.key)
            self._bell.set()

    async def _allowed(self, plan: CityPlan, places: Sequence[Place]) -> list[Place]:
        """Return which points the gateway would let a plan command now; the others are noted."""
        targets = tuple(Target(*place, plan.value) for place in places)
        request = CheckOrder(targets=targets, until_ms=plan.until_ms)
        try:
            result = await self._gateway[CheckOrder](_caller(plan), request)
        except RequestError as error:
            self._note(plan, dict.fromkeys(places, error.text_key))
            return []
        assert isinstance(result, OrderCheckResult)
        said = {place: check.text_key for place, check in zip(places, result.checks, strict=True)}
        self._note(plan, {place: text_key for place, text_key in said.items() if text_key})
        return [place for place, text_key in said.items() if not text_key]

    async def _end_all(self, unwanted: Sequence[Override]) -> None:
        """Send back what no plan wants; whoever brings overrides back does the rest."""
        self._ask_again_s = None
        for start in range(0, len(unwanted), _ENDS_AT_ONCE):
            asked = [
                self._ledger.ask(
                    _caller_of(override.owner, override.equipment_kind),
                    EndOverride(override_id=override.id, epoch=self._epoch()),
                )
                for override in unwanted[start : start + _ENDS_AT_ONCE]
            ]
            for said in await asyncio.gather(*asked, return_exceptions=True):
                if isinstance(said, RequestError):
                    _log.debug("plan_end_refused", why=said.text_key)
                    self._ask_again_s = self._looked_s + self._settings.retry_s
                elif isinstance(said, BaseException):
                    raise said

    # --- what was refused ---

    def _waiting(self, plan: CityPlan) -> Collection[Place]:
        return self._refused.waiting(plan, self._clock.mono_s())

    def _note(self, plan: CityPlan, said: Mapping[Place, str]) -> None:
        self._refused.note(plan, said, self._clock.mono_s())

    def _settled(self, plan_key: str, place: Place) -> bool:
        """Return whether a plan asks for a point no more: it has it, or another has it rightly."""
        winner, held = self._desk.won.get(place), self._ledger.holder(place)
        if winner is None or winner.key != plan_key:
            return True
        if held is None or held.state is not OverrideState.ACTIVE:
            return False
        return held.owner == winner.user or self._desk.rung(held.owner, place) is None

    def _held_now(self, place: Place) -> bool:
        held = self._ledger.holder(place)
        return held is not None and held.state is OverrideState.ACTIVE

    def _tell(self) -> None:
        """Let the desk know what each plan that holds lost, and what is refused to it."""
        persons: dict[Place, Override] = {}
        for override in self._ledger.open:
            place = override.equipment_id, override.point_key
            active = override.state is OverrideState.ACTIVE and place in self._desk.won
            if active and self._desk.rung(override.owner, place) is None:
                persons[place] = override
        patient = self._clock.mono_s() < self._patient_until_s
        for plan in tuple(self._desk.plans):
            if plan.state is not PlanState.HOLDING:
                self._refused.drop(plan.key)
                continue
            targets = self._desk.targets_of(plan.key)
            lost = rules.losses(plan, targets, self._desk.won, persons, self._clock.now_ms())
            refused = dict(plan.refused) if patient else self._refused.counts(plan)
            if lost != plan.losses or refused != plan.refused:
                self._desk.post(Told(plan.key, lost, refused))

    # --- inside ---

    def _on_entry(self, entry: JournalEntry) -> None:
        event = entry.event
        if isinstance(event, OverrideEvent):
            place = event.override.equipment_id, event.override.point_key
            if place in self._places or event.override.owner.startswith(PLAN_PREFIX):
                self._bell.set()
        elif isinstance(event, _CLEARS) and self._refused.ask_at_once(lambda _: True):
            self._bell.set()

    async def _pause(self) -> None:
        """Wait for something to change, or for the time to ask again."""
        times_s = [*self._refused.times_s(), self._patient_until_s]
        if self._ask_again_s is not None:
            times_s.append(self._ask_again_s)
        coming_s = [at_s for at_s in times_s if at_s > self._looked_s]  # others were just asked
        left_s = max(0.0, min(coming_s) - self._clock.mono_s()) if coming_s else None
        try:
            async with asyncio.timeout(left_s):
                await self._bell.wait()
        except TimeoutError:
            pass  # the time came before the bell

    def _key(self, plan: CityPlan) -> str:
        return f"plan/{plan.key}/{secrets.token_hex(8)}"


def _reason(plan: CityPlan) -> str:
    """Return why a plan acts: what the person wrote who enabled it, otherwise what it is called."""
    return plan.reason or plan.names["fr"]


def _caller(plan: CityPlan) -> Caller:
    return _caller_of(plan.user, plan.equipment_kind)


def _caller_of(user: str, kind: str) -> Caller:
    """Return as whom a plan acts: it sees and commands its kind, and nothing else."""
    rights = frozenset({f"view:{kind}", f"operate:{kind}"})
    return Caller(user=user, seat="", console="", session="", rights=rights)


def _refusals(commands: Sequence[CommandRecord]) -> dict[Place, str]:
    """Return what became of commands that did nothing; of unknown fate is a case for people."""
    return {
        (command.equipment_id, command.point_key): command.text_key
        if command.outcome not in (CommandOutcome.CONFIRMED, CommandOutcome.UNKNOWN)
        else ""
        for command in commands
    }
