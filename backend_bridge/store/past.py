"""Read what was kept of a time span, in its order: point history and journal, beside a bridge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from backend_bridge.contract.journal import JournalEntry
from backend_bridge.contract.quality import Quality
from backend_bridge.core.storage import HistorySample, StorageError
from backend_bridge.store.audit import open_journal
from backend_bridge.store.dialects import reason, sqlite_engine
from backend_bridge.store.group import ENTRY_COLUMNS, entry_from
from backend_bridge.store.history_file import runs, samples, series
from backend_bridge.store.settings import StoreSettings
from backend_bridge.store.tables import journal

_AT_ONCE = 1_000
_CLOCK_SLACK_MS = 86_400_000
"""How far the clock may have jumped: entries are in order of sequence, times of day may not be."""
_HAPPENED = ("alarm", "service", "override", "command")
_STANDING = ("service", "override")


class Span(NamedTuple):
    """A time span, from (included) to (excluded), UTC ms."""

    from_ms: int
    to_ms: int


class Past:
    """Read one bridge's past: history from its own file, the journal from wherever it is kept.

    Nothing is written, and the bridge may be running.

    Raises:
        StorageError: from any method, when a file is missing, damaged or of another format, or
            the database server does not answer.
    """

    def __init__(self, settings: StoreSettings) -> None:
        self._settings = settings

    def kept(self, span: Span) -> list[Span]:
        """Return when, within the span, history was being kept, in order; a bridge's runs apart.

        Outside of these nobody knows what the points held.
        """
        query = sa.select(runs.c.started_ms, runs.c.alive_ms).order_by(runs.c.id)
        with self._history() as connection:
            found = [
                Span(max(row.started_ms, span.from_ms), min(row.alive_ms, span.to_ms))
                for row in connection.execute(query)
            ]
        return [one for one in found if one.from_ms < one.to_ms]

    def before(self, span: Span) -> list[HistorySample]:
        """Return what each point was known to be when the span began.

        What an earlier run of the bridge kept is no knowledge of it: nobody was looking since.
        """
        with self._history() as connection:
            started_ms = connection.execute(
                sa.select(sa.func.max(runs.c.started_ms)).where(
                    runs.c.started_ms <= span.from_ms, runs.c.alive_ms >= span.from_ms
                )
            ).scalar_one()
            if started_ms is None:
                return []
            newest = (
                sa.select(sa.func.max(samples.c.id))
                .where(samples.c.at_ms >= started_ms, samples.c.at_ms < span.from_ms)
                .group_by(samples.c.series_id)
            )
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
        with self._history() as connection:
            for row in connection.execute(query):
                yield _sample(row)

    def entries(self, span: Span) -> Iterator[JournalEntry]:
        """Give the journal's entries of the span, in their order."""
        yield from self._entries(_HAPPENED, span.from_ms, span.to_ms)

    def standing(self, span: Span) -> Iterator[JournalEntry]:
        """Give the marks and overrides from before the span, in their order; some are over."""
        yield from self._entries(_STANDING, None, span.from_ms)

    def _entries(
        self, kinds: Sequence[str], from_ms: int | None, to_ms: int
    ) -> Iterator[JournalEntry]:
        query = (
            sa.select(*ENTRY_COLUMNS)
            .where(journal.c.kind.in_(kinds))
            .order_by(journal.c.seq)
            .execution_options(yield_per=_AT_ONCE)
        )
        if from_ms is not None:
            query = query.where(journal.c.at_ms >= from_ms - _CLOCK_SLACK_MS)
        with _said("the journal"), open_journal(self._settings) as connection:
            for row in connection.execute(query):
                if (from_ms is None or from_ms <= row.at_ms) and row.at_ms < to_ms:
                    yield entry_from(row)

    @contextmanager
    def _history(self) -> Iterator[Connection]:
        path = self._settings.history_path
        engine = sqlite_engine(path, writes=False, busy_s=self._settings.busy_s)
        try:
            with _said(str(path)), engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()


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
def _said(what: str) -> Iterator[None]:
    """Say what could not be read."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StorageError(f"{what} cannot be read: {reason(error)}") from error
