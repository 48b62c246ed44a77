"""Decide what the map shows; free of Qt. The view asks for frames, the page paints them."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import structlog

from console.panels.map import frames
from console.panels.map.circuits import LAYER as CIRCUITS
from console.panels.map.circuits import MapCircuits
from console.panels.map.kinds import read_kinds
from console.panels.map.layout import Layer, MapLayout, make_layout
from console.panels.map.marks import MapMarks
from console.panels.map.overlay import Overlay
from console.panels.map.rows import LayerRow, Rows
from console.panels.map.symbol_facts import SymbolFacts
from console.panels.map.words import Words
from console.panels.spec import PanelContext
from console.state.change import Change
from console.state.listeners import Listeners, Unsubscribe
from console.state.selection import Selection

_log = structlog.get_logger("console.panels")


class MapPresenter:
    """Keep one map's picture: words of all points, what changed since the page's last frame.

    Lives on the interface's thread. ``context.settings`` may hold ``base_map`` (directory with
    ``streets.geojson`` and ``communes.geojson``), ``hidden`` (layers not drawn), ``shown``
    (layers drawn that are hidden at first) and ``legend`` (whether it is unfolded).
    """

    def __init__(self, context: PanelContext) -> None:
        self._context = context
        self._world = context.state
        self._symbols = read_kinds()
        self._listeners: Listeners[None] = Listeners()
        self.generation = 0
        self._sequence = 0
        self._pending_since: float | None = None
        self._unpainted: deque[tuple[int, float]] = deque()
        self.painted = 0
        self._made_s = context.clock.mono_s()
        self._first_live: int | None = None
        self._told_live = False
        self._unsent: set[int] = set()
        self._chosen: set[int] = set()
        self._overlay_dirty = True
        self._circuits = MapCircuits(context, self._on_circuits_read)
        self._take_catalogue()
        self._ends = [
            self._world.subscribe(self._on_world_changed),
            context.selection.subscribe(self._on_selection_changed),
        ]

    def close(self) -> None:
        """Unsubscribe from everything."""
        for end in self._ends:
            end()
        self._ends.clear()

    def subscribe(self, listener: Callable[[], None]) -> Unsubscribe:
        """Call ``listener`` whenever there is something new to paint."""
        return self._listeners.add(lambda _: listener())

    # -- what the page asks for -------------------------------------------------------------------

    @property
    def states(self) -> tuple[str, ...]:
        """Return the words of a point's state; the index is what frames carry."""
        return frames.STATES

    @property
    def title(self) -> str:
        """Return the territory's title, empty before a catalogue."""
        catalogue = self._world.catalogue
        return catalogue.title if catalogue is not None else ""

    @property
    def base_map(self) -> Path | None:
        """Return the directory the ground is read from, ``None`` when none was given."""
        value = self._context.settings.get("base_map")
        return Path(value) if isinstance(value, str) and value else None

    @property
    def tiles(self) -> Mapping[str, Any] | None:
        """Return where the base map's tiles come from, ``None`` when the ground is all there is."""
        value = self._context.settings.get("tiles")
        return value if isinstance(value, Mapping) else None

    @property
    def layers(self) -> tuple[Layer, ...]:
        """Return the layers of this catalogue, in the order of the list."""
        return self._layout.layers

    def places(self) -> tuple[array[float], array[float], bytes]:
        """Return longitudes, latitudes (WGS84 degrees) and layer index of every position."""
        return self._layout.lons, self._layout.lats, self._layout.layer_of

    def labels(self) -> list[str]:
        """Return the short name of every position."""
        return self._layout.labels(self._world.equipment)

    def symbols(self) -> Mapping[str, Any]:
        """Return how symbols are drawn and what never changes about them."""
        return self._facts.message()

    def circuits(self) -> Mapping[str, Any]:
        """Return where the plough circuits run, with the revision frames name."""
        return self._circuits.geometry()

    def frame(self, after: int, generation: int) -> bytes | None:
        """Return what the page lacks that has frame ``after``, ``None`` when it lacks nothing.

        A page that does not have our last frame (it was reloaded) gets every point.
        """
        if generation != self.generation:
            empty = array("I")
            return frames.encode(frames.Frame(0, self.generation, empty, empty))
        full = after == 0 or after != self._sequence
        self._refresh()
        if not (full or self._unsent or self._overlay_dirty):
            self._pending_since = None  # what changed looks the same
            return None
        known = self._words.words
        positions = array("I", range(len(known)) if full else self._unsent)
        words = known if full else array("I", (known[position] for position in positions))
        overlay = b""
        if full or self._overlay_dirty:
            overlay = self._overlay.encode(self._context.selection, self._circuits.states())
            self._overlay_dirty = False
        marks = self._marks.take(everything=full)
        self._unsent.clear()
        self._sequence += 1
        since = self._pending_since
        self._unpainted.append(
            (self._sequence, self._context.clock.mono_s() if since is None else since)
        )
        self._pending_since = None
        if self._first_live is None and self._world.liveness.live:
            self._first_live = self._sequence
        return frames.encode(
            frames.Frame(
                self._sequence, self.generation, positions, words, overlay, full, marks=marks
            )
        )

    def note_painted(self, sequence: int) -> None:
        """Take the page's word that everything up to frame ``sequence`` is on the screen."""
        self.painted = sequence
        while self._unpainted and self._unpainted[0][0] <= sequence:
            self._unpainted.popleft()
        if not self._told_live:
            self._tell_live()

    def unpainted_s(self) -> float:
        """Return seconds since the oldest change that is not on the screen, 0 when all are."""
        oldest = self._unpainted[0][1] if self._unpainted else self._pending_since
        return 0.0 if oldest is None else max(0.0, self._context.clock.mono_s() - oldest)

    def _tell_live(self) -> None:
        """Log once that the present is on the screen: what a start or a change of shift took."""
        first = self._first_live
        shown = self.painted >= first if first is not None else self.unpainted_s() == 0
        if shown and self.painted > 0 and self._world.liveness.live and self._layout.ids:
            self._told_live = True
            after_s = self._context.clock.mono_s() - self._made_s
            _log.info("panel_live", panel="map", after_s=round(after_s, 3))

    # -- what the person does ---------------------------------------------------------------------

    def select(self, positions: Iterable[int], *, add: bool = False) -> None:
        """Select the equipment at these positions, in addition to what is selected or instead.

        Adding what is all selected already takes it away: a second Ctrl+click undoes the first.
        """
        total = len(self._layout.ids)
        chosen = [self._layout.ids[item] for item in positions if 0 <= item < total]
        selection = self._context.selection
        if not add:
            selection.select_equipment(chosen)
            return
        before = dict.fromkeys(selection.equipment_ids)
        if chosen and all(item in before for item in chosen):
            gone = set(chosen)
            selection.select_equipment(item for item in before if item not in gone)
        else:
            selection.select_equipment((*before, *chosen))

    def equipment_at(self, positions: Iterable[int]) -> tuple[str, ...]:
        """Return the equipment at these positions; with one that is selected, all selected."""
        total = len(self._layout.ids)
        found = [self._layout.ids[item] for item in positions if 0 <= item < total]
        selected = self._context.selection.equipment_ids
        others = selected if any(item in selected for item in found) else ()
        return tuple(dict.fromkeys((*found, *others)))

    def select_incident(self, incident_id: str) -> None:
        """Select an incident and its equipment."""
        incident = self._world.incidents.get(incident_id)
        if incident is not None:
            chosen = (incident.equipment_id,) if incident.equipment_id else ()
            self._context.selection.select_incident(incident_id, chosen)

    def select_marks(self, handles: Iterable[int]) -> None:
        """Select what marks of the map stand for: their equipment, their most pressing incident."""
        equipment, incident_id = self._marks.chosen(handles)
        if incident_id is not None:
            self._context.selection.select_incident(incident_id, equipment)
        elif equipment:
            self._context.selection.select_equipment(equipment)

    def place_of(self, equipment_id: str) -> tuple[float, float] | None:
        """Return (lon, lat) of an equipment, ``None`` when it is not on this map."""
        position = self._layout.position_of.get(equipment_id)
        if position is None:
            return None
        return self._layout.lons[position], self._layout.lats[position]

    @property
    def hidden(self) -> tuple[str, ...]:
        """Return the layers the person does not want drawn."""
        value = self._context.settings.get("hidden", [])
        keys = tuple(str(key) for key in value) if isinstance(value, list) else ()
        if self._circuits.visible or CIRCUITS in keys:
            return keys
        return (*keys, CIRCUITS)

    def set_visible(self, layer: str, *, visible: bool) -> None:
        """Draw a layer or not; remembered in the person's settings."""
        if layer == CIRCUITS:
            self._circuits.set_visible(visible=visible)
            return
        value = self._context.settings.get("hidden", [])
        hidden = value if isinstance(value, list) else []
        others = [str(key) for key in hidden if key != layer]
        self._context.settings["hidden"] = others if visible else [*others, layer]

    # -- the list beside the map ------------------------------------------------------------------

    @property
    def legend_open(self) -> bool:
        """Return whether the legend is unfolded; it is until the person folds it."""
        return self._context.settings.get("legend", True) is not False

    def set_legend_open(self, *, opened: bool) -> None:
        """Fold or unfold the legend; remembered in the person's settings."""
        self._context.settings["legend"] = opened

    def legend(self) -> dict[str, int]:
        """Return how many lamps show each state."""
        self._refresh()
        return self._words.lamp_counts()

    def rows(self) -> list[LayerRow]:
        """Return one row a layer, incidents first."""
        self._refresh()
        incidents, *equipment = self._rows.make(self.hidden)
        circuits = self._circuits.row()
        return [incidents, *([circuits] if circuits is not None else []), *equipment]

    # -- following the world ----------------------------------------------------------------------

    def _on_world_changed(self, change: Change) -> None:
        if change.catalogue:
            self._take_catalogue()
        elif change.flipped or change.situation:  # a situation replaces all service marks
            self._words.touch_all()
        else:
            self._words.touch_points(change.points)
            self._words.touch_service(change.service)
        if change.acting or change.situation or change.catalogue:
            self._words.touch_zones()
        if self._circuits.note(change):
            self._overlay_dirty = True
        if not change.catalogue and self._marks.note(change):
            self._overlay.note(change)
            self._rows.forget()
            self._overlay_dirty = True
        self._tell()

    def _on_selection_changed(self, selection: Selection) -> None:
        before, self._chosen = self._chosen, self._positions_of(selection)
        self._words.dirty.update(before ^ self._chosen)
        self._overlay_dirty = True
        self._tell()

    def _on_circuits_read(self) -> None:
        self._overlay_dirty = True
        self._tell()

    def _positions_of(self, selection: Selection) -> set[int]:
        found = map(self._layout.position_of.get, selection.equipment_ids)
        return {position for position in found if position is not None}

    def _tell(self) -> None:
        if self._words.dirty or self._overlay_dirty:
            if self._pending_since is None:
                self._pending_since = self._context.clock.mono_s()
            self._listeners.tell(None)

    def _take_catalogue(self) -> None:
        catalogue = self._world.catalogue
        total = catalogue.points_total if catalogue is not None else 0
        self._layout: MapLayout = make_layout(self._world.equipment, total, self._symbols)
        self._facts = SymbolFacts(self._world, self._layout, self._symbols, self._context.text)
        self._words = Words(self._world, self._layout, self._facts)
        self._rows = Rows(self._world, self._layout, self._words)
        self._marks = MapMarks(self._world, self._layout)
        self._overlay = Overlay(self._world, self._context.text)
        self._chosen = self._positions_of(self._context.selection)
        self.generation += 1
        self._overlay_dirty = True
        self._unsent = set()
        self._unpainted.clear()

    def _refresh(self) -> None:
        """Renew the words of what changed, and note those that the page must hear of."""
        self._unsent.update(self._words.refresh(self._chosen))
