"""Point history beside the journal: its own thread, its own file, and never a reason to stop."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress

import structlog
from sqlalchemy.exc import SQLAlchemyError

from backend_bridge.contract.points import TrendPoint
from backend_bridge.contract.times import Clock, from_ms
from backend_bridge.core.storage import HistorySample, StorageError
from backend_bridge.store import dialects
from backend_bridge.store.dialects import sqlite_engine
from backend_bridge.store.downsample import window
from backend_bridge.store.files import set_aside
from backend_bridge.store.history_file import HistoryFile, WrongFormatError, read_trend
from backend_bridge.store.reader import Reader
from backend_bridge.store.settings import StoreSettings

_MOST_WAITING = 500_000
"""Samples in memory (about 60 MB) beyond which new ones are dropped."""
_ALIVE_S = 5.0
_RETRY_S = 10.0
FLUSH_S = 0.3
"""Longest wait of a curve for its own last second; a person waits for the whole curve."""
_CLOSE_S = 1.0

_log = structlog.get_logger(__name__)

_Flush = tuple[asyncio.AbstractEventLoop, "asyncio.Future[None]"]


class SqlHistory:
    """Implement :class:`backend_bridge.core.storage.HistoryStore` in a SQLite file of its own.

    A damaged file is set aside and a new one begun. While the disk refuses, samples are dropped
    and counted, and trends say *unknown* for that time.
    """

    def __init__(self, settings: StoreSettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._path = settings.history_path
        self._waiting: deque[Sequence[HistorySample]] = deque()
        self._flushes: deque[_Flush] = deque()
        self._given = 0
        self._taken = 0
        self._dropped_by_keep = 0
        self._dropped_by_file = 0
        self._dropped_seen = 0
        self._holes = 0
        self._file_bytes = 0
        self._suspect = False
        self._closing = False
        self._closing_mono_s = 0.0
        self._wake = threading.Event()
        self._file: HistoryFile | None = None
        self._since_ms = clock.now_ms()
        """When what is kept now began; a file that opens late still covers its first samples."""
        self._retry_mono_s = float("-inf")
        self._alive_mono_s = float("-inf")
        self._failing = False
        self._reading = sqlite_engine(self._path, writes=False, busy_s=settings.busy_s)
        self._reader = Reader(self._reading, settings.directory, name="history")
        self._thread = threading.Thread(
            target=self._run, name="beffroi-history-writer", daemon=True
        )

    @property
    def dropped(self) -> int:
        """Return how many samples were lost since the start."""
        return self._dropped_by_keep + self._dropped_by_file

    @property
    def holes(self) -> int:
        """Return how many times history began anew after it had lost samples."""
        return self._holes

    @property
    def waiting(self) -> int:
        """Return how many samples are not written yet."""
        return self._given - self._taken

    @property
    def file_bytes(self) -> int:
        """Return what the history took on disk, its log included, when it was last written."""
        return self._file_bytes

    def start(self) -> None:
        """Start writing; the file is opened in the writing thread."""
        self._since_ms = self._clock.now_ms()
        self._thread.start()

    def keep(self, samples: Sequence[HistorySample]) -> None:
        """Queue samples; never blocks, never raises; drops and counts when far behind.

        Called from one thread only, the bridge's loop.
        """
        if self._closing or self.waiting + len(samples) > _MOST_WAITING:
            self._dropped_by_keep += len(samples)
            return
        self._given += len(samples)
        self._waiting.append(samples)

    async def flush(self) -> None:
        """Return when everything kept before this call is written, or dropped."""
        if self._closing:
            return
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        self._flushes.append((loop, future))
        self._wake.set()
        await future

    async def trend(
        self, equipment_id: str, point_key: str, from_ms: int, to_ms: int, buckets: int
    ) -> list[TrendPoint]:
        """Return a history down-sampled to at most ``buckets`` equal buckets, oldest first.

        Buckets cover ``from_ms`` ≤ t < ``to_ms`` and end with the present. A value holds until the
        next change, so the first bucket knows what was before the window. Where nothing is known
        (before the first change, while the bridge was down) the quality is *unknown*. Empty when
        the point has no history.

        Raises:
            StorageError: the history does not answer now.
        """
        with suppress(TimeoutError):  # a slow disk: better the history without its last second
            async with asyncio.timeout(FLUSH_S):
                await self.flush()
        view = window(from_ms, to_ms, buckets, self._clock.now_ms())
        try:
            return await self._reader.run(
                lambda connection: read_trend(connection, equipment_id, point_key, view)
            )
        except StorageError as error:
            if error.__cause__ is not None and dialects.is_corrupt(error.__cause__):
                self._suspect = True
                self._wake.set()
            raise

    async def close(self) -> None:
        """Write what waits, for a second at most, then end; may be called twice."""
        if not self._closing:
            self._closing_mono_s = self._clock.mono_s()
        self._closing = True
        self._wake.set()
        if self._thread.ident is not None:
            await asyncio.to_thread(self._thread.join)
        await self._reader.close()

    def _run(self) -> None:
        while True:
            self._wake.wait(self._settings.history_flush_s)
            self._wake.clear()
            last = self._closing
            flushes = [self._flushes.popleft() for _ in range(len(self._flushes))]
            self._cycle()
            self._file_bytes = self._measure()
            _answer(flushes)
            if last:
                break
        _answer(list(self._flushes))
        if self._file is not None:
            self._file.close()

    def _measure(self) -> int:
        total = 0
        for name in (self._path.name, f"{self._path.name}-wal"):
            with suppress(OSError):
                total += self._path.with_name(name).stat().st_size
        return total

    def _cycle(self) -> None:
        try:
            if self._suspect:
                self._suspect = False
                self._begin_anew("a reader found it damaged")
            file = self._opened()
            if file is None:
                self._drop_waiting()
            else:
                self._write_waiting(file)
        except Exception as error:  # noqa: BLE001 - history never stops the bridge: said, dropped, retried
            self._fail(error)

    def _write_waiting(self, file: HistoryFile) -> None:
        now_ms, mono_s = self._clock.now_ms(), self._clock.mono_s()
        if self.dropped != self._dropped_seen:
            self._dropped_seen = self.dropped
            file.begin_run(now_ms)
            self._holes += 1
        if self._write_batches(file, self._take_waiting(), now_ms):
            self._alive_mono_s = mono_s
        if mono_s - self._alive_mono_s >= _ALIVE_S:
            file.write((), now_ms)
            self._alive_mono_s = mono_s
        if self._failing:
            self._failing = False
            _log.info("history_back", file=str(self._path), dropped=self.dropped)

    def _take_waiting(self) -> list[HistorySample]:
        taken: list[HistorySample] = []
        while self._waiting:
            taken.extend(self._waiting.popleft())
        return taken

    def _write_batches(
        self, file: HistoryFile, samples: Sequence[HistorySample], now_ms: int
    ) -> int:
        """Return how many samples were written; those that could not be are counted as dropped."""
        written = 0
        try:
            while written < len(samples) and not self._is_late():
                part = samples[written : written + file.batch]
                file.write(part, now_ms)
                written += len(part)
                self._taken += len(part)
                file.trim()
        finally:
            self._taken += len(samples) - written
            self._dropped_by_file += len(samples) - written
        return written

    def _is_late(self) -> bool:
        """Return whether closing has taken its time: a bridge that stops must not wait for this."""
        return self._closing and self._clock.mono_s() - self._closing_mono_s > _CLOSE_S

    def _opened(self) -> HistoryFile | None:
        """Return the open file; ``None`` while it is too early to try again."""
        if self._file is not None:
            return self._file
        mono_s = self._clock.mono_s()
        if mono_s - self._retry_mono_s < _RETRY_S:
            return None
        self._retry_mono_s = mono_s
        try:
            self._file = self._open()
        except (WrongFormatError, sqlite3.DatabaseError, SQLAlchemyError) as error:
            if not (isinstance(error, WrongFormatError) or dialects.is_corrupt(error)):
                raise
            self._begin_anew(dialects.reason(error))
        return self._file

    def _open(self) -> HistoryFile:
        settings = self._settings
        file = HistoryFile(self._path, budget_bytes=settings.history_bytes, busy_s=settings.busy_s)
        try:
            file.open(self._since_ms)
            file.trim()
        except BaseException:
            file.close()
            raise
        return file

    def _begin_anew(self, reason: str) -> None:
        """Set the damaged file aside, keeping the newest such, and open an empty one."""
        if self._file is not None:
            self._file.close()
            self._file = None
            self._holes += 1
            self._since_ms = self._clock.now_ms()
        self._reading.dispose()
        moment = from_ms(self._clock.now_ms()).strftime("%Y%m%dT%H%M%SZ")
        aside = set_aside(self._path, moment)
        _log.error("history_set_aside", file=str(self._path), aside=str(aside), reason=reason)
        self._file = self._open()

    def _fail(self, error: Exception) -> None:
        if dialects.is_corrupt(error) and self._file is not None:
            self._suspect = True
            self._wake.set()
            return
        if not self._failing:
            self._failing = True
            _log.error("history_failing", file=str(self._path), reason=dialects.reason(error))
        if self._file is not None:
            self._file.close()
            self._file = None
        self._since_ms = self._clock.now_ms()
        self._drop_waiting()

    def _drop_waiting(self) -> None:
        count = len(self._take_waiting())
        self._taken += count
        self._dropped_by_file += count


def _answer(flushes: Sequence[_Flush]) -> None:
    for loop, future in flushes:
        with suppress(RuntimeError):  # the loop ended first; nobody is waiting any more
            loop.call_soon_threadsafe(_settle, future)


def _settle(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
