"""Interlock rules: what must be proven before something is commanded, read from TOML and checked.

A rule guards commands of one point of one kind, and names proofs: points whose value must be known,
good and as said. What is stale, bad, unavailable or unknown proves nothing, so it refuses.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Annotated

import msgspec

from backend_bridge.commands.values import equal
from backend_bridge.contract.points import EquipmentKind, PointDef, Scalar, ValueType
from backend_bridge.core.settings import SettingsError, nearest
from backend_bridge.services.tables import Key, read_table


class Where(enum.StrEnum):
    """Say which equipment a proof looks at, from the one that is commanded."""

    SELF = "self"
    ANCESTOR = "ancestor"
    """The nearest of ``kind`` it hangs on; without one nothing is proven."""
    SECTOR = "sector"
    """Every one of ``kind`` in its sector; where there is none, there is nothing to prove."""
    LISTED = "listed"
    """Each of ``ids``."""
    RELATED = "related"
    """Each of ``kind`` that the territory relates it to by ``relation``; what stands in no such
    relation is not guarded by the rule at all."""
    GROUP = "group"
    """The others of its groups in the territory, of each of which at most ``most_open`` may
    possibly be otherwise, itself included; what belongs to no group is not guarded."""


class Condition(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Say which values are meant: ``is`` or ``equals`` alone, or ``above`` and ``below``."""

    is_: bool | None = msgspec.field(default=None, name="is")
    equals: int | str | None = None
    above: float | None = None
    below: float | None = None

    @property
    def given(self) -> tuple[str, ...]:
        """Return the names of what is given."""
        named = (("is", self.is_), ("equals", self.equals), ("above", self.above),
                 ("below", self.below))  # fmt: skip
        return tuple(name for name, value in named if value is not None)

    def holds(self, point: PointDef, value: Scalar) -> bool:
        """Return whether a value is meant; nothing given means every value."""
        if self.is_ is not None:
            return value is self.is_
        if self.equals is not None:
            return equal(point, self.equals, value)
        if self.above is None and self.below is None:
            return True
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        low = self.above is None or value > self.above
        return low and (self.below is None or value < self.below)


class Proof(Condition, frozen=True, kw_only=True):
    """Name a point whose value must be proven.

    Attributes:
        key: names the texts ``error.interlock.<rule>.<key>.unsafe`` and ``.possible``; without
            one the reason names the point itself.
        kind: of what is looked at, for ``ancestor``, ``sector``, ``listed`` and ``related``.
        oldest_s: seconds after which a good value proves nothing any more; 0: as long as its point
            calls it good.
    """

    point: str
    at: Where = Where.SELF
    kind: str = ""
    ids: tuple[str, ...] = ()
    relation: str = ""
    key: Annotated[str, msgspec.Meta(pattern=r"^([a-z][a-z0-9_]*)?$")] = ""
    oldest_s: Annotated[float, msgspec.Meta(ge=0)] = 0.0


class InterlockRule(Condition, frozen=True, kw_only=True):
    """Guard commands of one point of one kind.

    The condition says which commanded values are guarded; giving a point back to its programme
    always is, because the programme may want any value.

    Attributes:
        key: names the rule for ever; its title is the text ``interlock.<key>.title``.
        equipment: the only ones guarded, empty for all of the kind.
        sectors: the only sectors guarded, empty for all.
        reread: right before the write, what it looks at on the commanded equipment itself is read
            anew; what does not answer refuses.
    """

    key: Key
    kind: str
    point: str
    proof: tuple[Proof, ...]
    equipment: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    reread: bool = False

    def guards(self, point: PointDef, value: Scalar) -> bool:
        """Return whether a command is guarded."""
        return value is None or self.holds(point, value)


class _File(msgspec.Struct, frozen=True, kw_only=True):
    interlock: list[InterlockRule] = []


def shipped_interlocks() -> Path:
    """Return the directory of the interlocks that come with Beffroi."""
    return Path(str(resources.files("resources"))) / "interlocks"


def load_interlocks(
    directories: Sequence[Path],
    kinds: Sequence[EquipmentKind],
    equipment: Mapping[str, str],
    relations: Collection[str] = (),
) -> tuple[InterlockRule, ...]:
    """Return all rules of some directories; a later directory's rule replaces an earlier one's.

    Args:
        directories: the program's own, then the city's if it has one.
        kinds: every kind of the territory.
        equipment: kind by equipment id, of the whole territory.
        relations: names of the relations the territory declares. The program's own rules may name
            others, and guard nothing then; a city's that does is a mistake.

    Raises:
        SettingsError: every mistake found, each naming its file, its rule and what is known.
    """
    problems: list[str] = []
    rules: dict[str, InterlockRule] = {}
    for directory in directories:
        owner: dict[str, Path] = {}
        if not directory.is_dir():
            problems.append(f"{directory}: is no directory of interlocks")
        for path in sorted(directory.glob("*.toml")):
            found = read_table(path, _File, problems)
            for rule in found.interlock if found else []:
                where = f'{path}: interlock "{rule.key}": '
                if rule.key in owner:
                    problems.append(f"{where}already defined in {owner[rule.key]}")
                    continue
                owner[rule.key] = path
                problems += [where + text for text in _mistakes(rule, kinds, equipment)]
                if directory != directories[0]:
                    problems += [where + text for text in _unrelated(rule, relations)]
                rules[rule.key] = rule
    if problems:
        raise SettingsError(problems)
    return tuple(rules.values())


def _mistakes(
    rule: InterlockRule, kinds: Sequence[EquipmentKind], equipment: Mapping[str, str]
) -> list[str]:
    point, problems = _point(rule.kind, rule.point, kinds)
    if point is not None:
        problems += _condition_mistakes(rule, point, needed=False)
        if point.commanding is None:
            problems.append(f'nobody commands point "{point.key}" of kind "{rule.kind}"')
    problems += _ids(rule.equipment, [rule.kind], equipment)
    if rule.reread and not any(proof.at is Where.SELF for proof in rule.proof):
        problems.append('reread reads the commanded equipment: no proof looks at = "self"')
    if not rule.proof:
        problems.append("an interlock without a proof guards nothing: give at least one")
    for proof in rule.proof:
        where = f'proof "{proof.key or proof.point}": '
        problems += [where + text for text in _proof_mistakes(rule, proof, kinds, equipment)]
    return problems


def _proof_mistakes(
    rule: InterlockRule,
    proof: Proof,
    kinds: Sequence[EquipmentKind],
    equipment: Mapping[str, str],
) -> list[str]:
    if (proof.at is Where.LISTED) != bool(proof.ids):
        return ['ids and at = "listed" go together: give both or neither']
    if (proof.at is Where.RELATED) != bool(proof.relation):
        return ['relation and at = "related" go together: give both or neither']
    if proof.at is Where.SELF and proof.kind not in ("", rule.kind):
        return [f'at = "self" looks at kind "{rule.kind}": leave out kind']
    if proof.at is Where.GROUP and proof.kind not in ("", rule.kind):
        return [f'at = "group" looks at kind "{rule.kind}": leave out kind']
    if proof.at not in (Where.SELF, Where.GROUP) and not proof.kind:
        return ["which kind does it look at? give kind"]
    kind = proof.kind or rule.kind
    point, problems = _point(kind, proof.point, kinds)
    if point is not None:
        problems += _condition_mistakes(proof, point, needed=True)
    return problems + _ids(proof.ids, [kind], equipment)


def _unrelated(rule: InterlockRule, relations: Collection[str]) -> list[str]:
    return [
        f'no relation "{proof.relation}" in groups.toml{nearest(proof.relation, list(relations))}: '
        "it would guard nothing"
        for proof in rule.proof
        if proof.relation and proof.relation not in relations
    ]


def _point(
    kind_key: str, point_key: str, kinds: Sequence[EquipmentKind]
) -> tuple[PointDef | None, list[str]]:
    kind = next((kind for kind in kinds if kind.key == kind_key), None)
    if kind is None:
        known = [kind.key for kind in kinds]
        return None, [f'unknown kind "{kind_key}"{nearest(kind_key, known)}']
    point = next((point for point in kind.points if point.key == point_key), None)
    if point is None:
        known = [point.key for point in kind.points]
        return None, [f'kind "{kind.key}" has no point "{point_key}"{nearest(point_key, known)}']
    return point, []


def _condition_mistakes(condition: Condition, point: PointDef, *, needed: bool) -> list[str]:
    given = condition.given
    if not given:
        return ["what must be so? give is, equals, above or below"] if needed else []
    if len(given) > 1 and set(given) != {"above", "below"}:
        return ["give is or equals alone, or above and below"]
    number = point.value_type in (ValueType.INT, ValueType.FLOAT)
    fits = {
        "is": point.value_type is ValueType.BOOL,
        "above": number,
        "below": number,
        "equals": isinstance(condition.equals, str) == (point.value_type is ValueType.TEXT)
        and point.value_type in (ValueType.INT, ValueType.TEXT),
    }
    return [
        f'condition "{name}" does not fit point "{point.key}" of type {point.value_type.value}'
        for name in given
        if not fits[name]
    ]


def _ids(ids: Collection[str], kinds: Collection[str], equipment: Mapping[str, str]) -> list[str]:
    problems = []
    for item in ids:
        kind = equipment.get(item)
        if kind is None:
            same = [known for known, its in equipment.items() if its in kinds][:5_000]
            problems.append(f'no equipment "{item}"{nearest(item, same)}')
        elif kind not in kinds:
            problems.append(f'equipment "{item}" is of kind "{kind}", not {" or ".join(kinds)}')
    return problems
