"""Keep the overrides: durable with the command that makes them, moved on by time and by people.

An override is written in the very commit of its command's ``sent`` entry, so that a bridge that
dies at any moment still knows what it holds. From then on only this actor changes it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence

from backend_bridge.commands.needs import Eyes
from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import CommandEvent, JournalEntry, OverrideEvent, SessionEvent
from backend_bridge.contract.order_requests import EndOverride, ExtendOverride, OverrideResult
from backend_bridge.contract.overrides import Override, OverrideChange, OverrideState
from backend_bridge.contract.points import PointDef, Scalar, WayBack
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from backend_bridge.contract.times import Clock
from backend_bridge.core.bus import Bus
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.core.storage import Draft, JournalStore, Situation
from backend_bridge.services.actor import BRIDGE_USER, JournalActor, Plan
from backend_bridge.services.facts import Facts
from backend_bridge.services.overrides import rules
from backend_bridge.services.overrides.claims import Claims
from backend_bridge.services.overrides.ends import Ends
from backend_bridge.services.overrides.held import Held
from backend_bridge.services.overrides.ladder import Ladder
from backend_bridge.services.overrides.needs import (
    Began,
    Ended,
    Holds,
    LookedAt,
    NoPlans,
    NotReturned,
    Place,
    Returned,
    Standing,
)
from backend_bridge.services.overrides.people import (
    LEAVES,
    check_end,
    check_extend,
    no_longer_there,
    returning_caller,
)


class OverrideLedger(JournalActor):
    """Own every override. Everything runs on the bridge's loop.

    Args:
        eyes: what points hold now, for those that go back to what they were before.
        epoch: returns the bridge epoch that requests must name.
        plans: where automatic plans stand, ``None`` when there are none.
        situation: overrides and unfinished commands of the bridge's last life.
    """

    def __init__(
        self,
        *,
        facts: Facts,
        eyes: Eyes,
        holds: Holds,
        ladder: Ladder,
        journal: JournalStore,
        bus: Bus,
        clock: Clock,
        situation: Situation,
        epoch: Callable[[], str],
        plans: Standing | None = None,
    ) -> None:
        super().__init__(journal=journal, bus=bus, clock=clock)
        self._facts = facts
        self._eyes = eyes
        self._holds = holds
        self._claims = Claims(ladder, plans or NoPlans())
        self._epoch = epoch
        self._unfinished = {command.key for command in situation.commands}
        self._held = Held()
        self._callers: dict[str, Caller] = {}
        self._answers: dict[str, list[asyncio.Future[Override]]] = {}
        self._ends = Ends(clock)
        for override in situation.overrides:
            self._keep(override)
        bus.subscribe(self._on_entry)

    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request; extending is the returner's."""
        return {EndOverride: self.end}

    @property
    def open(self) -> Sequence[Override]:
        """Return every override that is not over."""
        return self._held.all

    def find(self, override_id: str) -> Override | None:
        """Return an override that is not over."""
        return self._held.get(override_id)

    def point_of(self, override: Override) -> PointDef | None:
        """Return the definition of the point it holds, ``None`` when the territory lost it."""
        return self._facts.point(override.equipment_id, override.point_key)

    def caller_of(self, override: Override) -> Caller:
        """Return who takes an override back: the person who ended it, otherwise the bridge."""
        return returning_caller(override, self._callers.get(override.id))

    def holder(self, place: Place) -> Override | None:
        """Return the override that holds a point, ``None`` when its programme decides."""
        return self._held.holder(place)

    def commanded_now(self, place: Place) -> bool:
        """Return whether a command that would hold a point is on its way to it."""
        return self._held.commanded(place)

    # --- what the gateway asks ---

    def holding(self, equipment_id: str, point_key: str) -> str:
        """Return the id of the override that holds a point, empty for none."""
        holder = self._held.holder((equipment_id, point_key))
        return holder.id if holder else ""

    def objection(self, command: CommandRecord) -> RequestError | None:
        """Return why a command must yield to what holds its point, or has no way back."""
        place = command.equipment_id, command.point_key
        holder = self._held.holder(place)
        if command.override:
            if command.override not in self._held:
                return RequestError(ErrorCode.REFUSED, "error.override.over")
            if holder is not None and holder.id == command.override:
                return None
        error = self._claims.objection(command, holder, self._clock.now_ms())
        if error is not None:
            return error
        point = self._facts.point(*place)
        if point is None or not rules.goes_back_to_before(point) or command.until_ms is None:
            return None
        if holder is None and self._before(place) is None:
            return RequestError(ErrorCode.REFUSED, "error.override.no_way_back")
        return None

    def hold_s(self, command: CommandRecord) -> float | None:
        """Return the seconds after which the device itself shall go back, ``None`` if it cannot."""
        point = self._facts.point(command.equipment_id, command.point_key)
        if command.until_ms is None or point is None or point.commanding is None:
            return None
        if point.commanding.back is not WayBack.PROGRAMME:
            return None  # a device that lets go knows its programme, not what people call rest
        return self._device_hold_s(command.equipment_id, command.point_key, command.until_ms)

    def drafts(self, command: CommandRecord) -> Sequence[Draft]:
        """Return what is written beside this state of a command, in the same commit."""
        if command.override or command.until_ms is None:
            return ()
        pending = self._held.get(command.key)
        if command.outcome is CommandOutcome.SENT and pending is None:
            point = self._facts.point(command.equipment_id, command.point_key)
            if point is None or point.commanding is None:
                return ()
            place = command.equipment_id, command.point_key
            override = rules.asked(
                command,
                point,
                now_ms=self._clock.now_ms(),
                before=self._before(place),
                standing=self._held.holder(place),
                by_device=self.hold_s(command) is not None,
            )
            return (self._draft((OverrideChange.SENT, override), command.issuer, command.seat),)
        if pending is None or not command.outcome.final:
            return ()
        if pending.state is not OverrideState.PENDING:
            return ()
        return (self._draft(rules.settled(pending, command), command.issuer, command.seat),)

    # --- what people ask ---

    async def end(self, caller: Caller, request: EndOverride) -> Result:
        """Send a point back now; returns when it was read back, or is stuck.

        Raises:
            RequestError: no such override, not theirs to end, or its own command still goes on.
        """
        await self.ask(caller, request)
        ended: asyncio.Future[Override] = asyncio.get_running_loop().create_future()
        waiting = self._answers.setdefault(request.override_id, [])
        waiting.append(ended)
        try:
            return OverrideResult(override=await ended)
        finally:
            waiting.remove(ended)
            if not waiting:
                self._answers.pop(request.override_id, None)

    def check_extension(self, caller: Caller, request: ExtendOverride) -> Override:
        """Return the override a person wants to extend.

        Raises:
            RequestError: it cannot be extended, not by them, or not so far.
        """
        override = self._known(request.override_id)
        self._claims.check_hands_off_plans(caller, override)
        check_extend(
            caller,
            override,
            request,
            sector=self._facts.sector(override.equipment_id),
            point=self.point_of(override),
            now_ms=self._clock.now_ms(),
        )
        return override

    def device_holds_until(self, override: Override, until_ms: int) -> bool:
        """Return whether the device itself could take an override back at a time."""
        place = override.equipment_id, override.point_key
        is_programme = override.back is WayBack.PROGRAMME
        return is_programme and self._device_hold_s(*place, until_ms) is not None

    # --- the actor ---

    async def _start(self) -> list[Draft]:
        """Settle what the last life left between a command's end and the ledger's."""
        drafts = []
        for override in self.open:
            if override.state is OverrideState.PENDING and override.id not in self._unfinished:
                command = await self._journal.command(override.id)
                if command is not None and command.outcome.final:
                    drafts.append(self._move(rules.settled(override, command)))
                else:
                    now_ms = self._clock.now_ms()
                    drafts.append(self._move(rules.ended(override, "", now_ms, "not_sent")))
            elif not override.verified:
                command = await self._journal.command(override.id)
                drafts += [] if command is None else self._settle(command, "")
        for place in self._held.places:
            drafts += self._replace_older(place)
        return drafts

    def _absorb(self, items: Sequence[object]) -> list[Draft]:
        drafts: list[Draft] = []
        for item in items:
            match item:
                case Began(place):
                    drafts += self._replace_older(place)
                case LookedAt(command, seat):
                    drafts += self._settle(command, seat)
                case Ended(override_ids, by):
                    drafts += [
                        self._over(self._held[override_id], by, "by_command")
                        for override_id in override_ids
                        if override_id in self._held
                    ]
                case Returned(override_id, how) if override_id in self._held:
                    held = self._held[override_id]
                    drafts.append(self._over(held, held.ended_by, how))
                case NotReturned(override_id, text_key, params) if override_id in self._held:
                    moved = rules.stuck(self._held[override_id], text_key, params)
                    drafts += [] if moved is None else [self._move(moved)]
        return drafts + self._expire()

    def _expire(self) -> list[Draft]:
        """Send back what ended."""
        due = self._ends.due(self.open)
        return [self._move(rules.returning(override, BRIDGE_USER)) for override in due]

    def _due_s(self) -> float | None:
        return self._ends.look_again_s()

    def _subject(self, request: Request) -> str:
        assert isinstance(request, EndOverride | ExtendOverride)
        return request.override_id

    async def _plan(self, caller: Caller, request: Request) -> Plan:
        assert isinstance(request, EndOverride | ExtendOverride)
        override = self._known(request.override_id)
        if isinstance(request, EndOverride):
            check_end(caller, override, self._facts.sector(override.equipment_id))
            self._claims.check_hands_off_plans(caller, override)
            if request.epoch != self._epoch():
                raise RequestError(ErrorCode.REFUSED, "error.override.other_epoch")
            moved = rules.returning(override, caller.user)
        else:
            self.check_extension(caller, request)
            by_device = self.device_holds_until(override, request.until_ms)
            moved = rules.extended(
                override,
                request.until_ms,
                request.reason.strip(),
                by_device=override.by_device and by_device,
            )

        def finish(_: Sequence[JournalEntry]) -> Result:
            self._keep(moved[1])
            if isinstance(request, EndOverride):
                self._callers[override.id] = caller
            return OverrideResult(override=moved[1])

        return Plan((self._draft(moved, caller.user, caller.seat),), finish)

    # --- inside ---

    def _known(self, override_id: str) -> Override:
        override = self._held.get(override_id)
        if override is None:
            raise no_longer_there()
        return override

    def _on_entry(self, entry: JournalEntry) -> None:
        """Hear what the gateway committed, and what became of this ledger's own changes."""
        match entry.event:
            case OverrideEvent(change=change, override=override):
                held = self._held.get(override.id)
                if change is OverrideChange.SENT or (
                    held is not None and held.state is OverrideState.PENDING
                ):
                    self._keep(override)
                    if change is OverrideChange.BEGAN:
                        self.post(Began((override.equipment_id, override.point_key)))
                if change in rules.ANSWERS:
                    for waiting in self._answers.get(override.id, ()):
                        if not waiting.done():
                            waiting.set_result(override)
            case SessionEvent(change=change, console=console) if change in LEAVES:
                self._forget(entry.user, console)
            case CommandEvent(command=command) if command.settled_by:
                self.post(LookedAt(command, entry.seat))
            case CommandEvent(command=command):
                confirmed = command.outcome is CommandOutcome.CONFIRMED
                if confirmed and not command.override and command.until_ms is None:
                    self._hear_released(command)

    def _forget(self, user: str, console: str) -> None:
        """Take back as the bridge what somebody ended who has left: nobody acts for who is away."""
        for override_id, caller in tuple(self._callers.items()):
            if (caller.user, caller.console) == (user, console):
                del self._callers[override_id]

    def _hear_released(self, command: CommandRecord) -> None:
        held = self._held.at((command.equipment_id, command.point_key))
        if begun := tuple(item.id for item in held if item.state is not OverrideState.PENDING):
            self.post(Ended(begun, command.issuer))

    def _settle(self, command: CommandRecord, seat: str) -> list[Draft]:
        """Let one act on the spot settle the command's doubt and its override's."""
        held = self._held.get(command.key)
        moved = None if held is None else rules.looked_at(held, command)
        if moved is None:
            return []
        self._keep(moved[1])
        return [self._draft(moved, command.settled_by, seat)]

    def _replace_older(self, place: Place) -> list[Draft]:
        found = self._held.at(place)
        holder = rules.newest(found)
        if holder is None:
            return []
        at_ms = self._clock.now_ms()
        return [self._move(rules.replaced(item, holder, at_ms)) for item in rules.outdone(found)]

    def _over(self, override: Override, by: str, how: str) -> Draft:
        return self._move(rules.ended(override, by, self._clock.now_ms(), how))

    def _move(self, moved: rules.Moved) -> Draft:
        override = moved[1]
        person = self._callers.get(override.id)
        self._keep(override)
        seat = person.seat if person is not None and person.user == override.ended_by else ""
        return self._draft(moved, override.ended_by or BRIDGE_USER, seat)

    def _keep(self, override: Override) -> None:
        self._held.keep(override)
        if override.state in rules.OVER:
            self._callers.pop(override.id, None)
        if self._ends.follow(override):
            self.wake()

    def _before(self, place: Place) -> Scalar:
        seen = self._eyes.see(*place)
        return seen.value if seen is not None and seen.quality is Quality.GOOD else None

    def _device_hold_s(self, equipment_id: str, point_key: str, until_ms: int) -> float | None:
        left_s = (until_ms - self._clock.now_ms()) / 1000
        longest_s = self._holds.longest_hold_s(equipment_id, point_key)
        return left_s if 0 < left_s <= longest_s else None

    def _draft(self, moved: rules.Moved, user: str, seat: str) -> Draft:
        change, override = moved
        event = OverrideEvent(change=change, override=override)
        return Draft(user=user, seat=seat, at_ms=self._clock.now_ms(), event=event)
