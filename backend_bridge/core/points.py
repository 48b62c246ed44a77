"""The point table: the bridge's one truth about every value, with a revision for each change.

All methods run on the bridge's loop, take no lock and never await.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from backend_bridge.contract.points import PointChange, Scalar, SourceHeard
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.times import Clock

NO_SOURCE = -1


class Transition(NamedTuple):
    """One point's change as services see it."""

    point: int
    old_value: Scalar
    old_quality: Quality
    value: Scalar
    quality: Quality
    at_ms: int


class Source(NamedTuple):
    """A poll group in the table: which points it confirms and how long they may wait."""

    number: int
    key: str
    points: tuple[int, ...]


Observer = Callable[[Sequence[Transition]], None]


class PointTable:
    """Hold the latest value, quality and revision of ``size`` points and their sources.

    Revisions grow by one at each change of a point *or* of a source's last answer; both live in
    one sequence so that one number tells how far a console is.
    """

    def __init__(self, allowed_ages_s: Sequence[float], clock: Clock) -> None:
        size = len(allowed_ages_s)
        self._clock = clock
        self._allowed_ages_s = list(allowed_ages_s)
        self._state = [
            PointChange(index, None, Quality.UNKNOWN, 0, NO_SOURCE) for index in range(size)
        ]
        self._revision_of: OrderedDict[int, int] = OrderedDict()
        self._sources: list[Source] = []
        self._heard_ms: list[int] = []
        self._heard_mono_s: list[float] = []
        self._source_revision_of: OrderedDict[int, int] = OrderedDict()
        self._head = 0
        self._observers: list[Observer] = []

    def __len__(self) -> int:
        return len(self._state)

    @property
    def head(self) -> int:
        """Return the newest revision, 0 before the first change."""
        return self._head

    def observe(self, observer: Observer) -> None:
        """Call ``observer`` after each batch of changes, on the loop; it must be quick."""
        self._observers.append(observer)

    def add_source(self, key: str, points: Iterable[int]) -> int:
        """Register a poll group and return its index; a known key is replaced in place."""
        for source in self._sources:
            if source.key == key:
                self._sources[source.number] = Source(source.number, key, tuple(points))
                return source.number
        index = len(self._sources)
        self._sources.append(Source(index, key, tuple(points)))
        self._heard_ms.append(0)
        self._heard_mono_s.append(0.0)
        return index

    def source(self, index: int) -> Source:
        """Return a source by its index."""
        return self._sources[index]

    def state(self, index: int) -> PointChange:
        """Return the latest state of a point."""
        return self._state[index]

    def heard_ms(self, source: int) -> int:
        """Return when a source last answered (UTC ms), 0 for never."""
        return self._heard_ms[source]

    def apply(
        self, source: int, readings: Iterable[tuple[int, Scalar, Quality]], *, heard: bool = True
    ) -> None:
        """Take readings (point index, value, quality) that ``source`` just gave.

        Unchanged values only refresh the source's age. ``heard=False`` keeps the age as it was:
        for qualities the bridge derives itself.
        """
        now_ms = self._clock.now_ms()
        if heard:
            self._hear(source, now_ms)
        transitions = []
        state = self._state
        for index, value, quality in readings:
            old = state[index]
            if old.value == value and old.quality is quality and type(old.value) is type(value):
                if old.source != source:
                    self._put(PointChange(index, value, quality, old.changed_ms, source))
                continue
            self._put(PointChange(index, value, quality, now_ms, source))
            transitions.append(Transition(index, old.value, old.quality, value, quality, now_ms))
        self._notify(transitions)

    def degrade(self, source: int, quality: Quality) -> None:
        """Give all points of a source that were ever heard or lost another quality, values kept."""
        self.apply(
            source,
            ((index, self._state[index].value, quality) for index in self._sources[source].points),
            heard=False,
        )

    def sweep_stale(self) -> None:
        """Turn good values whose source has been silent for longer than allowed into stale ones."""
        mono_s = self._clock.mono_s()
        for source in self._sources:
            silent_s = mono_s - self._heard_mono_s[source.number]
            late = [
                (index, self._state[index].value, Quality.STALE)
                for index in source.points
                if self._state[index].quality is Quality.GOOD
                and silent_s > self._allowed_ages_s[index]
            ]
            if late:
                self.apply(source.number, late, heard=False)

    def changes_since(
        self, revision: int, limit: int
    ) -> tuple[list[PointChange], list[SourceHeard], int]:
        """Return what changed after ``revision``, oldest first, and the revision reached.

        At most ``limit`` changes and ages together; the third item is the revision up to which
        nothing is missing (the head when everything fitted).
        """
        fresh = _newer(self._revision_of, revision)
        ages = _newer(self._source_revision_of, revision)
        upto = self._head
        if len(fresh) + len(ages) > limit:
            merged = sorted([*(rev for _, rev in fresh), *(rev for _, rev in ages)])
            upto = merged[limit - 1]
            fresh = [item for item in fresh if item[1] <= upto]
            ages = [item for item in ages if item[1] <= upto]
        return (
            [self._state[index] for index, _ in fresh],
            [SourceHeard(index, self._heard_ms[index]) for index, _ in ages],
            upto,
        )

    def _hear(self, source: int, now_ms: int) -> None:
        self._heard_ms[source] = now_ms
        self._heard_mono_s[source] = self._clock.mono_s()
        self._head += 1
        self._source_revision_of[source] = self._head
        self._source_revision_of.move_to_end(source)

    def _put(self, change: PointChange) -> None:
        self._state[change.index] = change
        self._head += 1
        self._revision_of[change.index] = self._head
        self._revision_of.move_to_end(change.index)

    def _notify(self, transitions: Sequence[Transition]) -> None:
        if transitions:
            for observer in self._observers:
                observer(transitions)


def _newer(revision_of: OrderedDict[int, int], revision: int) -> list[tuple[int, int]]:
    """Return (key, revision) pairs after a revision, oldest first, in time of their count."""
    found = []
    for key in reversed(revision_of):
        at = revision_of[key]
        if at <= revision:
            break
        found.append((key, at))
    found.reverse()
    return found
