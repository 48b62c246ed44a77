"""How a picture on the wall is, from what its worker has seen. Pure: no thread, no clock.

*Frozen* is told from the picture alone: connected, pictures keep coming, and nothing in the middle
of the picture has changed for ``frozen_s``. The upper and lower eighth are left out: cameras burn
their clock in there, and a clock may go on over a picture that hangs. Real sensors have noise, so a
quiet street at night is not frozen; a source without any noise (a drawn test picture that stands
still) is called frozen, and that is what it is. A clock burnt into the middle of the picture hides
a hanging sensor.

H.264 leaves noise out between its key pictures. There a change is a key picture that was not there
before, and the decoder says how long none may come (:mod:`console.video.worker.keys`).
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from console.video.protocol import Facts


class StreamState(enum.StrEnum):
    """Name what a tile must say of its picture."""

    CONNECTING = "connecting"
    """Being opened for the first time; nothing is known yet."""
    LIVE = "live"
    LATE = "late"
    """Pictures come too seldom: the newest is older than it may be."""
    FROZEN = "frozen"
    """Pictures come, and it is always the same one."""
    BLACK = "black"
    """Pictures come, and there is nothing on them."""
    LOST = "lost"
    """There is no stream, or it has ended; it is tried again."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Say when a picture stops being live, in seconds."""

    late_s: float = 1.5
    frozen_s: float = 8.0
    black_s: float = 2.0


@dataclass(frozen=True, slots=True)
class StreamStatus:
    """What there is to say of one stream.

    Attributes:
        age_s: seconds since its newest picture was decoded; ``None`` when there is none.
        still_s: seconds since its picture last changed, of a frozen one; else 0.
        attempts: connections tried since it was last live.
        reason: ``refused``, ``unreadable`` or ``ended`` of a lost one, ``worker`` when the process
            that decoded it has ended and another one takes over; else empty.
    """

    state: StreamState
    age_s: float | None = None
    attempts: int = 0
    reason: str = ""
    still_s: float = 0.0


def judge(facts: Facts | None, now_s: float, limits: Limits | None = None) -> StreamStatus:
    """Return how a stream is; ``None`` facts are of one its worker has not spoken of yet.

    The first that holds counts: connecting or lost, late, black, frozen, live.
    """
    limit = limits or Limits()
    if facts is None:
        return StreamStatus(StreamState.CONNECTING)
    age_s = max(0.0, now_s - facts.picture_s) if facts.picture_s else None

    def status(state: StreamState, reason: str = "", still_s: float = 0.0) -> StreamStatus:
        return StreamStatus(state, age_s, facts.attempts, reason, still_s)

    if not facts.connected or age_s is None:
        first = not facts.reason
        return status(StreamState.CONNECTING if first else StreamState.LOST, facts.reason)
    if age_s > limit.late_s or facts.gap_s > limit.late_s:
        return status(StreamState.LATE)
    if facts.black_s and now_s - facts.black_s >= limit.black_s:
        return status(StreamState.BLACK)
    still_s = now_s - facts.changed_s
    if still_s >= max(limit.frozen_s, facts.patience_s):
        return status(StreamState.FROZEN, still_s=still_s)
    return status(StreamState.LIVE)
