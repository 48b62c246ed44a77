"""What stands on one wall, by whose leave, and what each tile says of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from backend_bridge.contract.compositions import KIND, SIDES
from backend_bridge.contract.points import Equipment
from console.panels import incident_texts
from console.panels.spec import PanelContext, Pixels
from console.panels.wall import grid
from console.panels.wall.borrowing import Borrowing
from console.panels.wall.compositions import Arrangement
from console.panels.wall.leaves import Leaves
from console.panels.wall.nearest import NEAR_M, nearest
from console.panels.wall.proposals import Proposal, proposals
from console.panels.wall.screens import Box, Screens
from console.panels.wall.tiles import (
    TileRow,
    Told,
    Why,
    masked_row,
    proposed_row,
    state_of,
    tile_row,
)
from console.panels.wording import Words

USUAL_SIDE = 3


class Stage:
    """Hold an arrangement, ask leave for its cameras, have them decoded, write the tiles.

    Args:
        context: gives the world, requests, pictures, and the settings it is found again in.
        words: of the person's language.
        borrowed: which cameras stand for which incident.
        told: called after the rows were written again.
    """

    def __init__(
        self, context: PanelContext, words: Words, borrowed: Borrowing, told: Callable[[], None]
    ) -> None:
        settings = context.settings
        self._context = context
        self._world = context.state
        self._words = words
        self._borrowed = borrowed
        self._told = told
        side = settings.get("side")
        self.side = side if type(side) is int and side in SIDES else USUAL_SIDE
        self.name = str(settings.get("name") or "")
        self.composition = str(settings.get("composition") or "")
        self.slots = grid.resized(_stored(settings.get("cameras")), self.side)
        self.locked = frozenset(_stored(settings.get("locked"))) & frozenset(self.slots)
        self.cameras: dict[str, Equipment] = {}
        self.by_number: dict[int, str] = {}
        self.proposed: dict[int, Proposal] = {}
        self.rows: tuple[TileRow, ...] = ()
        self._since: dict[str, tuple[str, int]] = {}
        self._sizes: Mapping[int, Box] = {}
        self.leaves = Leaves(context, self.follow)
        self._screens = None if context.pictures is None else Screens(context.pictures)

    @property
    def standing(self) -> Arrangement:
        """Return what stands now."""
        return Arrangement(self.name, self.side, self.slots, self.composition)

    def read(self, slot: int) -> Pixels | None:
        """Return a tile's newest picture if there is one not read yet; never waits."""
        screen = None if self._screens is None else self._screens.tile(slot)
        return None if screen is None else screen.read()

    def arrange(self, wanted: Arrangement) -> None:
        """Stand as wanted, and remember it for the person's next time."""
        self.name, self.side = wanted.name, wanted.side
        self.composition, self.slots = wanted.composition, wanted.slots
        self.locked &= frozenset(self.slots)
        self._borrowed.keep_only(self.slots)
        self._since = {camera: told for camera, told in self._since.items() if camera in self.slots}
        self.keep()
        self.propose()
        self.follow()

    def keep(self) -> None:
        """Write what stands into the person's settings."""
        self._context.settings.update(
            side=self.side,
            cameras=list(self.slots),
            name=self.name,
            composition=self.composition,
            locked=sorted(self.locked),
        )

    def turn_lock(self, slot: int) -> None:
        """Keep a tile's camera from giving way by itself, or let it again."""
        self.locked ^= {self.slots[slot]}
        self.keep()
        self.follow()

    def set_sizes(self, sizes: Mapping[int, Box]) -> None:
        """Say how many device pixels each tile has for its picture."""
        if sizes != self._sizes:
            self._sizes = dict(sizes)
            self.follow()

    def learn(self) -> None:
        """Take the cameras of the catalogue again."""
        everything = self._world.equipment.by_id.values()
        self.cameras = {item.id: item for item in everything if item.kind == KIND}
        self.by_number = {item.number: item.id for item in self.cameras.values() if item.number}
        self.propose()
        self.follow()

    def propose(self) -> None:
        """Work out what each free tile proposes."""
        free = [slot for slot, camera in enumerate(self.slots) if not camera]
        among = self.cameras.values() if free else ()
        found = proposals(among, self._world.incidents, self.slots, len(free))
        self.proposed = dict(zip(free, found, strict=False))

    def name_of(self, number: int) -> str:
        """Return whose a short number is, as the call says it."""
        item = self.cameras.get(self.by_number.get(number, ""))
        if item is None:
            return self._words.text("wall.call.none")
        masked = self.is_masked(item.id)
        return self._words.text("wall.word.masked") if masked else item.place or item.name

    def camera_for(self, equipment_id: str) -> str:
        """Return a camera itself, or the best one for any other equipment; empty for none."""
        if equipment_id in self.cameras:
            return equipment_id
        item = self._world.equipment.get(equipment_id)
        if item is None:
            return ""
        among = self.cameras.values()
        found = nearest(among, item.lon, item.lat, within_m=NEAR_M, wanted=1)
        return found[0].camera if found else ""

    def ask_again(self, marked: frozenset[str] | None) -> None:
        """Ask leave anew for what hangs on equipment out of service, or back; ``None`` for all.

        The bridge takes those tickets back in that moment, and tells nobody.
        """
        path = self._world.equipment.path
        self.leaves.ask_again(
            camera
            for camera in self.slots
            if camera and (marked is None or not marked.isdisjoint(path(camera)))
        )

    def is_masked(self, camera: str) -> bool:
        """Return whether visitors are in the room who must not see a camera's pictures."""
        item = self.cameras.get(camera)
        return self._world.visitors and (item is None or not item.published)

    def follow(self) -> None:
        """Ask leave for what stands on the wall, decode what may be shown, write the tiles."""
        seen = [key for key in self.slots if key in self.cameras and not self.is_masked(key)]
        self.leaves.hold(seen)
        if self._screens is not None:
            wanted = {}
            for slot, camera in enumerate(self.slots):
                ticket, box = self.leaves.of(camera).ticket, self._sizes.get(slot)
                shown = camera in seen and camera not in self._world.service
                if shown and ticket is not None and box is not None:
                    wanted[slot] = (camera, ticket.url, box)
            self._screens.show(wanted)
        self.write()
        self._told()

    def write(self) -> bool:
        """Write every tile again; return whether one says something else."""
        rows = tuple(self._row(slot, camera) for slot, camera in enumerate(self.slots))
        changed = rows != self.rows
        self.rows = rows
        return changed

    def close(self) -> None:
        """Let every picture go; tickets run out within a minute."""
        if self._screens is not None:
            self._screens.close()

    def _row(self, slot: int, camera: str) -> TileRow:
        if not camera:
            return self._free_row(slot)
        item, now_ms = self.cameras.get(camera), self._world.bridge_now_ms()
        if self.is_masked(camera):
            return masked_row(self._words, slot, camera, item)
        leave = self.leaves.of(camera)
        stream = None if self._screens is None else self._screens.status(slot)
        mark, session = self._world.service.get(camera), self._world.session
        sees = session is None or session.may("view", KIND)
        state = state_of(item, leave, stream, mark, sees=sees)
        if self._since.get(camera, ("", 0))[0] != state:
            self._since[camera] = (state, now_ms)
        # an incident is no business of visitors either
        why = None if self._world.visitors else self._borrowed.why.get(camera)
        told = Told(
            item, leave, stream, mark, self._since[camera][1], now_ms, why, camera in self.locked
        )
        return tile_row(self._words, slot, camera, state, told)

    def _free_row(self, slot: int) -> TileRow:
        found = self.proposed.get(slot)
        item = None if found is None else self.cameras.get(found.camera)
        if found is None or item is None or self._world.visitors:
            return TileRow(slot, said=self._words.text("wall.said.empty"))
        why, incident = None, found.incident
        if incident is not None and found.near is not None:
            title = incident_texts.title(self._words, incident)
            words = f"{title} · {self._borrowed.words_of(found.near)}"
            why = Why(incident.id, incident.severity, words)
        return proposed_row(self._words, slot, item, why)


def _stored(cameras: object) -> grid.Slots:
    if not isinstance(cameras, list):
        return ()
    return tuple(camera if isinstance(camera, str) else "" for camera in cameras[:25])
