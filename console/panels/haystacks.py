"""What a list's filter looks in: each row's words, folded once and ahead of the first letter."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Container, Iterable, Sequence
from typing import Generic, TypeVar

from console.state.folding import FoldedOnce, matches

Item = TypeVar("Item")
AHEAD = 300
"""Items below which nothing is folded ahead: at the first letter they take no time either."""
SLICE = 50
"""Items folded before everything else has its turn."""


class Haystacks(Generic[Item]):
    """Remember the folded words of items that never change; a changed item is another object.

    Args:
        id_of: names an item.
        describe: returns the words a person sees of it.
    """

    def __init__(
        self, id_of: Callable[[Item], str], describe: Callable[[Item], Iterable[str]]
    ) -> None:
        self._id_of = id_of
        self._describe = describe
        self._fold = FoldedOnce()
        self._known: dict[str, tuple[Item, str]] = {}
        self._folding = False

    def find(self, items: Iterable[Item], wanted: tuple[str, ...]) -> list[Item]:
        """Return the items that hold every wanted (folded) word, in the same order."""
        return [item for item in items if matches(self.of(item), wanted)]

    def of(self, item: Item) -> str:
        """Return an item's folded words."""
        known = self._known.get(self._id_of(item))
        if known is None or known[0] is not item:
            known = self._known[self._id_of(item)] = (
                item,
                self._fold.joined(self._describe(item)),
            )
        return known[1]

    def wants(self, items: Sequence[Item]) -> bool:
        """Return whether so many items should be folded ahead, and nobody does it yet."""
        return len(items) > AHEAD and not self._folding

    async def fold_ahead(self, items: Sequence[Item], kept: Container[str]) -> None:
        """Fold what is new in small slices, and forget what is not ``kept`` by id."""
        if self._folding:
            return
        self._folding = True
        try:
            for number, item in enumerate(items):
                known = self._known.get(self._id_of(item))
                if known is None or known[0] is not item:
                    self.of(item)
                if number % SLICE == SLICE - 1:
                    await asyncio.sleep(0)
            self._known = {key: held for key, held in self._known.items() if key in kept}
        finally:
            self._folding = False
