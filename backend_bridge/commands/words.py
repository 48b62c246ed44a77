"""Refusals in words: what was not done, and why."""

from __future__ import annotations

from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.core.storage import StorageError, StorageFullError


def refusal(code: ErrorCode, reason: str, **params: str | float) -> RequestError:
    """Return the refusal of a command; its text is ``error.command.<reason>``."""
    return RequestError(code, f"error.command.{reason}", params)


def storage_refusal(error: StorageError) -> RequestError:
    """Return what to say when nothing can be journalled, and so nothing may be sent."""
    full = isinstance(error, StorageFullError)
    key = "error.storage.full" if full else "error.storage.failed"
    return RequestError(ErrorCode.UNAVAILABLE, key)


class NotKeptError(RequestError):
    """Say of a command what the disk did not take; it is written when the disk is back.

    Attributes:
        command: as it ended.
    """

    def __init__(self, error: RequestError, command: CommandRecord) -> None:
        super().__init__(error.code, error.text_key, error.params)
        self.command = command


def not_recorded(command: CommandRecord) -> NotKeptError:
    """Return what to say of a command that was sent and whose end the disk does not take."""
    error = refusal(
        ErrorCode.UNAVAILABLE,
        "not_recorded",
        equipment=command.equipment_id,
        outcome=command.outcome.value,
    )
    return NotKeptError(error, command)
