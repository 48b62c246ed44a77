"""Texts all presenters need: plurals, optional keys, refusals."""

from __future__ import annotations

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.plans import PLAN_PREFIX
from console.panels.formats import Formats
from console.panels.spec import Translate

KIND_ICONS = {
    "lamp": "mdi6.lightbulb-outline",
    "feeder": "mdi6.source-branch",
    "cabinet": "mdi6.electric-switch",
    "signal_controller": "mdi6.traffic-light-outline",
    "camera": "mdi6.cctv",
    "bollard": "mdi6.pillar",
    "public_building": "mdi6.office-building-outline",
    "river_gauge": "mdi6.waves",
    "weather_station": "mdi6.weather-snowy-heavy",
}
UNKNOWN_KIND_ICON = "mdi6.circle-outline"


class Words:
    """Write in the operator's language, whatever the panel."""

    def __init__(self, text: Translate) -> None:
        self.text = text
        self.formats = Formats("fr" if text("language.code") == "fr" else "en")

    def plural(self, key: str, count: int, **params: object) -> str:
        """Return ``key.one`` or ``key.other`` with ``{count}`` written; French counts 0 as one."""
        one = count in (0, 1) if self.formats.french else count == 1
        written = self.formats.number(count)
        return self.text(f"{key}.one" if one else f"{key}.other", count=written, **params)

    def known(self, key: str, **params: object) -> str:
        """Return the text of a key, empty when no translation has it."""
        found = self.text(key, **params)
        return "" if found == key else found

    def first(self, *keys: str, **params: object) -> str:
        """Return the text of the first key a translation has; the last key as it is for none."""
        for key in keys:
            found = self.known(key, **params)
            if found:
                return found
        return keys[-1]

    def refusal(self, error: RequestError) -> str:
        """Return the operator's text of an error."""
        return self.text(error.text_key, **error.params)

    def kind(self, kind: str) -> str:
        """Return the name of an equipment kind; a kind without a text shows its key."""
        return self.known(f"kind.{kind}") or kind

    def seat(self, seat: str) -> str:
        """Return the title of a seat; one without a text shows its id."""
        return self.known(f"seat.{seat}") or seat

    def person(self, user: str, seat: str) -> str:
        """Return « mireille (Superviseur) », the user alone without a seat, or « plan night »."""
        if user.startswith(PLAN_PREFIX):
            return self.text("plans.owner", name=user.removeprefix(PLAN_PREFIX))
        return f"{user} ({self.seat(seat)})" if seat else user

    def point(self, kind: str, point_key: str) -> str:
        """Return the label of a point; one without a text shows its key."""
        return self.first(f"point.{kind}.{point_key}", f"point.{point_key}") or point_key


def kind_icon(kind: str) -> str:
    """Return the icon of an equipment kind."""
    return KIND_ICONS.get(kind, UNKNOWN_KIND_ICON)
