"""The journal's seal: at each commit its newest link is signed with a key the database never holds.

The chain alone is made of what everybody can compute. The seal is not: whoever writes the database
and cannot read the key can neither change, add, take out nor move an entry, up to the last commit.
One row is enough, since a link stands for everything before it. It does not show that the whole
database was put back as it once was: anchors do.
"""

from __future__ import annotations

import enum
import hashlib
import hmac
import os
import secrets
import stat
import tempfile
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from backend_bridge.contract.times import from_ms
from backend_bridge.core.storage import Seal
from backend_bridge.store.chain import Break, Wrong
from backend_bridge.store.dialects import BulkWrite
from backend_bridge.store.errors import StoreOpenError
from backend_bridge.store.tables import meta

KEY_FILE = "audit.seal_key"
"""In ``keys/`` beside the bridge's own pair; one set aside keeps this beginning of its name."""
SECRET_BYTES = 32
_PURPOSE = b"beffroi audit seal\0"
_ROW = "audit_seal"
_WRITE = BulkWrite(meta, ("key", "value"), key="key")


class SealKey(NamedTuple):
    """Sign the journal; its ``repr`` never shows the secret.

    Attributes:
        id: short name, from the secret: it stands with each seal.
        since: newest entry when it was made: from then on there is no journal without a seal.
    """

    id: str
    since: int
    secret: bytes

    def __repr__(self) -> str:
        return f"SealKey(id={self.id!r}, since={self.since})"

    def sign(self, tip: Seal) -> bytes:
        """Return what only who holds this key can make of a link."""
        message = _PURPOSE + tip.seq.to_bytes(8, "big") + tip.digest
        return hmac.digest(self.secret, message, "sha256")


class Sealed(msgspec.Struct, frozen=True, array_like=True):
    """The seal as the database keeps it."""

    seq: int
    key: str
    signature: bytes


class Sealing(enum.Enum):
    """Say what the seal proves."""

    PROVEN = enum.auto()
    """The newest link is signed with a key given."""
    NO_KEY = enum.auto()
    """There is a seal, and no key was given to check it with."""
    NONE = enum.auto()
    """There is no seal; an older version wrote this journal."""
    BROKEN = enum.auto()


class SealReport(NamedTuple):
    """What checking the seal found."""

    sealing: Sealing = Sealing.NONE
    key: str = ""
    since: int = 0


def write_seal(connection: Connection, key: SealKey, tip: Seal) -> None:
    """Sign the newest link, in the transaction that writes it."""
    sealed = Sealed(tip.seq, key.id, key.sign(tip))
    _WRITE.run(connection, [(_ROW, msgspec.msgpack.encode(sealed))])


def fits(connection: Connection, key: SealKey, tip: Seal) -> bool:
    """Return whether a link is the one that was sealed, or stands where a key begins.

    Whoever writes on asks this first: a seal over what somebody added without the key would make
    it true.
    """
    sealed = read_seal(connection)
    if sealed is None or sealed.key != key.id:
        return tip.seq in (0, key.since)
    return sealed.seq == tip.seq and hmac.compare_digest(key.sign(tip), sealed.signature)


def read_seal(connection: Connection) -> Sealed | None:
    """Return the seal, ``None`` where there is none that can be read."""
    query = sa.select(meta.c.value).where(meta.c.key == _ROW)
    value = connection.execute(query).scalar_one_or_none()
    if value is None:
        return None
    try:
        return msgspec.msgpack.decode(value, type=Sealed)
    except msgspec.MsgspecError:
        return None


def check_seal(
    connection: Connection, tip: Seal, keys: Sequence[SealKey]
) -> tuple[SealReport, Break | None]:
    """Return what the seal proves of a chain that holds, and where it fails.

    Args:
        connection: the store.
        tip: its newest link, as the chain was walked.
        keys: every key it may be sealed with.
    """
    sealed = read_seal(connection)
    if sealed is None:
        expected = [key for key in keys if key.since < tip.seq]
        if not expected:
            return SealReport(), None
        detail = f"there is no seal, and key {expected[0].id} seals since entry {expected[0].since}"
        return SealReport(Sealing.BROKEN), Break(tip.seq, Wrong.UNSEALED, detail)
    if not keys:
        return SealReport(Sealing.NO_KEY, sealed.key), None
    broken = SealReport(Sealing.BROKEN, sealed.key)
    key = next((key for key in keys if key.id == sealed.key), None)
    if key is None:
        named = ", ".join(key.id for key in keys)
        detail = f"the seal is of key {sealed.key}; given were {named}"
        return broken, Break(tip.seq, Wrong.UNSEALED, detail)
    if sealed.seq < tip.seq:
        detail = f"the seal is on entry {sealed.seq}; what follows was written without the key"
        return broken, Break(sealed.seq + 1, Wrong.UNSEALED, detail)
    if sealed.seq > tip.seq:
        detail = f"the seal is on entry {sealed.seq}; the last here is {tip.seq}"
        return broken, Break(tip.seq + 1, Wrong.CUT, detail)
    if not hmac.compare_digest(key.sign(tip), sealed.signature):
        detail = f"the seal of key {key.id} does not fit: somebody without the key made this chain"
        return broken, Break(tip.seq, Wrong.REPLACED, detail)
    return SealReport(Sealing.PROVEN, key.id, key.since), None


# -- the key's file --------------------------------------------------------------------------------


def key_path(directory: Path) -> Path:
    """Return where the key of a data directory is."""
    return directory / "keys" / KEY_FILE


def key_paths(directory: Path) -> list[Path]:
    """Return the key of a data directory and those set aside beside it."""
    return sorted((directory / "keys").glob(f"{KEY_FILE}*"))


def read_keys(paths: Iterable[Path]) -> list[SealKey]:
    """Return the keys of some files.

    Raises:
        StoreOpenError: see :func:`read_key`.
    """
    return [read_key(path) for path in paths]


def read_key(path: Path) -> SealKey:
    """Return the key of a file that nobody but its owner can read.

    Raises:
        StoreOpenError: it cannot be read, is none, or others may read it.
    """
    try:
        mode = path.stat().st_mode
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StoreOpenError(
            f"{path}, the key that seals the journal, cannot be read: {error}. Entries without its "
            "seal would look forged, so nothing was written. Run this as the bridge's own user, "
            "or put the file back from a backup."
        ) from error
    if mode & 0o077:
        raise StoreOpenError(
            f"{path} may be read by others (mode {stat.S_IMODE(mode):04o}): whoever read it can "
            f"forge the journal. Run 'chmod 600 {path}'; if in doubt, set it aside under a name "
            f"like {KEY_FILE}.old: the bridge makes another at its next start."
        )
    try:
        found = tomllib.loads(text)
        secret = bytes.fromhex(found["secret"])
        since = int(found["since"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise _no_key(path) from error
    if len(secret) != SECRET_BYTES:
        raise _no_key(path)
    return SealKey(_id(secret), since, secret)


def present_key(directory: Path) -> SealKey | None:
    """Return the key of a data directory, ``None`` before a bridge made one.

    Raises:
        StoreOpenError: see :func:`read_key`.
    """
    path = key_path(directory)
    return read_key(path) if path.exists() else None


def ensure_key(path: Path, tip_seq: int, now_ms: int) -> SealKey:
    """Return the key of a file, made when there is none.

    Raises:
        StoreOpenError: see :func:`read_key`; or it cannot be made.
    """
    if path.exists():
        return read_key(path)
    secret = secrets.token_bytes(SECRET_BYTES)
    made = from_ms(now_ms).isoformat(timespec="seconds")
    text = (
        "# Beffroi: seals the journal. Whoever reads this file can forge it: nobody but the\n"
        "# bridge's own user. Keep a copy in a safe, apart from the copies of the journal.\n"
        f'made = "{made}"\nsince = {tip_seq}\nsecret = "{secret.hex()}"\n'
    )
    try:
        _write(path, text)
    except OSError as error:
        raise StoreOpenError(
            f"{path}, the key that seals the journal, cannot be made: {error}. The bridge does "
            "not start. Make room, or give its user the right to write there."
        ) from error
    return SealKey(_id(secret), tip_seq, secret)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp opens with 0600: the secret is never on disk with wider rights, nor half of it
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _id(secret: bytes) -> str:
    return hashlib.sha256(_PURPOSE + secret).hexdigest()[:8]


def _no_key(path: Path) -> StoreOpenError:
    return StoreOpenError(
        f"{path} is no key that seals a journal, or it was cut short. Put the file back from a "
        f"backup, or set it aside under a name that does not begin with {KEY_FILE}."
    )
