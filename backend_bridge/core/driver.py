"""The driver seam: one instance drives one link, its equipment and their points.

The supervisor owns an instance: it opens it, polls its groups, restarts it and turns its errors
into quality. A driver never touches the point table, the store or a socket of another link.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, runtime_checkable

import msgspec

from backend_bridge.contract.points import Scalar
from backend_bridge.contract.quality import Quality


class BoundPoint(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Tie one point of one equipment to its place in the device.

    Attributes:
        slot: position in the link's list of points; readings name it.
        address: the driver's own description (register, mask, scale), checked by its config.
    """

    slot: int
    equipment_id: str
    point_key: str
    address: Mapping[str, Any]


class LinkConfig(msgspec.Struct, frozen=True, kw_only=True):
    """Describe one link: which driver, where, how often, and the points behind it.

    ``settings`` belongs to the driver (host, port, timeout_s …) and is checked by its config.
    ``model`` says which device it is, as its profile does; a simulator stands for that one, a
    driver need not look.
    """

    id: str
    driver: str
    settings: Mapping[str, Any]
    points: tuple[BoundPoint, ...]
    poll_period_s: float = 2.0
    model: str = ""


class Reading(NamedTuple):
    """One value read: GOOD, BAD (the device says so) or UNAVAILABLE (lost behind the device)."""

    slot: int
    value: Scalar
    quality: Quality = Quality.GOOD


class PollGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Name a set of points that one read confirms together; each becomes one source."""

    key: str
    slots: tuple[int, ...]
    period_s: float


class Description(msgspec.Struct, frozen=True, kw_only=True):
    """Say what a link is and how it does.

    Attributes:
        holds_s: by slot, the longest time after which the device itself takes a commanded value
            back; a slot that is absent holds what it is told until it is told otherwise.
        groups: what ``read`` can be asked for; every bound slot is in exactly one.
        counters: requests, errors, load, queue age … since opened, by name.
        frames: last frames in and out, oldest first, printable; made when somebody looks, because
            a description is asked for every two seconds for its counters.
    """

    groups: tuple[PollGroup, ...]
    counters: Mapping[str, float]
    frames: Sequence[str]
    holds_s: Mapping[int, float] = {}


class SelfTest(msgspec.Struct, frozen=True, kw_only=True):
    """Report a device's own check: passed or not, and what it said."""

    passed: bool
    detail: str


Sink = Callable[[str, Sequence[Reading]], None]
"""Takes (group key, readings) from a subscription; called on the bridge's loop."""


class Driver(Protocol):
    """Drive one link. Every coroutine runs on the bridge's loop and may be cancelled at any await.

    Each may raise only :mod:`backend_bridge.core.errors`; anything else is a defect and is treated
    as the driver having failed.
    """

    async def open(self) -> None:
        """Connect and check the device's identity.

        Raises:
            DeviceUnavailableError: no connection.
            ConfigError: it cannot work as configured.
        """

    async def close(self) -> None:
        """Release everything; never raises, may be called twice."""

    async def read(self, group: str) -> Sequence[Reading]:
        """Read one group once.

        Raises:
            DeviceUnavailableError: no answer in time; the whole link is then lost.
            ProtocolError: garbage; the whole link is then not to be trusted.
        """

    async def subscribe(self, sink: Sink) -> None:
        """Deliver readings as they come until cancelled; returns at once if it only polls."""

    async def execute(self, slot: int, value: Scalar, hold_s: float | None = None) -> None:
        """Write one point once, before any read that waits.

        ``hold_s``: the device shall take the value back by itself after so many seconds, with the
        bridge dead as well; in the same write, for a hold that is lost later holds for ever. At
        most what ``describe`` says of the slot; not given where it says nothing.

        Raises:
            CommandRejectedError: the device refused; nothing changed.
            DeviceUnavailableError: no answer; the fate is unknown.
            ProtocolError: an answer that proves nothing; the fate is unknown.
        """

    async def read_back(self, slot: int) -> Reading:
        """Read one point now, before any poll that waits.

        Raises:
            DeviceUnavailableError: no answer in time.
            ProtocolError: garbage.
        """

    async def self_test(self) -> SelfTest:
        """Ask the device how it is, without changing anything in the field."""

    async def describe(self) -> Description:
        """Say what the link is; needs no connection."""


@runtime_checkable
class Paced(Protocol):
    """What a driver adds when it connects again by itself, within a read.

    A network that is cut ends a city's connections in the same second: those of ``open`` are paced
    by the supervisor, the others must ask.
    """

    def pace(self, may_connect: Callable[[], bool]) -> None:
        """Ask ``may_connect`` before each connection outside ``open``; false: give up instead.

        A command may connect all the same, having asked.
        """


class DriverFactory(Protocol):
    """Make a driver for a link; the ``factory`` named by a ``driver.toml`` has this shape."""

    def __call__(self, link: LinkConfig) -> Driver:
        """Return a driver, not yet open.

        Raises:
            ConfigError: the link's settings or a point's address cannot work.
        """
