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
