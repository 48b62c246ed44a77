"""What every panel's view has in common: a presenter it follows, a head the frame shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget


class Headed(Protocol):
    """Who decides what a panel shows, as far as its title bar asks."""

    @property
    def headline(self) -> str: ...


class PanelView(QWidget):
    """Follow a presenter from the subclass's ``subscribe`` until :meth:`release`.

    A subclass keeps in ``_unsubscribe`` what its presenter's ``subscribe`` returned, and calls
    :meth:`_say_headline` whenever it has drawn anew, unless its headline never changes.
    """

    def __init__(self, presenter: Headed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headed = presenter
        self._headline_callback: Callable[[], None] | None = None
        self._unsubscribe: Callable[[], None] = lambda: None

    def headline(self) -> str:
        """Return what the title bar says."""
        return self._headed.headline

    def on_headline(self, callback: Callable[[], None]) -> None:
        """Call back when it may have changed."""
        self._headline_callback = callback

    def release(self) -> None:
        """Stop following the presenter."""
        self._unsubscribe()

    def _say_headline(self) -> None:
        if self._headline_callback is not None:
            self._headline_callback()
