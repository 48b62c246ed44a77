"""Find the files of a source and read each with what reads it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from backend_bridge.territory.importing.layers import Layer
from backend_bridge.territory.importing.problems import ImportRefusedError, UnreadableSourceError
from backend_bridge.territory.importing.read_geojson import read_geojson
from backend_bridge.territory.importing.read_ogr import read_ogr
from backend_bridge.territory.importing.read_osm import read_osm

UNKNOWN = "not a GeoJSON, Shapefile, GeoPackage or OpenStreetMap PBF file"
ARCHIVE = "an archive that is not ZIP, or one within another: unpack it first"
TOO_LARGE = "larger than {limit} GB"
MOST_JSON_BYTES = 2 * 1024**3
_PARTS = frozenset({".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qpj", ".qmd"})
_ARCHIVES = frozenset({".zip", ".shz", ".gz", ".7z", ".tar", ".tgz", ".bz2", ".xz", ".rar"})
_READERS = {
    ".geojson": read_geojson,
    ".json": read_geojson,
    ".geojsonl": read_geojson,
    ".geojsons": read_geojson,
    ".geojsonseq": read_geojson,
    ".ndjson": read_geojson,
    ".jsonl": read_geojson,
    ".shp": read_ogr,
    ".gpkg": read_ogr,
    ".pbf": read_osm,
}


def find(sources: Sequence[Path]) -> list[tuple[Path, str]]:
    """Return the files of all sources with the names a report shows, in a stable order.

    Raises:
        ImportRefusedError: a source does not exist.
    """
    found: dict[Path, str] = {}
    for source in sources:
        if not source.exists():
            raise ImportRefusedError(f"{source} does not exist; name a file or a directory")
        if source.is_file():
            found.setdefault(source.resolve(), source.name)
            continue
        for path in sorted(_walk(source)):
            found.setdefault(path.resolve(), path.relative_to(source).as_posix())
    return [(path, _showable(shown)) for path, shown in found.items() if not _is_part(path)]


def _walk(directory: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(directory):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            path = Path(folder, name)
            if not name.startswith(".") and path.is_file():
                yield path


def _showable(name: str) -> str:
    """Return a file's name fit for a report: a name may hold line breaks and stray bytes."""
    text = name.encode("utf-8", "replace").decode("utf-8")
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def _is_part(path: Path) -> bool:
    """Return whether a file belongs to a Shapefile beside it, and so says nothing of its own."""
    if path.suffix.lower() == ".xml":
        return path.stem.lower().endswith(".shp")
    return path.suffix.lower() in _PARTS and any(
        path.with_suffix(suffix).exists() for suffix in (".shp", ".SHP")
    )


def read(path: Path, shown: str) -> list[Layer]:
    """Read one file.

    Raises:
        UnreadableSourceError: nothing reads it, or it is not what its name says.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        archive = path.suffix.lower() in _ARCHIVES
        raise UnreadableSourceError(ARCHIVE if archive else UNKNOWN)
    try:
        size = path.stat().st_size
        if size == 0:
            raise UnreadableSourceError("it is empty")
        if reader is read_geojson and size > MOST_JSON_BYTES:
            raise UnreadableSourceError(TOO_LARGE.format(limit=MOST_JSON_BYTES // 1024**3))
        return reader(path, shown)
    except OSError as error:
        raise UnreadableSourceError(f"it cannot be read: {error}") from error
