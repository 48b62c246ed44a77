"""What a console may ask of the field, and the answers: commands, orders, approvals, overrides."""

from __future__ import annotations

import msgspec

from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.orders import Approval, ChoiceCheck, Order, Target, TargetCheck
from backend_bridge.contract.overrides import Override
from backend_bridge.contract.points import Scalar


class ExecuteCommand(msgspec.Struct, frozen=True, kw_only=True, tag="execute_command"):
    """Write one point of the field, once, before the deadline, and read it back.

    ``epoch`` is the bridge epoch the console believes in: another one is refused, so that a
    restarted bridge never executes what its predecessor was asked. ``value`` ``None`` gives the
    point back to its own programme. ``until_ms`` is when the override ends; ``None`` asks for the
    point's default.
    """

    key: str
    epoch: str
    equipment_id: str
    point_key: str
    value: Scalar
    deadline_ms: int
    reason: str
    until_ms: int | None = None


class SettleCommand(msgspec.Struct, frozen=True, kw_only=True, tag="settle_command"):
    """Say that somebody looked on the spot after a command's fate was unknown, and what was so."""

    key: str
    reason: str


class CheckOrder(msgspec.Struct, frozen=True, kw_only=True, tag="check_order"):
    """Ask what an order would do now, target by target; nothing is done (dry run)."""

    targets: tuple[Target, ...]
    until_ms: int | None = None


class CheckChoices(msgspec.Struct, frozen=True, kw_only=True, tag="check_choices"):
    """Ask which of some values a point of each equipment may be told now; nothing is done.

    Asks far less than the dry run of an order: whether a value would be accepted *anywhere* here.
    """

    equipment_ids: tuple[str, ...]
    point_key: str
    values: tuple[Scalar, ...]


class ExecuteOrder(msgspec.Struct, frozen=True, kw_only=True, tag="execute_order"):
    """Write many points, each once; the answer comes when all have ended.

    The journal carries each command meanwhile. Same ``key``, same order; fields as of
    :class:`ExecuteCommand`.
    """

    key: str
    epoch: str
    targets: tuple[Target, ...]
    deadline_ms: int
    reason: str
    until_ms: int | None = None


class GetOrder(msgspec.Struct, frozen=True, kw_only=True, tag="get_order"):
    """Ask what became of an order, a single command or a question, by the key it was given.

    Answered from the store, also by a bridge that was restarted since; nothing is done.
    """

    key: str


class CancelOrder(msgspec.Struct, frozen=True, kw_only=True, tag="cancel_order"):
    """Stop an order: what was sent is read back as ever, what was not sent never will be."""

    key: str


class AskApproval(msgspec.Struct, frozen=True, kw_only=True, tag="ask_approval"):
    """Ask a second person to agree to a dangerous order; agreed, the bridge carries it out.

    The answer says that the question stands; fields as of :class:`ExecuteOrder`.
    """

    key: str
    epoch: str
    targets: tuple[Target, ...]
    reason: str
    until_ms: int | None = None


class DecideApproval(msgspec.Struct, frozen=True, kw_only=True, tag="decide_approval"):
    """Agree or not, as another person at another seat; ``typed`` repeats the challenge."""

    approval_id: str
    agree: bool
    typed: str = ""


class WithdrawApproval(msgspec.Struct, frozen=True, kw_only=True, tag="withdraw_approval"):
    """Take a question back before it is answered."""

    approval_id: str


class EndOverride(msgspec.Struct, frozen=True, kw_only=True, tag="end_override"):
    """Send a point back now; the answer comes when that was read back."""

    override_id: str
    epoch: str


class ExtendOverride(msgspec.Struct, frozen=True, kw_only=True, tag="extend_override"):
    """Let an override end at another time (UTC ms), for a reason."""

    override_id: str
    until_ms: int
    reason: str


class OrderCheckResult(msgspec.Struct, frozen=True, kw_only=True, tag="order_check"):
    """Carry what an order would do now, in the order of its targets."""

    checks: tuple[TargetCheck, ...]


class ChoicesResult(msgspec.Struct, frozen=True, kw_only=True, tag="choices"):
    """Carry what each value would meet now, in the order they were asked."""

    choices: tuple[ChoiceCheck, ...]


class OrderResult(msgspec.Struct, frozen=True, kw_only=True, tag="order_result"):
    """Carry an order as it ended, and the commands that did not end confirmed."""

    order: Order
    failed: tuple[CommandRecord, ...] = ()


class FoundOrderResult(msgspec.Struct, frozen=True, kw_only=True, tag="found_order"):
    """Carry all that is known under a key; all of it empty: nothing was ever taken under it.

    Attributes:
        order: ``None`` for a single command, and for a question nobody agreed to.
        commands: of its targets, in their order; a command that is missing was not taken.
        approval: the question a second person was asked, if one was.
        hidden: commands that rights leave out.
    """

    order: Order | None = None
    commands: tuple[CommandRecord, ...] = ()
    approval: Approval | None = None
    hidden: int = 0


class ApprovalResult(msgspec.Struct, frozen=True, kw_only=True, tag="approval_result"):
    """Carry a question after the change; durable when this arrives."""

    approval: Approval


class OverrideResult(msgspec.Struct, frozen=True, kw_only=True, tag="override_result"):
    """Carry an override after the change; durable when this arrives."""

    override: Override


class CommandResult(msgspec.Struct, frozen=True, kw_only=True, tag="command_result"):
    """Carry the command's final outcome."""

    command: CommandRecord
