"""Bare pyzmq asyncio: a CURVE ROUTER that echoes and a DEALER that asks, one at a time.

Follows https://pyzmq.readthedocs.io/en/latest/api/zmq.asyncio.html. Not tuned.
"""

from __future__ import annotations

import asyncio
import time

import msgspec
import zmq
import zmq.asyncio


async def _run(frame: bytes, reply: bytes, rounds: int) -> list[float]:
    public, secret = zmq.curve_keypair()
    context = zmq.asyncio.Context()
    router = context.socket(zmq.ROUTER)
    router.curve_server = True
    router.curve_secretkey, router.curve_publickey = secret, public
    port = router.bind_to_random_port("tcp://127.0.0.1")
    dealer = context.socket(zmq.DEALER)
    dealer.curve_publickey, dealer.curve_secretkey = zmq.curve_keypair()
    dealer.curve_serverkey = public
    dealer.connect(f"tcp://127.0.0.1:{port}")

    async def echo() -> None:
        while True:
            identity, _ = await router.recv_multipart()
            await router.send_multipart([identity, reply])

    server = asyncio.create_task(echo())
    times_s = []
    for _ in range(rounds):
        start = time.perf_counter()
        await dealer.send(frame)
        msgspec.msgpack.decode(await dealer.recv())
        times_s.append(time.perf_counter() - start)
    server.cancel()
    context.destroy(linger=0)
    return times_s


def round_trip_ms(rounds: int = 500) -> list[float]:
    """Return each round trip of a small message, both ends in one loop, in milliseconds."""
    small = msgspec.msgpack.encode({"id": 1, "text": "x" * 60})
    return [value * 1000 for value in asyncio.run(_run(small, small, rounds))][10:]


def resync_ms(points: int = 40_000, rounds: int = 5) -> list[float]:
    """Return the time to ask for, receive and decode one frame of all points, in milliseconds."""
    rows = [[index, index % 101, 0, 1_700_000_000_000, index // 80] for index in range(points)]
    reply = msgspec.msgpack.encode(rows)
    return [value * 1000 for value in asyncio.run(_run(b"all", reply, rounds + 1))][1:]
