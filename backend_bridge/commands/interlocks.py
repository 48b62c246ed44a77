"""Interlocks: what is possibly unsafe refuses, and a changed configuration disarms its group.

A group is one rule at one place: the equipment whose first proof looks at the same equipment (the
lamps of one cabinet, one bollard). It is armed for a fingerprint of its rule, its members, what
they look at and where those points lie in the field. Nothing here ever commands anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import msgspec

from backend_bridge.commands.interlock_marks import (
    CHANGED,
    FIRST,
    NEW,
    REMOVED,
    fingerprint_of,
    own_mark,
)
from backend_bridge.commands.interlock_rules import InterlockRule, Proof, Where
from backend_bridge.commands.needs import Eyes, Ground, Seen
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.points import Equipment, PointDef, Scalar
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.rights import Place
from backend_bridge.contract.safety import Interlock, InterlockMark

REREAD_S = 1
"""Whole seconds: what is younger is not read anew."""

Wiring = Callable[[Collection[tuple[str, str]]], Mapping[tuple[str, str], str]]
"""Says where points (equipment id, point key) lie in the field; those that lie nowhere left out."""


class _Group(NamedTuple):
    rule: InterlockRule
    interlock: Interlock


class Interlocks:
    """Know every group and how it stands. Everything runs on the bridge's loop.

    Args:
        marks: how groups stood when the bridge last committed.

    Attributes:
        changed: marks that differ from the journal's; whoever runs this writes them down.
    """

    def __init__(
        self,
        *,
        rules: Sequence[InterlockRule],
        ground: Ground,
        eyes: Eyes,
        marks: Sequence[InterlockMark],
        wiring: Wiring,
        now_ms: int,
    ) -> None:
        self._ground = ground
        self._eyes = eyes
        self._sectors = _by_sector(ground, rules)
        self._above: dict[tuple[str, str], tuple[str, ...]] = {}
        self._groups: dict[str, _Group] = {}
        self._of_point: dict[tuple[str, str], list[tuple[InterlockRule, dict[str, str]]]] = {}
        self._moving: Counter[str] = Counter()
        self.changed: list[InterlockMark] = []
        known = {mark.interlock_id: mark for mark in marks}
        for rule in rules:
            self._add(rule, known, wiring, now_ms)
        self._removed = {
            mark.interlock_id: self._without_rule(mark, now_ms)
            for mark in marks
            if mark.interlock_id not in self._groups and not _accepted(mark)
        }

    def see(self, equipment_id: str, point_key: str) -> Seen | None:
        """Return what is known of a point now."""
        return self._eyes.see(equipment_id, point_key)

    def obstacle(self, equipment_id: str, point: PointDef, value: Scalar) -> RequestError | None:
        """Return why a command is possibly unsafe now, ``None`` when everything is proven."""
        equipment = self._ground.equipment(equipment_id)
        if equipment is None:
            return None
        for rule, group_of in self._of_point.get((equipment.kind, point.key), ()):
            group_id = group_of.get(equipment_id)
            if group_id is None or not rule.guards(point, value):
                continue
            mark = self._groups[group_id].interlock.mark
            if not mark.armed:
                return _refused("disarmed", interlock=group_id, equipment=equipment_id)
            for proof in rule.proof:
                error = self._unproven(rule, proof, equipment)
                if error is not None:
                    return error
        return None

    def to_reread(self, equipment_id: str, point: PointDef, value: Scalar) -> tuple[str, ...]:
        """Return the points of an equipment to read anew before it is commanded."""
        wanted: dict[str, None] = {}
        for rule in self._guards(equipment_id, point, value):
            for proof in rule.proof if rule.reread else ():
                seen = self._eyes.see(equipment_id, proof.point)
                fresh = seen is not None and 0 <= seen.age_s < REREAD_S
                if proof.at is Where.SELF and not fresh:
                    wanted[proof.point] = None
        return tuple(wanted)

    @contextmanager
    def moving(self, equipment_id: str) -> Iterator[None]:
        """Count an equipment as possibly open while it is being commanded."""
        self._moving[equipment_id] += 1
        try:
            yield
        finally:
            self._moving[equipment_id] -= 1
            if not self._moving[equipment_id]:
                del self._moving[equipment_id]

    def _guards(self, equipment_id: str, point: PointDef, value: Scalar) -> Iterator[InterlockRule]:
        kind = self._kind(equipment_id)
        for rule, group_of in self._of_point.get((kind, point.key), ()):
            if equipment_id in group_of and rule.guards(point, value):
                yield rule

    def find(self, interlock_id: str) -> Interlock | None:
        """Return one group, or one that was taken out and of which nobody took note yet."""
        group = self._groups.get(interlock_id)
        return group.interlock if group is not None else self._removed.get(interlock_id)

    def kind_of(self, interlock_id: str) -> str:
        """Return the kind of what a group guards; without its rule, of what named it."""
        group = self._groups.get(interlock_id)
        if group is not None:
            return group.rule.kind
        return next((kind for kind, _ in self.places_of(self._removed[interlock_id])), "*")

    def sectors_of(self, interlock_id: str) -> set[str]:
        """Return the sectors of what a group guards."""
        interlock = self.find(interlock_id)
        assert interlock is not None, "asked of what was found"
        found = (self._ground.equipment(item) for item in interlock.equipment_ids)
        return {equipment.sector for equipment in found if equipment is not None} or {""}

    def places_of(self, interlock: Interlock) -> set[Place]:
        """Return kind and sector of everything an interlock names."""
        named = {*interlock.equipment_ids, *interlock.watched_ids}
        found = (self._ground.equipment(item) for item in named)
        return {(item.kind, item.sector) for item in found if item is not None} or {("*", "")}

    def guarding(self, equipment_id: str) -> list[Interlock]:
        """Return the groups that guard an equipment; all for an empty id, also those taken out."""
        if not equipment_id:
            standing = [group.interlock for group in self._groups.values()]
            return standing + list(self._removed.values())
        kind = self._kind(equipment_id)
        found = [
            group_of.get(equipment_id)
            for (of, _), guards in self._of_point.items()
            if of == kind
            for _, group_of in guards
        ]
        return [self._groups[group_id].interlock for group_id in found if group_id is not None]

    def take(self, mark: InterlockMark) -> None:
        """Let a group stand as a durable mark says; of one taken out, note is taken."""
        group = self._groups.get(mark.interlock_id)
        if group is None:
            del self._removed[mark.interlock_id]
            return
        interlock = msgspec.structs.replace(group.interlock, mark=mark)
        self._groups[mark.interlock_id] = group._replace(interlock=interlock)

    # proofs

    def _unproven(
        self, rule: InterlockRule, proof: Proof, equipment: Equipment
    ) -> RequestError | None:
        if proof.at is Where.GROUP:
            return self._too_many_open(rule, proof, equipment)
        watched = self._watched(proof, equipment)
        if not watched and proof.at is not Where.SECTOR:
            return _refused("blind", interlock=rule.key, equipment=equipment.id)
        errors = (self._doubt(rule, proof, item) for item in watched)
        return next((error for error in errors if error is not None), None)

    def _too_many_open(
        self, rule: InterlockRule, proof: Proof, equipment: Equipment
    ) -> RequestError | None:
        """Return what is possibly open besides, when that is as much as may be."""
        for group in self._ground.groups_of(equipment.id):
            others = (item for item in group.members if item != equipment.id)
            doubts = [self._doubt(rule, proof, item) for item in others]
            possibly = [doubt for doubt in doubts if doubt is not None]
            if len(possibly) >= group.most_open:
                return possibly[0]
        return None

    def _doubt(self, rule: InterlockRule, proof: Proof, item: str) -> RequestError | None:
        """Return why something is not proven of one equipment, ``None`` when it is."""
        point = self._ground.point(item, proof.point)
        seen = self._eyes.see(item, proof.point)
        if point is None or seen is None:
            return _refused("blind", interlock=rule.key, equipment=item)
        if proof.at is Where.GROUP and self._moving[item]:
            return _refused("moving", interlock=rule.key, equipment=item)
        known = seen.quality is Quality.GOOD
        fresh = not proof.oldest_s or 0 <= seen.age_s <= proof.oldest_s
        if known and not proof.holds(point, seen.value):
            return _unsafe(rule, proof, point, (item, seen), "unsafe")
        if not known or not fresh:
            return _unsafe(rule, proof, point, (item, seen), "possible")
        return None

    def _watched(self, proof: Proof, equipment: Equipment) -> Sequence[str]:
        match proof.at:
            case Where.SELF:
                return (equipment.id,)
            case Where.LISTED:
                return proof.ids
            case Where.RELATED:
                related = self._ground.related(equipment.id, proof.relation)
                return tuple(item for item in related if self._kind(item) == proof.kind)
            case Where.GROUP:
                groups = self._ground.groups_of(equipment.id)
                members = dict.fromkeys(item for group in groups for item in group.members)
                return tuple(item for item in members if item != equipment.id)
            case Where.SECTOR:
                return self._sectors.get((equipment.sector, proof.kind), ())
            case Where.ANCESTOR:
                place = (equipment.parent, proof.kind)
                found = self._above.get(place)
                if found is None:  # looked up once for all lamps of a feeder
                    found = self._above[place] = self._nearest(equipment, proof.kind)
                return found

    def _covers(self, rule: InterlockRule, equipment: Equipment) -> bool:
        if equipment.kind != rule.kind:
            return False
        if rule.equipment and equipment.id not in rule.equipment:
            return False
        if rule.sectors and equipment.sector not in rule.sectors:
            return False
        grouped = any(proof.at is Where.GROUP for proof in rule.proof)
        if grouped and not self._ground.groups_of(equipment.id):
            return False
        named = [proof.relation for proof in rule.proof if proof.relation]
        return all(self._ground.related(equipment.id, relation) for relation in named)

    def _kind(self, equipment_id: str) -> str:
        item = self._ground.equipment(equipment_id)
        return "" if item is None else item.kind

    def _nearest(self, equipment: Equipment, kind: str) -> tuple[str, ...]:
        for ancestor in self._ground.ancestors(equipment.id):
            item = self._ground.equipment(ancestor)
            if item is not None and item.kind == kind:
                return (ancestor,)
        return ()

    # groups

    def _add(
        self,
        rule: InterlockRule,
        known: Mapping[str, InterlockMark],
        wiring: Wiring,
        now_ms: int,
    ) -> None:
        members: dict[str, list[str]] = {}
        watched_by: dict[str, dict[tuple[str, str], None]] = {}
        group_of: dict[str, str] = {}
        limits: dict[str, int] = {}
        for equipment in self._ground.all_equipment():
            if not self._covers(rule, equipment):
                continue
            looks_at = [self._watched(proof, equipment) for proof in rule.proof]
            anchor = looks_at[0][0] if looks_at[0] else equipment.sector
            if rule.proof[0].at is Where.GROUP:
                group = self._ground.groups_of(equipment.id)[0]
                anchor, limits[f"{rule.key}/{group.id}"] = group.id, group.most_open
            group_id = f"{rule.key}/{anchor}"
            group_of[equipment.id] = group_id
            members.setdefault(group_id, []).append(equipment.id)
            watched = watched_by.setdefault(group_id, {})
            for proof, items in zip(rule.proof, looks_at, strict=True):
                watched.update(((item, proof.point), None) for item in items)
        wanted = {place for watched in watched_by.values() for place in watched}
        lies = wiring(wanted) if wanted else {}
        content = msgspec.json.encode(rule)
        for group_id, ids in members.items():
            watched = watched_by[group_id]
            said = content + (str(limits[group_id]).encode() if group_id in limits else b"")
            fingerprint = fingerprint_of(said, ids, watched, lies)
            mark = self._stands(known.get(group_id), group_id, fingerprint, known, now_ms)
            interlock = Interlock(
                id=group_id,
                rule=rule.key,
                equipment_ids=tuple(ids),
                watched_ids=tuple(dict.fromkeys(item for item, _ in watched)),
                mark=mark,
            )
            self._groups[group_id] = _Group(rule, interlock)
        self._of_point.setdefault((rule.kind, rule.point), []).append((rule, group_of))

    def _without_rule(self, mark: InterlockMark, now_ms: int) -> Interlock:
        """Return a group that was taken out of the configuration: it guards nothing any more."""
        if mark.armed or mark.fingerprint:
            mark = own_mark(mark.interlock_id, False, "", now_ms, REMOVED)
            self.changed.append(mark)
        rule, _, anchor = mark.interlock_id.partition("/")
        known = self._ground.equipment(anchor) is not None
        return Interlock(
            id=mark.interlock_id,
            rule=rule,
            equipment_ids=(anchor,) if known else (),
            watched_ids=(),
            mark=mark,
        )

    def _stands(
        self,
        before: InterlockMark | None,
        group_id: str,
        fingerprint: str,
        known: Mapping[str, InterlockMark],
        now_ms: int,
    ) -> InterlockMark:
        """Return how a group stands at start: as before, unless its configuration is another."""
        if before is not None and before.fingerprint == fingerprint:
            return before
        if before is None:
            first = not known
            mark = own_mark(group_id, first, fingerprint, now_ms, FIRST if first else NEW)
        else:
            mark = own_mark(group_id, False, fingerprint, now_ms, CHANGED)
        self.changed.append(mark)
        return mark


def _accepted(mark: InterlockMark) -> bool:
    """Return whether somebody took note that a group is gone: armed for no configuration."""
    return mark.armed and not mark.fingerprint


def _by_sector(
    ground: Ground, rules: Sequence[InterlockRule]
) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return the equipment of each sector, of the kinds that some proof looks at by sector."""
    kinds = {p.kind for rule in rules for p in rule.proof if p.at is Where.SECTOR}
    found: dict[tuple[str, str], list[str]] = {}
    for equipment in ground.all_equipment() if kinds else ():
        if equipment.kind in kinds:
            found.setdefault((equipment.sector, equipment.kind), []).append(equipment.id)
    return {place: tuple(ids) for place, ids in found.items()}


def _refused(reason: str, **params: str) -> RequestError:
    return RequestError(ErrorCode.REFUSED, f"error.interlock.{reason}", params)


def _unsafe(
    rule: InterlockRule, proof: Proof, point: PointDef, watched: tuple[str, Seen], how: str
) -> RequestError:
    """Return the refusal that names what is unsafe, or what is not proven and for how long.

    What was never heard is said apart from what is old: ``never``.
    """
    watched_id, seen = watched
    if how == "possible" and seen.age_s < 0:
        how = "never"
    named = f"{rule.key}.{proof.key}." if proof.key else ""
    number = isinstance(seen.value, float)
    value = f"{seen.value:.{point.decimals}f}" if number else str(seen.value)
    return RequestError(
        ErrorCode.REFUSED,
        f"error.interlock.{named}{how}",
        {
            "interlock": rule.key,
            "equipment": watched_id,
            "point": proof.point,
            "age_s": seen.age_s,
            "value": value,
            "quality": seen.quality.name.lower(),
        },
    )
