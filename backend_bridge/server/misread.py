"""What to say of a frame that cannot be read: garbage, or a request of a newer console."""

from __future__ import annotations

from typing import NamedTuple, get_args

import msgspec

from backend_bridge.contract.errors import ErrorCode
from backend_bridge.contract.requests import Request

LONGEST_KIND = 64
_REQUESTS = frozenset(str(kind.__struct_config__.tag) for kind in get_args(Request))


class Misread(NamedTuple):
    """The one failure a frame gets that was not read; ``id`` is 0 where it has none."""

    id: int
    code: ErrorCode = ErrorCode.BAD_REQUEST
    text_key: str = "error.frame.unread"
    params: dict[str, str | int | float] = {}  # noqa: RUF012 - never changed


class _IdOnly(msgspec.Struct):
    id: int = 0


class _Kind(msgspec.Struct):
    type: str


class _Asked(msgspec.Struct, tag="ask"):
    request: _Kind
    id: int = 0


_asked = msgspec.msgpack.Decoder(_Asked)
_id_only = msgspec.msgpack.Decoder(_IdOnly)
_UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


def misread(frame: bytes | memoryview) -> Misread:
    """Return what to answer a frame that :func:`decode_client` refused."""
    try:
        asked = _asked.decode(frame)
    except _UNREADABLE:
        return Misread(_id_of(frame))
    kind = asked.request.type[:LONGEST_KIND]
    if kind in _REQUESTS:
        return Misread(asked.id)
    key = "error.request.no_service"
    return Misread(asked.id, ErrorCode.UNAVAILABLE, key, {"request": kind})


def _id_of(frame: bytes | memoryview) -> int:
    try:
        return _id_only.decode(frame).id
    except _UNREADABLE:
        return 0
