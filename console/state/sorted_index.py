"""A sorted list that tells how it changed, so that a view moves only the rows that moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

Key = Any
"""Anything that has an order; plain floats sort fastest."""
Row = tuple[Key, str]


class Step(NamedTuple):
    """One step of a list's change, valid after the steps before it.

    ``at`` is -1 for a row that enters (at ``to``); ``to`` is -1 for a row that leaves (from
    ``at``); both equal for a row that changed in place; else the row moves from ``at`` to ``to``,
    counted in the list *without* it.
    """

    at: int
    to: int
    id: str


STEPPED = 400
"""Changes above which a list is replaced rather than stepped through."""


class SortedIndex:
    """Keep ids in the order of their keys, ties broken by id; same as ``sorted`` at any moment."""

    def __init__(self) -> None:
        self._keys_made: dict[str, Key] | None = {}
        self._rows: list[Row] = []
        self._ids: list[str] = []  # of the rows, so that a whole list is read without a loop

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    @property
    def _keys(self) -> dict[str, Key]:
        # Made when first asked for: a list that is only shown, or shifted, needs none.
        if self._keys_made is None:
            self._keys_made = {id_: key for key, id_ in self._rows}
        return self._keys_made

    def __contains__(self, id_: object) -> bool:
        return id_ in self._keys

    def __getitem__(self, position: int) -> str:
        return self._ids[position]

    @property
    def rows(self) -> Sequence[Row]:
        """Return (key, id) of every row in order; valid until the next change."""
        return self._rows

    def position(self, id_: str) -> int | None:
        """Return where an id stands, ``None`` when it is not in the list."""
        key = self._keys.get(id_)
        return None if key is None else bisect_left(self._rows, (key, id_))

    def position_of(self, id_: str, key: Key) -> int | None:
        """Return where an id stands under a key that is known, ``None`` when it does not."""
        row = (key, id_)
        at = bisect_left(self._rows, row)
        return at if at < len(self._rows) and self._rows[at] == row else None

    def shift(self, id_: str, old: Key | None, new: Key | None) -> Step | None:
        """Give an id a new key, or none; whoever shifts remembers the keys of all lists himself.

        Args:
            id_: the id, in the list or not.
            old: key it has if it is in the list, ``None`` when it cannot be.
            new: key from now, ``None`` to take it out.
        """
        at = None if old is None else self.position_of(id_, old)
        if at is not None and old == new:
            return Step(at, at, id_)
        if at is not None:
            del self._rows[at], self._ids[at]
        if self._keys_made is not None:
            self._keys_made.pop(id_, None)
        if new is None:
            return None if at is None else Step(at, -1, id_)
        row = (new, id_)
        to = bisect_left(self._rows, row)
        self._rows.insert(to, row)
        self._ids.insert(to, id_)
        if self._keys_made is not None:
            self._keys_made[id_] = new
        return Step(-1 if at is None else at, to, id_)

    def replace(self, keys: Iterable[tuple[str, Key]]) -> None:
        """Take a whole new content, in the time of one sort."""
        self.take(sorted([(key, id_) for id_, key in dict(keys).items()]))

    def take(self, rows: list[Row], ids: list[str] | None = None) -> None:
        """Take a whole new content that is in order already.

        Args:
            rows: (key, id) of each; belongs to this list from now.
            ids: the rows' ids, when they are at hand.
        """
        self._rows = rows
        self._ids = [id_ for _, id_ in rows] if ids is None else ids
        self._keys_made = None

    def put(self, id_: str, key: Key) -> Step:
        """Insert an id or give it a new key."""
        step = self.shift(id_, self._keys.get(id_), key)
        assert step is not None
        return step

    def remove(self, id_: str) -> Step | None:
        """Take an id out; ``None`` when it was not in."""
        return self.shift(id_, self._keys.get(id_), None)


def steps_between(before: SortedIndex, now: SortedIndex) -> list[Step] | None:
    """Return the steps from one list to another, ``None`` when they would be many."""
    if len(now) > STEPPED or len(before) > STEPPED:
        return None
    gone = [id_ for id_ in before if id_ not in now]
    if len(gone) + len(now) > STEPPED:
        return None
    walked = SortedIndex()
    walked.take(list(before.rows))
    steps = [step for step in map(walked.remove, gone) if step is not None]
    steps.extend(walked.put(id_, key) for key, id_ in now.rows)
    return steps
