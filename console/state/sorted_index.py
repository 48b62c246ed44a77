"""A sorted list that tells how it changed, so that a view moves only the rows that moved."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

Key = tuple[Any, ...]


class Step(NamedTuple):
    """One step of a list's change, valid after the steps before it.

    ``at`` is -1 for a row that enters (at ``to``); ``to`` is -1 for a row that leaves (from
    ``at``); both equal for a row that changed in place; else the row moves from ``at`` to ``to``,
    counted in the list *without* it.
    """

    at: int
    to: int
    id: str


class SortedIndex:
    """Keep ids in the order of their keys, ties broken by id; same as ``sorted`` at any moment."""

    def __init__(self) -> None:
        self._keys: dict[str, Key] = {}
        self._rows: list[tuple[Key, str]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[str]:
        return (key for _, key in self._rows)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._keys

    def __getitem__(self, position: int) -> str:
        return self._rows[position][1]

    def position(self, id_: str) -> int | None:
        """Return where an id stands, ``None`` when it is not in the list."""
        key = self._keys.get(id_)
        return None if key is None else bisect_left(self._rows, (key, id_))

    def replace(self, keys: Iterable[tuple[str, Key]]) -> None:
        """Take a whole new content, in the time of one sort."""
        self._keys = dict(keys)
        self._rows = sorted((key, id_) for id_, key in self._keys.items())

    def put(self, id_: str, key: Key) -> Step:
        """Insert an id or give it a new key."""
        old = self._keys.get(id_)
        if old == key:
            position = bisect_left(self._rows, (key, id_))
            return Step(position, position, id_)
        at = -1
        if old is not None:
            at = bisect_left(self._rows, (old, id_))
            del self._rows[at]
        self._keys[id_] = key
        insort(self._rows, (key, id_))
        return Step(at, bisect_left(self._rows, (key, id_)), id_)

    def remove(self, id_: str) -> Step | None:
        """Take an id out; ``None`` when it was not in."""
        key = self._keys.pop(id_, None)
        if key is None:
            return None
        at = bisect_left(self._rows, (key, id_))
        del self._rows[at]
        return Step(at, -1, id_)
