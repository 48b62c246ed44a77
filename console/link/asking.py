"""One request over one connection: how long to wait for its answer, and what none at all means."""

from __future__ import annotations

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.order_requests import (
    EndOverride,
    ExecuteCommand,
    ExecuteOrder,
    ExtendOverride,
)
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import RESULT_OF, Result
from backend_bridge.contract.wire import Answer, Ask, Failure
from console.link.connection import Connection
from console.link.errors import LinkError

COMMAND_GRACE_S = 5.0
"""Seconds after a command's deadline within which the bridge has read it back or given up."""
RETURN_PATIENCE_S = 20.0
"""An override's way back is read back before it is answered: a bollard's takes its time."""
_TO_THE_FIELD = (ExecuteCommand, ExecuteOrder, EndOverride)
"""What may have been done although no answer came."""


def patience_s(request: Request, usual_s: float, bridge_now_ms: float | None) -> float:
    """Return how many seconds to wait for an answer.

    Args:
        request: what the answer is to.
        usual_s: for what the bridge answers at once.
        bridge_now_ms: the bridge's UTC clock now, ``None`` while it is not known.
    """
    if isinstance(request, ExecuteCommand | ExecuteOrder) and bridge_now_ms is not None:
        left_s = (request.deadline_ms - bridge_now_ms) / 1000
        return max(usual_s, left_s + COMMAND_GRACE_S)
    if isinstance(request, EndOverride | ExtendOverride):
        return max(usual_s, RETURN_PATIENCE_S)
    return usual_s


async def send_and_wait(connection: Connection, request: Request, timeout_s: float) -> Result:
    """Send one request, once, and return its one result.

    Raises:
        RequestError: what the bridge says; ``unavailable`` when the connection broke;
            ``timed_out`` when no answer came, for a command also when the connection broke.
    """
    is_command = isinstance(request, _TO_THE_FIELD)
    try:
        answer = await connection.request(Ask(**connection.header(), request=request), timeout_s)
    except TimeoutError:
        key = "error.command.fate_unknown" if is_command else "error.link.timed_out"
        raise RequestError(ErrorCode.TIMED_OUT, key) from None
    except LinkError:
        if is_command:
            raise RequestError(ErrorCode.TIMED_OUT, "error.command.fate_unknown") from None
        raise RequestError(ErrorCode.UNAVAILABLE, "error.link.lost_meanwhile") from None
    match answer:
        case Failure():
            raise RequestError(answer.code, answer.text_key, answer.params)
        case Answer() if isinstance(answer.result, RESULT_OF[type(request)]):
            return answer.result
        case _:
            raise RequestError(ErrorCode.INTERNAL, "error.link.wrong_answer")
