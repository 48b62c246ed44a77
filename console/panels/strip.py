"""The status strip's decisions: link, age, delay, alarms, qualities, who, when, modes."""

from __future__ import annotations

from backend_bridge.contract.quality import Quality
from backend_bridge.contract.wire import LIVE_WINDOW_S
from console.panels.base import BasePresenter
from console.panels.rows import SeverityTally, StripState
from console.panels.spec import PanelContext
from console.state.change import Change
from console.state.liveness import LinkWord, Liveness

SKEW_WARNED_MS = 2_000
"""Difference between the bridge's clock and this machine's above which the strip says so."""


class StripPresenter(BasePresenter):
    """Decide what the strip shows; the clock is the bridge's, which stamps everything shown."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self._state: StripState | None = None
        self._lost = (0, 0)

    @property
    def state(self) -> StripState:
        """Return everything the strip shows now."""
        if self._state is None:
            self._state = self._make()
        return self._state

    def _on_world_changed(self, change: Change) -> None:
        self._state = None
        counts = self._world.quality_counts()
        lost = (counts[Quality.STALE], counts[Quality.UNAVAILABLE])
        before, self._lost = self._lost, lost
        if (
            lost != before
            or change.second
            or change.liveness
            or change.flipped
            or change.alarms
            or change.situation
            or change.session
            or change.catalogue
        ):
            self._tell()

    def _make(self) -> StripState:
        world, words = self._world, self._words
        liveness, session = world.liveness, world.session
        age_s = liveness.beat_age_s
        now_ms = world.bridge_now_ms()
        counts = world.quality_counts()
        stale, unavailable = counts[Quality.STALE], counts[Quality.UNAVAILABLE]
        return StripState(
            live=liveness.live,
            link=words.text(f"link.{liveness.word.value}"),
            link_age="" if age_s is None else words.formats.age(age_s),
            age_fraction=None if age_s is None else age_s / LIVE_WINDOW_S,
            behind=self._behind(liveness),
            link_tooltip=self._sentence(liveness),
            territory=world.catalogue.title if world.catalogue is not None else "",
            user=session.display_name if session is not None else "",
            seat=words.seat(session.seat) if session is not None else "",
            date=words.formats.date(now_ms),
            clock=words.formats.clock(now_ms),
            skew=self._skew(liveness),
            alarms=self._tallies(),
            stale=words.plural("strip.stale", stale) if stale else "",
            unavailable=words.plural("strip.unavailable", unavailable) if unavailable else "",
            modes=self._modes(),
        )

    def _behind(self, liveness: Liveness) -> str:
        if liveness.live or liveness.word not in (LinkWord.BEHIND, LinkWord.LOADING):
            return ""
        said = []
        if liveness.revisions_behind:
            said.append(self._words.plural("strip.behind.points", liveness.revisions_behind))
        if liveness.entries_behind:
            said.append(self._words.plural("strip.behind.entries", liveness.entries_behind))
        if liveness.seconds_behind >= 1:
            said.append(self._words.formats.duration(liveness.seconds_behind))
        return ", ".join(said)

    def _sentence(self, liveness: Liveness) -> str:
        """Return what happened, what it means and what to do."""
        words = self._words
        seconds = liveness.beat_age_s
        said = words.text(
            f"link.{liveness.word.value}.sentence",
            bridge=liveness.bridge or liveness.address,
            age="" if seconds is None else words.formats.age(seconds),
        )
        reason = words.text(liveness.text_key, **liveness.params) if liveness.text_key else ""
        return f"{said} {reason}".strip()

    def _skew(self, liveness: Liveness) -> str:
        skew_ms = liveness.skew_ms
        if skew_ms is None or abs(skew_ms) < SKEW_WARNED_MS:
            return ""
        key = "strip.skew.behind" if skew_ms > 0 else "strip.skew.ahead"
        return self._words.text(key, duration=self._words.formats.duration(abs(skew_ms) / 1000))

    def _tallies(self) -> tuple[SeverityTally, ...]:
        words = self._words
        return tuple(
            SeverityTally(
                severity=count.severity,
                total=count.total,
                unacknowledged=count.unacknowledged,
                waiting=(
                    words.text("strip.waiting", count=words.formats.number(count.unacknowledged))
                    if count.unacknowledged
                    else ""
                ),
            )
            for count in self._world.alarms.counts()
        )

    def _modes(self) -> tuple[str, ...]:
        world = self._world
        modes = []
        if world.catalogue is not None and world.catalogue.demonstration:
            modes.append(self._words.text("strip.mode.demonstration"))
        if not world.liveness.storage_ok:
            modes.append(self._words.text("strip.mode.storage"))
        return tuple(modes)
