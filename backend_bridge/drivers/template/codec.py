"""Turn requests into bytes and answers into readings. Pure: no socket, no clock."""

from __future__ import annotations

import math
from collections.abc import Sequence

from backend_bridge.contract.points import Scalar
from backend_bridge.contract.quality import Quality
from backend_bridge.core.driver import Reading
from backend_bridge.core.errors import CommandRejectedError, ProtocolError

from .config import Address, Kind


def encode_read(number: int, names: Sequence[str]) -> bytes:
    """Return the request for some values."""
    return f"R {number} {','.join(names)}\n".encode()


def encode_write(number: int, address: Address, value: Scalar) -> bytes:
    """Return the request that gives a point its value.

    Raises:
        CommandRejectedError: the point takes no command, or not this value; nothing was sent.
    """
    if not address.write:
        raise CommandRejectedError("this point takes no command")
    if value is None or isinstance(value, str) or not math.isfinite(value):
        raise CommandRejectedError(f"{value!r} is not a value this point can take")
    if not _possible(address, value):
        raise CommandRejectedError(f"{value!r} is outside {address.low} to {address.high}")
    shown = str(bool(value)).lower() if address.type is Kind.BOOL else str(value)
    return f"W {number} {address.name} {shown}\n".encode()


def decode(number: int, line: bytes) -> str:
    """Return what an answer says after its number.

    Raises:
        ProtocolError: not a line of text, or another request's answer.
    """
    try:
        said, _, content = line.decode("ascii").rstrip("\n").partition(" ")
        if int(said) != number:
            raise ProtocolError(f"request {number} was answered with number {said}")
    except ValueError as error:
        raise ProtocolError(f"not an answer: {line[:40]!r}") from error
    return content


def decode_values(content: str, addresses: Sequence[tuple[int, Address]]) -> tuple[Reading, ...]:
    """Return the readings in an answer, one for each (slot, address) asked for, in order.

    Raises:
        ProtocolError: not as many values, or not of their types.
    """
    values = content.split(",")
    if len(values) != len(addresses):
        raise ProtocolError(f"{len(addresses)} values asked for, {len(values)} answered")
    return tuple(
        _reading(slot, address, text)
        for (slot, address), text in zip(addresses, values, strict=True)
    )


def _reading(slot: int, address: Address, text: str) -> Reading:
    try:
        match address.type:
            case Kind.BOOL:
                return Reading(slot, {"true": True, "false": False}[text])
            case Kind.INT:
                value: float = int(text)
            case Kind.FLOAT:
                value = float(text)
    except (KeyError, ValueError) as error:
        raise ProtocolError(f"{address.name} is {text[:40]!r}, not {address.type}") from error
    if not math.isfinite(value):
        return Reading(slot, None, Quality.BAD)
    return Reading(slot, value, Quality.GOOD if _possible(address, value) else Quality.BAD)


def _possible(address: Address, value: float) -> bool:
    low = -math.inf if address.low is None else address.low
    high = math.inf if address.high is None else address.high
    return low <= value <= high
