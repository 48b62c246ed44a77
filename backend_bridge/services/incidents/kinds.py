"""Kinds of incidents: the trade that answers for them and how long they may take."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec

from backend_bridge.core.settings import SettingsError, nearest
from backend_bridge.services.tables import INCIDENTS_FILE, Key, read_table


class IncidentKind(msgspec.Struct, frozen=True, kw_only=True):
    """Describe one sort of incident; its title is the text ``incident.<key>.title``.

    ``limit_s`` is how many seconds after its opening it must be closed, ``None`` for no limit.
    """

    key: Key
    trade: Annotated[str, msgspec.Meta(min_length=1)]
    limit_s: Annotated[int, msgspec.Meta(gt=0)] | None = None


class _File(msgspec.Struct, frozen=True, kw_only=True):
    incident: list[IncidentKind]


def load_kinds(directory: Path, opens: Mapping[str, str]) -> Mapping[str, IncidentKind]:
    """Return the kinds of a rules directory by key.

    ``opens`` names the kind of incident each alarm rule opens; all must exist.

    Raises:
        SettingsError: every mistake found, each naming its file.
    """
    path = directory / INCIDENTS_FILE
    problems: list[str] = []
    found = read_table(path, _File, problems)
    if found is None:
        raise SettingsError(problems)
    kinds: dict[str, IncidentKind] = {}
    for kind in found.incident:
        if kind.key in kinds:
            problems.append(f'{path}: incident "{kind.key}" is defined twice')
        kinds[kind.key] = kind
    for rule, wanted in opens.items():
        if wanted not in kinds:
            problems.append(
                f'{path}: alarm rule "{rule}" opens incident "{wanted}", which is not defined'
                f"{nearest(wanted, list(kinds))}"
            )
    if problems:
        raise SettingsError(problems)
    return kinds
