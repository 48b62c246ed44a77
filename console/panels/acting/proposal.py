"""One wish of a person: what it would touch, what came of it; pure data and rules."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.orders import Approval, ApprovalState, Target, TargetCheck

EXPIRES_S = 30.0
"""Seconds after which an unconfirmed wish is gone; looked at again, it stays as long again."""


class Stage(enum.StrEnum):
    """Say how far a wish is."""

    CHECKING = "checking"
    """Its dry run is under way."""
    READY = "ready"
    """Nothing has gone yet: the person confirms or not."""
    SENDING = "sending"
    WAITING = "waiting"
    """A second person was asked."""
    ENDED = "ended"
    """Each target has its outcome."""
    GONE = "gone"
    """Nothing went: not confirmed in time, refused as a whole, or given up."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What a panel proposes; nothing is sent before the person has seen the dry run.

    Attributes:
        title: what would be done, as a finished phrase (« Abaisser 3 bornes »).
        verb: what the button that does it says of ``count`` targets, a text key with ``.one`` and
            ``.other``; ``params`` fill it.
        hold_s: seconds the override lasts, ``None`` where the point has no way back.
        reason: why, as far as the panel knows; the person may write another.
    """

    title: str
    verb: str
    targets: tuple[Target, ...]
    hold_s: float | None = None
    reason: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Proposal:
    """One wish on its way; changed by the desk alone.

    Attributes:
        key: of the order it becomes; made once, so that nothing is ever sent twice.
        checks: the dry run's answers, in the order of the targets; empty while it is under way.
        checked_s: monotonic second of the dry run.
        commands: latest record of each target sent, by equipment and point.
        problem: why it is gone, in words.
    """

    key: str
    intent: Intent
    reason: str
    hold_s: float | None
    stage: Stage = Stage.CHECKING
    checks: tuple[TargetCheck, ...] = ()
    checked_s: float = 0.0
    commands: dict[tuple[str, str], CommandRecord] = field(default_factory=dict)
    approval: Approval | None = None
    problem: str = ""

    @property
    def accepted(self) -> tuple[Target, ...]:
        """Return the targets that would be accepted."""
        return tuple(
            target
            for target, check in zip(self.intent.targets, self.checks, strict=False)
            if not check.text_key
        )

    @property
    def refused(self) -> tuple[TargetCheck, ...]:
        """Return the dry run's refusals."""
        return tuple(check for check in self.checks if check.text_key)

    @property
    def dangerous(self) -> bool:
        """Return whether a second person must agree to what would be accepted."""
        return any(check.dangerous for check in self.checks if not check.text_key)

    @property
    def live(self) -> bool:
        """Return whether anything can still come of it."""
        return self.stage not in (Stage.ENDED, Stage.GONE)

    def left_s(self, now_s: float) -> float:
        """Return the seconds left to confirm."""
        return max(0.0, self.checked_s + EXPIRES_S - now_s)

    def outcomes(self) -> Mapping[CommandOutcome, int]:
        """Count the targets sent by their latest outcome."""
        return Counter(command.outcome for command in self.commands.values())

    def failed(self) -> tuple[Target, ...]:
        """Return the targets that did not end confirmed, to be proposed anew.

        One whose fate is unknown is not among them: it is looked at, never just sent again.
        """
        again = (CommandOutcome.FAILED, CommandOutcome.REFUSED, CommandOutcome.EXPIRED)
        known = {place for place, command in self.commands.items() if command.outcome in again}
        return tuple(
            target
            for target in self.intent.targets
            if (target.equipment_id, target.point_key) in known
        )


def of_order(command: CommandRecord, key: str) -> bool:
    """Return whether a command belongs to the order, or is the single command, of a key."""
    return key in (command.order, command.key)


def approval_ended(approval: Approval) -> bool:
    """Return whether a question got its final answer and nothing will be sent for it."""
    return approval.state not in (ApprovalState.WAITING, ApprovalState.AGREED)


def values_of(targets: Sequence[Target]) -> frozenset[object]:
    """Return the different values wanted."""
    return frozenset(target.value for target in targets)
