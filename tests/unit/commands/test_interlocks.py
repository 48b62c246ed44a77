"""Interlocks: only what is proven lets a command pass; a changed configuration disarms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.commands import CommandGateway, Interlocks, load_interlocks, shipped_interlocks
from backend_bridge.commands.interlock_rules import InterlockRule, Proof, Where
from backend_bridge.commands.needs import Seen
from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import InterlockEvent
from backend_bridge.contract.order_requests import CommandResult
from backend_bridge.contract.points import Equipment, PointDef, Scalar
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.safety import (
    ArmInterlock,
    GetInterlocks,
    InterlockMark,
    InterlocksResult,
)
from backend_bridge.core.errors import DeviceUnavailableError
from backend_bridge.core.settings import SettingsError
from backend_bridge.territory.library import kinds
from backend_bridge.territory.records import Group
from tests.fakes.waiting import until
from tests.unit.commands.kit import LAMP, OPERATOR, Desk

KINDS = {key: rule.kind for key, rule in kinds().items()}
CITY = (
    ("EP-1", "cabinet", "", "Nord"),
    ("EP-1-D1", "feeder", "EP-1", "Nord"),
    ("L-1", "lamp", "EP-1-D1", "Nord"),
    ("L-2", "lamp", "EP-1-D1", "Nord"),
    ("L-3", "lamp", "", "Sud"),
    ("B-1", "bollard", "", "Nord"),
    ("B-2", "bollard", "", "Sud"),
    ("G-1", "river_gauge", "", "Nord"),
    ("G-2", "river_gauge", "", "Nord"),
)
QUAY = {("B-2", "quay"): ("G-1", "G-2", "EP-1")}
"""What the territory relates: B-2 opens the quay of two gauges, whatever sector they stand in."""
EQUIPMENT = {item: kind for item, kind, _, _ in CITY}


class Ground:
    """A city of a street and a river."""

    def __init__(
        self,
        city: Iterable[tuple[str, str, str, str]] = CITY,
        related: Mapping[tuple[str, str], tuple[str, ...]] = QUAY,
        groups: Sequence[Group] = (),
    ) -> None:
        self._grouped = groups
        self._related = related
        self._items = {
            item: Equipment(
                id=item, kind=kind, name=item, lon=0.0, lat=0.0, first_point=0, parent=parent,
                sector=sector,
            )
            for item, kind, parent, sector in city
        }  # fmt: skip

    def equipment(self, equipment_id: str) -> Equipment | None:
        return self._items.get(equipment_id)

    def point(self, equipment_id: str, point_key: str) -> PointDef | None:
        item = self._items.get(equipment_id)
        points = KINDS[item.kind].points if item is not None else ()
        return next((point for point in points if point.key == point_key), None)

    def all_equipment(self) -> Iterable[Equipment]:
        return self._items.values()

    def ancestors(self, equipment_id: str) -> Iterator[str]:
        while (item := self._items.get(equipment_id)) is not None and item.parent:
            equipment_id = item.parent
            yield equipment_id

    def related(self, equipment_id: str, relation: str) -> Sequence[str]:
        return self._related.get((equipment_id, relation), ())

    def groups_of(self, equipment_id: str) -> Sequence[Group]:
        return [group for group in self._grouped if equipment_id in group.members]


class Eyes:
    """See everything as safe, unless a test says otherwise."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, str], Seen | None] = {}

    def see(self, equipment_id: str, point_key: str) -> Seen | None:
        safe: Scalar = {"level_m": 1.0, "position": 100, "commanded": 100}.get(point_key, False)
        return self.seen.get((equipment_id, point_key), Seen(safe, Quality.GOOD, 1))


def _interlocks(
    eyes: Eyes,
    rules: tuple[InterlockRule, ...] | None = None,
    marks: tuple[InterlockMark, ...] = (),
    *,
    city: Iterable[tuple[str, str, str, str]] = CITY,
    wiring: str = "",
    related: Mapping[tuple[str, str], tuple[str, ...]] = QUAY,
    groups: Sequence[Group] = (),
) -> Interlocks:
    if rules is None:
        rules = load_interlocks([shipped_interlocks()], list(KINDS.values()), EQUIPMENT)
    return Interlocks(
        rules=rules,
        ground=Ground(city, related, groups),
        eyes=eyes,
        marks=marks,
        wiring=lambda wanted: dict.fromkeys(wanted, wiring),
        now_ms=1_000,
    )


def _refused(interlocks: Interlocks, item: str, point_key: str, value: Scalar) -> str:
    point = Ground().point(item, point_key)
    assert point is not None
    error = interlocks.obstacle(item, point, value)
    assert error is None or error.code is ErrorCode.REFUSED
    return "" if error is None else error.text_key.removeprefix("error.interlock.")


@pytest.mark.parametrize(
    ("point", "seen", "said"),
    [
        ("loop_occupied", Seen(True, Quality.GOOD, 1), "loop.unsafe"),
        ("loop_occupied", Seen(False, Quality.STALE, 41), "loop.possible"),
        ("loop_occupied", Seen(False, Quality.GOOD, 7), "loop.possible"),
        ("loop_occupied", Seen(None, Quality.UNKNOWN, -1), "loop.never"),
        ("obstacle", Seen(True, Quality.GOOD, 1), "obstacle.unsafe"),
        ("local_key", Seen(False, Quality.BAD, 1), "local_key.possible"),
        ("fault", Seen(False, Quality.UNAVAILABLE, 12), "fault.possible"),
    ],
)
def test_bollard_rises_only_when_nothing_is_possibly_in_its_way(
    point: str, seen: Seen, said: str
) -> None:
    eyes = Eyes()
    interlocks = _interlocks(eyes)
    assert _refused(interlocks, "B-1", "commanded", 100) == ""
    eyes.seen["B-1", point] = seen
    assert _refused(interlocks, "B-1", "commanded", 100) == f"bollard_clear.{said}"
    assert _refused(interlocks, "B-1", "commanded", 0) == "", "lowering hurts nobody"
    assert _refused(interlocks, "B-2", "commanded", 100) == "", "the other one's loop is free"


def test_reason_names_the_point_and_its_age() -> None:
    eyes = Eyes()
    eyes.seen["B-1", "loop_occupied"] = Seen(False, Quality.STALE, 41)
    point = Ground().point("B-1", "commanded")
    assert point is not None
    error = _interlocks(eyes).obstacle("B-1", point, 100)
    assert error is not None
    assert error.params["age_s"] == 41
    assert error.params["point"] == "loop_occupied"
    assert error.params["equipment"] == "B-1"


def test_lamp_is_not_lit_while_its_cabinet_is_possibly_open() -> None:
    eyes = Eyes()
    interlocks = _interlocks(eyes)
    eyes.seen["EP-1", "door_open"] = Seen(True, Quality.GOOD, 1)
    assert _refused(interlocks, "L-1", "level", 80) == "cabinet_closed.door.unsafe"
    assert _refused(interlocks, "L-1", "level", None) == "cabinet_closed.door.unsafe"
    assert _refused(interlocks, "L-1", "level", 0) == ""
    assert _refused(interlocks, "L-3", "level", 80) == "blind", "no cabinet is no proof"


def test_interlock_looks_across_trades_and_sectors() -> None:
    rule = InterlockRule(
        key="quay",
        kind="bollard",
        point="commanded",
        above=0,
        proof=(Proof(point="level_m", at=Where.SECTOR, kind="river_gauge", below=3.0),),
    )
    eyes = Eyes()
    interlocks = _interlocks(eyes, (rule,))
    assert _refused(interlocks, "B-1", "commanded", 100) == ""
    eyes.seen["G-1", "level_m"] = Seen(3.5, Quality.GOOD, 1)
    assert _refused(interlocks, "B-1", "commanded", 100) == "unsafe"
    eyes.seen["G-1", "level_m"] = Seen(1.0, Quality.STALE, 1_000)
    assert _refused(interlocks, "B-1", "commanded", 100) == "possible"
    assert _refused(interlocks, "B-2", "commanded", 100) == "", "no gauge in its sector"


@given(
    value=st.one_of(st.none(), st.booleans(), st.integers(-5, 5), st.floats(), st.text()),
    quality=st.sampled_from(Quality),
    age_s=st.integers(-1, 100),
    commanded=st.sampled_from([1, 50, 100, None]),
)
def test_nothing_but_a_fresh_good_safe_value_lets_a_bollard_rise(
    value: Scalar, quality: Quality, age_s: int, commanded: Scalar
) -> None:
    eyes = Eyes()
    eyes.seen["B-1", "loop_occupied"] = Seen(value, quality, age_s)
    passes = _refused(_interlocks(eyes), "B-1", "commanded", commanded) == ""
    assert passes == (value is False and quality is Quality.GOOD and 0 <= age_s <= 6)


# arming


def test_first_configuration_is_armed_and_written_down() -> None:
    interlocks = _interlocks(Eyes())
    assert {mark.interlock_id for mark in interlocks.changed} == {
        "bollard_clear/B-1", "bollard_clear/B-2", "cabinet_closed/EP-1", "cabinet_closed/Sud",
        "quay_dry/G-1",
    }  # fmt: skip
    assert all(mark.armed and mark.by == "bridge" for mark in interlocks.changed)
    again = _interlocks(Eyes(), marks=tuple(interlocks.changed))
    assert again.changed == []


def test_changed_configuration_disarms_its_group_and_no_other() -> None:
    marks = tuple(_interlocks(Eyes()).changed)
    more = (*CITY, ("L-4", "lamp", "EP-1-D1", "Nord"), ("B-3", "bollard", "", "Nord"))
    interlocks = _interlocks(Eyes(), marks=marks, city=more)
    assert {m.interlock_id: (m.armed, m.reason) for m in interlocks.changed} == {
        "cabinet_closed/EP-1": (False, "interlock.reason.changed"),
        "bollard_clear/B-3": (False, "interlock.reason.new"),
    }
    assert _refused(interlocks, "L-1", "level", 80) == "disarmed"
    assert _refused(interlocks, "B-1", "commanded", 100) == ""


def test_point_moved_in_the_field_disarms_and_a_removed_group_is_said() -> None:
    marks = tuple(_interlocks(Eyes()).changed)
    moved = _interlocks(Eyes(), marks=marks, wiring="another register")
    # a group that looks at nothing has no wiring that could change
    assert {m.interlock_id for m in moved.changed} == {
        mark.interlock_id for mark in marks if mark.interlock_id != "cabinet_closed/Sud"
    }
    assert not any(mark.armed for mark in moved.changed)
    gone = _interlocks(Eyes(), marks=marks, city=[item for item in CITY if item[0] != "B-2"])
    assert [(m.interlock_id, m.reason) for m in gone.changed] == [
        ("bollard_clear/B-2", "interlock.reason.removed"),
        ("quay_dry/G-1", "interlock.reason.removed"),
    ]


RULE = InterlockRule(
    key="gate_clear",
    kind="lamp",
    point="gate",
    above=0,
    proof=(Proof(point="loop", is_=False, key="loop"),),
)
CHIEF = msgspec.structs.replace(
    OPERATOR,
    user="chief",
    rights=frozenset({"view:*", "operate:*", "configure:*"}),
    editing=True,
)


async def test_disarmed_group_is_commanded_by_nobody_until_somebody_arms_it() -> None:
    desk = Desk()
    desk.field.on_write = lambda _point, value: desk.field.values.__setitem__("position", value)
    desk.rules = (RULE,)
    async with desk.life():
        await until(lambda: len(desk.journal.log) == 1)
    desk.rules = (msgspec.structs.replace(RULE, above=10),)
    async with desk.life() as gateway:
        with pytest.raises(RequestError, match=r"error\.interlock\.disarmed"):
            await gateway.execute(OPERATOR, desk.request(100, point="gate"))
        listing, arm = (gateway.handlers()[kind] for kind in (GetInterlocks, ArmInterlock))
        listed = await listing(OPERATOR, GetInterlocks(equipment_id=LAMP))
        assert isinstance(listed, InterlocksResult)
        (interlock,) = listed.interlocks
        assert (interlock.equipment_ids, interlock.mark.armed) == ((LAMP,), False)
        assert interlock.mark.reason == "interlock.reason.changed"
        whole: dict[str, Any] = {
            "interlock_id": interlock.id,
            "fingerprint": interlock.mark.fingerprint,
            "reason": "vérifié sur place",
        }
        off = msgspec.structs.replace(CHIEF, editing=False)
        for caller, change, said in (
            (OPERATOR, {}, "error.rights.missing"),
            (off, {}, "error.edit_mode.off"),
            (CHIEF, {"fingerprint": "x"}, "error.interlock.other_configuration"),
            (CHIEF, {"interlock_id": "x"}, "error.interlock.no_such"),
            (CHIEF, {"reason": " "}, "error.command.reason"),
        ):
            with pytest.raises(RequestError) as caught:
                await arm(caller, ArmInterlock(**{**whole, **change}))
            assert caught.value.text_key == said
        armed = await arm(CHIEF, ArmInterlock(**whole))
        assert isinstance(armed, InterlocksResult)
        assert armed.interlocks[0].mark.by == "chief"
        request = desk.request(100, point="gate", key="k2")
        await gateway.execute(OPERATOR, request)
    assert desk.outcomes("k2")[-1] is CommandOutcome.CONFIRMED
    async with desk.life() as gateway:  # durable: nobody is asked again
        await gateway.execute(OPERATOR, desk.request(100, point="gate", key="k3"))
    marks = [e.event.mark.armed for e in desk.journal.log if isinstance(e.event, InterlockEvent)]
    assert marks == [True, False, True]


async def test_what_came_since_the_last_poll_is_read_anew_and_refuses() -> None:
    desk = Desk()
    desk.field.on_write = lambda _point, value: desk.field.values.__setitem__("position", value)
    desk.rules = (msgspec.structs.replace(RULE, reread=True),)
    desk.eyes.seen["loop"] = Seen(False, Quality.GOOD, 5)
    field = desk.field

    def poll(point_key: str) -> None:
        """Put what is read in the table, as the supervisor does; its age stays."""
        if point_key == "loop":
            desk.eyes.seen["loop"] = Seen(field.values["loop"], Quality.GOOD, 5)

    def mute(point_key: str) -> None:
        if point_key == "loop":
            raise DeviceUnavailableError("no answer")

    async def ends(gateway: CommandGateway, key: str, value: int = 100) -> CommandRecord:
        result = await gateway.execute(OPERATOR, desk.request(value, point="gate", key=key))
        assert isinstance(result, CommandResult)
        return result.command

    field.on_read = poll
    async with desk.life() as gateway:
        assert (await ends(gateway, "free")).outcome is CommandOutcome.CONFIRMED
        assert field.reads.count("loop") == 1
        assert (await ends(gateway, "down", 0)).outcome is CommandOutcome.CONFIRMED
        assert field.reads.count("loop") == 1, "lowering is not guarded"
        writes = len(field.writes)
        field.on_read = mute
        unread = await ends(gateway, "mute")
        assert (unread.outcome, unread.text_key) == (
            CommandOutcome.REFUSED,
            "error.interlock.unread",
        )
        field.on_read = poll
        field.values["loop"] = True
        car = await ends(gateway, "car")
        assert (car.outcome, car.text_key) == (
            CommandOutcome.REFUSED,
            "error.interlock.gate_clear.loop.unsafe",
        )
        assert len(field.writes) == writes, "nothing went out"
        desk.eyes.seen["loop"] = Seen(False, Quality.GOOD, 0)
        before = field.reads.count("loop")
        assert (await ends(gateway, "young")).outcome is CommandOutcome.CONFIRMED
        assert field.reads.count("loop") == before, "younger than a second"


async def test_rule_taken_out_guards_nothing_and_stands_disarmed_until_somebody_takes_note() -> (
    None
):
    desk = Desk()
    desk.field.on_write = lambda _point, value: desk.field.values.__setitem__("position", value)
    desk.rules = (RULE,)
    async with desk.life():
        await until(lambda: len(desk.journal.log) == 1)
    desk.rules = ()
    with structlog.testing.capture_logs() as logs:
        async with desk.life() as gateway:
            listing, arm = (gateway.handlers()[kind] for kind in (GetInterlocks, ArmInterlock))
            listed = await listing(OPERATOR, GetInterlocks())
            assert isinstance(listed, InterlocksResult)
            (gone,) = listed.interlocks
            assert (gone.id, gone.equipment_ids) == (f"gate_clear/{LAMP}", (LAMP,))
            assert (gone.mark.armed, gone.mark.reason) == (False, "interlock.reason.removed")
            desk.eyes.seen["loop"] = Seen(True, Quality.GOOD, 0)
            await gateway.execute(OPERATOR, desk.request(100, point="gate"))
            blind = msgspec.structs.replace(OPERATOR, rights=frozenset({"view:bollard"}))
            assert await listing(blind, GetInterlocks()) == InterlocksResult(interlocks=())
    assert [line["event"] for line in logs] == ["interlocks_removed"]
    noted = ArmInterlock(interlock_id=gone.id, fingerprint="", reason="portail déposé")
    async with desk.life() as gateway:  # said once, and it stands over restarts
        listing, arm = (gateway.handlers()[kind] for kind in (GetInterlocks, ArmInterlock))
        for caller, said in (
            (blind, "error.interlock.no_such"),
            (OPERATOR, "error.rights.missing"),
        ):
            with pytest.raises(RequestError) as caught:
                await arm(caller, noted)
            assert caught.value.text_key == said
        await arm(CHIEF, noted)
        assert await listing(OPERATOR, GetInterlocks()) == InterlocksResult(interlocks=())
    async with desk.life() as gateway:
        assert await gateway.handlers()[GetInterlocks](OPERATOR, GetInterlocks()) == (
            InterlocksResult(interlocks=())
        )
    desk.rules = (RULE,)
    async with desk.life() as gateway:  # back again, it asks to be looked at
        with pytest.raises(RequestError, match=r"error\.interlock\.disarmed"):
            await gateway.execute(OPERATOR, desk.request(100, point="gate", key="k2"))
    marks = [e.event.mark.armed for e in desk.journal.log if isinstance(e.event, InterlockEvent)]
    assert marks == [True, False, True, False]


async def test_what_becomes_unsafe_while_the_disk_is_slow_is_not_sent() -> None:
    desk = Desk()
    desk.rules = (RULE,)
    async with desk.life() as gateway:
        await until(lambda: len(desk.journal.log) == 1)
        commits = desk.journal.commits

        def drive_on(_: object) -> None:
            if desk.journal.commits == commits + 2:  # "sent" is durable, nothing is out yet
                desk.eyes.seen["loop"] = Seen(True, Quality.GOOD, 0)

        gateway._records._bus.subscribe(drive_on)
        await gateway.execute(OPERATOR, desk.request(100, point="gate"))
    assert desk.field.writes == []
    assert desk.outcomes()[-1] is CommandOutcome.REFUSED


# files


def test_shipped_interlocks_are_sound() -> None:
    rules = load_interlocks([shipped_interlocks()], list(KINDS.values()), {})
    assert {rule.key for rule in rules} == {
        "bollard_clear",
        "cabinet_closed",
        "few_open",
        "quay_dry",
    }


def test_city_adds_its_own_and_replaces_by_key(tmp_path: Path) -> None:
    (tmp_path / "city.toml").write_text(
        """
        [[interlock]]
        key = "cabinet_closed"
        kind = "lamp"
        point = "level"
        sectors = ["Nord"]
        [[interlock.proof]]
        at = "listed"
        ids = ["EP-1"]
        kind = "cabinet"
        point = "door_open"
        is = false
        """,
        "utf-8",
    )
    rules = load_interlocks([shipped_interlocks(), tmp_path], list(KINDS.values()), EQUIPMENT)
    found = {rule.key: rule for rule in rules}
    assert len(found) == len(load_interlocks([shipped_interlocks()], list(KINDS.values()), {}))
    assert found["cabinet_closed"].sectors == ("Nord",)
    interlocks = _interlocks(Eyes(), rules)
    assert _refused(interlocks, "L-3", "level", 80) == "", "not in the sector it guards"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('kind = "bolard"', 'unknown kind "bolard" (did you mean "bollard"?)'),
        ('point = "comanded"', 'no point "comanded" (did you mean "commanded"?)'),
        ('point = "position"', 'nobody commands point "position" of kind "bollard"'),
        ('is = true', 'condition "is" does not fit point "commanded" of type int'),
        ('equals = 1\nabove = 2', "give is or equals alone, or above and below"),
        ('equipment = ["B-11"]', 'no equipment "B-11" (did you mean "B-1"?)'),
        ('equipment = ["L-1"]', 'equipment "L-1" is of kind "lamp", not bollard'),
        ('prof = []', 'unknown key'),
    ],
)  # fmt: skip
def test_mistakes_in_a_rule_are_named_with_what_is_near(
    tmp_path: Path, text: str, said: str
) -> None:
    _is_refused(tmp_path, text, 'point = "loop_occupied"\nis = false', said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('point = "loop_ocupied"\nis = false',
         'no point "loop_ocupied" (did you mean "loop_occupied"?)'),
        ('point = "loop_occupied"', "what must be so?"),
        ('point = "loop_occupied"\nabove = 1', 'condition "above" does not fit'),
        ('point = "door_open"\nis = false\nat = "ancestor"', "which kind does it look at?"),
        ('point = "loop_occupied"\nis = false\nkind = "lamp"', "leave out kind"),
        ('point = "loop_occupied"\nis = false\nids = ["B-1"]', "go together"),
        ('point = "loop_occupied"\nis = false\nrelation = "quay"', "go together"),
        ('point = "level_m"\nbelow = 2\nkind = "river_gauge"\nat = "related"', "go together"),
        ('point = "door_open"\nis = false\nat = "listed"\nkind = "cabinet"\nids = ["EP-9"]',
         'no equipment "EP-9"'),
    ],
)  # fmt: skip
def test_mistakes_in_a_proof_are_named_with_what_is_near(
    tmp_path: Path, text: str, said: str
) -> None:
    _is_refused(tmp_path, "", text, said)


def _is_refused(directory: Path, rule: str, proof: str, said: str) -> None:
    given = {line.split(" = ")[0] for line in rule.splitlines()}
    whole = {"key": '"x"', "kind": '"bollard"', "point": '"commanded"'}
    head = "\n".join(f"{key} = {value}" for key, value in whole.items() if key not in given)
    text = f"[[interlock]]\n{head}\n{rule}\n[[interlock.proof]]\n{proof}\n"
    (directory / "city.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_interlocks([directory], list(KINDS.values()), EQUIPMENT)
    assert said in str(caught.value)
    assert "city.toml" in str(caught.value)


def test_directory_that_is_not_there_and_rules_without_proof_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is no directory"):
        load_interlocks([tmp_path / "none"], list(KINDS.values()), EQUIPMENT)
    (tmp_path / "a.toml").write_text(
        '[[interlock]]\nkey="x"\nkind="bollard"\npoint="commanded"\nproof=[]\n', "utf-8"
    )
    with pytest.raises(SettingsError, match="guards nothing"):
        load_interlocks([tmp_path], list(KINDS.values()), EQUIPMENT)
