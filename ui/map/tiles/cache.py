"""Tiles of an address on the disk: bounded, each put in place whole, each checked when read."""

from __future__ import annotations

import hashlib
import logging
import os
import threading
import time
import zlib
from dataclasses import dataclass
from pathlib import Path

_log = logging.getLogger(__name__)

_MAGIC = b"BFT1"
_HEAD = len(_MAGIC) + 4
_ROOM_AFTER = 0.9  # of the bound, once the oldest were dropped
_PART_OLD_S = 3600


def cache_directory(source: str) -> Path:
    """Return where tiles of an address are kept, per account of this machine."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    digest = hashlib.sha256(source.encode()).hexdigest()[:16]
    return Path(base) / "beffroi" / "tiles" / digest


@dataclass(frozen=True, slots=True)
class Kept:
    """A tile as found on the disk; ``age_s`` since it was fetched."""

    body: bytes
    age_s: float


class TileCache:
    """Keep tiles below a directory; any thread. Nothing here raises for a disk that fails.

    Args:
        directory: made when the first tile is kept.
        max_bytes: bound of all files together; the tiles read longest ago go first.
    """

    def __init__(self, directory: Path, max_bytes: int) -> None:
        self._directory = directory
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._bytes: int | None = None
        self._failed = False

    def get(self, z: int, x: int, y: int) -> Kept | None:
        """Return a tile, ``None`` when it is not here; one that is not whole is removed."""
        path = self._path(z, x, y)
        try:
            data = path.read_bytes()
            fetched_s = path.stat().st_mtime
        except FileNotFoundError:
            return None
        except OSError as error:
            self._say(error)
            return None
        body = data[_HEAD:]
        if data[: len(_MAGIC)] != _MAGIC or data[len(_MAGIC) : _HEAD] != _sum(body):
            _log.info("map tiles: %s is not whole, removed", path)
            self._remove(path)
            return None
        self._touch(path, fetched_s)
        return Kept(body, max(0.0, time.time() - fetched_s))

    def put(self, z: int, x: int, y: int, body: bytes) -> bool:
        """Keep a tile, whole or not at all; return whether it is kept."""
        path = self._path(z, x, y)
        part = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(b"".join((_MAGIC, _sum(body), body)))
            part.replace(path)
        except OSError as error:
            self._remove(part)
            self._say(error)
            return False
        self._failed = False
        with self._lock:
            if self._bytes is None:
                self._bytes = sum(size for _, size, _ in self._files())
            else:
                self._bytes += len(body) + _HEAD
            if self._bytes > self._max_bytes:
                self._bytes = self._drop_oldest()
        return True

    def _path(self, z: int, x: int, y: int) -> Path:
        return self._directory / str(z) / str(x) / f"{y}.tile"

    def _files(self) -> list[tuple[float, int, Path]]:
        """Return (last read, bytes, path) of each file; parts left by a dead writer go."""
        found = []
        for path in self._directory.glob("*/*/*"):
            try:
                facts = path.stat()
            except OSError:
                continue  # another console on this account removed it
            if path.suffix == ".part" and time.time() - facts.st_mtime > _PART_OLD_S:
                self._remove(path)
            else:
                found.append((facts.st_atime, facts.st_size, path))
        return found

    def _drop_oldest(self) -> int:
        files = sorted(self._files())
        total = sum(size for _, size, _ in files)
        for _, size, path in files:
            if total <= self._max_bytes * _ROOM_AFTER:
                break
            self._remove(path)
            total -= size
        return total

    @staticmethod
    def _touch(path: Path, fetched_s: float) -> None:
        """Note when it was read; file systems are often mounted without it."""
        try:
            os.utime(path, (time.time(), fetched_s))
        except OSError as error:
            _log.debug("map tiles: %s", error)

    @staticmethod
    def _remove(path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            _log.debug("map tiles: %s", error)

    def _say(self, error: OSError) -> None:
        """Log once that the disk fails, until a tile was kept again."""
        if not self._failed:
            self._failed = True
            _log.info("map tiles: not kept in %s (%s)", self._directory, error)


def _sum(body: bytes) -> bytes:
    return zlib.crc32(body).to_bytes(4, "little")
