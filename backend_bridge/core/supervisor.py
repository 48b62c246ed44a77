"""Run every link, each in its own task, and give commands their way to the field.

A link that fails, whatever the way, never touches another one.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence

import msgspec

from backend_bridge.contract.points import Scalar
from backend_bridge.contract.times import Clock
from backend_bridge.core.backoff import Backoff, Sleep
from backend_bridge.core.driver import Description, DriverFactory, LinkConfig, Reading
from backend_bridge.core.errors import ConfigError
from backend_bridge.core.gates import Gates, Network
from backend_bridge.core.linkrun import Limits, LinkRun, LinkTools
from backend_bridge.core.linkstate import LinkCause, LinkMeter, LinkState, OnLinkState
from backend_bridge.core.points import PointTable

__all__ = ["LinkCause", "LinkMeter", "LinkState", "OnLinkState", "Supervisor", "SupervisorSettings"]

STALE_SWEEP_S = 0.25
DESCRIBE_SLICE_S = 0.005
"""How long links are described before polls go on."""


class SupervisorSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How links are tried again.

    Attributes:
        reconnect_start_s: first pause after a loss, in seconds; halved at most by the jitter.
        reconnect_cap_s: longest pause.
        connects_per_s: connection attempts a second of the links that name no network, together.
    """

    reconnect_start_s: float = 0.5
    reconnect_cap_s: float = 15.0
    connects_per_s: float = 20.0


class Supervisor:
    """Own all links of a bridge.

    Args:
        links: what to run.
        make_driver: makes a link's driver, not yet open.
        point_index: index of a point by equipment id and point key.
        on_link_state: told of each link that goes up or down, on the loop.
        limits: lowest and highest possible value by point index.
        meters: points that show a link's own counters, by link id.
        networks: what links share, each with a limit of its own on connection attempts.
        network_of: network by link id; a link without one shares ``connects_per_s``.

    Raises:
        ConfigError: a driver refuses its link's configuration; the text names the link.
    """

    def __init__(
        self,
        links: Sequence[LinkConfig],
        make_driver: DriverFactory,
        table: PointTable,
        *,
        point_index: Callable[[str, str], int],
        clock: Clock,
        on_link_state: OnLinkState,
        settings: SupervisorSettings | None = None,
        limits: Limits | None = None,
        meters: Mapping[str, Sequence[LinkMeter]] | None = None,
        networks: Sequence[Network] = (),
        network_of: Mapping[str, str] | None = None,
        rng: random.Random | None = None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        settings = settings or SupervisorSettings()
        rng = rng or random.SystemRandom()
        self._table = table
        self._sleep = sleep
        self._tools = tools = LinkTools(
            make_driver=make_driver,
            table=table,
            point_index=point_index,
            clock=clock,
            on_state=on_link_state,
            gates=Gates(networks, network_of or {}, settings.connects_per_s, clock.mono_s),
            sleep=sleep,
            limits=limits or {},
        )
        self._runs: dict[str, LinkRun] = {}
        for number, link in enumerate(links):
            backoff = Backoff(settings.reconnect_start_s, settings.reconnect_cap_s, rng)
            try:
                run = LinkRun(
                    link,
                    tools,
                    backoff,
                    phase=(number + 1) / len(links),
                    meters=(meters or {}).get(link.id, ()),
                )
            except ConfigError as error:
                raise ConfigError(f'link "{link.id}": {error}') from error
            self._runs[link.id] = run
        self._run_of = {
            point.equipment_id: self._runs[link.id] for link in links for point in link.points
        }

    @property
    def states(self) -> Mapping[str, LinkState]:
        """Return the state of every link, by id."""
        return {link_id: run.state for link_id, run in self._runs.items()}

    async def run(self) -> None:
        """Run until cancelled; every driver is closed on the way out."""
        async with asyncio.TaskGroup() as tasks:
            for link_id, run in self._runs.items():
                tasks.create_task(run.run(), name=f"link {link_id}")
            tasks.create_task(self._sweep(), name="stale sweep")

    async def execute(
        self, equipment_id: str, point_key: str, value: Scalar, hold_s: float | None = None
    ) -> None:
        """Write one point once, overtaking polls.

        ``hold_s``: let the device take it back by itself then, where it can.

        Raises:
            ConfigError: nothing in the field carries this point.
            CommandRejectedError: the device refused; nothing changed.
            DeviceUnavailableError: the link is down (nothing sent), or no answer (fate unknown).
            ProtocolError: an answer that proves nothing; the fate is unknown.
        """
        run, slot = self._find(equipment_id, point_key)
        await run.execute(slot, value, hold_s)

    def longest_hold_s(self, equipment_id: str, point_key: str) -> float:
        """Return how long a device can hold this point before it takes it back, 0 for never."""
        run = self._run_of.get(equipment_id)
        slot = run.slot_of(equipment_id, point_key) if run is not None else None
        return run.longest_hold_s(slot) if run is not None and slot is not None else 0.0

    async def read_back(self, equipment_id: str, point_key: str) -> Reading:
        """Read one point now, overtaking polls; the point table gets it as well.

        Raises:
            ConfigError: nothing in the field carries this point.
            DeviceUnavailableError: no answer.
            ProtocolError: garbage.
        """
        run, slot = self._find(equipment_id, point_key)
        return await run.read_back(slot)

    def link_of(self, equipment_id: str) -> LinkState | None:
        """Return the state of the link an equipment hangs on, ``None`` when it has none."""
        run = self._run_of.get(equipment_id)
        return run.state if run is not None else None

    async def diagnostics(self, equipment_id: str) -> tuple[str, Description]:
        """Return the link of an equipment and what its driver says of itself.

        Raises:
            ConfigError: the equipment hangs on no link.
        """
        run = self._run_of.get(equipment_id)
        if run is None:
            raise ConfigError(f'"{equipment_id}" hangs on no link')
        return run.link.id, await run.describe()

    async def describe(self) -> dict[str, Description]:
        """Return every link's counters and frames, by link id; for metrics."""
        found = {}
        began_s = self._tools.clock.mono_s()
        for link_id, run in self._runs.items():
            found[link_id] = await run.describe()
            if self._tools.clock.mono_s() - began_s > DESCRIBE_SLICE_S:
                await asyncio.sleep(0)  # a city's links are many: polls and consoles go first
                began_s = self._tools.clock.mono_s()
        return found

    def _find(self, equipment_id: str, point_key: str) -> tuple[LinkRun, int]:
        run = self._run_of.get(equipment_id)
        slot = run.slot_of(equipment_id, point_key) if run is not None else None
        if run is None or slot is None:
            raise ConfigError(f'no link carries point "{point_key}" of "{equipment_id}"')
        return run, slot

    async def _sweep(self) -> None:
        while True:
            await self._sleep(STALE_SWEEP_S)
            for source in self._table.sweep_stale():
                run = self._tools.run_of_source.get(source)
                if run is not None:
                    run.forget(source)
