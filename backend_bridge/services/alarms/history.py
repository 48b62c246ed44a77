"""How the room was loaded: alarms every ten minutes, the worst equipment, what stands for days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from backend_bridge.contract.alarms import Alarm
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
CHATTER = 3
CHATTER_MS = 60_000
"""An alarm that rings this often within a minute chatters (EEMUA 191)."""
FLEETING_MS = 60_000
"""An alarm over sooner than this is over before anybody could act."""
STALE_MS = 24 * HOUR_MS
STALE = 20
KEPT_MS = 5_000
"""How long an answer's reading serves the next: a room opens the same panel many times."""


class AlarmHistory:
    """Answer :class:`GetAlarmHistory` from the journal; runs on the bridge's loop.

    ``listed`` returns the alarms that stand now.
    """

    def __init__(
        self,
        journal: JournalStore,
        facts: Facts,
        clock: Clock,
        listed: Callable[[], Sequence[Alarm]] = tuple,
    ) -> None:
        self._listed = listed
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
        from_ms = now_ms - request.days * 24 * HOUR_MS
        of_days = [item for item in seen if item.at_ms >= from_ms]
        all_of_days = sum(item.at_ms >= from_ms for item in found)
        stale = self._stale(caller, now_ms)
        until_ms = (now_ms // BUCKET_MS + 1) * BUCKET_MS
        return AlarmHistoryResult(
            until_ms=until_ms,
            bucket_ms=BUCKET_MS,
            appeared=_by_period(seen, until_ms, request.hours * HOUR_MS // BUCKET_MS),
            sources=_worst(of_days),
            total=len(of_days),
            since_ms=counted_ms,
            stale=tuple(alarm.id for alarm in stale[:STALE]),
            stale_total=len(stale),
            hidden=all_of_days - len(of_days),
        )

    def _stale(self, caller: Caller, now_ms: int) -> list[Alarm]:
        """Return the alarms that have stood for more than a day, the oldest first."""
        found = [
            alarm
            for alarm in self._listed()
            if alarm.active
            and not alarm.quiet
            and now_ms - alarm.raised_ms > STALE_MS
            and caller.holds("view", alarm.equipment_kind, self._facts.sector(alarm.equipment_id))
        ]
        return sorted(found, key=lambda alarm: (alarm.raised_ms, alarm.id))

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


def chatter(items: Iterable[Appearance]) -> Counter[str]:
    """Count by equipment how often an alarm rang for at least the third time within a minute."""
    found: Counter[str] = Counter()
    recent: dict[tuple[str, str], list[int]] = {}
    for item in sorted(items, key=lambda item: item.at_ms):
        times = recent.setdefault((item.equipment_id, item.rule), [])
        times[:] = [at_ms for at_ms in times if item.at_ms - at_ms < CHATTER_MS]
        times.append(item.at_ms)
        found[item.equipment_id] += len(times) >= CHATTER
    return found


def _worst(items: list[Appearance]) -> tuple[AlarmSource, ...]:
    by_equipment = Counter(item.equipment_id for item in items)
    # equal counts in the order of their ids, so that the list does not jump from look to look
    worst = sorted(by_equipment, key=lambda key: (-by_equipment[key], key))[:SOURCES]
    rules = Counter((item.equipment_id, item.rule) for item in items)
    chattering = chatter(items)
    fleeting = Counter(
        item.equipment_id
        for item in items
        if item.lasted_ms is not None and item.lasted_ms < FLEETING_MS
    )
    return tuple(
        AlarmSource(
            key,
            min((-count, rule) for (owner, rule), count in rules.items() if owner == key)[1],
            by_equipment[key],
            chattering[key],
            fleeting[key],
        )
        for key in worst
    )
