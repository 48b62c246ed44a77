"""The alarm panel: the list, by area, what is put aside, the bad actors; and one's own load."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from backend_bridge.contract.alarms import Alarm, AlarmGuide
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.requests import (
    AcknowledgeAlarm,
    GetAlarmGuides,
    GetAlarmHistory,
    Request,
    ShelveAlarm,
    UnshelveAlarm,
)
from backend_bridge.contract.results import AlarmGuidesResult, AlarmHistoryResult
from console.panels.alarm_lists import AlarmLists, alarm_id, is_shelved
from console.panels.alarm_rows import alarm_row
from console.panels.listing import LazyRows, ListPresenter, Row, Scope
from console.panels.rows import Action
from console.panels.spec import PanelContext, PanelSpec
from console.state.alarms import alarm_key
from console.state.change import Change
from console.state.folding import words as words_of
from console.state.load import LIMIT, TARGET
from console.state.sorted_index import SortedIndex

LIST, AREA, SHELVED, SUPPRESSED, ACTORS = "list", "area", "shelved", "suppressed", "actors"
SCOPES = (LIST, AREA, SHELVED, SUPPRESSED, ACTORS)
ACK, SHELVE, UNSHELVE, SHOW, OPEN = "acknowledge", "shelve", "unshelve", "show", "open"
MANY = 1_000
"""Listed alarms above which the list is put in order once a second instead of at each change."""
HISTORY_EVERY_S = 60.0
HISTORY_DAYS = 7
SHELF_S = 3600.0
"""Seconds an alarm is put aside for when its rule says nothing else."""


class AlarmsPresenter(ListPresenter):
    """List alarms most pressing first; what they mean and what helps is said of the chosen one."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self._lists = AlarmLists(self._world, self._words)
        self._scope = LIST
        self._commune = ""
        self._order = SortedIndex()
        self._put_in_order()
        self._rows: Sequence[Row] = ()
        self._guides: dict[str, AlarmGuide] = {}
        self._history: AlarmHistoryResult | None = None
        self._history_s = float("-inf")
        self._stale = False
        self._renew()
        self._context.spawn(self._read_guides())

    # -- what the view reads --------------------------------------------------------------------

    @property
    def headline(self) -> str:
        """Return how many are listed, and one's own load against target and limit."""
        load = len(self._world.load)
        count = self._words.plural("alarms.count", len(self._world.alarms))
        return self._words.text(
            "alarms.headline", count=count, load=load, target=TARGET, limit=LIMIT
        )

    @property
    def rows(self) -> Sequence[Row]:
        """Return the rows of the present way to look."""
        return self._rows

    @property
    def nothing(self) -> tuple[str, str]:
        """Return what is said in the place of rows."""
        text = self._words.text
        if self.filter_text or self._commune:
            count = self._words.formats.number(len(self._world.alarms))
            return text("alarms.no_match"), text("alarms.no_match.body", count=count)
        if self._scope == ACTORS and self._history is None:
            return text("alarms.reading"), ""
        return text(f"alarms.none.{self._scope}"), text(f"alarms.none.{self._scope}.body")

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Return the ways to look, with their counts."""
        aside = self._world.alarms.aside.values()
        counts = {
            LIST: len(self._world.alarms),
            SHELVED: sum(is_shelved(alarm) for alarm in aside),
            SUPPRESSED: sum(not is_shelved(alarm) for alarm in aside),
        }
        return tuple(
            Scope(
                key,
                self._words.text(f"alarms.scope.{key}"),
                counts.get(key, 0),
                key == self._scope,
            )
            for key in SCOPES
        )

    @property
    def chosen_lines(self) -> tuple[tuple[str, str], ...]:
        """Return what the chosen alarm means, what helps and by when."""
        alarm = self._chosen_alarm()
        if alarm is None:
            return ()
        row = alarm_row(self._world, self._words, alarm)
        text = self._words.text
        lines = [(f"{row.code} {row.text}", row.history)]
        if alarm.shelf is not None or alarm.taken_out is not None or alarm.suppressed:
            lines.append(("", self._aside_words(alarm)))
        lines += [
            (text("alarms.cause"), row.cause),
            (text("alarms.consequence"), row.consequence),
            (text("alarms.act"), self._act_words(alarm, row.action)),
        ]
        return tuple(line for line in lines if line[1] or line[0] == lines[0][0])[:4]

    @property
    def actions(self) -> tuple[Action, ...]:
        """Return what may be done with the chosen row."""
        text = self._words.text
        if self._scope == AREA:
            reason = "" if self.in_sight else text("alarms.reason.none")
            return (Action(OPEN, text("alarms.act.open"), "format-list-bulleted", "O", reason),)
        alarm = self._chosen_alarm()
        general = self._why_not(alarm)
        seen = text("alarms.reason.seen") if alarm is not None and alarm.acknowledged else ""
        known = alarm is not None and self._world.equipment.get(alarm.equipment_id) is not None
        found = []
        if self._scope == LIST:
            found.append(
                Action(
                    ACK,
                    text("action.acknowledge"),
                    "check",
                    "A",
                    general or seen,
                    main=not (general or seen),
                )
            )
            label = text("alarms.act.shelve", time=self._shelf_text(alarm))
            found.append(Action(SHELVE, label, "bell-sleep-outline", "C", general, wants_text=True))
        elif self._scope == SHELVED:
            found.append(Action(UNSHELVE, text("alarms.act.unshelve"), "undo", "R", general))
        show = "" if known else general if alarm is None else text("action.reason.not_on_map")
        return (*found, Action(SHOW, text("action.show"), "crosshairs-gps", "V", show))

    # -- what the person does -------------------------------------------------------------------

    def set_scope(self, key: str) -> None:
        """Look at the list another way; a commune chosen before is forgotten."""
        self._scope, self._commune, self.chosen = key, "", ""
        if key == ACTORS:
            self._ask_history()
        self._renew()
        self._tell()

    def do(self, key: str, words: str = "") -> None:
        """Carry out an act on the chosen row."""
        action = next((one for one in self.actions if one.key == key), None)
        if action is None:
            return
        if action.reason:
            self.explain(action.reason)
            return
        if key == OPEN:
            self._open_commune(self.chosen)
            return
        alarm = self._chosen_alarm()
        if alarm is None:
            return
        if key == SHOW:
            self._context.selection.select_equipment((alarm.equipment_id,))
            self._context.selection.seek(alarm.equipment_id)
            return
        now_ms = self._world.bridge_now_ms()
        until_ms = now_ms + round(self._shelf_s(alarm) * 1000)
        request: Request = AcknowledgeAlarm(alarm_id=alarm.id)
        if key == SHELVE:
            request = ShelveAlarm(alarm_id=alarm.id, until_ms=until_ms, reason=words)
        elif key == UNSHELVE:
            request = UnshelveAlarm(alarm_id=alarm.id)
        self._context.spawn(self._do(request))

    async def _do(self, request: Request) -> None:
        await self._ask(request)  # the journal tells what became of it; a refusal is said

    # -- inside ---------------------------------------------------------------------------------

    def _open_commune(self, commune: str) -> None:
        self._scope, self.chosen = LIST, ""
        self._commune = commune
        self._renew()
        self._tell()

    def _chosen_alarm(self) -> Alarm | None:
        if not self.in_sight:
            return None
        return self._world.alarms.get(self.chosen) or self._world.alarms.aside.get(self.chosen)

    def _why_not(self, alarm: Alarm | None) -> str:
        text = self._words.text
        if alarm is None:
            left = self.chosen and not self.in_sight
            return text("listing.reason.left" if left else "alarms.reason.none")
        session = self._world.session
        if session is None or not session.may("manage", alarm.equipment_kind):
            return text("action.reason.no_right")
        return "" if self._world.liveness.live else text("action.reason.not_live")

    def _shelf_s(self, alarm: Alarm | None) -> float:
        guide = None if alarm is None else self._guides.get(alarm.rule)
        return SHELF_S if guide is None else min(SHELF_S, guide.longest_shelf_s)

    def _shelf_text(self, alarm: Alarm | None) -> str:
        return self._words.formats.duration(self._shelf_s(alarm))

    def _aside_words(self, alarm: Alarm) -> str:
        words = self._words
        shelf = alarm.shelf or alarm.taken_out
        if shelf is None:
            return words.first(f"alarm.suppressed.{alarm.suppressed}", "alarms.suppressed")
        until = words.formats.deadline(shelf.until_ms, self._world.bridge_now_ms())
        key = "alarms.shelved" if alarm.shelf is not None else "alarms.taken_out"
        return words.text(
            key, by=words.person(shelf.by, shelf.seat), time=until, reason=shelf.reason
        )

    def _act_words(self, alarm: Alarm, action: str) -> str:
        guide = self._guides.get(alarm.rule)
        parts = [action]
        if guide is not None and guide.act_within_s:
            left_s = guide.act_within_s - (self._world.bridge_now_ms() - alarm.raised_ms) / 1000
            key = "alarms.time_left" if left_s > 0 else "alarms.too_late"
            duration = self._words.formats.duration(abs(left_s))
            parts.append(self._words.text(key, time=duration))
        if guide is not None and guide.procedure:
            parts.append(self._words.text("alarms.procedure", procedure=guide.procedure))
        return " ".join(part for part in parts if part)

    def _renew(self) -> None:
        self._stale = False
        make: dict[str, Callable[[], Sequence[Row]]] = {
            LIST: self._listed,
            AREA: lambda: self._lists.areas(self._ordered()),
            SHELVED: lambda: self._aside(shelved=True),
            SUPPRESSED: lambda: self._aside(shelved=False),
            ACTORS: lambda: self._lists.actors(self._history),
        }
        self._rows = make[self._scope]()

    def _put_in_order(self) -> None:
        self._order.replace((alarm.id, alarm_key(alarm)) for alarm in self._world.alarms)

    def _move(self, ids: Iterable[str]) -> None:
        """Give alarms that changed their new place; the others keep theirs."""
        for changed in ids:
            alarm = self._world.alarms.get(changed)
            if alarm is None:
                self._order.remove(changed)
            else:
                self._order.put(changed, alarm_key(alarm))

    def _ordered(self) -> list[Alarm]:
        by_id = self._world.alarms.by_id
        return [by_id[one] for one in self._order]

    def _listed(self) -> Sequence[Row]:
        alarms = self._ordered()
        if self._commune:
            equipment = self._world.equipment
            alarms = [
                alarm
                for alarm in alarms
                if (item := equipment.get(alarm.equipment_id)) is not None
                and item.commune == self._commune
            ]
        elif self._lists.haystacks.wants(alarms):
            kept = self._world.alarms.by_id
            self._context.spawn(self._lists.haystacks.fold_ahead(alarms, kept))
        return self._of(alarms)

    def _of(self, alarms: Sequence[Alarm]) -> Sequence[Row]:
        wanted = words_of(self.filter_text)
        if wanted:
            alarms = self._lists.haystacks.find(alarms, wanted)
        return LazyRows(alarms, self._lists.row, alarm_id)

    def _aside(self, *, shelved: bool) -> Sequence[Row]:
        aside = self._world.alarms.aside.values()
        found = (alarm for alarm in aside if is_shelved(alarm) is shelved)
        return self._of(sorted(found, key=alarm_key))

    def _ask_history(self) -> None:
        now_s = self._context.clock.mono_s()
        if now_s - self._history_s >= HISTORY_EVERY_S:
            self._history_s = now_s
            self._context.spawn(self._read_history())

    async def _read_history(self) -> None:
        result = await self._ask(GetAlarmHistory(days=HISTORY_DAYS))
        if isinstance(result, AlarmHistoryResult):
            self._history = result
            self._renew()
            self._tell()

    async def _read_guides(self) -> None:
        try:
            result = await self._context.actions.ask(GetAlarmGuides())
        except RequestError:
            return  # texts without times: the next sign-in or situation asks again
        if isinstance(result, AlarmGuidesResult):
            self._guides = {guide.rule: guide for guide in result.guides}
            self._tell()

    def _on_filtered(self) -> None:
        self._renew()

    def _on_world_changed(self, change: Change) -> None:
        if change.session or (change.situation and not self._guides):
            self._context.spawn(self._read_guides())
        whole = change.situation or change.session or change.catalogue
        if whole:
            self._put_in_order()
        else:
            self._move(change.alarms)
        if change.alarms or whole:
            self._stale = True
        few = len(self._world.alarms) <= MANY
        if self._stale and (few or whole or change.second):
            self._renew()
            self._tell()
        elif change.flipped or change.second:
            if self._scope == ACTORS:
                self._ask_history()
            self._tell()


SPEC = PanelSpec(
    id="alarms",
    title_key="alarms.title",
    icon="mdi6.bell-outline",
    presenter=AlarmsPresenter,
    view="ui.alarms.panel:AlarmsView",
    topics=("alarms",),
    preferred_screen="board",
)
