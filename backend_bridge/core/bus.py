"""The bridge's own bus: services tell one another what was committed, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from backend_bridge.contract.journal import JournalEntry

Listener = Callable[[JournalEntry], None]

_log = structlog.get_logger(__name__)


class Bus:
    """Hand committed journal entries to listeners, in order, on the bridge's loop.

    A listener must not block or raise; one that raises is logged and the others still hear.
    """

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` for every entry from now on; the returned function ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, entry: JournalEntry) -> None:
        """Tell every listener; call only after the entry is durable."""
        for listener in tuple(self._listeners):
            try:
                listener(entry)
            except Exception:  # noqa: BLE001 - a failing listener must not keep the others from hearing
                _log.exception("bus_listener_failed", seq=entry.seq)
