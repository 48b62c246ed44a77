"""One connection to one Modbus/TCP address: one request at a time, commands first, all counted."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import overload

from backend_bridge.contract.times import Clock
from backend_bridge.core.errors import ConfigError, DeviceUnavailableError, ProtocolError
from backend_bridge.core.patience import Patience
from backend_bridge.core.turns import Turns
from backend_bridge.drivers.modbus.channel import Channel
from backend_bridge.drivers.modbus.config import Identity, Settings, Table
from backend_bridge.drivers.modbus.frames import (
    READ_HOLDING,
    READ_INPUT,
    content_of,
    exception_code,
    exception_text,
    request_frame,
)

_FRAMES_KEPT = 24
"""A dozen requests: in a city of five thousand links each one more is a megabyte and a half."""
_LOAD_WINDOW_S = 10.0
_FRAME_KEPT = 260
_TRANSACTIONS = 0x10000

_Frame = tuple[int, bool, bytes]
"""Time (UTC ms), sent or heard, bytes."""


class _Lines(Sequence[str]):
    """Write frames down when somebody reads them: a link is described each 2 s, read never."""

    def __init__(self, frames: tuple[_Frame, ...]) -> None:
        self._frames = frames

    def __len__(self) -> int:
        return len(self._frames)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if isinstance(index, slice):
            return _Lines(self._frames[index])
        at_ms, sent, data = self._frames[index]
        at = datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds")
        return f"{at} {'>' if sent else '<'} {data.hex(' ')}"


class Connection:
    """Carry requests to one device; connects when needed, and drops what it cannot trust.

    After a timeout, garbage or a cancelled request the connection is closed at once, so that no
    late answer is ever taken for the answer to something else.
    """

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._host, self._port = settings.host, settings.port
        self._identity = settings.identity
        self._clock = clock
        self._turns = Turns(clock)
        self._patience = Patience()  # one request at a time: one for all
        self._channel: Channel | None = None
        self._drops = 0
        self._transaction = 0
        self.may_connect: Callable[[], bool] = lambda: True
        """Whether the network takes one more connection now; asking takes the turn."""
        self._frames: deque[_Frame] = deque(maxlen=_FRAMES_KEPT)
        self._load = _Load(clock)
        self._counts = dict.fromkeys(
            ("requests", "timeouts", "disconnects", "protocol_errors", "connections"), 0
        )

    @property
    def counters(self) -> dict[str, float]:
        """Return the counts since the start, and load and queue as of now."""
        return {
            **self._counts,
            "load": self._load.value,
            "queue": float(self._turns.waiting),
            "queue_age_s": self._turns.longest_s,
        }

    @property
    def frames(self) -> Sequence[str]:
        """Return the last frames, oldest first: time, ``>`` sent or ``<`` heard, bytes."""
        return _Lines(tuple(self._frames))

    async def exchange(
        self, request: bytes, *, timeout_s: float, urgent: bool = False, permitted: bool = False
    ) -> bytes:
        """Send one request in its turn and return its checked reply, an exception reply included.

        ``request`` is a frame without its transaction number, the reply a whole one. ``timeout_s``
        covers connecting and answering, not the wait for the turn. Where a connection is needed,
        ``may_connect`` is asked, unless that was ``permitted`` before; what is ``urgent`` connects
        whatever it says.

        Raises:
            DeviceUnavailableError: no connection, no answer in time, or cut in between.
            ProtocolError: what came back cannot be the answer.
            ConfigError: another device answers than the settings name; the request was not sent.
        """
        await self._turns.acquire(urgent=urgent)
        started_s = self._clock.mono_s()
        sound = False
        try:
            if not (permitted or self._ready() or self.may_connect() or urgent):
                raise DeviceUnavailableError(f"{self._host}:{self._port}: the connection was lost")
            reply = await self._trade(request, timeout_s)
            sound = True
            return reply
        finally:
            if not sound:
                self.drop()
            self._load.add(started_s)
            self._turns.release()

    async def _trade(self, request: bytes, timeout_s: float) -> bytes:
        self._counts["requests"] += 1
        try:
            with self._patience.limit(timeout_s):
                channel = self._ready()
                if channel is None:
                    channel = await self._connect()
                    await self._identify(channel)
                return await channel.ask(self._numbered(request))
        except TimeoutError as error:
            self._counts["timeouts"] += 1
            text = f"{self._host}:{self._port} did not answer in {timeout_s:g} s"
            raise DeviceUnavailableError(text) from error
        except ProtocolError:
            self._counts["protocol_errors"] += 1
            raise
        except (OSError, UnicodeError) as error:
            self._counts["disconnects"] += 1
            text = f"{self._host}:{self._port}: {str(error) or type(error).__name__}"
            raise DeviceUnavailableError(text) from error

    def _numbered(self, request: bytes) -> bytes:
        self._transaction = number = (self._transaction + 1) % _TRANSACTIONS
        return number.to_bytes(2, "big") + request

    async def _identify(self, channel: Channel) -> None:
        """Ask a device who it is before anything else: a new connection may be another device's."""
        wanted = self._identity
        if wanted is None:
            return
        self._counts["requests"] += 1
        reply = await channel.ask(self._numbered(_who_are_you(wanted)))
        place = f"{self._host}:{self._port}: {wanted.table} {wanted.register}"
        if code := exception_code(reply):
            raise ConfigError(
                f"{place} should say which device this is, and is refused: {exception_text(code)}; "
                "another device answers there, or the setting identity is wrong"
            )
        said = int.from_bytes(content_of(reply)[:2], "big")
        if said != wanted.value:
            raise ConfigError(
                f"{place} says {said:#06x} where {wanted.value:#06x} was expected: another device "
                "answers there, or the setting identity is wrong; nothing else was asked or told"
            )

    def _ready(self) -> Channel | None:
        channel = self._channel
        return channel if channel is not None and channel.open else None

    async def _connect(self) -> Channel:
        self.drop()
        drops = self._drops
        self._transaction = 0
        _, channel = await asyncio.get_running_loop().create_connection(
            lambda: Channel(self._keep, self._on_stray), self._host, self._port
        )
        self._counts["connections"] += 1
        if self._drops != drops:
            channel.close()
            raise ConnectionAbortedError("the connection was closed")
        self._channel = channel
        return channel

    def drop(self) -> None:
        """Close the connection at once, unsent bytes included; the next request makes another."""
        self._drops += 1
        channel, self._channel = self._channel, None
        if channel is not None:
            channel.close()

    async def close(self) -> None:
        """Close the connection and let the loop see it closed."""
        self.drop()
        await asyncio.sleep(0)  # asyncio closes a socket on the loop's next turn

    def _on_stray(self) -> None:
        self._counts["protocol_errors"] += 1

    def _keep(self, sent: bool, frame: bytes) -> None:
        self._frames.append((self._clock.now_ms(), sent, frame[:_FRAME_KEPT]))


def _who_are_you(identity: Identity) -> bytes:
    function = READ_HOLDING if identity.table is Table.HOLDING else READ_INPUT
    return request_frame(identity.unit, function, identity.register, 1)


class _Load:
    """Measure the busy fraction of a link over the last 10 to 20 seconds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._busy_s = 0.0
        self._marks = deque([(clock.mono_s(), 0.0)], maxlen=2)

    def add(self, started_s: float) -> None:
        """Count the time since ``started_s`` as busy."""
        now_s = self._clock.mono_s()
        self._busy_s += now_s - started_s
        if now_s - self._marks[-1][0] >= _LOAD_WINDOW_S:
            self._marks.append((now_s, self._busy_s))

    @property
    def value(self) -> float:
        """Return the fraction, 0 to 1."""
        since_s, busy_s = self._marks[0]
        elapsed_s = self._clock.mono_s() - since_s
        return min(1.0, (self._busy_s - busy_s) / elapsed_s) if elapsed_s > 0 else 0.0
