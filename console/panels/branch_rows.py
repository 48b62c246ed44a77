"""What is said of one branch of the equipment tree; pure functions of the tree."""

from __future__ import annotations

from dataclasses import dataclass

from backend_bridge.contract.alarms import AlarmState, Severity
from backend_bridge.contract.quality import Quality
from console.panels.wording import Words, kind_icon
from console.state.equipment_tree import CHOSEN, Branch, EquipmentTree

COMMUNE_ICON = "mdi6.map-marker-outline"
CHOSEN_ICON = "mdi6.select-group"


@dataclass(frozen=True, slots=True)
class BranchRow:
    """A commune, a kind in a commune, or what is chosen.

    Attributes:
        id: its node in the tree.
        title: bold; ``note`` follows it: how many, and how many a filter hides.
        depth: 0 for the outermost.
        not_good: « 81 non sûrs », empty for none; ``worst`` is the pattern's word, empty when good.
        severity: of its worst listed alarm with ``alarm_state``, both ``None`` for none.
    """

    id: str
    icon: str
    title: str
    note: str
    depth: int
    open: bool
    not_good: str
    worst: str
    severity: Severity | None
    alarm_state: AlarmState | None
    tooltip: str


def branch_row(tree: EquipmentTree, words: Words, branch: Branch) -> BranchRow:
    """Return the row of a branch."""
    number = words.formats.number
    hits = tree.hits_in(branch.node)
    note = words.plural("equipment.count", hits)
    if branch.node == CHOSEN:
        title, icon = words.text("equipment.chosen"), CHOSEN_ICON
    elif branch.kind:
        title, icon = words.kind(branch.kind), kind_icon(branch.kind)
        note = number(hits)
    else:
        title, icon = branch.commune or words.text("equipment.no_commune"), COMMUNE_ICON
    if hits != branch.total:
        note = words.text("equipment.of", hits=number(hits), total=number(branch.total))
    not_good = words.plural("equipment.not_good", branch.not_good) if branch.not_good else ""
    alarm = branch.alarm
    return BranchRow(
        id=branch.node,
        icon=icon,
        title=title,
        note=note,
        depth=1 if branch.kind else 0,
        open=tree.is_open(branch.node),
        not_good=not_good,
        worst="" if branch.worst is Quality.GOOD else branch.worst.word,
        severity=None if alarm is None else alarm[0],
        alarm_state=None if alarm is None else alarm[1],
        tooltip="\n".join(part for part in (f"{title} · {note}", not_good) if part),
    )
