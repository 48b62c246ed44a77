"""The panel seam: what a panel is, and all it may touch.

A panel is a module or package under ``console.panels`` (or an entry point ``beffroi.panels``) with
a module-level ``SPEC``. Its presenter decides and is free of Qt; its view draws and knows only the
presenter. Adding one edits no existing file.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from dataclasses import dataclass
from typing import Any, Protocol

from backend_bridge.contract.alarms import Severity
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from backend_bridge.contract.times import Clock
from console.panels.acting.proposal import Intent
from console.state.selection import Selection
from console.state.world import World


class Translate(Protocol):
    """Turn a text key and its parameters into the operator's language."""

    def __call__(self, key: str, /, **params: object) -> str: ...


class Notify(Protocol):
    """Say something in the foot of the window; never takes the focus."""

    def __call__(self, text: str, *, severity: Severity | None = None) -> None: ...


class StreamFacts(Protocol):
    """How a stream is; see :class:`console.video.states.StreamStatus`."""

    @property
    def state(self) -> str: ...
    @property
    def age_s(self) -> float | None: ...
    @property
    def attempts(self) -> int: ...
    @property
    def reason(self) -> str: ...
    @property
    def still_s(self) -> float: ...


class Pixels(Protocol):
    """One decoded picture; see :class:`console.video.frames.Picture`."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def decoded_s(self) -> float: ...
    @property
    def pixels(self) -> memoryview: ...


class PictureTile(Protocol):
    """One hold on a camera's pictures; see :class:`console.video.client.Tile`."""

    @property
    def status(self) -> StreamFacts: ...
    def read(self) -> Pixels | None: ...
    def release(self) -> None: ...


class Pictures(Protocol):
    """Have cameras decoded, out of this process; nothing starts before the first is wanted."""

    def want(self, camera: str, address: str, width: int, height: int) -> PictureTile:
        """Have a camera decoded for one tile of so many pixels."""

    def close(self) -> None:
        """Say that this panel wants none any more; every tile of it is released before."""


class Actions(Protocol):
    """Ask the bridge; raises ``RequestError`` with a text for the operator."""

    def ask(self, request: Request) -> Awaitable[Result]: ...


class Desk(Protocol):
    """Where a panel's wishes to command go; see :class:`console.panels.acting.desk.CommandDesk`."""

    def propose(self, intent: Intent, /) -> object:
        """Show what a wish would touch; nothing is sent before the person confirms."""

    def end_override(self, override_id: str, /) -> None:
        """Send one point back now."""


@dataclass(frozen=True, slots=True)
class PanelContext:
    """Everything a presenter gets: no socket, no global, no widget.

    Attributes:
        state: the replica of what the bridge says; read only.
        selection: what the person has selected, shared by all panels.
        actions: requests to the bridge.
        settings: this panel's own settings of this person, plain TOML values.
        spawn: starts a coroutine owned by the panel; ended when the panel closes.
        pictures: cameras decoded; ``None`` where nothing decodes.
        desk: takes wishes to command; ``None`` where nobody commands.
        declare: opens the declaration of works; ``None`` where there is none.
    """

    state: World
    selection: Selection
    actions: Actions
    settings: MutableMapping[str, Any]
    clock: Clock
    notify: Notify
    text: Translate
    spawn: Callable[[Coroutine[Any, Any, None]], None]
    pictures: Pictures | None = None
    desk: Desk | None = None
    declare: Callable[[], None] | None = None


class Presenter(Protocol):
    """What the shell asks of every presenter; views ask more of their own."""

    def close(self) -> None:
        """Unsubscribe from everything."""


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """Describe a panel to the shell.

    Attributes:
        id: unique, in seat files.
        title_key: text key of its title; with ``icon`` (a ``mdi6.`` name) in its title bar.
        presenter: called with the context.
        view: ``module:Class`` of a widget whose constructor takes the presenter.
        topics: parts of the state it draws (``points``, ``alarms``, ``incidents``): the cover falls
            on it when the link to them is lost.
        minimum_right: a right word without which the panel is not offered, empty for none.
        preferred_screen: screen role in a seat file that lists none.
        searches: its title bar gets the field that searches the city.
    """

    id: str
    title_key: str
    icon: str
    presenter: Callable[[PanelContext], Presenter]
    view: str
    topics: tuple[str, ...] = ()
    minimum_right: str = ""
    preferred_screen: str = "main"
    searches: bool = False
