"""Text as a search sees it: without accents, case or typographic spaces."""

from __future__ import annotations

from collections.abc import Iterable

from backend_bridge.contract.folding import fold

__all__ = ["FoldedOnce", "fold", "matches", "words"]


def words(text: str) -> tuple[str, ...]:
    """Return the folded words of a search; a text matches when it holds all of them."""
    return tuple(fold(text).split())


class FoldedOnce(dict[str, str]):
    """Fold each text once: a city's rows repeat their streets, communes, kinds and states."""

    def __missing__(self, text: str) -> str:
        folded = fold(text)
        self[text] = folded
        return folded

    def joined(self, parts: Iterable[str]) -> str:
        """Return the folded parts as one text; the same as folding them joined by spaces."""
        return " ".join([self[part] for part in parts if part])


def matches(haystack: str, wanted: tuple[str, ...]) -> bool:
    """Return whether a folded ``haystack`` holds every wanted word."""
    return all(word in haystack for word in wanted)
