"""What makes two requests with one key the same command."""

from __future__ import annotations

from typing import NamedTuple

from backend_bridge.commands.checks import Aim
from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.points import Scalar


class Content(NamedTuple):
    """What is written where, in whose name; 1, 1.0 and true are three values."""

    equipment_id: str
    point_key: str
    value: Scalar
    value_type: type
    issuer: str


def content_of(command: CommandRecord) -> Content:
    """Return the content of a command that was taken."""
    value = command.value
    return Content(command.equipment_id, command.point_key, value, type(value), command.issuer)


def content_of_aim(aim: Aim, user: str) -> Content:
    """Return the content of a command somebody wants."""
    return Content(aim.equipment.id, aim.point.key, aim.value, type(aim.value), user)
