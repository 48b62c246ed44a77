"""A person's own panel settings: kept on this machine, written soon after each change."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator, MutableMapping
from pathlib import Path
from typing import Any

import msgspec
import structlog
from PySide6.QtCore import QObject, QTimer

_log = structlog.get_logger("console.settings")

WRITE_AFTER_MS = 400
"""Longest time typed text is only in memory; a crash loses no more than that."""
_LONGEST_NAME = 120


def state_directory() -> Path:
    """Return where settings live, per account of this machine."""
    base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(base) / "beffroi" / "console"


class SettingsFile(QObject):
    """Keep the settings of all panels of one person in one file, readable by its owner only.

    A file that cannot be read starts empty and is kept aside; one that cannot be written is
    logged once: the console goes on without remembering. Two consoles of one person on one machine
    each write what was changed there, and leave the rest as they find it.

    Args:
        path: the file.
        parent: Qt parent.
    """

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._failed = False
        self._values: dict[str, dict[str, Any]] = self._read()
        self._changed: set[tuple[str, str]] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WRITE_AFTER_MS)
        self._timer.timeout.connect(self.flush)

    @classmethod
    def of_user(cls, user: str, parent: QObject | None = None) -> SettingsFile:
        """Return the settings of a person; any name makes a safe file name."""
        safe = re.sub(r"[^A-Za-z0-9._-]", lambda match: f"%{ord(match.group()):x}", user)
        if len(safe) > _LONGEST_NAME:  # no file system takes more than 255
            safe = f"{safe[:_LONGEST_NAME]}-{hashlib.sha256(user.encode()).hexdigest()[:10]}"
        return cls(state_directory() / f"panels-{safe.lstrip('.') or '_'}.json", parent)

    def panel(self, panel_id: str) -> MutableMapping[str, Any]:
        """Return one panel's settings: plain strings, numbers, booleans, lists and tables."""
        values = self._values.setdefault(panel_id, {})
        return _PanelSettings(values, lambda key: self._on_changed(panel_id, key))

    def flush(self) -> None:
        """Write now if anything changed."""
        self._timer.stop()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._take_over()
            part = self._path.with_suffix(f".{os.getpid()}.part")
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(msgspec.json.encode(self._values))
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._path)
            self._changed.clear()
        except (OSError, TypeError) as error:
            if not self._failed:
                _log.warning("settings_not_written", path=str(self._path), reason=str(error))
            self._failed = True

    def close(self) -> None:
        """Write what has not been written yet."""
        if self._timer.isActive():
            self.flush()

    def _take_over(self) -> None:
        """Take what another console of this person wrote since, but for what was changed here."""
        try:
            theirs = msgspec.json.decode(self._path.read_bytes(), type=dict[str, dict[str, Any]])
        except (OSError, msgspec.MsgspecError):
            return  # nothing, or nothing that can be read: what is known here is all there is
        for panel_id, values in self._values.items():
            found = theirs.get(panel_id, {})
            gone = [key for key in values if key not in found]
            for key in {*gone, *found}:
                if (panel_id, key) in self._changed:
                    continue
                if key in found:
                    values[key] = found[key]
                else:
                    del values[key]
        for panel_id, found in theirs.items():
            self._values.setdefault(panel_id, found)

    def _on_changed(self, panel_id: str, key: str) -> None:
        self._changed.add((panel_id, key))
        if not self._timer.isActive():
            self._timer.start()

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, dict[str, Any]])
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.MsgspecError) as error:
            _log.warning("settings_not_read", path=str(self._path), reason=str(error))
            try:
                self._path.replace(self._path.with_suffix(".unreadable"))
            except OSError:
                _log.info("settings_not_kept_aside", path=str(self._path))
            return {}


class _PanelSettings(MutableMapping[str, Any]):
    def __init__(self, values: dict[str, Any], changed: Callable[[str], None]) -> None:
        self._values = values
        self._changed = changed

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - plain TOML values
        return self._values[key]

    def __setitem__(self, key: str, value: Any) -> None:  # noqa: ANN401 - plain TOML values
        if key not in self._values or self._values[key] != value:
            self._values[key] = value
            self._changed(key)

    def __delitem__(self, key: str) -> None:
        del self._values[key]
        self._changed(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)
