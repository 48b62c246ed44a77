"""What a search field asks of its presenter, whatever that is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol


class HitFacts(Protocol):
    """One row of results; texts are finished."""

    @property
    def kind(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def icon(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def detail(self) -> str: ...
    @property
    def shortcut(self) -> str: ...
    @property
    def reason(self) -> str: ...


class SearchSource(Protocol):
    """A search as somebody types; called on the interface's thread."""

    text: str
    taken: int

    @property
    def rows(self) -> Sequence[HitFacts]:
        """Return what was found so far; rows that come later come beneath."""

    @property
    def proposed(self) -> int:
        """Return the row Enter takes unless another is chosen, -1 for none yet."""

    @property
    def note(self) -> str:
        """Return what the rows do not say."""

    def begin(self) -> None:
        """Get ready: the field was given the keyboard."""

    def type(self, typed: str) -> None:
        """Search for another text."""

    def enter(self, row: int) -> bool:
        """Take a row, or what is proposed as soon as it is known; return whether it was now."""

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call ``callback`` whenever something changed."""
