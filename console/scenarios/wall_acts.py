"""What a person at a seat with a wall does in a story: call cameras, show the incident's."""

from __future__ import annotations

import functools
import time
from collections.abc import Sequence

from PySide6.QtCore import Qt

from console.scenarios.city import Camera
from console.scenarios.hand import Hand
from console.scenarios.report import Act
from console.scenarios.story import Stage
from ui.texts import text
from ui.wall.panel import WallView

LIVE_S = 60.0
ANSWER_S = 2.0
"""The wall answers N at once: with pictures, or with the reason why there are none."""
SHOWN = ("live", "forbidden")
"""What a camera of a simulated city may end in: its picture, or another seat's lock."""


class WallActs:
    """Play the acts of a seat's wall.

    Args:
        stage: where they are played.
        cameras: of the city, those with pictures.
    """

    def __init__(self, stage: Stage, cameras: Sequence[Camera]) -> None:
        self._stage = stage
        self._numbers = [camera.number for camera in cameras if not camera.seats]

    @property
    def possible(self) -> bool:
        """Return whether the seat has a wall, and the city pictures for it."""
        return self._stage.has("wall") and bool(self._numbers)

    async def called(self, act: Act) -> None:
        """Fill the wall: cameras called by their numbers, from anywhere in the city."""
        hand = await self._stage.turn_to("wall")
        tiles = len(self._view().tiles)
        step = max(1, len(self._numbers) // tiles)
        called = self._numbers[::step][:tiles]
        start_s = time.monotonic()
        for number in called:
            await self._call(hand, number)
        await self._all_shown(hand, len(called))
        act.measures["called to live"] = time.monotonic() - start_s
        act.facts.append(text("demo.fact.cameras_live", count=len(called)))
        await self._stage.turn_back()

    async def incident(self, act: Act) -> None:
        """N brings up the incident's cameras; with none within a kilometre one is called."""
        hand = await self._stage.turn_to("wall")
        start_s = time.monotonic()
        for _ in range(2):  # once within 300 m, once more within a kilometre
            if not self._for_incident():
                await hand.key(Qt.Key.Key_N)
        if not self._for_incident():
            await self._call(hand, self._numbers[-1])
        shown = sum(bool(tile.row and tile.row.camera) for tile in self._view().tiles)
        await self._all_shown(hand, shown)
        act.measures["key to live"] = time.monotonic() - start_s
        act.facts.append(text("demo.fact.cameras_near", count=self._for_incident()))
        await self._stage.turn_back()

    async def _all_shown(self, hand: Hand, count: int) -> None:
        await hand.until(
            functools.partial(self._shown, count),
            f"{count} cameras on the wall",
            timeout_s=LIVE_S,
            instead=self._states,
            progress=lambda: sum(state in SHOWN for state in self._states()),
        )

    def _shown(self, count: int) -> bool:
        there = [tile for tile in self._view().tiles if tile.row is not None and tile.row.camera]
        return len(there) == count and all(
            tile.row is not None
            and (tile.row.state == "forbidden" or (tile.row.state == "live" and tile.has_picture))
            for tile in there
        )

    def _for_incident(self) -> int:
        return sum(bool(tile.row and tile.row.why) for tile in self._view().tiles)

    def _view(self) -> WallView:
        return self._stage.view("wall", WallView)

    def _states(self) -> list[str]:
        return ["" if tile.row is None else tile.row.state for tile in self._view().tiles]

    async def _call(self, hand: Hand, number: int) -> None:
        await hand.write(str(number))
        await hand.key(Qt.Key.Key_Return)
