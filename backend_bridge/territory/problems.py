"""Problems of a territory, collected rather than thrown one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

MOST_SHOWN = 500
"""Problems written out in a message; a wrong export has one for every lamp."""


class Problem(NamedTuple):
    """One mistake: which file, which feature or line, what is wrong, what to do."""

    file: str
    where: str
    what: str
    advice: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.where}" if self.where else self.file
        return f"{place}: {self.what}. {self.advice}"


class TerritoryError(Exception):
    """Refuse a territory; ``problems`` holds every mistake found, in the order of the files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        lines = "\n".join(f"  {problem}" for problem in self.problems[:MOST_SHOWN])
        if count > MOST_SHOWN:
            lines += f"\n  … and {count - MOST_SHOWN} more."
        super().__init__(f"{count} problem{'s' if count > 1 else ''} in the territory:\n{lines}")


class Findings:
    """Collect problems while a territory is read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, file: str, where: str, what: str, advice: str) -> None:
        """Note one problem."""
        self.problems.append(Problem(file, where, what, advice))

    def raise_if_any(self) -> None:
        """Refuse when anything was found.

        Raises:
            TerritoryError: with every problem.
        """
        if self.problems:
            raise TerritoryError(self.problems)
