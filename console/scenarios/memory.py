"""What a console takes of the machine's memory, all its processes together."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from pathlib import Path

_PROC = Path("/proc")


def pss_mib(root: int | None = None, *, without: Collection[int] = ()) -> float | None:
    """Return the proportional set size of a process and all below it, in MiB.

    A page that several processes share counts once, divided among those that share it.

    Args:
        root: the process; this one when absent.
        without: processes that are left out, with all below them.

    Returns:
        ``None`` where the system does not tell (only Linux does).
    """
    if not (_PROC / "self" / "smaps_rollup").exists():
        return None
    children = _children()
    waiting, kib = [os.getpid() if root is None else root], 0
    while waiting:
        pid = waiting.pop()
        if pid not in without:
            kib += _pss_kib(pid)
            waiting += children.get(pid, ())
    return kib / 1024


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for folder in _PROC.iterdir():
        if folder.name.isdecimal():
            try:
                after_name = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2]
            except OSError:
                continue  # it has just ended
            found.setdefault(int(after_name.split()[1]), []).append(int(folder.name))
    return found


def _pss_kib(pid: int) -> int:
    try:
        said = (_PROC / str(pid) / "smaps_rollup").read_text("ascii")
    except OSError:
        return 0  # it has just ended
    told = re.search(r"^Pss:\s+(\d+) kB", said, re.MULTILINE)
    return int(told.group(1)) if told else 0
