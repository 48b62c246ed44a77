"""Names and words are found by their beginnings, and the answer is what a plain scan would give."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.folding import fold, tokens
from console.panels.search import text_index
from console.panels.search.text_index import TextIndex, words_of

THINGS = [
    ("EP-0312", "Armoire, rue de Longvic"),
    ("EP-0312-D1", "Départ 1"),
    ("EP-0031", "Armoire, impasse de l’Université"),
    ("CAM-012", "Caméra 12"),
    ("LUM000312", "Point lumineux"),
    ("🚦", "Feu"),
    ('ÉCOLE, "Jean/Moulin"', "Bâtiment"),
]


def index_of(things: list[tuple[str, str]]) -> TextIndex:
    index = TextIndex(lambda n: things[n][0], lambda n: (things[n][1],))
    for _ in things:
        index.add()
    index.seal()
    return index


@pytest.fixture(scope="module")
def index() -> TextIndex:
    return index_of(THINGS)


def ids(lines: list[int]) -> list[str]:
    return [THINGS[line][0] for line in lines]


def test_a_name_is_found_whatever_its_case_and_accents(index: TextIndex) -> None:
    assert ids(index.named("ep-0312")) == ["EP-0312"]
    assert ids(index.named('ecole, "jean/moulin"')) == ['ÉCOLE, "Jean/Moulin"']
    assert ids(index.named("🚦")) == ["🚦"]
    assert index.named("ep-03") == []


def test_beginnings_come_in_the_order_of_names(index: TextIndex) -> None:
    assert ids(index.beginning("ep-0", 10)) == ["EP-0031", "EP-0312", "EP-0312-D1"]
    assert ids(index.beginning("ep-0", 2)) == ["EP-0031", "EP-0312"]
    assert index.beginning("", 10) == []


def test_whole_words_come_before_beginnings_and_zeros_do_not_count(index: TextIndex) -> None:
    assert ids(index.holding("312", 10)) == ["EP-0312", "EP-0312-D1"]
    assert ids(index.holding("31", 10)) == ["EP-0031", "EP-0312", "EP-0312-D1"]
    assert ids(index.holding("12", 10)) == ["CAM-012"]
    assert ids(index.holding("univ impasse", 10)) == ["EP-0031"]
    assert index.holding("armoire feu", 10) == []
    assert index.holding("?!", 10) == []


NAMES = st.lists(
    st.tuples(
        st.text("ab01-é ", min_size=1, max_size=6).filter(lambda name: bool(fold(name))),
        st.text("abcd 01", max_size=12),
    ),
    max_size=40,
)


@given(NAMES, st.text("abcd01é -", max_size=6), st.integers(1, 50))
def test_it_finds_what_a_scan_finds(things: list[tuple[str, str]], typed: str, limit: int) -> None:
    before, text_index.BLOCK = text_index.BLOCK, 4
    try:
        index = index_of(things)
    finally:
        text_index.BLOCK = before
    wanted = tokens(typed)
    holding = {
        number
        for number, (name, text) in enumerate(things)
        if wanted and all(any(w.startswith(one) for w in words_of(name, text)) for one in wanted)
    }
    found = index.holding(typed, limit)
    assert len(found) == min(limit, len(holding)) == len(set(found))
    assert set(found) <= holding
    start = fold(typed)
    begun = {
        number for number, (name, _) in enumerate(things) if start and fold(name).startswith(start)
    }
    found = index.beginning(typed, limit)
    assert len(found) == min(limit, len(begun))
    assert set(found) <= begun
    assert set(index.named(typed)) == {
        number for number, (name, _) in enumerate(things) if fold(name) == start
    }


def test_a_city_answers_at_once() -> None:
    streets = [f"Rue {word} {n}" for word in ("Monge", "Vauban", "Musette") for n in range(300)]
    things = [
        (f"EP-{n // 80:04}-D{n % 5}-{n % 80:02}", f"Lampe {streets[n % 900]} Dijon")
        for n in range(35_000)
    ]
    index = index_of(things)

    for typed in ("ep-0312", "312", "rue", "monge 12 lampe", "e", "zz", "dijon vauban 299 rue"):
        best = min(_cpu_s(index, typed) for _ in range(3))
        assert best < 0.03, typed


def _cpu_s(index: TextIndex, typed: str) -> float:
    start = time.process_time()
    index.named(typed)
    index.beginning(typed, 12)
    index.holding(typed, 12)
    return time.process_time() - start
