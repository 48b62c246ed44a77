"""Bare pyzmq: one CURVE publisher, three subscriber processes, batches of changes. Not tuned.

Follows https://pyzmq.readthedocs.io/en/latest/api/zmq.auth.html and its "ironhouse" example.
"""

from __future__ import annotations

import multiprocessing
import time
from multiprocessing.queues import Queue

import msgspec
import zmq


def _subscriber(address: str, server_key: bytes, batches: int, done: Queue[object]) -> None:
    context = zmq.Context()
    socket = context.socket(zmq.SUB)
    socket.curve_publickey, socket.curve_secretkey = zmq.curve_keypair()
    socket.curve_serverkey = server_key
    socket.setsockopt(zmq.SUBSCRIBE, b"")
    socket.connect(address)
    done.put("ready")
    state: dict[int, list[object]] = {}
    for _ in range(batches):
        for change in msgspec.msgpack.decode(socket.recv()):
            state[change[0]] = change
    done.put(len(state))
    context.destroy(linger=0)


def changes_per_s(batches: int = 200, size: int = 1000, consoles: int = 3) -> float:
    """Return changes per second from the first send until every subscriber has applied the last."""
    spawn = multiprocessing.get_context("spawn")
    public, secret = zmq.curve_keypair()
    with zmq.Context() as context, context.socket(zmq.PUB) as socket:
        socket.curve_server = True
        socket.curve_secretkey, socket.curve_publickey = secret, public
        socket.setsockopt(zmq.SNDHWM, 0)
        address = f"tcp://127.0.0.1:{socket.bind_to_random_port('tcp://127.0.0.1')}"
        done = spawn.Queue()
        children = [
            spawn.Process(target=_subscriber, args=(address, public, batches, done))
            for _ in range(consoles)
        ]
        for child in children:
            child.start()
        for _ in children:
            done.get(timeout=30)
        time.sleep(0.5)  # PUB drops what is sent before a subscription arrives
        start = time.perf_counter()
        for batch in range(batches):
            rows = [[index, batch % 101, 0, 1_700_000_000_000, 3] for index in range(size)]
            socket.send(msgspec.msgpack.encode(rows))
        for _ in children:
            done.get(timeout=60)
        elapsed_s = time.perf_counter() - start
        for child in children:
            child.join()
    return batches * size / elapsed_s
