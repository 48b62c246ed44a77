"""Dry runs: what would happen if it were ordered now; nothing is done and nothing written."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from backend_bridge.commands.checks import said
from backend_bridge.commands.course import Course
from backend_bridge.commands.demands import check_count, check_size
from backend_bridge.commands.values import dangerous
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.order_requests import (
    CheckChoices,
    CheckOrder,
    ChoicesResult,
    OrderCheckResult,
)
from backend_bridge.contract.orders import ChoiceCheck, Target, TargetCheck
from backend_bridge.contract.points import Scalar
from backend_bridge.contract.results import Result
from backend_bridge.core.requests import Caller, Handler

CHECKED_AT_ONCE = 200
"""Targets looked at before the loop goes on with other things."""


class DryRun:
    """Answer what orders and values would meet; everything runs on the bridge's loop."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._looked = 0

    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request."""
        return {CheckOrder: self.check, CheckChoices: self.choose}

    async def check(self, caller: Caller, request: CheckOrder) -> Result:
        """Say target by target what an order would do now."""
        check_size(request.targets)
        checks = []
        for target in request.targets:
            await self._breathe()
            checks.append(self._target(caller, target, request.until_ms))
        return OrderCheckResult(checks=tuple(checks))

    async def choose(self, caller: Caller, request: CheckChoices) -> Result:
        """Say value by value whether it would be accepted at some of the equipment.

        Each value is looked at until one equipment would take it: where nothing is wrong that is
        the first, however many were chosen.
        """
        check_count(len(request.equipment_ids) * len(request.values))
        choices = [await self._choice(caller, request, value) for value in request.values]
        return ChoicesResult(choices=tuple(choices))

    async def _choice(self, caller: Caller, request: CheckChoices, value: Scalar) -> ChoiceCheck:
        first: RequestError | None = None
        for equipment_id in request.equipment_ids:
            await self._breathe()
            target = Target(equipment_id, request.point_key, value)
            aim, error = self._course.meets(caller, target, None)
            if aim is not None and error is None:
                return ChoiceCheck(dangerous=dangerous(aim.point, aim.value))
            first = first or error
        assert first is not None, "there is at least one target"
        return ChoiceCheck(text_key=said(first), params=first.params)

    def _target(self, caller: Caller, target: Target, until_ms: int | None) -> TargetCheck:
        aim, error = self._course.meets(caller, target, until_ms)
        checks = self._course.checks
        return TargetCheck(
            equipment_id=target.equipment_id,
            point_key=target.point_key,
            text_key="" if error is None else said(error),
            params={} if error is None else error.params,
            dangerous=aim is not None and dangerous(aim.point, aim.value),
            before=None if aim is None else checks.before(aim),
            override="" if aim is None else checks.holding(aim),
        )

    async def _breathe(self) -> None:
        """Let the loop go on with other things now and then."""
        self._looked += 1
        if self._looked % CHECKED_AT_ONCE == 0:
            await asyncio.sleep(0)
