"""Small links the simulator can serve, for the conformance suite and for trying things out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from backend_bridge.core.driver import BoundPoint, LinkConfig

_IDENTITIES = {
    "lighting_cabinet": (7, 0xBE01),
    "bollard": (7, 0xBE02),
    "river_gauge": (7, 0xBE03),
    "weather_station": (9, 0xBE04),
}
"""Register and content that say which device it is, as in the shipped profiles."""


def example_link(host: str, port: int) -> LinkConfig:
    """Return a small cabinet: two feeders of three lamps."""
    points: list[tuple[str, str, dict[str, Any]]] = [
        ("EP-0001", "door_open", {"table": "input", "register": 0, "type": "bit", "bit": 0}),
        ("EP-0001", "voltage_v", {"table": "input", "register": 2, "scale": 0.1, "high": 300}),
        ("EP-0001", "power_w", {"table": "input", "register": 3, "type": "uint32"}),
        (
            "EP-0001",
            "energy_kwh",
            {"table": "input", "register": 5, "type": "uint32", "scale": 0.01},
        ),
    ]
    for feeder in range(2):
        name = f"EP-0001-D{feeder + 1}"
        closed = {"table": "input", "register": 16 + feeder, "type": "bit", "bit": 0}
        points += [
            (name, "closed", {**closed, "write_table": "coil", "write_register": feeder}),
            (name, "current_a", {"table": "input", "register": 24 + feeder, "scale": 0.01}),
        ]
    for lamp in range(6):
        name = f"EP-0001-D{lamp // 3 + 1}-{lamp % 3 + 1:02}"
        word = {"table": "holding", "register": 100 + lamp, "unavailable_mask": 0x100}
        written = {"write_register": 1100 + 2 * lamp, "write_release": 0xFFFF, "write_hold_s": 1}
        points += [
            (name, "level", {**word, "mask": 0x7F, "high": 100, **written}),
            (name, "fault", {**word, "type": "bit", "bit": 7}),
            (name, "held", {**word, "type": "bit", "bit": 9}),
        ]
    return _link("EP-0001", "lighting_cabinet", {"host": host, "port": port}, points)


def bollard_link(host: str, port: int) -> LinkConfig:
    """Return one bollard."""
    status = {"table": "input", "register": 0, "type": "bit"}
    commanded = {"table": "holding", "register": 0, "high": 100, "write_register": 0}
    points: list[tuple[str, str, dict[str, Any]]] = [
        ("BO-01", "position", {"table": "input", "register": 2, "high": 100}),
        ("BO-01", "commanded", commanded),
        ("BO-01", "moving", {**status, "bit": 2}),
        ("BO-01", "loop_occupied", {**status, "bit": 4}),
        ("BO-01", "obstacle", {**status, "bit": 3}),
        ("BO-01", "local_key", {**status, "bit": 5}),
        ("BO-01", "fault", {**status, "bit": 6}),
    ]
    return _link("BO-01", "bollard", _quick(host, port), points)


def gauge_link(host: str, port: int) -> LinkConfig:
    """Return one river gauge."""
    measured = {"table": "input", "type": "int16"}
    points: list[tuple[str, str, dict[str, Any]]] = [
        ("HY-01", "level_m", {**measured, "register": 2, "scale": 0.001, "low": -5}),
        ("HY-01", "flow_m3s", {**measured, "register": 3, "scale": 0.01, "low": 0}),
    ]
    return _link("HY-01", "river_gauge", _quick(host, port), points)


def station_link(host: str, port: int) -> LinkConfig:
    """Return one road-weather station."""
    degrees = {"table": "input", "type": "int16", "scale": 0.1, "low": -60}
    points: list[tuple[str, str, dict[str, Any]]] = [
        ("MR-01", "air_c", {**degrees, "register": 2}),
        ("MR-01", "road_c", {**degrees, "register": 3}),
        ("MR-01", "dew_point_c", {**degrees, "register": 4}),
        ("MR-01", "humidity", {"table": "input", "register": 5}),
        ("MR-01", "wind_m_s", {"table": "input", "register": 6, "scale": 0.1}),
        ("MR-01", "rain_mm_h", {"table": "input", "register": 7, "scale": 0.1}),
        ("MR-01", "wet", {"table": "input", "register": 8, "type": "bit", "bit": 0}),
        ("MR-01", "ice", {"table": "input", "register": 8, "type": "bit", "bit": 1}),
    ]
    return _link("MR-01", "weather_station", _quick(host, port), points)


def _quick(host: str, port: int) -> dict[str, Any]:
    """Return the settings of a small device, whose answers are short."""
    return {"host": host, "port": port, "timeout_s": 0.25}


def _link(
    name: str,
    model: str,
    settings: dict[str, Any],
    points: Sequence[tuple[str, str, dict[str, Any]]],
) -> LinkConfig:
    heartbeat = {"table": "input", "register": 1, "max_still_s": 5}
    register, value = _IDENTITIES[model]
    identity = {"register": register, "value": value}
    return LinkConfig(
        id=name,
        driver="modbus",
        model=model,
        settings={**settings, "heartbeat": heartbeat, "identity": identity},
        poll_period_s=1.0,
        points=tuple(
            BoundPoint(slot=slot, equipment_id=equipment, point_key=key, address=address)
            for slot, (equipment, key, address) in enumerate(points)
        ),
    )
