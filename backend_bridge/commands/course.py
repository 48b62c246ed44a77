"""One command's course: checked, its point held, durable, sent once, read back, verified."""

from __future__ import annotations

from typing import NamedTuple

import msgspec
import structlog

from backend_bridge.commands.checks import Aim, Checks, said
from backend_bridge.commands.locks import PointLocks
from backend_bridge.commands.needs import GatewaySettings
from backend_bridge.commands.records import Records
from backend_bridge.commands.values import override_end
from backend_bridge.commands.verify import Fate, Verifier
from backend_bridge.commands.words import NotKeptError, refusal
from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.orders import Target
from backend_bridge.contract.points import Scalar
from backend_bridge.core.requests import Caller

LONGEST_KEY = 200
LONGEST_REASON = 500

EXPIRED = Fate(CommandOutcome.EXPIRED, text_key="command.result.expired")
NOT_SENT = Fate(CommandOutcome.REFUSED, text_key="command.result.not_sent")
DEFECT = Fate(CommandOutcome.UNKNOWN, text_key="command.result.defect")

_log = structlog.get_logger(__name__)


class Task(NamedTuple):
    """A command somebody wants: who, what, why, until when; deadline on the steady clock."""

    caller: Caller
    key: str
    aim: Aim
    reason: str
    deadline_ms: int
    deadline_s: float
    until_ms: int | None
    order: str = ""
    override: str = ""
    approved_by: str = ""


class Course:
    """Take commands through their course; everything runs on the bridge's loop."""

    def __init__(
        self, checks: Checks, records: Records, verifier: Verifier, settings: GatewaySettings
    ) -> None:
        self.checks = checks
        self.records = records
        self.locks = PointLocks()
        self._verifier = verifier
        self._settings = settings
        self._clock = records.clock

    def deadline_s(self, deadline_ms: int) -> float:
        """Return a deadline on the steady clock, which no clock jump moves.

        Raises:
            RequestError: ``bad_request``: commands are not kept for so long.
        """
        limit_s = self._settings.longest_deadline_s
        left_s = (deadline_ms - self._clock.now_ms()) / 1000
        if left_s > limit_s:
            minutes = round(limit_s / 60)
            raise refusal(ErrorCode.BAD_REQUEST, "deadline_far", minutes=minutes)
        return self._clock.mono_s() + left_s

    def end_of(self, aim: Aim, until_ms: int | None) -> int | None:
        """Return when the override that a command makes ends, ``None`` when it makes none.

        Raises:
            RequestError: ``bad_request``: past, too far, or there is nothing to end.
        """
        try:
            return override_end(aim.point, aim.value, until_ms, self._clock.now_ms())
        except ValueError as error:
            longest_s = aim.point.commanding.longest_s if aim.point.commanding else 0
            raise refusal(
                ErrorCode.BAD_REQUEST,
                str(error),
                point=aim.point.key,
                minutes=round(longest_s / 60),
            ) from error

    def meets(
        self, caller: Caller, target: Target, until_ms: int | None
    ) -> tuple[Aim | None, RequestError | None]:
        """Return what a target means, if it exists, and why it would be refused now, if it would.

        Nothing is done and nothing written.
        """
        aim: Aim | None = None
        try:
            aim = self.checks.aim(caller, target)
            error = self.checks.obstacle(caller, aim)
            if error is None:
                now_ms, now_s = self._clock.now_ms(), self._clock.mono_s()
                task = Task(caller, "", aim, "", now_ms, now_s, self.end_of(aim, until_ms))
                error = self.checks.objection(self.record(task))
        except RequestError as wrong:
            return aim, wrong
        return aim, error

    def record(self, task: Task) -> CommandRecord:
        """Return the record of a command nothing has become of yet."""
        return CommandRecord(
            key=task.key,
            equipment_id=task.aim.equipment.id,
            equipment_kind=task.aim.equipment.kind,
            point_key=task.aim.point.key,
            value=task.aim.value,
            outcome=CommandOutcome.ACCEPTED,
            issuer=task.caller.user,
            seat=task.caller.seat,
            reason=task.reason,
            created_ms=self._clock.now_ms(),
            deadline_ms=task.deadline_ms,
            until_ms=task.until_ms,
            order=task.order,
            override=task.override,
            approved_by=task.approved_by,
        )

    def obstacle(self, task: Task) -> RequestError | None:
        """Return why a command would be refused now, its deadline included."""
        if self.is_late(task):
            return refusal(ErrorCode.REFUSED, "expired", equipment=task.aim.equipment.id)
        return self.checks.obstacle(task.caller, task.aim)

    def refused(self, command: CommandRecord, error: RequestError) -> CommandRecord:
        """Return a command as refused, with the reason in words."""
        late = error.text_key == "error.command.expired"
        outcome = CommandOutcome.EXPIRED if late else CommandOutcome.REFUSED
        fate = Fate(outcome, text_key=said(error), params=error.params)
        return self.records.finished(command, fate)

    def is_late(self, task: Task) -> bool:
        """Return whether a command's deadline is over."""
        return self._clock.mono_s() >= task.deadline_s

    async def alone(self, task: Task) -> CommandRecord:
        """Carry out one command by itself and return how it ended.

        Raises:
            RequestError: nothing was sent, and why; or its end could not be journalled.
        """
        command = self.record(task)
        await self._refuse_if_needed(task, command)
        async with self.locks.alone(command.equipment_id, command.point_key):
            await self._refuse_if_needed(task, command, self.checks.objection(command))
            await self.records.claim(command)
            return await self.send(task, command)

    async def send(self, task: Task, command: CommandRecord) -> CommandRecord:
        """Send a command that is accepted and whose point is held, once, and see what it does.

        A defect met on the way ends this command alone; after ``sent`` it proves nothing.

        Raises:
            NotKeptError: the disk does not take what became of it.
        """
        sent = msgspec.structs.replace(command, outcome=CommandOutcome.SENT)
        durable = False
        try:
            held_up = await self._held_up(task, command)
            if held_up is not None:
                return held_up
            before = self.checks.before(task.aim)
            await self._write_sent(command, sent)
            durable = True
            return await self._carry_out(task, sent, before)
        except RequestError:
            raise
        except Exception:  # noqa: BLE001 - one command's defect must not end an order's others
            _log.exception("command_defect", key=command.key, equipment=command.equipment_id)
            ended, fate = (sent, DEFECT) if durable else (command, NOT_SENT)
            return await self.records.finish(ended, fate)

    async def _write_sent(self, command: CommandRecord, sent: CommandRecord) -> None:
        try:
            await self.records.write(sent)
        except RequestError as error:
            ended = self.records.finished(command, NOT_SENT)
            self.records.keep_for_later(ended)
            raise NotKeptError(error, ended) from error

    async def _carry_out(self, task: Task, sent: CommandRecord, before: Scalar) -> CommandRecord:
        """Look once more, write once, and read back until its fate is known."""
        held_up = await self._unread(task, sent) or await self._held_up(task, sent)
        if held_up is not None:
            return held_up

        async def on_reported(reported: Scalar) -> None:
            await self.records.try_to_write(msgspec.structs.replace(sent, reported=reported))

        with self.checks.moving(task.aim):  # from the last look on, without a pause between
            fate = await self._verifier.carry_out(
                sent,
                task.aim.point,
                before=before,
                hold_s=self.checks.hold_s(sent),
                on_reported=on_reported,
            )
        return await self.records.finish(sent, fate)

    async def _unread(self, task: Task, command: CommandRecord) -> CommandRecord | None:
        """Read anew what a danger hangs on; end the command when the device does not answer.

        What was read is in the point table when this returns: the checks that follow see it.
        """
        for point_key in self.checks.to_reread(task.aim):
            if await self._verifier.read(command, point_key) is None:
                params: dict[str, str | int | float] = {
                    "equipment": command.equipment_id,
                    "point": point_key,
                }
                fate = Fate(CommandOutcome.REFUSED, None, "error.interlock.unread", params)
                return await self.records.finish(command, fate)
        return None

    async def _held_up(self, task: Task, command: CommandRecord) -> CommandRecord | None:
        """End a command that may no longer be sent; much may happen while a disk is slow."""
        if self.is_late(task):
            return await self.records.finish(command, EXPIRED)
        error = self.checks.obstacle(task.caller, task.aim) or self.checks.objection(command)
        if error is None:
            return None
        fate = Fate(CommandOutcome.REFUSED, text_key=said(error), params=error.params)
        return await self.records.finish(command, fate)

    async def _refuse_if_needed(
        self, task: Task, command: CommandRecord, objection: RequestError | None = None
    ) -> None:
        """Refuse what may not or can not be done now, and journal that it was asked for."""
        error = self.obstacle(task) or objection
        if error is not None:
            await self.records.try_to_write(self.refused(command, error))
            raise error
