"""The equipment tree as a Qt list: its rows that show, each with its depth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from console.models.window import WindowModel


class ListedValue(Protocol):
    """What the model itself reads of a row's value."""

    @property
    def text(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def quality_word(self) -> str: ...


class ListedEquipment(Protocol):
    """What the model itself reads of an equipment's row; delegates read the rest."""

    @property
    def value(self) -> ListedValue | None: ...
    @property
    def title(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def service_word(self) -> str: ...
    @property
    def tooltip(self) -> str: ...


class ListedBranch(Protocol):
    """What the model itself reads of a branch's row."""

    @property
    def title(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def not_good(self) -> str: ...
    @property
    def tooltip(self) -> str: ...


class EquipmentModel(WindowModel[ListedEquipment | ListedBranch]):
    """Hand the tree's rows to its view: equipment, and branches with how much they hold."""

    def title_of(self, row: ListedEquipment | ListedBranch) -> str:
        return row.title

    def said_of(self, row: ListedEquipment | ListedBranch) -> Sequence[str]:
        note = getattr(row, "note", None)
        if note is not None:
            return (row.title, note, getattr(row, "not_good", ""))
        return _said_of_equipment(row)  # type: ignore[arg-type] # a row without a note is no branch


def _said_of_equipment(row: ListedEquipment) -> Sequence[str]:
    value = row.value
    said = "" if value is None else f"{value.text} {value.unit} {value.quality_word}"
    return (row.title, row.place, said.strip(), row.service_word)
