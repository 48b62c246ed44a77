"""The causes to watch as one person sees them: reason, filter, order, and how they changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from console.state.folding import FoldedOnce, matches, words
from console.state.pace import Pace
from console.state.sorted_index import SortedIndex, Step, steps_between
from console.state.watch import WORDS, Cause, Watch
from console.state.world import World


class WatchedList:
    """Keep the filtered, ordered causes current, at a tenth of the time at most.

    Args:
        describe: texts of a cause a filter looks in.
    """

    def __init__(self, world: World, describe: Callable[[Cause], Iterable[str]]) -> None:
        self._world = world
        self._watch = Watch(world)
        self._describe = describe
        self._causes: Mapping[str, Cause] = {}
        self._index = SortedIndex()
        self._fold = FoldedOnce()
        self._folded: dict[str, tuple[Cause, str]] = {}
        self._dirty = True
        self._pace = Pace(world.clock)
        self.text = ""
        self.word = ""
        """One of :data:`WORDS`, empty for all."""
        self.newest_first = False
        self.clear_since_ms: int | None = None
        """Since when nothing needs watching, UTC ms; ``None`` while something does."""
        self.witnessed = False
        """Whether this console saw the last cause go; else it only began to look then."""

    def __iter__(self) -> Iterator[str]:
        return iter(self._index)

    def __len__(self) -> int:
        return len(self._index)

    @property
    def causes(self) -> Mapping[str, Cause]:
        """Return all causes by equipment, whatever the filter."""
        return self._causes

    def position(self, equipment_id: str) -> int | None:
        """Return the row of a cause, ``None`` when there is none or a filter hides it."""
        return self._index.position(equipment_id)

    def counts(self) -> dict[str, int]:
        """Return how many causes have each reason; one with two counts under both."""
        counted = Counter(word for cause in self._causes.values() for word in cause.words)
        return {word: counted[word] for word in WORDS}

    def take_catalogue(self) -> None:
        """Learn the territory again: it was replaced."""
        self._watch.take_catalogue()
        self._fold.clear()
        self._folded.clear()
        self.look_anew()

    def look_anew(self) -> None:
        """Forget since when nothing needs watching: for a while nobody could tell."""
        self.clear_since_ms = None
        self._dirty = True
        self._pace.hurry()

    def touch(self) -> None:
        """Say that a quality or a service mark may have changed."""
        self._dirty = True

    def follow(self) -> list[Step] | None:
        """Walk the city if something changed and the last walk is long enough ago.

        Returns:
            The steps of the list, ``()`` for none, ``None`` when it changed as a whole.
        """
        if not self._dirty or not self._world.liveness.live or not self._pace.begin():
            return []
        self._dirty = False
        before = self._causes
        self._causes = self._watch.causes()
        self._note_clear(before)
        steps = self.arrange(same=before == self._causes)
        self._pace.end()
        return steps

    def arrange(self, *, same: bool = False) -> list[Step] | None:
        """Filter and order anew, what concerns most first in a second; see :meth:`follow`."""
        if same:
            return []
        before, self._index = self._index, SortedIndex()
        wanted = words(self.text)
        sign = -1 if self.newest_first else 1
        self._index.replace(
            (key, (sign * ((cause.since_ms or 0) // 1000), -cause.concerned))
            for key, cause in self._causes.items()
            if (not self.word or self.word in cause.words)
            and (not wanted or matches(self._haystack(cause), wanted))
        )
        return steps_between(before, self._index)

    def _haystack(self, cause: Cause) -> str:
        known = self._folded.get(cause.equipment_id)
        if known is None or (known[0] is not cause and known[0] != cause):
            known = (cause, self._fold.joined(self._describe(cause)))
            self._folded[cause.equipment_id] = known
        return known[1]

    def _note_clear(self, before: Mapping[str, Cause]) -> None:
        if self._causes:
            self.clear_since_ms = None
        elif self.clear_since_ms is None:
            self.clear_since_ms = self._world.bridge_now_ms()
            self.witnessed = bool(before)
