"""Orders: many targets at once, each a command of its own.

A link carries one command of an order at a time, so that a poll that waits there goes between two;
``at_once`` bounds all of them together. Everything is durable before anything is sent: the order
and its accepted commands first, ``sent`` of each before its first byte.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import msgspec

from backend_bridge.commands.checks import Aim
from backend_bridge.commands.content import content_of, content_of_aim
from backend_bridge.commands.course import LONGEST_KEY, Course, Task
from backend_bridge.commands.demands import Demand, Run, check_size, check_words
from backend_bridge.commands.inquiries import may_know
from backend_bridge.commands.needs import Field, GatewaySettings
from backend_bridge.commands.values import dangerous
from backend_bridge.commands.verify import Fate
from backend_bridge.commands.words import NotKeptError, refusal, storage_refusal
from backend_bridge.commands.works import Works
from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import JournalEntry, OrderEvent, SessionChange, SessionEvent
from backend_bridge.contract.order_requests import (
    CancelOrder,
    ExecuteOrder,
    OrderResult,
)
from backend_bridge.contract.orders import Order, OrderState, Target
from backend_bridge.contract.results import Result
from backend_bridge.contract.rights import ANYWHERE
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.core.storage import StorageError
from backend_bridge.services.actor import BRIDGE_USER

ACCEPTED_AT_ONCE = 200
"""Commands of an order accepted in one commit."""
KEY_SPARE = 10
"""Characters of a command's key after its order's: ``/`` and the position."""

CANCELLED = Fate(CommandOutcome.REFUSED, text_key="command.result.cancelled")


class _Content(NamedTuple):
    """What makes two requests with one key the same order."""

    targets: tuple[Target, ...]
    issuer: str


class OrderDesk:
    """Carry out and cancel orders; everything runs on the bridge's loop.

    Args:
        epoch: returns the bridge epoch that orders must name.
        left: orders the last life left running; said unknown when ``start`` is called.

    Attributes:
        course: the way each command takes.
        works: the orders under way.
        reserved: keys of questions that stand: they become orders only when somebody agrees.
    """

    def __init__(
        self,
        course: Course,
        field: Field,
        epoch: Callable[[], str],
        settings: GatewaySettings,
        left: Sequence[Order],
    ) -> None:
        self.course = course
        self.works: Works[OrderResult] = Works("order")
        self._field = field
        self._epoch = epoch
        self._settings = settings
        self._left = left
        self._slots = asyncio.Semaphore(settings.at_once)
        self._runs: dict[str, Run] = {}
        self.reserved: set[str] = set()

    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request."""
        return {
            ExecuteOrder: self.execute,
            CancelOrder: self.cancel,
        }

    def hear(self, entry: JournalEntry) -> None:
        """Stop the orders of a session that was revoked: nothing more is done in its name."""
        event = entry.event
        if isinstance(event, SessionEvent) and event.change is SessionChange.REVOKED:
            for run in self._runs.values():
                if (run.order.issuer, run.console) == (entry.user, event.console):
                    run.cancelled = True

    def start(self) -> None:
        """Say of the orders of the last life that nobody follows them any more."""
        for order in self._left:
            ended = msgspec.structs.replace(
                order, state=OrderState.UNKNOWN, finished_ms=self.course.records.clock.now_ms()
            )
            self.course.records.keep_event_for_later(OrderEvent(order=ended), BRIDGE_USER, "")

    async def execute(self, caller: Caller, request: ExecuteOrder) -> Result:
        """Carry out an order; returns when every target has ended.

        Raises:
            RequestError: nothing was sent, and why.
        """
        content = _Content(request.targets, caller.user)
        running = self.works.find(request.key, content)
        if running is not None:
            return await asyncio.shield(running)
        if request.key in self.reserved:
            raise refusal(ErrorCode.CONFLICT, "key_used")
        self.check_epoch(request.epoch)
        demand = self.demand(
            caller,
            key=request.key,
            targets=request.targets,
            reason=request.reason,
            until_ms=request.until_ms,
            deadline_ms=request.deadline_ms,
        )
        if self.needs_second(demand):
            known = await self._known(demand)
            if known is not None:
                return known
            raise refusal(ErrorCode.REFUSED, "needs_second", equipment=demand.aims[0].equipment.id)
        return await asyncio.shield(self._begin(demand))

    async def cancel(self, caller: Caller, request: CancelOrder) -> Result:
        """Stop an order: what was sent is read back as ever, the rest never is."""
        run = self._runs.get(request.key)
        known = run.order if run is not None else await self._stored(request.key)
        if known is None or not may_know(caller, known):
            raise refusal(ErrorCode.BAD_REQUEST, "no_such_order", key=request.key[:64])
        if run is None:
            raise refusal(ErrorCode.CONFLICT, "order_over", key=request.key[:64])
        if caller.user != run.order.issuer:
            for kind in run.kinds:
                caller.require("operate", kind, ANYWHERE)
        run.cancelled = True
        running = self.works.running(request.key)
        assert running is not None, "an order that runs is under way"
        return await asyncio.shield(running)

    def check_epoch(self, epoch: str) -> None:
        """Refuse what was meant for another life of the bridge."""
        if epoch != self._epoch():
            raise refusal(ErrorCode.REFUSED, "other_epoch")

    def demand(
        self,
        caller: Caller,
        *,
        key: str,
        targets: tuple[Target, ...],
        reason: str,
        until_ms: int | None,
        deadline_ms: int,
    ) -> Demand:
        """Return what an order asks for.

        Raises:
            RequestError: ``bad_request``: something in it is wrong in itself.
        """
        check_size(targets)
        check_words(key, reason, LONGEST_KEY - KEY_SPARE)
        aims = tuple(self.course.checks.aim(caller, target) for target in targets)
        for aim in aims:
            self.course.end_of(aim, until_ms)
        return Demand(
            caller=caller,
            key=key,
            aims=aims,
            reason=reason.strip(),
            deadline_ms=deadline_ms,
            deadline_s=self.course.deadline_s(deadline_ms),
            until_ms=until_ms,
        )

    def needs_second(self, demand: Demand) -> bool:
        """Return whether a second person must agree first."""
        large = len(demand.aims) > self._settings.largest_alone
        return large or any(dangerous(aim.point, aim.value) for aim in demand.aims)

    def owns(self, key: str) -> bool:
        """Return whether a command's key is that of a target of an order under way."""
        return key.rpartition("/")[0] in self._runs

    async def exists(self, key: str) -> bool:
        """Return whether an order of this key was ever begun.

        Raises:
            RequestError: ``unavailable``: the disk does not answer.
        """
        return key in self._runs or await self._stored(key) is not None

    async def begin_approved(self, demand: Demand) -> None:
        """Begin an order a second person agreed to; returns when it is durable.

        Raises:
            RequestError: it did not begin, and why.
        """
        outcome = self._begin(demand)
        run = self._runs[demand.key]
        await asyncio.wait((outcome, run.begun), return_when=asyncio.FIRST_COMPLETED)
        if outcome.done():
            outcome.result()

    # one order

    def _begin(self, demand: Demand) -> asyncio.Future[OrderResult]:
        targets = tuple(Target(a.equipment.id, a.point.key, a.value) for a in demand.aims)
        content = _Content(targets, demand.caller.user)
        sectors = {aim.equipment.sector for aim in demand.aims}
        order = Order(
            key=demand.key,
            issuer=demand.caller.user,
            seat=demand.caller.seat,
            reason=demand.reason,
            total=len(demand.aims),
            created_ms=self.course.records.clock.now_ms(),
            equipment_kind=demand.kind,
            sector=sectors.pop() if len(sectors) == 1 else "",
            until_ms=demand.until_ms,
            approved_by=demand.approved_by,
        )
        outcome = self.works.begin(demand.key, content, partial(self._carry_out, demand))
        self._runs[demand.key] = Run(order, demand)
        outcome.add_done_callback(lambda _: self._runs.pop(demand.key, None))
        return outcome

    async def _carry_out(self, demand: Demand) -> OrderResult:
        known = await self._known(demand)
        if known is not None:
            return known
        if await self._commands(demand):
            raise refusal(ErrorCode.CONFLICT, "key_used")
        run = self._runs[demand.key]
        await self.course.records.claim_order(run.order)
        run.begun.set_result(None)
        waiting = await self._accept(demand, run)
        lanes: dict[str, list[tuple[Task, CommandRecord]]] = {}
        for task, command in waiting:
            link = self._field.link_of(command.equipment_id)
            lanes.setdefault(link.link_id if link is not None else "", []).append((task, command))
        left: list[CommandRecord] = []
        async with asyncio.TaskGroup() as group:
            for lane in lanes.values():
                group.create_task(self._lane(run, lane, left), name=f"order {demand.key}")
        await self._end_unsent(run, left)
        return await self._finish(run, stopped=bool(left))

    async def _accept(self, demand: Demand, run: Run) -> list[tuple[Task, CommandRecord]]:
        """Refuse what stands in nobody's way, make the rest durable; return the rest."""
        waiting: list[tuple[Task, CommandRecord]] = []
        records = self.course.records
        tasks = [self._task(demand, number, aim) for number, aim in enumerate(demand.aims)]
        for start in range(0, len(tasks), ACCEPTED_AT_ONCE):
            batch: list[CommandRecord] = []
            taken: list[tuple[Task, CommandRecord]] = []
            for task in tasks[start : start + ACCEPTED_AT_ONCE]:
                command = self.course.record(task)
                error = self.course.obstacle(task)
                if error is None:
                    taken.append((task, command))
                else:
                    command = self.course.refused(command, error)
                    run.took(command)
                batch.append(command)
            try:
                await records.write(*batch)
            except RequestError as error:
                self._not_taken(run, tasks[start:], refused=len(batch) - len(taken), error=error)
                break
            waiting += taken
        return waiting

    def _not_taken(
        self, run: Run, tasks: Sequence[Task], *, refused: int, error: RequestError
    ) -> None:
        """Count as refused what the disk did not take: nothing of it is sent."""
        for command in run.failed[len(run.failed) - refused :]:
            run.counts[command.outcome] -= 1
        del run.failed[len(run.failed) - refused :]
        for task in tasks:
            run.took(self.course.refused(self.course.record(task), error))

    def _task(self, demand: Demand, number: int, aim: Aim) -> Task:
        return Task(
            caller=demand.caller,
            key=f"{demand.key}/{number}",
            aim=aim,
            reason=demand.reason,
            deadline_ms=demand.deadline_ms,
            deadline_s=demand.deadline_s,
            until_ms=self.course.end_of(aim, demand.until_ms),
            order=demand.key,
            approved_by=demand.approved_by,
        )

    async def _lane(
        self, run: Run, lane: Sequence[tuple[Task, CommandRecord]], left: list[CommandRecord]
    ) -> None:
        """Carry out the commands of one link, one after the other."""
        for task, command in lane:
            place = (command.equipment_id, command.point_key)
            async with self._slots, self.course.locks.alone(*place):
                if run.cancelled:
                    left.append(command)
                    continue
                try:
                    run.took(await self.course.send(task, command))
                except NotKeptError as error:
                    run.took(error.command)

    async def _end_unsent(self, run: Run, left: Sequence[CommandRecord]) -> None:
        """End what a cancelled order never sent."""
        records = self.course.records
        ended = [records.finished(command, CANCELLED) for command in left]
        for command in ended:
            run.took(command)
        try:
            await records.write(*ended)
        except RequestError:
            records.keep_for_later(*ended)

    async def _finish(self, run: Run, *, stopped: bool) -> OrderResult:
        order = msgspec.structs.replace(
            run.order,
            state=OrderState.CANCELLED if stopped else OrderState.FINISHED,
            counts={outcome: count for outcome, count in run.counts.items() if count},
            finished_ms=self.course.records.clock.now_ms(),
        )
        try:
            await self._write_order(order)
        except RequestError:
            event = OrderEvent(order=order)
            self.course.records.keep_event_for_later(event, order.issuer, order.seat)
        return OrderResult(order=order, failed=tuple(run.failed))

    async def _write_order(self, order: Order) -> None:
        event = OrderEvent(order=order)
        await self.course.records.write_event(event, order.issuer, order.seat)

    async def _known(self, demand: Demand) -> OrderResult | None:
        """Return the order of this key as it ended, if there ever was one; nothing is sent."""
        known = await self._stored(demand.key)
        if known is None:
            return None
        same = (known.issuer, known.total, known.reason)
        if same != (demand.caller.user, len(demand.aims), demand.reason):
            raise refusal(ErrorCode.CONFLICT, "key_used")
        for number, command in (await self._commands(demand)).items():
            aim = demand.aims[number]
            if content_of(command) != content_of_aim(aim, demand.caller.user):
                raise refusal(ErrorCode.CONFLICT, "key_used")
        if known.state is OrderState.RUNNING:  # and not here: it would be found under way
            raise refusal(ErrorCode.CONFLICT, "elsewhere")
        return OrderResult(order=known)

    async def _commands(self, demand: Demand) -> dict[int, CommandRecord]:
        """Return the commands that bear the keys of an order's targets, by position."""
        keys = {f"{demand.key}/{number}": number for number in range(len(demand.aims))}
        try:
            found = await self.course.records.journal.commands(tuple(keys))
        except StorageError as error:
            raise storage_refusal(error) from error
        return {keys[command.key]: command for command in found}

    async def _stored(self, key: str) -> Order | None:
        try:
            return await self.course.records.journal.order(key)
        except StorageError as error:
            raise storage_refusal(error) from error
