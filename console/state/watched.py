"""The causes to watch as one person sees them: reason, filter, order, and how they changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping

from backend_bridge.contract.quality import Quality
from console.state.folding import FoldedOnce, matches, words
from console.state.pace import Pace
from console.state.sorted_index import Key, SortedIndex, Step, steps_between
from console.state.watch import WORDS, Cause, Watch
from console.state.world import World

_GATHERED = "\x02"
"""First character of a gathering's node, before its kind: no id is unprintable."""
FEWEST = 3
"""Never heard pieces of one kind that become one row; fewer stay what they are."""
WALK_S = 0.01
"""Time given at each turn to the walk to the causes: a lost city takes several turns."""


def kind_of(node: str) -> str | None:
    """Return the kind a row gathers, ``None`` for the row of one equipment."""
    first, _, rest = node.partition(_GATHERED)
    return None if first or _GATHERED in rest or not rest else rest


def equipment_of(node: str) -> str:
    """Return the equipment of a row that gathers none."""
    return node.rpartition(_GATHERED)[2]


class WatchedList:
    """Keep the filtered, ordered causes current, at a tenth of the time at most.

    Rows are nodes: an equipment's id, or ``kind_of`` a gathering: what hangs on no link and was
    never heard is one row a kind, with what it gathers beneath it when it is unfolded.

    Args:
        describe: texts of a cause a filter looks in.
    """

    def __init__(self, world: World, describe: Callable[[Cause], Iterable[str]]) -> None:
        self._world = world
        self._watch = Watch(world)
        self._describe = describe
        self._causes: Mapping[str, Cause] = {}
        self._mute: dict[str, int] = {}
        """Number of causes by kind that are gathered when no filter is set."""
        self._gathered: dict[str, int] = {}
        self._unfolded: set[str] = set()
        self._counts: dict[str, int] = dict.fromkeys(WORDS, 0)
        self.concerned = 0
        """Pieces of equipment all causes are about."""
        self.shown = 0
        """Causes the filter leaves, gathered ones as one."""
        self._index = SortedIndex()
        self._fold = FoldedOnce()
        self._folded: dict[str, tuple[Cause, str]] = {}
        self._dirty = True
        self._walk: Generator[None, None, dict[str, Cause]] | None = None
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
    def walking(self) -> bool:
        """Return whether a walk is under way: :meth:`follow` goes on with it."""
        return self._walk is not None

    @property
    def causes(self) -> Mapping[str, Cause]:
        """Return all causes by equipment, whatever the filter."""
        return self._causes

    @property
    def total(self) -> int:
        """Return how many causes there are whatever the filter, gathered ones as one."""
        return len(self._causes) - sum(count - 1 for count in self._mute.values())

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how many causes have each reason; one with two counts under both."""
        return self._counts

    def position(self, equipment_id: str) -> int | None:
        """Return the row of a cause, ``None`` when there is none or something hides it."""
        place = self._index.position(equipment_id)
        if place is None and equipment_id in self._causes:
            place = self._index.position(self._node(equipment_id))
        return place

    def gathered(self, kind: str) -> int:
        """Return how many pieces the row of a kind gathers, 0 for no row."""
        return self._gathered.get(kind, 0)

    def is_unfolded(self, kind: str) -> bool:
        """Return whether a row shows what it gathers."""
        return kind in self._unfolded

    def unfold(self, kind: str, *, wanted: bool) -> list[Step] | None:
        """Show what a row gathers, or no longer; see :meth:`follow`."""
        if wanted == self.is_unfolded(kind):
            return []
        self._unfolded ^= {kind}
        return self.arrange()

    def take_catalogue(self) -> None:
        """Learn the territory again: it was replaced."""
        self._give_up()
        self._watch.take_catalogue()
        self._fold.clear()
        self._folded.clear()
        self.look_anew()

    def look_anew(self) -> None:
        """Forget since when nothing needs watching: for a while nobody could tell."""
        self._give_up()
        self.clear_since_ms = None
        self._dirty = True
        self._pace.hurry()

    def touch(self) -> None:
        """Say that a quality or a service mark may have changed."""
        self._dirty = True

    def follow(self) -> list[Step] | None:
        """Walk on through the city, if something changed and the last walk is long enough ago.

        A walk takes :data:`WALK_S` of each call; call soon again while :attr:`walking`.

        Returns:
            The steps of the list, ``()`` for none, ``None`` when it changed as a whole.
        """
        if not self._world.liveness.live:
            self._give_up()
            return []
        if self._walk is None:
            if not self._dirty or not self._pace.begin():
                return []
            self._dirty = False
            self._walk = self._watch.walk()
        before = self._causes
        found = self._walk_on(self._world.clock.mono_s() + WALK_S)
        steps: list[Step] | None = []
        if found is not None:
            self._walk = None
            self._causes = found
            self._note_clear(before)
            if before == found:
                self._causes = before
            else:
                self._count()
                steps = self.arrange()
            self._pace.end_in_slices()
        return steps

    def arrange(self) -> list[Step] | None:
        """Filter and order anew, what concerns most first in a second; see :meth:`follow`."""
        before, self._index = self._index, SortedIndex()
        wanted = words(self.text)
        sign = -1 if self.newest_first else 1
        found = [
            (key, cause)
            for key, cause in self._causes.items()
            if (not self.word or self.word in cause.words)
            and (not wanted or matches(self._haystack(cause), wanted))
        ]
        self._gathered = self._gatherings(cause for _, cause in found)
        self.shown = len(found) - sum(count - 1 for count in self._gathered.values())
        rows: list[tuple[str, Key]] = [
            (_GATHERED + kind, (0, -count)) for kind, count in self._gathered.items()
        ]
        for key, cause in found:
            count = self._gathered.get(self._kind(cause)) if cause.mute else None
            if count is None:
                rows.append((key, (sign * ((cause.since_ms or 0) // 1000), -cause.concerned)))
            elif self._kind(cause) in self._unfolded:  # behind its gathering, by the node
                rows.append((self._node(key), (0, -count)))
        self._index.replace(rows)
        return steps_between(before, self._index)

    def _count(self) -> None:
        counted: Counter[str] = Counter()
        self.concerned = 0
        for cause in self._causes.values():
            counted.update(cause.words)
            self.concerned += cause.concerned
        self._mute = self._gatherings(self._causes.values())
        counted[Quality.UNKNOWN.word] -= sum(count - 1 for count in self._mute.values())
        self._counts = {word: counted[word] for word in WORDS}

    def _gatherings(self, causes: Iterable[Cause]) -> dict[str, int]:
        """Return how many causes each kind gathers; a kind with few gathers none."""
        counted = Counter(self._kind(cause) for cause in causes if cause.mute)
        return {kind: count for kind, count in counted.items() if kind and count >= FEWEST}

    def _kind(self, cause: Cause) -> str:
        """Return the kind of what hangs on no link, empty for what does."""
        equipment = self._world.equipment
        item = equipment.get(cause.equipment_id)
        return "" if item is None or item.parent in equipment.by_id else item.kind

    def _node(self, equipment_id: str) -> str:
        kind = self._kind(self._causes[equipment_id])
        return f"{_GATHERED}{kind}{_GATHERED}{equipment_id}"

    def _walk_on(self, until_s: float) -> dict[str, Cause] | None:
        """Walk until a time of the steady clock; return the causes once the walk is done."""
        assert self._walk is not None
        try:
            while True:
                next(self._walk)
                if self._world.clock.mono_s() >= until_s:
                    return None
        except StopIteration as end:
            causes: dict[str, Cause] = end.value
            return causes

    def _give_up(self) -> None:
        """Drop a walk whose qualities may not be believed any more."""
        if self._walk is not None:
            self._walk = None
            self._dirty = True

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
