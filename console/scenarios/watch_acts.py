"""What happens at a seat that sees no street lighting: something else falls silent, and is seen."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt

from backend_bridge.contract.alarms import Alarm, AlarmState
from backend_bridge.contract.quality import Quality
from console.scenarios.hand import NotSeenError
from console.scenarios.report import Act
from console.scenarios.story import Stage
from ui.texts import text

SEEN_S = 30.0
"""Two polls, an alarm's delay and the way of both, on a busy machine."""


class WatchActs:
    """Play the acts of who looks on: nothing here is his to acknowledge.

    Args:
        stage: where they are played.
        roots: ids of the equipment that has a link.
    """

    def __init__(self, stage: Stage, roots: Sequence[str]) -> None:
        self._stage = stage
        self._roots = roots
        self.equipment = ""

    async def silent(self, act: Act) -> None:
        """The first one seen here falls silent: unavailable, one alarm, one incident, by F3."""
        index = self._stage.world.equipment
        seen = (root for root in self._roots if index.main_point(root) is not None)
        self.equipment = next(seen, "")
        if not self.equipment:
            raise NotSeenError("nothing that has a link is shown at this seat")
        start_s = time.monotonic()
        await self._stage.field(self._stage.stack.fault, equipment=self.equipment, fault="frozen")
        await self._until(lambda: self._quality() is Quality.UNAVAILABLE, "it is unavailable")
        act.measures["fault to state"] = time.monotonic() - start_s
        await self._until(lambda: len(self._stage.world.incidents) == 1, "one incident")
        act.facts.append(text("demo.fact.one_alarm", id=self._alarm().id, children=0))
        await self._stage.press(
            Qt.Key.Key_F3,
            lambda: self._stage.console.selection.incident_id is not None,
            "the incident selected by F3",
        )

    async def refused(self, act: Act) -> None:
        """F2: nothing is acknowledged, and the foot says why."""
        why = text("action.reason.no_right")
        await self._stage.press(Qt.Key.Key_F2, lambda: self._said() == why, "the reason")
        if self._alarm().acknowledged:
            raise NotSeenError("refused, and acknowledged all the same")
        act.facts.append(why)

    async def answers(self, act: Act) -> None:
        """It answers again: good, and its alarm stays in sight for whose it is."""
        start_s = time.monotonic()
        await self._stage.field(self._stage.stack.clear, equipment=self.equipment)
        await self._until(lambda: self._quality() is Quality.GOOD, "it is good again")
        await self._until(lambda: self._alarm().state is AlarmState.RETURNED, "the alarm returned")
        act.measures["mended to alarm"] = time.monotonic() - start_s

    async def _until(self, seen: Callable[[], bool], what: str) -> None:
        await self._stage.hand.until(seen, what, timeout_s=SEEN_S)

    def _quality(self) -> Quality:
        main = self._stage.world.equipment.main_point(self.equipment)
        assert main is not None  # chosen for having one
        return self._stage.world.quality(main[0])

    def _alarm(self) -> Alarm:
        alarms = list(self._stage.world.alarms)
        if len(alarms) != 1:
            raise NotSeenError(f"one alarm, not {len(alarms)}")
        return alarms[0]

    def _said(self) -> str:
        notice = self._stage.notice
        return "" if notice is None else notice.text
