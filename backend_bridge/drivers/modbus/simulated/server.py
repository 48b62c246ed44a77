"""A Modbus/TCP server of its own: small, for thousands in one process, and with room for faults.

It shares nothing with the driver, whose client and framing are tested against it. Constants:
MODBUS Application Protocol Specification V1.1b3 (2012-04-26), chapters 6 and 7.
"""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Callable, Sequence
from typing import Protocol

from backend_bridge.drivers.modbus.config import (
    MAX_READ_BITS,
    MAX_READ_REGISTERS,
    Table,
)

ILLEGAL_FUNCTION, ILLEGAL_ADDRESS, ILLEGAL_VALUE, DEVICE_FAILURE, NO_RESPONSE = 1, 2, 3, 4, 11
_READS = {1: Table.COIL, 2: Table.DISCRETE, 3: Table.HOLDING, 4: Table.INPUT}
_HEADER = struct.Struct(">HHHBB")
_PAIR = struct.Struct(">HH")
_LONGEST = 254
"""Unit id and protocol data unit (4.1 of the specification: 253 bytes and one)."""
_MOST_WRITTEN, _MOST_BITS_WRITTEN = 123, 1968
_COIL_ON = 0xFF00


class Exchange(Protocol):
    """What the server asks of whoever it serves for."""

    def read(self, table: Table, start: int, count: int) -> Sequence[int] | int:
        """Return registers or bits, or the exception code that says why not."""

    def write(self, table: Table, start: int, values: Sequence[int]) -> int:
        """Do a write and return 0, or the exception code that says why not."""


class Connection(asyncio.Protocol):
    """Answer one client; requests are answered in the order they came."""

    def __init__(self, answer: Callable[[Connection, bytes], None], seen: set[Connection]) -> None:
        self._answer = answer
        self._seen = seen
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the socket."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._seen.add(self)

    def connection_lost(self, _error: Exception | None) -> None:
        """Forget the client."""
        self._seen.discard(self)
        self._transport = None

    def data_received(self, data: bytes) -> None:
        """Cut what came into requests; whoever does not speak the protocol is cut off."""
        data = self._buffer + data if self._buffer else data
        while len(data) >= 8:
            _, protocol, length, _, _ = _HEADER.unpack_from(data)
            if protocol or not 2 <= length <= _LONGEST:
                self.abort()
                return
            if len(data) < 6 + length:
                break
            request, data = data[: 6 + length], data[6 + length :]
            self._answer(self, request)
        self._buffer = data

    def send(self, data: bytes) -> None:
        """Send bytes, unless the client has gone."""
        if self._transport is not None:
            self._transport.write(data)

    def abort(self) -> None:
        """Cut the connection."""
        if self._transport is not None:
            self._transport.abort()


def reply_to(request: bytes, unit: int, device: Exchange) -> bytes:
    """Return the one reply to a whole request; a write is done on the way."""
    transaction, _, _, asked_unit, function = _HEADER.unpack_from(request)
    if asked_unit != unit:
        content: bytes | int = NO_RESPONSE
    elif (table := _READS.get(function)) is not None:
        content = _read(request, table, device)
    elif function in (5, 6):
        content = _write_one(request, function, device)
    elif function in (15, 16):
        content = _write_many(request, function, device)
    else:
        content = ILLEGAL_FUNCTION
    if isinstance(content, int):
        function, content = function | 0x80, bytes((content,))
    return _HEADER.pack(transaction, 0, len(content) + 2, asked_unit, function) + content


def is_write(request: bytes) -> bool:
    """Return whether a whole request commands something."""
    return request[7] in (5, 6, 15, 16)


def _read(request: bytes, table: Table, device: Exchange) -> bytes | int:
    if len(request) != 12:
        return ILLEGAL_VALUE
    start, count = _PAIR.unpack_from(request, 8)
    if not 1 <= count <= (MAX_READ_BITS if table.of_bits else MAX_READ_REGISTERS):
        return ILLEGAL_VALUE
    content = device.read(table, start, count)
    if isinstance(content, int):
        return content
    if table.of_bits:
        bits = sum(1 << rank for rank, bit in enumerate(content) if bit)
        packed = bits.to_bytes((count + 7) // 8, "little")
    else:
        packed = struct.pack(f">{count}H", *content)
    return bytes((len(packed),)) + packed


def _write_one(request: bytes, function: int, device: Exchange) -> bytes | int:
    if len(request) != 12:
        return ILLEGAL_VALUE
    start, value = _PAIR.unpack_from(request, 8)
    if function == 6:
        refused = device.write(Table.HOLDING, start, (value,))
    elif value in (0, _COIL_ON):
        refused = device.write(Table.COIL, start, (int(value == _COIL_ON),))
    else:
        refused = ILLEGAL_VALUE
    return refused or request[8:]


def _write_many(request: bytes, function: int, device: Exchange) -> bytes | int:
    if len(request) < 14:
        return ILLEGAL_VALUE
    start, count = _PAIR.unpack_from(request, 8)
    size, body = request[12], request[13:]
    wanted = 2 * count if function == 16 else (count + 7) // 8
    most = _MOST_WRITTEN if function == 16 else _MOST_BITS_WRITTEN
    if not 1 <= count <= most or size != wanted or len(body) != wanted:
        return ILLEGAL_VALUE
    if function == 16:
        refused = device.write(Table.HOLDING, start, struct.unpack(f">{count}H", body))
    else:
        bits = int.from_bytes(body, "little")
        refused = device.write(Table.COIL, start, [bits >> rank & 1 for rank in range(count)])
    return refused or request[8:12]
