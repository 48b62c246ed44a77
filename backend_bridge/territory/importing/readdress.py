"""Move a territory's links and cameras to ports of this machine, so that only simulators answer.

A demonstration of a city in service must not speak to its devices: whatever host a link names, its
copy speaks to 127.0.0.1.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from backend_bridge.core.settings import SettingsError, typed
from backend_bridge.territory.importing.problems import ImportRefusedError
from backend_bridge.territory.importing.write import quoted
from backend_bridge.territory.links import LinkEntry, LinkFile, UplinkEntry

HOST = "127.0.0.1"
MOST_PORTS = 65_535
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def readdressed(links: Path, base_port: int) -> tuple[str, int]:
    """Return a ``links.toml`` whose devices all stand on this machine, and how many ports it takes.

    Links that share a host and a port (units behind one gateway) still share one.

    Raises:
        ImportRefusedError: there are more devices than ports from ``base_port`` on.
    """
    try:
        file = typed(tomllib.loads(links.read_text("utf-8")), LinkFile)
    except (tomllib.TOMLDecodeError, SettingsError) as error:
        raise ImportRefusedError(f"{links} cannot be read: {error}") from error
    ports: dict[tuple[str, str], int] = {}
    blocks = [_uplink(entry) for entry in file.uplink]
    for entry in file.link:
        place = (str(entry.settings.get("host", "")), str(entry.settings.get("port", entry.id)))
        port = ports.setdefault(place, base_port + len(ports))
        blocks.append(_link(entry, port))
    if not 1 <= base_port <= MOST_PORTS - len(ports) + 1:
        raise ImportRefusedError(
            f"ports {base_port} to {base_port + len(ports) - 1} are needed for {len(ports)} "
            "devices, and 1 to 65535 exist; choose a lower --base-port"
        )
    head = f"poll_period_s = {_toml(file.poll_period_s)}\n"
    return head + "".join(blocks), len(ports)


def with_simulated_streams(features: list[dict[str, Any]], video_port: int) -> list[dict[str, Any]]:
    """Return equipment features whose cameras' pictures come from the simulated field."""
    for feature in features:
        properties = feature["properties"]
        if properties["kind"] == "camera":
            number = properties["number"]
            properties["stream"] = f"http://{HOST}:{video_port}/camera/{number}"
    return features


def _uplink(entry: UplinkEntry) -> str:
    return "\n[[uplink]]\n" + _keys(msgspec.structs.asdict(entry))


def _link(entry: LinkEntry, port: int) -> str:
    keys = msgspec.structs.asdict(entry)
    keys["settings"] = {**entry.settings, "host": HOST, "port": port}
    return "\n[[link]]\n" + _keys(keys)


def _keys(values: Mapping[str, Any]) -> str:
    return "".join(
        f"{key} = {_toml(value)}\n"
        for key, value in values.items()
        if value is not None and value not in ("", {})
    )


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else quoted(key)


def _toml(value: Any) -> str:  # noqa: ANN401 - whatever a TOML file holds
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(str(key))} = {_toml(inner)}" for key, inner in value.items())
        return f"{{ {inside} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return quoted(str(value))
