"""What the field and its camera process say to one another: a JSON object a line, both ways."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

FROZEN = "frozen"
"""The picture stays, its clock too; with ``clock`` true only the clock goes on."""
BLACK = "black"
"""The lens is covered: black, the camera's own writing goes on."""
LOST = "lost"
"""Every connection is closed at once."""
LATE = "late"
"""One picture every ``delay_s`` seconds (default 3)."""
SILENT = "silent"
"""Connections are taken and answered, and no picture comes."""
GARBAGE = "garbage"
"""Pictures come whose bytes mean nothing."""
FAULTS: Mapping[str, Mapping[str, type]] = {
    FROZEN: {"clock": bool},
    BLACK: {},
    LOST: {},
    LATE: {"delay_s": float},
    SILENT: {},
    GARBAGE: {},
}
"""Faults of a camera, with what each may be told."""


class CameraSpec(msgspec.Struct, frozen=True, kw_only=True):
    """Tell of one camera: equipment id, short number, name, and the URL of its stream."""

    id: str
    number: int
    name: str
    stream: str


class Begin(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Open: everything there is to know, before anything else.

    Attributes:
        place: where the city lies, (longitude, latitude) in degrees.
        start_ms: simulated UTC milliseconds at ``began_s``.
        began_s: this machine's monotonic clock, which all its processes share.
        speed: simulated seconds per second.
    """

    seed: int
    place: tuple[float, float]
    start_ms: int
    began_s: float
    speed: float
    cameras: tuple[CameraSpec, ...]


class SetFault(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Give a camera the one fault it has from now on; an empty one mends it."""

    camera: str
    fault: str = ""
    clock: bool = False
    delay_s: float = 3.0


class Ready(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Say that every address is served; ``notes`` are for the log (RTSP absent, and why)."""

    addresses: tuple[str, ...]
    notes: tuple[str, ...] = ()


class Refused(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Say that an address cannot be served."""

    reason: str


ToCameras = Begin | SetFault
FromCameras = Ready | Refused


def encode(message: ToCameras | FromCameras) -> bytes:
    """Return a message as one line."""
    return msgspec.json.encode(message) + b"\n"
