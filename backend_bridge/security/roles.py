"""Roles as files: ``<role>.toml`` names the rights (``action:kind``) whoever has the role holds."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from backend_bridge.core.settings import SettingsError, nearest, typed

ACTIONS = ("view", "operate", "manage", "configure")
"""What a right's first word may be; see :mod:`backend_bridge.contract.rights`."""

_KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")
_KIND = re.compile(r"\*|[a-z][a-z0-9_]{0,63}")


class RoleError(Exception):
    """Name every mistake found in the role files and what to do."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class _File(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    rights: tuple[str, ...]


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """Hold one role: its key (the file's name), a title for people, its rights."""

    key: str
    title: str
    rights: frozenset[str]


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


def load_roles(city: Path | None = None, kinds: Iterable[str] = ()) -> Roles:
    """Read the product's roles, then the city's own from ``city`` when given.

    Args:
        city: directory with more ``*.toml``; one with a known name replaces that role.
        kinds: equipment kinds of the territory; when given, a right naming another is a mistake
            in the city's files. The product's roles name kinds a small city may not have.

    Raises:
        RoleError: a file that cannot be read, an unknown key or a wrong right, all at once.
    """
    problems: list[str] = []
    roles = _read_all(files("resources").joinpath("roles"), (), problems)
    if city is not None:
        if city.is_dir():
            roles += _read_all(city, tuple(kinds), problems)
        else:
            problems.append(
                f"{city}: no such directory; make it or take 'roles' out of the configuration"
            )
    if problems:
        raise RoleError(problems)
    return Roles(roles)


def _read_all(
    directory: Traversable | Path, kinds: tuple[str, ...], problems: list[str]
) -> list[Role]:
    found = sorted(
        (item for item in directory.iterdir() if item.name.endswith(".toml")),
        key=lambda item: item.name,
    )
    roles = []
    for item in found:
        try:
            roles.append(_role(item.name.removesuffix(".toml"), item.read_bytes(), kinds))
        except (SettingsError, tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            texts = error.problems if isinstance(error, SettingsError) else (str(error),)
            problems += [f"{directory}/{item.name}: {text}" for text in texts]
    return roles


def _role(key: str, content: bytes, kinds: tuple[str, ...]) -> Role:
    if not _KEY.fullmatch(key):
        raise SettingsError(["a role's file name is a small letter, then small letters, digits, _"])
    data = typed(tomllib.loads(content.decode("utf-8")), _File)
    wrong = [text for right in data.rights for text in _wrong(right, kinds)]
    if wrong:
        raise SettingsError(wrong)
    return Role(key=key, title=data.title, rights=frozenset(data.rights))


def _wrong(right: str, kinds: tuple[str, ...]) -> list[str]:
    action, colon, kind = right.partition(":")
    if not colon:
        return [f'right "{right}" is not "action:kind", for example "view:*"']
    if action not in ACTIONS:
        return [f'right "{right}": no action "{action}"{nearest(action, ACTIONS)}']
    if not _KIND.fullmatch(kind):
        return [f'right "{right}": "{kind}" cannot name an equipment kind; "*" means all']
    if kinds and kind != "*" and kind not in kinds:
        return [f'right "{right}": no equipment kind "{kind}"{nearest(kind, kinds)}']
    return []
