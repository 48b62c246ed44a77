"""The queue as one person sees it: scope, filter, order, and how it changed step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import compress, islice

from backend_bridge.contract.incidents import Incident, IncidentState
from console.state.folding import fold, matches, words
from console.state.sorted_index import Row, SortedIndex, Step
from console.state.world import World

SCOPES = ("open", "free", "mine", "closed")
"""Open; open and owned by nobody; open and mine; closed."""
STEPPED = 400
"""Changes above which a list is replaced rather than stepped through."""
FOLDED_AT_ONCE = 500
"""Texts folded ahead of the first filter at each update: some 5 ms."""


class Queue:
    """Keep the filtered, ordered queue current.

    Each scope has its order all the time, so that choosing one sorts nothing; a filter walks
    through the scope's order, so that what it finds is in order already.

    Args:
        describe: text of an incident a filter looks in (title, place, owner …).
    """

    def __init__(self, world: World, describe: Callable[[Incident], str]) -> None:
        self._world = world
        self._describe = describe
        self._scopes: dict[str, SortedIndex] = {}
        self._found: SortedIndex | None = None
        """The rows of the scope that hold the words; ``None`` without words."""
        self._folded: dict[str, str] = {}
        self._unfolded: dict[str, None] = {}
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
        return self._index.position(incident_id)

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
        return self._steps_from(before)

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
        return self._steps_from(before)

    def rebuild(self) -> list[Step] | None:
        """Read everything again.

        Returns:
            The steps from the list before, or ``None`` when it changed as a whole.
        """
        world = self._world
        before = self._index if self._scopes else SortedIndex()
        self._folded = {}
        self._unfolded = dict.fromkeys(world.incidents.by_id)
        opened: list[Row] = []
        closed: list[Row] = []
        whose: dict[str, str] = {}
        key, alarms = world.incidents.queue_key, world.alarms
        for incident in world.incidents:
            scopes = self._scopes_of(incident)
            row = (key(incident, alarms), incident.id)
            (closed if scopes[0] == "closed" else opened).append(row)
            if len(scopes) > 1:
                whose[incident.id] = scopes[1]
        opened.sort()
        closed.sort()
        rows = {"open": opened, "closed": closed}
        for scope in ("free", "mine"):  # parts of the open ones, in the same order
            rows[scope] = [row for row in opened if whose.get(row[1]) == scope]
        self._scopes = {scope: SortedIndex() for scope in SCOPES}
        for scope, index in self._scopes.items():
            index.take(rows[scope])
        self._find(self._scopes[self._scope])
        return self._steps_from(before)

    def update(self, incident_ids: Iterable[str]) -> list[Step]:
        """Take the latest state of some incidents and return the steps, in order."""
        self._fold_some()
        steps = []
        for incident_id in sorted(incident_ids):
            step = self._place(incident_id, self._world.incidents.get(incident_id))
            if step is not None:
                steps.append(step)
        return steps

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
        self._folded.pop(incident_id, None)
        self._unfolded.pop(incident_id, None)
        scopes: tuple[str, ...] = ()
        if incident is not None:
            self._unfolded[incident_id] = None
            scopes = self._scopes_of(incident)
            key = self._world.incidents.queue_key(incident, self._world.alarms)
        shown = None
        for scope, index in self._scopes.items():
            step = index.put(incident_id, key) if scope in scopes else index.remove(incident_id)
            if scope == self._scope:
                shown = step
        if self._found is None:
            return shown
        if self._scope in scopes and matches(self._haystack(incident_id), self._words):
            return self._found.put(incident_id, key)
        return self._found.remove(incident_id)

    def _haystack(self, incident_id: str) -> str:
        known = self._folded.get(incident_id)
        if known is None:
            self._unfolded.pop(incident_id, None)
            known = fold(self._describe(self._world.incidents.by_id[incident_id]))
            self._folded[incident_id] = known
        return known

    def _fold_some(self) -> None:
        """Fold some texts ahead of the first filter, a few at a time: all at once take a second."""
        for incident_id in list(islice(self._unfolded, FOLDED_AT_ONCE)):
            self._haystack(incident_id)

    def _find(self, among: SortedIndex) -> None:
        """Keep the rows that hold the words, whose order stays theirs."""
        if not self._words:
            self._found = None
            return
        for incident_id in list(self._unfolded):
            self._haystack(incident_id)
        rows, ids = list(among.rows), list(among)
        for word in self._words:
            hits = [word in text for text in map(self._folded.__getitem__, ids)]
            rows, ids = list(compress(rows, hits)), list(compress(ids, hits))
        self._found = SortedIndex()
        self._found.take(rows, ids)

    def _steps_from(self, before: SortedIndex) -> list[Step] | None:
        """Return the steps from a list to the present one, ``None`` when they would be many."""
        now = self._index
        if len(now) > STEPPED or len(before) > STEPPED:
            return None
        gone = [incident_id for incident_id in before if incident_id not in now]
        if len(gone) + len(now) > STEPPED:
            return None
        walked = SortedIndex()
        walked.take(list(before.rows))
        steps = [step for step in map(walked.remove, gone) if step is not None]
        steps.extend(walked.put(incident_id, key) for key, incident_id in now.rows)
        return steps
