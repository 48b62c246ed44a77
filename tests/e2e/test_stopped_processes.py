"""Stop each process in turn: the pixels of the screen say so within three seconds."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.e2e.room import Box, Room, running_room
from ui.theme import Theme

NOTICED_WITHIN_S = 3.0
MAP = (830, 90, 1440, 1000)
WHOLE = (0, 0, 1920, 1080)
COVERED_SHARE = 0.4
"""Share of the ground of the cover's stipple in a covered area; it is a half without the words."""
LIT_PX = 1_500
"""Pixels of lit lamps' colour on a map that shows 760 of them, each two by two."""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with running_room(tmp_path) as running:
        running.sign_in()
        running.until(lambda: _lamps_lit(running), "lamps on the map", timeout_s=25)
        yield running


@pytest.mark.x11
@pytest.mark.slow
@pytest.mark.timeout(180)
def test_each_stopped_process_is_seen_on_the_screen_within_three_seconds(room: Room) -> None:
    assert room.stack.bridge is not None
    assert room.stack.field is not None
    bridge, field = room.stack.bridge.process.pid, room.stack.field.process.pid
    seen = {}
    for name, pid, area in (
        ("renderer", room.renderer().pid, MAP),
        ("bridge", bridge, MAP),
        ("window", room.console.process.pid, WHOLE),
    ):
        covered = partial(_covered, room, area)
        assert not covered(), f"covered before {name} stopped"
        with _stopped(pid):
            seen[name] = room.until(covered, f"a cover over the stopped {name}")
        room.until(partial(_bare, room, area), f"the cover gone after {name}", timeout_s=20)
    with _stopped(field):
        seen["cabinets"] = room.until(lambda: not _lamps_lit(room), "no lamp shown as lit")
    room.until(lambda: _lamps_lit(room), "lamps lit again", timeout_s=30)
    assert all(seconds <= NOTICED_WITHIN_S for seconds in seen.values()), seen


@contextmanager
def _stopped(pid: int) -> Iterator[None]:
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def _covered(room: Room, area: Box) -> bool:
    """Return whether the cover's ground, which the map never shows, fills half of an area."""
    ground = _near(room.words(area), Theme("dark").hex("field"))
    return bool(ground.mean() > COVERED_SHARE)


def _bare(room: Room, area: Box) -> bool:
    return not _covered(room, area)


def _lamps_lit(room: Room) -> bool:
    """Return whether the map shows lit lamps; unavailable ones are crosses of another colour."""
    lit = _near(room.words(MAP), Theme("dark").hex("map_lamp_on"))
    return int(lit.sum()) > LIT_PX


def _near(pixels: NDArray[np.uint8], colour: str) -> NDArray[np.bool_]:
    wanted = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], np.int16)
    close: NDArray[np.bool_] = np.abs(pixels.astype(np.int16) - wanted).max(axis=2) <= 2
    return close
