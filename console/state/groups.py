"""Which equipment belongs together in a count: those of one kind in one commune."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from backend_bridge.contract.points import Equipment

Group = tuple[str, str]
"""Commune and kind."""


class Groups:
    """Number the groups of a catalogue; made with its index, in the link's thread, never changed.

    Attributes:
        names: commune and kind of each group, in catalogue order.
        members: ids of each group, in catalogue order.
        of_id: group of each equipment.
        in_order: group of each equipment, in catalogue order.
        of_owner: group of each equipment with points, by its number
            (:attr:`console.state.equipment.EquipmentIndex.owners`).
    """

    def __init__(self, equipment: Iterable[Equipment], owners: Sequence[str]) -> None:
        numbers: dict[Group, int] = {}
        members: list[list[str]] = []
        self.of_id: dict[str, int] = {}
        for item in equipment:
            number = numbers.setdefault((item.commune, item.kind), len(members))
            if number == len(members):
                members.append([])
            members[number].append(item.id)
            self.of_id[item.id] = number
        self.in_order = list(self.of_id.values())
        self.names: tuple[Group, ...] = tuple(numbers)
        self.members: tuple[list[str], ...] = tuple(members)
        self.of_owner = array("i", map(self.of_id.__getitem__, owners))
