"""One connection to one Modbus/TCP address: one request at a time, commands first, all counted."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import overload

from pymodbus.client import AsyncModbusTcpClient
from pymodbus.exceptions import ModbusException
from pymodbus.pdu import ModbusPDU

from backend_bridge.contract.times import Clock
from backend_bridge.core.errors import DeviceUnavailableError, ProtocolError
from backend_bridge.core.patience import patient_timeout
from backend_bridge.core.turns import Turns
from backend_bridge.drivers.modbus.config import Settings
from backend_bridge.drivers.modbus.frames import reply_size

Ask = Callable[[AsyncModbusTcpClient], Awaitable[ModbusPDU]]
"""Sends one request through the library's client and gives its reply."""

_FRAMES_KEPT = 64
_LOAD_WINDOW_S = 10.0
_RECEIVE_BUFFER = 1 << 20

# The library logs every timeout and refusal at ERROR; a lost link is logged once, by its owner.
logging.getLogger("pymodbus.logging").setLevel(logging.CRITICAL)


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
        self._settings = settings
        self._clock = clock
        self._lock = Turns(clock)
        self._client: AsyncModbusTcpClient | None = None
        self._sent: bytes | None = None
        self._partial = b""
        self._frames: deque[_Frame] = deque(maxlen=_FRAMES_KEPT)
        self._load = _Load(clock)
        self._counts = dict.fromkeys(
            ("requests", "timeouts", "disconnects", "protocol_errors", "connections"), 0
        )

    @property
    def connected(self) -> bool:
        """Return whether a connection stands, as far as anyone can know without asking."""
        return self._client is not None and self._client.connected

    @property
    def counters(self) -> dict[str, float]:
        """Return the counts since the start, and load and queue as of now."""
        return {
            **self._counts,
            "load": self._load.value,
            "queue": float(self._lock.waiting),
            "queue_age_s": self._lock.longest_s,
        }

    @property
    def frames(self) -> Sequence[str]:
        """Return the last frames, oldest first: time, ``>`` sent or ``<`` heard, bytes."""
        return _Lines(tuple(self._frames))

    async def exchange(self, ask: Ask, *, timeout_s: float, urgent: bool = False) -> ModbusPDU:
        """Send one request in its turn and return its checked reply, an exception reply included.

        ``timeout_s`` covers connecting and answering, not the wait for the turn.

        Raises:
            DeviceUnavailableError: no connection, no answer in time, or cut in between.
            ProtocolError: what came back cannot be the answer.
        """
        await self._lock.acquire(urgent=urgent)
        started_s = self._clock.mono_s()
        sound = False
        try:
            reply = await self._trade(ask, timeout_s)
            sound = True
            return reply
        finally:
            if not sound:
                self.drop()
            self._load.add(started_s)
            self._lock.release()

    async def _trade(self, ask: Ask, timeout_s: float) -> ModbusPDU:
        where = f"{self._settings.host}:{self._settings.port}"
        task = asyncio.current_task()
        cancelling = task.cancelling() if task else 0
        self._counts["requests"] += 1
        try:
            async with patient_timeout(timeout_s):
                client = await self._ready()
                reply = await ask(client)
        except TimeoutError as error:
            self._counts["timeouts"] += 1
            self._keep_partial()
            raise DeviceUnavailableError(f"{where} did not answer in {timeout_s:g} s") from error
        except ProtocolError:
            self._counts["protocol_errors"] += 1
            raise
        except (OSError, UnicodeError, ModbusException) as error:
            self._counts["disconnects"] += 1
            text = str(error) or type(error).__name__
            raise DeviceUnavailableError(f"{where}: {text}") from error
        finally:
            self._sent = None
        if task and task.cancelling() > cancelling:
            # WORKAROUND(https://github.com/python/cpython/issues/86296): until Python 3.12 the
            # library's wait_for swallows a cancellation that meets the answer.
            raise asyncio.CancelledError
        return reply

    async def _ready(self) -> AsyncModbusTcpClient:
        """Return a connected client, a new one when the last was dropped or cut."""
        if self._client is not None and self._client.connected:
            return self._client
        self.drop()
        client = AsyncModbusTcpClient(
            self._settings.host,
            port=self._settings.port,
            timeout=self._settings.timeout_s + 60,  # ours ends it, with our error
            retries=0,
            reconnect_delay=0,
            trace_packet=self._on_packet,
            trace_connect=self._on_connection,
        )
        client.ctx.max_buffer_size = _RECEIVE_BUFFER  # the library drops a flood without a word
        self._client = client
        # client.connect() does the same, and turns every reason into False
        await client.ctx.call_create()
        self._counts["connections"] += 1
        return client

    def drop(self) -> None:
        """Close the connection at once, unsent bytes included; the next request makes another."""
        self._fail(ConnectionAbortedError("the connection was closed"))
        client, self._client = self._client, None
        if client is not None:
            transport = client.ctx.transport
            if isinstance(transport, asyncio.Transport):
                transport.abort()
            client.close()

    async def close(self) -> None:
        """Close the connection and let the loop see it closed."""
        self.drop()
        await asyncio.sleep(0)  # asyncio closes a socket on the loop's next turn

    # --- the library's hooks; they run on the loop, inside its protocol's callbacks ---

    def _on_packet(self, sending: bool, data: bytes) -> bytes:
        if sending:
            self._sent, self._partial = data, b""
            self._keep(sent=True, data=data)
            return data
        if self._sent is None:
            self._keep(sent=False, data=data)
            self._counts["protocol_errors"] += 1
            self.drop()  # what nobody asked for must not be taken for the next answer
            return b""
        try:
            size = reply_size(self._sent, data)
        except ProtocolError as error:
            self._keep(sent=False, data=data)
            self._fail(error)
            return b""
        self._partial = b"" if size else data
        if not size:
            return b""  # the library keeps what it has and adds to it
        self._keep(sent=False, data=data)
        self._sent = None
        return data

    def _on_connection(self, connected: bool) -> None:
        if not connected:
            self._keep_partial()
            self._fail(ConnectionResetError("the device closed the connection"))

    def _fail(self, error: Exception) -> None:
        """End the pending request now; the library would wait for its timeout."""
        if self._client is not None and self._sent is not None:
            pending = self._client.ctx.response_future
            if not pending.done():
                pending.set_exception(error)

    def _keep(self, *, sent: bool, data: bytes) -> None:
        self._frames.append((self._clock.now_ms(), sent, data[:260]))

    def _keep_partial(self) -> None:
        if self._partial:
            self._keep(sent=False, data=self._partial)
            self._partial = b""


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
