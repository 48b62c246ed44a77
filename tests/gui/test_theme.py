"""The look's figures: the design's own, and readable whatever anybody changes later."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from ui.theme import THEMES, Theme, read_tokens

DESIGN = Path(__file__).parents[3] / "shared" / "design" / "look" / "tokens.json"
SURFACES = ("window", "panel", "raised", "field", "hover", "selection")


def luminance(color: str) -> float:
    """Return the relative luminance of WCAG 2.1."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of WCAG 2.1, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def design() -> dict[str, Any]:
    if not DESIGN.is_file():
        pytest.skip(f"the design's file {DESIGN} is not on this machine")
    found: dict[str, Any] = json.loads(DESIGN.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", THEMES)
def test_colours_are_the_designs(name: str) -> None:
    assert read_tokens()["themes"][name] == design()["themes"][name]


def test_sizes_shapes_and_bitmaps_are_the_designs() -> None:
    tokens, wanted = read_tokens(), design()
    assert tokens["metrics_px"] == wanted["metrics_px"]
    assert tokens["type"]["families"] == wanted["type"]["families"]
    assert tokens["type"]["mono"] == wanted["type"]["mono"]
    assert tokens["type"]["desk_px"] == wanted["type"]["desk_px"]
    assert tokens["lamp_bitmap"] == wanted["lamp_small_bitmap"]
    alarm = tokens["alarm"]
    assert [alarm["flash_on_ms"], alarm["flash_off_ms"]] == wanted["alarm"]["flash_ms"]
    assert alarm["contour_gap_px"] == wanted["alarm"]["contour_gap_px"]
    for severity in "123":
        points = alarm["shape_24"][severity]["points"]
        assert points == wanted["alarm"]["polygon_24"][severity]
    assert alarm["shape_24"]["4"] == wanted["alarm"]["polygon_24"]["4"]


@pytest.mark.parametrize("name", THEMES)
def test_text_is_readable_on_every_surface(name: str) -> None:
    theme = Theme(name)
    for surface in SURFACES:
        ground = theme.hex(surface)
        for token, least in (("text_1", 7.0), ("text_2", 6.5), ("text_3", 4.5), ("accent", 4.5)):
            assert contrast(theme.hex(token), ground) >= least, (token, surface)
        assert contrast(theme.hex("control_border"), ground) >= 3.0, surface


@pytest.mark.parametrize("name", THEMES)
def test_marks_and_modes_are_readable(name: str) -> None:
    theme = Theme(name)
    assert contrast(theme.hex("inverse"), theme.hex("on_inverse")) >= 7
    for severity in range(1, 5):
        core, digit = theme.hex(f"alarm_{severity}"), theme.hex(f"alarm_{severity}_digit")
        assert contrast(core, digit) >= 4.5, severity
        for surface in SURFACES:
            # in light, yellow and orange lean on the outline every mark wears there
            seen = contrast(core, theme.hex(surface))
            edge = contrast(theme.hex("alarm_edge"), theme.hex(surface))
            assert seen >= 2.9 or edge >= 7, (severity, surface)


def test_palette_carries_the_tokens(qapp: QApplication) -> None:
    theme = Theme("light")
    palette = theme.palette()
    role = QPalette.ColorRole
    assert palette.color(role.Window) == theme.color("panel")
    assert palette.color(role.Highlight) == theme.color("selection")
    assert palette.color(role.Accent) == theme.color("accent")


def test_style_sheet_names_only_tokens_colours() -> None:
    for name in THEMES:
        theme = Theme(name)
        used = {color.upper() for color in re.findall(r"#[0-9A-Fa-f]{6}", theme.style_sheet())}
        assert used
        assert used <= {color.upper() for color in theme.colors_hex().values()}


def test_no_module_but_the_theme_names_a_colour() -> None:
    root = Path(__file__).parents[2] / "ui"
    for path in root.rglob("*.py"):
        code = path.read_text(encoding="utf-8")
        assert not re.findall(r"[\"']#[0-9A-Fa-f]{6}[\"']", code), path


def test_unknown_theme_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="dark, light"):
        Theme("sepia")


def test_fonts_have_fallbacks_and_are_kept() -> None:
    theme = Theme("dark")
    font = theme.font(15, bold=True)
    assert font.families() == ["B612", "DejaVu Sans", "sans-serif"]
    assert font.pixelSize() == 15
    assert theme.font(15, bold=True) is font
    assert theme.font(12, mono=True).families()[0] == "B612 Mono"
