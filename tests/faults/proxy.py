"""A proxy in the middle of links: it delays, swallows, alters, freezes or cuts what goes through.

``python -m tests.faults.proxy SEED``; one JSON command a line: ``listen``, ``trouble``, ``cut``,
``clear``, ``counts``. Equal seeds swallow and alter alike, chunk by chunk.
"""

from __future__ import annotations

import asyncio
import functools
import random
import sys
import threading
from collections import Counter
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tests.bench._talking import obey

T = TypeVar("T")

TO, BACK = "to", "back"
"""The direction of who connects, and that of who is connected to."""
CHUNK = 4096
CHUNKS_HELD = 64
"""Most chunks on their way in one direction; then the proxy reads no more."""
MOST_BYTES_FLIPPED = 3


@dataclass(slots=True)
class Trouble:
    """What happens to one direction of a way.

    Attributes:
        delay_s: seconds every chunk is held, give or take a half.
        drop: share of chunks that are swallowed.
        corrupt: share of chunks of which some bytes are altered.
        frozen: nothing is read any more.
    """

    delay_s: float = 0.0
    drop: float = 0.0
    corrupt: float = 0.0
    frozen: bool = False


@dataclass(slots=True)
class Way:
    """One address that leads to another, and what happens on it."""

    name: str
    target: tuple[str, int]
    dice: Mapping[str, random.Random]
    trouble: dict[str, Trouble] = field(default_factory=lambda: {TO: Trouble(), BACK: Trouble()})
    is_cut: bool = False
    thawed: dict[str, asyncio.Event] = field(default_factory=dict)
    open: set[asyncio.StreamWriter] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        for side in (TO, BACK):
            self.thawed[side] = asyncio.Event()
            self.thawed[side].set()

    def sets(self, side: str, trouble: Trouble) -> None:
        """Begin a trouble in place of the one there was."""
        self.trouble[side] = trouble
        if trouble.frozen:
            self.counts["frozen"] += 1
            self.thawed[side].clear()
        else:
            self.thawed[side].set()

    def hang_up(self) -> None:
        """Abort every connection, as a pulled cable with a reset does."""
        for writer in tuple(self.open):
            self.counts["cut"] += 1
            writer.transport.abort()


class Proxy:
    """Carry bytes between addresses of this machine. On one loop.

    Args:
        seed: of what is swallowed and altered.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._ways: dict[str, Way] = {}
        self._servers: list[asyncio.Server] = []
        self._carrying: set[asyncio.Task[None]] = set()

    async def listen(self, ways: Mapping[str, Sequence[Any]]) -> dict[str, int]:
        """Open a port for each target (host, port) and return the ports by name."""
        ports = {}
        for name, (host, port) in ways.items():
            way = Way(
                name,
                (host, port),
                {side: random.Random(f"{self._seed}/{name}/{side}") for side in (TO, BACK)},
            )
            self._ways[name] = way
            server = await asyncio.start_server(
                functools.partial(self._accept, way), "127.0.0.1", 0
            )
            self._servers.append(server)
            ports[name] = server.sockets[0].getsockname()[1]
        return ports

    async def trouble(self, names: Sequence[str], sides: Sequence[str], **what: Any) -> int:
        """Begin one trouble on ways; return how many ways it is on."""
        for name in names:
            for side in sides:
                self._ways[name].sets(side, Trouble(**what))
        return len(names)

    async def cut(self, names: Sequence[str]) -> int:
        """Abort the connections of ways and each new one; return how many ways."""
        for name in names:
            self._ways[name].is_cut = True
            self._ways[name].hang_up()
        return len(names)

    async def clear(self) -> int:
        """End every trouble; what was swallowed stays so. Return how many ways there are."""
        for way in self._ways.values():
            way.is_cut = False
            for side in (TO, BACK):
                way.sets(side, Trouble())
        return len(self._ways)

    async def close(self) -> None:
        """Listen no more, and end what is open."""
        for server in self._servers:
            server.close()
        for way in self._ways.values():
            for side in (TO, BACK):
                way.sets(side, Trouble())
            way.hang_up()
        await asyncio.gather(*self._carrying, return_exceptions=True)

    def counted(self, what: str) -> int:
        """Return how often something was done since :meth:`counts`."""
        return sum(way.counts[what] for way in self._ways.values())

    async def counts(self) -> dict[str, int]:
        """Return what was done since this was last asked, all ways together."""
        total: Counter[str] = Counter()
        for way in self._ways.values():
            total += way.counts
            way.counts.clear()
        return dict(total)

    async def _accept(
        self, way: Way, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if way.is_cut:
            way.counts["cut"] += 1
            writer.transport.abort()
            return
        try:
            far_reader, far_writer = await asyncio.open_connection(*way.target, limit=CHUNK)
        except OSError:
            writer.transport.abort()
            return
        way.open |= {writer, far_writer}
        try:
            async with asyncio.TaskGroup() as both:
                for side, end, other in (
                    (TO, reader, far_writer),
                    (BACK, far_reader, writer),
                ):
                    task = both.create_task(_carry(way, side, end, other))
                    self._carrying.add(task)
                    task.add_done_callback(self._carrying.discard)
        except* OSError:
            pass  # one side has gone: so does the other
        finally:
            way.open -= {writer, far_writer}
            writer.transport.abort()
            far_writer.transport.abort()


async def _carry(
    way: Way, side: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Bring bytes from one end to the other until either ends.

    Raises:
        ConnectionError: an end is gone, also where it ended in order.
    """
    held: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(CHUNKS_HELD)
    sending = asyncio.create_task(_send(way, side, held, writer))
    loop, dice = asyncio.get_running_loop(), way.dice[side]
    try:
        while data := await reader.read(CHUNK):
            await way.thawed[side].wait()
            trouble = way.trouble[side]
            if trouble.drop and dice.random() < trouble.drop:
                way.counts["dropped"] += 1
                continue
            if trouble.corrupt and dice.random() < trouble.corrupt:
                way.counts["corrupted"] += 1
                data = _altered(data, dice)
            due_s = loop.time()
            if trouble.delay_s:
                way.counts["delayed"] += 1
                due_s += trouble.delay_s * dice.uniform(0.5, 1.5)
            await held.put((due_s, data))
        raise ConnectionResetError("the end of what is carried")
    finally:
        sending.cancel()


async def _send(
    way: Way,
    side: str,
    held: asyncio.Queue[tuple[float, bytes]],
    writer: asyncio.StreamWriter,
) -> None:
    loop = asyncio.get_running_loop()
    try:
        while True:
            due_s, data = await held.get()
            await asyncio.sleep(max(0.0, due_s - loop.time()))
            await way.thawed[side].wait()
            writer.write(data)
            await writer.drain()
    except OSError:
        writer.transport.abort()


def _altered(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randint(1, MOST_BYTES_FLIPPED)):
        changed[dice.randrange(len(changed))] ^= dice.randint(1, 255)
    return bytes(changed)


def main(seed: int) -> None:
    """Obey; the connections live on a loop of their own thread."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="proxy", daemon=True)
    thread.start()
    proxy = Proxy(seed)

    def done(work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, loop).result()

    obey(
        {
            "listen": lambda **told: done(proxy.listen(**told)),
            "trouble": lambda **told: done(proxy.trouble(**told)),
            "cut": lambda **told: done(proxy.cut(**told)),
            "clear": lambda **told: done(proxy.clear(**told)),
            "counts": lambda **told: done(proxy.counts(**told)),
        }
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
