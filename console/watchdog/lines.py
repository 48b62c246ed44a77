"""What window and watchdog tell each other: one JSON object a line, over the child's own pipes.

Window → watchdog: ``{"beat": …}`` four times a second, ``{"bye": true}`` before it ends by itself.
Watchdog → window: ``{"pid": …, "covering": n}`` once a second, so that the window knows that its
watchdog itself is alive.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec

T = TypeVar("T")

BEAT_PERIOD_S = 0.25
SILENCE_S = 1.2
"""Seconds without a beat after which the windows are covered."""
WORD_PERIOD_S = 1.0
"""Seconds between two words of the watchdog to its window."""
MAX_LINE_BYTES = 64 * 1024


class WindowBeat(msgspec.Struct, frozen=True, kw_only=True):
    """Tell where one window stands, in the screen coordinates Qt uses (device-independent pixels).

    ``visible`` is false for a window that is hidden or minimised: nothing is covered then.
    """

    id: str
    title: str
    x: int
    y: int
    width: int
    height: int
    visible: bool = True


class Beat(msgspec.Struct, frozen=True, kw_only=True):
    """Say that the window's own loop runs: its process, its UTC ms, its windows."""

    pid: int
    at_ms: int
    windows: tuple[WindowBeat, ...] = ()


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line from the window."""

    beat: Beat | None = None
    bye: bool = False


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """One line from the watchdog."""

    pid: int
    covering: int = 0


class LineError(ValueError):
    """Say that a line is not one of ours."""


_line_decoder = msgspec.json.Decoder(Line)
_word_decoder = msgspec.json.Decoder(Word)


def encode(message: Line | Word) -> bytes:
    """Return a message as one line, its end included."""
    return msgspec.json.encode(message) + b"\n"


def decode_line(data: bytes) -> Line:
    """Return what the window said.

    Raises:
        LineError: too long, not JSON, or not one of ours.
    """
    return _decode(_line_decoder, data)


def decode_word(data: bytes) -> Word:
    """Return what the watchdog said.

    Raises:
        LineError: too long, not JSON, or not one of ours.
    """
    return _decode(_word_decoder, data)


def _decode(decoder: msgspec.json.Decoder[T], data: bytes) -> T:
    if len(data) > MAX_LINE_BYTES:
        raise LineError(f"a line of {len(data)} bytes, {MAX_LINE_BYTES} allowed")
    try:
        return decoder.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise LineError(str(error)) from error
