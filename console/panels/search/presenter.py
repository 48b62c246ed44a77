"""One search field: what was typed, what was found so far, and what choosing it does."""

from __future__ import annotations

import asyncio
import enum
import re
from collections.abc import Callable, Sequence
from contextlib import suppress

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.folding import slipped, tokens
from backend_bridge.contract.requests import FindPlaces
from backend_bridge.contract.results import Place, PlaceKind, PlacesResult
from console.panels.search.city import CitySearch
from console.panels.search.hits import Command, Hit, HitKind, Spot
from console.panels.spec import PanelContext
from console.panels.wording import Words
from console.state.listeners import Listeners, Unsubscribe
from console.state.liveness import LinkWord

ROWS = 12
"""Most rows of the city or of commands, and half as many places."""
PLACES = 6
QUIET_S = 0.12
"""The bridge is asked once nothing was typed for so long."""
_ANSWERING = (LinkWord.LIVE, LinkWord.BEHIND, LinkWord.LOADING)
_ADDRESS = re.compile(r"\d+ ?(?:bis|ter|quater|[a-h])? [^\W\d]\w.*")
_PLACE_ICONS = {
    PlaceKind.ADDRESS: "mdi6.map-marker-outline",
    PlaceKind.STREET: "mdi6.road-variant",
    PlaceKind.PLACE: "mdi6.map-marker-outline",
    PlaceKind.COMMUNE: "mdi6.city-variant-outline",
    PlaceKind.SECTOR: "mdi6.vector-polygon",
}


class PlacesState(enum.Enum):
    """Say how the bridge's half of the search stands."""

    IDLE = enum.auto()
    ASKING = enum.auto()
    READY = enum.auto()
    OFFLINE = enum.auto()
    FAILED = enum.auto()


class SearchPresenter:
    """Search as somebody types; lives on the interface's thread.

    Rows of the console's own are there at once; the bridge's places follow beneath them, so that
    no row moves under a hand. The first place is proposed unless something is called as typed.

    Args:
        context: where to ask, and whose selection to change.
        city: the console's own half, shared by all fields of a window.
        go: shows a spot on a map and returns whether there is one.
        commands: returns what can be done here; searched too when given.
    """

    def __init__(
        self,
        context: PanelContext,
        city: CitySearch,
        go: Callable[[Spot], bool],
        commands: Callable[[], Sequence[Command]] | None = None,
    ) -> None:
        self._context = context
        self._words = Words(context.text)
        self._city = city
        self._go = go
        self._list_commands = commands
        self._commands: Sequence[Command] = ()
        self._views: Listeners[None] = Listeners()
        self._asked = 0
        self._own: list[Hit] = []
        self._more = False
        self._places: tuple[Hit, ...] = ()
        self._places_more = False
        self._state = PlacesState.IDLE
        self._trouble = ""
        self._entered = False
        self.text = ""
        self.taken = 0
        self._end = city.subscribe(self._on_city_grown)

    def close(self) -> None:
        """Unsubscribe; an answer that is under way is dropped."""
        self._end()
        self._asked += 1

    def subscribe(self, callback: Callable[[], None]) -> Unsubscribe:
        """Call ``callback`` whenever the rows or the note changed."""
        return self._views.add(lambda _: callback())

    # -- what a view draws ------------------------------------------------------------------------

    @property
    def rows(self) -> tuple[Hit, ...]:
        """Return what was found so far."""
        return (*self._own, *self._places)

    @property
    def proposed(self) -> int:
        """Return the row that Enter takes unless another is chosen, -1 for none yet."""
        if not self._own or not self._own[0].sure:
            if self._places:
                return len(self._own)
            if self._state is PlacesState.ASKING:
                return -1
        return 0 if self.rows else -1

    @property
    def note(self) -> str:
        """Return what the rows do not say: what is still sought, what could not be, how many."""
        text, typed = self._words.text, self.text.strip()
        if not typed:
            return text("search.hint")
        parts = []
        progress = self._city.progress
        if progress < 1:
            parts.append(text("search.indexing", percent=int(100 * progress)))
        match self._state:
            case PlacesState.ASKING:
                parts.append(text("search.places.asking"))
            case PlacesState.OFFLINE:
                parts.append(text("search.places.offline"))
            case PlacesState.FAILED:
                parts.append(self._trouble)
            case _:
                pass
        if not self.rows and self._state in (PlacesState.READY, PlacesState.IDLE) and progress == 1:
            parts.append(text("search.none", text=typed))
        elif not self.rows and self._state is not PlacesState.ASKING and progress == 1:
            parts.insert(0, text("search.none.here", text=typed))
        if self._more or self._places_more:
            parts.append(text("search.more"))
        return " ".join(parts)

    # -- what a person does -----------------------------------------------------------------------

    def begin(self) -> None:
        """Take what can be done here and now; called when the field is given the keyboard."""
        self._city.hurry()
        self._commands = self._list_commands() if self._list_commands is not None else ()
        if self.text.strip():
            self.type(self.text)

    def type(self, typed: str) -> None:
        """Search for another text; the console's own rows are there when this returns."""
        self.text = typed
        self._asked += 1
        self._entered = False
        self._places, self._places_more, self._trouble = (), False, ""
        self._find_own()
        if not any(char.isalpha() for char in typed) or len("".join(tokens(typed))) < 2:
            self._state = PlacesState.IDLE
        elif self._context.state.liveness.word not in _ANSWERING:
            self._state = PlacesState.OFFLINE
        else:
            self._state = PlacesState.ASKING
            self._context.spawn(self._ask(self._asked, typed))
        self._tell()

    def enter(self, row: int) -> bool:
        """Take a row; with none yet, take what is proposed as soon as it is known.

        Returns:
            Whether something was done now.
        """
        rows = self.rows
        if 0 <= row < len(rows):
            self._entered = False
            self.taken += 1
            self._do(rows[row])
            return True
        self._entered = self._state is PlacesState.ASKING
        return False

    # -- inside -----------------------------------------------------------------------------------

    def _find_own(self) -> None:
        typed = self.text.strip()
        if not typed:
            self._own, self._more = [], False
            return
        limit = ROWS // 3 if self._reads_like_address() else ROWS - PLACES
        found, self._more = self._city.find(typed, limit)
        self._own = sorted((*found, *self._commands_of(typed)), key=lambda hit: not hit.sure)

    def _commands_of(self, typed: str) -> list[Hit]:
        wanted = [f" {word}" for word in tokens(typed)]
        hits = []
        for place, command in enumerate(self._commands):
            words = tokens(f"{command.label} {command.detail}")
            line = " ".join(("", *words))
            if wanted and all(
                word in line or any(slipped(word[1:], one) for one in words) for word in wanted
            ):
                hits.append(
                    Hit(
                        kind=HitKind.COMMAND,
                        key=str(place),
                        icon=command.icon or "mdi6.chevron-right",
                        title=command.label,
                        detail=command.reason or command.detail,
                        shortcut=command.shortcut,
                        reason=command.reason,
                        sure=line.startswith(wanted[0]),
                    )
                )
        return hits[:PLACES]

    def _reads_like_address(self) -> bool:
        return _ADDRESS.fullmatch(" ".join(tokens(self.text))) is not None

    async def _ask(self, number: int, typed: str) -> None:
        await asyncio.sleep(QUIET_S)
        if number != self._asked:
            return
        found: tuple[Hit, ...] = ()
        more, state, trouble = False, PlacesState.READY, ""
        try:
            result = await self._context.actions.ask(FindPlaces(text=typed, limit=PLACES))
        except RequestError as error:
            state, trouble = PlacesState.FAILED, self._words.refusal(error)
        else:
            assert isinstance(result, PlacesResult)  # the link checks it
            found, more = tuple(map(self._place_hit, result.places)), result.more
        if number != self._asked:
            return  # something else was typed meanwhile
        self._places, self._places_more = found, more
        self._state, self._trouble = state, trouble
        entered, self._entered = self._entered, False
        self._tell()
        if entered and self.proposed >= 0:
            self.enter(self.proposed)
            self._tell()

    def _place_hit(self, place: Place) -> Hit:
        kind = self._words.text(f"search.place.{place.kind.value}")
        return Hit(
            kind=HitKind.PLACE,
            key=place.text,
            icon=_PLACE_ICONS[place.kind],
            title=place.text,
            detail=" · ".join(part for part in (place.commune, kind) if part),
            spot=Spot(place.lon, place.lat, place.text),
        )

    def _do(self, hit: Hit) -> None:
        selection = self._context.selection
        match hit.kind:
            case HitKind.EQUIPMENT:
                selection.select_equipment((hit.key,))
            case HitKind.INCIDENT:
                incident = self._context.state.incidents.get(hit.key)
                equipment_id = incident.equipment_id if incident is not None else ""
                selection.select_incident(hit.key, (equipment_id,) if equipment_id else ())
            case HitKind.COMMAND:
                with suppress(IndexError):
                    self._commands[int(hit.key)].run()
                return
            case HitKind.PLACE:
                pass
        if hit.spot is not None and not self._go(hit.spot) and hit.kind is HitKind.PLACE:
            self._context.notify(self._words.text("search.no_map", place=hit.title))

    def _on_city_grown(self) -> None:
        if self.text.strip():
            self._find_own()
            self._tell()

    def _tell(self) -> None:
        self._views.tell(None)
