"""Compose the map page: what folium writes, our own files and Leaflet's, all served from memory.

folium writes the same page each time, so it is kept in the account's cache directory, named after
all that it is made from: a start then spares the import of folium, a third of a second.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import xstatic.pkg.leaflet

from ui.map.scheme import Reply

_log = logging.getLogger(__name__)

INDEX = "/index.html"
SCRIPT = "text/javascript"
STYLE = "text/css"

_WRITERS = ("folium", "branca", "jinja2")
"""Packages whose versions decide what folium writes."""
_LEAFLET_FILES = {
    "leaflet.js": SCRIPT,
    "leaflet.css": STYLE,
    "images/layers.png": "image/png",
    "images/layers-2x.png": "image/png",
}


class PageError(RuntimeError):
    """Say that the page cannot be composed: a packaged file is missing."""


@dataclass(frozen=True, slots=True)
class ComposedPage:
    """Hold the page and every file it loads, by URL path; immutable."""

    files: Mapping[str, Reply]


@cache
def compose() -> ComposedPage:
    """Return the page with all its files; the same for every map of the process.

    Raises:
        PageError: Leaflet's files are not installed.
        FoliumError: folium's page has an unexpected form.
    """
    found = dict(_foliums_part())
    found.update(_own_files())
    found.update(_leaflet_files())
    return ComposedPage(found)


def _foliums_part() -> dict[str, Reply]:
    """Return what folium writes, from the kept copy or, when there is none, from folium."""
    path = kept_path()
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=dict[str, Reply])
        if INDEX in kept:
            return kept
    except FileNotFoundError:
        pass
    except (OSError, msgspec.MsgspecError) as error:
        _log.info("map page: kept copy %s not used (%s)", path, error)
    from ui.map import folium_page  # noqa: PLC0415 - takes a third of a second to import

    written = folium_page.write()
    _keep(path, written)
    return written


def kept_path() -> Path:
    """Return where the page is kept; another version of what writes it keeps another file."""
    parts = [f"{name} {version(name)}" for name in _WRITERS]
    parts.append(Path(__file__).with_name("folium_page.py").read_text(encoding="utf-8"))
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "beffroi" / "map" / f"page_{digest}.json"


def _keep(path: Path, written: Mapping[str, Reply]) -> None:
    """Keep the page, put in place at once or not at all; without a cache it is written again."""
    part = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(msgspec.json.encode(written))
        part.replace(path)
    except OSError as error:
        _log.info("map page: not kept in %s (%s)", path, error)


def _own_files() -> dict[str, Reply]:
    folder = files("resources") / "map"
    scripts = [item for item in folder.iterdir() if item.name.endswith(".js")]
    found = {f"/{item.name}": Reply(SCRIPT, item.read_bytes()) for item in scripts}
    found["/map.css"] = Reply(STYLE, (folder / "map.css").read_bytes())
    return found


def _leaflet_files() -> dict[str, Reply]:
    folder = Path(xstatic.pkg.leaflet.BASE_DIR)
    try:
        return {
            f"/vendor/{name}": Reply(mime, (folder / name).read_bytes())
            for name, mime in _LEAFLET_FILES.items()
        }
    except OSError as error:
        raise PageError(
            f"Leaflet's files are missing ({error}): the map cannot be shown. "
            "Install the package XStatic-Leaflet again."
        ) from error


def to_json(value: Any) -> Reply:  # noqa: ANN401 - whatever msgspec can write
    """Return a value as a JSON answer."""
    return Reply("application/json", msgspec.json.encode(value))
