"""The simulators' server answers what the specification says, whatever it is sent."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymodbus.client import AsyncModbusTcpClient

from backend_bridge.core.simulation import SimulationSetup
from backend_bridge.drivers.modbus.config import Table
from backend_bridge.drivers.modbus.example import example_link
from backend_bridge.drivers.modbus.simulated.server import reply_to
from backend_bridge.drivers.modbus.simulator import ModbusSimulator

START = datetime(2026, 1, 15, 21, 30, tzinfo=UTC)


class Ten:
    """Ten registers and ten bits that count up, and take any write."""

    def __init__(self) -> None:
        self.written: list[tuple[Table, int, list[int]]] = []

    def read(self, table: Table, start: int, count: int) -> Sequence[int] | int:
        if start + count > 10:
            return 2
        return [at % 2 if table.of_bits else at for at in range(start, start + count)]

    def write(self, table: Table, start: int, values: Sequence[int]) -> int:
        if start + len(values) > 10:
            return 2
        self.written.append((table, start, list(values)))
        return 0


def frame(body: bytes, unit: int = 1) -> bytes:
    return struct.pack(">HHHB", 77, 0, len(body) + 1, unit) + body


# requests and answers as the specification's chapter 6 lays them out
@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ("03 0002 0003", "03 06 0002 0003 0004"),
        ("04 0009 0001", "04 02 0009"),
        ("01 0000 000a", "01 02 aa 02"),
        ("02 0001 0003", "02 01 05"),
        ("03 0009 0002", "83 02"),
        ("03 0000 0000", "83 03"),
        ("03 0000 007e", "83 03"),
        ("06 0003 1234", "06 0003 1234"),
        ("05 0003 ff00", "05 0003 ff00"),
        ("05 0003 0001", "85 03"),
        ("10 0001 0002 04 0005 0006", "10 0001 0002"),
        ("10 0001 0002 02 0005", "90 03"),
        ("0f 0001 0003 01 05", "0f 0001 0003"),
        ("2b 0e 01 00", "ab 01"),
    ],
)
def test_request_has_its_one_answer(body: str, answer: str) -> None:
    reply = reply_to(frame(bytes.fromhex(body)), 1, Ten())

    assert reply == frame(bytes.fromhex(answer))


def test_writes_arrive_as_sent() -> None:
    device = Ten()
    for body in ("06 0003 1234", "05 0003 ff00", "10 0001 0002 04 0005 0006", "0f 0001 0003 01 05"):
        reply_to(frame(bytes.fromhex(body)), 1, device)

    assert device.written == [
        (Table.HOLDING, 3, [0x1234]),
        (Table.COIL, 3, [1]),
        (Table.HOLDING, 1, [5, 6]),
        (Table.COIL, 1, [1, 0, 1]),
    ]


def test_other_unit_is_not_behind_this_gateway() -> None:
    assert reply_to(frame(b"\3\0\0\0\1", unit=9), 1, Ten()) == frame(b"\x83\x0b", unit=9)


@given(st.binary(min_size=1, max_size=253))
def test_any_request_has_one_wellformed_answer(body: bytes) -> None:
    reply = reply_to(frame(body), 1, Ten())

    transaction, protocol, length, unit, function = struct.unpack_from(">HHHBB", reply)
    assert (transaction, protocol, unit) == (77, 0, 1)
    assert length == len(reply) - 6 <= 254
    assert function & 0x7F == body[0] & 0x7F


async def test_client_nobody_here_wrote_reads_and_commands() -> None:
    simulator = ModbusSimulator(example_link("127.0.0.1", 0), SimulationSetup(start=START))
    await simulator.start()
    host, port = simulator.address
    client = AsyncModbusTcpClient(host, port=port)
    await client.connect()

    lamps = await client.read_holding_registers(100, count=6, device_id=1)
    inputs = await client.read_input_registers(0, count=32, device_id=1)
    coils = await client.read_coils(0, count=2, device_id=1)
    absent = await client.read_discrete_inputs(0, count=1, device_id=1)
    one = await client.write_register(1100, 40, device_id=1)
    many = await client.write_registers(1102, [50, 0, 60, 30], device_id=1)
    opened = await client.write_coil(0, False, device_id=1)
    closed = await client.write_coils(0, [True, True], device_id=1)
    wrong = await client.write_register(1100, 101, device_id=1)

    assert lamps.registers == [100] * 6
    assert inputs.registers[0] == 0b10
    assert coils.bits[:2] == [True, True]
    assert (absent.exception_code, wrong.exception_code) == (2, 3)
    assert not any(reply.isError() for reply in (one, many, opened, closed))
    levels = [entry.values.get("level") for entry in simulator.truth().values()]
    assert levels[3:6] == [40, 50, 60]
    assert simulator.writes == 5
    client.close()
    await simulator.stop()


@pytest.mark.parametrize("pieces", [1, 5, 1000])
async def test_requests_in_any_pieces_are_answered_in_order(pieces: int) -> None:
    simulator = ModbusSimulator(example_link("127.0.0.1", 0), SimulationSetup(start=START))
    await simulator.start()
    reader, writer = await asyncio.open_connection(*simulator.address)
    wanted = [b"\3" + struct.pack(">HH", 100 + lamp, 1) for lamp in range(6)]
    sent = b"".join(frame(body) for body in wanted)

    for at in range(0, len(sent), pieces):
        writer.write(sent[at : at + pieces])
        await writer.drain()
        await asyncio.sleep(0)
    async with asyncio.timeout(5):
        answers = await reader.readexactly(6 * 11)

    assert [answers[at + 10] for at in range(0, 66, 11)] == [100] * 6
    writer.close()
    await writer.wait_closed()
    await simulator.stop()


@pytest.mark.parametrize("said", ["GET / HTTP/1.1\r\n\r\n", "\0\1\0\0\0\1\1\3", "\0\1\0\0\1\0\1\3"])
async def test_who_speaks_another_protocol_is_cut_off(said: str) -> None:
    simulator = ModbusSimulator(example_link("127.0.0.1", 0), SimulationSetup(start=START))
    await simulator.start()
    reader, writer = await asyncio.open_connection(*simulator.address)

    writer.write(said.encode("latin-1"))
    try:
        async with asyncio.timeout(5):
            assert await reader.read() == b""
    except ConnectionResetError:
        pass  # cut off, too
    finally:
        writer.close()
        await simulator.stop()
