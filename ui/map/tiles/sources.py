"""Tiles from a PMTiles file, an MBTiles file or an address; blocking, for threads."""

from __future__ import annotations

import gzip
import http.client
import sqlite3
import threading
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO, Protocol
from urllib.parse import quote

from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import Compression, TileType

from ui.map.tiles.cache import TileCache, cache_directory
from ui.map.tiles.settings import TileSettings, address_of

MAX_TILE_BYTES = 4_000_000
TIMEOUT_S = 5.0
MISSING = "map.tiles.reason.missing"
DAMAGED = "map.tiles.reason.damaged"
NO_PICTURES = "map.tiles.reason.no_pictures"
TOO_LARGE = "map.tiles.reason.too_large"
_NO_SUCH_TILE = (204, 404, 410)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF")
_AGENT = "Beffroi (city operations console)"


class TilesUnreachable(Exception):  # noqa: N818 - says a state, as DeviceUnavailable does
    """Say that the source does not answer; later it may."""


class TilesUnusable(Exception):  # noqa: N818 - as above
    """Say that what the source gives is no picture, or that it cannot be read at all.

    Attributes:
        key: text key of the reason.
        detail: what the library said, for the log.
    """

    def __init__(self, key: str, detail: str = "") -> None:
        super().__init__(f"{key} {detail}".rstrip())
        self.key = key
        self.detail = detail


class TileSource(Protocol):
    """Where tiles come from; ``attribution`` and zooms are known once it is open."""

    attribution: str
    min_zoom: int
    max_zoom: int

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """Return a picture, ``None`` where there is none.

        Raises:
            TilesUnreachable: the source does not answer.
            TilesUnusable: it gives something else than pictures.
        """

    def close(self) -> None:
        """Let go of files."""


def open_source(settings: TileSettings, cache: TileCache | None = None) -> TileSource:
    """Return the source that the settings name; a file is opened and looked at.

    Raises:
        TilesUnusable: the file is missing, damaged, or holds no pictures.
    """
    if settings.remote:
        kept = cache or TileCache(cache_directory(settings.source), settings.cache_mb * 1_000_000)
        return Address(settings, kept)
    path = Path(settings.source)
    if not path.is_file():
        raise TilesUnusable(MISSING)
    return PmTiles(path) if path.suffix == ".pmtiles" else MbTiles(path)


def _picture(body: bytes) -> bytes:
    """Return ``body`` if it begins as a picture does.

    Raises:
        TilesUnusable: it is none (a vector tile, a page that says no).
    """
    if not body.startswith(_PICTURES):
        raise TilesUnusable(NO_PICTURES)
    return body


class MbTiles:
    """Read an MBTiles file (mbtiles-spec 1.3); its rows count from the south."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        try:
            self._file = sqlite3.connect(
                f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise TilesUnusable(DAMAGED, str(error)) from error
        try:
            facts = dict(self._file.execute("SELECT name, value FROM metadata"))
            lowest, highest = self._file.execute(
                "SELECT min(zoom_level), max(zoom_level) FROM tiles"
            ).fetchone()
        except sqlite3.Error as error:
            self._file.close()
            raise TilesUnusable(DAMAGED, str(error)) from error
        if lowest is None or facts.get("format", "png") == "pbf":
            self._file.close()
            raise TilesUnusable(NO_PICTURES)
        self.attribution = str(facts.get("attribution", ""))
        self.min_zoom, self.max_zoom = int(lowest), int(highest)

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """Return a picture; see :class:`TileSource`."""
        try:
            with self._lock:
                row = self._file.execute(
                    "SELECT tile_data FROM tiles "
                    "WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
                    (z, x, (1 << z) - 1 - y),
                ).fetchone()
        except sqlite3.Error as error:
            raise TilesUnusable(DAMAGED, str(error)) from error
        return None if row is None else _picture(bytes(row[0]))

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._file.close()


def _reader(file: BinaryIO) -> Any:  # noqa: ANN401 - the library has no types
    return Reader(MmapSource(file))  # type: ignore[no-untyped-call] # as above


class PmTiles:
    """Read a PMTiles file (specification 3)."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise TilesUnusable(DAMAGED, str(error)) from error
        try:
            self._reader: Any = _reader(self._file)
            self._header: dict[str, Any] = self._reader.header()
            facts: dict[str, Any] = self._reader.metadata()
        except Exception as error:  # the library's edge: a damaged file raises anything
            self._file.close()
            raise TilesUnusable(DAMAGED, str(error)) from error
        if self._header["tile_type"] not in (TileType.PNG, TileType.JPEG, TileType.WEBP):
            self._file.close()
            raise TilesUnusable(NO_PICTURES)
        self.attribution = str(facts.get("attribution", ""))
        self.min_zoom, self.max_zoom = self._header["min_zoom"], self._header["max_zoom"]

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """Return a picture; see :class:`TileSource`."""
        try:
            with self._lock:
                body: bytes | None = self._reader.get(z, x, y)
            if body is not None and self._header["tile_compression"] == Compression.GZIP:
                body = gzip.decompress(body)
        except Exception as error:  # the library's edge: a damaged file raises anything
            raise TilesUnusable(DAMAGED, str(error)) from error
        return None if body is None else _picture(bytes(body))

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._file.close()


class Address:
    """Fetch tiles from an address, through the cache; a tile at hand outlives its server."""

    def __init__(self, settings: TileSettings, cache: TileCache) -> None:
        self._settings = settings
        self._cache = cache
        self.attribution = ""
        self.min_zoom, self.max_zoom = settings.min_zoom, settings.max_zoom
        self.resting = False
        """Whether the network is left alone for now: the cache alone answers."""

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """Return a picture; see :class:`TileSource`.

        Raises:
            TilesUnreachable: it is not in the cache, and the network is off or does not answer.
        """
        kept = self._cache.get(z, x, y)
        fresh_s = self._settings.max_age_days * 86_400
        if kept is not None and (kept.age_s < fresh_s or self.resting or self._settings.offline):
            return kept.body
        if self._settings.offline:
            raise TilesUnreachable("not in the cache, and the network is not to be asked")
        if self.resting:
            raise TilesUnreachable("the server did not answer a moment ago")
        try:
            return self.fetch(z, x, y)
        except TilesUnreachable:
            if kept is None:
                raise
            return kept.body

    def fetch(self, z: int, x: int, y: int) -> bytes | None:
        """Return a tile from the network and keep it; raises as :meth:`tile` does."""
        address = address_of(self._settings.source, z, x, y)
        request = urllib.request.Request(address, headers={"User-Agent": _AGENT})  # noqa: S310 - parse_tiles lets http and https through, nothing else
        try:
            with closing(urllib.request.urlopen(request, timeout=TIMEOUT_S)) as answer:  # noqa: S310 - as above
                body: bytes = answer.read(MAX_TILE_BYTES + 1)
                status = answer.status
        except urllib.error.HTTPError as error:
            error.close()
            if error.code in _NO_SUCH_TILE:
                return None
            raise TilesUnreachable(f"the server answered {error.code}") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise TilesUnreachable(str(error)) from error
        if status in _NO_SUCH_TILE or not body:
            return None
        if len(body) > MAX_TILE_BYTES:
            raise TilesUnusable(TOO_LARGE)
        self._cache.put(z, x, y, _picture(body))
        return body

    def close(self) -> None:
        """Nothing is open between two tiles."""
