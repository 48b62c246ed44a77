"""Where the bridge is and which keys this console has: ``console.toml``, typed and checked."""

from __future__ import annotations

import difflib
import os
import stat
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zmq.auth

FILE_NAME = "console.toml"
ENV_BRIDGES = "BEFFROI_BRIDGES"
"""Overrides ``bridges``: addresses separated by commas or spaces."""
KEY_LENGTH = 40
OTHER_TABLES = ("kiosk", "map")
"""Tables of ``console.toml`` for others: ``console.app_kiosk`` and ``console.app_map``."""


class SettingsError(ValueError):
    """Say what is wrong with ``console.toml`` or a key file, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSettings:
    """Hold what a link needs.

    Attributes:
        addresses: ``tcp://host:port`` of the bridges, tried in turn.
        public_key: this console's CURVE key, Z85, 40 characters; ``secret_key`` likewise.
        bridge_key: the bridge's public CURVE key.
        software: name and version said in the hello.
        request_timeout_s: how long a request may wait for its answer.
        connect_timeout_s: how long a connection, its keys and its hello may take together.
        retry_first_s: longest wait before the first retry; it doubles up to ``retry_cap_s``.
        silence_s: beats missed this long end a connection that looks open.
    """

    addresses: tuple[str, ...]
    public_key: str
    secret_key: str
    bridge_key: str
    software: str = "beffroi-console"
    request_timeout_s: float = 10.0
    connect_timeout_s: float = 3.0
    retry_first_s: float = 0.2
    retry_cap_s: float = 5.0
    silence_s: float = 5.0

    def __repr__(self) -> str:
        # The secret key must not reach a log through a traceback or a debugger's print.
        return f"LinkSettings(addresses={self.addresses!r}, public_key={self.public_key!r})"


@dataclass(frozen=True, slots=True)
class _Key:
    kind: type | tuple[type, ...]
    words: str
    default: Any = None


_KEYS = {
    "name": _Key(str, "the console's name as enrolled"),
    "bridges": _Key(list, 'a list of addresses such as "tcp://10.0.0.5:4710"'),
    "secret_key_file": _Key(str, "a file name beside console.toml", ""),
    "bridge_key_file": _Key(str, "a file name beside console.toml", "bridge.key"),
    "request_timeout_s": _Key((int, float), "a number of seconds from 1 to 120", 10.0),
    "connect_timeout_s": _Key((int, float), "a number of seconds from 0.2 to 60", 3.0),
}


def load(directory: Path, *, environ: Mapping[str, str] | None = None) -> LinkSettings:
    """Read ``console.toml`` and the keys beside it; the environment overrides the addresses.

    Raises:
        SettingsError: a file is missing, open to others, or holds what it should not.
    """
    environ = os.environ if environ is None else environ
    path = directory / FILE_NAME
    values = _read(path)
    if ENV_BRIDGES in environ:
        values["bridges"] = environ[ENV_BRIDGES].replace(",", " ").split()
    name = values["name"]
    addresses = tuple(_address(path, item) for item in values["bridges"])
    if not addresses:
        raise SettingsError(f"{path}: bridges is empty: name at least one, {_words('bridges')}")
    secret_path = directory / (values["secret_key_file"] or f"{name}.key_secret")
    public_key, secret_key = _secret(secret_path)
    return LinkSettings(
        addresses=addresses,
        public_key=public_key,
        secret_key=secret_key,
        bridge_key=_public(directory / values["bridge_key_file"]),
        request_timeout_s=_seconds(path, values, "request_timeout_s", 1, 120),
        connect_timeout_s=_seconds(path, values, "connect_timeout_s", 0.2, 60),
    )


def _words(key: str) -> str:
    return _KEYS[key].words


def read_file(path: Path) -> dict[str, Any]:
    """Return all that ``console.toml`` holds, unchecked.

    Raises:
        SettingsError: it is missing, unreadable or not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(
            f"{path} is missing: copy the folder made by 'beffroi keys new' on the bridge"
        ) from None
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not TOML: {error}") from error


def refuse_unknown(path: Path, found: Iterable[str], known: Iterable[str]) -> None:
    """Refuse the first key nobody knows, naming the nearest known one.

    Raises:
        SettingsError: there is one.
    """
    known = tuple(known)
    for key in found:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)[0]
            raise SettingsError(f"{path}: unknown key '{key}', the nearest known is '{near}'")


def require_private(path: Path, remedy: str) -> None:
    """Refuse a file that others than its owner may read.

    Args:
        path: a file that is there.
        remedy: what to do, besides closing it, if others had access.

    Raises:
        SettingsError: its mode lets others in.
    """
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise SettingsError(
            f"{path} may be read by others (mode {mode:o}): run 'chmod 600 {path}' and, if others "
            f"had access, {remedy}"
        )


def _read(path: Path) -> dict[str, Any]:
    found = read_file(path)
    refuse_unknown(path, found, (*_KEYS, *OTHER_TABLES))
    values = {key: found.get(key, spec.default) for key, spec in _KEYS.items()}
    for key, spec in _KEYS.items():
        value = values[key]
        if value is None:
            raise SettingsError(f"{path}: '{key}' is missing: give {spec.words}")
        if not isinstance(value, spec.kind) or isinstance(value, bool):
            raise SettingsError(f"{path}: '{key}' must be {spec.words}, not {value!r}")
    return values


def _address(path: Path, address: object) -> str:
    if isinstance(address, str) and address.startswith("tcp://"):
        host, _, port = address.removeprefix("tcp://").rpartition(":")
        if host and port.isdigit() and 0 < int(port) < 65536:
            return address
    raise SettingsError(f"{path}: {address!r} is no address: write {_words('bridges')}")


def _seconds(path: Path, values: Mapping[str, Any], key: str, low: float, high: float) -> float:
    value = float(values[key])
    if not low <= value <= high:
        raise SettingsError(f"{path}: '{key}' is {value}: give {_words(key)}")
    return value


def _certificate(path: Path) -> tuple[str, str | None]:
    try:
        public, secret = zmq.auth.load_certificate(path)
    except OSError as error:
        raise SettingsError(
            f"key file {path} cannot be read ({error.strerror or 'missing'}): "
            "have the console enrolled with 'beffroi keys enroll'"
        ) from error
    except ValueError as error:
        raise SettingsError(f"{path} is no CURVE key file: {error}") from error
    keys = (public, secret)
    if any(key is not None and len(key) != KEY_LENGTH for key in keys):
        raise SettingsError(f"{path} holds a key that is not {KEY_LENGTH} characters long")
    return public.decode("ascii"), None if secret is None else secret.decode("ascii")


def _public(path: Path) -> str:
    return _certificate(path)[0]


def _secret(path: Path) -> tuple[str, str]:
    public, secret = _certificate(path)
    if secret is None:
        raise SettingsError(f"{path} holds no secret key: it must be this console's .key_secret")
    require_private(path, "enrol a new key")
    return public, secret
