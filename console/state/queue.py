"""The queue as one person sees it: scope, filter, order, and how it changed step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from backend_bridge.contract.incidents import Incident, IncidentState
from console.state.folding import fold, matches, words
from console.state.sorted_index import SortedIndex, Step
from console.state.world import World

SCOPES = ("open", "free", "mine", "closed")
"""Open; open and owned by nobody; open and mine; closed."""
STEPPED = 400
"""Changes above which a list is replaced rather than stepped through."""


class Queue:
    """Keep the filtered, ordered queue current.

    Args:
        describe: text of an incident a filter looks in (title, place, owner …).
    """

    def __init__(self, world: World, describe: Callable[[Incident], str]) -> None:
        self._world = world
        self._describe = describe
        self._index = SortedIndex()
        self._scopes: dict[str, tuple[str, ...]] = {}
        self._folded: dict[str, tuple[int, str]] = {}
        self._text = ""
        self._words: tuple[str, ...] = ()
        self._scope = "open"
        self.counts = dict.fromkeys(SCOPES, 0)
        self.rebuild()

    def __len__(self) -> int:
        return len(self._index)

    def __iter__(self) -> Iterator[str]:
        return iter(self._index)

    def __getitem__(self, position: int) -> str:
        return self._index[position]

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
        self._scope = scope
        return self._filter(self._scopes)

    def set_text(self, text: str) -> list[Step] | None:
        """Filter by words, all of which an incident must hold; accents count for nothing.

        A text that only grew is looked for in the rows left by the one before.
        """
        wanted = words(text)
        grew = fold(text).startswith(fold(self._text)) and len(wanted) >= len(self._words)
        self._text = text
        self._words = wanted
        return self._filter(list(self._index) if grew else self._scopes)

    def rebuild(self) -> list[Step] | None:
        """Read everything again.

        Returns:
            The steps from the list before, or ``None`` when it changed as a whole.
        """
        self._scopes = {}
        self._folded = {}
        self.counts = dict.fromkeys(SCOPES, 0)
        for incident in self._world.incidents:
            self._classify(incident)
        return self._filter(self._scopes)

    def update(self, incident_ids: Iterable[str]) -> list[Step]:
        """Take the latest state of some incidents and return the steps, in order."""
        steps = []
        for incident_id in sorted(incident_ids):
            incident = self._world.incidents.get(incident_id)
            self._unclassify(incident_id)
            if incident is not None:
                self._classify(incident)
            step = self._place(incident_id, incident)
            if step is not None:
                steps.append(step)
        return steps

    # -- inside ---------------------------------------------------------------------------------

    def _classify(self, incident: Incident) -> None:
        scopes = self._scopes_of(incident)
        self._scopes[incident.id] = scopes
        for scope in scopes:
            self.counts[scope] += 1

    def _unclassify(self, incident_id: str) -> None:
        for scope in self._scopes.pop(incident_id, ()):
            self.counts[scope] -= 1

    def _scopes_of(self, incident: Incident) -> tuple[str, ...]:
        if incident.state is IncidentState.CLOSED:
            return ("closed",)
        if not incident.owner:
            return ("open", "free")
        session = self._world.session
        if session is not None and incident.owner == session.user:
            return ("open", "mine")
        return ("open",)

    def _haystack(self, incident: Incident) -> str:
        known = self._folded.get(incident.id)
        if known is None or known[0] != incident.version:
            known = (incident.version, fold(self._describe(incident)))
            self._folded[incident.id] = known
        return known[1]

    def _shown(self, incident: Incident) -> bool:
        return self._scope in self._scopes.get(incident.id, ()) and (
            not self._words or matches(self._haystack(incident), self._words)
        )

    def _place(self, incident_id: str, incident: Incident | None) -> Step | None:
        if incident is None or not self._shown(incident):
            if incident is None:
                self._folded.pop(incident_id, None)
            return self._index.remove(incident_id)
        world = self._world
        return self._index.put(incident_id, world.incidents.queue_key(incident, world.alarms))

    def _filter(self, candidates: Iterable[str]) -> list[Step] | None:
        world = self._world
        keys = {}
        for incident_id in candidates:
            incident = world.incidents.get(incident_id)
            if incident is not None and self._shown(incident):
                keys[incident_id] = world.incidents.queue_key(incident, world.alarms)
        gone = [incident_id for incident_id in self._index if incident_id not in keys]
        if len(gone) + len(keys) > STEPPED:
            self._index.replace(keys.items())
            return None
        steps = [step for step in map(self._index.remove, gone) if step is not None]
        steps.extend(self._index.put(incident_id, key) for incident_id, key in keys.items())
        return steps
