"""The only door to the field: authorise, check, make durable, send once, read back, journal.

``accepted`` and ``sent`` are durable before the first byte goes out, so that a bridge that dies at
any moment finds what it began, reads it back once and never sends it again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import Any, NoReturn

import msgspec

from backend_bridge.commands.approvals import ApprovalDesk
from backend_bridge.commands.arming import ArmingDesk
from backend_bridge.commands.checks import Checks
from backend_bridge.commands.content import content_of, content_of_aim
from backend_bridge.commands.course import (
    LONGEST_KEY,
    LONGEST_REASON,
    NOT_SENT,
    Course,
    Task,
)
from backend_bridge.commands.demands import check_words
from backend_bridge.commands.dry_run import DryRun
from backend_bridge.commands.inquiries import Inquiries
from backend_bridge.commands.interlocks import Interlocks
from backend_bridge.commands.needs import (
    Field,
    GatewaySettings,
    Hands,
    Ledger,
    Marks,
    NoHands,
    NoLedger,
    Places,
)
from backend_bridge.commands.orders import OrderDesk
from backend_bridge.commands.records import Records
from backend_bridge.commands.values import dangerous
from backend_bridge.commands.verify import Fate, Verifier
from backend_bridge.commands.words import not_recorded, refusal, storage_refusal
from backend_bridge.commands.works import Works
from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.order_requests import CommandResult, ExecuteCommand, SettleCommand
from backend_bridge.contract.orders import Target
from backend_bridge.contract.results import Result
from backend_bridge.contract.times import Clock
from backend_bridge.core.bus import Bus
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.core.storage import JournalStore, Situation, StorageError

_Coming = Coroutine[Any, Any, CommandRecord]


class CommandGateway:
    """Carry out commands, orders and questions to a second person, on the bridge's loop.

    Args:
        epoch: returns the bridge epoch that commands must name.
        situation: unfinished commands, orders and questions of the bridge's last life; settled
            when ``run`` starts.
    """

    def __init__(
        self,
        *,
        facts: Places,
        field: Field,
        marks: Marks,
        interlocks: Interlocks,
        journal: JournalStore,
        bus: Bus,
        clock: Clock,
        situation: Situation,
        epoch: Callable[[], str],
        hands: Hands | None = None,
        ledger: Ledger | None = None,
        settings: GatewaySettings | None = None,
    ) -> None:
        self._facts = facts
        self._field = field
        self._clock = clock
        self._epoch = epoch
        self._settings = settings = settings or GatewaySettings()
        self._unfinished = situation.commands
        ledger = ledger or NoLedger()
        self._records = Records(
            journal=journal, bus=bus, clock=clock, ledger=ledger, retry_s=settings.retry_s
        )
        self._checks = Checks(
            places=facts,
            field=field,
            marks=marks,
            hands=hands or NoHands(),
            interlocks=interlocks,
            ledger=ledger,
        )
        self._verifier = Verifier(field, facts, settings)
        self._course = Course(self._checks, self._records, self._verifier, settings)
        self._works: Works[CommandRecord] = Works("command")
        self._orders = OrderDesk(self._course, field, epoch, settings, situation.orders)
        self._approvals = ApprovalDesk(self._orders, settings, situation.approvals)
        bus.subscribe(self._orders.hear)
        bus.subscribe(self._approvals.hear)
        self._dry_run = DryRun(self._course)
        self._inquiries = Inquiries(facts, self._records)
        self._arming = ArmingDesk(interlocks, self._records)

    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request."""
        return {
            ExecuteCommand: self.execute,
            SettleCommand: self.settle,
            **self._dry_run.handlers(),
            **self._inquiries.handlers(),
            **self._orders.handlers(),
            **self._approvals.handlers(),
            **self._arming.handlers(),
        }

    async def run(self) -> None:
        """Settle what the last life left unfinished, then carry out commands until cancelled."""
        try:
            async with asyncio.TaskGroup() as tasks:
                self._works.tasks = self._orders.works.tasks = tasks
                self._arming.start()
                self._approvals.start(tasks)
                self._recover_all()
                self._orders.start()
                await self._records.write_late()
        finally:
            self._works.tasks = self._orders.works.tasks = None

    async def execute(self, caller: Caller, request: ExecuteCommand) -> Result:
        """Carry out one command; returns its final record.

        A caller that is cancelled while waiting does not stop a command that has begun.

        Raises:
            RequestError: ``bad_request`` or ``conflict`` for a request that is wrong in itself,
                ``refused`` or ``unavailable`` when nothing went to the field and why.
        """
        task = self._task(caller, request)
        work = partial(self._issue, task, request.epoch)
        return CommandResult(command=await self._once(task, work))

    async def take_back(
        self, caller: Caller, request: ExecuteCommand, override: str
    ) -> CommandRecord:
        """Carry out a command that ends an override or renews it, as the ledger asks.

        It passes every check but the second person's, who agreed to the way back with the way out.

        Raises:
            RequestError: as of :meth:`execute`.
        """
        task = self._task(caller, request, override)
        return await self._once(task, partial(self._known_or_alone, task, request.epoch))

    async def settle(self, caller: Caller, request: SettleCommand) -> Result:
        """Note what somebody found on the spot after a command's fate was unknown."""
        found = request.reason.strip()
        if not found or len(request.reason) > LONGEST_REASON:
            raise refusal(ErrorCode.BAD_REQUEST, "reason", limit=LONGEST_REASON)
        async with self._course.locks.alone("", request.key):
            command = await self._command(request.key)
            equipment = self._facts.equipment(command.equipment_id) if command else None
            sector = equipment.sector if equipment is not None else ""
            if command is None or not caller.holds("view", command.equipment_kind, sector):
                raise refusal(ErrorCode.BAD_REQUEST, "no_such_command", key=request.key[:64])
            caller.require("operate", command.equipment_kind, sector)
            if not command.to_check:
                raise refusal(
                    ErrorCode.CONFLICT,
                    "nothing_to_settle",
                    equipment=command.equipment_id,
                    by=command.settled_by,
                )
            settled = msgspec.structs.replace(
                command,
                settled_by=caller.user,
                text_key="command.result.settled",
                params={"by": caller.user, "found": found},
            )
            await self._records.write_as(settled, caller.user, caller.seat)
        return CommandResult(command=settled)

    # one command

    async def _once(self, task: Task, work: Callable[[], _Coming]) -> CommandRecord:
        content = content_of_aim(task.aim, task.caller.user)
        running = self._works.find(task.key, content)
        if running is None:
            if self._orders.owns(task.key):
                raise refusal(ErrorCode.CONFLICT, "key_used")
            running = self._works.begin(task.key, content, work)
        return await asyncio.shield(running)

    def _task(self, caller: Caller, request: ExecuteCommand, override: str = "") -> Task:
        """Return what a request asks for.

        Raises:
            RequestError: ``bad_request``: something in it is wrong in itself.
        """
        target = Target(request.equipment_id, request.point_key, request.value)
        aim = self._checks.aim(caller, target)
        check_words(request.key, request.reason, LONGEST_KEY)
        return Task(
            caller=caller,
            key=request.key,
            aim=aim,
            reason=request.reason.strip(),
            deadline_ms=request.deadline_ms,
            deadline_s=self._course.deadline_s(request.deadline_ms),
            until_ms=self._course.end_of(aim, request.until_ms),
            override=override,
        )

    async def _issue(self, task: Task, epoch: str) -> CommandRecord:
        """Carry out a command unless it needs a second person."""
        if dangerous(task.aim.point, task.aim.value):
            known = await self._known(task)
            if known is not None:
                return known
            equipment = task.aim.equipment.id
            needed = refusal(ErrorCode.REFUSED, "needs_second", equipment=equipment)
            # what is refused anyway is said first: then there is nobody to ask
            await self._refuse(task, self._course.obstacle(task) or needed)
        return await self._known_or_alone(task, epoch)

    async def _known_or_alone(self, task: Task, epoch: str) -> CommandRecord:
        known = await self._known(task)
        if known is not None:
            return known
        if epoch != self._epoch():
            equipment = task.aim.equipment.id
            await self._refuse(task, refusal(ErrorCode.REFUSED, "other_epoch", equipment=equipment))
        return await self._course.alone(task)

    async def _refuse(self, task: Task, error: RequestError) -> NoReturn:
        """Refuse, and journal that it was asked for."""
        refused = self._course.refused(self._course.record(task), error)
        await self._records.try_to_write(refused)
        raise error

    async def _known(self, task: Task) -> CommandRecord | None:
        """Return the command of this key if there is one; refused ones are refused again."""
        known = await self._command(task.key)
        if known is None:
            return None
        if content_of(known) != content_of_aim(task.aim, task.caller.user):
            raise refusal(ErrorCode.CONFLICT, "key_used")
        if known.text_key.startswith("error."):
            code = _CODES.get(known.text_key, ErrorCode.REFUSED)
            raise RequestError(code, known.text_key, known.params)
        if not known.outcome.final:
            raise not_recorded(known)
        return known

    async def _command(self, key: str) -> CommandRecord | None:
        try:
            return await self._records.journal.command(key)
        except StorageError as error:
            raise storage_refusal(error) from error

    # what the last life left

    def _recover_all(self) -> None:
        """Settle what was left: what was not sent never is, what was sent is read back once."""
        never = [item for item in self._unfinished if item.outcome is CommandOutcome.ACCEPTED]
        self._records.keep_for_later(*(self._records.finished(item, NOT_SENT) for item in never))
        for command in self._unfinished:
            if command.outcome is not CommandOutcome.ACCEPTED:
                work = partial(self._recover, command)
                self._works.begin(command.key, content_of(command), work)

    async def _recover(self, command: CommandRecord) -> CommandRecord:
        """Settle a command the last life sent: read back once, never send."""
        point = self._facts.point(command.equipment_id, command.point_key)
        fate = Fate(
            CommandOutcome.UNKNOWN, command.reported, text_key="command.result.bridge_restarted"
        )
        async with self._course.locks.alone(command.equipment_id, command.point_key):
            if point is not None and await self._link_up(command.equipment_id):
                fate = await self._verifier.look(command, point)
            return await self._records.finish(command, fate)

    async def _link_up(self, equipment_id: str) -> bool:
        end_s = self._clock.mono_s() + self._settings.recover_wait_s
        while True:
            link = self._field.link_of(equipment_id)
            if link is not None and link.up:
                return True
            if link is None or self._clock.mono_s() >= end_s:
                return False
            await asyncio.sleep(self._settings.recover_pause_s)


_CODES = {"error.command.device_down": ErrorCode.UNAVAILABLE}
