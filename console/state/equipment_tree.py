"""The equipment as a tree of communes, kinds and equipment, flattened to the rows that show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress, count
from operator import ne

from backend_bridge.contract.alarms import AlarmState, Severity
from backend_bridge.contract.quality import Quality
from console.state.folding import fold, words
from console.state.pace import Pace
from console.state.sorted_index import STEPPED, Step
from console.state.tally import NOBODY, TRUST, TRUST_RANK
from console.state.world import World

CHOSEN = "\x01"
"""Node of what is chosen; with an id behind it, that equipment among the chosen ones."""
_BRANCH = "\x02"
"""First character of a branch's node: no id is unprintable."""
OPENED = 200
"""Hits up to which a filter opens all branches by itself."""
UNFOLDED = 20
"""Chosen equipment up to which their branch is open by itself."""

_STATES = tuple(AlarmState)[:3]
_PRESSING = {
    (severity, state): place
    for place, (severity, state) in enumerate((one, two) for one in Severity for two in _STATES)
}


@dataclass(slots=True)
class Branch:
    """A commune, a kind in a commune, or what is chosen.

    Attributes:
        kind: empty for a commune.
        ids: of a kind, all of them, in catalogue order; a commune's are its kinds'.
        group: of a kind, its number in :class:`console.state.groups.Groups`.
        total: how many pieces of equipment it holds.
        not_good: how many of them have another quality than good, in a commune without the kinds
            nobody ever heard.
        unheard: of a kind, how many of them are unknown.
        worst: quality of the one that may be trusted least.
        alarm: worst listed alarm below, ``None`` for none.
    """

    node: str
    commune: str
    kind: str = ""
    kinds: tuple[Branch, ...] = ()
    ids: list[str] = field(default_factory=list)
    group: int = NOBODY
    total: int = 0
    not_good: int = 0
    unheard: int = 0
    worst: Quality = Quality.GOOD
    alarm: tuple[Severity, AlarmState] | None = None


def equipment_of(node: str) -> str | None:
    """Return the equipment a node stands for, ``None`` for a branch."""
    if node.startswith(_BRANCH) or node == CHOSEN:
        return None
    return node.removeprefix(CHOSEN)


class EquipmentTree:
    """Keep the rows of the tree: which branches are open, what a filter left, what is chosen.

    Rows are node strings: an equipment's id, or a branch's own. Qualities are counted where they
    change (:class:`console.state.tally.QualityTally`), alarms by a walk when one changed; both
    are looked at as seldom as :class:`Pace` says.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._pace = Pace(world.clock)
        self._open: set[str] = set()
        self._turned: set[str] = set()
        self._hits: Mapping[str, list[str]] | None = None
        self._found = 0
        self._chosen: tuple[str, ...] = ()
        self._chosen_turned = False
        self._dirty = self._alarms_dirty = True
        self.never_heard = 0
        """Pieces of the kinds of which none was ever heard."""
        self.text = ""
        self.nodes: list[str] = []
        self.take_catalogue()

    @property
    def shown(self) -> int:
        """Return how many pieces of equipment the filter leaves, in open branches or not."""
        return len(self._world.equipment) if self._hits is None else self._found

    def branch(self, node: str) -> Branch | None:
        """Return the branch of a node, ``None`` for an equipment's."""
        if node == CHOSEN:
            return Branch(CHOSEN, "", total=len(self._chosen))
        return self._branches.get(node)

    def hits_in(self, node: str) -> int:
        """Return how many pieces of a branch the filter leaves."""
        branch = self.branch(node)
        if branch is None:
            return 0
        if self._hits is None or node == CHOSEN:
            return branch.total
        parts = branch.kinds or (branch,)
        return sum(len(self._hits.get(part.node, ())) for part in parts)

    def is_open(self, node: str) -> bool:
        """Return whether a branch shows what it holds."""
        if node == CHOSEN:
            return (len(self._chosen) <= UNFOLDED) != self._chosen_turned
        if self._hits is not None:
            return (self._found <= OPENED) != (node in self._turned)
        return node in self._open

    def parent(self, node: str) -> str | None:
        """Return the branch a node stands in, ``None`` for the outermost."""
        if node.startswith(CHOSEN):
            return CHOSEN if node != CHOSEN else None
        branch = self._branches.get(node)
        if branch is not None:
            return _commune_node(branch.commune) if branch.kind else None
        item = self._world.equipment.get(node)
        return None if item is None else _kind_node(item.commune, item.kind)

    # -- what the person does -------------------------------------------------------------------

    @property
    def opened(self) -> list[list[str]]:
        """Return the branches opened by hand as plain lists: [commune] or [commune, kind]."""
        kept = (self._branches[node] for node in sorted(self._open) if node in self._branches)
        return [[one.commune, one.kind] if one.kind else [one.commune] for one in kept]

    @opened.setter
    def opened(self, branches: object) -> None:
        self._open = set()
        for one in branches if isinstance(branches, list) else ():
            match one:
                case [str(commune)]:
                    self._open.add(_commune_node(commune))
                case [str(commune), str(kind)]:
                    self._open.add(_kind_node(commune, kind))
                case _:
                    continue
        self.nodes = self._flatten()

    def turn(self, node: str) -> list[Step] | None:
        """Open a branch or close it.

        Returns:
            The steps of the rows, ``None`` when they are many.
        """
        if node == CHOSEN:
            self._chosen_turned = not self._chosen_turned
        else:
            kept = self._open if self._hits is None else self._turned
            kept ^= {node}
        return self._renew()

    def set_text(self, text: str) -> list[Step] | None:
        """Show only the branches and the equipment that hold every word."""
        same = words(text) == words(self.text)
        self.text = text
        if same:
            return []
        self._turned.clear()
        self._search()
        return self._renew()

    def choose(self, equipment_ids: Sequence[str]) -> list[Step] | None:
        """Take what is chosen: several at once, or one in a closed branch, stand at the top."""
        known = self._world.equipment.by_id
        chosen = tuple(key for key in equipment_ids if key in known)
        if set(chosen) != set(self._chosen):
            self._chosen, self._chosen_turned = chosen, False  # the same keep their order
        return self._renew()

    # -- following the world --------------------------------------------------------------------

    def take_catalogue(self) -> None:
        """Learn the territory: it was replaced."""
        equipment = self._world.equipment
        groups = equipment.groups
        self._leaf_of_group = [
            Branch(_kind_node(*name), *name, ids=ids, total=len(ids), group=group)
            for group, (name, ids) in enumerate(zip(groups.names, groups.members, strict=True))
        ]
        place = {kind: number for number, kind in enumerate(equipment.kinds)}
        communes: dict[str, list[Branch]] = {}
        for leaf in sorted(self._leaf_of_group, key=lambda leaf: place.get(leaf.kind, len(place))):
            communes.setdefault(leaf.commune, []).append(leaf)
        self._communes = [
            Branch(_commune_node(one), one, kinds=tuple(kinds), total=sum(k.total for k in kinds))
            for one, kinds in sorted(communes.items(), key=lambda pair: fold(pair[0]))
        ]
        self._leaves = [leaf for commune in self._communes for leaf in commune.kinds]
        self._branches = {one.node: one for one in (*self._communes, *self._leaves)}
        self._chosen = tuple(key for key in self._chosen if key in equipment.by_id)
        self._dirty = self._alarms_dirty = True
        self._pace.hurry()
        self._search()
        self.nodes = self._flatten()

    def touch(self, *, alarms: bool) -> None:
        """Say that a quality may have changed, or ``alarms`` as well."""
        self._dirty = True
        self._alarms_dirty |= alarms

    def count(self) -> bool:
        """Count if something changed and the last time is long enough ago; say if so."""
        if not self._dirty or not self._pace.begin():
            return False
        self._dirty = False
        self._count_qualities()
        if self._alarms_dirty:
            self._alarms_dirty = False
            self._count_alarms()
        self._pace.end()
        return True

    # -- inside ---------------------------------------------------------------------------------

    def _search(self) -> None:
        if not words(self.text):
            self._hits = None
            return
        found = self._world.equipment.matching_by_group(self.text)
        self._hits = {self._leaf_of_group[group].node: ids for group, ids in found.items()}
        self._found = sum(map(len, found.values()))

    def _renew(self) -> list[Step] | None:
        before, self.nodes = self.nodes, self._flatten()
        return _steps(before, self.nodes)

    def _flatten(self) -> list[str]:
        nodes: list[str] = []
        for commune in self._communes:
            if not self.hits_in(commune.node):
                continue
            nodes.append(commune.node)
            if not self.is_open(commune.node):
                continue
            for leaf in commune.kinds:
                ids = leaf.ids if self._hits is None else self._hits.get(leaf.node, [])
                if ids:
                    nodes.append(leaf.node)
                    if self.is_open(leaf.node):
                        nodes += ids
        if len(self._chosen) > 1 or (self._chosen and not self._shows(self._chosen[0])):
            top = [CHOSEN]
            if self.is_open(CHOSEN):
                top += [CHOSEN + key for key in self._chosen]
            return top + nodes
        return nodes

    def may_show(self, key: str) -> bool:
        """Return whether an equipment has a row; with a filter, whether it would without it."""
        group = self._world.equipment.groups.of_id.get(key)
        if group is None or key in self._chosen:
            return group is not None
        leaf = self._leaf_of_group[group]
        return self.is_open(leaf.node) and self.is_open(_commune_node(leaf.commune))

    def _shows(self, key: str) -> bool:
        """Return whether an equipment's own row is in the tree as it is open now."""
        item = self._world.equipment.by_id[key]
        leaf = _kind_node(item.commune, item.kind)
        if not self.is_open(leaf) or not self.is_open(_commune_node(item.commune)):
            return False
        return self._hits is None or key in self._hits.get(leaf, ())

    def _count_qualities(self) -> None:
        tally = self._world.points.equipment
        for leaf in self._leaves:
            counts = tally.of_group(leaf.group)
            leaf.not_good = sum(counts[1:])
            leaf.unheard = counts[TRUST_RANK[Quality.UNKNOWN]]
            leaf.worst = TRUST[max((rank for rank, held in enumerate(counts) if held), default=0)]
        heard = {leaf.kind for leaf in self._leaves if not self._is_mute(leaf)}
        self.never_heard = sum(leaf.total for leaf in self._leaves if leaf.kind not in heard)
        for commune in self._communes:
            # a kind nobody ever heard is said once, beneath the tree
            told = [leaf for leaf in commune.kinds if leaf.kind in heard]
            commune.not_good = sum(leaf.not_good for leaf in told)
            worst = (leaf.worst for leaf in told)
            commune.worst = max(worst, key=TRUST.index, default=Quality.GOOD)

    @staticmethod
    def _is_mute(leaf: Branch) -> bool:
        """Return whether nothing of a branch was ever heard."""
        return leaf.unheard == leaf.total

    def _count_alarms(self) -> None:
        pressing: dict[int, int] = {}
        group_of = self._world.equipment.groups.of_id
        for alarm in self._world.alarms:
            group = group_of.get(alarm.equipment_id, NOBODY)
            place = _PRESSING.get((alarm.severity, alarm.state))
            if (
                group != NOBODY
                and place is not None
                and place < pressing.get(group, len(_PRESSING))
            ):
                pressing[group] = place
        marks = tuple(_PRESSING)
        for leaf in self._leaves:
            leaf.alarm = marks[pressing[leaf.group]] if leaf.group in pressing else None
        for commune in self._communes:
            found = [leaf.alarm for leaf in commune.kinds if leaf.alarm is not None]
            commune.alarm = min(found, key=_PRESSING.__getitem__, default=None)


def _commune_node(commune: str) -> str:
    return f"{_BRANCH}{commune}"


def _kind_node(commune: str, kind: str) -> str:
    return f"{_BRANCH}{commune}{_BRANCH}{kind}"


def _steps(before: Sequence[str], now: Sequence[str]) -> list[Step] | None:
    """Return the steps between two lists that differ in one stretch, ``None`` when it is long."""
    if abs(len(before) - len(now)) > STEPPED:
        return None
    shorter = min(len(before), len(now))
    start = _common(before, now, shorter)
    end = min(_common(reversed(before), reversed(now), shorter), shorter - start)
    gone, come = before[start : len(before) - end], now[start : len(now) - end]
    if len(gone) + len(come) > STEPPED:
        return None
    steps = [Step(start, -1, node) for node in gone]
    steps += [Step(-1, start + place, node) for place, node in enumerate(come)]
    return steps


def _common(one: Iterable[str], other: Iterable[str], shorter: int) -> int:
    """Return how many items two sequences have in common at the start; no loop in Python."""
    return next(compress(count(), map(ne, one, other)), shorter)
