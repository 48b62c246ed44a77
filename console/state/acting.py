"""What people do to the field just now, as the journal tells it: what is not over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Generic, TypeVar

from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.journal import (
    ApprovalEvent,
    HandsOffEvent,
    OrderEvent,
    OverrideEvent,
    PlanEvent,
)
from backend_bridge.contract.orders import Approval, ApprovalState, Order, OrderState
from backend_bridge.contract.overrides import Override, OverrideState
from backend_bridge.contract.plans import CityPlan, PlanChange
from backend_bridge.contract.results import SituationResult
from backend_bridge.contract.safety import HandsOff

ActingEvent = OrderEvent | ApprovalEvent | OverrideEvent | HandsOffEvent | PlanEvent
Item = TypeVar("Item")
ENDED_KEPT = 200
"""Items that are over and still shown, the oldest forgotten first."""


class Replica(Generic[Item]):
    """Hold the latest state of everything of one sort that is not over.

    What ends while this console looks is kept for a while, apart.

    Args:
        key_of: returns what names an item for ever.
        is_open: returns whether it is not over.
    """

    def __init__(self, key_of: Callable[[Item], str], is_open: Callable[[Item], bool]) -> None:
        self._key_of = key_of
        self._is_open = is_open
        self._open: dict[str, Item] = {}
        self._ended: dict[str, Item] = {}

    def __len__(self) -> int:
        return len(self._open)

    def __iter__(self) -> Iterator[Item]:
        return iter(self._open.values())

    def get(self, key: str) -> Item | None:
        """Return an item, also one that ended a while ago."""
        return self._open.get(key) or self._ended.get(key)

    def is_open(self, key: str) -> bool:
        """Return whether an item is not over."""
        return key in self._open

    @property
    def ended(self) -> tuple[Item, ...]:
        """Return what ended while this console looked, the latest first."""
        return tuple(reversed(self._ended.values()))

    def replace(self, items: Iterable[Item]) -> None:
        """Take a whole new list."""
        self._open = {self._key_of(item): item for item in items if self._is_open(item)}
        self._ended.clear()

    def put(self, item: Item) -> str:
        """Take one item's latest state; return its key."""
        key = self._key_of(item)
        self._ended.pop(key, None)
        if self._is_open(item):
            self._open[key] = item
        else:
            self._open.pop(key, None)
            self._ended[key] = item
            while len(self._ended) > ENDED_KEPT:
                del self._ended[next(iter(self._ended))]
        return key


class Acting:
    """Mirror orders, questions to a second person, overrides, zones, commands to check, plans."""

    def __init__(self) -> None:
        self.orders: Replica[Order] = Replica(
            lambda order: order.key, lambda order: order.state is OrderState.RUNNING
        )
        self.approvals: Replica[Approval] = Replica(
            lambda approval: approval.id,
            lambda approval: approval.state is ApprovalState.WAITING,
        )
        self.overrides: Replica[Override] = Replica(
            lambda override: override.id,
            lambda override: override.state not in (OverrideState.ENDED, OverrideState.REPLACED),
        )
        self.zones: Replica[HandsOff] = Replica(
            lambda zone: zone.id, lambda zone: zone.lifted_ms is None
        )
        self.to_check: Replica[CommandRecord] = Replica(
            lambda command: command.key, lambda command: command.to_check
        )
        self.plans: dict[str, CityPlan] = {}
        self._holding: dict[tuple[str, str], Override] = {}
        self._of_order: dict[str, dict[str, None]] = {}

    def replace(self, situation: SituationResult) -> None:
        """Take a whole new situation."""
        self.orders.replace(situation.orders)
        self.approvals.replace(situation.approvals)
        self.overrides.replace(situation.overrides)
        self.zones.replace(situation.hands_off)
        self.to_check.replace(situation.commands)
        self.plans = {plan.key: plan for plan in situation.plans}
        self._holding = {_place(override): override for override in self.overrides}
        self._of_order = {}
        for override in self.overrides:
            self._of_order.setdefault(override.order or override.id, {})[override.id] = None

    def take(self, event: ActingEvent) -> str:
        """Take what the journal says; return the id of what changed."""
        match event:
            case OrderEvent(order=order):
                return self.orders.put(order)
            case ApprovalEvent(approval=approval):
                return self.approvals.put(approval)
            case OverrideEvent(override=override):
                return self.put_override(override)
            case HandsOffEvent(zone=zone):
                return self.zones.put(zone)
            case PlanEvent(change=PlanChange.REMOVED, plan=plan):
                self.plans.pop(plan.key, None)
                return plan.key
            case PlanEvent(plan=plan):
                self.plans[plan.key] = plan
                return plan.key

    def put_override(self, override: Override) -> str:
        """Take an override's latest state; return its id."""
        key = self.overrides.put(override)
        place = _place(override)
        order = override.order or key
        if self.overrides.is_open(key):
            self._of_order.setdefault(order, {})[key] = None
        elif (ids := self._of_order.get(order)) is not None:
            ids.pop(key, None)
            if not ids:
                del self._of_order[order]
        if self.overrides.is_open(key):
            self._holding[place] = override
        elif (held := self._holding.get(place)) is not None and held.id == key:
            del self._holding[place]
        return key

    def held_by(self, key: str) -> tuple[Override, ...]:
        """Return the overrides an order still holds, or the one a single command does."""
        found = (self.overrides.get(one) for one in self._of_order.get(key, ()))
        return tuple(override for override in found if override is not None)

    def holds(self, key: str) -> int:
        """Count the overrides an order, or a single command, still holds."""
        return len(self._of_order.get(key, ()))

    def override_of(self, equipment_id: str, point_key: str) -> Override | None:
        """Return the override that holds a point, ``None`` when its programme decides."""
        return self._holding.get((equipment_id, point_key))

    def zone_over(self, path: Collection[str], sector: str) -> HandsOff | None:
        """Return the hands-off zone over an equipment, the one that ends last; ``None`` for none.

        Args:
            path: id of the equipment and of everything it hangs on.
            sector: where it stands, empty for nowhere.
        """
        found = [
            zone
            for zone in self.zones
            if (zone.equipment_id in path if zone.equipment_id else zone.sector == sector)
        ]
        return max(found, key=lambda zone: zone.until_ms, default=None)


def _place(override: Override) -> tuple[str, str]:
    return override.equipment_id, override.point_key
