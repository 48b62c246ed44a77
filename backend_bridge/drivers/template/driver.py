"""Drive one link: one request at a time, commands first, every failure one of the four errors."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence

from backend_bridge.contract.points import Scalar
from backend_bridge.contract.times import Clock, SystemClock
from backend_bridge.core.driver import Description, LinkConfig, PollGroup, Reading, SelfTest, Sink
from backend_bridge.core.errors import (
    CommandRejectedError,
    ConfigError,
    DeviceUnavailableError,
    ProtocolError,
)
from backend_bridge.core.patience import patient_timeout
from backend_bridge.core.turns import Turns

from .codec import decode, decode_values, encode_read, encode_write
from .config import Address, parse

Request = Callable[[int], bytes]
"""Takes the request's number, gives its bytes."""

_GROUP = "all"
_FRAMES_KEPT = 64
_RETRY_SHARE = 0.5
"""A failed read is tried once more, waiting half as long: lost within two periods."""


def make_driver(link: LinkConfig) -> TemplateDriver:
    """Return a driver for ``link``, not yet open.

    Raises:
        ConfigError: the settings or an address cannot work.
    """
    return TemplateDriver(link)


class TemplateDriver:
    """Drive one link; see :class:`backend_bridge.core.driver.Driver` for the contract."""

    def __init__(self, link: LinkConfig, clock: Clock | None = None) -> None:
        self._settings, self._addresses = parse(link)
        self._link = link
        self._clock = clock or SystemClock()
        self._turns = Turns(self._clock)
        self._open = False
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._number = 0
        self._requests = 0
        self._busy_s = 0.0
        self._made_s = self._clock.mono_s()
        self._frames: deque[str] = deque(maxlen=_FRAMES_KEPT)

    async def open(self) -> None:
        """Connect and have one read answered.

        Raises:
            DeviceUnavailableError: no connection or no answer.
            ProtocolError: what answers does not speak this protocol.
        """
        self._open = True
        try:
            await self._read(list(self._addresses.items()), self._settings.timeout_s)
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Close the connection; never raises, may be called twice."""
        self._open = False
        self._drop()
        await asyncio.sleep(0)  # asyncio closes a socket on the loop's next turn

    async def read(self, group: str) -> Sequence[Reading]:
        """Read everything once.

        Raises:
            DeviceUnavailableError: no answer in time.
            ProtocolError: garbage.
            ConfigError: no such group.
        """
        if group != _GROUP:
            raise ConfigError(f"link {self._link.id} has no group {group!r}")
        points = list(self._addresses.items())
        try:
            return await self._read(points, self._settings.timeout_s)
        except (DeviceUnavailableError, ProtocolError):
            if not self._open:
                raise
        return await self._read(points, self._settings.timeout_s * _RETRY_SHARE)

    async def subscribe(self, sink: Sink) -> None:  # noqa: ARG002 - this protocol only answers
        """Return at once: the device only answers."""
        return

    async def execute(self, slot: int, value: Scalar, hold_s: float | None = None) -> None:
        """Write one point once, before any poll that waits.

        ``hold_s`` makes no difference: these devices take nothing back by themselves, and
        ``describe`` names none that does.

        Raises:
            CommandRejectedError: the device refused, or the point cannot take this value.
            DeviceUnavailableError: no answer; the fate is unknown.
            ProtocolError: an answer that proves nothing; the fate is unknown.
        """
        del hold_s
        address = self._address(slot)
        encode_write(0, address, value)  # refuses before anything is sent
        said = await self._exchange(
            lambda number: encode_write(number, address, value),
            self._settings.timeout_s,
            urgent=True,
        )
        if said.startswith("refused"):
            raise CommandRejectedError(f"the device {said}")
        if said != "ok":
            self._drop()
            raise ProtocolError(f"a command was answered with {said[:40]!r}")

    async def read_back(self, slot: int) -> Reading:
        """Read one point now, before any poll that waits.

        Raises:
            DeviceUnavailableError: no answer in time.
            ProtocolError: garbage.
        """
        points = [(slot, self._address(slot))]
        return (await self._read(points, self._settings.timeout_s, urgent=True))[0]

    async def self_test(self) -> SelfTest:
        """Read everything once and say how it went."""
        try:
            readings = await self._read(list(self._addresses.items()), self._settings.timeout_s)
        except (DeviceUnavailableError, ProtocolError) as error:
            return SelfTest(passed=False, detail=str(error))
        return SelfTest(passed=True, detail=f"{len(readings)} values answered")

    async def describe(self) -> Description:
        """Say what the link is; needs no connection."""
        elapsed_s = self._clock.mono_s() - self._made_s
        return Description(
            groups=(
                PollGroup(
                    key=_GROUP, slots=tuple(self._addresses), period_s=self._link.poll_period_s
                ),
            ),
            counters={
                "requests": self._requests,
                "load": min(1.0, self._busy_s / elapsed_s) if elapsed_s > 0 else 0.0,
                "queue": self._turns.waiting,
                "queue_age_s": self._turns.longest_s,
            },
            frames=tuple(self._frames),
        )

    def _address(self, slot: int) -> Address:
        try:
            return self._addresses[slot]
        except KeyError:
            raise ConfigError(f"link {self._link.id} has no slot {slot}") from None

    async def _read(
        self, points: Sequence[tuple[int, Address]], timeout_s: float, *, urgent: bool = False
    ) -> tuple[Reading, ...]:
        names = [address.name for _, address in points]
        said = await self._exchange(
            lambda number: encode_read(number, names), timeout_s, urgent=urgent
        )
        try:
            return decode_values(said, points)
        except ProtocolError:
            self._drop()
            raise

    async def _exchange(self, request: Request, timeout_s: float, *, urgent: bool = False) -> str:
        """Send one request in its turn and return what its answer says.

        Anything but a good answer closes the connection, so that a late one is never taken for
        the answer to something else.
        """
        await self._turns.acquire(urgent=urgent)
        began_s = self._clock.mono_s()
        sound = False
        try:
            if not self._open:
                raise DeviceUnavailableError(f"link {self._link.id} is closed")
            self._requests += 1
            with patient_timeout(timeout_s):
                said = await self._trade(request)
                sound = True
                return said
        except TimeoutError as error:
            raise DeviceUnavailableError(f"no answer in {timeout_s:g} s") from error
        except (OSError, UnicodeError) as error:
            raise DeviceUnavailableError(str(error) or type(error).__name__) from error
        finally:
            if not sound:
                self._drop()
            self._busy_s += self._clock.mono_s() - began_s
            self._turns.release()

    async def _trade(self, request: Request) -> str:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._settings.host, self._settings.port)
        reader, writer = self._streams
        self._number += 1
        number = self._number
        sent = request(number)
        self._frames.append(f"> {sent!r}")
        writer.write(sent)
        try:
            line = await reader.readline()
        except ValueError as error:
            raise ProtocolError("an answer without end") from error
        self._frames.append(f"< {line[:300]!r}")
        if not line.endswith(b"\n"):
            raise ConnectionResetError("the device closed the connection")
        return decode(number, line)

    def _drop(self) -> None:
        streams, self._streams = self._streams, None
        if streams is not None:
            streams[1].transport.abort()
