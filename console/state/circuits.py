"""What people say of the plough circuits, as the journal tells it."""

from __future__ import annotations

from collections.abc import Iterable

from backend_bridge.contract.circuits import CircuitMark


class Circuits:
    """Hold the latest mark of every circuit of which anything was said."""

    def __init__(self) -> None:
        self.by_id: dict[str, CircuitMark] = {}

    def get(self, circuit_id: str) -> CircuitMark | None:
        """Return a circuit's mark, ``None`` while nobody said anything of it."""
        return self.by_id.get(circuit_id)

    def replace(self, marks: Iterable[CircuitMark]) -> None:
        """Take a whole new list."""
        self.by_id = {mark.circuit_id: mark for mark in marks}

    def put(self, mark: CircuitMark) -> None:
        """Take a circuit's latest mark; an older version than the one held changes nothing."""
        held = self.by_id.get(mark.circuit_id)
        if held is None or held.version <= mark.version:
            self.by_id[mark.circuit_id] = mark
