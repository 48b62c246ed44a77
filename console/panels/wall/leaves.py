"""Leave to watch: a ticket asked for each camera shown, renewed in time, given back after."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.requests import OpenStream, ReleaseStream
from backend_bridge.contract.results import StreamTicketResult
from console.panels.spec import PanelContext

RENEW_LEFT_MS = 35_000
"""A ticket with less than this left is renewed."""
AGAIN_S = {ErrorCode.REFUSED: 15.0, ErrorCode.BAD_REQUEST: 60.0}
"""Seconds after which a refusal is asked again; others sooner."""
SOON_S = 2.0


@dataclass(slots=True)
class Leave:
    """What the bridge said of one camera.

    Attributes:
        ticket: held, ``None`` when none is: never given, refused, or run out.
        error: the latest refusal, ``None`` after an answer.
        next_s: steady second from which it may be asked again.
    """

    ticket: StreamTicketResult | None = None
    error: RequestError | None = None
    asking: bool = False
    next_s: float = 0.0


class Leaves:
    """Hold a leave for each camera shown; lives on the interface's thread.

    Args:
        context: gives requests, the clock and the bridge's time.
        told: called after each answer.
    """

    def __init__(self, context: PanelContext, told: Callable[[], None]) -> None:
        self._context = context
        self._told = told
        self._leaves: dict[str, Leave] = {}

    def of(self, camera: str) -> Leave:
        """Return how a camera's leave is; one never asked for holds nothing."""
        return self._leaves.get(camera) or Leave()

    def hold(self, cameras: Iterable[str]) -> None:
        """Ask for these, and give back all others."""
        wanted = set(cameras)
        for camera in [known for known in self._leaves if known not in wanted]:
            leave = self._leaves.pop(camera)
            if leave.ticket is not None:
                self._context.spawn(self._release(leave.ticket.ticket))
        for camera in wanted:
            self._leaves.setdefault(camera, Leave())
        self.tick()

    def tick(self) -> None:
        """Renew what is about to run out, drop what has; call it every second or so."""
        now_ms, now_s = self._context.state.bridge_now_ms(), self._context.clock.mono_s()
        for camera, leave in self._leaves.items():
            ticket = leave.ticket
            if ticket is not None and ticket.expires_ms <= now_ms:
                leave.ticket = ticket = None
            late = ticket is None or ticket.expires_ms - now_ms < RENEW_LEFT_MS
            if late and not leave.asking and now_s >= leave.next_s:
                leave.asking = True
                self._context.spawn(self._ask(camera, leave))

    def ask_again(self, cameras: Iterable[str]) -> None:
        """Ask now for cameras of which something else is true: out of service, or back."""
        for camera in cameras:
            leave = self._leaves.get(camera)
            if leave is not None:
                leave.next_s = 0.0
                if leave.ticket is not None and not leave.asking:
                    leave.asking = True
                    self._context.spawn(self._ask(camera, leave))
        self.tick()

    async def _ask(self, camera: str, leave: Leave) -> None:
        """Ask once, for a new ticket or more time; the answer to a camera gone is given back."""
        held = "" if leave.ticket is None else leave.ticket.ticket
        clock = self._context.clock
        try:
            answer = await self._context.actions.ask(OpenStream(equipment_id=camera, ticket=held))
            assert isinstance(answer, StreamTicketResult)
        except RequestError as error:
            leave.error = error
            if error.code is not ErrorCode.UNAVAILABLE and error.code is not ErrorCode.TIMED_OUT:
                leave.ticket = None  # the bridge has spoken: no picture without its leave
            over = held and error.code is ErrorCode.CONFLICT  # a restarted bridge knows no ticket
            leave.next_s = clock.mono_s() + (0.0 if over else AGAIN_S.get(error.code, SOON_S))
        else:
            leave.ticket, leave.error = answer, None
            leave.next_s = clock.mono_s() + SOON_S
        finally:
            leave.asking = False
        if self._leaves.get(camera) is not leave and leave.ticket is not None:
            await self._release(leave.ticket.ticket)
        else:
            self._told()

    async def _release(self, ticket: str) -> None:
        try:
            await self._context.actions.ask(ReleaseStream(ticket=ticket))
        except RequestError:
            return  # it runs out by itself within a minute, and the journal says so
