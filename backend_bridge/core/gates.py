"""Pace connections: no shared network sees more attempts a second than it can take."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

MARGIN = 1.05
"""A second's worth of attempts takes this much longer: on their way some catch up with others."""
CATCH_UP_S = 0.5
"""A gate that stood idle, or whose loop was held up, lets so much through at once."""


class Network(Protocol):
    """What links share: a fibre ring, a mobile operator; it may hang on another one."""

    @property
    def id(self) -> str:
        """Return its name in ``parent`` and in ``uplink_of``."""

    @property
    def parent(self) -> str:
        """Return the id of the network it hangs on, empty for none."""

    @property
    def most_connects_per_s(self) -> float:
        """Return how many connections may be attempted through it in any second, above 0."""


class _Turn:
    """When an attempt was let through; moved on when the loop came to it later."""

    __slots__ = ("at_s",)

    def __init__(self, at_s: float) -> None:
        self.at_s = at_s


class ConnectionGate:
    """Let connection attempts begin evenly, at most ``per_s`` in any second, in order of arrival.

    What passes has passed every gate above as well, in the same instant.

    Args:
        above: the gate of the network this one hangs on.
    """

    def __init__(
        self, per_s: float, mono_s: Callable[[], float], *, above: ConnectionGate | None = None
    ) -> None:
        if per_s <= 0:
            raise ValueError(f"{per_s} connections a second cannot work")
        self._apart_s = MARGIN / per_s
        self._window_s = MARGIN * max(1.0, 1 / per_s)
        self._turns = deque[_Turn](maxlen=max(1, int(per_s)))
        self._next_s = mono_s()
        self._mono_s = mono_s
        self._above = above
        self._waiting: deque[asyncio.Future[_Turn]] = deque()
        self._timer: asyncio.TimerHandle | None = None

    async def wait(self) -> None:
        """Return when it is this caller's turn."""
        if self.take_now():
            return
        given: asyncio.Future[_Turn] = asyncio.get_running_loop().create_future()
        self._waiting.append(given)
        self._let_through()
        turn = await given
        turn.at_s = self._mono_s()  # since it was given the loop may have been held up

    def take_now(self) -> bool:
        """Take a turn if there is one at once and nobody waits for it; never waits itself."""
        if self._waiting or self._free_s() > self._mono_s():
            return False
        self._take()
        return True

    def _let_through(self) -> None:
        """Give turns to all whose time has come, and see to the next one."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while self._waiting:
            if self._waiting[0].done():  # cancelled: it takes none
                self._waiting.popleft()
                continue
            wait_s = self._free_s() - self._mono_s()
            if wait_s > 0:
                loop = asyncio.get_running_loop()
                self._timer = loop.call_later(wait_s, self._let_through)
                return
            self._waiting.popleft().set_result(self._take())

    def _chain(self) -> Iterator[ConnectionGate]:
        gate: ConnectionGate | None = self
        while gate is not None:
            yield gate
            gate = gate._above

    def _free_s(self) -> float:
        """Return when all gates on the way are open next."""
        found = 0.0
        for gate in self._chain():
            found = max(found, gate._next_s)
            if len(gate._turns) == gate._turns.maxlen:
                found = max(found, gate._turns[0].at_s + gate._window_s)
        return found

    def _take(self) -> _Turn:
        now_s = self._mono_s()
        turn = _Turn(now_s)
        for gate in self._chain():
            gate._next_s = max(gate._next_s, now_s - CATCH_UP_S) + gate._apart_s
            gate._turns.append(turn)
        return turn


class Gates:
    """Hold a gate for each network, and one for all links that name none.

    Args:
        networks: parents in any order; one that is not among them counts as none.
        network_of: network by link id.
        others_per_s: limit of the links that name none.
    """

    def __init__(
        self,
        networks: Iterable[Network],
        network_of: Mapping[str, str],
        others_per_s: float,
        mono_s: Callable[[], float],
    ) -> None:
        by_id = {network.id: network for network in networks}
        made: dict[str, ConnectionGate] = {}

        def gate(name: str) -> ConnectionGate | None:
            network = by_id.pop(name, None)  # taken out, so that a circle ends
            if network is not None:
                made[name] = ConnectionGate(
                    network.most_connects_per_s, mono_s, above=gate(network.parent)
                )
            return made.get(name)

        for name in list(by_id):
            gate(name)
        self._made = made
        self._network_of = network_of
        self._others = ConnectionGate(others_per_s, mono_s)

    def of(self, link_id: str) -> ConnectionGate:
        """Return the gate a link's connections go through."""
        return self._made.get(self._network_of.get(link_id, ""), self._others)
