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
from backend_bridge.contract.requests import Request, Result
from backend_bridge.contract.times import Clock
from console.state.selection import Selection
from console.state.world import World


class Translate(Protocol):
    """Turn a text key and its parameters into the operator's language."""

    def __call__(self, key: str, /, **params: object) -> str: ...


class Notify(Protocol):
    """Say something in the foot of the window; never takes the focus."""

    def __call__(self, text: str, *, severity: Severity | None = None) -> None: ...


class Actions(Protocol):
    """Ask the bridge; raises ``RequestError`` with a text for the operator."""

    def ask(self, request: Request) -> Awaitable[Result]: ...


@dataclass(frozen=True, slots=True)
class PanelContext:
    """Everything a presenter gets: no socket, no global, no widget.

    Attributes:
        state: the replica of what the bridge says; read only.
        selection: what the person has selected, shared by all panels.
        actions: requests to the bridge.
        settings: this panel's own settings of this person, plain TOML values.
        spawn: starts a coroutine owned by the panel; ended when the panel closes.
    """

    state: World
    selection: Selection
    actions: Actions
    settings: MutableMapping[str, Any]
    clock: Clock
    notify: Notify
    text: Translate
    spawn: Callable[[Coroutine[Any, Any, None]], None]


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
    """

    id: str
    title_key: str
    icon: str
    presenter: Callable[[PanelContext], Presenter]
    view: str
    topics: tuple[str, ...] = ()
    minimum_right: str = ""
    preferred_screen: str = "main"
