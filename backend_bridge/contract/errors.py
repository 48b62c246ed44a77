"""The closed set of error codes: what a failed request says to a person and to a program."""

from __future__ import annotations

import enum
from collections.abc import Mapping


class ErrorCode(enum.StrEnum):
    """Classify a failure by what the asker can do about it."""

    BAD_REQUEST = "bad_request"
    """The request itself is wrong; sending it again changes nothing."""
    REFUSED = "refused"
    """Understood, and not allowed now: rights, interlock, state, expired."""
    UNAVAILABLE = "unavailable"
    """Something it needs is away: device, disk, a service; may work later."""
    TIMED_OUT = "timed_out"
    """No answer in time; for a command the fate is *unknown*."""
    CONFLICT = "conflict"
    """Somebody changed the subject first; look again."""
    INTERNAL = "internal"
    """A defect of ours; the reference finds it in the bridge's log."""


class RequestError(Exception):
    """Refuse a request with one code and a translatable reason.

    Args:
        code: one of the closed set.
        text_key: key of the operator's text, ``error.<subject>.<reason>``; every key has a
            French and an English text in ``resources/translations``.
        params: values the text names, plain strings and numbers only.
    """

    def __init__(
        self,
        code: ErrorCode,
        text_key: str,
        params: Mapping[str, str | int | float] | None = None,
    ) -> None:
        self.code = code
        self.text_key = text_key
        self.params = dict(params or {})
        super().__init__(f"{code.value}: {text_key} {self.params}")
