"""What every reader hands on: layers of records, still in their own coordinates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Attributes = Mapping[str, Any]


@dataclass(slots=True)
class Record:
    """One feature as it came.

    Attributes:
        number: its position in the layer from 1, as a person would count.
        geometry: a shapely geometry in the layer's coordinates, ``None`` when there is none.
        flaw: why it has no geometry, empty when it has one.
        target: what it is when the reader already knows (OpenStreetMap), otherwise empty.
    """

    number: int
    geometry: Any
    attributes: Attributes
    flaw: str = ""
    target: str = ""


@dataclass(slots=True)
class Layer:
    """Records that share a file, a layer name and coordinates.

    Attributes:
        file: path as the person named it, relative to the source directory.
        name: layer in a file of several; empty in a file of one.
        crs: anything pyproj understands; ``None`` when the file does not say.
    """

    file: str
    name: str
    crs: str | None
    fields: tuple[str, ...]
    records: Sequence[Record]
    notes: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Return file and layer as a report names them."""
        return f"{self.file}:{self.name}" if self.name else self.file
