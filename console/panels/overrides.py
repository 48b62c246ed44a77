"""The override ledger: everything people hold away from its programme, with its way back."""

from __future__ import annotations

from collections.abc import Sequence

from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.order_requests import ExtendOverride, OverrideResult, SettleCommand
from backend_bridge.contract.overrides import Override, OverrideState
from backend_bridge.contract.plans import PLAN_PREFIX, CityPlan, PlanResult
from console.panels.haystacks import Haystacks
from console.panels.listing import LazyRows, ListPresenter, Row, Scope
from console.panels.override_rows import OverrideRows
from console.panels.plan_list import PlanList, plan_name, user_name
from console.panels.rows import Action
from console.panels.spec import PanelContext, PanelSpec
from console.state.change import Change
from console.state.folding import words as words_of

END, EXTEND, SHOW, SETTLE = "end", "extend", "show", "settle"
MINE, ALL, STUCK, ENDED, PLANS = "mine", "all", "stuck", "ended", "plans"
_SCOPES = (ALL, MINE, STUCK, ENDED, PLANS)
EXTEND_S = 1800.0
"""Seconds an override is extended by at once."""
MANY = 200
"""Listed ones above which the list is put in order once a second instead of at each change."""

_Listed = Override | CommandRecord | CityPlan


class OverridesPresenter(ListPresenter):
    """List overrides, those that end first first; undo them; say which are stuck."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self._scope = ALL
        self._busy: set[str] = set()
        self._texts = OverrideRows(self._world, self._words)
        self._plans = PlanList(self._world, self._words)
        self._rows: Sequence[Row] = ()
        self._counts: dict[str, int] = {}
        self._haystacks: Haystacks[_Listed] = Haystacks(_id_of, self._described)
        self._stale = False
        self._ends.append(context.selection.subscribe(lambda _: self._tell()))
        self._renew()

    # -- what the view reads --------------------------------------------------------------------

    @property
    def headline(self) -> str:
        """Return how many hold, or how many plans there are."""
        if self._scope == PLANS:
            return self._words.plural("plans.count", len(self._world.acting.plans))
        return self._words.plural("overrides.count", len(self._world.acting.overrides))

    @property
    def lists_plans(self) -> bool:
        """Return whether the rows are plans."""
        return self._scope == PLANS

    @property
    def rows(self) -> Sequence[Row]:
        """Return what holds, the soonest over first; or what ended, the latest first."""
        return self._rows

    @property
    def nothing(self) -> tuple[str, str]:
        """Return what is said in the place of rows."""
        text = self._words.text
        if self.filter_text:
            return text("overrides.no_match"), text("overrides.no_match.body")
        return text(f"overrides.none.{self._scope}"), text("overrides.none.body")

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Return all, mine, stuck, ended and the plans, with their counts."""
        text = self._words.text
        return tuple(
            Scope(key, text(f"overrides.scope.{key}"), self._counts.get(key, 0), key == self._scope)
            for key in _SCOPES
        )

    @property
    def chosen_lines(self) -> tuple[tuple[str, str], ...]:
        """Return who holds the chosen point, why, and how it goes back."""
        plan = self._plan()
        if plan is not None:
            return self._plans.lines(plan) if self.in_sight else ()
        override = self._chosen()
        if override is None or not self.in_sight:
            return ()
        words = self._words
        now_ms = self._world.bridge_now_ms()
        who = user_name(self._world, words, override.owner, override.seat)
        since = words.formats.moment(override.since_ms, now_ms)
        lines = [
            (override.equipment_id, self._texts.held(override)),
            ("", words.text("overrides.line.who", who=who, time=since, reason=override.reason)),
            ("", self._texts.way_back(override)),
        ]
        if override.text_key:
            lines.append(("", words.text(override.text_key)))
        return tuple(lines)

    @property
    def actions(self) -> tuple[Action, ...]:
        """Return what may be done with the chosen override, or the chosen plan."""
        if self._scope == PLANS:
            left = self._words.text("listing.reason.left")
            hidden = left if self.chosen and not self.in_sight else ""
            return self._plans.actions(self._plan(), hidden)
        override = self._chosen()
        reason = self._why_not(override)
        text = self._words.text
        minutes = self._words.formats.duration(EXTEND_S)
        place = "" if override is None else override.equipment_id
        command = self._command()
        if command is not None:
            place = command.equipment_id
        known = place and self._world.equipment.get(place)
        settle = "" if command is not None else text("overrides.reason.not_to_check")
        hidden = text("listing.reason.left") if self.chosen and not self.in_sight else ""
        settle = hidden or settle
        return (
            Action(END, text("overrides.act.end"), "undo", "R", reason, main=not reason),
            Action(
                EXTEND,
                text("overrides.act.extend", time=minutes),
                "timer-sand",
                "P",
                reason,
                wants_text=True,
            ),
            Action(SETTLE, text("overrides.act.settle"), "check", "K", settle, wants_text=True),
            Action(
                SHOW,
                text("action.show"),
                "crosshairs-gps",
                "",
                hidden or ("" if known else text("action.reason.not_on_map")),
            ),
        )

    # -- what the person does -------------------------------------------------------------------

    def set_scope(self, key: str) -> None:
        """Look at all, mine, stuck or ended ones, or at the plans."""
        self._scope = key
        self._renew()
        self._tell()

    def do(self, key: str, words: str = "") -> None:
        """Send the chosen point back, let it last longer, or show it on the map."""
        override, command = self._chosen(), self._command()
        action = next((one for one in self.actions if one.key == key), None)
        if action is None:
            return
        plan = self._plan()
        if action.reason:
            self.explain(action.reason)
        elif plan is not None:
            self._context.spawn(self._ask_plan(key, plan, words))
        elif key == SETTLE and command is not None:
            self._context.spawn(self._settle(command, words))
        elif key == SHOW:
            shown = override or command
            assert shown is not None  # else the action has a reason
            self._context.selection.select_equipment((shown.equipment_id,))
            self._context.selection.seek(shown.equipment_id)
        elif override is None:
            return
        elif key == END:
            assert self._context.desk is not None  # else the action has a reason
            self._context.desk.end_override(override.id)
        else:
            self._context.spawn(self._extend(override, words))

    async def _ask_plan(self, key: str, plan: CityPlan, reason: str) -> None:
        result = await self._ask(self._plans.request(key, plan, reason))
        if isinstance(result, PlanResult):
            name, state = plan_name(self._words, plan), self._plans.state(result.plan)
            self._context.notify(self._words.text("plans.done", name=name, state=state))

    async def _settle(self, command: CommandRecord, reason: str) -> None:
        await self._ask(SettleCommand(key=command.key, reason=reason))

    async def _extend(self, override: Override, reason: str) -> None:
        until_ms = override.until_ms + round(EXTEND_S * 1000)
        self._busy.add(override.id)
        try:
            result = await self._ask(
                ExtendOverride(override_id=override.id, until_ms=until_ms, reason=reason)
            )
        finally:
            self._busy.discard(override.id)
        if isinstance(result, OverrideResult):
            time = self._words.formats.clock(result.override.until_ms)
            self._context.notify(
                self._words.text("overrides.extended", id=override.equipment_id, time=time)
            )
        self._tell()

    # -- inside ---------------------------------------------------------------------------------

    def _of_scope(self, scope: str) -> list[_Listed]:
        """Return what one way to look shows, in order."""
        acting = self._world.acting
        if scope == ENDED:
            return list(acting.overrides.ended)
        if scope == PLANS:
            return [*self._plans.plans()]
        session = self._world.session
        user = "" if session is None else session.user
        found = sorted(
            (one for one in acting.overrides if scope != MINE or one.owner == user), key=_soonest
        )
        if scope != STUCK:
            return [*found]
        stuck = [one for one in found if one.state is OverrideState.STUCK or not one.verified]
        held = {one.id for one in stuck}
        return [*stuck, *(command for command in acting.to_check if command.key not in held)]

    def _plan(self) -> CityPlan | None:
        return self._plans.find(self.chosen) if self._scope == PLANS else None

    def _chosen(self) -> Override | None:
        return self._world.acting.overrides.get(self.chosen) if self.chosen else None

    def _command(self) -> CommandRecord | None:
        """Return the chosen command of unknown fate, its override's own one included."""
        to_check = self._world.acting.to_check
        return to_check.get(self.chosen) if to_check.is_open(self.chosen) else None

    def _why_not(self, override: Override | None) -> str:
        text = self._words.text
        if override is None:
            return text("overrides.reason.none")
        session = self._world.session
        if session is None or not session.may("operate", override.equipment_kind):
            return text("overrides.reason.no_right")
        if not self._world.acting.overrides.is_open(override.id):
            return text("overrides.reason.over")
        plan = self._plans.find(override.owner.removeprefix(PLAN_PREFIX))
        if override.owner.startswith(PLAN_PREFIX) and plan is not None and plan.enabled:
            return text("overrides.reason.of_plan", name=plan_name(self._words, plan))
        if not self.in_sight:
            return text("listing.reason.left")
        if override.state is OverrideState.RETURNING or override.id in self._busy:
            return text("overrides.reason.under_way")
        if not self._world.liveness.live or self._context.desk is None:
            return text("acting.reason.not_live")
        return ""

    def _renew(self) -> None:
        self._stale = False
        found: dict[str, list[_Listed]] = {key: self._of_scope(key) for key in _SCOPES}
        self._counts = {key: len(some) for key, some in found.items()}
        shown = found[self._scope]
        wanted = words_of(self.filter_text)
        if self._haystacks.wants(shown):
            ids = {_id_of(one) for some in found.values() for one in some}
            self._context.spawn(self._haystacks.fold_ahead(shown, ids))
        if wanted:
            shown = self._haystacks.find(shown, wanted)
        self._rows = LazyRows(shown, self._any_row, _id_of)

    def _described(self, one: _Listed) -> Sequence[str]:
        """Return what a filter looks in: the words of its row."""
        return (self._any_row(one).said,)

    def _any_row(self, one: _Listed) -> Row:
        if isinstance(one, CityPlan):
            return self._plans.row(one)
        return self._texts.row(one) if isinstance(one, Override) else self._texts.command_row(one)

    def _on_filtered(self) -> None:
        self._renew()

    def _on_world_changed(self, change: Change) -> None:
        whole = change.situation or change.catalogue or change.session
        self._stale |= bool(change.acting or change.commands or whole)
        few = len(self._world.acting.overrides) <= MANY
        if self._stale and (few or whole or change.second):
            self._renew()
            self._tell()
        elif change.flipped or (change.second and len(self._rows)):
            self._tell()


def _id_of(one: _Listed) -> str:
    return one.id if isinstance(one, Override) else one.key


def _soonest(override: Override) -> tuple[int, str]:
    return override.until_ms, override.id


SPEC = PanelSpec(
    id="overrides",
    title_key="overrides.title",
    icon="mdi6.hand-back-right-outline",
    presenter=OverridesPresenter,
    view="ui.overrides.panel:OverridesView",
    topics=("incidents",),
    preferred_screen="board",
)
