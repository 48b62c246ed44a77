"""What a bridge's machine must have: see :mod:`backend_bridge.doctor`."""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from backend_bridge import config
from backend_bridge.assembly import city_interlocks, store_settings
from backend_bridge.commands.interlocks import REMOVED
from backend_bridge.config import BridgeConfig, ConfigFileError
from backend_bridge.core.settings import SettingsError
from backend_bridge.core.storage import StorageError
from backend_bridge.doctor import Finding, Machine, missing, note, ok
from backend_bridge.security.anchors import FILE as ANCHORS_FILE
from backend_bridge.security.roles import RoleError, load_roles
from backend_bridge.services.alarms import incident_of, load_alarm_files
from backend_bridge.services.incidents import load_kinds
from backend_bridge.services.tables import shipped_rules
from backend_bridge.store.audit import open_journal
from backend_bridge.store.journal import read_interlocks
from backend_bridge.territory import Territory, TerritoryError, load
from backend_bridge.version import installed_version

SPARE_BYTES = 1024**3
"""Room the journal should have beside the history's budget."""
SPARE_FILES = 256
"""Open files of a bridge besides its links."""
ANSWER_S = 2.0
UNIT = "beffroi-bridge.service"
NAMED = 5
"""So many disarmed interlocks are named; the rest are counted."""

try:
    import pwd
except ImportError:  # not on Windows, where a territory may be looked at but no bridge runs
    pwd = None  # type: ignore[assignment]  # a module or nothing


def bridge_checks(machine: Machine) -> Iterator[Finding]:
    """Look at configuration, territory, data, addresses and clock of a bridge."""
    yield ok("program", f"Beffroi {installed_version()} on Python {sys.version.split()[0]}")
    yield _clock()
    if not machine.config.is_file():
        yield note(
            "configuration",
            f"{machine.config} does not exist",
            "Nothing to do where no bridge runs; otherwise name the file with --config.",
        )
        return
    try:
        settings = config.load(machine.config, os.environ, {})
    except ConfigFileError as error:
        yield missing("configuration", str(error), "Correct what is listed.")
        return
    yield ok("configuration", str(machine.config))
    territory = None
    try:
        territory = load(Path(settings.territory))
        yield ok(
            "territory",
            f"{territory.title}: {len(territory.equipment)} pieces of equipment, "
            f"{len(territory.links)} links",
        )
    except TerritoryError as error:
        first, *others = str(error).splitlines()
        yield missing(
            "territory",
            first + (f" (and {len(others)} more lines)" if others else ""),
            f"beffroi territory check {settings.territory}",
        )
    yield from _roles(settings, territory)
    if territory is not None:
        yield from _rules(settings, territory)
        yield from _interlocks(settings, territory)
    yield from _data(settings)
    yield from _armed(settings)
    yield from _anchors(settings)
    yield from _addresses(settings)
    if territory is not None:
        yield _open_files(territory)


def _roles(settings: BridgeConfig, territory: Territory | None) -> Iterator[Finding]:
    """Read the roles as the bridge will: with the territory's kinds and sectors."""
    city = Path(settings.roles) if settings.roles else None
    kinds = territory.kinds if territory is not None else ()
    sectors = territory.sector_names if territory is not None else ()
    try:
        roles = load_roles(city, kinds, sectors)
    except RoleError as error:
        for problem in error.problems:
            yield missing("roles", problem, "Correct the file; see docs/howto/write-a-role.md.")
        return
    yield ok("roles", ", ".join(roles.keys()))


def _rules(settings: BridgeConfig, territory: Territory) -> Iterator[Finding]:
    """Read alarm rules and kinds of incidents as the bridge will."""
    where = Path(settings.rules) if settings.rules else shipped_rules()
    try:
        files = load_alarm_files(where, territory.kinds)
        load_kinds(where, incident_of(files.rules))
    except SettingsError as error:
        for problem in error.problems:
            yield missing("alarm rules", problem, "Correct the file; see docs/alarms.md.")
        return
    yield ok("alarm rules", f"{len(files.rules)} in {where}")


def _interlocks(settings: BridgeConfig, territory: Territory) -> Iterator[Finding]:
    """Read the interlocks as the bridge will."""
    try:
        rules = city_interlocks(settings, territory)
    except SettingsError as error:
        for problem in error.problems:
            yield missing("interlocks", problem, "Correct the file; see docs/interlocks.md.")
        return
    yield ok("interlocks", ", ".join(rule.key for rule in rules))


def _armed(settings: BridgeConfig) -> Iterator[Finding]:
    """Look in the store for interlocks that refuse everything until somebody has looked."""
    try:
        store = store_settings(settings)
        if not store.url and not store.store_path.is_file():
            return
        with open_journal(store) as connection:
            marks = read_interlocks(connection)
    except (ConfigFileError, StorageError) as error:
        yield note("store", str(error), "Start the bridge once, or mend what is named.")
        return
    except SQLAlchemyError as error:
        text = " ".join(str(getattr(error, "orig", None) or error).split())
        yield missing("store", f"cannot be read: {text}", "Mend what is named.")
        return
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


def _addresses(settings: BridgeConfig) -> Iterator[Finding]:
    """Find a running bridge, or whether its addresses are free for one."""
    health = _health(settings.http.address)
    if health is not None:
        links = f"{health.get('links_up')} links up, {health.get('links_down')} down"
        if health.get("live"):
            yield ok("bridge", f"runs, version {health.get('version')}, {links}")
        else:
            yield missing(
                "bridge",
                f"runs, but its store cannot be written; {links}",
                "Make room on the disk; the journal goes on by itself.",
            )
        return
    wire = urllib.parse.urlsplit(settings.wire.address)
    http = urllib.parse.urlsplit(f"http://{settings.http.address}")
    for name, parts in (("wire", wire), ("http", http)):
        host = "0.0.0.0" if parts.hostname in (None, "*") else parts.hostname  # noqa: S104 - tried, then closed at once
        problem = _taken(host, parts.port or 0)
        if problem:
            yield missing(
                f"{name} address",
                f"{host}:{parts.port}: {problem}, and no bridge answers there",
                "End the program that has it (ss -ltnp), or choose another address.",
            )
        else:
            yield ok(f"{name} address", f"{host}:{parts.port} is free; no bridge runs")


def _health(address: str) -> dict[str, object] | None:
    try:
        with urllib.request.urlopen(f"http://{address}/health", timeout=ANSWER_S) as answer:
            found = json.load(answer)
    except urllib.error.HTTPError as error:
        try:
            found = json.load(error)  # 503 with the same body: it runs, but not well
        except ValueError:
            return None
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and "epoch" in found else None


def _taken(host: str, port: int) -> str:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _open_files(territory: Territory) -> Finding:
    wanted = len(territory.links) + SPARE_FILES
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return note("open files", "not known on this system", f"{wanted} are wanted.")
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < wanted:
        return missing(
            "open files",
            f"{most} allowed here, {wanted} wanted for the links",
            "Raise the limit (LimitNOFILE of the unit).",
        )
    return ok("open files", f"{allowed} allowed here, {wanted} wanted")


def _clock() -> Finding:
    if Path("/run/systemd/timesync/synchronized").exists() or Path("/run/chrony").is_dir():
        return ok("clock", "kept by a time service")
    return note(
        "clock",
        "no time service found (systemd-timesyncd, chrony)",
        "Ages and the journal's times are this machine's: install one.",
    )
