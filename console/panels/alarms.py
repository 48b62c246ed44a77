"""The alarm panel: the list, by area, what is put aside, the bad actors; and one's own load."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from backend_bridge.contract.alarms import Alarm
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.requests import GetAlarmGuides, GetAlarmHistory, Request
from backend_bridge.contract.results import AlarmGuidesResult, AlarmHistoryResult
from backend_bridge.contract.rights import ANYWHERE
from console.panels.alarm_acts import (
    ACK,
    OPEN,
    PROCEDURE,
    PUT_BACK,
    SHELVE,
    SHELVE_LONG,
    SHOW,
    TAKE_OUT,
    UNSHELVE,
    request_for,
)
from console.panels.alarm_guidance import OUT_S, Guidance
from console.panels.alarm_lists import AlarmLists, actor_of, alarm_id, is_shelved
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
MANY = 1_000
"""Listed alarms above which the list is put in order once a second instead of at each change."""
HISTORY_EVERY_S = 60.0
HISTORY_DAYS = 7


class AlarmsPresenter(ListPresenter):
    """List alarms most pressing first; what they mean and what helps is said of the chosen one."""

    target = TARGET
    limit = LIMIT

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self._lists = AlarmLists(self._world, self._words)
        self._scope = LIST
        self._commune = ""
        self._order = SortedIndex()
        self._put_in_order()
        self._rows: Sequence[Row] = ()
        self._flood = ""
        self._guidance = Guidance(self._world, self._words)
        self._by_procedure = False
        self._history: AlarmHistoryResult | None = None
        self._history_s = float("-inf")
        self._stale = False
        self._renew()
        self._mark()
        self._ends.append(context.selection.subscribe(lambda _: self._mark()))
        self._context.spawn(self._read_guides())

    # -- what the view reads --------------------------------------------------------------------

    @property
    def headline(self) -> str:
        """Return how many are listed, and how many of them the rows leave out."""
        said = self._words.plural("alarms.count", len(self._world.alarms))
        if self._scope == LIST and len(self._rows) < len(self._world.alarms):
            said += f" · {self._words.plural('alarms.shown', len(self._rows))}"
        if self._scope == ACTORS and self._history is not None:
            said = self._words.plural("alarms.counted", self._history.total, days=HISTORY_DAYS)
            if self._history.hidden:
                said += f" · {self._words.plural('alarms.hidden', self._history.hidden)}"
        return said

    @property
    def load(self) -> int:
        """Return how many alarms appeared in the last ten minutes."""
        return len(self._world.load)

    @property
    def load_said(self) -> str:
        """Return one's own load in words, « au moins » while not all of it is known."""
        whole = self._world.load.whole(self._world.bridge_now_ms())
        key = "alarms.load" if whole else "alarms.load.least"
        return self._words.text(key, load=self._words.formats.number(self.load))

    @property
    def flood(self) -> str:
        """Return the flood in one line, what rings most first; empty while one can follow."""
        return self._flood if self.load > LIMIT else ""

    @property
    def way(self) -> str:
        """Return the way of looking that is chosen."""
        return self._scope

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
        steps = self._guidance.procedure(alarm) if self._by_procedure else ()
        return steps or self._guidance.lines(alarm)

    @property
    def actions(self) -> tuple[Action, ...]:
        """Return what may be done with the chosen row."""
        text = self._words.text
        if self._scope == AREA:
            reason = "" if self.in_sight else text("alarms.reason.none")
            return (Action(OPEN, text("alarms.act.open"), "format-list-bulleted", "O", reason),)
        alarm = self._chosen_alarm()
        general = self._why_not("manage", alarm)
        found = []
        if self._scope == LIST:
            seen = text("alarms.reason.seen") if alarm is not None and alarm.acknowledged else ""
            reason = general or seen
            found.append(
                Action(ACK, text("action.acknowledge"), "check", "A", reason, main=not reason)
            )
            found += self._shelf_actions(alarm, general)
        elif self._scope == SHELVED:
            found.append(Action(UNSHELVE, text("alarms.act.unshelve"), "undo", "R", general))
        found += self._service_actions(alarm)
        if alarm is not None and self._guidance.has_procedure(alarm):
            key = "alarms.act.guidance" if self._by_procedure else "alarms.act.procedure"
            found.append(Action(PROCEDURE, text(key), "format-list-numbered", "P"))
        where = self._chosen_equipment()
        known = self._world.equipment.get(where) is not None
        show = "" if known else text("action.reason.not_on_map") if where else general
        return (*found, Action(SHOW, text("action.show"), "crosshairs-gps", "V", show))

    def _shelf_actions(self, alarm: Alarm | None, reason: str) -> list[Action]:
        """Return putting aside for an hour, and for longer where the rule allows it."""
        found = []
        times = [(SHELVE, "C", self._guidance.shelf_s(alarm))]
        if (longest_s := self._guidance.longest_s(alarm)) > times[0][2]:
            times.append((SHELVE_LONG, "L", longest_s))
        for key, letter, for_s in times:
            time = self._words.formats.duration(for_s)
            label = self._words.text(f"alarms.act.{key}", time=time)
            icon = "bell-sleep-outline"
            found.append(Action(key, label, icon, letter, reason, wants_text=True))
        return found

    def _service_actions(self, alarm: Alarm | None) -> tuple[Action, ...]:
        """Return what who configures alarms may do: nobody else is shown it."""
        session = self._world.session
        text = self._words.text
        kind = "" if alarm is None else alarm.equipment_kind
        if session is None or alarm is None or not session.may("configure", kind):
            return ()
        reason = self._why_not("configure", alarm)
        if not reason and not self._world.editing:
            reason = text("safety.reason.edit_off")
        if self._scope == LIST:
            label = text("alarms.act.take_out", time=self._words.formats.duration(OUT_S))
            return (Action(TAKE_OUT, label, "bell-off-outline", "H", reason, wants_text=True),)
        if alarm.taken_out is not None:
            return (Action(PUT_BACK, text("alarms.act.put_back"), "undo", "R", reason),)
        return ()

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
        if key == SHOW:
            where = self._chosen_equipment()
            self._context.selection.select_equipment((where,))
            self._context.selection.seek(where)
            return
        alarm = self._chosen_alarm()
        if alarm is None:
            return
        if key == PROCEDURE:
            self._by_procedure = not self._by_procedure
            self._tell()
            return
        now_ms = self._world.bridge_now_ms()
        self._context.spawn(self._do(request_for(key, alarm, words, now_ms, self._guidance)))

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

    def _chosen_equipment(self) -> str:
        """Return what the chosen row is about, empty for none: a bad actor's row has no alarm."""
        if self._scope == ACTORS:
            return actor_of(self.chosen) if self.in_sight else ""
        alarm = self._chosen_alarm()
        return "" if alarm is None else alarm.equipment_id

    def _on_chosen(self) -> None:
        self._by_procedure = False

    def _why_not(self, action: str, alarm: Alarm | None) -> str:
        text = self._words.text
        if alarm is None:
            left = self.chosen and not self.in_sight
            return text("listing.reason.left" if left else "alarms.reason.none")
        session, item = self._world.session, self._world.equipment.get(alarm.equipment_id)
        where = ANYWHERE if item is None else item.sector
        if session is None or not session.may(action, alarm.equipment_kind, where):
            return text("action.reason.no_right")
        return "" if self._world.liveness.live else text("action.reason.not_live")

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
        self._flood = self._lists.flood(self._world.alarms) if self.load > LIMIT else ""

    def _mark(self) -> None:
        """Mark the alarms of the chosen incident where they stand."""
        incident = self._world.incidents.get(self._context.selection.incident_id or "")
        marked = frozenset(() if incident is None else incident.alarm_ids)
        if marked != self._lists.marked:
            self._lists.marked = marked
            self._tell()

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
        return self._of(alarms, self._lists.row)

    def _of(self, alarms: Sequence[Alarm], make: Callable[[Alarm], Row]) -> Sequence[Row]:
        wanted = words_of(self.filter_text)
        if wanted:
            alarms = self._lists.haystacks.find(alarms, wanted)
        return LazyRows(alarms, make, alarm_id)

    def _aside(self, *, shelved: bool) -> Sequence[Row]:
        aside = self._world.alarms.aside.values()
        found = (alarm for alarm in aside if is_shelved(alarm) is shelved)
        return self._of(sorted(found, key=alarm_key), self._lists.aside_row)

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
            self._guidance.take(result.guides)
            self._tell()

    def _on_filtered(self) -> None:
        self._renew()

    def _on_world_changed(self, change: Change) -> None:
        if change.session or (change.situation and not self._guidance.guides):
            self._context.spawn(self._read_guides())
        whole = change.situation or change.session or change.catalogue
        if whole:
            self._put_in_order()
        else:
            self._move(change.alarms)
        if change.incidents or whole:
            self._mark()
        if change.alarms or whole:
            self._stale = True
        few = len(self._world.alarms) <= MANY
        if self._stale and (few or whole or change.second):
            self._renew()
            self._tell()
        elif change.flipped or change.second or change.editing:
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
