"""Numbers, durations and times in both languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.points import PointDef, ValueType
from backend_bridge.contract.times import to_ms
from console.panels.formats import DASH, MINUS, NBSP, Formats
from console.panels.values import value_word
from console.panels.wording import Words
from tests.fakes.panel_context import Text

FR = Formats("fr", UTC)
EN = Formats("en", UTC)
BOTH = st.sampled_from([FR, EN])
MOMENT = to_ms(datetime(2026, 1, 14, 6, 42, 31, tzinfo=UTC))


@pytest.mark.parametrize(
    ("seconds", "fr", "en"),
    [
        (0, "0_s", "0_s"),
        (59.99, "59_s", "59_s"),
        (60, "1_min", "1_min"),
        (679, "11_min", "11_min"),
        (3600, "1_h", "1_h"),
        (5_760, "1_h_36", "1_h_36"),
        (11_285, "3_h_08", "3_h_08"),
        (86_399, "23_h_59", "23_h_59"),
        (86_400, "1_j_00_h", "1_d_00_h"),
        (-5, "0_s", "0_s"),
    ],
)
def test_durations(seconds: float, fr: str, en: str) -> None:
    assert FR.duration(seconds) == fr.replace("_", NBSP)
    assert EN.duration(seconds) == en.replace("_", NBSP)


@pytest.mark.parametrize(
    ("seconds", "fr"),
    [(0.44, "0,4_s"), (9.99, "9,9_s"), (10.0, "10_s"), (41, "41_s"), (240, "4_min"), (-1, "0,0_s")],
)
def test_ages(seconds: float, fr: str) -> None:
    assert FR.age(seconds) == fr.replace("_", NBSP)


@pytest.mark.parametrize(
    ("value", "decimals", "fr", "en"),
    [
        (1234567.891, 2, f"1{NBSP}234{NBSP}567,89", "1,234,567.89"),
        (-1.8, 1, f"{MINUS}1,8", f"{MINUS}1.8"),
        (-0.04, 1, "0,0", "0.0"),
        (19.4, 0, "19", "19"),
        (float("nan"), 1, DASH, DASH),
        (float("-inf"), 1, DASH, DASH),
    ],
)
def test_numbers(value: float, decimals: int, fr: str, en: str) -> None:
    assert FR.number(value, decimals) == fr
    assert EN.number(value, decimals) == en


@given(BOTH, st.floats(-1e12, 1e12), st.integers(0, 6))
def test_a_number_can_be_read_back(formats: Formats, value: float, decimals: int) -> None:
    written = formats.number(value, decimals)
    comma, group = (",", NBSP) if formats.french else (".", ",")
    plain = written.replace(group, "").replace(MINUS, "-").replace(comma, ".")
    assert float(plain) == pytest.approx(value, abs=0.51 * 10**-decimals, rel=1e-12)
    assert "-" not in written
    assert "\u202f" not in written
    assert not plain.startswith("-") or float(plain) != 0


@given(BOTH, st.floats(0, 1e9), st.floats(0, 1e9))
def test_a_longer_duration_never_reads_shorter(formats: Formats, one: float, two: float) -> None:
    short, long = sorted((one, two))
    assert _seconds(formats.duration(short)) <= _seconds(formats.duration(long))
    assert _seconds(formats.duration(long)) <= long


@given(BOTH, st.floats(0, 1e9))
def test_durations_never_show_sixty(formats: Formats, seconds: float) -> None:
    parts = formats.duration(seconds).split(NBSP)
    numbers = [int(part) for part in parts if part.isdigit()]
    assert all(number < 60 for number in numbers) or "j" in parts or "d" in parts


@given(BOTH, st.integers(-(10**18), 10**18))
def test_no_moment_is_too_wild_to_write(formats: Formats, ms: int) -> None:
    assert len(formats.clock(ms)) == 8
    assert formats.moment(ms, MOMENT)


def test_times_of_day_and_dates() -> None:
    assert FR.clock(MOMENT) == "06:42:31"
    assert FR.minute(MOMENT) == "06:42"
    assert FR.date(MOMENT) == f"mer. 14{NBSP}janv."
    assert EN.date(MOMENT) == f"Wed 14{NBSP}Jan"
    assert Formats("fr", timezone(timedelta(hours=1))).clock(MOMENT) == "07:42:31"


def test_another_day_shows_its_date() -> None:
    yesterday = MOMENT - 86_400_000
    assert FR.moment(MOMENT, MOMENT) == "06:42:31"
    assert FR.moment(yesterday, MOMENT) == f"mar. 13{NBSP}janv. 06:42"
    assert FR.deadline(MOMENT, MOMENT) == "06:42"
    assert FR.deadline(MOMENT + 8 * 86_400_000, MOMENT) == "22/01 06:42"
    assert EN.deadline(MOMENT + 8 * 86_400_000, MOMENT) == "22 Jan 06:42"


def test_values_with_units() -> None:
    level = PointDef(key="level", value_type=ValueType.INT, unit="%")
    voltage = PointDef(key="voltage_v", value_type=ValueType.FLOAT, unit="V", decimals=1)
    bare = PointDef(key="text", value_type=ValueType.TEXT)
    assert FR.with_unit(70, level) == f"70{NBSP}%"
    assert FR.with_unit(229.96, voltage) == f"230,0{NBSP}V"
    assert FR.with_unit("plan 7", bare) == "plan 7"
    assert FR.with_unit(None, bare) == "?"


def _seconds(written: str) -> int:
    parts = written.split(NBSP)
    match parts:
        case [days, "j" | "d", hours, "h"]:
            return int(days.replace(",", "")) * 86_400 + int(hours) * 3600
        case [hours, "h"]:
            return int(hours) * 3600
        case [hours, "h", minutes]:
            return int(hours) * 3600 + int(minutes) * 60
        case [minutes, "min"]:
            return int(minutes) * 60
        case [seconds, "s"]:
            return int(seconds)
    # days above 999 are grouped by thousands
    day = next(i for i, part in enumerate(parts) if part in ("j", "d"))
    return int("".join(parts[:day])) * 86_400 + int(parts[day + 1]) * 3600


def test_number_that_counts_nothing_is_said_in_its_words() -> None:
    refusal = PointDef(key="refusal", value_type=ValueType.INT, low=0.0, high=4.0)
    words = Words(Text("fr"))
    assert [value_word(words, "bollard", refusal, n) for n in (0, 1, 3, 9)] == [
        "aucun",
        "véhicule",
        "clé locale",
        "9",
    ]
    level = PointDef(key="commanded", value_type=ValueType.INT, unit="%")
    assert value_word(words, "bollard", level, 100) == "100", "what is counted is written"
