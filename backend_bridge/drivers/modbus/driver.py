"""Drive one Modbus/TCP link: merged polls, commands that overtake them, errors translated."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence

import structlog
from pymodbus.client import AsyncModbusTcpClient
from pymodbus.pdu import ModbusPDU

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
from backend_bridge.drivers.modbus.codec import Block, Item, Write, encode, plan
from backend_bridge.drivers.modbus.config import Table, address_of, parse
from backend_bridge.drivers.modbus.connection import Ask, Connection
from backend_bridge.drivers.modbus.frames import (
    ACKNOWLEDGED,
    ADDRESS_REFUSED,
    CONFIG_REFUSED,
    GATEWAY,
    exception_quality,
    exception_text,
)
from backend_bridge.drivers.modbus.polling import (
    BlockDecoder,
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
        heartbeat = self._settings.heartbeat
        self._pulse = Pulse(heartbeat, self._clock) if heartbeat else None
        self._open = False
        self._counts = dict.fromkeys(("commands", "exceptions", "retries"), 0)

    async def open(self) -> None:
        """Connect and have one request answered; the first read of the heartbeat, if any.

        Raises:
            DeviceUnavailableError: no connection or no answer, or the heartbeat still stands.
            ProtocolError: what answers is not Modbus.
            ConfigError: the device has no heartbeat register.
        """
        self._open = True
        try:
            part = self._probe()
            if part is not None:
                reply = await self._connection.exchange(
                    _read(part.block), timeout_s=self._settings.timeout_s
                )
                self._check_heartbeat_config(part, reply)
                self._watch(part.block, reply)
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
            ConfigError: no such group.
        """
        polled = self._groups.get(group)
        if polled is None:
            raise ConfigError(f"link {self._link.id} has no group {group!r}")
        retries = self._settings.retries
        pieces: list[tuple[Reading, ...]] = []
        async with polled.reading:
            while len(pieces) < len(polled.parts):
                part = polled.parts[len(pieces)]
                reply, retries = await self._read_patiently(part.block, retries)
                readings = self._take(part, reply)
                if readings is None:
                    self._split(polled, part)
                else:
                    pieces.append(readings)
        return polled.gather(pieces)

    async def subscribe(self, sink: Sink) -> None:  # noqa: ARG002 - Modbus has nothing to deliver
        """Return at once: Modbus only answers."""
        return

    async def execute(self, slot: int, value: Scalar) -> None:
        """Write one point once, before any poll that waits; ``None`` gives it back to the device.

        Raises:
            CommandRejectedError: the device refused, or the point cannot take this value.
            DeviceUnavailableError: no answer; the fate is unknown.
            ProtocolError: an answer that proves nothing; the fate is unknown.
        """
        write = encode(address_of(self._link, slot), value)
        self._counts["commands"] += 1
        reply = await self._exchange(_write(write), urgent=True)
        if not reply.isError() or reply.exception_code == ACKNOWLEDGED:
            return
        self._counts["exceptions"] += 1
        text = f"the device answered with exception {exception_text(reply.exception_code)}"
        if reply.exception_code in GATEWAY:
            raise DeviceUnavailableError(text)
        raise CommandRejectedError(text)

    async def read_back(self, slot: int) -> Reading:
        """Read one point now, before any poll that waits.

        Raises:
            DeviceUnavailableError: no answer in time.
            ProtocolError: garbage.
        """
        block = plan([Item(slot, address_of(self._link, slot))], self._settings)[0]
        reply = await self._exchange(_read(block), urgent=True)
        if reply.isError():
            self._counts["exceptions"] += 1
            return Reading(slot, None, exception_quality(reply.exception_code))
        return BlockDecoder(block)(_content(block, reply))[0]

    async def self_test(self) -> SelfTest:
        """Read every block once; says which the device refuses."""
        refused = []
        asked = 0
        try:
            for group in self._groups.values():
                for part in tuple(group.parts):
                    asked += 1
                    reply = await self._exchange(_read(part.block))
                    if reply.isError():
                        refused.append(f"{part.block}: {exception_text(reply.exception_code)}")
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
        )

    # --- inside ---

    async def _exchange(
        self, ask: Ask, *, timeout_s: float | None = None, urgent: bool = False
    ) -> ModbusPDU:
        if not self._open:
            raise DeviceUnavailableError(f"link {self._link.id} is closed")
        return await self._connection.exchange(
            ask, timeout_s=timeout_s or self._settings.timeout_s, urgent=urgent
        )

    async def _read_patiently(self, block: Block, retries: int) -> tuple[ModbusPDU, int]:
        """Read a block, once more if it fails and a retry is left; return those left."""
        started_s = self._clock.mono_s()
        try:
            return await self._exchange(_read(block)), retries
        except DriverError:
            spent_s = self._clock.mono_s() - started_s
            left_s = self._settings.timeout_s * _RETRY_BUDGET - spent_s
            if not retries or left_s <= 0 or not self._open:
                raise
        self._counts["retries"] += 1
        timeout_s = min(left_s, self._settings.timeout_s)
        return await self._exchange(_read(block), timeout_s=timeout_s), retries - 1

    def _take(self, part: Part, reply: ModbusPDU) -> tuple[Reading, ...] | None:
        """Return a block's readings, ``None`` when it must be split and asked again.

        Some devices refuse a read that touches a register they do not have: such a block is
        asked again without the registers nobody wanted.
        """
        block = part.block
        if not reply.isError():
            self._watch(block, reply)
            if part.refused:
                part.refused = 0
                _log.info("modbus_registers_back", link=self._link.id, block=str(block))
            return part.decode(_content(block, reply))
        code = reply.exception_code
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

    def _watch(self, block: Block, reply: ModbusPDU) -> None:
        if block.heartbeat is not None and self._pulse is not None and not reply.isError():
            self._pulse.saw(_content(block, reply)[block.heartbeat])

    def _check_heartbeat_config(self, part: Part, reply: ModbusPDU) -> None:
        refused = reply.isError() and reply.exception_code in CONFIG_REFUSED
        if refused and part.block.heartbeat is not None and part.block.contiguous:
            raise ConfigError(
                f"link {self._link.id}: the device refuses the read that holds its heartbeat "
                f"({part.block}): {exception_text(reply.exception_code)}; "
                "correct or remove the setting heartbeat"
            )


def _read(block: Block) -> Ask:
    unit, start, count = block.unit, block.start, block.count

    def ask(client: AsyncModbusTcpClient) -> Awaitable[ModbusPDU]:
        match block.table:
            case Table.HOLDING:
                return client.read_holding_registers(start, count=count, device_id=unit)
            case Table.INPUT:
                return client.read_input_registers(start, count=count, device_id=unit)
            case Table.COIL:
                return client.read_coils(start, count=count, device_id=unit)
            case Table.DISCRETE:
                return client.read_discrete_inputs(start, count=count, device_id=unit)

    return ask


def _write(write: Write) -> Ask:
    unit, register = write.unit, write.register

    def ask(client: AsyncModbusTcpClient) -> Awaitable[ModbusPDU]:
        if write.table is Table.COIL:
            return client.write_coil(register, write.coil, device_id=unit)
        if len(write.words) == 1:
            return client.write_register(register, write.words[0], device_id=unit)
        return client.write_registers(register, list(write.words), device_id=unit)

    return ask


def _content(block: Block, reply: ModbusPDU) -> Sequence[int]:
    return reply.bits if block.table.of_bits else reply.registers
