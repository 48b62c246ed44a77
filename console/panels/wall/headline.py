"""What the wall's title bar says."""

from __future__ import annotations

from collections.abc import Sequence

from console.panels.wall.programme import Programme
from console.panels.wall.tiles import TileRow
from console.panels.wording import Words

SURE = ("live", "connecting", "masked")
"""States that are no failing of a picture."""


def headline(
    words: Words, name: str, rows: Sequence[TileRow], programme: Programme, *, borrowed: bool
) -> str:
    """Return the composition's name, and how many tiles show no sure picture.

    Args:
        words: of the person's language.
        name: of the composition shown, empty for none.
        rows: the tiles.
        programme: says whether what stands is what is saved, and when a tour goes on.
        borrowed: whether an incident's cameras stand there until it is closed.
    """
    shown = [row for row in rows if row.camera]
    name = name or words.text("wall.unnamed")
    if borrowed:
        name = words.text("wall.borrowed", name=name)
    elif programme.is_altered:
        name = words.text("wall.altered", name=name)
    parts = [name, words.plural("wall.cameras", len(shown))]
    unsure = sum(row.state not in SURE for row in shown)
    if unsure:
        parts.append(words.plural("wall.unsure", unsure))
    if programme.touring:
        left = words.formats.duration(programme.left_s)
        parts.append(words.text("wall.tour.left", left=left))
    return " · ".join(parts)
