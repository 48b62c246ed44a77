"""Bring overrides back: look first, then command once, then say that somebody must look.

A *return* is the one command that is tried again: it only ever takes a point to where it goes by
itself, and each try looks at the field before it sends anything.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping

import msgspec
import structlog

from backend_bridge.commands.needs import Door, Field
from backend_bridge.commands.values import equal
from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import (
    HandsOffEvent,
    InterlockEvent,
    JournalEntry,
    OverrideEvent,
    ServiceEvent,
)
from backend_bridge.contract.order_requests import ExecuteCommand, ExtendOverride
from backend_bridge.contract.overrides import Override, OverrideState
from backend_bridge.contract.points import PointDef, Scalar, WayBack
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.results import Result
from backend_bridge.contract.times import Clock
from backend_bridge.core.bus import Bus
from backend_bridge.core.errors import ConfigError, DriverError
from backend_bridge.core.linkstate import LinkState
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.services.overrides import rules
from backend_bridge.services.overrides.ledger import OverrideLedger
from backend_bridge.services.overrides.needs import Heirs, NoHeirs, NotReturned, Returned

_ON_THE_WAY = (OverrideState.RETURNING, OverrideState.STUCK)
_CLEARS = (ServiceEvent, HandsOffEvent, InterlockEvent)
"""After these what stood in the way may stand there no more."""
_ANOTHERS = ("error.override.over", "error.override.holds")
_log = structlog.get_logger(__name__)


class ReturnSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How overrides are brought back; all in seconds but the first.

    Attributes:
        at_once: returns that look or command at the same time.
        read_s: for a device to answer one look.
        deadline_s: for a return to be sent after it was asked for.
        look_s: between two looks at what takes its time: a device's own hold, a way up.
        device_s: by how much a device may be late to go back by itself; a hold counted in minutes
            is rounded up to the next one.
        start_s: after the bridge's start, for links to come up before anything counts as stuck.
        retry_s: after a try that failed, doubled each time up to ``longest_retry_s``; a link that
            comes back ends the wait, and so does whatever lifts a mark, a zone or an interlock.
    """

    at_once: int = 16
    read_s: float = 2.0
    deadline_s: float = 10.0
    look_s: float = 1.0
    device_s: float = 65.0
    start_s: float = 30.0
    retry_s: float = 15.0
    longest_retry_s: float = 900.0


class Returner:
    """Take points back whose override is over. Everything runs on the bridge's loop.

    Args:
        epoch: returns the bridge epoch that commands must name.
        heirs: plans that take what is given back, ``None`` when there are none.
    """

    def __init__(
        self,
        *,
        ledger: OverrideLedger,
        door: Door,
        field: Field,
        bus: Bus,
        clock: Clock,
        epoch: Callable[[], str],
        heirs: Heirs | None = None,
        settings: ReturnSettings | None = None,
    ) -> None:
        self._ledger = ledger
        self._heirs = heirs or NoHeirs()
        self._door = door
        self._field = field
        self._clock = clock
        self._epoch = epoch
        self._settings = settings or ReturnSettings()
        self._turns = asyncio.Semaphore(self._settings.at_once)
        self._under_way: dict[str, asyncio.Event] = {}
        self._wanted: set[str] = set()
        self._bell = asyncio.Event()
        self._patient_until_s = clock.mono_s() + self._settings.start_s
        bus.subscribe(self._on_entry)

    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request."""
        return {ExtendOverride: self.extend}

    async def run(self) -> None:
        """Bring back what is on its way now, and whatever will be, until cancelled."""
        self._wanted |= {item.id for item in self._ledger.open if item.state in _ON_THE_WAY}
        async with asyncio.TaskGroup() as tasks:
            while True:
                wanted, self._wanted = self._wanted, set()
                for override_id in wanted:
                    if override_id in self._under_way:
                        self._under_way[override_id].set()
                        continue
                    self._under_way[override_id] = asyncio.Event()
                    tasks.create_task(self._bring_back(override_id), name=f"return {override_id}")
                await self._bell.wait()
                self._bell.clear()

    def on_link_state(self, state: LinkState) -> None:
        """Try again what hangs on a link that came back; called by the supervisor, on the loop."""
        if not state.up:
            return
        for override_id in self._under_way:
            override = self._ledger.find(override_id)
            link = None if override is None else self._field.link_of(override.equipment_id)
            if link is not None and link.link_id == state.link_id:
                self._want(override_id)

    async def extend(self, caller: Caller, request: ExtendOverride) -> Result:
        """Let an override end at another time; what the device counts itself is told to it anew.

        Raises:
            RequestError: it cannot be extended, or the device did not take the new end.
        """
        override = self._ledger.check_extension(caller, request)
        if override.by_device:
            order = self._order(override, override.value, request.until_ms)
            command = await self._door.take_back(caller, order, override.id)
            if command.outcome is not CommandOutcome.CONFIRMED:
                raise RequestError(
                    ErrorCode.UNAVAILABLE,
                    "error.override.not_extended",
                    {"equipment": override.equipment_id},
                )
        return await self._ledger.ask(caller, request)

    def _on_entry(self, entry: JournalEntry) -> None:
        event = entry.event
        if isinstance(event, OverrideEvent):
            if event.override.state is OverrideState.RETURNING:
                self._want(event.override.id)
            elif event.override.id in self._under_way and event.override.state in rules.OVER:
                self._under_way[event.override.id].set()
        elif isinstance(event, _CLEARS):
            for woken in self._under_way.values():
                woken.set()

    def _want(self, override_id: str) -> None:
        self._wanted.add(override_id)
        self._bell.set()

    async def _bring_back(self, override_id: str) -> None:
        """Try until the override is over; between two tries wait, or be woken."""
        woken = self._under_way[override_id]
        pause_s = self._settings.retry_s
        try:
            while (override := self._ledger.find(override_id)) is not None:
                woken.clear()
                try:
                    said = await self._try(override)
                except Exception:  # noqa: BLE001 - one return's defect must not end the others
                    _log.exception("return_failed", override=override_id)
                    said = NotReturned(override_id, "override.stuck.defect")
                if said is not None:
                    self._ledger.post(said)
                if isinstance(said, Returned):
                    return
                try:
                    async with asyncio.timeout(pause_s):
                        await woken.wait()
                    pause_s = self._settings.retry_s
                except TimeoutError:
                    pause_s = min(2 * pause_s, self._settings.longest_retry_s)
        finally:
            del self._under_way[override_id]

    async def _try(self, override: Override) -> Returned | NotReturned | None:
        """Look, command if needed, and say what became of it; ``None`` when it is another's now."""
        point = self._ledger.point_of(override)
        if point is None:
            return NotReturned(override.id, "override.stuck.no_point")
        link = self._field.link_of(override.equipment_id)
        if link is None or not link.up:
            if self._clock.mono_s() < self._patient_until_s:
                return None
            return NotReturned(override.id, "override.stuck.link_down")
        if await self._inherited(override):
            return None
        if await self._waited_for(override, point):
            by_device = override.by_device and override.until_ms <= self._clock.now_ms()
            return Returned(override.id, "by_device" if by_device else "")
        if self._ledger.find(override.id) is None:
            return None
        order = self._order(override, override.back_value, None)
        try:
            async with self._turns:
                caller = self._ledger.caller_of(override)
                command = await self._door.take_back(caller, order, override.id)
        except RequestError as error:
            said = NotReturned(override.id, error.text_key, error.params)
        else:
            if command.outcome is CommandOutcome.CONFIRMED:
                return Returned(override.id)
            text_key = command.text_key or "override.stuck.unknown"
            said = NotReturned(override.id, text_key, command.params)
        # a newer one holds the point: the ledger says so
        return None if said.text_key in _ANOTHERS else said

    async def _inherited(self, override: Override) -> bool:
        """Return whether a plan took the point: then the ledger says that it was replaced."""
        async with self._turns:
            return await self._heirs.inherit((override.equipment_id, override.point_key))

    async def _waited_for(self, override: Override, point: PointDef) -> bool:
        """Return whether a point is back, or goes back, without being told to by the bridge."""
        began_s = self._clock.mono_s()
        late_s = (self._clock.now_ms() - override.until_ms) / 1000
        device_s = self._settings.device_s - late_s if override.by_device and late_s >= 0 else 0.0
        while True:
            told, shown = await self._look(override, point)
            if told and shown:
                return True
            commanding = point.commanding
            settle_s = commanding.settle_s if told and commanding is not None else 0.0
            if self._clock.mono_s() - began_s >= max(device_s, settle_s):
                return False
            if self._ledger.find(override.id) is None:
                return False
            await asyncio.sleep(self._settings.look_s)

    async def _look(self, override: Override, point: PointDef) -> tuple[bool, bool]:
        """Return whether the point says that it goes back, and whether its effect shows."""
        commanding = point.commanding
        if override.back is WayBack.PROGRAMME:
            held = commanding.held if commanding is not None else ""
            back = bool(held) and await self._read(override.equipment_id, held) is False
            return back, back
        said = await self._read(override.equipment_id, point.key)
        if said is None or not equal(point, override.back_value, said):
            return False, False
        if commanding is None or not commanding.shows:
            return True, True
        shown = await self._read(override.equipment_id, commanding.shows)
        return True, shown is not None and equal(point, override.back_value, shown)

    async def _read(self, equipment_id: str, point_key: str) -> Scalar:
        try:
            async with self._turns, asyncio.timeout(self._settings.read_s):
                reading = await self._field.read_back(equipment_id, point_key)
        except (DriverError, ConfigError, TimeoutError):
            return None
        return reading.value if reading.quality is Quality.GOOD else None

    def _order(self, override: Override, value: Scalar, until_ms: int | None) -> ExecuteCommand:
        return ExecuteCommand(
            key=f"back/{secrets.token_hex(12)}",
            epoch=self._epoch(),
            equipment_id=override.equipment_id,
            point_key=override.point_key,
            value=value,
            deadline_ms=self._clock.now_ms() + round(self._settings.deadline_s * 1000),
            reason=override.reason,
            until_ms=until_ms,
        )
