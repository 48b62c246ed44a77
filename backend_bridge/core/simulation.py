"""The simulator seam: a device that does not exist, on a real socket, in the real protocol.

``beffroi-field`` and the tests run simulators; no driver ever imports one. A simulator tells the
truth about its equipment in the city's words, so that what a screen shows can be checked against
what is so, whatever the protocol did in between.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

import msgspec

from backend_bridge.contract.points import Scalar
from backend_bridge.core.driver import LinkConfig

DEAD = "dead"
"""The socket is closed and connections are refused."""
LATE = "late"
"""Every answer comes ``delay_s`` later."""
GARBAGE = "garbage"
"""Every answer is random bytes."""
FROZEN = "frozen"
"""Connected and silent."""
STUCK = "stuck"
"""Answers go on, with the content they had when this began."""
WRITES_IGNORED = "writes_ignored"
"""Commands are acknowledged and change nothing."""

LINK_FAULTS = (DEAD, LATE, GARBAGE, FROZEN, STUCK, WRITES_IGNORED)
"""Faults every simulator knows; equipment faults are each simulator's own."""


class FaultError(ValueError):
    """Say that a fault cannot be injected: unknown, or not on this equipment."""


class SimulationSetup(msgspec.Struct, frozen=True, kw_only=True):
    """Tell a simulator what it cannot know from its link.

    Attributes:
        seed: equal seeds give equal devices.
        start: the simulated moment it starts at, aware; its zone is that of the wall clocks.
        steady_s: seconds of the machine's own clock, which devices count their heartbeats and holds
            in; simulated time may stand still or run.
        ramp_s: seconds a lamp that is commanded takes from dark to full, 0 for at once.
        place: where the city lies, (longitude, latitude) in degrees; sun and weather follow.
        parents: equipment id to the id of the equipment it depends on, as in the territory.
    """

    start: datetime
    seed: int = 0
    place: tuple[float, float] = (5.0415, 47.322)
    parents: Mapping[str, str] = {}
    steady_s: Callable[[], float] = time.monotonic
    ramp_s: float = 0.0


class EquipmentTruth(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Say how one equipment really is.

    Attributes:
        reachable: whether its link can at this moment tell the truth about it; what cannot be
            reached must be shown as unavailable, whatever ``values`` says.
        values: what is so, by point key.
        bad: keys of points the device itself says it cannot measure; they must be shown as bad.
    """

    reachable: bool
    values: Mapping[str, Scalar]
    bad: tuple[str, ...] = ()


class Simulator(Protocol):
    """Stand for the device behind one link. All of it runs on one asyncio loop."""

    @property
    def address(self) -> tuple[str, int]:
        """Return the host and port it serves; the port is known once started."""

    @property
    def writes(self) -> int:
        """Return how many commands the device has received since it was made, obeyed or not."""

    @property
    def faults(self) -> Mapping[str, Mapping[str, Any]]:
        """Return the faults now injected, with their parameters."""

    async def start(self) -> None:
        """Serve the address in the link's settings; port 0 takes a free one.

        Raises:
            OSError: the address cannot be served; in use, not ours.
        """

    async def stop(self) -> None:
        """Stop serving and close every connection; may be called twice."""

    def advance(self, now: datetime) -> None:
        """Let simulated time reach ``now``, aware; never goes back."""

    async def inject(self, fault: str, parameters: Mapping[str, Any]) -> None:
        """Begin a fault, beside those there are.

        Raises:
            FaultError: it knows no such fault, or not with these parameters.
        """

    async def clear(self, fault: str | None = None) -> None:
        """End one fault, or all; the device goes on as a repaired one would.

        Raises:
            FaultError: no such fault.
        """

    def truth(self) -> Mapping[str, EquipmentTruth]:
        """Return how every equipment of the link really is, by equipment id."""


class SimulatorFactory(Protocol):
    """Make a simulator for a link; the ``simulator`` named by a ``driver.toml`` has this shape."""

    def __call__(self, link: LinkConfig, setup: SimulationSetup) -> Simulator:
        """Return a simulator, not yet started.

        Raises:
            ConfigError: it cannot stand for this link.
        """
