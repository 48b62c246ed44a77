"""The queue as one person sees it: scope, filter, order, and how it changed step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import compress

from backend_bridge.contract.incidents import Incident, IncidentState
from console.state.folding import FoldedOnce, fold, matches, words
from console.state.sorted_index import Key, Row, SortedIndex, Step, steps_between
from console.state.world import World

SCOPES = ("open", "free", "mine", "closed")
"""Open; open and owned by nobody; open and mine; closed."""
AHEAD_S = 0.004
"""Time given at each turn to what the first filter will need."""
FOLDED_AT_ONCE = 100
"""Texts folded between two looks at the clock."""


class Queue:
    """Keep the filtered, ordered queue current.

    Each scope has its order all the time, so that choosing one sorts nothing; a filter walks
    through the scope's order, so that what it finds is in order already.

    Args:
        describe: texts of an incident a filter looks in (title, place, owner …).
    """

    def __init__(self, world: World, describe: Callable[[Incident], Iterable[str]]) -> None:
        self._world = world
        self._describe = describe
        self._scopes: dict[str, SortedIndex] = {}
        self._keys: dict[str, Key] = {}
        """Key of every incident, the same in each list that holds it."""
        self._found: SortedIndex | None = None
        """The rows of the scope that hold the words; ``None`` without words."""
        self._folded: dict[str, str] = {}
        self._unfolded: dict[str, None] = {}
        self._fold = FoldedOnce()
        self._scope_texts: tuple[SortedIndex, list[str]] | None = None
        self._found_texts: tuple[SortedIndex, list[str]] | None = None
        self._text = ""
        self._words: tuple[str, ...] = ()
        self._scope = "open"
        self.rebuild()

    def __len__(self) -> int:
        return len(self._index)

    def __iter__(self) -> Iterator[str]:
        return iter(self._index)

    def __getitem__(self, position: int) -> str:
        return self._index[position]

    @property
    def counts(self) -> dict[str, int]:
        """Return how many incidents each scope holds, whatever the filter."""
        return {scope: len(index) for scope, index in self._scopes.items()}

    @property
    def scope(self) -> str:
        """Return the chosen scope."""
        return self._scope

    @property
    def text(self) -> str:
        """Return the filter as typed."""
        return self._text

    def position(self, incident_id: str) -> int | None:
        """Return the row of an incident, ``None`` when the filter hides it."""
        key = self._keys.get(incident_id)
        return None if key is None else self._index.position_of(incident_id, key)

    def set_scope(self, scope: str) -> list[Step] | None:
        """Choose a scope; see :meth:`rebuild` for what comes back.

        Raises:
            ValueError: there is no such scope.
        """
        if scope not in SCOPES:
            raise ValueError(f"scope {scope!r}: choose one of {', '.join(SCOPES)}")
        before = self._index
        self._scope = scope
        self._find(self._scopes[scope])
        return steps_between(before, self._index)

    def set_text(self, text: str) -> list[Step] | None:
        """Filter by words, all of which an incident must hold; accents count for nothing.

        A text that only grew is looked for in the rows left by the one before.
        """
        wanted = words(text)
        grew = fold(text).startswith(fold(self._text)) and len(wanted) >= len(self._words)
        before = self._index
        self._text = text
        self._words = wanted
        self._find(before if grew else self._scopes[self._scope])
        return steps_between(before, self._index)

    def rebuild(self) -> list[Step] | None:
        """Read everything again.

        Returns:
            The steps from the list before, or ``None`` when it changed as a whole.
        """
        world = self._world
        before = self._index if self._scopes else SortedIndex()
        self._folded = {}
        self._scope_texts = self._found_texts = None
        self._fold.clear()
        self._unfolded = dict.fromkeys(world.incidents.by_id)
        rows: dict[str, list[Row]] = {"open": [], "closed": []}
        owned: dict[str, str] = {}
        key_of, alarms = world.incidents.queue_key, world.alarms
        keys = self._keys = {}
        for incident in world.incidents:
            id_ = incident.id
            closed = incident.state is IncidentState.CLOSED
            keys[id_] = key = key_of(incident, alarms)
            rows["closed" if closed else "open"].append((key, id_))
            if incident.owner and not closed:
                owned[id_] = incident.owner
        for part in rows.values():
            part.sort()
        opened = rows["open"]
        # parts of the open ones, in the same order
        rows["free"] = [row for row in opened if row[1] not in owned] if owned else opened.copy()
        me = None if world.session is None else world.session.user
        mine = [row for row in opened if owned.get(row[1]) == me] if me in owned.values() else []
        rows["mine"] = mine
        self._scopes = {scope: SortedIndex() for scope in SCOPES}
        for scope, index in self._scopes.items():
            index.take(rows[scope])
        self._find(self._scopes[self._scope])
        return steps_between(before, self._index)

    def update(self, incident_ids: Iterable[str]) -> list[Step]:
        """Take the latest state of some incidents and return the steps, in order."""
        steps = []
        for incident_id in sorted(incident_ids):
            step = self._place(incident_id, self._world.incidents.get(incident_id))
            if step is not None:
                steps.append(step)
        return steps

    def prepare(self) -> None:
        """Do a little of what the first filter needs; call at every turn.

        All at once it takes a third of a second for 100,000 incidents.
        """
        clock = self._world.clock
        until_s = clock.mono_s() + AHEAD_S
        while self._unfolded and clock.mono_s() < until_s:
            for _ in range(min(FOLDED_AT_ONCE, len(self._unfolded))):
                self._haystack(next(iter(self._unfolded)))

    # -- inside ---------------------------------------------------------------------------------

    @property
    def _index(self) -> SortedIndex:
        return self._scopes[self._scope] if self._found is None else self._found

    def _scopes_of(self, incident: Incident) -> tuple[str, ...]:
        if incident.state is IncidentState.CLOSED:
            return ("closed",)
        if not incident.owner:
            return ("open", "free")
        session = self._world.session
        if session is not None and incident.owner == session.user:
            return ("open", "mine")
        return ("open",)

    def _place(self, incident_id: str, incident: Incident | None) -> Step | None:
        self._scope_texts = self._found_texts = None
        self._folded.pop(incident_id, None)
        self._unfolded.pop(incident_id, None)
        scopes: tuple[str, ...] = ()
        key: Key | None = None
        if incident is not None:
            self._unfolded[incident_id] = None
            scopes = self._scopes_of(incident)
            key = self._world.incidents.queue_key(incident, self._world.alarms)
        old = self._keys.pop(incident_id, None)
        if key is not None:
            self._keys[incident_id] = key
        shown = None
        for scope, index in self._scopes.items():
            step = index.shift(incident_id, old, key if scope in scopes else None)
            if scope == self._scope:
                shown = step
        if self._found is None:
            return shown
        found = self._scope in scopes and matches(self._haystack(incident_id), self._words)
        return self._found.shift(incident_id, old, key if found else None)

    def _haystack(self, incident_id: str) -> str:
        known = self._folded.get(incident_id)
        if known is None:
            self._unfolded.pop(incident_id, None)
            known = self._fold.joined(self._describe(self._world.incidents.by_id[incident_id]))
            self._folded[incident_id] = known
        return known

    def _find(self, among: SortedIndex) -> None:
        """Keep the rows that hold the words, whose order stays theirs."""
        if not self._words:
            self._found = None
            return
        for incident_id in list(self._unfolded):
            self._haystack(incident_id)
        rows, ids, texts = list(among.rows), list(among), self._texts(among)
        for word in self._words:
            hits = [word in text for text in texts]
            rows, ids = list(compress(rows, hits)), list(compress(ids, hits))
            texts = list(compress(texts, hits))
        self._found = SortedIndex()
        self._found.take(rows, ids)
        self._found_texts = (self._found, texts)

    def _texts(self, among: SortedIndex) -> list[str]:
        """Return the folded texts of rows in their order; a scope's are kept until it changes."""
        for kept in (self._scope_texts, self._found_texts):
            if kept is not None and kept[0] is among:
                return kept[1]
        found = [self._folded[incident_id] for incident_id in among]
        if among is self._scopes[self._scope]:
            self._scope_texts = (among, found)
        return found
