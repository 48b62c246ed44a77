"""People at seats: who sits where, a locked desk, and one person relieving another."""

from __future__ import annotations

import msgspec

MOST_HANDED_OVER = 1_000
"""Incidents that change hands in one hand-over."""
MOST_SECTIONS = 40
"""Sections of a hand-over brief whose counts are kept as its read receipt."""
LONGEST_SECTION_KEY = 40


class SeatPerson(msgspec.Struct, frozen=True, kw_only=True):
    """Say who sits at a seat, since when (UTC ms), and at which console; nothing else of anybody.

    Attributes:
        name: as shown to people.
        since_ms: since this session began; a console that reconnects begins another.
    """

    name: str
    seat: str
    console: str
    since_ms: int


class GetPeople(msgspec.Struct, frozen=True, kw_only=True, tag="get_people"):
    """Ask who is signed in now, and where; :class:`Beat` tells when that changed."""


class LockSeat(msgspec.Struct, frozen=True, kw_only=True, tag="lock_seat"):
    """Say that this person's console was locked; the session goes on."""


class UnlockSeat(msgspec.Struct, frozen=True, kw_only=True, tag="unlock_seat"):
    """Prove by the password that the person who locked the console is back."""

    password: str

    def __repr__(self) -> str:
        # A log line or a failing assertion must never show a password.
        return "UnlockSeat()"


class PeopleResult(msgspec.Struct, frozen=True, kw_only=True, tag="people"):
    """Carry who sits where, by seat, then longest first; ``revision`` is the beat's ``people``."""

    people: tuple[SeatPerson, ...]
    revision: int


class SeatLockResult(msgspec.Struct, frozen=True, kw_only=True, tag="seat_lock"):
    """Say that a lock or its end is written down."""

    locked: bool
