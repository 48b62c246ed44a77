"""The base map of this console: the ``[map]`` table of ``console.toml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from console.link.settings import FILE_NAME, SettingsError, read_file
from ui.map.tiles.settings import TileSettingsError, parse_tiles


def load(directory: Path) -> dict[str, Any]:
    """Return ``[map]`` checked, a file's path absolute; empty when there is none.

    Raises:
        SettingsError: a setting is unknown or cannot be used.
    """
    path = directory / FILE_NAME
    table = read_file(path).get("map")
    if table is None:
        return {}
    if not isinstance(table, dict):
        raise SettingsError(f"{path}: 'map' must be a table: write [map] on a line of its own")
    try:
        settings = parse_tiles(table)
    except TileSettingsError as error:
        raise SettingsError(f"{path}: {error}") from error
    if settings.remote:
        return table
    return {**table, "source": str((directory / settings.source).absolute())}
