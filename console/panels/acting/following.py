"""What the journal says of one wish: questions answered, targets commanded, orders over."""

from __future__ import annotations

from backend_bridge.contract.orders import Approval, ApprovalState, OrderState
from console.panels.acting.proposal import Proposal, Stage, approval_ended, of_order
from console.panels.spec import Translate
from console.state.change import Change
from console.state.world import World


def take_approval(proposal: Proposal, approval: Approval, text: Translate) -> None:
    """Take what is known of the question a wish asked a second person."""
    proposal.approval = approval
    if approval_ended(approval):
        proposal.stage = Stage.GONE
        proposal.problem = text(f"acting.approval.{approval.state.value}")
    elif approval.state is ApprovalState.AGREED:
        if proposal.stage in (Stage.WAITING, Stage.LOST):
            proposal.stage = Stage.SENDING
    elif proposal.stage is Stage.LOST:
        proposal.stage = Stage.WAITING


def follow(world: World, proposal: Proposal, change: Change, text: Translate) -> bool:
    """Take what the journal says of one wish; return whether anything shown changed."""
    told = False
    acting = world.acting
    approval = acting.approvals.get(proposal.key)
    if approval is not None and approval != proposal.approval:
        take_approval(proposal, approval, text)
        told = True
    for target in proposal.touched(change):
        command = world.commands.get((target.equipment_id, target.point_key))
        if command is not None and of_order(command, proposal.key):
            told |= proposal.keep(command)
    order = acting.orders.get(proposal.key)
    if order is not None and order != proposal.order:
        proposal.order = order
        told = True
        if order.state is OrderState.RUNNING and proposal.stage in (Stage.WAITING, Stage.LOST):
            proposal.stage, proposal.problem = Stage.SENDING, ""
    told |= _settle(world, proposal, change, text)
    if change.second and proposal.stage is Stage.READY:
        told = True
        if not proposal.left_s(world.clock.mono_s()):
            proposal.stage = Stage.GONE
            proposal.problem = text("acting.reason.too_late")
    return told


def _settle(world: World, proposal: Proposal, change: Change, text: Translate) -> bool:
    """End what the journal says is over; return whether it did.

    After a new situation, what the bridge no longer knows under way and never told the end of
    is of unknown fate: it ended while nobody here could hear it.
    """
    under_way = proposal.stage in (Stage.SENDING, Stage.WAITING, Stage.LOST)
    if not under_way:
        return False
    if proposal.over:
        proposal.stage, proposal.problem = Stage.ENDED, ""
        return True
    acting = world.acting
    known = acting.orders.is_open(proposal.key) or acting.approvals.is_open(proposal.key)
    if not change.situation or proposal.approval is None or known:
        return False
    if proposal.stage is not Stage.LOST:
        proposal.stage, proposal.problem = Stage.LOST, text("acting.reason.not_heard")
    return True
