"""Alarm rules: what makes an alarm and what keeps one quiet by design, read from TOML files."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec

from backend_bridge.contract.alarms import AlarmGuide, AlarmLimit, Severity
from backend_bridge.contract.points import EquipmentKind
from backend_bridge.core.settings import SettingsError
from backend_bridge.services.alarms import mistakes
from backend_bridge.services.tables import INCIDENTS_FILE, Key, read_table

Seconds = Annotated[float, msgspec.Meta(ge=0)]
Share = Annotated[float, msgspec.Meta(gt=0, le=1)]


class Watch(enum.StrEnum):
    """Name what a rule watches."""

    POINT = "point"
    LINK = "link"
    """A link that does not answer."""
    DRIVER = "driver"
    """A link whose driver failed by a defect or can not work as configured."""
    UPLINK = "uplink"
    """A network that links share: lost when most links through it are."""
    OVERRIDE = "override"
    """A point that somebody holds and that does not do what it was told."""
    COMMAND = "command"
    """A command without proof that it was carried out."""


class Stuck(enum.StrEnum):
    """Say how what is reported differs from what was commanded."""

    ON = "on"
    """Commanded off (false, 0), reported on."""
    OFF = "off"
    """Commanded on, reported off."""
    AWAY = "away"
    """Neither is off, and they differ by more than the tolerance."""


class Criterion(msgspec.Struct, frozen=True, kw_only=True):
    """Test a value: ``is`` (a boolean), ``equals`` (a number or text), ``above`` or ``below``."""

    is_: bool | None = msgspec.field(default=None, name="is")
    equals: int | str | None = None
    above: float | None = None
    below: float | None = None


class Where(Criterion, frozen=True, kw_only=True):
    """Ask something of a point beside: of the equipment itself, or of what it hangs on.

    Attributes:
        kind: the nearest equipment of this kind that it hangs on; empty for itself.
        overridden: whether somebody holds the point; may stand beside a test or alone.
    """

    point: str
    kind: str = ""
    overridden: bool | None = None

    @property
    def tests_value(self) -> bool:
        """Return whether it asks for a value, and not only who holds the point."""
        return not (self.is_ is self.equals is self.above is self.below is None)


class Level(msgspec.Struct, frozen=True, kw_only=True):
    """Make an alarm more severe beyond a farther limit, in the point's unit."""

    limit: float
    severity: Severity


class Rule(Criterion, frozen=True, kw_only=True):
    """Say when an alarm becomes active and when it returns to normal.

    A point rule has exactly one condition: one of the four tests, ``bad`` (the device says that its
    own value is bad), ``rises_per_min`` or ``falls_per_min``, or ``differs_from``.

    Attributes:
        kind: of the equipment; of a link rule, the kind of what is lost with the link, empty for
            the kinds that have no such rule of their own.
        key: names the rule for ever; guidance texts are ``alarm.<key>.cause`` and so on.
        rises_per_min: change in the point's unit per minute, measured over the last ``over_s``
            seconds; ``falls_per_min`` likewise, downwards. Both are above 0.
        differs_from: another point of the same equipment (what was commanded); the two differ when
            they are further apart than ``tolerance``, or not equal when they are no numbers.
        stuck: of an override rule, how the reported value differs from the commanded one.
        while_: the condition counts only while all of these hold.
        hysteresis: how far a value must come back behind its limit, in the point's unit (of a rate,
            per minute): the dead band of the alarm.
        on_delay_s: seconds the condition must hold before the alarm is raised.
        off_delay_s: seconds it must be over before the alarm returns.
        count: times the condition must come within ``window_s`` to raise the alarm; with an
            ``on_delay_s`` either one is enough: it held that long, or it came that often.
        root_cause: what hangs on the equipment raises nothing while this alarm is active, and is
            counted under it; a lost link or uplink always is one.
        share: of an uplink rule, the part of its links that must be down.
        hold_s: of an uplink rule, how long a lost link's own alarm waits for the uplink's.
        incident: kind of the incident it opens, empty for none.
        levels: farther limits with a more urgent severity.
        remind_s: seconds unacknowledged after which the supervisor is told, 0 for never.
        act_within_s: seconds within which the action helps, 0 where no time presses.
        procedure: key of the procedure to follow, empty for none.
        longest_shelf_s: longest time a person may put the alarm aside.
    """

    key: Key
    severity: Severity
    watch: Watch = Watch.POINT
    kind: str = ""
    point: str = ""
    bad: bool = False
    rises_per_min: float | None = None
    falls_per_min: float | None = None
    over_s: Seconds = 0.0
    differs_from: str = ""
    tolerance: Seconds = 0.0
    stuck: Stuck | None = None
    while_: tuple[Where, ...] = msgspec.field(default=(), name="while")
    hysteresis: Seconds = 0.0
    on_delay_s: Seconds = 0.0
    off_delay_s: Seconds = 0.0
    count: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 1
    window_s: Seconds = 0.0
    root_cause: bool = False
    share: Share = 0.9
    hold_s: Seconds = 0.0
    incident: str = ""
    levels: tuple[Level, ...] = ()
    remind_s: Seconds = 0.0
    act_within_s: Seconds = 0.0
    procedure: Key | None = None
    longest_shelf_s: Seconds = 3600.0

    @property
    def covers(self) -> bool:
        """Return whether the alarm stands for everything that hangs on its equipment."""
        return self.root_cause or self.of_link or self.watch is Watch.UPLINK

    @property
    def of_link(self) -> bool:
        """Return whether it watches one link."""
        return self.watch in (Watch.LINK, Watch.DRIVER)

    @property
    def of_rate(self) -> bool:
        """Return whether its condition is a rate of change."""
        return self.rises_per_min is not None or self.falls_per_min is not None


class Design(msgspec.Struct, frozen=True, kw_only=True):
    """Keep alarms quiet by design: while all of ``while`` hold, those of ``rules`` mean nothing.

    They are listed apart. The reason is the text ``alarm.suppressed.<key>``.
    """

    key: Key
    rules: tuple[str, ...]
    while_: tuple[Where, ...] = msgspec.field(name="while")


class AlarmFiles(NamedTuple):
    """What a directory of rules says of alarms."""

    rules: tuple[Rule, ...]
    designs: tuple[Design, ...] = ()


class _File(msgspec.Struct, frozen=True, kw_only=True):
    rule: list[Rule] = []
    suppress: list[Design] = []


def load_alarm_files(directory: Path, kinds: Sequence[EquipmentKind]) -> AlarmFiles:
    """Return all rules and designs of a directory, in the order of file names and lines.

    Raises:
        SettingsError: every mistake found, each naming its file, its rule and what is known.
    """
    problems: list[str] = []
    rules: list[Rule] = []
    designs: list[tuple[str, Design]] = []
    owner: dict[str, str] = {}
    for path in sorted(directory.glob("*.toml")):
        if path.name == INCIDENTS_FILE:
            continue
        found = read_table(path, _File, problems)
        for rule in found.rule if found else []:
            where = f'{path}: rule "{rule.key}": '
            if rule.key in owner:
                problems.append(f"{where}already defined in {owner[rule.key]}")
                continue
            owner[rule.key] = str(path)
            if rule.watch is Watch.UPLINK:
                other = next((each.key for each in rules if each.watch is Watch.UPLINK), "")
                if other:
                    problems.append(f'{where}rule "{other}" watches uplinks already')
            problems += [where + problem for problem in mistakes.of_rule(rule, kinds)]
            rules.append(rule)
        designs += [
            (f'{path}: suppress "{design.key}": ', design)
            for design in (found.suppress if found else [])
        ]
    by_key = {rule.key: rule for rule in rules}
    for where, design in designs:
        problems += [where + problem for problem in mistakes.of_design(design, by_key, kinds)]
    if problems:
        raise SettingsError(problems)
    return AlarmFiles(tuple(rules), tuple(design for _, design in designs))


def load_rules(directory: Path, kinds: Sequence[EquipmentKind]) -> tuple[Rule, ...]:
    """Return the rules of a directory; see :func:`load_alarm_files`.

    Raises:
        SettingsError: every mistake found, each naming its file, its rule and what is known.
    """
    return load_alarm_files(directory, kinds).rules


def incident_of(rules: Sequence[Rule]) -> Mapping[str, str]:
    """Return which kind of incident each rule opens, rules that open none left out."""
    return {rule.key: rule.incident for rule in rules if rule.incident}


def guides(rules: Iterable[Rule]) -> tuple[AlarmGuide, ...]:
    """Return what each rule is for, as people at a console read it."""
    return tuple(
        AlarmGuide(
            rule=rule.key,
            severity=rule.severity,
            kind=rule.kind,
            act_within_s=rule.act_within_s,
            procedure=rule.procedure or "",
            longest_shelf_s=rule.longest_shelf_s,
            point_key=rule.point,
            limit=rule.above if rule.above is not None else rule.below,
            incident=rule.incident,
            limits=_limits(rule),
            low=rule.below is not None,
            hysteresis=rule.hysteresis,
            off_delay_s=rule.off_delay_s,
            while_key=f"alarm.{rule.key}.while" if rule.while_ and _limits(rule) else "",
        )
        for rule in rules
    )


def _limits(rule: Rule) -> tuple[AlarmLimit, ...]:
    """Return the limits of a rule, the first one reached first, none for a rule without."""
    first = rule.above if rule.above is not None else rule.below
    if first is None:
        return ()
    farther = (AlarmLimit(limit=one.limit, severity=one.severity) for one in rule.levels)
    return (AlarmLimit(limit=first, severity=rule.severity), *farther)
