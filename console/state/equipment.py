"""The territory as the console walks it: by id, by parent, by point index, by text."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import compress, groupby
from typing import NamedTuple

from backend_bridge.contract.points import Catalogue, Equipment, EquipmentKind, PointDef
from console.state.folding import FoldedOnce, fold, words
from console.state.groups import Groups

FROZEN = "frozen"
"""Key of the point by which an equipment itself says that what it gives does not move."""

_NONE: tuple[str, ...] = ()
FOLDED_AT_ONCE = 1_000
"""Texts folded at once ahead of the first search: some 3 ms."""


class _Found(NamedTuple):
    """What a search left: parallel lists in catalogue order, not to be changed."""

    text: str
    ids: list[str]
    texts: list[str]
    groups: list[int]


class EquipmentIndex:
    """Index one catalogue; replaced as a whole with it, never changed.

    ``order`` is the catalogue's own order; ``roots`` are the equipment whose parent is not in it.
    """

    def __init__(self, catalogue: Catalogue | None = None) -> None:
        equipment = catalogue.equipment if catalogue is not None else ()
        self.kinds: dict[str, EquipmentKind] = (
            {kind.key: kind for kind in catalogue.kinds} if catalogue is not None else {}
        )
        self.by_id: dict[str, Equipment] = {item.id: item for item in equipment}
        self.order: tuple[str, ...] = tuple(self.by_id)
        self.visible_points = 0
        self._children: dict[str, list[str]] = {}
        roots = []
        starts = []
        for item in equipment:
            if item.parent in self.by_id:
                self._children.setdefault(item.parent, []).append(item.id)
            else:
                roots.append(item.id)
            count = len(self.kinds[item.kind].points) if item.kind in self.kinds else 0
            if count:
                starts.append((item.first_point, count, item.id))
                self.visible_points += count
        self.roots: tuple[str, ...] = tuple(roots)
        starts.sort()
        self._starts = [start for start, _, _ in starts]
        self._ends = [start + count for start, count, _ in starts]
        self._owners = [owner for _, _, owner in starts]
        self.groups = Groups(self.by_id.values(), self._owners)
        self._positions = {
            kind.key: {point.key: position for position, point in enumerate(kind.points)}
            for kind in self.kinds.values()
        }
        self._numbers = array("i")
        may_freeze = {key for key, places in self._positions.items() if FROZEN in places}
        self.frozen_points: tuple[tuple[str, int], ...] = tuple(
            (item.id, item.first_point + self._positions[item.kind][FROZEN])
            for item in (equipment if may_freeze else ())
            if item.kind in may_freeze
        )
        """Equipment and index of every point :data:`FROZEN`."""
        self._fold = FoldedOnce()
        self._texts: list[str] = []
        self._searched = _Found("", list(self.order), self._texts, self.groups.in_order)
        self._tree: tuple[str, ...] | None = None

    def __len__(self) -> int:
        return len(self.by_id)

    def get(self, equipment_id: str) -> Equipment | None:
        """Return one equipment, ``None`` when the session does not see it."""
        return self.by_id.get(equipment_id)

    def kind_of(self, equipment_id: str) -> EquipmentKind | None:
        """Return the kind of one equipment, ``None`` when unknown."""
        item = self.by_id.get(equipment_id)
        return self.kinds.get(item.kind) if item is not None else None

    def children(self, equipment_id: str) -> tuple[str, ...]:
        """Return the ids directly under one equipment, in catalogue order."""
        return tuple(self._children.get(equipment_id, _NONE))

    def child_count(self, equipment_id: str) -> int:
        """Return how many stand directly under one equipment."""
        return len(self._children.get(equipment_id, _NONE))

    def descendants(self, equipment_id: str) -> Iterator[str]:
        """Give every id under one equipment, nearest first; survives a loop of parents."""
        seen = {equipment_id}
        front = list(self._children.get(equipment_id, _NONE))
        while front:
            following: list[str] = []
            for child in front:
                if child not in seen:
                    seen.add(child)
                    yield child
                    following.extend(self._children.get(child, _NONE))
            front = following

    def tree_order(self) -> tuple[str, ...]:
        """Return every id, parents before what hangs under them; made at the first call."""
        if self._tree is None:
            order: list[str] = []
            stack = list(reversed(self.roots))
            while stack:
                at = stack.pop()
                order.append(at)
                stack.extend(reversed(self._children.get(at, _NONE)))
            if len(order) < len(self.by_id):  # a loop of parents has no root: list it all the same
                order = list(dict.fromkeys([*order, *self.order]))
            self._tree = tuple(order)
        return self._tree

    def path(self, equipment_id: str) -> tuple[str, ...]:
        """Return the ids from the root down to one equipment, itself included."""
        path: list[str] = []
        at = equipment_id
        while at in self.by_id and at not in path:
            path.append(at)
            at = self.by_id[at].parent
        return tuple(reversed(path))

    def points_of(self, equipment_id: str) -> list[tuple[int, PointDef]]:
        """Return (point index, definition) of every point of one equipment."""
        item = self.by_id.get(equipment_id)
        kind = self.kind_of(equipment_id)
        if item is None or kind is None:
            return []
        return [(item.first_point + place, point) for place, point in enumerate(kind.points)]

    def point_index(self, equipment_id: str, point_key: str) -> int | None:
        """Return the index of one point, ``None`` when there is no such point."""
        item = self.by_id.get(equipment_id)
        if item is None:
            return None
        place = self._positions.get(item.kind, {}).get(point_key)
        return None if place is None else item.first_point + place

    def main_point(self, equipment_id: str) -> tuple[int, PointDef] | None:
        """Return (index, definition) of the point shown first, ``None`` when its kind has none."""
        kind = self.kind_of(equipment_id)
        if kind is None or not kind.main_point:
            return None
        index = self.point_index(equipment_id, kind.main_point)
        if index is None:
            return None
        return index, kind.points[index - self.by_id[equipment_id].first_point]

    def owner(self, index: int) -> str | None:
        """Return the equipment a point index belongs to, ``None`` for a gap."""
        place = bisect_right(self._starts, index) - 1
        if place < 0 or index >= self._ends[place]:
            return None
        return self._owners[place]

    @property
    def owners(self) -> Sequence[str]:
        """Return the ids with points by their number, as :meth:`owner_numbers` gives it."""
        return self._owners

    def owner_numbers(self, total: int) -> array[int]:
        """Return for each of ``total`` point indexes its equipment's number, -1 for a gap.

        Made at the first call, in the link's thread when a catalogue comes; not to be changed.
        """
        if len(self._numbers) == total:
            return self._numbers
        numbers = array("i", [-1]) * total
        for number, (start, end) in enumerate(zip(self._starts, self._ends, strict=True)):
            last = min(end, total)
            if start < last:
                numbers[start:last] = array("i", [number]) * (last - start)
        self._numbers = numbers
        return numbers

    def search(self, text: str, limit: int | None = None) -> list[str]:
        """Return ids whose id, name, place, commune or sector hold every word of ``text``.

        Accents and case count for nothing. Ids that start with the text come first, then catalogue
        order.
        """
        if not words(text):
            return list(self.order[:limit])
        start = fold(text)
        found = sorted(self.matching(text), key=lambda key: not fold(key).startswith(start))
        return found[:limit]

    def matching(self, text: str) -> list[str]:
        """Return as :meth:`search`, in catalogue order; a text that grew looks in what was left."""
        self._find(text)
        return self._searched.ids

    def matching_by_group(self, text: str) -> dict[int, list[str]]:
        """Return as :meth:`matching`, by :attr:`groups`; 351,000 hits take some 20 ms."""
        self._find(text)
        hits: dict[int, list[str]] = {}
        ids, start = self._searched.ids, 0
        for group, run in groupby(self._searched.groups):  # neighbours are mostly of one group
            end = start + len(list(run))
            hits.setdefault(group, []).extend(ids[start:end])
            start = end
        return hits

    def _find(self, text: str) -> None:
        wanted = words(text)
        while self.fold_some():
            pass
        before, ids, texts, groups = self._searched
        if not fold(text).startswith(before) or len(wanted) < len(before.split()):
            ids, texts, groups = list(self.order), self._texts, self.groups.in_order
        for word in wanted:
            hits = [word in one for one in texts]
            ids, texts = list(compress(ids, hits)), list(compress(texts, hits))
            groups = list(compress(groups, hits))
        self._searched = _Found(fold(text), ids, texts, groups)

    def fold_some(self) -> bool:
        """Fold some texts ahead of the first search, a few ms; ``False`` when all are."""
        done = len(self._texts)
        for key in self.order[done : done + FOLDED_AT_ONCE]:
            item = self.by_id[key]
            parts = (item.id, item.name, item.place, item.commune, item.sector)
            self._texts.append(self._fold.joined(parts))
        if done and len(self._texts) == len(self.order):
            self._fold.clear()
        return len(self._texts) < len(self.order)
