"""Guess what a layer is from its names and its columns, and say how it was guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from backend_bridge.territory.importing import osm_tags
from backend_bridge.territory.importing.layers import Layer, Record
from backend_bridge.territory.importing.targets import TARGETS, plain, says

_FAMILIES = {
    "Point": "point",
    "MultiPoint": "point",
    "LineString": "line",
    "LinearRing": "line",
    "MultiLineString": "line",
    "Polygon": "area",
    "MultiPolygon": "area",
}
_SORTING_FIELDS = ("kind", "type", "categorie", "category", "nature", "famille", "objet", "class")
_SORTED_SHARE = 0.5
NO_TARGET = "nothing here tells what it is"
OTHER_TAGS = "an OpenStreetMap feature a territory has no use for"

Sorter = Callable[[Record], list[str]]


@dataclass(slots=True)
class Choice:
    """What a layer was taken for.

    Attributes:
        how: the evidence, for the report.
        sort: returns the targets of one record; empty when it is nothing.
        fields: by target, attribute to use for a property, where a mapping says so.
        defaults: by target, value of a property where no attribute gives one, from the mapping.
        otherwise: reason for records that are nothing.
    """

    how: str
    sort: Sorter | None
    fields: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    otherwise: str = NO_TARGET


def family(geometry: Any) -> str:  # noqa: ANN401 - a shapely geometry or none
    """Return ``point``, ``line``, ``area`` or, for anything else, an empty text."""
    return _FAMILIES.get(getattr(geometry, "geom_type", ""), "")


def recognise(layer: Layer) -> Choice:
    """Return what a layer most likely is; a choice without a sorter when nothing tells."""
    known = {record.target for record in layer.records if record.target}
    if known:
        return Choice(f"OpenStreetMap's tags: {', '.join(sorted(known))}", lambda r: [r.target])
    shapes = Counter(family(record.geometry) for record in layer.records)
    by_name, ambiguous = _by_name(layer, shapes)
    if by_name:
        return Choice(f'its name: "{by_name}"', _always(by_name))
    if osm_tags.TAG_FIELDS.intersection(layer.fields):
        return Choice("its columns are OpenStreetMap's tags", _by_tags, otherwise=OTHER_TAGS)
    sorting = _sorting_field(layer)
    if sorting:
        return Choice(
            f'the values of its column "{sorting}"', lambda r: _by_value(r.attributes.get(sorting))
        )
    by_columns = _by_columns(layer.fields, shapes)
    if by_columns:
        return Choice(f'its columns: "{by_columns}"', _always(by_columns))
    if ambiguous:
        return Choice(f"it may be {' or '.join(ambiguous)}", None)
    return Choice(NO_TARGET, None)


def _always(target: str) -> Sorter:
    return lambda _record: [target]


def fits(target: str, shape: str) -> bool:
    """Return whether a geometry's family can be a target's; an area can stand for its centre."""
    wanted = TARGETS[target].family
    if wanted == "shape":
        return shape in {"line", "area"}
    return shape == wanted or (wanted == "point" and shape == "area")


def _usable(target: str, shapes: Counter[str]) -> bool:
    """Return whether most of a layer's geometries suit; a layer without any suits everything."""
    known = sum(count for shape, count in shapes.items() if shape)
    suits = sum(count for shape, count in shapes.items() if shape and fits(target, shape))
    return known == 0 or suits * 2 > known


def _by_name(layer: Layer, shapes: Counter[str]) -> tuple[str, list[str]]:
    """Return the target a layer's own name says, else its file's, else its folders'."""
    stem = layer.file.rpartition("/")[2].rpartition(".")[0]
    ambiguous: list[str] = []
    for text in (layer.name, stem, layer.file.rpartition("/")[0]):
        found = _named(plain(text)) if text else []
        usable = [target for target in found if _usable(target, shapes)]
        if len(usable) == 1:
            return usable[0], []
        # two words of one name (tram lines in a street file): the columns may decide
        ambiguous = ambiguous or usable or found
        narrowed = [target for target in usable if _columns_say(target, layer.fields)]
        if len(narrowed) == 1:
            return narrowed[0], []
    return "", ambiguous


def _named(text: str) -> list[str]:
    return [
        name
        for name, target in TARGETS.items()
        if says(target.words, text) and not says(_bounded(target.against), text)
    ]


def _bounded(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"^{word.removesuffix('$')}$" for word in words)


def _columns_say(target: str, fields: Sequence[str]) -> int:
    return len({plain(name) for name in fields}.intersection(TARGETS[target].fields))


def _by_columns(fields: Sequence[str], shapes: Counter[str]) -> str:
    scores = {target: _columns_say(target, fields) for target in TARGETS if _usable(target, shapes)}
    best = max(scores.values(), default=0)
    winners = [target for target, score in scores.items() if score == best]
    return winners[0] if best > 0 and len(winners) == 1 else ""


def _by_tags(record: Record) -> list[str]:
    tags = {**record.attributes, **_hstore(record.attributes.get("other_tags"))}
    return [
        target
        for target in osm_tags.targets(tags, family(record.geometry))
        if not osm_tags.reason_against(tags, target)
    ]


def _hstore(text: object) -> dict[str, str]:
    """Return the tags GDAL packs into ``other_tags``: ``"key"=>"value","key"=>"value"``."""
    if not isinstance(text, str):
        return {}
    pairs = (part.partition('"=>"') for part in text.strip('"').split('","'))
    return {key: value for key, arrow, value in pairs if arrow}


def _sorting_field(layer: Layer) -> str:
    """Return the column whose values name things, when at least half of them do."""
    for name in layer.fields:
        words = plain(name).split()
        if not words or not any(word in _SORTING_FIELDS for word in words):
            continue
        named = sum(1 for r in layer.records if _by_value(r.attributes.get(name)))
        if named and named >= _SORTED_SHARE * len(layer.records):
            return name
    return ""


def _by_value(value: object) -> list[str]:
    if not isinstance(value, str) or not value:
        return []
    text = plain(value)
    kinds = {target.kind: name for name, target in TARGETS.items() if target.kind}
    exact = kinds.get(value) or (value if value in TARGETS else "")
    if exact:
        return [exact]
    found = _named(text)
    return found if len(found) == 1 else []
