"""The world simulators share: the sun against published tables, weather and traffic by seed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.core.simulated.noise import chance, drift
from backend_bridge.core.simulated.sun import DAY_S, daylight, elevation_deg
from backend_bridge.core.simulated.traffic import density, vehicle_present
from backend_bridge.core.simulated.weather import weather

LONDON = (-0.1276, 51.5074)
DIJON = (5.0415, 47.322)
NIGHT = datetime(2026, 1, 15, 21, 30, tzinfo=UTC)


def day_of(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def minutes_off(moment_s: float, said: str) -> float:
    return abs(moment_s - datetime.fromisoformat(said).replace(tzinfo=UTC).timestamp()) / 60


# as printed in almanacs for London, UTC
@pytest.mark.parametrize(
    ("day", "rises", "sets"),
    [
        ("2026-06-21", "2026-06-21T03:43", "2026-06-21T20:21"),
        ("2026-12-21", "2026-12-21T08:03", "2026-12-21T15:53"),
    ],
)
def test_sun_rises_and_sets_when_the_almanac_says(day: str, rises: str, sets: str) -> None:
    light = daylight(*LONDON, day_of(day))

    assert minutes_off(light.begins_s, rises) < 2
    assert minutes_off(light.ends_s, sets) < 2


# the equation of time at its two extremes: 16 min 25 s and −14 min 14 s
@pytest.mark.parametrize(
    ("day", "noon"), [("2026-11-03", "2026-11-03T11:43:35"), ("2026-02-11", "2026-02-11T12:14:14")]
)
def test_solar_noon_follows_the_equation_of_time(day: str, noon: str) -> None:
    light = daylight(0.0, 51.5, day_of(day))

    assert minutes_off((light.begins_s + light.ends_s) / 2, noon) < 0.5


def test_highest_sun_of_the_year_is_the_latitudes_complement_and_the_tilt() -> None:
    midsummer = datetime(2026, 6, 21, tzinfo=UTC)
    highest = max(elevation_deg(*DIJON, midsummer + timedelta(minutes=m)) for m in range(1440))

    assert highest == pytest.approx(90 - 47.322 + 23.44, abs=0.1)


def test_polar_night_has_no_daylight_and_polar_day_no_night() -> None:
    winter = daylight(20.0, 80.0, day_of("2026-12-21"))
    summer = daylight(20.0, 80.0, day_of("2026-06-21"))

    assert winter.begins_s == winter.ends_s
    assert summer.ends_s - summer.begins_s == pytest.approx(DAY_S)


@given(st.integers(0, 40_000), st.floats(-180, 180), st.floats(-65, 65))
def test_elevation_and_daylight_agree(day: int, lon: float, lat: float) -> None:
    light = daylight(lon, lat, day, -2.0)

    for moment_s in light:
        at = datetime.fromtimestamp(moment_s, UTC)
        # the declination moves within the day; the formula takes it at noon
        assert elevation_deg(lon, lat, at) == pytest.approx(-2.0, abs=0.5)


@given(st.integers(0, 2**40), st.integers(-(2**40), 2**40), st.floats(-1e6, 1e6))
def test_chance_stays_in_its_range(seed: int, place: int, along: float) -> None:
    assert 0 <= chance(seed, place) < 1
    assert chance(seed, place) == chance(seed, place)
    assert -1 <= drift(seed, along) <= 1


def test_chance_is_even() -> None:
    found = [chance(1, place) for place in range(10_000)]

    assert sum(found) / len(found) == pytest.approx(0.5, abs=0.02)
    assert sum(n < 0.1 for n in found) == pytest.approx(1000, rel=0.15)


@pytest.mark.parametrize("seed", range(30))
def test_a_january_night_freezes(seed: int) -> None:
    night = [weather(seed, *DIJON, NIGHT + timedelta(minutes=20 * i)) for i in range(36)]

    assert min(now.road_c for now in night) < 0
    for now in night:
        assert now.dew_point_c < now.air_c
        assert 0 < now.humidity <= 100
        assert not now.ice or now.wet
        assert now.rain_mm_h >= 0
        assert now.wind_m_s >= 0


def test_a_year_of_weather_is_a_year_of_weather() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    hours = [weather(3, *DIJON, start + timedelta(hours=hour)) for hour in range(0, 8760, 3)]

    air = [now.air_c for now in hours]
    assert -12 < min(air) < 0
    assert 22 < max(air) < 40
    assert 0.05 < sum(now.rain_mm_h > 0.05 for now in hours) / len(hours) < 0.25
    assert max(now.road_c - now.air_c for now in hours) > 10  # noon sun on the pavement
    assert any(now.ice for now in hours)


def test_weather_changes_smoothly_and_by_seed() -> None:
    now, soon = (weather(1, *DIJON, NIGHT + timedelta(minutes=m)) for m in (0, 5))
    assert abs(now.air_c - soon.air_c) < 0.5
    assert weather(1, *DIJON, NIGHT) == now != weather(2, *DIJON, NIGHT)
    assert weather(1, *DIJON, NIGHT, 0.5).air_c == pytest.approx(now.air_c - 0.5)


def test_rush_hour_is_busier_than_night_and_than_sunday() -> None:
    friday = datetime(2026, 1, 16, tzinfo=UTC)
    assert density(friday.replace(hour=17)) > 10 * density(friday.replace(hour=3))
    assert density(friday.replace(hour=17)) > density(friday.replace(day=18, hour=17))
    assert all(0 <= density(friday + timedelta(minutes=m)) <= 1 for m in range(1440))


def test_vehicles_come_and_go() -> None:
    rush = datetime(2026, 1, 16, 17, 0, tzinfo=UTC)
    there = [vehicle_present(5, rush + timedelta(seconds=s)) for s in range(3600)]

    stays = "".join("x" if present else " " for present in there).split()
    assert 5 < len(stays) < 40
    assert all(3 <= len(stay) <= 15 for stay in stays)
