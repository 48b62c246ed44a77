"""What the console and its decoding processes say to one another, over the worker's own pipes.

A frame is four bytes of length, little-endian, then msgpack. Pictures never travel here: they lie
in shared memory (:mod:`console.video.frames`).
"""

from __future__ import annotations

import struct
from typing import IO

import msgspec

BEAT_S = 0.1
"""Seconds between two beats of a worker."""
LONGEST = 4 * 1024 * 1024
_LENGTH = struct.Struct("<I")


class ProtocolError(ValueError):
    """Say that what came is not of this protocol."""


class Output(msgspec.Struct, frozen=True, array_like=True):
    """Name one buffer to fill: its segment, and the box in pixels pictures are scaled to fit."""

    segment: str
    width: int
    height: int


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """Carry what was last seen of a stream to whoever decodes it next.

    Attributes:
        changed_s: when its picture last changed, on the machine's monotonic clock; 0 for unknown.
        black_s: since when it has been black; 0 while it is not.
        trace: what it looked like, coarsely (:func:`console.video.worker.looking.trace_of`).
        patience_s: seconds without a change that mean nothing in this stream.
    """

    changed_s: float = 0.0
    black_s: float = 0.0
    trace: bytes = b""
    patience_s: float = 0.0


class Show(msgspec.Struct, frozen=True, tag=True):
    """Decode a camera's stream into these outputs instead of those before; none to stop.

    A new address is used from the next connection on; the one that lives goes on. ``serial`` tells
    this wish for the camera from earlier ones; the stream's facts carry it back. ``seen`` is what
    another process saw of it before: a picture that hangs is not new because its decoder is.
    """

    camera: str
    address: str
    outputs: tuple[Output, ...]
    serial: int = 0
    seen: Seen = Seen()


class Facts(msgspec.Struct, frozen=True, array_like=True):
    """Tell of one stream what its worker has seen; times on the machine's monotonic clock.

    Attributes:
        camera: whose.
        connected: whether the stream is open.
        attempts: connections tried since it was last seen live.
        picture_s: when the newest picture was decoded; 0 for never.
        gap_s: seconds between the newest picture and the one before.
        changed_s: when a picture last proved that the stream lives; 0 for never.
        black_s: since when it has been black; 0 while it is not.
        reason: key of why it is not connected: ``refused`` (no stream there, or it was refused),
            ``unreadable`` (there is one, and nothing in it is a picture), ``ended`` (there were
            pictures, and it closed or went silent); empty while connected.
        patience_s: seconds without such a proof that mean nothing in this stream.
        trace: what it looked like when it was last looked at, coarsely.
    """

    camera: str
    connected: bool = False
    attempts: int = 0
    picture_s: float = 0.0
    gap_s: float = 0.0
    changed_s: float = 0.0
    black_s: float = 0.0
    reason: str = ""
    patience_s: float = 0.0
    serial: int = 0
    trace: bytes = b""

    @property
    def seen(self) -> Seen:
        """Return what the next decoder must know; nothing of a stream never looked at."""
        if not self.trace:
            return Seen()
        return Seen(self.changed_s, self.black_s, self.trace, self.patience_s)


class Beat(msgspec.Struct, frozen=True, tag=True):
    """Say that the worker lives, and how each of its streams is; every ``BEAT_S``."""

    streams: tuple[Facts, ...]


def encode(message: Show | Beat) -> bytes:
    """Return a message as one frame."""
    body = msgspec.msgpack.encode(message)
    return _LENGTH.pack(len(body)) + body


def read_show(pipe: IO[bytes]) -> Show | None:
    """Wait for the console's next message; ``None`` at the end of the pipe.

    Raises:
        ProtocolError: something else came.
    """
    body = _read(pipe)
    try:
        return None if body is None else msgspec.msgpack.decode(body, type=Show)
    except msgspec.DecodeError as error:
        raise ProtocolError(str(error)) from error


def read_beat(pipe: IO[bytes]) -> Beat | None:
    """Wait for a worker's next message; ``None`` at the end of the pipe.

    Raises:
        ProtocolError: something else came.
    """
    body = _read(pipe)
    try:
        return None if body is None else msgspec.msgpack.decode(body, type=Beat)
    except msgspec.DecodeError as error:
        raise ProtocolError(str(error)) from error


def _read(pipe: IO[bytes]) -> bytes | None:
    head = pipe.read(_LENGTH.size)
    if not head:
        return None
    if len(head) < _LENGTH.size:
        raise ProtocolError("the pipe ended within a length")
    (length,) = _LENGTH.unpack(head)
    if length > LONGEST:
        raise ProtocolError(f"a frame of {length} bytes")
    body = pipe.read(length)
    if len(body) < length:
        raise ProtocolError("the pipe ended within a frame")
    return body
