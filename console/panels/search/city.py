"""The console's own half of the search: equipment, cameras by number, incidents."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from typing import Any

from backend_bridge.contract.folding import fold, tokens
from backend_bridge.contract.incidents import Incident
from backend_bridge.contract.points import Equipment
from console.panels.search.hits import Hit, HitKind, Spot
from console.panels.search.text_index import TextIndex, words_of
from console.panels.spec import Translate
from console.panels.wording import Words, kind_icon
from console.state.change import Change
from console.state.listeners import Listeners, Unsubscribe
from console.state.world import World

START_AFTER_S = 2.0
"""The first picture comes before the index, unless somebody wants to search already."""
SLICE_S = 0.004
"""Longest turn of the making of an index: the window lives between two."""
_CAMERA = re.compile(r"(?:c|cam|camera|video)? ?0*(\d{1,6})")
_ICONS = {"camera": "mdi6.cctv"}


class CitySearch:
    """Hold the indexes of one window's world and renew them as it changes.

    Lives on the interface's thread; the making of the equipment's index is spread over many turns
    of its loop.

    Args:
        world: what is searched.
        text: the operator's language.
        spawn: starts the making.
    """

    def __init__(
        self,
        world: World,
        text: Translate,
        spawn: Callable[[Coroutine[Any, Any, None]], None],
    ) -> None:
        self._world = world
        self._words = Words(text)
        self._spawn = spawn
        self._equipment: TextIndex | None = None
        self._items: tuple[Equipment, ...] = ()
        self._cameras: dict[int, list[Equipment]] = {}
        self._incidents: dict[str, tuple[int, str]] = {}
        self._making = 0
        self._wanted = asyncio.Event()
        self._made = 0
        self._listeners: Listeners[None] = Listeners()
        self._end = world.subscribe(self._on_world_changed)
        self._start()

    @property
    def progress(self) -> float:
        """Return how much of the equipment can be found, 0 to 1."""
        if self._equipment is not None or not self._items:
            return 1.0
        return self._made / len(self._items)

    def hurry(self) -> None:
        """Make the index now: somebody is about to search."""
        self._wanted.set()

    def subscribe(self, listener: Callable[[], None]) -> Unsubscribe:
        """Call ``listener`` when more can be found than before."""
        return self._listeners.add(lambda _: listener())

    def close(self) -> None:
        """Stop following the world, and any making that is under way."""
        self._end()
        self._making += 1

    def find(self, text: str, limit: int) -> tuple[list[Hit], bool]:
        """Return at most ``limit`` hits, and whether more exist.

        First what is called exactly so, then incidents, names that begin so, and what merely holds
        the words; of that, what hangs on nothing comes first: a cabinet before its lamps.
        """
        exact, begun, others = self._equipment_of(text, limit + 1)
        hits = [self._equipment_hit(item, sure=True) for item in exact]
        hits += [self._incident_hit(item, text) for item in self._incidents_of(text, limit + 1)]
        hits += [self._equipment_hit(item, sure=True) for item in begun]
        hits += [self._equipment_hit(item, sure=False) for item in others]
        return hits[:limit], len(hits) > limit

    # -- equipment --------------------------------------------------------------------------------

    def _equipment_of(
        self, text: str, limit: int
    ) -> tuple[list[Equipment], list[Equipment], list[Equipment]]:
        """Return those of exactly that id or number, those that begin so, those with the words."""
        index = self._equipment
        if index is None:
            return [], [], []
        match = _CAMERA.fullmatch(fold(text))
        numbered = self._cameras.get(int(match[1]), ()) if match is not None else ()
        found: dict[str, Equipment] = {}

        def new(items: Iterable[Equipment]) -> list[Equipment]:
            fresh = {item.id: item for item in items if item.id not in found}
            found.update(fresh)
            return list(fresh.values())

        exact = new((*numbered, *(self._items[line] for line in index.named(text))))
        room = limit + len(exact)
        begun = new(self._items[line] for line in index.beginning(text, room))
        others = new(self._items[line] for line in index.holding(text, room + len(begun)))
        if not found:
            others = new(self._items[line] for line in index.holding(index.meant(text), limit))
        return exact[:limit], begun[:limit], others[:limit]

    def _equipment_hit(self, item: Equipment, *, sure: bool) -> Hit:
        called = item.name if item.name != item.id else self._words.kind(item.kind)
        camera = self._words.text("search.camera", number=item.number) if item.number else ""
        parts = (item.id if camera else called, item.place, item.commune)
        return Hit(
            kind=HitKind.EQUIPMENT,
            key=item.id,
            icon=_ICONS.get(item.kind) or kind_icon(item.kind),
            title=camera or item.id,
            detail=" · ".join(part for part in parts if part),
            spot=Spot(item.lon, item.lat),
            sure=sure,
        )

    # -- incidents --------------------------------------------------------------------------------

    def _incidents_of(self, text: str, limit: int) -> list[Incident]:
        wanted = [f" {word}" for word in tokens(text)]
        if not wanted:
            return []
        found = [
            incident
            for incident in self._world.incidents
            if all(word in self._line_of(incident) for word in wanted)
        ]
        alarms = self._world.alarms
        found.sort(key=lambda item: self._world.incidents.queue_key(item, alarms))
        return found[:limit]

    def _line_of(self, incident: Incident) -> str:
        known = self._incidents.get(incident.id)
        if known is not None and known[0] == incident.version:
            return known[1]
        item = self._world.equipment.get(incident.equipment_id)
        said = (
            *(incident.id, self._title(incident), incident.equipment_id, incident.place),
            *(incident.commune, incident.assigned_to, item.name if item is not None else ""),
        )
        line = f" {' '.join(words_of(*said))} "
        self._incidents[incident.id] = (incident.version, line)
        return line

    def _title(self, incident: Incident) -> str:
        return self._words.text(f"incident.{incident.kind}.title")

    def _incident_hit(self, incident: Incident, text: str) -> Hit:
        own = words_of(incident.id)
        place = (incident.equipment_id, incident.place, incident.commune)
        return Hit(
            kind=HitKind.INCIDENT,
            key=incident.id,
            icon="mdi6.alert-circle-outline",
            title=f"{incident.id} {self._title(incident)}",
            detail=" · ".join(part for part in place if part),
            spot=Spot(incident.lon, incident.lat),
            sure=all(any(word.startswith(one) for word in own) for one in tokens(text)),
        )

    # -- following the world ----------------------------------------------------------------------

    def _on_world_changed(self, change: Change) -> None:
        if change.catalogue:
            self._start()
        if change.situation:
            self._incidents = {}

    def _start(self) -> None:
        self._making += 1
        self._made = 0
        self._equipment = None
        self._incidents = {}
        self._cameras = {}
        catalogue = self._world.catalogue
        equipment = catalogue.equipment if catalogue is not None else ()
        known = self._world.equipment.by_id
        hanging = [item for item in equipment if item.parent in known]
        self._items = (*(item for item in equipment if item.parent not in known), *hanging)
        if self._items:
            self._spawn(self._make(self._making))

    async def _make(self, making: int) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(START_AFTER_S):
                await self._wanted.wait()
        if making != self._making:
            return
        items = self._items
        kinds = {kind: self._words.kind(kind) for kind in self._world.equipment.kinds}

        def texts_of(number: int) -> tuple[str, ...]:
            item = items[number]
            named = item.name if item.name != item.id else ""
            return (kinds.get(item.kind, item.kind), named, item.place, item.commune, item.sector)

        index = TextIndex(lambda number: items[number].id, texts_of)
        cameras: dict[int, list[Equipment]] = {}
        ends_s = time.perf_counter() + SLICE_S
        for item in items:
            index.add()
            if item.number:
                cameras.setdefault(item.number, []).append(item)
            if time.perf_counter() > ends_s:
                self._made = len(index)
                await asyncio.sleep(0)
                if making != self._making:
                    return  # another catalogue came meanwhile
                ends_s = time.perf_counter() + SLICE_S
        index.seal()
        self._equipment, self._cameras = index, cameras
        self._listeners.tell(None)
