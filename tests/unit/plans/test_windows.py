"""Hours on the city's own clock, over midnight and over both nights that the clock is set."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.plans import Day, PlanWindow
from backend_bridge.services.plans.windows import Hours, open_now, opens_next

PARIS = ZoneInfo("Europe/Paris")
MINUTE_MS = 60_000


def ms(text: str) -> int:
    """Return UTC ms of a time in Dijon; ``/2`` behind it names the second of two equal ones."""
    stamp, _, second = text.partition("/")
    moment = datetime.fromisoformat(stamp).replace(tzinfo=PARIS, fold=1 if second else 0)
    return round(moment.timestamp() * 1000)


@pytest.mark.parametrize(
    ("at", "inside"),
    [
        ("2026-11-20T21:59", False),  # a Friday
        ("2026-11-20T22:00", True),
        ("2026-11-21T05:59", True),
        ("2026-11-21T06:00", False),
        ("2026-11-21T22:30", False),  # Saturday's night is not Friday's
        ("2026-11-22T03:00", False),
    ],
)
def test_the_day_named_is_the_one_it_begins_on(at: str, inside: bool) -> None:
    window = PlanWindow(from_="22:00", to="06:00", days=(Day.FRI,))
    assert (open_now(window, ms(at), PARIS) is not None) is inside


def test_the_same_start_and_end_last_a_whole_day() -> None:
    window = PlanWindow(from_="06:00", to="06:00", days=(Day.MON,))
    hours = open_now(window, ms("2026-11-24T05:59"), PARIS)
    assert hours == Hours(ms("2026-11-23T06:00"), ms("2026-11-24T06:00"))
    assert open_now(window, ms("2026-11-24T06:00"), PARIS) is None


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [("2026-10-24T22:00", "2026-10-25T06:00", 9), ("2026-03-28T22:00", "2026-03-29T06:00", 7)],
)
def test_nights_of_the_clock_are_as_long_as_they_are(start: str, end: str, hours: int) -> None:
    window = PlanWindow(from_="22:00", to="06:00")
    found = open_now(window, ms(start) + MINUTE_MS, PARIS)
    assert found == Hours(ms(start), ms(end))
    assert found.end_ms - found.start_ms == hours * 3_600_000


def test_an_hour_that_comes_twice_is_begun_at_the_first_and_ended_at_the_second() -> None:
    window = PlanWindow(from_="02:15", to="02:45")
    found = open_now(window, ms("2026-10-25T02:20"), PARIS)
    assert found == Hours(ms("2026-10-25T02:15"), ms("2026-10-25T02:45/2"))


def test_an_hour_that_the_clock_leaps_over_is_not_lost() -> None:
    window = PlanWindow(from_="02:15", to="02:45")
    found = open_now(window, ms("2026-03-29T03:20"), PARIS)
    assert found == Hours(ms("2026-03-29T03:15"), ms("2026-03-29T03:45"))


times = st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda at: f"{at[0]:02}:{at[1]:02}")
windows = st.builds(
    PlanWindow,
    from_=times,
    to=times,
    days=st.lists(st.sampled_from(list(Day)), unique=True).map(tuple),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(  # noqa: DTZ001 - made UTC next
    lambda at: round(at.replace(tzinfo=UTC).timestamp() * 1000)
)


@given(windows, moments)
def test_it_is_open_from_each_start_to_its_end(window: PlanWindow, now_ms: int) -> None:
    found = open_now(window, now_ms, PARIS)
    if found is not None:
        assert found.start_ms <= now_ms < found.end_ms
        assert open_now(window, found.start_ms, PARIS) is not None
        length = timedelta(milliseconds=found.end_ms - found.start_ms)
        assert length <= timedelta(hours=25)
    next_ms = opens_next(window, now_ms, PARIS)
    assert now_ms < next_ms <= now_ms + 8 * 86_400_000
    opened = open_now(window, next_ms, PARIS)
    assert opened is not None
    assert opened.start_ms == next_ms
