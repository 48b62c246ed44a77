"""A console in a process of its own, to be stopped and continued: prints what it ends up with.

Arguments: address, bridge's public key, own public and secret key, and the sum to reach.
Says ``signed in`` each time it is, and ``done <snapshots asked for>`` at the end.
"""

from __future__ import annotations

import sys
from typing import Any

import zmq

from backend_bridge.contract.wire import (
    Beat,
    Failure,
    Hello,
    PointsBatch,
    PullPoints,
    ServerMessage,
    SignedIn,
    SignIn,
    Welcome,
    decode_server,
    encode,
)
from tests.wire.rig import PASSWORD

SILENT_MS = 2_500


class SilentError(Exception):
    """Nothing came for too long: the connection is not what it was."""


class StoppedConsole:
    """Follow the points over as many connections as it takes, with one replica."""

    def __init__(self, arguments: list[str]) -> None:
        self._address, bridge, public, secret = arguments
        self._keys = (bridge.encode(), public.encode(), secret.encode())
        self._context = zmq.Context()
        self._id = 0
        self._epoch = ""
        self.revision = 0
        self.snapshots = 0
        self.values: dict[int, int] = {}

    def run(self, wanted: int) -> None:
        """Follow until the replica adds up to ``wanted``, which the test sends last."""
        while True:
            socket = self._context.socket(zmq.DEALER)
            socket.linger = 0
            socket.curve_serverkey, socket.curve_publickey, socket.curve_secretkey = self._keys
            socket.connect(self._address)
            try:
                self._sign_in(socket)
                while sum(self.values.values()) != wanted:
                    self._pull(socket)
            except SilentError:
                continue
            finally:
                socket.close()
            return

    def close(self) -> None:
        self._context.destroy(linger=0)

    def _sign_in(self, socket: zmq.Socket[bytes]) -> None:
        self._send(socket, Hello(**self._head(), major=1, minor=0, software="stopped"))
        welcome = self._answer(socket)
        assert isinstance(welcome, Welcome), welcome
        self._epoch = welcome.epoch
        self._send(socket, SignIn(**self._head(), user="denis", password=PASSWORD, seat="s"))
        assert isinstance(self._answer(socket), SignedIn)
        sys.stdout.write("signed in\n")
        sys.stdout.flush()

    def _pull(self, socket: zmq.Socket[bytes]) -> None:
        self.snapshots += self.revision == 0
        self._send(socket, PullPoints(**self._head(), after=self.revision))
        batch = self._answer(socket)
        if isinstance(batch, Failure):
            raise SilentError
        assert isinstance(batch, PointsBatch), batch
        assert batch.after == self.revision
        for change in batch.changes:
            assert isinstance(change.value, int)
            self.values[change.index] = change.value
        self.revision = batch.upto

    def _head(self) -> dict[str, Any]:
        self._id += 1
        return {"id": self._id, "epoch": self._epoch, "utc_ms": 1}

    def _send(self, socket: zmq.Socket[bytes], message: Hello | SignIn | PullPoints) -> None:
        socket.send(encode(message))

    def _answer(self, socket: zmq.Socket[bytes]) -> ServerMessage:
        while True:
            if not socket.poll(SILENT_MS):
                raise SilentError
            message = decode_server(socket.recv())
            if message.id == self._id and not isinstance(message, Beat):
                return message


if __name__ == "__main__":
    console = StoppedConsole(sys.argv[1:5])
    console.run(int(sys.argv[5]))
    sys.stdout.write(f"done {console.snapshots}\n")
    console.close()
