"""Interlock groups, relations and plough circuits: who belongs together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Protocol, TypeVar

import msgspec

from backend_bridge.contract.points import Equipment
from backend_bridge.core.settings import SettingsError, nearest, typed
from backend_bridge.territory.problems import Findings
from backend_bridge.territory.records import TREATMENTS, Circuit, Group, Relation, Street

GROUPS_FILE = "groups.toml"
CIRCUITS_FILE = "circuits.toml"


class GroupEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One interlock group as written in ``groups.toml``."""

    id: str
    members: tuple[str, ...]
    name: str = ""
    most_open: int = 1


class RelationEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One relation as written in ``groups.toml``."""

    name: Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]*$")]
    equipment: tuple[str, ...]
    to: tuple[str, ...]


class GroupFile(msgspec.Struct, frozen=True, kw_only=True):
    """The file."""

    group: tuple[GroupEntry, ...] = ()
    relation: tuple[RelationEntry, ...] = ()


class CircuitEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One plough circuit as written in ``circuits.toml``."""

    id: str
    arcs: tuple[str, ...]
    name: str = ""
    priority: int = 2
    treatment: str = "both"


class CircuitFile(msgspec.Struct, frozen=True, kw_only=True):
    """The file."""

    circuit: tuple[CircuitEntry, ...] = ()


def read_groups(
    data: Mapping[str, Any], equipment: Mapping[str, Equipment], findings: Findings
) -> tuple[tuple[Group, ...], tuple[Relation, ...]]:
    """Return interlock groups and relations, each checked against the equipment."""
    file = _file(data, GroupFile, GROUPS_FILE, findings) or GroupFile()
    return _groups(file, equipment, findings), _relations(file, equipment, findings)


def _relations(
    file: GroupFile, equipment: Mapping[str, Equipment], findings: Findings
) -> tuple[Relation, ...]:
    found = []
    for number, entry in enumerate(file.relation, 1):
        where = f'relation {number} "{entry.name}"'
        _check_members((*entry.equipment, *entry.to), where, equipment, findings)
        if not entry.equipment or not entry.to:
            findings.add(GROUPS_FILE, where, "it relates nothing", "Name both equipment and to.")
        found.append(Relation(entry.name, entry.equipment, entry.to))
    return tuple(found)


def _check_members(
    members: Sequence[str], where: str, equipment: Mapping[str, Equipment], findings: Findings
) -> None:
    missing = [member for member in members if member not in equipment]
    if missing:
        findings.add(
            GROUPS_FILE,
            where,
            f'its member "{missing[0]}" is not in equipment.geojson',
            "Add the equipment or correct the id.",
        )


def _groups(
    file: GroupFile, equipment: Mapping[str, Equipment], findings: Findings
) -> tuple[Group, ...]:
    found = []
    for where, entry in _unique(file.group, "group", GROUPS_FILE, findings):
        _check_members(entry.members, where, equipment, findings)
        if len(set(entry.members)) != len(entry.members):
            findings.add(GROUPS_FILE, where, "a member is named twice", "Name each one once.")
        if len(entry.members) < 2 or not 1 <= entry.most_open < len(entry.members):
            findings.add(
                GROUPS_FILE,
                where,
                f"{entry.most_open} of {len(entry.members)} may be open: nothing is locked",
                "Name two members or more, and a most_open from 1 to one less than there are.",
            )
        found.append(Group(entry.id, entry.name or entry.id, entry.members, entry.most_open))
    return tuple(found)


def read_circuits(
    data: Mapping[str, Any], streets: tuple[Street, ...], findings: Findings
) -> tuple[Circuit, ...]:
    """Return the plough circuits, each checked against the streets."""
    file = _file(data, CircuitFile, CIRCUITS_FILE, findings)
    arcs = {street.id for street in streets if street.id}
    found = []
    for where, entry in _unique(file.circuit if file else (), "circuit", CIRCUITS_FILE, findings):
        missing = [arc for arc in entry.arcs if arc not in arcs]
        if missing or not entry.arcs:
            what = f'its arc "{missing[0]}" is not in streets.geojson' if missing else "has no arc"
            advice = "Name arcs by the id of their street."
            findings.add(CIRCUITS_FILE, where, what, advice)
        if not 1 <= entry.priority <= 3:
            what = f"priority {entry.priority} is none"
            findings.add(CIRCUITS_FILE, where, what, "Write 1, 2 or 3.")
        if entry.treatment not in TREATMENTS:
            hint = nearest(entry.treatment, TREATMENTS)
            what = f'unknown treatment "{entry.treatment}"{hint}'
            findings.add(CIRCUITS_FILE, where, what, "Write salt, plough or both.")
        name = entry.name or entry.id
        found.append(Circuit(entry.id, name, entry.arcs, entry.priority, entry.treatment))
    return tuple(found)


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Entry = TypeVar("Entry", bound=_Named)
File = TypeVar("File")


def _file(data: Mapping[str, Any], kind: type[File], name: str, findings: Findings) -> File | None:
    try:
        return typed(data, kind)
    except SettingsError as error:
        for problem in error.problems:
            findings.add(name, "", problem, "Correct the key or its value.")
        return None


def _unique(
    entries: tuple[Entry, ...], what: str, file: str, findings: Findings
) -> Iterator[tuple[str, Entry]]:
    ids: set[str] = set()
    for entry in entries:
        where = f'{what} "{entry.id}"'
        if entry.id in ids:
            findings.add(file, where, "this id is used twice", f"Give each {what} its own id.")
        ids.add(entry.id)
        yield where, entry
