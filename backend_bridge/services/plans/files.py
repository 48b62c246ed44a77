"""Plans as files: read from TOML, checked against the city, their targets worked out once."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec

from backend_bridge.commands.values import dangerous, fits, overrides
from backend_bridge.contract.plans import CityPlan, PlanCondition, PlanWindow
from backend_bridge.contract.points import EquipmentKind, PointDef, Scalar, ValueType
from backend_bridge.core.settings import SettingsError, nearest
from backend_bridge.services.facts import Facts
from backend_bridge.services.overrides.ladder import Ladder
from backend_bridge.services.overrides.needs import Place
from backend_bridge.services.tables import Key, read_table

LANGUAGES = ("fr", "en")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_LONGEST_DELAY_S = 86_400.0
_METRES_A_DEGREE = 111_320.0
_HINTED = 5_000
"""Ids of equipment among which a near one is looked for."""


class Near(msgspec.Struct, frozen=True, kw_only=True):
    """Say that targets stand within some metres of any equipment of a kind."""

    kind: str
    within_m: Annotated[float, msgspec.Meta(gt=0, le=5_000)]


class PlanTargets(msgspec.Struct, frozen=True, kw_only=True):
    """Say which equipment of the plan's kind it holds: what all that is given agrees on.

    Attributes:
        under: hanging on one of these, at any depth.
    """

    sectors: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    near: Near | None = None

    @property
    def given(self) -> bool:
        """Return whether anything narrows the whole city down."""
        return bool(self.sectors or self.communes or self.under or self.ids or self.near)


class PlanRule(msgspec.Struct, frozen=True, kw_only=True):
    """Describe one plan as its file does; what each key means: docs/plans.md."""

    key: Key
    name: dict[str, str]
    audience: dict[str, str]
    rung: str
    kind: str
    point: str
    value: bool | int | float | str
    targets: PlanTargets
    longest_s: Annotated[float, msgspec.Meta(ge=60)]
    window: PlanWindow | None = None
    condition: PlanCondition | None = None
    enabled: bool = False


class _File(msgspec.Struct, frozen=True, kw_only=True):
    plan: list[PlanRule] = []


class PlanFiles(NamedTuple):
    """Every plan as its file says it, and its points, by key."""

    plans: Mapping[str, CityPlan]
    targets: Mapping[str, tuple[Place, ...]]


def shipped_plans() -> Path:
    """Return the directory of the plans that come with Beffroi."""
    return Path(str(resources.files("resources"))) / "plans"


def load_plans(
    directories: Sequence[Path],
    facts: Facts,
    ladder: Ladder,
    *,
    kinds: Sequence[EquipmentKind],
    sectors: Collection[str],
) -> PlanFiles:
    """Return all plans of some directories; a later directory's plan replaces an earlier one's.

    Args:
        directories: the program's own, then the city's if it has one.
        facts: the city they are for.
        ladder: the rungs they may stand on.
        kinds: every kind of the territory, also those nothing is of.
        sectors: names of the territory's sectors.

    Raises:
        SettingsError: every mistake found, each naming its file, its plan and what is known.
    """
    problems: list[str] = []
    rules: dict[str, PlanRule] = {}
    city = _City(facts, kinds, sectors)
    for directory in directories:
        owner: dict[str, Path] = {}
        if not directory.is_dir():
            problems.append(f"{directory}: is no directory of plans")
        for path in sorted(directory.glob("*.toml")):
            found = read_table(path, _File, problems)
            for rule in found.plan if found else []:
                where = f'{path}: plan "{rule.key}": '
                if rule.key in owner:
                    problems.append(f"{where}already defined in {owner[rule.key]}")
                    continue
                owner[rule.key] = path
                problems += [where + text for text in _mistakes(rule, city, ladder)]
                rules[rule.key] = rule
    if problems:
        raise SettingsError(problems)
    targets = {key: _places(rule, facts) for key, rule in rules.items()}
    plans = {key: _plan(rule, targets[key], facts) for key, rule in rules.items()}
    return PlanFiles(plans, targets)


class _City:
    """What mistakes are looked for against."""

    def __init__(
        self, facts: Facts, kinds: Sequence[EquipmentKind], sectors: Collection[str]
    ) -> None:
        self.facts = facts
        self.sectors = tuple(sectors)
        self.kinds = {kind.key: kind for kind in kinds}
        self.communes = {item.commune: None for item in facts.all_equipment() if item.commune}

    def point(self, kind_key: str, point_key: str) -> tuple[PointDef | None, list[str]]:
        """Return a point, or what is wrong with its name."""
        kind = self.kinds.get(kind_key)
        if kind is None:
            return None, [f'unknown kind "{kind_key}"{nearest(kind_key, list(self.kinds))}']
        known = {point.key: point for point in kind.points}
        if point_key not in known:
            hint = nearest(point_key, list(known))
            return None, [f'kind "{kind_key}" has no point "{point_key}"{hint}']
        return known[point_key], []

    def ids(self, ids: Iterable[str], kind: str = "") -> Iterator[str]:
        """Yield what is wrong with ids, of a kind if one is given."""
        for item in ids:
            found = self.facts.equipment(item)
            if found is None:
                same = [each.id for each in self.facts.all_equipment() if kind in ("", each.kind)]
                yield f'no equipment "{item}"{nearest(item, same[:_HINTED])}'
            elif kind and found.kind != kind:
                yield f'equipment "{item}" is of kind "{found.kind}", not {kind}'


def _mistakes(rule: PlanRule, city: _City, ladder: Ladder) -> list[str]:
    problems = []
    if rule.rung not in ladder.plan_rungs:
        hint = nearest(rule.rung, ladder.plan_rungs)
        problems.append(f'no plan may stand on rung "{rule.rung}"{hint}')
    for name, words in (("name", rule.name), ("audience", rule.audience)):
        if set(words) != set(LANGUAGES) or not all(word.strip() for word in words.values()):
            problems.append(f"{name}: give it in fr and en")
    point, wrong = city.point(rule.kind, rule.point)
    problems += wrong
    if point is not None:
        problems += _value_mistakes(rule, point)
    problems += _target_mistakes(rule, city)
    if rule.window is None and rule.condition is None:
        problems.append("when does it hold? give window, condition or both")
    if rule.window is not None:
        problems += [
            f'window: "{at}" is no time of day, such as 06:30'
            for at in (rule.window.from_, rule.window.to)
            if not _TIME.fullmatch(at)
        ]
    if rule.condition is not None:
        problems += [f"condition: {text}" for text in _condition_mistakes(rule.condition, city)]
    return problems


def _value_mistakes(rule: PlanRule, point: PointDef) -> list[str]:
    commanding, value = point.commanding, rule.value
    if commanding is None:
        return [f'nobody commands point "{point.key}" of kind "{rule.kind}"']
    if not fits(point, value):
        return [f'point "{point.key}" cannot be told {value!r}']
    problems = []
    if dangerous(point, value):
        problems.append(f"value {value!r} needs a second person, whom a plan does not have")
    if not overrides(point, value):
        problems.append(f"value {value!r} holds nothing: the point is so, or goes so, by itself")
    if rule.longest_s > commanding.longest_s:
        problems.append(
            f"longest_s {rule.longest_s:.0f}: an override of this point lasts "
            f"{commanding.longest_s:.0f} s at most"
        )
    return problems


def _target_mistakes(rule: PlanRule, city: _City) -> Iterator[str]:
    targets = rule.targets
    if not targets.given:
        yield "targets: which ones? give sectors, communes, under, ids or near"
    for name, words, known in (
        ("sector", targets.sectors, city.sectors),
        ("commune", targets.communes, tuple(city.communes)),
    ):
        for word in words:
            if word not in known:
                yield f'targets: no {name} "{word}"{nearest(word, known)}'
    yield from (f"targets: {text}" for text in city.ids(targets.under))
    yield from (f"targets: {text}" for text in city.ids(targets.ids, rule.kind))
    if targets.near is not None and targets.near.kind not in city.kinds:
        kind = targets.near.kind
        yield f'targets: unknown kind "{kind}"{nearest(kind, list(city.kinds))}'


def _condition_mistakes(condition: PlanCondition, city: _City) -> Iterator[str]:
    point, wrong = city.point(condition.kind, condition.point)
    yield from wrong
    yield from city.ids(condition.ids, condition.kind)
    above, below, clear = condition.above, condition.below, condition.clear
    if sum(given is not None for given in (above, below, condition.is_)) != 1:
        yield "what must be so? give one of above, below and is"
        return
    if not 0 <= condition.delay_s <= _LONGEST_DELAY_S:
        yield f"delay_s {condition.delay_s}: give 0 to {_LONGEST_DELAY_S:.0f} seconds"
    if clear is not None and condition.is_ is not None:
        yield "clear goes with above or below"
    if clear is not None and ((above is not None and clear > above) or
                              (below is not None and clear < below)):  # fmt: skip
        yield f"clear {clear} lies beyond the limit itself: it would never be clear"
    if point is not None:
        number = point.value_type in (ValueType.INT, ValueType.FLOAT)
        fitting = point.value_type is ValueType.BOOL if condition.is_ is not None else number
        if not fitting:
            yield f'does not fit point "{point.key}" of type {point.value_type.value}'


def _places(rule: PlanRule, facts: Facts) -> tuple[Place, ...]:
    """Return a plan's points, in the order of their equipment's ids."""
    targets = rule.targets
    near = _nearness(targets.near, facts)
    under = set(targets.under)
    return tuple(
        (item.id, rule.point)
        for item in sorted(facts.all_equipment(), key=lambda item: item.id)
        if item.kind == rule.kind
        and (not targets.sectors or item.sector in targets.sectors)
        and (not targets.communes or item.commune in targets.communes)
        and (not targets.ids or item.id in targets.ids)
        and (not under or not under.isdisjoint(facts.ancestors(item.id)))
        and (near is None or near.reaches(item.lon, item.lat))
    )


class _Nearness:
    """Find out whether a place is near one of some others, by a grid of squares."""

    def __init__(self, places: Iterable[tuple[float, float]], within_m: float) -> None:
        self._within_m = within_m
        self._cells: dict[tuple[int, int], list[tuple[float, float]]] = {}
        for lon, lat in places:
            x, y = self._cell(lon, lat)
            for cell in ((x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
                self._cells.setdefault(cell, []).append((lon, lat))

    def reaches(self, lon: float, lat: float) -> bool:
        """Return whether a place is near enough; a city is flat enough for that."""
        for other_lon, other_lat in self._cells.get(self._cell(lon, lat), ()):
            east_m = (lon - other_lon) * _METRES_A_DEGREE * math.cos(math.radians(lat))
            north_m = (lat - other_lat) * _METRES_A_DEGREE
            if math.hypot(east_m, north_m) <= self._within_m:
                return True
        return False

    def _cell(self, lon: float, lat: float) -> tuple[int, int]:
        # a cell is as high as the distance and, this side of 60 degrees, at least as wide
        size = self._within_m / _METRES_A_DEGREE
        return math.floor(lon / (2 * size)), math.floor(lat / size)


def _nearness(near: Near | None, facts: Facts) -> _Nearness | None:
    if near is None:
        return None
    places = ((item.lon, item.lat) for item in facts.all_equipment() if item.kind == near.kind)
    return _Nearness(places, near.within_m)


def _plan(rule: PlanRule, targets: Sequence[Place], facts: Facts) -> CityPlan:
    value: Scalar = rule.value
    sectors = sorted({facts.sector(equipment_id) for equipment_id, _ in targets})
    return CityPlan(
        key=rule.key,
        names=rule.name,
        audience=rule.audience,
        rung=rule.rung,
        equipment_kind=rule.kind,
        point_key=rule.point,
        value=value,
        targets=len(targets),
        sectors=tuple(sectors),
        longest_s=rule.longest_s,
        window=rule.window,
        condition=rule.condition,
        enabled=rule.enabled,
    )
