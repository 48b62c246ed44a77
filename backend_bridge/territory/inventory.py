"""Equipment read from features and checked: ids, kinds, parents, places."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from backend_bridge.contract.points import Equipment, Sight
from backend_bridge.core.settings import nearest
from backend_bridge.territory import cameras
from backend_bridge.territory.features import LONGEST_TEXT, position, printable
from backend_bridge.territory.library import KindRule
from backend_bridge.territory.problems import Findings

_TEXTS = ("name", "parent", "place", "commune", "sector")


class Inventory:
    """Gather equipment from one or more feature lists, in point-index order."""

    def __init__(self, rules: Mapping[str, KindRule], findings: Findings) -> None:
        self.equipment: dict[str, Equipment] = {}
        self.ranks: dict[str, int] = {}
        self.points_total = 0
        self.cameras = cameras.Cameras()
        self._rules = rules
        self._findings = findings
        self._clean: set[str] = set()
        self._sizes = {key: len(rule.kind.points) for key, rule in rules.items()}

    def read(self, file: str, features: Iterable[Any]) -> None:
        """Take the features of one file; parents may come after their children."""
        first = len(self.equipment)
        for number, feature in enumerate(features):
            self._take(file, number, feature)
        for item in list(self.equipment.values())[first:]:
            self._check_parent(file, item)

    def _take(self, file: str, number: int, feature: Any) -> None:  # noqa: ANN401 - decoded JSON
        say = self._findings.add
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            say(file, f"feature {number + 1}", "it has no properties", "Give it id, kind, name.")
            return
        item_id = properties.get("id", feature.get("id"))
        if not isinstance(item_id, str) or not printable(item_id):
            say(
                file,
                f"feature {number + 1}",
                "it has no usable id" if item_id is not None else "it has no id",
                f'Give it a property "id": 1 to {LONGEST_TEXT} printable characters.',
            )
            return
        where = f'feature {number + 1} "{item_id}"'
        if item_id in self.equipment:
            say(file, where, "this id is used twice", "Give each equipment its own id.")
            return
        kind = properties.get("kind")
        if not isinstance(kind, str) or kind not in self._rules:
            hint = nearest(str(kind), list(self._rules))
            say(file, where, f'unknown kind "{kind}"{hint}', "Name one of resources/kinds.")
            return
        place = _point(feature.get("geometry"))
        if place is None:
            advice = "Give it a Point of [longitude, latitude] in degrees."
            say(file, where, "its geometry is no point on Earth", advice)
            return
        texts = {key: properties.get(key) for key in _TEXTS}
        for key, text in texts.items():
            if not self._is_text(text):
                advice = f"Write at most {LONGEST_TEXT} printable characters."
                say(file, where, f'its "{key}" is no line of text', advice)
                return
        rank = properties.get("rank")
        if rank is not None and (type(rank) is not int or rank < 0):
            say(file, where, f"its rank {rank!r} is no rank", "Write a whole number from 0.")
            return
        if rank is not None:
            self.ranks[sys.intern(item_id)] = rank
        self._add(sys.intern(item_id), kind, place, {key: t or "" for key, t in texts.items()})
        if kind == cameras.KIND:
            self.cameras.take(
                item_id, properties, lambda what, advice: say(file, where, what, advice)
            )
            self._add_sight(item_id)

    def _is_text(self, text: object) -> bool:
        if text is None or text == "":
            return True
        if not isinstance(text, str):
            return False
        if text not in self._clean:  # most texts of a city were seen before
            if not printable(text):
                return False
            self._clean.add(text)
        return True

    def _add(
        self, item_id: str, kind: str, place: tuple[float, float], texts: dict[str, str]
    ) -> None:
        self.equipment[item_id] = Equipment(
            id=item_id,
            kind=sys.intern(kind),
            lon=place[0],
            lat=place[1],
            first_point=self.points_total,
            name=texts["name"] or item_id,
            # interned: a city has a hundred thousand of these texts and few different ones
            parent=sys.intern(texts["parent"]),
            place=sys.intern(texts["place"]),
            commune=sys.intern(texts["commune"]),
            sector=sys.intern(texts["sector"]),
        )
        self.points_total += self._sizes[kind]

    def _add_sight(self, item_id: str) -> None:
        camera = self.cameras.found[item_id]
        self.equipment[item_id] = msgspec.structs.replace(
            self.equipment[item_id],
            number=camera.number,
            sight=Sight(bearing=camera.bearing, width=camera.width, range_m=camera.range_m),
            published=camera.published,
        )

    def _check_parent(self, file: str, item: Equipment) -> None:
        if not item.parent:
            return
        parent = self.equipment.get(item.parent)
        allowed = self._rules[item.kind].parents
        if parent is None:
            self._findings.add(
                file,
                f'"{item.id}"',
                f'its parent "{item.parent}" is not in this territory',
                "Add the parent, correct the id, or leave the parent out.",
            )
        elif parent.kind not in allowed:
            may = f"a {' or '.join(sorted(allowed))}" if allowed else "nothing"
            self._findings.add(
                file,
                f'"{item.id}"',
                f'its parent "{parent.id}" is a {parent.kind}; a {item.kind} may hang on {may}',
                "Correct the parent or the kind.",
            )


def _point(geometry: object) -> tuple[float, float] | None:
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return None
    return position(geometry.get("coordinates"))
