"""A desk locked, opened again and handed over: real programs, real key events, a real journal."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from backend_bridge.contract.journal import HandOverEvent, SessionChange, SessionEvent
from console.scenarios.people import person_at
from console.scenarios.stack import OPERATOR, PASSWORD, run_step
from tests.e2e.room import HEIGHT, WIDTH, Box, Room, running_room
from tests.e2e.test_keyboard_only import _journal

RELIEF = person_at("police")
AROUND: Box = (0, 60, WIDTH // 5, HEIGHT - 60)
"""Left of the card of a lock, below the strip: panels, or nothing at all."""


@pytest.mark.x11
@pytest.mark.slow
@pytest.mark.timeout(120)
def test_desk_is_locked_unlocked_and_handed_over_by_keyboard(tmp_path: Path) -> None:
    with running_room(tmp_path) as room:
        run_step(
            *("users", "add", RELIEF.login, "--data", str(room.stack.data)),
            *("--role", RELIEF.role, "--name", RELIEF.name, "--password-file", "-"),
            secret=PASSWORD + "\n",
        )
        room.sign_in()
        room.until(lambda: _busy(room), "the panels", timeout_s=25)
        _press(room, lambda: _said(room, SessionChange.LOCKED), "ctrl+l")
        room.until(lambda: not _busy(room), "a screen that shows nothing")

        room.key("F2", "F4", "ctrl+k", "Escape")  # nothing below hears of them
        room.type("pas le bon")
        room.key("Return")
        room.until(lambda: _said(room, SessionChange.UNLOCK_REFUSED), "a refusal")
        assert not _busy(room)
        room.key("ctrl+a")
        room.type(PASSWORD)
        room.key("Return")
        room.until(lambda: _said(room, SessionChange.UNLOCKED), "the journal")
        room.until(lambda: _busy(room), "the panels again")

        # the key opens the panel and gives its field the caret in one event: what is typed is next
        room.key("ctrl+shift+r")
        room.type(RELIEF.login)
        room.key("Return")
        room.type(PASSWORD)
        room.key("Return")
        room.until(lambda: _said(room, SessionChange.HANDED_OVER), "the hand-over")
        room.until(lambda: _busy(room), "the newcomer's panels")

        relief = [(user, e) for user, e in _journal(room) if isinstance(e, HandOverEvent)]
        assert [(user, event.leaver) for user, event in relief] == [(RELIEF.login, OPERATOR)]
        assert "incidents" in relief[0][1].shown
        comings = [
            (user, event.change)
            for user, event in _journal(room)
            if isinstance(event, SessionEvent)
        ]
        assert comings[-2:] == [
            (OPERATOR, SessionChange.HANDED_OVER),
            (RELIEF.login, SessionChange.SIGNED_IN),
        ]


def _busy(room: Room) -> bool:
    """Return whether that part of the screen shows more than one even ground."""
    seen = room.words(AROUND)
    return int(np.count_nonzero((seen != seen[0, 0]).any(axis=2))) > 2_000


def _said(room: Room, change: SessionChange) -> bool:
    return any(isinstance(e, SessionEvent) and e.change is change for _, e in _journal(room))


def _press(room: Room, done: Callable[[], bool], key: str) -> None:
    """Press a key until it worked: the workspace may only just be there."""
    end_s = time.monotonic() + 15
    while not done():
        assert time.monotonic() < end_s, f"{key} did nothing"
        room.key(key)
        pressed_s = time.monotonic()
        while not done() and time.monotonic() - pressed_s < 1.5:
            time.sleep(0.05)
