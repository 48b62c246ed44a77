"""What a campaign is, and lists of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from tests.faults.play import Play

Run = Callable[[Play], str]


@dataclass(frozen=True, slots=True)
class Campaign:
    """A name, what is done, and whether it belongs to the short run."""

    name: str
    run: Run
    short: bool = False


class Campaigns(list[Campaign]):
    """List campaigns as they are written."""

    def add(self, name: str, *, short: bool = False) -> Callable[[Run], Run]:
        """List the function below under a name; it returns in one line what it did."""

        def keep(run: Run) -> Run:
            self.append(Campaign(name, run, short))
            return run

        return keep


def said(fates: Counter[str]) -> str:
    """Return how often which fate, as words."""
    return ", ".join(f"{count} {fate}" for fate, count in fates.most_common()) or "none"
