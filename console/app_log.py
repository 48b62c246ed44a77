"""Where the console's log goes: structlog on stderr, with Qt's and the libraries' messages."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Sequence
from types import TracebackType

import structlog
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_log = structlog.get_logger("console")

_LEVELS = {
    QtMsgType.QtDebugMsg: "debug",
    QtMsgType.QtInfoMsg: "info",
    QtMsgType.QtWarningMsg: "warning",
    QtMsgType.QtCriticalMsg: "error",
    QtMsgType.QtFatalMsg: "critical",
}


class _ToStructlog(logging.Handler):
    """Hand what libraries log through the standard library to structlog."""

    def emit(self, record: logging.LogRecord) -> None:
        logger = structlog.get_logger(record.name)
        logger.log(record.levelno, record.getMessage(), exc_info=record.exc_info)


def configure(*, verbose: bool = False) -> None:
    """Send everything to stderr: readable on a terminal, one JSON object a line elsewhere."""
    level = logging.DEBUG if verbose else logging.INFO
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(level=level, handlers=[_ToStructlog()], force=True)
    logging.getLogger("asyncio").setLevel(logging.WARNING)
    logging.getLogger("qasync").setLevel(logging.WARNING)


def take_qt_messages(harmless: Sequence[re.Pattern[str]]) -> None:
    """Log Qt's own messages; those known to be harmless only when asked for every detail."""

    def on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        level = _LEVELS.get(kind, "warning")
        if any(pattern.search(message) for pattern in harmless):
            level = "debug"
        getattr(_log, level)("qt", message=message, category=context.category or "")

    qInstallMessageHandler(on_qt_message)


def release_qt_messages() -> None:
    """Give Qt its own message handler back."""
    qInstallMessageHandler(None)


Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def take_uncaught(tell: Callable[[], None]) -> Hook:
    """Log what no slot caught and tell the person once for each; the window goes on.

    Args:
        tell: puts a notice in the window.

    Returns:
        The hook that was there before, to be put back.
    """
    before: Hook = sys.excepthook

    def on_uncaught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before(kind, error, trace)
            return
        _log.error("uncaught", exc_info=(kind, error, trace))
        tell()

    sys.excepthook = on_uncaught
    return before
