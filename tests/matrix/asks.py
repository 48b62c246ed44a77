"""How each request of the matrix is made: right as far as a city without a field goes."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable
from typing import Any

import msgspec

from backend_bridge.contract import order_requests, safety
from backend_bridge.contract import requests as req
from backend_bridge.contract.circuits import CircuitState
from backend_bridge.contract.compositions import WallScreen
from backend_bridge.contract.order_requests import ChoicesResult, OrderCheckResult, OrderResult
from backend_bridge.contract.orders import Target
from backend_bridge.contract.plans import ResumePlan, SetPlan, StopPlan
from backend_bridge.contract.quality import ServiceState
from backend_bridge.contract.seats import GetPeople, LockSeat, UnlockSeat
from backend_bridge.contract.wire import Answer, Failure
from backend_bridge.territory import Territory
from tests.matrix.city import CIRCUIT, LATER_MS, RULE, item_id
from tests.wire.rig import PASSWORD

DRIVEN: dict[str, tuple[str, Any]] = {"lamp": ("level", 50), "bollard": ("commanded", 0)}
RINGING = {"lamp": "lamp_failed", "bollard": "bollard_fault"}
"""A rule that can ring at a kind; without one, nothing can be taken out of service there."""
POINT = {"camera": "online", "signal_controller": "mode", "lamp": "level", "bollard": "position"}

NO_RIGHT = frozenset({"error.rights.missing", "error.command.not_allowed"})
NOT_SEEN = frozenset(
    {
        "error.equipment.not_found",
        "error.incident.not_found",
        "error.alarm.not_found",
        "error.alarm.no_such_subject",
        "error.command.no_such_point",
        "error.command.no_such_command",
        "error.override.over",
    }
)
"""What is not to be seen is not there."""
LASTING = order_requests.EndOverride
"""Answered when the field has gone back: here it never does, and no answer is no refusal."""
LIFTED = "error.hands_off.not_found"
"""Somebody who may has lifted it meanwhile, or it is not to be seen."""
OVER = "error.alarm.not_found"
ENDING = (req.AcknowledgeAlarm, req.UnshelveAlarm)
"""Whoever may does it first, and the alarm is over for the others."""
EDIT_OFF = "error.edit_mode.off"

NOTHING = "ZQ-nothing-ZQ"
_NAMED = re.compile(r"ZQ-[\w-]+-ZQ|(AL|INC|command|override|zone)-\d+")
_serial = itertools.count(1)


def later_ms() -> int:
    return round(time.time() * 1000) + LATER_MS


def requests(territory: Territory, item: str, epoch: str) -> dict[type, Callable[[], Any]]:
    """Return how each request about one piece of equipment is made, right as far as it goes."""
    equipment = territory.equipment_of[item]
    return _requests(item, equipment.kind, territory.equipment.index(equipment) + 1, epoch)


def requests_about_nothing(kind: str, epoch: str) -> dict[type, Callable[[], Any]]:
    """Return the same requests about equipment, alarms and so on that were never there."""
    return _requests(NOTHING, kind, 99_999, epoch)


def plain(answer: Answer | Failure) -> str:
    """Return an answer without what its request named: two that say the same are the same."""
    told = msgspec.json.encode(msgspec.structs.replace(answer, id=0, utc_ms=0)).decode()
    return _NAMED.sub("X", told)


def _requests(item: str, kind: str, number: int, epoch: str) -> dict[type, Callable[[], Any]]:
    point, value = DRIVEN.get(kind, (POINT[kind], 1))
    target = Target(item, point, value)
    incident: dict[str, Any] = {"incident_id": f"INC-{number}", "version": 1}
    order: dict[str, Any] = {"epoch": epoch, "targets": (target,), "reason": "r"}

    def key() -> str:
        return f"key-{next(_serial)}"

    return {
        req.GetIncidentLog: lambda: req.GetIncidentLog(incident_id=f"INC-{number}"),
        req.GetTrend: lambda: req.GetTrend(
            equipment_id=item, point_key=POINT[kind], from_ms=1, to_ms=2
        ),
        req.GetDiagnostics: lambda: req.GetDiagnostics(equipment_id=item),
        req.TakeIncident: lambda: req.TakeIncident(**incident),
        req.AssignIncident: lambda: req.AssignIncident(**incident, assigned_to="équipe 4"),
        req.CommentIncident: lambda: req.CommentIncident(
            incident_id=f"INC-{number}", text="vu", key=key()
        ),
        req.CloseIncident: lambda: req.CloseIncident(**incident),
        req.ReopenIncident: lambda: req.ReopenIncident(**incident),
        req.SetServiceState: lambda: req.SetServiceState(
            equipment_id=item, state=ServiceState.DISABLED, reason="essai"
        ),
        req.OpenStream: lambda: req.OpenStream(equipment_id=item),
        order_requests.ExecuteCommand: lambda: order_requests.ExecuteCommand(
            key=key(),
            epoch=epoch,
            equipment_id=item,
            point_key=point,
            value=value,
            deadline_ms=round(time.time() * 1000) + 5_000,
            reason="r",
        ),
        order_requests.SettleCommand: lambda: order_requests.SettleCommand(
            key=f"command-{number}", reason="vu"
        ),
        order_requests.CheckOrder: lambda: order_requests.CheckOrder(targets=(target,)),
        order_requests.CheckChoices: lambda: order_requests.CheckChoices(
            equipment_ids=(item,), point_key=point, values=(value,)
        ),
        order_requests.ExecuteOrder: lambda: order_requests.ExecuteOrder(
            key=key(), **order, deadline_ms=round(time.time() * 1000) + 5_000
        ),
        order_requests.CancelOrder: lambda: order_requests.CancelOrder(key="no order"),
        order_requests.AskApproval: lambda: order_requests.AskApproval(key=key(), **order),
        order_requests.DecideApproval: lambda: order_requests.DecideApproval(
            approval_id="none", agree=True
        ),
        order_requests.WithdrawApproval: lambda: order_requests.WithdrawApproval(
            approval_id="none"
        ),
        order_requests.EndOverride: lambda: order_requests.EndOverride(
            override_id=f"override-{number}", epoch=epoch
        ),
        order_requests.ExtendOverride: lambda: order_requests.ExtendOverride(
            override_id=f"override-{number}", until_ms=later_ms(), reason="r"
        ),
        SetPlan: lambda: SetPlan(plan_key="none", enabled=True, reason="r"),
        StopPlan: lambda: StopPlan(plan_key="none", reason="r"),
        ResumePlan: lambda: ResumePlan(plan_key="none", reason="r"),
        safety.ArmInterlock: lambda: safety.ArmInterlock(
            interlock_id="none", fingerprint="", reason="r"
        ),
        safety.SetHandsOff: lambda: safety.SetHandsOff(
            id=key(), equipment_id=item, reason="r", contact="06", until_ms=later_ms()
        ),
        safety.LiftHandsOff: lambda: safety.LiftHandsOff(id=f"zone-{number}"),
        req.ShelveAlarm: lambda: req.ShelveAlarm(
            alarm_id=f"AL-{number}", until_ms=later_ms(), reason="r"
        ),
        req.UnshelveAlarm: lambda: req.UnshelveAlarm(alarm_id=f"AL-{number}"),
        req.AcknowledgeAlarm: lambda: req.AcknowledgeAlarm(alarm_id=f"AL-{number}"),
        req.SetAlarmService: lambda: req.SetAlarmService(
            rule=RINGING.get(kind, RULE), equipment_id=item, reason="r", until_ms=later_ms()
        ),
        req.RecordExport: lambda: req.RecordExport(
            subject="s", rows=1, reason="r", digest="0" * 64, equipment_id=item
        ),
    }


GENERAL: dict[type, Callable[[], Any]] = {
    req.GetCatalogue: req.GetCatalogue,
    req.GetSituation: req.GetSituation,
    req.FindPlaces: lambda: req.FindPlaces(text="rue"),
    req.GetAlarmHistory: req.GetAlarmHistory,
    req.GetCircuits: req.GetCircuits,
    req.RecordCircuit: lambda: req.RecordCircuit(
        circuit_id=CIRCUIT, version=0, state=CircuitState.TO_DO
    ),
    req.UndoCircuit: lambda: req.UndoCircuit(circuit_id=CIRCUIT, version=0),
    req.SaveComposition: lambda: req.SaveComposition(
        name=f"mur {next(_serial)}", screens=(WallScreen(1, (item_id("camera", "Port"),)),)
    ),
    req.DeleteComposition: lambda: req.DeleteComposition(composition_id="none", version=1),
    req.RestoreComposition: lambda: req.RestoreComposition(composition_id="none", version=1),
    req.ReleaseStream: lambda: req.ReleaseStream(ticket="none"),
    safety.GetInterlocks: safety.GetInterlocks,
    safety.SetEditMode: lambda: safety.SetEditMode(on=True),
    order_requests.GetOrder: lambda: order_requests.GetOrder(key="no order"),
    req.GetAlarmGuides: req.GetAlarmGuides,
    req.GetAudit: req.GetAudit,
    GetPeople: GetPeople,
    LockSeat: LockSeat,
    UnlockSeat: lambda: UnlockSeat(password=PASSWORD),
}


def refusal(answer: Answer | Failure) -> str:
    """Return the text key of what was refused, empty when nothing was."""
    if isinstance(answer, Failure):
        return answer.text_key
    result = answer.result
    if isinstance(result, OrderCheckResult):
        return result.checks[0].text_key
    if isinstance(result, ChoicesResult):
        return result.choices[0].text_key
    if isinstance(result, OrderResult) and result.failed:
        return result.failed[0].text_key
    return ""


def judge(found: str, allowed: bool, *, seen: bool = True) -> bool:
    """Return whether a refusal (or none) is what the table says; what is not seen is not there."""
    if allowed:
        return found not in {*NO_RIGHT, *NOT_SEEN, EDIT_OFF}
    return found in {*(NO_RIGHT if seen else NOT_SEEN), LIFTED}
