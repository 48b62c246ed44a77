"""Overrides: what people hold away from its own programme, until when, and the way back."""

from __future__ import annotations

import enum

import msgspec

from backend_bridge.contract.points import Scalar, WayBack


class OverrideState(enum.StrEnum):
    """Follow one override; ``ENDED`` and ``REPLACED`` are final."""

    PENDING = "pending"
    """Its command was sent; whether it took is not known yet."""
    ACTIVE = "active"
    RETURNING = "returning"
    """Its way back was commanded and is not read back yet."""
    STUCK = "stuck"
    """The way back failed or is unknown: somebody must look."""
    ENDED = "ended"
    REPLACED = "replaced"
    """A newer override holds the same point."""


class OverrideChange(enum.StrEnum):
    """Say what happened to an override."""

    SENT = "sent"
    BEGAN = "began"
    SETTLED = "settled"
    """Nobody knew whether it holds; somebody looked on the spot and said what they found."""
    EXTENDED = "extended"
    RETURNING = "returning"
    STUCK = "stuck"
    ENDED = "ended"
    REPLACED = "replaced"


class Override(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Hold one override of one point.

    Attributes:
        id: the key of the command that made it.
        order: the key of the order it belongs to, empty for a single command.
        back: how the point goes back; ``back_value`` is what is written then, ``None`` for its own
            programme.
        by_device: the device goes back by itself at ``until_ms``; the bridge reads that it did.
        verified: the value was read back, or somebody looked on the spot; ``False`` while the
            command's fate is unknown and nobody has.
        text_key: why it is stuck, how it ended, or why nobody knows that it holds; empty otherwise.
        params: fill ``text_key``.
        ended_by: who ended it before its time, ``bridge`` when its time came.
    """

    id: str
    equipment_id: str
    equipment_kind: str
    point_key: str
    value: Scalar
    back: WayBack
    owner: str
    seat: str
    reason: str
    since_ms: int
    until_ms: int
    back_value: Scalar = None
    order: str = ""
    by_device: bool = False
    verified: bool = True
    state: OverrideState = OverrideState.ACTIVE
    text_key: str = ""
    params: dict[str, str | int | float] = {}
    ended_by: str = ""
    ended_ms: int | None = None
