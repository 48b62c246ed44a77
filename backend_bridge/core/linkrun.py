"""One link's life: connect, read everything, poll, be lost, wait, connect again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from operator import is_not

import structlog

from backend_bridge.contract.points import Scalar
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.times import Clock
from backend_bridge.core.backoff import Backoff, Sleep
from backend_bridge.core.driver import (
    Description,
    Driver,
    DriverFactory,
    LinkConfig,
    Paced,
    PollGroup,
    Reading,
)
from backend_bridge.core.errors import (
    ConfigError,
    DeviceUnavailableError,
    ProtocolError,
)
from backend_bridge.core.gates import Gates
from backend_bridge.core.linkstate import LinkCause, LinkMeter, LinkState, OnLinkState
from backend_bridge.core.patience import Patience, patient_timeout
from backend_bridge.core.points import NO_SOURCE, PointTable
from backend_bridge.core.strays import apart, no_stray_cancellation

OPEN_LIMIT_S = 10.0
"""Longest opening of a link; drivers have shorter limits of their own."""
CLOSE_LIMIT_S = 1.0
SHORTEST_READ_LIMIT_S = 0.5
READ_SHARE = 0.9
"""Share of the poll period one read may take: a device that falls silent right after a good
answer is lost within two periods."""
STEADY_S = 10.0
"""A link that was up for so long starts its back-off anew."""
METER_PERIOD_S = 2.0

Limits = Mapping[int, tuple[float | None, float | None]]
"""Lowest and highest possible value by point index; outside, the reading is bad."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True, kw_only=True)
class LinkTools:
    """What every link shares."""

    make_driver: DriverFactory
    table: PointTable
    point_index: Callable[[str, str], int]
    clock: Clock
    on_state: OnLinkState
    gates: Gates
    sleep: Sleep
    limits: Limits = field(default_factory=dict)
    run_of_source: dict[int, LinkRun] = field(default_factory=dict)
    """Whose a source of the table is; filled by the links as they learn their groups."""


class LinkRun:
    """Own one link's driver and tell the point table what it reads.

    Args:
        phase: share of the poll period (0 to 1) by which this link's polls are put off, so that
            the links of a city do not all poll in the same instant.

    Raises:
        ConfigError: the driver refuses the link's configuration.
    """

    def __init__(
        self,
        link: LinkConfig,
        tools: LinkTools,
        backoff: Backoff,
        *,
        phase: float = 0.0,
        meters: Sequence[LinkMeter] = (),
    ) -> None:
        self.link = link
        self._tools = tools
        self._backoff = backoff
        self._phase = phase
        self._indexes = [tools.point_index(p.equipment_id, p.point_key) for p in link.points]
        self._limits = [tools.limits.get(index) for index in self._indexes]
        self._meters = [(m, tools.point_index(m.equipment_id, m.point_key)) for m in meters]
        self._meter_source = NO_SOURCE
        self._gate = tools.gates.of(link.id)
        self._driver = self._make_driver()
        self._prepared = False
        self._groups: dict[str, PollGroup] = {}
        self._holds_s: Mapping[int, float] = {}
        self._patience: dict[str, Patience] = {}
        self._sources: dict[str, int] = {}
        self._applied: dict[str, tuple[Reading, ...]] = {}
        self.counters = {"polls": 0.0, "polls_skipped": 0.0, "connects": 0.0, "losses": 0.0}
        now_ms = tools.clock.now_ms()
        self.state = LinkState(link_id=link.id, up=False, since_ms=now_ms)
        self._told = False
        self._up_mono_s: float | None = None
        self._log = _log.bind(link=link.id, driver=link.driver)

    async def run(self) -> None:
        """Keep the link up until cancelled."""
        while True:
            cause, reason = await apart(self._session(), f"session {self.link.id}")
            self._lose(cause, reason)
            if self._up_mono_s is not None:
                if self._tools.clock.mono_s() - self._up_mono_s >= STEADY_S:
                    self._backoff.reset()
                self._up_mono_s = None
            await self._tools.sleep(self._backoff.next_s())
            if cause is LinkCause.DEFECT:
                self._renew_driver()

    async def execute(self, slot: int, value: Scalar, hold_s: float | None = None) -> None:
        """Write one point now; see :meth:`Driver.execute` for what it raises."""
        self._require_up()
        with no_stray_cancellation("a command"):
            if hold_s is None or slot not in self._holds_s:
                await self._driver.execute(slot, value)
            else:
                await self._driver.execute(slot, value, hold_s)

    def longest_hold_s(self, slot: int) -> float:
        """Return how long the device can hold a value before it takes it back itself, 0 for never.

        Not known before the link was first tried.
        """
        return self._holds_s.get(slot, 0.0)

    async def read_back(self, slot: int) -> Reading:
        """Read one point now and put it in the table; see :meth:`Driver.read_back`."""
        self._require_up()
        with no_stray_cancellation("a read-back"):
            reading = await self._driver.read_back(slot)
        group = next(group for group in self._groups.values() if slot in group.slots)
        self._applied.pop(group.key, None)
        self._tools.table.apply(self._sources[group.key], [self._judged(reading)], heard=False)
        return reading

    def forget(self, source: int) -> None:
        """Take the next readings of a source whole: the table has changed behind them."""
        for key, number in self._sources.items():
            if number == source:
                self._applied.pop(key, None)

    def slot_of(self, equipment_id: str, point_key: str) -> int | None:
        """Return the slot of a point, ``None`` when the link does not carry it."""
        for point in self.link.points:
            if point.equipment_id == equipment_id and point.point_key == point_key:
                return point.slot
        return None

    async def describe(self) -> Description:
        """Return the driver's description with the supervisor's counters added; never raises."""
        try:
            with no_stray_cancellation("describe"):
                description = await self._driver.describe()
        except Exception as error:  # noqa: BLE001 - a driver's defect must not hide the other links
            return Description(groups=(), counters=dict(self.counters), frames=(f"? {error!r}",))
        return Description(
            groups=description.groups,
            counters={**description.counters, **self.counters},
            frames=description.frames,
        )

    def _require_up(self) -> None:
        if not self.state.up:
            raise DeviceUnavailableError(self.state.reason or "the link is not up")

    async def _session(self) -> tuple[LinkCause, str]:
        """Connect and poll until something fails; return what failed and why."""
        try:
            if not self._prepared:
                await self._prepare()
            await self._gate.wait()
            self.counters["connects"] += 1
            await self._open()
            for group in self._groups.values():
                await self._read(group)
            self._gain()
            await self._poll_all()
        except Exception as error:  # noqa: BLE001 - the link's task boundary: never the bridge's end
            cause, leaf = _worst(error)
            if cause is LinkCause.DEFECT:
                self._log.error("driver_failed", exc_info=leaf)
            return cause, str(leaf) or type(leaf).__name__
        finally:
            await self._close()
        return LinkCause.DEFECT, "the driver stopped polling by itself"

    async def _prepare(self) -> None:
        """Register the link's poll groups as sources of the table; needs no connection."""
        with no_stray_cancellation("describe"):
            description = await self._driver.describe()
        self._holds_s = description.holds_s
        table = self._tools.table
        for group in description.groups:
            self._groups[group.key] = group
            self._patience[group.key] = Patience()
            source = table.add_source(
                f"{self.link.id}/{group.key}", [self._indexes[slot] for slot in group.slots]
            )
            self._sources[group.key] = source
            self._tools.run_of_source[source] = self
        if self._meters:
            self._meter_source = table.add_source(
                f"{self.link.id}//link", [index for _, index in self._meters]
            )
        self._prepared = True

    async def _open(self) -> None:
        try:
            with no_stray_cancellation("opening"), patient_timeout(OPEN_LIMIT_S):
                await self._driver.open()
        except TimeoutError as error:
            raise DeviceUnavailableError(f"no connection within {OPEN_LIMIT_S:g} s") from error

    async def _close(self) -> None:
        try:
            with no_stray_cancellation("closing"):
                async with asyncio.timeout(CLOSE_LIMIT_S):
                    await self._driver.close()
        except TimeoutError:
            return
        except Exception:  # noqa: BLE001 - the link's task boundary: never the bridge's end
            self._log.exception("driver_not_closed")

    async def _poll_all(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            for group in self._groups.values():
                tasks.create_task(self._poll(group))
            tasks.create_task(self._subscribe())
            if self._meters:
                tasks.create_task(self._measure())

    async def _subscribe(self) -> None:
        with no_stray_cancellation("the subscription"):
            await self._driver.subscribe(self._take)

    async def _poll(self, group: PollGroup) -> None:
        """Read one group at each period, by the clock and not by the length of the reads."""
        clock = self._tools.clock
        due_s = clock.mono_s() + group.period_s * (self._phase or 1.0)
        while True:
            await self._tools.sleep(max(0.0, due_s - clock.mono_s()))
            await self._read(group)
            due_s += group.period_s
            behind_s = clock.mono_s() - due_s
            if behind_s > 0:
                skipped = int(behind_s // group.period_s) + 1
                self.counters["polls_skipped"] += skipped
                due_s += skipped * group.period_s

    async def _measure(self) -> None:
        """Put the link's own counters in the table while it is up."""
        period_s = max(METER_PERIOD_S, self.link.poll_period_s)
        while True:
            counters = (await self.describe()).counters
            readings: list[tuple[int, Scalar, Quality]] = []
            for meter, index in self._meters:
                value = round(counters.get(meter.counter, 0.0) * meter.scale, meter.decimals)
                readings.append((index, value if meter.decimals else int(value), Quality.GOOD))
            self._tools.table.apply(self._meter_source, readings)
            await self._tools.sleep(period_s)

    async def _read(self, group: PollGroup) -> None:
        limit_s = max(group.period_s * READ_SHARE, SHORTEST_READ_LIMIT_S)
        try:
            with no_stray_cancellation("a read"), self._patience[group.key].limit(limit_s):
                readings = await self._driver.read(group.key)
        except TimeoutError as error:
            raise DeviceUnavailableError(
                f"group {group.key} not read within {limit_s:g} s"
            ) from error
        self.counters["polls"] += 1
        self._take(group.key, readings)

    def _take(self, group_key: str, readings: Sequence[Reading]) -> None:
        """Put in the table what differs from the last time; the rest is only confirmed.

        Most polls of a city bring nothing new, and comparing costs a thirtieth of applying.
        """
        now = tuple(readings)
        last = self._applied.get(group_key)
        changed: Sequence[Reading] = now
        if last is now:
            changed = ()
        elif last is not None and len(last) == len(now):
            moved = compress(zip(now, last, strict=True), map(is_not, now, last))
            changed = [new for new, old in moved if new != old]
        self._applied[group_key] = now
        self._tools.table.apply(
            self._sources[group_key], [self._judged(reading) for reading in changed]
        )

    def _judged(self, reading: Reading) -> tuple[int, Scalar, Quality]:
        """Return the reading for the table: an impossible value is bad, whoever says it."""
        index = self._indexes[reading.slot]
        value, quality = reading.value, reading.quality
        limits = self._limits[reading.slot]
        if limits is not None and quality is Quality.GOOD and isinstance(value, int | float):
            low, high = limits
            # written so that a value that is not a number is outside, too
            inside = (low is None or value >= low) and (high is None or value <= high)
            if not inside or value != value:  # noqa: PLR0124 - only NaN differs from itself
                quality = Quality.BAD
        return index, value, quality

    def _gain(self) -> None:
        self._up_mono_s = self._tools.clock.mono_s()
        self._told = True
        self._set(up=True, reason="", cause=LinkCause.NONE)
        self._log.info("link_up")

    def _lose(self, cause: LinkCause, reason: str) -> None:
        self._applied.clear()
        for source in self._sources.values():
            self._tools.table.degrade(source, Quality.UNAVAILABLE)
        if self._meter_source != NO_SOURCE:
            self._tools.table.degrade(self._meter_source, Quality.UNAVAILABLE)
        if self.state.up or not self._told:
            self.counters["losses"] += 1
            self._told = True
            self._log.warning("link_lost", cause=cause.value, reason=reason)
            self._set(up=False, reason=reason, cause=cause)
        elif cause is not self.state.cause:
            self._log.warning("link_still_lost", cause=cause.value, reason=reason)
            self._set(up=False, reason=reason, cause=cause)

    def _set(self, *, up: bool, reason: str, cause: LinkCause) -> None:
        moved = up != self.state.up
        self.state = LinkState(
            link_id=self.link.id,
            up=up,
            since_ms=self._tools.clock.now_ms() if moved else self.state.since_ms,
            reason=reason,
            cause=cause,
        )
        self._tools.on_state(self.state)

    def _make_driver(self) -> Driver:
        driver = self._tools.make_driver(self.link)
        if isinstance(driver, Paced):
            driver.pace(self._gate.take_now)
        return driver

    def _renew_driver(self) -> None:
        """Replace a driver that failed: its inner state is not to be trusted."""
        try:
            self._driver = self._make_driver()
        except Exception as error:  # noqa: BLE001 - the link's task boundary: the old one is tried again
            self._log.error("driver_not_remade", reason=repr(error))


_CAUSES: tuple[tuple[type[Exception], LinkCause], ...] = (
    (DeviceUnavailableError, LinkCause.UNAVAILABLE),
    (ProtocolError, LinkCause.PROTOCOL),
    (ConfigError, LinkCause.CONFIG),
)
"""From what passes by itself to what needs a person; anything not listed is a defect."""


def _worst(error: Exception) -> tuple[LinkCause, Exception]:
    """Return the gravest of the failures that ended a session, and its cause."""
    leaves = [error]
    while any(isinstance(leaf, ExceptionGroup) for leaf in leaves):
        leaves = [
            inner
            for leaf in leaves
            for inner in (leaf.exceptions if isinstance(leaf, ExceptionGroup) else (leaf,))
        ]

    def rank(leaf: Exception) -> int:
        kinds = [kind for kind, _ in _CAUSES]
        return next((n for n, kind in enumerate(kinds) if isinstance(leaf, kind)), len(kinds))

    worst = max(leaves, key=rank)
    at = rank(worst)
    return (_CAUSES[at][1] if at < len(_CAUSES) else LinkCause.DEFECT), worst
