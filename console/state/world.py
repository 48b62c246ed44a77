"""The replica: everything the bridge has told this session, and how far it may be believed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.journal import (
    AlarmEvent,
    ApprovalEvent,
    CircuitEvent,
    CommandEvent,
    CompositionEvent,
    HandsOffEvent,
    IncidentEvent,
    InterlockEvent,
    JournalEntry,
    OrderEvent,
    OverrideEvent,
    PlanEvent,
    ServiceEvent,
)
from backend_bridge.contract.points import Catalogue, PointChange, ServiceMark
from backend_bridge.contract.quality import Quality, ServiceState
from backend_bridge.contract.results import SituationResult
from backend_bridge.contract.seats import SeatPerson
from backend_bridge.contract.times import Clock
from console.state.acting import Acting
from console.state.alarms import Alarms
from console.state.change import Change
from console.state.circuits import Circuits
from console.state.compositions import Compositions
from console.state.equipment import EquipmentIndex
from console.state.feed import Feed, FeedStatus
from console.state.incidents import Incidents
from console.state.listeners import Listeners, Unsubscribe
from console.state.liveness import Liveness, judge
from console.state.load import AlarmLoad
from console.state.points import Points
from console.state.session import Session

COMMANDS_KEPT = 10_000
"""Latest commands remembered, one for each point commanded."""


class World:
    """Mirror the bridge's truth for one console; lives on the interface's thread.

    Panels read the attributes and subscribe; only :meth:`apply`, :meth:`tick`, :meth:`edit`
    and :meth:`receive_visitors` change anything.

    Attributes:
        editing_until_ms: bridge's UTC ms at which this session's edit mode ends, ``None``: off.
        visitors: visitors are in the room: its walls show published cameras only.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.catalogue: Catalogue | None = None
        self.equipment = EquipmentIndex()
        self.points = Points()
        self.alarms = Alarms()
        self.load = AlarmLoad()
        self.incidents = Incidents()
        self.service: dict[str, ServiceMark] = {}
        self.circuits = Circuits()
        self.compositions = Compositions()
        self.acting = Acting()
        self.commands: dict[tuple[str, str], CommandRecord] = {}
        self.session: Session | None = None
        self.people: tuple[SeatPerson, ...] = ()
        self.editing_until_ms: int | None = None
        self.visitors = False
        self.liveness = Liveness()
        self.epoch = ""
        self._second = -1
        self._status: FeedStatus | None = None
        self._listeners: Listeners[Change] = Listeners()

    def subscribe(self, listener: Callable[[Change], None]) -> Unsubscribe:
        """Call ``listener`` after each change; the returned function ends it."""
        return self._listeners.add(listener)

    def apply(self, feed: Feed, index: EquipmentIndex | None = None) -> Change:
        """Take one batch from the link, tell subscribers, then let the link send the next.

        Args:
            feed: the batch.
            index: of the batch's catalogue, where it was made beforehand in another thread.

        Returns:
            What changed, as subscribers were told.
        """
        try:
            change = self._apply(feed, index)
            if change:
                self._listeners.tell(change)
        finally:
            feed.taken()
        return change

    def tick(self) -> Change:
        """Judge the liveness again by the clock; call at least four times a second.

        What nobody says any more must age by itself: a link thread that died sends no batch.
        """
        flipped, spoken = self._judge()
        second = int(self.clock.mono_s())
        if second != self._second:
            self.load.prune(self.bridge_now_ms())
        edited = self._end_editing(at_once=flipped)
        ticked = second != self._second
        change = Change(liveness=spoken, flipped=flipped, second=ticked, editing=edited)
        self._second = second
        if change:
            self._listeners.tell(change)
        return change

    def receive_visitors(self, present: bool) -> None:
        """Take that visitors are in the room, until told that they have left."""
        if present != self.visitors:
            self.visitors = present
            self._listeners.tell(Change(visitors=True))

    def edit(self, until_ms: int | None) -> None:
        """Take that this session's edit mode is on until a time (UTC ms), or off."""
        if until_ms != self.editing_until_ms:
            self.editing_until_ms = until_ms
            self._listeners.tell(Change(editing=True))

    @property
    def editing(self) -> bool:
        """Return whether this session may change configuration now, as far as is known here."""
        until_ms = self.editing_until_ms
        return until_ms is not None and self.bridge_now_ms() < until_ms

    def beside(self) -> tuple[SeatPerson, ...]:
        """Return who sits at this person's seat on other consoles, longest first."""
        if self.session is None or self._status is None:
            return ()
        seat, here = self.session.seat, self._status.console
        return tuple(each for each in self.people if each.seat == seat and each.console != here)

    def seated_since_ms(self) -> int | None:
        """Return since when this person sits here (bridge's UTC ms), ``None`` when unknown."""
        if self.session is None or self._status is None:
            return None
        here = self._status.console
        return next((each.since_ms for each in self.people if each.console == here), None)

    def bridge_now_ms(self) -> int:
        """Return the bridge's UTC ms, carried on by this machine's steady clock.

        Before the first hello: this machine's own wall clock.
        """
        ahead_ms = None if self._status is None else self._status.bridge_ahead_ms
        if ahead_ms is None:
            return self.clock.now_ms()
        return round(self.clock.mono_s() * 1000 + ahead_ms)

    def quality(self, index: int) -> Quality:
        """Return the quality that may be *shown*: nothing is good while the link is not live."""
        quality = self.points.state[index].quality
        if quality is Quality.GOOD and not self.liveness.live:
            return Quality.STALE
        return quality

    def age_s(self, index: int) -> float | None:
        """Return seconds since the point was last confirmed from the field, ``None`` for never."""
        return self.points.age_s(index, self.bridge_now_ms())

    def service_state(self, equipment_id: str) -> ServiceState:
        """Return the service state of one equipment."""
        mark = self.service.get(equipment_id)
        return ServiceState.IN_SERVICE if mark is None else mark.state

    def frozen(self) -> dict[str, int]:
        """Return the equipment that say of themselves that they are frozen, and since when.

        UTC ms. Only what may be believed: a stale word of it is stale, not frozen.
        """
        state = self.points.state
        return {
            key: state[index].changed_ms
            for key, index in self.equipment.frozen_points
            if state[index].value is True and self.quality(index) is Quality.GOOD
        }

    def quality_counts(self) -> dict[Quality, int]:
        """Return how many visible points have each quality, as shown now."""
        return self._as_shown(self.points.counts)

    def equipment_counts(self) -> dict[Quality, int]:
        """Return how many pieces of visible equipment have each quality, as shown now.

        Each counts once, by its point that may be trusted least (:class:`QualityTally`); the
        service state is another matter and changes nothing here.
        """
        return self._as_shown(self.points.equipment.counts)

    def _as_shown(self, held: Sequence[int]) -> dict[Quality, int]:
        counts = {quality: held[quality] for quality in Quality}
        if not self.liveness.live:
            counts[Quality.STALE] += counts[Quality.GOOD]
            counts[Quality.GOOD] = 0
        return counts

    # -- taking a batch -------------------------------------------------------------------------

    def _apply(self, feed: Feed, index: EquipmentIndex | None) -> Change:
        catalogue = self._take_catalogue(feed, index)
        points = self._take_points(feed.changes)
        heard = self.points.hear(feed.heard)
        situation = feed.situation is not None or feed.drop
        if feed.situation is not None:
            self._take_situation(feed.situation)
        touched = _Touched()
        for entry in feed.entries:
            self._take_entry(entry, touched)
        self._status = feed.status
        self.epoch = feed.status.epoch
        session = self._take_session(feed.status)
        people = self._take_people(feed.status)
        flipped, spoken = self._judge()
        edited = self._end_editing(at_once=flipped or session)
        return Change(
            points=range(len(self.points)) if feed.drop_points or catalogue else points,
            heard=heard,
            alarms=frozenset(touched.alarms),
            incidents=frozenset(touched.incidents),
            service=frozenset(touched.service),
            commands=frozenset(touched.commands),
            circuits=frozenset(touched.circuits),
            compositions=frozenset(touched.compositions),
            acting=frozenset(touched.acting),
            catalogue=catalogue,
            session=session,
            people=people,
            editing=edited,
            situation=situation,
            liveness=spoken,
            flipped=flipped,
        )

    def _take_catalogue(self, feed: Feed, index: EquipmentIndex | None) -> bool:
        replaced = feed.drop and self.catalogue is not None
        if feed.drop:
            self.catalogue = None
            self.equipment = EquipmentIndex()
            self.commands.clear()
            self._take_situation(SituationResult(seq=0, alarms=(), incidents=(), service=()))
            self.load.forget()
        if feed.catalogue is not None:
            self.catalogue = feed.catalogue
            self.equipment = index if index is not None else EquipmentIndex(feed.catalogue)
            replaced = True
        if feed.drop or feed.drop_points or feed.catalogue is not None:
            total = 0 if self.catalogue is None else self.catalogue.points_total
            owner_of = self.equipment.owner_numbers(total)
            group_of = self.equipment.groups.of_owner
            self.points.reset(total, self.equipment.visible_points, owner_of, group_of)
        return replaced

    def _take_points(self, changes: Sequence[PointChange]) -> list[int]:
        return self.points.apply(changes) if changes else []

    def _take_situation(self, situation: SituationResult) -> None:
        self.alarms.replace(situation.alarms)
        self.load.take_listed(situation.alarms, self.bridge_now_ms())
        self.incidents.replace(situation.incidents)
        self.service = {mark.equipment_id: mark for mark in situation.service}
        self.circuits.replace(situation.circuits)
        self.compositions.replace(situation.compositions)
        self.acting.replace(situation)
        # what ended while nobody listened is under way nowhere but here
        self.commands = {at: each for at, each in self.commands.items() if each.outcome.final}
        for command in situation.commands:
            self._take_command(command)

    def _take_entry(self, entry: JournalEntry, touched: _Touched) -> None:
        match entry.event:
            case AlarmEvent(alarm=alarm, change=kind):
                self.alarms.put(alarm)
                self.load.take(alarm, kind, entry.at_ms)
                touched.alarms.add(alarm.id)
                owner = self.incidents.of_alarm(alarm.id)
                if owner is not None:
                    touched.incidents.add(owner)
            case IncidentEvent(incident=incident):
                touched.incidents.add(incident.id)
                touched.incidents.update(self.incidents.put(incident))
            case ServiceEvent(mark=mark):
                if mark.state is ServiceState.IN_SERVICE:
                    self.service.pop(mark.equipment_id, None)
                else:
                    self.service[mark.equipment_id] = mark
                touched.service.add(mark.equipment_id)
            case CommandEvent(command=command):
                self._take_command(command)
                if command.outcome.final:
                    self.acting.to_check.put(command)
                touched.commands.add(command.equipment_id)
            case (
                OrderEvent() | ApprovalEvent() | OverrideEvent() | HandsOffEvent() | PlanEvent()
            ) as event:
                touched.acting.add(self.acting.take(event))
            case InterlockEvent(mark=interlock):
                touched.acting.add(interlock.interlock_id)
            case CircuitEvent(mark=circuit):
                self.circuits.put(circuit)
                touched.circuits.add(circuit.circuit_id)
            case CompositionEvent(composition=item):
                self.compositions.put(item)
                touched.compositions.add(item.id)

    def _take_command(self, command: CommandRecord) -> None:
        key = (command.equipment_id, command.point_key)
        self.commands.pop(key, None)
        self.commands[key] = command
        while len(self.commands) > COMMANDS_KEPT:
            del self.commands[next(iter(self.commands))]

    def _take_session(self, status: FeedStatus) -> bool:
        said = status.session
        session = (
            None
            if said is None
            else Session(said.user, said.display_name, said.seat, frozenset(said.rights))
        )
        changed = session != self.session
        self.session = session
        return changed

    def _take_people(self, status: FeedStatus) -> bool:
        people = tuple(status.people)
        changed = people != self.people
        self.people = people
        return changed

    def _end_editing(self, *, at_once: bool) -> bool:
        """End edit mode when its time is over, or at once; return whether it was on.

        A link that was silent may have been another session meanwhile: nobody believes it on.
        """
        if self.editing_until_ms is None or (self.editing and not at_once):
            return False
        self.editing_until_ms = None
        return True

    def _judge(self) -> tuple[bool, bool]:
        """Renew the liveness; return whether ``live`` flipped and whether anything worth a word."""
        if self._status is None:
            return False, False
        before = self.liveness
        after = judge(
            self._status,
            self.clock.mono_s(),
            self.clock.now_ms(),
            before,
            bridge_now_ms=self.bridge_now_ms(),
        )
        self.liveness = after
        spoken = (
            after.word is not before.word
            or after.text_key != before.text_key
            or after.storage_ok != before.storage_ok
            or after.storage_fault != before.storage_fault
            or (not after.live and after.revisions_behind != before.revisions_behind)
        )
        return after.live != before.live, spoken


class _Touched:
    """Gather ids while entries are taken."""

    __slots__ = (
        "acting",
        "alarms",
        "circuits",
        "commands",
        "compositions",
        "incidents",
        "service",
    )

    def __init__(self) -> None:
        self.alarms: set[str] = set()
        self.incidents: set[str] = set()
        self.service: set[str] = set()
        self.commands: set[str] = set()
        self.circuits: set[str] = set()
        self.compositions: set[str] = set()
        self.acting: set[str] = set()
