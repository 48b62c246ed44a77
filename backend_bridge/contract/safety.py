"""What keeps people from commanding: interlocks, and zones where technicians have their hands."""

from __future__ import annotations

import msgspec


class InterlockMark(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Say whether an interlock's group may be commanded at all.

    Attributes:
        fingerprint: of the configuration it was armed for; another one disarms it.
        reason: why it is disarmed, or what the person wrote who armed it.
    """

    interlock_id: str
    armed: bool
    fingerprint: str
    by: str = ""
    since_ms: int = 0
    reason: str = ""


class Interlock(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Describe one interlock and how it stands.

    Attributes:
        id: names it for ever; its title is the text ``interlock.<rule>.title``.
        rule: key of the rule it comes from.
        equipment_ids: what it guards.
        watched_ids: what it looks at.
    """

    id: str
    rule: str
    equipment_ids: tuple[str, ...]
    watched_ids: tuple[str, ...]
    mark: InterlockMark


class HandsOff(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Keep everybody's hands off an equipment and all that hangs on it while technicians work.

    Attributes:
        id: unique; the same id replaces.
        equipment_id: the topmost equipment nobody commands; empty when ``sector`` says where.
        sector: or every equipment of this sector.
        contact: how the technicians are reached, a telephone number or a radio call sign.
        lifted_ms: UTC ms at which it was lifted, ``None`` while it stands.
    """

    id: str
    equipment_id: str
    sector: str
    reason: str
    contact: str
    by: str
    seat: str
    since_ms: int
    until_ms: int
    equipment_kind: str = ""
    lifted_by: str = ""
    lifted_ms: int | None = None


class GetInterlocks(msgspec.Struct, frozen=True, kw_only=True, tag="get_interlocks"):
    """Ask for the interlocks that guard ``equipment_id``, or for all when it is empty."""

    equipment_id: str = ""


class ArmInterlock(msgspec.Struct, frozen=True, kw_only=True, tag="arm_interlock"):
    """Say that an interlock's configuration, named by its fingerprint, was looked at and holds."""

    interlock_id: str
    fingerprint: str
    reason: str


class SetHandsOff(msgspec.Struct, frozen=True, kw_only=True, tag="set_hands_off"):
    """Say that technicians work at an equipment, or in a sector, until a time (UTC ms)."""

    id: str
    reason: str
    contact: str
    until_ms: int
    equipment_id: str = ""
    sector: str = ""


class LiftHandsOff(msgspec.Struct, frozen=True, kw_only=True, tag="lift_hands_off"):
    """Say that the technicians' hands are off again."""

    id: str


class SetEditMode(msgspec.Struct, frozen=True, kw_only=True, tag="set_edit_mode"):
    """Turn edit mode on or off for this session; it is off at sign-in and ends by itself."""

    on: bool


class InterlocksResult(msgspec.Struct, frozen=True, kw_only=True, tag="interlocks"):
    """Carry interlocks and how they stand."""

    interlocks: tuple[Interlock, ...]


class HandsOffResult(msgspec.Struct, frozen=True, kw_only=True, tag="hands_off_result"):
    """Carry a zone after the change; durable when this arrives."""

    zone: HandsOff


class EditModeResult(msgspec.Struct, frozen=True, kw_only=True, tag="edit_mode"):
    """Say whether this session may change configuration, and until when (UTC ms)."""

    until_ms: int | None
