"""A small link the simulator can serve, for the conformance suite and for trying things out."""

from __future__ import annotations

from typing import Any

from backend_bridge.core.driver import BoundPoint, LinkConfig


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
        written = {"write_register": 1100 + lamp, "write_release": 0xFFFF}
        points += [
            (name, "level", {**word, "mask": 0x7F, "high": 100, **written}),
            (name, "fault", {**word, "type": "bit", "bit": 7}),
        ]
    return LinkConfig(
        id="EP-0001",
        driver="modbus",
        settings={
            "host": host,
            "port": port,
            "heartbeat": {"table": "input", "register": 1, "max_still_s": 5},
        },
        poll_period_s=1.0,
        points=tuple(
            BoundPoint(slot=slot, equipment_id=equipment, point_key=key, address=address)
            for slot, (equipment, key, address) in enumerate(points)
        ),
    )
