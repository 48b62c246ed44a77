"""Compositions of the wall: saved, shared, versioned; what was deleted can be brought back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence

import msgspec

from backend_bridge.contract.compositions import (
    DWELLS_S,
    KIND,
    MOST_COMPOSITIONS,
    MOST_SCREENS,
    MOST_TILES,
    SIDES,
    UNDO_MS,
    Composition,
    CompositionChange,
    WallScreen,
    clean_name,
    same_name,
)
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import CompositionEvent, JournalEntry
from backend_bridge.contract.requests import (
    DeleteComposition,
    Request,
    RestoreComposition,
    SaveComposition,
)
from backend_bridge.contract.results import CompositionResult, Result
from backend_bridge.contract.times import Clock
from backend_bridge.core.bus import Bus
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.core.storage import Draft, JournalStore, Situation
from backend_bridge.services.actor import JournalActor, Plan
from backend_bridge.services.facts import Facts


class CompositionService(JournalActor):
    """Keep the room's compositions; whoever sees cameras sees them all, whoever manages saves.

    A composition may name cameras that some of its readers may not watch: leave to watch is asked
    for each camera when it is shown.

    Args:
        facts: what cameras there are.
        situation: what held when the bridge last committed; read once, before ``run``.
    """

    def __init__(
        self, *, facts: Facts, journal: JournalStore, bus: Bus, clock: Clock, situation: Situation
    ) -> None:
        super().__init__(journal=journal, bus=bus, clock=clock)
        self._facts = facts
        self._held = {item.id: item for item in situation.compositions}

    def handlers(self) -> Mapping[type, Handler]:
        """Return what answers which request."""
        return dict.fromkeys((SaveComposition, DeleteComposition, RestoreComposition), self.ask)

    def _absorb(self, items: Sequence[object]) -> list[Draft]:
        assert not items, "nothing is posted to the compositions"
        return []

    def _subject(self, request: Request) -> str:
        # names are compared with those of all others: one change a commit
        del request
        return KIND

    async def _plan(self, caller: Caller, request: Request) -> Plan:
        caller.require("manage", KIND)
        if isinstance(request, SaveComposition):
            return self._plan_save(caller, request)
        assert isinstance(request, DeleteComposition | RestoreComposition)
        held = self._known(request.composition_id, request.version)
        now_ms = self._clock.now_ms()
        if isinstance(request, DeleteComposition):
            if held.deleted:
                raise _conflict("error.composition.deleted", held)
            after = self._changed(held, caller, deleted=True)
            forgotten = [
                (CompositionChange.FORGOTTEN, item)
                for item in self._held.values()
                if item.deleted and now_ms - item.at_ms > UNDO_MS
            ]
            return self._plan_for(caller, [(CompositionChange.DELETED, after), *forgotten])
        if not held.deleted:
            raise _conflict("error.composition.not_deleted", held)
        if now_ms - held.at_ms > UNDO_MS:
            raise _conflict("error.composition.too_late", held)
        self._check_room(held.name, held.id)
        after = self._changed(held, caller, deleted=False)
        return self._plan_for(caller, [(CompositionChange.RESTORED, after)])

    def _plan_save(self, caller: Caller, request: SaveComposition) -> Plan:
        name = clean_name(request.name)
        if not name:
            raise RequestError(ErrorCode.BAD_REQUEST, "error.composition.name_missing")
        held = None
        if request.composition_id:
            held = self._known(request.composition_id, request.version)
            if held.deleted:
                raise _conflict("error.composition.deleted", held)
        self._check_screens(request.screens, held)
        if request.dwell_s not in DWELLS_S:
            raise RequestError(
                ErrorCode.BAD_REQUEST, "error.composition.dwell", {"seconds": request.dwell_s}
            )
        self._check_room(name, request.composition_id)
        fresh = Composition(id=f"W-{secrets.token_hex(6)}", version=0, name=name, screens=())
        after = self._changed(
            held or fresh,
            caller,
            name=name,
            screens=tuple(request.screens),
            dwell_s=request.dwell_s,
        )
        return self._plan_for(caller, [(CompositionChange.SAVED, after)])

    def _known(self, composition_id: str, version: int) -> Composition:
        held = self._held.get(composition_id)
        if held is None:
            raise RequestError(
                ErrorCode.BAD_REQUEST,
                "error.composition.not_found",
                {"composition": composition_id[:64]},
            )
        if version != held.version:
            raise _conflict("error.composition.changed", held)
        return held

    def _check_room(self, name: str, own_id: str) -> None:
        others = [item for item in self._held.values() if not item.deleted and item.id != own_id]
        taken = next((item for item in others if same_name(item.name, name)), None)
        if taken is not None:
            raise _conflict("error.composition.name_taken", taken)
        if len(others) >= MOST_COMPOSITIONS:
            raise RequestError(
                ErrorCode.REFUSED, "error.composition.too_many", {"most": MOST_COMPOSITIONS}
            )

    def _check_screens(self, screens: Sequence[WallScreen], held: Composition | None) -> None:
        """Refuse grids there are not, and cameras that neither exist nor stood there before."""
        squares = all(
            screen.side in SIDES and len(screen.cameras) == screen.side**2 for screen in screens
        )
        tiles = sum(len(screen.cameras) for screen in screens)
        if not screens or not squares or len(screens) > MOST_SCREENS or tiles > MOST_TILES:
            raise RequestError(
                ErrorCode.BAD_REQUEST,
                "error.composition.screens",
                {"screens": MOST_SCREENS, "tiles": MOST_TILES},
            )
        before = set() if held is None else _cameras(held.screens)
        for camera in sorted(_cameras(screens) - before):
            item = self._facts.equipment(camera)
            if item is None or item.kind != KIND:
                raise RequestError(
                    ErrorCode.BAD_REQUEST, "error.equipment.not_found", {"equipment": camera[:64]}
                )

    def _changed(self, held: Composition, caller: Caller, **fields: object) -> Composition:
        return msgspec.structs.replace(
            held,
            version=held.version + 1,
            by=caller.user,
            seat=caller.seat,
            at_ms=self._clock.now_ms(),
            **fields,
        )

    def _plan_for(
        self, caller: Caller, changes: Sequence[tuple[CompositionChange, Composition]]
    ) -> Plan:
        drafts = tuple(
            Draft(
                user=caller.user,
                seat=caller.seat,
                at_ms=self._clock.now_ms(),
                event=CompositionEvent(change=change, composition=item),
            )
            for change, item in changes
        )

        def finish(_: Sequence[JournalEntry]) -> Result:
            for change, item in changes:
                if change is CompositionChange.FORGOTTEN:
                    del self._held[item.id]
                else:
                    self._held[item.id] = item
            return CompositionResult(composition=changes[0][1])

        return Plan(drafts, finish)


def _cameras(screens: Sequence[WallScreen]) -> set[str]:
    return {camera for screen in screens for camera in screen.cameras if camera}


def _conflict(key: str, held: Composition) -> RequestError:
    return RequestError(ErrorCode.CONFLICT, key, {"name": held.name, "user": held.by})
