"""The optional mapping file: what the import shall take a layer for, where it guesses wrong."""

from __future__ import annotations

import fnmatch
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from backend_bridge.core.settings import SettingsError, nearest, typed
from backend_bridge.territory.importing.layers import Layer, Record
from backend_bridge.territory.importing.problems import ImportRefusedError
from backend_bridge.territory.importing.recognise import Choice
from backend_bridge.territory.importing.targets import NOTHING, TARGETS

OTHER_VALUES = 'left by the mapping file\'s "where"'
LEFT_OUT = "left out by the mapping file"


class LayerRule(msgspec.Struct, frozen=True, kw_only=True):
    """One ``[[layer]]`` of a mapping file.

    Attributes:
        match: file, or ``file:layer``; ``*`` and ``?`` stand for anything; case is ignored.
        take: a target (``lamp``, ``street`` …), or ``nothing``.
        crs: coordinates of the layer, whatever its file says (``EPSG:2154``).
        where: take only records whose attribute has one of these values.
        fields: property of the territory → attribute of the layer.
        set: property of the territory → fixed value, where the attribute gives none.
    """

    match: str
    take: str
    crs: str = ""
    where: dict[str, list[str | int | float | bool]] = {}
    fields: dict[str, str] = {}
    set: dict[str, str] = {}


class _File(msgspec.Struct, frozen=True, kw_only=True):
    layer: tuple[LayerRule, ...] = ()


def read_mapping(path: Path) -> tuple[LayerRule, ...]:
    """Return the rules of a mapping file.

    Raises:
        ImportRefusedError: with every mistake in it.
    """
    try:
        rules = typed(tomllib.loads(path.read_text("utf-8")), _File).layer
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ImportRefusedError(f"the mapping file {path} cannot be read: {error}") from error
    except SettingsError as error:
        raise ImportRefusedError(f"the mapping file {path}: {'; '.join(error.problems)}") from error
    known = [*TARGETS, NOTHING]
    for rule in rules:
        if rule.take not in known:
            raise ImportRefusedError(
                f'the mapping file {path}: take = "{rule.take}" is nothing the import knows'
                f"{nearest(rule.take, known)}"
            )
    return rules


def chosen(layer: Layer, rules: tuple[LayerRule, ...]) -> Choice | None:
    """Return what the mapping says of a layer, ``None`` when it says nothing."""
    matching = [rule for rule in rules if _matches(layer, rule)]
    if not matching:
        return None
    _check_fields(layer, matching)

    def sort(record: Record) -> list[str]:
        return [
            rule.take
            for rule in matching
            if rule.take != NOTHING and _where(rule.where, record.attributes)
        ]

    crs = [rule.crs for rule in matching if rule.crs]
    if crs:
        layer.crs = crs[0]
    nothing = all(rule.take == NOTHING for rule in matching)
    return Choice(
        "the mapping file",
        sort,
        fields={rule.take: rule.fields for rule in matching},
        defaults={rule.take: rule.set for rule in matching},
        otherwise=LEFT_OUT if nothing else OTHER_VALUES,
    )


def unused(layers: list[Layer], rules: tuple[LayerRule, ...]) -> list[str]:
    """Return the ``match`` of rules that no layer matches: misspelt, most likely."""
    return [r.match for r in rules if not any(_matches(layer, r) for layer in layers)]


def _matches(layer: Layer, rule: LayerRule) -> bool:
    names = (layer.title, layer.file, layer.file.rpartition("/")[2], layer.name)
    return any(name and fnmatch.fnmatch(name.lower(), rule.match.lower()) for name in names)


def _check_fields(layer: Layer, rules: list[LayerRule]) -> None:
    """Refuse a mapping that names a column the layer has not: nothing would come of it."""
    for rule in rules:
        for name in (*rule.fields.values(), *rule.where):
            if layer.records and name not in layer.fields:
                raise ImportRefusedError(
                    f'the mapping file names the column "{name}" of {layer.title}, which has no '
                    f"such column{nearest(name, list(layer.fields))}"
                )


def _where(where: Mapping[str, list[Any]], attributes: Mapping[str, Any]) -> bool:
    return all(
        any(str(attributes.get(name, "")) == str(value) for value in values)
        for name, values in where.items()
    )
