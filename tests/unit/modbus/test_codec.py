"""Registers to readings, commands to registers, points to reads: properties and examples."""

from __future__ import annotations

import math
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.quality import Quality
from backend_bridge.core.driver import Reading
from backend_bridge.core.errors import CommandRejectedError
from backend_bridge.core.settings import typed
from backend_bridge.drivers.modbus.codec import Item, decoder, encode, plan
from backend_bridge.drivers.modbus.config import Address, Settings

WORDS = st.integers(0, 0xFFFF)
ORDERS = st.sampled_from(["big", "little"])


def address(**said: Any) -> Address:
    return typed({"table": "holding", "register": 0, "write_register": 0, **said}, Address)


def read(where: Address, *words: int) -> Reading:
    return decoder(where)(words, 0, 5)


def there_and_back(where: Address, value: float) -> object:
    return read(where, *encode(where, value).words).value


@given(value=st.integers(0, 0xFFFF))
def test_uint16_survives(value: int) -> None:
    assert there_and_back(address(), value) == value


@given(value=st.integers(-0x8000, 0x7FFF))
def test_int16_survives(value: int) -> None:
    assert there_and_back(address(type="int16"), value) == value


@given(value=st.integers(0, 0xFFFF_FFFF), order=ORDERS)
def test_uint32_survives_in_both_word_orders(value: int, order: str) -> None:
    assert there_and_back(address(type="uint32", word_order=order), value) == value


@given(value=st.integers(-0x8000_0000, 0x7FFF_FFFF), order=ORDERS)
def test_int32_survives_in_both_word_orders(value: int, order: str) -> None:
    assert there_and_back(address(type="int32", word_order=order), value) == value


@given(value=st.floats(width=32, allow_nan=False, allow_infinity=False), order=ORDERS)
def test_float32_survives_in_both_word_orders(value: float, order: str) -> None:
    assert there_and_back(address(type="float32", word_order=order), value) == value


@given(raw=st.integers(-0x8000, 0x7FFF), digits=st.integers(1, 4), offset=st.integers(-99, 99))
def test_scaled_value_survives_and_shows_no_more_digits_than_its_scale(
    raw: int, digits: int, offset: int
) -> None:
    scale = 10.0**-digits
    where = address(type="int16", scale=scale, offset=offset)
    value = read(where, raw & 0xFFFF).value

    assert isinstance(value, float)
    assert value == round(value, digits)
    assert encode(where, value).words == (raw & 0xFFFF,)


def test_word_order_is_which_half_comes_first() -> None:
    assert read(address(type="uint32"), 1, 2).value == 0x0001_0002
    assert read(address(type="uint32", word_order="little"), 1, 2).value == 0x0002_0001


def test_whole_scale_gives_a_whole_number_and_a_fraction_a_float() -> None:
    assert read(address(scale=10, offset=3), 5) == Reading(5, 53)
    assert type(read(address(scale=10), 5).value) is int
    assert type(read(address(scale=1.0), 5).value) is float
    assert read(address(scale=0.1), 2301).value == 230.1


@given(word=WORDS, mask=st.integers(1, 0xFFFF))
def test_mask_keeps_its_bits_and_moves_them_down(word: int, mask: int) -> None:
    lowest = mask & -mask

    assert read(address(mask=mask), word).value == (word & mask) // lowest


@given(word=WORDS, bit=st.integers(0, 15), invert=st.booleans())
def test_bit_of_a_register_is_that_bit(word: int, bit: int, invert: bool) -> None:
    reading = decoder(typed(_bit(bit, invert), Address))([word], 0, 5)

    assert reading.value is (bool(word >> bit & 1) is not invert)


def _bit(bit: int, invert: bool) -> dict[str, Any]:
    return {"table": "input", "register": 0, "type": "bit", "bit": bit, "invert": invert}


@given(word=WORDS, level=st.integers(0, 127))
def test_lamp_word_is_unavailable_bad_or_a_possible_level(word: int, level: int) -> None:
    where = address(mask=0x7F, high=100, unavailable_mask=0x100, bad_mask=0x200)
    word = word & ~0x7F | level

    reading = read(where, word)

    if word & 0x100:
        assert reading == Reading(5, None, Quality.UNAVAILABLE)
    elif word & 0x200 or level > 100:
        assert reading == Reading(5, level, Quality.BAD)
    else:
        assert reading == Reading(5, level, Quality.GOOD)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_float_that_is_no_number_is_bad_and_carries_none(value: float) -> None:
    words = struct.unpack(">HH", struct.pack(">f", value))

    assert read(address(type="float32"), *words) == Reading(5, None, Quality.BAD)
    assert read(address(type="float32", low=0, high=9), *words) == Reading(5, None, Quality.BAD)


def test_value_outside_its_limits_is_bad() -> None:
    where = address(type="int16", low=-20, high=60)

    assert [read(where, raw & 0xFFFF).quality for raw in (-21, -20, 60, 61)] == [
        Quality.BAD,
        Quality.GOOD,
        Quality.GOOD,
        Quality.BAD,
    ]


def test_points_of_one_shape_share_one_decoder() -> None:
    assert decoder(address(register=1)) is decoder(address(register=9, write_register=7))
    assert decoder(address(scale=1)) is not decoder(address(scale=1.0))


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ({}, -1),
        ({}, 65536),
        ({"type": "int16"}, 32768),
        ({"type": "int32"}, 2**31),
        ({"type": "float32"}, 1e39),
        ({"high": 100}, 101),
        ({}, math.nan),
        ({}, "on"),
        ({}, None),
        ({"table": "coil"}, 2),
        ({"table": "coil"}, "on"),
    ],
)
def test_value_that_does_not_fit_is_refused(said: dict[str, Any], value: Any) -> None:
    with pytest.raises(CommandRejectedError):
        encode(address(**said), value)


def test_point_without_a_write_register_takes_no_command() -> None:
    with pytest.raises(CommandRejectedError, match="cannot be commanded"):
        encode(typed({"table": "input", "register": 0}, Address), 1)


def test_release_and_coils_are_written_as_said() -> None:
    assert encode(address(write_release=0xFFFF), None).words == (0xFFFF,)
    assert encode(address(table="coil"), True).coil is True
    assert encode(address(table="coil", invert=True), True).coil is False


# --- merging ------------------------------------------------------------------------------------

ITEMS = st.lists(
    st.builds(
        lambda unit, table, register, kind: (unit, table, register, kind),
        st.integers(1, 2),
        st.sampled_from(["holding", "input", "coil", "discrete"]),
        st.integers(0, 400),
        st.sampled_from(["uint16", "uint32"]),
    ),
    max_size=60,
)


@given(
    said=ITEMS,
    gap=st.integers(0, 30),
    max_registers=st.integers(2, 125),
    max_bits=st.integers(1, 2000),
)
def test_merged_reads_hold_every_point_once_within_the_limits(
    said: list[tuple[int, str, int, str]], gap: int, max_registers: int, max_bits: int
) -> None:
    items = [
        Item(slot, _address(unit, table, register, kind))
        for slot, (unit, table, register, kind) in enumerate(said)
    ]
    settings = Settings(host="h", gap=gap, max_registers=max_registers, max_bits=max_bits)

    blocks = plan(items, settings)

    assert sorted(slot for block in blocks for slot in block.slots) == list(range(len(items)))
    for block in blocks:
        assert 1 <= block.count <= (max_bits if block.table.of_bits else max_registers)
        asked: set[int] = set()
        for _, at, slot in block.steps:
            where = items[slot].address
            assert (where.unit, where.table) == (block.unit, block.table)
            assert at == where.register - block.start
            assert at + where.encoding.words <= block.count
            asked.update(range(at, at + where.encoding.words))
        assert {0, block.count - 1} <= asked
        assert _longest_hole(asked, block.count) <= gap
        assert block.contiguous == (len(asked) == block.count)


def _address(unit: int, table: str, register: int, kind: str) -> Address:
    type_ = {} if table in ("coil", "discrete") else {"type": kind}
    return typed({"unit": unit, "table": table, "register": register, **type_}, Address)


def _longest_hole(asked: set[int], count: int) -> int:
    longest = run = 0
    for at in range(count):
        run = 0 if at in asked else run + 1
        longest = max(longest, run)
    return longest


def test_cabinet_of_seventy_six_lamps_is_two_reads() -> None:
    inputs = [(0, "uint16"), (2, "uint16"), (3, "uint32"), (5, "uint32")]
    inputs += [(register + f, "uint16") for register in (16, 24) for f in range(4)]
    items = [Item(n, _address(1, "input", r, kind)) for n, (r, kind) in enumerate(inputs)]
    items += [Item(100 + n, _address(1, "holding", 100 + n // 2, "uint16")) for n in range(152)]

    blocks = plan(items, Settings(host="h"))

    assert [(block.start, block.count) for block in blocks] == [(100, 76), (0, 28)]
