"""The equipment tree against a naive one, and its counts against plain loops."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from backend_bridge.contract.points import Catalogue, Equipment, PointChange
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.results import SituationResult
from console.state.equipment_tree import CHOSEN, EquipmentTree, equipment_of
from console.state.sorted_index import Step
from console.state.tally import TRUST_RANK
from tests.fakes.panel_context import Desk
from tests.fakes.small_city import alarm, small_city
from tests.unit.console.test_sorted_index import replay

COMMUNES = ("Talant", "Dijon", "Étaules", "", 'A/B "è" \' ;')


def city() -> Catalogue:
    whole = small_city(cabinets=5, lamps=4)
    items = tuple(
        Equipment(
            **{
                name: getattr(item, name)
                for name in item.__struct_fields__
                if name not in ("commune",)
            },
            commune=COMMUNES[number % len(COMMUNES)],
        )
        for number, item in enumerate(whole.equipment)
    )
    return Catalogue(
        revision="t",
        title="t",
        demonstration=True,
        points_total=whole.points_total,
        kinds=whole.kinds,
        equipment=items,
    )


CITY = city()
IDS = [item.id for item in CITY.equipment]

ACTS = st.one_of(
    st.tuples(st.just("turn"), st.integers(0, 40)),
    st.tuples(st.just("text"), st.sampled_from(["", "ep", "0003", "dijon lamp", "d1-02", "zzz"])),
    st.tuples(st.just("choose"), st.lists(st.sampled_from(IDS), max_size=5, unique=True)),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(ACTS, max_size=25))
def test_steps_lead_from_one_tree_to_the_next(acts: list[tuple[str, object]]) -> None:
    desk = Desk()
    desk.feed(catalogue=CITY)
    tree = EquipmentTree(desk.world)
    rows = list(tree.nodes)

    def take(steps: list[Step] | None) -> None:
        if steps is None:
            rows[:] = tree.nodes
        for step in steps or ():
            replay(rows, step)

    for act, what in acts:
        if act == "turn" and isinstance(what, int):
            node = tree.nodes[what % len(tree.nodes)] if tree.nodes else ""
            if tree.branch(node) is not None:
                take(tree.turn(node))
        elif act == "text":
            take(tree.set_text(str(what)))
        elif isinstance(what, list):
            take(tree.choose(what))
        assert rows == tree.nodes
        assert len(set(rows)) == len(rows), "each node once"
        check(desk, tree)


def check(desk: Desk, tree: EquipmentTree) -> None:
    """Hold every row against the catalogue: it stands under its commune and its kind."""
    kind = commune = None
    found = set(desk.world.equipment.search(tree.text))
    for node in tree.nodes:
        branch = tree.branch(node)
        if node.startswith(CHOSEN):
            continue
        if branch is None:
            item = desk.world.equipment.by_id[str(equipment_of(node))]
            assert (item.commune, item.kind) == (commune, kind)
            assert item.id in found
        else:
            commune, kind = branch.commune, branch.kind or None
            here = [item for item in CITY.equipment if item.commune == commune]
            mine = [item.id for item in here if not branch.kind or item.kind == branch.kind]
            assert branch.total == len(mine)
            assert tree.hits_in(node) == len(found.intersection(mine)) > 0


def test_communes_stand_in_order_of_their_names() -> None:
    desk = Desk()
    desk.feed(catalogue=CITY)
    tree = EquipmentTree(desk.world)
    names = [branch.commune for node in tree.nodes if (branch := tree.branch(node))]
    assert names == ["", 'A/B "è" \' ;', "Dijon", "Étaules", "Talant"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, CITY.points_total - 1), st.sampled_from(Quality)), max_size=40
    )
)
def test_branches_count_what_is_not_good(said: list[tuple[int, Quality]]) -> None:
    desk = Desk()
    desk.feed(catalogue=CITY)
    good = [PointChange(index, 1, Quality.GOOD, 1, 0) for index in range(CITY.points_total)]
    desk.feed(changes=good)
    desk.feed(changes=[PointChange(index, 1, quality, 1, 0) for index, quality in said])
    tree = EquipmentTree(desk.world)
    assert tree.count()
    world = desk.world
    for node in tree.nodes:
        branch = tree.branch(node)
        assert branch is not None
        ranks = [
            max(
                TRUST_RANK[world.points.state[index].quality]
                for index, _ in world.equipment.points_of(item.id)
            )
            for item in CITY.equipment
            if item.commune == branch.commune
        ]
        assert branch.not_good == sum(rank > 0 for rank in ranks)
        assert TRUST_RANK[branch.worst] == max(ranks)


def test_a_branch_wears_its_most_pressing_alarm() -> None:
    desk = Desk()
    desk.feed(catalogue=CITY)
    tree = EquipmentTree(desk.world)
    tree.count()
    owner = desk.world.equipment.by_id[IDS[0]]
    desk.feed(
        situation=SituationResult(
            seq=1,
            alarms=(alarm(1, equipment_id=owner.id, acknowledged=True), alarm(2, equipment_id="?")),
            incidents=(),
            service=(),
        )
    )
    tree.touch(alarms=True)
    assert not tree.count(), "it has only just counted"
    desk.clock.advance(1)
    assert tree.count()
    marks = {branch.commune: branch.alarm for node in tree.nodes if (branch := tree.branch(node))}
    listed = alarm(1, acknowledged=True)
    assert marks.pop(owner.commune) == (listed.severity, listed.state)
    assert set(marks.values()) == {None}


def test_hostile_settings_open_nothing() -> None:
    desk = Desk()
    desk.feed(catalogue=CITY)
    tree = EquipmentTree(desk.world)
    files: list[Any] = [None, 5, [5], [["Dijon", 5]], [[]], [["nowhere"], ["Dijon", "lamp", "x"]]]
    for kept in files:
        tree.opened = kept
        assert len(tree.nodes) == len(COMMUNES)
        assert tree.opened == []
