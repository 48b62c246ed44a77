"""The names of a territory, indexed: a house number costs sixteen bytes, an answer milliseconds."""

from __future__ import annotations

import heapq
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from backend_bridge.contract.folding import fold, meant
from backend_bridge.contract.results import Place, PlaceKind
from backend_bridge.services.places.spelling import (
    HouseNumber,
    core,
    name_words,
    readings,
    split_house,
    telling,
    without_postcode,
)

Position = tuple[float, float]
"""Longitude and latitude in degrees, WGS84."""

MOST_RANKED = 2_000
"""Streets put in order for one answer; beyond them those of the largest communes come first."""
MOST_WALKED = 200
"""Streets of a name among whose house numbers one is looked for."""
_SCALE = 1e7
"""Positions are kept in ten-millionths of a degree: a centimetre."""


class HouseRecord(Protocol):
    """One house number; ``number`` is empty for a place that has only a name."""

    @property
    def number(self) -> str: ...
    @property
    def street(self) -> str: ...
    @property
    def commune(self) -> str: ...
    @property
    def lon(self) -> float: ...
    @property
    def lat(self) -> float: ...


class Ground(NamedTuple):
    """What a territory names: read once, walked once.

    Attributes:
        areas: name, kind, centre and population of each commune and sector.
        streets: name, commune and a place on each arc.
        houses: every house number, in any order.
    """

    areas: Iterable[tuple[str, PlaceKind, Position, int]]
    streets: Iterable[tuple[str, str, Position]]
    houses: Iterable[HouseRecord]


class _Way:
    """One street or named place, with its house numbers in arrays of the same length."""

    __slots__ = ("commune", "kind", "lats", "lons", "name", "numbers", "place", "rests")

    def __init__(self, name: str, commune: str, place: Position | None = None) -> None:
        self.name = name
        self.commune = commune
        self.kind = PlaceKind.STREET
        self.place = place
        self.numbers = array("I")
        self.rests = array("I")
        self.lons = array("i")
        self.lats = array("i")

    def position(self) -> Position:
        """Return a place on it: one of its arcs, else of its house numbers."""
        if self.place is not None:
            return self.place
        middle = len(self.lons) // 2
        return self.lons[middle] / _SCALE, self.lats[middle] / _SCALE


class Gazetteer:
    """Find places by what a person types of them; made in any thread, then never changed."""

    def __init__(self, ground: Ground) -> None:
        self._rests: list[str] = []
        self._areas = sorted(ground.areas, key=lambda area: (-area[3], area[0]))
        self._ways = self._gather(ground)
        self._cores = [core(name_words(way.name)) for way in self._ways]
        self._of_word: dict[str, array[int]] = {}
        self._of_commune: dict[str, set[str]] = {}
        for position, way in enumerate(self._ways):
            for word in set(name_words(way.name)):
                self._of_word.setdefault(word, array("I")).append(position)
        for commune in {way.commune for way in self._ways}:
            for word in name_words(commune):
                self._of_commune.setdefault(word, set()).add(commune)
        self._words = sorted(self._of_word)
        self._known_words = sorted(
            self._of_word.keys()
            | self._of_commune.keys()
            | {word for name, *_ in self._areas for word in name_words(name)}
        )
        self.houses = sum(len(way.numbers) for way in self._ways)

    def find(self, text: str, limit: int) -> tuple[list[Place], bool]:
        """Return at most ``limit`` places, the likeliest first, and whether there are more.

        Areas come first, then streets whose name holds every word, then house numbers; a house
        number that was typed and is known comes before streets that only resemble. Where it is
        not known, its street and its nearest neighbours are returned. What finds nothing is
        looked for once more without a slip of the finger.
        """
        words = without_postcode(name_words(text))
        found = self._first(words, limit + 1)
        if not found and (others := meant(words, self._known_words)) != words:
            found = self._first(others, limit + 1)
        return found[:limit], len(found) > limit

    def _first(self, words: list[str], enough: int) -> list[Place]:
        found: list[Place] = []
        for place in self._likely(words, enough):
            if place not in found:
                found.append(place)
            if len(found) == enough:
                break
        return found

    def _likely(self, words: list[str], enough: int) -> Iterator[Place]:
        if not words:
            return
        yield from self._named_areas(telling(words), enough)
        whole = self._named_ways(words, enough)
        close = [way for sure, way in whole if sure]
        for way in close:
            yield _street(way)
        known = False
        numbered = [
            (number, self._named_ways(left, MOST_WALKED)) for number, left in readings(words)
        ]
        for number, ways in numbered:
            for _, way in ways:
                for house in self._houses(way, number):
                    known = True
                    yield house
        for _, way in whole:
            yield _street(way)
        if known:
            return
        for number, ways in numbered:  # nobody recorded that number: what stands beside it
            for _, way in ways[:enough]:
                yield _street(way)
                yield from self._neighbours(way, number)

    # -- names ------------------------------------------------------------------------------------

    def _named_areas(self, wanted: list[str], enough: int) -> list[Place]:
        found = []
        for name, kind, (lon, lat), _ in self._areas:
            words = name_words(name)
            if all(any(word.startswith(one) for word in words) for one in wanted):
                found.append(Place(text=name, kind=kind, lon=lon, lat=lat))
                if len(found) == enough:
                    break
        return found

    def _named_ways(self, words: list[str], most: int) -> list[tuple[bool, _Way]]:
        """Return (whether this is its very name, way), the likeliest first."""
        wanted = telling(words)
        candidates = self._candidates(wanted)
        ranked = heapq.nsmallest(MOST_RANKED, candidates)
        asked, exact = core(wanted), set(wanted)
        order = []
        for position in ranked:
            own = self._cores[position]
            if own == asked:
                rank = 0
            elif own[: len(asked)] == asked:
                rank = 1
            else:
                rank = 2 if exact.issubset(name_words(self._ways[position].name)) else 3
            order.append((rank, position))
        order.sort()
        return [(rank == 0, self._ways[position]) for rank, position in order[:most]]

    def _candidates(self, wanted: list[str]) -> set[int]:
        """Return the ways that hold every word in their name, or some in their commune's."""
        names = [self._holding(word) for word in wanted]
        communes = [self._communes(word) for word in wanted]
        sure = [found for found, towns in zip(names, communes, strict=True) if not towns]
        candidates = min(sure, key=len).intersection(*sure) if sure else set().union(*names)
        return {
            position
            for position in candidates
            if all(
                position in found or self._ways[position].commune in towns
                for found, towns in zip(names, communes, strict=True)
            )
        }

    def _holding(self, start: str) -> set[int]:
        found: set[int] = set()
        place = bisect_left(self._words, start)
        while place < len(self._words) and self._words[place].startswith(start):
            found.update(self._of_word[self._words[place]])
            place += 1
        return found

    def _communes(self, start: str) -> set[str]:
        found: set[str] = set()
        for word, communes in self._of_commune.items():
            if word.startswith(start):
                found |= communes
        return found

    # -- house numbers ----------------------------------------------------------------------------

    def _houses(self, way: _Way, number: HouseNumber) -> Iterator[Place]:
        """Give the houses of that number: as typed first, then its bis and ter."""
        found = []
        for place, value in enumerate(way.numbers):
            if value == number.value:
                rest = fold(self._rests[way.rests[place]])
                if rest.startswith(number.suffix):
                    found.append((rest != number.suffix, rest, place))
        for _, _, place in sorted(found):
            yield self._house(way, place)

    def _neighbours(self, way: _Way, number: HouseNumber) -> Iterator[Place]:
        def distance(place: int) -> int:
            return abs(way.numbers[place] - number.value)

        for place in heapq.nsmallest(2, range(len(way.numbers)), key=distance):
            yield self._house(way, place)

    def _house(self, way: _Way, place: int) -> Place:
        value, rest = way.numbers[place], self._rests[way.rests[place]]
        number = f"{value}{rest}" if value else rest
        lon, lat = way.lons[place] / _SCALE, way.lats[place] / _SCALE
        return Place(
            text=f"{number} {way.name}",
            kind=PlaceKind.ADDRESS,
            lon=lon,
            lat=lat,
            commune=way.commune,
        )

    # -- building ---------------------------------------------------------------------------------

    def _gather(self, ground: Ground) -> list[_Way]:
        ways: dict[tuple[str, str], _Way] = {}
        rest_of: dict[str, int] = {}
        for house in ground.houses:
            way = ways.get((house.street, house.commune))
            if way is None:
                way = ways[house.street, house.commune] = _Way(house.street, house.commune)
            if not house.number:
                way.kind = PlaceKind.PLACE
                way.place = (house.lon, house.lat)
                continue
            value, rest = split_house(house.number)
            way.numbers.append(value)
            way.rests.append(rest_of.setdefault(rest, len(rest_of)))
            way.lons.append(round(house.lon * _SCALE))
            way.lats.append(round(house.lat * _SCALE))
        self._rests = list(rest_of)
        known = {name for name, _ in ways}
        for name, commune, place in ground.streets:
            if not name or (not commune and name in known):
                continue  # an arc that does not say its commune is one of those that do
            way = ways.setdefault((name, commune), _Way(name, commune, place))
            if way.place is None:
                way.place = place
        people = {name: population for name, _, _, population in self._areas}
        return sorted(
            ways.values(),
            key=lambda way: (-people.get(way.commune, 0), fold(way.name), way.commune),
        )


def _street(way: _Way) -> Place:
    lon, lat = way.position()
    return Place(text=way.name, kind=way.kind, lon=lon, lat=lat, commune=way.commune)
