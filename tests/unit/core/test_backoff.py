"""Pauses double, are capped, differ, and start anew."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.core.backoff import Backoff


@given(
    start_s=st.floats(0.01, 10),
    factor=st.floats(1, 1000),
    seed=st.integers(),
    tries=st.integers(1, 40),
)
def test_pauses_stay_between_half_and_all_of_the_nominal(
    start_s: float, factor: float, seed: int, tries: int
) -> None:
    cap_s = start_s * factor
    backoff = Backoff(start_s, cap_s, random.Random(seed))

    for number in range(tries):
        nominal_s = min(start_s * 2**number, cap_s)
        assert nominal_s * 0.5 <= backoff.next_s() <= nominal_s
    backoff.reset()

    assert backoff.next_s() <= start_s


@pytest.mark.parametrize(("start_s", "cap_s"), [(0, 1), (-1, 1), (2, 1)])
def test_a_back_off_that_cannot_work_is_refused(start_s: float, cap_s: float) -> None:
    with pytest.raises(ValueError, match="cannot work"):
        Backoff(start_s, cap_s, random.Random(1))
