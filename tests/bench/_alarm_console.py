"""The console's side of the alarm bench: a window, a comment being typed, 500 alarms a second.

``python -m tests.bench._alarm_console``; one JSON command a line: ``live``. Everything that looks
at alarms in a room does: queue, strip, foot, load, sounds and the marks of the equipment.
"""

from __future__ import annotations

import time
from collections.abc import Coroutine, Sequence
from itertools import count as counting
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from backend_bridge.contract.alarms import Alarm, AlarmChange, Severity
from backend_bridge.contract.incidents import Incident, IncidentState
from backend_bridge.contract.journal import AlarmEvent, JournalEntry
from backend_bridge.contract.results import SituationResult
from backend_bridge.contract.times import SystemClock
from console import app_texts
from console.app_collector import Collector, keep_out
from console.models.queue import QueueModel
from console.panels.queue import QueuePresenter
from console.panels.spec import PanelContext
from console.state.change import Change
from console.state.selection import Selection
from console.state.sounds import Sounds
from console.state.world import World
from tests.bench._list_console import Nobody
from tests.bench._talking import obey
from tests.fakes.views import FakeStrip
from tests.gui.map_scene import Batch, Status, town
from ui.incidents.queue import QueueView
from ui.shell.frame import PanelFrame
from ui.shell.layout import Place, Split
from ui.shell.strip import StatusStrip
from ui.shell.window import ShellWindow
from ui.texts import text
from ui.theme import Theme, apply_theme

SENTENCE = 'Un riverain signale 12 lampes eteintes, A/B "e" \' ; equipe EP-A2 prevenue a 06:42. '
KEYS_PER_S = 10
FRAME_MS = 16
BATCH_MS = 50
"""The link hands over at most twenty batches a second."""
OPENED_MS = 1_700_000_000_000


def no_task(work: Coroutine[Any, Any, None]) -> None:
    work.close()


class Room(QObject):
    """Hold the world, its window and what is typed into it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self._clock = SystemClock()
        self.world = World(self._clock)
        self._status = Status(self._clock)
        city = town(620, 80)
        self.world.apply(Batch(self._status, catalogue=city))
        self.points = city.points_total
        self._lamps = [item.id for item in city.equipment if item.kind == "lamp"]
        self._seq, self._number = counting(1), counting(1)
        situation = SituationResult(seq=0, alarms=(), incidents=(self._incident(),), service=())
        self.world.apply(Batch(self._status, situation=situation))
        self._sounds = Sounds(self._clock)
        self.world.subscribe(self._on_change)
        self._presenter = QueuePresenter(
            PanelContext(
                state=self.world,
                selection=Selection(),
                actions=Nobody(),
                settings={},
                clock=self._clock,
                notify=lambda *_, **__: None,
                text=text,
                spawn=no_task,
            )
        )
        view = QueueView(self._presenter, QueueModel(self._presenter))
        self.window = ShellWindow([], lambda: "06:42")
        self.window.resize(1920, 1080)
        frame = PanelFrame("queue", "File", "mdi6.format-list-bulleted")
        self.window.show_workspace(
            StatusStrip(FakeStrip()), Split((Place("queue"),)), {"queue": frame}
        )
        frame.set_view(view)
        self.window.panels_built()
        self.window.show()
        self.window.activateWindow()
        self._presenter.select("INC-1")
        self._app.processEvents()
        self.comment = view.detail.comment
        self.comment.setFocus()
        self.comment.viewport().installEventFilter(self)
        self._paints: list[float] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._paints.append(time.perf_counter())
        return super().eventFilter(watched, event)

    def _incident(self) -> Incident:
        return Incident(
            id="INC-1", kind="cabinet_lost", version=1, state=IncidentState.NEW,
            severity=Severity.HIGH, equipment_id=self._lamps[0], equipment_kind="lamp",
            trade="lighting", place="rue Foch", commune="Dijon", lon=5.04, lat=47.32,
            opened_ms=OPENED_MS, changed_ms=OPENED_MS, alarm_ids=("AL-0001",),
        )  # fmt: skip

    def _on_change(self, change: Change) -> None:
        """Do at each change what the shell does: sounds, foot and counts."""
        if not change.alarms:
            return
        self._sounds.look(self.world.alarms, change.alarms)
        highest = self.world.alarms.highest()
        foot = self.window.foot
        if highest is not None and foot is not None:
            foot.set_alarm(highest.severity, highest.state, "06:42", highest.id, "x")
        self.world.alarms.counts()
        self.world.alarms.oldest_waiting()

    def _raise(self, count: int) -> None:
        entries = []
        for number in (next(self._number) for _ in range(count)):
            alarm = Alarm(
                id=f"AL-{number:04d}",
                rule="lamp_failed",
                severity=Severity(1 + number % 4),
                equipment_id=self._lamps[number % len(self._lamps)],
                equipment_kind="lamp",
                raised_ms=OPENED_MS + number,
            )
            event = AlarmEvent(change=AlarmChange.RAISED, alarm=alarm)
            entries.append(
                JournalEntry(
                    seq=next(self._seq), at_ms=OPENED_MS, user="bridge", seat="", event=event
                )
            )
        self.world.apply(Batch(self._status, entries=entries))
        self.world.tick()

    def live(self, rate: float, seconds: float) -> dict[str, object]:
        """Let alarms arrive and somebody type; return frame times and what went wrong."""
        self.comment.clear()
        before = len(self.world.alarms)
        typed: list[str] = []
        stolen = 0
        sent = 0
        start_s = time.perf_counter()

        def arrive() -> None:
            nonlocal sent
            due = int((time.perf_counter() - start_s) * rate) - sent
            if due > 0:
                self._raise(due)
                sent += due

        def type_one() -> None:
            nonlocal stolen
            focus = QApplication.focusWidget()
            stolen += focus is not self.comment or QApplication.activeModalWidget() is not None
            letter = SENTENCE[len(typed) % len(SENTENCE)]
            typed.append(letter)
            QTest.keyClicks(focus or self.comment, letter)

        timers = self._timers(
            (arrive, BATCH_MS),
            (type_one, 1000 // KEYS_PER_S),
            (self.comment.viewport().update, FRAME_MS),
        )
        self._paints.clear()
        while time.perf_counter() - start_s < seconds:
            self._app.processEvents()
            time.sleep(0.0005)  # as an event loop that waits: leaves the core to others
        for timer in timers:
            timer.stop()
        arrive()
        said = self.comment.toPlainText()
        wanted = "".join(typed)
        return {
            "frames_ms": [(b - a) * 1000 for a, b in pairwise(self._paints)],
            "typed": len(wanted),
            "lost": sum(a != b for a, b in zip(said, wanted, strict=False))
            + abs(len(wanted) - len(said)),
            "stolen": stolen,
            "missing": sent - (len(self.world.alarms) - before),
            "sent": sent,
            "points": self.points,
        }

    def _timers(self, *works: tuple[Any, int]) -> Sequence[QTimer]:
        timers = []
        for work, each_ms in works:
            timer = QTimer(self)
            timer.setTimerType(Qt.TimerType.PreciseTimer)
            timer.timeout.connect(work)
            timer.start(each_ms)
            timers.append(timer)
        return timers


def main() -> None:
    """Show the window and obey."""
    app = QApplication([])
    apply_theme(app, Theme("dark"))
    app_texts.install(app, "fr")
    room = Room(app)
    keep_out()
    collector = Collector()
    collector.start()  # as the console runs: never in the middle of an act
    obey({"live": room.live})


if __name__ == "__main__":
    main()
