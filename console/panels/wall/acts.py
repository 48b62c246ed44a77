"""What may be done on the wall, as the buttons beneath it say."""

from __future__ import annotations

from dataclasses import dataclass

from console.panels.rows import Action
from console.panels.wall.compositions import Tour
from console.panels.wording import Words


@dataclass(frozen=True, slots=True)
class May:
    """What there is to act on: a chosen incident, chosen cameras, compositions, a camera here."""

    incident: bool
    selection: bool
    compositions: bool
    camera: bool


def wall_actions(
    words: Words, may: May, side: int, tour: Tour, *, full: bool
) -> tuple[Action, ...]:
    """Return the acts, each with the reason why not."""
    text = words.text

    def unless(possible: bool, key: str) -> str:
        return "" if possible else text(key)

    def act(name: str, icon: str, key: str, label: str = "", **more: object) -> Action:
        written = label or text(f"wall.act.{name}")
        return Action(name, written, f"mdi6.{icon}", key, **more)  # type: ignore[arg-type]  # fields of Action by name

    tour_key = "wall.act.tour.stop" if tour.running else "wall.act.tour"
    full_key = "wall.act.full.end" if full else "wall.act.full"
    none_saved = unless(may.compositions, "wall.no_compositions")
    none_here = unless(may.camera, "wall.no_camera_here")
    return (
        act("grid", "view-grid-outline", "G", text("wall.act.grid", count=side**2)),
        act(
            "incident",
            "alert-circle-outline",
            "N",
            reason=unless(may.incident, "wall.no_incident"),
        ),
        act(
            "selection",
            "cursor-default-click-outline",
            "S",
            reason=unless(may.selection, "wall.no_selection"),
        ),
        act("next", "page-next-outline", "C", reason=none_saved),
        act("tour", "autorenew", "T", text(tour_key), reason=none_saved),
        act("dwell", "timer-outline", "D", text("wall.act.dwell", seconds=tour.dwell_s)),
        act("save", "content-save-outline", "E", wants_text=True),
        act("empty", "close", text("wall.key.delete"), reason=none_here),
        act("full", "fullscreen", text("wall.key.enter"), text(full_key), reason=none_here),
    )
