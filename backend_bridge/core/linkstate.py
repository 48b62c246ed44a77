"""What is said of a link as a whole: up or down, since when, why."""

from __future__ import annotations

import enum
from collections.abc import Callable

import msgspec


class LinkCause(enum.StrEnum):
    """Say why a link is down."""

    NONE = "none"
    """It is up."""
    UNAVAILABLE = "unavailable"
    """No connection, or no answer in time."""
    PROTOCOL = "protocol"
    """It answers, and the answers are not to be trusted."""
    CONFIG = "config"
    """It cannot work as configured; only a change of the configuration helps."""
    DEFECT = "defect"
    """The driver itself failed: a defect of the program, restarted."""


class LinkMeter(msgspec.Struct, frozen=True, kw_only=True):
    """Show one of a link's counters as a point: value = counter × scale, rounded.

    ``decimals`` 0 makes it a whole number.
    """

    equipment_id: str
    point_key: str
    counter: str
    scale: float = 1.0
    decimals: int = 0


class LinkState(msgspec.Struct, frozen=True, kw_only=True):
    """State of one link.

    Attributes:
        since_ms: when it went up or down (UTC ms); a new cause while down does not move it.
        reason: one line for the maintainer, empty when up.
    """

    link_id: str
    up: bool
    since_ms: int
    reason: str = ""
    cause: LinkCause = LinkCause.NONE


OnLinkState = Callable[[LinkState], None]
"""Called on the bridge's loop at each change; must be quick and must not raise."""
