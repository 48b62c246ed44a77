"""The equipment tree of the list bench: the real world, presenter, model and view of a city.

``python -m tests.bench._tree_console CABINETS``; one JSON command a line: ``unfold`` (every
branch), ``type``, ``live``, ``cut`` (everything lost at once, with the watch panel beside).
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections.abc import Callable
from itertools import count as counting

import msgspec
from PySide6.QtWidgets import QApplication, QLineEdit

from backend_bridge.contract.points import PointChange
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.times import SystemClock
from console import app_texts
from console.app_collector import Collector, keep_out
from console.models.equipment import EquipmentModel
from console.models.watch import WatchModel
from console.panels.equipment import EquipmentPresenter
from console.panels.spec import PanelContext
from console.panels.watch import WatchPresenter
from console.state.selection import Selection
from console.state.world import World
from tests.bench._list_console import Nobody
from tests.bench._list_rig import COMMUNES, STREETS, ListRig
from tests.bench._talking import obey
from tests.gui.map_scene import Batch, Status, town
from ui.equipment.panel import EquipmentView
from ui.texts import text
from ui.theme import Theme, apply_theme
from ui.watch.panel import WatchView

LAMPS = 76
BATCHES = 20
"""A cut reaches the console in so many batches, one each 50 ms."""


class City:
    """Hold the world with its two panels."""

    def __init__(self, cabinets: int, loop: asyncio.AbstractEventLoop) -> None:
        clock = SystemClock()
        self.world = World(clock)
        self.status = Status(clock)
        chance = random.Random(1)
        plain = town(cabinets, LAMPS)
        self.catalogue = msgspec.structs.replace(
            plain,
            equipment=tuple(
                msgspec.structs.replace(
                    item,
                    commune=COMMUNES[number * len(COMMUNES) // len(plain.equipment)],
                    place=f"{chance.randrange(200)} {chance.choice(STREETS)}",
                )
                for number, item in enumerate(plain.equipment)
            ),
        )
        self.world.apply(Batch(self.status, catalogue=self.catalogue))
        self.total = self.catalogue.points_total
        self.say(range(self.total), Quality.GOOD)
        self.tasks: list[asyncio.Task[None]] = []
        context = PanelContext(
            state=self.world,
            selection=Selection(),
            actions=Nobody(),
            settings={},
            clock=clock,
            notify=lambda *_, **__: None,
            text=text,
            spawn=lambda work: self.tasks.append(loop.create_task(work)),
        )
        self.tree = EquipmentPresenter(context)
        self.watch = WatchPresenter(context)
        self.turns = counting()

    def say(self, indexes: range | list[int], quality: Quality) -> None:
        """Take a batch of point changes."""
        now_ms = self.world.clock.now_ms()
        self.world.apply(
            Batch(self.status, changes=[PointChange(n, 1, quality, now_ms, 0) for n in indexes])
        )

    def update(self, numbers: list[int]) -> None:
        """Take changed values, a tenth of them of another quality."""
        quality = Quality.STALE if next(self.turns) % 10 == 0 else Quality.GOOD
        self.say([number % self.total for number in numbers], quality)
        self.world.tick()

    def lose(self, part: int) -> None:
        """Lose one part of the city, link by link as the bridge does."""
        first, last = (self.total * one // BATCHES for one in (part, part + 1))
        self.say(range(first, last), Quality.UNAVAILABLE)
        self.world.tick()

    def unfold(self) -> int:
        """Open every branch; return how many pieces of equipment there are."""
        at = 0
        while at < len(self.tree.ids):
            self.tree.unfold(at, wanted=True)
            at = next(
                (
                    place
                    for place in range(at + 1, len(self.tree.ids))
                    if hasattr(self.tree.row(self.tree.ids[place]), "open")
                ),
                len(self.tree.ids),
            )
        return len(self.world.equipment)


def cut(app: QApplication, city: City, loop: asyncio.AbstractEventLoop) -> list[float]:
    """Return how long each batch of a cut kept the event loop, in ms, and each turn after it."""
    found: list[float] = []
    lost = sum(item.kind == "cabinet" for item in city.catalogue.equipment)
    while len(found) < BATCHES or len(city.watch.ids) != lost:
        start_s = time.perf_counter()
        if len(found) < BATCHES:
            city.lose(len(found))
        else:
            city.world.apply(Batch(city.status))
            city.world.tick()
        loop.run_until_complete(asyncio.sleep(0))  # tasks that are due take a step
        app.processEvents()
        found.append((time.perf_counter() - start_s) * 1000)
        time.sleep(max(0.0, 0.05 - (time.perf_counter() - start_s)))
        if len(found) > BATCHES * 20:
            raise RuntimeError(f"{len(city.watch.ids)} causes: a dead cabinet is one row")
    city.say(range(city.total), Quality.GOOD)
    return found


def main(cabinets: int) -> None:
    """Show both panels and obey."""
    app = QApplication([])
    apply_theme(app, Theme("dark"))
    app_texts.install(app, "fr")
    loop = asyncio.new_event_loop()
    city = City(cabinets, loop)
    tree = EquipmentView(city.tree, EquipmentModel(city.tree))
    watch = WatchView(city.watch, WatchModel(city.watch))
    for view in (tree, watch):
        view.resize(560, 1080)
        view.show()
    while city.world.equipment.fold_some():
        pass  # as a live console has done a few seconds after it opened
    keep_out()
    collector = Collector()
    collector.start()
    edit = tree.findChild(QLineEdit, "filter")
    assert isinstance(edit, QLineEdit)
    rig = ListRig(app, edit, tree.list, batch=city.update)
    acts: dict[str, Callable[..., object]] = {
        "type": rig.type,
        "live": rig.live,
        "unfold": city.unfold,
        "cut": lambda: cut(app, city, loop),
    }
    obey(acts)
    loop.close()


if __name__ == "__main__":
    main(int(sys.argv[1]))
