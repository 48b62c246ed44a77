"""People at this console's seat: the lock, the relief, and the keys for both."""

from __future__ import annotations

from PySide6.QtCore import QObject

from backend_bridge.contract.times import Clock
from console.app_lock import LockDesk, Room
from console.app_relief import ReliefDesk
from console.app_workspace import Workspace
from console.seats.layout import Seat
from ui.shell.keys import WindowKey
from ui.texts import text


class PeopleDesk(QObject):
    """Hold what concerns people at the seat together, from one workspace to the next.

    Args:
        room: the console.
        clock: steady time.
        kiosk: this workstation signs in by itself: it never locks, and nobody hands it over.
        parent: Qt parent.
    """

    def __init__(
        self, room: Room, clock: Clock, *, kiosk: bool, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.relief = ReliefDesk(room, never=kiosk, parent=self)
        self.lock = LockDesk(room, clock, self.relief.relieve, never=kiosk, parent=self)

    def opened(self, seat: Seat, workspace: Workspace) -> None:
        """Follow a workspace just made; the one before is let go."""
        self.closed()
        self.relief.opened(seat, workspace)
        self.lock.opened(seat, workspace.strip)

    def closed(self) -> None:
        """Let go of a workspace."""
        self.lock.closed()
        self.relief.closed()

    def tick(self) -> None:
        """Look at the clock: call it a few times a second."""
        self.lock.tick()

    def close(self) -> None:
        """End with the console."""
        self.closed()
        self.lock.close()


def people_keys(desk: PeopleDesk) -> list[WindowKey]:
    """Return the window's keys that concern people at the seat."""
    return [
        WindowKey("Ctrl+L", text("ui.key.lock"), desk.lock.lock),
        WindowKey("Ctrl+Shift+R", text("ui.key.handover"), desk.relief.toggle),
    ]
