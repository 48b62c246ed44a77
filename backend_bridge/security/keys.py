"""CURVE key pairs in the certificate files every ZeroMQ tool reads (ZPL, as ``zmq.auth`` writes).

A public key lives in ``<name>.key``; a pair with its secret in ``<name>.key_secret``, mode 0600.
"""

from __future__ import annotations

import os
import re
import stat
import tempfile
from pathlib import Path

import msgspec
import zmq
from zmq.utils import z85

MAX_NAME_LENGTH = 64
BRIDGE_NAME = "bridge"
"""Name of the bridge's own pair in a key directory; no console may take it."""

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?")
_FIELD = re.compile(r'^\s+(public-key|secret-key)\s*=\s*"([^"]{40})"\s*$', re.MULTILINE)
_MAX_FILE_BYTES = 16 * 1024
_HEADER = "#   Beffroi CURVE {what} of {name}. {advice}\n\n"


class KeyFileError(Exception):
    """Say what is wrong with a key, a key's name or a key's file, and what to do."""


class KeyPair(msgspec.Struct, frozen=True):
    """Hold a CURVE pair as Z85 text; its ``repr`` never shows the secret."""

    public: bytes
    secret: bytes

    def __repr__(self) -> str:
        return f"KeyPair(public={self.public!r}, secret=…)"


def generate() -> KeyPair:
    """Return a fresh CURVE pair from the system's randomness."""
    public, secret = zmq.curve_keypair()
    return KeyPair(public, secret)


def check_name(name: str) -> str:
    """Return ``name`` if it can name a console and its files.

    Raises:
        KeyFileError: empty, longer than 64, or with anything but ASCII letters, digits and
            ``. _ -`` between a first and a last letter or digit; or the bridge's own.
    """
    if len(name) > MAX_NAME_LENGTH or not _NAME.fullmatch(name) or ".." in name:
        raise KeyFileError(
            f"{name!r} cannot name a console: use 1 to {MAX_NAME_LENGTH} ASCII letters and digits, "
            "with '-', '_' or single '.' between them, for example pupitre-police-1."
        )
    if name == BRIDGE_NAME:
        raise KeyFileError(
            f"{name!r} names the bridge's own key: give the console another name, "
            "for example pupitre-1."
        )
    return name


def public_path(directory: Path, name: str) -> Path:
    """Return where ``name``'s public key lives."""
    return directory / f"{name}.key"


def secret_path(directory: Path, name: str) -> Path:
    """Return where ``name``'s pair lives."""
    return directory / f"{name}.key_secret"


def write_pair(directory: Path, name: str, pair: KeyPair) -> None:
    """Write both files of a pair, the secret one 0600 from its first byte.

    Raises:
        KeyFileError: the files exist already or cannot be written.
    """
    secret = secret_path(directory, name)
    if secret.exists():
        raise KeyFileError(
            f"{secret} exists already: a key is never overwritten. "
            "Move it away first if it shall be replaced, then revoke the old one."
        )
    text = _HEADER.format(what="secret key", name=name, advice="Keep it here; copy it nowhere.")
    text += f'curve\n    public-key = "{_text(pair.public)}"\n'
    text += f'    secret-key = "{_text(pair.secret)}"\n'
    write_private(secret, text, mode=0o600)
    write_public(directory, name, pair.public)


def write_public(directory: Path, name: str, public: bytes) -> None:
    """Write a public key's file, replacing it at once and whole.

    Raises:
        KeyFileError: it cannot be written.
    """
    text = _HEADER.format(what="public key", name=name, advice="It may be given to anybody.")
    text += f'curve\n    public-key = "{_text(public)}"\n'
    write_private(public_path(directory, name), text, mode=0o644)


def read_public(path: Path) -> bytes:
    """Return the public key (Z85, 40 bytes) of a ``.key`` or ``.key_secret`` file.

    Raises:
        KeyFileError: missing, unreadable or not a CURVE certificate.
    """
    return _field(path, _read(path), "public-key")


def read_pair(path: Path) -> KeyPair:
    """Return the pair of a ``.key_secret`` file that nobody but its owner can read.

    Raises:
        KeyFileError: missing, not a CURVE certificate, others may read it, or its two halves do
            not belong together.
    """
    check_private(path)
    text = _read(path)
    pair = KeyPair(_field(path, text, "public-key"), _field(path, text, "secret-key"))
    if zmq.curve_public(pair.secret) != pair.public:
        raise KeyFileError(
            f"{path}: its public key does not belong to its secret key. "
            "The file was altered: make a new pair and enrol it."
        )
    return pair


def ensure_bridge_pair(directory: Path) -> KeyPair:
    """Return the bridge's own pair, made at first start.

    Raises:
        KeyFileError: it exists and cannot be used, or cannot be written.
    """
    path = secret_path(directory, BRIDGE_NAME)
    if path.exists():
        return read_pair(path)
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise KeyFileError(f"{directory} cannot be made: {error.strerror}.") from error
    pair = generate()
    write_pair(directory, BRIDGE_NAME, pair)
    return pair


def check_private(path: Path) -> None:
    """Refuse a secret that anybody but its owner may read.

    Raises:
        KeyFileError: missing, not a regular file, or group or others have a right on it.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise KeyFileError(_cannot_read(path, error)) from error
    if not stat.S_ISREG(found.st_mode):
        raise KeyFileError(
            f"{path} is not a regular file: a key cannot be read from it. Move it away and copy "
            "the key back from where it was made."
        )
    if found.st_mode & 0o077:
        raise KeyFileError(
            f"{path} may be read by others (mode {stat.S_IMODE(found.st_mode):04o}): the secret "
            f"may be known already. Run 'chmod 600 {path}', and make a new key if in doubt."
        )


def write_private(path: Path, text: str, *, mode: int) -> None:
    """Write a small file whole or not at all, never readable wider than ``mode`` on the way.

    Raises:
        KeyFileError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # mkstemp opens with 0600: the secret is never on disk with wider rights.
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fchmod(file.fileno(), mode)
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise KeyFileError(
            f"{path} cannot be written: {error.strerror}. "
            "Check that the directory belongs to the user who runs this."
        ) from error


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_MAX_FILE_BYTES).decode("utf-8", errors="replace")
    except OSError as error:
        raise KeyFileError(_cannot_read(path, error)) from error


def _field(path: Path, text: str, name: str) -> bytes:
    for found, value in _FIELD.findall(text):
        if found == name:
            try:
                z85.decode(value.encode())
            except (ValueError, KeyError, UnicodeEncodeError):
                break
            return bytes(value.encode("ascii"))
    raise KeyFileError(
        f"{path} holds no CURVE {name}: it is not a key file made by 'beffroi keys new', "
        "or it was cut short. Copy it again from where it was made."
    )


def _cannot_read(path: Path, error: OSError) -> str:
    return f"{path} cannot be read: {error.strerror}. Make it with 'beffroi keys new'."


def _text(key: bytes) -> str:
    return key.decode("ascii")
