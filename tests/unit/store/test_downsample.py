from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from backend_bridge.contract.points import TrendPoint
from backend_bridge.contract.quality import Quality
from backend_bridge.core.storage import HistorySample
from backend_bridge.store.downsample import USABLE, BucketChanges, Gap, Held, Window, fold, window
from backend_bridge.store.history_file import HistoryFile, read_trend

_GOOD, _BAD, _LOST, _UNKNOWN = Quality.GOOD, Quality.BAD, Quality.UNAVAILABLE, Quality.UNKNOWN


def _one(at_ms: int, value: float | None, quality: Quality = _GOOD) -> BucketChanges:
    number = value if quality in USABLE else None
    return BucketChanges(at_ms, number, number, quality, Held(at_ms, value, quality))


def test_buckets_cover_the_window_and_never_exceed_the_count() -> None:
    assert window(0, 100, 10, 500) == Window(0, 10, 10, 500)
    assert window(0, 101, 10, 500) == Window(0, 11, 10, 500)
    assert window(5, 6, 400, 500) == Window(5, 1, 1, 500)
    for nothing in (window(10, 10, 5, 500), window(20, 10, 5, 500), window(0, 10, 0, 500)):
        assert fold(nothing, Held(0, 1.0, _GOOD), {}, ()) == []


def test_the_value_from_before_the_window_is_carried_in() -> None:
    points = fold(window(100, 130, 3, 999), Held(5, 7.0, _GOOD), {1: _one(115, 9.0)}, ())
    assert points == [
        TrendPoint(100, 7.0, 7.0, 7.0, _GOOD),
        TrendPoint(110, 7.0, 9.0, 9.0, _GOOD),
        TrendPoint(120, 9.0, 9.0, 9.0, _GOOD),
    ]


def test_a_value_replaced_at_the_very_start_of_a_bucket_is_not_in_it() -> None:
    points = fold(window(100, 120, 2, 999), Held(5, 7.0, _GOOD), {1: _one(110, 9.0)}, ())
    assert points[1] == TrendPoint(110, 9.0, 9.0, 9.0, _GOOD)


def test_before_the_first_change_nothing_is_known() -> None:
    points = fold(window(100, 130, 3, 999), None, {1: _one(115, 9.0)}, ())
    assert points[0] == TrendPoint(100, None, None, None, _UNKNOWN)
    assert points[1] == TrendPoint(110, 9.0, 9.0, 9.0, _UNKNOWN)
    assert points[2] == TrendPoint(120, 9.0, 9.0, 9.0, _GOOD)
    assert fold(window(100, 130, 3, 999), None, {}, ()) == []


def test_a_value_without_meaning_has_no_number_but_keeps_its_word() -> None:
    points = fold(window(100, 130, 3, 999), Held(5, 7.0, _GOOD), {1: _one(115, 7.0, _LOST)}, ())
    assert points[1] == TrendPoint(110, 7.0, 7.0, None, _LOST)
    assert points[2] == TrendPoint(120, None, None, None, _LOST)


def test_the_future_is_not_drawn() -> None:
    points = fold(window(100, 200, 10, 125), Held(5, 7.0, _GOOD), {}, ())
    assert [point.at_ms for point in points] == [100, 110, 120]


def test_while_the_bridge_was_down_nobody_knows() -> None:
    gap = (Gap(112, 134),)
    points = fold(window(100, 160, 6, 999), Held(5, 7.0, _GOOD), {4: _one(145, 8.0)}, gap)
    assert points == [
        TrendPoint(100, 7.0, 7.0, 7.0, _GOOD),
        TrendPoint(110, 7.0, 7.0, None, _UNKNOWN),
        TrendPoint(120, None, None, None, _UNKNOWN),
        TrendPoint(130, None, None, None, _UNKNOWN),
        TrendPoint(140, 8.0, 8.0, 8.0, _UNKNOWN),
        TrendPoint(150, 8.0, 8.0, 8.0, _GOOD),
    ]
    before = fold(window(200, 220, 2, 999), Held(5, 7.0, _GOOD), {}, gap)
    assert [point.last for point in before] == [None, None]


_Change = tuple[int, float | None, Quality]
_changes = st.lists(
    st.tuples(
        st.integers(0, 400),
        st.none() | st.integers(-5, 5).map(float),
        st.sampled_from(Quality),
    ),
    max_size=30,
)


def _plain(changes: list[_Change], view: Window) -> list[TrendPoint]:
    """Say the same millisecond by millisecond."""
    in_order = sorted(changes, key=lambda change: change[0])
    end = view.from_ms + view.buckets * view.width_ms
    if not any(at < end for at, _, _ in in_order):
        return []
    points = []
    for start in range(view.from_ms, end, view.width_ms):
        held = [change for change in in_order if change[0] <= start][-1:]
        inside = [change for change in in_order if start < change[0] < start + view.width_ms]
        # all that stand at one start except the last were never seen, yet count as changes in it
        at_start = [change for change in in_order if change[0] == start] or held
        seen = [*at_start, *inside]
        numbers = [value for _, value, quality in seen if quality in USABLE and value is not None]
        _, last, quality = seen[-1] if seen else (0, None, _UNKNOWN)
        worst = [quality for _, _, quality in seen] + ([] if at_start else [_UNKNOWN])
        points.append(
            TrendPoint(
                start,
                min(numbers, default=None),
                max(numbers, default=None),
                last if quality in USABLE else None,
                max(worst),
            )
        )
    return points


def test_buckets_made_by_sql_equal_those_made_by_hand(tmp_path: Path) -> None:
    file = HistoryFile(tmp_path / "history.sqlite", budget_bytes=2**24, busy_s=1)
    file.open(0)

    @settings(max_examples=150, deadline=None)
    @given(_changes, st.integers(0, 300), st.integers(1, 200), st.integers(1, 12))
    def explore(changes: list[_Change], start: int, span: int, count: int) -> None:
        in_order = sorted(changes, key=lambda change: change[0])
        view = window(start, start + span, count, 10_000)
        with file.engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM samples")
        file.write([HistorySample("e", "p", *change) for change in in_order], 10_000)
        with file.engine.begin() as connection:
            found = read_trend(connection, "e", "p", view)
        assert found == _plain(changes, view)

    explore()
    file.close()
