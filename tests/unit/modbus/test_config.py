"""What a link may say, and how every mistake is named."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from backend_bridge.core.errors import ConfigError
from backend_bridge.drivers.modbus.config import Encoding, Table, address_of, parse
from tests.unit.modbus.device import link

WORD: dict[str, Any] = {"table": "holding", "register": 1}


def test_defaults_follow_the_table() -> None:
    _, addresses = parse(link(WORD, {"table": "coil", "register": 3, "write_register": 3}))

    assert addresses[0].encoding is Encoding.UINT16
    assert addresses[1].encoding is Encoding.BIT
    assert addresses[1].write_to is Table.COIL
    assert addresses[0].write_to is Table.HOLDING


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({**WORD, "regster": 1}, 'unknown key "regster"'),
        ({"table": "holdings", "register": 1}, "table"),
        ({"table": "holding"}, "register"),
        ({**WORD, "register": 65536}, "register"),
        ({**WORD, "register": 65535, "type": "uint32"}, "no room"),
        ({**WORD, "unit": 256}, "unit"),
        ({**WORD, "type": "float32", "mask": 1}, "mask needs"),
        ({**WORD, "mask": 0x10000}, "wider"),
        ({**WORD, "scale": 0}, "scale must be above 0"),
        ({**WORD, "scale": float("inf")}, "finite"),
        ({**WORD, "low": 2, "high": 1}, "above high"),
        ({"table": "coil", "register": 1, "type": "uint16"}, "holds bits"),
        ({"table": "coil", "register": 1, "bad_mask": 1}, "no bad_mask"),
        ({**WORD, "write_type": "uint16"}, "need write_register"),
        ({**WORD, "write_register": 1, "write_table": "input"}, "cannot be written"),
        ({**WORD, "write_register": 65535, "type": "uint32"}, "no room"),
        ({**WORD, "type": "bit", "write_register": 1}, "single bit"),
        ({**WORD, "type": "uint32", "write_register": 1, "write_release": 1}, "16-bit"),
    ],
)
def test_impossible_address_is_refused_by_name(address: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError, match=said) as caught:
        parse(link(address))

    assert "E.p0" in str(caught.value)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"timeout": 1}, 'did you mean "timeout_s"'),
        ({"timeout_s": 0}, "timeout_s"),
        ({"retries": 2}, "retries"),
        ({"max_registers": 126}, "max_registers"),
        ({"heartbeat": {"table": "input"}}, "register"),
        ({"heartbeat": {"register": 1, "still_s": 1}}, "still_s"),
        ({"groups": "each"}, "groups"),
    ],
)
def test_impossible_setting_is_refused_by_name(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        parse(link(WORD, **settings))


def test_every_mistake_is_named_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        parse(link({"table": "x", "register": 1}, {"table": "coil"}, timeout=1))

    assert all(part in str(caught.value) for part in ("link L", "E.p0", "E.p1"))


def test_slot_used_twice_is_refused() -> None:
    once = link(WORD)
    twice = msgspec.structs.replace(once, points=once.points * 2)

    with pytest.raises(ConfigError, match="used twice"):
        parse(twice)


def test_address_of_an_unknown_slot_is_refused() -> None:
    with pytest.raises(ConfigError, match="no slot 7"):
        address_of(link(WORD), 7)
