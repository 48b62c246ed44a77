"""Hands-off zones: while technicians have their hands in something, nobody commands it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import HandsOffEvent, JournalEntry
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from backend_bridge.contract.safety import HandsOff, HandsOffResult, LiftHandsOff, SetHandsOff
from backend_bridge.contract.times import Clock
from backend_bridge.core.bus import Bus
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.core.storage import Draft, JournalStore, Situation
from backend_bridge.services.actor import BRIDGE_USER, JournalActor, Plan
from backend_bridge.services.facts import Facts

LONGEST_REASON = 500
LONGEST_CONTACT = 100
LONGEST_ID = 64
LONGEST_ZONE_S = 7 * 24 * 3600.0
"""Seconds after which the technicians must be asked again."""
MOST_ZONES = 500
LOOK_AGAIN_S = 30.0
"""Longest time between two looks at the wall clock, which may jump."""


class HandsOffZones(JournalActor):
    """Keep where technicians work.

    Whoever manages the equipment (for a sector: every kind of it) sets a zone. It is lifted by who
    set it; another person needs ``configure`` there, with edit mode on: hands may still be in it.

    Args:
        sectors: names of the territory's sectors.
        situation: what was open when the bridge last committed; read once, before ``run``.
    """

    def __init__(
        self,
        *,
        facts: Facts,
        sectors: Sequence[str],
        journal: JournalStore,
        bus: Bus,
        clock: Clock,
        situation: Situation,
    ) -> None:
        super().__init__(journal=journal, bus=bus, clock=clock)
        self._facts = facts
        self._sectors = frozenset(sectors)
        self._zones = {zone.id: zone for zone in situation.hands_off}

    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request."""
        return {SetHandsOff: self.ask, LiftHandsOff: self.ask}

    def covering(self, equipment_id: str) -> HandsOff | None:
        """Return the zone an equipment lies in: its own, an ancestor's or its sector's.

        Of several the one that ends last. Past its end a zone covers nothing, even before that is
        written down.
        """
        if not self._zones:
            return None
        above = {equipment_id, *self._facts.ancestors(equipment_id)}
        sector = self._facts.sector(equipment_id)
        now_ms = self._clock.now_ms()
        found = [
            zone
            for zone in self._zones.values()
            if zone.until_ms > now_ms
            and (zone.equipment_id in above if zone.equipment_id else zone.sector == sector)
        ]
        return max(found, key=lambda zone: zone.until_ms, default=None)

    def _absorb(self, items: Sequence[object]) -> list[Draft]:
        assert not items, "nothing is posted to the hands-off zones"
        now_ms = self._clock.now_ms()
        over = [zone for zone in self._zones.values() if zone.until_ms <= now_ms]
        drafts = []
        for zone in over:
            del self._zones[zone.id]
            drafts.append(_draft(_lifted(zone, BRIDGE_USER, now_ms), BRIDGE_USER, "", now_ms))
        return drafts

    def _due_s(self) -> float | None:
        ends_ms = min((zone.until_ms for zone in self._zones.values()), default=None)
        if ends_ms is None:
            return None
        wait_s = (ends_ms - self._clock.now_ms()) / 1000
        return self._clock.mono_s() + min(max(wait_s, 0.0), LOOK_AGAIN_S)

    def _subject(self, request: Request) -> str:
        assert isinstance(request, SetHandsOff | LiftHandsOff)
        return request.id

    async def _plan(self, caller: Caller, request: Request) -> Plan:
        assert isinstance(request, SetHandsOff | LiftHandsOff)
        if isinstance(request, LiftHandsOff):
            return self._plan_lift(caller, request)
        return self._plan_set(caller, request)

    def _plan_set(self, caller: Caller, request: SetHandsOff) -> Plan:
        now_ms = self._clock.now_ms()
        kind, sector = self._where(caller, request)
        caller.require("manage", kind or "*", sector)
        _check(request, now_ms)
        held = self._zones.get(request.id)
        if held is not None and held.by != caller.user:
            self._require_to_lift(caller, held)
        if held is None and len(self._zones) >= MOST_ZONES:
            raise RequestError(ErrorCode.REFUSED, "error.hands_off.too_many", {"most": MOST_ZONES})
        zone = HandsOff(
            id=request.id,
            equipment_id=request.equipment_id,
            sector=request.sector,
            reason=request.reason.strip(),
            contact=request.contact.strip(),
            by=caller.user,
            seat=caller.seat,
            since_ms=now_ms,
            until_ms=request.until_ms,
            equipment_kind=kind,
        )

        def finish(_: Sequence[JournalEntry]) -> Result:
            self._zones[zone.id] = zone
            return HandsOffResult(zone=zone)

        return Plan((_draft(zone, caller.user, caller.seat, now_ms),), finish)

    def _plan_lift(self, caller: Caller, request: LiftHandsOff) -> Plan:
        now_ms = self._clock.now_ms()
        zone = self._zones.get(request.id)
        if zone is None or not caller.holds("view", *self._place(zone)):
            raise RequestError(
                ErrorCode.CONFLICT, "error.hands_off.not_found", {"zone": request.id[:LONGEST_ID]}
            )
        if zone.by != caller.user:
            self._require_to_lift(caller, zone)
        lifted = _lifted(zone, caller.user, now_ms)

        def finish(_: Sequence[JournalEntry]) -> Result:
            self._zones.pop(zone.id, None)
            return HandsOffResult(zone=lifted)

        return Plan((_draft(lifted, caller.user, caller.seat, now_ms),), finish)

    def _require_to_lift(self, caller: Caller, zone: HandsOff) -> None:
        kind, sector = self._place(zone)
        caller.require("configure", kind or "*", sector)

    def _place(self, zone: HandsOff) -> tuple[str, str]:
        if zone.equipment_id:
            return (zone.equipment_kind, self._facts.sector(zone.equipment_id))
        return ("", zone.sector)

    def _where(self, caller: Caller, request: SetHandsOff) -> tuple[str, str]:
        """Return kind and sector of what a zone would cover; the kind is empty for a sector."""
        if bool(request.equipment_id) == bool(request.sector):
            raise RequestError(ErrorCode.BAD_REQUEST, "error.hands_off.where")
        if request.sector:
            if request.sector not in self._sectors:
                raise RequestError(
                    ErrorCode.BAD_REQUEST, "error.hands_off.sector", {"sector": request.sector[:64]}
                )
            return ("", request.sector)
        equipment = self._facts.equipment(request.equipment_id)
        if equipment is None or not caller.holds("view", equipment.kind, equipment.sector):
            raise RequestError(
                ErrorCode.BAD_REQUEST,
                "error.equipment.not_found",
                {"equipment": request.equipment_id[:64]},
            )
        return (equipment.kind, equipment.sector)


def _check(request: SetHandsOff, now_ms: int) -> None:
    """Refuse a zone without a reason, a contact, or an end within reach."""
    if not 1 <= len(request.id) <= LONGEST_ID:
        raise RequestError(ErrorCode.BAD_REQUEST, "error.hands_off.id", {"most": LONGEST_ID})
    for text, most, key in (
        (request.reason, LONGEST_REASON, "error.hands_off.reason"),
        (request.contact, LONGEST_CONTACT, "error.hands_off.contact"),
    ):
        if not text.strip() or len(text) > most:
            raise RequestError(ErrorCode.BAD_REQUEST, key, {"most": most})
    if not now_ms < request.until_ms <= now_ms + LONGEST_ZONE_S * 1000:
        days = round(LONGEST_ZONE_S / 86_400)
        raise RequestError(ErrorCode.BAD_REQUEST, "error.hands_off.until", {"days": days})


def _lifted(zone: HandsOff, by: str, now_ms: int) -> HandsOff:
    return msgspec.structs.replace(zone, lifted_by=by, lifted_ms=now_ms)


def _draft(zone: HandsOff, user: str, seat: str, now_ms: int) -> Draft:
    return Draft(user=user, seat=seat, at_ms=now_ms, event=HandsOffEvent(zone=zone))
