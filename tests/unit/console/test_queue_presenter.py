"""The queue panel's decisions, with the real French texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend_bridge.contract.alarms import AlarmChange, AlarmState, Severity
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.incidents import IncidentChange, IncidentState
from backend_bridge.contract.journal import AlarmEvent, IncidentEvent, JournalEntry
from backend_bridge.contract.points import PointChange
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.requests import (
    AcknowledgeAlarm,
    AssignIncident,
    CloseIncident,
    CommentIncident,
    GetIncidentLog,
    Request,
    TakeIncident,
)
from backend_bridge.contract.results import (
    AlarmResult,
    IncidentResult,
    LogResult,
    Result,
    SituationResult,
)
from console.link.batch import LinkSession
from console.panels.queue import QueuePresenter
from console.panels.rows import Action
from tests.fakes.panel_context import Desk
from tests.fakes.small_city import alarm, incident, small_city

CITY = small_city()


def answer(request: Request) -> Result:
    match request:
        case GetIncidentLog():
            return LogResult(
                entries=(
                    JournalEntry(
                        seq=1,
                        at_ms=1_700_000_000_000,
                        user="bridge",
                        seat="",
                        event=AlarmEvent(change=AlarmChange.RAISED, alarm=alarm(1, children=76)),
                    ),
                    JournalEntry(
                        seq=2,
                        at_ms=1_700_000_000_100,
                        user="bridge",
                        seat="",
                        event=IncidentEvent(change=IncidentChange.OPENED, incident=incident(1)),
                    ),
                    JournalEntry(
                        seq=3,
                        at_ms=1_700_000_060_000,
                        user="paul",
                        seat="POL-1",
                        event=IncidentEvent(
                            change=IncidentChange.COMMENTED, incident=incident(1), text="vu"
                        ),
                    ),
                ),
                hidden=2,
            )
        case AcknowledgeAlarm():
            return AlarmResult(alarm=alarm(1, acknowledged=True))
    return IncidentResult(incident=incident(1))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Give one open incident with an alarm of 76 children, opened 11 minutes ago."""
    desk = Desk(drafts_directory=str(tmp_path))
    desk.asked.script = answer
    desk.clock.advance(679)
    desk.feed(
        catalogue=CITY,
        changes=[PointChange(2, 6800.0, Quality.UNAVAILABLE, 1_700_000_000_000, 0)],
        situation=SituationResult(
            seq=2,
            alarms=(alarm(1, children=76),),
            incidents=(
                incident(1, alarm_ids=("AL-1",), limit_s=900),
                incident(2, severity=Severity.LOW, owner="paul", owner_seat="POL-1", limit_s=None),
                incident(3, state=IncidentState.CLOSED),
            ),
            service=(),
        ),
    )
    return desk


def action(presenter: QueuePresenter, key: str) -> Action:
    return next(item for item in presenter.actions if item.key == key)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


async def test_a_row_says_what_where_whose_and_how_late(desk: Desk) -> None:
    presenter = QueuePresenter(desk.context)
    assert list(presenter.ids) == ["INC-1", "INC-2"]
    row = presenter.row("INC-1")
    assert row is not None
    assert plain(row.state) == "Nouveau · EP-0001 · 76 dessous"
    assert (plain(row.elapsed), plain(row.limit)) == ("11 min", "sur 15 min")
    assert row.fraction == pytest.approx(679 / 900)
    assert row.alarm_state is AlarmState.UNACKNOWLEDGED
    assert row.owner == "—"
    assert not row.overdue
    assert [source.count for source in row.sources] == [1]
    other = presenter.row("INC-2")
    assert other is not None
    assert (other.owner, other.limit, other.fraction) == ("POL-1", "", None)
    assert plain(presenter.headline) == "2 événements"
    assert presenter.footer == "2 sur 2"
    assert presenter.row("INC-99") is None
    presenter.close()


async def test_filter_and_scopes(desk: Desk) -> None:
    presenter = QueuePresenter(desk.context)
    told: list[object] = []
    presenter.subscribe_rows(told.append)
    assert [(scope.key, scope.count) for scope in presenter.scopes] == [
        ("open", 2),
        ("free", 1),
        ("mine", 0),
        ("closed", 1),
    ]
    presenter.set_filter("pol-1")
    assert list(presenter.ids) == ["INC-2"]
    assert plain(presenter.footer) == "1 sur 2 · 1 masqué par le filtre"
    assert presenter.position("INC-1") is None
    presenter.set_filter("")
    presenter.set_scope("closed")
    assert list(presenter.ids) == ["INC-3"]
    presenter.set_scope("no such scope")
    assert presenter.scopes[3].chosen
    assert len(told) == 3
    presenter.close()


async def test_detail_holds_facts_alarms_log_and_steps(desk: Desk) -> None:
    presenter = QueuePresenter(desk.context)
    presenter.select("INC-1")
    assert desk.selection.equipment_ids == ("EP-0001",)
    detail = presenter.detail
    assert detail is not None
    assert detail.log_note == "La main courante arrive."
    await desk.settle()
    detail = presenter.detail
    assert detail is not None
    assert [line.author for line in detail.log] == ["pont", "pont", "paul (POL-1)"]
    assert detail.log[2].said
    assert detail.log[2].text == "vu"
    assert "2" in detail.log_note
    assert [step.stage for step in detail.steps] == ["current", "todo", "todo", "todo", "todo"]
    facts = {fact.label: fact for fact in detail.facts}
    assert facts["État"].value == "Ne répond plus"
    assert facts["État"].quality is Quality.UNAVAILABLE
    assert plain(facts["En dessous"].value) == "76 équipements comptés dessous"
    assert detail.alarms[0].code == "EP-0001"
    assert detail.alarms[0].state_word == "NA"
    assert detail.owner == "personne"
    presenter.select(None)
    assert presenter.detail is None
    presenter.close()


async def test_acknowledging_asks_for_each_unacknowledged_alarm(desk: Desk) -> None:
    presenter = QueuePresenter(desk.context)
    presenter.select("INC-1")
    assert action(presenter, "acknowledge").main
    presenter.do("acknowledge")
    assert action(presenter, "acknowledge").reason.startswith("Déjà demandé")
    await desk.settle()
    assert [request.alarm_id for request in desk.asked.of(AcknowledgeAlarm)] == ["AL-1"]
    desk.feed(
        events=[AlarmEvent(change=AlarmChange.ACKNOWLEDGED, alarm=alarm(1, acknowledged=True))]
    )
    await desk.settle()
    assert action(presenter, "acknowledge").reason.startswith("Rien à acquitter")
    assert action(presenter, "take").main
    row = presenter.row("INC-1")
    assert row is not None
    assert row.alarm_state is AlarmState.ACKNOWLEDGED
    presenter.close()


async def test_take_assign_and_close_carry_the_version_seen(desk: Desk) -> None:
    presenter = QueuePresenter(desk.context)
    presenter.select("INC-1")
    presenter.do("take")
    presenter.do("assign", " EP-A2 ")
    presenter.do("close")
    await desk.settle()
    assert desk.asked.of(TakeIncident) == [TakeIncident(incident_id="INC-1", version=1)]
    assert desk.asked.of(AssignIncident) == [
        AssignIncident(incident_id="INC-1", version=1, assigned_to="EP-A2")
    ]
    assert desk.asked.of(CloseIncident) == [], "its alarm is still active"
    assert "encore active" in desk.said[-1]
    desk.feed(
        events=[
            AlarmEvent(change=AlarmChange.CLEARED, alarm=alarm(1, active=False, acknowledged=True))
        ]
    )
    presenter.do("close")
    await desk.settle()
    assert len(desk.asked.of(CloseIncident)) == 1
    presenter.close()


async def test_a_refusal_is_said_with_the_bridges_text(desk: Desk) -> None:
    def refuse(request: Request) -> Result:
        if isinstance(request, TakeIncident):
            raise RequestError(
                ErrorCode.CONFLICT,
                "error.incident.already_taken",
                {"incident": "INC-1", "owner": "paul", "seat": "POL-1"},
            )
        return answer(request)

    desk.asked.script = refuse
    presenter = QueuePresenter(desk.context)
    presenter.select("INC-1")
    presenter.do("take")
    await desk.settle()
    assert "paul" in desk.said[-1]
    assert action(presenter, "take").enabled, "it may be tried again"
    presenter.close()


async def test_reasons_for_what_cannot_be_done(desk: Desk) -> None:
    presenter = QueuePresenter(desk.context)
    presenter.select("INC-2")
    assert "POL-1" in action(presenter, "take").reason
    assert "POL-1" in action(presenter, "close").reason
    assert action(presenter, "show").enabled
    desk.feed(
        session=LinkSession("mireille", "Mireille", "ECL-1", ("view:*", "manage:*", "configure:*"))
    )
    assert action(presenter, "close").enabled, "who configures arbitrates"
    desk.feed(session=LinkSession("mireille", "Mireille", "ECL-1", ("view:*",)))
    assert "droits" in action(presenter, "take").reason
    desk.feed(storage_ok=False)
    assert "disque" in action(presenter, "assign").reason
    desk.feed(storage_ok=False, storage_fault="unreachable")
    assert "base de données" in action(presenter, "assign").reason
    desk.feed()
    desk.clock.advance(2.0)
    desk.world.tick()
    assert "direct" in action(presenter, "assign").reason
    presenter.do("assign", "EP-A2")
    assert desk.asked.of(AssignIncident) == []
    presenter.close()


async def test_a_closed_incident_can_be_reopened(desk: Desk) -> None:
    presenter = QueuePresenter(desk.context)
    presenter.select("INC-3")
    assert [item.key for item in presenter.actions] == ["reopen", "show"]
    assert action(presenter, "reopen").wants_text
    presenter.do("reopen", "encore éteint")
    await desk.settle()
    assert len(desk.asked.requests) == 2
    presenter.close()


async def test_a_step_nobody_took_is_not_shown_as_done(desk: Desk) -> None:
    presenter = QueuePresenter(desk.context)
    desk.feed(
        events=[
            IncidentEvent(
                change=IncidentChange.CLOSED,
                incident=incident(
                    1, version=4, state=IncidentState.CLOSED, owner="mireille", owner_seat="police"
                ),
            )
        ]
    )
    presenter.select("INC-1")
    detail = presenter.detail
    assert detail is not None
    assert [step.stage for step in detail.steps] == ["done", "done", "todo", "done", "current"]
    assert detail.owner == "mireille (Police)"
    presenter.close()


async def test_a_comment_keeps_its_key_until_it_is_durable(desk: Desk, tmp_path: Path) -> None:
    failing = True

    def script(request: Request) -> Result:
        if isinstance(request, CommentIncident) and failing:
            raise RequestError(ErrorCode.TIMED_OUT, "error.link.timed_out")
        return answer(request)

    desk.asked.script = script
    presenter = QueuePresenter(desk.context)
    presenter.select("INC-1")
    taken: list[bool] = []
    presenter.set_draft("deux lampes")
    presenter.comment("deux lampes", lambda: taken.append(True))
    await desk.settle()
    assert not taken
    assert presenter.draft == "deux lampes"
    failing = False
    presenter.comment("deux lampes", lambda: taken.append(True))
    presenter.comment("deux lampes", lambda: taken.append(True))
    await desk.settle()
    assert taken == [True]
    assert presenter.draft == ""
    first, second = desk.asked.of(CommentIncident)
    assert first == second, "the same line sent twice must be written once"
    presenter.comment("   ", lambda: taken.append(True))
    assert "Rien n’est écrit" in desk.said[-1]
    presenter.close()


async def test_drafts_survive_the_end_of_the_program(desk: Desk) -> None:
    presenter = QueuePresenter(desk.context)
    presenter.select("INC-1")
    presenter.set_draft("PM-11 demande")
    presenter.close()
    again = QueuePresenter(desk.context)
    assert again.draft == "PM-11 demande"
    again.close()


async def test_the_log_is_asked_again_when_the_incident_changes(desk: Desk) -> None:
    presenter = QueuePresenter(desk.context)
    presenter.select("INC-1")
    await desk.settle()
    desk.feed(
        events=[
            IncidentEvent(
                change=IncidentChange.TAKEN,
                incident=incident(1, version=2, alarm_ids=("AL-1",), owner="mireille"),
            )
        ]
    )
    await desk.settle()
    assert len(desk.asked.of(GetIncidentLog)) == 2
    detail = presenter.detail
    assert detail is not None
    assert detail.mine
    presenter.close()


async def test_a_row_of_mine_says_so_in_a_word(desk: Desk) -> None:
    presenter = QueuePresenter(desk.context)
    taken = incident(1, version=2, alarm_ids=("AL-1",), owner="mireille", owner_seat="police")
    desk.feed(events=[IncidentEvent(change=IncidentChange.TAKEN, incident=taken)])
    row = presenter.row("INC-1")
    assert row is not None
    assert (row.owner, row.mine) == ("moi", True)
    presenter.close()


async def test_who_may_not_write_in_the_log_is_told_before_and_nothing_is_sent(desk: Desk) -> None:
    presenter = QueuePresenter(desk.context)
    presenter.select("INC-1")
    detail = presenter.detail
    assert detail is not None
    assert detail.write_reason == ""
    desk.feed(session=LinkSession("mireille", "Mireille", "ECL-1", ("view:*",)))
    detail = presenter.detail
    assert detail is not None
    assert detail.write_reason.startswith("Cet équipement est hors de vos droits")
    presenter.comment("vu sur place", lambda: None)
    await desk.settle()
    assert not desk.asked.of(CommentIncident)
    assert desk.said[-1] == detail.write_reason
    presenter.close()


async def test_a_refused_log_says_why_and_keeps_what_is_there(desk: Desk) -> None:
    desk.asked.script = None
    presenter = QueuePresenter(desk.context)
    presenter.select("INC-1")
    await desk.settle()
    detail = presenter.detail
    assert detail is not None
    assert detail.log_note.startswith("Pas de liaison")
    presenter.close()


async def test_after_closing_nothing_is_followed(desk: Desk) -> None:
    presenter = QueuePresenter(desk.context)
    told: list[None] = []
    presenter.subscribe(lambda: told.append(None))
    desk.feed(events=[AlarmEvent(change=AlarmChange.RAISED, alarm=alarm(1, children=80))])
    assert told
    presenter.close()
    told.clear()
    desk.feed(events=[AlarmEvent(change=AlarmChange.RAISED, alarm=alarm(1, children=81))])
    desk.selection.select_incident("INC-2")
    assert not told
