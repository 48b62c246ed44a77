"""Who wins when two want one point: a ladder written in a file. Pure but for reading it."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import NamedTuple

import msgspec

from backend_bridge.core.settings import SettingsError, nearest
from backend_bridge.services.tables import Key, read_table

SAFETY, MANUAL, PROGRAMME = "safety", "manual", "programme"
"""The rungs the program itself knows; a ladder must have them, the others are the city's plans."""


class Claim(NamedTuple):
    """What somebody or some plan wants of a point: from which rung, since when (UTC ms)."""

    rung: str
    since_ms: int


class Ladder:
    """Decide between claims on one point; the same two always give the same winner.

    Args:
        rungs: the strongest first.

    Raises:
        SettingsError: a rung is named twice, or one the program needs is missing.
    """

    def __init__(self, rungs: tuple[str, ...], where: str = "ladder") -> None:
        problems = [f'{where}: rung "{rung}" is named twice' for rung in _twice(rungs)]
        problems += [
            f'{where}: rung "{rung}" is missing; the program itself stands on it'
            for rung in (SAFETY, MANUAL, PROGRAMME)
            if rung not in rungs
        ]
        if problems:
            raise SettingsError(problems)
        self._ranks = {rung: rank for rank, rung in enumerate(rungs)}

    def wins(self, new: Claim, standing: Claim) -> bool:
        """Return whether a new claim takes the point from the one that stands.

        The higher rung wins; on one rung the later claim, and the new one when both are as old.

        Raises:
            SettingsError: a claim from a rung the ladder does not have.
        """
        mine, theirs = self.rank(new.rung), self.rank(standing.rung)
        return mine < theirs or (mine == theirs and new.since_ms >= standing.since_ms)

    @property
    def plan_rungs(self) -> tuple[str, ...]:
        """Return the rungs that plans may stand on, the strongest first: all but our own three."""
        return tuple(rung for rung in self._ranks if rung not in (SAFETY, MANUAL, PROGRAMME))

    def rank(self, rung: str) -> int:
        """Return how far from the top a rung is, 0 for the strongest.

        Raises:
            SettingsError: the ladder does not have it.
        """
        try:
            return self._ranks[rung]
        except KeyError:
            hint = nearest(rung, list(self._ranks))
            raise SettingsError([f'the ladder has no rung "{rung}"{hint}']) from None


class _LadderFile(msgspec.Struct, frozen=True, kw_only=True):
    rungs: tuple[Key, ...]


def load_ladder(path: Path | None = None) -> Ladder:
    """Read a ladder, by default the one that comes with Beffroi.

    Raises:
        SettingsError: it cannot be read, or is no ladder.
    """
    path = path or Path(str(resources.files("resources"))) / "ladder.toml"
    problems: list[str] = []
    found = read_table(path, _LadderFile, problems)
    if found is None:
        raise SettingsError(problems)
    return Ladder(found.rungs, str(path))


def _twice(rungs: tuple[str, ...]) -> list[str]:
    return sorted({rung for rung in rungs if rungs.count(rung) > 1})
