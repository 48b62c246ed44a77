"""The room's load is counted from the journal, as far as the caller may see it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.alarms import Alarm, AlarmChange, Severity
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.journal import AlarmEvent
from backend_bridge.contract.requests import GetAlarmHistory
from backend_bridge.contract.results import AlarmHistoryResult
from backend_bridge.core.requests import Caller
from backend_bridge.core.storage import Draft, JournalStore
from backend_bridge.services.alarms import history
from backend_bridge.services.alarms.history import BUCKET_MS, AlarmHistory
from backend_bridge.store import Store, StoreSettings
from tests.fakes.clock import ManualClock
from tests.fakes.memory_journal import MemoryJournal

EVERYBODY = Caller(user="u", seat="s", console="c", session="1", rights=frozenset({"view:*"}))
LAMPS_ONLY = Caller(user="u", seat="s", console="c", session="1", rights=frozenset({"view:lamp"}))


async def ring(
    journal: JournalStore,
    at_ms: int,
    equipment: str,
    kind: str = "lamp",
    change: AlarmChange = AlarmChange.RAISED,
    rule: str = "fault",
) -> None:
    alarm = Alarm(
        id=f"AL-{journal.head + 1}",
        rule=rule,
        severity=Severity.LOW,
        equipment_id=equipment,
        equipment_kind=kind,
        raised_ms=at_ms,
    )
    event = AlarmEvent(change=change, alarm=alarm)
    await journal.append([Draft(user="bridge", seat="", at_ms=at_ms, event=event)])


async def asked(
    journal: JournalStore, clock: ManualClock, caller: Caller = EVERYBODY
) -> AlarmHistoryResult:
    found = await AlarmHistory(journal, clock).handle(caller, GetAlarmHistory())
    assert isinstance(found, AlarmHistoryResult)
    return found


async def test_appearances_are_counted_in_their_ten_minutes() -> None:
    journal, clock = MemoryJournal(), ManualClock()
    now = clock.now_ms() // BUCKET_MS * BUCKET_MS + 60_000
    clock.advance((now - clock.now_ms()) / 1000)
    await ring(journal, now - 11 * 3_600_000, "a")
    await ring(journal, now - 61_000, "a")
    await ring(journal, now, "b", change=AlarmChange.RAISED_AGAIN)
    await ring(journal, now, "b", change=AlarmChange.ACKNOWLEDGED)
    found = await asked(journal, clock)
    assert len(found.appeared) == 72
    assert found.appeared[-2:] == (1, 1)
    assert sum(found.appeared) == 3
    assert [(item.equipment_id, item.count) for item in found.sources] == [("a", 2), ("b", 1)]
    assert found.until_ms - now < BUCKET_MS


async def test_what_one_may_not_view_is_not_counted() -> None:
    journal, clock = MemoryJournal(), ManualClock()
    await ring(journal, clock.now_ms(), "a", "lamp")
    await ring(journal, clock.now_ms(), "b", "cabinet")
    found = await asked(journal, clock, LAMPS_ONLY)
    assert (found.total, [item.equipment_id for item in found.sources]) == (1, ["a"])


async def test_rule_named_is_the_one_that_rang_most() -> None:
    journal, clock = MemoryJournal(), ManualClock()
    for rule in ("x", "y", "y"):
        await ring(journal, clock.now_ms(), "a", rule=rule)
    assert (await asked(journal, clock)).sources[0].rule == "y"


async def test_more_than_is_counted_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MOST_COUNTED", 2)
    journal, clock = MemoryJournal(), ManualClock()
    now = clock.now_ms()
    for ago_ms in (3000, 2000, 1000):
        await ring(journal, now - ago_ms, "a")
    found = await asked(journal, clock)
    assert (found.total, found.since_ms) == (2, now - 2000)


@pytest.mark.parametrize("request_", [GetAlarmHistory(hours=0), GetAlarmHistory(days=32)])
async def test_out_of_range_is_refused(request_: GetAlarmHistory) -> None:
    with pytest.raises(RequestError, match="range"):
        await AlarmHistory(MemoryJournal(), ManualClock()).handle(EVERYBODY, request_)


async def test_journal_that_does_not_answer_is_said() -> None:
    journal = MemoryJournal()
    journal.broken = True
    with pytest.raises(RequestError, match="unread"):
        await asked(journal, ManualClock())


@given(ages_s=st.lists(st.integers(0, 40 * 86_400), max_size=40))
async def test_periods_and_days_never_lose_or_invent_an_appearance(ages_s: list[int]) -> None:
    journal, clock = MemoryJournal(), ManualClock()
    now = clock.now_ms()
    for age_s in sorted(ages_s, reverse=True):
        await ring(journal, now - age_s * 1000, "a")
    found = await asked(journal, clock)
    assert found.total == sum(age_s <= 7 * 86_400 for age_s in ages_s)
    start_ms = found.until_ms - 72 * BUCKET_MS
    assert sum(found.appeared) == sum(now - age_s * 1000 >= start_ms for age_s in ages_s)


async def test_real_store_gives_the_same(tmp_path: Path) -> None:
    clock = ManualClock()
    async with Store.open(StoreSettings(directory=tmp_path / "data"), clock) as store:
        for change in (AlarmChange.RAISED, AlarmChange.ACKNOWLEDGED, AlarmChange.RAISED_AGAIN):
            await ring(store.journal, clock.now_ms(), "é/1", change=change)
        await ring(store.journal, clock.now_ms() - 7 * 86_400_000 - 1, "old")
        found = await asked(store.journal, clock)
    assert [(item.equipment_id, item.rule, item.count) for item in found.sources] == [
        ("é/1", "fault", 2)
    ]
