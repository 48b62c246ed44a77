"""Which cameras a free tile proposes: near the worst open incidents, else the lowest numbers. Pure.

Nothing is shown of a proposal but its number, its name and why: one gesture takes it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from backend_bridge.contract.incidents import Incident, IncidentState
from backend_bridge.contract.points import Equipment
from console.panels.wall.nearest import NEAR_M, Near, nearest

INCIDENTS = 6
"""The worst of them are looked at."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One camera proposed, and the incident it is near to; ``None`` for its low number."""

    camera: str
    near: Near | None = None
    incident: Incident | None = None


def proposals(
    cameras: Iterable[Equipment],
    incidents: Iterable[Incident],
    shown: Collection[str],
    wanted: int,
) -> list[Proposal]:
    """Return at most ``wanted`` cameras that are not shown, the most telling first."""
    if wanted <= 0:
        return []
    among = list(cameras)
    found: dict[str, Proposal] = {}
    for proposal in (*_near(among, incidents), *_lowest(among)):
        if proposal.camera not in shown:
            found.setdefault(proposal.camera, proposal)
        if len(found) == wanted:
            break
    return list(found.values())


def _near(cameras: list[Equipment], incidents: Iterable[Incident]) -> Iterator[Proposal]:
    waiting = (item for item in incidents if item.state is not IncidentState.CLOSED)
    worst = sorted(waiting, key=lambda item: (item.severity, -item.opened_ms, item.id))[:INCIDENTS]
    for incident in worst:
        for near in nearest(cameras, incident.lon, incident.lat, within_m=NEAR_M):
            yield Proposal(near.camera, near, incident)


def _lowest(cameras: list[Equipment]) -> Iterator[Proposal]:
    numbered = (item for item in cameras if item.number)
    for item in sorted(numbered, key=lambda item: (item.number, item.id)):
        yield Proposal(item.id)
