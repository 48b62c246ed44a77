"""What stands in a command's way now: asked before it is taken, and again before it is sent."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import NamedTuple

from backend_bridge.commands.interlocks import Interlocks
from backend_bridge.commands.needs import Field, Hands, Ledger, Marks, Places
from backend_bridge.commands.values import fits
from backend_bridge.commands.words import refusal
from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.orders import Target
from backend_bridge.contract.points import Equipment, PointDef, Scalar
from backend_bridge.contract.quality import Quality
from backend_bridge.core.requests import Caller


class Aim(NamedTuple):
    """A target that exists: a real point, and a value it may be told."""

    equipment: Equipment
    point: PointDef
    value: Scalar


class Checks:
    """Answer what may be commanded now, the same for one command, an order and a dry run."""

    def __init__(
        self,
        *,
        places: Places,
        field: Field,
        marks: Marks,
        hands: Hands,
        interlocks: Interlocks,
        ledger: Ledger,
    ) -> None:
        self._places = places
        self._field = field
        self._marks = marks
        self._hands = hands
        self._interlocks = interlocks
        self._ledger = ledger

    def aim(self, caller: Caller, target: Target) -> Aim:
        """Return what a target means; what the caller may not see is not there.

        Raises:
            RequestError: ``bad_request``: it is wrong in itself, whatever the field does.
        """
        equipment = self._places.equipment(target.equipment_id)
        point = self._places.point(target.equipment_id, target.point_key)
        seen = equipment is not None and caller.holds("view", equipment.kind, equipment.sector)
        if equipment is None or point is None or not seen:
            raise refusal(
                ErrorCode.BAD_REQUEST,
                "no_such_point",
                equipment=target.equipment_id[:64],
                point=target.point_key[:64],
            )
        if point.commanding is None:
            raise refusal(
                ErrorCode.BAD_REQUEST, "not_commandable", equipment=equipment.id, point=point.key
            )
        if not fits(point, target.value):
            raise refusal(ErrorCode.BAD_REQUEST, "bad_value", value=str(target.value)[:64])
        return Aim(equipment, point, target.value)

    def obstacle(self, caller: Caller, aim: Aim) -> RequestError | None:
        """Return why a command would be refused now, ``None`` when nothing stands in its way."""
        equipment = aim.equipment
        try:
            caller.require("operate", equipment.kind, equipment.sector)
        except RequestError as error:
            return error
        if self._marks.covering(equipment.id) is not None:
            return refusal(ErrorCode.REFUSED, "out_of_service", equipment=equipment.id)
        zone = self._hands.covering(equipment.id)
        if zone is not None:
            return refusal(
                ErrorCode.REFUSED,
                "hands_off",
                equipment=equipment.id,
                why=zone.reason,
                contact=zone.contact,
            )
        locked = self._interlocks.obstacle(equipment.id, aim.point, aim.value)
        if locked is not None:
            return locked
        link = self._field.link_of(equipment.id)
        if link is None:
            return refusal(ErrorCode.REFUSED, "no_link", equipment=equipment.id)
        if not link.up:
            return refusal(ErrorCode.UNAVAILABLE, "device_down", equipment=equipment.id)
        return None

    def objection(self, command: CommandRecord) -> RequestError | None:
        """Return why a command must yield to the override that holds its point."""
        return self._ledger.objection(command)

    def hold_s(self, command: CommandRecord) -> float | None:
        """Return the seconds after which the device itself shall go back, ``None`` for never."""
        return self._ledger.hold_s(command)

    def moving(self, aim: Aim) -> AbstractContextManager[None]:
        """Let interlocks count what is being commanded as possibly open meanwhile."""
        return self._interlocks.moving(aim.equipment.id)

    def to_reread(self, aim: Aim) -> tuple[str, ...]:
        """Return the points of an equipment to read anew right before it is commanded."""
        return self._interlocks.to_reread(aim.equipment.id, aim.point, aim.value)

    def before(self, aim: Aim) -> Scalar:
        """Return what a point holds now, ``None`` when that is not known."""
        seen = self._interlocks.see(aim.equipment.id, aim.point.key)
        return seen.value if seen is not None and seen.quality is Quality.GOOD else None

    def holding(self, aim: Aim) -> str:
        """Return the override that holds a point, empty when its programme decides."""
        return self._ledger.holding(aim.equipment.id, aim.point.key)


def said(error: RequestError) -> str:
    """Return the text of a refusal as a command's record keeps it."""
    rights = error.text_key == "error.rights.missing"
    return "error.command.not_allowed" if rights else error.text_key
