"""Bare pymodbus: write one register and read another back, one pair after the other, no polling.

Follows the synchronous client of https://pymodbus.readthedocs.io/en/latest/source/client.html
(``ModbusTcpClient``, ``write_register``, ``read_holding_registers``). Not tuned.
"""

from __future__ import annotations

import time

from pymodbus.client import ModbusTcpClient


def write_and_read_ms(port: int, rounds: int, *, write_at: int, read_at: int) -> list[float]:
    """Return how long each pair took, in milliseconds."""
    client = ModbusTcpClient("127.0.0.1", port=port)
    if not client.connect():  # type: ignore[no-untyped-call] # the library gives it no types
        raise RuntimeError("pymodbus cannot connect to the bench's field")
    took = []
    try:
        for number in range(rounds):
            start_s = time.perf_counter()
            wrote = client.write_register(write_at, number % 100, device_id=1)
            found = client.read_holding_registers(read_at, count=1, device_id=1)
            took.append((time.perf_counter() - start_s) * 1000)
            if wrote.isError() or found.isError() or found.registers[0] & 0x7F != number % 100:
                raise RuntimeError(f"{wrote} {found}")
    finally:
        client.close()  # type: ignore[no-untyped-call] # as above
    return took
