"""The word of every position: what its state is, kept current and counted; free of Qt."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet

from backend_bridge.contract.points import Scalar
from backend_bridge.contract.quality import Quality, ServiceState
from backend_bridge.contract.safety import HandsOff
from console.panels.map import frames
from console.panels.map.layout import Layer, MapLayout
from console.panels.map.symbol_facts import SymbolFacts
from console.state.tally import TRUST_RANK
from console.state.world import World

_UNCONFIRMED = (Quality.STALE, Quality.UNAVAILABLE, Quality.UNKNOWN)
_SERVICE_STATE = {ServiceState.DISABLED: "disabled", ServiceState.MAINTENANCE: "maintenance"}
_OF_QUALITY = {
    quality: frames.word(quality.word, aged=quality in _UNCONFIRMED) for quality in Quality
}


def lamp_word(value: Scalar | None) -> int:
    """Return the word of a lamp whose level is good: 0 off, 100 on, between dimmed."""
    if isinstance(value, bool):
        value = 100 if value else 0
    if not isinstance(value, int | float):
        return frames.word("unknown", aged=True)
    level = round(value)
    if level <= 0:
        return frames.word("off")
    return frames.word("on" if level >= 100 else "dimmed", level=level)


_OF_LEVEL = tuple(lamp_word(level) for level in range(101))


class Words:
    """Keep the words of one catalogue's positions.

    Attributes:
        words: the word of each position (:mod:`console.panels.map.frames`).
        counts: for each layer, how many positions show each of :data:`frames.STATES`.
        dirty: positions whose word may have changed.
    """

    def __init__(self, world: World, layout: MapLayout, facts: SymbolFacts) -> None:
        self._world = world
        self._layout = layout
        self._facts = facts
        size = len(layout.ids)
        self.words: array[int] = array("I", [0]) * size
        self.counts = [
            [len(layer.positions), *(0 for _ in frames.STATES[1:])] for layer in layout.layers
        ]
        self.dirty: set[int] = set(range(size))
        self._zones: tuple[HandsOff, ...] = ()
        self._under: frozenset[str] = frozenset()
        self._source_of = array("i", [-1]) * size
        self._sources: list[dict[int, int]] = [{} for _ in layout.layers]

    def touch_points(self, points: Collection[int]) -> None:
        """Note that points changed, by index."""
        position_of = self._layout.position_of_point
        total = len(position_of)
        dirty = self.dirty
        for index in points:
            if index < total:
                position = position_of[index]
                if position >= 0:
                    dirty.add(position)

    def touch_service(self, equipment_ids: Collection[str]) -> None:
        """Note that service marks changed."""
        for equipment_id in equipment_ids:
            position = self._layout.position_of.get(equipment_id)
            if position is not None and self._layout.ids[position] == equipment_id:
                self.dirty.add(position)

    def touch_zones(self) -> None:
        """Note that hands-off zones changed: what came under one or out of one is drawn anew."""
        zones = tuple(self._world.acting.zones)
        if zones == self._zones:
            return
        self._zones = zones
        under = _under_zones(self._world)
        self.touch_service(under ^ self._under)
        self._under = under

    def touch_all(self) -> None:
        """Note that every word may have changed."""
        self.dirty.update(range(len(self.words)))

    def refresh(self, chosen: AbstractSet[int]) -> list[int]:
        """Renew the words of what changed; return the positions that show something else now."""
        words, counts, layer_of = self.words, self.counts, self._layout.layer_of
        state_mask, word_of = frames.STATE_MASK, self._word
        changed = []
        for position in self.dirty:
            before = words[position]
            after = word_of(position)
            if position in chosen:
                after |= frames.CHOSEN_BIT
            if before == after:
                continue
            words[position] = after
            changed.append(position)
            old, new = before & state_mask, after & state_mask
            if old != new:
                of_layer = counts[layer_of[position]]
                of_layer[old] -= 1
                of_layer[new] += 1
        self.dirty.clear()
        return changed

    def lamp_counts(self) -> dict[str, int]:
        """Return how many lamps show each state."""
        of_lamps = [
            counts
            for layer, counts in zip(self._layout.layers, self.counts, strict=True)
            if layer.symbol == "lamp"
        ]
        totals = [sum(column) for column in zip(*of_lamps, strict=True)]
        return dict(zip(frames.STATES, totals or [0] * len(frames.STATES), strict=True))

    def state_counts(self) -> list[tuple[Layer, Mapping[str, int]]]:
        """Return each layer and how many of it show each state."""
        return [
            (layer, dict(zip(frames.STATES, counts, strict=True)))
            for layer, counts in zip(self._layout.layers, self.counts, strict=True)
        ]

    def sources(self, layer: int) -> Collection[int]:
        """Return the sources the good values of a layer come from, by its index."""
        return self._sources[layer].keys()

    # -- one word ---------------------------------------------------------------------------------

    def _word(self, position: int) -> int:
        layout, world = self._layout, self._world
        service = self._service(layout.ids[position]) if world.service or self._under else None
        index = layout.level_of[position]
        if index < 0 or service is not None:
            return self._any_word(position, service)
        # A lamp in service, as nearly all of them are: one point, and tables of words.
        change = world.points.state[index]
        quality = change.quality
        if quality is not Quality.GOOD or not world.liveness.live:
            self._note_source(position, -1)
            return _OF_QUALITY[Quality.STALE if quality is Quality.GOOD else quality]
        if self._source_of[position] != change.source:
            self._note_source(position, change.source)
        value = change.value
        return _OF_LEVEL[value] if type(value) is int and 0 <= value <= 100 else lamp_word(value)

    def _service(self, equipment_id: str) -> ServiceState | None:
        """Return why an equipment is not in use; hands in it are works, whoever said so."""
        mark = self._world.service.get(equipment_id)
        if mark is not None:
            return mark.state
        return ServiceState.MAINTENANCE if equipment_id in self._under else None

    def _any_word(self, position: int, service: ServiceState | None) -> int:
        index, quality = self._speaker(self._layout.points[position])
        good = index is not None and quality is Quality.GOOD
        state = self._world.points.state
        self._note_source(position, state[index].source if good and index is not None else -1)
        if service in _SERVICE_STATE:
            return frames.word(_SERVICE_STATE[service], aged=quality in _UNCONFIRMED)
        if quality is not Quality.GOOD:
            return _OF_QUALITY[quality] | self._facts.bits(position)
        if not self._layout.is_lamp(position):
            return frames.word("good") | self._facts.bits(position)
        return lamp_word(None if index is None else self._world.points.value(index))

    def _speaker(self, points: range) -> tuple[int | None, Quality]:
        """Return the point that may be trusted least and its quality as shown."""
        worst: tuple[int | None, Quality] = (None, Quality.GOOD)
        for index in points:
            quality = self._world.quality(index)
            if worst[0] is None or TRUST_RANK[quality] > TRUST_RANK[worst[1]]:
                worst = (index, quality)
        return worst

    def _note_source(self, position: int, after: int) -> None:
        before = self._source_of[position]
        if before == after:
            return
        sources = self._sources[self._layout.layer_of[position]]
        if before >= 0:
            sources[before] -= 1
            if not sources[before]:
                del sources[before]
        if after >= 0:
            sources[after] = sources.get(after, 0) + 1
        self._source_of[position] = after


def _under_zones(world: World) -> frozenset[str]:
    """Return everything that lies in a hands-off zone."""
    found: set[str] = set()
    sectors = set()
    for zone in world.acting.zones:
        if zone.equipment_id:
            found.add(zone.equipment_id)
            found.update(world.equipment.descendants(zone.equipment_id))
        else:
            sectors.add(zone.sector)
    if sectors:
        found.update(key for key, item in world.equipment.by_id.items() if item.sector in sectors)
    return frozenset(found)
