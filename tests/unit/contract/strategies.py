"""Hypothesis strategies for any type msgspec can inspect, so that no message is forgotten."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import inspect


def values(kind: object) -> st.SearchStrategy[Any]:
    """Return valid values of a msgspec-compatible type (a struct, a union of them, …)."""
    return _of(inspect.type_info(kind))


def _of(kind: inspect.Type) -> st.SearchStrategy[Any]:
    match kind:
        case inspect.BoolType():
            return st.booleans()
        case inspect.IntType():
            return st.integers(-(2**63), 2**64 - 1)
        case inspect.FloatType():
            return st.floats(allow_nan=False)
        case inspect.StrType():
            return st.text(max_size=20)
        case inspect.NoneType():
            return st.none()
        case inspect.EnumType(cls=cls):
            return st.sampled_from(cls)
        case inspect.UnionType(types=types):
            return st.one_of(*map(_of, types))
        case inspect.ListType(item_type=item):
            return st.lists(_of(item), max_size=3)
        case inspect.VarTupleType(item_type=item):
            return st.lists(_of(item), max_size=3).map(tuple)
        case inspect.DictType(key_type=key, value_type=value):
            return st.dictionaries(_of(key), _of(value), max_size=3)
        case inspect.StructType(cls=cls, fields=fields):
            return _struct(cls, fields)
        case _:
            raise TypeError(f"no values for {kind}: teach tests/unit/contract/strategies")


def _struct(
    cls: type[msgspec.Struct], fields: tuple[inspect.Field, ...]
) -> st.SearchStrategy[msgspec.Struct]:
    parts = {field.name: _of(field.type) for field in fields}
    return st.fixed_dictionaries(parts).map(lambda found: cls(**found))
