"""Compositions of the wall: which cameras stand where, by a name, shared by every console."""

from __future__ import annotations

import enum
import unicodedata

import msgspec

KIND = "camera"
"""What rights about compositions name: who sees cameras sees them, who manages cameras saves."""
SIDES = (1, 2, 3, 4, 5)
"""Tiles a row and a column of one screen: 1, 4, 9, 16 and 25 tiles."""
MOST_SCREENS = 3
MOST_TILES = 64
"""Tiles of all screens of one composition: as many as one session may watch at once."""
MOST_COMPOSITIONS = 200
LONGEST_NAME = 60
"""Characters in a name."""
DWELLS_S = (0, 10, 20, 30, 60, 120)
"""Seconds a composition stands in a tour; 0 leaves it out."""
USUAL_DWELL_S = 20
UNDO_MS = 24 * 3_600_000
"""For so long a composition that was deleted can be brought back."""


class CompositionChange(enum.StrEnum):
    """Say what happened to a composition."""

    SAVED = "saved"
    DELETED = "deleted"
    RESTORED = "restored"
    FORGOTTEN = "forgotten"
    """Deleted for longer than it can be brought back."""


class WallScreen(msgspec.Struct, frozen=True, array_like=True):
    """Hold what one screen of the wall shows.

    Attributes:
        side: tiles a row and a column, one of ``SIDES``.
        cameras: equipment ids from the top left, row by row, ``side`` times ``side`` of them;
            empty where nothing stands.
    """

    side: int
    cameras: tuple[str, ...]


class Composition(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Hold one composition's whole present state.

    Attributes:
        id: given by the bridge, never used again.
        version: counts its changes from 1; a request naming another one is refused.
        name: as people say it; no two that are not deleted share one, whatever their case.
        screens: of the first wall, the second …; a screen without a camera is left alone.
        dwell_s: seconds it stands in a tour, one of ``DWELLS_S``.
        by: account that changed it last; ``at_ms`` when, UTC ms on the bridge's clock.
        deleted: it is not offered any more, and may be brought back for ``UNDO_MS``.
    """

    id: str
    version: int
    name: str
    screens: tuple[WallScreen, ...]
    dwell_s: int = USUAL_DWELL_S
    by: str = ""
    seat: str = ""
    at_ms: int = 0
    deleted: bool = False


def clean_name(typed: str) -> str:
    """Return a name as it is kept: one line, composed (NFC), single spaces, not too long.

    Quotes, slashes, semicolons, accents and emoji stay as they are.
    """
    words = unicodedata.normalize("NFC", typed).split()
    line = " ".join(words)
    # joiners within an emoji are "format" characters too: only controls and lone surrogates go
    kept = "".join(letter for letter in line if unicodedata.category(letter) not in ("Cc", "Cs"))
    return kept[:LONGEST_NAME].strip()


def same_name(one: str, other: str) -> bool:
    """Return whether two names are one to a person."""
    return clean_name(one).casefold() == clean_name(other).casefold()
