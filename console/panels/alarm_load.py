"""The overview's load: alarms every ten minutes against target and limit, and what rings most."""

from __future__ import annotations

from dataclasses import dataclass

from backend_bridge.contract.requests import GetAlarmHistory
from backend_bridge.contract.results import AlarmHistoryResult
from console.panels.base import BasePresenter
from console.panels.spec import PanelContext, PanelSpec
from console.state.change import Change
from console.state.load import LIMIT, TARGET

HOURS = 12
DAYS = 7
ASK_EVERY_S = 60.0
"""The history is asked for again so often, and when an alarm appears, at most every…"""
ASK_SOONEST_S = 5.0


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One of the equipment that ring most; ``fraction`` is its bar, 1 for the worst."""

    equipment_id: str
    said: str
    fraction: float
    count: str


@dataclass(frozen=True, slots=True)
class LoadChart:
    """The periods, oldest first.

    Attributes:
        counts: alarms that appeared in each.
        hours: (period index, label) under the chart.
        peak: (period index, label) of the worst period, when it is over the limit.
        said: the chart in words.
    """

    counts: tuple[int, ...]
    hours: tuple[tuple[int, str], ...]
    peak: tuple[int, str] | None
    said: str


class AlarmLoadPresenter(BasePresenter):
    """Ask the bridge for the history and word it; keeps the last answer and says its age."""

    target = TARGET
    limit = LIMIT

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self._history: AlarmHistoryResult | None = None
        self._asked_s: float | None = None
        self._asking = False
        self._wanted = True
        self._look()

    @property
    def headline(self) -> str:
        """Return what the chart counts."""
        return self._words.text("overview.load.headline", hours=HOURS)

    @property
    def chart(self) -> LoadChart | None:
        """Return the chart, ``None`` before the first answer."""
        history = self._history
        if history is None:
            return None
        formats = self._words.formats
        start_ms = history.until_ms - len(history.appeared) * history.bucket_ms
        whole_hours = [
            (place, formats.minute(start_ms + place * history.bucket_ms))
            for place in range(len(history.appeared))
            if formats.minute(start_ms + place * history.bucket_ms).endswith("00")
        ]
        worst = max(range(len(history.appeared)), key=history.appeared.__getitem__)
        count = history.appeared[worst]
        at = formats.minute(start_ms + worst * history.bucket_ms)
        peak = (worst, self._words.text("overview.load.peak", at=at, count=formats.number(count)))
        said = self._words.text(
            "overview.load.said", count=formats.number(sum(history.appeared)), hours=HOURS
        )
        return LoadChart(
            history.appeared,
            tuple(whole_hours[::2]),
            peak if count > LIMIT else None,
            f"{said} {peak[1]}" if count else said,
        )

    @property
    def figures(self) -> tuple[tuple[str, str, str], ...]:
        """Return (figure, words beside it, words below) of the three figures."""
        words, world = self._words, self._world
        number = words.formats.number
        counts = world.alarms.counts()
        standing = sum(count.total for count in counts)
        waiting = sum(count.unacknowledged for count in counts)
        oldest = world.alarms.oldest_waiting()
        now_ms = world.bridge_now_ms()
        age = "—" if oldest is None else words.formats.duration((now_ms - oldest.raised_ms) / 1000)
        return (
            (
                number(len(world.load)),
                words.text("overview.load.now"),
                words.text("overview.load.now.note", target=TARGET, limit=LIMIT),
            ),
            (
                number(standing),
                words.plural("overview.load.standing", standing),
                words.plural("overview.load.waiting", waiting),
            ),
            (
                age,
                words.text("overview.load.oldest"),
                words.text("overview.load.oldest.note"),
            ),
        )

    @property
    def sources(self) -> tuple[SourceRow, ...]:
        """Return what rang most, worst first."""
        history = self._history
        if history is None or not history.sources:
            return ()
        most = history.sources[0].count
        return tuple(
            SourceRow(
                source.equipment_id,
                self._words.first(f"alarm.{source.rule}.text", f"alarm.{source.rule}"),
                source.count / most,
                self._words.formats.number(source.count),
            )
            for source in history.sources
        )

    @property
    def footer(self) -> str:
        """Return what share the three worst have, or why there is nothing to say."""
        history = self._history
        if history is None:
            return self._words.text("overview.load.asking")
        if not history.total:
            return self._words.text("overview.load.none", days=DAYS)
        if len(history.sources) <= 3:
            return self._words.plural("overview.load.few", history.total, days=DAYS)
        share = round(100 * sum(source.count for source in history.sources[:3]) / history.total)
        said = self._words.text("overview.load.share", share=share, days=DAYS)
        whole_ms = history.until_ms - DAYS * 86_400_000
        if history.since_ms > whole_ms:
            since = self._words.formats.moment(history.since_ms, self._world.bridge_now_ms())
            said += f" {self._words.text('overview.load.partial', since=since)}"
        return said

    def choose(self, row: int) -> None:
        """Choose the equipment of a source, on the map and in the lists."""
        sources = self.sources
        if 0 <= row < len(sources):
            self._context.selection.select(
                equipment_ids=(sources[row].equipment_id,), incident_id=None
            )

    def _on_world_changed(self, change: Change) -> None:
        if change.alarms or change.situation or change.session:
            self._wanted = True
        if change.second or change.flipped:
            self._look()
        if change.second or change.alarms or change.situation:
            self._tell()

    def _look(self) -> None:
        """Ask when it is time: a minute went by, or an alarm changed some seconds ago."""
        now_s = self._context.clock.mono_s()
        age_s = None if self._asked_s is None else now_s - self._asked_s
        due = age_s is None or age_s >= (ASK_SOONEST_S if self._wanted else ASK_EVERY_S)
        if due and not self._asking and self._world.liveness.live:
            self._asking, self._wanted, self._asked_s = True, False, now_s
            self._context.spawn(self._fetch())

    async def _fetch(self) -> None:
        try:
            found = await self._ask(GetAlarmHistory(hours=HOURS, days=DAYS))
        finally:
            self._asking = False
        if isinstance(found, AlarmHistoryResult):
            self._history = found
            self._tell()


SPEC = PanelSpec(
    id="alarm_load",
    title_key="overview.load.title",
    icon="mdi6.chart-bar",
    presenter=AlarmLoadPresenter,
    view="ui.overview.alarm_load:AlarmLoadView",
    topics=("alarms",),
    preferred_screen="overview",
)
