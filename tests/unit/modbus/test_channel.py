"""What TCP and a busy bridge do to answers: cut, joined, late, waiting while nobody looks."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence

import pytest

from backend_bridge.core.driver import Reading
from backend_bridge.core.errors import DeviceUnavailableError, ProtocolError
from backend_bridge.drivers.modbus.driver import ModbusDriver
from tests.conformance.subject import sockets_to
from tests.fakes.waiting import until, until_sync
from tests.unit.modbus.device import HOST, link

WORD = {"table": "holding", "register": 10}

Say = Callable[[bytes, int], Sequence[bytes | float]]
"""Takes a request and how many came before; gives the pieces to send, each by itself, and waits."""


def answer(request: bytes, value: int) -> bytes:
    """Return the right reply to a read of one register."""
    return request[:4] + bytes([0, 5, request[6], request[7], 2]) + value.to_bytes(2, "big")


@contextlib.asynccontextmanager
async def serving(say: Say) -> AsyncIterator[int]:
    """Serve a device; gives its port."""
    asked = 0
    open_now: set[asyncio.StreamWriter] = set()

    async def attend(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        open_now.add(writer)
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                request = await reader.readexactly(12)
                asked += 1
                for piece in say(request, asked - 1):
                    if isinstance(piece, bytes):
                        writer.write(piece)
                    await asyncio.sleep(0.001 if isinstance(piece, bytes) else piece)
        writer.transport.abort()
        open_now.remove(writer)

    server = await asyncio.start_server(attend, HOST, 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for writer in open_now:
            writer.transport.abort()
        await until(lambda: not open_now, what="the device's connections to end")
        await asyncio.sleep(0)  # asyncio closes a socket on the loop's next turn


@contextlib.asynccontextmanager
async def driving(port: int, **settings: float) -> AsyncIterator[ModbusDriver]:
    driver = ModbusDriver(link(WORD, port=port, **settings))
    try:
        yield driver
    finally:
        await driver.close()


async def counters(driver: ModbusDriver) -> dict[str, float]:
    return dict((await driver.describe()).counters)


async def test_answer_that_comes_byte_by_byte_is_an_answer() -> None:
    def say(request: bytes, _: int) -> list[bytes | float]:
        return [bytes([byte]) for byte in answer(request, 0x1234)]

    async with serving(say) as port, driving(port) as driver:
        await driver.open()
        assert await driver.read("all") == (Reading(0, 0x1234),)
        assert (await counters(driver))["connections"] == 1


@pytest.mark.parametrize("gap", [b"", b"\xff"])
async def test_two_answers_in_one_segment_are_none(gap: bytes) -> None:
    def say(request: bytes, _: int) -> list[bytes | float]:
        return [answer(request, 1) + gap + answer(request, 2)]

    async with serving(say) as port, driving(port, retries=0) as driver:
        with pytest.raises(ProtocolError, match="more than the answer"):
            await driver.open()


async def test_second_answer_is_not_taken_for_the_next_one() -> None:
    def say(request: bytes, before: int) -> list[bytes | float]:
        return [answer(request, 1), answer(request, 9)] if before == 0 else [answer(request, 2)]

    async with serving(say) as port, driving(port) as driver:
        await driver.open()
        assert await driver.read("all") == (Reading(0, 2),)
        assert (await counters(driver))["protocol_errors"] == 1


async def test_late_answer_is_never_taken_for_another() -> None:
    """It comes when the retry is under way, and both have the same transaction number."""

    def say(request: bytes, before: int) -> list[bytes | float]:
        if before == 1:
            return [0.22, answer(request, 666)]
        return [0.05, answer(request, before)]

    async with serving(say) as port, driving(port, timeout_s=0.2) as driver:
        await driver.open()
        assert await driver.read("all") == (Reading(0, 2),)
        found = await counters(driver)
        assert (found["timeouts"], found["connections"]) == (1, 2)


async def test_answer_to_another_transaction_costs_the_connection() -> None:
    def say(request: bytes, before: int) -> list[bytes | float]:
        other = bytes([request[0], request[1] ^ 1]) + request[2:]
        return [answer(other if before == 1 else request, before)]

    async with serving(say) as port, driving(port) as driver:
        await driver.open()
        assert await driver.read("all") == (Reading(0, 2),)
        found = await counters(driver)
        assert (found["protocol_errors"], found["connections"]) == (1, 2)


@pytest.mark.parametrize("turns", range(1, 9))
async def test_closing_at_any_moment_of_a_first_read_leaves_no_connection(turns: int) -> None:
    def say(request: bytes, _: int) -> list[bytes | float]:
        return [answer(request, 0)]

    async with serving(say) as port:
        driver = ModbusDriver(link(WORD, port=port))
        opening = asyncio.create_task(driver.open())
        for _ in range(turns):
            await asyncio.sleep(0)
        await driver.close()

        await asyncio.gather(opening, return_exceptions=True)
        await until(lambda: sockets_to(port) == 0, what="the connection to be gone")


async def test_transaction_numbers_wrap() -> None:
    seen: list[int] = []

    def say(request: bytes, _: int) -> list[bytes | float]:
        seen.append(int.from_bytes(request[:2], "big"))
        return [answer(request, 0)]

    async with serving(say) as port, driving(port) as driver:
        await driver.open()
        driver._connection._transaction = 0xFFFE
        for _ in range(3):
            await driver.read("all")
        assert seen == [1, 0xFFFF, 0, 1]


@contextlib.contextmanager
def prompt_device() -> Iterator[int]:
    """Serve one connection from a thread, which answers whatever the test's loop does."""
    listening = socket.create_server((HOST, 0))

    def serve() -> None:
        with listening.accept()[0] as peer:
            while request := peer.recv(12):
                peer.sendall(answer(request, 7))

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        thread.join(5)
        listening.close()


def hold_up(seconds: float) -> None:
    """Keep the calling thread, and its loop, from doing anything else."""
    end_s = time.monotonic() + seconds
    until_sync(lambda: time.monotonic() > end_s)


async def test_answer_that_waits_while_the_loop_is_held_up_is_in_time() -> None:
    with prompt_device() as port:
        async with driving(port, timeout_s=0.1, retries=0) as driver:
            await driver.open()
            for held_s in (0.05, 0.15, 0.6):
                reading = asyncio.create_task(driver.read("all"))
                await asyncio.sleep(0)  # sent
                hold_up(held_s)
                assert await reading == (Reading(0, 7),)
            assert (await counters(driver))["timeouts"] == 0


async def test_silent_device_is_given_up_in_time_by_a_loop_that_keeps_up() -> None:
    def say(request: bytes, before: int) -> list[bytes | float]:
        return [] if before else [answer(request, 0)]

    async with serving(say) as port, driving(port, timeout_s=0.3) as driver:
        await driver.open()
        before_s = time.monotonic()
        with pytest.raises(DeviceUnavailableError):
            await driver.read("all")
        # 1.5 timeouts with the retry; what the machine under the tests takes is not the driver's
        assert 0.4 < time.monotonic() - before_s < 5.0
