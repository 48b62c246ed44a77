"""What the window's own keys do when no panel takes them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from backend_bridge.contract.alarms import Alarm
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.requests import AcknowledgeAlarm
from console.app_editing import EditDesk
from console.app_link import LinkBridge
from console.app_people import PeopleDesk, people_keys
from console.app_person import PersonDesk
from console.app_windows import Windows
from console.app_workspace import Workspace
from console.state.selection import Selection
from console.state.world import World
from ui.aged import aged
from ui.shell.keys import WindowKey
from ui.texts import text

MOST_WINDOWS = 4
"""Windows a key of its own brings to the front."""


class Room(Protocol):
    """What the keys reach: the console."""

    @property
    def world(self) -> World: ...
    @property
    def selection(self) -> Selection: ...
    @property
    def windows(self) -> Windows: ...
    @property
    def link(self) -> LinkBridge: ...
    @property
    def workspace(self) -> Workspace | None: ...

    def spawn(self, work: Coroutine[Any, Any, None], /) -> None: ...
    def sign_out(self) -> None: ...
    def silence(self) -> None: ...
    @property
    def person(self) -> PersonDesk: ...
    @property
    def people(self) -> PeopleDesk: ...
    @property
    def editing(self) -> EditDesk: ...


class WindowActs:
    """Carry out the window's keys: the alarm in the foot, the queue, leaving the seat."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def keys(self) -> list[WindowKey]:
        """Return the window's keys; those without an act of their own belong to panels."""
        return [
            WindowKey("F2", text("ui.key.f2"), self.acknowledge, in_foot=True),
            WindowKey("F3", text("ui.key.f3"), self.go_to_alarm, in_foot=True),
            WindowKey("F4", text("ui.key.f4"), self.go_to_queue),
            WindowKey("F5", text("ui.key.f5")),
            WindowKey("F6", text("ui.key.f6"), self.outline_aged, in_foot=True),
            WindowKey("F7", text("ui.key.f7")),
            WindowKey("F9", text("ui.key.f9")),
            WindowKey("F11", text("ui.key.f11"), in_foot=True),
            WindowKey("Ctrl+F", text("ui.key.ctrl_f"), self.search),
            WindowKey("Ctrl+K", text("ui.key.ctrl_k"), self.open_palette, in_foot=True),
            *(
                WindowKey(
                    f"Ctrl+{number}", text("ui.key.screen", number=number), self._bring(number)
                )
                for number in range(1, MOST_WINDOWS + 1)
            ),
            WindowKey("Ctrl+G", text("ui.key.ctrl_g"), self.open_acts),
            *self._works_keys(),
            *self._editing_keys(),
            WindowKey("F12", text("ui.key.f12"), self._room.silence),
            WindowKey("Shift+F1", text("ui.key.keymap"), self.open_key_map),
            WindowKey("Ctrl+,", text("ui.key.preferences"), self.open_preferences),
            *people_keys(self._room.people),
            WindowKey("Ctrl+Shift+Q", text("ui.key.sign_out"), self._room.sign_out),
        ]

    def acknowledge(self) -> None:
        """Acknowledge the alarm in the foot: F2 while no incident is chosen."""
        alarm = self._highest()
        if alarm is None:
            self._room.windows.notify(text("ui.shell.nothing_to_acknowledge"))
            return
        self._room.spawn(self._acknowledge(alarm))

    def go_to_alarm(self) -> None:
        """Choose the incident and the equipment of the alarm in the foot, in every panel."""
        alarm = self._highest()
        if alarm is None:
            self._room.windows.notify(text("ui.shell.no_alarm_to_go_to"))
            return
        incident_id = self._room.world.incidents.of_alarm(alarm.id)
        self._room.selection.select_incident(incident_id, (alarm.equipment_id,))
        panel = "queue" if incident_id is not None else "equipment"
        if not self._room.windows.focus_panel(panel):
            said = text("ui.shell.alarm_chosen_elsewhere", code=alarm.equipment_id)
            self._room.windows.notify(said)

    def go_to_queue(self) -> None:
        """Give the keyboard to the queue, or say that this seat has none."""
        if not self._room.windows.focus_panel("queue"):
            self._room.windows.notify(text("ui.shell.no_queue_here"))

    def outline_aged(self) -> None:
        """Outline in every panel what is older than allowed, or stop."""
        aged().set_outlined(on=not aged().outlined)

    def search(self) -> None:
        """Put the caret in the search field of the map."""
        workspace = self._room.workspace
        if workspace is not None:
            workspace.search_here.open_field()

    def open_palette(self) -> None:
        """Open the palette, or close it."""
        workspace = self._room.workspace
        if workspace is not None:
            workspace.search_here.palette.toggle()

    def open_key_map(self) -> None:
        """Open the list of keys, or close it."""
        self._room.person.pages.key_map()

    def open_preferences(self) -> None:
        """Open the preferences, or close them."""
        self._room.person.pages.preferences()

    def open_acts(self) -> None:
        """Open the sheet of acts under way, or close it."""
        workspace = self._room.workspace
        if workspace is not None:
            workspace.acting.toggle()

    def edit(self) -> None:
        """Turn edit mode on, or off."""
        self._room.editing.toggle()

    def declare_works(self) -> None:
        """Open the declaration of works."""
        workspace = self._room.workspace
        if workspace is not None:
            workspace.works.open()

    def _works_keys(self) -> list[WindowKey]:
        """Return the key of the declaration, none for a person who manages nothing."""
        session = self._room.world.session
        if session is not None and not session.may("manage", ""):
            return []
        return [WindowKey("Ctrl+T", text("ui.key.works"), self.declare_works)]

    def _editing_keys(self) -> list[WindowKey]:
        """Return the key of edit mode, none for a person who may never configure anything."""
        session = self._room.world.session
        if session is not None and not session.may("configure", ""):
            return []
        return [WindowKey("Ctrl+E", text("ui.key.edit_mode"), self.edit)]

    def _bring(self, number: int) -> Callable[[], None]:
        return lambda: self._room.windows.bring(number)

    def _highest(self) -> Alarm | None:
        workspace = self._room.workspace
        return None if workspace is None else workspace.highest_alarm

    async def _acknowledge(self, alarm: Alarm) -> None:
        try:
            await self._room.link.ask(AcknowledgeAlarm(alarm_id=alarm.id))
        except RequestError as error:
            self._room.windows.notify(text(error.text_key, **error.params))
        else:
            self._room.windows.notify(text("ui.shell.acknowledged", code=alarm.equipment_id))
