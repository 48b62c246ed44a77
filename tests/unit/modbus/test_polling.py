"""Only what moved is decoded, and it is what decoding everything would have given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymodbus.framer import FramerSocket
from pymodbus.pdu import DecodePDU, ModbusPDU
from pymodbus.pdu.bit_message import (
    ReadCoilsRequest,
    ReadDiscreteInputsRequest,
    WriteSingleCoilRequest,
)
from pymodbus.pdu.register_message import (
    ReadHoldingRegistersRequest,
    ReadInputRegistersRequest,
    WriteMultipleRegistersRequest,
    WriteSingleRegisterRequest,
)

from backend_bridge.core.settings import typed
from backend_bridge.drivers.modbus.codec import Block, Item, Write, plan
from backend_bridge.drivers.modbus.config import Address, Settings, Table
from backend_bridge.drivers.modbus.polling import BlockDecoder

SHAPES: tuple[dict[str, Any], ...] = (
    {"mask": 0x7F, "high": 100, "unavailable_mask": 0x100},
    {"type": "bit", "bit": 7, "unavailable_mask": 0x100},
    {"type": "uint32", "scale": 0.01},
    {"type": "int32", "word_order": "little"},
    {"type": "float32"},
    {"scale": 0.1, "low": 0, "high": 300},
)
REGISTERS = 12


def block_of(shapes: Sequence[tuple[int, int]], table: str = "holding") -> Block:
    """Return one block of points, each (register, shape)."""
    items = [
        Item(slot, typed({"table": table, "register": register, **SHAPES[shape]}, Address))
        for slot, (register, shape) in enumerate(shapes)
    ]
    edges = [Item(1000 + at, Address(table=Table(table), register=at)) for at in (0, REGISTERS)]
    (block,) = plan([*items, *edges], Settings(host="h"))
    return block


Words = st.lists(st.integers(0, 0xFFFF), min_size=REGISTERS + 1, max_size=REGISTERS + 1)


@given(
    points=st.lists(
        st.tuples(st.integers(0, REGISTERS - 1), st.integers(0, len(SHAPES) - 1)), max_size=10
    ),
    first=Words,
    changes=st.lists(
        st.dictionaries(st.integers(0, REGISTERS), st.integers(0, 0xFFFF), max_size=4), max_size=6
    ),
)
def test_decoding_what_moved_is_decoding_everything(
    points: list[tuple[int, int]], first: list[int], changes: list[dict[int, int]]
) -> None:
    block = block_of(points)
    decoder = BlockDecoder(block)
    words = list(first)
    before = decoder(_bytes(words))
    for change in changes:
        for at, word in change.items():
            words[at] = word
        now = decoder(_bytes(words))
        assert now == BlockDecoder(block)(_bytes(words))
        assert [new is old for new, old in zip(now, before, strict=True)] == [
            new == old for new, old in zip(now, before, strict=True)
        ]
        before = now


def _bytes(words: Sequence[int]) -> bytes:
    return b"".join(word.to_bytes(2, "big") for word in words)


def test_same_bytes_give_the_very_same_readings() -> None:
    decoder = BlockDecoder(block_of([(3, 0)]))
    words = [0] * (REGISTERS + 1)

    first = decoder(_bytes(words))
    assert decoder(_bytes(words)) is first
    words[1] = 5  # a register nobody reads
    assert decoder(_bytes(words)) is first


@given(bits=st.lists(st.booleans(), min_size=1, max_size=40))
def test_bits_lie_lowest_first(bits: list[bool]) -> None:
    items = [Item(at, Address(table=Table.COIL, register=at)) for at in range(len(bits))]
    (block,) = plan(items, Settings(host="h"))
    packed = sum(bit << at for at, bit in enumerate(bits))

    readings = BlockDecoder(block)(packed.to_bytes((len(bits) + 7) // 8, "little"))

    assert [reading.value for reading in readings] == bits


def reading(table: Table) -> Block:
    items = [Item(n, Address(table=table, register=300 + n, unit=9)) for n in range(17)]
    (block,) = plan(items, Settings(host="h"))
    return block


REQUESTS: list[tuple[Block | Write, ModbusPDU]] = [
    (reading(Table.HOLDING), ReadHoldingRegistersRequest(address=300, count=17, dev_id=9)),
    (reading(Table.INPUT), ReadInputRegistersRequest(address=300, count=17, dev_id=9)),
    (reading(Table.COIL), ReadCoilsRequest(address=300, count=17, dev_id=9)),
    (reading(Table.DISCRETE), ReadDiscreteInputsRequest(address=300, count=17, dev_id=9)),
    (
        Write(9, Table.COIL, 7, coil=True),
        WriteSingleCoilRequest(address=7, bits=[True], dev_id=9),
    ),
    (
        Write(9, Table.COIL, 7, coil=False),
        WriteSingleCoilRequest(address=7, bits=[False], dev_id=9),
    ),
    (
        Write(9, Table.HOLDING, 1100, words=(65535,)),
        WriteSingleRegisterRequest(address=1100, registers=[65535], dev_id=9),
    ),
    (
        Write(9, Table.HOLDING, 1100, words=(1, 2)),
        WriteMultipleRegistersRequest(address=1100, registers=[1, 2], dev_id=9),
    ),
]


@pytest.mark.parametrize(("ours", "theirs"), REQUESTS, ids=lambda one: type(one).__name__)
def test_requests_are_those_of_the_library(ours: Block | Write, theirs: ModbusPDU) -> None:
    theirs.transaction_id = 0x1234
    frame = FramerSocket(DecodePDU(False)).buildFrame(theirs)

    assert b"\x12\x34" + ours.request == frame
