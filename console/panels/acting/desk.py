"""The desk of one console: wishes become dry runs, dry runs orders, orders outcomes.

Nothing leaves before the person has seen what it would touch; nothing is ever sent again by
itself. Lives on the interface's thread.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.order_requests import (
    ApprovalResult,
    AskApproval,
    CancelOrder,
    CheckOrder,
    CommandResult,
    DecideApproval,
    EndOverride,
    ExecuteCommand,
    ExecuteOrder,
    OrderCheckResult,
    OrderResult,
    WithdrawApproval,
)
from backend_bridge.contract.orders import Approval, Target
from backend_bridge.contract.requests import Request
from console.panels.acting.followed import FollowedOrders
from console.panels.acting.following import follow, take_approval
from console.panels.acting.inquiring import Ask, Inquirer, Spawn
from console.panels.acting.proposal import Intent, Proposal, Stage
from console.panels.acting.way_back import MANY, way_back
from console.panels.spec import Notify, Translate
from console.panels.wording import Words
from console.state.change import Change
from console.state.listeners import Listeners, Unsubscribe
from console.state.world import World

DEADLINE_S = 10.0
"""Seconds a single command may wait for its turn."""
ORDER_DEADLINE_S = 60.0
"""Seconds the last target of an order may wait."""
ENDED_KEPT = 5
"""Wishes that are over and stay to be read, the oldest dropped first."""


class CommandDesk:
    """Carry wishes through; the views of all windows show the same desk.

    Args:
        world: the replica; the journal tells it what became of each command.
        ask: sends a request; raises :class:`RequestError`.
        spawn: starts a coroutine that lives as long as the session.
        notify: says something in the foot.
    """

    def __init__(
        self, world: World, ask: Ask, spawn: Spawn, notify: Notify, text: Translate
    ) -> None:
        self._world = world
        self._ask = ask
        self._spawn = spawn
        self._notify = notify
        self._text = text
        self._words = Words(text)
        self._proposals: dict[str, Proposal] = {}
        self._followed = FollowedOrders(world, notify, text)
        self._inquirer = Inquirer(world, ask, spawn, text, self._tell)
        self._listeners: Listeners[None] = Listeners()
        self._end = world.subscribe(self._on_world_changed)

    # -- what views read ------------------------------------------------------------------------

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """Return the wishes, the latest first."""
        return tuple(reversed(self._proposals.values()))

    @property
    def followed(self) -> tuple[Proposal, ...]:
        """Return the orders under way that were not given here: other people's, other consoles'."""
        return self._followed.shown

    @property
    def asked_of_me(self) -> tuple[Approval, ...]:
        """Return the questions this person could answer: somebody else's, at another seat."""
        session = self._world.session
        if session is None:
            return ()
        return tuple(
            approval
            for approval in self._world.acting.approvals
            if approval.asked_by != session.user
            and approval.seat != session.seat
            and session.may("operate", approval.equipment_kind)
        )

    def get(self, key: str) -> Proposal | None:
        """Return one wish, or one order that is followed."""
        return self._proposals.get(key) or self._followed.get(key)

    def subscribe(self, callback: Callable[[], None]) -> Unsubscribe:
        """Call ``callback`` after each change; the returned function ends it."""
        return self._listeners.add(lambda _: callback())

    def close(self) -> None:
        """Stop following the world."""
        self._end()

    # -- what the person does -------------------------------------------------------------------

    def propose(self, intent: Intent) -> Proposal:
        """Show what a wish would touch; nothing is sent."""
        proposal = Proposal(
            key=uuid.uuid4().hex, intent=intent, reason=intent.reason, hold_s=intent.hold_s
        )
        self._proposals[proposal.key] = proposal
        self._forget_old()
        self._spawn(self._check(proposal))
        self._tell()
        return proposal

    def check_again(self, key: str) -> None:
        """Look again at what would be accepted; gives another half minute."""
        proposal = self._at(key, Stage.READY)
        if proposal is not None:
            self._spawn(self._check(proposal))

    def write(self, key: str, *, reason: str | None = None, hold_s: float | None = None) -> None:
        """Take the reason and the duration the person wants."""
        proposal = self._at(key, Stage.READY) or self._at(key, Stage.CHECKING)
        if proposal is not None:
            proposal.reason = proposal.reason if reason is None else reason
            proposal.hold_s = proposal.hold_s if hold_s is None else hold_s
            self._tell()

    def why_not(self, proposal: Proposal) -> str:
        """Return why a wish cannot be confirmed now, empty when it can."""
        if proposal.stage is Stage.CHECKING:
            return self._text("acting.reason.checking")
        if proposal.stage is not Stage.READY:
            return self._text("acting.reason.over")
        if not proposal.accepted:
            return self._text("acting.reason.all_refused")
        if not proposal.left_s(self._world.clock.mono_s()):
            return self._text("acting.reason.too_late")
        if proposal.epoch != self._world.epoch:
            return self._text("acting.reason.other_epoch")
        if not proposal.reason.strip():
            return self._text("acting.reason.no_reason")
        return "" if self._world.liveness.live else self._text("acting.reason.not_live")

    def why_not_stop(self, proposal: Proposal) -> str:
        """Return why this person cannot stop an order under way, empty when it can be stopped."""
        session, order = self._world.session, proposal.order
        if not self._world.liveness.live:
            return self._text("acting.reason.not_live")
        if not proposal.foreign or order is None or session is None:
            return ""
        allowed = order.equipment_kind and session.may("operate", order.equipment_kind)
        return "" if allowed else self._text("acting.reason.not_yours")

    def confirm(self, key: str) -> None:
        """Send what would be accepted, or ask the second person; once."""
        proposal = self._at(key, Stage.READY)
        if proposal is None:
            return
        reason = self.why_not(proposal)
        if reason:
            self._notify(reason)
            return
        proposal.stage = Stage.WAITING if proposal.dangerous else Stage.SENDING
        self._spawn(self._question(proposal) if proposal.dangerous else self._send(proposal))
        self._tell()

    def give_up(self, key: str) -> None:
        """Do nothing of it; stop an order under way; take a question back."""
        proposal = self.get(key)
        if proposal is None:
            return
        match proposal.stage:
            case Stage.SENDING:
                self.stop(key)
            case Stage.WAITING:
                self._spawn(self._quietly(WithdrawApproval(approval_id=key)))
            case _:
                self._proposals.pop(key, None)
                self._followed.drop(key)
        self._tell()

    def stop(self, key: str) -> None:
        """Stop an order: what was sent is read back as ever, the rest is never sent."""
        proposal = self.get(key)
        if proposal is None or proposal.total < 2:
            return
        reason = self.why_not_stop(proposal)
        if reason:
            self._notify(reason)
        else:
            self._spawn(self._quietly(CancelOrder(key=key)))

    def retry(self, key: str) -> Proposal | None:
        """Propose anew what did not work; unknown fates are left to be looked at."""
        proposal = self.get(key)
        if proposal is None or proposal.stage is not Stage.ENDED or proposal.foreign:
            return None
        failed = proposal.failed()
        if not failed:
            return None
        return self.propose(
            Intent(
                title=proposal.intent.title,
                verb=proposal.intent.verb,
                targets=failed,
                hold_s=proposal.hold_s,
                reason=proposal.reason,
                params=proposal.intent.params,
            )
        )

    def undo(self, key: str) -> None:
        """Send back every point this wish still holds: a few at once, many as an order."""
        proposal = self.get(key)
        if proposal is None:
            return
        held = self._world.acting.held_by(key)
        if len(held) <= MANY:
            for override in held:
                self.end_override(override.id)
        else:
            self.propose(way_back(held, proposal.reason, self._words))

    def end_override(self, override_id: str) -> None:
        """Send one point back now."""
        request = EndOverride(override_id=override_id, epoch=self._world.epoch)
        self._spawn(self._quietly(request))

    def decide(self, approval_id: str, *, agree: bool, typed: str = "") -> None:
        """Answer somebody's question."""
        request = DecideApproval(approval_id=approval_id, agree=agree, typed=typed)
        self._spawn(self._quietly(request))

    # -- talking to the bridge ------------------------------------------------------------------

    async def _check(self, proposal: Proposal) -> None:
        epoch = self._world.epoch
        try:
            result = await self._ask(
                CheckOrder(targets=proposal.intent.targets, until_ms=self._until_ms(proposal))
            )
        except RequestError as error:
            words = self._text(error.text_key, **error.params)
            if proposal.stage is Stage.CHECKING:
                self._gone(proposal, words)
            else:
                self._notify(words)  # the look before still stands, for as long as it had
            return
        assert isinstance(result, OrderCheckResult)
        if proposal.stage in (Stage.CHECKING, Stage.READY):
            proposal.take_checks(result.checks, self._world.clock.mono_s(), epoch)
            proposal.stage = Stage.READY
            self._tell()

    async def _send(self, proposal: Proposal) -> None:
        try:
            result = await self._ask(self._order(proposal, proposal.accepted))
        except RequestError as error:
            self._failed(proposal, error)
            return
        if isinstance(result, CommandResult):
            proposal.keep(result.command)
        elif isinstance(result, OrderResult):
            proposal.order = result.order
            for command in result.failed:
                proposal.keep(command)
        self._ended(proposal)

    def _failed(self, proposal: Proposal, error: RequestError) -> None:
        """Take an error instead of an answer: nothing went, or nobody knows what did."""
        words = self._text(error.text_key, **error.params)
        if proposal.over:
            self._ended(proposal)  # the journal was faster than the link's end
        elif _fate_unknown(error):
            proposal.stage, proposal.problem = Stage.LOST, words
            self._tell()
        elif proposal.commands:  # some of it went: the journal says what became of each
            proposal.problem = words
            self._ended(proposal)
        else:
            self._gone(proposal, words)

    def _order(self, proposal: Proposal, targets: tuple[Target, ...]) -> Request:
        until_ms = self._until_ms(proposal)
        within_s = DEADLINE_S if len(targets) == 1 else ORDER_DEADLINE_S
        proposal.deadline_ms = self._world.bridge_now_ms() + round(within_s * 1000)
        if len(targets) == 1:
            (target,) = targets
            return ExecuteCommand(
                key=proposal.key,
                epoch=proposal.epoch,
                equipment_id=target.equipment_id,
                point_key=target.point_key,
                value=target.value,
                deadline_ms=proposal.deadline_ms,
                reason=proposal.reason.strip(),
                until_ms=until_ms,
            )
        return ExecuteOrder(
            key=proposal.key,
            epoch=proposal.epoch,
            targets=targets,
            deadline_ms=proposal.deadline_ms,
            reason=proposal.reason.strip(),
            until_ms=until_ms,
        )

    async def _question(self, proposal: Proposal) -> None:
        proposal.deadline_ms = self._world.bridge_now_ms() + round(DEADLINE_S * 1000)
        request = AskApproval(
            key=proposal.key,
            epoch=proposal.epoch,
            targets=proposal.accepted,
            reason=proposal.reason.strip(),
            until_ms=self._until_ms(proposal),
        )
        try:
            result = await self._ask(request)
        except RequestError as error:
            self._failed(proposal, error)
            return
        assert isinstance(result, ApprovalResult)
        if proposal.approval is None:  # else the journal was faster, and may know more
            take_approval(proposal, result.approval, self._text)
        self._tell()

    async def _quietly(self, request: Request) -> None:
        """Ask something whose outcome the journal tells; only a refusal is said."""
        try:
            await self._ask(request)
        except RequestError as error:
            self._notify(self._text(error.text_key, **error.params))

    # -- inside ---------------------------------------------------------------------------------

    def _until_ms(self, proposal: Proposal) -> int | None:
        if proposal.hold_s is None:
            return None
        return self._world.bridge_now_ms() + round(proposal.hold_s * 1000)

    def _at(self, key: str, stage: Stage) -> Proposal | None:
        proposal = self._proposals.get(key)
        return proposal if proposal is not None and proposal.stage is stage else None

    def _gone(self, proposal: Proposal, problem: str) -> None:
        proposal.stage = Stage.GONE
        proposal.problem = problem
        self._tell()

    def _ended(self, proposal: Proposal) -> None:
        proposal.stage = Stage.ENDED
        self._tell()

    def _on_world_changed(self, change: Change) -> None:
        told = self._followed.follow(change, self._proposals)
        for proposal in tuple(self._proposals.values()):
            told |= follow(self._world, proposal, change, self._text)
        self._inquirer.follow(change, (*self._proposals.values(), *self._followed.shown))
        if told or change.acting or change.session or change.flipped:
            self._tell()

    def _forget_old(self) -> None:
        over = [key for key, one in self._proposals.items() if not one.live]
        for key in over[:-ENDED_KEPT]:
            del self._proposals[key]

    def _tell(self) -> None:
        self._listeners.tell(None)


def _fate_unknown(error: RequestError) -> bool:
    """Return whether something may have been done although no answer came."""
    lost = error.text_key == "error.link.lost_meanwhile"
    return lost or error.code in (ErrorCode.TIMED_OUT, ErrorCode.INTERNAL)
