"""A driver that breaks its contract costs its own link, never another one and never the bridge."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from backend_bridge.contract.quality import Quality
from backend_bridge.core.driver import Description, LinkConfig, Reading, Sink
from backend_bridge.core.linkstate import LinkCause
from tests.fakes.virtual_time import VirtualLoop, run_virtual
from tests.unit.core.fakes import POINTS, Device, FakeDriver, Stage

GOOD = [Quality.GOOD] * POINTS
LOST = [Quality.UNAVAILABLE] * POINTS
CONTRACT_BREAKERS = ("close raises", "read is cancelled", "open is cancelled", "sink is cancelled")


class RogueDriver(FakeDriver):
    """Break the driver's contract in one way while the device's mode says so."""

    def __init__(self, link: LinkConfig, device: Device) -> None:
        super().__init__(link, device)
        self._rogue = device

    async def open(self) -> None:
        if self._rogue.mode == "open is cancelled":
            raise asyncio.CancelledError
        await super().open()

    async def close(self) -> None:
        await super().close()
        if self._rogue.mode == "close raises":
            raise ZeroDivisionError("a defect in close")

    async def read(self, group: str) -> Sequence[Reading]:
        if self._rogue.mode == "close raises":
            raise ZeroDivisionError("a defect in read")
        if self._rogue.mode == "read is cancelled":
            raise asyncio.CancelledError  # as a library that cancels its own future does
        return await super().read(group)

    async def subscribe(self, sink: Sink) -> None:
        if self._rogue.mode == "sink is cancelled":
            raise asyncio.CancelledError
        await super().subscribe(sink)

    async def describe(self) -> Description:
        if self._rogue.mode == "describe raises":
            raise ZeroDivisionError("a defect in describe")
        return await super().describe()


class RogueStage(Stage):
    """Give the first link a driver that misbehaves; the others are sound."""

    def make_driver(self, link: LinkConfig) -> FakeDriver:
        device = self.devices[int(link.id[1:])]
        if device.mode == "cannot be made":
            raise ZeroDivisionError("a defect in the constructor")
        return RogueDriver(link, device)


@pytest.mark.parametrize("mode", CONTRACT_BREAKERS)
def test_breaking_the_contract_costs_one_link_and_comes_back(loop: VirtualLoop, mode: str) -> None:
    stage = RogueStage(loop, links=2)
    stage.run_for(3)
    if mode in ("open is cancelled", "sink is cancelled"):
        stage.devices[0].mode = "dead"  # so that it must connect again
        stage.run_for(2)
    stage.devices[0].mode = mode

    stage.run_for(20)

    assert stage.supervisor.states["L0"].cause is LinkCause.DEFECT
    assert stage.qualities(0) == LOST
    assert stage.qualities(1) == GOOD

    stage.devices[0].mode = "ok"
    stage.run_for(16)

    assert stage.qualities(0) == GOOD


def test_driver_that_cannot_describe_itself_holds_up_nobody(loop: VirtualLoop) -> None:
    stage = RogueStage(loop, links=2)
    stage.devices[0].mode = "describe raises"

    stage.run_for(5)

    assert stage.supervisor.states["L0"].cause is LinkCause.DEFECT
    assert stage.qualities(1) == GOOD

    stage.devices[0].mode = "ok"
    stage.run_for(16)

    assert stage.qualities(0) == GOOD


def test_one_driver_that_cannot_describe_itself_keeps_the_metrics_of_the_others(
    loop: VirtualLoop,
) -> None:
    stage = RogueStage(loop, links=2)
    stage.run_for(2)
    stage.devices[0].mode = "describe raises"

    found = run_virtual(loop, stage.supervisor.describe())

    assert found["L1"].counters["polls"] > 0
    assert found["L0"].counters["polls"] > 0  # the supervisor's own counters are still known


def test_driver_that_cannot_be_made_again_is_tried_again(loop: VirtualLoop) -> None:
    stage = RogueStage(loop, links=2)
    stage.run_for(2)
    stage.devices[0].mode = "cannot be made"
    stage.run_for(0.5)
    stage.devices[0].mode = "close raises"
    stage.run_for(1.5)
    stage.devices[0].mode = "cannot be made"

    stage.run_for(30)

    assert stage.qualities(1) == GOOD

    stage.devices[0].mode = "ok"
    stage.run_for(16)

    assert stage.qualities(0) == GOOD
