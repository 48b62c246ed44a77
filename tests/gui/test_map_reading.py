"""Projection and bitmaps: what a test reads from a picture is what was drawn into it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.scenarios.lamps import clear_px, read_zoom
from ui.map.bitmaps import Pixel, draw_lamp, lamp_bitmaps, read_lamp
from ui.map.ground import read_ground
from ui.map.projection import ViewReport, project, unproject, view_report
from ui.map.pulse import (
    BACK_OFF_S,
    KILL_S,
    SILENCE_S,
    START_KILL_S,
    START_MOST_S,
    START_S,
    Pulse,
    Trouble,
)
from ui.theme import THEMES, Theme, read_tokens

BITMAPS = lamp_bitmaps(read_tokens())
COLOURS = {name: Theme(name).colors_hex() for name in THEMES}


@given(
    state=st.sampled_from(sorted(BITMAPS)),
    theme=st.sampled_from(THEMES),
    ratio=st.sampled_from([1, 1.25, 1.5, 2, 3]),
    x=st.integers(20, 200),
    y=st.integers(20, 200),
    noise=st.integers(0, 2**32 - 1),
)
def test_a_drawn_lamp_is_read_back(
    state: str, theme: str, ratio: float, x: int, y: int, noise: int
) -> None:
    colours = COLOURS[theme]
    picture: dict[tuple[int, int], Pixel] = {}

    def ground(u: int, v: int) -> Pixel:
        value = (u * 7919 + v * 104729 + noise) & 0xFFFFFF
        return value >> 16, (value >> 8) & 255, value & 255

    def put(u: int, v: int, pixel: Pixel) -> None:
        picture[u, v] = pixel

    draw_lamp(put, (x, y), state, bitmaps=BITMAPS, colours=colours, ratio=ratio)

    def pixel(u: int, v: int) -> Pixel:
        return picture.get((u, v), ground(u, v))

    assert read_lamp(pixel, (x, y), bitmaps=BITMAPS, colours=colours, ratio=ratio) == state


@pytest.mark.parametrize("ratio", [1, 1.25, 1.5, 2, 3])
def test_lamps_that_stand_clear_are_both_read_at_every_scale(ratio: float) -> None:
    apart = math.ceil(clear_px(ratio) * ratio)
    picture: dict[tuple[int, int], Pixel] = {}

    def put(u: int, v: int, pixel: Pixel) -> None:
        picture[u, v] = pixel

    def read(x: int) -> str | None:
        def pixel(u: int, v: int) -> Pixel:
            return picture.get((u, v), (0, 0, 0))

        return read_lamp(pixel, (x, 50), bitmaps=BITMAPS, colours=COLOURS["dark"], ratio=ratio)

    for x, state in ((50, "on"), (50 + apart, "off")):
        draw_lamp(put, (x, 50), state, bitmaps=BITMAPS, colours=COLOURS["dark"], ratio=ratio)
    assert (read(50), read(50 + apart)) == ("on", "off")


def test_lamps_drawn_larger_are_read_from_nearer_and_never_as_discs() -> None:
    assert read_zoom(14.75, 1) == read_zoom(14.75, 2) == 14.75
    assert 14.75 < read_zoom(14.75, 1.5) < 15


@given(noise=st.integers(0, 2**32 - 1), theme=st.sampled_from(THEMES))
def test_plain_ground_and_noise_are_no_lamp(noise: int, theme: str) -> None:
    colours = COLOURS[theme]
    land = tuple(bytes.fromhex(colours["map_land"][1:]))

    def plain(_u: int, _v: int) -> Pixel:
        return land[0], land[1], land[2]

    def noisy(u: int, v: int) -> Pixel:
        return (u * noise) & 255, (v * noise) & 255, noise & 255

    for pixel in (plain, noisy):
        assert read_lamp(pixel, (50, 50), bitmaps=BITMAPS, colours=colours) is None


def test_all_bitmaps_differ_in_shape_alone() -> None:
    assert len(set(map(tuple, BITMAPS.values()))) == len(BITMAPS) == 9


@given(st.floats(-180, 180), st.floats(-85, 85))
def test_projection_returns(lon: float, lat: float) -> None:
    x, y = project(lon, lat)
    assert 0 <= x <= 1
    assert 0 <= y <= 1
    back = unproject(x, y)
    assert back[0] == pytest.approx(lon, abs=1e-9)
    assert back[1] == pytest.approx(lat, abs=1e-9)


def test_projection_is_web_mercator() -> None:
    # EPSG:3857 of Dijon's Palais des ducs, by the formula of EPSG Guidance Note 7-2, 1.3.3.2
    lon, lat = 5.0415, 47.3215
    x, y = project(lon, lat)
    half = math.pi * 6378137
    east = 6378137 * math.radians(lon)
    north = 6378137 * math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))
    assert (x * 2 - 1) * half == pytest.approx(east, abs=1e-6)
    assert (1 - y * 2) * half == pytest.approx(north, abs=1e-6)


def test_view_report_places_its_own_centre_in_the_middle() -> None:
    centre = (5.04, 47.32)
    x, y = project(*centre)
    side = 256 * 2**14.75
    report = ViewReport(
        painted=1,
        origin=(x * side - 400, y * side - 300),
        centre=centre,
        zoom=14.75,
        size=(800, 600),
        ratio=2,
    )
    assert report.css_pixel(*centre) == pytest.approx((400, 300))
    assert report.device_pixel(*centre) == (800, 600)
    assert report.visible(*centre, 100)
    assert not report.visible(6.0, 47.32)


def test_a_report_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no view report"):
        view_report({"painted": 1})


# -- the judge of the page ------------------------------------------------------------------------


def ticks(pulse: Pulse, start_s: float, end_s: float, unpainted_s: float = 0) -> Trouble:
    """Judge every 250 ms; return the last word."""
    trouble = Trouble.NONE
    step = start_s
    while step <= end_s:
        trouble = pulse.judge(step, unpainted_s)
        step += 0.25
    return trouble


def test_silence_is_trouble_after_its_time_and_not_before() -> None:
    pulse = Pulse(100.0)
    assert pulse.judge(100.0, 0) is Trouble.STARTING
    pulse.report(100.2)
    assert ticks(pulse, 100.25, 100.2 + SILENCE_S) is Trouble.NONE
    assert ticks(pulse, 101.75, 102.0) is Trouble.SILENT
    pulse.report(102.1)
    assert pulse.judge(102.2, 0) is Trouble.NONE


def test_a_page_that_reports_old_pictures_is_behind() -> None:
    pulse = Pulse(0.0)
    pulse.report(0.1)
    assert pulse.judge(0.2, SILENCE_S + 0.1) is Trouble.BEHIND


def test_a_judge_that_was_held_up_blames_nobody_at_once() -> None:
    pulse = Pulse(0.0)
    pulse.report(0.1)
    pulse.judge(0.2, 0)
    assert pulse.judge(5.0, 0) is Trouble.NONE
    assert ticks(pulse, 5.25, 6.25) is Trouble.NONE
    assert ticks(pulse, 6.5, 6.75) is Trouble.SILENT


def test_a_page_that_never_starts_is_trouble() -> None:
    pulse = Pulse(0.0)
    assert ticks(pulse, 0.0, START_S - 0.25) is Trouble.STARTING
    assert ticks(pulse, START_S, START_S + 1) is Trouble.SILENT


def test_a_start_that_gets_on_is_not_ended_and_one_that_stands_still_is() -> None:
    pulse = Pulse(0.0)
    for second in range(0, 60, 5):
        pulse.asked(float(second))
    assert not pulse.hopeless(55 + START_KILL_S)
    assert pulse.hopeless(55 + START_KILL_S + 0.1)
    assert not Pulse(0.0).hopeless(START_KILL_S)
    assert Pulse(0.0).hopeless(START_KILL_S + 0.1)
    pulse.asked(START_MOST_S)
    assert pulse.hopeless(START_MOST_S + 0.1)


def test_a_page_that_lived_is_ended_sooner() -> None:
    pulse = Pulse(0.0)
    pulse.asked(1.0)
    pulse.report(2.0)
    assert not pulse.hopeless(2 + KILL_S)
    assert pulse.hopeless(2 + KILL_S + 0.1)


def test_crashes_in_a_row_wait_longer() -> None:
    pulse = Pulse(0.0)
    waits = [pulse.crash() for _ in range(7)]
    assert waits == [*BACK_OFF_S, BACK_OFF_S[-1], BACK_OFF_S[-1]]
    assert pulse.judge(0.1, 0) is Trouble.CRASHED
    pulse.report(0.2)
    assert pulse.crash() == BACK_OFF_S[0]


def test_no_directory_is_a_ground_with_a_reason() -> None:
    assert read_ground(None).problem == "map.ground.not_given"
