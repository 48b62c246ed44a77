"""Text as a search sees it: without accents, case or typographic spaces."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_JOINED = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "’": "'"})


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return ``text`` in lower case, without accents, with single plain spaces."""
    if text.isascii():
        return " ".join(text.lower().split())
    spread = unicodedata.normalize("NFKD", text.casefold().translate(_JOINED))
    bare = "".join(char for char in spread if not unicodedata.combining(char))
    return " ".join(bare.casefold().split())


def words(text: str) -> tuple[str, ...]:
    """Return the folded words of a search; a text matches when it holds all of them."""
    return tuple(fold(text).split())


def matches(haystack: str, wanted: tuple[str, ...]) -> bool:
    """Return whether a folded ``haystack`` holds every wanted word."""
    return all(word in haystack for word in wanted)
