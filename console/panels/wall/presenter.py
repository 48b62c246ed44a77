"""The wall's decisions: which camera stands where, by whose leave, and what each tile says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from backend_bridge.contract.incidents import Incident, IncidentState
from backend_bridge.contract.points import Equipment
from console.panels.base import BasePresenter
from console.panels.rows import Action
from console.panels.spec import PanelContext, Pixels
from console.panels.wall import grid
from console.panels.wall.acts import May, wall_actions
from console.panels.wall.compositions import Composition, Compositions, Tour, clean_name
from console.panels.wall.leaves import Leaves
from console.panels.wall.nearest import NEAR_M, WIDER_M, nearest
from console.panels.wall.screens import Box, Screens
from console.panels.wall.tiles import TileRow, Told, Why, state_of, tile_row
from console.state.change import Change

KIND = "camera"
USUAL_SIDE = 3
LONGEST_NUMBER = 5


class WallPresenter(BasePresenter):
    """Decide the wall of one person; he finds it again as he left it."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        settings = context.settings
        side = settings.get("side")
        self.side = side if type(side) is int and side in grid.SIDES else USUAL_SIDE
        self.compositions = Compositions(settings)
        self.tour = Tour(settings.get("dwell_s") or 0)
        self.name = str(settings.get("name") or "")
        self._slots = grid.resized(_stored(settings.get("cameras")), self.side)
        self._cameras: dict[str, Equipment] = {}
        self._by_number: dict[int, str] = {}
        self._why: dict[str, Why] = {}
        self._before: Composition | None = None
        self._wider = ""
        self._since: dict[str, tuple[str, int]] = {}
        self._sizes: Mapping[int, Box] = {}
        self._leaves = Leaves(context, self._follow)
        self._screens = None if context.pictures is None else Screens(context.pictures)
        self.chosen = 0
        self.full: int | None = None
        self.typed = ""
        self.rows: tuple[TileRow, ...] = ()
        self._ends.append(context.selection.subscribe(lambda _: self._tell()))
        self._learn()

    # -- what is shown --------------------------------------------------------------------------

    @property
    def headline(self) -> str:
        """Return the composition's name, and how many tiles show no sure picture."""
        text = self._words.text
        shown = [row for row in self.rows if row.camera]
        unsure = sum(row.state not in ("live", "connecting") for row in shown)
        name = self.name or text("wall.unnamed")
        if self._before is not None:
            name = text("wall.borrowed", name=self._before.name or text("wall.unnamed"))
        parts = [name, self._words.plural("wall.cameras", len(shown))]
        if unsure:
            parts.append(self._words.plural("wall.unsure", unsure))
        if self.tour.running:
            left = self._words.formats.duration(self.tour.left_s(self._context.clock.mono_s()))
            parts.append(text("wall.tour.left", left=left))
        return " · ".join(parts)

    @property
    def clock(self) -> str:
        """Return the local time of this moment, drawn on each tile by the console itself."""
        return self._words.formats.clock(self._world.bridge_now_ms())

    @property
    def call(self) -> str:
        """Return the number being typed and whose it is: « 112 · Université nord »."""
        if not self.typed:
            return ""
        camera = self._by_number.get(int(self.typed))
        item = self._cameras.get(camera or "")
        name = (item.place or item.name) if item is not None else self._words.text("wall.call.none")
        return f"{self.typed} · {name}"

    @property
    def actions(self) -> tuple[Action, ...]:
        """Return what may be done now, or why not."""
        selected = any(key in self._cameras for key in self._context.selection.equipment_ids)
        may = May(
            incident=self._incident() is not None,
            selection=selected,
            compositions=bool(self.compositions.all),
            camera=bool(self._slots[self.chosen]),
        )
        tour = self.tour
        return wall_actions(self._words, may, self.side, tour, full=self.full is not None)

    def read(self, slot: int) -> Pixels | None:
        """Return a tile's newest picture if there is one not read yet; never waits.

        Without a leave nothing is read, whatever still comes.
        """
        screen = None if self._screens is None else self._screens.tile(slot)
        return None if screen is None else screen.read()

    # -- what a person does ---------------------------------------------------------------------

    def do(self, key: str, words: str = "") -> None:
        """Do one of :attr:`actions`."""
        for action in self.actions:
            if action.key == key and action.reason:
                self.explain(action.reason)
                return
        match key:
            case "grid":
                after = (grid.SIDES.index(self.side) + 1) % len(grid.SIDES)
                self.set_side(grid.SIDES[after])
            case "incident":
                self.show_incident()
            case "selection":
                chosen = self._context.selection.equipment_ids
                self.show_cameras(key for key in chosen if key in self._cameras)
            case "next":
                self.show_composition(self.compositions.after(self.name))
            case "tour":
                self._turn_tour()
            case "dwell":
                self.tour.turn_dwell(self._context.clock.mono_s())
                self._context.settings["dwell_s"] = self.tour.dwell_s
                self._tell()
            case "save":
                self.save(words)
            case "empty":
                self._stand(grid.placed(self._slots, self.chosen, ""))
            case "full":
                self.set_full(None if self.full is not None else self.chosen)

    def choose(self, slot: int) -> None:
        """Choose a tile: typed numbers go there, and every panel knows its camera."""
        self.chosen = min(max(slot, 0), len(self._slots) - 1)
        if self.full is not None:
            self.full = self.chosen
        camera = self._slots[self.chosen]
        if camera in self._cameras:
            self._context.selection.select_equipment((camera,))
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
        self.side, self.full = side, None
        self.chosen = min(self.chosen, side * side - 1)
        self._stand(grid.resized(self._slots, side))

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
        camera = self._by_number.get(number)
        if camera is None:
            self.explain(self._words.text("wall.unknown_number", number=number))
            self._tell()
            return
        slot = self.chosen
        self._stand(grid.placed(self._slots, slot, camera))
        if self.full is None:
            self.chosen = grid.next_free(self._slots, slot)
        self._tell()

    def show_cameras(self, cameras: Iterable[str], keep: frozenset[str] = frozenset()) -> None:
        """Show these cameras too: in free tiles first."""
        self._stand(grid.filled(self._slots, cameras, keep))

    def show_incident(self) -> None:
        """Show the best cameras of the chosen incident; what stood there comes back at its end."""
        incident = self._incident()
        if incident is None:
            return
        text = self._words.text
        within = WIDER_M if self._wider == incident.id else NEAR_M
        found = nearest(self._cameras.values(), incident.lon, incident.lat, within_m=within)
        if not found:
            self._wider = incident.id
            key = "wall.none_near" if within == NEAR_M else "wall.none_wider"
            self.explain(text(key))
            return
        self._wider = ""
        before = self._before or Composition(self.name, self.side, self._slots)
        if self.side == 1 and len(found) > 1:
            self.side = grid.side_for(len(found))
            self._slots = grid.resized(self._slots, self.side)
        for near in found:
            metres = self._words.formats.number(round(near.metres))
            key = "wall.why.sees" if near.sees else "wall.why.near"
            self._why[near.camera] = Why(incident.id, incident.severity, text(key, metres=metres))
        self._stand(
            grid.filled(self._slots, (near.camera for near in found), frozenset(self._why)),
            by_hand=False,
        )
        self._before = before
        self._tell()

    def show_composition(self, composition: Composition | None) -> None:
        """Show a composition as it was saved."""
        if composition is None:
            return
        self.name, self.side, self.full = composition.name, composition.side, None
        self.chosen = min(self.chosen, self.side**2 - 1)
        self._why.clear()
        self._stand(composition.slots, by_hand=False)

    def save(self, typed: str) -> None:
        """Keep what stands on the wall under a name."""
        name = clean_name(typed)
        text = self._words.text
        if not name:
            self.explain(text("wall.name_missing"))
        elif self.compositions.save(Composition(name, self.side, self._slots)):
            self.name = name
            self._context.settings["name"] = name
            self._context.notify(text("wall.saved", name=name))
        else:
            self.explain(text("wall.too_many_compositions"))
        self._tell()

    def set_sizes(self, sizes: Mapping[int, Box]) -> None:
        """Say how many device pixels each tile has for its picture."""
        if sizes != self._sizes:
            self._sizes = dict(sizes)
            self._follow()

    # -- following ------------------------------------------------------------------------------

    def look(self) -> None:
        """Judge every tile again; call it a few times a second."""
        now_s = self._context.clock.mono_s()
        if self.tour.due(now_s):
            self.show_composition(self.compositions.after(self.name))
        rows = self._make_rows()
        if rows != self.rows:
            self.rows = rows
            self._tell()

    def close(self) -> None:
        """Unsubscribe, and let every picture go; tickets run out within a minute."""
        super().close()
        if self._screens is not None:
            self._screens.close()

    def _on_world_changed(self, change: Change) -> None:
        if change.catalogue:
            self._learn()
        if change.service or change.situation:
            self._leaves.ask_again(self._slots if change.situation else change.service)
        if change.incidents or change.situation:
            self._come_back()
        if change.second:
            self._leaves.tick()
        if change.second or change.service or change.situation:
            self._follow()

    def _learn(self) -> None:
        self._cameras = {
            item.id: item for item in self._world.equipment.by_id.values() if item.kind == KIND
        }
        self._by_number = {item.number: item.id for item in self._cameras.values() if item.number}
        self._follow()

    def _follow(self) -> None:
        """Ask leave for what stands on the wall, decode what may be shown, write the tiles."""
        self._leaves.hold(camera for camera in self._slots if camera in self._cameras)
        if self._screens is not None:
            wanted = {}
            for slot, camera in enumerate(self._slots):
                ticket, box = self._leaves.of(camera).ticket, self._sizes.get(slot)
                if (
                    camera
                    and ticket is not None
                    and box is not None
                    and camera not in self._world.service
                ):
                    wanted[slot] = (camera, ticket.url, box)
            self._screens.show(wanted)
        self.rows = self._make_rows()
        self._tell()

    def _make_rows(self) -> tuple[TileRow, ...]:
        return tuple(self._row(slot, camera) for slot, camera in enumerate(self._slots))

    def _row(self, slot: int, camera: str) -> TileRow:
        if not camera:
            return TileRow(slot, said=self._words.text("wall.said.empty"))
        item, now_ms = self._cameras.get(camera), self._world.bridge_now_ms()
        leave = self._leaves.of(camera)
        stream = None if self._screens is None else self._screens.status(slot)
        mark = self._world.service.get(camera)
        state = state_of(item, leave, stream, mark)
        if self._since.get(camera, ("", 0))[0] != state:
            self._since[camera] = (state, now_ms)
        told = Told(item, leave, stream, mark, self._since[camera][1], now_ms)
        return tile_row(self._words, slot, camera, told, self._why.get(camera))

    def _stand(self, slots: grid.Slots, *, by_hand: bool = True) -> None:
        """Take another arrangement; one made by hand ends the tour and what was borrowed."""
        self._slots = slots
        if by_hand:
            self.tour.stop()
        self._before = None
        self._why = {camera: why for camera, why in self._why.items() if camera in slots}
        self._since = {camera: told for camera, told in self._since.items() if camera in slots}
        settings = self._context.settings
        settings["side"], settings["cameras"], settings["name"] = self.side, list(slots), self.name
        self._follow()

    def _turn_tour(self) -> None:
        if self.tour.running:
            self.tour.stop()
            self._tell()
            return
        self.tour.start(self._context.clock.mono_s())
        self.show_composition(self.compositions.after(self.name))

    def _incident(self) -> Incident | None:
        chosen = self._context.selection.incident_id
        return None if chosen is None else self._world.incidents.get(chosen)

    def _come_back(self) -> None:
        """Give the tiles back that an incident borrowed, once it is closed."""
        over = {
            why.incident
            for why in self._why.values()
            if (found := self._world.incidents.get(why.incident)) is None
            or found.state is IncidentState.CLOSED
        }
        if not over:
            return
        self._why = {camera: why for camera, why in self._why.items() if why.incident not in over}
        if self._before is not None and not self._why:
            before = self._before
            self.name, self.side, self.full = before.name, before.side, None
            self.chosen = min(self.chosen, self.side**2 - 1)
            self._stand(before.slots, by_hand=False)
        else:
            self._follow()


def _stored(cameras: object) -> grid.Slots:
    if not isinstance(cameras, list):
        return ()
    return tuple(camera if isinstance(camera, str) else "" for camera in cameras[:25])
