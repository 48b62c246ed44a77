"""What a bridge keeps: its directory, keys, journal, and the audit chain's second place."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from backend_bridge.assembly import store_settings
from backend_bridge.commands.interlock_marks import REMOVED
from backend_bridge.config import BridgeConfig, ConfigFileError
from backend_bridge.contract.safety import InterlockMark
from backend_bridge.contract.times import SystemClock
from backend_bridge.core.storage import StorageError
from backend_bridge.doctor import Finding, missing, note, ok
from backend_bridge.security.anchors import FILE as ANCHORS_FILE
from backend_bridge.security.keys import (
    BRIDGE_NAME,
    KeyFileError,
    read_pair,
    read_public,
    secret_path,
)
from backend_bridge.store.audit import open_journal
from backend_bridge.store.dialects import reason
from backend_bridge.store.errors import OlderStoreError
from backend_bridge.store.group import newest_ms
from backend_bridge.store.journal import read_interlocks

SPARE_BYTES = 1024**3
"""Room the journal should have beside the history's budget."""
AHEAD_S = 60.0
"""The journal may not be further ahead of this machine's clock."""
ANSWER_S = 2.0
UNIT = "beffroi-bridge.service"
NAMED = 5
"""So many disarmed interlocks are named; the rest are counted."""

try:
    import pwd
except ImportError:  # not on Windows, where a territory may be looked at but no bridge runs
    pwd = None  # type: ignore[assignment]  # a module or nothing


def kept_checks(settings: BridgeConfig) -> Iterator[Finding]:
    """Look at everything that a bridge writes, or that must outlive it."""
    yield from _data(settings)
    yield from _keys(settings)
    yield from _store(settings)
    yield from _anchors(settings)


def _data(settings: BridgeConfig) -> Iterator[Finding]:
    data = Path(settings.data)
    if not data.is_dir():
        yield note(
            "data", f"{data} does not exist yet", "The bridge makes it if it may; look again then."
        )
        return
    mode = stat.S_IMODE(data.stat().st_mode)
    if mode & 0o077:
        yield missing(
            "data",
            f"{data} may be read by others (mode {mode:o}): it holds keys and password hashes",
            f"chmod 700 {data}",
        )
    free = shutil.disk_usage(data).free
    wanted = SPARE_BYTES + settings.store.history_bytes
    if free < wanted:
        yield missing(
            "disk",
            f"{free / 2**30:.1f} GiB free for {data}; journal and history want "
            f"{wanted / 2**30:.1f} GiB",
            "Make room, or lower history_bytes in [store].",
        )
    else:
        yield ok("disk", f"{free / 2**30:.0f} GiB free for {data}")


def _keys(settings: BridgeConfig) -> Iterator[Finding]:
    """Look whether the bridge's secrets are whole, and nobody else's to read."""
    directory = Path(settings.data) / "keys"
    path = secret_path(directory, BRIDGE_NAME)
    if not path.exists():
        return  # made at the first start
    try:
        read_pair(path)
        enrolled = 0
        for public in sorted((directory / "enrolled").glob("*.key")):
            read_public(public)
            enrolled += 1
    except KeyFileError as error:
        yield missing("keys", str(error), "Correct what is named.")
        return
    yield ok("keys", f"the bridge's own, and {enrolled} consoles'")


def _store(settings: BridgeConfig) -> Iterator[Finding]:
    """Look whether the journal can be read, and what in it somebody must know of."""
    try:
        store = store_settings(settings)
        if not store.url and not store.store_path.is_file():
            return
        with open_journal(store) as connection:
            marks = read_interlocks(connection)
            ahead_s = (newest_ms(connection) - SystemClock().now_ms()) / 1000
    except OlderStoreError as error:
        yield note("store", str(error), "The bridge does it at its next start, and keeps a copy.")
        return
    except (ConfigFileError, StorageError) as error:
        yield missing("store", str(error), "Mend what is named.")
        return
    except SQLAlchemyError as error:
        yield missing("store", f"cannot be read: {reason(error)}", "Mend what is named.")
        return
    yield ok("store", "in PostgreSQL" if store.url else str(store.store_path))
    if ahead_s > AHEAD_S:
        yield missing(
            "clock",
            f"{ahead_s:.0f} s behind the newest entry of the bridge's own journal",
            "Set the clock right: install systemd-timesyncd or chrony, or look at the battery.",
        )
    yield from _armed(marks)


def _armed(marks: Sequence[InterlockMark]) -> Iterator[Finding]:
    """Name the interlocks that refuse everything until somebody has looked."""
    held = [m.interlock_id for m in marks if not m.armed and m.reason != REMOVED]
    gone = [m.interlock_id for m in marks if not m.armed and m.reason == REMOVED]
    if gone:
        named = ", ".join(gone[:NAMED]) + (" …" if len(gone) > NAMED else "")
        yield note(
            "removed",
            f"{len(gone)} interlocks were taken out of the configuration ({named}): what they "
            "guarded is commanded without them",
            "Put the rule back, or take note of it: arm it; see docs/interlocks.md.",
        )
    if held:
        named = ", ".join(held[:NAMED]) + (" …" if len(held) > NAMED else "")
        yield note(
            "armed",
            f"{len(held)} of {len(marks)} interlocks are disarmed ({named}): every command they "
            "guard is refused",
            "Look at each on the spot, then arm it; see docs/interlocks.md.",
        )
    elif marks:
        yield ok("armed", f"{len(marks)} interlocks")


def _anchors(settings: BridgeConfig) -> Iterator[Finding]:
    """Look at the audit chain's second place as the bridge's user will find it."""
    if not settings.audit.anchors:
        yield note(
            "audit anchors",
            "no second place is named: an end of the journal that was cut off may pass",
            "Name a directory of another machine as anchors in [audit].",
        )
        return
    where, data = Path(settings.audit.anchors), Path(settings.data)
    if not where.is_dir():
        yield missing(
            "audit anchors", f"{where} is not there", "Mount it, or make it for the bridge's user."
        )
        return
    target = where / ANCHORS_FILE if (where / ANCHORS_FILE).exists() else where
    if not _may_write(target, data):
        yield missing(
            "audit anchors",
            f"the bridge's user may not write {target}",
            f"Give it to the user who owns {data}.",
        )
    elif (allowed := _allowed_by_unit()) is not None and not _below(where, allowed):
        yield missing(
            "audit anchors",
            f"{UNIT} lets the bridge write nowhere but in its own directory",
            f"systemctl edit {UNIT}: [Service], ReadWritePaths={where}; then restart it.",
        )
    elif data.is_dir() and where.stat().st_dev == data.stat().st_dev:
        yield note(
            "audit anchors",
            f"{where} is on the same disk as {data}: whoever can rewrite one can rewrite both",
            "Name a directory of another machine as anchors in [audit].",
        )
    else:
        yield ok("audit anchors", str(where))


def _may_write(path: Path, data: Path) -> bool:
    """Return whether the data directory's owner, as whom the bridge runs, may write a path.

    Whoever asks is often root, who may write everywhere.
    """
    if pwd is None or not data.is_dir():
        return os.access(path, os.W_OK)
    owner, found = data.stat().st_uid, path.stat()
    if owner in (0, os.geteuid()):
        return os.access(path, os.W_OK)
    if found.st_uid == owner:
        return bool(found.st_mode & stat.S_IWUSR)
    try:
        person = pwd.getpwuid(owner)
        groups = os.getgrouplist(person.pw_name, person.pw_gid)
    except (KeyError, OSError):
        groups = []
    if found.st_gid in groups:
        return bool(found.st_mode & stat.S_IWGRP)
    return bool(found.st_mode & stat.S_IWOTH)


def _allowed_by_unit() -> list[Path] | None:
    """Return where the installed unit lets the bridge write, ``None`` when no unit restrains it."""
    program = shutil.which("systemctl")
    if program is None or not Path("/run/systemd/system").is_dir():
        return None
    ask = [program, "show", UNIT, "--property=ProtectSystem,ReadWritePaths"]
    try:
        told = subprocess.run(ask, capture_output=True, text=True, check=True, timeout=ANSWER_S)
    except (OSError, subprocess.SubprocessError):
        return None
    return _writable(told.stdout)


def _writable(told: str) -> list[Path] | None:
    """Read what ``systemctl show`` says of a unit."""
    values = dict(line.split("=", 1) for line in told.splitlines() if "=" in line)
    if values.get("ProtectSystem") != "strict":
        return None
    return [Path(word.lstrip("-+")) for word in values.get("ReadWritePaths", "").split()]


def _below(where: Path, allowed: Iterable[Path]) -> bool:
    return any(where.resolve().is_relative_to(path.resolve()) for path in allowed)
