"""Rights as words: ``action:kind`` or ``action:kind@sector``, where the kind may be ``*``.

Actions: ``view`` (see values and journal of a kind), ``operate`` (command it), ``manage`` (alarms
and incidents about it, hands-off zones), ``configure`` (service state, interlocks, alarm rules;
only in edit mode), ``audit`` (read who did what: sessions, who watched, who took data out).

Role files may also say ``action:trade=lighting``; the bridge turns it into kinds when it reads them
(:mod:`backend_bridge.security.roles`), so a session's rights never hold it.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping

ANYWHERE = "*"
"""Stands for "in whichever sector" when something that lies in none is asked about."""

Place = tuple[str, str]
"""An equipment kind and a sector: all that rights ask of an equipment."""


class Grants:
    """Answer what a set of rights allows, from indexes built once."""

    __slots__ = ("_parts", "_whole")

    def __init__(self, rights: Collection[str]) -> None:
        whole: dict[str, set[str]] = {}
        parts: dict[str, dict[str, set[str]]] = {}
        for right in rights:
            action, _, what = right.partition(":")
            kind, at, sector = what.partition("@")
            if not at:
                whole.setdefault(action, set()).add(kind)
            elif sector:
                parts.setdefault(action, {}).setdefault(kind, set()).add(sector)
        self._whole: Mapping[str, Collection[str]] = whole
        self._parts: Mapping[str, Mapping[str, Collection[str]]] = parts

    def holds(self, action: str, kind: str, sector: str) -> bool:
        """Return whether these rights hold ``action``; see :func:`allows`."""
        kinds = self._whole.get(action)
        if kinds and ("*" in kinds or kind in kinds or not kind):
            return True
        parts = self._parts.get(action)
        if not parts:
            return False
        if not sector:
            return not kind
        reached = (parts.get(kind, ()), parts.get("*", ())) if kind else parts.values()
        return any(sector in found or (sector == ANYWHERE and found) for found in reached)


@functools.lru_cache(maxsize=512)
def grants(rights: frozenset[str]) -> Grants:
    """Return the index of a class of rights; made once for everybody who holds the same."""
    return Grants(rights)


def allows(rights: Collection[str], action: str, kind: str, sector: str = "") -> bool:
    """Return whether ``rights`` hold ``action`` for equipment of a kind in a sector.

    Args:
        rights: a frozen set is the quickest: its index is kept.
        action: one of the five words above.
        kind: empty for what concerns no kind: allowed to whoever has the action at all. ``*`` asks
            for a right over every kind.
        sector: empty for equipment in no sector, and where nobody knows: a right limited to a
            sector does not reach it. ``ANYWHERE`` asks for the kind in some sector or other.
    """
    frozen = rights if isinstance(rights, frozenset) else frozenset(rights)
    return grants(frozen).holds(action, kind, sector)
