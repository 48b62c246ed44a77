"""How each equipment kind is shown on the map: one file a kind, so that adding one edits none."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class KindSymbol:
    """Say how the map shows a kind.

    Attributes:
        symbol: ``lamp`` (a point of light), ``shape``, or ``none`` for what has no own place.
        order: place in the list of layers, smallest first.
        icon: ``mdi6.`` name in the list of layers.
        drawing: what the page draws, as the file says it: see :data:`DRAWING`.
        value: key of the point written beside the symbol, empty for none.
    """

    symbol: str
    order: int
    icon: str
    drawing: Mapping[str, Any] = field(default_factory=dict)
    value: str = ""


SYMBOLS = ("lamp", "shape", "none")
DRAWING = {
    "pixels": "small scale: rows of # and . of one length, at most 7 by 7",
    "pixels_flat": "the same, while the value is below flat_below",
    "turned": "true to turn it by where it looks; it is drawn looking north",
    "flat_below": "value below which the table [flat] is drawn instead of [shape]",
    "scale": "the values at the foot and at the top of the shape's level",
    "shape": "table of paths in a box of 16 by 16, as SVG writes them: outline (its silhouette), "
    "line, ink (filled), cut (left out), level (left, top, width, height), solid",
    "flat": "a table like [shape]",
}
_PATHS = ("outline", "line", "ink", "cut")
_PATH = re.compile(r"[MLHVAQCZmlhvaqcz0-9eE .,+-]+")
_LARGEST = 7
_SQUARE = {
    "pixels": ["#####", "#...#", "#...#", "#...#", "#####"],
    "shape": {"outline": "M1 1H15V15H1Z"},
}
ANY = KindSymbol("shape", 1000, "mdi6.square-outline", _SQUARE)
"""Of a kind that has no file: shown, plainly, rather than hidden."""


class KindFileError(ValueError):
    """Say that a file of ``resources/map/kinds`` is wrong, which one and what to do."""


def read_kinds() -> dict[str, KindSymbol]:
    """Return kind key → how it is shown.

    Raises:
        KindFileError: a file has an unknown key, or a value that cannot be used.
    """
    folder = files("resources") / "map" / "kinds"
    return {
        item.name.removesuffix(".toml"): parse_kind(
            item.name, tomllib.loads(item.read_text(encoding="utf-8"))
        )
        for item in folder.iterdir()
        if item.name.endswith(".toml")
    }


def parse_kind(name: str, values: dict[str, Any]) -> KindSymbol:
    """Return what one file says.

    Raises:
        KindFileError: see :func:`read_kinds`.
    """
    wanted = {"symbol": str, "order": int, "icon": str}
    for key, kind in wanted.items():
        if type(values.get(key)) is not kind:
            raise KindFileError(f"{name}: {key} must be given, as {kind.__name__}")
    known = (*wanted, "value", *DRAWING)
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise KindFileError(f"{name}: unknown {unknown[0]!r}; known: {', '.join(known)}")
    if values["symbol"] not in SYMBOLS:
        raise KindFileError(f"{name}: symbol must be one of {', '.join(SYMBOLS)}")
    if not isinstance(values.get("value", ""), str):
        raise KindFileError(f"{name}: value must be the key of a point, as str")
    drawing = {key: values[key] for key in DRAWING if key in values}
    _check_drawing(name, values["symbol"], drawing)
    return KindSymbol(
        values["symbol"], values["order"], values["icon"], drawing, values.get("value", "")
    )


def _check_drawing(name: str, symbol: str, drawing: Mapping[str, Any]) -> None:
    if symbol != "shape":
        if drawing:
            raise KindFileError(f"{name}: {next(iter(drawing))} is for symbol = 'shape'")
        return
    for key in ("pixels", "shape"):
        if key not in drawing:
            raise KindFileError(f"{name}: {key} must be given: {DRAWING[key]}")
    checks = {
        "pixels": _is_bitmap,
        "pixels_flat": _is_bitmap,
        "turned": lambda value: isinstance(value, bool),
        "flat_below": _is_number,
        "scale": lambda value: _are_numbers(value, 2) and value[0] < value[1],
        "shape": _is_shape,
        "flat": _is_shape,
    }
    for key, value in drawing.items():
        if not checks[key](value):
            raise KindFileError(f"{name}: {key} cannot be {value!r}: {DRAWING[key]}")
    if ("flat" in drawing) != ("flat_below" in drawing):
        raise KindFileError(f"{name}: flat and flat_below go together: {DRAWING['flat_below']}")


def _is_bitmap(value: object) -> bool:
    return (
        isinstance(value, list)
        and 0 < len(value) <= _LARGEST
        and all(isinstance(row, str) and re.fullmatch(r"[#.]{1,7}", row) for row in value)
        and len({len(row) for row in value}) == 1
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _are_numbers(value: object, count: int) -> bool:
    return isinstance(value, list) and len(value) == count and all(map(_is_number, value))


def _is_shape(value: object) -> bool:
    if not isinstance(value, dict) or set(value) - {*_PATHS, "level", "solid"}:
        return False
    paths = [value[key] for key in _PATHS if key in value]
    return (
        "outline" in value
        and all(isinstance(path, str) and _PATH.fullmatch(path) for path in paths)
        and ("level" not in value or _are_numbers(value["level"], 4))
        and isinstance(value.get("solid", False), bool)
    )
