"""*Wall*: nine live pictures, then each way in which a picture is not to be believed."""

from __future__ import annotations

import asyncio
import functools
import json
import os
import signal
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from console.app import Console
from console.app_video import WORKERS
from console.scenarios.hand import Hand, NotSeenError
from console.scenarios.memory import pss_mib
from console.scenarios.report import Act
from console.scenarios.signing_in import sign_in
from console.scenarios.stack import Stack
from ui.shell.window import ShellWindow
from ui.texts import text
from ui.wall.panel import WallView

TILES = 9
RTSP_TILES = 2
"""Of the nine, where any are served."""
CATALOGUE_S = 60.0
LIVE_S = 60.0
TOLD_S = 45.0
"""A picture is called frozen after 8 s, in H.264 after 30."""
BACK_S = 1.0
"""A worker that is gone is replaced within this, and its MJPEG tiles have new pictures again.

H.264 must wait for the next key frame its camera sends: that is measured, and not ours to hasten.
"""
BACK = {"http": "MJPEG pictures back", "rtsp": "all pictures back"}
FROZEN, BLACK, LOST, FORBIDDEN = 2, 3, 5, 7
"""Tiles, from the top left."""
LOOK_S = 0.6
MEMORY_FILE = "memory_mib.txt"
"""In the folder of pictures: what the console takes with nine live tiles, all its processes."""
PROCESSES = WORKERS + 1
"""Decoding processes of a seat, the spare included."""
SPARE_S = 20.0


class WallStory:
    """Play the story on one console, its bridge and its field.

    Args:
        stack: running field and bridge.
        console: a console whose ``run`` is under way, at a seat with a wall.
        out: where the pictures go.
        seed: kept for the same form as every other story; nothing here is drawn.
    """

    name = "wall"

    def __init__(self, stack: Stack, console: Console, out: Path, seed: int) -> None:
        del seed
        self.acts: list[Act] = []
        self._stack = stack
        self._console = console
        self._out = out
        self._hand = Hand(console.window)
        self._cameras = _cameras(stack.territory)

    async def play(self) -> list[Act]:
        """Play act after act and return them; after one that does not come true, stop."""
        for place, (name, act) in enumerate(self._script(), start=1):
            played = Act(name=name, title=text(f"demo.wall.{name}"))
            self.acts.append(played)
            start_s = time.monotonic()
            try:
                await act(played)
                played.passed = True
            except NotSeenError as error:
                played.problem = str(error)
            played.seconds = time.monotonic() - start_s
            await asyncio.sleep(LOOK_S)
            played.picture = self._hand.picture(self._out / f"{place}-{name}.png")
            if not played.passed:
                break
        return self.acts

    def _script(self) -> list[tuple[str, Callable[[Act], Awaitable[None]]]]:
        return [
            ("nine_live", self._nine_live),
            ("not_to_be_believed", self._not_to_be_believed),
            ("worker_killed", functools.partial(self._worker_gone, signal.SIGKILL)),
            ("worker_stopped", functools.partial(self._worker_gone, signal.SIGSTOP)),
            ("one_alone", self._one_alone),
        ]

    # -- acts -------------------------------------------------------------------------------------

    async def _nine_live(self, act: Act) -> None:
        """Sign in, call nine cameras by their numbers, and see nine pictures."""
        await sign_in(self._hand, self._console)
        world = self._console.world
        await self._hand.until(
            lambda: world.catalogue is not None, "the catalogue", timeout_s=CATALOGUE_S
        )
        self._hand = Hand(self._wall_window())
        view = self._view()
        view.activateWindow()
        view.setFocus()
        start_s = time.monotonic()
        for number in self._nine():
            await self._call(number)
        await self._hand.until(
            lambda: self._states() == ["live"] * TILES,
            "nine live pictures",
            timeout_s=LIVE_S,
            instead=self._states,
            progress=lambda: self._states().count("live"),
        )
        await self._hand.until(
            lambda: all(tile.has_picture for tile in view.tiles), "nine pictures painted"
        )
        act.measures["nine called to nine live"] = time.monotonic() - start_s
        ours = pss_mib(without=[p.process.pid for p in self._stack.programs])
        if ours is not None:
            act.facts.append(text("demo.wall.fact.memory", mib=round(ours)))
            (self._out / MEMORY_FILE).write_text(f"{ours:.1f}\n", encoding="ascii")
        rtsp = sum(self._cameras[number]["stream"].startswith("rtsp") for number in self._nine())
        act.facts.append(text("demo.wall.fact.sources", mjpeg=TILES - rtsp, rtsp=rtsp))

    async def _not_to_be_believed(self, act: Act) -> None:
        """One freezes, one goes black, one is lost, one is another seat's: each says so."""
        view = self._view()
        for slot, fault in ((FROZEN, "frozen"), (BLACK, "black"), (LOST, "lost")):
            camera = view.tiles[slot].row
            assert camera is not None
            await self._field(self._stack.fault, equipment=camera.camera, fault=fault)
        start_s = time.monotonic()
        await self._hand.key(Qt.Key.Key_Left)
        if view.chosen != FORBIDDEN:
            raise NotSeenError(f"the arrow leads to tile {view.chosen + 1}")
        await self._call(self._reserved())
        wanted = {FROZEN: "frozen", BLACK: "black", LOST: "lost", FORBIDDEN: "forbidden"}
        said: dict[str, float] = {}

        def all_said() -> bool:
            for slot, state in wanted.items():
                if self._is(slot, state):
                    said.setdefault(f"{state} said", time.monotonic() - start_s)
            return len(said) == len(wanted)

        await self._hand.until(
            all_said, "each of the four says so", timeout_s=TOLD_S, instead=self._states
        )
        act.measures.update(said)
        rest = [state for slot, state in enumerate(self._states()) if slot not in wanted]
        if rest != ["live"] * len(rest):
            raise NotSeenError(f"the five others stay live: {rest}")

    async def _worker_gone(self, number: signal.Signals, act: Act) -> None:
        """A decoding process is gone or hangs: another one has its cameras within a second."""
        workspace = self._console.workspace
        assert workspace is not None
        hold = workspace.video
        await self._hand.until(
            lambda: len(hold.pids) == PROCESSES, "a spare process", timeout_s=SPARE_S
        )
        await asyncio.sleep(LOOK_S)  # writing the picture before held the interface up
        replaced = hold.replaced
        wanted = self._states()
        live = [slot for slot, state in enumerate(wanted) if state == "live"]
        victim = hold.pids[0]
        os.kill(victim, number)
        start_s = time.monotonic()
        await self._hand.until(lambda: hold.replaced > replaced, "another worker", timeout_s=5)
        act.measures["replaced"] = time.monotonic() - start_s
        if victim in hold.pids:
            raise NotSeenError(f"worker {victim} is still among {hold.pids}")
        before = self._painted()
        for source in ("http", "rtsp"):
            back = functools.partial(
                self._come_back, before, [s for s in live if self._by(s, source)]
            )
            await self._hand.until(back, "new pictures", timeout_s=10, instead=self._states)
            act.measures[BACK[source]] = time.monotonic() - start_s
        late = {
            name: value
            for name, value in act.measures.items()
            if value > BACK_S and name != BACK["rtsp"]
        }
        if late:
            raise NotSeenError(f"not back within {BACK_S:.0f} s: {late}")
        await self._hand.until(
            lambda: self._states() == wanted, "every tile as before", timeout_s=TOLD_S
        )

    async def _one_alone(self, act: Act) -> None:
        """Enter shows one alone, larger than it was decoded; Esc shows all again."""
        view = self._view()
        for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Left):
            await self._hand.key(key)
        start_s = time.monotonic()
        await self._hand.key(Qt.Key.Key_Return)
        box = view.tiles[0].width()
        await self._hand.until(
            lambda: view.tiles[0].picture_px[0] > box // 2 and self._is(0, "live"),
            "a larger picture",
            instead=lambda: (view.tiles[0].picture_px, self._states()[0]),
        )
        act.measures["to the larger picture"] = time.monotonic() - start_s

    # -- what there is ----------------------------------------------------------------------------

    def _nine(self) -> list[int]:
        """Return the numbers of nine cameras of any seat; two by RTSP where there are any."""
        free = [number for number, camera in self._cameras.items() if not camera.get("seats")]
        rtsp = [n for n in free if self._cameras[n]["stream"].startswith("rtsp")][:RTSP_TILES]
        http = [n for n in free if self._cameras[n]["stream"].startswith("http")]
        chosen = http[: TILES - len(rtsp)]
        return [*chosen[:-1], *rtsp, chosen[-1]]

    def _reserved(self) -> int:
        return next(number for number, camera in self._cameras.items() if camera.get("seats"))

    def _wall_window(self) -> ShellWindow:
        for window in self._console.windows:
            if "wall" in window.frames:
                return window
        raise NotSeenError("no window has a wall: play at a seat that has one")

    def _view(self) -> WallView:
        view = self._wall_window().frames["wall"].view
        if not isinstance(view, WallView):
            raise NotSeenError("the wall did not start")
        return view

    def _states(self) -> list[str]:
        return ["" if tile.row is None else tile.row.state for tile in self._view().tiles]

    def _is(self, slot: int, state: str) -> bool:
        return self._states()[slot] == state

    def _by(self, slot: int, scheme: str) -> bool:
        """Return whether a tile's camera is served that way."""
        row = self._view().tiles[slot].row
        camera = None if row is None else self._cameras.get(int(row.number))
        return camera is not None and camera["stream"].startswith(scheme)

    def _come_back(self, before: list[int], slots: list[int]) -> bool:
        """Return whether tiles are live, with a picture newer than those counted before."""
        now = self._painted()
        return all(self._is(slot, "live") and now[slot] > before[slot] for slot in slots)

    def _painted(self) -> list[int]:
        return [tile.taken for tile in self._view().tiles]

    async def _call(self, number: int) -> None:
        await self._hand.write(str(number))
        await self._hand.key(Qt.Key.Key_Return)

    async def _field(self, act: Callable[..., Mapping[str, object]], **what: object) -> None:
        await asyncio.to_thread(functools.partial(act, **what))


def _cameras(territory: Path) -> dict[int, dict[str, Any]]:
    """Return what a territory says of its cameras, by number."""
    features = json.loads((territory / "equipment.geojson").read_text("utf-8"))["features"]
    found = (item["properties"] for item in features if item["properties"]["kind"] == "camera")
    return {camera["number"]: camera for camera in sorted(found, key=lambda c: int(c["number"]))}
