"""What the coordinator of the snow plan does in a story: read the road, say what is treated."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt

from backend_bridge.contract.circuits import CircuitState
from console.scenarios.hand import Hand, NotSeenError
from console.scenarios.report import Act
from console.scenarios.story import Stage
from ui.texts import text
from ui.winter.stations import StationsView

CURVE_S = 30.0
SAID = (
    (CircuitState.TREATED, Qt.Key.Key_T),
    (CircuitState.TREATED, Qt.Key.Key_T),
    (CircuitState.IN_PROGRESS, Qt.Key.Key_C),
    (CircuitState.TO_DO, Qt.Key.Key_F),
    (CircuitState.BLOCKED, Qt.Key.Key_B),
)
"""What is said of the first circuits, from the top; a village may have fewer."""


class WinterActs:
    """Play the acts of a seat with road weather and circuits."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    @property
    def stations_possible(self) -> bool:
        """Return whether the seat shows road weather, and the city has any."""
        kinds = {item.kind for item in self._stage.world.equipment.by_id.values()}
        return self._stage.has("stations") and "weather_station" in kinds

    @property
    def circuits_possible(self) -> bool:
        """Return whether the seat shows circuits, and the city has any."""
        return self._stage.has("circuits") and self._known > 0

    @property
    def _known(self) -> int:
        catalogue = self._stage.world.catalogue
        return 0 if catalogue is None else catalogue.circuits

    async def station(self, act: Act) -> None:
        """The coldest pavement is chosen by keyboard: its curve shows, every panel knows it."""
        hand = await self._stage.turn_to("stations")
        view = self._stage.view("stations", StationsView)
        start_s = time.monotonic()
        await hand.key(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        coldest = view.grid.currentIndex().data(Qt.ItemDataRole.UserRole).id
        await hand.key(Qt.Key.Key_Return)
        await hand.until(
            lambda: self._stage.console.selection.equipment_id == coldest,
            f"{coldest} chosen",
            instead=lambda: self._stage.console.selection.equipment_id,
        )
        await hand.until(
            lambda: view.trend.state == "ready",
            f"the curve of {coldest}",
            timeout_s=CURVE_S,
            instead=lambda: view.trend.state,
        )
        act.measures["key to curve"] = time.monotonic() - start_s
        act.facts.append(text("demo.fact.station", station=coldest))
        await self._stage.turn_back()

    async def circuits(self, act: Act) -> None:
        """The first circuits, a letter each: treated, in progress, to do, blocked and why."""
        hand = await self._stage.turn_to("circuits")
        start_s = time.monotonic()
        await hand.key(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        for state, key in SAID[: self._known]:
            circuit = self._stage.console.selection.circuit_id
            if circuit is None:
                raise NotSeenError("no circuit chosen by the arrow keys")
            await self._say(hand, circuit, state, key)
            await hand.key(Qt.Key.Key_Down)
        act.measures["all said"] = time.monotonic() - start_s
        act.facts.append(text("demo.fact.circuits", count=min(self._known, len(SAID))))
        await self._stage.turn_back()

    async def _say(self, hand: Hand, circuit: str, state: CircuitState, key: Qt.Key) -> None:
        await hand.until(lambda: self._stage.world.liveness.live, "a live link")
        await hand.key(key)
        if state is CircuitState.BLOCKED:
            await hand.write(text("demo.reason.blocked"))
            await hand.key(Qt.Key.Key_Return)
        await hand.until(
            lambda: self._state(circuit) is state,
            f"{circuit} {state}",
            instead=lambda: self._state(circuit),
        )

    def _state(self, circuit: str) -> CircuitState | None:
        mark = self._stage.world.circuits.get(circuit)
        return None if mark is None else mark.said.state
