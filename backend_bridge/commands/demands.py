"""What an order asks for, once it is known to be possible in itself, and how far it is."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from backend_bridge.commands.checks import Aim
from backend_bridge.commands.course import LONGEST_REASON
from backend_bridge.commands.words import refusal
from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.errors import ErrorCode
from backend_bridge.contract.orders import LARGEST_ORDER, Order, Target
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
    def kinds(self) -> frozenset[str]:
        """Return the kinds its targets are of."""
        return frozenset(aim.equipment.kind for aim in self.aims)

    @property
    def kind(self) -> str:
        """Return the kind all targets are of, empty when they are of several."""
        kind, *more = self.kinds
        return "" if more else kind


class Run:
    """One order under way, on the bridge's loop.

    Attributes:
        console: whose session asked for it; ``kinds`` its targets are of.
        begun: done when the order is durable.
        cancelled: nothing more is sent.
        counts: ended targets by outcome; ``failed`` are those that did not end confirmed.
    """

    def __init__(self, order: Order, demand: Demand) -> None:
        self.order = order
        self.console = demand.caller.console
        self.kinds = demand.kinds
        self.begun: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.cancelled = False
        self.counts: Counter[CommandOutcome] = Counter()
        self.failed: list[CommandRecord] = []

    def took(self, command: CommandRecord) -> None:
        """Count how one command ended."""
        self.counts[command.outcome] += 1
        if command.outcome is not CommandOutcome.CONFIRMED:
            self.failed.append(command)


def check_words(key: str, reason: str, longest_key: int) -> None:
    """Refuse a key nobody can read back, and a reason that is none or too long."""
    if not 1 <= len(key) <= longest_key or not key.isprintable():
        raise refusal(ErrorCode.BAD_REQUEST, "bad_key")
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise refusal(ErrorCode.BAD_REQUEST, "reason", limit=LONGEST_REASON)


def check_count(count: int) -> None:
    """Refuse nothing, and too much at once."""
    if not 1 <= count <= LARGEST_ORDER:
        raise refusal(ErrorCode.BAD_REQUEST, "order_size", most=LARGEST_ORDER, count=count)


def check_size(targets: Sequence[Target]) -> None:
    """Refuse an order of nothing, of too much, or of one point twice."""
    check_count(len(targets))
    places = Counter((target.equipment_id, target.point_key) for target in targets)
    place, times = places.most_common(1)[0]
    if times > 1:
        raise refusal(ErrorCode.BAD_REQUEST, "twice", equipment=place[0][:64], point=place[1][:64])
