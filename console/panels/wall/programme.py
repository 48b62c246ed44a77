"""Which composition a wall shows, on its own or with the seat's other walls, and its tour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from backend_bridge.contract.compositions import Composition, WallScreen
from console.panels.spec import PanelContext
from console.panels.wall.acts import MayProgramme
from console.panels.wall.compositions import Arrangement, Shelf, Tour
from console.panels.wall.stage import Stage
from console.panels.wording import Words
from console.state.selection import Selection


class Programme:
    """Follow the room's compositions for one wall.

    Args:
        context: gives the world, the selection shared by the seat's walls, and requests.
        words: of the person's language.
        stage: what stands on this wall.
        place: which of the seat's walls this is, from 0.
        told: called when what may be done has changed.
        show: called with what the wall is to show.
        is_free: tells whether nobody has a hand on this wall at the moment.
    """

    def __init__(
        self,
        context: PanelContext,
        words: Words,
        stage: Stage,
        place: int,
        *,
        told: Callable[[], None],
        show: Callable[[Arrangement], None],
        is_free: Callable[[], bool],
    ) -> None:
        self._context = context
        self._stage = stage
        self._words = words
        self._told = told
        self._show = show
        self._is_free = is_free
        self._shelf = Shelf(context, words, place, told=told, shown=self._on_answered)
        self._tour = Tour()
        self._followed = context.selection.composition_turn
        self._saved = self._screen_of(self._shown)

    @property
    def touring(self) -> bool:
        """Return whether a tour runs."""
        return self._tour.running

    @property
    def left_s(self) -> float:
        """Return the seconds until the tour goes on."""
        return self._tour.left_s(self._context.clock.mono_s())

    @property
    def is_altered(self) -> bool:
        """Return whether what stands is not what is saved under the name it is shown by."""
        saved = self._screen_of(self._shown)
        return saved is not None and not self._stands_as(saved)

    @property
    def _shown(self) -> Composition | None:
        return self._shelf.get(self._stage.composition)

    def _screen_of(self, composition: Composition | None) -> WallScreen | None:
        return None if composition is None else self._shelf.screen(composition)

    def _stands_as(self, screen: WallScreen) -> bool:
        return (self._stage.side, self._stage.slots) == (screen.side, screen.cameras)

    def acts(self) -> MayProgramme:
        """Return what there is to act on."""
        gone = self._context.state.compositions.latest_deleted
        return MayProgramme(
            any=bool(self._shelf.offered),
            toured=bool(self._shelf.toured),
            touring=self.touring,
            shown=self._shown,
            deleted="" if gone is None else gone.name,
            why_not_save=self._shelf.why_not(),
        )

    def next(self) -> None:
        """Show the next composition on every wall of the seat; a tour ends."""
        self._tour.stop()
        self._show_on_all(self._shelf.after(self._stage.composition))

    def turn_tour(self) -> None:
        """Begin to show one after the other, or stay."""
        if self._tour.running:
            self._tour.stop()
            self._told()
        else:
            self._go_on()

    def stay(self) -> None:
        """End the tour."""
        self._tour.stop()

    def look(self) -> None:
        """Go on with the tour when it is time; call it a few times a second."""
        if self._tour.due(self._context.clock.mono_s()):
            self._go_on()

    def save(self, typed: str) -> None:
        """Keep what stands on this wall under a name."""
        self._shelf.save(typed, self._stage.standing)

    def turn_dwell(self) -> None:
        """Have the composition shown stand longer in the tour, or not at all."""
        shown = self._shown
        if shown is not None:
            self._shelf.turn_dwell(shown)

    def remove(self) -> None:
        """Delete the composition shown; while none is, bring back the one deleted last."""
        shown = self._shown
        if shown is None:
            self._shelf.restore()
        else:
            self._shelf.delete(shown)

    def follow(self) -> None:
        """Take the name a composition has now, and what was saved of it elsewhere.

        A wall that stood as it was saved before stands as it is saved now, unless somebody has a
        hand on it; one that was changed by hand stays, and says so (:attr:`is_altered`).
        """
        held = self._context.state.compositions.by_id.get(self._stage.composition)
        before, self._saved = self._saved, self._screen_of(self._shown)
        stood = before is not None and self._stands_as(before)
        if held is not None and stood and self._saved not in (None, before) and self._is_free():
            self._show_here(held)
            said = self._words.text("wall.followed", name=held.name, user=held.by)
            self._context.notify(said)
        if held is not None:
            self._stage.name = "" if held.deleted else held.name
            self._stage.composition = "" if held.deleted else held.id
            self._stage.keep()
        self._told()

    def follow_selection(self, selection: Selection) -> None:
        """Show the composition that another wall of the seat shows now."""
        before, self._followed = self._followed, selection.composition_turn
        wanted = self._shelf.get(selection.composition_id or "")
        if wanted is not None and self._followed != before:
            self._show_here(wanted)

    def _go_on(self) -> None:
        after = self._shelf.after(self._stage.composition, toured=True)
        if after is None:
            self._tour.stop()  # the last one was deleted, or taken out of the tour
        else:
            self._tour.start(self._context.clock.mono_s(), after.dwell_s)
            self._show_on_all(after)
        self._told()

    def _show_on_all(self, composition: Composition | None) -> None:
        if composition is not None:
            self._show_here(composition)
            self._followed += 1  # its own turn is no news to it
            self._context.selection.select_composition(composition.id)

    def _show_here(self, composition: Composition) -> None:
        screen = self._saved = self._shelf.screen(composition)
        wanted = replace(self._stage.standing, name=composition.name, composition=composition.id)
        if screen is not None:
            wanted = replace(wanted, side=screen.side, slots=screen.cameras)
        self._show(wanted)

    def _on_answered(self, composition: Composition) -> None:
        standing, screen = self._stage.standing, self._shelf.screen(composition)
        self._saved = screen
        if screen is not None and (screen.side, screen.cameras) != (standing.side, standing.slots):
            self._show_here(composition)  # brought back: it is looked at again
            return
        self._stage.arrange(replace(standing, name=composition.name, composition=composition.id))
