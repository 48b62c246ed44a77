"""One wish of a person: what it would touch, what came of it; pure data and rules."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.orders import (
    Approval,
    ApprovalState,
    Order,
    OrderState,
    Target,
    TargetCheck,
)
from console.state.change import Change

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
    LOST = "lost"
    """The answer never came: nobody knows what was sent until the journal says so."""
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


_NEED = (
    CommandOutcome.UNKNOWN,
    CommandOutcome.FAILED,
    CommandOutcome.REFUSED,
    CommandOutcome.EXPIRED,
    CommandOutcome.SENT,
    CommandOutcome.ACCEPTED,
    CommandOutcome.CONFIRMED,
)
"""Outcomes, those first that ask something of the person."""
_AGAIN = (CommandOutcome.FAILED, CommandOutcome.REFUSED, CommandOutcome.EXPIRED)
Place = tuple[str, str]
"""An equipment and its point."""


@dataclass(slots=True)
class Proposal:
    """One wish on its way; changed by the desk alone.

    What thousands of targets are asked for at each drawing is worked out once, when it changes.

    Attributes:
        key: of the order it becomes; made once, so that nothing is ever sent twice.
        checks: the dry run's answers, in the order of the targets; empty while it is under way.
        checked_s: monotonic second of the dry run; ``epoch`` is the bridge's life it is true for.
        accepted: the targets that would be accepted, by the dry run.
        refused: the dry run's refusals; ``pairs`` are all answers with their targets, these first.
        dangerous: whether a second person must agree to what would be accepted.
        order: what the journal, or the bridge's answer, says of the order as a whole.
        deadline_ms: on the bridge's clock, when it is too late for it; 0 before it is sent.
        foreign: it is somebody else's: looked at, never repeated from here.
        problem: why it is gone, or what is not known, in words.
    """

    key: str
    intent: Intent
    reason: str
    hold_s: float | None
    stage: Stage = Stage.CHECKING
    checks: tuple[TargetCheck, ...] = ()
    checked_s: float = 0.0
    epoch: str = ""
    accepted: tuple[Target, ...] = ()
    refused: tuple[TargetCheck, ...] = ()
    pairs: tuple[tuple[Target, TargetCheck], ...] = ()
    dangerous: bool = False
    approval: Approval | None = None
    order: Order | None = None
    deadline_ms: int = 0
    foreign: bool = False
    problem: str = ""
    _targets: dict[str, list[Target]] = field(default_factory=dict)
    _fates: dict[CommandOutcome, dict[Place, CommandRecord]] = field(default_factory=dict)
    _outcome_at: dict[Place, CommandOutcome] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for target in self.intent.targets:
            self._targets.setdefault(target.equipment_id, []).append(target)

    def touched(self, change: Change) -> Iterator[Target]:
        """Return the targets of which a change may say something: a batch names a few."""
        if change.situation:
            return iter(self.intent.targets)
        if not change.commands or self.stage in (Stage.CHECKING, Stage.READY, Stage.GONE):
            return iter(())
        named = (self._targets.get(equipment_id, ()) for equipment_id in change.commands)
        return chain.from_iterable(named)

    def take_checks(self, checks: tuple[TargetCheck, ...], now_s: float, epoch: str) -> None:
        """Take a dry run's answers; anew, they replace those before."""
        pairs = tuple(zip(self.intent.targets, checks, strict=True))
        self.checks, self.checked_s, self.epoch = checks, now_s, epoch
        self.accepted = tuple(target for target, check in pairs if not check.text_key)
        self.refused = tuple(check for check in checks if check.text_key)
        self.pairs = tuple(sorted(pairs, key=lambda pair: not pair[1].text_key))
        self.dangerous = any(check.dangerous for check in checks if not check.text_key)

    @property
    def live(self) -> bool:
        """Return whether anything can still come of it."""
        return self.stage not in (Stage.ENDED, Stage.GONE)

    @property
    def total(self) -> int:
        """Return how many targets were sent, or would be."""
        return len(self.accepted) if self.order is None else self.order.total

    @property
    def commands(self) -> Mapping[Place, CommandRecord]:
        """Return the latest record of each target sent."""
        return {place: self._fates[fate][place] for place, fate in self._outcome_at.items()}

    def keep(self, command: CommandRecord) -> bool:
        """Take what is said of one target; return whether that is news."""
        place = (command.equipment_id, command.point_key)
        before = self._outcome_at.get(place)
        if before is not None:
            if self._fates[before][place] == command:
                return False
            if before.final and not command.outcome.final:
                return False  # older news than what is known
            del self._fates[before][place]
        self._fates.setdefault(command.outcome, {})[place] = command
        self._outcome_at[place] = command.outcome
        return True

    @property
    def told(self) -> int:
        """Return of how many targets something was told."""
        return len(self._outcome_at)

    def by_need(self) -> Iterator[CommandRecord]:
        """Return the latest records, those first that ask something of the person."""
        return chain.from_iterable(self._fates.get(fate, {}).values() for fate in _NEED)

    def left_s(self, now_s: float) -> float:
        """Return the seconds left to confirm."""
        return max(0.0, self.checked_s + EXPIRES_S - now_s)

    def outcomes(self) -> Mapping[CommandOutcome, int]:
        """Count the targets sent by their latest outcome.

        The order's own count, made by the bridge, is taken where it knows of more.
        """
        known = Counter({fate: len(held) for fate, held in self._fates.items() if held})
        said = Counter() if self.order is None else Counter(self.order.counts)
        return said if said.total() > sum(known[one] for one in known if one.final) else known

    @property
    def over(self) -> bool:
        """Return whether every target sent has its final outcome, or the journal ended the order.

        An order that began in no journal is never over by itself: its answer is waited for.
        """
        if self.order is not None and self.order.state is not OrderState.RUNNING:
            return True
        found = self.outcomes()
        return sum(found.values()) >= self.total > 0 and all(fate.final for fate in found)

    def failed(self) -> tuple[Target, ...]:
        """Return the targets that did not end confirmed, to be proposed anew.

        One whose fate is unknown is not among them: it is looked at, never just sent again.
        """
        return tuple(
            Target(one.equipment_id, one.point_key, one.value)
            for fate in _AGAIN
            for one in self._fates.get(fate, {}).values()
        )


def of_order(command: CommandRecord, key: str) -> bool:
    """Return whether a command belongs to the order, or is the single command, of a key."""
    return key in (command.order, command.key)


def approval_ended(approval: Approval) -> bool:
    """Return whether a question got its final answer and nothing will be sent for it."""
    return approval.state not in (ApprovalState.WAITING, ApprovalState.AGREED)
