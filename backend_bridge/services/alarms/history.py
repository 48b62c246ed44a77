"""How the room was loaded: alarms every ten minutes, and the equipment that rings most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.requests import GetAlarmHistory
from backend_bridge.contract.results import AlarmHistoryResult, AlarmSource, Result
from backend_bridge.contract.times import Clock
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.core.storage import Appearance, JournalStore, StorageError
from backend_bridge.services.facts import Facts

BUCKET_MS = 600_000
"""Ten minutes, the period EEMUA 191 counts by."""
HOUR_MS = 3_600_000
MOST_HOURS = 48
MOST_DAYS = 31
MOST_COUNTED = 100_000
"""Appearances read at most; beyond, the answer says from when on it counted."""
SOURCES = 10
KEPT_MS = 5_000
"""How long an answer's reading serves the next: a room opens the same panel many times."""


class AlarmHistory:
    """Answer :class:`GetAlarmHistory` from the journal; runs on the bridge's loop."""

    def __init__(self, journal: JournalStore, facts: Facts, clock: Clock) -> None:
        self._journal = journal
        self._facts = facts
        self._clock = clock
        self._read: tuple[int, int, list[Appearance]] | None = None

    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request."""
        return {GetAlarmHistory: self.handle}

    async def handle(self, caller: Caller, request: GetAlarmHistory) -> Result:
        """Count what the caller may see."""
        if not 1 <= request.hours <= MOST_HOURS or not 1 <= request.days <= MOST_DAYS:
            raise RequestError(
                ErrorCode.BAD_REQUEST,
                "error.alarm_history.range",
                {"hours": MOST_HOURS, "days": MOST_DAYS},
            )
        now_ms = self._clock.now_ms()
        since_ms = now_ms - max(request.hours * HOUR_MS, request.days * 24 * HOUR_MS)
        found = await self._appearances(since_ms, now_ms)
        counted_ms = found[-1].at_ms if len(found) == MOST_COUNTED else since_ms
        seen = [
            item
            for item in found
            if caller.holds("view", item.equipment_kind, self._facts.sector(item.equipment_id))
        ]
        of_days = [item for item in seen if item.at_ms >= now_ms - request.days * 24 * HOUR_MS]
        until_ms = (now_ms // BUCKET_MS + 1) * BUCKET_MS
        return AlarmHistoryResult(
            until_ms=until_ms,
            bucket_ms=BUCKET_MS,
            appeared=_by_period(seen, until_ms, request.hours * HOUR_MS // BUCKET_MS),
            sources=_worst(of_days),
            total=len(of_days),
            since_ms=counted_ms,
        )

    async def _appearances(self, since_ms: int, now_ms: int) -> list[Appearance]:
        """Read the journal, or take what was read a moment ago for at least as long a time."""
        if self._read is not None:
            read_ms, from_ms, found = self._read
            if 0 <= now_ms - read_ms <= KEPT_MS and from_ms <= since_ms:
                return [item for item in found if item.at_ms >= since_ms]
        try:
            found = await self._journal.appearances(since_ms, MOST_COUNTED)
        except StorageError as error:
            raise RequestError(ErrorCode.UNAVAILABLE, "error.storage.unread") from error
        self._read = (now_ms, since_ms, found)
        return found


def _by_period(items: Iterable[Appearance], until_ms: int, periods: int) -> tuple[int, ...]:
    counts = [0] * periods
    for item in items:
        back = (until_ms - 1 - item.at_ms) // BUCKET_MS
        if 0 <= back < periods:
            counts[periods - 1 - back] += 1
    return tuple(counts)


def _worst(items: list[Appearance]) -> tuple[AlarmSource, ...]:
    by_equipment = Counter(item.equipment_id for item in items)
    # equal counts in the order of their ids, so that the list does not jump from look to look
    worst = sorted(by_equipment, key=lambda key: (-by_equipment[key], key))[:SOURCES]
    rules = Counter((item.equipment_id, item.rule) for item in items)
    return tuple(
        AlarmSource(
            key,
            min((-count, rule) for (owner, rule), count in rules.items() if owner == key)[1],
            by_equipment[key],
        )
        for key in worst
    )
