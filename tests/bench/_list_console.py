"""The queue of the list bench: the real world, presenter, model and view, and 100,000 incidents.

``python -m tests.bench._list_console COUNT``; one JSON command a line: ``plain`` (against plain
Python), ``sort``, ``type``, ``live``.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections.abc import Callable, Coroutine
from functools import partial
from itertools import count as counting
from typing import Any

from PySide6.QtWidgets import QApplication, QLineEdit

from backend_bridge.contract.alarms import Alarm, AlarmChange, Severity
from backend_bridge.contract.incidents import Incident, IncidentChange, IncidentState
from backend_bridge.contract.journal import AlarmEvent, IncidentEvent, JournalEntry
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result, SituationResult
from backend_bridge.contract.times import SystemClock
from console import app_texts
from console.app_collector import Collector, keep_out
from console.models.queue import QueueModel
from console.panels.queue import QueuePresenter
from console.panels.spec import PanelContext
from console.state.folding import fold, words
from console.state.queue import Queue
from console.state.selection import Selection
from console.state.world import World
from tests.bench._list_rig import ListRig, texts
from tests.bench._talking import obey
from tests.bench.baselines import list_sorted
from tests.gui.map_scene import Batch, Status, town
from ui.incidents.queue import QueueView
from ui.texts import text
from ui.theme import Theme, apply_theme

OPENED_MS = 1_700_000_000_000


class Nobody:
    def ask(self, request: Request) -> asyncio.Future[Result]:
        raise AssertionError(f"nobody is asked anything: {request}")


def no_task(work: Coroutine[Any, Any, None]) -> None:
    work.close()


class Bench:
    """Hold the world and its queue."""

    def __init__(self, count: int) -> None:
        clock = SystemClock()
        self.count = count
        self.world = World(clock)
        self.status = Status(clock)
        self.chance = random.Random(1)
        self.seq = counting(1)
        lamps = town(450, 76)
        self.world.apply(Batch(self.status, catalogue=lamps))
        self.lamps = [item.id for item in lamps.equipment if item.kind == "lamp"]
        self.said = list(texts(count))
        self.incidents = [self.incident(number) for number in range(count)]
        alarms = tuple(self.alarm(number) for number in range(count))
        situation = SituationResult(
            seq=0, alarms=alarms, incidents=tuple(self.incidents), service=()
        )
        self.world.apply(Batch(self.status, situation=situation))
        self.presenter = QueuePresenter(
            PanelContext(
                state=self.world,
                selection=Selection(),
                actions=Nobody(),
                settings={},
                clock=clock,
                notify=lambda *_, **__: None,
                text=text,
                spawn=no_task,
            )
        )

    def incident(self, number: int, version: int = 1) -> Incident:
        """Return an incident at a severity of chance."""
        name, _, rest = self.said[number].partition(" ")
        place, _, commune = rest.partition(" · ")
        return Incident(
            id=name,
            kind="dark_street",
            version=version,
            state=IncidentState.NEW,
            severity=self.chance.choice(list(Severity)),
            equipment_id=self.lamps[number % len(self.lamps)],
            equipment_kind="lamp",
            trade="lighting",
            place=place,
            commune=commune,
            lon=5.04,
            lat=47.32,
            opened_ms=OPENED_MS + self.chance.randrange(10**8),
            changed_ms=OPENED_MS,
            alarm_ids=(f"AL-{number}",),
        )

    def alarm(self, number: int) -> Alarm:
        """Return its alarm, acknowledged by chance."""
        return Alarm(
            id=f"AL-{number}",
            rule="lighting.lamp_fault",
            severity=Severity.MEDIUM,
            equipment_id=self.lamps[number % len(self.lamps)],
            equipment_kind="lamp",
            raised_ms=OPENED_MS,
            acknowledged=self.chance.random() < 0.5,
        )

    def update(self, numbers: list[int]) -> None:
        """Take a batch of journal entries: half alarms, half incidents, each of which moves."""
        entries = []
        for number in numbers:
            event: AlarmEvent | IncidentEvent
            if number % 2:
                alarm = self.alarm(number % self.count)
                event = AlarmEvent(change=AlarmChange.ACKNOWLEDGED, alarm=alarm)
            else:
                held = self.world.incidents.get(self.incidents[number % self.count].id)
                version = 1 if held is None else held.version + 1
                incident = self.incident(number % self.count, version)
                event = IncidentEvent(change=IncidentChange.ALARM_JOINED, incident=incident)
            seq = next(self.seq)
            entries.append(
                JournalEntry(seq=seq, at_ms=OPENED_MS, user="bridge", seat="", event=event)
            )
        self.world.apply(Batch(self.status, entries=entries))
        self.world.tick()

    def plain(self, wanted: str) -> dict[str, list[float]]:
        """Return milliseconds of sorting and of filtering, ours and plain Python's, in turns."""
        alarms = self.world.alarms.by_id
        incidents = list(self.world.incidents)
        folded = {one.id: fold(said) for one, said in zip(self.incidents, self.said, strict=True)}
        queue = Queue(self.world, lambda incident: (folded[incident.id],))
        queue.set_text(wanted)  # folds every text, as ours are folded for the baseline
        queue.set_text("")
        found: dict[str, list[float]] = {
            key: [] for key in ("sort", "rebuild", "sorted", "filter", "listed")
        }
        asked = words(wanted)
        for _ in range(5):
            queue.set_scope("closed")
            ordered = _timed(found["sorted"], lambda: list_sorted.sort(incidents, alarms))
            _timed(found["sort"], lambda: queue.set_scope("open"))
            _timed(found["rebuild"], queue.rebuild)
            _same(list(queue), ordered)
            queue.set_text(wanted)  # folds what rebuilding forgot
            queue.set_text("")
            some = _timed(
                found["listed"],
                partial(list_sorted.filter_sorted, ordered, folded, asked),
            )
            _timed(found["filter"], lambda: queue.set_text(wanted))
            _same(list(queue), some)
            queue.set_text("")
        return found


def _timed(into: list[float], act: Callable[[], Any]) -> Any:
    start_s = time.perf_counter()
    found = act()
    into.append((time.perf_counter() - start_s) * 1000)
    return found


def _same(ours: list[str], plain: list[Incident]) -> None:
    # the same ones: incidents equal in everything but their id may stand in another order
    if set(ours) != {incident.id for incident in plain} or len(ours) != len(plain):
        raise RuntimeError("the queue and plain Python do not show the same incidents")


def main(count: int) -> None:
    """Show the queue and obey."""
    app = QApplication([])
    apply_theme(app, Theme("dark"))
    app_texts.install(app, "fr")
    bench = Bench(count)
    model = QueueModel(bench.presenter)
    view = QueueView(bench.presenter, model)
    view.resize(960, 1080)
    view.show()
    keep_out()
    edit = view.findChild(QLineEdit, "filter")
    assert isinstance(edit, QLineEdit)
    collector = Collector()
    collector.start()  # as the console runs: never in the middle of an act
    rig = ListRig(app, edit, view.list, batch=bench.update)
    turn = counting()

    def sort() -> None:
        bench.presenter.set_scope("free" if next(turn) % 2 == 0 else "open")

    obey(
        {
            "plain": bench.plain,
            "sort": lambda: rig.timed(sort),
            "type": rig.type,
            "live": rig.live,
        }
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
