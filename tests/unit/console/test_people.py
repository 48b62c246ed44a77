"""People at a seat, without Qt: who else sits here, the hand-over brief, when a desk locks."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.alarms import Severity, Shelf
from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.incidents import IncidentState
from backend_bridge.contract.overrides import Override
from backend_bridge.contract.plans import CityPlan, PlanState
from backend_bridge.contract.points import ServiceMark, WayBack
from backend_bridge.contract.quality import ServiceState
from backend_bridge.contract.results import SituationResult
from backend_bridge.contract.safety import HandsOff
from backend_bridge.contract.seats import SeatPerson
from console.panels.handover import MOST_ROWS, HandoverPresenter
from console.panels.presence import DAY_MIN, PresencePresenter, minutes_to_relief
from console.seats.files import SeatError, load_seats
from console.seats.layout import LOCK_AFTER_MIN
from console.seats.locking import IdleLock
from tests.fakes.panel_context import Desk
from tests.fakes.small_city import alarm, incident, small_city

NOW = 1_700_000_000_000
HOUR = 3_600_000


def person(name: str, console: str, *, seat: str = "ECL-1", since_ms: int = NOW) -> SeatPerson:
    return SeatPerson(name=name, seat=seat, console=console, since_ms=since_ms)


def situation(**more: object) -> SituationResult:
    empty = SituationResult(seq=0, alarms=(), incidents=(), service=())
    return msgspec.structs.replace(empty, **more)


# -- who else sits here ---------------------------------------------------------------------------


def test_strip_names_who_else_sits_here_and_nobody_of_another_seat() -> None:
    desk = Desk()
    presenter = PresencePresenter(desk.context, ())
    people = (
        person("Mireille", "pc-01"),
        person("Nadia Perrin", "pc-02", since_ms=NOW - HOUR),
        person("Hugo", "pc-03", seat="POL-1"),
    )
    desk.feed(console="pc-01", people=people)
    assert presenter.state.others == "aussi Nadia Perrin"
    assert presenter.occupied().startswith("Poste occupé aussi par Nadia Perrin depuis ")
    assert "Hugo" not in presenter.state.tooltip
    assert desk.world.seated_since_ms() == NOW
    told = []
    presenter.subscribe(lambda: told.append(presenter.state.others))
    desk.feed(console="pc-01", people=people[:1])
    assert told == [""]
    assert presenter.occupied() == ""


def test_many_at_one_seat_are_counted_and_all_named_in_the_tooltip() -> None:
    desk = Desk()
    presenter = PresencePresenter(desk.context, ())
    others = tuple(person(f"P{number}", f"pc-1{number}") for number in range(5))
    desk.feed(console="pc-01", people=others)
    assert presenter.state.others == "aussi P0, P1 et 3 de plus"
    assert all(each.name in presenter.state.tooltip for each in others)


def test_nobody_knows_anybody_once_signed_out() -> None:
    desk = Desk()
    desk.feed(console="pc-01", people=(person("Nadia", "pc-02"),))
    assert desk.world.beside()
    desk.feed(drop=True, session=None)
    assert desk.world.people == ()
    assert desk.world.beside() == ()


def test_relief_is_announced_in_its_last_hour() -> None:
    desk = Desk()
    formats = PresencePresenter(desk.context, ())._words.formats
    clock = formats.minute(NOW)
    minutes = int(clock[:2]) * 60 + int(clock[3:])
    soon = f"{(minutes + 17) % DAY_MIN // 60:02}:{(minutes + 17) % 60:02}"
    late = f"{(minutes + 61) % DAY_MIN // 60:02}:{(minutes + 61) % 60:02}"
    desk.feed()
    assert PresencePresenter(desk.context, (soon,)).state.relief == "Relève dans 17\u00a0min"
    assert PresencePresenter(desk.context, (late,)).state.relief == ""
    assert PresencePresenter(desk.context, (clock,)).state.relief == "Relève maintenant"


@given(st.lists(st.integers(0, DAY_MIN - 1), min_size=1), st.integers(0, DAY_MIN - 1))
def test_next_relief_is_the_nearest_one_ahead(times: list[int], now: int) -> None:
    left = minutes_to_relief([f"{each // 60:02}:{each % 60:02}" for each in times], now)
    assert left is not None
    assert 0 <= left < DAY_MIN
    assert (now + left) % DAY_MIN in times
    assert not any((now + step) % DAY_MIN in times for step in range(left))


# -- the brief ------------------------------------------------------------------------------------


PLAN = CityPlan(
    key="night",
    names={"fr": "Veille", "en": "Dimmed"},
    audience={},
    rung="scenario",
    equipment_kind="lamp",
    point_key="level",
    value=40,
    targets=12,
    sectors=(),
    longest_s=3600.0,
    enabled=True,
    state=PlanState.HOLDING,
)


def brief_desk() -> Desk:
    desk = Desk()
    desk.feed(catalogue=small_city(), console="pc-01", people=(person("Mireille", "pc-01"),))
    aside = msgspec.structs.replace(
        alarm(9), shelf=Shelf(by="j.petit", reason="capteur", since_ms=NOW, until_ms=NOW + HOUR)
    )
    command = CommandRecord(
        key="k", equipment_id="EP-0002-D1", equipment_kind="feeder", point_key="closed", value=True,
        outcome=CommandOutcome.UNKNOWN, issuer="mireille", seat="ECL-1", reason="essai",
        created_ms=NOW, deadline_ms=NOW,
    )  # fmt: skip
    override = Override(
        id="o", equipment_id="EP-0003-D1", equipment_kind="feeder", point_key="closed", value=True,
        back=WayBack.PROGRAMME, owner="mireille", seat="ECL-1", reason="chantier", since_ms=NOW,
        until_ms=NOW + HOUR,
    )  # fmt: skip
    mark = ServiceMark(
        equipment_id="EP-0003", state=ServiceState.DISABLED, by="a.roux", reason="vandalisme",
        since_ms=NOW,
    )  # fmt: skip
    zone = HandsOff(
        id="z", equipment_id="EP-0003", sector="", reason="contacteur", contact="06 12", by="karim",
        seat="lighting", since_ms=NOW, until_ms=NOW + 60_000,
    )  # fmt: skip
    desk.feed(
        console="pc-01",
        people=(person("Mireille", "pc-01"),),
        situation=situation(
            alarms=(alarm(1, severity=Severity.URGENT), alarm(2, acknowledged=True), aside),
            incidents=(
                incident(1, owner="mireille"),
                incident(2, owner="nadia"),
                incident(3, owner="mireille", state=IncidentState.CLOSED),
                incident(4),
            ),
            service=(mark,),
            commands=(command,),
            overrides=(override,),
            plans=(PLAN,),
            hands_off=(zone,),
        ),
    )
    return desk


def test_brief_counts_what_is_left_behind_and_the_receipt_says_the_same() -> None:
    presenter = HandoverPresenter(brief_desk().context)
    assert presenter.receipt == {
        "incidents": 1, "alarms": 1, "to_check": 1, "overrides": 1, "plans": 1, "shelved": 1,
        "zones": 1, "service": 1,
    }  # fmt: skip
    assert presenter.incident_ids == ("INC-1",)
    assert presenter.state.leaver == "Mireille"
    assert presenter.state.where.startswith("ECL-1, ici depuis ")
    assert presenter.state.incidents == "Reprendre son événement ouvert"
    rows = {section.key: section.rows[0] for section in presenter.state.sections}
    assert rows["incidents"].strong.startswith("INC-1 ")
    assert rows["alarms"].severity is Severity.URGENT
    assert "EP-0002-D1" in rows["to_check"].strong
    assert rows["overrides"].plain == "mireille · chantier"
    assert (rows["plans"].strong, rows["plans"].plain) == ("Veille", "Tient 0 / 12, relus")
    assert rows["shelved"].right.startswith("jusqu’à ")
    assert (rows["zones"].strong, rows["zones"].plain) == ("EP-0003", "06 12 · karim · contacteur")
    assert rows["service"].plain == "a.roux · vandalisme"
    titles = [section.title for section in presenter.state.sections]
    assert not [title for title in titles if title.startswith("handover.")], "a text is missing"


def test_brief_with_nothing_left_says_so_and_offers_no_incident() -> None:
    desk = Desk()
    desk.feed(situation=situation(incidents=(incident(2, owner="nadia"),)))
    presenter = HandoverPresenter(desk.context)
    assert set(presenter.receipt.values()) == {0}
    assert presenter.state.incidents == ""


def test_long_section_counts_all_and_shows_the_most_pressing() -> None:
    desk = Desk()
    many = tuple(alarm(number, severity=Severity(1 + number % 4)) for number in range(40))
    desk.feed(situation=situation(alarms=many))
    section = next(s for s in HandoverPresenter(desk.context).state.sections if s.key == "alarms")
    assert (section.count, len(section.rows)) == (40, MOST_ROWS)
    assert {row.severity for row in section.rows} == {Severity.URGENT}
    assert section.more == f"et {40 - MOST_ROWS} autres"


# -- the lock -------------------------------------------------------------------------------------


def test_desk_locks_after_its_minutes_and_a_touch_starts_them_again() -> None:
    idle = IdleLock(15, 100.0)
    assert not idle.due(100.0 + 15 * 60 - 1)
    assert idle.due(100.0 + 15 * 60)
    idle.touch(100.0 + 15 * 60)
    assert not idle.due(100.0 + 29 * 60)


def test_zero_minutes_never_lock() -> None:
    assert not IdleLock(0, 0.0).due(1e9)


SEAT = """
{top}
[[screen]]
role = "main"
{first}
[[screen.column]]
cell = [{{ panel = "queue" }}]
[[screen]]
role = "wall"
wall = true
[[screen.column]]
cell = [{{ panel = "wall" }}]
"""


def load(folder: Path, top: str = "", first: str = "") -> None:
    (folder / "x.toml").write_text(SEAT.format(top=top, first=first), encoding="utf-8")


def test_seat_file_says_when_the_desk_locks_and_which_screen_is_a_wall(tmp_path: Path) -> None:
    load(tmp_path)
    seat = load_seats(tmp_path)["x"]
    assert (seat.lock_after_min, seat.relief_at) == (LOCK_AFTER_MIN, ())
    assert [screen.wall for screen in seat.screens] == [False, True]
    load(tmp_path, 'lock_after_min = 0\nrelief_at = ["14:00", "06:00"]', "wall = true")
    seat = load_seats(tmp_path)["x"]
    assert (seat.lock_after_min, seat.relief_at) == (0, ("06:00", "14:00"))
    assert all(screen.wall for screen in seat.screens)


@pytest.mark.parametrize(
    ("top", "first", "said"),
    [
        ("lock_after_min = -1", "", "lock_after_min is -1"),
        ("lock_after_min = true", "", "lock_after_min is True"),
        ("lock_after_min = 1441", "", "lock_after_min is 1441"),
        ('relief_at = ["6h"]', "", "relief_at must be a list of local times"),
        ('relief_at = "06:00"', "", "relief_at must be a list of local times"),
        ("", 'wall = "yes"', "wall must be true or false"),
    ],
)
def test_mistakes_about_locking_are_named(tmp_path: Path, top: str, first: str, said: str) -> None:
    load(tmp_path, top, first)
    with pytest.raises(SeatError, match=said):
        load_seats(tmp_path)


def test_first_screen_that_signs_in_is_no_wall_beside_a_desk(tmp_path: Path) -> None:
    text = SEAT.format(top="", first="wall = true").replace(
        'role = "wall"\nwall = true', 'role = "wall"'
    )
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SeatError, match="the first screen signs in"):
        load_seats(tmp_path)
