"""The requests flow: many in flight, one final result or one coded error each."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Collection, Coroutine, Mapping
from typing import Any

import msgspec
import structlog

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.results import RESULT_OF, Result
from backend_bridge.contract.wire import (
    MAX_FRAME_BYTES,
    REQUEST_TIMEOUT_S,
    REQUESTS_IN_FLIGHT,
    Answer,
    Ask,
    Failure,
    encode,
)
from backend_bridge.core.requests import Handler
from backend_bridge.core.storage import StorageError, StorageFullError
from backend_bridge.security.sessions import Session
from backend_bridge.server.attempts import Attempts
from backend_bridge.server.peers import Peer, Peers

_log = structlog.get_logger(__name__)

Spawn = Callable[[Coroutine[Any, Any, None]], object]
Editing = Callable[[str], bool]
"""Says of a session whether edit mode is on."""


def never_editing(_session: str) -> bool:
    """Stand in where nobody can turn edit mode on."""
    return False


class RequestsFlow:
    """Hand each request to its handler in a task of its own and send what comes of it."""

    def __init__(
        self,
        peers: Peers,
        handlers: Mapping[type, Handler],
        spawn: Spawn,
        attempts: Attempts,
        editing: Editing = never_editing,
        *,
        while_locked: Collection[type] = (),
        timeout_s: float = REQUEST_TIMEOUT_S,
    ) -> None:
        self._peers = peers
        self._handlers = dict(handlers)
        self._spawn = spawn
        self._attempts = attempts
        self._editing = editing
        self._while_locked = while_locked
        self._timeout_s = timeout_s

    def ask(self, peer: Peer, session: Session, message: Ask) -> None:
        """Take a request; refuse it at once when the console has too many unanswered."""
        if peer.in_flight + len(peer.outbox) >= REQUESTS_IN_FLIGHT:
            self._peers.fail(
                peer,
                message.id,
                ErrorCode.REFUSED,
                "error.request.too_many",
                {"most": REQUESTS_IN_FLIGHT},
            )
            return
        peer.in_flight += 1
        self._peers.counters.requests += 1
        self._spawn(self._serve(peer, session, message))

    async def _serve(self, peer: Peer, session: Session, message: Ask) -> None:
        handling = asyncio.ensure_future(self._handle(peer, session, message))
        try:
            # A handler that is late goes on: cancelled, a command's fate would be lost with it.
            done, _ = await asyncio.wait({handling}, timeout=self._timeout_s)
            if done:
                self._peers.send_answer(peer, session, handling.result())
                return
            late = self._failure(message, ErrorCode.TIMED_OUT, "error.request.timed_out", {})
            self._peers.send_answer(peer, session, encode(late))
            await asyncio.wait({handling})
        finally:
            peer.in_flight -= 1
            if not handling.done():  # the bridge is stopping: the handler ends with its owner
                handling.cancel()
                await asyncio.wait({handling})

    async def _handle(self, peer: Peer, session: Session, message: Ask) -> bytes:
        try:
            result = await self._result(peer, session, message)
            frame = self._frame(peer, message, result)
        except RequestError as error:
            self._attempts.refused(session.caller, message.request, error.text_key)
            return encode(self._failure(message, error.code, error.text_key, error.params))
        except StorageFullError:
            key = "error.storage.full"
            return encode(self._failure(message, ErrorCode.UNAVAILABLE, key, {}))
        except StorageError:
            key = "error.storage.failed"
            return encode(self._failure(message, ErrorCode.UNAVAILABLE, key, {}))
        except Exception:  # noqa: BLE001 - task boundary: a handler's defect is one failed request
            self._peers.counters.defects += 1
            reference = secrets.token_hex(4)
            _log.exception(
                "request_defect", reference=reference, request=type(message.request).__name__
            )
            return encode(
                self._failure(
                    message, ErrorCode.INTERNAL, "error.internal", {"reference": reference}
                )
            )
        return frame

    async def _result(self, peer: Peer, session: Session, message: Ask) -> Result:
        kind = type(message.request)
        if peer.locked and peer.session is session and kind not in self._while_locked:
            raise RequestError(ErrorCode.REFUSED, "error.seat.locked")
        handler = self._handlers.get(kind)
        if handler is None:
            raise RequestError(
                ErrorCode.UNAVAILABLE, "error.request.no_service", {"request": kind.__name__}
            )
        caller = session.caller
        if self._editing(caller.session):
            caller = msgspec.structs.replace(caller, editing=True)
        result = await handler(caller, message.request)
        if type(result) is not RESULT_OF[kind]:
            raise TypeError(f"{kind.__name__} was answered with {type(result).__name__}")
        self._attempts.answered(caller, message.request, result)
        return result

    def _frame(self, peer: Peer, message: Ask, result: Result) -> bytes:
        number, epoch, utc_ms = self._peers.header(message.id)
        frame = encode(Answer(id=number, epoch=epoch, utc_ms=utc_ms, result=result))
        if len(frame) > MAX_FRAME_BYTES:
            raise RequestError(
                ErrorCode.REFUSED,
                "error.answer.too_large",
                {"bytes": len(frame), "most": MAX_FRAME_BYTES},
            )
        if not self._peers.spend(peer, len(frame)):
            raise RequestError(ErrorCode.REFUSED, "error.answer.too_fast")
        return frame

    def _failure(
        self,
        message: Ask,
        code: ErrorCode,
        text_key: str,
        params: dict[str, str | int | float],
    ) -> Failure:
        self._peers.counters.failures += 1
        number, epoch, utc_ms = self._peers.header(message.id)
        return Failure(
            id=number, epoch=epoch, utc_ms=utc_ms, code=code, text_key=text_key, params=params
        )
