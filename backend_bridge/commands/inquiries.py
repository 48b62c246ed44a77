"""What became of something that was asked for: a reading of the store, nothing is done.

A console that was cut off while an order ended asks this; so does one whose bridge was restarted.
"""

from __future__ import annotations

from collections.abc import Mapping

from backend_bridge.commands.needs import Places
from backend_bridge.commands.records import Records
from backend_bridge.commands.words import storage_refusal
from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.journal import approval_places, nowhere, sees_all
from backend_bridge.contract.order_requests import FoundOrderResult, GetOrder
from backend_bridge.contract.orders import Approval, Order
from backend_bridge.contract.results import Result
from backend_bridge.contract.rights import Place
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.core.storage import StorageError


class Inquiries:
    """Answer by key; everything runs on the bridge's loop."""

    def __init__(self, places: Places, records: Records) -> None:
        self._places = places
        self._journal = records.journal

    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request."""
        return {GetOrder: self.find}

    async def find(self, caller: Caller, request: GetOrder) -> Result:
        """Return all that is known under a key and may be seen.

        What may not be seen is answered as what is not there; commands that rights leave out of
        an order that may be seen are counted.

        Raises:
            RequestError: ``unavailable``: the disk does not answer.
        """
        key = request.key
        try:
            approval = await self._journal.approval(key)
            order = await self._journal.order(key)  # first: its end comes after its commands'
            keys = [f"{key}/{number}" for number in range(order.total)] if order else [key]
            commands = await self._journal.commands(keys)
        except StorageError as error:
            raise storage_refusal(error) from error
        if order is not None and not may_know(caller, order):
            return FoundOrderResult()
        seen = tuple(command for command in commands if self._sees(caller, command))
        known = approval is not None and self._may_know_question(caller, approval)
        return FoundOrderResult(
            order=order,
            commands=seen,
            approval=approval if known else None,
            hidden=len(commands) - len(seen) if order is not None else 0,
        )

    def _sees(self, caller: Caller, command: CommandRecord) -> bool:
        sector = self._place_of(command.equipment_id)[1]
        return caller.holds("view", command.equipment_kind, sector)

    def _may_know_question(self, caller: Caller, approval: Approval) -> bool:
        places = approval_places(approval, self._place_of)
        return caller.user == approval.asked_by or sees_all(caller.rights, "view", places)

    def _place_of(self, equipment_id: str) -> Place:
        equipment = self._places.equipment(equipment_id)
        return nowhere(equipment_id) if equipment is None else (equipment.kind, equipment.sector)


def may_know(caller: Caller, order: Order) -> bool:
    """Return whether somebody may learn that an order exists: it is theirs, or they see it all."""
    seen = caller.holds("view", order.equipment_kind or "*", order.sector)
    return seen or caller.user == order.issuer
