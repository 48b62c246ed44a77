"""Declaring works: where technicians put their hands, why, whom to call, until when.

One declaration is being written at a time. Nothing is sent before the person has seen what it would
cover and confirmed it; what was typed stays through Esc, and through a crash.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.points import Equipment
from backend_bridge.contract.safety import SetHandsOff
from console.panels.base import BasePresenter
from console.panels.rows import Action
from console.panels.safety.forms import lasting
from console.panels.safety.works import CONTACT, HANDS_SPANS_S, REASON
from console.panels.spec import PanelContext
from console.state.change import Change
from console.state.drafts import Drafts

CONFIRM, GIVE_UP = "confirm", "give_up"
CHOSEN, SECTOR = "chosen", "sector:"
MOST_ZONES = 50
"""Zones set in one go; of more, what they hang on or their sector is declared."""
KINDS_SAID = 4
"""Kinds of what would be covered that are counted one by one."""
NAMED = 6
"""Equipment named one by one."""


class Declaring(BasePresenter):
    """Hold the declaration being written; views draw it and are told when it changed.

    Args:
        drafts: keeps what is typed, ``None`` to keep it in memory alone.
    """

    def __init__(self, context: PanelContext, drafts: Drafts | None = None) -> None:
        super().__init__(context)
        self._drafts = drafts
        self._typed = {key: "" if drafts is None else drafts.get(key) for key in (REASON, CONTACT)}
        self._where = CHOSEN
        self._span_s = HANDS_SPANS_S[1]
        self._sending = False
        self._cover: tuple[str, tuple[str, ...]] | None = None
        self._picked: _Picked | None = None
        self._sectors: list[str] | None = None
        self._ends.append(context.selection.subscribe(lambda _: self._on_selection_changed()))

    # -- what a view reads ----------------------------------------------------------------------

    @property
    def places(self) -> tuple[Action, ...]:
        """Return where works may be declared: what is chosen, then every sector."""
        text = self._words.text
        items = self._picked_now().items
        if len(items) == 1:
            label = items[0].id
        else:
            label = self._words.plural("safety.declare.chosen", len(items))
        found = [Action(CHOSEN, label, "", "", self._why_not_chosen())]
        for sector in self._sectors_now():
            refused = not self._may("*", sector)
            reason = text("safety.declare.no_sector", sector=sector) if refused else ""
            found.append(Action(f"{SECTOR}{sector}", sector, "", "", reason))
        return tuple(self._marked(one, self._where) for one in found)

    @property
    def spans(self) -> tuple[Action, ...]:
        """Return for how long, each with the end it would have now."""
        choices = lasting(self._words, self._world.bridge_now_ms(), HANDS_SPANS_S)
        found = (Action(one.key, one.label, "") for one in choices)
        return tuple(self._marked(one, f"{self._span_s:.0f}") for one in found)

    @property
    def typed(self) -> dict[str, str]:
        """Return the lines as they are typed, by key."""
        return dict(self._typed)

    @property
    def cover(self) -> tuple[str, ...]:
        """Return what nobody could command any more, in words; nothing has been sent."""
        return self._covered()[1]

    @property
    def why_not(self) -> str:
        """Return why it cannot be declared now, empty when it can."""
        text = self._words.text
        place = next((one for one in self.places if one.key == self._where), None)
        if place is None or place.reason:
            return text("safety.declare.where") if place is None else place.reason
        if not self._world.liveness.live:
            return text("acting.reason.not_live")
        if self._sending:
            return text("safety.reason.under_way")
        for key in (REASON, CONTACT):
            if not self._typed[key].strip():
                return text("ui.form.missing", line=text(f"safety.line.{key}"))
        return ""

    @property
    def actions(self) -> tuple[Action, ...]:
        """Return the two that matter: declare it, or do nothing."""
        text = self._words.text
        confirm = Action(
            CONFIRM,
            self._covered()[0],
            "mdi6.account-hard-hat-outline",
            shortcut=text("acting.key.confirm"),
            reason=self.why_not,
            main=True,
        )
        return (confirm, Action(GIVE_UP, text("acting.give_up.ready"), ""))

    # -- what the person does -------------------------------------------------------------------

    def begin(self) -> None:
        """Begin where the person looks: with what is chosen, else with the first sector he may."""
        self._where = CHOSEN
        if not self._picked_now().items:
            may = (one.key for one in self.places if one.key != CHOSEN and not one.reason)
            self._where = next(may, CHOSEN)
        self._renew()

    def choose(self, key: str) -> None:
        """Take another place or another length; one that may not be taken says why."""
        action = next((one for one in (*self.places, *self.spans) if one.key == key), None)
        if action is None:
            return
        if action.reason:
            self.explain(action.reason)
        elif key == CHOSEN or key.startswith(SECTOR):
            self._where = key
        else:
            self._span_s = float(key)
        self._renew()

    def write(self, key: str, words: str) -> None:
        """Take a line as it is typed."""
        self._typed[key] = words
        if self._drafts is not None:
            self._drafts.set(key, words)
        self._tell()

    def confirm(self) -> bool:
        """Send what was shown, once; return whether it goes."""
        reason = self.why_not
        if reason:
            self.explain(reason)
            return False
        self._sending = True
        self._context.spawn(self._send(self._zones()))
        self._tell()
        return True

    # -- inside ---------------------------------------------------------------------------------

    async def _send(self, zones: tuple[SetHandsOff, ...]) -> None:
        """Set zone after zone; one refused is said, the rest goes on; what failed stays written."""
        where = self._said_where()
        failed = 0
        try:
            for zone in zones:
                try:
                    await self._context.actions.ask(zone)
                except RequestError as error:
                    failed += 1
                    self._context.notify(
                        f"{zone.equipment_id or zone.sector}"
                        f"{self._words.text('acting.colon')}{self._words.refusal(error)}"
                    )
        finally:
            self._sending = False
        if not failed:
            for key in (REASON, CONTACT):
                self.write(key, "")
            self._context.notify(self._words.text("safety.done.hands", id=where))
        self._renew()

    def _zones(self) -> tuple[SetHandsOff, ...]:
        """Return the requests, each with an id of its own: sent once."""
        until_ms = self._world.bridge_now_ms() + round(self._span_s * 1000)
        reason, contact = (self._typed[key].strip() for key in (REASON, CONTACT))

        def zone(*, equipment_id: str = "", sector: str = "") -> SetHandsOff:
            return SetHandsOff(
                id=uuid.uuid4().hex,
                reason=reason,
                contact=contact,
                until_ms=until_ms,
                equipment_id=equipment_id,
                sector=sector,
            )

        if self._where.startswith(SECTOR):
            return (zone(sector=self._where.removeprefix(SECTOR)),)
        return tuple(zone(equipment_id=item.id) for item in self._picked_now().topmost)

    def _said_where(self) -> str:
        if self._where.startswith(SECTOR):
            return self._where.removeprefix(SECTOR)
        items = self._picked_now().topmost
        named = ", ".join(item.id for item in items[:NAMED])
        return f"{named}…" if len(items) > NAMED else named

    def _picked_now(self) -> _Picked:
        """Return what is chosen; worked out once for each choice."""
        if self._picked is None:
            ids = self._context.selection.equipment_ids
            get, path = self._world.equipment.get, self._world.equipment.path
            items = [item for key in ids if (item := get(key)) is not None]
            may = [item for item in items if self._may(item.kind, item.sector)]
            keys = {item.id for item in may}
            topmost = [item for item in may if keys.isdisjoint(set(path(item.id)) - {item.id})]
            self._picked = _Picked(items, topmost, left=len(items) - len(may))
        return self._picked

    def _why_not_chosen(self) -> str:
        text, picked = self._words.text, self._picked_now()
        if not picked.items:
            return text("safety.declare.none_chosen")
        if not picked.topmost:
            kind = self._words.kind(picked.items[0].kind)
            return text("safety.reason.no_manage", kind=kind)
        if len(picked.topmost) > MOST_ZONES:
            return text("safety.declare.too_many", count=len(picked.topmost), most=MOST_ZONES)
        return ""

    def _sectors_now(self) -> list[str]:
        if self._sectors is None:
            every = self._world.equipment.by_id.values()
            self._sectors = sorted({item.sector for item in every} - {""})
        return self._sectors

    def _may(self, kind: str, sector: str) -> bool:
        session = self._world.session
        return session is not None and session.may("manage", kind, sector)

    def _covered(self) -> tuple[str, tuple[str, ...]]:
        """Return the words of the button and of what would be covered; worked out once."""
        if self._cover is None:
            self._cover = self._work_out()
        return self._cover

    def _work_out(self) -> tuple[str, tuple[str, ...]]:
        words, world = self._words, self._world
        items = self._in_zone()
        verb = words.plural("safety.declare.verb", len(items))
        if not items:
            return verb, ()
        kinds = Counter(item.kind for item in items).most_common(KINDS_SAID)
        said = " · ".join(words.plural(f"kind.{kind}.count", count) for kind, count in kinds)
        lines = [words.text("safety.declare.covers", kinds=said)]
        ids = {item.id for item in items}
        held = sum(one.equipment_id in ids for one in world.acting.overrides)
        if held:
            lines.append(words.plural("safety.declare.held", held))
        left = self._picked_now().left
        if left and self._where == CHOSEN:
            lines.append(words.plural("safety.declare.left", left))
        return verb, tuple(lines)

    def _in_zone(self) -> list[Equipment]:
        equipment = self._world.equipment
        if self._where.startswith(SECTOR):
            sector = self._where.removeprefix(SECTOR)
            return [item for item in equipment.by_id.values() if item.sector == sector]
        keys: dict[str, None] = {}
        for item in self._picked_now().topmost:
            keys[item.id] = None
            keys.update(dict.fromkeys(equipment.descendants(item.id)))
        return [equipment.by_id[key] for key in keys]

    @staticmethod
    def _marked(action: Action, chosen: str) -> Action:
        main = action.key == chosen and not action.reason
        return Action(action.key, action.label, "", "", action.reason, main=main)

    def _on_selection_changed(self) -> None:
        self._picked = None
        if self._where == CHOSEN:
            self._renew()
        else:
            self._tell()

    def _renew(self) -> None:
        self._cover = None
        self._tell()

    def _on_world_changed(self, change: Change) -> None:
        if change.catalogue or change.session or change.situation:
            self._picked = self._sectors = None
            self._renew()
        elif change.second:
            self._renew()  # what is held there may have changed
        elif change.flipped:
            self._tell()


@dataclass(frozen=True, slots=True)
class _Picked:
    """What is chosen, those of it that get a zone, and how many one may not declare."""

    items: list[Equipment]
    topmost: list[Equipment]
    left: int
