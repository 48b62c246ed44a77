"""What a machine lacks: findings, and the checks each part of the program brings.

A part adds its checks by the entry point ``beffroi.checks``: a function that takes
:class:`Machine` and yields findings. A check never changes anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import NamedTuple

ENTRY_POINTS = "beffroi.checks"


OK, NOTE, MISSING = "ok", "note", "missing"
"""In order; works, but somebody should know; will not work until it is mended."""


class Finding(NamedTuple):
    """Tell one thing about a machine; a part that may not import this module yields plain tuples.

    Attributes:
        level: ``ok``, ``note`` or ``missing``.
        subject: what was looked at, two or three words.
        text: what was found.
        cure: what to do; empty when nothing need be done.
    """

    level: str
    subject: str
    text: str
    cure: str = ""


@dataclass(frozen=True, slots=True)
class Machine:
    """Say where to look.

    Attributes:
        config: the bridge's configuration file.
        console: the console's key directory.
    """

    config: Path = Path("/etc/beffroi/bridge.toml")
    console: Path = Path("/etc/beffroi/console")


Check = Callable[[Machine], Iterable[tuple[str, str, str, str]]]


def ok(subject: str, text: str) -> Finding:
    """Return that something is in order."""
    return Finding(OK, subject, text)


def note(subject: str, text: str, cure: str) -> Finding:
    """Return that something works, but should be known."""
    return Finding(NOTE, subject, text, cure)


def missing(subject: str, text: str, cure: str) -> Finding:
    """Return that something will not work."""
    return Finding(MISSING, subject, text, cure)


def examine(machine: Machine) -> Iterator[tuple[str, Finding]]:
    """Yield (part, finding) of every part installed on this machine, in the parts' order.

    A check that fails is a finding itself: one part's defect must not hide another's.
    """
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda item: item.name):
        try:
            check: Check = entry.load()
        except ImportError as error:
            yield entry.name, _not_loaded(entry.name, error)
            continue
        try:
            for finding in check(machine):
                yield entry.name, Finding(*finding)
        except PermissionError as error:
            yield (
                entry.name,
                note(
                    "rights",
                    f"this user may not look at {error.filename}, nor at what comes after it",
                    "Ask again as root, or as the user it belongs to.",
                ),
            )
        except Exception as error:  # noqa: BLE001 - see above
            yield (
                entry.name,
                missing(
                    "doctor",
                    f"its check failed: {type(error).__name__}: {error}",
                    "Report this defect.",
                ),
            )


def _not_loaded(part: str, error: ImportError) -> Finding:
    """Tell a part that is not installed from one that lacks a library of the system."""
    if isinstance(error, ModuleNotFoundError):
        return note(
            "program", f"not on this machine ({error})", f"Install beffroi-{part} if wanted."
        )
    return missing(
        "program",
        f"its libraries cannot be loaded: {error}",
        f"apt-get install --reinstall beffroi-{part} brings them; from a checkout: make system",
    )
