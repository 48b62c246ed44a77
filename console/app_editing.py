"""Edit mode of the person at this console: turned on by hand, off by itself; never on in doubt."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Protocol

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from backend_bridge.contract.safety import EditModeResult, SetEditMode
from console.panels.formats import Formats
from console.state.change import Change
from console.state.world import World
from ui.texts import text

_OFF = "error.edit_mode.off"


class Windows(Protocol):
    """Where things are said."""

    def notify(self, words: str, /) -> None: ...


class EditDesk:
    """Turn edit mode on and off at the bridge and keep the world's word of it true.

    The bridge forgets edit mode with the session; a link that was silent may have been another
    session meanwhile. So edit mode ends here with the link, and once the bridge is back it is told.

    Args:
        world: mirrors whether edit mode is on.
        ask: asks the bridge.
        spawn: owns what runs.
        windows: says what happened.
    """

    def __init__(
        self,
        world: World,
        ask: Callable[[Request], Awaitable[Result]],
        spawn: Callable[[Coroutine[Any, Any, None]], None],
        windows: Windows,
    ) -> None:
        self._world = world
        self._ask = ask
        self._spawn = spawn
        self._windows = windows
        self._busy = False
        self._was_on = False
        self._owed = False
        self._end = world.subscribe(self._on_world_changed)

    def toggle(self) -> None:
        """Turn edit mode on, or off."""
        if self._world.session is None or self._busy:
            return
        if not self._world.liveness.live:
            self._windows.notify(text("edit.not_live"))
            return
        self._busy = True
        self._spawn(self._set(on=not self._world.editing))

    async def ask(self, request: Request) -> Result:
        """Ask the bridge; told that edit mode is off there, the world here says so too."""
        try:
            return await self._ask(request)
        except RequestError as error:
            if error.text_key == _OFF and self._world.editing:
                self._world.edit(None)
            raise

    def close(self) -> None:
        """Follow the world no longer."""
        self._end()

    async def _set(self, *, on: bool) -> None:
        try:
            result = await self._ask(SetEditMode(on=on))
        except RequestError as error:
            self._windows.notify(text(error.text_key, **error.params))
            return
        finally:
            self._busy = False
        assert isinstance(result, EditModeResult)
        self._was_on = False  # what was asked for needs no word that it happened
        self._world.edit(result.until_ms)
        if result.until_ms is not None:
            time = Formats(text("language.code")).minute(result.until_ms)
            self._windows.notify(text("edit.on", time=time))
        else:
            self._windows.notify(text("edit.off"))

    def _on_world_changed(self, change: Change) -> None:
        if change.editing:
            ended = self._was_on and not self._world.editing
            self._was_on = self._world.editing
            if ended and self._world.session is not None and not change.session:
                self._owed = not self._world.liveness.live
                self._windows.notify(text("edit.lost" if self._owed else "edit.ended"))
        if change.session:
            self._owed = False
        elif self._owed and self._world.liveness.live:
            self._owed = False
            self._spawn(self._tell_off())

    async def _tell_off(self) -> None:
        try:
            await self._ask(SetEditMode(on=False))
        except RequestError:
            self._owed = True  # the link broke again: said when it is back
