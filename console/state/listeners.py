"""Subscriptions in which one failing listener keeps nobody else from hearing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
Unsubscribe = Callable[[], None]

_log = logging.getLogger(__name__)


class Listeners(Generic[T]):
    """Call functions with one argument, in the order they subscribed, on the caller's thread."""

    def __init__(self) -> None:
        self._listeners: dict[int, Callable[[T], None]] = {}
        self._next = 0

    def add(self, listener: Callable[[T], None]) -> Unsubscribe:
        """Call ``listener`` from now on; the returned function ends it and may be called twice."""
        key = self._next
        self._next += 1
        self._listeners[key] = listener
        return lambda: self._listeners.pop(key, None) and None

    def tell(self, argument: T) -> None:
        """Call everybody; what a listener raises is logged, and the others still hear."""
        for key, listener in tuple(self._listeners.items()):
            if key not in self._listeners:
                continue  # unsubscribed by a listener called before it
            try:
                listener(argument)
            except Exception:  # noqa: BLE001 - one broken panel must not keep the others from hearing
                _log.exception("listener failed")

    def __len__(self) -> int:
        return len(self._listeners)
