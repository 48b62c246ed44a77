"""The marks on the map: each place with a listed alarm, each open incident that has none there.

Followed step by step, so that ten thousand of them cost nothing while they stand. The page gets
what changed, five uint32 each::

    handle  the position on the map, or for an incident a number for the life of a catalogue
    word    0: gone; else bits 0-3 severity, 4-5 state (3 over), bit 6 incident,
            8-15 layer (255 none), 16-19 worst severity nobody acknowledged (0 none),
            bit 20 all of those are over
    x, y    place, as fractions of the Mercator square times 2**32 (a step is 9 mm)
    alarms  children gathered under the alarm shown
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable

from backend_bridge.contract.alarms import Alarm, AlarmState
from backend_bridge.contract.incidents import IncidentState
from console.panels.map.layout import MapLayout
from console.state.alarms import alarm_key
from console.state.change import Change
from console.state.world import World

NO_LAYER = 255
_STATE = {AlarmState.UNACKNOWLEDGED: 0, AlarmState.ACKNOWLEDGED: 1, AlarmState.RETURNED: 2}
_OVER = 3
"""State of an incident's mark without hue: resolved, or none of its alarms is listed any more."""
_INCIDENT_BIT = 1 << 6
_RETURNED_BIT = 1 << 20
_FULL = 2**32
_INCIDENTS_FROM = 2**31
_LATITUDE_END = 85.0511287798

Key = int | str
"""A position of the layout, or an incident's id."""
Chosen = tuple[tuple[str, ...], str | None]
"""Equipment ids and incident id a mark stands for."""


class MapMarks:
    """Know the mark of every place and incident, and which of them the page has not heard of."""

    def __init__(self, world: World, layout: MapLayout) -> None:
        self._world = world
        self._layout = layout
        self._handles: dict[str, int] = {}
        self._incident_ids: list[str] = []
        self._place_of: dict[str, int] = {}  # alarm id → position
        self._alarms_at: dict[int, dict[str, None]] = {}
        self._told: dict[int, tuple[int, int, int, int]] = {}  # handle → word, x, y, children
        self._dirty: set[Key] = set()
        self.rebuild()

    def rebuild(self) -> None:
        """Read all alarms and incidents again."""
        self._dirty.update(self._key(handle) for handle in self._told)
        self._place_of.clear()
        self._alarms_at.clear()
        self._note_alarms(self._world.alarms.by_id)
        self._dirty.update(item.id for item in self._world.incidents)

    def note(self, change: Change) -> bool:
        """Take what a change touched; return whether a mark may differ."""
        if change.situation:
            self.rebuild()
            return True
        self._note_alarms(change.alarms)
        self._dirty.update(change.incidents)
        return bool(change.alarms or change.incidents)

    def take(self, *, everything: bool = False) -> array[int]:
        """Return what the page lacks, or all marks for a page that has none."""
        found = array("I")
        if everything:
            self._dirty.update(self._key(handle) for handle in self._told)
            self._told.clear()
        for key in self._dirty:
            mark = self._mark(key)
            handle = self._handle(key)
            if mark == self._told.get(handle):
                continue
            if mark is None:
                del self._told[handle]
                found.extend((handle, 0, 0, 0, 0))
            else:
                self._told[handle] = mark
                found.extend((handle, *mark))
        self._dirty.clear()
        return found

    def chosen(self, handles: Iterable[int]) -> Chosen:
        """Return the equipment these marks stand for, and the most pressing of their incidents.

        Raises:
            IndexError: a handle was never told.
        """
        equipment: dict[str, None] = {}
        incidents: dict[str, None] = {}
        for handle in handles:
            key = self._key(handle)
            if isinstance(key, int):
                equipment[self._layout.ids[key]] = None
                owners = map(self._world.incidents.of_alarm, self._alarms_at.get(key, ()))
                incidents.update((owner, None) for owner in owners if owner is not None)
            else:
                incidents[key] = None
                incident = self._world.incidents.get(key)
                if incident is not None and incident.equipment_id:
                    equipment[incident.equipment_id] = None
        opened = [item for item in map(self._world.incidents.get, incidents) if item is not None]
        queue_key = self._world.incidents.queue_key
        worst = min(opened, key=lambda item: queue_key(item, self._world.alarms), default=None)
        return tuple(equipment), None if worst is None else worst.id

    # -- inside -----------------------------------------------------------------------------------

    def _handle(self, key: Key) -> int:
        if isinstance(key, int):
            return key
        known = self._handles.get(key)
        if known is None:
            known = self._handles[key] = _INCIDENTS_FROM + len(self._incident_ids)
            self._incident_ids.append(key)
        return known

    def _key(self, handle: int) -> Key:
        if handle < _INCIDENTS_FROM:
            return handle
        return self._incident_ids[handle - _INCIDENTS_FROM]

    def _note_alarms(self, alarm_ids: Iterable[str]) -> None:
        for alarm_id in alarm_ids:
            before = self._place_of.get(alarm_id)
            alarm = self._world.alarms.get(alarm_id)
            now = None if alarm is None else self._layout.position_of.get(alarm.equipment_id)
            if before is not None:
                self._dirty.add(before)
                if before != now:
                    del self._place_of[alarm_id]
                    del self._alarms_at[before][alarm_id]
            if now is not None:
                self._dirty.add(now)
                self._place_of[alarm_id] = now
                self._alarms_at.setdefault(now, {})[alarm_id] = None
            owner = self._world.incidents.of_alarm(alarm_id)
            if owner is not None:
                self._dirty.add(owner)

    def _mark(self, key: Key) -> tuple[int, int, int, int] | None:
        return self._place_mark(key) if isinstance(key, int) else self._incident_mark(key)

    def _place_mark(self, position: int) -> tuple[int, int, int, int] | None:
        known = map(self._world.alarms.get, self._alarms_at.get(position, ()))
        alarms = [alarm for alarm in known if alarm is not None]
        if not alarms:
            return None
        shown = min(alarms, key=alarm_key)
        layout = self._layout
        word = int(shown.severity) | _STATE[shown.state] << 4 | layout.layer_of[position] << 8
        place = _fixed(layout.lons[position], layout.lats[position])
        return (word | _waiting(alarms), *place, shown.children)

    def _incident_mark(self, incident_id: str) -> tuple[int, int, int, int] | None:
        """Return the mark of an open incident whose place wears no alarm's."""
        incident = self._world.incidents.get(incident_id)
        if incident is None or incident.state is IncidentState.CLOSED:
            return None
        if any(alarm_id in self._place_of for alarm_id in incident.alarm_ids):
            return None
        severity = int(incident.severity)
        word = severity | _INCIDENT_BIT | NO_LAYER << 8
        alarms = self._world.incidents.alarms_of(incident, self._world.alarms)
        over = incident.state is IncidentState.RESOLVED or bool(incident.alarm_ids)
        if over and not alarms:  # as in the queue: hue is for alarms
            word |= _OVER << 4
        elif incident.state is IncidentState.NEW and not incident.owner:
            word |= severity << 16
        else:
            word |= _STATE[AlarmState.ACKNOWLEDGED] << 4
        return (word, *_fixed(incident.lon, incident.lat), 0)


def _waiting(alarms: Iterable[Alarm]) -> int:
    """Return the bits that say the worst alarm nobody acknowledged."""
    waiting = [alarm for alarm in alarms if not alarm.acknowledged]
    if not waiting:
        return 0
    over = not any(alarm.active for alarm in waiting)
    return int(min(alarm.severity for alarm in waiting)) << 16 | (_RETURNED_BIT if over else 0)


def _fixed(lon: float, lat: float) -> tuple[int, int]:
    """Return WGS84 degrees as fractions of the Mercator square in 32 bits."""
    sine = math.sin(math.radians(max(-_LATITUDE_END, min(_LATITUDE_END, lat))))
    y = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    x = lon / 360 + 0.5
    return min(_FULL - 1, max(0, round(x * _FULL))), min(_FULL - 1, max(0, round(y * _FULL)))
