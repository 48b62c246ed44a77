"""Two networks of real sockets, cut at once: back soon, and never a storm on either."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from backend_bridge.contract.quality import Quality
from backend_bridge.contract.times import SystemClock
from backend_bridge.core.driver import LinkConfig
from backend_bridge.core.points import PointTable
from backend_bridge.core.supervisor import Supervisor, SupervisorSettings
from backend_bridge.drivers.modbus.driver import make_driver
from tests.fakes.waiting import until
from tests.unit.core.fakes import Ring
from tests.unit.modbus.device import Device, link

LINKS = 30
PACE = 20.0
PERIOD_S = 0.5
TIMEOUT_S = 2.0
"""Longer than a machine with other work keeps sixty devices waiting: here connections are cut, none
falls silent."""


def links(ring: str, device: Device) -> list[LinkConfig]:
    """Return links of one point each."""
    settings = {"timeout_s": TIMEOUT_S}
    config = link({"table": "holding", "register": 10}, port=device.port, **settings)
    return [
        msgspec.structs.replace(
            config,
            id=f"{ring}{number}",
            poll_period_s=PERIOD_S,
            points=(msgspec.structs.replace(config.points[0], equipment_id=f"{ring}{number}"),),
        )
        for number in range(LINKS)
    ]


def most_in_a_second(times: Sequence[float]) -> int:
    return max(sum(at <= other < at + 1 for other in times) for at in times)


@pytest.fixture
async def attempts(monkeypatch: pytest.MonkeyPatch) -> dict[int, list[float]]:
    """Collect when each connection is attempted, by port.

    Where they are accepted, a machine that is busy joins what came apart.
    """
    loop = asyncio.get_running_loop()
    connect = loop.create_connection
    found: dict[int, list[float]] = {}

    async def counted(factory: Any, host: str, port: int) -> Any:
        found.setdefault(port, []).append(loop.time())
        return await connect(factory, host, port)

    monkeypatch.setattr(loop, "create_connection", counted)
    return found


async def test_two_networks_that_are_cut_come_back_each_at_its_own_pace(
    expected_events: list[str], attempts: dict[int, list[float]]
) -> None:
    expected_events.extend(["link_lost", "link_still_lost"])
    async with Device().serve() as east, Device().serve() as west:
        all_links = [*links("E", east), *links("W", west)]
        place = {config.id: number for number, config in enumerate(all_links)}
        table = PointTable([10.0] * len(all_links), SystemClock())
        supervisor = Supervisor(
            all_links,
            make_driver,
            table,
            point_index=lambda equipment, _point: place[equipment],
            clock=SystemClock(),
            on_link_state=lambda _state: None,
            settings=SupervisorSettings(reconnect_start_s=0.2, reconnect_cap_s=0.5),
            networks=[Ring("E", "", PACE), Ring("W", "", PACE)],
            network_of={config.id: config.id[0] for config in all_links},
        )
        running = asyncio.create_task(supervisor.run())

        def ups() -> int:
            return sum(state.up for state in supervisor.states.values())

        def all_are_back() -> bool:
            """A link that has not polled since still looks up; each needs a second connection."""
            tried = min(len(attempts[device.port]) for device in (east, west))
            return ups() == len(all_links) and tried >= 2 * LINKS

        try:
            await until(lambda: ups() == len(all_links), timeout_s=40, what="everything up")
            for device in (east, west):
                device.hang_up()
            await until(lambda: ups() < len(all_links), what="the cut to be seen")
            await until(all_are_back, timeout_s=40, what="everything back")

            good = {table.state(number).quality for number in range(len(table))}
            assert good == {Quality.GOOD}
            for device in (east, west):
                assert most_in_a_second(attempts[device.port]) <= PACE
            together = most_in_a_second(attempts[east.port] + attempts[west.port])
            assert together > PACE  # neither waited for the other
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
