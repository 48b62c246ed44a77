"""The overview's availability: how much of each kind may be believed, against the contract."""

from __future__ import annotations

from collections import deque

from console.panels.base import BasePresenter
from console.panels.map.kinds import ANY, read_kinds
from console.panels.overview_rows import AvailabilityRow
from console.panels.spec import PanelContext, PanelSpec
from console.state.census import Census, GroupCount, merged, never_heard
from console.state.change import Change
from console.state.tally import TRUST

TARGET = 0.99
"""What the city's contract asks for (MISSION)."""
LOWEST = 0.97
"""Where the bar begins: what lies below is off it."""
TREND_PERIOD_S = 60.0
TREND_POINTS = 24 * 60
MARKS = ("unknown", "unavailable", "stale", "bad", "disabled", "maintenance")
"""Columns of counts, in the order of the view."""


class AvailabilityPresenter(BasePresenter):
    """Decide the rows: share of equipment whose every point is good, of all there is.

    The trend is what this console saw since the sign-in, one value a minute while it was live.
    """

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self._census = Census(self._world)
        self._symbols = read_kinds()
        self._trends: dict[str, deque[float]] = {}
        self._sampled_s: float | None = None
        self._never: dict[str, int] = {}
        self.rows: tuple[AvailabilityRow, ...] = ()
        self._census.count()
        self._renew()

    @property
    def headline(self) -> str:
        """Return the target in words."""
        target = self._words.formats.number(TARGET * 100)
        return self._words.text("overview.availability.headline", target=target)

    @property
    def scale(self) -> tuple[str, str, str]:
        """Return what stands at the bar's beginning, at the target and at the end."""
        number = self._words.formats.number
        return number(LOWEST * 100), number(TARGET * 100), number(100)

    @property
    def target(self) -> float:
        """Return where on the bar the target stands, 0 to 1."""
        return _on_bar(TARGET)

    @property
    def marks(self) -> tuple[str, ...]:
        """Return the pattern words of the columns of counts."""
        return MARKS

    def _on_world_changed(self, change: Change) -> None:
        if change.catalogue:
            self._census.take_catalogue()
            self._trends.clear()
            self._sampled_s = None
        if change.points or change.service or change.situation or change.flipped:
            self._census.touch()
        counted = (change.second or change.catalogue) and self._census.count()
        sampled = self._sample() if change.second else False
        if counted or sampled:
            self._renew()
            self._tell()

    def _sample(self) -> bool:
        """Keep one value of each kind a minute, of a live link only."""
        now_s = self._context.clock.mono_s()
        due = self._sampled_s is None or now_s - self._sampled_s >= TREND_PERIOD_S
        if not due or not self._world.liveness.live:
            return False
        self._sampled_s = now_s
        for key, count in self._kinds().items():
            if key in self._never:
                continue
            trend = self._trends.setdefault(key, deque(maxlen=TREND_POINTS))
            trend.append(count.good / count.total)
        return True

    def _kinds(self) -> dict[str, GroupCount]:
        found: dict[str, list[GroupCount]] = {}
        for (_, kind), count in self._census.groups.items():
            found.setdefault(kind, []).append(count)
        order = sorted(found, key=lambda key: self._symbols.get(key, ANY).order)
        return {key: merged(found[key]) for key in order}

    def _renew(self) -> None:
        self._never = never_heard(self._census.groups)
        self.rows = tuple(self._row(key, count) for key, count in self._kinds().items())

    def _row(self, key: str, count: GroupCount) -> AvailabilityRow:
        words = self._words
        share = count.good / count.total
        heard = key not in self._never
        # nothing is rounded up to 100: 33,999 of 34,000 is not all
        percent = words.formats.number(int(share * 1000) / 10, 1)
        by_word = dict(zip((q.word for q in TRUST), count.qualities, strict=True))
        by_word |= {"disabled": count.disabled, "maintenance": count.maintenance}
        title = words.first(f"map.layer.{key}", f"overview.kind.{key}", f"kind.{key}")
        share_said = words.formats.bound(percent, "%")
        said = [title, share_said if heard else words.text("overview.never_heard")]
        said += [
            f"{words.formats.number(by_word[word])} {words.text(f'overview.mark.{word}')}"
            for word in MARKS
            if by_word[word]
        ]
        return AvailabilityRow(
            key=key,
            title=title,
            icon=self._symbols.get(key, ANY).icon,
            percent=percent if heard else "?",
            fraction=_on_bar(share) if heard else None,
            below=heard and share < TARGET,
            total=words.formats.number(count.total),
            counts=tuple(
                words.formats.number(by_word[word]) if by_word[word] else "" for word in MARKS
            ),
            trend=tuple(max(0.0, _on_bar(one)) for one in self._trends.get(key, ())),
            said=" · ".join(said),
        )


def _on_bar(share: float) -> float:
    return (share - LOWEST) / (1 - LOWEST)


SPEC = PanelSpec(
    id="availability",
    title_key="overview.availability.title",
    icon="mdi6.check-network-outline",
    presenter=AvailabilityPresenter,
    view="ui.overview.availability:AvailabilityView",
    topics=("points",),
    preferred_screen="overview",
)
