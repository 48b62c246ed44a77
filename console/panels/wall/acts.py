"""What may be done on the wall, as the buttons beneath it say."""

from __future__ import annotations

from dataclasses import dataclass

from backend_bridge.contract.compositions import Composition
from console.panels.rows import Action
from console.panels.wording import Words

VISITORS_KEY = "F11"
"""The window's key: it works wherever the keyboard is."""


@dataclass(frozen=True, slots=True)
class May:
    """What there is to act on.

    Attributes:
        incident: one is chosen.
        selection: something was chosen elsewhere, to be shown here.
        proposals: a free tile proposes a camera.
        camera: one stands in the chosen tile; ``locked`` it gives way to none.
        carrying: one was taken up and not let go yet.
        first: this is the wall that is filled by itself; ``auto`` whether it is at all.
        full: one tile is shown alone.
        unfolded: the acts that have no room in the line are shown above it.
        visitors: visitors are in the room.
    """

    incident: bool
    selection: bool
    proposals: bool
    camera: bool
    locked: bool
    carrying: bool
    first: bool
    auto: bool
    full: bool
    unfolded: bool
    visitors: bool


@dataclass(frozen=True, slots=True)
class MayProgramme:
    """What there is to act on among the compositions.

    Attributes:
        any: any is saved; ``toured`` any that a tour goes through.
        touring: a tour runs.
        shown: the composition shown, ``None`` for none.
        deleted: name of the one that can be brought back, empty for none.
        why_not_save: why nothing can be saved now, empty when it can.
    """

    any: bool
    toured: bool
    touring: bool
    shown: Composition | None
    deleted: str
    why_not_save: str


def wall_actions(words: Words, may: May, side: int, programme: MayProgramme) -> tuple[Action, ...]:
    """Return the acts, each with the reason why not; those that matter most first."""
    text = words.text

    def unless(possible: bool, key: str) -> str:
        return "" if possible else text(key)

    def act(name: str, icon: str, key: str, label: str = "", **more: object) -> Action:
        written = label or text(f"wall.act.{name}")
        return Action(name, written, f"mdi6.{icon}", key, **more)  # type: ignore[arg-type]  # fields of Action by name

    none_here = unless(may.camera or may.carrying, "wall.no_camera_here")
    lock = ("lock-open-variant-outline", "wall.act.unlock") if may.locked else ("lock", "")
    auto = "wall.act.auto.off" if may.auto else "wall.act.auto"
    guests = "wall.act.visitors.end" if may.visitors else "wall.act.visitors"
    fold = ("chevron-down", "wall.act.less") if may.unfolded else ("chevron-up", "wall.act.more")
    return (
        act(
            "incident", "alert-circle-outline", "N", reason=unless(may.incident, "wall.no_incident")
        ),
        act(
            "selection", "cursor-default-click-outline", "S",
            reason=unless(may.selection, "wall.no_selection"),
        ),
        act(
            "propose", "auto-fix", "P", main=may.proposals and not may.camera,
            reason=unless(may.proposals, "wall.nothing_proposed"),
        ),
        act("grid", "view-grid-outline", "G", text("wall.act.grid", count=side**2)),
        act(
            "full", "fullscreen", text("wall.key.enter"),
            text("wall.act.full.end") if may.full else "", reason=none_here,
        ),
        act(
            "carry", "cursor-move", "X", text("wall.act.let_go") if may.carrying else "",
            reason=none_here,
        ),
        act("lock", lock[0], "L", text(lock[1]) if lock[1] else "", reason=none_here),
        act("empty", "close", text("wall.key.delete"), reason=none_here),
        *_of_compositions(words, programme),
        *((act("auto", "bell-cog-outline", "A", text(auto)),) if may.first else ()),
        act("visitors", "account-group-outline", VISITORS_KEY, text(guests)),
        act("more", fold[0], "M", text(fold[1])),
    )  # fmt: skip


def _of_compositions(words: Words, may: MayProgramme) -> tuple[Action, ...]:
    text, shown = words.text, may.shown
    none_saved = "" if may.any else text("wall.no_compositions")
    none_toured = "" if may.toured or may.touring else text("wall.none_toured")
    none_shown = may.why_not_save or ("" if shown is not None else text("wall.none_shown"))
    dwell, remove = text("wall.act.dwell.none"), text("wall.act.remove")
    why_not_remove = none_shown
    if shown is not None:
        remove = text("wall.act.remove_it", name=shown.name)
        if shown.dwell_s:
            dwell = text("wall.act.dwell", seconds=shown.dwell_s)
    elif may.deleted:
        remove = text("wall.act.restore", name=may.deleted)
        why_not_remove = may.why_not_save
    tour = text("wall.act.tour.stop" if may.touring else "wall.act.tour")
    return (
        Action("next", text("wall.act.next"), "mdi6.page-next-outline", "C", none_saved),
        Action("tour", tour, "mdi6.autorenew", "T", none_toured),
        Action("dwell", dwell, "mdi6.timer-outline", "D", none_shown),
        Action(
            "save", text("wall.act.save"), "mdi6.content-save-outline", "E", may.why_not_save,
            wants_text=True,
        ),
        Action("remove", remove, "mdi6.delete-restore", "R", why_not_remove),
    )  # fmt: skip
