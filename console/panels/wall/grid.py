"""Where cameras stand on the wall: square grids, and the rules by which tiles are filled. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from backend_bridge.contract.compositions import SIDES

Slots = tuple[str, ...]
"""Camera ids from the top left, row by row; empty where nothing stands."""


def emptied(side: int) -> Slots:
    """Return a grid with nothing in it."""
    return ("",) * (side * side)


def resized(slots: Slots, side: int) -> Slots:
    """Return the same cameras in another grid.

    They keep their order; what stands beyond a smaller grid moves up into its free tiles, and only
    what does not fit at all is left out, the last first.
    """
    total = side * side
    if not any(slots[total:]):
        return (*slots[:total], *emptied(side)[len(slots) :])
    kept = [camera for camera in slots if camera][:total]
    return (*kept, *emptied(side)[len(kept) :])


def placed(slots: Slots, slot: int, camera: str) -> Slots:
    """Return the grid with a camera called into one tile; it stands nowhere else then."""
    return tuple(
        camera if here == slot else "" if held == camera else held
        for here, held in enumerate(slots)
    )


def filled(
    slots: Slots,
    cameras: Iterable[str],
    keep: frozenset[str] = frozenset(),
    spare: frozenset[int] = frozenset(),
) -> Slots:
    """Return the grid with these cameras shown too: free tiles first, then the last ones.

    Args:
        slots: the grid.
        cameras: to show, the most wanted first; those beyond the grid's room are left out.
        keep: cameras that must not give way.
        spare: tiles nothing comes into, free or not.
    """
    wanted = list(dict.fromkeys(cameras))
    result = list(slots)
    free = [slot for slot, held in enumerate(result) if not held and slot not in spare]
    spared = keep | set(wanted)
    free += [
        slot
        for slot in reversed(range(len(result)))
        if result[slot] and result[slot] not in spared and slot not in spare
    ]
    missing = (camera for camera in wanted if camera not in slots)
    for slot, camera in zip(free, missing, strict=False):
        result[slot] = camera
    return tuple(result)


def dropped(slots: Slots, slot: int, cameras: Iterable[str], came_from: int | None = None) -> Slots:
    """Return the grid with cameras let go over a tile: the first there, the rest in free tiles.

    Args:
        slots: the grid.
        slot: where they were let go.
        cameras: what was let go; those without a free tile are left out.
        came_from: the tile a camera was dragged from; what it displaces goes there.
    """
    wanted = list(dict.fromkeys(cameras))
    if not wanted:
        return slots
    displaced = slots[slot]
    result = list(placed(slots, slot, wanted[0]))
    if came_from is not None and came_from != slot:
        result[came_from] = displaced
    places = ((slot + step) % len(result) for step in range(1, len(result)))
    free = [place for place in places if not result[place]]
    missing = (camera for camera in wanted[1:] if camera not in result)
    for place, camera in zip(free, missing, strict=False):
        result[place] = camera
    return tuple(result)


def next_free(slots: Slots, after: int) -> int:
    """Return the next empty tile after one, around the grid; that one itself when there is none."""
    total = len(slots)
    order = ((after + step) % total for step in range(1, total))
    return next((slot for slot in order if not slots[slot]), after)


def moved(slot: int, side: int, across: int, down: int) -> int:
    """Return the tile beside another one; at the edge of the wall it stays."""
    row, column = divmod(slot, side)
    row = min(max(row + down, 0), side - 1)
    column = min(max(column + across, 0), side - 1)
    return row * side + column


def side_for(cameras: int) -> int:
    """Return the smallest grid with room for so many cameras, or the largest there is."""
    return next((side for side in SIDES if side * side >= cameras), SIDES[-1])
