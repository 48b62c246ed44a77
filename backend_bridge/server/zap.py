"""ZAP (RFC 27): asked by libzmq at each CURVE handshake whether a key may come in."""

from __future__ import annotations

import structlog
import zmq
from zmq.utils import z85

from backend_bridge.security.enrolments import Enrolments
from backend_bridge.server.pump import Pump
from backend_bridge.server.settings import WireCounters

ZAP_DOMAIN = b"beffroi"
_ENDPOINT = "inproc://zeromq.zap.01"
_LOG_EVERY = 100
"""A stranger tries again ten times a second: one refusal in so many is written to the log."""

_log = structlog.get_logger(__name__)


class Doorkeeper:
    """Answer ZAP requests of one ZeroMQ context from the enrolments.

    An admitted connection's messages carry its public key (Z85) as ``User-Id``.
    """

    def __init__(
        self,
        context: zmq.Context[zmq.Socket[bytes]],
        enrolments: Enrolments,
        counters: WireCounters,
    ) -> None:
        self._enrolments = enrolments
        self._counters = counters
        socket = context.socket(zmq.ROUTER)
        socket.linger = 0
        socket.bind(_ENDPOINT)
        self._pump = Pump(socket, self._on_request)

    def close(self) -> None:
        """Stop answering: nobody new comes in."""
        self._pump.close()

    def _on_request(self, frames: list[zmq.Frame]) -> None:
        parts = [frame.bytes for frame in frames]
        try:
            split = parts.index(b"") + 1
            version, request_id, domain, address, _identity, mechanism, *credentials = parts[split:]
        except ValueError:
            self._counters.garbage += 1
            return
        public = b""
        if mechanism == b"CURVE" and len(credentials) == 1 and len(credentials[0]) == 32:
            public = z85.encode(credentials[0])
        name = self._enrolments.name_of(public)
        admitted = version == b"1.0" and domain == ZAP_DOMAIN and name is not None
        if admitted:
            self._counters.handshakes += 1
            status = [b"200", b"OK", public, b""]
        else:
            self._refuse(address, public)
            status = [b"400", b"key not enrolled", b"", b""]
        try:
            self._pump.send([*parts[:split], b"1.0", request_id, *status])
        except zmq.ZMQError:
            return  # the peer gave up during its handshake

    def _refuse(self, address: bytes, public: bytes) -> None:
        if self._counters.strangers_refused % _LOG_EVERY == 0:
            _log.warning(
                "console_key_refused",
                address=address.decode("ascii", errors="replace"),
                key=public.decode("ascii", errors="replace"),
                advice="enrol it with 'beffroi keys enroll' if it is one of yours",
            )
        self._counters.strangers_refused += 1
