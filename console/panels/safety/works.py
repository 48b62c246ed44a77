"""What may be declared of one equipment: technicians at work, in maintenance, disabled, back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from pathlib import Path

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.points import Equipment, ServiceMark
from backend_bridge.contract.quality import ServiceState
from backend_bridge.contract.requests import Request, SetServiceState
from backend_bridge.contract.safety import HandsOff, LiftHandsOff, SetHandsOff
from console.panels.rows import Action
from console.panels.safety.forms import (
    DAY_S,
    FOR_EVER,
    HOUR_S,
    NOW,
    Choice,
    Form,
    Line,
    end_ms,
    lasting,
)
from console.panels.spec import PanelContext
from console.panels.wording import Words
from console.state.drafts import Drafts, default_directory

HANDS, LIFT = "hands", "lift"
MAINTENANCE, DISABLE, BACK = "maintenance", "disable", "back"
REASON, CONTACT = "reason", "contact"
HANDS_SPANS_S = (2 * HOUR_S, 4 * HOUR_S, 8 * HOUR_S, DAY_S)
WORKS_SPANS_S = (8 * HOUR_S, DAY_S, 7 * DAY_S, 30 * DAY_S)
DISABLED_SPANS_S = (DAY_S, 7 * DAY_S)
ICONS = {
    HANDS: "account-hard-hat-outline",
    LIFT: "hand-back-right-off-outline",
    MAINTENANCE: "wrench-outline",
    DISABLE: "cancel",
    BACK: "check-circle-outline",
}


class Works:
    """Offer, ask for and send what may be declared of an equipment.

    What is typed stays until the bridge took it: through Esc, through a refusal, and a crash.
    """

    def __init__(self, context: PanelContext) -> None:
        self._context = context
        self._drafts: tuple[str, Drafts] | None = None
        self._world = context.state
        self._words = Words(context.text)

    # -- what is offered ------------------------------------------------------------------------

    def actions(self, item: Equipment) -> tuple[Action, ...]:
        """Return what may be declared of an equipment now, each with why not."""
        zone, mark = self._zone_at(item), self._world.service.get(item.id)
        if zone is None:
            found = [self._action(HANDS, self.why_not("manage", item.kind, item.sector))]
        else:
            found = [self._action(LIFT, self.why_not_lift(zone))]
        reason = self.why_not_configure(item.kind, item.sector)
        keys = (MAINTENANCE, DISABLE) if mark is None else (BACK,)
        return (*found, *(self._action(key, reason) for key in keys))

    def of_many(self) -> tuple[Action, ...]:
        """Return what may be declared of several at once: technicians at work."""
        declare = self._context.declare
        if declare is None:
            return ()
        return (self._action(HANDS, ""),)

    def form(self, key: str, item: Equipment) -> Form | None:
        """Return what an act asks for, ``None`` for one that asks nothing."""
        if key == LIFT:
            return None
        words, now_ms = self._words, self._world.bridge_now_ms()
        lines = [self._line(key, item, REASON)]
        choices: tuple[Choice, ...] = (Choice(NOW, words.text("safety.act.back")),)
        if key == HANDS:
            lines.append(self._line(key, item, CONTACT))
            choices = lasting(words, now_ms, HANDS_SPANS_S)
        elif key == MAINTENANCE:
            choices = lasting(words, now_ms, WORKS_SPANS_S)
        elif key == DISABLE:
            open_end = Choice(FOR_EVER, words.text("safety.for_ever"))
            choices = (open_end, *lasting(words, now_ms, DISABLED_SPANS_S))
        title = words.text(f"safety.form.{key}", id=item.id)
        return Form(key, title, tuple(lines), choices)

    def why_not(self, action: str, kind: str, sector: str) -> str:
        """Return why nothing can be declared, empty when it can."""
        session = self._world.session
        if session is None or not session.may(action, kind, sector):
            return self._words.text(f"safety.reason.no_{action}", kind=self._words.kind(kind))
        return "" if self._world.liveness.live else self._words.text("acting.reason.not_live")

    def why_not_configure(self, kind: str, sector: str) -> str:
        """Return why nothing can be configured: as :meth:`why_not`, or edit mode is off."""
        reason = self.why_not("configure", kind, sector)
        if reason or self._world.editing:
            return reason
        return self._words.text("safety.reason.edit_off")

    def why_not_lift(self, zone: HandsOff) -> str:
        """Return why a zone cannot be lifted: who set it may; others configure, in edit mode."""
        session = self._world.session
        if session is not None and session.user == zone.by:
            live = self._world.liveness.live
            return "" if live else self._words.text("acting.reason.not_live")
        item = self._world.equipment.get(zone.equipment_id)
        sector = zone.sector or ("" if item is None else item.sector)
        return self.why_not_configure(zone.equipment_kind or "*", sector)

    # -- what is sent ---------------------------------------------------------------------------

    async def declare(
        self, key: str, item: Equipment, lines: Mapping[str, str], choice: str
    ) -> bool:
        """Send an act with what its form took; say how it went; return whether it was done."""
        now_ms = self._world.bridge_now_ms()
        reason = lines.get(REASON, "")
        until_ms = end_ms(choice, now_ms)
        if key == LIFT:
            zone = self._zone_at(item)
            return zone is not None and await self.lift(zone)
        if key == HANDS:
            assert until_ms is not None  # every choice of its form has an end
            asked: Request = SetHandsOff(
                id=uuid.uuid4().hex,
                reason=reason,
                contact=lines.get(CONTACT, ""),
                until_ms=until_ms,
                equipment_id=item.id,
            )
        else:
            state = {MAINTENANCE: ServiceState.MAINTENANCE, DISABLE: ServiceState.DISABLED}
            asked = SetServiceState(
                equipment_id=item.id,
                state=state.get(key, ServiceState.IN_SERVICE),
                reason=reason,
                until_ms=until_ms,
            )
        done = await self._send(asked, f"safety.done.{key}", item.id)
        if done:
            for line in lines:
                self.keep(key, item, line, "")
        return done

    def keep(self, key: str, item: Equipment, line: str, words: str) -> None:
        """Keep a line of an act's form as it is typed."""
        drafts = self._kept()
        if drafts is not None:
            drafts.set(f"{key} {item.id} {line}", words)

    async def lift(self, zone: HandsOff) -> bool:
        """Say that the technicians' hands are off again."""
        where = zone.equipment_id or zone.sector
        return await self._send(LiftHandsOff(id=zone.id), "safety.done.lift", where)

    async def put_back(self, mark: ServiceMark, reason: str) -> bool:
        """Put an equipment back in service."""
        asked = SetServiceState(
            equipment_id=mark.equipment_id, state=ServiceState.IN_SERVICE, reason=reason
        )
        return await self._send(asked, "safety.done.back", mark.equipment_id)

    # -- inside ---------------------------------------------------------------------------------

    def _line(self, key: str, item: Equipment, line: str) -> Line:
        drafts = self._kept()
        typed = "" if drafts is None else drafts.get(f"{key} {item.id} {line}")
        return Line(line, self._words.text(f"safety.line.{line}"), typed)

    def _kept(self) -> Drafts | None:
        """Return what this person typed at this seat, ``None`` while nobody is signed in."""
        session = self._world.session
        if session is None:
            return None
        if self._drafts is None or self._drafts[0] != session.user:
            named = self._context.settings.get("drafts_directory")
            directory = Path(named) if isinstance(named, str) else default_directory()
            drafts = Drafts(directory / "faceplate", session.user, session.seat)
            self._drafts = (session.user, drafts)
        return self._drafts[1]

    async def _send(self, asked: Request, done: str, where: str) -> bool:
        try:
            await self._context.actions.ask(asked)
        except RequestError as error:
            self._context.notify(self._words.refusal(error))
            return False
        self._context.notify(self._words.text(done, id=where))
        return True

    def _zone_at(self, item: Equipment) -> HandsOff | None:
        """Return the zone set on this very equipment: one above it is lifted where it was set."""
        zones = [zone for zone in self._world.acting.zones if zone.equipment_id == item.id]
        return max(zones, key=lambda zone: zone.until_ms, default=None)

    def _action(self, key: str, reason: str) -> Action:
        label = self._words.text(f"safety.act.{key}")
        icon = f"mdi6.{ICONS[key]}"
        return Action(key, label, icon, reason=reason, wants_text=key != LIFT)
