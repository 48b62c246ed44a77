"""The ``[map]`` table of ``console.toml``: what is accepted, and how the rest is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.app_map import load
from console.link.settings import SettingsError
from ui.map.tiles.settings import TileSettingsError, address_of, parse_tiles


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "'map.source' is missing"),
        ({"source": "a.mbtiles", "atribution": "x"}, "did you mean 'attribution'"),
        ({"source": "a.zip"}, "'map.source' cannot be 'a.zip'"),
        ({"source": "ftp://host/{z}/{x}/{y}"}, "no http or https address"),
        ({"source": "https://host/{z}/{x}.png"}, "must hold {y} or {-y} or {tilerow}"),
        ({"source": "a.pmtiles", "cache_mb": 0}, "'map.cache_mb' cannot be 0"),
        ({"source": "a.pmtiles", "cache_mb": True}, "'map.cache_mb' cannot be True"),
        ({"source": "a.pmtiles", "tone": "pink"}, "'map.tone' cannot be 'pink'"),
        ({"source": "a.pmtiles", "tile_px": 100}, "'map.tile_px' must be"),
        ({"source": "a.pmtiles", "min_zoom": 9, "max_zoom": 8}, "above 'map.max_zoom'"),
        ({"source": 7}, "'map.source' cannot be 7"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_name(values: dict[str, Any], said: str) -> None:
    with pytest.raises(TileSettingsError) as refused:
        parse_tiles(values)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("template", "address"),
    [
        ("https://h/{z}/{x}/{y}.png", "https://h/5/16/11.png"),
        ("https://h/{z}/{x}/{-y}.png", "https://h/5/16/20.png"),
        (
            "https://h/w?TILEMATRIX={TileMatrix}&TILEROW={TileRow}&TILECOL={TileCol}",
            "https://h/w?TILEMATRIX=5&TILEROW=11&TILECOL=16",
        ),
        ("https://h/{style}/{z}/{x}/{y}", "https://h/{style}/5/16/11"),
    ],
)
def test_an_address_is_filled_in(template: str, address: str) -> None:
    assert address_of(template, 5, 16, 11) == address


@given(
    st.integers(0, 22), st.integers(0, 2**22), st.integers(0, 2**22), st.text(alphabet="{}xyz-/")
)
def test_any_template_gives_an_address(z: int, x: int, y: int, junk: str) -> None:
    said = address_of(f"http://h/{{z}}/{{x}}/{{y}}{junk}", z, x, y)
    assert said.startswith(f"http://h/{z}/{x}/{y}")


def write(directory: Path, table: str) -> Path:
    (directory / "console.toml").write_text(f'name = "c"\n{table}', encoding="utf-8")
    return directory


def test_a_file_lies_beside_console_toml(tmp_path: Path) -> None:
    given_ = load(write(tmp_path, '[map]\nsource = "ville.pmtiles"\n'))
    assert given_ == {"source": str(tmp_path / "ville.pmtiles")}
    assert load(write(tmp_path, "")) == {}


@pytest.mark.parametrize("table", ["map = 3\n", "[map]\nsource = 3\n", '[map]\nsorce = "x"\n'])
def test_a_wrong_table_is_refused_with_its_file(tmp_path: Path, table: str) -> None:
    with pytest.raises(SettingsError, match=r"console\.toml: "):
        load(write(tmp_path, table))
