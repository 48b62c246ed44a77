"""How each equipment kind is shown on the map: one file a kind, so that adding one edits none."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class KindSymbol:
    """Say how the map shows a kind.

    Attributes:
        symbol: ``lamp``, ``cabinet``, ``square``, or ``none`` for what has no place of its own.
        order: place in the list of layers, smallest first.
        icon: ``mdi6.`` name in the list of layers.
    """

    symbol: str
    order: int
    icon: str


SYMBOLS = ("lamp", "cabinet", "square", "none")
ANY = KindSymbol("square", 1000, "mdi6.square-outline")
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
    unknown = sorted(set(values) - set(wanted))
    if unknown:
        raise KindFileError(f"{name}: unknown {unknown[0]!r}; known: {', '.join(wanted)}")
    if values["symbol"] not in SYMBOLS:
        raise KindFileError(f"{name}: symbol must be one of {', '.join(SYMBOLS)}")
    return KindSymbol(values["symbol"], values["order"], values["icon"])
