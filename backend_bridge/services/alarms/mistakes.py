"""What is wrong with a rule, said with the nearest known word; all of it, not only the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from backend_bridge.contract.alarms import Severity
from backend_bridge.contract.points import EquipmentKind, PointDef, ValueType
from backend_bridge.core.settings import nearest

if TYPE_CHECKING:
    from backend_bridge.services.alarms.rules import Criterion, Design, Rule, Where

_NUMBERS = (ValueType.INT, ValueType.FLOAT)
_TESTS = ("is", "equals", "above", "below")


def of_rule(rule: Rule, kinds: Sequence[EquipmentKind]) -> list[str]:
    """Return every mistake of one rule, each a sentence without its place."""
    by_watch = {
        "point": _of_point,
        "link": _of_link,
        "driver": _of_link,
        "uplink": _of_uplink,
        "override": _of_override,
        "command": _of_command,
    }
    problems = by_watch[rule.watch.value](rule, kinds)
    if (rule.count > 1) != (rule.window_s > 0):
        problems.append("count above 1 and window_s above 0 go together: give both or neither")
    if rule.stuck is not None and rule.watch.value != "override":
        problems.append('stuck goes with watch = "override"')
    if rule.hold_s and rule.watch.value != "uplink":
        problems.append('hold_s goes with watch = "uplink"')
    if not rule.longest_shelf_s:
        problems.append("longest_shelf_s must be above 0: what may be put aside comes back")
    if rule.watch.value in ("point", "override"):
        problems += _of_wheres(rule.while_, (rule.kind,), kinds)
    return problems


def of_design(
    design: Design, rules: Mapping[str, Rule], kinds: Sequence[EquipmentKind]
) -> list[str]:
    """Return every mistake of one suppression by design."""
    problems = [
        f'unknown rule "{key}"{nearest(key, list(rules))}'
        for key in design.rules
        if key not in rules
    ]
    if not design.rules:
        problems.append("rules is empty: name what it keeps quiet")
    if not design.while_:
        problems.append("while is empty: it would keep its alarms quiet for ever")
    of_kinds = tuple(rules[key].kind for key in design.rules if key in rules)
    return problems + _of_wheres(design.while_, of_kinds, kinds)


def _of_link(rule: Rule, kinds: Sequence[EquipmentKind]) -> list[str]:
    if _has_condition(rule) or rule.point or rule.levels or rule.hysteresis or rule.while_:
        return [f'watch = "{rule.watch.value}" takes no point, condition or levels']
    if rule.kind and all(kind.key != rule.kind for kind in kinds):
        return [_unknown_kind(rule.kind, kinds)]
    if rule.count > 1:
        return [f'watch = "{rule.watch.value}" takes no count']
    return []


def _of_uplink(rule: Rule, kinds: Sequence[EquipmentKind]) -> list[str]:
    if rule.kind:
        return ['watch = "uplink" takes no kind: a network is lost for all that hangs on it']
    return _of_link(rule, kinds)


def _of_command(rule: Rule, kinds: Sequence[EquipmentKind]) -> list[str]:
    if _has_condition(rule) or rule.levels or rule.hysteresis or rule.while_:
        return ['watch = "command" takes no condition or levels']
    kind = next((kind for kind in kinds if kind.key == rule.kind), None)
    if kind is None:
        return [_unknown_kind(rule.kind, kinds)]
    if rule.point and _point(kind, rule.point) is None:
        return [_unknown_point(kind, rule.point)]
    return []


def _of_override(rule: Rule, kinds: Sequence[EquipmentKind]) -> list[str]:
    if rule.stuck is None or _has_condition(rule) or rule.levels or rule.hysteresis:
        return [
            'watch = "override" takes stuck = "on", "off" or "away", and no condition or levels'
        ]
    kind = next((kind for kind in kinds if kind.key == rule.kind), None)
    if kind is None:
        return [_unknown_kind(rule.kind, kinds)]
    return [] if _point(kind, rule.point) else [_unknown_point(kind, rule.point)]


def _of_point(rule: Rule, kinds: Sequence[EquipmentKind]) -> list[str]:
    kind = next((kind for kind in kinds if kind.key == rule.kind), None)
    if kind is None:
        return [_unknown_kind(rule.kind, kinds)]
    point = _point(kind, rule.point)
    if point is None:
        return [_unknown_point(kind, rule.point)]
    conditions = _conditions(rule)
    if len(conditions) != 1:
        known = "is, equals, above, below, bad, rises_per_min, falls_per_min or differs_from"
        return [f"give exactly one condition: {known}"]
    return _of_condition(rule, conditions[0], point, kind)


def _has_condition(rule: Rule) -> bool:
    return bool(_conditions(rule))


def _given(test: Criterion) -> list[str]:
    values = (test.is_, test.equals, test.above, test.below)
    return [name for name, value in zip(_TESTS, values, strict=True) if value is not None]


def _conditions(rule: Rule) -> list[str]:
    further = {
        "bad": rule.bad,
        "rises_per_min": rule.rises_per_min is not None,
        "falls_per_min": rule.falls_per_min is not None,
        "differs_from": bool(rule.differs_from),
    }
    return [*_given(rule), *(name for name, present in further.items() if present)]


def _of_condition(rule: Rule, condition: str, point: PointDef, kind: EquipmentKind) -> list[str]:
    problems = []
    if not _fits(rule, condition, point):
        problems.append(_unfit(condition, point))
    if condition == "differs_from":
        other = _point(kind, rule.differs_from)
        if other is None:
            problems.append(_unknown_point(kind, rule.differs_from))
        elif other.key == point.key:
            problems.append("differs_from names the point itself")
        elif not _alike(point, other):
            said = f"of type {other.value_type.value}, {point.key} of {point.value_type.value}"
            problems.append(f"differs_from: {other.key} is {said}: they differ for ever")
    rate = rule.of_rate
    if rate != (rule.over_s > 0):
        problems.append("rises_per_min or falls_per_min and over_s above 0 go together")
    if rate and (rule.rises_per_min or rule.falls_per_min or 0.0) <= 0:
        problems.append(f"{condition} must be above 0")
    limit = condition in ("above", "below")
    if (rule.hysteresis and not limit and not rate) or (rule.levels and not limit):
        problems.append("hysteresis and levels need a limit: above or below")
    if rule.tolerance and condition != "differs_from":
        problems.append("tolerance goes with differs_from")
    return problems + _of_levels(rule)


def _alike(one: PointDef, other: PointDef) -> bool:
    both = {one.value_type, other.value_type}
    return len(both) == 1 or both <= set(_NUMBERS)


def _fits(test: Criterion, condition: str, point: PointDef) -> bool:
    match condition:
        case "is":
            return point.value_type is ValueType.BOOL
        case "equals":
            text = point.value_type is ValueType.TEXT
            whole = point.value_type is ValueType.INT
            return text if isinstance(test.equals, str) else whole
        case "bad" | "differs_from":
            return True
        case _:
            return point.value_type in _NUMBERS


def _of_levels(rule: Rule) -> list[str]:
    problems = []
    previous = rule.above if rule.above is not None else rule.below
    severity: Severity = rule.severity
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


def _of_wheres(
    wheres: Sequence[Where], own: Sequence[str], kinds: Sequence[EquipmentKind]
) -> list[str]:
    """Check clauses; ``own`` are the kinds of the equipment they are asked of."""
    problems = []
    known = {kind.key: kind for kind in kinds}
    for where in wheres:
        if where.kind and where.kind not in known:
            problems.append(f"while: {_unknown_kind(where.kind, kinds)}")
            continue
        for key in (where.kind,) if where.kind else own:
            if key in known:
                problems += [f"while: {said}" for said in _of_where(where, known[key])]
    return problems


def _of_where(where: Where, kind: EquipmentKind) -> list[str]:
    point = _point(kind, where.point)
    if point is None:
        return [_unknown_point(kind, where.point)]
    given = _given(where)
    if len(given) > 1 or not (given or where.overridden is not None):
        return [f'point "{where.point}" needs one of is, equals, above, below, or overridden']
    if given and not _fits(where, given[0], point):
        return [_unfit(given[0], point)]
    return []


def _point(kind: EquipmentKind, key: str) -> PointDef | None:
    return next((point for point in kind.points if point.key == key), None)


def _unfit(condition: str, point: PointDef) -> str:
    kind = point.value_type.value
    return f'condition "{condition}" does not fit point "{point.key}" of type {kind}'


def _unknown_point(kind: EquipmentKind, key: str) -> str:
    known = [point.key for point in kind.points]
    return f'kind "{kind.key}" has no point "{key}"{nearest(key, known)}'


def _unknown_kind(key: str, kinds: Sequence[EquipmentKind]) -> str:
    return f'unknown kind "{key}"{nearest(key, [kind.key for kind in kinds])}'
