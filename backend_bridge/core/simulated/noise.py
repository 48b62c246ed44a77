"""Repeatable chance: the same seed and place in time give the same number, in any order."""

from __future__ import annotations

import math
import zlib


def chance(seed: int, *place: int) -> float:
    """Return a number from 0 to below 1 that depends on nothing but its arguments."""
    text = ",".join(map(str, (seed, *place)))
    mixed = zlib.crc32(text.encode(), seed & 0xFFFF_FFFF)
    # the checksum is linear: neighbours differ in few bits until they are multiplied apart
    mixed = (mixed ^ mixed >> 15) * 0x2C1B_3C6D & 0xFFFF_FFFF
    mixed = (mixed ^ mixed >> 12) * 0x297A_2D39 & 0xFFFF_FFFF
    return (mixed ^ mixed >> 15) / 2**32


def drift(seed: int, along: float) -> float:
    """Return a smooth walk from -1 to 1; it turns about once for each whole step of ``along``."""
    step = math.floor(along)
    part = (1 - math.cos(math.pi * (along - step))) / 2
    return 2 * (chance(seed, step) * (1 - part) + chance(seed, step + 1) * part) - 1
