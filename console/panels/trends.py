"""The history of one point of the chosen equipment, kept current while it is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.points import Equipment, PointDef, TrendPoint
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.requests import GetTrend
from backend_bridge.contract.results import TrendResult
from console.panels.rows import Trend
from console.panels.spec import PanelContext
from console.panels.wording import Words

SPAN_S = 900
"""A quarter of an hour: what an operator compares with now."""
SPAN_MIN_S = 60
"""A history that began just now is shown on a minute, not as a speck at the edge of a quarter."""
BUCKETS = 300
REFRESH_S = 10.0
REFRESH_MIN_S = 2.0
FLIP_S = 1.0
"""Seconds after a change of quality when the history is asked for again: it is written by then."""


class TrendFollower:
    """Ask for a history when chosen, after each change of quality, and every ten seconds.

    A short history is asked for more often. One question is outstanding at a time.
    """

    def __init__(
        self,
        context: PanelContext,
        words: Words,
        tell: Callable[[], None],
        *,
        span_s: int = SPAN_S,
    ) -> None:
        self._context = context
        self._span_s = span_s
        self._words = words
        self._tell = tell
        self._item: Equipment | None = None
        self._key = ""
        self._asking = False
        self._asked_mono_s = 0.0
        self._quality: Quality | None = None
        self._flip_mono_s: float | None = None
        self.trend: Trend | None = None

    def follow(self, item: Equipment | None) -> None:
        """Turn to another equipment and show its main point's history.

        The same equipment changes nothing; a kind without a main point shows no history.
        """
        if item is not None and self._item is not None and item.id == self._item.id:
            return
        self._item = item
        self._key = ""
        self.trend = None
        if item is not None:
            main = self._context.state.equipment.main_point(item.id)
            if main is not None:
                self.show(item, main[1].key)

    def show(self, item: Equipment, key: str) -> None:
        """Show one point's history."""
        definition = self._definition(item, key)
        if definition is None or (self._key == key and self.trend is not None):
            return
        self._item, self._key = item, key
        self._quality = self._quality_now()
        self._flip_mono_s = None
        self.trend = self._made(definition, "loading", self._words.text("trend.loading"))
        self._ask(item, definition)
        self._tell()

    def tick(self) -> None:
        """Ask again when the history shown grows old, or misses the last change of quality."""
        item = self._item
        if item is None or self.trend is None:
            return
        now_s = self._context.clock.mono_s()
        quality = self._quality_now()
        if quality is not self._quality:
            self._quality = quality
            self._flip_mono_s = now_s + FLIP_S
        flipped = self._flip_mono_s is not None and now_s >= self._flip_mono_s
        span_s = (self.trend.now_ms - self.trend.from_ms) / 1000
        refresh_s = min(REFRESH_S, max(REFRESH_MIN_S, span_s / 60))
        if self.trend.state != "ready":  # the first value is shown soon after it came
            refresh_s = REFRESH_MIN_S
        if self._asking or not (flipped or now_s - self._asked_mono_s >= refresh_s):
            return
        self._flip_mono_s = None
        definition = self._definition(item, self._key)
        if definition is not None and self._context.state.liveness.live:
            self._ask(item, definition)

    def close(self) -> None:
        """Ask nothing more."""
        self._item = None
        self.trend = None

    def _quality_now(self) -> Quality | None:
        state = self._context.state
        index = state.equipment.point_index(self._item.id, self._key) if self._item else None
        return None if index is None else state.quality(index)

    def _definition(self, item: Equipment, key: str) -> PointDef | None:
        points = self._context.state.equipment.points_of(item.id)
        return next((point for _, point in points if point.key == key), None)

    def _made(self, definition: PointDef, state: str, note: str) -> Trend:
        item = self._item
        assert item is not None
        now_ms = self._context.state.bridge_now_ms()
        return Trend(
            point_key=definition.key,
            label=self._words.point(item.kind, definition.key),
            unit=definition.unit,
            decimals=definition.decimals,
            state=state,
            note=note,
            from_ms=now_ms - self._span_s * 1000,
            now_ms=now_ms,
        )

    def _ask(self, item: Equipment, definition: PointDef) -> None:
        self._asked_mono_s = self._context.clock.mono_s()
        if not self._asking:
            self._asking = True
            self._context.spawn(self._fetch(item, definition))

    async def _fetch(self, item: Equipment, definition: PointDef) -> None:
        asked = (item, definition)
        try:
            while True:
                await self._fetch_once(*asked)
                wished = self._wished()
                if wished is None or (wished[0].id, wished[1].key) == (asked[0].id, asked[1].key):
                    break
                asked = wished  # somebody chose another one meanwhile
        finally:
            self._asking = False
        self._tell()

    def _wished(self) -> tuple[Equipment, PointDef] | None:
        if self._item is None or not self._key:
            return None
        definition = self._definition(self._item, self._key)
        return None if definition is None else (self._item, definition)

    async def _fetch_once(self, item: Equipment, definition: PointDef) -> None:
        now_ms = self._context.state.bridge_now_ms()
        from_ms = now_ms - self._span_s * 1000
        try:
            points = await self._history(item, definition, from_ms, now_ms)
            first_ms = self._begin_ms(item, definition, points)
            span_ms = max(SPAN_MIN_S * 1000, now_ms - (first_ms or from_ms))
            if first_ms is not None and span_ms < self._span_s * 500:
                from_ms = now_ms - span_ms
                points = await self._history(item, definition, from_ms, now_ms)
        except RequestError as error:
            if self._is_shown(item, definition) and not (self.trend and self.trend.points):
                self.trend = self._made(definition, "failed", self._words.refusal(error))
            return
        if not self._is_shown(item, definition):
            return
        sure = any(p.quality is Quality.GOOD and p.last is not None for p in points)
        state = "ready" if sure else "empty"
        note = "" if sure else self._nothing_sure(item, definition, points)
        made = self._made(definition, state, note)
        self.trend = replace(made, from_ms=from_ms, now_ms=now_ms, points=tuple(points))

    def _begin_ms(
        self, item: Equipment, definition: PointDef, points: Sequence[TrendPoint]
    ) -> int | None:
        """Return when the history begins, UTC ms; ``None`` while nothing was heard.

        A bucket that began before the first value counts as unknown: of a history shorter than
        one bucket only the point itself knows since when.
        """
        known = next((p.at_ms for p in points if p.quality is not Quality.UNKNOWN), None)
        state = self._context.state
        index = state.equipment.point_index(item.id, definition.key)
        if known is not None or index is None or state.quality(index) is Quality.UNKNOWN:
            return known
        return state.points.state[index].changed_ms or None

    async def _history(
        self, item: Equipment, definition: PointDef, from_ms: int, to_ms: int
    ) -> Sequence[TrendPoint]:
        request = GetTrend(
            equipment_id=item.id,
            point_key=definition.key,
            from_ms=from_ms,
            to_ms=to_ms,
            buckets=BUCKETS,
        )
        result = await self._context.actions.ask(request)
        return result.points if isinstance(result, TrendResult) else ()

    def _nothing_sure(
        self, item: Equipment, definition: PointDef, points: Sequence[TrendPoint]
    ) -> str:
        """Return in words why there is no curve: an axis without a value means nothing."""
        if not points:
            return self._words.text("trend.empty")
        span = self._words.formats.duration(self._span_s)
        state = self._context.state
        index = state.equipment.point_index(item.id, definition.key)
        quality = Quality.UNKNOWN if index is None else state.quality(index)
        changed_ms = 0 if index is None else state.points.state[index].changed_ms
        if quality in (Quality.GOOD, Quality.UNKNOWN) or not changed_ms:
            return self._words.text("trend.no_value.never", span=span)
        return self._words.text(
            "trend.no_value",
            span=span,
            word=self._words.text(f"quality.{quality.word}").lower(),
            time=self._words.formats.moment(changed_ms, state.bridge_now_ms()),
        )

    def _is_shown(self, item: Equipment, definition: PointDef) -> bool:
        return self._item is not None and (self._item.id, self._key) == (item.id, definition.key)
