"""Who asked for what his rights do not reach: written down, without a word more to who asked."""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from typing import Any

from backend_bridge.contract.access import NOT_ALLOWED, NOT_THERE, RefusalEvent
from backend_bridge.contract.order_requests import (
    CheckChoices,
    CheckOrder,
    ChoicesResult,
    OrderCheckResult,
)
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from backend_bridge.contract.times import Clock
from backend_bridge.core.requests import Caller
from backend_bridge.core.storage import Draft

WINDOW_S = 60.0
"""Seconds within which refusals of one sort are gathered."""
FIRST = 5
"""Refusals of one sort, of one session, that are each an entry at once; then they are counted."""
LONGEST_SUBJECT = 80

_NAMES = (
    *("equipment_id", "alarm_id", "incident_id", "override_id", "approval_id", "circuit_id"),
    *("composition_id", "interlock_id", "plan_id", "id", "key"),
)
"""Fields a request names its subject in, the first it has."""

Spawn = Callable[[Coroutine[Any, Any, None]], object]
Write = Callable[[Draft], Awaitable[None]]


@dataclasses.dataclass(slots=True)
class _Sort:
    """Refusals of one session, one request and one reason within a window."""

    caller: Caller
    ends_s: float
    written: int = 0
    event: RefusalEvent | None = None
    """Those counted and not written yet."""


class Attempts:
    """Gather refusals and write them; nobody waits for that, so no answer tells by its time.

    Args:
        write: keeps one entry, or logs that it could not.
    """

    def __init__(self, write: Write, spawn: Spawn, clock: Clock) -> None:
        self._write = write
        self._spawn = spawn
        self._clock = clock
        self._sorts: dict[tuple[str, str, str], _Sort] = {}

    def refused(self, caller: Caller, request: Request, text_key: str) -> None:
        """Take a refusal; one that is no matter of rights is none."""
        if text_key in NOT_ALLOWED or text_key in NOT_THERE:
            self._take(caller, request, text_key, *_subject(request))

    def answered(self, caller: Caller, request: Request, result: Result) -> None:
        """Look through a dry run for what may not be seen: it is refused target by target."""
        for found, text_key in _checked(request, result):
            if text_key in NOT_THERE:
                self._take(caller, request, text_key, found, found)

    def flush(self, mono_s: float) -> None:
        """Write what was counted and whose window is over; call it now and then."""
        for key, sort in tuple(self._sorts.items()):
            if mono_s >= sort.ends_s:
                del self._sorts[key]
                if sort.event is not None:
                    self._keep(sort.caller, sort.event)

    def _take(
        self, caller: Caller, request: Request, text_key: str, subject: str, equipment_id: str
    ) -> None:
        tag = str(request.__struct_config__.tag)
        key = (caller.session, tag, text_key)
        sort = self._sorts.get(key)
        if sort is None:
            sort = self._sorts[key] = _Sort(caller, self._clock.mono_s() + WINDOW_S)
        event = RefusalEvent(
            request=tag,
            text_key=text_key,
            console=caller.console,
            subject=subject[:LONGEST_SUBJECT],
            equipment_id=equipment_id[:LONGEST_SUBJECT],
            times=1 if sort.event is None else sort.event.times + 1,
        )
        if sort.written < FIRST:
            sort.written += 1
            self._keep(caller, event)
        else:
            sort.event = event

    def _keep(self, caller: Caller, event: RefusalEvent) -> None:
        draft = Draft(user=caller.user, seat=caller.seat, at_ms=self._clock.now_ms(), event=event)
        self._spawn(self._written(draft))

    async def _written(self, draft: Draft) -> None:
        await self._write(draft)


def _checked(request: Request, result: Result) -> Iterator[tuple[str, str]]:
    """Yield the equipment a dry run looked at, and how each would be refused."""
    match request, result:
        case CheckOrder(), OrderCheckResult(checks=checks):
            for check in checks:
                yield check.equipment_id, check.text_key
        case CheckChoices(equipment_ids=[first, *_]), ChoicesResult(choices=choices):
            for choice in choices:
                yield first, choice.text_key
        case _:
            return


def _subject(request: Request) -> tuple[str, str]:
    """Return what a request is about, and the equipment it names, each empty for none."""
    targets = getattr(request, "targets", ())
    if targets:
        return targets[0].equipment_id, targets[0].equipment_id
    for name in _NAMES:
        found = getattr(request, name, "")
        if found and isinstance(found, str):
            return found, found if name == "equipment_id" else ""
    return "", ""
