"""The allow-list: which console keys the bridge knows, one file each, re-read while it runs."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import structlog

from backend_bridge.contract.journal import ConfigurationChange, ConfigurationEvent
from backend_bridge.security.keys import (
    KeyFileError,
    check_name,
    public_path,
    read_public,
    write_public,
)

_log = structlog.get_logger(__name__)

_Seen = dict[str, tuple[int, int, int]]


def enrolled_now(enrolments: Enrolments) -> ConfigurationEvent:
    """Return which consoles are let in, each with the beginning of its key's SHA-256."""
    detail = {name: sha256(key).hexdigest()[:16] for name, key in enrolments.listing()}
    return ConfigurationEvent(change=ConfigurationChange.CONSOLES, detail=detail)


class Enrolments:
    """Know the enrolled console keys of ``directory`` (``<console>.key``, public keys only).

    :meth:`refresh` reads the disk and is meant for a worker thread; the look-ups read one
    immutable mapping and are safe anywhere. A directory that cannot be read enrols nobody.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._seen: _Seen | None = None
        self._name_of: dict[bytes, str] = {}
        self._problems: dict[str, str] = {}
        self._unreadable = ""

    def name_of(self, public: bytes) -> str | None:
        """Return the console a public key (Z85) is enrolled for, ``None`` for a stranger's."""
        return self._name_of.get(public)

    def names(self) -> list[str]:
        """Return the enrolled consoles, sorted."""
        return sorted(self._name_of.values())

    def listing(self) -> list[tuple[str, bytes]]:
        """Return the enrolled consoles and their public keys (Z85), sorted by name."""
        return sorted((name, public) for public, name in self._name_of.items())

    @property
    def problems(self) -> list[str]:
        """Return what is wrong with files that were passed over at the last reading."""
        found = list(self._problems.values())
        return [self._unreadable, *found] if self._unreadable else found

    def refresh(self) -> bool:
        """Look at the directory again; return whether the list changed. Reads the disk."""
        seen = self._look()
        if seen == self._seen:
            return False
        name_of: dict[bytes, str] = {}
        problems: dict[str, str] = {}
        for file_name in sorted(seen):
            path = self.directory / file_name
            try:
                name = check_name(path.stem)
                public = read_public(path)
            except KeyFileError as error:
                problems[file_name] = str(error)
                continue
            other = name_of.setdefault(public, name)
            if other != name:
                problems[file_name] = f"{path}: the same key is enrolled for {other} already."
        self._report(problems)
        changed = name_of != self._name_of
        # One assignment: a reader on another thread sees the old list or the new one, whole.
        self._name_of = name_of
        self._seen = seen
        return changed

    def _look(self) -> _Seen:
        seen: _Seen = {}
        try:
            for path in self.directory.iterdir():
                if path.suffix != ".key" or path.name.startswith("."):
                    continue
                try:
                    found = path.stat()
                except OSError:
                    continue  # revoked between the listing and the look
                seen[path.name] = (found.st_mtime_ns, found.st_size, found.st_ino)
            self._unreadable = ""
        except OSError as error:
            text = f"{self.directory} cannot be read ({error.strerror}): nobody is enrolled."
            if not self._unreadable:
                _log.warning("enrolments_unreadable", detail=text)
            self._unreadable = text
        return seen

    def _report(self, problems: dict[str, str]) -> None:
        """Log each problem once, when it appears."""
        for file_name, text in problems.items():
            if self._problems.get(file_name) != text:
                _log.warning("enrolment_unusable", detail=text)
        self._problems = problems


def enroll(directory: Path, name: str, public: bytes) -> Path:
    """Enrol a console's public key and return its file.

    Raises:
        KeyFileError: bad name, a name already enrolled with another key, or a key already
            enrolled for another name.
    """
    check_name(name)
    known = Enrolments(directory)
    if directory.is_dir():
        known.refresh()
    owner = known.name_of(public)
    if owner is not None and owner != name:
        raise KeyFileError(
            f"this key is already enrolled for {owner}: one key, one console. "
            f"Make a new pair for {name} with 'beffroi keys new {name}'."
        )
    if name in known.names() and owner != name:
        raise KeyFileError(
            f"{name} is already enrolled with another key. "
            f"Run 'beffroi keys revoke {name}' first if it shall be replaced."
        )
    write_public(directory, name, public)
    return public_path(directory, name)


def revoke(directory: Path, name: str) -> None:
    """Take a console off the list; a running bridge drops it within a second.

    Raises:
        KeyFileError: no such console, or its file cannot be removed.
    """
    path = directory / f"{check_name(name)}.key"
    try:
        path.unlink()
    except FileNotFoundError:
        raise KeyFileError(
            f"{name} is not enrolled in {directory}: 'beffroi keys list' shows who is."
        ) from None
    except OSError as error:
        raise KeyFileError(f"{path} cannot be removed: {error.strerror}.") from error
