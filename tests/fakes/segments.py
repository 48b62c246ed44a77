"""Shared memory of this process alone: other programs on the machine make some too."""

from __future__ import annotations

from pathlib import Path

_SHARED = Path("/dev/shm")


def mapped() -> set[str]:
    """Return the names of the segments this process has mapped, given back by name or not."""
    maps = Path("/proc/self/maps").read_text("utf-8")
    names = (line.partition("/dev/shm/")[2].split() for line in maps.splitlines())
    return {found[0] for found in names if found and found[0].startswith("psm_")}


def left(names: set[str]) -> set[str]:
    """Return those of these segments that still exist."""
    return {name for name in names if (_SHARED / name).exists()}
