"""Answer what consoles ask without changing anything, within the rights of who asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NoReturn, Protocol

import msgspec

from backend_bridge.contract.circuits import KIND as CIRCUIT_KIND
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import (
    approval_places,
    composition_places,
    may_see,
    plan_places,
    sees_all,
    zone_place,
)
from backend_bridge.contract.points import Catalogue, Equipment
from backend_bridge.contract.requests import (
    EQUIPMENT_PER_PAGE,
    GetCatalogue,
    GetDiagnostics,
    GetIncidentLog,
    GetSituation,
    GetTrend,
)
from backend_bridge.contract.results import (
    CatalogueResult,
    DiagnosticsResult,
    LogResult,
    PlaceKind,
    Result,
    SituationResult,
    TrendResult,
)
from backend_bridge.contract.rights import ANYWHERE, Place
from backend_bridge.core.errors import ConfigError
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.core.storage import HistoryStore, JournalStore, StorageError
from backend_bridge.core.supervisor import Supervisor
from backend_bridge.services.places import Ground
from backend_bridge.territory import Territory
from backend_bridge.territory.records import Commune, Sector

LONGEST_LOG = 500
MOST_BUCKETS = 2000
LONGEST_TREND_MS = 400 * 86_400_000
"""A year and a month: nobody asks for more by accident."""
_CLASSES_KEPT = 64
"""Classes of rights whose catalogue is kept."""


class _Placed(Protocol):
    """Something about one equipment."""

    @property
    def equipment_id(self) -> str: ...

    @property
    def equipment_kind(self) -> str: ...


class Queries:
    """Hold what the answers are made of; every handler runs on the bridge's loop."""

    def __init__(
        self,
        territory: Territory,
        journal: JournalStore,
        history: HistoryStore,
        supervisor: Supervisor,
    ) -> None:
        self._territory = territory
        self._journal = journal
        self._history = history
        self._supervisor = supervisor
        self._catalogues: dict[tuple[frozenset[str], frozenset[Place]], Catalogue] = {}
        self._places = {(item.kind, item.sector) for item in territory.catalogue.equipment}

    def handlers(self) -> dict[type, Handler]:
        """Return one handler per request class answered here."""
        return {
            GetCatalogue: self.handle_get_catalogue,
            GetSituation: self.handle_get_situation,
            GetIncidentLog: self.handle_get_incident_log,
            GetTrend: self.handle_get_trend,
            GetDiagnostics: self.handle_get_diagnostics,
        }

    async def handle_get_catalogue(self, caller: Caller, request: GetCatalogue) -> Result:
        """Return a page of the territory without the kinds the caller may not see.

        Indexes of points are kept.
        """
        visible = self._visible_catalogue(caller)
        first, after = request.first, request.first + EQUIPMENT_PER_PAGE
        if not 0 <= first <= len(visible.equipment):
            _bad("error.catalogue.page", first=first, total=len(visible.equipment))
        total = len(visible.equipment)
        page = visible
        if first or after < total:
            page = msgspec.structs.replace(visible, equipment=visible.equipment[first:after])
        return CatalogueResult(catalogue=page, more=after < total, total=total)

    def _visible_catalogue(self, caller: Caller) -> Catalogue:
        whole = self._territory.catalogue
        # a kind nothing is of yet is shown to whoever would see it anywhere
        kinds = {kind.key for kind in whole.kinds if caller.holds("view", kind.key, ANYWHERE)}
        places = frozenset(place for place in self._places if caller.holds("view", *place))
        if len(kinds) == len(whole.kinds) and len(places) == len(self._places):
            return whole
        key = (frozenset(kinds), places)
        found = self._catalogues.get(key)
        if found is None:
            found = msgspec.structs.replace(
                whole,
                kinds=tuple(kind for kind in whole.kinds if kind.key in kinds),
                equipment=tuple(i for i in whole.equipment if (i.kind, i.sector) in places),
            )
            if len(self._catalogues) >= _CLASSES_KEPT:
                self._catalogues.clear()
            self._catalogues[key] = found
        return found

    async def handle_get_situation(self, caller: Caller, _request: GetSituation) -> Result:
        """Return what is open and visible, all as of one journal sequence."""
        with _storage_errors():
            situation = await self._journal.situation()
        place_of = self._place_of

        def sees(item: _Placed) -> bool:
            return caller.holds("view", item.equipment_kind, place_of(item.equipment_id)[1])

        def sees_all_of(places: Iterable[Place]) -> bool:
            return sees_all(caller.rights, "view", places)

        return SituationResult(
            seq=situation.seq,
            alarms=tuple(item for item in situation.alarms if sees(item)),
            incidents=tuple(item for item in situation.incidents if sees(item)),
            service=tuple(
                mark
                for mark in situation.service
                if caller.holds("view", *place_of(mark.equipment_id))
            ),
            circuits=situation.circuits if caller.holds("view", CIRCUIT_KIND) else (),
            compositions=tuple(
                item
                for item in situation.compositions
                if sees_all_of(composition_places(item, place_of))
            ),
            commands=tuple(
                item for item in (*situation.commands, *situation.to_check) if sees(item)
            ),
            orders=tuple(
                item
                for item in situation.orders
                if caller.holds("view", item.equipment_kind or "*", item.sector)
            ),
            approvals=tuple(
                item for item in situation.approvals if sees_all_of(approval_places(item, place_of))
            ),
            overrides=tuple(item for item in situation.overrides if sees(item)),
            hands_off=tuple(
                zone
                for zone in situation.hands_off
                if caller.holds("view", *zone_place(zone, place_of))
            ),
            plans=tuple(plan for plan in situation.plans if sees_all_of(plan_places(plan))),
        )

    async def handle_get_incident_log(self, caller: Caller, request: GetIncidentLog) -> Result:
        """Return an incident's log; what the caller may not see is counted, not sent."""
        if not 1 <= request.limit <= LONGEST_LOG:
            _bad("error.log.limit", limit=request.limit, most=LONGEST_LOG)
        with _storage_errors():
            incident = await self._journal.incident(request.incident_id)
            if incident is None or not caller.holds(
                "view", incident.equipment_kind, self._place_of(incident.equipment_id)[1]
            ):
                # an incident one may not see and one that is not there look the same
                _bad("error.incident.not_found", incident=request.incident_id[:80])
            entries = await self._journal.incident_entries(request.incident_id, request.limit)
        seen = tuple(
            entry for entry in entries if may_see(caller.rights, entry.event, self._place_of)
        )
        return LogResult(entries=seen, hidden=len(entries) - len(seen))

    async def handle_get_trend(self, caller: Caller, request: GetTrend) -> Result:
        """Return a point's history."""
        item = self._visible(caller, request.equipment_id)
        if (item.kind, request.point_key) not in self._territory.offset_of:
            _bad("error.point.not_found", equipment=item.id, point=request.point_key[:80])
        span_ms = request.to_ms - request.from_ms
        if not 0 < span_ms <= LONGEST_TREND_MS or not 2 <= request.buckets <= MOST_BUCKETS:
            _bad("error.trend.range", days=LONGEST_TREND_MS // 86_400_000, buckets=MOST_BUCKETS)
        with _storage_errors():
            points = await self._history.trend(
                item.id, request.point_key, request.from_ms, request.to_ms, request.buckets
            )
        return TrendResult(points=tuple(points))

    async def handle_get_diagnostics(self, caller: Caller, request: GetDiagnostics) -> Result:
        """Return a link's counters and frames to whoever may see everything the link carries."""
        item = self._visible(caller, request.equipment_id)
        try:
            link, description = await self._supervisor.diagnostics(item.id)
        except ConfigError as error:
            raise RequestError(
                ErrorCode.BAD_REQUEST, "error.equipment.no_link", {"equipment": item.id}
            ) from error
        for kind, sector in self._places_on(link):
            caller.require("view", kind, sector)  # frames show the registers of all of them
        return DiagnosticsResult(
            link=link, counters=dict(description.counters), frames=tuple(description.frames)
        )

    def _places_on(self, link_id: str) -> list[Place]:
        return sorted(
            {
                self._place_of(point.equipment_id)
                for link in self._territory.links
                if link.id == link_id
                for point in link.points
            }
        )

    def _visible(self, caller: Caller, equipment_id: str) -> Equipment:
        item = self._territory.equipment_of.get(equipment_id)
        if item is None or not caller.holds("view", item.kind, item.sector):
            _bad("error.equipment.not_found", equipment=equipment_id[:80])
        return item

    def _place_of(self, equipment_id: str) -> Place:
        # what left the territory: whoever sees everything still sees it
        item = self._territory.equipment_of.get(equipment_id)
        return ("*", "") if item is None else (item.kind, item.sector)


def ground_names(territory: Territory) -> Ground:
    """Return what a territory names, for the index of places; house numbers are not kept.

    Raises:
        TerritoryError: while the house numbers are walked, when their file holds mistakes.
    """
    areas = [
        (
            commune.name,
            PlaceKind.COMMUNE,
            commune.centre or _inside(commune),
            commune.population or 0,
        )
        for commune in territory.communes
        if commune.centre or commune.rings
    ]
    areas += [
        (sector.name, PlaceKind.SECTOR, _inside(sector), 0)
        for sector in territory.sectors
        if sector.rings
    ]
    streets = (
        (street.name, street.commune, street.lines[0][len(street.lines[0]) // 2])
        for street in territory.streets
        if street.lines
    )
    return Ground(areas, streets, territory.each_address())


def _inside(area: Commune | Sector) -> tuple[float, float]:
    """Return the middle of the longest outline."""
    ring = max(area.rings, key=len)
    lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
    return (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2


def _bad(text_key: str, **params: str | float) -> NoReturn:
    raise RequestError(ErrorCode.BAD_REQUEST, text_key, params)


@contextmanager
def _storage_errors() -> Iterator[None]:
    """Turn a store that cannot be read into the contract's error."""
    try:
        yield
    except StorageError as error:
        raise RequestError(ErrorCode.UNAVAILABLE, "error.storage.unread") from error
