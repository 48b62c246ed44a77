"""ZIP archives, as city portals publish Shapefiles: unpacked for as long as they are read."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from backend_bridge.territory.importing.problems import UnreadableSourceError

SUFFIXES = frozenset({".zip", ".shz"})
MOST_BYTES = 4 * 1024**3
MOST_MEMBERS = 10_000
_NAME_CHARS = 120


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """Give a directory with what an archive holds; it goes when the block ends.

    Members keep their folders and names, made harmless: nothing is written outside.

    Raises:
        UnreadableSourceError: it is no ZIP, damaged, encrypted, or too large unpacked.
    """
    with tempfile.TemporaryDirectory(prefix="beffroi-import-") as folder:
        try:
            with zipfile.ZipFile(path) as archive:
                _unpack(archive, Path(folder))
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise UnreadableSourceError(f"it is no ZIP archive, or damaged: {error}") from error
        except (RuntimeError, OSError) as error:  # encrypted, packed unusually, no room
            raise UnreadableSourceError(f"it cannot be unpacked: {error}") from error
        yield Path(folder)


def _unpack(archive: zipfile.ZipFile, folder: Path) -> None:
    members = [member for member in archive.infolist() if not member.is_dir()]
    total = sum(member.file_size for member in members)
    if total > MOST_BYTES or len(members) > MOST_MEMBERS:
        raise UnreadableSourceError(
            f"it holds {len(members)} files of {total / 1024**3:.1f} GB: unpack it and import what "
            "is needed of it"
        )
    for member in members:
        parts = [part[:_NAME_CHARS] for part in Path(member.filename).parts]
        inside = [part for part in parts if part not in {"..", "/", "\\", "."}]
        if not inside or inside[0] == "__MACOSX":
            continue
        target = folder.joinpath(*inside)
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as packed, target.open("wb") as file:
            # never more than was announced: that is what was judged
            shutil.copyfileobj(_Limited(packed, member.file_size), file)


class _Limited:
    """Read at most so many bytes of a member, whatever it unpacks to."""

    def __init__(self, packed: IO[bytes], limit: int) -> None:
        self._packed = packed
        self._left = limit

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        data = self._packed.read(wanted) if wanted else b""
        self._left -= len(data)
        return data
