"""The file of point history: made, written, kept within its budget, read in buckets.

Used from one writing thread; :func:`read_trend` from reading threads. SQLite only, whatever keeps
the journal: history belongs to one bridge.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Column, Connection, Float, Index, Integer, MetaData, Table, Text

from backend_bridge.contract.points import TrendPoint
from backend_bridge.contract.quality import Quality
from backend_bridge.core.storage import HistorySample
from backend_bridge.store.dialects import BulkWrite, sqlite_engine
from backend_bridge.store.downsample import USABLE, BucketChanges, Gap, Held, Window, fold
from backend_bridge.store.files import make_private

_FORMAT = 1
"""``PRAGMA user_version`` of the file; another one is set aside, not read."""
_PAGE_BYTES = 4096
SILENCE_MS = 15_000
"""Without a sign of life for this long, nobody knows what the points held since."""
_LOG_SHARE = 0.02
_LEAST_LOG_BYTES = 1024 * 1024
"""What the write-ahead log may take of the budget: a share of it, but not less than this."""
_SLACK_SHARE = 0.01
"""Share of the file that may lie free before the file is shrunk instead of filled again."""

metadata = MetaData()
series = Table(
    "series",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("equipment_id", Text, nullable=False),
    Column("point_key", Text, nullable=False),
    sa.UniqueConstraint("equipment_id", "point_key"),
)
samples = Table(
    "samples",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("series_id", Integer, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("value", Float),
    Column("quality", Integer, nullable=False),
)
Index("ix_samples_series", samples.c.series_id, samples.c.at_ms)
runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started_ms", Integer, nullable=False),
    Column("alive_ms", Integer, nullable=False),
)

_INSERT_SERIES = BulkWrite(series, ("id", "equipment_id", "point_key"))
_INSERT = BulkWrite(samples, ("series_id", "at_ms", "value", "quality"))


class WrongFormatError(Exception):
    """The file is a database of another format."""


class HistoryFile:
    """Write one history file, from the writing thread only.

    Every method may raise :class:`sqlalchemy.exc.SQLAlchemyError` or :class:`OSError`.
    """

    def __init__(self, path: Path, *, budget_bytes: int, busy_s: float) -> None:
        self._path = path
        self._log_bytes = max(_LEAST_LOG_BYTES, int(budget_bytes * _LOG_SHARE))
        self.engine = sqlite_engine(
            path, writes=True, busy_s=busy_s, durable=False, log_bytes=self._log_bytes
        )
        self._series: dict[tuple[str, str], int] = {}
        self._last_series = 0
        self._run = 0
        self._shrink_above = budget_bytes - self._log_bytes
        self._delete_above = int(self._shrink_above * (1 - _SLACK_SHARE))
        self.batch = self._log_bytes // (2 * _PAGE_BYTES)
        """Most samples to write at once: each may dirty a page of its own, and the log holds a
        checkpoint's worth of pages and one batch."""

    def open(self, now_ms: int) -> None:
        """Make or check the file and begin a run.

        Raises:
            WrongFormatError: another program's file, or another version's.
            sqlite3.Error: damaged, or no database.
        """
        make_private(self._path)
        with contextlib.closing(sqlite3.connect(self._path, isolation_level=None)) as raw:
            found = raw.execute("PRAGMA user_version").fetchone()[0]
            empty = raw.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
            if found != _FORMAT and not (found == 0 and empty):
                raise WrongFormatError(f"format {found}, {_FORMAT} expected")
            if empty:
                raw.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
                raw.execute("PRAGMA auto_vacuum = INCREMENTAL")
            raw.execute("PRAGMA journal_mode = WAL")
        with self.engine.begin() as connection:
            metadata.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {_FORMAT}")
            rows = connection.execute(sa.select(series))
            self._series = {(row.equipment_id, row.point_key): row.id for row in rows}
            self._last_series = max(self._series.values(), default=0)
        self.begin_run(now_ms)

    def begin_run(self, now_ms: int) -> None:
        """Say that nothing was known since the last sign of life, and that it is again."""
        with self.engine.begin() as connection:
            oldest = sa.select(sa.func.min(samples.c.id)).scalar_subquery()
            before = sa.select(samples.c.at_ms).where(samples.c.id == oldest).scalar_subquery()
            connection.execute(sa.delete(runs).where(runs.c.alive_ms < before))
            done = connection.execute(
                sa.insert(runs).values(started_ms=now_ms, alive_ms=now_ms).returning(runs.c.id)
            )
            self._run = done.scalar_one()

    def write(self, batch: Sequence[HistorySample], now_ms: int) -> None:
        """Write samples and a sign of life in one transaction; all or none."""
        fresh: dict[tuple[str, str], int] = {}
        with self.engine.begin() as connection:
            rows = []
            for sample in batch:
                name = (sample.equipment_id, sample.point_key)
                number = self._series.get(name) or fresh.get(name)
                if number is None:
                    number = fresh[name] = self._last_series + len(fresh) + 1
                rows.append((number, sample.at_ms, sample.value, int(sample.quality)))
            _INSERT_SERIES.run(connection, [(fresh[name], *name) for name in fresh])
            _INSERT.run(connection, rows)
            alive = sa.update(runs).where(runs.c.id == self._run)
            connection.execute(alive.values(alive_ms=sa.func.max(runs.c.alive_ms, now_ms)))
        self._series.update(fresh)
        self._last_series += len(fresh)

    def trim(self) -> None:
        """Delete the oldest samples until the file is within its budget, and shrink it."""
        while self._used_bytes() > self._delete_above and self._delete_oldest():
            pass
        while self._pages() * _PAGE_BYTES > self._shrink_above:
            before = self._pages()
            step = max(1, self._log_bytes // (4 * _PAGE_BYTES))
            self._pragma(f"incremental_vacuum({step})")
            self._pragma("wal_checkpoint(TRUNCATE)")
            if self._pages() >= before:
                break

    def close(self) -> None:
        """Release the file."""
        self.engine.dispose()

    def _delete_oldest(self) -> bool:
        with self.engine.begin() as connection:
            # asked for together they would be searched for through the whole table
            first = connection.execute(sa.select(sa.func.min(samples.c.id))).scalar_one()
            last = connection.execute(sa.select(sa.func.max(samples.c.id))).scalar_one()
            if first is None:
                return False
            # the newest row stays: its number must not be given out again
            upto = min(first + self.batch, last)
            done = connection.execute(sa.delete(samples).where(samples.c.id < upto))
            return done.rowcount > 0

    def _used_bytes(self) -> int:
        free = self._pragma("freelist_count")
        return (self._pages() - free) * _PAGE_BYTES

    def _pages(self) -> int:
        return self._pragma("page_count")

    def _pragma(self, statement: str) -> int:
        """Run a PRAGMA outside any transaction and return its first number, 0 for none."""
        raw = self.engine.raw_connection()
        try:
            cursor = raw.cursor()
            # to the end: incremental_vacuum frees one page a row fetched
            rows = cursor.execute(f"PRAGMA {statement}").fetchall()
            cursor.close()
        finally:
            raw.close()
        return int(rows[0][0]) if rows else 0


def read_trend(
    connection: Connection, equipment_id: str, point_key: str, view: Window
) -> list[TrendPoint]:
    """Return one point's history in the buckets of ``view``, oldest first."""
    number = connection.execute(
        sa.select(series.c.id).where(
            series.c.equipment_id == equipment_id, series.c.point_key == point_key
        )
    ).scalar_one_or_none()
    if number is None or view.buckets == 0:
        return []
    carried = connection.execute(
        sa.select(samples.c.at_ms, samples.c.value, samples.c.quality)
        .where(samples.c.series_id == number, samples.c.at_ms < view.from_ms)
        .order_by(samples.c.at_ms.desc(), samples.c.id.desc())
        .limit(1)
    ).one_or_none()
    return fold(
        view,
        None if carried is None else Held(carried[0], carried[1], Quality(carried[2])),
        _changes(connection, number, view),
        _gaps(connection, view.now_ms),
    )


def _changes(connection: Connection, number: int, view: Window) -> dict[int, BucketChanges]:
    """Return what changed, by bucket; SQLite does the work without the interpreter's lock."""
    end_ms = view.from_ms + view.buckets * view.width_ms
    bucket = ((samples.c.at_ms - view.from_ms) // view.width_ms).label("bucket")
    usable = sa.case((samples.c.quality.in_([int(each) for each in USABLE]), samples.c.value))
    grouped = (
        sa.select(
            bucket,
            sa.func.min(samples.c.at_ms).label("first_ms"),
            sa.func.min(usable).label("low"),
            sa.func.max(usable).label("high"),
            sa.func.max(samples.c.quality).label("worst"),
            sa.func.max(samples.c.id).label("last_id"),
        )
        .where(
            samples.c.series_id == number,
            samples.c.at_ms >= view.from_ms,
            samples.c.at_ms < end_ms,
        )
        .group_by(bucket)
        .subquery()
    )
    last = samples.alias("last")
    query = sa.select(
        grouped.c.bucket,
        grouped.c.first_ms,
        grouped.c.low,
        grouped.c.high,
        grouped.c.worst,
        last.c.at_ms,
        last.c.value,
        last.c.quality,
    ).join(last, last.c.id == grouped.c.last_id)
    return {
        at: BucketChanges(first, low, high, Quality(worst), Held(at_ms, value, Quality(quality)))
        for at, first, low, high, worst, at_ms, value, quality in connection.execute(query)
    }


def _gaps(connection: Connection, now_ms: int) -> list[Gap]:
    """Return the times between two runs, and since the last sign of life when it is long ago."""
    query = sa.select(runs.c.started_ms, runs.c.alive_ms).order_by(runs.c.id)
    lived = [(row.started_ms, row.alive_ms) for row in connection.execute(query)]
    starts = [started for started, _ in lived[1:]]
    if lived and now_ms - lived[-1][1] > SILENCE_MS:
        starts.append(now_ms)
    return [
        Gap(alive, started)
        for (_, alive), started in zip(lived, starts, strict=False)
        if started > alive
    ]
