"""What needs watching as a Qt list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from console.models.window import WindowModel


class ListedCause(Protocol):
    """What the model itself reads of a row; delegates read the rest."""

    @property
    def title(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def since(self) -> str: ...
    @property
    def tooltip(self) -> str: ...


class WatchModel(WindowModel[ListedCause]):
    """Hand the watch panel's rows to its view."""

    def title_of(self, row: ListedCause) -> str:
        return f"{row.title} {row.place}"

    def said_of(self, row: ListedCause) -> Sequence[str]:
        return (row.title, row.place, row.state, row.since)
