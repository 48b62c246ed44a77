"""Where the tiles of the base map come from, as the ``[map]`` table of ``console.toml`` says."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

_KEYS: dict[str, tuple[type, str]] = {
    "source": (str, "a .pmtiles or .mbtiles file, or an address with {z}, {x} and {y}"),
    "attribution": (str, "whose map it is, shown on it"),
    "tone": (str, '"adapt" to grey it to the room, "as_is" to show its own colours'),
    "offline": (bool, "true to ask the network for nothing and use the cache alone"),
    "cache_mb": (int, "megabytes of disk for tiles of an address, 1 to 100000"),
    "max_age_days": (int, "days after which a cached tile is asked for again, 1 to 3650"),
    "min_zoom": (int, "first zoom of an address, 0 to 22"),
    "max_zoom": (int, "last zoom of an address, 0 to 22"),
    "tile_px": (int, "side of a tile in pixels, 256 or 512"),
}
_RANGES = {
    "cache_mb": range(1, 100_001),
    "max_age_days": range(1, 3651),
    "min_zoom": range(23),
    "max_zoom": range(23),
}
TONES = ("adapt", "as_is")


class TileSettingsError(ValueError):
    """Say which setting of ``[map]`` is wrong and what to write instead."""


@dataclass(frozen=True, slots=True)
class TileSettings:
    """Say where tiles come from.

    Attributes:
        source: path of a file, or an ``http(s)`` template with ``{z}``, ``{x}``, ``{y}`` (or
            ``{-y}``, or WMTS' ``{TileMatrix}``, ``{TileCol}``, ``{TileRow}``); Web Mercator.
        offline: the network is asked for nothing; the cache alone answers.
        cache_mb: bound of the cache, in megabytes of 10^6 bytes.
    """

    source: str
    attribution: str = ""
    tone: str = "adapt"
    offline: bool = False
    cache_mb: int = 500
    max_age_days: int = 30
    min_zoom: int = 0
    max_zoom: int = 19
    tile_px: int = 256

    @property
    def remote(self) -> bool:
        """Return whether the source is an address."""
        return "://" in self.source


def parse_tiles(values: Mapping[str, Any]) -> TileSettings:
    """Return settings checked.

    Raises:
        TileSettingsError: a key is unknown or missing, or a value cannot be used.
    """
    for key, value in values.items():
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, 1)
            hint = f": did you mean {near[0]!r}?" if near else f"; known: {', '.join(_KEYS)}"
            raise TileSettingsError(f"unknown 'map.{key}'{hint}")
        kind, words = _KEYS[key]
        if type(value) is not kind or (key in _RANGES and value not in _RANGES[key]):
            raise TileSettingsError(f"'map.{key}' cannot be {value!r}: give {words}")
    if not values.get("source"):
        raise TileSettingsError(f"'map.source' is missing: give {_KEYS['source'][1]}")
    settings = TileSettings(**values)
    if settings.tone not in TONES:
        raise TileSettingsError(f"'map.tone' cannot be {settings.tone!r}: give {_KEYS['tone'][1]}")
    if settings.tile_px not in (256, 512):
        raise TileSettingsError(f"'map.tile_px' must be {_KEYS['tile_px'][1]}")
    if settings.min_zoom > settings.max_zoom:
        raise TileSettingsError("'map.min_zoom' is above 'map.max_zoom': exchange them")
    if settings.remote:
        _check_address(settings.source)
    elif not settings.source.endswith((".pmtiles", ".mbtiles")):
        raise TileSettingsError(
            f"'map.source' cannot be {settings.source!r}: give {_KEYS['source'][1]}"
        )
    return settings


def _check_address(template: str) -> None:
    if urlsplit(template).scheme not in ("http", "https") or not urlsplit(template).hostname:
        raise TileSettingsError(f"'map.source' {template!r} is no http or https address")
    lower = template.lower()
    for names in (("{z}", "{tilematrix}"), ("{x}", "{tilecol}"), ("{y}", "{-y}", "{tilerow}")):
        if not any(name in lower for name in names):
            raise TileSettingsError(f"'map.source' {template!r} must hold {' or '.join(names)}")


def address_of(template: str, z: int, x: int, y: int) -> str:
    """Return the address of one tile."""
    named = {"z": z, "tilematrix": z, "x": x, "tilecol": x, "y": y, "tilerow": y}
    named["-y"] = (1 << z) - 1 - y
    parts = template.split("{")
    found = [parts[0]]
    for part in parts[1:]:
        name, closed, rest = part.partition("}")
        value = named.get(name.lower()) if closed else None
        found.append("{" + part if value is None else f"{value}{rest}")
    return "".join(found)
