"""What every presenter here shares: words, subscriptions, and asking with a person's text back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from console.panels.spec import PanelContext
from console.panels.wording import Words
from console.state.change import Change
from console.state.listeners import Listeners, Unsubscribe


class BasePresenter(ABC):
    """Follow the world and tell a view when something it shows changed."""

    def __init__(self, context: PanelContext) -> None:
        self._context = context
        self._world = context.state
        self._words = Words(context.text)
        self._views: Listeners[None] = Listeners()
        self._ends: list[Unsubscribe] = [self._world.subscribe(self._on_world_changed)]

    def subscribe(self, callback: Callable[[], None]) -> Unsubscribe:
        """Call ``callback`` after each change of what is shown; the returned function ends it."""
        return self._views.add(lambda _: callback())

    def close(self) -> None:
        """Unsubscribe from everything."""
        for end in self._ends:
            end()
        self._ends = []

    def explain(self, reason: str) -> None:
        """Say why something cannot be done now."""
        self._context.notify(reason)

    def _tell(self) -> None:
        self._views.tell(None)

    @abstractmethod
    def _on_world_changed(self, change: Change) -> None:
        """Follow the world."""

    async def _ask(self, request: Request) -> Result | None:
        """Ask the bridge; a refusal is said to the person and comes back as ``None``."""
        try:
            return await self._context.actions.ask(request)
        except RequestError as error:
            self._context.notify(self._words.refusal(error))
            return None
