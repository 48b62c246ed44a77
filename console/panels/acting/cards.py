"""What each wish and each question shows: finished words from plain state; pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.orders import Approval, OrderState, Target, TargetCheck
from backend_bridge.contract.points import Scalar
from console.panels.acting.proposal import EXPIRES_S, Proposal, Stage
from console.panels.formats import DASH
from console.panels.rows import Action
from console.panels.values import value_word
from console.panels.wording import Words
from console.state.world import World

LINES = 8
"""Targets shown one by one; the rest is counted."""
HOLDS_S = (300.0, 600.0, 900.0, 1800.0, 3600.0, 4 * 3600.0, 8 * 3600.0)
"""Durations offered for an override, in seconds."""
CONFIRM, GIVE_UP, AGAIN, UNDO, CHECK = "confirm", "give_up", "again", "undo", "check"
STOP = "stop"
AGREE, REFUSE = "agree", "refuse"

_WORDS_OF_FATE = (
    (CommandOutcome.CONFIRMED, "good"),
    (CommandOutcome.FAILED, "unavailable"),
    (CommandOutcome.UNKNOWN, "unknown"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One target.

    Attributes:
        outcome: drives the chain, ``None`` in a dry run; ``read`` when a value was read back.
        refused: whether the dry run refuses it.
        words: « acceptée », « refusée », or its fate; ``note`` says why.
    """

    code: str
    outcome: CommandOutcome | None
    read: bool
    refused: bool
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many targets have one fate; ``word`` is the quality word whose sign stands before it."""

    number: str
    label: str
    word: str


@dataclass(frozen=True, slots=True)
class Hold:
    """One duration to choose."""

    seconds: float
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One wish as it is drawn.

    Attributes:
        stage: how far it is, in words; ``title`` what it is.
        asks: whether reason and duration can be written.
        left: part of the time that is left, ``None`` where none runs; ``left_text`` the same.
        shares: parts of the bar verified, failed and unknown, 0 to 1 each; empty without a bar.
        more: how many targets are not listed, in words, empty for none.
    """

    key: str
    stage: str
    title: str
    line: str
    asks: bool
    reason: str
    holds: tuple[Hold, ...]
    left: float | None
    left_text: str
    shares: tuple[float, ...]
    counts: tuple[Count, ...]
    lines: tuple[Line, ...]
    more: str
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody else asks this person to agree to."""

    id: str
    title: str
    effect: str
    reason: str
    asks: str
    challenge: str
    lines: tuple[Line, ...]
    more: str
    left: float
    left_text: str


def value_words(world: World, words: Words, target: Target | TargetCheck, value: Scalar) -> str:
    """Return a value with its unit as its point writes it; giving back has a word of its own."""
    item = world.equipment.get(target.equipment_id)
    if value is None:
        return words.text("acting.programme")
    if item is not None:
        for _, definition in world.equipment.points_of(item.id):
            if definition.key == target.point_key:
                if isinstance(value, bool):
                    return value_word(words, item.kind, definition, value)
                named = words.known(f"value.{item.kind}.{definition.key}.{value}")
                return named or words.formats.with_unit(value, definition)
    return str(value)


def card(world: World, words: Words, proposal: Proposal, why_not: str) -> Card:
    """Return a wish as it is drawn now.

    ``why_not`` says why it cannot be confirmed, of one under way why it cannot be stopped.
    """
    asks = proposal.stage in (Stage.CHECKING, Stage.READY)
    left, left_text = _left(world, words, proposal)
    fates = _fates(proposal)
    lines, more = _lines(world, words, proposal)
    return Card(
        key=proposal.key,
        stage=_stage(words, proposal),
        title=proposal.intent.title,
        line=_line(world, words, proposal),
        asks=asks,
        reason=proposal.reason,
        holds=_holds(words, proposal) if asks else (),
        left=left,
        left_text=left_text,
        shares=_shares(proposal, fates),
        counts=_counts(words, proposal, fates),
        lines=lines,
        more=more,
        actions=_actions(world, words, proposal, why_not),
    )


def question(world: World, words: Words, approval: Approval) -> Question:
    """Return somebody else's question as it is drawn now."""
    now_ms = world.bridge_now_ms()
    left_s = max(0.0, (approval.expires_ms - now_ms) / 1000)
    whole_s = max(1.0, (approval.expires_ms - approval.asked_ms) / 1000)
    lines = tuple(_effect_line(world, words, target) for target in approval.targets[:LINES])
    return Question(
        id=approval.id,
        title=words.text(
            "acting.question.title", person=words.person(approval.asked_by, approval.seat)
        ),
        effect=words.plural("acting.question.effect", len(approval.targets)),
        reason=words.text("acting.question.reason", reason=approval.reason),
        asks=words.text("acting.question.type", challenge=approval.challenge),
        challenge=approval.challenge,
        lines=lines,
        more=_more(words, len(approval.targets) - len(lines)),
        left=left_s / whole_s,
        left_text=words.formats.countdown(left_s),
    )


def news(words: Words, proposal: Proposal) -> str:
    """Return what came of a wish in one phrase: « 2 vérifiées », « 11 vérifiées, 2 échecs ».

    Of one whose answer never came, and of one a second person did not agree to, it is why; empty
    while nothing came of it yet.
    """
    asked = proposal.stage is Stage.GONE and proposal.approval is not None
    if proposal.stage is Stage.LOST or asked:
        return proposal.problem
    if proposal.stage is not Stage.ENDED:
        return ""
    said = []
    for fate, count in sorted(proposal.outcomes().items()):
        named = fate if fate.final else "left"
        written = words.formats.number(count)
        said.append(f"{written} {words.plural(f'acting.count.{named}', count)}")
    return ", ".join(said) or proposal.problem


# -- inside -------------------------------------------------------------------------------------


def _stage(words: Words, proposal: Proposal) -> str:
    key = "confirm" if proposal.stage in (Stage.CHECKING, Stage.READY) else proposal.stage.value
    return words.text(f"acting.title.{key}")


def _line(world: World, words: Words, proposal: Proposal) -> str:
    match proposal.stage:
        case Stage.CHECKING:
            return words.text("acting.line.checking")
        case Stage.READY:
            age_s = world.clock.mono_s() - proposal.checked_s
            at = words.formats.clock(round(world.bridge_now_ms() - age_s * 1000))
            return words.text("acting.line.ready", time=at)
        case Stage.WAITING:
            return words.text("acting.line.waiting")
        case Stage.SENDING:
            return words.text("acting.line.sending")
        case Stage.GONE | Stage.LOST:
            return proposal.problem
        case Stage.ENDED:
            return proposal.problem or _end_line(words, proposal)


def _end_line(words: Words, proposal: Proposal) -> str:
    if proposal.order is not None and proposal.order.state is OrderState.UNKNOWN:
        return words.text("acting.line.bridge_died")
    verified = proposal.outcomes().get(CommandOutcome.CONFIRMED, 0)
    everything = 0 < proposal.total <= verified
    return words.text("acting.line.verified" if everything else "acting.line.not_all")


def _left(world: World, words: Words, proposal: Proposal) -> tuple[float | None, str]:
    if proposal.stage is Stage.READY:
        left_s = proposal.left_s(world.clock.mono_s())
        return left_s / EXPIRES_S, words.formats.countdown(left_s)
    if proposal.stage is Stage.WAITING and proposal.approval is not None:
        approval = proposal.approval
        left_s = max(0.0, (approval.expires_ms - world.bridge_now_ms()) / 1000)
        whole_s = max(1.0, (approval.expires_ms - approval.asked_ms) / 1000)
        return left_s / whole_s, words.formats.countdown(left_s)
    return None, ""


def _holds(words: Words, proposal: Proposal) -> tuple[Hold, ...]:
    wanted = proposal.hold_s
    if wanted is None:
        return ()
    offered = sorted({*HOLDS_S, wanted})
    return tuple(Hold(s, words.formats.duration(s), s == wanted) for s in offered)


def _lines(world: World, words: Words, proposal: Proposal) -> tuple[tuple[Line, ...], str]:
    if proposal.stage in (Stage.CHECKING, Stage.READY, Stage.WAITING, Stage.GONE):
        if not proposal.checks:
            shown = proposal.intent.targets[:LINES]
            lines = tuple(_effect_line(world, words, target) for target in shown)
            return lines, _more(words, len(proposal.intent.targets) - len(lines))
        # what would be refused first: it is what the person must know
        lines = tuple(_check_line(world, words, *pair) for pair in proposal.pairs[:LINES])
        return lines, _more(words, len(proposal.pairs) - len(lines))
    records = islice(proposal.by_need(), LINES)
    lines = tuple(_fate_line(words, record, world) for record in records)
    return lines, _more(words, proposal.told - len(lines))


def _more(words: Words, count: int) -> str:
    return words.plural("acting.more", count) if count > 0 else ""


def _effect_line(world: World, words: Words, target: Target) -> Line:
    effect = value_words(world, words, target, target.value)
    return Line(target.equipment_id, None, False, False, effect, _place(world, target))


def _check_line(world: World, words: Words, target: Target, check: TargetCheck) -> Line:
    before = value_words(world, words, check, check.before) if check.before is not None else DASH
    after = value_words(world, words, target, target.value)
    if check.text_key:
        note = words.text(check.text_key, **check.params)
        return Line(target.equipment_id, None, False, True, words.text("acting.refused"), note)
    note = words.text("acting.from_to", before=before, after=after)
    if check.override:
        note = f"{note} · {words.text('acting.takes_over')}"
    word = words.text("acting.accepted_by_two" if check.dangerous else "acting.accepted")
    return Line(target.equipment_id, None, False, False, word, note)


def _fate_line(words: Words, record: CommandRecord, world: World) -> Line:
    word = words.text(f"acting.fate.{record.outcome.value}")
    note = words.text(record.text_key, **record.params) if record.text_key else ""
    if not note:
        item = world.equipment.get(record.equipment_id)
        note = "" if item is None else item.place
    read = record.reported is not None
    return Line(record.equipment_id, record.outcome, read, False, word, note)


def _place(world: World, target: Target) -> str:
    item = world.equipment.get(target.equipment_id)
    return "" if item is None else item.place


def _fates(proposal: Proposal) -> Mapping[CommandOutcome, int]:
    """Count the targets by what became of them; of one that is lost the rest is unknown."""
    fates: Counter[CommandOutcome] = Counter()
    for outcome, count in proposal.outcomes().items():
        refused_later = outcome in (CommandOutcome.REFUSED, CommandOutcome.EXPIRED)
        fates[CommandOutcome.FAILED if refused_later else outcome] += count
    if proposal.stage is Stage.LOST:
        final = sum(count for fate, count in fates.items() if fate.final)
        fates[CommandOutcome.UNKNOWN] += max(0, proposal.total - final)
    return fates


def _shares(proposal: Proposal, fates: Mapping[CommandOutcome, int]) -> tuple[float, ...]:
    total = proposal.total
    if proposal.stage not in (Stage.SENDING, Stage.LOST, Stage.ENDED) or total < 2:
        return ()
    return tuple(fates.get(fate, 0) / total for fate, _ in _WORDS_OF_FATE)


def _counts(
    words: Words, proposal: Proposal, fates: Mapping[CommandOutcome, int]
) -> tuple[Count, ...]:
    number = words.formats.number
    if proposal.stage in (Stage.READY, Stage.WAITING):
        refused = len(proposal.refused)
        accepted = len(proposal.accepted)
        if accepted + refused == 1:
            return ()
        found = [Count(number(accepted), words.plural("acting.count.accepted", accepted), "good")]
        if refused:
            label = words.plural("acting.count.refused", refused)
            found.append(Count(number(refused), label, "disabled"))
        return tuple(found)
    if proposal.stage not in (Stage.SENDING, Stage.LOST, Stage.ENDED) or proposal.total < 2:
        return ()
    counts = []
    for fate, word in _WORDS_OF_FATE:
        count = fates.get(fate, 0)
        if count or fate is CommandOutcome.CONFIRMED:
            label = words.plural(f"acting.count.{fate.value}", count)
            counts.append(Count(number(count), label, word))
    over = sum(fates.get(fate, 0) for fate, _ in _WORDS_OF_FATE)
    if (rest := proposal.total - over) > 0:
        key = "acting.count.untold" if proposal.stage is Stage.ENDED else "acting.count.left"
        counts.append(Count(number(rest), words.plural(key, rest), ""))
    return tuple(counts)


def _actions(world: World, words: Words, proposal: Proposal, why_not: str) -> tuple[Action, ...]:
    give_up = Action(GIVE_UP, words.text(f"acting.give_up.{proposal.stage.value}"), "")
    match proposal.stage:
        case Stage.CHECKING | Stage.READY:
            count = len(proposal.accepted) or len(proposal.intent.targets)
            verb = words.plural(proposal.intent.verb, count, **proposal.intent.params)
            if proposal.dangerous:
                verb = words.text("acting.ask_second", verb=verb)
            confirm = Action(
                CONFIRM,
                verb,
                "",
                shortcut=words.text("acting.key.confirm"),
                reason=why_not,
                main=True,
            )
            return (confirm, give_up, Action(CHECK, words.text("acting.check_again"), "refresh"))
        case Stage.SENDING:
            if proposal.total < 2:
                return ()
            return (Action(GIVE_UP, give_up.label, "", reason=why_not),)
        case Stage.LOST:
            stop = Action(STOP, words.text("acting.give_up.sending"), "", reason=why_not)
            return (stop, give_up) if proposal.total > 1 else (give_up,)
        case Stage.WAITING:
            return (give_up,)
        case Stage.GONE:
            return (give_up,)
        case Stage.ENDED:
            return _ended_actions(world, words, proposal, give_up)


def _ended_actions(
    world: World, words: Words, proposal: Proposal, give_up: Action
) -> tuple[Action, ...]:
    found = []
    failed = len(proposal.failed())
    if failed and not proposal.foreign:
        found.append(Action(AGAIN, words.plural("acting.again", failed), "refresh"))
    held = world.acting.holds(proposal.key)
    if held:
        found.append(Action(UNDO, words.plural("acting.undo", held), "undo"))
    return (*found, give_up)
