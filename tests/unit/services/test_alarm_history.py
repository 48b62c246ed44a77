"""The room's load is counted from the journal, as far as the caller may see it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.alarms import Alarm, AlarmChange, Severity, Shelf
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.journal import AlarmEvent
from backend_bridge.contract.requests import GetAlarmHistory
from backend_bridge.contract.results import AlarmHistoryResult
from backend_bridge.core.requests import Caller
from backend_bridge.core.storage import Draft, JournalStore
from backend_bridge.services.alarms import history
from backend_bridge.services.alarms.history import BUCKET_MS, AlarmHistory
from backend_bridge.services.facts import Facts
from backend_bridge.store import Store, StoreSettings
from tests.fakes.clock import ManualClock
from tests.fakes.memory_journal import MemoryJournal
from tests.fakes.small_city import small_city

FACTS = Facts(small_city())
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
    found = await AlarmHistory(journal, FACTS, clock).handle(caller, GetAlarmHistory())
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
    assert found.hidden == 1, "and that they are not is said"
    assert (await asked(journal, clock)).hidden == 0


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
        await AlarmHistory(MemoryJournal(), FACTS, ManualClock()).handle(EVERYBODY, request_)


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


async def _story(journal: JournalStore, start_ms: int) -> None:
    """Let one lamp's alarm come and go five times in a minute, and ring once while shelved."""
    alarm = Alarm(
        id="AL-0001",
        rule="fault",
        severity=Severity.LOW,
        equipment_id="chatty",
        equipment_kind="lamp",
        raised_ms=start_ms,
    )
    shelf = Shelf(by="a", reason="r", since_ms=0, until_ms=1)
    on = [(AlarmChange.RAISED, 0), *((AlarmChange.RAISED_AGAIN, at) for at in (10, 20, 30, 40))]
    drafts = []
    for change, at_s in on:
        up = AlarmEvent(change=change, alarm=alarm)
        down = AlarmEvent(
            change=AlarmChange.RETURNED, alarm=msgspec.structs.replace(alarm, active=False)
        )
        for event, at in ((up, at_s), (down, at_s + 5)):
            at_ms = start_ms + at * 1000
            drafts.append(Draft(user="bridge", seat="", at_ms=at_ms, event=event))
    quiet = AlarmEvent(
        change=AlarmChange.RAISED_AGAIN, alarm=msgspec.structs.replace(alarm, shelf=shelf)
    )
    drafts.append(Draft(user="bridge", seat="", at_ms=start_ms + 90_000, event=quiet))
    await journal.append(drafts)


@pytest.mark.parametrize("stored", [False, True])
async def test_chattering_and_fleeting_are_counted_and_what_is_aside_is_not(
    tmp_path: Path, stored: bool
) -> None:
    clock = ManualClock()
    if not stored:
        await _check_story(MemoryJournal(), clock)
        return
    async with Store.open(StoreSettings(directory=tmp_path / "data"), clock) as store:
        await _check_story(store.journal, clock)


async def _check_story(journal: JournalStore, clock: ManualClock) -> None:
    await _story(journal, clock.now_ms())
    clock.advance(300)
    (source,) = (await asked(journal, clock)).sources
    assert (source.count, source.chattering, source.fleeting) == (5, 3, 5)


async def test_what_stands_for_more_than_a_day_is_named_the_oldest_first() -> None:
    clock = ManualClock()
    now_ms = clock.now_ms()
    alarms = [
        Alarm(
            id=f"AL-{days}",
            rule="fault",
            severity=Severity.LOW,
            equipment_id="a",
            equipment_kind="lamp",
            raised_ms=now_ms - days * 86_400_000,
        )
        for days in (0, 1, 2, 3)
    ]
    gone = msgspec.structs.replace(alarms[3], id="AL-9", active=False)
    history_ = AlarmHistory(MemoryJournal(), FACTS, clock, lambda: [*alarms, gone])
    found = await history_.handle(EVERYBODY, GetAlarmHistory())
    assert isinstance(found, AlarmHistoryResult)
    assert (found.stale, found.stale_total) == (("AL-3", "AL-2"), 2)
