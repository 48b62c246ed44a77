"""A ZeroMQ socket on an asyncio loop: every message to one callback, every send at once or not.

``zmq.asyncio`` waits in a send; a server of slow consoles must never wait.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import zmq

MESSAGES_PER_TURN = 200
"""Messages handled before other tasks of the loop get their turn."""

Receive = Callable[[list[zmq.Frame]], None]


class Pump:
    """Read a socket as messages come; all methods run on the loop that made it.

    Args:
        socket: bound, owned by the pump from now on.
        receive: takes the frames of one message; must not raise.
    """

    def __init__(self, socket: zmq.Socket[bytes], receive: Receive) -> None:
        self._socket = socket
        self._receive = receive
        self._loop = asyncio.get_running_loop()
        self._planned: asyncio.Handle | None = None
        self._closed = False
        self._loop.add_reader(socket.fileno(), self._drain)
        # The descriptor is edge-triggered: what came before add_reader is not announced again.
        self._plan()

    def send(self, parts: list[bytes]) -> None:
        """Hand a message to the socket's queue now.

        Raises:
            zmq.Again: the queue is full; nothing was sent.
            zmq.ZMQError: nobody of that name is connected (``EHOSTUNREACH``).
        """
        try:
            self._socket.send_multipart(parts, zmq.NOBLOCK, copy=False)
        finally:
            # Sending may swallow the edge that announces an arrival.
            self._plan()

    def close(self) -> None:
        """Stop reading and close the socket, dropping what was not sent; may be called twice."""
        if self._closed:
            return
        self._closed = True
        self._loop.remove_reader(self._socket.fileno())
        if self._planned is not None:
            self._planned.cancel()
        self._socket.close(linger=0)

    def _plan(self) -> None:
        if self._planned is None and not self._closed:
            self._planned = self._loop.call_soon(self._drain)

    def _drain(self) -> None:
        self._planned = None
        for _ in range(MESSAGES_PER_TURN):
            if self._closed:
                return
            try:
                frames = self._socket.recv_multipart(zmq.NOBLOCK, copy=False)
            except zmq.Again:
                return
            try:
                self._receive(frames)
            except BaseException:
                self._plan()  # what waits behind a message that broke us is still read
                raise
        self._plan()
