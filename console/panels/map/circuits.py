"""The plough circuits on the map: where they run, read when first shown, and how each is now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from backend_bridge.contract.circuits import KIND, UNSAID, look_of
from console.panels.circuit_plan import CircuitPlan
from console.panels.map.rows import LayerRow
from console.panels.spec import PanelContext
from console.state.change import Change

LAYER = "circuits"
SEAT = "snow"
"""Where the layer shows at first; so it does for who holds the right to work circuits by name."""
SHOWN = "shown"
"""Setting: layers a person wants drawn that are hidden at first."""
ICON = "mdi6.road-variant"


class MapCircuits:
    """Know what the map draws of the circuits; asks for nothing while the layer is hidden.

    Args:
        tell: called when there is something new to draw.
    """

    def __init__(self, context: PanelContext, tell: Callable[[], None]) -> None:
        self._context = context
        self._world = context.state
        self._tell = tell
        self._plan: CircuitPlan | None = None
        self._revision = 0
        self._looks: list[str] = []
        self.look()

    @property
    def visible(self) -> bool:
        """Return whether the layer is drawn: as the person said, or else by the seat."""
        settings, session = self._context.settings, self._world.session
        if LAYER in _words(settings.get("hidden")):
            return False
        if LAYER in _words(settings.get(SHOWN)):
            return True
        return session is not None and (session.seat == SEAT or f"manage:{KIND}" in session.rights)

    def set_visible(self, *, visible: bool) -> None:
        """Draw the layer or not; remembered in the person's settings."""
        for key, wanted in (("hidden", not visible), (SHOWN, visible)):
            others = [word for word in _words(self._context.settings.get(key)) if word != LAYER]
            self._context.settings[key] = [*others, LAYER] if wanted else others
        self.look()

    def row(self) -> LayerRow | None:
        """Return the layer's row, ``None`` where there are no circuits or none may be seen."""
        catalogue, session = self._world.catalogue, self._world.session
        if catalogue is None or not catalogue.circuits:
            return None
        if session is None or not session.may("view", KIND):
            return None
        return LayerRow(LAYER, ICON, "", catalogue.circuits, self.visible)

    def geometry(self) -> dict[str, Any]:
        """Return where the circuits run, as the page reads it.

        ``{"revision": int, "circuits": [{"id", "arcs": [[direction, lon, lat, lon, lat …]]}]}``
        """
        plan = () if self._plan is None else self._plan.circuits
        drawn = [
            {"id": one.id, "arcs": [[arc.direction, *arc.points] for arc in one.arcs]}
            for one in plan
        ]
        return {"revision": self._revision, "circuits": drawn}

    def states(self) -> dict[str, Any]:
        """Return how each circuit is drawn now, in the order of :meth:`geometry`."""
        chosen = self._context.selection.circuit_id
        return {"revision": self._revision, "looks": self._looks, "chosen": chosen}

    def note(self, change: Change) -> bool:
        """Take what changed; return whether the map must draw something else."""
        if self._plan is not None:
            self._plan.follow(change)
        told = change.circuits or change.situation or change.catalogue or change.session
        if not (told or change.second):
            return False
        before = self._looks
        self.look()
        return before != self._looks

    def look(self) -> None:
        """Work out each circuit's state again; read the plan when it is first wanted."""
        if self._plan is None and self.visible and self._world.catalogue is not None:
            self._plan = CircuitPlan(self._context, self._on_plan_read)
        plan = () if self._plan is None else self._plan.circuits
        now_ms = self._world.bridge_now_ms()
        found = []
        for one in plan:
            mark = self._world.circuits.get(one.id)
            said = UNSAID if mark is None else mark.said
            found.append(look_of(said, one.priority, now_ms).value)
        self._looks = found

    def _on_plan_read(self) -> None:
        self._revision += 1
        self.look()
        self._tell()


def _words(value: object) -> list[str]:
    return [str(word) for word in value] if isinstance(value, list) else []
