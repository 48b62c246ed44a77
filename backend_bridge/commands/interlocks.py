"""Interlocks: what is possibly unsafe refuses, and a changed configuration disarms its group.

A group is one rule at one place: the equipment whose first proof looks at the same equipment (the
lamps of one cabinet, one bollard). It is armed for a fingerprint of its rule, its members, what
they look at and where those points lie in the field. Nothing here ever commands anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

import msgspec

from backend_bridge.commands.interlock_rules import InterlockRule, Proof, Where
from backend_bridge.commands.needs import Eyes, Places, Seen
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.points import Equipment, PointDef, Scalar
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.rights import Place
from backend_bridge.contract.safety import Interlock, InterlockMark
from backend_bridge.services.actor import BRIDGE_USER

FIRST, NEW, CHANGED, REMOVED = (
    f"interlock.reason.{why}" for why in ("first", "new", "changed", "removed")
)
"""Why the bridge armed or disarmed a group; text keys."""

REREAD_S = 1
"""Whole seconds: what is younger is not read anew."""

Wiring = Callable[[Collection[tuple[str, str]]], Mapping[tuple[str, str], str]]
"""Says where points (equipment id, point key) lie in the field; those that lie nowhere left out."""


class Ground(Places, Protocol):
    """What interlocks need to know of the territory."""

    def all_equipment(self) -> Iterable[Equipment]:
        """Return every equipment."""

    def ancestors(self, equipment_id: str) -> Iterator[str]:
        """Yield the ids an equipment depends on, nearest first."""


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

    def _guards(self, equipment_id: str, point: PointDef, value: Scalar) -> Iterator[InterlockRule]:
        equipment = self._ground.equipment(equipment_id)
        kind = equipment.kind if equipment is not None else ""
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
        equipment = self._ground.equipment(equipment_id)
        kind = equipment.kind if equipment is not None else ""
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
        watched = self._watched(proof, equipment)
        if not watched and proof.at is not Where.SECTOR:
            return _refused("blind", interlock=rule.key, equipment=equipment.id)
        for item in watched:
            point = self._ground.point(item, proof.point)
            seen = self._eyes.see(item, proof.point)
            if point is None or seen is None:
                return _refused("blind", interlock=rule.key, equipment=equipment.id)
            known = seen.quality is Quality.GOOD
            fresh = not proof.oldest_s or 0 <= seen.age_s <= proof.oldest_s
            if known and not proof.holds(point, seen.value):
                return _unsafe(rule, proof, item, seen, "unsafe")
            if not known or not fresh:
                return _unsafe(rule, proof, item, seen, "possible")
        return None

    def _watched(self, proof: Proof, equipment: Equipment) -> Sequence[str]:
        match proof.at:
            case Where.SELF:
                return (equipment.id,)
            case Where.LISTED:
                return proof.ids
            case Where.SECTOR:
                return self._sectors.get((equipment.sector, proof.kind), ())
            case Where.ANCESTOR:
                place = (equipment.parent, proof.kind)
                found = self._above.get(place)
                if found is None:  # looked up once for all lamps of a feeder
                    found = self._above[place] = self._nearest(equipment, proof.kind)
                return found

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
        for equipment in self._ground.all_equipment():
            if not _covers(rule, equipment):
                continue
            looks_at = [self._watched(proof, equipment) for proof in rule.proof]
            anchor = looks_at[0][0] if looks_at[0] else equipment.sector
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
            fingerprint = _fingerprint(content, ids, watched, lies)
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
            mark = _mark(mark.interlock_id, False, "", now_ms, REMOVED)
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
            mark = _mark(group_id, first, fingerprint, now_ms, FIRST if first else NEW)
        else:
            mark = _mark(group_id, False, fingerprint, now_ms, CHANGED)
        self.changed.append(mark)
        return mark


def _covers(rule: InterlockRule, equipment: Equipment) -> bool:
    if equipment.kind != rule.kind:
        return False
    if rule.equipment and equipment.id not in rule.equipment:
        return False
    return not rule.sectors or equipment.sector in rule.sectors


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


def _fingerprint(
    content: bytes,
    ids: Sequence[str],
    watched: Collection[tuple[str, str]],
    lies: Mapping[tuple[str, str], str],
) -> str:
    whole = (sorted(ids), [(item, point, lies.get((item, point), ""))
                           for item, point in sorted(watched)])  # fmt: skip
    return hashlib.sha256(content + msgspec.json.encode(whole)).hexdigest()[:16]


def _mark(
    interlock_id: str, armed: bool, fingerprint: str, now_ms: int, reason: str
) -> InterlockMark:
    return InterlockMark(
        interlock_id=interlock_id,
        armed=armed,
        fingerprint=fingerprint,
        by=BRIDGE_USER,
        since_ms=now_ms,
        reason=reason,
    )


def _refused(reason: str, **params: str) -> RequestError:
    return RequestError(ErrorCode.REFUSED, f"error.interlock.{reason}", params)


def _unsafe(
    rule: InterlockRule, proof: Proof, watched_id: str, seen: Seen, how: str
) -> RequestError:
    """Return the refusal that names what is unsafe, or what is not proven and for how long.

    What was never heard is said apart from what is old: ``never``.
    """
    if how == "possible" and seen.age_s < 0:
        how = "never"
    named = f"{rule.key}.{proof.key}." if proof.key else ""
    return RequestError(
        ErrorCode.REFUSED,
        f"error.interlock.{named}{how}",
        {
            "interlock": rule.key,
            "equipment": watched_id,
            "point": proof.point,
            "age_s": seen.age_s,
            "value": str(seen.value),
            "quality": seen.quality.name.lower(),
        },
    )
