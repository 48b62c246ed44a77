"""One TCP connection that carries one Modbus request at a time: whole frames out, whole ones in.

Not the library's client: ADR 0007 says why.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from backend_bridge.core.errors import ProtocolError
from backend_bridge.drivers.modbus.frames import reply_size

_BUFFER = 512
"""Longer than the longest frame (260): more than that at once is judged by its beginning."""

Keep = Callable[[bool, bytes], None]
"""Told of each frame: whether it was sent, and its bytes."""


class Channel(asyncio.BufferedProtocol):
    """Send a request and wait for its one reply; closed by the first thing that cannot be it.

    Args:
        keep: told of frames, on the loop.
        on_stray: told when something came that nobody asked for; the channel is closed then.
    """

    def __init__(self, keep: Keep, on_stray: Callable[[], None]) -> None:
        self._keep = keep
        self._on_stray = on_stray
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._request = b""
        self._reply: asyncio.Future[bytes] | None = None
        self._buffer = memoryview(bytearray(_BUFFER))
        self._filled = 0

    @property
    def open(self) -> bool:
        """Return whether the connection stands, as far as anyone can know without asking."""
        return self._transport is not None

    async def ask(self, request: bytes) -> bytes:
        """Send a whole frame and return the whole frame that answers it.

        A caller that is cancelled or gives up closes the channel: its answer may still come.

        Raises:
            OSError: the connection is or was cut.
            ProtocolError: what came cannot be the answer.
        """
        if self._transport is None:
            raise ConnectionResetError("the device closed the connection")
        self._request = request
        reply: asyncio.Future[bytes] = self._loop.create_future()
        self._reply = reply
        self._transport.write(request)
        self._keep(True, request)
        try:
            return await reply
        finally:
            self._reply = None

    def close(self) -> None:
        """Close at once, unsent bytes included; a request under way ends now."""
        self._end(ConnectionAbortedError("the connection was closed"))

    # --- asyncio's hooks ---

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002 - asyncio's; it says -1
        return self._buffer[self._filled :]

    def buffer_updated(self, nbytes: int) -> None:
        self._filled += nbytes
        data = bytes(self._buffer[: self._filled])
        reply = self._reply
        if reply is None or reply.done():
            self._on_stray()  # it must not be taken for the next answer
            self._end(ProtocolError("bytes nobody asked for"))
            return
        try:
            size = reply_size(self._request, data)
        except ProtocolError as error:
            self._end(error)
            return
        if size:
            self._filled = 0
            self._keep(False, data)
            reply.set_result(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(ConnectionResetError(str(exc or "the device closed the connection")))

    def _end(self, error: Exception) -> None:
        """Close, keeping what came of a frame; whoever waits for an answer gets ``error``."""
        transport, self._transport = self._transport, None
        if transport is not None:
            transport.abort()
        if self._filled:
            self._keep(False, bytes(self._buffer[: self._filled]))
            self._filled = 0
        if self._reply is not None and not self._reply.done():
            self._reply.set_exception(error)
