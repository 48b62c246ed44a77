"""Shared networks and the links that go through them: which of them is lost, and who is below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from statistics import median
from typing import NamedTuple, Protocol

from backend_bridge.contract.points import Equipment
from backend_bridge.core.linkstate import LinkState
from backend_bridge.services.facts import Facts

LEAST_LINKS = 3
"""Links a network must carry for its loss to be told from the loss of each of them."""


class SharedNetwork(Protocol):
    """A network that links share: a fibre ring, a mobile operator."""

    @property
    def id(self) -> str:
        """Return what ``uplink_of`` and ``parent`` name it by."""

    @property
    def name(self) -> str:
        """Return what people call it."""

    @property
    def parent(self) -> str:
        """Return the network it hangs on, empty for none."""


class Ways(NamedTuple):
    """The networks that links share, and which one each link goes through."""

    networks: Sequence[SharedNetwork] = ()
    uplink_of: Mapping[str, str] = {}


class UplinkBoard:
    """Count the lost links of each network, those of networks below it included.

    Args:
        share: part of a network's links that must be down for it to count as lost.
    """

    def __init__(
        self,
        facts: Facts,
        share: float,
        ways: Ways,
    ) -> None:
        self._facts = facts
        self._by_id = {network.id: network for network in ways.networks}
        self._chain_of_link = {
            link: self._chain(uplink)
            for link, uplink in ways.uplink_of.items()
            if uplink in self._by_id
        }
        self._links: dict[str, set[str]] = {}
        for link, chain in self._chain_of_link.items():
            for uplink in chain:
                self._links.setdefault(uplink, set()).add(link)
        self._needed = {
            uplink: ceil(len(links) * share)
            for uplink, links in self._links.items()
            if len(links) >= LEAST_LINKS
        }
        self._chain_of_root: dict[str, tuple[str, ...]] = {}
        for link in self._chain_of_link:
            root = facts.link_root(link)
            if root and root not in self._chain_of_root:
                self._chain_of_root[root] = self._shared(facts.links_of_root(root))
        self._down: dict[str, set[str]] = {}
        self._heard: set[str] = set()

    def __contains__(self, uplink: str) -> bool:
        return uplink in self._needed

    def take(self, state: LinkState) -> tuple[str, ...]:
        """Take a link's state; return the networks it goes through whose loss can be told."""
        chain = self._chain_of_link.get(state.link_id, ())
        self._heard.add(state.link_id)
        for uplink in chain:
            down = self._down.setdefault(uplink, set())
            (down.discard if state.up else down.add)(state.link_id)
        return tuple(uplink for uplink in chain if uplink in self._needed)

    def lost(self, uplink: str) -> bool | None:
        """Return whether a network is lost, ``None`` while too few of its links have spoken."""
        down = len(self._down.get(uplink, ()))
        needed = self._needed[uplink]
        if down >= needed:
            return True
        silent = len(self._links[uplink] - self._heard)
        return None if down + silent >= needed else False

    def above(self, equipment_ids: Iterable[str]) -> tuple[str, ...]:
        """Return the networks without which one of these equipment (or networks) is lost."""
        found: dict[str, None] = {}
        for equipment_id in equipment_ids:
            found.update(dict.fromkeys(self._chain_of_root.get(equipment_id, ())))
        return tuple(found)

    def parents(self, uplink: str) -> tuple[str, ...]:
        """Return the networks a network hangs on, nearest first."""
        return self._chain(uplink)[1:]

    def below(self, uplink: str) -> int:
        """Count the equipment lost with a network."""
        counted: dict[str, int] = {}
        for link in self._links.get(uplink, ()):
            root = self._facts.link_root(link)
            if root:
                counted[root] = max(counted.get(root, 0), 1 + self._facts.link_below(link))
        return sum(counted.values())

    def name(self, uplink: str) -> str:
        """Return what people call a network."""
        return self._by_id[uplink].name or uplink

    def kind(self, uplink: str) -> str:
        """Return the kind of most equipment that hangs directly on a network's links."""
        kinds = Counter(item.kind for item in self._roots(uplink))
        return kinds.most_common(1)[0][0] if kinds else ""

    def as_equipment(self) -> dict[str, Equipment]:
        """Return each network as if it were equipment, in the midst of what hangs on it."""
        found = {}
        for uplink in self._needed:
            roots = self._roots(uplink)
            if roots:
                found[uplink] = Equipment(
                    id=uplink,
                    kind=self.kind(uplink),
                    name=self.name(uplink),
                    lon=median(root.lon for root in roots),
                    lat=median(root.lat for root in roots),
                    first_point=0,
                    place=self.name(uplink),
                )
        return found

    def _roots(self, uplink: str) -> list[Equipment]:
        ids = {self._facts.link_root(link) for link in self._links.get(uplink, ())}
        return [item for item in map(self._facts.equipment, sorted(ids)) if item is not None]

    def _chain(self, uplink: str) -> tuple[str, ...]:
        found: dict[str, None] = {}
        while uplink in self._by_id and uplink not in found:
            found[uplink] = None
            uplink = self._by_id[uplink].parent
        return tuple(found)

    def _shared(self, links: Iterable[str]) -> tuple[str, ...]:
        """Return the networks that all ways to an equipment go through."""
        chains = [self._chain_of_link.get(link, ()) for link in links]
        first, *others = chains
        return tuple(
            uplink
            for uplink in first
            if uplink in self._needed and all(uplink in chain for chain in others)
        )
