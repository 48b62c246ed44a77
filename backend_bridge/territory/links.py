"""Turn ``links.toml`` and the register profiles into links with their points bound."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from backend_bridge.contract.points import Equipment
from backend_bridge.core.driver import BoundPoint, LinkConfig
from backend_bridge.core.linkstate import LinkMeter
from backend_bridge.core.settings import SettingsError, nearest, typed
from backend_bridge.territory.library import Profile, ProfilePoint
from backend_bridge.territory.problems import Findings
from backend_bridge.territory.records import Uplink

FILE = "links.toml"


class LinkEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One link as written in ``links.toml``.

    Attributes:
        equipment: the root of what hangs on the link (a cabinet).
        uplink: id of the shared network it goes through, or empty.
        address: keys merged into every point's address (``unit``).
        settings: for the driver, over the profile's own.
    """

    id: str
    profile: str
    equipment: str
    uplink: str = ""
    poll_period_s: float | None = None
    address: dict[str, Any] = {}
    settings: dict[str, Any] = {}


class UplinkEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One shared network as written in ``links.toml``."""

    id: str
    name: str = ""
    parent: str = ""
    most_connects_per_s: float = 20.0


class LinkFile(msgspec.Struct, frozen=True, kw_only=True):
    """The file: a poll period for all links that name none, the links, and their networks."""

    link: tuple[LinkEntry, ...] = ()
    uplink: tuple[UplinkEntry, ...] = ()
    poll_period_s: float = 2.0


@dataclass(frozen=True, slots=True)
class Links:
    """What was built: links, and by link id the root equipment, the meters and the uplink."""

    links: tuple[LinkConfig, ...] = ()
    roots: Mapping[str, str] = field(default_factory=dict)
    meters: Mapping[str, tuple[LinkMeter, ...]] = field(default_factory=dict)
    uplinks: tuple[Uplink, ...] = ()
    uplink_of: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class LinkBuilder:
    """Bind the points of every link, noting every mistake.

    ``ranks`` is each equipment's place among its kind in its device; -1 for none given.
    """

    profiles: Mapping[str, Profile]
    equipment: Mapping[str, Equipment]
    ranks: Mapping[str, int]
    findings: Findings
    _below: dict[str, list[Equipment]] = field(default_factory=dict)
    _addresses: dict[Any, Mapping[str, Any]] = field(default_factory=dict)
    _carried: dict[str, str] = field(default_factory=dict)

    def build(self, data: Mapping[str, Any]) -> Links:
        """Return the links with the root equipment and the meters of each."""
        try:
            entries = typed(data, LinkFile)
        except SettingsError as error:
            for problem in error.problems:
                self.findings.add(FILE, "", problem, "Correct the key or its value.")
            return Links()
        self._index_children()
        uplinks = _uplinks(entries.uplink, self.equipment, self.findings)
        uplink_of: dict[str, str] = {}
        links: list[LinkConfig] = []
        roots: dict[str, str] = {}
        meters: dict[str, tuple[LinkMeter, ...]] = {}
        ids: set[str] = set()
        endpoints: dict[tuple[object, ...], str] = {}
        for entry in entries.link:
            if entry.id in ids:
                self._say(entry, "this link id is used twice", "Give each link its own id.")
                continue
            ids.add(entry.id)
            profile = self._profile(entry)
            if profile is None or not self._period_fits(entry, entries.poll_period_s):
                continue
            self._check_endpoint(entry, profile, endpoints)
            links.append(
                LinkConfig(
                    id=entry.id,
                    driver=profile.driver,
                    settings=_settings(profile, entry),
                    points=self._points(entry, profile),
                    poll_period_s=entry.poll_period_s or entries.poll_period_s,
                    model=profile.model,
                )
            )
            roots[entry.id] = entry.equipment
            meters[entry.id] = _meters(profile, entry)
            if entry.uplink and entry.uplink not in uplinks:
                hint = nearest(entry.uplink, list(uplinks))
                self._say(entry, f'unknown uplink "{entry.uplink}"{hint}', "Add an [[uplink]].")
            elif entry.uplink:
                uplink_of[entry.id] = entry.uplink
        return Links(tuple(links), roots, meters, tuple(uplinks.values()), uplink_of)

    def _say(self, entry: LinkEntry, what: str, advice: str) -> None:
        self.findings.add(FILE, f'link "{entry.id}"', what, advice)

    def _index_children(self) -> None:
        for item in self.equipment.values():
            if item.parent:
                self._below.setdefault(item.parent, []).append(item)

    def _profile(self, entry: LinkEntry) -> Profile | None:
        profile = self.profiles.get(entry.profile)
        if profile is None:
            hint = nearest(entry.profile, list(self.profiles))
            self._say(
                entry,
                f'unknown profile "{entry.profile}"{hint}',
                "Name a file of resources/profiles without its .toml.",
            )
            return None
        root = self.equipment.get(entry.equipment)
        if root is None:
            self._say(
                entry,
                f'its equipment "{entry.equipment}" is not in equipment.geojson',
                "Add the equipment or correct the id.",
            )
            return None
        if root.kind != profile.root:
            self._say(
                entry,
                f'its equipment "{root.id}" is a {root.kind}; profile "{entry.profile}" is for a '
                f"{profile.root}",
                "Name an equipment of that kind or another profile.",
            )
            return None
        return profile

    def _period_fits(self, entry: LinkEntry, default_s: float) -> bool:
        period_s = entry.poll_period_s if entry.poll_period_s is not None else default_s
        if 0.05 <= period_s <= 3600:
            return True
        self._say(
            entry,
            f"a poll period of {period_s} s cannot be kept",
            "Write between 0.05 and 3600 seconds.",
        )
        return False

    def _check_endpoint(
        self, entry: LinkEntry, profile: Profile, endpoints: dict[tuple[object, ...], str]
    ) -> None:
        """Refuse two links that speak to one unit at one address: both would write it."""
        where = [str(entry.settings.get(key, "")) for key in ("host", "port", "url", "device")]
        if not any(where):
            return
        endpoint = (profile.driver, *where, str(entry.address.get("unit", "")))
        other = endpoints.setdefault(endpoint, entry.id)
        if other != entry.id:
            place = ":".join(part for part in where if part)
            unit = entry.address.get("unit")
            at = f"{place} unit {unit}" if unit is not None else place
            self._say(
                entry,
                f'it has the same address ({at}) as link "{other}"',
                "Give one of them its own address or unit.",
            )

    def _points(self, entry: LinkEntry, profile: Profile) -> tuple[BoundPoint, ...]:
        by_kind: dict[str, list[ProfilePoint]] = {}
        for point in profile.point:
            by_kind.setdefault(point.kind, []).append(point)
        bound: list[BoundPoint] = []
        used: dict[tuple[str, int], str] = {}
        for item in self._descendants(entry.equipment):
            if item.kind not in by_kind or not self._may_carry(entry, profile, item, used):
                continue
            rank = max(self.ranks.get(item.id, 0), 0)
            for point in by_kind[item.kind]:
                address = self._address(entry, point, rank)
                bound.append(
                    BoundPoint(
                        slot=len(bound),
                        equipment_id=item.id,
                        point_key=point.point,
                        address=address,
                    )
                )
        return tuple(bound)

    def _descendants(self, root_id: str) -> list[Equipment]:
        """Return the root and all below it; a circle of parents is reported elsewhere."""
        found = [self.equipment[root_id]]
        seen = {root_id}
        for item in found:  # grows while it is walked: breadth first
            for child in self._below.get(item.id, ()):
                if child.id not in seen:
                    seen.add(child.id)
                    found.append(child)
        return found

    def _may_carry(
        self, entry: LinkEntry, profile: Profile, item: Equipment, used: dict[tuple[str, int], str]
    ) -> bool:
        other_link = self._carried.setdefault(item.id, entry.id)
        if other_link != entry.id:
            self._say(
                entry,
                f'"{item.id}" is already behind link "{other_link}"',
                "An equipment has one link: correct one of the two.",
            )
            return False
        if item.kind == profile.root:
            return True
        rank = self.ranks.get(item.id, -1)
        room = profile.limit.get(item.kind)
        if rank < 0 or (room is not None and rank >= room):
            limit = f" to {room - 1}" if room is not None else " upwards"
            found = "has no rank" if rank < 0 else f"has rank {rank}"
            self._say(
                entry,
                f'"{item.id}" {found}, and its registers follow from it',
                f'Give the feature a property "rank" from 0{limit}.',
            )
            return False
        twin = used.setdefault((item.kind, rank), item.id)
        if twin != item.id:
            self._say(
                entry,
                f'"{item.id}" and "{twin}" have the same rank {rank}, so the same registers',
                f"Give each {item.kind} behind one link its own rank.",
            )
            return False
        return True

    def _address(self, entry: LinkEntry, point: ProfilePoint, rank: int) -> Mapping[str, Any]:
        """Return a point's address, one object for all links that share it (memory)."""
        key = (entry.profile, point.kind, point.point, rank, repr(entry.address))
        address = self._addresses.get(key)
        if address is None:
            moved = {name: point.address[name] + rank * step for name, step in point.step.items()}
            address = {**entry.address, **point.address, **moved}
            self._addresses[key] = address
        return address


def _uplinks(
    entries: tuple[UplinkEntry, ...], equipment: Collection[str], findings: Findings
) -> dict[str, Uplink]:
    found: dict[str, Uplink] = {}
    parents = {entry.id: entry.parent for entry in entries}
    for entry in entries:
        where = f'uplink "{entry.id}"'
        if entry.id in found:
            findings.add(FILE, where, "this uplink id is used twice", "Give each its own id.")
        if entry.id in equipment:
            # the loss of a network is an alarm about its id: nobody could tell the two apart
            what = "an equipment has the same id: their alarms could not be told apart"
            findings.add(FILE, where, what, f"Give the uplink an id such as net-{entry.id}.")
        if entry.parent and entry.parent not in parents:
            hint = nearest(entry.parent, list(parents))
            findings.add(FILE, where, f'unknown parent "{entry.parent}"{hint}', "Correct the id.")
        elif _in_circle(entry.id, parents):
            findings.add(FILE, where, "it depends on itself", "Break the circle of parents.")
        if not 0 < entry.most_connects_per_s <= 10_000:
            what = f"{entry.most_connects_per_s:g} connections a second cannot be kept"
            findings.add(FILE, where, what, "Write more than 0 and at most 10000.")
        name = entry.name or entry.id
        found[entry.id] = Uplink(entry.id, name, entry.parent, entry.most_connects_per_s)
    return found


def _in_circle(uplink: str, parents: Mapping[str, str]) -> bool:
    above = parents.get(uplink, "")
    for _ in parents:
        if above == uplink:
            return True
        above = parents.get(above, "")
    return False


def _meters(profile: Profile, entry: LinkEntry) -> tuple[LinkMeter, ...]:
    return tuple(
        LinkMeter(
            equipment_id=entry.equipment,
            point_key=meter.point,
            counter=meter.counter,
            scale=meter.scale,
            decimals=meter.decimals,
        )
        for meter in profile.meter
    )


def _settings(profile: Profile, entry: LinkEntry) -> dict[str, Any]:
    defaults = {
        key: {**entry.address, **value} if isinstance(value, dict) else value
        for key, value in profile.settings.items()
    }
    return {**defaults, **entry.settings}
