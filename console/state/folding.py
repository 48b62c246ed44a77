"""Text as a search sees it: without accents, case or typographic spaces."""

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


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Return ``text`` in lower case, without accents, with single plain spaces."""
    return " ".join(text.translate(_FOLDED).split())


def words(text: str) -> tuple[str, ...]:
    """Return the folded words of a search; a text matches when it holds all of them."""
    return tuple(fold(text).split())


def matches(haystack: str, wanted: tuple[str, ...]) -> bool:
    """Return whether a folded ``haystack`` holds every wanted word."""
    return all(word in haystack for word in wanted)
