"""Neighbouring free ports of 127.0.0.1, kept from other stacks as long as they are held."""

from __future__ import annotations

import secrets
import socket
import weakref

FIRST_PORT = 20_000
BLOCK = 100
BLOCKS = 120
"""They end below the ports that the system itself gives out (32768 and more)."""
FIRST_DOOR = FIRST_PORT - BLOCKS
"""Each block has a door, a port that is bound as long as the block is held."""
MOST_PORTS = 65_535


class NoPortsError(Exception):
    """Say that there are no such free ports."""


class Ports:
    """Hold neighbouring ports until :meth:`release`.

    Where to look begins at random, and the doors of what is held are bound: two stacks that start
    together get different ports, also before their programs listen.

    Args:
        count: how many are needed.
        first: take exactly those from here on, without a door; ``None`` to look for some.

    Attributes:
        first: the first of them.

    Raises:
        NoPortsError: there are none, or those asked for are in use.
    """

    def __init__(self, count: int, first: int | None = None) -> None:
        self._doors: list[socket.socket] = []
        weakref.finalize(self, _close, self._doors)  # also given back when simply forgotten
        self.count = count
        if first is not None:
            taken = [port for port in range(first, first + count) if not is_free(port)]
            if taken:
                raise NoPortsError(
                    f"{count} ports from {first} on are needed, and {taken[0]} is in use or none"
                )
            self.first = first
            return
        self.first = self._look(count)

    def release(self) -> None:
        """Give the ports back; may be called twice."""
        _close(self._doors)

    def _look(self, count: int) -> int:
        blocks = -(-count // BLOCK)
        places = max(0, BLOCKS - blocks + 1)
        turn = secrets.randbelow(max(1, places))
        for step in range(places):
            place = (turn + step) % places
            first = FIRST_PORT + place * BLOCK
            if self._open_doors(place, blocks) and all(map(is_free, range(first, first + count))):
                return first
            self.release()
        raise NoPortsError(f"no {count} neighbouring ports are free on 127.0.0.1")

    def _open_doors(self, place: int, blocks: int) -> bool:
        for number in range(place, place + blocks):
            door = _bound(FIRST_DOOR + number)
            if door is None:
                return False
            self._doors.append(door)
        return True


def _close(doors: list[socket.socket]) -> None:
    for door in doors:
        door.close()
    doors.clear()


def is_free(port: int) -> bool:
    """Return whether a program could listen on a port of 127.0.0.1 now."""
    if not 1 <= port <= MOST_PORTS:
        return False
    probe = _bound(port)
    if probe is None:
        return False
    probe.close()
    return True


def _bound(port: int) -> socket.socket | None:
    probe = socket.socket()
    try:
        probe.bind(("127.0.0.1", port))
    except OSError:
        probe.close()
        return None
    return probe
