"""Panels: built, contained when they fail, and taken down with everything they started."""

from __future__ import annotations

import asyncio
import importlib
import traceback
from collections.abc import Awaitable, Callable, Coroutine, Iterable, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog
from PySide6.QtWidgets import QWidget

from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from backend_bridge.contract.times import Clock
from console.app_video import VideoHold
from console.panels.spec import Desk, Notify, PanelContext, PanelSpec, Presenter
from console.state.drafts import Drafts, default_directory
from console.state.selection import Selection
from console.state.world import World
from ui.shell.frame import PanelFrame
from ui.texts import text

_log = structlog.get_logger("console.panels")


class PanelTasks:
    """Own the coroutines of one panel; what they raise is said and never reaches the others."""

    def __init__(self, panel_id: str, notify: Notify) -> None:
        self._panel_id = panel_id
        self._notify = notify
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Start a coroutine on the interface's loop; after :meth:`close` it never starts."""
        if self._closed:
            work.close()
            return
        task = asyncio.ensure_future(self._contain(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        # cancelled before its first step, the task never touches what it was to run
        task.add_done_callback(lambda _: work.close())

    def close(self) -> list[asyncio.Task[None]]:
        """Cancel everything and return the tasks, to be awaited by who can."""
        self._closed = True
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        return tasks

    async def _contain(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except RequestError as error:
            self._notify(text(error.text_key, **error.params))
        except Exception:  # noqa: BLE001 - a task boundary: one panel's defect stays its own
            _log.exception("panel_task_failed", panel=self._panel_id)
            self._notify(text("ui.panel.task_failed"))


class AskThrough:
    """The :class:`console.panels.spec.Actions` of a panel: requests and nothing else."""

    def __init__(self, ask: Callable[[Request], Awaitable[Result]]) -> None:
        self._ask = ask

    def ask(self, request: Request) -> Awaitable[Result]:
        """Send one request."""
        return self._ask(request)


@dataclass(frozen=True, slots=True)
class Parts:
    """What every panel is given, from the composition root."""

    state: World
    selection: Selection
    clock: Clock
    notify: Notify
    ask: Callable[[Request], Awaitable[Result]]
    settings_for: Callable[[str], MutableMapping[str, Any]]
    video: VideoHold = field(default_factory=VideoHold)
    desk: Desk | None = None
    declare: Callable[[], None] | None = None


def drafts_of(parts: Parts, folder: str) -> Drafts | None:
    """Return where half-typed lines are kept, ``None`` while nobody is signed in.

    Args:
        parts: whose session, and whose settings name the directory.
        folder: inside it; a file of drafts has one writer.
    """
    session = parts.state.session
    if session is None:
        return None
    named = parts.settings_for("queue").get("drafts_directory")
    directory = Path(named) if isinstance(named, str) and named else default_directory()
    return Drafts(directory / folder, session.user, session.seat)


def context_for(panel_id: str, parts: Parts, tasks: PanelTasks) -> PanelContext:
    """Return what a presenter gets: no socket, no global, no widget."""
    return PanelContext(
        state=parts.state,
        selection=parts.selection,
        actions=AskThrough(parts.ask),
        settings=parts.settings_for(panel_id),
        clock=parts.clock,
        notify=parts.notify,
        text=text,
        spawn=tasks.spawn,
        pictures=parts.video.share(lambda key: parts.notify(text(key))),
        desk=parts.desk,
        declare=parts.declare,
    )


class PanelHost:
    """Build one panel into its frame, contain its failure, and take it down again.

    Args:
        spec: the panel.
        frame: where it goes; its retry button builds it again.
        parts: what its presenter is given.
    """

    def __init__(self, spec: PanelSpec, frame: PanelFrame, parts: Parts) -> None:
        self.spec = spec
        self.frame = frame
        self._parts = parts
        self._tasks: PanelTasks | None = None
        self._presenter: Presenter | None = None
        self._models: list[Any] = []
        frame.retried.connect(self._on_frame_retried)

    @property
    def presenter(self) -> Presenter | None:
        """Return what decides for it, ``None`` while it failed."""
        return self._presenter

    def build(self) -> bool:
        """Make presenter and view; return whether the panel runs, else the frame says why not."""
        self.take_down()
        self._tasks = PanelTasks(self.spec.id, self._parts.notify)
        try:
            presenter = self.spec.presenter(context_for(self.spec.id, self._parts, self._tasks))
            self._presenter = presenter
            view = self._make_view(presenter)
        except Exception as error:  # noqa: BLE001 - a panel that cannot start is contained and said
            _log.exception("panel_failed", panel=self.spec.id)
            self.take_down()
            self.frame.set_failure(
                text("ui.panel.failed", panel=self.frame.title),
                f"{self.spec.id}: {type(error).__name__}: {error} ({_place(error)})",
            )
            return False
        self.frame.set_view(view)
        return True

    def take_down(self) -> list[asyncio.Task[None]]:
        """Close presenter and view and cancel the panel's coroutines; return those."""
        tasks = self._tasks.close() if self._tasks is not None else []
        view = self.frame.view
        for name, part, words in (
            ("view", view, ("release", "shut")),
            ("presenter", self._presenter, ("close",)),
        ):
            end = next((found for word in words if (found := getattr(part, word, None))), None)
            if end is None:
                continue
            try:
                end()
            except Exception:  # noqa: BLE001 - whatever is left of it, the rest must be closed too
                _log.exception("panel_close_failed", panel=self.spec.id, part=name)
        for model in self._models:
            release = getattr(model, "release", None)
            if release is not None:
                release()
            if hasattr(model, "deleteLater"):
                model.deleteLater()
        self._models.clear()
        self._presenter = None
        self._tasks = None
        return tasks

    def _make_view(self, presenter: Presenter) -> QWidget:
        arguments: list[Any] = [presenter]
        model_class = getattr(presenter, "model_class", None)
        if model_class is not None:
            model = resolve(model_class)(presenter)
            self._models.append(model)
            arguments.append(model)
        view = resolve(self.spec.view)(*arguments)
        if not isinstance(view, QWidget):
            raise TypeError(f"{self.spec.view} made a {type(view).__name__}, not a QWidget")
        return view

    def _on_frame_retried(self, _panel_id: str) -> None:
        if self.build():
            self.frame.focus()


PRELOAD_LATER_S = 3.0


async def preload(specs: Iterable[PanelSpec]) -> None:
    """Import the panels' views one by one while somebody types a password.

    One that fails says so when it is built; between two, the window lives. What a view's module
    names in ``LOADED_LATER`` is imported in a thread once the first picture had time to be drawn,
    so that the first use does not hold up the window.
    """
    later: list[str] = []
    for spec in specs:
        await asyncio.sleep(0.02)
        try:
            module = importlib.import_module(spec.view.partition(":")[0])
        except Exception as error:  # noqa: BLE001 - said by build(), with a way to try again
            _log.debug("panel_not_preloaded", panel=spec.id, reason=str(error))
        else:
            later += getattr(module, "LOADED_LATER", ())
    await asyncio.sleep(PRELOAD_LATER_S)
    for name in later:
        try:
            await asyncio.to_thread(importlib.import_module, name)
        except ImportError as error:
            _log.warning("part_not_preloaded", part=name, reason=str(error))


def resolve(dotted: str) -> Any:  # noqa: ANN401 - a class named in text can be any
    """Return what ``module:Name`` names.

    Raises:
        ValueError: not of that form.
        ImportError: no such module.
        AttributeError: no such name in it.
    """
    module, colon, name = dotted.partition(":")
    if not colon or not module or not name:
        raise ValueError(f"{dotted!r} is not of the form module:Name")
    return getattr(importlib.import_module(module), name)


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
