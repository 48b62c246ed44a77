"""Roles as files: ``<role>.toml`` names the rights whoever has the role holds.

A right is ``action:what`` or ``action:what@sector``; ``what`` is an equipment kind, ``trade=NAME``
for every kind of a trade, or ``*``. What a session holds names kinds only: trades are turned into
kinds here, and so is ``operate:*``, which does not reach what only the police may command.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

import msgspec

from backend_bridge.contract.points import EquipmentKind
from backend_bridge.core.settings import SettingsError, nearest, typed

ACTIONS = ("view", "operate", "manage", "configure", "audit")
"""What a right's first word may be; see :mod:`backend_bridge.contract.rights`."""

_KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")
_KIND = re.compile(r"\*|[a-z][a-z0-9_]{0,63}")
_TRADE = "trade="
OTHER_KINDS = ("circuit",)
"""What rights may name that is no kind of equipment."""


class RoleError(Exception):
    """Name every mistake found in the role files and what to do."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class _File(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    rights: tuple[str, ...]
    police: bool = False


class _Right(NamedTuple):
    action: str
    what: str
    sector: str

    @property
    def trade(self) -> str:
        """Return the trade it names, empty when it names a kind."""
        return self.what.removeprefix(_TRADE) if self.what.startswith(_TRADE) else ""


class _Words(NamedTuple):
    """What rights may name in this territory; empty where nobody said."""

    kinds: Mapping[str, EquipmentKind]
    sectors: tuple[str, ...]

    def trades(self) -> list[str]:
        return sorted({kind.trade for kind in self.kinds.values()})


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """Hold one role: its key (the file's name), a title for people, its rights.

    Attributes:
        rights: with trades turned into kinds.
        police: it may hold powers of the police.
    """

    key: str
    title: str
    rights: frozenset[str]
    police: bool = False


class Roles:
    """Know every role of the product and of the city; the city's file of a name wins."""

    def __init__(self, roles: Iterable[Role]) -> None:
        self._roles = {role.key: role for role in roles}

    def __iter__(self) -> Iterator[Role]:
        return iter(sorted(self._roles.values(), key=lambda role: role.key))

    def keys(self) -> list[str]:
        """Return the known roles, sorted."""
        return sorted(self._roles)

    def unknown(self, keys: Iterable[str]) -> list[str]:
        """Return those of ``keys`` that no file defines."""
        return [key for key in keys if key not in self._roles]

    def rights(self, keys: Iterable[str]) -> frozenset[str]:
        """Return all rights of several roles together; an unknown role gives none."""
        found = [self._roles[key].rights for key in keys if key in self._roles]
        return frozenset().union(*found)


def load_roles(
    city: Path | None = None,
    kinds: Iterable[EquipmentKind] = (),
    sectors: Iterable[str] = (),
) -> Roles:
    """Read the product's roles, then the city's own from ``city`` when given.

    Args:
        city: directory with more ``*.toml``; one with a known name replaces that role.
        kinds: of the territory. A right of the city's files naming another kind or trade is a
            mistake; the product's roles name kinds a small city may not have. Without any, no
            right over a trade and no ``operate:*`` holds: nobody knows what they would reach.
        sectors: of the territory; a right of the city's files naming another one is a mistake.

    Raises:
        RoleError: a file that cannot be read, an unknown key or a wrong right, all at once.
    """
    problems: list[str] = []
    words = _Words({kind.key: kind for kind in kinds}, tuple(sectors))
    roles = _read_all(files("resources").joinpath("roles"), words, problems, ours=True)
    if city is not None:
        if city.is_dir():
            roles += _read_all(city, words, problems, ours=False)
        else:
            problems.append(
                f"{city}: no such directory; make it or take 'roles' out of the configuration"
            )
    if problems:
        raise RoleError(problems)
    return Roles(roles)


def _read_all(
    directory: Traversable | Path, words: _Words, problems: list[str], *, ours: bool
) -> list[Role]:
    found = sorted(
        (item for item in directory.iterdir() if item.name.endswith(".toml")),
        key=lambda item: item.name,
    )
    roles = []
    for item in found:
        try:
            key = item.name.removesuffix(".toml")
            roles.append(_role(key, item.read_bytes(), words, ours=ours))
        except (SettingsError, tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            texts = error.problems if isinstance(error, SettingsError) else (str(error),)
            problems += [f"{directory}/{item.name}: {text}" for text in texts]
    return roles


def _role(key: str, content: bytes, words: _Words, *, ours: bool) -> Role:
    if not _KEY.fullmatch(key):
        raise SettingsError(["a role's file name is a small letter, then small letters, digits, _"])
    data = typed(tomllib.loads(content.decode("utf-8")), _File)
    wrong = [text for right in data.rights for text in _wrong(right, words, ours, data.police)]
    if wrong:
        raise SettingsError(wrong)
    reached = (
        found
        for right in data.rights
        for found in _resolved(_parsed(right), words, police=data.police)
    )
    return Role(key=key, title=data.title, rights=frozenset(reached), police=data.police)


def _parsed(right: str) -> _Right:
    action, _, rest = right.partition(":")
    what, _, sector = rest.partition("@")
    return _Right(action, what, sector)


def _resolved(right: _Right, words: _Words, *, police: bool) -> Iterator[str]:
    """Yield the rights a session holds because a role's file says this one."""
    trade = right.trade
    held_back = right.action == "operate" and not police
    if not trade and not (held_back and right.what == "*"):
        yield _written(right.action, right.what, right.sector)
        return
    for kind in words.kinds.values():
        if trade in ("", kind.trade) and not (held_back and kind.police_power):
            yield _written(right.action, kind.key, right.sector)


def _written(action: str, kind: str, sector: str) -> str:
    return f"{action}:{kind}@{sector}" if sector else f"{action}:{kind}"


def _wrong(text: str, words: _Words, ours: bool, police: bool) -> list[str]:
    right = _parsed(text)
    action, what, sector = right
    if ":" not in text:
        return [f'right "{text}" is not "action:kind", for example "view:*"']
    if action not in ACTIONS:
        return [f'right "{text}": no action "{action}"{nearest(action, ACTIONS)}']
    if not _KIND.fullmatch(right.trade or what) or right.trade == "*":
        advice = '"*" means all, "trade=lighting" those of a trade'
        return [f'right "{text}": "{what}" cannot name an equipment kind; {advice}']
    if "@" in text and not sector:
        return [f'right "{text}" names no sector after "@"; without "@" it holds everywhere']
    kind = words.kinds.get(what)
    if action == "operate" and not police and kind is not None and kind.police_power:
        why = f"commanding a {what} is a power of the police"
        return [f'right "{text}": {why}; only a role whose file says police = true may hold it']
    return [] if ours else _unknown(text, right, words)


def _unknown(text: str, right: _Right, words: _Words) -> list[str]:
    """Return what a right of the city names and the territory does not know."""
    problems = []
    if words.kinds and right.trade and right.trade not in words.trades():
        hint = nearest(right.trade, words.trades())
        problems.append(f'right "{text}": no trade "{right.trade}"{hint}')
    known = (*words.kinds, *OTHER_KINDS)
    if words.kinds and not right.trade and right.what != "*" and right.what not in known:
        hint = nearest(right.what, known)
        problems.append(f'right "{text}": no equipment kind "{right.what}"{hint}')
    if words.sectors and right.sector and right.sector not in words.sectors:
        hint = nearest(right.sector, words.sectors)
        problems.append(f'right "{text}": no sector "{right.sector}"{hint}')
    return problems
