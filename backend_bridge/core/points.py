"""The point table: the bridge's one truth about every value, with a revision for each change.

All methods run on the bridge's loop, take no lock and never await.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from backend_bridge.contract.points import PointChange, Scalar, SourceHeard
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.times import Clock

NO_SOURCE = -1
_RUN_BITS = 12
"""Revisions are filed in runs of 4,096: enough to skip many at once, few to walk through."""


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
        self._revisions = _Revisions(size)
        self._sources: list[Source] = []
        self._source_of_key: dict[str, int] = {}
        self._shortest_age_s: list[float] = []
        self._heard_ms: list[int] = []
        self._heard_mono_s: list[float] = []
        self._observers: list[Observer] = []

    def __len__(self) -> int:
        return len(self._state)

    @property
    def head(self) -> int:
        """Return the newest revision, 0 before the first change."""
        return self._revisions.head

    def observe(self, observer: Observer) -> None:
        """Call ``observer`` after each batch of changes, on the loop; it must be quick."""
        self._observers.append(observer)

    def add_source(self, key: str, points: Iterable[int]) -> int:
        """Register a poll group and return its index; a known key is replaced in place."""
        confirmed = tuple(points)
        shortest_s = min((self._allowed_ages_s[point] for point in confirmed), default=0.0)
        index = self._source_of_key.setdefault(key, len(self._sources))
        if index < len(self._sources):
            self._sources[index] = Source(index, key, confirmed)
            self._shortest_age_s[index] = shortest_s
            return index
        self._sources.append(Source(index, key, confirmed))
        self._shortest_age_s.append(shortest_s)
        self._heard_ms.append(0)
        self._heard_mono_s.append(0.0)
        self._revisions.add_source()
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

    def sweep_stale(self) -> list[int]:
        """Turn good values whose source has been silent for longer than allowed into stale ones.

        Returns the sources that were touched.
        """
        mono_s = self._clock.mono_s()
        touched = []
        for source in self._sources:
            silent_s = mono_s - self._heard_mono_s[source.number]
            if silent_s <= self._shortest_age_s[source.number]:
                continue
            late = [
                (index, self._state[index].value, Quality.STALE)
                for index in source.points
                if self._state[index].quality is Quality.GOOD
                and silent_s > self._allowed_ages_s[index]
            ]
            if late:
                self.apply(source.number, late, heard=False)
                touched.append(source.number)
        return touched

    def changes_since(
        self, revision: int, limit: int
    ) -> tuple[list[PointChange], list[SourceHeard], int]:
        """Return what changed after ``revision``, oldest first, and the revision reached.

        At most ``limit`` changes and ages together; the third item is the revision up to which
        nothing is missing (the head when everything fitted).
        """
        changes: list[PointChange] = []
        heard: list[SourceHeard] = []
        state, heard_ms = self._state, self._heard_ms
        left = limit
        reached = revision
        for at, key in self._revisions.after(revision):
            if not left:
                return changes, heard, reached
            left -= 1
            reached = at
            if key >= 0:
                changes.append(state[key])
            else:
                heard.append(SourceHeard(~key, heard_ms[~key]))
        return changes, heard, self._revisions.head

    def _hear(self, source: int, now_ms: int) -> None:
        self._heard_ms[source] = now_ms
        self._heard_mono_s[source] = self._clock.mono_s()
        self._revisions.touch(~source)

    def _put(self, change: PointChange) -> None:
        self._state[change.index] = change
        self._revisions.touch(change.index)

    def _notify(self, transitions: Sequence[Transition]) -> None:
        if transitions:
            for observer in self._observers:
                observer(transitions)


class _Revisions:
    """Give each key its latest revision and walk through them from any revision on.

    A point's key is its index, a source's the complement of its own (``~index``, below 0). Both
    giving a revision and finding the next few after one take time of their own count only, however
    many points there are: a city ten times as large costs a console far behind no more a batch.
    """

    def __init__(self, points: int) -> None:
        self.head = 0
        self._of_points = [0] * points
        self._of_sources: list[int] = []
        # Run number -> revision -> key; both ascend, because revisions only ever grow.
        self._runs: dict[int, dict[int, int]] = {}

    def add_source(self) -> None:
        """Make room for one more source; its key has no revision yet."""
        self._of_sources.append(0)

    def touch(self, key: int) -> None:
        """Give ``key`` the next revision."""
        self.head = head = self.head + 1
        revisions, at = (self._of_points, key) if key >= 0 else (self._of_sources, ~key)
        old = revisions[at]
        if old:
            run = self._runs[old >> _RUN_BITS]
            del run[old]
            if not run:
                del self._runs[old >> _RUN_BITS]
        revisions[at] = head
        try:
            self._runs[head >> _RUN_BITS][head] = key
        except KeyError:
            self._runs[head >> _RUN_BITS] = {head: key}

    def after(self, revision: int) -> Iterator[tuple[int, int]]:
        """Yield (revision, key) of every key touched last after ``revision``, oldest first."""
        first = revision >> _RUN_BITS
        numbers = list(takewhile(lambda number: number >= first, reversed(self._runs)))
        for number in reversed(numbers):
            if number > first:
                yield from self._runs[number].items()
            else:
                for item in self._runs[number].items():
                    if item[0] > revision:
                        yield item
