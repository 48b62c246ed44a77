"""Orders under way that were not given at this console: somebody else's, or one's own from before.

A console that was restarted while an order ran, and everybody who may see the equipment, find it
in the sheet; nothing of it is ever repeated from here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.orders import Order
from console.panels.acting.proposal import Intent, Proposal, Stage, of_order
from console.panels.spec import Notify, Translate
from console.panels.wording import Words
from console.state.change import Change
from console.state.world import World


class FollowedOrders:
    """Follow them by the journal; one's own stays to be read when it ends.

    Args:
        notify: says in the foot that an order of one's own still runs.
    """

    def __init__(self, world: World, notify: Notify, text: Translate) -> None:
        self._world = world
        self._notify = notify
        self._words = Words(text)
        self._orders: dict[str, Proposal] = {}

    @property
    def shown(self) -> tuple[Proposal, ...]:
        """Return them, the latest first."""
        return tuple(reversed(self._orders.values()))

    def get(self, key: str) -> Proposal | None:
        """Return one of them."""
        return self._orders.get(key)

    def drop(self, key: str) -> None:
        """Show one no more."""
        self._orders.pop(key, None)

    def follow(self, change: Change, own: Collection[str]) -> bool:
        """Take what a change says; return whether anything shown changed.

        What was given here, ``own`` by key, is followed by the desk itself.
        """
        told = False
        if change.session or change.catalogue:
            self._orders.clear()  # all that runs is in the new situation
            told = True
        if told or change.acting or change.situation:
            for order in self._world.acting.orders:
                if order.key not in own and order.key not in self._orders:
                    self._take(order)
                    told = True
        if change.commands and self._orders:
            told |= self._keep(self._of(change.commands))
        for key, proposal in tuple(self._orders.items()):
            latest = self._world.acting.orders.get(key)
            if latest is not None and latest != proposal.order:
                proposal.order = latest
                told = True
            if proposal.stage is Stage.SENDING and not self._world.acting.orders.is_open(key):
                self._end(key, proposal, heard=latest is not None)
                told = True
        return told

    def _take(self, order: Order) -> None:
        session = self._world.session
        foreign = session is None or order.issuer != session.user
        who = self._words.person(order.issuer, order.seat)
        title = self._words.plural("acting.order.title", order.total, person=who)
        intent = Intent(title=title, verb="acting.verb.set", targets=())
        self._orders[order.key] = Proposal(
            key=order.key,
            intent=intent,
            reason=order.reason,
            hold_s=None,
            stage=Stage.SENDING,
            order=order,
            foreign=foreign,
        )
        self._keep(self._world.commands.values())
        if not foreign:
            self._notify(self._words.plural("acting.still_running", order.total))

    def _keep(self, commands: Iterable[CommandRecord]) -> bool:
        told = False
        for command in commands:
            proposal = self._orders.get(command.order)
            if proposal is not None and of_order(command, proposal.key):
                told |= proposal.keep(command)
        return told

    def _of(self, equipment_ids: Collection[str]) -> Iterable[CommandRecord]:
        """Return the latest commands of some equipment."""
        commands, points_of = self._world.commands, self._world.equipment.points_of
        for equipment_id in equipment_ids:
            for _, definition in points_of(equipment_id):
                command = commands.get((equipment_id, definition.key))
                if command is not None:
                    yield command

    def _end(self, key: str, proposal: Proposal, *, heard: bool) -> None:
        if proposal.foreign:
            del self._orders[key]
        elif heard:
            proposal.stage = Stage.ENDED
        else:  # it ended while nobody here could hear it
            proposal.stage = Stage.LOST
            proposal.problem = self._words.text("acting.reason.not_heard")
