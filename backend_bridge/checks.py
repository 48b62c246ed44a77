"""What a bridge's machine must have: see :mod:`backend_bridge.doctor`."""

from __future__ import annotations

import json
import os
import socket
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from backend_bridge import config
from backend_bridge.checks_kept import kept_checks
from backend_bridge.city_files import city_interlocks, city_plans
from backend_bridge.config import BridgeConfig, ConfigFileError
from backend_bridge.core.settings import SettingsError
from backend_bridge.doctor import Finding, Machine, missing, note, ok
from backend_bridge.security.roles import RoleError, load_roles
from backend_bridge.services.alarms import incident_of, load_alarm_files
from backend_bridge.services.facts import Facts
from backend_bridge.services.incidents import load_kinds
from backend_bridge.services.overrides import load_ladder
from backend_bridge.services.tables import shipped_rules
from backend_bridge.territory import Territory, TerritoryError, load
from backend_bridge.version import installed_version

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
    if territory is not None:
        yield from _rules(settings, territory)
        yield from _interlocks(settings, territory)
        yield from _plans(settings, territory)
    yield from kept_checks(settings)
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


def _plans(settings: BridgeConfig, territory: Territory) -> Iterator[Finding]:
    """Read the automatic plans as the bridge will."""
    try:
        facts = Facts(territory.catalogue, territory.links, territory.link_roots)
        found = city_plans(settings, territory, facts, load_ladder()).plans.values()
    except SettingsError as error:
        for problem in error.problems:
            yield missing("plans", problem, "Correct the file; see docs/plans.md.")
        return
    yield ok("plans", ", ".join(f"{plan.key} ({plan.targets} points)" for plan in found))


def _addresses(settings: BridgeConfig) -> Iterator[Finding]:
    """Find a running bridge, or whether its addresses are free for one."""
    health = _health(settings.http.address)
    if health is not None:
        links = f"{health.get('links_up')} links up, {health.get('links_down')} down"
        if health.get("live"):
            yield ok("bridge", f"runs, version {health.get('version')}, {links}")
        elif health.get("storage_fault") == "unreachable":
            yield missing(
                "bridge",
                f"runs, but its database server does not answer; {links}",
                "Start the server, or mend the way to it; the journal goes on by itself.",
            )
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
