"""Turn plain TOML or JSON data into typed, frozen settings, with every mistake named at once."""

from __future__ import annotations

import difflib
import functools
import types
import typing
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


class SettingsError(ValueError):
    """Name every mistake found in a piece of configuration, one sentence each."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


def typed(data: Mapping[str, Any], kind: type[T]) -> T:
    """Return ``data`` as a ``kind`` (a msgspec struct), unknown keys refused by name.

    Raises:
        SettingsError: an unknown key (with the nearest known one), a missing key, a wrong type
            or a value out of range.
    """
    unknown = _unknown_keys(data, kind, "")
    if unknown:
        raise SettingsError(unknown)
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise SettingsError([_readable(str(error))]) from error


def nearest(word: str, known: Sequence[str]) -> str:
    """Return `` (did you mean "x"?)`` when a known word is near, otherwise the list of them."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f' (did you mean "{close[0]}"?)'
    return f" (known: {', '.join(sorted(known))})" if known else ""


def _unknown_keys(data: object, kind: object, path: str) -> list[str]:
    inner = _struct_in(kind)
    if inner is None:
        return []
    if isinstance(data, list | tuple):
        return [
            problem
            for index, item in enumerate(data)
            for problem in _unknown_keys(item, inner, f"{path}[{index}]")
        ]
    if not isinstance(data, Mapping):
        return []
    fields = _fields(inner)
    problems = []
    for key, value in data.items():
        where = f"{path}.{key}" if path else str(key)
        if key in fields:
            if isinstance(value, Mapping | list | tuple):
                problems += _unknown_keys(value, fields[key], where)
        else:
            problems.append(f'unknown key "{where}"{nearest(str(key), list(fields))}')
    return problems


@functools.cache
def _fields(kind: type[msgspec.Struct]) -> Mapping[str, Any]:
    """Return a struct's fields, name to type; kept: a city has 70,000 addresses to check."""
    return {field.encode_name: field.type for field in msgspec.structs.fields(kind)}


def _struct_in(kind: object) -> type[msgspec.Struct] | None:
    """Return the struct a type is, or is a list or optional of; ``None`` when there is none."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return kind
    origin = typing.get_origin(kind)
    if origin in (list, tuple, typing.Union, types.UnionType, typing.Annotated):
        for part in typing.get_args(kind):
            found = _struct_in(part)
            if found is not None:
                return found
    return None


def _readable(message: str) -> str:
    """Return msgspec's message with its JSON path in front, as ``wire.address: …``."""
    text, _, path = message.partition(" - at `$")
    where = path.rstrip("`").lstrip(".")
    return f"{where}: {text}" if where else text
