"""How the demonstration's equipment is reached: a device each, on the networks a city has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

LOOP_CABINETS = 64
"""Cabinets on one fibre loop: at 20 connections a second it is up in three seconds."""
CONNECTS_PER_S = 20
CORE = "FO-COEUR"
SLOW_S = 10.0
"""Stations that measure slowly are asked seldom."""


@dataclass(frozen=True, slots=True)
class Network:
    """One network besides the lighting's loops, and what is reached through it."""

    kind: str
    profile: str
    uplink: str
    name: str
    parent: str = ""
    slow: bool = False


NETWORKS = (
    Network("bollard", "bollard", "RT-CIRCULATION", "Réseau de la circulation", CORE),
    Network("river_gauge", "river-gauge", "RADIO-EAU", "Radio des stations d’eau", slow=True),
    Network("weather_station", "road-weather", "4G-METEO", "4G des stations météo", slow=True),
)


def count(features: Sequence[dict[str, Any]]) -> int:
    """Return how many devices, so ports, the equipment needs."""
    kinds = {"cabinet", *(network.kind for network in NETWORKS)}
    return sum(1 for feature in features if feature["kind"] in kinds)


def links(
    features: Sequence[dict[str, Any]], host: str, base_port: int, poll_period_s: float
) -> str:
    """Return ``links.toml``: cabinets first, each device on the next port from ``base_port``."""
    port = base_port
    uplinks: list[str] = []
    entries: list[str] = []
    for loop, name, cabinets in _loops(features):
        uplinks.append(_uplink(loop, name, CORE))
        for cabinet in cabinets:
            entries.append(_link(cabinet, "lighting-cabinet", loop, f"{host}:{port}"))
            port += 1
    for network in NETWORKS:
        uplinks.append(_uplink(network.uplink, network.name, network.parent))
        period_s = max(SLOW_S, poll_period_s) if network.slow else None
        for feature in features:
            if feature["kind"] == network.kind:
                place = f"{host}:{port}"
                entries.append(
                    _link(feature["id"], network.profile, network.uplink, place, period_s)
                )
                port += 1
    through_core = sum('parent = "' in uplink for uplink in uplinks)
    core = _uplink(CORE, "Cœur de réseau", connects_per_s=CONNECTS_PER_S * through_core)
    return "".join((f"poll_period_s = {poll_period_s:g}\n", core, *uplinks, *entries))


def _loops(features: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str, list[str]]]:
    """Yield each fibre loop, its name and its cabinets: neighbours of one sector."""
    by_sector: dict[str, list[str]] = {}
    for feature in features:
        if feature["kind"] == "cabinet":
            by_sector.setdefault(feature["sector"], []).append(feature["id"])
    for sector, cabinets in by_sector.items():
        loops = -(-len(cabinets) // LOOP_CABINETS)
        for number in range(loops):
            first, end = (len(cabinets) * part // loops for part in (number, number + 1))
            loop = f"FO-{sector.upper()}-{number + 1}"
            yield loop, f"Boucle optique {sector} {number + 1}", cabinets[first:end]


def _uplink(uplink: str, name: str, parent: str = "", connects_per_s: int = CONNECTS_PER_S) -> str:
    above = f'parent = "{parent}"\n' if parent else ""
    rate = f"most_connects_per_s = {connects_per_s}\n"
    return f'\n[[uplink]]\nid = "{uplink}"\nname = "{name}"\n{above}{rate}'


def _link(
    equipment: str, profile: str, uplink: str, place: str, period_s: float | None = None
) -> str:
    host, _, port = place.rpartition(":")
    period = f"poll_period_s = {period_s:g}\n" if period_s else ""
    return f"""
[[link]]
id = "{equipment}"
profile = "{profile}"
equipment = "{equipment}"
uplink = "{uplink}"
{period}address = {{ unit = 1 }}
settings = {{ host = "{host}", port = {port} }}
"""
