"""The rules of overrides, whatever is commanded in whatever order."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.overrides import Override, OverrideState
from backend_bridge.contract.points import Commanding, PointDef, Scalar, ValueType, WayBack
from backend_bridge.core.settings import SettingsError
from backend_bridge.services.overrides import rules
from backend_bridge.services.overrides.ladder import Claim, Ladder, load_ladder

BEFORE = Commanding(back=WayBack.BEFORE)
POINT = PointDef(key="p", value_type=ValueType.INT, commanding=BEFORE)
RUNGS = ("safety", "manual", "crisis", "scenario", "programme")
FINAL = [outcome for outcome in CommandOutcome if outcome.final]
ENDS = st.tuples(
    st.sampled_from(FINAL),
    st.sampled_from(["", "command.result.rejected", "command.result.differs"]),
)
PLACES = st.sampled_from(["A", "B", "C"])
CLAIMS = st.builds(Claim, st.sampled_from(RUNGS), st.integers(0, 5))


class Book:
    """Apply the rules as the ledger does, to overrides and to a field that does what it is told."""

    def __init__(self) -> None:
        self.field: dict[str, int] = dict.fromkeys("ABC", 0)
        self.first: dict[str, int] = {}
        self.open: dict[str, list[Override]] = {place: [] for place in "ABC"}
        self.now_ms = itertools.count(1)

    def command(
        self, place: str, value: int, outcome: CommandOutcome, text_key: str
    ) -> list[Override]:
        """Command a place; returns what it did to other overrides of the place."""
        now_ms = next(self.now_ms)
        command = _command(f"k{now_ms}", place, value, outcome, text_key)
        pending = rules.asked(
            command,
            POINT,
            now_ms=now_ms,
            before=self.field[place],
            standing=rules.newest(self.open[place]),
            by_device=False,
        )
        if not self.open[place]:
            self.first[place] = self.field[place]
        _, after = rules.settled(pending, command)
        if after.state is OverrideState.ACTIVE:
            self.field[place] = value
            self.open[place].append(after)
        outdone = rules.outdone(self.open[place])
        self.open[place] = [item for item in self.open[place] if item not in outdone]
        return outdone


def _command(
    key: str, place: str, value: Scalar, outcome: CommandOutcome, text_key: str = ""
) -> CommandRecord:
    return CommandRecord(
        key=key,
        equipment_id=place,
        equipment_kind="k",
        point_key="p",
        value=value,
        outcome=outcome,
        text_key=text_key,
        issuer="alice",
        seat="PC-1",
        reason="r",
        created_ms=0,
        deadline_ms=0,
        until_ms=1_000,
    )


@given(st.lists(st.tuples(PLACES, st.integers(1, 9), ENDS), max_size=30))
def test_one_override_holds_a_place_and_remembers_what_was_before_the_first(
    commands: list[tuple[str, int, tuple[CommandOutcome, str]]],
) -> None:
    book = Book()
    for place, value, (outcome, text_key) in commands:
        others = {name: list(held) for name, held in book.open.items() if name != place}

        outdone = book.command(place, value, outcome, text_key)

        assert {name: book.open[name] for name in others} == others
        assert all(item.equipment_id == place for item in outdone)
        assert all(len(held) <= 1 for held in book.open.values())
        for name, held in book.open.items():
            assert all(item.back_value == book.first[name] for item in held)


@given(ENDS)
def test_what_may_have_reached_the_device_holds_until_proven(
    end: tuple[CommandOutcome, str],
) -> None:
    outcome, text_key = end
    command = _command("k", "A", 5, outcome, text_key)
    pending = rules.asked(command, POINT, now_ms=0, before=1, standing=None, by_device=False)

    _, after = rules.settled(pending, command)

    rejected = outcome is CommandOutcome.FAILED and text_key == "command.result.rejected"
    never_sent = outcome in (CommandOutcome.REFUSED, CommandOutcome.EXPIRED)
    assert (after.state is OverrideState.ENDED) == (rejected or never_sent)
    assert after.verified == (outcome is CommandOutcome.CONFIRMED)


def test_stuck_for_the_same_reason_is_said_once() -> None:
    command = _command("k", "A", 5, CommandOutcome.CONFIRMED)
    pending = rules.asked(command, POINT, now_ms=0, before=1, standing=None, by_device=False)
    moved = rules.stuck(pending, "why", {})
    assert moved is not None

    assert rules.stuck(moved[1], "why", {}) is None
    assert rules.stuck(moved[1], "other", {}) is not None


@given(CLAIMS, CLAIMS)
def test_one_of_two_plans_wins_and_it_is_the_same_one_asked_either_way(
    first: Claim, second: Claim
) -> None:
    ladder = Ladder(RUNGS)
    won, lost = ladder.wins(first, second), ladder.wins(second, first)

    assert won or lost
    assert (won and lost) == (first == second)


@given(CLAIMS, CLAIMS)
def test_higher_rung_wins_however_old_its_claim(first: Claim, second: Claim) -> None:
    ladder = Ladder(RUNGS)
    if RUNGS.index(first.rung) < RUNGS.index(second.rung):
        assert ladder.wins(first, second)
        assert not ladder.wins(second, first)


def test_shipped_ladder_puts_people_before_plans_and_safety_before_people() -> None:
    ladder = load_ladder()

    assert ladder.wins(Claim("safety", 0), Claim("manual", 9))
    assert ladder.wins(Claim("manual", 0), Claim("crisis", 9))
    assert not ladder.wins(Claim("programme", 9), Claim("scenario", 0))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('rungs = ["safety", "manual"]', '"programme" is missing'),
        ('rungs = ["safety", "manual", "manual", "programme"]', '"manual" is named twice'),
        ('rungs = ["safety", "Manual", "programme"]', "rungs"),
        ('rung = ["safety"]', "rung"),
        ("rungs = [", "is not TOML"),
    ],
)
def test_ladder_that_cannot_decide_is_refused_in_words(
    tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "ladder.toml"
    path.write_text(text, "utf-8")

    with pytest.raises(SettingsError, match=said):
        load_ladder(path)


def test_plan_from_no_rung_is_refused_with_the_nearest() -> None:
    with pytest.raises(SettingsError, match='did you mean "crisis"'):
        Ladder(RUNGS).wins(Claim("crises", 0), Claim("manual", 0))
