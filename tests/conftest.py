"""Guards that are always on, for every test.

A WARNING log, a Python warning or a Qt message fails the test unless it was expected; a thread or a
child process left behind fails it with where it was started; so does a blocking call in a coroutine
of the bridge or the link. Qt's own guards (messages, timers, windows) are in ``gui/conftest.py``.
"""

from __future__ import annotations

import inspect
import logging
import os
import sys
import threading
import traceback
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from blockbuster import blockbuster_ctx
from hypothesis import HealthCheck, settings

from tests.fakes.waiting import until_sync

if "DISPLAY" not in os.environ and sys.platform == "linux":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# the product's own data never leave the test's folder
os.environ.setdefault("BEFFROI_TESTING", "1")

# how long an example takes says how busy the machine is; with CI set, examples are always the same
settings.register_profile(
    "beffroi",
    settings.get_profile("ci" if "CI" in os.environ else "default"),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("beffroi")

_THREAD_ORIGIN: dict[int, str] = {}
_THREAD_GRACE_S = 3.0


def _remember_thread_origins() -> None:
    start = threading.Thread.start

    def remembering(self: threading.Thread) -> None:
        start(self)
        if self.ident is not None:
            _THREAD_ORIGIN[self.ident] = "".join(traceback.format_stack(limit=8)[:-1])

    threading.Thread.start = remembering  # type: ignore[method-assign]  # the guard's own hook


_remember_thread_origins()


def _lasting_threads() -> set[threading.Thread]:
    return {
        thread
        for thread in threading.enumerate()
        if not thread.daemon or thread.name.startswith("beffroi")
    }


@pytest.fixture(autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what people half typed in a folder of the test's own, made when it is needed."""
    folder = tmp_path_factory.getbasetemp() / "state" / uuid.uuid4().hex
    monkeypatch.setenv("BEFFROI_STATE_DIR", str(folder))


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    before = _lasting_threads()
    yield
    try:
        until_sync(lambda: not (_lasting_threads() - before), timeout_s=_THREAD_GRACE_S)
    except AssertionError:
        left = _lasting_threads() - before
        where = "\n".join(
            f"{thread.name}, started at:\n{_THREAD_ORIGIN.get(thread.ident or 0, '?')}"
            for thread in left
        )
        pytest.fail(f"threads left behind:\n{where}", pytrace=False)


def _children() -> set[int]:
    try:
        import psutil  # noqa: PLC0415 - a development dependency, absent from product-only runs
    except ImportError:
        return set()
    found = set()
    for child in psutil.Process().children(recursive=False):
        try:
            if child.status() != psutil.STATUS_ZOMBIE and "QtWebEngineProcess" not in child.name():
                found.add(child.pid)
        except psutil.NoSuchProcess:
            continue
    return found


@pytest.fixture(autouse=True)
def _no_child_left(request: pytest.FixtureRequest) -> Iterator[None]:
    if "unit" in Path(str(request.node.path)).parts:
        yield
        return
    before = _children()
    yield
    try:
        until_sync(lambda: not (_children() - before), timeout_s=_THREAD_GRACE_S)
    except AssertionError:
        pytest.fail(f"child processes left behind: {_children() - before}", pytrace=False)


@pytest.fixture(autouse=True)
def _no_blocking_call(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a coroutine of the product that blocks its loop: sleep, socket, database."""
    is_coroutine = inspect.iscoroutinefunction(getattr(request.node, "obj", None))
    if not is_coroutine or request.node.get_closest_marker("may_block"):
        yield
        return
    with blockbuster_ctx(["backend_bridge", "console.link"]) as guard:
        # Small files are read while tests prepare what they test, in the same coroutine; waiting
        # for time, a peer or a database is never right on the loop.
        for name, function in guard.functions.items():
            if not name.startswith(("time.", "socket.", "ssl.", "sqlite3.")):
                function.deactivate()
        yield


class _WarningCatcher(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def expected_logs() -> Iterator[list[str]]:
    """Fail on any WARNING log through stdlib logging whose text holds none of these strings.

    A test that provokes a warning appends a part of its text to the list this fixture yields.
    """
    catcher = _WarningCatcher()
    expected: list[str] = []
    logging.getLogger().addHandler(catcher)
    yield expected
    logging.getLogger().removeHandler(catcher)
    surprises = [
        record.getMessage()
        for record in catcher.records
        if not any(part in record.getMessage() for part in expected)
    ]
    if surprises:
        pytest.fail(f"unexpected warnings logged: {surprises}", pytrace=False)


@pytest.fixture(autouse=True)
def expected_events() -> Iterator[list[str]]:
    """Fail on any structlog event of level warning or above that is not in this list.

    A test that provokes one appends the event's name (``link_lost``) to the list.
    """
    import structlog  # noqa: PLC0415 - keeps collection light for tests of pure code

    seen: list[tuple[str, dict[str, Any]]] = []
    expected: list[str] = []
    loud = {"warning", "error", "critical", "exception"}

    def keep(_: Any, method: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
        if method in loud:
            seen.append((str(event.get("event")), dict(event)))
        raise structlog.DropEvent

    structlog.reset_defaults()
    structlog.configure(
        processors=[structlog.processors.format_exc_info, keep], cache_logger_on_first_use=False
    )
    yield expected
    structlog.reset_defaults()
    surprises = [f"{name} {fields}" for name, fields in seen if name not in expected]
    if surprises:
        pytest.fail("unexpected log events:\n" + "\n".join(surprises), pytrace=False)
