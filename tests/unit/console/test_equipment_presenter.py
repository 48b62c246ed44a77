"""The equipment panel's and the strip's decisions, with the real French texts."""

from __future__ import annotations

import pytest

from backend_bridge.contract.alarms import AlarmChange, Severity
from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import AlarmEvent, CommandEvent, ServiceEvent
from backend_bridge.contract.points import PointChange, ServiceMark, SourceHeard, TrendPoint
from backend_bridge.contract.quality import Quality, ServiceState
from backend_bridge.contract.requests import GetDiagnostics, GetTrend, Request
from backend_bridge.contract.results import DiagnosticsResult, Result, SituationResult, TrendResult
from console.link.batch import LinkPhase
from console.panels.branch_rows import BranchRow
from console.panels.equipment import EquipmentPresenter
from console.panels.rows import EquipmentDetail, EquipmentRow, PointRow
from console.panels.strip import StripPresenter
from console.state.equipment_tree import CHOSEN
from console.state.sorted_index import Step
from tests.fakes.panel_context import Desk
from tests.fakes.small_city import alarm, incident, small_city

CITY = small_city()
LAMP = "EP-0001-D1-01"
LEVEL = 4
T0 = 1_700_000_000_000


def answer(request: Request) -> Result:
    if isinstance(request, GetTrend):
        return TrendResult(points=(TrendPoint(request.from_ms, 1.0, 2.0, 1.5, Quality.GOOD),))
    assert isinstance(request, GetDiagnostics)
    return DiagnosticsResult(
        link="EP-0001",
        counters={"requests": 12.0, "load": 0.25, "odd": float("nan")},
        frames=("→ 00 01", "← 00 02"),
    )


@pytest.fixture
def desk() -> Desk:
    """Give a lamp at 70 % heard a moment ago, on a live link."""
    desk = Desk()
    desk.asked.script = answer
    desk.feed(
        catalogue=CITY,
        changes=[
            PointChange(0, False, Quality.GOOD, T0, 0),
            PointChange(LEVEL, 70, Quality.GOOD, T0, 0),
            PointChange(LEVEL + 2, 0, Quality.UNAVAILABLE, T0, 0),
        ],
        heard=[SourceHeard(0, T0)],
    )
    desk.clock.advance(0.4)
    desk.feed()
    return desk


def detail_of(presenter: EquipmentPresenter) -> EquipmentDetail:
    detail = presenter.detail
    assert detail is not None
    return detail


def level_of(presenter: EquipmentPresenter) -> PointRow:
    return next(point for point in detail_of(presenter).points if point.key == "level")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


async def test_rows_carry_value_quality_and_age(desk: Desk) -> None:
    presenter = EquipmentPresenter(desk.context)
    row = presenter.row(LAMP)
    assert isinstance(row, EquipmentRow)
    assert row.value is not None
    assert (row.value.text, row.value.unit, row.value.quality_word) == ("70", "%", "")
    assert plain(row.value.age) == "0,4 s"
    assert row.value.age_fraction == pytest.approx(0.04)
    lost = presenter.row("EP-0001-D1-02")
    assert isinstance(lost, EquipmentRow)
    assert lost.value is not None
    assert (lost.value.text, lost.value.unit) == ("—", "")
    assert lost.value.quality_word == "Injoignable"
    assert lost.value.note.startswith("perdu à ")
    never = presenter.row("EP-0002-D1-01")
    assert isinstance(never, EquipmentRow)
    assert never.value is not None
    assert (never.value.text, never.value.note) == ("?", "jamais entendu")
    assert presenter.row("nobody") is None
    presenter.close()


async def test_everything_is_stale_without_a_live_link(desk: Desk) -> None:
    presenter = EquipmentPresenter(desk.context)
    presenter.select(LAMP)
    desk.clock.advance(20)
    desk.world.tick()
    value = level_of(presenter).value
    assert value.quality is Quality.STALE
    assert value.text == "70"
    assert plain(value.note) == "âge 20 s, permis 10 s"
    assert detail_of(presenter).headline.startswith("Dernier état connu")
    presenter.close()


DIJON, LAMPS = "\x02Dijon", "\x02Dijon\x02lamp"


async def test_the_tree_opens_by_commune_and_kind_and_remembers(desk: Desk) -> None:
    presenter = EquipmentPresenter(desk.context)
    told: list[object] = []
    presenter.subscribe_rows(told.append)
    assert list(presenter.ids) == [DIJON]
    branch = presenter.row(DIJON)
    assert isinstance(branch, BranchRow)
    assert (branch.title, plain(branch.note), branch.open) == ("Dijon", "30 équipements", False)
    # the cabinets and feeders, of which nothing is known, are said once, beneath the tree
    assert (plain(branch.not_good), branch.worst) == ("24 non sûrs", "unavailable")
    assert "6 jamais entendus" in plain(presenter.footer)
    presenter.unfold(0, wanted=True)
    assert told == [[Step(-1, place, node) for place, node in enumerate(presenter.ids)][1:]]
    assert len(presenter.ids) == 4
    at = presenter.position(LAMPS)
    assert at is not None
    presenter.unfold(at, wanted=True)
    assert presenter.ids[at + 1 : at + 3] == [LAMP, "EP-0001-D1-02"]
    row = presenter.row(LAMP)
    assert isinstance(row, EquipmentRow)
    assert row.depth == 2
    assert desk.context.settings["open"] == [["Dijon"], ["Dijon", "lamp"]]
    again = EquipmentPresenter(desk.context)
    assert again.ids == presenter.ids
    presenter.unfold(at + 1, wanted=False)
    assert presenter.current_position == at, "left on an equipment goes to its kind"
    presenter.unfold(at, wanted=False)
    assert len(presenter.ids) == 4
    again.close()
    presenter.close()


async def test_a_filter_narrows_the_tree_and_opens_what_is_little(desk: Desk) -> None:
    presenter = EquipmentPresenter(desk.context)
    presenter.set_filter("0002-d1-03")
    assert list(presenter.ids) == [DIJON, LAMPS, "EP-0002-D1-03"]
    assert presenter.position("EP-0002-D1-03") == 2
    assert presenter.position(LAMP) is None
    branch = presenter.row(LAMPS)
    assert isinstance(branch, BranchRow)
    assert branch.note == "1 sur 24"
    assert "29" in presenter.footer
    told: list[object] = []
    presenter.subscribe_rows(told.append)
    presenter.set_filter("0002-D1-03 ")
    assert told == [[]], "the same words change nothing"
    presenter.unfold(1, wanted=False)
    assert list(presenter.ids) == [DIJON, LAMPS]
    assert "open" not in desk.context.settings, "what is opened under a filter is not remembered"
    presenter.set_filter("")
    assert list(presenter.ids) == [DIJON]
    presenter.close()


async def test_what_is_chosen_on_the_map_stands_at_the_top(desk: Desk) -> None:
    presenter = EquipmentPresenter(desk.context)
    desk.selection.select_equipment((LAMP,))
    assert list(presenter.ids) == [CHOSEN, CHOSEN + LAMP, DIJON]
    assert presenter.current_position == 1
    several = tuple(f"EP-0001-D1-{number:02}" for number in range(1, 9))
    desk.selection.select_equipment(several)
    branch = presenter.row(CHOSEN)
    assert isinstance(branch, BranchRow)
    assert (branch.title, plain(branch.note)) == ("Choisis", "8 équipements")
    presenter.enter(3)
    assert desk.selection.equipment_ids[0] == several[2]
    assert set(desk.selection.equipment_ids) == set(several), "the others stay chosen"
    assert presenter.current_position == 3, "and nothing moves under the hand"
    presenter.unfold(0, wanted=False)
    assert list(presenter.ids) == [CHOSEN, DIJON]
    presenter.unfold(1, wanted=True)
    presenter.enter(2)
    assert desk.selection.equipment_ids[0] == several[2], "a branch chooses nothing"
    assert presenter.current_position == 2
    desk.selection.select_equipment(())
    assert CHOSEN not in presenter.ids
    presenter.close()


async def test_detail_of_a_cabinet_counts_what_hangs_under_it(desk: Desk) -> None:
    presenter = EquipmentPresenter(desk.context)
    desk.feed(
        events=[AlarmEvent(change=AlarmChange.RAISED, alarm=alarm(1))],
        situation=SituationResult(seq=1, alarms=(), incidents=(incident(1),), service=()),
    )
    presenter.select("EP-0001")
    detail = detail_of(presenter)
    lamps = next(child for child in detail.children if child.kind == "lamp")
    assert plain(lamps.label) == "8 points lumineux"
    assert {quality: count for quality, _, count in lamps.by_quality} == {
        Quality.GOOD: 1,
        Quality.UNAVAILABLE: 1,
        Quality.UNKNOWN: 6,
    }
    assert detail.severity is Severity.HIGH
    assert [link.id for link in detail.incidents] == ["INC-1"]
    assert [point.value.text for point in detail.points] == ["fermée", "?", "?"]
    presenter.select(LAMP)
    assert [link.id for link in detail_of(presenter).parents] == ["EP-0001", "EP-0001-D1"]
    assert plain(detail_of(presenter).headline) == "Graduée 70 %"
    presenter.close()


async def test_commanded_and_reported_stand_beside_the_value(desk: Desk) -> None:
    presenter = EquipmentPresenter(desk.context)
    presenter.select(LAMP)
    assert level_of(presenter).outcome is None
    desk.feed(
        events=[
            CommandEvent(
                command=CommandRecord(
                    key="k",
                    equipment_id=LAMP,
                    equipment_kind="lamp",
                    point_key="level",
                    value=100,
                    outcome=CommandOutcome.FAILED,
                    issuer="m",
                    seat="s",
                    reason="r",
                    created_ms=1,
                    deadline_ms=2,
                    reported=60,
                )
            )
        ]
    )
    row = level_of(presenter)
    assert (plain(row.commanded), plain(row.reported)) == ("100 %", "60 %")
    assert (row.ratio, row.commanded_ratio) == (0.7, 1.0)
    assert row.outcome is CommandOutcome.FAILED
    presenter.close()


async def test_service_state_stands_apart_from_quality(desk: Desk) -> None:
    presenter = EquipmentPresenter(desk.context)
    mark = ServiceMark(
        equipment_id=LAMP,
        state=ServiceState.MAINTENANCE,
        by="ECL-1",
        reason="chantier",
        since_ms=T0,
        until_ms=T0 + 3_600_000,
    )
    desk.feed(events=[ServiceEvent(mark=mark, equipment_kind="lamp")])
    presenter.select(LAMP)
    row = presenter.row(LAMP)
    assert isinstance(row, EquipmentRow)
    assert row.service_word == "En travaux"
    assert row.value is not None
    assert (row.value.text, row.value.quality) == ("—", Quality.GOOD)
    assert "chantier" in detail_of(presenter).service
    presenter.close()


async def test_trend_is_asked_for_and_kept_current(desk: Desk) -> None:
    presenter = EquipmentPresenter(desk.context)
    presenter.select(LAMP)
    trend = detail_of(presenter).trend
    assert trend is not None
    assert trend.state == "loading"
    await desk.settle()
    trend = detail_of(presenter).trend
    assert trend is not None
    assert (trend.state, len(trend.points), trend.label) == ("ready", 1, "Niveau")
    presenter.choose_point("fault")
    await desk.settle()
    assert [request.point_key for request in desk.asked.of(GetTrend)] == ["level", "fault"]
    for _ in range(11):
        desk.clock.advance(1.0)
        desk.feed()
        desk.world.tick()
    await desk.settle()
    assert len(desk.asked.of(GetTrend)) == 3
    presenter.select("EP-0002")
    presenter.choose_point("no such point")
    await desk.settle()
    assert desk.asked.of(GetTrend)[-1].equipment_id == "EP-0002"
    presenter.close()


async def test_choosing_another_while_asking_shows_the_other(desk: Desk) -> None:
    presenter = EquipmentPresenter(desk.context)
    presenter.select(LAMP)
    presenter.select("EP-0003-D1-02")
    await desk.settle()
    trend = detail_of(presenter).trend
    assert trend is not None
    assert trend.state == "ready"
    assert [request.equipment_id for request in desk.asked.of(GetTrend)] == [LAMP, "EP-0003-D1-02"]
    presenter.close()


async def test_a_trend_without_one_sure_value_is_words_and_no_axis(desk: Desk) -> None:
    gap = TrendPoint(T0 - 5000, None, None, None, Quality.UNAVAILABLE)
    desk.asked.script = lambda _request: TrendResult(points=(gap,))
    presenter = EquipmentPresenter(desk.context)
    desk.feed(changes=[PointChange(LEVEL, 70, Quality.UNAVAILABLE, T0, 0)])
    presenter.select(LAMP)
    await desk.settle()
    trend = detail_of(presenter).trend
    assert trend is not None
    assert trend.state == "empty"
    assert plain(trend.note).startswith("Aucune valeur sûre depuis 15 min : injoignable depuis")
    presenter.close()


async def test_a_trend_renews_itself_when_its_point_comes_back(desk: Desk) -> None:
    desk.asked.script = lambda _request: TrendResult(
        points=(TrendPoint(T0 - 800_000, 70.0, 70.0, 70.0, Quality.GOOD),)
    )
    presenter = EquipmentPresenter(desk.context)
    presenter.select(LAMP)
    await desk.settle()
    assert len(desk.asked.of(GetTrend)) == 1
    desk.feed(changes=[PointChange(LEVEL, 70, Quality.UNAVAILABLE, T0, 0)])
    for _ in range(3):  # the flip is seen at one second, the history is asked for at the next
        desk.clock.advance(1)
        desk.feed()
        desk.world.tick()
        await desk.settle()
    assert len(desk.asked.of(GetTrend)) == 2, "at once, not after the ten seconds of a calm trend"
    presenter.close()


async def test_a_history_that_began_just_now_is_drawn_on_its_own_time(desk: Desk) -> None:
    asked: list[GetTrend] = []

    def script(request: Request) -> Result:
        assert isinstance(request, GetTrend)
        asked.append(request)
        now_ms = request.to_ms
        return TrendResult(
            points=(
                TrendPoint(request.from_ms, None, None, None, Quality.UNKNOWN),
                TrendPoint(now_ms - 90_000, 70.0, 70.0, 70.0, Quality.GOOD),
            )
        )

    desk.asked.script = script
    presenter = EquipmentPresenter(desk.context)
    presenter.select(LAMP)
    await desk.settle()
    trend = detail_of(presenter).trend
    assert trend is not None
    assert [item.to_ms - item.from_ms for item in asked] == [900_000, 90_000]
    assert trend.now_ms - trend.from_ms == 90_000
    presenter.close()


async def test_a_trend_refused_or_empty_says_so(desk: Desk) -> None:
    desk.asked.script = lambda _: TrendResult(points=())
    presenter = EquipmentPresenter(desk.context)
    presenter.select(LAMP)
    await desk.settle()
    trend = detail_of(presenter).trend
    assert trend is not None
    assert trend.state == "empty"

    def refuse(_: Request) -> Result:
        raise RequestError(ErrorCode.UNAVAILABLE, "error.link.down")

    desk.asked.script = refuse
    presenter.choose_point("fault")
    await desk.settle()
    trend = detail_of(presenter).trend
    assert trend is not None
    assert trend.state == "failed"
    assert trend.note.startswith("Pas de liaison")
    presenter.close()


async def test_diagnostics_are_asked_for_when_wanted(desk: Desk) -> None:
    presenter = EquipmentPresenter(desk.context)
    presenter.select(LAMP)
    assert detail_of(presenter).diagnostics is None
    presenter.want_diagnostics(True)
    await desk.settle()
    found = detail_of(presenter).diagnostics
    assert found is not None
    assert found.counters == (("requests", "12"), ("load", "0,25"))
    assert found.frames == ("→ 00 01", "← 00 02")
    presenter.select("EP-0002")
    assert detail_of(presenter).diagnostics is None
    presenter.close()


async def test_only_changes_of_what_is_shown_redraw_the_detail(desk: Desk) -> None:
    presenter = EquipmentPresenter(desk.context)
    presenter.select("EP-0001")
    await desk.settle()
    told: list[None] = []
    rows: list[object] = []
    presenter.subscribe(lambda: told.append(None))
    presenter.subscribe_rows(rows.append)
    desk.feed(changes=[PointChange(CITY.points_total - 1, True, Quality.GOOD, T0, 0)])
    assert not told
    assert rows == [], "a row that is not shown repaints nothing"
    desk.feed(changes=[PointChange(LEVEL, 0, Quality.GOOD, T0, 0)])
    assert len(told) == 1
    presenter.close()


# -- the strip --------------------------------------------------------------------------------


async def test_strip_of_a_live_link(desk: Desk) -> None:
    presenter = StripPresenter(desk.context)
    desk.feed(
        situation=SituationResult(
            seq=1,
            alarms=(alarm(1, severity=Severity.URGENT), alarm(2, acknowledged=True)),
            incidents=(),
            service=(),
        )
    )
    state = presenter.state
    assert state.live
    assert (state.link, plain(state.link_age), state.behind) == ("Liaison", "0,0 s", "")
    assert (state.user, state.seat, state.territory) == ("Mireille", "ECL-1", "Petite ville")
    assert [(t.total, t.unacknowledged) for t in state.alarms] == [(1, 1), (1, 0), (0, 0), (0, 0)]
    assert [plain(t.waiting) for t in state.alarms] == ["1 NA", "", "", ""]
    assert state.stale == ""
    assert plain(state.unavailable) == "1 injoignable"
    assert state.modes == ("TERRITOIRE DE DÉMONSTRATION",)
    assert state.skew == ""
    presenter.close()


async def test_strip_of_a_lost_link_says_what_it_means(desk: Desk) -> None:
    presenter = StripPresenter(desk.context)
    told: list[None] = []
    presenter.subscribe(lambda: told.append(None))
    desk.clock.advance(2.4)
    desk.world.tick()
    assert told
    state = presenter.state
    assert not state.live
    assert state.link == "Pont perdu"
    assert plain(state.link_age) == "2,4 s"
    assert "périmé" in state.link_tooltip
    # two good points, of a cabinet and of a lamp whose other points nobody has heard: an equipment
    # counts once, by the point that may be trusted least
    assert (state.stale, state.bad) == ("", "")
    assert plain(state.unavailable) == "1 injoignable"
    assert plain(state.unknown) == "29 inconnus"
    presenter.close()


async def test_strip_counts_equipment_and_not_its_points(desk: Desk) -> None:
    presenter = StripPresenter(desk.context)
    everything = range(CITY.points_total)
    desk.feed(changes=[PointChange(index, 0, Quality.GOOD, T0, 0) for index in everything])
    assert presenter.state.unavailable == ""
    below = ["EP-0002", *desk.world.equipment.descendants("EP-0002")]
    lost = [index for key in below for index, _ in desk.world.equipment.points_of(key)]
    desk.feed(changes=[PointChange(index, 0, Quality.UNAVAILABLE, T0, 0) for index in lost])
    assert len(lost) > len(below)
    assert plain(presenter.state.unavailable) == f"{len(below)} injoignables"
    desk.clock.advance(2.4)
    desk.world.tick()
    assert plain(presenter.state.stale) == f"{len(CITY.equipment) - len(below)} périmés"
    presenter.close()


async def test_strip_shows_the_load_against_target_and_limit(desk: Desk) -> None:
    presenter = StripPresenter(desk.context)
    assert presenter.state.load.fraction is None, "nothing is known before the situation came"
    assert presenter.state.load.text == "—"
    desk.feed(situation=SituationResult(seq=1, alarms=(), incidents=(), service=()))
    assert plain(presenter.state.load.text) == "0 / 10 min"
    now_ms = desk.clock.now_ms()
    raised = [alarm(number, raised_ms=now_ms) for number in range(11)]
    desk.feed(events=[AlarmEvent(change=AlarmChange.RAISED, alarm=item) for item in raised])
    load = presenter.state.load
    assert (plain(load.text), load.over) == ("11 / 10 min", True)
    assert load.fraction == pytest.approx(1.1)
    assert load.target == pytest.approx(0.1)
    assert "Comptées entières depuis" in load.tooltip
    desk.clock.advance(601)
    desk.feed()
    desk.world.tick()
    assert plain(presenter.state.load.text) == "0 / 10 min"
    assert "Comptées entières depuis" not in presenter.state.load.tooltip
    presenter.close()


async def test_strip_says_how_far_behind_and_why(desk: Desk) -> None:
    presenter = StripPresenter(desk.context)
    desk.feed(
        behind_since_mono_s=desk.clock.mono_s() - 3,
        revisions_behind=1200,
        entries_behind=1,
        storage_ok=False,
    )
    state = presenter.state
    assert state.link == "En retard"
    assert plain(state.behind) == "1 200 valeurs en retard, 1 entrée en retard, 3 s"
    assert state.modes[1].startswith("DISQUE PLEIN")
    for fault, words in (("unreachable", "BASE DE DONNÉES INJOIGNABLE"), ("failed", "LE DISQUE")):
        desk.feed(storage_ok=False, storage_fault=fault)
        assert presenter.state.modes[1].startswith(words)
    desk.feed(
        phase=LinkPhase.CONNECTING, text_key="link.unreachable", params={"address": "tcp://x"}
    )
    assert "tcp://x" in presenter.state.link_tooltip
    presenter.close()


async def test_strip_warns_of_skew(desk: Desk) -> None:
    presenter = StripPresenter(desk.context)
    desk.clock.jump(-3600)
    desk.world.tick()
    desk.feed(bridge_ahead_ms=desk.clock.now_ms() + 3_600_000 - desk.clock.mono_s() * 1000)
    assert plain(presenter.state.skew) == "Ce poste retarde de 1 h"
    presenter.close()


async def test_english_is_complete() -> None:
    desk = Desk("en")
    stale = [PointChange(index, 0.0, Quality.STALE, T0, 0) for index in (LEVEL, LEVEL + 1)]
    desk.feed(catalogue=CITY, changes=stale)
    presenter, strip = EquipmentPresenter(desk.context), StripPresenter(desk.context)
    row = presenter.row(LAMP)
    assert isinstance(row, EquipmentRow)
    assert row.value is not None
    assert row.value.quality_word == "Stale"
    assert plain(strip.state.stale) == "1 stale"
    assert plain(strip.state.load.label) == "Load"
    assert strip.state.link == "Link"
    presenter.close()
    strip.close()
