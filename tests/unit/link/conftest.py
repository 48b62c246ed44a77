"""A scripted bridge and a link thread that feeds a real world."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
import zmq

from backend_bridge.contract.points import PointChange
from backend_bridge.contract.times import SystemClock
from console.link.batch import LinkBatch
from console.link.settings import LinkSettings
from console.link.thread import LinkThread
from console.state.world import World
from tests.fakes.scripted_bridge import ScriptedBridge
from tests.fakes.small_city import small_city

BRIDGE_KEYS = zmq.curve_keypair()
CONSOLE_KEYS = zmq.curve_keypair()


class Seat:
    """One console: its link thread, its world and every batch it was handed."""

    def __init__(self, settings: LinkSettings) -> None:
        self.world = World(SystemClock())
        self.batches: list[LinkBatch] = []
        self.applies = True
        self.link = LinkThread(settings, self._deliver)

    def _deliver(self, batch: LinkBatch) -> None:
        self.batches.append(batch)
        if self.applies:
            self.world.apply(batch)

    @property
    def live(self) -> bool:
        self.world.tick()
        return self.world.liveness.live

    def mirrors(self, bridge: ScriptedBridge) -> bool:
        """Return whether every value equals the bridge's; what was never heard shares one state."""
        table = bridge.table
        return len(self.world.points) == len(table) and all(
            _said(self.world.points.state[index]) == _said(table.state(index))
            for index in range(len(table))
        )


def _said(change: PointChange) -> tuple[object, ...]:
    return (change.value, change.quality, change.changed_ms, change.source)


def link_settings(*addresses: str, **changes: float) -> LinkSettings:
    public, secret = CONSOLE_KEYS
    quick = LinkSettings(
        addresses=addresses,
        public_key=public.decode(),
        secret_key=secret.decode(),
        bridge_key=BRIDGE_KEYS[0].decode(),
        retry_first_s=0.05,
        retry_cap_s=0.2,
        request_timeout_s=5.0,
    )
    return dataclasses.replace(quick, **changes)  # type: ignore[arg-type]  # floats by name


MakeSeat = Callable[..., Seat]


@pytest.fixture
def make_seat() -> Iterator[MakeSeat]:
    """Start consoles that are stopped at the end."""
    seats: list[Seat] = []

    def make(*addresses: str, **changes: float) -> Seat:
        seat = Seat(settings=link_settings(*addresses, **changes))
        seats.append(seat)
        seat.link.start()
        return seat

    yield make
    for seat in seats:
        seat.link.stop()


@pytest.fixture
async def bridge() -> AsyncIterator[ScriptedBridge]:
    """Serve a small city."""
    async with ScriptedBridge(small_city()).serve(BRIDGE_KEYS) as serving:
        yield serving
