"""What the wire needs to be told, what it counts, and how it says it cannot start."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import msgspec

from backend_bridge.contract.wire import DEFAULT_PORT

TICK_S = 0.05
"""Seconds between two answers to waiting points pulls: changes in between conflate."""
CHECK_PERIOD_S = 0.3
"""Seconds between two looks at enrolments and users; a revoke bites within 1 s."""


class WireError(Exception):
    """The wire cannot start; the text names the address and says what to do."""


class WireSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Set where the bridge listens and who it says it is.

    Attributes:
        address: ZeroMQ TCP address; port 0 takes a free one, ``*`` listens on all interfaces.
        key_directory: holds ``bridge.key_secret`` (made at first start) beside ``enrolled/``.
        bridge: name shown to consoles.
        software: name and version told to consoles.
        heartbeat_s: seconds after which TCP asks whether a silent peer's machine is there, whole
            ones, 1 at least; it is dropped after three questions.
    """

    key_directory: Path
    address: str = f"tcp://127.0.0.1:{DEFAULT_PORT}"
    bridge: str = "beffroi"
    software: str = "beffroi"
    heartbeat_s: float = 2.0


@dataclasses.dataclass(slots=True)
class WireCounters:
    """Count what passed over the wire since the bridge started; read by the metrics page.

    ``peers`` and ``sessions`` are levels, all others only grow.
    """

    peers: int = 0
    sessions: int = 0
    frames_in: int = 0
    bytes_in: int = 0
    frames_out: int = 0
    bytes_out: int = 0
    garbage: int = 0
    strangers_refused: int = 0
    handshakes: int = 0
    sends_full: int = 0
    sends_withheld: int = 0
    sign_ins: int = 0
    sign_ins_refused: int = 0
    handed_over: int = 0
    revoked: int = 0
    lost: int = 0
    beats: int = 0
    points_batches: int = 0
    points_encodings: int = 0
    journal_batches: int = 0
    journal_reads: int = 0
    requests: int = 0
    failures: int = 0
    defects: int = 0
