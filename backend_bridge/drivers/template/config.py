"""Settings of a link and addresses of its points, checked before anything connects."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

import msgspec

from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.errors import ConfigError
from backend_bridge.core.settings import SettingsError, typed


class Kind(enum.StrEnum):
    """Name the types a value may have."""

    INT = "int"
    FLOAT = "float"
    BOOL = "bool"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Hold a link's settings; the README says what each means."""

    host: Annotated[str, msgspec.Meta(min_length=1)]
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 4000
    timeout_s: Annotated[float, msgspec.Meta(ge=0.05, le=30)] = 0.5


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """Hold where one point lies in the device; the README says what each means."""

    name: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_]+$")]
    type: Kind = Kind.INT
    write: bool = False
    low: int | float | None = None
    high: int | float | None = None


T = TypeVar("T")


def parse(link: LinkConfig) -> tuple[Settings, dict[int, Address]]:
    """Check everything a link says and return its settings, and its addresses by slot.

    Raises:
        ConfigError: naming every mistake.
    """
    problems: list[str] = []
    settings = _typed(link.settings, Settings, f"link {link.id}", problems)
    addresses: dict[int, Address] = {}
    for point in link.points:
        where = f"{point.equipment_id}.{point.point_key}"
        address = _typed(point.address, Address, where, problems)
        if address is not None:
            addresses[point.slot] = address
    if problems or settings is None:
        raise ConfigError("; ".join(problems))
    return settings, addresses


def _typed(data: Mapping[str, Any], kind: type[T], where: str, problems: list[str]) -> T | None:
    try:
        return typed(data, kind)
    except SettingsError as error:
        problems += [f"{where}: {problem}" for problem in error.problems]
        return None
