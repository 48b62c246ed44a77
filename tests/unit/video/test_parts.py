"""The pure parts: messages, judgement, looking, trying again."""

from __future__ import annotations

import io
import random
import string

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from console.video.protocol import (
    LONGEST,
    Beat,
    Facts,
    Output,
    ProtocolError,
    Show,
    encode,
    read_beat,
    read_show,
)
from console.video.states import Limits, StreamState, judge
from console.video.worker.looking import EVERY_S, Look
from console.video.worker.retries import AWAY_EACH_S, JITTER, STEADY_S, STEPS_S, Retries

TEXT = st.text(string.printable + "é🚦", max_size=30)
SHOWS = st.builds(
    Show,
    TEXT,
    TEXT,
    st.lists(st.builds(Output, TEXT, st.integers(1, 9999), st.integers(1, 9999))).map(tuple),
)
TIMES = st.floats(0, 1e9)
BEATS = st.builds(
    Beat,
    st.lists(
        st.builds(
            Facts,
            *(TEXT, st.booleans(), st.integers(0, 99), TIMES, TIMES, TIMES, TIMES, TEXT),
            TIMES,
            st.integers(0, 9999),
        )
    ).map(tuple),
)


@given(st.lists(SHOWS, max_size=3), st.lists(BEATS, max_size=3))
def test_messages_come_back_as_they_were(shows: list[Show], beats: list[Beat]) -> None:
    pipe = io.BytesIO(b"".join(map(encode, shows)))
    assert [read_show(pipe) for _ in shows] == shows
    assert read_show(pipe) is None
    pipe = io.BytesIO(b"".join(map(encode, beats)))
    assert [read_beat(pipe) for _ in beats] == beats
    assert read_beat(pipe) is None


@given(st.binary(max_size=60), st.booleans())
def test_hostile_bytes_raise_only_our_error(raw: bytes, framed: bool) -> None:
    if framed:
        raw = len(raw).to_bytes(4, "little") + raw
    for read in (read_show, read_beat):
        pipe = io.BytesIO(raw)
        try:
            while read(pipe) is not None:
                continue
        except ProtocolError:
            continue


def test_giant_frame_is_refused_before_it_is_read() -> None:
    with pytest.raises(ProtocolError, match="bytes"):
        read_beat(io.BytesIO((LONGEST + 1).to_bytes(4, "little")))


LIVE = Facts("c", connected=True, picture_s=99.9, gap_s=0.1, changed_s=99.5)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (None, StreamState.CONNECTING),
        (Facts("c"), StreamState.CONNECTING),
        (Facts("c", attempts=2, reason="refused"), StreamState.LOST),
        (Facts("c", picture_s=99.9, reason="ended"), StreamState.LOST),
        (LIVE, StreamState.LIVE),
        (Facts("c", True, 0, 98.0, 0.1, 98.0), StreamState.LATE),
        (Facts("c", True, 0, 99.9, 3.0, 99.9), StreamState.LATE),  # the one before came long ago
        (Facts("c", True, 0, 99.9, 0.1, 91.0), StreamState.FROZEN),
        (Facts("c", True, 0, 99.9, 0.1, 91.0, patience_s=30.0), StreamState.LIVE),
        (Facts("c", True, 0, 99.9, 0.1, 60.0, patience_s=30.0), StreamState.FROZEN),
        (Facts("c", True, 0, 99.9, 0.1, 99.5, 99.0), StreamState.LIVE),  # black, not for long
        (Facts("c", True, 0, 99.9, 0.1, 99.5, 97.0), StreamState.BLACK),
        (Facts("c", True, 0, 99.9, 0.1, 91.0, 91.0), StreamState.BLACK),  # rather than frozen
        (Facts("c", True, 0, 90.0, 0.1, 89.0, 89.0), StreamState.LATE),  # rather than either
    ],
)
def test_first_that_holds_is_said(facts: Facts | None, state: StreamState) -> None:
    assert judge(facts, 100.0, Limits()).state is state


@given(BEATS, TIMES)
def test_whatever_a_worker_says_has_a_state_and_an_age(beat: Beat, now_s: float) -> None:
    for facts in beat.streams:
        status = judge(facts, now_s)
        assert status.age_s is None or status.age_s >= 0
        if status.state is StreamState.LIVE:
            assert facts.connected
            assert status.age_s is not None
            assert status.age_s <= Limits().late_s


def _street(seed: int) -> NDArray[np.uint8]:
    lots = np.random.default_rng(7)
    street = lots.integers(20, 200, (180, 320, 3), np.int16)
    noise = np.random.default_rng(seed).integers(-2, 3, street.shape, np.int16)
    seen: NDArray[np.uint8] = (street + noise).astype(np.uint8)
    return seen


def test_sensor_noise_is_change_and_a_running_clock_is_not() -> None:
    look = Look()
    look.at(_street(1), 10.0)
    look.at(_street(2), 11.0)
    assert look.changed_s == 11.0

    stuck = _street(2)
    for second in range(12, 20):
        stuck[:20, :100] = second * 10  # a clock above
        stuck[-20:, 200:] = second * 7  # and one below
        look.at(stuck, float(second))
    assert look.changed_s == 11.0
    look.at(_street(3), 20.0)
    assert look.changed_s == 20.0


@pytest.mark.parametrize("exact", [True, False])
def test_what_hung_before_hangs_for_the_next_decoder_at_whatever_size(exact: bool) -> None:
    before = Look(exact=exact)
    rows, columns = np.mgrid[0:360, 0:640]
    grey = (60 + rows / 6 + 40 * np.sin(columns / 90)).astype(np.uint8)
    street = np.repeat(grey[:, :, None], 3, axis=2)
    before.at(street, 10.0, key=True)
    after = Look(exact=exact, seen=before.seen)
    assert after.seen == before.seen, "until a picture comes, what is known is handed on"
    after.at(street, 50.0, key=True)
    assert after.changed_s == 10.0
    smaller = Look(exact=exact, seen=before.seen)
    smaller.at(street[::2, ::2].copy(), 60.0, key=True)
    assert smaller.changed_s == 10.0
    smaller.at(street[::2, ::2] // 2, 61.0, key=True)
    assert smaller.changed_s == 61.0, "the next real change is change"
    other = Look(exact=exact, seen=before.seen)
    other.at(255 - street, 70.0, key=True)
    assert other.changed_s == 70.0


def test_black_is_told_from_night_and_from_its_own_writing() -> None:
    look = Look()
    covered = np.full((360, 640, 3), 16, np.uint8)
    covered[:30, :300] = 240
    look.at(covered, 1.0)
    look.at(covered, 2.0)
    assert look.black_s == 1.0

    night = np.full((360, 640, 3), 6, np.uint8)
    night[100:130, 300:420] = 250  # one lamp
    look.at(night, 3.0)
    assert look.black_s == 0.0


def test_between_two_looks_nothing_is_looked_at() -> None:
    look = Look()
    look.at(_street(1), 5.0)
    look.at(_street(2), 5.0 + EVERY_S / 2)

    assert look.changed_s == 5.0


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 5, 3), (2, 4000, 3)])
def test_tiny_pictures_are_looked_at_too(shape: tuple[int, int, int]) -> None:
    look = Look()
    look.at(np.zeros(shape, np.uint8), 1.0)

    assert look.black_s == 1.0


@given(st.integers(0, 40), st.integers(0, 1000))
def test_waits_grow_to_their_last_step_with_jitter(failures: int, seed: int) -> None:
    retries = Retries(random.Random(seed))
    waits = [retries.failed(0.0) for _ in range(failures + 1)]

    for rank, wait_s in enumerate(waits):
        step_s = STEPS_S[min(rank, len(STEPS_S) - 1)]
        assert step_s * (1 - JITTER) <= wait_s <= step_s * (1 + JITTER)


def test_stream_that_lived_is_tried_soon_again() -> None:
    retries = Retries(random.Random(1))
    for _ in range(9):
        retries.failed(0.5)
    assert retries.attempts == 9
    retries.lives(STEADY_S / 2)
    assert retries.attempts == 9
    assert retries.failed(STEADY_S) < 1.0
    retries.lives(STEADY_S)
    assert retries.attempts == 0


def test_two_streams_are_not_tried_at_the_same_moment() -> None:
    waits = {round(Retries(random.Random(seed)).failed(0.0), 4) for seed in range(50)}

    assert len(waits) > 40


def test_all_cameras_of_a_city_do_not_return_in_the_same_second() -> None:
    lots = random.Random(11)
    cameras = [Retries(lots) for _ in range(269)]
    for _attempt in STEPS_S:
        waits = sorted(one.failed(60.0 if not one.attempts else 0.0, 269) for one in cameras)
        busiest = max(sum(at <= wait < at + 1 for wait in waits) for at in waits)
        assert busiest <= 2 / AWAY_EACH_S, "fifty at most in whatever second, instead of 269"
    assert Retries(lots).failed(60.0) <= STEPS_S[0] * (1 + JITTER), "one alone does not wait longer"
