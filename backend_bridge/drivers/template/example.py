"""A small link the simulator can serve, for the conformance suite and for trying things out."""

from __future__ import annotations

from typing import Any

from backend_bridge.core.driver import BoundPoint, LinkConfig


def example_link(host: str, port: int) -> LinkConfig:
    """Return one device with three points."""
    points: list[tuple[str, dict[str, Any]]] = [
        ("level", {"name": "level", "write": True, "low": 0, "high": 100}),
        ("door_open", {"name": "door", "type": "bool"}),
        ("voltage_v", {"name": "voltage", "type": "float", "low": 0, "high": 300}),
    ]
    return LinkConfig(
        id="template-1",
        driver="template",
        settings={"host": host, "port": port},
        poll_period_s=1.0,
        points=tuple(
            BoundPoint(slot=slot, equipment_id="template-1", point_key=key, address=address)
            for slot, (key, address) in enumerate(points)
        ),
    )
