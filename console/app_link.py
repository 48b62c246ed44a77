"""Between the link's thread and Qt: one queued signal in, awaitable requests out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping

from PySide6.QtCore import QObject, Qt, Signal, Slot

from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from console.link.batch import LinkBatch, LinkSession
from console.link.settings import LinkSettings
from console.link.thread import LinkThread
from console.state.equipment import EquipmentIndex
from console.state.world import World


class LinkBridge(QObject):
    """Own the link's thread and carry its batches to the world on the interface's thread.

    The link sends no batch before the last one was taken, so at most one is ever queued here.

    Args:
        settings: where the bridge is.
        world: takes the batches.
        parent: Qt parent.
    """

    _arrived = Signal(object, object)
    applied = Signal(object)
    """The :class:`console.state.change.Change` of each batch, after the world's subscribers."""

    def __init__(self, settings: LinkSettings, world: World, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._world = world
        self._stopped = False
        self._arrived.connect(self._on_batch_arrived, Qt.ConnectionType.QueuedConnection)
        self._thread = LinkThread(settings, self._deliver)

    def start(self) -> None:
        """Start connecting."""
        self._thread.start()

    def stop(self) -> None:
        """Disconnect and wait for the thread; batches still queued are dropped."""
        self._stopped = True
        self._thread.stop()

    def ask(self, request: Request) -> Awaitable[Result]:
        """Send one request; await its result on the interface's loop.

        Raises:
            RequestError: when awaited; with the operator's text key.
        """
        return asyncio.wrap_future(self._thread.ask(request))

    def sign_in(
        self, user: str, password: str, seat: str, new_password: str = ""
    ) -> Awaitable[LinkSession]:
        """Sign a person in; a ``new_password`` replaces the password at the same time.

        Raises:
            RequestError: when awaited; as :meth:`LinkThread.sign_in` says.
        """
        return asyncio.wrap_future(self._thread.sign_in(user, password, seat, new_password))

    def hand_over(
        self, user: str, password: str, incidents: tuple[str, ...], shown: Mapping[str, int]
    ) -> Awaitable[LinkSession]:
        """Let another person relieve who is signed in; refused, the session before goes on.

        Raises:
            RequestError: when awaited; as :meth:`LinkClient.hand_over` says.
        """
        return asyncio.wrap_future(self._thread.hand_over(user, password, incidents, shown))

    def sign_out(self) -> Awaitable[None]:
        """End the session."""
        return asyncio.wrap_future(self._thread.sign_out())

    def _deliver(self, batch: LinkBatch) -> None:
        """Hand a batch over; runs on the link's thread, where a catalogue's index is made.

        At ten times Dijon that takes half a second, which the window must not wait for.
        """
        index = None
        if batch.catalogue is not None:
            index = EquipmentIndex(batch.catalogue)
            index.owner_numbers(batch.catalogue.points_total)
        self._arrived.emit(batch, index)

    @Slot(object, object)
    def _on_batch_arrived(self, batch: LinkBatch, index: EquipmentIndex | None) -> None:
        if self._stopped:
            batch.taken()
            return
        self.applied.emit(self._world.apply(batch, index))
