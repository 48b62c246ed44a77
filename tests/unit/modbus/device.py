"""A Modbus device written from the specification alone, told what to answer."""

from __future__ import annotations

import asyncio
import contextlib
import struct
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from backend_bridge.core.driver import BoundPoint, LinkConfig

HOST = "127.0.0.1"

Refuse = Callable[[int, int, int, int], int]
"""Takes unit, function, start and count; gives an exception code, 0 to answer."""


def obey(_unit: int, _function: int, _start: int, _count: int) -> int:
    return 0


@dataclass
class Device:
    """Answer reads from ``words`` and ``bits`` (0 where absent) and take writes into them."""

    words: dict[int, int] = field(default_factory=dict)
    bits: dict[int, bool] = field(default_factory=dict)
    refuse: Refuse = obey
    requests: list[tuple[int, int, int, int]] = field(default_factory=list)
    port: int = 0
    writers: list[asyncio.StreamWriter] = field(default_factory=list)

    async def blurt(self, data: bytes) -> None:
        """Send bytes nobody asked for on every connection."""
        for writer in self.writers:
            writer.write(data)
            await writer.drain()

    def hang_up(self) -> None:
        """End every connection at once, as a network that is cut does."""
        for writer in self.writers:
            writer.transport.abort()
        self.writers.clear()

    @contextlib.asynccontextmanager
    async def serve(self) -> AsyncIterator[Device]:
        async def attend(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self.writers.append(writer)
            with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
                while True:
                    head = await reader.readexactly(7)
                    tid, _, length, unit = struct.unpack(">HHHB", head)
                    body = self._answer(unit, await reader.readexactly(length - 1))
                    writer.write(struct.pack(">HHHB", tid, 0, len(body) + 1, unit) + body)

        server = await asyncio.start_server(attend, HOST, 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            self.hang_up()
            await asyncio.sleep(0.01)

    def _answer(self, unit: int, request: bytes) -> bytes:
        function, start, count = struct.unpack(">BHH", request[:5])
        self.requests.append((unit, function, start, count))
        code = self.refuse(unit, function, start, count)
        if code:
            return bytes([function | 0x80, code])
        if function in (1, 2):
            packed = sum(self.bits.get(start + i, False) << i for i in range(count))
            content = packed.to_bytes((count + 7) // 8, "little")
            return bytes([function, len(content)]) + content
        if function in (3, 4):
            content = b"".join(
                self.words.get(start + i, 0).to_bytes(2, "big") for i in range(count)
            )
            return bytes([function, len(content)]) + content
        if function == 5:
            self.bits[start] = count == 0xFF00
        elif function == 6:
            self.words[start] = count
        else:
            for i in range(count):
                self.words[start + i] = int.from_bytes(request[6 + 2 * i : 8 + 2 * i], "big")
        return request[:5]


def link(*addresses: Mapping[str, Any], port: int = 1, **settings: Any) -> LinkConfig:
    """Return a link with one point per address."""
    return LinkConfig(
        id="L",
        driver="modbus",
        settings={"host": HOST, "port": port, **settings},
        points=tuple(
            BoundPoint(slot=slot, equipment_id="E", point_key=f"p{slot}", address=address)
            for slot, address in enumerate(addresses)
        ),
    )
