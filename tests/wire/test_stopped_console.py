"""A console whose process is stopped neither slows the bridge nor grows its memory."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import psutil
import pytest

from backend_bridge.contract.quality import Quality
from backend_bridge.contract.wire import Beat
from backend_bridge.security import keys
from backend_bridge.security.enrolments import enroll
from tests.wire.rig import Replica, rig

STOPPED_S = 12.0
CHANGES_PER_S = 20_000
LAST = 1_000_000
ROOM_BYTES = 24 * 1024 * 1024


@pytest.mark.slow
async def test_stopped_console_costs_nothing_and_needs_no_snapshot_afterwards(
    tmp_path: Path,
) -> None:
    async with rig(tmp_path, cabinets=100, lamps=98) as bridge:
        size = len(bridge.table)
        await bridge.add_user("denis")
        steady = await bridge.seated()
        steady.keeping = False
        bridge.task(steady.follow(Replica()))
        pair = keys.generate()
        enroll(bridge.enrolled, "pupitre-2", pair.public)
        await asyncio.to_thread(bridge.server._enrolments.refresh)
        loop = asyncio.get_running_loop()

        async def change(seconds: float) -> None:
            began, sent, value = loop.time(), 0, 1
            while loop.time() - began < seconds:
                while sent < (loop.time() - began) * CHANGES_PER_S:
                    source = bridge.table.source(sent // 100 % (size // 100))
                    value += 1
                    bridge.table.apply(
                        source.number, [(i, value, Quality.GOOD) for i in source.points]
                    )
                    sent += 100
                await asyncio.sleep(0.02)

        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.wire.stopped_console", bridge.server.address,
            bridge.bridge_pair.public.decode(), pair.public.decode(), pair.secret.decode(),
            str(size * LAST),
            stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2],
        )  # fmt: skip
        assert process.stdout is not None
        try:
            assert await process.stdout.readline() == b"signed in\n"
            await change(1.5)
            before = psutil.Process().memory_info().rss
            batches = steady.batches
            os.kill(process.pid, signal.SIGSTOP)
            await change(STOPPED_S)
            grown = psutil.Process().memory_info().rss - before
            served = steady.batches - batches
            os.kill(process.pid, signal.SIGCONT)
            for number in range(size // 100):
                points = bridge.table.source(number).points
                bridge.table.apply(number, [(i, LAST, Quality.GOOD) for i in points])
            async with asyncio.timeout(30):
                said = (await process.stdout.read()).decode().split("\n")
                await process.wait()  # killed while it is being reaped, it would be reaped twice
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()
    assert said[-2] == "done 1"  # one snapshot, at its first start; none after the stop
    assert grown < ROOM_BYTES
    assert served > STOPPED_S * 12
    assert max(beat.lag_ms for beat in steady.of(Beat)) < 250
