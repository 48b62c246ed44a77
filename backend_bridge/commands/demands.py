"""What an order asks for, once it is known to be possible in itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from backend_bridge.commands.checks import Aim
from backend_bridge.commands.words import refusal
from backend_bridge.contract.errors import ErrorCode
from backend_bridge.contract.orders import LARGEST_ORDER, Target
from backend_bridge.core.requests import Caller


class Demand(NamedTuple):
    """An order that names real points and possible values, each once."""

    caller: Caller
    key: str
    aims: tuple[Aim, ...]
    reason: str
    deadline_ms: int
    deadline_s: float
    until_ms: int | None
    approved_by: str = ""

    @property
    def kind(self) -> str:
        """Return the kind all targets are of, empty when they are of several."""
        kinds = {aim.equipment.kind for aim in self.aims}
        return kinds.pop() if len(kinds) == 1 else ""


def check_size(targets: Sequence[Target]) -> None:
    """Refuse an order of nothing, of too much, or of one point twice."""
    if not 1 <= len(targets) <= LARGEST_ORDER:
        raise refusal(ErrorCode.BAD_REQUEST, "order_size", most=LARGEST_ORDER, count=len(targets))
    places = Counter((target.equipment_id, target.point_key) for target in targets)
    place, times = places.most_common(1)[0]
    if times > 1:
        raise refusal(ErrorCode.BAD_REQUEST, "twice", equipment=place[0][:64], point=place[1][:64])
