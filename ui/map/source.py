"""What the map's view asks of its presenter, whatever that is."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from backend_bridge.contract.alarms import AlarmState, Severity


class LayerFacts(Protocol):
    """One layer of the catalogue."""

    @property
    def key(self) -> str: ...
    @property
    def symbol(self) -> str: ...


class LayerRowFacts(Protocol):
    """One row of the list of layers."""

    @property
    def key(self) -> str: ...
    @property
    def icon(self) -> str: ...
    @property
    def symbol(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def visible(self) -> bool: ...
    @property
    def alarm(self) -> tuple[Severity, AlarmState] | None: ...
    @property
    def age(self) -> float | None: ...
    @property
    def drawing(self) -> Mapping[str, Any]: ...
    @property
    def troubled(self) -> tuple[str, int] | None: ...


class MapSource(Protocol):
    """A map's content and what a person may do with it; called on the interface's thread."""

    painted: int

    @property
    def generation(self) -> int:
        """Return a number that changes with the catalogue."""

    @property
    def states(self) -> Sequence[str]:
        """Return the words of a point's state, by the index frames carry."""

    @property
    def title(self) -> str:
        """Return the territory's title."""

    @property
    def base_map(self) -> Path | None:
        """Return the directory of the ground."""

    @property
    def tiles(self) -> Mapping[str, Any] | None:
        """Return the settings of the source of tiles, ``None`` for none."""

    @property
    def layers(self) -> Sequence[LayerFacts]:
        """Return the layers positions point to."""

    @property
    def hidden(self) -> Sequence[str]:
        """Return the keys of layers not drawn."""

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` whenever there may be something new to paint."""

    def places(self) -> tuple[array[float], array[float], bytes]:
        """Return longitudes, latitudes and layer indexes."""

    def labels(self) -> list[str]:
        """Return the short name of every position."""

    def symbols(self) -> Mapping[str, Any]:
        """Return how each layer is drawn, where cameras look and their numbers."""

    def circuits(self) -> Mapping[str, Any]:
        """Return where the plough circuits run, with the revision frames name."""

    def frame(self, after: int, generation: int) -> bytes | None:
        """Return the next frame, ``None`` when there is nothing to paint."""

    def note_painted(self, sequence: int) -> None:
        """Take the page's word that a frame is on the screen."""

    def unpainted_s(self) -> float:
        """Return seconds since the oldest change not on the screen."""

    def select(self, positions: Iterable[int], *, add: bool = False) -> None:
        """Select equipment by position."""

    def equipment_at(self, positions: Iterable[int]) -> Sequence[str]:
        """Return the equipment at these positions; with one that is selected, all selected."""

    def select_marks(self, handles: Iterable[int]) -> None:
        """Select what marks stand for, by the handles frames carry."""

    def select_incident(self, incident_id: str) -> None:
        """Select an incident."""

    def place_of(self, equipment_id: str) -> tuple[float, float] | None:
        """Return (lon, lat) of an equipment."""

    def set_visible(self, layer: str, *, visible: bool) -> None:
        """Draw a layer or not."""

    @property
    def legend_open(self) -> bool:
        """Return whether the legend is unfolded."""

    def set_legend_open(self, *, opened: bool) -> None:
        """Fold or unfold the legend."""

    def legend(self) -> dict[str, int]:
        """Return how many lamps show each state."""

    def rows(self) -> Sequence[LayerRowFacts]:
        """Return the rows of the list of layers."""
