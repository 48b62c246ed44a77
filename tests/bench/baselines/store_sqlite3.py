"""Bare sqlite3: journal rows and their state rows, a hundred entries a transaction, as durable.

Follows https://docs.python.org/3.11/library/sqlite3.html (executemany, the connection as context
manager) and https://www.sqlite.org/wal.html with ``synchronous=FULL``. Not tuned.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
from pathlib import Path

_T0 = 1_700_000_000_000
_SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE journal (seq INTEGER PRIMARY KEY, at_ms INTEGER, user TEXT, seat TEXT, kind TEXT,
                      alarm_id TEXT, payload TEXT);
CREATE INDEX journal_alarm ON journal (alarm_id, seq);
CREATE TABLE alarms (id TEXT PRIMARY KEY, is_open INTEGER, payload TEXT);
"""


def entries_per_s(directory: Path, entries: int, batch: int = 100) -> float:
    """Return alarm entries made durable per second, each with its alarm's row replaced."""
    path = directory / f"bare-{time.perf_counter_ns()}.sqlite"
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.executescript(_SCHEMA)
        start = time.perf_counter()
        for first in range(1, entries + 1, batch):
            seqs = range(first, min(first + batch, entries + 1))
            payloads = [json.dumps(_alarm(seq)) for seq in seqs]
            with db:
                db.executemany(
                    "INSERT INTO journal VALUES (?, ?, 'bridge', '', 'alarm', ?, ?)",
                    [(s, _T0 + s, _id(s), p) for s, p in zip(seqs, payloads, strict=True)],
                )
                db.executemany(
                    "INSERT INTO alarms VALUES (?, 1, ?) "
                    "ON CONFLICT (id) DO UPDATE SET is_open = 1, payload = excluded.payload",
                    [(_id(s), p) for s, p in zip(seqs, payloads, strict=True)],
                )
        return entries / (time.perf_counter() - start)


def _id(seq: int) -> str:
    return f"AL-{seq % 5000}"


def _alarm(seq: int) -> dict[str, object]:
    return {
        "id": _id(seq), "rule": "lighting.lamp_fault", "severity": 3, "equipment_kind": "lamp",
        "equipment_id": f"EP-0312-D1-{seq % 76:02}", "raised_ms": _T0 + seq,
        "active": True, "acknowledged": False, "point_key": "fault", "value": "1",
    }  # fmt: skip
