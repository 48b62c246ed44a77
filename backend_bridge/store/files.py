"""Files of the store: made private, locked by one bridge, copied while in use."""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from backend_bridge.core.storage import StorageError
from backend_bridge.store.errors import StoreInUseError, StoreOpenError

_OWNER_ONLY = 0o600
_OWNER_ONLY_DIRECTORY = 0o700


def make_private(path: Path) -> None:
    """Create a file, and its directory, that only the bridge's own user can read.

    Raises:
        StoreOpenError: the operating system refuses.
    """
    make_directory(path.parent)
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _OWNER_ONLY))
    except OSError as error:
        raise _no_place(path, error) from error


def make_directory(directory: Path) -> None:
    """Create a directory that only the bridge's own user can read, unless it is there.

    Raises:
        StoreOpenError: the operating system refuses.
    """
    try:
        directory.mkdir(mode=_OWNER_ONLY_DIRECTORY, parents=True, exist_ok=True)
    except OSError as error:
        raise _no_place(directory, error) from error


@contextlib.contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold a store for this process; the lock goes with the process, however it ends.

    Raises:
        StoreInUseError: another process holds it.
        StoreOpenError: the lock file cannot be made.
    """
    lock = path.with_name(path.name + ".lock")
    make_private(lock)
    descriptor = os.open(lock, os.O_RDWR | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"
            raise StoreInUseError(
                f"{path.parent} is in use by another bridge (process {holder}). Two writers would "
                "break the journal's order, so this one does not start. Stop the other bridge "
                "first, or name another data directory."
            ) from error
        with contextlib.suppress(OSError):  # a full disk must not keep the bridge from starting
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
        yield
    finally:
        os.close(descriptor)


def copy_database(source: Path, target: Path) -> None:
    """Copy a SQLite file while it is in use, as of one moment; durable and checked when it returns.

    Raises:
        StorageError: the target exists, cannot be written, or the copy does not check out; no
            half-made target is left.
    """
    if target.exists():
        raise StorageError(f"{target} exists already; nothing was copied. Name another file.")
    partial = target.with_name(target.name + ".partial")
    try:
        partial.unlink(missing_ok=True)
        make_private(partial)
        with (
            contextlib.closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True))
            as original,
            contextlib.closing(sqlite3.connect(partial)) as copy,
        ):  # fmt: skip
            original.backup(copy)
            # one self-contained file, whatever the original's journal mode
            copy.execute("PRAGMA journal_mode = DELETE")
            verdict = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise StorageError(f"the copy of {source} is damaged ({verdict}); it was thrown away")
        sync(partial)
        partial.rename(target)
        sync(target.parent)
    except (sqlite3.Error, OSError) as error:
        raise StorageError(f"cannot copy {source} to {target}: {error}") from error
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)


def set_aside(path: Path, suffix: str) -> Path:
    """Rename a SQLite file and what belongs to it, keeping at most one set-aside copy.

    Raises:
        OSError: the operating system refuses.
    """
    for old in path.parent.glob(f"{path.name}.set-aside-*"):
        old.unlink(missing_ok=True)
    aside = path.with_name(f"{path.name}.set-aside-{suffix}")
    path.rename(aside)
    for companion in ("-wal", "-shm"):
        # a new database must never be fed the old one's log
        path.with_name(path.name + companion).unlink(missing_ok=True)
    return aside


def _no_place(path: Path, error: OSError) -> StoreOpenError:
    return StoreOpenError(
        f"Cannot open {path}: {error.strerror}. The bridge has nowhere to keep its journal and "
        f"does not start. Give its user the right to write in {path.parent}, or name another data "
        "directory."
    )


def sync(path: Path) -> None:
    """Force a file or directory to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
