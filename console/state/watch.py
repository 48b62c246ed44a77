"""What needs watching, one entry a root cause: silent, bad, frozen, disabled, in maintenance."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Generator, Mapping
from dataclasses import dataclass

from backend_bridge.contract.points import ServiceMark
from backend_bridge.contract.quality import Quality, ServiceState
from console.state.equipment import FROZEN
from console.state.tally import TRUST, TRUST_RANK
from console.state.world import World

WORDS = (
    Quality.UNAVAILABLE.word,
    Quality.UNKNOWN.word,
    Quality.STALE.word,
    Quality.BAD.word,
    FROZEN,
    ServiceState.DISABLED.value,
    ServiceState.MAINTENANCE.value,
)
"""All the reasons to be watched, in the order they are offered."""

_BAD = TRUST_RANK[Quality.BAD]
_NOBODY = -1
_AT_ONCE = 2_000
"""Pieces walked between two looks at the clock: some 2 ms."""
_DEEPEST = 16
"""Levels of parents followed: link, cabinet, feeder, lamp are four."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One equipment to be watched, and everything that is so because of it.

    Attributes:
        quality: of its point that may be trusted least; ``GOOD`` when something else is the matter.
        frozen: its own point :data:`FROZEN` reads true, and may be believed.
        mark: its service mark, ``None`` while in service.
        since_ms: since when the first of :attr:`words`, UTC ms; ``None`` for never heard.
        below: how many of each kind are silent because of it.
    """

    equipment_id: str
    quality: Quality
    frozen: bool
    mark: ServiceMark | None
    since_ms: int | None
    below: tuple[tuple[str, int], ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Return its reasons, members of :data:`WORDS`; ``since_ms`` is the first one's."""
        found = [] if self.quality is Quality.GOOD else [self.quality.word]
        if self.frozen:
            found.append(FROZEN)
        if self.mark is not None:
            found.append(self.mark.state.value)
        return tuple(found)

    @property
    def mute(self) -> bool:
        """Return whether it was never heard and there is nothing else to say of it."""
        never = self.quality is Quality.UNKNOWN and self.since_ms is None
        return never and not self.frozen and self.mark is None and not self.below

    @property
    def concerned(self) -> int:
        """Return how many pieces of equipment it is about, itself included."""
        return 1 + sum(count for _, count in self.below)


class Watch:
    """Find the causes by walking all that is not good, as it was at one moment, in many turns.

    A silent equipment (stale, unknown, unavailable) is counted under its parent when the parent's
    main point is silent too, and at least as much: a dead cabinet is one cause, its lamps are
    numbers in it. Bad values are never counted under another's: each device says so for itself.

    Qualities are the bridge's; while the link is down nothing of this may be believed.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self.take_catalogue()

    def take_catalogue(self) -> None:
        """Learn the territory; call when the catalogue was replaced."""
        equipment = self._world.equipment
        owners = equipment.owners
        number_of = {key: number for number, key in enumerate(owners)}
        self._parents = array("i", [_NOBODY]) * len(owners)
        self._mains: dict[int, int] = {}
        for number, key in enumerate(owners):
            item = equipment.by_id[key]
            parent = number_of.get(item.parent, _NOBODY)
            if parent != number:
                self._parents[number] = parent
            if parent >= 0 and parent not in self._mains:
                main = equipment.main_point(item.parent)
                self._mains[parent] = _NOBODY if main is None else main[0]

    def causes(self) -> dict[str, Cause]:
        """Return the causes by the id of their equipment, in no order, in one turn."""
        walk = self.walk()
        while True:
            try:
                next(walk)
            except StopIteration as end:
                causes: dict[str, Cause] = end.value
                return causes

    def walk(self) -> Generator[None, None, dict[str, Cause]]:
        """Walk to the causes, a little at each ``next``; they are what the walk returns.

        The qualities and the service marks are those of the first step. To be given up when the
        catalogue is replaced.
        """
        world = self._world
        marks = dict(world.service)
        frozen = world.frozen()
        roots = yield from self._roots(marks)
        wanted = dict.fromkeys([*roots, *frozen, *marks])
        found: dict[str, Cause] = {}
        for place, key in enumerate(wanted):
            if place % _AT_ONCE == _AT_ONCE - 1:
                yield
            item = world.equipment.get(key)
            if item is not None:
                quality, below = roots.get(key, (Quality.GOOD, ()))
                found[key] = Cause(
                    equipment_id=key,
                    quality=quality,
                    frozen=key in frozen,
                    mark=marks.get(key),
                    since_ms=self._since_ms(key, quality, frozen.get(key), marks.get(key)),
                    below=below,
                )
        return found

    def _roots(
        self, marked: Mapping[str, ServiceMark]
    ) -> Generator[None, None, dict[str, tuple[Quality, tuple[tuple[str, int], ...]]]]:
        """Return quality and what hangs below of everything whose quality nobody else explains."""
        equipment = self._world.equipment
        owners, by_id, parents = equipment.owners, equipment.by_id, self._parents
        distrusted = self._world.points.equipment.distrusted()
        silent = {number: self._silence(main) for number, main in self._mains.items()}
        below: dict[int, Counter[str]] = {}
        roots: list[tuple[int, int]] = []
        for first in range(0, len(distrusted), _AT_ONCE):
            yield
            for number, rank in distrusted.part(first, _AT_ONCE):
                root = number if rank == _BAD else _root(number, rank, parents, silent)
                if root == number:
                    roots.append((number, rank))
                elif owners[number] not in marked:  # what is marked has a row of its own
                    counts = below.get(root)
                    if counts is None:
                        counts = below[root] = Counter()
                    counts[by_id[owners[number]].kind] += 1
        return {
            owners[number]: (TRUST[rank], tuple(sorted(below.get(number, {}).items())))
            for number, rank in roots
        }

    def _silence(self, main_index: int) -> int:
        """Return the rank of a parent's main point if it is silent, 0 for one that speaks."""
        if main_index < 0:
            return 0
        rank = TRUST_RANK[self._world.points.state[main_index].quality]
        return 0 if rank == _BAD else rank

    def _since_ms(
        self, key: str, quality: Quality, frozen_ms: int | None, mark: ServiceMark | None
    ) -> int | None:
        """Return when the first of its reasons began; what was never heard has no beginning."""
        if quality is not Quality.GOOD:
            state = self._world.points.state
            began = [
                state[index].changed_ms
                for index, _ in self._world.equipment.points_of(key)
                if state[index].quality is quality and state[index].changed_ms
            ]
            return min(began, default=None)
        return mark.since_ms if frozen_ms is None and mark is not None else frozen_ms


def _root(number: int, rank: int, parents: array[int], silent: Mapping[int, int]) -> int:
    """Return who explains a silent equipment: the outermost parent as silent as it, or itself."""
    root, steps = number, 0
    parent = parents[root]
    while parent >= 0 and silent[parent] >= rank:
        root, steps = parent, steps + 1
        if steps > _DEEPEST:  # a loop of parents: each says it for itself
            return number
        parent = parents[root]
    return root
