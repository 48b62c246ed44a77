"""The queue as a Qt list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from console.models.window import WindowModel


class ListedIncident(Protocol):
    """What the model itself reads of a row; delegates read the rest."""

    @property
    def title(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def elapsed(self) -> str: ...
    @property
    def limit(self) -> str: ...
    @property
    def tooltip(self) -> str: ...


class QueueModel(WindowModel[ListedIncident]):
    """Hand the queue's rows to its view."""

    def title_of(self, row: ListedIncident) -> str:
        return f"{row.title} {row.place}"

    def said_of(self, row: ListedIncident) -> Sequence[str]:
        return (row.title, row.place, row.state, row.owner, row.elapsed, row.limit)
