"""Answer where a place is, from an index made when somebody first asks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.requests import FindPlaces
from backend_bridge.contract.results import PlacesResult, Result
from backend_bridge.core.requests import Caller, Handler
from backend_bridge.services.places.gazetteer import Gazetteer, Ground

LONGEST_TEXT = 200
MOST_PLACES = 100

_log = structlog.get_logger(__name__)


class PlaceFinder:
    """Hold the territory's names; handlers run on the bridge's loop, the index is made beside it.

    Args:
        read: returns what the territory names; called once, in a thread. Whatever it raises is
            logged, and every question is refused until the bridge starts again.
    """

    def __init__(self, read: Callable[[], Ground]) -> None:
        self._read = read
        self._making: asyncio.Task[Gazetteer] | None = None

    def handlers(self) -> dict[type, Handler]:
        """Return one handler per request class answered here."""
        return {FindPlaces: self.handle_find_places}

    async def handle_find_places(self, _caller: Caller, request: FindPlaces) -> Result:
        """Return the places a text may mean; every signed-in person may ask.

        Raises:
            RequestError: the text or the limit is out of range, or the names cannot be read.
        """
        if not request.text.strip() or len(request.text) > LONGEST_TEXT:
            raise _refusal(ErrorCode.BAD_REQUEST, "error.places.text", most=LONGEST_TEXT)
        if not 1 <= request.limit <= MOST_PLACES:
            raise _refusal(
                ErrorCode.BAD_REQUEST, "error.places.limit", limit=request.limit, most=MOST_PLACES
            )
        gazetteer = await self._gazetteer()
        found, more = gazetteer.find(request.text, request.limit)
        return PlacesResult(places=tuple(found), more=more)

    async def _gazetteer(self) -> Gazetteer:
        if self._making is None:
            self._making = asyncio.create_task(self._make(), name="places index")
        try:
            # whoever asked may go away: the index is for everybody
            return await asyncio.shield(self._making)
        except asyncio.CancelledError:
            raise
        except Exception as error:  # said in the log by _make
            raise _refusal(ErrorCode.UNAVAILABLE, "error.places.unread") from error

    async def _make(self) -> Gazetteer:
        try:
            gazetteer = await asyncio.to_thread(lambda: Gazetteer(self._read()))
        except Exception:
            _log.exception("places_unread")
            raise
        _log.info("places_read", houses=gazetteer.houses)
        return gazetteer


def _refusal(code: ErrorCode, key: str, **params: str | int) -> RequestError:
    return RequestError(code, key, dict(params))
