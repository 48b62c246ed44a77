"""Bare pymodbus: one client for each cabinet, each in its own loop, nothing done with the answers.

Follows the asynchronous client of https://pymodbus.readthedocs.io/en/latest/source/client.html
(``AsyncModbusTcpClient``, ``connect``, ``read_…_registers``, ``close``). Not tuned.
Usage: ``python -m tests.bench.baselines.poll_pymodbus PORT CABINETS SECONDS``; prints cabinets read
per second and the share of a core it took.
"""

from __future__ import annotations

import asyncio
import sys
import time

from pymodbus.client import AsyncModbusTcpClient


async def main(port: int, cabinets: int, seconds: float) -> None:
    """Read all the time for ``seconds``."""
    clients = [AsyncModbusTcpClient("127.0.0.1", port=port) for _ in range(cabinets)]
    for client in clients:
        await client.connect()
    done = 0
    start, cpu = time.perf_counter(), time.process_time()

    async def poll(client: AsyncModbusTcpClient) -> None:
        nonlocal done
        while time.perf_counter() - start < seconds:
            inputs = await client.read_input_registers(0, count=26, device_id=1)
            lamps = await client.read_holding_registers(100, count=76, device_id=1)
            if inputs.isError() or lamps.isError():
                raise RuntimeError(f"{inputs} {lamps}")
            done += 1

    async with asyncio.TaskGroup() as group:
        for client in clients:
            group.create_task(poll(client))
    took_s = time.perf_counter() - start
    print(done / took_s, (time.process_time() - cpu) / took_s)
    for client in clients:
        client.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
