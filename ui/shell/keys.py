"""What can be done in a window: its keys, and everything the palette lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ui.texts import text

PALETTE = "Ctrl+K"


@dataclass(frozen=True, slots=True)
class WindowKey:
    """One key of the window.

    Attributes:
        sequence: as Qt writes it, ``F2``, ``Ctrl+Shift+Q``.
        label: translated, verb first.
        fallback: done when no panel answers the key; ``None`` then says that nothing here does.
        in_foot: printed in the foot too.
    """

    sequence: str
    label: str
    fallback: Callable[[], None] | None = None
    in_foot: bool = False


@dataclass(frozen=True, slots=True)
class WindowCommand:
    """One thing that can be done in this window now, as the palette lists it.

    Attributes:
        label: translated, verb first; ``detail`` says where.
        shortcut: the key that does the same, as printed.
        reason: why it would be refused now, empty when it would not.
    """

    label: str
    detail: str
    icon: str
    shortcut: str
    reason: str
    act: Callable[[], object]

    def run(self) -> None:
        """Do it; what would be refused says why."""
        self.act()


def key_text(sequence: str) -> str:
    """Return a key as printed on a French or English keyboard."""
    return (
        sequence.replace("Ctrl+", "Ctrl ").replace("Shift", text("ui.key.shift")).replace("+", " ")
    )
