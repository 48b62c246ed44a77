"""What the acting sheet shows and does: this person's wishes and the questions asked of them."""

from __future__ import annotations

from collections.abc import Callable

from backend_bridge.contract.orders import Approval
from console.panels.acting.cards import (
    AGAIN,
    AGREE,
    CHECK,
    CONFIRM,
    GIVE_UP,
    STOP,
    UNDO,
    Card,
    Question,
    card,
    question,
)
from console.panels.acting.desk import CommandDesk
from console.panels.acting.proposal import Proposal, Stage
from console.panels.wording import Words
from console.state.change import Change
from console.state.listeners import Listeners, Unsubscribe
from console.state.world import World

TYPING_S = 10.0
"""Seconds left below which typing has the wish looked at anew: it must not go while one writes."""
LOOK_AGAIN_S = 2.0
"""Seconds between two such looks, where the bridge is slow to answer."""


class ActingPresenter:
    """Make cards of the desk's wishes; one for each window that shows the sheet."""

    def __init__(self, desk: CommandDesk, world: World, words: Words) -> None:
        self._desk = desk
        self._world = world
        self._words = words
        self._listeners: Listeners[None] = Listeners()
        self._look_from_s = float("-inf")
        self._acts: dict[str, Callable[[str], object]] = {
            CONFIRM: desk.confirm,
            GIVE_UP: desk.give_up,
            AGAIN: desk.retry,
            UNDO: desk.undo,
            CHECK: desk.check_again,
            STOP: desk.stop,
        }
        self._ends = [desk.subscribe(self._tell), world.subscribe(self._on_world_changed)]

    @property
    def cards(self) -> tuple[Card, ...]:
        """Return this person's wishes, the latest first, then the orders that are followed."""
        shown = (*self._desk.proposals, *self._desk.followed)
        return tuple(card(self._world, self._words, one, self._why_not(one)) for one in shown)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return what others ask this person to agree to, the oldest first."""
        return tuple(question(self._world, self._words, one) for one in self._asked())

    def subscribe(self, callback: Callable[[], None]) -> Unsubscribe:
        """Call ``callback`` after each change; the returned function ends it."""
        return self._listeners.add(lambda _: callback())

    def close(self) -> None:
        """Stop following."""
        for end in self._ends:
            end()

    def do(self, key: str, action: str) -> None:
        """Carry out one of a card's actions."""
        self._acts[action](key)

    def write(self, key: str, reason: str) -> None:
        """Take the reason as it is typed; who types is still there, so it is looked at anew."""
        self._desk.write(key, reason=reason)
        proposal, now_s = self._desk.get(key), self._world.clock.mono_s()
        if proposal is None or proposal.stage is not Stage.READY:
            return
        if proposal.left_s(now_s) < TYPING_S and now_s >= self._look_from_s:
            self._look_from_s = now_s + LOOK_AGAIN_S
            self._desk.check_again(key)

    def hold(self, key: str, seconds: float) -> None:
        """Take the duration chosen."""
        self._desk.write(key, hold_s=seconds)

    def answer(self, approval_id: str, action: str, typed: str) -> None:
        """Answer somebody's question."""
        self._desk.decide(approval_id, agree=action == AGREE, typed=typed)

    def _why_not(self, proposal: Proposal) -> str:
        if proposal.stage in (Stage.SENDING, Stage.LOST):
            return self._desk.why_not_stop(proposal)
        return self._desk.why_not(proposal)

    def _asked(self) -> tuple[Approval, ...]:
        return self._desk.asked_of_me

    def _on_world_changed(self, change: Change) -> None:
        waiting = any(one.live for one in self._desk.proposals) or self._asked()
        if change.second and waiting:
            self._tell()

    def _tell(self) -> None:
        self._listeners.tell(None)
