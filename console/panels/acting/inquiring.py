"""Ask the bridge what became of wishes whose end this console may have missed.

After the link came back, or when an answer never came, the journal may have nothing left to tell:
the bridge's store has. Nothing is ever sent again from here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.order_requests import FoundOrderResult, GetOrder
from backend_bridge.contract.orders import Approval, ApprovalState, OrderState
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from console.panels.acting.following import take_approval
from console.panels.acting.proposal import Proposal, Stage
from console.panels.spec import Translate
from console.state.change import Change
from console.state.world import World

TOO_LATE_S = 2.0
"""Seconds after a wish's deadline: what the bridge has not taken by then, it never will."""
ASK_AGAIN_S = 5.0
"""Seconds after a question that got no answer, or one that says nothing."""
UNDER_WAY = (Stage.SENDING, Stage.WAITING, Stage.LOST)
"""Stages of a wish of which an end may have been missed."""

Ask = Callable[[Request], Awaitable[Result]]
Spawn = Callable[[Coroutine[Any, Any, None]], None]


class Inquirer:
    """Bring wishes under way up to what the bridge's store says.

    Args:
        ask: sends a request; raises :class:`RequestError`.
        spawn: starts a coroutine that lives as long as the session.
        told: called when something shown changed.
    """

    def __init__(
        self, world: World, ask: Ask, spawn: Spawn, text: Translate, told: Callable[[], None]
    ) -> None:
        self._world = world
        self._ask = ask
        self._spawn = spawn
        self._text = text
        self._told = told
        self._due_s: dict[str, float] = {}
        self._asking: set[str] = set()

    def follow(self, change: Change, wishes: Sequence[Proposal]) -> None:
        """Ask what is due: everything under way after the link came back, what is lost at once."""
        live, now_s = self._world.liveness.live, self._world.clock.mono_s()
        back = change.situation or (change.flipped and live)
        due_s = {}
        for wish in wishes:
            if wish.stage not in UNDER_WAY or wish.foreign or wish.key in self._asking:
                continue
            known_s = self._due_s.get(wish.key)
            if back or (known_s is None and wish.stage is Stage.LOST):
                known_s = now_s
            if known_s is not None:
                due_s[wish.key] = known_s
            if live and known_s is not None and known_s <= now_s:
                self._asking.add(wish.key)
                self._spawn(self._inquire(wish))
        self._due_s = due_s

    async def _inquire(self, wish: Proposal) -> None:
        self._due_s.pop(wish.key, None)
        try:
            found = await self._ask(GetOrder(key=wish.key))
        except RequestError:
            self._due_s[wish.key] = self._world.clock.mono_s() + ASK_AGAIN_S
            return
        finally:
            self._asking.discard(wish.key)
        assert isinstance(found, FoundOrderResult)
        if wish.stage in UNDER_WAY:  # else it ended meanwhile
            self._take(wish, found)
            self._told()

    def _take(self, wish: Proposal, found: FoundOrderResult) -> None:
        if found.approval is not None:
            take_approval(wish, found.approval, self._text)
        if found.order is None and not found.commands:
            self._take_nothing(wish, found.approval)
            return
        for command in found.commands:
            wish.keep(command)
        ended = wish.order is not None and wish.order.state is not OrderState.RUNNING
        if found.order is not None and not ended:
            wish.order = found.order
        if wish.over:
            wish.stage, wish.problem = Stage.ENDED, ""
        elif wish.stage is Stage.LOST:
            wish.stage, wish.problem = Stage.SENDING, ""  # the journal tells the rest

    def _take_nothing(self, wish: Proposal, question: Approval | None) -> None:
        """Nothing was begun: certain once it is too late for what may still be on its way.

        A bridge that died right after the second person agreed has begun nothing either.
        """
        agreed = question is not None and question.state is ApprovalState.AGREED
        if wish.stage is not Stage.LOST and not agreed:
            return
        end_ms = wish.deadline_ms
        if question is not None and question.decided_ms is not None:
            end_ms = max(end_ms, question.decided_ms)
        left_s = (end_ms - self._world.bridge_now_ms()) / 1000 + TOO_LATE_S
        if left_s > 0 or not end_ms:
            later_s = left_s if end_ms else ASK_AGAIN_S
            self._due_s[wish.key] = self._world.clock.mono_s() + later_s
        else:
            wish.stage, wish.problem = Stage.GONE, self._text("acting.reason.never_taken")
