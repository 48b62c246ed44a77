"""A camera called by its number from anywhere: chosen, shown on the map, and on the wall."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from backend_bridge.contract.points import Equipment
from console.panels.spec import Notify
from console.state.selection import Selection
from console.state.world import World
from ui.texts import text

NEAREST = 3
"""Numbers named where nobody has the one typed."""


@runtime_checkable
class Calls(Protocol):
    """A presenter that shows pictures of the camera of a number."""

    def call_number(self, number: int) -> bool:
        """Show it; whether there is such a camera."""


def nearest_numbers(wanted: int, numbers: Iterable[int]) -> list[int]:
    """Return the numbers there are that come nearest to one there is not, smallest first."""
    near = sorted(set(numbers), key=lambda number: (abs(number - wanted), number))[:NEAREST]
    return sorted(near)


class CameraCalls:
    """Call cameras for one seat.

    Args:
        world: knows the cameras.
        selection: what is called is chosen, and sought on every map.
        notify: says what there is not.
    """

    def __init__(self, world: World, selection: Selection, notify: Notify) -> None:
        self._world = world
        self._selection = selection
        self._notify = notify

    def call(self, number: int, presenters: Iterable[object]) -> bool:
        """Call the camera of a number.

        Args:
            number: as written on the camera's tile.
            presenters: of the seat's panels; the first that shows pictures shows it.

        Returns:
            Whether there is one; the nearest numbers are said where there is not.
        """
        numbered = {item.number: item for item in self._cameras()}
        camera = numbered.get(number)
        if camera is None:
            near = ", ".join(str(one) for one in nearest_numbers(number, numbered))
            key = "ui.call.unknown" if near else "ui.call.none"
            self._notify(text(key, number=number, near=near))
            return False
        self._selection.select_equipment((camera.id,))
        self._selection.seek(camera.id)
        shown = any(one.call_number(number) for one in presenters if isinstance(one, Calls))
        key = "ui.call.shown" if shown else "ui.call.chosen"
        self._notify(text(key, number=number, name=camera.name or camera.id))
        return True

    def show(self, cameras: Iterable[str], presenters: Iterable[object]) -> None:
        """Show cameras on the wall, each in a tile of its own; what is chosen stays.

        Args:
            cameras: ids; those without a number are left out.
            presenters: as for :meth:`call`.
        """
        walls = [one for one in presenters if isinstance(one, Calls)]
        for key in cameras:
            camera = self._world.equipment.get(key)
            if camera is None or not camera.number:
                continue
            shown = any(one.call_number(camera.number) for one in walls)
            said = "ui.call.on_wall" if shown else "ui.call.no_wall"
            self._notify(text(said, number=camera.number, name=camera.name or camera.id))

    def _cameras(self) -> list[Equipment]:
        return [item for item in self._world.equipment.by_id.values() if item.number]
