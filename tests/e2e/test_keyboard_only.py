"""From the sign-in to the closed incident by keyboard alone, real key events, on two screens."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import msgspec
import numpy as np
import pytest

from backend_bridge.contract.alarms import AlarmChange
from backend_bridge.contract.incidents import IncidentChange
from backend_bridge.contract.journal import AlarmEvent, Event, IncidentEvent
from console.scenarios.stack import OPERATOR
from tests.e2e.room import HEIGHT, WIDTH, Box, Room, running_room

SECOND = (WIDTH, 0, 2 * WIDTH, HEIGHT)
FOOT = (0, HEIGHT - 30, WIDTH // 2, HEIGHT)
_event: msgspec.msgpack.Decoder[Event] = msgspec.msgpack.Decoder(Event)


@pytest.mark.x11
@pytest.mark.slow
@pytest.mark.timeout(180)
def test_alarm_is_found_acknowledged_taken_noted_and_closed_without_a_mouse(tmp_path: Path) -> None:
    with running_room(tmp_path, screens=2) as room:
        before = room.words(SECOND)
        room.sign_in()
        room.until(
            lambda: _changed(room, before), "the overview on the second screen", timeout_s=25
        )
        link = next(iter(room.stack.truth()["links"]))
        foot = room.words(FOOT)
        room.stack.fault(link=link, fault="dead")
        room.until(lambda: _said(room, IncidentChange.OPENED), "an incident", timeout_s=20)

        room.until(lambda: _changed(room, foot, FOOT), "the alarm in the foot")
        room.key("F3")  # go to it
        _insist(room, "F2", AlarmChange.ACKNOWLEDGED)
        _insist(room, "F5", IncidentChange.TAKEN)

        seen = room.words(SECOND)
        room.key("ctrl+2")  # to the second screen, look something up there, and back
        room.key("slash")
        room.type("armoire")
        room.until(lambda: _changed(room, seen), "the words on the second screen")
        room.key("ctrl+1")

        room.stack.clear(link=link)
        room.until(lambda: _said(room, AlarmChange.RETURNED), "the cabinet back", timeout_s=30)
        _insist(room, "F9", IncidentChange.CLOSED)
        by = {user for user, event in _journal(room) if isinstance(event, IncidentEvent)}
        assert by == {"bridge", OPERATOR}


def _insist(room: Room, key: str, change: AlarmChange | IncidentChange) -> None:
    """Press a key until the journal says it was done, as a person would who sees nothing happen.

    The test presses within milliseconds of the journal: the console may still hold the version
    before, which the bridge rightly refuses.
    """
    end_s = time.monotonic() + 10
    while not _said(room, change):
        assert time.monotonic() < end_s, f"{key} did nothing"
        room.key(key)
        pressed_s = time.monotonic()
        while not _said(room, change) and time.monotonic() - pressed_s < 1.5:
            time.sleep(0.02)


def _changed(room: Room, before: object, area: Box = SECOND) -> bool:
    """Return whether an area shows something else."""
    now = room.words(area)
    return int(np.count_nonzero((now != before).any(axis=2))) > 500


def _said(room: Room, change: AlarmChange | IncidentChange) -> bool:
    wanted = AlarmEvent if isinstance(change, AlarmChange) else IncidentEvent
    return any(isinstance(e, wanted) and e.change is change for _, e in _journal(room))


def _journal(room: Room) -> list[tuple[str, Event]]:
    """Read the bridge's journal as it stands on the disk."""
    store = (room.stack.data / "store.sqlite").as_uri()
    with closing(sqlite3.connect(f"{store}?mode=ro", uri=True)) as connection:
        rows = connection.execute("select user_name, payload from journal order by seq").fetchall()
    return [(user, _event.decode(payload)) for user, payload in rows]
