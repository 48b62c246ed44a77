"""The sorted index against Python's own sorting, and its steps against a plain list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.state.sorted_index import SortedIndex, Step

IDS = st.sampled_from([f"INC-{number}" for number in range(12)])
KEYS = st.tuples(st.booleans(), st.integers(1, 4), st.booleans(), st.integers(0, 5))
OPERATIONS = st.lists(st.tuples(IDS, st.none() | KEYS), max_size=80)


def replay(rows: list[str], step: Step | None) -> None:
    """Do to a plain list what a view does with a step."""
    if step is None or step.at == step.to:
        return
    if step.at >= 0:
        assert rows.pop(step.at) == step.id
    if step.to >= 0:
        rows.insert(step.to, step.id)


@given(OPERATIONS)
def test_order_equals_sorted_and_steps_replay(
    operations: list[tuple[str, tuple[bool, int, bool, int] | None]],
) -> None:
    index = SortedIndex()
    truth: dict[str, tuple[bool, int, bool, int]] = {}
    rows: list[str] = []
    for id_, key in operations:
        if key is None:
            truth.pop(id_, None)
            replay(rows, index.remove(id_))
        else:
            truth[id_] = key
            replay(rows, index.put(id_, key))
        expected = sorted(truth, key=lambda item: (truth[item], item))
        assert list(index) == expected == rows
        assert [index.position(item) for item in expected] == list(range(len(expected)))


@given(st.dictionaries(IDS, KEYS))
def test_replacing_equals_sorted(keys: dict[str, tuple[bool, int, bool, int]]) -> None:
    index = SortedIndex()
    index.put("gone", (0,))
    index.replace(keys.items())
    assert list(index) == sorted(keys, key=lambda item: (keys[item], item))
    assert "gone" not in index
    assert len(index) == len(keys)


def test_removing_what_is_not_there_does_nothing() -> None:
    index = SortedIndex()
    assert index.remove("INC-1") is None
    assert index.position("INC-1") is None


def test_the_same_key_again_is_a_change_in_place() -> None:
    index = SortedIndex()
    assert index.put("a", (1,)) == Step(-1, 0, "a")
    assert index.put("a", (1,)) == Step(0, 0, "a")


@given(st.dictionaries(IDS, KEYS), OPERATIONS)
def test_a_content_taken_in_order_goes_on_like_one_that_was_put(
    keys: dict[str, tuple[bool, int, bool, int]],
    operations: list[tuple[str, tuple[bool, int, bool, int] | None]],
) -> None:
    put, taken = SortedIndex(), SortedIndex()
    put.replace(keys.items())
    taken.take(list(put.rows), list(put))
    for id_, key in operations:
        if key is None:
            assert taken.remove(id_) == put.remove(id_)
        else:
            assert taken.put(id_, key) == put.put(id_, key)
        assert (list(taken), list(taken.rows)) == (list(put), list(put.rows))
