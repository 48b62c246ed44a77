"""Who must yield to whom on one point: people, plans and ways back, by the ladder."""

from __future__ import annotations

from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.overrides import Override, OverrideState
from backend_bridge.contract.plans import PLAN_PREFIX
from backend_bridge.core.requests import Caller
from backend_bridge.services.actor import BRIDGE_USER
from backend_bridge.services.overrides.ladder import MANUAL, PROGRAMME, Claim, Ladder
from backend_bridge.services.overrides.needs import Standing

_GOING_BACK = (OverrideState.RETURNING, OverrideState.STUCK)


class Claims:
    """Compare what is commanded with what holds a point.

    Args:
        plans: where automatic plans stand now.
    """

    def __init__(self, ladder: Ladder, plans: Standing) -> None:
        self._ladder = ladder
        self._plans = plans

    def objection(
        self, command: CommandRecord, holder: Override | None, now_ms: int
    ) -> RequestError | None:
        """Return why a command must leave a point to its holder, or its plan wants it no more."""
        place = command.equipment_id, command.point_key
        planned = None if command.override else self._plans.rung(command.issuer, place)
        if planned == PROGRAMME:
            return RequestError(ErrorCode.REFUSED, "error.plan.over")
        if holder is None:
            return None
        theirs = self._plans.rung(holder.owner, place) or MANUAL
        if command.override or command.issuer == BRIDGE_USER:
            mine, theirs = PROGRAMME, MANUAL  # a way back takes nothing from who holds it now
        elif planned:
            mine = planned
            theirs = PROGRAMME if holder.state in _GOING_BACK else theirs
        else:
            mine = MANUAL
        newest_ms = max(now_ms, holder.since_ms)  # newer, whatever the clock does
        if not self._ladder.wins(Claim(mine, newest_ms), Claim(theirs, holder.since_ms)):
            return RequestError(ErrorCode.REFUSED, "error.override.holds", {"user": holder.owner})
        if mine == MANUAL and command.until_ms is None and self._is_plans(holder):
            return _of_plan(holder)
        return None

    def check_hands_off_plans(self, caller: Caller, override: Override) -> None:
        """Refuse people to end or extend what a plan holds that would take it again at once.

        Raises:
            RequestError: ``refused``: stop the plan, or command the point.
        """
        if caller.user != override.owner and self._is_plans(override):
            raise _of_plan(override)

    def _is_plans(self, override: Override) -> bool:
        place = override.equipment_id, override.point_key
        return self._plans.rung(override.owner, place) not in (None, PROGRAMME)


def _of_plan(override: Override) -> RequestError:
    plan = override.owner.removeprefix(PLAN_PREFIX)
    return RequestError(ErrorCode.REFUSED, "error.override.of_plan", {"plan": plan})
