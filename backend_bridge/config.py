"""The bridge's configuration: default < file < environment < command line, typed and frozen.

Environment variables are ``BEFFROI_BRIDGE__WIRE__ADDRESS`` for ``address`` in ``[wire]``. A secret
is never a setting: a setting names the file that holds it, which only its owner may read.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tomllib
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from backend_bridge.commands import GatewaySettings
from backend_bridge.contract.journal import ConfigurationChange, ConfigurationEvent
from backend_bridge.contract.orders import LARGEST_ORDER
from backend_bridge.contract.wire import DEFAULT_PORT
from backend_bridge.core.settings import SettingsError, typed
from backend_bridge.core.supervisor import SupervisorSettings

ENVIRONMENT_PREFIX = "BEFFROI_BRIDGE__"
LONGEST_SECRET_BYTES = 4096

_Positive = Annotated[float, msgspec.Meta(gt=0, le=86400)]


class ConfigFileError(Exception):
    """Refuse a configuration; the text says what happened, what it means and what to do."""


class WireConfig(msgspec.Struct, frozen=True, kw_only=True):
    """``[wire]``: where consoles connect.

    Attributes:
        address: ZeroMQ TCP address; port 0 takes a free one, ``*`` listens on all interfaces.
        name: how the bridge names itself to consoles.
        heartbeat_s: seconds after which TCP asks whether a silent console's machine is there.
    """

    address: str = f"tcp://127.0.0.1:{DEFAULT_PORT}"
    name: str = "beffroi"
    heartbeat_s: _Positive = 2.0


class HttpConfig(msgspec.Struct, frozen=True, kw_only=True):
    """``[http]``: health and metrics, for machines; ``host:port``, port 0 takes a free one."""

    address: str = "127.0.0.1:8470"


class StoreConfig(msgspec.Struct, frozen=True, kw_only=True):
    """``[store]``: journal and history.

    Attributes:
        url_file: file holding the URL of a shared PostgreSQL; empty keeps SQLite in ``data``.
        history_bytes: most bytes of point history on disk, at least 8 MiB.
        history_flush_s: longest time a history sample waits in memory, seconds.
        probe_s: pause between two attempts while the disk refuses, seconds.
    """

    url_file: str = ""
    history_bytes: Annotated[int, msgspec.Meta(ge=8 * 1024 * 1024)] = 512 * 1024 * 1024
    history_flush_s: _Positive = 1.0
    probe_s: _Positive = 2.0


class AuditConfig(msgspec.Struct, frozen=True, kw_only=True):
    """``[audit]``: what shows that the journal is whole.

    Attributes:
        anchors: directory in a second place (another machine's, mounted) where the audit chain's
            newest link is written hourly and at every stop; empty writes it to the log only.
    """

    anchors: str = ""


class LinksConfig(msgspec.Struct, frozen=True, kw_only=True):
    """``[links]``: how lost links are tried again; see :class:`SupervisorSettings`."""

    reconnect_start_s: _Positive = 0.5
    reconnect_cap_s: _Positive = 15.0
    connects_per_s: Annotated[float, msgspec.Meta(gt=0, le=10_000)] = 20.0


class CommandsConfig(msgspec.Struct, frozen=True, kw_only=True):
    """``[commands]``: when a second person must agree.

    Attributes:
        largest_alone: targets of the largest order one person may give alone.
        approval_s: seconds the second person has to answer.
    """

    largest_alone: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_ORDER)] = 2_500
    approval_s: Annotated[float, msgspec.Meta(ge=10, le=3600)] = 120.0


class LogConfig(msgspec.Struct, frozen=True, kw_only=True):
    """``[log]``: what goes to standard error and in which form."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["json", "console"] = "json"


class BridgeConfig(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a bridge may be told.

    Attributes:
        data: directory of the bridge's own files; made at first start.
        territory: directory of the city; see ``beffroi territory check``.
        roles: directory with the city's own roles, empty for the program's alone.
        rules: directory with the city's alarm rules, empty for the program's.
        interlocks: directory with the city's own interlocks, beside the program's; one of the same
            key replaces it.
        plans: directory with the city's own automatic plans, likewise.
        timezone: of the city, whose clock the hours of plans follow.
        drivers: directories with the city's own drivers.
    """

    data: str = ""
    territory: str = ""
    roles: str = ""
    rules: str = ""
    interlocks: str = ""
    plans: str = ""
    timezone: str = "Europe/Paris"
    drivers: tuple[str, ...] = ()
    wire: WireConfig = WireConfig()
    http: HttpConfig = HttpConfig()
    store: StoreConfig = StoreConfig()
    audit: AuditConfig = AuditConfig()
    links: LinksConfig = LinksConfig()
    commands: CommandsConfig = CommandsConfig()
    log: LogConfig = LogConfig()

    def zone(self) -> ZoneInfo:
        """Return the city's own clock.

        Raises:
            ZoneInfoNotFoundError: nobody knows it here; ``ValueError`` for what is no name at all.
        """
        return ZoneInfo(self.timezone)

    def supervisor(self) -> SupervisorSettings:
        """Return the supervisor's part."""
        return SupervisorSettings(
            reconnect_start_s=self.links.reconnect_start_s,
            reconnect_cap_s=self.links.reconnect_cap_s,
            connects_per_s=self.links.connects_per_s,
        )

    def gateway(self) -> GatewaySettings:
        """Return the command gateway's part."""
        return GatewaySettings(
            largest_alone=self.commands.largest_alone, approval_s=self.commands.approval_s
        )


_PATHS = (
    *(("data",), ("territory",), ("roles",), ("rules",), ("interlocks",), ("plans",), ("drivers",)),
    *(("store", "url_file"), ("audit", "anchors")),
)


def load(
    file: Path | None,
    environment: Mapping[str, str],
    command_line: Mapping[str, str],
) -> BridgeConfig:
    """Return the configuration from all its places.

    Args:
        file: a TOML file, ``None`` for none; its relative paths start at its own directory.
        environment: all variables; those with the bridge's prefix count.
        command_line: values by dotted key (``wire.address``), those given.

    Raises:
        ConfigFileError: with every mistake found.
    """
    data: dict[str, Any] = {}
    places = []
    if file is not None:
        data = _read(file)
        _anchor(data, file.parent)
        places.append(str(file))
    for name, text in sorted(environment.items()):
        if name.startswith(ENVIRONMENT_PREFIX):
            key = name.removeprefix(ENVIRONMENT_PREFIX).lower().split("__")
            _set(data, key, text)
            places.append(name)
    for dotted, text in command_line.items():
        _set(data, dotted.split("."), text)
    try:
        config = typed(data, BridgeConfig)
    except SettingsError as error:
        where = ", ".join(places) or "the command line"
        raise ConfigFileError(
            f"The configuration cannot be used ({where}):\n"
            + "\n".join(f"  {problem}" for problem in error.problems)
            + "\nNothing was started, because a setting that is not understood may be one that "
            "matters. Correct what is listed; docs/operations.md describes every setting."
        ) from error
    _check(config)
    return config


def read_secret(path: Path) -> str:
    """Return the one line a secret's file holds.

    Raises:
        ConfigFileError: unreadable, readable by others, empty or too long.
    """
    try:
        found = path.stat()
        content = path.read_bytes()[: LONGEST_SECRET_BYTES + 1]
    except OSError as error:
        raise ConfigFileError(
            f"The secret in {path} cannot be read: {error.strerror}. The bridge cannot sign in "
            "where it is needed. Correct the path or the file's owner."
        ) from error
    if found.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ConfigFileError(
            f"The secret in {path} may be read by others (mode {stat.S_IMODE(found.st_mode):04o}). "
            f"It may be known already. Run: chmod 600 {path}, and change the secret if in doubt."
        )
    text = content.decode("utf-8", "replace").strip()
    if not text or len(content) > LONGEST_SECRET_BYTES or "\n" in text:
        raise ConfigFileError(
            f"The file {path} holds no secret of one line. The bridge cannot sign in where it is "
            "needed. Write the secret, alone, in that file."
        )
    return text


def host_and_port(address: str) -> tuple[str, int]:
    """Return the parts of ``host:port``; IPv6 hosts stand in brackets.

    Raises:
        ConfigFileError: it is not that.
    """
    host, colon, port = address.rpartition(":")
    if colon and host and port.isascii() and port.isdigit() and int(port) <= 65535:
        return host.removeprefix("[").removesuffix("]"), int(port)
    raise ConfigFileError(
        f'The address "{address}" is not host:port. The bridge does not know where to listen. '
        "Write for example 127.0.0.1:8470."
    )


def loaded(settings: BridgeConfig, territory: str) -> ConfigurationEvent:
    """Return what a bridge was started with, for the journal; reads the city's files.

    Args:
        settings: names the city's roles, rules, interlocks and plans.
        territory: revision of the catalogue.
    """
    detail = {"territory": territory}
    for name in ("roles", "rules", "interlocks", "plans"):
        if directory := getattr(settings, name):
            digest = hashlib.sha256()
            for path in sorted(Path(directory).rglob("*.toml")):
                content = path.read_bytes()
                digest.update(f"{path.relative_to(directory)} {len(content)}\n".encode() + content)
            detail[name] = digest.hexdigest()
    return ConfigurationEvent(change=ConfigurationChange.LOADED, detail=detail)


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise ConfigFileError(
            f"The configuration file {file} cannot be read: {error.strerror}. Nothing was started. "
            "Correct the path after --config or the file's rights."
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigFileError(
            f"The configuration file {file} is not TOML: {error}. Nothing was started. "
            "Correct the file at that place."
        ) from error


def _anchor(data: dict[str, Any], base: Path) -> None:
    """Make the file's relative paths start at the file, wherever the program was started."""
    for path in _PATHS:
        table: Any = data
        for key in path[:-1]:
            table = table.get(key) if isinstance(table, dict) else None
        found = table.get(path[-1]) if isinstance(table, dict) else None
        if isinstance(found, str) and found:
            table[path[-1]] = str(base / found)
        elif isinstance(found, list):
            table[path[-1]] = [
                str(base / item) if isinstance(item, str) else item for item in found
            ]


def _set(data: dict[str, Any], key: list[str], text: str) -> None:
    """Put a text from outside in its place, as the type its setting has."""
    table = data
    kind: type[msgspec.Struct] | None = BridgeConfig
    for part in key[:-1]:
        inner = table.setdefault(part, {})
        table = inner if isinstance(inner, dict) else {}
        kind = _field(kind, part)
    wanted = _type_of(kind, key[-1])
    if typing.get_origin(wanted) is tuple:
        table[key[-1]] = [part for part in text.split(os.pathsep) if part]
    else:
        table[key[-1]] = text if wanted is str else _number(text)


def _field(kind: type[msgspec.Struct] | None, name: str) -> type[msgspec.Struct] | None:
    found = _type_of(kind, name)
    return found if isinstance(found, type) and issubclass(found, msgspec.Struct) else None


def _type_of(kind: type[msgspec.Struct] | None, name: str) -> object:
    if kind is None:
        return None
    fields = {field.name: field.type for field in msgspec.structs.fields(kind)}
    return fields.get(name)


def _number(text: str) -> int | float | str:
    for convert in (int, float):
        try:
            return convert(text)
        except ValueError:
            continue
    return text


def _check(config: BridgeConfig) -> None:
    for name, what in (("data", "keep its files"), ("territory", "find its city")):
        if not getattr(config, name):
            raise ConfigFileError(
                f'No "{name}" directory is given. The bridge does not know where to {what}. '
                f'Write {name} = "DIR" in the configuration file, or give --{name} DIR.'
            )
    if config.links.reconnect_start_s > config.links.reconnect_cap_s:
        raise ConfigFileError(
            "links.reconnect_start_s is above links.reconnect_cap_s. The first pause cannot be "
            "longer than the longest. Lower the one or raise the other."
        )
    if not config.wire.address.startswith("tcp://"):
        raise ConfigFileError(
            f'wire.address "{config.wire.address}" is no TCP address. Consoles could not connect. '
            f"Write for example tcp://127.0.0.1:{DEFAULT_PORT}."
        )
    host_and_port(config.http.address)
    try:
        config.zone()
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigFileError(
            f'The timezone "{config.timezone}" is not known here. The hours of plans would be '
            "wrong. Write for example Europe/Paris; the names come with the package tzdata."
        ) from error
