"""Which window of a seat goes on which screen: a pure rule, run again at every change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from console.seats.layout import SeatScreen


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen that is plugged in: its name and its place on the desktop, in pixels."""

    name: str
    x: int
    y: int
    width: int
    height: int
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Where one window goes.

    Attributes:
        role: of the window in the seat file.
        screen: the screen it fills.
        shared: whether a window before it fills the same screen: there are too few, and this one
            lies below until somebody brings it to the front.
    """

    role: str
    screen: Screen
    shared: bool = False


def place(
    windows: Sequence[SeatScreen],
    screens: Sequence[Screen],
    remembered: Mapping[str, str] | None = None,
) -> tuple[Placed, ...]:
    """Return a place for every window, in their order; none is ever off-screen.

    A window takes, in this order: the screen this person moved it to (``remembered``, name by
    role); the first of the screens its seat file names that is there; one that is left: the
    primary one first, then from the left of the desktop. With fewer screens than windows the
    last ones share the last screen taken.

    Args:
        windows: of the seat, the main one first.
        screens: plugged in now; at least one.
        remembered: screen name by role, as this person last had it.
    """
    kept = remembered or {}
    free = {screen.name: screen for screen in screens}
    taken: dict[str, Screen] = {}
    for window in windows:
        wanted = [kept[window.role]] if window.role in kept else []
        wanted += window.names
        found = next((name for name in wanted if name in free), None)
        if found is not None:
            taken[window.role] = free.pop(found)
    left = sorted(free.values(), key=lambda screen: (not screen.primary, screen.x, screen.y))
    placed: list[Placed] = []
    for window in windows:
        shared = False
        screen = taken.get(window.role)
        if screen is None and left:
            screen = left.pop(0)
        elif screen is None:
            shared = True
            screen = placed[-1].screen if placed else next(iter(taken.values()))
        placed.append(Placed(window.role, screen, shared))
    return tuple(placed)
