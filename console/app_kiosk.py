"""A wall that nobody types at: takes its seat by itself, and again after every session's end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.times import Clock
from console.link.settings import (
    FILE_NAME,
    SettingsError,
    read_file,
    refuse_unknown,
    require_private,
)

AGAIN_S = 2.0
"""Shortest time between two tries, whatever ended the last session."""
UNAVAILABLE_AGAIN_S = 5.0
"""After a bridge that could not look the account up."""
REFUSED_AGAIN_S = 60.0
"""After a refusal; what the bridge's limiter asks for, if longer."""
HANDS_OFF_S = 120.0
"""Since the last key in the form: somebody may be signing in, so the wall does not cut in."""

_KEYS = {
    "user": "the account the wall signs in with",
    "seat": "the seat it takes",
    "password_file": "a file name beside console.toml",
}


@dataclass(frozen=True, slots=True)
class KioskSettings:
    """Say who signs in by himself; the password stays in its file until it is needed.

    Attributes:
        password_file: one line, readable by its owner only; read again at each try.
    """

    user: str
    seat: str
    password_file: Path


def load(directory: Path) -> KioskSettings | None:
    """Read ``[kiosk]`` of ``console.toml``; ``None`` when there is none, as on every desk.

    Raises:
        SettingsError: it is not whole, or its password file cannot be used.
    """
    path = directory / FILE_NAME
    table = read_file(path).get("kiosk")
    if table is None:
        return None
    if not isinstance(table, dict):
        raise SettingsError(f"{path}: 'kiosk' must be a table: write [kiosk] on a line of its own")
    refuse_unknown(path, (f"kiosk.{key}" for key in table), (f"kiosk.{key}" for key in _KEYS))
    for key, words in _KEYS.items():
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            raise SettingsError(f"{path}: 'kiosk.{key}' is missing: give {words}, as a text")
    settings = KioskSettings(
        table["user"].strip(), table["seat"].strip(), directory / table["password_file"]
    )
    read_password(settings.password_file)
    return settings


def read_password(path: Path) -> str:
    """Return the one line of a password file.

    Raises:
        SettingsError: missing, open to others, empty or more than a line.
    """
    try:
        require_private(path, "give the account a new password")
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SettingsError(
            f"password file {path} cannot be read ({error.strerror}): write the kiosk account's "
            "password into it, readable by this program's user only"
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"password file {path} is not UTF-8 text") from error
    if len(lines) != 1 or not lines[0]:
        raise SettingsError(
            f"password file {path} has {len(lines)} lines: write the password alone, on one line"
        )
    return lines[0]


class Kiosk:
    """Decide when the wall signs itself in; knows neither Qt nor the link.

    A refusal is tried again slowly, somebody at the form is never cut off, and a person who left
    the wall's own session (Ctrl+Shift+Q) keeps the form until somebody signs in.

    Args:
        settings: whose seat it is.
        clock: steady time.
    """

    def __init__(self, settings: KioskSettings, clock: Clock) -> None:
        self.settings = settings
        self._clock = clock
        self._not_before_s = 0.0
        self._touched_s = float("-inf")
        self.left = False
        """Whether a person asked for the form, so that the wall waits."""

    def due(self) -> bool:
        """Return whether to sign in now, if a bridge is there and nobody is signed in."""
        now_s = self._clock.mono_s()
        free = not self.left and now_s - self._touched_s >= HANDS_OFF_S
        return free and now_s >= self._not_before_s

    def begin(self) -> str:
        """Start a try: return the password as its file holds it now.

        Raises:
            SettingsError: the file cannot be used any more; tried again as after a refusal.
        """
        self._not_before_s = self._clock.mono_s() + REFUSED_AGAIN_S
        password = read_password(self.settings.password_file)
        self._not_before_s = self._clock.mono_s() + AGAIN_S
        return password

    def refused(self, error: RequestError) -> int:
        """Take a try's failure; return in how many seconds comes the next one."""
        wait_s = UNAVAILABLE_AGAIN_S
        if error.code not in (ErrorCode.UNAVAILABLE, ErrorCode.TIMED_OUT, ErrorCode.CONFLICT):
            asked = error.params.get("seconds", 0)
            wait_s = max(REFUSED_AGAIN_S, float(asked))
        self._not_before_s = self._clock.mono_s() + wait_s
        return round(wait_s)

    def touch(self) -> None:
        """Note that somebody types into the form."""
        self._touched_s = self._clock.mono_s()

    def signed_in(self) -> None:
        """Note that a seat is taken, by the wall or by a person: its end is the wall's again."""
        self.left = False
        self._touched_s = float("-inf")

    def leave(self, user: str) -> None:
        """Note that a person signed ``user`` out: the form stays if that was the wall itself."""
        self.left = user == self.settings.user
