"""Alarm rules: what makes an alarm, read from TOML and checked against the territory's kinds."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import msgspec

from backend_bridge.contract.alarms import Severity
from backend_bridge.contract.points import EquipmentKind, PointDef, ValueType
from backend_bridge.core.settings import SettingsError, nearest
from backend_bridge.services.tables import INCIDENTS_FILE, Key, read_table

Seconds = Annotated[float, msgspec.Meta(ge=0)]


class Watch(enum.StrEnum):
    """Name what a rule watches."""

    POINT = "point"
    LINK = "link"
    """A link that does not answer."""
    DRIVER = "driver"
    """A link whose driver failed by a defect or can not work as configured."""


class Level(msgspec.Struct, frozen=True, kw_only=True):
    """Make an alarm more severe beyond a farther limit, in the point's unit."""

    limit: float
    severity: Severity


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """Say when an alarm becomes active and when it returns to normal.

    A point rule has exactly one condition: ``is`` (a boolean), ``equals`` (a number or text),
    ``above`` or ``below`` (limits in the point's unit), or ``bad`` (the device says that its own
    value is bad).

    Attributes:
        kind: of the equipment; of a link rule, the kind of what is lost with the link, empty for
            the kinds that have no such rule of their own.
        key: names the rule for ever; guidance texts are ``alarm.<key>.cause`` and so on.
        hysteresis: how far a value must come back behind its limit, in the point's unit.
        on_delay_s: seconds the condition must hold before the alarm is raised.
        off_delay_s: seconds it must be over before the alarm returns.
        count: times the condition must come within ``window_s`` to raise the alarm; with an
            ``on_delay_s`` either one is enough: it held that long, or it came that often.
        root_cause: what hangs on the equipment raises nothing while this alarm is active, and is
            counted under it; a lost link always is one.
        incident: kind of the incident it opens, empty for none.
        levels: farther limits with a more urgent severity.
    """

    key: Key
    severity: Severity
    watch: Watch = Watch.POINT
    kind: str = ""
    point: str = ""
    is_: bool | None = msgspec.field(default=None, name="is")
    equals: int | str | None = None
    above: float | None = None
    below: float | None = None
    bad: bool = False
    hysteresis: Seconds = 0.0
    on_delay_s: Seconds = 0.0
    off_delay_s: Seconds = 0.0
    count: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 1
    window_s: Seconds = 0.0
    root_cause: bool = False
    incident: str = ""
    levels: tuple[Level, ...] = ()

    @property
    def covers(self) -> bool:
        """Return whether the alarm stands for everything that hangs on its equipment."""
        return self.root_cause or self.watch is not Watch.POINT


class _File(msgspec.Struct, frozen=True, kw_only=True):
    rule: list[Rule] = []


def load_rules(directory: Path, kinds: Sequence[EquipmentKind]) -> tuple[Rule, ...]:
    """Return all rules of a directory, in the order of file names and lines.

    Raises:
        SettingsError: every mistake found, each naming its file, its rule and what is known.
    """
    problems: list[str] = []
    rules: list[Rule] = []
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
            problems += [where + problem for problem in _mistakes(rule, kinds)]
            rules.append(rule)
    if problems:
        raise SettingsError(problems)
    return tuple(rules)


def incident_of(rules: Sequence[Rule]) -> Mapping[str, str]:
    """Return which kind of incident each rule opens, rules that open none left out."""
    return {rule.key: rule.incident for rule in rules if rule.incident}


def _mistakes(rule: Rule, kinds: Sequence[EquipmentKind]) -> list[str]:
    on_point = rule.watch is Watch.POINT
    problems = _point_mistakes(rule, kinds) if on_point else _link_mistakes(rule, kinds)
    if (rule.count > 1) != (rule.window_s > 0):
        problems.append("count above 1 and window_s above 0 go together: give both or neither")
    return problems


def _link_mistakes(rule: Rule, kinds: Sequence[EquipmentKind]) -> list[str]:
    given = rule.point or rule.levels or rule.bad or rule.hysteresis
    if given or _conditions(rule):
        return [f'watch = "{rule.watch.value}" takes no point, condition or levels']
    if rule.kind and all(kind.key != rule.kind for kind in kinds):
        return [_unknown_kind(rule, kinds)]
    if rule.count > 1:
        return [f'watch = "{rule.watch.value}" takes no count']
    return []


def _unknown_kind(rule: Rule, kinds: Sequence[EquipmentKind]) -> str:
    return f'unknown kind "{rule.kind}"{nearest(rule.kind, [kind.key for kind in kinds])}'


def _point_mistakes(rule: Rule, kinds: Sequence[EquipmentKind]) -> list[str]:
    kind = next((kind for kind in kinds if kind.key == rule.kind), None)
    if kind is None:
        return [_unknown_kind(rule, kinds)]
    point = next((point for point in kind.points if point.key == rule.point), None)
    if point is None:
        known = [point.key for point in kind.points]
        return [f'kind "{kind.key}" has no point "{rule.point}"{nearest(rule.point, known)}']
    conditions = _conditions(rule)
    if len(conditions) != 1:
        return ["give exactly one condition: is, equals, above, below or bad"]
    return _condition_mistakes(rule, conditions[0], point)


def _conditions(rule: Rule) -> list[str]:
    given = {
        "is": rule.is_ is not None,
        "equals": rule.equals is not None,
        "above": rule.above is not None,
        "below": rule.below is not None,
        "bad": rule.bad,
    }
    return [name for name, present in given.items() if present]


def _condition_mistakes(rule: Rule, condition: str, point: PointDef) -> list[str]:
    problems = []
    limit = condition in ("above", "below")
    fits = {
        "is": point.value_type is ValueType.BOOL,
        "above": point.value_type in (ValueType.INT, ValueType.FLOAT),
        "below": point.value_type in (ValueType.INT, ValueType.FLOAT),
        "equals": isinstance(rule.equals, str) == (point.value_type is ValueType.TEXT)
        and point.value_type in (ValueType.INT, ValueType.TEXT),
        "bad": True,
    }[condition]
    if not fits:
        problems.append(
            f'condition "{condition}" does not fit point "{point.key}" of type '
            f"{point.value_type.value}"
        )
    if (rule.hysteresis or rule.levels) and not limit:
        problems.append("hysteresis and levels need a limit: above or below")
    previous = rule.above if rule.above is not None else rule.below
    severity = rule.severity
    for level in rule.levels:
        farther = (
            previous is not None
            and (level.limit > previous if rule.above is not None else level.limit < previous)
            and level.severity < severity
        )
        if not farther:
            problems.append(
                f"level at {level.limit:g}: each level needs a farther limit and a more urgent "
                "severity than the one before"
            )
        previous, severity = level.limit, level.severity
    return problems
