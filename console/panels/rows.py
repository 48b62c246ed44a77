"""What presenters hand to views: finished texts and plain facts, ready to be drawn.

Everything here is frozen: a changed row is another object. Texts are in the operator's language;
``fraction`` values run from 0 and pass 1 when a limit is passed; ``icon`` is a ``mdi6.`` name.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend_bridge.contract.alarms import AlarmState, Severity
from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.points import TrendPoint
from backend_bridge.contract.quality import Quality, ServiceState


@dataclass(frozen=True, slots=True)
class SourceCount:
    """Count what reported an incident: an icon and how many."""

    icon: str
    count: int


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One incident in the queue.

    Attributes:
        alarm_state: what its mark shows; ``NORMAL`` once no alarm of it is listed.
        title: bold; ``place`` follows it. ``state`` is the second line, after ``sources``.
        owner: seat or user, « moi » for who sits here (``mine``), « — » for nobody.
        elapsed: « 11 min » since it was opened; ``limit``: « sur 15 min », empty without one.
        fraction: elapsed over limit, ``None`` without a limit.
    """

    id: str
    severity: Severity
    alarm_state: AlarmState
    title: str
    place: str
    sources: tuple[SourceCount, ...]
    state: str
    owner: str
    mine: bool
    elapsed: str
    limit: str
    fraction: float | None
    overdue: bool
    closed: bool
    tooltip: str


@dataclass(frozen=True, slots=True)
class Scope:
    """One of the queue's filter buttons."""

    key: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person may do now, or why not.

    Attributes:
        key: argument of the presenter's ``do``.
        shortcut: as Qt writes it, ``F2``; empty for none.
        reason: why it is not possible, empty when it is: never a disabled button without one.
        main: drawn filled.
        wants_text: the act needs a line of text (``do(key, text)``).
    """

    key: str
    label: str
    icon: str
    shortcut: str = ""
    reason: str = ""
    main: bool = False
    wants_text: bool = False

    @property
    def enabled(self) -> bool:
        """Return whether it can be done now."""
        return not self.reason


@dataclass(frozen=True, slots=True)
class StateStep:
    """One step of an incident: ``done``, ``current`` or ``todo``; time empty when unknown."""

    word: str
    time: str
    stage: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of facts; ``quality`` where the value is a measurement."""

    label: str
    value: str
    note: str = ""
    quality: Quality | None = None


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """One alarm with its guidance.

    Attributes:
        state_word: NA, AQ or RN as written beside the mark.
        code: id of the equipment, never cut.
        children: « 76 points comptés dessous », empty for none.
        history: acknowledged by whom and when, returned when, occurrences.
    """

    id: str
    severity: Severity
    state: AlarmState
    state_word: str
    time: str
    code: str
    text: str
    value: str
    children: str
    history: str
    cause: str
    consequence: str
    action: str


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the log, oldest first; ``said`` is what a person wrote, empty otherwise."""

    seq: int
    time: str
    icon: str
    text: str
    author: str
    said: bool = False


@dataclass(frozen=True, slots=True)
class IncidentDetail:
    """Everything shown of the selected incident.

    Attributes:
        log_note: why the log is not whole (loading, refused, hidden entries), empty when it is.
        write_reason: why a line written in it would be refused now, empty when it would not.
    """

    id: str
    equipment_id: str
    severity: Severity
    alarm_state: AlarmState
    title: str
    place: str
    opened: str
    elapsed: str
    limit: str
    fraction: float | None
    overdue: bool
    owner: str
    mine: bool
    steps: tuple[StateStep, ...]
    facts: tuple[Fact, ...]
    alarms: tuple[AlarmRow, ...]
    log: tuple[LogLine, ...]
    log_title: str
    log_note: str
    actions: tuple[Action, ...]
    write_reason: str = ""


@dataclass(frozen=True, slots=True)
class ValueText:
    """A value as it may be shown, with everything that says how far to trust it.

    Attributes:
        text: number or word; « — » when unavailable or out of service, « ? » when unknown.
        quality_word: in the operator's language, empty when good.
        note: what goes with the quality: « perdu à 06:12 », « âge 12 s, permis 10 s ».
        age: « 0,4 s », empty when never heard; ``age_fraction`` is age over allowed age.
    """

    text: str
    unit: str
    quality: Quality
    quality_word: str
    note: str
    age: str
    age_fraction: float | None


@dataclass(frozen=True, slots=True)
class EquipmentRow:
    """One equipment in the list or tree.

    Attributes:
        title: the id as the city writes it; ``name`` and ``place`` follow.
        value: of its main point, ``None`` when its kind has none.
        severity: of its worst listed alarm with ``alarm_state``, both ``None`` for none.
        service: apart from quality; ``service_word`` empty while in service.
        children: how many stand directly under it; ``depth`` how far in its row begins.
    """

    id: str
    kind: str
    icon: str
    title: str
    name: str
    place: str
    value: ValueText | None
    severity: Severity | None
    alarm_state: AlarmState | None
    service: ServiceState
    service_word: str
    children: int
    tooltip: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class PointRow:
    """One point of the selected equipment.

    Attributes:
        allowed_age: « 10 s ».
        changed: since when the value is what it is, « 06:12:07 ».
        commanded: value last asked for, empty when nobody commanded it; ``reported`` what was read
            back; ``outcome`` drives the C A R V chain, ``None`` without a command.
        ratio: value between the point's low and high, 0 to 1, ``None`` when that has no meaning.
    """

    key: str
    label: str
    value: ValueText
    allowed_age: str
    changed: str
    commanded: str
    reported: str
    outcome: CommandOutcome | None
    outcome_word: str
    ratio: float | None
    commanded_ratio: float | None


@dataclass(frozen=True, slots=True)
class ChildCount:
    """Count the equipment of one kind under the selected one, by quality of its main point.

    ``by_quality`` holds quality, number with its word (« 4 injoignables ») and the number itself.
    """

    kind: str
    icon: str
    label: str
    total: int
    by_quality: tuple[tuple[Quality, str, int], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another equipment."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Trend:
    """A point's history: ``state`` is ``loading``, ``ready``, ``empty`` or ``failed`` + ``note``.

    ``now_ms`` is the bridge's time at the right edge; ``from_ms`` the left edge.
    """

    point_key: str
    label: str
    unit: str
    decimals: int
    state: str
    note: str
    from_ms: int
    now_ms: int
    points: tuple[TrendPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """A link's last frames and counters: ``state`` is ``loading``, ``ready`` or ``failed``."""

    state: str
    note: str
    link: str = ""
    counters: tuple[tuple[str, str], ...] = ()
    frames: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EquipmentDetail:
    """Everything shown of the selected equipment.

    Attributes:
        headline: what it does now, « Allumée 70 % », « Ne répond plus ».
        service: « Désactivé par ÉCL-1 : nid de guêpes », empty while in service.
        parents: from the root down.
    """

    id: str
    kind_word: str
    icon: str
    name: str
    headline: str
    place: str
    severity: Severity | None
    alarm_state: AlarmState | None
    value: ValueText | None
    service_state: ServiceState
    service: str
    parents: tuple[Link, ...]
    points: tuple[PointRow, ...]
    children: tuple[ChildCount, ...]
    alarms: tuple[AlarmRow, ...]
    incidents: tuple[Link, ...]
    trend: Trend | None
    diagnostics: Diagnostics | None


@dataclass(frozen=True, slots=True)
class SeverityTally:
    """One alarm count in the strip; ``waiting`` is « 1 NA », empty for none."""

    severity: Severity
    total: int
    unacknowledged: int
    waiting: str


@dataclass(frozen=True, slots=True)
class AlarmLoadState:
    """The operator's load: alarms of the last ten minutes.

    Attributes:
        text: « 3 / 10 min », « — » before anything is known.
        fraction: count over the limit, past 1 above it; ``None`` before anything is known.
        target: the target's place, as the same fraction.
        over: above the limit.
        tooltip: the whole sentence, and since when nothing is missing from the count.
    """

    label: str
    text: str
    fraction: float | None
    target: float
    over: bool
    tooltip: str


@dataclass(frozen=True, slots=True)
class StripState:
    """Everything the status strip shows.

    Attributes:
        link: « Liaison », « Pont perdu »; ``link_age`` « 0,4 s » since the last beat;
            ``age_fraction`` of the live window. ``live`` false puts it in inverse.
        behind: « en retard de 1 200 valeurs, 3 s », empty when not.
        link_tooltip: the whole sentence: what happened, what it means, what to do.
        skew: clock warning, empty when the clocks agree.
        stale: equipment with its words, « 14 périmés », empty for none; ``bad``, ``unknown`` and
            ``unavailable`` likewise. Each piece of equipment counts once, by its point that may be
            trusted least. ``frozen`` is apart: what says of itself that it does not move.
        modes: in inverse: demonstration, storage refused.
    """

    live: bool
    link: str
    link_age: str
    age_fraction: float | None
    behind: str
    link_tooltip: str
    territory: str
    user: str
    seat: str
    date: str
    clock: str
    skew: str
    alarms: tuple[SeverityTally, ...]
    stale: str
    bad: str
    unknown: str
    unavailable: str
    frozen: str
    to_check: str
    load: AlarmLoadState
    modes: tuple[str, ...]
