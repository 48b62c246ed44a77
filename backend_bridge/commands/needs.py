"""What the command gateway needs of the rest of the bridge, as small interfaces."""

from __future__ import annotations

from typing import Protocol

import msgspec

from backend_bridge.contract.points import Equipment, PointDef, Scalar, ServiceMark
from backend_bridge.core.driver import Reading
from backend_bridge.core.linkstate import LinkState


class Field(Protocol):
    """The way to the equipment; the supervisor is one."""

    async def execute(self, equipment_id: str, point_key: str, value: Scalar) -> None:
        """Write one point once; raises the errors of ``Driver.execute`` and ``ConfigError``."""

    async def read_back(self, equipment_id: str, point_key: str) -> Reading:
        """Read one point now; raises the errors of ``Driver.read_back`` and ``ConfigError``."""

    def link_of(self, equipment_id: str) -> LinkState | None:
        """Return the state of the link an equipment hangs on, ``None`` when it has none."""


class Places(Protocol):
    """What is known of equipment and points."""

    def equipment(self, equipment_id: str) -> Equipment | None:
        """Return one equipment."""

    def point(self, equipment_id: str, point_key: str) -> PointDef | None:
        """Return a point's definition."""


class Marks(Protocol):
    """Which equipment is out of service."""

    def covering(self, equipment_id: str) -> ServiceMark | None:
        """Return the mark that keeps an equipment out of service, its own or an ancestor's."""


class GatewaySettings(msgspec.Struct, frozen=True, kw_only=True):
    """How long the gateway waits, in seconds.

    Attributes:
        execute_s: for a device to answer a write.
        read_s: for a device to answer one read-back.
        verify_tries: read-backs until a written value must show, ``verify_pause_s`` apart, and
            all of them within ``verify_s``.
        recover_wait_s: at start, for the link of an unfinished command to come up.
        longest_deadline_s: farthest deadline accepted; commands are never kept for later.
        retry_s: between two tries to journal what the disk refused.
    """

    execute_s: float = 5.0
    read_s: float = 2.0
    verify_tries: int = 20
    verify_pause_s: float = 0.2
    verify_s: float = 4.0
    recover_wait_s: float = 30.0
    recover_pause_s: float = 0.2
    longest_deadline_s: float = 600.0
    retry_s: float = 1.0
