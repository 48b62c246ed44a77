"""Files under plain names: libraries read meaning into a path that people only named so."""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

_PREFIX = "beffroi-import-"
_LINK = re.compile(rf"[^\s'\"]*{_PREFIX}[^/]*/\w+")


@contextlib.contextmanager
def plain_name(path: Path, name: str, parts: Sequence[str] = ()) -> Iterator[Path]:
    """Yield a link to ``path`` called ``name`` in a directory of its own.

    GDAL takes ``!`` for the border of an archive and drops line breaks, and no library here takes
    names that are not UTF-8. In its own directory a file finds none but the ``parts`` linked with
    it, and nothing is written beside the person's own.

    Args:
        path: the file.
        name: as the library shall see it, with its suffix.
        parts: suffixes of files beside it that belong to it, ``.dbf``.
    """
    with tempfile.TemporaryDirectory(prefix=_PREFIX) as folder:
        link = Path(folder) / name
        link.symlink_to(path.resolve())
        for suffix in parts:
            for spelling in (suffix, suffix.upper()):
                part = path.with_suffix(spelling)
                if part.exists():
                    link.with_suffix(suffix).symlink_to(part.resolve())
                    break
        yield link


def as_named(message: object, path: Path) -> str:
    """Return a library's message with the person's file name in the place of the link's."""
    return _LINK.sub(lambda _: path.name.partition(".")[0], str(message))
