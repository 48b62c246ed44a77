"""The room's compositions as one wall uses them, and the tour that shows one after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from backend_bridge.contract.compositions import (
    DWELLS_S,
    KIND,
    USUAL_DWELL_S,
    Composition,
    WallScreen,
    clean_name,
)
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.requests import DeleteComposition, RestoreComposition, SaveComposition
from backend_bridge.contract.results import CompositionResult
from console.panels.spec import PanelContext
from console.panels.wall.grid import Slots
from console.panels.wording import Words

Change = SaveComposition | DeleteComposition | RestoreComposition
_DONE = {
    SaveComposition: "wall.saved",
    DeleteComposition: "wall.deleted",
    RestoreComposition: "wall.restored",
}


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A grid, what stands in it, and the composition it was shown as; empty for none."""

    name: str
    side: int
    slots: Slots
    composition: str = ""


class Shelf:
    """Read and change the room's compositions from one wall of the seat.

    Args:
        context: gives the world and requests.
        place: which of the seat's walls this is, from 0: the screen of a composition it shows.
        told: called after each answer.
        shown: called with what was saved or brought back here.
    """

    def __init__(
        self,
        context: PanelContext,
        words: Words,
        place: int,
        *,
        told: Callable[[], None],
        shown: Callable[[Composition], None],
    ) -> None:
        self._context = context
        self._words = words
        self._place = place
        self._told = told
        self._shown = shown
        self._waiting = False
        self._replacing = ""

    @property
    def offered(self) -> tuple[Composition, ...]:
        """Return every composition of the room, by name."""
        return self._context.state.compositions.offered

    @property
    def toured(self) -> tuple[Composition, ...]:
        """Return those a tour goes through."""
        return tuple(item for item in self.offered if item.dwell_s)

    def get(self, composition_id: str) -> Composition | None:
        """Return one by its id, ``None`` when it is not offered any more."""
        return self._context.state.compositions.get(composition_id)

    def after(self, composition_id: str, *, toured: bool = False) -> Composition | None:
        """Return the one after this, around the list; the first for an unknown id."""
        among = self.toured if toured else self.offered
        ids = [item.id for item in among]
        at = ids.index(composition_id) + 1 if composition_id in ids else 0
        return among[at % len(among)] if among else None

    def screen(self, composition: Composition) -> WallScreen | None:
        """Return what this wall shows of a composition; ``None`` to leave it as it stands."""
        if self._place >= len(composition.screens):
            return None
        screen = composition.screens[self._place]
        return screen if any(screen.cameras) else None

    def why_not(self) -> str:
        """Return why nothing can be changed now, empty when it can."""
        session = self._context.state.session
        if session is None or not session.may("manage", KIND):
            return self._words.text("wall.may_not_save")
        return self._words.text("wall.waiting") if self._waiting else ""

    def save(self, typed: str, standing: Arrangement) -> None:
        """Keep what stands here under a name, beside what the other walls have of it.

        A name that is somebody's already is replaced only when it is given twice.
        """
        name, text = clean_name(typed), self._words.text
        if not name:
            self._context.notify(text("wall.name_missing"))
            return
        held = self._context.state.compositions.named(name)
        if held is not None and held.id not in (standing.composition, self._replacing):
            self._replacing = held.id
            self._context.notify(text("wall.name_taken", name=held.name, user=held.by))
            return
        self._replacing = ""
        screens = list(() if held is None else held.screens)
        while len(screens) <= self._place:
            screens.append(WallScreen(1, ("",)))
        screens[self._place] = WallScreen(standing.side, standing.slots)
        self._ask(
            SaveComposition(
                name=name,
                screens=tuple(screens),
                composition_id="" if held is None else held.id,
                version=0 if held is None else held.version,
                dwell_s=USUAL_DWELL_S if held is None else held.dwell_s,
            )
        )

    def delete(self, composition: Composition) -> None:
        """Offer one no longer; :meth:`restore` brings it back for a day."""
        self._ask(DeleteComposition(composition_id=composition.id, version=composition.version))

    def restore(self) -> None:
        """Bring back the one deleted last."""
        gone = self._context.state.compositions.latest_deleted
        if gone is not None:
            self._ask(RestoreComposition(composition_id=gone.id, version=gone.version))

    def turn_dwell(self, composition: Composition) -> None:
        """Give a composition the next dwell; after the longest it is out of the tour."""
        place = DWELLS_S.index(composition.dwell_s) if composition.dwell_s in DWELLS_S else 0
        self._ask(
            SaveComposition(
                name=composition.name,
                screens=composition.screens,
                composition_id=composition.id,
                version=composition.version,
                dwell_s=DWELLS_S[(place + 1) % len(DWELLS_S)],
            )
        )

    def _ask(self, change: Change) -> None:
        self._waiting = True
        self._context.spawn(self._send(change))

    async def _send(self, change: Change) -> None:
        try:
            result = await self._context.actions.ask(change)
        except RequestError as error:
            self._context.notify(self._words.refusal(error))
            return
        finally:
            self._waiting = False
            self._told()
        assert isinstance(result, CompositionResult)
        item = result.composition
        self._context.state.compositions.put(item)  # durable: need not wait for the journal
        self._context.notify(self._words.text(_DONE[type(change)], name=item.name))
        if not item.deleted:
            self._shown(item)


class Tour:
    """Say when the next composition is due."""

    def __init__(self) -> None:
        self._next_s: float | None = None

    @property
    def running(self) -> bool:
        """Return whether the tour goes on by itself."""
        return self._next_s is not None

    def start(self, now_s: float, dwell_s: float) -> None:
        """Begin, or count the dwell of another composition."""
        self._next_s = now_s + dwell_s

    def stop(self) -> None:
        """Stay where it is."""
        self._next_s = None

    def left_s(self, now_s: float) -> float:
        """Return the seconds until the next composition, 0 when it is due or none is."""
        return 0.0 if self._next_s is None else max(0.0, self._next_s - now_s)

    def due(self, now_s: float) -> bool:
        """Return whether the next composition is to be shown now; :meth:`start` says until when."""
        return self._next_s is not None and now_s >= self._next_s
