"""The wall's decisions: which camera stands where, by whose leave, and what each tile says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from backend_bridge.contract.compositions import SIDES
from backend_bridge.contract.incidents import Incident
from console.panels import incident_texts
from console.panels.base import BasePresenter
from console.panels.rows import Action
from console.panels.spec import PanelContext, Pixels
from console.panels.wall import grid
from console.panels.wall.acts import May, wall_actions
from console.panels.wall.borrowing import Borrowing
from console.panels.wall.compositions import Arrangement
from console.panels.wall.headline import headline
from console.panels.wall.nearest import NEAR_M, Near, nearest
from console.panels.wall.programme import Programme
from console.panels.wall.screens import Box
from console.panels.wall.stage import Stage
from console.panels.wall.tiles import TileRow
from console.state.change import Change
from console.state.selection import Selection

LONGEST_NUMBER = 5


class WallPresenter(BasePresenter):
    """Decide one wall of one person; he finds it again as he left it.

    Args:
        context: what every presenter is given.
        place: which of the seat's walls this is, from 0: the screen of a composition it shows. Only
            the first one is filled by itself at a new urgent incident.
    """

    def __init__(self, context: PanelContext, place: int = 0) -> None:
        super().__init__(context)
        self._place = place
        self.auto = place == 0 and context.settings.get("auto") is not False
        self.unfolded = context.settings.get("unfolded") is True
        self._borrowed = Borrowing(self._words)
        self._borrowed.news(self._world.incidents, (), anew=True)
        self._stage = Stage(context, self._words, self._borrowed, self._tell)
        self.programme = Programme(
            context,
            self._words,
            self._stage,
            place,
            told=self._tell,
            show=self._show,
            is_free=lambda: not self._under_hand and self._borrowed.before is None,
        )
        self._chosen_elsewhere: tuple[str, ...] = ()
        self.chosen = 0
        self._called = False  # the chosen tile was, by number: the next one goes to a free one
        self.full: int | None = None
        self.carried: int | None = None
        self.pointed: int | None = None
        self.typed = ""
        self._ends.append(context.selection.subscribe(self._on_selection_changed))
        self._stage.learn()
        if context.settings.get("visitors") is True:  # nobody ended it: they may still be here
            self._world.receive_visitors(True)

    # -- what is shown --------------------------------------------------------------------------

    @property
    def side(self) -> int:
        """Return the tiles of a row and of a column."""
        return self._stage.side

    @property
    def rows(self) -> tuple[TileRow, ...]:
        """Return what each tile says, from the top left."""
        return self._stage.rows

    @property
    def headline(self) -> str:
        """Return the composition's name, and how many tiles show no sure picture."""
        borrowed = self._borrowed.before is not None
        return headline(self._words, self._stage.name, self.rows, self.programme, borrowed=borrowed)

    @property
    def clock(self) -> str:
        """Return the local time of this moment, drawn on each tile by the console itself."""
        return self._words.formats.clock(self._world.bridge_now_ms())

    @property
    def call(self) -> str:
        """Return the number being typed and whose it is: « 112 · Université nord »."""
        if not self.typed:
            return ""
        return f"{self.typed} · {self._stage.name_of(int(self.typed))}"

    @property
    def actions(self) -> tuple[Action, ...]:
        """Return what may be done now, or why not."""
        camera = self._stage.slots[self.chosen]
        may = May(
            incident=self._incident() is not None,
            selection=bool(self._chosen_elsewhere),
            proposals=bool(self._stage.proposed),
            camera=bool(camera),
            locked=camera in self._stage.locked,
            carrying=self.carried is not None,
            first=self._place == 0,
            auto=self.auto,
            full=self.full is not None,
            unfolded=self.unfolded,
            visitors=self._world.visitors,
        )
        return wall_actions(self._words, may, self.side, self.programme.acts())

    def read(self, slot: int) -> Pixels | None:
        """Return a tile's newest picture not read yet, none without a leave; never waits."""
        return self._stage.read(slot)

    # -- what a person does ---------------------------------------------------------------------

    def do(self, key: str, words: str = "") -> None:
        """Do one of :attr:`actions`."""
        for action in self.actions:
            if action.key == key and action.reason:
                self.explain(action.reason)
                return
        acts: dict[str, Callable[[], None]] = {
            "grid": self._next_grid,
            "propose": self._take_proposals,
            "incident": self.show_incident,
            "selection": lambda: self.drop(self.chosen, self._chosen_elsewhere),
            "carry": self.carry,
            "lock": lambda: self._stage.turn_lock(self.chosen),
            "auto": self._turn_auto,
            "more": self._turn_fold,
            "visitors": self._turn_visitors,
            "next": self.programme.next,
            "tour": self.programme.turn_tour,
            "dwell": self.programme.turn_dwell,
            "save": lambda: self.programme.save(words),
            "remove": self.programme.remove,
            "empty": lambda: self._stand(grid.placed(self._stage.slots, self.chosen, "")),
            "full": lambda: self.set_full(None if self.full is not None else self.chosen),
        }
        if key in acts:
            acts[key]()

    def choose(self, slot: int) -> None:
        """Choose a tile: typed numbers go there, and every panel knows its camera."""
        self.chosen, self._called = min(max(slot, 0), len(self._stage.slots) - 1), False
        if self.full is not None:
            self.full = self.chosen
        camera, elsewhere = self._stage.slots[self.chosen], self._chosen_elsewhere
        if camera in self._stage.cameras:
            self._context.selection.select_equipment((camera,))
            self._chosen_elsewhere = elsewhere  # chosen here to be looked at, not to be placed
        self._tell()

    def move(self, across: int, down: int) -> None:
        """Choose the tile beside."""
        self.choose(grid.moved(self.chosen, self.side, across, down))

    def set_full(self, slot: int | None) -> None:
        """Show one tile alone, or all again with ``None``."""
        self.full = slot
        if slot is not None:
            self.chosen = slot
        self._tell()

    def set_side(self, side: int) -> None:
        """Show another grid; cameras stay while there is room."""
        standing = self._stage.standing
        slots = grid.resized(standing.slots, side)
        self._by_hand()
        self._arrange(replace(standing, side=side, slots=slots))

    def type_digit(self, digit: str) -> None:
        """Take one digit of a camera's number."""
        if len(self.typed) < LONGEST_NUMBER:
            self.typed += digit
            self._tell()

    def untype(self, *, all_of_it: bool = False) -> None:
        """Take back the last digit, or all of them."""
        self.typed = "" if all_of_it else self.typed[:-1]
        self._tell()

    def call_typed(self) -> None:
        """Show the camera whose number was typed, in the chosen tile."""
        number, self.typed = int(self.typed or 0), ""
        self.call_number(number)

    def call_number(self, number: int) -> bool:
        """Show a camera by its number in the chosen tile, after a call in a free one, or say no."""
        camera = self._stage.by_number.get(number)
        if camera is None:
            self.explain(self._words.text("wall.unknown_number", number=number))
            self._tell()
            return False
        self.chosen = self._aim
        self._stand(grid.placed(self._stage.slots, self.chosen, camera))
        self._called = self.full is None
        return True

    def show_cameras(self, cameras: Iterable[str]) -> None:
        """Show these cameras too: in free tiles first, locked ones stay."""
        self._stand(grid.filled(self._stage.slots, cameras, self._stage.locked))

    def drop(self, slot: int, equipment: Sequence[str], came_from: int | None = None) -> None:
        """Show what was let go over a tile: a camera itself, for anything else its best camera.

        Args:
            slot: where it was let go.
            equipment: ids; the first goes into that tile, the others into free ones.
            came_from: the tile it was dragged from; what it displaces goes there.
        """
        cameras = [found for key in equipment if (found := self._stage.camera_for(key))]
        if not cameras:
            self.explain(self._words.text("wall.none_to_show"))
            return
        self._stand(grid.dropped(self._stage.slots, slot, cameras, came_from))
        self.chosen = slot
        self._tell()

    def drop_incident(self, incident_id: str) -> None:
        """Show the best cameras of an incident that was let go over the wall."""
        incident = self._world.incidents.get(incident_id)
        if incident is not None:
            self._show_incident(incident)

    def carry(self) -> None:
        """Take the chosen tile's camera up, or let go here the one that was taken up."""
        if self.carried is None:
            self.carried = self.chosen
        else:
            came_from, self.carried = self.carried, None
            self.drop(self.chosen, (self._stage.slots[came_from],), came_from)
        self._tell()

    def drop_carried(self) -> None:
        """Leave the camera that was taken up where it stands."""
        self.carried = None
        self._tell()

    def point_at(self, slot: int | None) -> None:
        """Say which tile lies under the mouse: nothing changes there by itself."""
        self.pointed = slot

    def show_incident(self) -> None:
        """Show the best cameras of the chosen incident; what stood there comes back at its end."""
        incident = self._incident()
        if incident is not None:
            self._show_incident(incident)

    def set_sizes(self, sizes: Mapping[int, Box]) -> None:
        """Say how many device pixels each tile has for its picture."""
        self._stage.set_sizes(sizes)

    # -- following ------------------------------------------------------------------------------

    def look(self) -> None:
        """Judge every tile again; call it a few times a second."""
        if self._borrowed.before is None:
            self.programme.look()
        if self._stage.write():
            self._tell()

    def close(self) -> None:
        """Unsubscribe, and let every picture go; tickets run out within a minute."""
        super().close()
        self._stage.close()

    def _on_world_changed(self, change: Change) -> None:
        if change.catalogue:
            self._stage.learn()
        if change.visitors:
            self._context.settings["visitors"] = self._world.visitors
            self._stage.follow()
        if change.service or change.situation:
            self._stage.ask_again(None if change.situation else change.service)
        if change.incidents or change.situation:
            self._come_back()
            self._call_for(change)
            self._stage.propose()
            if self._stage.write():
                self._tell()
        if change.compositions or change.situation:
            self.programme.follow()
        if change.second:
            self._stage.leaves.tick()
        if change.second or change.service or change.situation:
            self._stage.follow()

    # -- arranging ------------------------------------------------------------------------------

    def _arrange(self, wanted: Arrangement, full: int | None = None) -> None:
        self.full, self.carried, self._called = full, None, False
        self.chosen = min(self.chosen, wanted.side**2 - 1)
        self._stage.arrange(wanted)

    def _show(self, wanted: Arrangement) -> None:
        """Show a composition: nothing of an incident stays, and nothing comes back."""
        self._borrowed.forget()
        self._arrange(wanted)

    def _next_grid(self) -> None:
        self.set_side(SIDES[(SIDES.index(self.side) + 1) % len(SIDES)])

    def _take_proposals(self) -> None:
        self.show_cameras(found.camera for found in self._stage.proposed.values())

    def _turn_auto(self) -> None:
        self.auto = self._context.settings["auto"] = not self.auto
        self._tell()

    def _turn_visitors(self) -> None:
        self._world.receive_visitors(not self._world.visitors)
        key = "began" if self._world.visitors else "ended"
        self._context.notify(self._words.text(f"wall.visitors.{key}"))

    def _turn_fold(self) -> None:
        self.unfolded = self._context.settings["unfolded"] = not self.unfolded
        self._tell()

    def _by_hand(self) -> None:
        """A hand on the wall ends the tour, and brings back nothing that was borrowed."""
        self.programme.stay()
        self._borrowed.before = None

    def _stand(self, slots: grid.Slots) -> None:
        self._by_hand()
        self._arrange(replace(self._stage.standing, slots=slots), self.full)

    def _on_selection_changed(self, selection: Selection) -> None:
        self._chosen_elsewhere = selection.equipment_ids
        self.programme.follow_selection(selection)
        self._tell()

    # -- incidents ------------------------------------------------------------------------------

    def _incident(self) -> Incident | None:
        chosen = self._context.selection.incident_id
        return None if chosen is None else self._world.incidents.get(chosen)

    def _show_incident(self, incident: Incident) -> None:
        found, said = self._borrowed.look(self._stage.cameras.values(), incident)
        if not found:
            self.explain(self._words.text(said))
            return
        self._borrow(incident, found)

    @property
    def _aim(self) -> int:
        """Return the tile a number goes to."""
        moves_on = self._called and self.full is None
        return grid.next_free(self._stage.slots, self.chosen) if moves_on else self.chosen

    @property
    def _under_hand(self) -> frozenset[int]:
        """Return the tiles in which nothing changes by itself now."""
        held = {self.pointed, self.full, self._aim if self.typed else None, self.carried}
        return frozenset(slot for slot in held if slot is not None)

    def _call_for(self, change: Change) -> None:
        """Bring the cameras of a new urgent incident up by themselves, never under a hand."""
        fresh = self._borrowed.news(self._world.incidents, change.incidents, anew=change.situation)
        if not self.auto or self._world.visitors:
            return
        spare = self._under_hand
        for incident in fresh:
            among = self._stage.cameras.values()
            found = nearest(among, incident.lon, incident.lat, within_m=NEAR_M)
            came = self._borrow(incident, found, spare)
            if came:
                numbers = ", ".join(f"{self._stage.cameras[key].number:03}" for key in came)
                title = incident_texts.title(self._words, incident)
                said = self._words.text("wall.called", title=title, numbers=numbers)
                self._context.notify(said, severity=incident.severity)

    def _borrow(
        self, incident: Incident, found: Sequence[Near], spare: frozenset[int] = frozenset()
    ) -> list[str]:
        """Show an incident's cameras; return those that came."""
        before, full = self._stage.standing, self.full if spare else None
        after = self._borrowed.take(before, incident, found, keep=self._stage.locked, spare=spare)
        if after != before:
            self._arrange(after, full)
        self._stage.follow()  # one that stood there already now says why it matters
        return [camera for camera in self._stage.slots if camera and camera not in before.slots]

    def _come_back(self) -> None:
        """Give the tiles back that an incident borrowed, once it is closed."""
        over, before = self._borrowed.end(self._world.incidents)
        if before is not None:
            self._arrange(before)
        elif over:
            self._stage.follow()
