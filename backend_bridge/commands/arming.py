"""Say which interlocks there are, and arm again what a change of configuration disarmed."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import structlog

from backend_bridge.commands.course import LONGEST_REASON
from backend_bridge.commands.interlock_marks import REMOVED
from backend_bridge.commands.interlocks import Interlocks
from backend_bridge.commands.locks import PointLocks
from backend_bridge.commands.records import Records
from backend_bridge.commands.words import refusal
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import InterlockEvent, sees_all
from backend_bridge.contract.results import Result
from backend_bridge.contract.safety import ArmInterlock, GetInterlocks, Interlock, InterlocksResult
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.services.actor import BRIDGE_USER

_log = structlog.get_logger(__name__)


class ArmingDesk:
    """Answer what people ask about interlocks; everything runs on the bridge's loop.

    Arming one that was taken out of the configuration takes note that it guards nothing any more.
    """

    def __init__(self, interlocks: Interlocks, records: Records) -> None:
        self._interlocks = interlocks
        self._records = records
        self._locks = PointLocks()

    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request."""
        return {GetInterlocks: self.list_them, ArmInterlock: self.arm}

    def start(self) -> None:
        """Write down what the bridge armed or disarmed when it compared configurations."""
        changed, self._interlocks.changed = self._interlocks.changed, []
        gone = [mark.interlock_id for mark in changed if mark.reason == REMOVED]
        if gone:
            _log.warning("interlocks_removed", count=len(gone), first=gone[0])
        for mark in changed:
            self._records.keep_event_for_later(InterlockEvent(mark=mark), BRIDGE_USER, "")

    async def list_them(self, caller: Caller, request: GetInterlocks) -> Result:
        """Return the interlocks that guard an equipment, or all; whole ones or none.

        An interlock names what it guards and what it looks at: who may not see all of that is not
        told of it.
        """
        found = [
            interlock
            for interlock in self._interlocks.guarding(request.equipment_id)
            if self._sees(caller, interlock)
        ]
        return InterlocksResult(interlocks=tuple(found))

    async def arm(self, caller: Caller, request: ArmInterlock) -> Result:
        """Arm a group for the configuration somebody looked at; durable when this returns.

        Raises:
            RequestError: no right, no reason, no such group, or the configuration is another one.
        """
        async with self._locks.alone(request.interlock_id, ""):
            interlock = self._interlocks.find(request.interlock_id)
            if interlock is None or not self._sees(caller, interlock):
                raise RequestError(
                    ErrorCode.BAD_REQUEST,
                    "error.interlock.no_such",
                    {"interlock": request.interlock_id[:64]},
                )
            for sector in self._interlocks.sectors_of(interlock.id):
                caller.require("configure", self._interlocks.kind_of(interlock.id), sector)
            reason = request.reason.strip()
            if not reason or len(request.reason) > LONGEST_REASON:
                raise refusal(ErrorCode.BAD_REQUEST, "reason", limit=LONGEST_REASON)
            if request.fingerprint != interlock.mark.fingerprint:
                raise RequestError(
                    ErrorCode.CONFLICT,
                    "error.interlock.other_configuration",
                    {"interlock": interlock.id},
                )
            if interlock.mark.armed:
                return InterlocksResult(interlocks=(interlock,))
            mark = msgspec.structs.replace(
                interlock.mark,
                armed=True,
                by=caller.user,
                since_ms=self._records.clock.now_ms(),
                reason=reason,
            )
            await self._records.write_event(InterlockEvent(mark=mark), caller.user, caller.seat)
            self._interlocks.take(mark)
            armed = msgspec.structs.replace(interlock, mark=mark)
            return InterlocksResult(interlocks=(armed,))

    def _sees(self, caller: Caller, interlock: Interlock) -> bool:
        return sees_all(caller.rights, "view", self._interlocks.places_of(interlock))
