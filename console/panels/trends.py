"""The history of one point of the chosen equipment, kept current while it is shown."""

from __future__ import annotations

from collections.abc import Callable

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.points import Equipment, PointDef
from backend_bridge.contract.requests import GetTrend, TrendResult
from console.panels.rows import Trend
from console.panels.spec import PanelContext
from console.panels.wording import Words

SPAN_S = 900
"""A quarter of an hour: what an operator compares with now."""
BUCKETS = 300
REFRESH_S = 10.0


class TrendFollower:
    """Ask for a history when chosen and every ten seconds after; one question outstanding."""

    def __init__(self, context: PanelContext, words: Words, tell: Callable[[], None]) -> None:
        self._context = context
        self._words = words
        self._tell = tell
        self._item: Equipment | None = None
        self._key = ""
        self._asking = False
        self._asked_mono_s = 0.0
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
        self.trend = self._made(definition, "loading", self._words.text("trend.loading"))
        self._ask(item, definition)
        self._tell()

    def tick(self) -> None:
        """Ask again when the history shown grows old."""
        item = self._item
        if item is None or self.trend is None or self._asking:
            return
        if self._context.clock.mono_s() - self._asked_mono_s < REFRESH_S:
            return
        definition = self._definition(item, self._key)
        if definition is not None and self._context.state.liveness.live:
            self._ask(item, definition)

    def close(self) -> None:
        """Ask nothing more."""
        self._item = None
        self.trend = None

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
            from_ms=now_ms - SPAN_S * 1000,
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
        request = GetTrend(
            equipment_id=item.id,
            point_key=definition.key,
            from_ms=now_ms - SPAN_S * 1000,
            to_ms=now_ms,
            buckets=BUCKETS,
        )
        try:
            result = await self._context.actions.ask(request)
        except RequestError as error:
            if self._is_shown(item, definition) and not (self.trend and self.trend.points):
                self.trend = self._made(definition, "failed", self._words.refusal(error))
            return
        if not self._is_shown(item, definition) or not isinstance(result, TrendResult):
            return
        state = "ready" if result.points else "empty"
        note = "" if result.points else self._words.text("trend.empty")
        made = self._made(definition, state, note)
        self.trend = Trend(
            point_key=made.point_key,
            label=made.label,
            unit=made.unit,
            decimals=made.decimals,
            state=state,
            note=note,
            from_ms=request.from_ms,
            now_ms=request.to_ms,
            points=result.points,
        )

    def _is_shown(self, item: Equipment, definition: PointDef) -> bool:
        return self._item is not None and (self._item.id, self._key) == (item.id, definition.key)
