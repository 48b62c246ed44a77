"""libzmq 4.3 aborts on its own heartbeats (zeromq/libzmq#4767): neither side may turn them on.

``make faults ONLY=console-corrupted`` found it. A connection that is lost while its queue of what
was received is full ends the whole process at the next heartbeat.
"""

from __future__ import annotations

from pathlib import Path

import zmq
import zmq.asyncio

from backend_bridge.security import keys
from backend_bridge.server import wire
from backend_bridge.server.settings import WireSettings
from console.link import connection
from console.link.settings import LinkSettings


def test_the_bridge_lets_tcp_ask_instead(tmp_path: Path) -> None:
    settings = WireSettings(key_directory=tmp_path, heartbeat_s=3.0)
    context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
    with context, wire._router(context, keys.generate(), settings) as socket:
        assert socket.getsockopt(zmq.HEARTBEAT_IVL) == 0
        assert socket.getsockopt(zmq.TCP_KEEPALIVE) == 1
        assert socket.getsockopt(zmq.TCP_KEEPALIVE_IDLE) == 3
        assert socket.getsockopt(zmq.TCP_MAXRT) == 9000


async def test_the_console_listens_to_beats_instead() -> None:
    pair, bridge = keys.generate(), keys.generate()
    settings = LinkSettings(
        addresses=("tcp://127.0.0.1:1",),
        public_key=pair.public.decode(),
        secret_key=pair.secret.decode(),
        bridge_key=bridge.public.decode(),
    )
    with zmq.asyncio.Context() as context, context.socket(zmq.DEALER) as socket:
        connection._configure(socket, settings)
        assert socket.getsockopt(zmq.HEARTBEAT_IVL) == 0
