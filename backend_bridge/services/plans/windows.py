"""When the hours of a plan begin and end: pure rules on the city's own clock.

Where the clock is put back, hours begin at the first of two equal times and end at the second; a
time that the clock leaps over is as far after the leap as it was to be after its start.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from backend_bridge.contract.plans import Day, PlanWindow

_DAYS = tuple(Day)
_AHEAD = 8
"""Days looked ahead: the same day of next week is among them."""


class Hours(NamedTuple):
    """One time that a window is open: UTC ms, the end not in it."""

    start_ms: int
    end_ms: int


def open_now(window: PlanWindow, now_ms: int, zone: ZoneInfo) -> Hours | None:
    """Return the hours that run now, ``None`` when none do; of two, those that began last."""
    today = _local(now_ms, zone)
    found = None
    for back in (2, 1, 0):  # a whole day's window may have begun the day before yesterday's night
        hours = _hours(window, today - timedelta(days=back), zone)
        if hours is not None and hours.start_ms <= now_ms < hours.end_ms:
            found = hours
    return found


def opens_next(window: PlanWindow, now_ms: int, zone: ZoneInfo) -> int:
    """Return when hours next begin, after now (UTC ms)."""
    today = _local(now_ms, zone)
    starts = (
        hours.start_ms
        for ahead in range(_AHEAD + 1)
        if (hours := _hours(window, today + timedelta(days=ahead), zone)) is not None
    )
    return next(start_ms for start_ms in starts if start_ms > now_ms)


def _hours(window: PlanWindow, day: date, zone: ZoneInfo) -> Hours | None:
    """Return the hours that begin on a day, ``None`` when none do."""
    if window.days and _DAYS[day.weekday()] not in window.days:
        return None
    start, end = time.fromisoformat(window.from_), time.fromisoformat(window.to)
    last = day if start < end else day + timedelta(days=1)
    return Hours(_at_ms(day, start, zone, fold=0), _at_ms(last, end, zone, fold=1))


def _at_ms(day: date, at: time, zone: ZoneInfo, *, fold: int) -> int:
    moment = datetime.combine(day, at, tzinfo=zone)
    back = moment.replace(fold=0).utcoffset(), moment.replace(fold=1).utcoffset()
    assert back[0] is not None, "a zone says how far it is from UTC"
    assert back[1] is not None, "a zone says how far it is from UTC"
    twice = back[0] > back[1]  # of a time leapt over the second offset is the larger one
    chosen = moment.replace(fold=fold if twice else 0)
    return round(chosen.astimezone(UTC).timestamp() * 1000)


def _local(now_ms: int, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(now_ms / 1000, zone).date()
