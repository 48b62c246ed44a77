"""Half-typed text: kept on disk at every change, so that a crash costs nobody a sentence."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import re
from pathlib import Path

LONGEST = 20_000
"""Characters kept of one draft."""
MOST = 200
"""Drafts kept; the one untouched for longest goes first."""

_log = logging.getLogger(__name__)


def default_directory() -> Path:
    """Return where this account's drafts live: ``BEFFROI_STATE_DIR``, else the XDG state folder."""
    own = os.environ.get("BEFFROI_STATE_DIR")
    if own:
        return Path(own) / "drafts"
    state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(state) / "beffroi" / "drafts"


class Drafts:
    """Keep one person's drafts at one seat, by subject.

    A disk that refuses is logged once and costs only the survival of a crash.

    Args:
        directory: made if missing, readable by its owner alone.
        user: account; ``seat`` where they sit. Each pair has a file of its own.
    """

    def __init__(self, directory: Path, user: str, seat: str) -> None:
        self._path = directory / f"{_file_stem(user, seat)}.json"
        self._failed = False
        self._texts = self._read()

    def get(self, subject: str) -> str:
        """Return the draft of a subject, empty for none."""
        return self._texts.get(subject, "")

    def set(self, subject: str, text: str) -> None:
        """Keep a draft; an empty one is forgotten."""
        if self._texts.get(subject, "") == text:
            return
        # another console of this person at this seat may have written since: what it kept stays
        if not self._failed:
            self._texts = self._read() or self._texts
        self._texts.pop(subject, None)
        if text:
            self._texts[subject] = text[:LONGEST]
        while len(self._texts) > MOST:
            del self._texts[next(iter(self._texts))]
        self._write()

    def _read(self) -> dict[str, str]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            self._complain(error)
            return {}
        if not isinstance(found, dict):
            return {}
        return {
            key: text[:LONGEST]
            for key, text in list(found.items())[-MOST:]
            if isinstance(text, str) and text
        }

    def _write(self) -> None:
        fresh = self._path.with_suffix(f".{os.getpid()}.new")
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(self._texts, file, ensure_ascii=False)
            # No fsync: this guards against our own end, at every key stroke; the rename is atomic.
            fresh.replace(self._path)
        except (OSError, UnicodeError) as error:
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)
            self._complain(error)

    def _complain(self, error: Exception) -> None:
        if not self._failed:
            self._failed = True
            _log.error("drafts cannot be kept in %s: %s", self._path, error)


def _file_stem(user: str, seat: str) -> str:
    """Return a file name that is safe, readable and never shared by two pairs."""
    plain = re.sub(r"[^A-Za-z0-9-]+", "_", f"{seat}-{user}")[:40]
    digest = hashlib.sha256(f"{seat}\0{user}".encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{plain}-{digest}"
