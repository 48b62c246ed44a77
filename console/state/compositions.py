"""The wall's compositions, as the journal tells them."""

from __future__ import annotations

from collections.abc import Iterable

from backend_bridge.contract.compositions import Composition, same_name


class Compositions:
    """Hold the latest state of every composition, deleted ones that can come back included."""

    def __init__(self) -> None:
        self.by_id: dict[str, Composition] = {}

    def get(self, composition_id: str | None) -> Composition | None:
        """Return one that is not deleted."""
        found = self.by_id.get(composition_id or "")
        return None if found is None or found.deleted else found

    @property
    def offered(self) -> tuple[Composition, ...]:
        """Return those that are not deleted, by name."""
        kept = (item for item in self.by_id.values() if not item.deleted)
        return tuple(sorted(kept, key=lambda item: (item.name.casefold(), item.id)))

    @property
    def latest_deleted(self) -> Composition | None:
        """Return the one deleted last, ``None`` when none can come back."""
        gone = (item for item in self.by_id.values() if item.deleted)
        return max(gone, key=lambda item: item.at_ms, default=None)

    def named(self, name: str) -> Composition | None:
        """Return the one people mean by a name."""
        return next((item for item in self.offered if same_name(item.name, name)), None)

    def replace(self, compositions: Iterable[Composition]) -> None:
        """Take a whole new list."""
        self.by_id = {item.id: item for item in compositions}

    def put(self, composition: Composition) -> None:
        """Take one's latest state; an older version than the one held changes nothing."""
        held = self.by_id.get(composition.id)
        if held is None or held.version <= composition.version:
            self.by_id[composition.id] = composition
