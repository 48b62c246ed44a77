"""Decide what the map shows; free of Qt. The view asks for frames, the page paints them."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import structlog

from backend_bridge.contract.alarms import AlarmState, Severity
from backend_bridge.contract.points import Scalar
from backend_bridge.contract.quality import Quality, ServiceState
from console.panels.map import frames
from console.panels.map.kinds import read_kinds
from console.panels.map.layout import Layer, MapLayout, make_layout
from console.panels.map.overlay import encode_overlay
from console.panels.spec import PanelContext
from console.state.alarms import alarm_key
from console.state.change import Change
from console.state.listeners import Listeners, Unsubscribe
from console.state.selection import Selection
from console.state.tally import TRUST_RANK

_UNCONFIRMED = (Quality.STALE, Quality.UNAVAILABLE, Quality.UNKNOWN)
_log = structlog.get_logger("console.panels")

_SERVICE_STATE = {ServiceState.DISABLED: "disabled", ServiceState.MAINTENANCE: "maintenance"}


@dataclass(frozen=True, slots=True)
class LayerRow:
    """Sum up one layer for the list beside the map.

    Attributes:
        key: equipment kind, or ``incidents``.
        icon: ``mdi6.`` name.
        count: equipment on the map.
        visible: whether the person lets it be drawn.
        alarm: worst listed alarm of the layer, its severity and state; ``None`` for none.
        age: oldest good value's age divided by the age allowed; ``None`` when nothing is good.
    """

    key: str
    icon: str
    symbol: str
    count: int
    visible: bool
    alarm: tuple[Severity, AlarmState] | None = None
    age: float | None = None


class MapPresenter:
    """Keep one map's picture: words of all points, what changed since the page's last frame.

    Lives on the interface's thread. ``context.settings`` may hold ``base_map`` (directory with
    ``streets.geojson`` and ``communes.geojson``) and ``hidden`` (layers not drawn).
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
        self._dirty: set[int] = set()
        self._unsent: set[int] = set()
        self._overlay_dirty = True
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
    def layers(self) -> tuple[Layer, ...]:
        """Return the layers of this catalogue, in the order of the list."""
        return self._layout.layers

    def places(self) -> tuple[array[float], array[float], bytes]:
        """Return longitudes, latitudes (WGS84 degrees) and layer index of every position."""
        return self._layout.lons, self._layout.lats, self._layout.layer_of

    def labels(self) -> list[str]:
        """Return the short name of every position."""
        equipment = self._world.equipment
        return [self._layout.label(index, equipment) for index in range(len(self._layout.ids))]

    def frame(self, after: int, generation: int) -> bytes | None:
        """Return what the page lacks that has frame ``after``, ``None`` when it lacks nothing.

        A page that does not have our last frame (it was reloaded) gets every point.
        """
        if generation != self.generation:
            empty = array("I")
            return frames.encode(frames.Frame(0, self.generation, empty, empty))
        full = after == 0 or after != self._sequence
        self._refresh()
        if not full and not self._unsent and not self._overlay_dirty:
            self._pending_since = None  # what changed looks the same
            return None
        positions = array("I", range(len(self._words)) if full else self._unsent)
        words = self._words if full else array("I", (self._words[p] for p in positions))
        overlay = b""
        if full or self._overlay_dirty:
            overlay = encode_overlay(
                self._world, self._context.selection, self._layout, self._context.text
            )
            self._overlay_dirty = False
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
            frames.Frame(self._sequence, self.generation, positions, words, overlay, full)
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
        """Select the equipment at these positions, in addition to what is selected or instead."""
        total = len(self._layout.ids)
        chosen = [self._layout.ids[item] for item in positions if 0 <= item < total]
        before = self._context.selection.equipment_ids if add else ()
        self._context.selection.select_equipment((*before, *chosen))

    def select_incident(self, incident_id: str) -> None:
        """Select an incident and its equipment."""
        incident = self._world.incidents.get(incident_id)
        if incident is not None:
            chosen = (incident.equipment_id,) if incident.equipment_id else ()
            self._context.selection.select_incident(incident_id, chosen)

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
        return tuple(str(key) for key in value) if isinstance(value, list) else ()

    def set_visible(self, layer: str, *, visible: bool) -> None:
        """Draw a layer or not; remembered in the person's settings."""
        others = [key for key in self.hidden if key != layer]
        self._context.settings["hidden"] = others if visible else [*others, layer]

    # -- the list beside the map ------------------------------------------------------------------

    def legend(self) -> dict[str, int]:
        """Return how many lamps show each state."""
        self._refresh()
        return dict(zip(frames.STATES, self._counts, strict=True))

    def rows(self) -> list[LayerRow]:
        """Return one row a layer, incidents first."""
        self._refresh()
        hidden = self.hidden
        worst: dict[str, tuple[Severity, AlarmState]] = {}
        for alarm in sorted(self._world.alarms, key=alarm_key):
            position = self._layout.position_of.get(alarm.equipment_id)
            if position is not None:
                key = self._layout.layers[self._layout.layer_of[position]].key
                worst.setdefault(key, (alarm.severity, alarm.state))
        rows = [self._incident_row("incidents" not in hidden)]
        for layer in self._layout.layers:
            rows.append(  # noqa: PERF401 - a row of seven arguments is unreadable in a comprehension
                LayerRow(
                    key=layer.key,
                    icon=layer.icon,
                    symbol=layer.symbol,
                    count=len(layer.positions),
                    visible=layer.key not in hidden,
                    alarm=worst.get(layer.key),
                    age=self._age(layer),
                )
            )
        return rows

    def _incident_row(self, visible: bool) -> LayerRow:
        opened = [item for item in self._world.incidents if item.closed_ms is None]
        alarm = None
        incidents = self._world.incidents
        alarms = [a for item in opened for a in incidents.alarms_of(item, self._world.alarms)]
        if alarms:  # hue is for alarms: incidents whose alarms are all over wear none
            worst = min(alarms, key=alarm_key)
            alarm = (worst.severity, worst.state)
        return LayerRow("incidents", "mdi6.alert-circle-outline", "", len(opened), visible, alarm)

    def _age(self, layer: Layer) -> float | None:
        sources = self._sources[layer.key]
        heard = self._world.points.heard_ms
        times = [heard[source] for source in sources if 0 <= source < len(heard) and heard[source]]
        if not times or not self._world.liveness.live:
            return None if not times else 1.0
        age_s = max(0.0, (self._world.bridge_now_ms() - min(times)) / 1000)
        kind = self._world.equipment.kinds[layer.key]
        allowed = min((point.allowed_age_s for point in kind.points), default=1.0)
        return age_s / allowed

    # -- following the world ----------------------------------------------------------------------

    def _on_world_changed(self, change: Change) -> None:
        if change.catalogue:
            self._take_catalogue()
        elif change.flipped:
            self._dirty.update(range(len(self._words)))
        else:
            self._note_points(change.points)
            for equipment_id in change.service:
                position = self._layout.position_of.get(equipment_id)
                if position is not None and self._layout.ids[position] == equipment_id:
                    self._dirty.add(position)
        if change.situation:
            self._dirty.update(range(len(self._words)))  # service marks were replaced as a whole
        if change.alarms or change.incidents or change.situation:
            self._overlay_dirty = True
        self._tell()

    def _note_points(self, points: Collection[int]) -> None:
        position_of = self._layout.position_of_point
        total = len(position_of)
        dirty = self._dirty
        for index in points:
            if index < total:
                position = position_of[index]
                if position >= 0:
                    dirty.add(position)

    def _on_selection_changed(self, _selection: Selection) -> None:
        self._overlay_dirty = True
        self._tell()

    def _tell(self) -> None:
        if self._dirty or self._overlay_dirty:
            if self._pending_since is None:
                self._pending_since = self._context.clock.mono_s()
            self._listeners.tell(None)

    def _take_catalogue(self) -> None:
        catalogue = self._world.catalogue
        total = catalogue.points_total if catalogue is not None else 0
        self._layout: MapLayout = make_layout(self._world.equipment, total, self._symbols)
        size = len(self._layout.ids)
        self.generation += 1
        self._overlay_dirty = True
        self._words: array[int] = array("I", [0]) * size
        self._counts = [0] * len(frames.STATES)
        self._counts[0] = sum(
            len(layer.positions) for layer in self._layout.layers if layer.symbol == "lamp"
        )
        self._source_of = array("i", [-1]) * size
        self._sources: dict[str, dict[int, int]] = {layer.key: {} for layer in self._layout.layers}
        self._dirty = set(range(size))
        self._unsent = set()
        self._unpainted.clear()

    def _refresh(self) -> None:
        """Renew the words of what changed, and note those that the page must hear of."""
        words, counts, layout = self._words, self._counts, self._layout
        for position in self._dirty:
            before = words[position]
            after = self._word(position)
            if before == after:
                continue
            words[position] = after
            self._unsent.add(position)
            if layout.is_lamp(position):
                counts[before & frames.STATE_MASK] -= 1
                counts[after & frames.STATE_MASK] += 1
        self._dirty.clear()

    def _word(self, position: int) -> int:
        layout, world = self._layout, self._world
        points = layout.points[position]
        index, quality = self._speaker(points)
        self._note_source(position, index if quality is Quality.GOOD else None)
        aged = quality in _UNCONFIRMED
        mark = world.service.get(layout.ids[position])
        if mark is not None and mark.state in _SERVICE_STATE:
            return frames.word(_SERVICE_STATE[mark.state], aged=aged)
        if quality is not Quality.GOOD:
            return frames.word(quality.word, aged=aged)
        if not layout.is_lamp(position):
            return frames.word("good")
        return _lamp_word(None if index is None else world.points.value(index))

    def _speaker(self, points: range) -> tuple[int | None, Quality]:
        """Return the point that may be trusted least and its quality as shown."""
        worst: tuple[int | None, Quality] = (None, Quality.GOOD)
        for index in points:
            quality = self._world.quality(index)
            if worst[0] is None or TRUST_RANK[quality] > TRUST_RANK[worst[1]]:
                worst = (index, quality)
        return worst

    def _note_source(self, position: int, index: int | None) -> None:
        after = -1 if index is None else self._world.points.state[index].source
        before = self._source_of[position]
        if before == after:
            return
        sources = self._sources[self._layout.layers[self._layout.layer_of[position]].key]
        if before >= 0:
            sources[before] -= 1
            if not sources[before]:
                del sources[before]
        if after >= 0:
            sources[after] = sources.get(after, 0) + 1
        self._source_of[position] = after


def _lamp_word(value: Scalar) -> int:
    """Return the word of a lamp whose level is good: 0 off, 100 on, between dimmed."""
    if isinstance(value, bool):
        value = 100 if value else 0
    if not isinstance(value, int | float):
        return frames.word("unknown", aged=True)
    level = round(value)
    if level <= 0:
        return frames.word("off")
    return frames.word("on" if level >= 100 else "dimmed", level=level)
