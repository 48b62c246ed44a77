"""The list of works and interlocks: what stands, until when, and the act that ends it."""

from __future__ import annotations

from collections.abc import Sequence

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.points import ServiceMark
from backend_bridge.contract.safety import (
    ArmInterlock,
    GetInterlocks,
    HandsOff,
    Interlock,
    InterlocksResult,
)
from console.panels.listing import ListPresenter, Row, Scope
from console.panels.rows import Action
from console.panels.safety.rows import id_of, is_removed, lines_of, row_of
from console.panels.safety.works import BACK, ICONS, LIFT, Works
from console.panels.spec import PanelContext
from console.state.change import Change

ARM, SHOW, DECLARE = "arm", "show", "declare"
NOW, ZONES, DISARMED, OUT, LOCKS = "now", "zones", "disarmed", "out", "locks"
ASK_AGAIN_S = 10.0
"""Seconds after a refused question for the interlocks before it is asked again; said once."""
Thing = HandsOff | ServiceMark | Interlock


class SafetyPresenter(ListPresenter):
    """List zones, service marks and interlocks; lift, put back in service, arm again.

    Interlocks are not in the situation: they are asked for when the link begins to live, and when
    the journal names one.
    """

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self._works = Works(context)
        self._scope = NOW
        self._locks: dict[str, Interlock] = {}
        self._asked = False
        self._heard = False
        self._wait_s = -1.0
        self._busy: set[str] = set()
        self._rows: tuple[Row, ...] = ()
        self._renew()
        self._look()

    # -- what the view reads --------------------------------------------------------------------

    @property
    def headline(self) -> str:
        """Return how many things stand in the way just now."""
        return self._words.plural("safety.count", len(self._of_scope(NOW)))

    @property
    def rows(self) -> Sequence[Row]:
        """Return zones, disarmed interlocks and marks; the soonest over first."""
        return self._rows

    @property
    def nothing(self) -> tuple[str, str]:
        """Return what is said in the place of rows."""
        text = self._words.text
        if self.filter_text:
            return text("safety.no_match"), text("safety.no_match.body")
        if self._scope in (DISARMED, LOCKS) and not self._heard:
            return text("safety.not_heard"), text("safety.not_heard.body")
        return text(f"safety.none.{self._scope}"), text(f"safety.none.{self._scope}.body")

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Return the ways to look at them, with their counts."""
        return tuple(
            Scope(
                key,
                self._words.text(f"safety.scope.{key}"),
                len(self._of_scope(key)),
                key == self._scope,
            )
            for key in (NOW, ZONES, DISARMED, OUT, LOCKS)
        )

    @property
    def chosen_lines(self) -> tuple[tuple[str, str], ...]:
        """Return everything about the chosen one."""
        thing = self._thing()
        if thing is None or not self.in_sight:
            return ()
        return lines_of(self._world, self._words, thing)

    @property
    def actions(self) -> tuple[Action, ...]:
        """Return the act that ends the chosen one, and the way to it on the map."""
        thing, text = self._thing(), self._words.text
        where = self._place(thing)
        known = bool(where) and self._world.equipment.get(where) is not None
        hidden = text("listing.reason.left") if self.chosen and not self.in_sight else ""
        reason = hidden or (text("safety.reason.none") if thing is None else "")
        if not reason and not known:
            reason = text("action.reason.not_on_map")
        show = Action(SHOW, text("action.show"), "crosshairs-gps", "", reason)
        act = None if thing is None or hidden else self._act(thing)
        declare = Action(
            DECLARE, text("safety.act.declare"), "mdi6.plus", "D", self._why_not_declare()
        )
        return (show, declare) if act is None else (act, show, declare)

    # -- what the person does -------------------------------------------------------------------

    def set_scope(self, key: str) -> None:
        """Look at all that stands, or at one sort."""
        self._scope = key
        self._renew()
        self._look()
        self._tell()

    def do(self, key: str, words: str = "") -> None:
        """End the chosen one, or show where it is."""
        thing = self._thing()
        action = next((one for one in self.actions if one.key == key), None)
        declare = self._context.declare
        if action is None:
            return
        if action.reason:
            self.explain(action.reason)
        elif key == DECLARE and declare is not None:
            declare()
        elif thing is None:
            return
        elif key == SHOW:
            where = self._place(thing)
            self._context.selection.select_equipment((where,))
            self._context.selection.seek(where)
        else:
            self._context.spawn(self._end_it(thing, words))

    # -- inside ---------------------------------------------------------------------------------

    async def _end_it(self, thing: Thing, reason: str) -> None:
        row_id = id_of(thing)
        self._busy.add(row_id)
        try:
            match thing:
                case HandsOff():
                    await self._works.lift(thing)
                case ServiceMark():
                    await self._works.put_back(thing, reason)
                case _:
                    await self._arm(thing, reason)
        finally:
            self._busy.discard(row_id)
        self._tell()

    async def _arm(self, interlock: Interlock, reason: str) -> None:
        result = await self._ask(
            ArmInterlock(
                interlock_id=interlock.id, fingerprint=interlock.mark.fingerprint, reason=reason
            )
        )
        if isinstance(result, InterlocksResult):
            self._locks.update((one.id, one) for one in result.interlocks)
            self._renew()
            self._context.notify(self._words.text("safety.done.arm", id=self._place(interlock)))
        self._asked = False  # its configuration may be another one, or it may be gone: look anew
        self._look()

    def _look(self) -> None:
        """Ask for the interlocks, unless they were heard since the link lives."""
        due = self._context.clock.mono_s() >= self._wait_s
        if due and not self._asked and self._world.liveness.live:
            self._asked = True
            self._context.spawn(self._hear())

    async def _hear(self) -> None:
        try:
            result = await self._context.actions.ask(GetInterlocks())
        except RequestError as error:
            if self._wait_s < 0:
                self._context.notify(self._words.refusal(error))
            self._asked = self._heard = False
            self._wait_s = self._context.clock.mono_s() + ASK_AGAIN_S
            return
        assert isinstance(result, InterlocksResult)
        self._locks = {one.id: one for one in result.interlocks}
        self._heard = True
        self._wait_s = -1.0
        self._renew()
        self._tell()

    def _of_scope(self, scope: str) -> list[Thing]:
        world = self._world
        zones = sorted(world.acting.zones, key=lambda one: one.until_ms)
        marks = sorted(
            world.service.values(), key=lambda one: (one.until_ms is None, one.until_ms or 0)
        )
        locks = sorted(self._locks.values(), key=lambda one: (one.mark.armed, one.id))
        disarmed = [one for one in locks if not one.mark.armed]
        found: dict[str, list[Thing]] = {
            NOW: [*zones, *disarmed, *marks],
            ZONES: [*zones],
            DISARMED: [*disarmed],
            OUT: [*marks],
            LOCKS: [*locks],
        }
        return found[scope]

    def _act(self, thing: Thing) -> Action | None:
        """Return the act that ends a thing, ``None`` for an interlock that is armed."""
        text, works = self._words.text, self._works
        busy = text("safety.reason.under_way") if id_of(thing) in self._busy else ""
        match thing:
            case HandsOff():
                gone = "" if self._world.acting.zones.is_open(thing.id) else text("safety.over")
                reason = busy or gone or works.why_not_lift(thing)
                icon = f"mdi6.{ICONS[LIFT]}"
                return Action(LIFT, text("safety.act.lift"), icon, "L", reason, main=not reason)
            case ServiceMark():
                item = self._world.equipment.get(thing.equipment_id)
                kind, sector = ("*", "") if item is None else (item.kind, item.sector)
                reason = busy or works.why_not_configure(kind, sector)
                label, icon = text("safety.act.back"), f"mdi6.{ICONS[BACK]}"
                return Action(BACK, label, icon, "S", reason, main=not reason, wants_text=True)
            case _ if thing.mark.armed:
                return None
            case _:
                reason = busy or self._why_not_arm(thing)
                label = text("safety.act.note" if is_removed(thing) else "safety.act.arm")
                icon = "mdi6.shield-check-outline"
                return Action(ARM, label, icon, "A", reason, main=not reason, wants_text=True)

    def _why_not_declare(self) -> str:
        """Return why no works can be declared from here: it takes a kind that one manages."""
        session = self._world.session
        if session is None or not session.may("manage", ""):
            return self._words.text("safety.declare.no_right")
        return "" if self._context.declare else self._words.text("faceplate.reason.no_desk")

    def _why_not_arm(self, interlock: Interlock) -> str:
        """Return why a group cannot be armed: it takes the right in every sector it guards."""
        guarded = [self._world.equipment.get(key) for key in interlock.equipment_ids]
        places = {(item.kind, item.sector) for item in guarded if item is not None} or {("*", "")}
        reasons = (self._works.why_not_configure(*place) for place in sorted(places))
        return next((reason for reason in reasons if reason), "")

    def _thing(self) -> Thing | None:
        return next((one for one in self._everything() if id_of(one) == self.chosen), None)

    def _everything(self) -> list[Thing]:
        found = {id_of(one): one for scope in (NOW, LOCKS) for one in self._of_scope(scope)}
        return list(found.values())

    def _place(self, thing: Thing | None) -> str:
        """Return the equipment to look at on the map, empty for none."""
        match thing:
            case None:
                return ""
            case HandsOff() | ServiceMark():
                return thing.equipment_id
            case _:
                return next(iter((*thing.watched_ids, *thing.equipment_ids)), thing.id)

    def _renew(self) -> None:
        wanted = self.filter_text.casefold().split()
        rows = [row_of(self._world, self._words, one) for one in self._of_scope(self._scope)]
        self._rows = tuple(row for row in rows if all(w in row.said.casefold() for w in wanted))

    def _on_filtered(self) -> None:
        self._renew()

    def _on_world_changed(self, change: Change) -> None:
        if change.flipped or change.situation or not self._locks.keys().isdisjoint(change.acting):
            self._asked = False
        self._look()
        told = change.acting or change.service or change.situation or change.catalogue
        if told or (change.second and self._scope not in (DISARMED, LOCKS)):
            before = self._rows
            self._renew()
            if before != self._rows or told:
                self._tell()
        if change.flipped or change.session or change.editing:
            self._tell()
