"""Drive one Modbus/TCP link: merged polls, commands that overtake them, errors translated."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import structlog

from backend_bridge.contract.points import Scalar
from backend_bridge.contract.times import Clock, SystemClock
from backend_bridge.core.driver import Description, LinkConfig, PollGroup, Reading, SelfTest, Sink
from backend_bridge.core.errors import (
    CommandRejectedError,
    ConfigError,
    DeviceUnavailableError,
    DriverError,
    ProtocolError,
)
from backend_bridge.drivers.modbus.codec import Item, encode, plan
from backend_bridge.drivers.modbus.config import address_of, parse
from backend_bridge.drivers.modbus.connection import Connection
from backend_bridge.drivers.modbus.frames import (
    ACKNOWLEDGED,
    ADDRESS_REFUSED,
    CONFIG_REFUSED,
    GATEWAY,
    content_of,
    exception_code,
    exception_quality,
    exception_text,
)
from backend_bridge.drivers.modbus.polling import (
    Group,
    Part,
    Pulse,
    heartbeat_item,
    make_groups,
)

_log = structlog.get_logger(__name__)

_RETRY_BUDGET = 1.5
"""A failed read and its retry together take at most this many timeouts, so that with the usual
period of two timeouts a silent device is lost within two periods of its last answer."""


def make_driver(link: LinkConfig) -> ModbusDriver:
    """Return a driver for ``link``, not yet open.

    Raises:
        ConfigError: the settings or an address cannot work; every mistake is named.
    """
    return ModbusDriver(link)


class ModbusDriver:
    """Drive one link; see :class:`backend_bridge.core.driver.Driver` for the contract.

    Args:
        link: what to drive.
        clock: for load, queue age, frame times and the heartbeat.
    """

    def __init__(self, link: LinkConfig, clock: Clock | None = None) -> None:
        self._settings, addresses = parse(link)
        self._link = link
        self._clock = clock or SystemClock()
        self._connection = Connection(self._settings, self._clock)
        self._groups = make_groups(addresses, self._settings)
        self._holds_s = {
            slot: address.longest_hold_s
            for slot, address in addresses.items()
            if address.write_hold_s is not None
        }
        heartbeat = self._settings.heartbeat
        self._pulse = Pulse(heartbeat, self._clock) if heartbeat else None
        self._open = False
        self._counts = dict.fromkeys(("commands", "exceptions", "retries"), 0)

    def pace(self, may_connect: Callable[[], bool]) -> None:
        """Ask before connecting again within a read; see :class:`core.driver.Paced`."""
        self._connection.may_connect = may_connect

    async def open(self) -> None:
        """Connect and have one request answered; the first read of the heartbeat, if any.

        Raises:
            DeviceUnavailableError: no connection or no answer, or the heartbeat still stands.
            ProtocolError: what answers is not Modbus.
            ConfigError: the device has no heartbeat register, or says that it is another one.
        """
        self._open = True
        try:
            part = self._probe()
            if part is not None:
                reply = await self._connection.exchange(
                    part.request, timeout_s=self._settings.timeout_s, permitted=True
                )
                self._check_heartbeat_config(part, reply)
                if not exception_code(reply):
                    self._watch(part, reply)
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Close the connection; never raises, may be called twice."""
        self._open = False
        await self._connection.close()

    async def read(self, group: str) -> Sequence[Reading]:
        """Read one group; the very same sequence as last time when nothing changed.

        A failed request is tried once more on a new connection, within 1.5 × ``timeout_s``.

        Raises:
            DeviceUnavailableError: no answer, or the heartbeat stands still.
            ProtocolError: what came back is not the answer.
            ConfigError: no such group, or another device answers.
        """
        polled = self._groups.get(group)
        if polled is None:
            raise ConfigError(f"link {self._link.id} has no group {group!r}")
        retries = self._settings.retries
        pieces: list[tuple[Reading, ...]] = []
        async with polled.reading:
            while len(pieces) < len(polled.parts):
                part = polled.parts[len(pieces)]
                reply, retries = await self._read_patiently(part.request, retries)
                readings = self._take(part, reply)
                if readings is None:
                    self._split(polled, part)
                else:
                    pieces.append(readings)
        return polled.gather(pieces)

    async def subscribe(self, sink: Sink) -> None:  # noqa: ARG002 - Modbus has nothing to deliver
        """Return at once: Modbus only answers."""
        return

    async def execute(self, slot: int, value: Scalar, hold_s: float | None = None) -> None:
        """Write one point once, before any poll that waits; ``None`` gives it back to the device.

        ``hold_s`` travels in the same write, rounded up to the device's unit, where the address has
        ``write_hold_s``; elsewhere it makes no difference.

        Raises:
            CommandRejectedError: the device refused, or the point cannot take this value.
            DeviceUnavailableError: no answer; the fate is unknown.
            ProtocolError: an answer that proves nothing; the fate is unknown.
        """
        write = encode(address_of(self._link, slot), value, hold_s)
        self._counts["commands"] += 1
        code = exception_code(await self._exchange(write.request, urgent=True))
        if code in (0, ACKNOWLEDGED):
            return
        self._counts["exceptions"] += 1
        text = f"the device answered with exception {exception_text(code)}"
        if code in GATEWAY:
            raise DeviceUnavailableError(text)
        raise CommandRejectedError(text)

    async def read_back(self, slot: int) -> Reading:
        """Read one point now, before any poll that waits.

        Raises:
            DeviceUnavailableError: no answer in time.
            ProtocolError: garbage.
        """
        part = Part(plan([Item(slot, address_of(self._link, slot))], self._settings)[0])
        reply = await self._exchange(part.request, urgent=True)
        if code := exception_code(reply):
            self._counts["exceptions"] += 1
            return Reading(slot, None, exception_quality(code))
        return part.decode(content_of(reply))[0]

    async def self_test(self) -> SelfTest:
        """Read every block once; says which the device refuses."""
        refused = []
        asked = 0
        try:
            for group in self._groups.values():
                for part in tuple(group.parts):
                    asked += 1
                    code = exception_code(await self._exchange(part.request))
                    if code:
                        refused.append(f"{part.block}: {exception_text(code)}")
        except (DeviceUnavailableError, ProtocolError) as error:
            return SelfTest(passed=False, detail=str(error))
        if refused:
            return SelfTest(passed=False, detail="refused: " + "; ".join(refused))
        return SelfTest(passed=True, detail=f"{asked} of {asked} reads answered")

    async def describe(self) -> Description:
        """Say what the link is; needs no connection."""
        parts = [part for group in self._groups.values() for part in group.parts]
        return Description(
            groups=tuple(
                PollGroup(key=group.key, slots=group.slots, period_s=self._link.poll_period_s)
                for group in self._groups.values()
            ),
            counters={
                **self._connection.counters,
                **self._counts,
                "blocks": len(parts),
                "blocks_refused": sum(1 for part in parts if part.refused),
            },
            frames=self._connection.frames,
            holds_s=self._holds_s,
        )

    # --- inside ---

    async def _exchange(
        self,
        request: bytes,
        *,
        timeout_s: float | None = None,
        urgent: bool = False,
        permitted: bool = False,
    ) -> bytes:
        if not self._open:
            raise DeviceUnavailableError(f"link {self._link.id} is closed")
        return await self._connection.exchange(
            request,
            timeout_s=timeout_s or self._settings.timeout_s,
            urgent=urgent,
            permitted=permitted,
        )

    async def _read_patiently(self, request: bytes, retries: int) -> tuple[bytes, int]:
        """Ask, once more if it fails and a retry is left; return the reply and those left."""
        started_s = self._clock.mono_s()
        try:
            return await self._exchange(request), retries
        except ConfigError:
            raise
        except DriverError:
            spent_s = self._clock.mono_s() - started_s
            left_s = self._settings.timeout_s * _RETRY_BUDGET - spent_s
            if not retries or left_s <= 0 or not self._open or not self._connection.may_connect():
                raise
        self._counts["retries"] += 1
        timeout_s = min(left_s, self._settings.timeout_s)
        return await self._exchange(request, timeout_s=timeout_s, permitted=True), retries - 1

    def _take(self, part: Part, reply: bytes) -> tuple[Reading, ...] | None:
        """Return a block's readings, ``None`` when it must be split and asked again.

        Some devices refuse a read that touches a register they do not have: such a block is
        asked again without the registers nobody wanted.
        """
        block = part.block
        code = exception_code(reply)
        if not code:
            if block.heartbeat is not None:
                self._watch(part, reply)
            if part.refused:
                part.refused = 0
                _log.info("modbus_registers_back", link=self._link.id, block=str(block))
            return part.decode(content_of(reply))
        self._counts["exceptions"] += 1
        if code in ADDRESS_REFUSED and not block.contiguous:
            return None
        if block.heartbeat is not None and self._pulse is not None:
            self._pulse.saw(None)
        if not part.refused:
            _log.warning(
                "modbus_registers_refused",
                link=self._link.id,
                block=str(block),
                exception=exception_text(code),
            )
        return part.refuse(code)

    def _split(self, group: Group, part: Part) -> None:
        items = [Item(slot, address_of(self._link, slot)) for slot in part.block.slots]
        heartbeat = self._settings.heartbeat
        if part.block.heartbeat is not None and heartbeat is not None:
            items.append(heartbeat_item(heartbeat))
        at = group.parts.index(part)
        group.parts[at : at + 1] = [Part(block) for block in plan(items, self._settings, gap=0)]

    def _probe(self) -> Part | None:
        """Return the part that holds the heartbeat, otherwise the first."""
        parts = [part for group in self._groups.values() for part in group.parts]
        return next((p for p in parts if p.block.heartbeat is not None), next(iter(parts), None))

    def _watch(self, part: Part, reply: bytes) -> None:
        """Look at the heartbeat, if it lies in this part."""
        at = part.block.heartbeat
        if at is not None and self._pulse is not None:
            self._pulse.saw(part.block.unpack(content_of(reply))[at])

    def _check_heartbeat_config(self, part: Part, reply: bytes) -> None:
        code = exception_code(reply)
        beats = part.block.heartbeat is not None and part.block.contiguous
        if beats and code in CONFIG_REFUSED:
            raise ConfigError(
                f"link {self._link.id}: the device refuses the read that holds its heartbeat "
                f"({part.block}): {exception_text(code)}; correct or remove the setting heartbeat"
            )
