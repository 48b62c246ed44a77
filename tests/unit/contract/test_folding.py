"""One slip of a finger is seen through; another word, or a number, is never taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.folding import meant, slipped

LETTERS = "abcdefgh"
WORDS = st.text(LETTERS, min_size=5, max_size=9)


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """Return a word, and the same with one slip after its first letter."""
    word = draw(WORDS)
    at = draw(st.integers(1, len(word) - 2))
    letter = draw(st.sampled_from(LETTERS))
    typed = draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            ]
        )
    )
    return word, typed


@given(slips(), st.text(LETTERS, max_size=3))
def test_any_single_slip_is_seen_through_and_the_end_may_be_missing(
    drawn: tuple[str, str], rest: str
) -> None:
    word, typed = drawn
    assert slipped(typed, word)
    assert slipped(typed, word + rest)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("0312", "0313"),  # another cabinet
        ("ep0312", "ep0313"),
        ("rue", "rus"),  # too short to tell
        ("bruges", "vruges"),  # the first letter is looked for
        ("longvic", "longueil"),  # two slips
        ("longvic", "long"),
        ("mair", ""),
    ],
)
def test_another_word_is_another_word(typed: str, word: str) -> None:
    assert not slipped(typed, word)


def test_only_words_nobody_uses_are_replaced_by_the_nearest() -> None:
    known = sorted(["armoire", "longvic", "longvicien", "marne", "mairie", "0312"])
    assert meant(["armoier", "lomgvic", "0313", "marn"], known) == [
        *("armoire", "longvic", "0313", "marn")
    ]
    assert meant(["zzzz"], []) == ["zzzz"]
