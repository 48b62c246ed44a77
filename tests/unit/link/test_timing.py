"""The bridge's clock as seen from here, and the waits before a retry."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from console.link.timing import BackOff, BridgeClock

TRUE_AHEAD_MS = 1_700_000_000_000.0


def test_a_round_trip_measures_from_its_middle() -> None:
    clock = BridgeClock()
    clock.on_hello(10_000, sent_mono_s=5.0, received_mono_s=5.2)
    assert clock.ahead_ms == 10_000 - 5_100
    assert clock.round_trip_ms is not None
    assert round(clock.round_trip_ms) == 200


@given(st.lists(st.floats(0, 900), min_size=1, max_size=50))
def test_late_beats_never_spoil_the_estimate(latencies_ms: list[float]) -> None:
    clock = BridgeClock()
    clock.on_hello(round(TRUE_AHEAD_MS) + 100_000, 99.9, 100.1)
    for number, latency_ms in enumerate(latencies_ms):
        written_s = 101.0 + number / 2
        clock.on_beat(round(TRUE_AHEAD_MS + written_s * 1000), written_s + latency_ms / 1000)
    assert clock.ahead_ms is not None
    assert abs(clock.ahead_ms - TRUE_AHEAD_MS) < 1.5


def test_a_clock_set_back_is_believed_at_the_second_beat() -> None:
    clock = BridgeClock()
    clock.on_hello(1_000_000, 10.0, 10.0)
    clock.on_beat(1_000_500 - 3_600_000, 10.5)
    assert clock.ahead_ms == 990_000
    clock.on_beat(1_001_000 - 3_600_000, 11.0)
    assert clock.ahead_ms == 990_000 - 3_600_000


def test_a_clock_set_forward_is_believed_at_once() -> None:
    clock = BridgeClock()
    clock.on_beat(1_000_000, 10.0)
    clock.on_beat(4_600_500, 10.5)
    assert clock.ahead_ms == 990_000 + 3_600_000


@given(st.integers(0, 2**32))
def test_waits_grow_jittered_and_capped(seed: int) -> None:
    back_off = BackOff(0.2, 5.0, random.Random(seed))
    waits = [back_off.next_s() for _ in range(12)]
    bounds = [min(5.0, 0.2 * 2**number) for number in range(12)]
    assert all(bound / 2 <= wait <= bound for wait, bound in zip(waits, bounds, strict=True))
    back_off.reset()
    assert back_off.next_s() <= 0.2
