"""Things by the beginnings of their words: postings in arrays, so that memory stays small."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import merge
from itertools import islice

from backend_bridge.contract.folding import fold, meant, tokens

BLOCK = 4_096
"""Names are sorted in blocks of so many, each in a moment of its own."""
_FEW = 16
"""Postings looked into one by one; beyond that the thing's own words are read."""

Postings = Sequence["array[int]"]


def words_of(name: str, *texts: str) -> dict[str, None]:
    """Return the words a thing is found by, each once; numbers in names also without zeros.

    A name of a single word is no word of its own: names are found by their beginning anyhow.
    """
    found: dict[str, None] = {}
    parts = tokens(name)
    for word in parts if len(parts) > 1 else ():
        found[word] = None
    for word in parts:
        bare = word.lstrip("0")
        if bare and bare != word:
            found[bare] = None
    for text in texts:
        for word in tokens(text):
            found[word] = None
    return found


class TextIndex:
    """Find things by name and by words; filled by :meth:`add`, in order, then sealed.

    Args:
        name_of: returns the name of the thing of a number, from 0.
        texts_of: returns the other texts of the thing of a number.
    """

    def __init__(
        self, name_of: Callable[[int], str], texts_of: Callable[[int], Sequence[str]]
    ) -> None:
        self._name_of = name_of
        self._texts_of = texts_of
        self._size = 0
        self._block: list[tuple[str, int]] = []
        self._blocks: list[array[int]] = []
        self._postings: dict[str, array[int]] = {}
        self._vocabulary: list[str] = []

    def __len__(self) -> int:
        return self._size

    def add(self) -> None:
        """Add the next thing."""
        number = self._size
        self._size += 1
        name = self._name_of(number)
        self._block.append((fold(name), number))
        if len(self._block) == BLOCK:
            self._end_block()
        postings = self._postings
        for word in words_of(name, *self._texts_of(number)):
            found = postings.get(word)
            if found is None:
                postings[word] = array("I", (number,))
            else:
                found.append(number)

    def seal(self) -> None:
        """Make what was added searchable; nothing can be added any more."""
        self._end_block()
        self._vocabulary = sorted(self._postings)

    def named(self, text: str) -> list[int]:
        """Return the things of exactly that name."""
        return self._from(fold(text), len(self), str.__eq__)

    def beginning(self, text: str, limit: int) -> list[int]:
        """Return the first things whose name begins with ``text``, in the order of names."""
        start = fold(text)
        if not start:
            return []
        found = self._from(start, limit, str.startswith)
        return sorted(found, key=self._folded)[:limit]

    def holding(self, text: str, limit: int) -> list[int]:
        """Return the first things that hold every word of ``text``, whole words before beginnings.

        The words may stand in any order, and each may be unfinished.
        """
        wanted = list(dict.fromkeys(tokens(text)))
        if not wanted:
            return []
        whole = [[self._postings[word]] for word in wanted if word in self._postings]
        found = self._common(whole, wanted, limit, whole=True) if len(whole) == len(wanted) else []
        if len(found) < limit:
            begun = [self._begun(word) for word in wanted]
            if all(begun):
                seen = set(found)
                more = self._common(begun, wanted, limit + len(seen), whole=False)
                found += [number for number in more if number not in seen]
        return found[:limit]

    def meant(self, text: str) -> str:
        """Return ``text`` with a slip of a finger undone in words that no thing has."""
        return " ".join(meant(tokens(text), self._vocabulary))

    # -- inside -----------------------------------------------------------------------------------

    def _end_block(self) -> None:
        self._block.sort()
        self._blocks.append(array("I", (number for _, number in self._block)))
        self._block = []

    def _folded(self, number: int) -> str:
        return fold(self._name_of(number))

    def _from(self, start: str, limit: int, agrees: Callable[[str, str], bool]) -> list[int]:
        """Return the first things of each block whose name agrees with ``start``."""
        found = []
        for block in self._blocks:
            place = bisect_left(block, start, key=self._folded)
            for number in islice(block, place, place + limit):
                if not agrees(self._folded(number), start):
                    break
                found.append(number)
        return found

    def _begun(self, start: str) -> list[array[int]]:
        found = []
        place = bisect_left(self._vocabulary, start)
        while place < len(self._vocabulary) and self._vocabulary[place].startswith(start):
            found.append(self._postings[self._vocabulary[place]])
            place += 1
        return found

    def _common(
        self, postings: Sequence[Postings], wanted: Sequence[str], limit: int, *, whole: bool
    ) -> list[int]:
        """Return the first things in all of ``postings``, walking the shortest of them."""
        order = sorted(range(len(postings)), key=lambda place: sum(map(len, postings[place])))
        shortest, *others = order
        found = []
        for number in _each(postings[shortest]):
            if all(self._holds(number, postings[at], wanted[at], whole=whole) for at in others):
                found.append(number)
                if len(found) == limit:
                    break
        return found

    def _holds(self, number: int, postings: Postings, word: str, *, whole: bool) -> bool:
        if whole or len(postings) <= _FEW:
            return any(_in(number, found) for found in postings)
        own = words_of(self._name_of(number), *self._texts_of(number))
        return any(one.startswith(word) for one in own)


def _each(postings: Postings) -> Iterator[int]:
    """Give each number once, in order."""
    numbers: Iterable[int] = postings[0] if len(postings) == 1 else merge(*postings)
    last = -1
    for number in numbers:
        if number != last:
            yield number
            last = number


def _in(number: int, found: array[int]) -> bool:
    place = bisect_left(found, number)
    return place < len(found) and found[place] == number
