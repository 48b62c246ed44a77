"""What is drawn: equal by seed, moving in time, dark at night, stamped, and cheap."""

from __future__ import annotations

import io
import statistics
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageStat

from backend_bridge.core.simulated.sun import DAY_S, PHOTOCELL_DEG, daylight
from backend_bridge.core.simulated.weather import weather
from backend_bridge.field.cameras import light, stamp, traffic
from backend_bridge.field.cameras.light import LIGHT_STEPS, Light, Sky
from backend_bridge.field.cameras.scene import Scene, Size, encode
from backend_bridge.field.cameras.street import FAR_M, build, draw

PLACE = (5.04, 47.32)
NIGHT = datetime(2026, 1, 15, 21, 30, tzinfo=UTC)
NOON = datetime(2026, 6, 15, 11, 0, tzinfo=UTC)
FRAME_MS = 4.0
"""Processor time one 640x360 picture may take, encoded."""


def scene(number: int = 3, seed: int = 7, size: Size | None = None) -> Scene:
    return Scene(seed, number, f"Caméra {number}, rue des Forges", size or Size(), PLACE)


def test_equal_seeds_give_equal_pictures_and_other_cameras_other_streets() -> None:
    first = encode(scene().picture(NIGHT, 100.0))

    assert encode(scene().picture(NIGHT, 100.0)) == first
    assert encode(scene(number=4).picture(NIGHT, 100.0)) != first
    assert encode(scene(seed=8).picture(NIGHT, 100.0)) != first
    assert build(7, 3) == build(7, 3)
    assert len({build(7, number) for number in range(1, 60)}) == 59


def test_picture_does_not_depend_on_what_was_drawn_before() -> None:
    one = scene()
    for at_s in (0.0, 500.0, 20.0):
        one.picture(NOON, at_s)

    assert encode(one.picture(NIGHT, 100.0)) == encode(scene().picture(NIGHT, 100.0))


def test_traffic_moves_between_two_pictures() -> None:
    one = scene()
    before, after = one.picture(NOON, 100.0), one.picture(NOON, 100.4)
    left, top, right, bottom = one.stamp.clock_box
    inner = (0, 40, 640, top)  # below the camera's name, above its clock

    change = ImageChops.difference(before.crop(inner), after.crop(inner))
    moved = sum(change.convert("L").histogram()[25:])  # beyond what the sensor's noise does

    assert moved > 200
    assert ImageChops.difference(before, after).crop((left, top, right, bottom)).getbbox() is None


def test_vehicles_go_on_in_their_lane_without_jumping() -> None:
    street = build(7, 3)
    at_s, step_s = 1_000.0, 0.1
    near = {
        (m.sort, m.colour, m.coming, round(m.across_m, 3)): m.distance_m
        for m in traffic.movers(street, 70, at_s, 0.9)
        if m.sort != "person" and 20 < m.distance_m < 120
    }
    later = traffic.movers(street, 70, at_s + step_s, 0.9)

    assert near
    for (sort, colour, coming, across), distance in near.items():
        same = [
            m.distance_m
            for m in later
            if (m.sort, m.colour, m.coming, round(m.across_m, 3)) == (sort, colour, coming, across)
        ]
        moved = min((d - distance for d in same), key=abs)
        assert 0.5 < abs(moved) < 1.5
        assert (moved < 0) == coming


@given(st.floats(0, 1e9), st.floats(0, 1))
def test_everybody_is_within_the_street(at_s: float, busy: float) -> None:
    street = build(7, 5)
    edge = street.road_m + street.pavement_m

    for mover in traffic.movers(street, 70, at_s, busy):
        assert abs(mover.across_m) <= edge
        assert traffic.LAST_M <= mover.distance_m <= FAR_M


def test_night_is_darker_than_day_and_lamps_shine_in_it() -> None:
    street = build(7, 3)
    night = draw(street, 640, 360, Light(0, Sky.CLEAR)).convert("L")
    day = draw(street, 640, 360, Light(LIGHT_STEPS, Sky.CLEAR)).convert("L")

    assert ImageStat.Stat(night).mean[0] * 2 < ImageStat.Stat(day).mean[0]
    assert sum(night.histogram()[200:]) > 100


@pytest.mark.parametrize("sky", Sky)
def test_each_sky_looks_like_itself(sky: Sky) -> None:
    street = build(7, 3)
    this = draw(street, 320, 180, Light(LIGHT_STEPS, sky))
    others = [w for w in Sky if w is not sky]

    for other in others:
        that = draw(street, 320, 180, Light(LIGHT_STEPS, other))
        assert ImageChops.difference(this, that).getbbox() is not None


def test_lamps_burn_when_the_cabinets_switch_them_on() -> None:
    noon = datetime(2026, 6, 21, 11, 40, tzinfo=UTC)
    assert light.light_at(noon, 1, PLACE).step == LIGHT_STEPS
    assert light.light_at(NIGHT, 1, PLACE).step == 0
    day = daylight(*PLACE, int(NIGHT.timestamp()) // DAY_S, PHOTOCELL_DEG)
    for apart_s, burning in ((-900, False), (900, True)):
        moment = datetime.fromtimestamp(day.ends_s + apart_s, UTC)
        assert light.light_at(moment, 1, PLACE).burning is burning


@given(st.integers(0, 99), st.integers(0, 365 * 24))
def test_it_rains_on_cameras_when_it_rains_on_the_stations(seed: int, hours: int) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    measured = weather(seed, *PLACE, moment)

    falls = light.sky_at(moment, seed, PLACE)

    assert (falls in (Sky.RAIN, Sky.SNOW)) == (measured.rain_mm_h > 0.1)
    if falls is Sky.SNOW:
        assert measured.air_c < 1


def test_clock_is_burnt_in_readable_to_the_tenth_of_a_second() -> None:
    """Read the pixels back with the type they were written in: nobody's word for it."""
    one = scene()
    moment = NIGHT + timedelta(seconds=12, microseconds=340_000)
    picture = Image.open(io.BytesIO(encode(one.picture(moment, 100.0)))).convert("L")

    assert _read_clock(one, picture) == "2026-01-15 22:30:12.3"  # winter time in Dijon


def test_name_number_and_demonstration_are_burnt_in() -> None:
    size = Size()
    named, other = (
        Scene(7, 3, name, size, PLACE).picture(NIGHT, 100.0)
        for name in ("Rue A", "Boulevard des Moines")
    )
    change = ImageChops.difference(named, other).getbbox()

    assert change is not None
    assert change[3] < 40  # nothing but the line on top differs
    assert stamp.DEMONSTRATION == "DÉMONSTRATION"
    low = named.crop((4, 330, 140, 356)).convert("L")
    assert low.getextrema() == (12, 246)


@pytest.mark.parametrize("size", [Size(320, 180), Size(640, 360), Size(1920, 1080)])
def test_clock_leaves_the_right_corner_to_the_clock_of_who_shows_it(size: Size) -> None:
    left, _, right, bottom = Scene(7, 3, "Rue A", size, PLACE).stamp.clock_box

    assert left > size.width / 8, "after the word"
    assert right < 0.7 * size.width
    assert bottom < size.height


def test_hostile_names_and_sizes_are_drawn() -> None:
    for name in ("", "é" * 500, "\n\t\x00", "🚦 « / » ' \""):
        for size in (Size(64, 36), Size(100, 300)):
            assert Scene(1, 9_999, name, size, PLACE).picture(NIGHT, 0.0).size == (
                size.width,
                size.height,
            )


def test_covered_lens_is_black_but_for_the_writing() -> None:
    picture = scene().black(NIGHT)

    assert picture.crop((0, 40, 640, 320)).getbbox() is None
    assert picture.getbbox() is not None


def test_picture_costs_under_four_milliseconds() -> None:
    one = scene()
    for warm in range(30):
        encode(one.picture(NIGHT, warm / 12))
    spent_ms = []
    for number in range(60):
        began = time.thread_time()
        encode(one.picture(NIGHT, 3 + number / 12))
        spent_ms.append(1000 * (time.thread_time() - began))

    assert statistics.median(spent_ms) < FRAME_MS


def _read_clock(one: Scene, picture: Image.Image) -> str:
    left, top, right, bottom = one.stamp.clock_box
    count = len(stamp.clock_text(NIGHT))
    advance = (right - left) // count
    read = ""
    for place in range(count):
        box = (left + place * advance, top, left + (place + 1) * advance, bottom)
        read += min(stamp.CLOCK_GLYPHS, key=lambda g: _apart(picture.crop(box), _glyph(one, g)))
    return read


def _glyph(one: Scene, glyph: str) -> Image.Image:
    """Write one character with Pillow alone, as the camera's type says."""
    left, top, right, bottom = one.stamp.clock_box
    size = round(360 / 22)
    cell = Image.new("L", ((right - left) // 21, bottom - top), 12)
    ImageDraw.Draw(cell).text((0, round(size * 1.05)), glyph, 246, stamp.font(size), "ls")
    return cell


def _apart(a: Image.Image, b: Image.Image) -> float:
    return float(ImageStat.Stat(ImageChops.difference(a, b)).sum[0])
