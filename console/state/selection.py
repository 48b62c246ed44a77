"""What the person has selected, shared by all panels of a seat."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from console.state.listeners import Listeners, Unsubscribe


class Selection:
    """Hold the selected equipment, in order, one incident, one plough circuit, one composition.

    Free of Qt; lives on the interface's thread. Telling it what it already holds tells nobody, but
    for a composition.
    """

    def __init__(self) -> None:
        self._equipment_ids: tuple[str, ...] = ()
        self._incident_id: str | None = None
        self._circuit_id: str | None = None
        self._composition_id: str | None = None
        self._composition_turn = 0
        self._listeners: Listeners[Selection] = Listeners()
        self._seekers: Listeners[str] = Listeners()
        self._watchers: Listeners[tuple[str, ...]] = Listeners()

    @property
    def equipment_ids(self) -> tuple[str, ...]:
        """Return the selected equipment, first selected first."""
        return self._equipment_ids

    @property
    def equipment_id(self) -> str | None:
        """Return the equipment selected first, ``None`` for none."""
        return self._equipment_ids[0] if self._equipment_ids else None

    @property
    def incident_id(self) -> str | None:
        """Return the selected incident, ``None`` for none."""
        return self._incident_id

    @property
    def circuit_id(self) -> str | None:
        """Return the selected plough circuit, ``None`` for none."""
        return self._circuit_id

    @property
    def composition_id(self) -> str | None:
        """Return the composition the walls show, ``None`` for none."""
        return self._composition_id

    @property
    def composition_turn(self) -> int:
        """Return how often a composition was shown; the same one shown again counts."""
        return self._composition_turn

    def select_composition(self, composition_id: str | None) -> None:
        """Have every wall of the seat show a composition; everything else stays.

        The one they show already is shown anew: a hand may have changed what stands on one of them.
        """
        self._composition_id = composition_id
        self._composition_turn += 1
        self._listeners.tell(self)

    def select_circuit(self, circuit_id: str | None) -> None:
        """Replace the selected plough circuit; equipment and incident stay."""
        if circuit_id != self._circuit_id:
            self._circuit_id = circuit_id
            self._listeners.tell(self)

    def select_equipment(self, equipment_ids: Iterable[str]) -> None:
        """Replace the selected equipment; the incident stays."""
        self.select(equipment_ids=equipment_ids, incident_id=self._incident_id)

    def select_incident(self, incident_id: str | None, equipment_ids: Iterable[str] = ()) -> None:
        """Replace the selected incident, and the equipment when any is named."""
        chosen = tuple(equipment_ids)
        self.select(equipment_ids=chosen or self._equipment_ids, incident_id=incident_id)

    def select(self, *, equipment_ids: Iterable[str], incident_id: str | None) -> None:
        """Replace both at once, telling everybody once."""
        chosen = tuple(dict.fromkeys(equipment_ids))
        if chosen == self._equipment_ids and incident_id == self._incident_id:
            return
        self._equipment_ids = chosen
        self._incident_id = incident_id
        self._listeners.tell(self)

    def subscribe(self, listener: Callable[[Selection], None]) -> Unsubscribe:
        """Call ``listener`` after each change; the returned function ends it."""
        return self._listeners.add(listener)

    def seek(self, equipment_id: str) -> None:
        """Ask whoever shows places to bring an equipment into sight; chooses nothing."""
        self._seekers.tell(equipment_id)

    def subscribe_sought(self, listener: Callable[[str], None]) -> Unsubscribe:
        """Call ``listener`` with each equipment that is sought; the returned function ends it."""
        return self._seekers.add(listener)

    def watch(self, cameras: Iterable[str]) -> None:
        """Ask whoever shows pictures to show these cameras; chooses nothing."""
        self._watchers.tell(tuple(cameras))

    def subscribe_watched(self, listener: Callable[[tuple[str, ...]], None]) -> Unsubscribe:
        """Call ``listener`` with each cameras that are wanted; the returned function ends it."""
        return self._watchers.add(listener)
