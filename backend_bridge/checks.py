"""What a bridge's machine must have: see :mod:`backend_bridge.doctor`."""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from backend_bridge import config
from backend_bridge.config import BridgeConfig, ConfigFileError
from backend_bridge.doctor import Finding, Machine, missing, note, ok
from backend_bridge.security.roles import RoleError, load_roles
from backend_bridge.territory import Territory, TerritoryError, load
from backend_bridge.version import installed_version

SPARE_BYTES = 1024**3
"""Room the journal should have beside the history's budget."""
SPARE_FILES = 256
"""Open files of a bridge besides its links."""
ANSWER_S = 2.0


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
    yield from _data(settings)
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


def _anchors(settings: BridgeConfig) -> Iterator[Finding]:
    where = settings.audit.anchors
    if not where:
        yield note(
            "audit anchors",
            "no second place is named: an end of the journal that was cut off may pass",
            "Name a directory of another machine as anchors in [audit].",
        )
    elif not Path(where).is_dir():
        yield missing(
            "audit anchors", f"{where} is not there", "Mount it, or make it for the bridge's user."
        )
    else:
        yield ok("audit anchors", where)


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
