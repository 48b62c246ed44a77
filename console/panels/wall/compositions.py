"""Named compositions of a person, and the tour that shows one after the other."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.panels.wall.grid import SIDES, Slots

MOST = 40
"""Compositions one person keeps."""
LONGEST_NAME = 40
DWELLS_S = (10, 20, 30, 60, 120)
_LONGEST_ID = 200


@dataclass(frozen=True, slots=True)
class Composition:
    """A grid and what stands in it, by a name a person gave."""

    name: str
    side: int
    slots: Slots


class Compositions:
    """Keep a person's compositions in his settings; what cannot be read there is left out."""

    def __init__(self, settings: MutableMapping[str, Any]) -> None:
        self._settings = settings
        self.all: tuple[Composition, ...] = tuple(_read(settings.get("compositions")))

    def save(self, composition: Composition) -> bool:
        """Keep one, instead of the one of the same name; ``False`` when there are too many."""
        others = [known for known in self.all if known.name != composition.name]
        if len(others) >= MOST:
            return False
        position = next(
            (at for at, known in enumerate(self.all) if known.name == composition.name), len(others)
        )
        self._keep([*others[:position], composition, *others[position:]])
        return True

    def remove(self, name: str) -> None:
        """Forget one."""
        self._keep([known for known in self.all if known.name != name])

    def after(self, name: str) -> Composition | None:
        """Return the one after this, around the list; the first for an unknown name."""
        if not self.all:
            return None
        names = [known.name for known in self.all]
        at = names.index(name) + 1 if name in names else 0
        return self.all[at % len(self.all)]

    def _keep(self, compositions: Sequence[Composition]) -> None:
        self.all = tuple(compositions)
        self._settings["compositions"] = [
            {"name": known.name, "side": known.side, "cameras": list(known.slots)}
            for known in self.all
        ]


class Tour:
    """Say when the next composition is due."""

    def __init__(self, dwell_s: int = DWELLS_S[1]) -> None:
        self.dwell_s = dwell_s if dwell_s in DWELLS_S else DWELLS_S[1]
        self._next_s: float | None = None

    @property
    def running(self) -> bool:
        """Return whether the tour goes on by itself."""
        return self._next_s is not None

    def start(self, now_s: float) -> None:
        """Begin, or count the dwell anew."""
        self._next_s = now_s + self.dwell_s

    def stop(self) -> None:
        """Stay where it is."""
        self._next_s = None

    def left_s(self, now_s: float) -> float:
        """Return the seconds until the next composition, 0 when it is due or none is."""
        return 0.0 if self._next_s is None else max(0.0, self._next_s - now_s)

    def due(self, now_s: float) -> bool:
        """Return whether the next composition is to be shown now; the dwell then counts anew.

        However late it is asked, one is due, never several.
        """
        if self._next_s is None or now_s < self._next_s:
            return False
        self._next_s = now_s + self.dwell_s
        return True

    def turn_dwell(self, now_s: float) -> None:
        """Choose the next dwell of ``DWELLS_S``."""
        self.dwell_s = DWELLS_S[(DWELLS_S.index(self.dwell_s) + 1) % len(DWELLS_S)]
        if self.running:
            self.start(now_s)


def clean_name(typed: str) -> str:
    """Return a name as it is kept: one line, no space around it, not too long."""
    return " ".join(typed.split())[:LONGEST_NAME].strip()


def _read(stored: object) -> list[Composition]:
    found: dict[str, Composition] = {}
    for item in stored if isinstance(stored, list) else ():
        if not isinstance(item, dict):
            continue
        name, side, cameras = item.get("name"), item.get("side"), item.get("cameras")
        known = (
            isinstance(name, str)
            and clean_name(name) == name != ""
            and type(side) is int
            and side in SIDES
            and isinstance(cameras, list)
            and len(cameras) == side * side
            and all(isinstance(camera, str) and len(camera) <= _LONGEST_ID for camera in cameras)
        )
        if known and len(found) < MOST:
            found.setdefault(
                str(name), Composition(str(name), int(side or 1), tuple(cameras or ()))
            )
    return list(found.values())
