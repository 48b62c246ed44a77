"""Copy what a bridge must not lose into one file, beside a running bridge, and put it back.

In it: the store (journal, states, users) as of one moment, as a SQLite file also when a database
server keeps it, and the keys. Not in it: point history, which is large and costs curves, never an
incident; and ``/etc``, which its owner keeps.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

import msgspec

from backend_bridge.contract.times import Clock, from_ms
from backend_bridge.core.storage import StorageError
from backend_bridge.store import StoreSettings
from backend_bridge.store.files import exclusive
from backend_bridge.store.settings import STORE_FILE
from backend_bridge.store.store import copy_store, replace_store
from backend_bridge.version import installed_version

MANIFEST = "manifest.json"
FORMAT = 1
KEYS = "keys"
_PIECE = 1024 * 1024
_COMPANIONS = ("-wal", "-shm")


class BackupError(Exception):
    """Say why nothing was copied or put back, and what to do."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """Say what a backup holds.

    Attributes:
        format: of this file; another one is refused.
        made_ms: when, UTC milliseconds.
        version: the program that made it.
        files: SHA-256 (hexadecimal) by path relative to the data directory.
    """

    format: int
    made_ms: int
    version: str
    files: dict[str, str]


def back_up(data: Path, target: Path, clock: Clock, *, url: str = "") -> Manifest:
    """Write a backup of a data directory, durable and complete when this returns.

    Args:
        data: the bridge's data directory.
        target: the file; must not exist.
        clock: says when.
        url: of the database server that keeps the store; empty for a file in ``data``.

    Raises:
        BackupError: there is nothing to copy, the target exists, or it cannot be written; no
            half-made target is left.
    """
    settings = StoreSettings(directory=data, url=url)
    store = settings.store_path
    if not url and not store.is_file():
        raise BackupError(
            f"{store} does not exist, so there is nothing to copy. Name the directory that the "
            "bridge is started with as --data, or its configuration as --config when its store is "
            "in PostgreSQL."
        )
    if target.exists():
        raise BackupError(f"{target} exists already; nothing was copied. Name another file.")
    partial = target.with_name(target.name + ".partial")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
            copy = Path(folder) / store.name
            copy_store(settings, copy)
            sources = {store.name: copy, **_keys(data)}
            manifest = _write(partial, sources, clock.now_ms())
        partial.rename(target)
        _sync(target.parent)
    except (OSError, StorageError, sqlite3.Error) as error:
        raise BackupError(f"nothing was copied to {target}: {error}") from error
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
    return manifest


def read_manifest(source: Path) -> Manifest:
    """Return what a backup says of itself.

    Raises:
        BackupError: it is no backup, or one of another format.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            return _manifest(archive, source)
    except (OSError, zipfile.BadZipFile) as error:
        raise _no_backup(source, error) from error


def extract_store(source: Path, directory: Path) -> None:
    """Write the store that a backup holds into a directory, to look at it.

    Raises:
        BackupError: it is no backup, or it is damaged.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _manifest(archive, source)
            _extract(archive, STORE_FILE, manifest.files[STORE_FILE], directory / STORE_FILE)
    except (zipfile.BadZipFile, OSError, KeyError) as error:
        raise _no_backup(source, error) from error


def restore(
    source: Path, data: Path, clock: Clock, *, url: str = ""
) -> tuple[Manifest, Path | None]:
    """Put a backup back; what was there is set aside, not thrown away.

    Args:
        source: a backup, made of a file or of a database server.
        data: the bridge's data directory; made when ``url`` is given.
        clock: names what is set aside.
        url: of the database server that is to keep the store; empty for a file in ``data``.

    Returns:
        What was restored, and the directory that holds what was there before (``None`` if
        nothing was).

    Raises:
        BackupError: a bridge runs on this directory, the backup is damaged, or the disk refuses;
            the directory is then as it was.
    """
    settings = StoreSettings(directory=data, url=url)
    store = settings.store_path
    try:
        with exclusive(store), zipfile.ZipFile(source) as archive:
            manifest = _manifest(archive, source)
            with tempfile.TemporaryDirectory(dir=data, prefix=".restore-") as folder:
                fresh = Path(folder)
                for name, digest in manifest.files.items():
                    _extract(archive, name, digest, fresh / name)
                _check_store(fresh / store.name, source)
                aside: Path | None
                moment = from_ms(clock.now_ms()).strftime("%Y%m%dT%H%M%SZ")
                if url:
                    aside = _replace_on_server(settings, clock, fresh / store.name, moment)
                    aside = _set_aside(data, moment, (), aside)
                else:
                    aside = _set_aside(data, moment, (store,), None)
                _give_to_owner(data, fresh)
                for entry in sorted(fresh.iterdir()):
                    entry.rename(data / entry.name)
            _sync(data)
    except (zipfile.BadZipFile, OSError, KeyError) as error:
        raise _no_backup(source, error) from error
    except StorageError as error:
        raise BackupError(f"nothing was restored: {error}") from error
    return manifest, aside


def _keys(data: Path) -> dict[str, Path]:
    files = (path for path in sorted((data / KEYS).rglob("*")) if path.is_file())
    return {path.relative_to(data).as_posix(): path for path in files}


def _write(partial: Path, sources: dict[str, Path], now_ms: int) -> Manifest:
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        digests = {}
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            for name, path in sources.items():
                digest = hashlib.sha256()
                with path.open("rb") as original, archive.open(name, "w", force_zip64=True) as copy:
                    for piece in _pieces(original):
                        digest.update(piece)
                        copy.write(piece)
                digests[name] = digest.hexdigest()
            manifest = Manifest(
                format=FORMAT, made_ms=now_ms, version=installed_version(), files=digests
            )
            archive.writestr(MANIFEST, msgspec.json.encode(manifest))
        file.flush()
        os.fsync(file.fileno())
    return manifest


def _manifest(archive: zipfile.ZipFile, source: Path) -> Manifest:
    try:
        manifest = msgspec.json.decode(archive.read(MANIFEST), type=Manifest)
    except (KeyError, msgspec.MsgspecError) as error:
        raise _no_backup(source, error) from error
    if manifest.format != FORMAT:
        raise BackupError(
            f"{source} has format {manifest.format}, written by Beffroi {manifest.version}; this "
            f"program reads format {FORMAT}. Restore it with the program that wrote it."
        )
    for name in manifest.files:
        path = PurePosixPath(name)
        known = name == STORE_FILE or path.parts[:1] == (KEYS,)
        if not known or path.is_absolute() or ".." in path.parts:
            raise BackupError(f"{source} names {name!r}, which no backup holds: nothing was done.")
    if STORE_FILE not in manifest.files:
        raise BackupError(f"{source} holds no store: nothing was done.")
    return manifest


def _extract(archive: zipfile.ZipFile, name: str, expected: str, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as copy, archive.open(name) as original:
        for piece in _pieces(original):
            digest.update(piece)
            copy.write(piece)
        copy.flush()
        os.fsync(copy.fileno())
    if digest.hexdigest() != expected:
        raise BackupError(
            f"{name} in the backup is not what was backed up (its SHA-256 differs): the file is "
            "damaged. Nothing was restored; take another backup."
        )


def _check_store(store: Path, source: Path) -> None:
    try:
        with contextlib.closing(sqlite3.connect(store)) as connection:
            verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        verdict = error
    if verdict != "ok":
        raise BackupError(f"the store in {source} is damaged ({verdict}): nothing was restored.")


def _replace_on_server(settings: StoreSettings, clock: Clock, fresh: Path, moment: str) -> Path:
    """Put a file's store in place of the server's; return the directory that keeps the latter."""
    aside = _aside(settings.directory, moment)
    try:
        replace_store(settings, clock, fresh, aside / STORE_FILE)
    except BaseException:
        shutil.rmtree(aside)
        raise
    fresh.unlink()
    return aside


def _set_aside(data: Path, moment: str, stores: Iterable[Path], aside: Path | None) -> Path | None:
    """Move what a restore replaces into a directory of its own, a store's log with it."""
    there = [data / KEYS]
    for store in stores:
        there += [store, *(store.with_name(store.name + end) for end in _COMPANIONS)]
    there = [path for path in there if path.exists() and not _empty(path)]
    if not there:
        return aside
    aside = aside or _aside(data, moment)
    for path in there:
        path.rename(aside / path.name)
    return aside


def _aside(data: Path, moment: str) -> Path:
    return Path(tempfile.mkdtemp(prefix=f"before-restore-{moment}-", dir=data))


def _give_to_owner(data: Path, fresh: Path) -> None:
    """Give what is restored to the directory's owner: an administrator works as another user."""
    owner = data.stat()
    if (owner.st_uid, owner.st_gid) == (os.geteuid(), os.getegid()):
        return
    lock = StoreSettings(directory=data).store_path.with_name(f"{STORE_FILE}.lock")
    for path in (lock, *fresh.rglob("*")):
        os.chown(path, owner.st_uid, owner.st_gid)


def _empty(path: Path) -> bool:
    return path.is_dir() and next(path.iterdir(), None) is None


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece


def _no_backup(source: Path, error: Exception) -> BackupError:
    return BackupError(
        f"{source} is no backup made by 'beffroi admin backup', or it is damaged ({error}): "
        "nothing was restored."
    )


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
