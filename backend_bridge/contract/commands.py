"""Commands to the field: commanded, accepted, read back and verified are four different things."""

from __future__ import annotations

import enum

import msgspec

from backend_bridge.contract.points import Scalar


class CommandOutcome(enum.StrEnum):
    """Follow one command; the last four and ``CONFIRMED`` are final."""

    ACCEPTED = "accepted"
    """Durable in the store; nothing has gone to the field yet."""
    SENT = "sent"
    """Handed to the device; not read back yet."""
    CONFIRMED = "confirmed"
    """Read back equal: the only outcome that may be called done."""
    REFUSED = "refused"
    """Nothing went to the field."""
    FAILED = "failed"
    """The device refused, or reads back something else."""
    EXPIRED = "expired"
    """Its deadline passed before it was sent; nothing went to the field."""
    UNKNOWN = "unknown"
    """Sent, and no proof either way: verify on the spot. Never sent again."""

    @property
    def final(self) -> bool:
        """Return whether no further change can come."""
        return self not in (CommandOutcome.ACCEPTED, CommandOutcome.SENT)


class CommandRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Hold one command and what is known of its fate.

    Attributes:
        key: chosen by the issuer, unique; the same key twice is the same command.
        point_key: the point to write, of ``equipment_id``.
        value: what it shall become.
        reported: what was read back, ``None`` before.
        deadline_ms: on the bridge's clock; not sent after it.
        until_ms: when the override it makes ends, ``None`` when it makes none.
        order: key of the order it belongs to, empty for a single command.
        override: id of the override it takes back, empty when it does not.
        settled_by: who looked on the spot after its fate was unknown, empty while nobody did.
        approved_by: the second person who agreed, empty where none was needed.
        params: fill ``text_key``.
    """

    key: str
    equipment_id: str
    equipment_kind: str
    point_key: str
    value: Scalar
    outcome: CommandOutcome
    issuer: str
    seat: str
    reason: str
    created_ms: int
    deadline_ms: int
    reported: Scalar = None
    text_key: str = ""
    finished_ms: int | None = None
    params: dict[str, str | int | float] = {}
    until_ms: int | None = None
    order: str = ""
    override: str = ""
    approved_by: str = ""
    settled_by: str = ""

    @property
    def to_check(self) -> bool:
        """Return whether its fate is unknown and nobody has looked on the spot yet."""
        return self.outcome is CommandOutcome.UNKNOWN and not self.settled_by
