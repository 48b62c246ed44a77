"""What the link says of itself, as the strip and the sign-in form show it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace

from backend_bridge.contract.wire import Beat
from console.link.batch import LinkPhase, LinkSession
from console.link.connection import Connection
from console.link.errors import LinkError
from console.link.inbox import Inbox
from console.link.timing import BridgeClock

TERRITORY_TEXT = "link.territory"
"""What the status says while the territory arrives, with ``done`` and ``total`` equipment."""

Params = Mapping[str, str | int | float]

_log = logging.getLogger(__name__)


class Saying:
    """Write the link's status into the inbox, one method for each thing that happens."""

    def __init__(self, inbox: Inbox, bridge_clock: BridgeClock) -> None:
        self._inbox = inbox
        self._bridge_clock = bridge_clock

    def connected(self, connection: Connection, *, seated: bool) -> None:
        """Say that a bridge answered; ``seated`` while somebody is to be signed in again."""
        welcome, status = connection.welcome, self._inbox.status
        assert welcome is not None  # it answered
        self._inbox.say(
            replace(
                status,
                phase=LinkPhase.LOADING if seated else LinkPhase.SIGNED_OUT,
                text_key="" if seated else status.text_key,
                params={} if seated else status.params,
                address=connection.address,
                bridge=welcome.bridge,
                console=welcome.console,
                protocol=f"{welcome.major}.{welcome.minor}",
                epoch=welcome.epoch,
                bridge_ahead_ms=self._bridge_clock.ahead_ms,
                round_trip_ms=self._bridge_clock.round_trip_ms,
            )
        )

    def seated(self, session: LinkSession) -> None:
        """Say who sits here; the picture is on its way."""
        status = self._inbox.status
        self._inbox.say(
            replace(status, phase=LinkPhase.LOADING, session=session, text_key="", params={})
        )

    def following(self) -> None:
        """Say that the picture is whole and nothing is on its way any more."""
        status = self._inbox.status
        self._inbox.say(replace(status, phase=LinkPhase.FOLLOWING, text_key="", params={}))

    def territory(self, done: int, total: int) -> None:
        """Say how much of the territory has come."""
        params = {"done": done, "total": total}
        self._inbox.say(replace(self._inbox.status, text_key=TERRITORY_TEXT, params=params))

    def beat(self, beat: Beat, now_s: float, garbage: int) -> None:
        """Say what the bridge's own loop says, heard at a steady second."""
        self._inbox.say(
            replace(
                self._inbox.status,
                last_beat_mono_s=now_s,
                bridge_ahead_ms=self._bridge_clock.ahead_ms,
                storage_ok=beat.storage_ok,
                storage_fault=beat.storage_fault,
                bridge_lag_ms=beat.lag_ms,
                garbage_frames=garbage,
            )
        )

    def lost(self, error: LinkError, address: str) -> None:
        """Say why there is no connection."""
        status = self._inbox.status
        _log.info("no link", extra={"address": address, "why": error.text_key})
        self._inbox.say(
            replace(
                status,
                phase=LinkPhase.REFUSED if error.refused else LinkPhase.CONNECTING,
                text_key=error.text_key,
                params=error.params,
                address=address,
                reconnections=status.reconnections + 1,
            )
        )

    def signed_out(self, text_key: str, params: Params, *, connected: bool) -> None:
        """Drop the picture and say that nobody sits here; without a bridge, why stays as it was."""
        self._inbox.drop()
        status = self._inbox.status
        self._inbox.say(
            replace(
                status,
                phase=LinkPhase.SIGNED_OUT if connected else LinkPhase.CONNECTING,
                session=None,
                text_key=text_key if connected else status.text_key,
                params=params if connected else status.params,
                last_beat_mono_s=None,
            )
        )
