"""What the pages of the map bench have in common: a probe in the page, and a window that waits.

The probe measures a frame on the page's own thread: from the first animation callback of a frame
to a message that it posts itself and gets once style, layout, paint and commit of that frame are
done ("post-animation-frame", https://web.dev/articles/inp#how_is_inp_measured). It is put into the
page before any other script, so that it sees every callback of whatever library.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineScript
from PySide6.QtWidgets import QApplication

PROBE = """(() => {
  const real = window.requestAnimationFrame.bind(window);
  const channel = new MessageChannel();
  const probe = window.beffroiProbe = { frames: [], script: 0, sync: 0, painted: 0 };
  let start = 0;
  channel.port1.onmessage = () => { probe.frames.push(performance.now() - start); start = 0; };
  window.requestAnimationFrame = (callback) => real((at) => {
    if (!start) { start = performance.now(); channel.port2.postMessage(0); }
    const before = performance.now();
    callback(at);
    probe.script += performance.now() - before;
  });
  probe.spent = () => {
    const busy = probe.frames.splice(0).reduce((sum, frame) => sum + frame, 0);
    const spent = { busy: busy + probe.sync, script: probe.script + probe.sync };
    probe.script = probe.sync = 0;
    return spent;
  };
  probe.do = (act) => {
    const before = performance.now();
    act();
    probe.sync = performance.now() - before;
    const turn = probe.asked = (probe.asked || 0) + 1;
    real(() => real(() => { probe.painted = turn; }));
    return turn;
  };
})();"""


class PageRig:
    """Ask a page that is on the screen.

    Args:
        app: the application, whose event loop is run while waiting.
    """

    def __init__(self, app: QApplication, page: QWebEnginePage) -> None:
        self.app = app
        self.page = page
        script = QWebEngineScript()
        script.setName("probe")
        script.setSourceCode(PROBE)
        script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
        script.setWorldId(QWebEngineScript.ScriptWorldId.MainWorld)
        page.scripts().insert(script)

    def until(self, predicate: Callable[[], object], within_s: float = 120.0) -> None:
        """Run the event loop until something holds."""
        end_s = time.perf_counter() + within_s
        while not predicate():
            self.app.processEvents()
            # Only a running exec() deletes what deleteLater was called for.
            self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            time.sleep(0.0005)  # the page needs the core more than this loop
            if time.perf_counter() > end_s:
                raise RuntimeError("the page did not come to it in time")

    def rest(self, seconds: float = 0.3) -> None:
        """Let everything that is under way be done."""
        end_s = time.perf_counter() + seconds
        self.until(lambda: time.perf_counter() > end_s)

    def ask(self, script: str) -> Any:
        """Return what a script gives."""
        answers: list[str] = []
        self.page.runJavaScript(f"JSON.stringify({script})", 0, answers.append)
        self.until(lambda: answers)
        return json.loads(answers[0]) if answers[0] else None

    def spent(self) -> dict[str, float]:
        """Return the page's time in ms since the last question.

        ``busy`` is all its thread did for its frames, ``script`` what of it were callbacks: the
        rest, handing the picture to the window, costs every page of this size the same.
        """
        found: dict[str, float] = self.ask("beffroiProbe.spent()")
        return found

    def act(self, script: str) -> dict[str, float]:
        """Have the page do something; return its own times and the time until it is painted."""
        self.spent()
        start_s = time.perf_counter()
        turn = self.ask(f"beffroiProbe.do(() => {{ {script} }})")
        while self.ask("beffroiProbe.painted") < turn:
            pass
        painted_ms = (time.perf_counter() - start_s) * 1000
        return {**self.spent(), "painted": painted_ms}
