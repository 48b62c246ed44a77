"""Tiles an incident borrows: its nearest cameras come with why, and go when it is closed."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from backend_bridge.contract.alarms import Severity
from backend_bridge.contract.incidents import Incident, IncidentState
from backend_bridge.contract.points import Equipment
from console.panels.wall import grid
from console.panels.wall.compositions import Arrangement
from console.panels.wall.nearest import NEAR_M, WIDER_M, Near, nearest
from console.panels.wall.tiles import Why
from console.panels.wording import Words
from console.state.incidents import Incidents


class Borrowing:
    """Remember which cameras stand for which incident, and what stood there before."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self.before: Arrangement | None = None
        self.why: dict[str, Why] = {}
        self._wider = ""
        self._known: set[str] | None = None

    def look(self, cameras: Iterable[Equipment], incident: Incident) -> tuple[list[Near], str]:
        """Return an incident's best cameras, or none and the key of what to say.

        Asked again after none was found, it looks further.
        """
        within = WIDER_M if self._wider == incident.id else NEAR_M
        found = nearest(cameras, incident.lon, incident.lat, within_m=within)
        self._wider = "" if found else incident.id
        if found:
            return found, ""
        return [], "wall.none_near" if within == NEAR_M else "wall.none_wider"

    def take(
        self,
        standing: Arrangement,
        incident: Incident,
        found: Collection[Near],
        *,
        keep: frozenset[str] = frozenset(),
        spare: frozenset[int] = frozenset(),
    ) -> Arrangement:
        """Return the wall with an incident's cameras on it, and remember what stood there.

        Args:
            standing: what stands now.
            incident: whose cameras they are.
            found: the cameras, best first.
            keep: cameras that must not give way; those of other incidents never do.
            spare: tiles nothing may come into.
        """
        side, slots = standing.side, standing.slots
        if side == 1 and len(found) > 1 and not spare:
            side = grid.side_for(len(found))
            slots = grid.resized(slots, side)
        held = keep | frozenset(self.why) | {near.camera for near in found}
        after = grid.filled(slots, (near.camera for near in found), held, spare)
        if after != slots:
            self.before = self.before or standing
        for near in (near for near in found if near.camera in after):
            text = self.words_of(near)
            self.why[near.camera] = Why(incident.id, incident.severity, text)
        return Arrangement(standing.name, side, after, standing.composition)

    def words_of(self, near: Near) -> str:
        """Return « 60 m, face »."""
        metres = self._words.formats.number(round(near.metres))
        return self._words.text("wall.why.sees" if near.sees else "wall.why.near", metres=metres)

    def forget(self) -> None:
        """Bring nothing back, and forget why cameras came: another wall is wanted."""
        self.before = None
        self.why = {}

    def keep_only(self, slots: grid.Slots) -> None:
        """Forget why cameras came that are there no longer."""
        self.why = {camera: why for camera, why in self.why.items() if camera in slots}

    def end(self, incidents: Incidents) -> tuple[bool, Arrangement | None]:
        """Forget what is over; return whether anything was, and what comes back."""
        over = {
            why.incident
            for why in self.why.values()
            if (found := incidents.get(why.incident)) is None or found.state is IncidentState.CLOSED
        }
        if not over:
            return False, None
        self.why = {camera: why for camera, why in self.why.items() if why.incident not in over}
        before = self.before
        if before is None or self.why:
            return True, None
        self.before = None
        return True, before

    def news(self, incidents: Incidents, changed: Iterable[str], *, anew: bool) -> list[Incident]:
        """Return the urgent incidents that opened since the last call, worst first.

        Args:
            incidents: all of them.
            changed: ids that may be new.
            anew: the situation was replaced: what is in it is not news.
        """
        if anew or self._known is None:
            self._known = set(incidents.by_id)
            return []
        fresh = [
            found
            for key in changed
            if key not in self._known and (found := incidents.get(key)) is not None
        ]
        self._known.update(found.id for found in fresh)
        return sorted(
            (
                found
                for found in fresh
                if found.state is IncidentState.NEW and found.severity is Severity.URGENT
            ),
            key=lambda found: (found.opened_ms, found.id),
        )
