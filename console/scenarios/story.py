"""What every story has: a console, a hand and an eye; act after act, a picture of each screen."""

from __future__ import annotations

import asyncio
import functools
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from console.app import Console
from console.scenarios.hand import Hand, NotSeenError
from console.scenarios.report import Act
from console.scenarios.stack import Stack
from ui.shell.notices import Notice
from ui.texts import text

LOOK_S = 0.8
"""A picture is taken when the columns beside the map, renewed twice a second, are so too."""
PRESSES = 10
"""A machine that is busy with other things may lose the link for a moment at each."""
_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_ONE = Qt.Key.Key_1.value

Script = Iterator[tuple[str, Callable[[Act], Awaitable[None]]]]
V = TypeVar("V", bound=QWidget)


class Stage:
    """Hold what the acts of a story share.

    Args:
        stack: running field and bridge.
        console: a console whose ``run`` is under way.
    """

    def __init__(self, stack: Stack, console: Console) -> None:
        self.stack = stack
        self.console = console
        self.world = console.world
        self.hand = Hand(console.window, lambda: list(console.windows)[1:])

    def has(self, panel_id: str) -> bool:
        """Return whether the seat has a panel, on whichever screen."""
        return any(panel_id in window.frames for window in self.console.windows)

    def view(self, panel_id: str, view: type[V]) -> V:
        """Return a panel's view.

        Raises:
            NotSeenError: the seat has no such panel, or it did not start.
        """
        found = self.console.windows.frame(panel_id).view if self.has(panel_id) else None
        if not isinstance(found, view):
            raise NotSeenError(f"no {panel_id} panel at this seat")
        return found

    async def turn_to(self, panel_id: str) -> Hand:
        """Go to a panel by the keys of its screen and its number; return the hand there."""
        for screen, window in enumerate(self.console.windows):
            if panel_id in window.frames:
                number = list(window.frames).index(panel_id)
                await self.hand.key(Qt.Key(_ONE + screen), _CTRL)
                there = Hand(window)
                await there.key(Qt.Key(_ONE + number), _ALT)
                await there.until(window.isActiveWindow, f"screen {screen + 1} in front")
                return there
        raise NotSeenError(f"no {panel_id} panel at this seat")

    async def turn_back(self) -> None:
        """Go back to the first screen."""
        await self.hand.key(Qt.Key.Key_1, _CTRL)
        await self.hand.until(self.console.window.isActiveWindow, "the first screen in front")

    async def press(self, key: Qt.Key, seen: Callable[[], object], what: str) -> None:
        """Press a key until it is done, as a person does who is told that the link is not live.

        Raises:
            NotSeenError: it is not done, and nothing is said of the link.
        """
        late = text("action.reason.not_live")
        for _ in range(PRESSES):
            await self.hand.until(lambda: self.world.liveness.live, "a live link")
            before = self.notice
            await self.hand.key(key)
            await self.hand.until(functools.partial(self._answered, seen, before), what)
            if seen() or self.notice is None or self.notice.text != late:
                break
        await self.hand.until(seen, what)

    def _answered(self, seen: Callable[[], object], before: Notice | None) -> bool:
        return bool(seen()) or self.notice is not before

    @property
    def notice(self) -> Notice | None:
        """Return what the foot said last, ``None`` for nothing yet."""
        return self.console.window.notices.latest()

    async def field(self, act: Callable[..., object], **what: object) -> None:
        """Break or mend something in the field, off the interface's thread."""
        await asyncio.to_thread(functools.partial(act, **what))


async def play_acts(
    stage: Stage, name: str, script: Script, out: Path, words: Callable[[], dict[str, object]]
) -> list[Act]:
    """Play act after act and return them; after one that does not come true, stop.

    Args:
        stage: where it is played.
        name: of the story; its acts' titles are the texts ``demo.<name>.<act>``.
        script: asked for the next act when the one before is over.
        out: where the pictures go.
        words: what stands in the titles.
    """
    acts: list[Act] = []
    for place, (act_name, act) in enumerate(script, start=1):
        key = f"demo.{name}.{act_name}"
        played = Act(name=act_name, title=text(key, **words()))
        acts.append(played)
        start_s = time.monotonic()
        try:
            await act(played)
            played.passed = True
        except NotSeenError as error:
            played.problem = str(error)
        played.title = text(key, **words())
        played.seconds = time.monotonic() - start_s
        await asyncio.sleep(LOOK_S)
        played.picture, *played.screens = stage.hand.pictures(out / f"{place}-{act_name}.png")
        if not played.passed:
            break
    return acts
