"""What the same alarms cost without any of us: a bare loop and sqlite3, one commit a batch."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from backend_bridge.contract.alarms import Alarm, AlarmChange, Severity
from backend_bridge.contract.journal import AlarmEvent

_INSERT = "INSERT INTO journal VALUES (?, ?, ?, ?, ?)"
_STATE = "INSERT OR REPLACE INTO alarms VALUES (?, ?, ?)"


class PlainAlarms:
    """Keep alarms as a program of fifty lines would: a dictionary and two tables."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(directory / "plain.sqlite", isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute(
            "CREATE TABLE journal (seq INTEGER PRIMARY KEY, at_ms, equipment, alarm, payload)"
        )
        self._connection.execute("CREATE TABLE alarms (id TEXT PRIMARY KEY, open, payload)")
        self._encode = msgspec.msgpack.Encoder().encode
        self._number = 0
        self._alarms: dict[str, Alarm] = {}

    def raise_all(self, equipment: Sequence[str]) -> float:
        """Raise one alarm for each equipment in one commit; return the milliseconds it took."""
        start_s = time.perf_counter()
        at_ms = round(time.time() * 1000)
        rows, states = [], []
        for equipment_id in equipment:
            self._number += 1
            alarm = Alarm(
                id=f"AL-{self._number:04d}",
                rule="lamp_failed",
                severity=Severity.LOW,
                equipment_id=equipment_id,
                equipment_kind="lamp",
                raised_ms=at_ms,
            )
            self._alarms[equipment_id] = alarm
            event = self._encode(AlarmEvent(change=AlarmChange.RAISED, alarm=alarm))
            rows.append((self._number, at_ms, equipment_id, alarm.id, event))
            states.append((alarm.id, True, self._encode(alarm)))
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany(_INSERT, rows)
        self._connection.executemany(_STATE, states)
        self._connection.execute("COMMIT")
        return (time.perf_counter() - start_s) * 1000

    def close(self) -> None:
        """Release the file."""
        self._connection.close()
