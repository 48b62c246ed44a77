"""Frames: what asks, and whether what comes is its one right reply. Pure.

Constants: MODBUS Application Protocol Specification V1.1b3 (2012-04-26), chapters 6 and 7, and
MODBUS Messaging on TCP/IP Implementation Guide V1.0b (2006-10-24), 3.1.3.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

from backend_bridge.contract.quality import Quality
from backend_bridge.core.errors import ProtocolError

_ECHOED = frozenset({5, 6, 15, 16})
"""Writes answer with the first five bytes of their request, function code included."""

READ_COILS, READ_DISCRETES, READ_HOLDING, READ_INPUT = 1, 2, 3, 4
WRITE_COIL, WRITE_REGISTER, WRITE_REGISTERS = 5, 6, 16
COIL_ON = 0xFF00

_FUNCTION_AT = 7
_CONTENT_AT = 9


def request_frame(unit: int, function: int, first: int, second: int, more: bytes = b"") -> bytes:
    """Return a frame without its transaction number, the first two bytes.

    Every request of this driver begins with two words: where, and how many or what.
    """
    body = struct.pack(">BBHH", unit, function, first, second) + more
    return struct.pack(">HH", 0, len(body)) + body


def write_registers_frame(unit: int, start: int, words: tuple[int, ...]) -> bytes:
    """Return what writes several registers, without its transaction number."""
    count = len(words)
    content = struct.pack(f">B{count}H", 2 * count, *words)
    return request_frame(unit, WRITE_REGISTERS, start, count, content)


def exception_code(reply: bytes) -> int:
    """Return the exception a whole reply tells, 0 for none."""
    return reply[_FUNCTION_AT + 1] if reply[_FUNCTION_AT] & 0x80 else 0


def content_of(reply: bytes) -> bytes:
    """Return the registers' or bits' bytes in a whole reply to a read."""
    return reply[_CONTENT_AT:]


def reply_size(request: bytes, data: bytes) -> int:
    """Return how long the reply at the start of ``data`` is, 0 while it is still coming.

    Stricter than the library, which skips what it does not expect and waits: whatever cannot be
    the one reply to ``request`` (a whole frame with its MBAP header) is an error at its first
    wrong byte.

    Raises:
        ProtocolError: other transaction, protocol, unit, function, length or content.
    """
    if data[:4] != request[: min(4, len(data))]:
        raise ProtocolError(f"answered another request or protocol: {data[:12].hex(' ')}")
    if len(data) < 6:
        return 0
    size = 6 + int.from_bytes(data[4:6], "big")
    if not 9 <= size <= 260:
        raise ProtocolError(f"answer claims to be {size - 6} bytes long")
    if len(data) > size:
        raise ProtocolError(f"{len(data) - size} bytes more than the answer")
    if len(data) >= 7 and data[6] != request[6]:
        raise ProtocolError(f"unit {data[6]} answered for unit {request[6]}")
    if len(data) >= 8:
        _check_function(request, data, size)
    return size if len(data) == size else 0


def _check_function(request: bytes, data: bytes, size: int) -> None:
    asked, answered = request[7], data[7]
    if answered == asked | 0x80:
        expected = 9
    elif answered != asked:
        raise ProtocolError(f"function {answered} answered function {asked}")
    elif asked in _ECHOED:
        expected = 12
        if data[8:] != request[8 : min(len(data), expected)]:
            raise ProtocolError("a write was answered with other content")
    else:
        expected = 9 + _content_size(asked, int.from_bytes(request[10:12], "big"))
        if len(data) >= 9 and data[8] != expected - 9:
            raise ProtocolError(f"answer counts {data[8]} bytes, asked for {expected - 9}")
    if size != expected:
        raise ProtocolError(f"answer is {size} bytes long, not {expected}")


def _content_size(function: int, count: int) -> int:
    return (count + 7) // 8 if function in (1, 2) else count * 2


EXCEPTIONS: Mapping[int, str] = {
    1: "illegal function",
    2: "illegal data address",
    3: "illegal data value",
    4: "device failure",
    5: "acknowledged, not done yet",
    6: "device busy",
    7: "negative acknowledge",
    8: "memory parity error",
    10: "gateway path unavailable",
    11: "no answer behind the gateway",
}
"""Application Protocol V1.1b3, chapter 7 (7 from V1.1)."""

_AWAY = frozenset({5, 6, 10, 11})
ADDRESS_REFUSED = frozenset({2, 3})
CONFIG_REFUSED = frozenset({1, 2, 3})
GATEWAY = frozenset({10, 11})
ACKNOWLEDGED = 5


def exception_text(code: int) -> str:
    """Return an exception code in words, ``2 (illegal data address)``."""
    return f"{code} ({EXCEPTIONS.get(code, 'not in the specification')})"


def exception_quality(code: int) -> Quality:
    """Return what a refused read makes of its points: away behind the device, or bad."""
    return Quality.UNAVAILABLE if code in _AWAY else Quality.BAD
