"""The status strip's decisions: link, age, delay, alarms, qualities, who, when, modes."""

from __future__ import annotations

import math

from backend_bridge.contract.overrides import OverrideState
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.wire import LIVE_WINDOW_S
from console.panels.base import BasePresenter
from console.panels.formats import DASH
from console.panels.rows import AlarmLoadState, SeverityTally, StripState
from console.panels.spec import PanelContext
from console.state.change import Change
from console.state.liveness import LinkWord, Liveness
from console.state.load import LIMIT as LOAD_LIMIT
from console.state.load import TARGET as LOAD_TARGET

_TERRITORY = "link.territory"
_FULL = "strip.mode.storage"
_STORAGE = {"unreachable": "strip.mode.database", "failed": "strip.mode.disk"}
"""What the strip says while nothing is recorded, when it is not a full disk."""
SKEW_WARNED_MS = 2_000
"""Difference between the bridge's clock and this machine's above which the strip says so."""


class StripPresenter(BasePresenter):
    """Decide what the strip shows; the clock is the bridge's, which stamps everything shown."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self._state: StripState | None = None
        self._lost: dict[Quality, int] = {}

    @property
    def state(self) -> StripState:
        """Return everything the strip shows now."""
        if self._state is None:
            self._state = self._make()
        return self._state

    def _on_world_changed(self, change: Change) -> None:
        self._state = None
        lost = self._world.equipment_counts()
        before, self._lost = self._lost, lost
        if (
            lost != before
            or change.second
            or change.liveness
            or change.flipped
            or change.alarms
            or change.acting
            or change.commands
            or change.situation
            or change.session
            or change.editing
            or change.visitors
            or change.catalogue
        ):
            self._tell()

    def _make(self) -> StripState:
        world, words = self._world, self._words
        liveness, session = world.liveness, world.session
        age_s = liveness.beat_age_s
        now_ms = world.bridge_now_ms()
        counts, frozen = world.equipment_counts(), world.frozen()
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
            stale=self._counted(counts, Quality.STALE),
            bad=self._counted(counts, Quality.BAD),
            unknown=self._counted(counts, Quality.UNKNOWN),
            unavailable=self._counted(counts, Quality.UNAVAILABLE),
            frozen=words.plural("strip.frozen", len(frozen)) if frozen else "",
            to_check=self._to_check(),
            load=self._load(now_ms),
            modes=self._modes(),
        )

    def _behind(self, liveness: Liveness) -> str:
        if liveness.live or liveness.word not in (LinkWord.BEHIND, LinkWord.LOADING):
            return ""
        said = []
        if liveness.text_key == _TERRITORY:
            said.append(self._reason(liveness))
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
        return f"{said} {self._reason(liveness)}".strip()

    def _reason(self, liveness: Liveness) -> str:
        if not liveness.text_key:
            return ""
        number = self._words.formats.number
        params = {
            name: number(value) if isinstance(value, int) else value
            for name, value in liveness.params.items()
        }
        return self._words.text(liveness.text_key, **params)

    def _skew(self, liveness: Liveness) -> str:
        skew_ms = liveness.skew_ms
        if skew_ms is None or abs(skew_ms) < SKEW_WARNED_MS:
            return ""
        key = "strip.skew.behind" if skew_ms > 0 else "strip.skew.ahead"
        return self._words.text(key, duration=self._words.formats.duration(abs(skew_ms) / 1000))

    def _to_check(self) -> str:
        """Return how many commands have an unknown fate, and overrides a way back that failed."""
        acting = self._world.acting
        stuck = sum(one.state is OverrideState.STUCK for one in acting.overrides)
        count = len(acting.to_check) + stuck
        return self._words.plural("strip.to_check", count) if count else ""

    def _counted(self, counts: dict[Quality, int], quality: Quality) -> str:
        count = counts[quality]
        return self._words.plural(f"strip.{quality.word}", count) if count else ""

    def _load(self, now_ms: int) -> AlarmLoadState:
        """Return the alarms of the last ten minutes against the target and the limit."""
        words, load = self._words, self._world.load
        known = load.since_ms is not None
        count = len(load)
        written = words.formats.number(count)
        said = words.text("strip.load", count=written) if known else DASH
        params = {"count": written, "target": LOAD_TARGET, "limit": LOAD_LIMIT}
        tooltip = words.text("strip.load.tooltip", **params)
        if load.since_ms is not None and not load.whole(now_ms):
            since = words.formats.minute(load.since_ms)
            tooltip += f" {words.text('strip.load.partial', since=since)}"
        return AlarmLoadState(
            label=words.text("strip.load.label"),
            text=said,
            fraction=count / LOAD_LIMIT if known else None,
            target=LOAD_TARGET / LOAD_LIMIT,
            over=count > LOAD_LIMIT,
            tooltip=tooltip,
        )

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
        if world.visitors:
            modes.append(self._words.text("strip.mode.visitors"))
        if not world.liveness.storage_ok:
            modes.append(self._words.text(_STORAGE.get(world.liveness.storage_fault, _FULL)))
        if world.liveness.newer_entries:
            modes.append(self._words.plural("strip.newer", world.liveness.newer_entries))
        if world.editing_until_ms is not None:
            left_s = max(0.0, (world.editing_until_ms - world.bridge_now_ms()) / 1000)
            minutes = math.ceil(left_s / 60)
            modes.append(self._words.text("strip.mode.editing", minutes=minutes))
        return tuple(modes)
