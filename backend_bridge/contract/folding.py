"""Text as a search sees it, on both sides: without accents, case or typographic spaces."""

from __future__ import annotations

import unicodedata

_JOINED = {"œ": "oe", "æ": "ae", "ø": "o", "’": "'"}


class _Folded(dict[int, str]):
    """Fold each character once and remember it: a city's names are folded in one pass of C."""

    def __missing__(self, code: int) -> str:
        lower = chr(code).casefold()
        spread = unicodedata.normalize("NFKD", "".join(_JOINED.get(char, char) for char in lower))
        bare = "".join(char for char in spread if not unicodedata.combining(char))
        folded = "".join(_JOINED.get(char, char) for char in bare.casefold())
        self[code] = folded
        return folded


class _Spaced(_Folded):
    """Fold letters and digits, and turn everything else into a space."""

    def __missing__(self, code: int) -> str:
        folded = super().__missing__(code)
        self[code] = spaced = "".join(char if char.isalnum() else " " for char in folded)
        return spaced


_FOLDED = _Folded()
_SPACED = _Spaced()


def fold(text: str) -> str:
    """Return ``text`` in lower case, without accents, with single plain spaces."""
    return " ".join(text.translate(_FOLDED).split())


def tokens(text: str) -> list[str]:
    """Return the folded words of ``text``: runs of letters and digits, whatever stands between."""
    return text.translate(_SPACED).split()
