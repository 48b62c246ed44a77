"""The auditor's question as typed, and the answer as it is told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from backend_bridge.contract.access import AuditReadEvent, RefusalEvent
from backend_bridge.contract.audit import AuditLink
from backend_bridge.contract.journal import (
    ConfigurationChange,
    ConfigurationEvent,
    InterlockEvent,
    JournalEntry,
    NewerEvent,
    StreamChange,
    StreamEvent,
)
from backend_bridge.contract.points import Equipment
from backend_bridge.contract.requests import GetAudit, Request
from backend_bridge.contract.results import AuditResult, Result
from backend_bridge.contract.safety import InterlockMark
from console.panels.audit import PAGE, AuditPresenter
from console.panels.audit_lines import said
from console.panels.audit_query import AuditQuery, parse
from console.panels.wording import Words
from console.state.equipment import EquipmentIndex
from tests.fakes.panel_context import Desk, Text
from tests.fakes.small_city import small_city

THURSDAY_MS = round(datetime(2026, 11, 19, 10, 0, tzinfo=UTC).timestamp() * 1000)
DAY_MS = 86_400_000


def midnight(day: int, month: int = 11, year: int = 2026) -> int:
    return round(datetime(year, month, day, tzinfo=UTC).timestamp() * 1000)


@pytest.fixture(scope="module")
def index() -> EquipmentIndex:
    city = small_city()
    camera = Equipment(
        id="CAM-012", kind="camera", name="", lon=5.0, lat=47.0, first_point=0, number=12
    )
    catalogue = type(city)(
        **{name: getattr(city, name) for name in city.__struct_fields__ if name != "equipment"},
        equipment=(*city.equipment, camera),
    )
    return EquipmentIndex(catalogue)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("", AuditQuery()),
        ("12 mardi", AuditQuery("", "CAM-012", midnight(17), midnight(18))),
        ("12 Tuesday", AuditQuery("", "CAM-012", midnight(17), midnight(18))),
        ("jeudi", AuditQuery("", "", midnight(19), midnight(20))),
        ("vendredi", AuditQuery("", "", midnight(13), midnight(14))),
        ("dubois hier", AuditQuery("dubois", "", midnight(18), midnight(19))),
        ("ep-0001", AuditQuery("", "EP-0001")),
        ("3/2", AuditQuery("", "", midnight(3, 2), midnight(4, 2))),
        ("31/12/2025", AuditQuery("", "", midnight(31, 12, 2025), midnight(1, 1))),
        ("31/2", AuditQuery("31/2")),
        ("99", AuditQuery("99")),
    ],
)
def test_words_become_a_question(index: EquipmentIndex, typed: str, wanted: AuditQuery) -> None:
    assert parse(typed, index, THURSDAY_MS, UTC) == wanted


def link(number: int) -> AuditLink:
    event = StreamEvent(
        change=StreamChange.OPENED, equipment_id="CAM-012", ticket="T", console="poste-3"
    )
    entry = JournalEntry(
        seq=number, at_ms=THURSDAY_MS + number, user="dubois", seat="police", event=event
    )
    return AuditLink(number=number, entry=entry, before="00", digest=f"{number:064x}")


async def test_who_watched_is_one_question_and_older_ones_are_one_key() -> None:
    rig = Desk()
    rig.feed(catalogue=small_city())

    def answer(request: Request) -> Result:
        assert isinstance(request, GetAudit)
        if request.before == 0:
            return AuditResult(links=(link(9), link(8)), next=8)
        return AuditResult(links=(link(7),), hidden=2)

    rig.asked.script = answer
    panel = AuditPresenter(rig.context)
    await rig.settle()
    first = rig.asked.of(GetAudit)[0]
    assert (first.event, first.limit) == ("", PAGE), "nothing is left out before it is asked for"
    panel.set_scope("stream")
    await rig.settle()
    assert rig.asked.of(GetAudit)[1].event == "stream"
    assert [row.id for row in panel.rows] == ["9", "8"]
    assert "dubois" in panel.rows[0].said
    assert "CAM-012" in panel.rows[0].said
    panel.do("more")
    await rig.settle()
    assert rig.asked.of(GetAudit)[-1].before == 8
    assert [row.id for row in panel.rows] == ["9", "8", "7"]
    assert "2 cachées par vos droits" in panel.headline
    panel.choose("7")
    assert any(link(7).digest in plain for _, plain in panel.chosen_lines)
    panel.close()


async def test_a_late_answer_to_an_older_question_is_not_shown() -> None:
    rig = Desk()
    rig.feed(catalogue=small_city())
    rig.asked.script = lambda request: AuditResult(
        links=(link(1),) if getattr(request, "event", "") == "" else ()
    )
    panel = AuditPresenter(rig.context)
    panel.set_scope("export")
    await rig.settle()
    assert not panel.rows
    assert "depuis le premier démarrage" in panel.nothing[1]
    assert panel.chosen_lines == (("", "Exports"),), "what was asked is said once, below the list"
    panel.close()


async def test_the_answer_has_the_age_of_its_reading() -> None:
    rig = Desk()
    rig.feed(catalogue=small_city())
    rig.asked.script = lambda _: AuditResult(links=(link(9),), next=9)
    panel = AuditPresenter(rig.context)
    ages: list[float | None] = [panel.age_s]
    await rig.settle()
    rig.clock.advance(90)
    panel.do("more")
    await rig.settle()
    ages.append(panel.age_s)  # older entries make the newest no fresher
    panel.do("again")
    ages.append(panel.age_s)
    await rig.settle()
    assert [*ages, panel.age_s] == [None, 90, None, 0]
    panel.close()


def test_reading_refusals_and_what_a_newer_version_wrote_are_said_in_words() -> None:
    words = Words(Text())
    read = AuditReadEvent(
        question={"event": "stream", "user": "karim", "from_ms": str(THURSDAY_MS)},
        shown=1200,
        hidden=3,
        equipment_id="CAM-012",
    )
    told = said(words, read)
    assert told.about == "CAM-012"
    assert told.detail.startswith("1\xa0200 montrées, 3 masquées")
    assert "Images vues" in told.detail
    assert "karim" in told.detail
    refused = RefusalEvent(
        request="take_incident", text_key="k", console="pc", subject="INC-4", times=37
    )
    assert said(words, refused) == ("s’est vu refuser une demande", "INC-4", "take_incident · × 37")
    mark = InterlockMark(
        interlock_id="I", armed=True, fingerprint="f", reason="interlock.reason.first"
    )
    armed = said(words, InterlockEvent(mark=mark))
    assert armed.detail == "Première configuration, armée par le pont"
    newer = said(words, NewerEvent(kind="drone"))
    assert newer == ("écrit par une version plus récente", "", "drone")
    key = ConfigurationEvent(
        change=ConfigurationChange.AUDIT_KEY, detail={"key": "1a2b", "before": ""}
    )
    assert said(words, key).detail == "audit_key · key 1a2b"


async def test_typing_a_name_asks_once(index: EquipmentIndex) -> None:
    desk = Desk()
    desk.asked.script = lambda _: AuditResult(links=())
    panel = AuditPresenter(desk.context)
    await desk.settle()
    before = len(desk.asked.of(GetAudit))
    for typed in ("d", "du", "dubois"):
        panel.set_filter(typed)
    await desk.settle()
    (question,) = desk.asked.of(GetAudit)[before:]
    assert question.user == "dubois"
