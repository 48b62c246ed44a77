"""Read what was kept of a time span, in its order: point history and journal, beside a bridge."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from backend_bridge.contract.journal import JournalEntry
from backend_bridge.contract.quality import Quality
from backend_bridge.core.storage import HistorySample, StorageError
from backend_bridge.store.dialects import sqlite_engine
from backend_bridge.store.group import ENTRY_COLUMNS, entry_from
from backend_bridge.store.history_file import samples, series
from backend_bridge.store.settings import StoreSettings
from backend_bridge.store.tables import journal

_AT_ONCE = 1_000
_BUSY_S = 5.0
_CLOCK_SLACK_MS = 86_400_000
"""How far the clock may have jumped: entries are in order of sequence, times of day may not be."""


class Span(NamedTuple):
    """A time span, from (included) to (excluded), UTC ms."""

    from_ms: int
    to_ms: int


class Past:
    """Read one bridge's SQLite files; nothing is written.

    Raises:
        StorageError: from any method, when a file is missing, damaged or of another format.
    """

    def __init__(self, settings: StoreSettings) -> None:
        self._settings = settings

    def before(self, span: Span) -> list[HistorySample]:
        """Return what each point was last known to be when the span began."""
        newest = (
            sa.select(sa.func.max(samples.c.id))
            .where(samples.c.at_ms < span.from_ms)
            .group_by(samples.c.series_id)
        )
        with _reading(self._settings.history_path) as connection:
            query = _named().where(samples.c.id.in_(newest))
            return [_sample(row) for row in connection.execute(query)]

    def samples(self, span: Span) -> Iterator[HistorySample]:
        """Give what was kept of the points during the span, in the order it was kept."""
        query = (
            _named()
            .where(samples.c.at_ms >= span.from_ms, samples.c.at_ms < span.to_ms)
            .order_by(samples.c.id)
            .execution_options(yield_per=_AT_ONCE)
        )
        with _reading(self._settings.history_path) as connection:
            for row in connection.execute(query):
                yield _sample(row)

    def entries(self, span: Span) -> Iterator[JournalEntry]:
        """Give the journal's entries of the span, in their order."""
        query = (
            sa.select(*ENTRY_COLUMNS)
            .where(
                journal.c.at_ms >= span.from_ms - _CLOCK_SLACK_MS,
                journal.c.kind.in_(("alarm", "service", "override", "command")),
            )
            .order_by(journal.c.seq)
            .execution_options(yield_per=_AT_ONCE)
        )
        with _reading(self._settings.store_path) as connection:
            for row in connection.execute(query):
                if span.from_ms <= row.at_ms < span.to_ms:
                    yield entry_from(row)


def _named() -> sa.Select[Any]:
    return sa.select(
        series.c.equipment_id,
        series.c.point_key,
        samples.c.at_ms,
        samples.c.value,
        samples.c.quality,
    ).join(series, series.c.id == samples.c.series_id)


def _sample(row: sa.Row[Any]) -> HistorySample:
    equipment_id, point_key, at_ms, value, quality = tuple(row)
    return HistorySample(
        equipment_id=equipment_id,
        point_key=point_key,
        at_ms=at_ms,
        value=value,
        quality=Quality(quality),
    )


@contextmanager
def _reading(path: Path) -> Iterator[Connection]:
    engine = sqlite_engine(path, writes=False, busy_s=_BUSY_S)
    try:
        with engine.connect() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise StorageError(f"{path} cannot be read: {error}") from error
    finally:
        engine.dispose()
