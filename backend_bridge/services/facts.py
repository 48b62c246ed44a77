"""What services need to know of the territory, and nothing of how it was loaded."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from backend_bridge.contract.points import (
    Catalogue,
    Equipment,
    EquipmentKind,
    PointDef,
    ServiceMark,
)
from backend_bridge.contract.quality import ServiceState
from backend_bridge.contract.rights import Place
from backend_bridge.core.driver import LinkConfig


class Group(Protocol):
    """Equipment of which at most ``most_open`` may possibly be open at once."""

    @property
    def id(self) -> str:
        """Return what names it."""

    @property
    def members(self) -> Sequence[str]:
        """Return the ids of its equipment."""

    @property
    def most_open(self) -> int:
        """Return how many may be open."""


class Facts:
    """Answer questions about equipment, parents and links, from indexes built once.

    Args:
        catalogue: everything in the territory, unfiltered.
        links: every link with its bound points.
        link_roots: equipment each link is the link of, by link id; a link not named there stands
            for what its equipment has in common: their nearest shared ancestor, or else the first
            of them that hangs on none of the others.
        groups: of which only some may be open at once.
        relations: name, equipment, and what each of that stands in this relation to.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        links: Sequence[LinkConfig] = (),
        link_roots: Mapping[str, str] | None = None,
        relations: Iterable[tuple[str, Sequence[str], Sequence[str]]] = (),
        groups: Iterable[Group] = (),
    ) -> None:
        self._groups: dict[str, tuple[Group, ...]] = {}
        for group in groups:
            for member in group.members:
                self._groups[member] = (*self._groups.get(member, ()), group)
        self._related: dict[tuple[str, str], tuple[str, ...]] = {}
        for name, several, to in relations:
            for related in several:
                known = self._related.get((related, name), ())
                self._related[related, name] = tuple(dict.fromkeys((*known, *to)))
        self._equipment = {item.id: item for item in catalogue.equipment}
        self._kinds = {kind.key: kind for kind in catalogue.kinds}
        self._offsets = {
            (kind.key, point.key): offset
            for kind in catalogue.kinds
            for offset, point in enumerate(kind.points)
        }
        ordered = sorted(
            (item for item in catalogue.equipment if self._kinds[item.kind].points),
            key=lambda item: item.first_point,
        )
        self._ordered = ordered
        self._firsts = [item.first_point for item in ordered]
        self._below: dict[str, int] = {}
        for item in catalogue.equipment:
            for ancestor in self.ancestors(item.id):
                self._below[ancestor] = self._below.get(ancestor, 0) + 1
        self._roots: dict[str, str] = {}
        self._links_of: dict[str, tuple[str, ...]] = {}
        self._link_extra: dict[str, int] = {}
        for link in links:
            self._add_link(link, (link_roots or {}).get(link.id, ""))

    def equipment(self, equipment_id: str) -> Equipment | None:
        """Return one equipment, ``None`` when the territory has no such id."""
        return self._equipment.get(equipment_id)

    def place(self, equipment_id: str) -> Place:
        """Return kind and sector of an equipment, ``("*", "")`` for an unknown id."""
        item = self._equipment.get(equipment_id)
        return ("*", "") if item is None else (item.kind, item.sector)

    def sector(self, equipment_id: str) -> str:
        """Return the sector an equipment stands in, empty for none and for an unknown id."""
        item = self._equipment.get(equipment_id)
        return "" if item is None else item.sector

    def kind(self, key: str) -> EquipmentKind | None:
        """Return one kind."""
        return self._kinds.get(key)

    def all_equipment(self) -> Iterable[Equipment]:
        """Return every equipment, in the catalogue's order."""
        return self._equipment.values()

    def point(self, equipment_id: str, point_key: str) -> PointDef | None:
        """Return a point's definition, ``None`` when there is no such point."""
        item = self._equipment.get(equipment_id)
        offset = None if item is None else self._offsets.get((item.kind, point_key))
        if item is None or offset is None:
            return None
        return self._kinds[item.kind].points[offset]

    def index(self, equipment_id: str, point_key: str) -> int | None:
        """Return a point's index, ``None`` when there is no such point."""
        item = self._equipment.get(equipment_id)
        offset = None if item is None else self._offsets.get((item.kind, point_key))
        return None if item is None or offset is None else item.first_point + offset

    def point_at(self, index: int) -> tuple[Equipment, PointDef] | None:
        """Return the equipment and definition behind a point index, ``None`` in a gap."""
        position = bisect_right(self._firsts, index) - 1
        if position < 0:
            return None
        item = self._ordered[position]
        points = self._kinds[item.kind].points
        offset = index - item.first_point
        return (item, points[offset]) if offset < len(points) else None

    def ancestors(self, equipment_id: str) -> Iterator[str]:
        """Yield the ids an equipment depends on, nearest first; a loop in the data ends it."""
        seen = {equipment_id}
        item = self._equipment.get(equipment_id)
        while item is not None and item.parent and item.parent not in seen:
            if item.parent not in self._equipment:
                return
            seen.add(item.parent)
            yield item.parent
            item = self._equipment.get(item.parent)

    def related(self, equipment_id: str, relation: str) -> Sequence[str]:
        """Return what an equipment stands in a relation to, nothing where there is none."""
        return self._related.get((equipment_id, relation), ())

    def groups_of(self, equipment_id: str) -> Sequence[Group]:
        """Return the groups an equipment belongs to, of which only some may be open at once."""
        return self._groups.get(equipment_id, ())

    def root(self, equipment_id: str) -> str:
        """Return the topmost equipment this one depends on, itself when it depends on none."""
        top = equipment_id
        for top in self.ancestors(equipment_id):  # noqa: B007 - the last one is wanted
            pass
        return top

    def below(self, equipment_id: str) -> int:
        """Count all equipment that depends on this one, at any depth."""
        return self._below.get(equipment_id, 0)

    def link_root(self, link_id: str) -> str:
        """Return the equipment a link's loss is the loss of, empty for an unknown link."""
        return self._roots.get(link_id, "")

    def links_of_root(self, equipment_id: str) -> tuple[str, ...]:
        """Return the links whose loss is this equipment's loss."""
        return self._links_of.get(equipment_id, ())

    def link_below(self, link_id: str) -> int:
        """Count the equipment lost with a link, its root not counted."""
        return self.below(self.link_root(link_id)) + self._link_extra.get(link_id, 0)

    def _add_link(self, link: LinkConfig, named: str) -> None:
        members = dict.fromkeys(
            bound.equipment_id for bound in link.points if bound.equipment_id in self._equipment
        )
        tops = [
            member
            for member in members
            if not any(ancestor in members for ancestor in self.ancestors(member))
        ]
        root = named if named in self._equipment else self._shared_root(tops)
        if not root:
            return
        self._roots[link.id] = root
        self._links_of[root] = (*self._links_of.get(root, ()), link.id)
        strangers = [top for top in tops if top != root and root not in set(self.ancestors(top))]
        self._link_extra[link.id] = sum(1 + self.below(top) for top in strangers)

    def _shared_root(self, tops: Sequence[str]) -> str:
        if not tops:
            return ""
        if len(tops) == 1:
            return tops[0]
        others = [set(self.ancestors(top)) for top in tops[1:]]
        for ancestor in self.ancestors(tops[0]):
            if all(ancestor in other for other in others):
                return ancestor
        return tops[0]


class OutOfService:
    """Remember which equipment is not in service; one in maintenance covers what hangs on it."""

    def __init__(self, facts: Facts, marks: Iterable[ServiceMark] = ()) -> None:
        self._facts = facts
        self._marks: dict[str, ServiceMark] = {}
        for mark in marks:
            self.take(mark)

    def take(self, mark: ServiceMark) -> None:
        """Take the latest mark of an equipment."""
        if mark.state is ServiceState.IN_SERVICE:
            self._marks.pop(mark.equipment_id, None)
        else:
            self._marks[mark.equipment_id] = mark

    def own(self, equipment_id: str) -> ServiceMark | None:
        """Return the equipment's own mark, ``None`` while it is in service."""
        return self._marks.get(equipment_id)

    def covering(self, equipment_id: str) -> ServiceMark | None:
        """Return the mark that keeps an equipment out of service: its own or an ancestor's."""
        if not self._marks:
            return None
        mark = self._marks.get(equipment_id)
        if mark is not None:
            return mark
        for ancestor in self._facts.ancestors(equipment_id):
            mark = self._marks.get(ancestor)
            if mark is not None:
                return mark
        return None

    def all(self) -> tuple[ServiceMark, ...]:
        """Return every mark that is not ``in_service``."""
        return tuple(self._marks.values())
