"""Text as a search sees it, on both sides: without accents, case or typographic spaces."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence

SHORTEST_SLIP = 4
"""Letters a word has at least for a slip in it to be seen through."""
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


def slipped(typed: str, word: str) -> bool:
    """Return whether a folded ``typed`` is ``word`` but for one slip after its first letter.

    One letter too many, too few, wrong, or two exchanged; the end of ``word`` may be unfinished.
    Numbers and short words have none: each of their neighbours is another thing.
    """
    if len(typed) < SHORTEST_SLIP or not typed.isalpha() or typed[0] != word[:1]:
        return False
    at = next(
        (n for n, (one, other) in enumerate(zip(typed, word, strict=False)) if one != other),
        min(len(typed), len(word)),
    )
    rest, own = typed[at:], word[at:]
    if own.startswith((rest[1:], rest)) or own[1:].startswith((rest, rest[1:])):
        return True
    return len(rest) > 1 and own.startswith(rest[1] + rest[0] + rest[2:])


def meant(typed: Iterable[str], vocabulary: Sequence[str]) -> list[str]:
    """Return folded words with those nobody uses replaced by one that they are a slip of.

    Args:
        typed: as somebody typed them; a word that begins one of the vocabulary is left alone.
        vocabulary: sorted; of words one slip away the first of the nearest length counts.
    """
    found = []
    for word in typed:
        place = bisect_left(vocabulary, word)
        if place < len(vocabulary) and vocabulary[place].startswith(word):
            found.append(word)
            continue
        first, last = (
            bisect_left(vocabulary, word[:1]),
            bisect_left(vocabulary, word[:1] + "\U0010ffff"),
        )
        near = [one for one in vocabulary[first:last] if slipped(word, one)]
        found.append(min(near, key=lambda one: abs(len(one) - len(word)), default=word))
    return found
