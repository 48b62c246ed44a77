"""Kinds and register profiles that come with the program, read from ``resources``."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any, TypeVar

import msgspec

from backend_bridge.contract.points import EquipmentKind, PointDef
from backend_bridge.core.settings import SettingsError, typed
from backend_bridge.territory.commanding import problems_of

T = TypeVar("T")


class _KindEntry(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    point: tuple[PointDef, ...]
    parents: tuple[str, ...] = ()
    main_point: str = ""
    police_power: bool = False


class _KindFile(msgspec.Struct, frozen=True, kw_only=True):
    trade: str
    kind: tuple[_KindEntry, ...]


class KindRule(msgspec.Struct, frozen=True, kw_only=True):
    """A kind and the kinds it may hang on."""

    kind: EquipmentKind
    parents: frozenset[str]


class ProfilePoint(msgspec.Struct, frozen=True, kw_only=True):
    """Place one point of a kind: ``address`` plus the equipment's rank times ``step``."""

    kind: str
    point: str
    address: dict[str, Any]
    step: dict[str, int] = {}


class ProfileMeter(msgspec.Struct, frozen=True, kw_only=True):
    """Show a counter of the link as a point of the root; see :class:`LinkMeter`."""

    point: str
    counter: str
    scale: float = 1.0
    decimals: int = 0


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """Lay out everything below one root equipment in one device.

    Attributes:
        driver: the driver whose addresses these are.
        root: kind of the equipment a link with this profile belongs to.
        settings: link settings unless the link says otherwise.
        limit: how many of a kind the layout has room for; ranks go from 0 to one less.
        model: name under which the driver's simulator knows the device; empty for its usual one.
    """

    driver: str
    root: str
    point: tuple[ProfilePoint, ...]
    settings: dict[str, Any] = {}
    limit: dict[str, int] = {}
    meter: tuple[ProfileMeter, ...] = ()
    model: str = ""


@functools.cache
def kinds() -> Mapping[str, KindRule]:
    """Return every kind known to the program, by key, in the order of the files.

    Raises:
        SettingsError: one of the program's own files is damaged.
    """
    found: dict[str, KindRule] = {}
    for name, data in _toml_in("kinds"):
        entries = _typed(data, _KindFile, f"resources/kinds/{name}")
        for entry in entries.kind:
            if entry.key in found:
                raise SettingsError([f'resources/kinds/{name}: kind "{entry.key}" defined twice'])
            kind = EquipmentKind(
                key=entry.key,
                trade=entries.trade,
                points=entry.point,
                main_point=entry.main_point,
                police_power=entry.police_power,
            )
            if problems := problems_of(kind):
                raise SettingsError([f"resources/kinds/{name}: {item}" for item in problems])
            found[entry.key] = KindRule(kind=kind, parents=frozenset(entry.parents))
    return found


@functools.cache
def profiles() -> Mapping[str, Profile]:
    """Return every register profile known to the program, by the name of its file.

    Raises:
        SettingsError: one of the program's own files is damaged.
    """
    return {
        name.removesuffix(".toml"): _typed(data, Profile, f"resources/profiles/{name}")
        for name, data in _toml_in("profiles")
    }


def _toml_in(folder: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for entry in sorted(files("resources").joinpath(folder).iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            yield entry.name, tomllib.loads(entry.read_text("utf-8"))


def _typed(data: Mapping[str, Any], kind: type[T], path: str) -> T:
    try:
        return typed(data, kind)
    except SettingsError as error:
        raise SettingsError([f"{path}: {problem}" for problem in error.problems]) from error
