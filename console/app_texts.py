"""Translations: one ``.qm`` for a language, built from all ``.ts`` when it is missing or older."""

from __future__ import annotations

import os
import subprocess
import tempfile
import zlib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import PySide6
from PySide6.QtCore import QCoreApplication, QTranslator

LANGUAGES = ("fr", "en")
"""French is the room's language; English is complete."""

_LRELEASE_TIMEOUT_S = 30


class TextsError(Exception):
    """The console's texts cannot be loaded; the message says why and what to do."""


def sources(language: str, directory: Path | None = None, extra: Sequence[Path] = ()) -> list[Path]:
    """Return the ``.ts`` files of a language, in name order, those of extra folders last."""
    folders = (directory or _resources(), *extra)
    return [path for folder in folders for path in sorted(folder.glob(f"*_{language}.ts"))]


def compiled(language: str, directory: Path | None = None, extra: Sequence[Path] = ()) -> Path:
    """Return an up-to-date ``.qm`` of a language, building it if need be.

    ``beffroi_<language>.qm`` beside the ``.ts`` files (put there by ``installer/translations.sh``
    for a package) is used while it is newer than all of them. A checkout has none: it is then
    built once into the user's cache directory, where nothing generated can be committed.

    Args:
        language: one of :data:`LANGUAGES`.
        directory: where the ``.ts`` files are; the product's own when absent.
        extra: folders of further panels with texts of their own.

    Raises:
        TextsError: no sources, no ``lrelease``, or it failed.
    """
    found = sources(language, directory, extra)
    if not found:
        raise TextsError(
            f"no texts for the language {language!r} in {directory or _resources()}: "
            "the installation is not whole, install it again"
        )
    newest = max(path.stat().st_mtime_ns for path in found)
    shipped = (directory or _resources()) / f"beffroi_{language}.qm"
    cached = cache_directory() / f"beffroi_{language}_{_digest(found)}.qm"
    # what was shipped holds no text of an extra panel
    extras = bool(extra) and len(found) > len(sources(language, directory))
    for candidate in (cached,) if extras else (shipped, cached):
        if candidate.is_file() and candidate.stat().st_mtime_ns >= newest:
            return candidate
    build(found, cached)
    return cached


def build(sources_: list[Path], target: Path) -> None:
    """Compile ``.ts`` files into one ``.qm``, put in place at once or not at all.

    Raises:
        TextsError: no ``lrelease``, it failed, or the target cannot be written.
    """
    program = lrelease()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            part = Path(folder) / "part.qm"
            subprocess.run(
                [str(program), "-silent", *(str(path) for path in sources_), "-qm", str(part)],
                check=True,
                capture_output=True,
                text=True,
                timeout=_LRELEASE_TIMEOUT_S,
            )
            part.replace(target)
    except subprocess.CalledProcessError as error:
        raise TextsError(
            f"{program} cannot compile the console's texts: {error.stderr.strip()}; "
            "mend the .ts file it names"
        ) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise TextsError(
            f"the console's texts cannot be compiled into {target}: {error}; give this account a "
            "cache directory it may write (XDG_CACHE_HOME), or run installer/translations.sh"
        ) from error


def lrelease() -> Path:
    """Return Qt's ``lrelease`` as it comes with PySide6.

    Raises:
        TextsError: it is not there.
    """
    folder = Path(PySide6.__file__).parent
    for name in ("lrelease", "lrelease.exe"):
        if (folder / name).is_file():
            return folder / name
    raise TextsError(
        f"PySide6 in {folder} has no lrelease to compile the console's texts with: install "
        "PySide6_Essentials, or ship .qm files made by installer/translations.sh"
    )


def install(app: QCoreApplication, language: str, extra: Sequence[Path] = ()) -> QTranslator:
    """Load a language's texts, those of extra panels' folders too, and give them to ``app``.

    Raises:
        TextsError: they cannot be loaded.
    """
    path = compiled(language, extra=extra)
    translator = QTranslator(app)
    if not translator.load(str(path)):
        raise TextsError(f"{path} is not a Qt translation: delete it, it will be made again")
    app.installTranslator(translator)
    return translator


class Texts:
    """Let an application speak another language for a while, over the one it was started in.

    Args:
        app: the application.
        language: the one loaded by :func:`install` already.
        extra: folders of further panels with texts of their own.
    """

    def __init__(self, app: QCoreApplication, language: str, extra: Sequence[Path] = ()) -> None:
        self._app = app
        self._extra = tuple(extra)
        self._started_in = language
        self._translator: QTranslator | None = None
        self.language = language

    def load(self, language: str) -> None:
        """Speak another language from now on; the same again changes nothing.

        Raises:
            TextsError: its texts cannot be loaded; the one spoken so far stays.
        """
        if language == self.language:
            return
        over = None if language == self._started_in else install(self._app, language, self._extra)
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
            self._translator.deleteLater()
        self._translator, self.language = over, language

    def close(self) -> None:
        """Speak the language the application was started in."""
        self.load(self._started_in)


def cache_directory() -> Path:
    """Return where built texts are kept, per account."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "beffroi" / "translations"


def _resources() -> Path:
    return Path(str(files("resources") / "translations"))


def _digest(paths: list[Path]) -> str:
    # two checkouts share an account's cache: their files must not be taken for one another's
    names = "\n".join(str(path.resolve()) for path in paths)
    return f"{zlib.crc32(names.encode()):08x}"
