"""The only door to the field: authorise, check, make durable, send once, read back, journal.

``accepted`` and ``sent`` are durable before the first byte goes out, so that a bridge that dies at
any moment finds what it began, reads it back once and never sends it again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import NamedTuple

import msgspec
import structlog

from backend_bridge.commands.locks import PointLocks
from backend_bridge.commands.needs import Field, GatewaySettings, Marks, Places
from backend_bridge.commands.verify import Fate, carry_out, fits, look
from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import CommandEvent
from backend_bridge.contract.points import Equipment, PointDef, Scalar
from backend_bridge.contract.requests import ExecuteCommand
from backend_bridge.contract.results import CommandResult, Result
from backend_bridge.contract.times import Clock
from backend_bridge.core.bus import Bus
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.core.storage import (
    Draft,
    JournalStore,
    Situation,
    StorageError,
    StorageFullError,
)

LONGEST_KEY = 200
LONGEST_REASON = 500

_log = structlog.get_logger(__name__)


class _Content(NamedTuple):
    """What makes two requests with one key the same command."""

    equipment_id: str
    point_key: str
    value: Scalar
    value_type: type
    issuer: str


class _Running(NamedTuple):
    content: _Content
    outcome: asyncio.Future[CommandRecord]


class _Order(NamedTuple):
    """A request that names a real point and a possible value; deadline on the steady clock."""

    caller: Caller
    request: ExecuteCommand
    equipment: Equipment
    point: PointDef
    content: _Content
    deadline_s: float


class CommandGateway:
    """Carry out commands. Everything runs on the bridge's loop.

    Args:
        epoch: returns the bridge epoch that commands must name.
        situation: unfinished commands of the bridge's last life; settled when ``run`` starts.
    """

    def __init__(
        self,
        *,
        facts: Places,
        field: Field,
        marks: Marks,
        journal: JournalStore,
        bus: Bus,
        clock: Clock,
        situation: Situation,
        epoch: Callable[[], str],
        settings: GatewaySettings | None = None,
    ) -> None:
        self._facts = facts
        self._field = field
        self._marks = marks
        self._journal = journal
        self._bus = bus
        self._clock = clock
        self._epoch = epoch
        self._settings = settings or GatewaySettings()
        self._unfinished = situation.commands
        self._tasks: asyncio.TaskGroup | None = None
        self._running: dict[str, _Running] = {}
        self._locks = PointLocks()
        self._late: list[Draft] = []
        self._late_bell = asyncio.Event()

    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request."""
        return {ExecuteCommand: self.execute}

    async def run(self) -> None:
        """Settle what the last life left unfinished, then carry out commands until cancelled."""
        try:
            async with asyncio.TaskGroup() as tasks:
                self._tasks = tasks
                for command in self._unfinished:
                    work = partial(self._recover, command)
                    self._begin(command.key, _content_of(command), work)
                await self._write_late()
        finally:
            self._tasks = None

    async def execute(self, caller: Caller, request: ExecuteCommand) -> Result:
        """Carry out one command; returns its final record.

        A caller that is cancelled while waiting does not stop a command that has begun.

        Raises:
            RequestError: ``bad_request`` or ``conflict`` for a request that is wrong in itself,
                ``refused`` or ``unavailable`` when nothing went to the field and why.
        """
        order = self._checked(caller, request)
        running = self._running.get(request.key)
        if running is not None:
            if running.content != order.content:
                raise _refusal(ErrorCode.CONFLICT, "key_used")
            return CommandResult(command=await asyncio.shield(running.outcome))
        outcome = self._begin(request.key, order.content, partial(self._issue, order))
        return CommandResult(command=await asyncio.shield(outcome))

    # one command

    async def _issue(self, order: _Order) -> CommandRecord:
        known = await self._known(order)
        if known is not None:
            return known
        command = self._record(order)
        await self._refuse_if_needed(order, command)
        async with self._locks.alone(command.equipment_id, command.point_key):
            await self._refuse_if_needed(order, command)
            command = await self._journalled(command)
            if self._is_late(order):
                return await self._finish(command, _EXPIRED)
            try:
                command = await self._journalled(_as(command, CommandOutcome.SENT))
            except RequestError:
                self._keep_for_later(self._finished(command, _NOT_SENT))
                raise
            if self._is_late(order):
                return await self._finish(command, _EXPIRED)
            fate = await carry_out(self._field, command, order.point, self._settings)
            return await self._finish(command, fate)

    async def _known(self, order: _Order) -> CommandRecord | None:
        """Return the command of this key if there is one; refused ones are refused again."""
        try:
            known = await self._journal.command(order.request.key)
        except StorageError as error:
            raise _storage_refusal(error) from error
        if known is None:
            return None
        if _content_of(known) != order.content:
            raise _refusal(ErrorCode.CONFLICT, "key_used")
        if known.text_key.startswith("error."):
            code = _CODES.get(known.text_key, ErrorCode.REFUSED)
            raise RequestError(code, known.text_key, {"equipment": known.equipment_id})
        if not known.outcome.final:
            raise _not_recorded(known)
        return known

    async def _refuse_if_needed(self, order: _Order, command: CommandRecord) -> None:
        """Refuse what may not or can not be done now, and journal that it was asked for."""
        error = self._obstacle(order)
        if error is None:
            return
        late = error.text_key == "error.command.expired"
        outcome = CommandOutcome.EXPIRED if late else CommandOutcome.REFUSED
        rights = error.text_key == "error.rights.missing"
        text_key = "error.command.not_allowed" if rights else error.text_key
        refused = self._finished(command, Fate(outcome, text_key=text_key))
        try:
            await self._append(refused)
        except StorageError as failure:
            _log.warning("refusal_not_journalled", key=command.key, error=str(failure))
        raise error

    def _obstacle(self, order: _Order) -> RequestError | None:
        request, equipment = order.request, order.equipment
        try:
            order.caller.require("operate", equipment.kind, equipment.sector)
        except RequestError as error:
            return error
        if self._marks.covering(equipment.id) is not None:
            return _refusal(ErrorCode.REFUSED, "out_of_service", equipment=equipment.id)
        if request.epoch != self._epoch():
            return _refusal(ErrorCode.REFUSED, "other_epoch", equipment=equipment.id)
        if self._is_late(order):
            return _refusal(ErrorCode.REFUSED, "expired", equipment=equipment.id)
        link = self._field.link_of(equipment.id)
        if link is None:
            return _refusal(ErrorCode.REFUSED, "no_link", equipment=equipment.id)
        if not link.up:
            return _refusal(ErrorCode.UNAVAILABLE, "device_down", equipment=equipment.id)
        return None

    async def _recover(self, command: CommandRecord) -> CommandRecord:
        """Settle a command the last life left: read back once, never send."""
        if command.outcome is CommandOutcome.ACCEPTED:
            return await self._finish(command, _NOT_SENT)
        point = self._facts.point(command.equipment_id, command.point_key)
        fate = Fate(CommandOutcome.UNKNOWN, text_key="command.result.bridge_restarted")
        async with self._locks.alone(command.equipment_id, command.point_key):
            if point is not None and await self._link_up(command.equipment_id):
                fate = await look(self._field, command, point, self._settings)
            return await self._finish(command, fate)

    async def _link_up(self, equipment_id: str) -> bool:
        end_s = self._clock.mono_s() + self._settings.recover_wait_s
        while True:
            link = self._field.link_of(equipment_id)
            if link is not None and link.up:
                return True
            if link is None or self._clock.mono_s() >= end_s:
                return False
            await asyncio.sleep(self._settings.recover_pause_s)

    # journal

    async def _journalled(self, command: CommandRecord) -> CommandRecord:
        try:
            await self._append(command)
        except StorageError as error:
            raise _storage_refusal(error) from error
        return command

    async def _finish(self, command: CommandRecord, fate: Fate) -> CommandRecord:
        """Journal a command's end; when the disk refuses, say so and write it when it is back."""
        finished = self._finished(command, fate)
        try:
            await self._append(finished)
        except StorageError as error:
            _log.warning("outcome_not_journalled", key=command.key, error=str(error))
            self._keep_for_later(finished)
            raise _not_recorded(finished) from error
        return finished

    async def _append(self, command: CommandRecord) -> None:
        for entry in await self._journal.append([self._draft(command)]):
            self._bus.publish(entry)

    def _keep_for_later(self, command: CommandRecord) -> None:
        self._late.append(self._draft(command))
        self._late_bell.set()

    async def _write_late(self) -> None:
        while True:
            await self._late_bell.wait()
            self._late_bell.clear()
            while self._late:
                batch = tuple(self._late)
                try:
                    entries = await self._journal.append(batch)
                except StorageError:
                    await asyncio.sleep(self._settings.retry_s)
                    continue
                del self._late[: len(batch)]
                for entry in entries:
                    self._bus.publish(entry)

    def _draft(self, command: CommandRecord) -> Draft:
        return Draft(
            user=command.issuer,
            seat=command.seat,
            at_ms=self._clock.now_ms(),
            event=CommandEvent(command=command),
        )

    # small parts

    def _checked(self, caller: Caller, request: ExecuteCommand) -> _Order:
        """Refuse a request that is wrong in itself, whatever the field does."""
        equipment = self._facts.equipment(request.equipment_id)
        point = self._facts.point(request.equipment_id, request.point_key)
        if equipment is None or point is None:
            raise _refusal(
                ErrorCode.BAD_REQUEST,
                "no_such_point",
                equipment=request.equipment_id[:64],
                point=request.point_key[:64],
            )
        if not fits(point, request.value):
            raise _refusal(ErrorCode.BAD_REQUEST, "bad_value", value=str(request.value)[:64])
        if not 1 <= len(request.key) <= LONGEST_KEY:
            raise _refusal(ErrorCode.BAD_REQUEST, "bad_key")
        if not request.reason.strip() or len(request.reason) > LONGEST_REASON:
            raise _refusal(ErrorCode.BAD_REQUEST, "reason", limit=LONGEST_REASON)
        limit_s = self._settings.longest_deadline_s
        left_s = (request.deadline_ms - self._clock.now_ms()) / 1000
        if left_s > limit_s:
            raise _refusal(ErrorCode.BAD_REQUEST, "deadline_far", minutes=round(limit_s / 60))
        content = _Content(equipment.id, point.key, request.value, type(request.value), caller.user)
        return _Order(caller, request, equipment, point, content, self._clock.mono_s() + left_s)

    def _record(self, order: _Order) -> CommandRecord:
        return CommandRecord(
            key=order.request.key,
            equipment_id=order.equipment.id,
            equipment_kind=order.equipment.kind,
            point_key=order.point.key,
            value=order.request.value,
            outcome=CommandOutcome.ACCEPTED,
            issuer=order.caller.user,
            seat=order.caller.seat,
            reason=order.request.reason.strip(),
            created_ms=self._clock.now_ms(),
            deadline_ms=order.request.deadline_ms,
        )

    def _finished(self, command: CommandRecord, fate: Fate) -> CommandRecord:
        return msgspec.structs.replace(
            command,
            outcome=fate.outcome,
            reported=fate.reported,
            text_key=fate.text_key,
            finished_ms=self._clock.now_ms(),
        )

    def _is_late(self, order: _Order) -> bool:
        return self._clock.mono_s() >= order.deadline_s

    def _begin(self, key: str, content: _Content, work: _Work) -> asyncio.Future[CommandRecord]:
        """Start a command in a task of the gateway's own, findable by its key until it is over."""
        if self._tasks is None:
            raise RequestError(ErrorCode.UNAVAILABLE, "error.bridge.stopping")
        outcome: asyncio.Future[CommandRecord] = asyncio.get_running_loop().create_future()
        self._running[key] = _Running(content, outcome)
        task = self._tasks.create_task(self._carry(key, work, outcome), name=f"command {key}")
        task.add_done_callback(lambda _: self._end(key, outcome))
        return outcome

    async def _carry(self, key: str, work: _Work, outcome: asyncio.Future[CommandRecord]) -> None:
        try:
            outcome.set_result(await work())
        except RequestError as error:
            outcome.set_exception(error)
        except Exception as error:  # noqa: BLE001 - one command's defect must not end the others
            _log.exception("command_failed", key=key)
            outcome.set_exception(error)

    def _end(self, key: str, outcome: asyncio.Future[CommandRecord]) -> None:
        del self._running[key]
        if not outcome.done():  # the bridge is stopping
            outcome.set_exception(RequestError(ErrorCode.TIMED_OUT, "error.command.stopping"))
        outcome.exception()  # seen, even when whoever asked has gone


_Work = Callable[[], Coroutine[None, None, CommandRecord]]

_EXPIRED = Fate(CommandOutcome.EXPIRED, text_key="command.result.expired")
_NOT_SENT = Fate(CommandOutcome.REFUSED, text_key="command.result.not_sent")
_CODES = {"error.command.device_down": ErrorCode.UNAVAILABLE}


def _as(command: CommandRecord, outcome: CommandOutcome) -> CommandRecord:
    return msgspec.structs.replace(command, outcome=outcome)


def _content_of(command: CommandRecord) -> _Content:
    return _Content(
        command.equipment_id,
        command.point_key,
        command.value,
        type(command.value),
        command.issuer,
    )


def _refusal(code: ErrorCode, reason: str, **params: str | float) -> RequestError:
    return RequestError(code, f"error.command.{reason}", params)


def _not_recorded(command: CommandRecord) -> RequestError:
    """Return what to say of a command that was sent and whose end the disk does not take."""
    outcome = command.outcome.value
    return _refusal(
        ErrorCode.UNAVAILABLE, "not_recorded", equipment=command.equipment_id, outcome=outcome
    )


def _storage_refusal(error: StorageError) -> RequestError:
    full = isinstance(error, StorageFullError)
    key = "error.storage.full" if full else "error.storage.failed"
    return RequestError(ErrorCode.UNAVAILABLE, key)
