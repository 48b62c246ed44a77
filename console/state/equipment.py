"""The territory as the console walks it: by id, by parent, by point index, by text."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator

from backend_bridge.contract.points import Catalogue, Equipment, EquipmentKind, PointDef
from console.state.folding import fold, words

_NONE: tuple[str, ...] = ()


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
        self._positions = {
            kind.key: {point.key: position for position, point in enumerate(kind.points)}
            for kind in self.kinds.values()
        }
        self._folded: list[tuple[str, str]] | None = None
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

    def owner_numbers(self, total: int) -> array[int]:
        """Return for each of ``total`` point indexes its equipment's number, -1 for a gap."""
        numbers = array("i", [-1]) * total
        for number, (start, end) in enumerate(zip(self._starts, self._ends, strict=True)):
            last = min(end, total)
            if start < last:
                numbers[start:last] = array("i", [number]) * (last - start)
        return numbers

    def search(self, text: str, limit: int | None = None) -> list[str]:
        """Return ids whose id, name, place, commune or sector hold every word of ``text``.

        Accents and case count for nothing. Ids that start with the text come first, then catalogue
        order.
        """
        wanted = words(text)
        if not wanted:
            return list(self.order[:limit])
        found = []
        for key, haystack in self._haystacks():
            for word in wanted:
                if word not in haystack:
                    break
            else:
                found.append(key)
        start = fold(text)
        found.sort(key=lambda key: not fold(key).startswith(start))
        return found[:limit]

    def _haystacks(self) -> list[tuple[str, str]]:
        if self._folded is None:
            # Built at the first search, not at sign-in: the first picture comes first.
            self._folded = [
                (item.id, fold(f"{item.id} {item.name} {item.place} {item.commune} {item.sector}"))
                for item in self.by_id.values()
            ]
        return self._folded
