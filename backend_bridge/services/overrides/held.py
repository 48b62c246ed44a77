"""Every override that is not over, found by its id and by its point."""

from __future__ import annotations

from collections.abc import Sequence

from backend_bridge.contract.overrides import Override, OverrideState
from backend_bridge.services.overrides import rules
from backend_bridge.services.overrides.needs import Place


class Held:
    """Index overrides; the ledger alone changes it."""

    def __init__(self) -> None:
        self._by_id: dict[str, Override] = {}
        self._at: dict[Place, dict[str, None]] = {}

    def __contains__(self, override_id: str) -> bool:
        return override_id in self._by_id

    def __getitem__(self, override_id: str) -> Override:
        return self._by_id[override_id]

    def get(self, override_id: str) -> Override | None:
        """Return an override that is not over."""
        return self._by_id.get(override_id)

    @property
    def all(self) -> tuple[Override, ...]:
        """Return them, the first kept first."""
        return tuple(self._by_id.values())

    @property
    def places(self) -> tuple[Place, ...]:
        """Return every point that one of them is about."""
        return tuple(self._at)

    def at(self, place: Place) -> Sequence[Override]:
        """Return those of a point, the first kept first."""
        return [self._by_id[override_id] for override_id in self._at.get(place, ())]

    def holder(self, place: Place) -> Override | None:
        """Return the one that holds a point, ``None`` when its programme decides."""
        return rules.newest(self.at(place))

    def commanded(self, place: Place) -> bool:
        """Return whether a command that would hold a point is on its way to it."""
        return any(one.state is OverrideState.PENDING for one in self.at(place))

    def keep(self, override: Override) -> None:
        """Take the latest state of an override; one that is over is forgotten."""
        place = override.equipment_id, override.point_key
        if override.state not in rules.OVER:
            self._by_id[override.id] = override
            self._at.setdefault(place, {})[override.id] = None
            return
        self._by_id.pop(override.id, None)
        here = self._at.get(place, {})
        here.pop(override.id, None)
        if not here:
            self._at.pop(place, None)
