"""The ``beffroi:`` URL scheme: everything the map page asks for is answered inside the process."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NewType
from urllib.parse import unquote

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject
from PySide6.QtWebEngineCore import (
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)

from ui.map import chromium

_log = logging.getLogger(__name__)

SCHEME = b"beffroi"
HOST = "map"
ORIGIN = f"{SCHEME.decode()}://{HOST}"
PAGE_URL = f"{ORIGIN}/index.html"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy sent with every answer: no inline code, no eval, nothing remote."""

# A multi-map, written as name → list of values; PySide6 6.11.3 declares it as name → value.
_HEADERS: Any = {
    QByteArray(name): [QByteArray(value)]
    for name, value in (
        (b"Content-Security-Policy", POLICY.encode()),
        (b"X-Content-Type-Options", b"nosniff"),
        (b"Referrer-Policy", b"no-referrer"),
        (b"Cache-Control", b"no-store"),
    )
}


@dataclass(frozen=True, slots=True)
class Reply:
    """Answer a request: MIME type and body."""

    mime: str
    body: bytes


Ticket = NewType("Ticket", int)
"""Names a request that is held until :meth:`SchemeHandler.answer`."""

Route = Callable[[str, Ticket], Reply | None]
"""Takes the decoded query; ``None`` holds the request under its ticket."""

NOTHING = Reply("text/plain", b"")


def register_scheme() -> None:
    """Register ``beffroi:`` and set up Chromium; call once, before QApplication is made.

    Calling it again is harmless. The scheme is secure, so that the page is a secure context. It is
    not a "local" one: those have no origin, and a page without an origin may start no worker.
    """
    if QWebEngineUrlScheme.schemeByName(SCHEME).name() == SCHEME:
        return
    chromium.configure()
    scheme = QWebEngineUrlScheme(SCHEME)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    flag = QWebEngineUrlScheme.Flag
    scheme.setFlags(flag.SecureScheme | flag.CorsEnabled | flag.FetchApiAllowed)
    QWebEngineUrlScheme.registerScheme(scheme)


class SchemeHandler(QWebEngineUrlSchemeHandler):
    """Answer the page's requests from a table of routes, on the interface's thread.

    Args:
        routes: exact path → route; any other path fails with "not found" and is counted.
        parent: Qt parent; must outlive the profile it is installed in.

    Attributes:
        asked: how many requests came.
        refused: the last addresses of ours that lead nowhere and were asked for.
    """

    def __init__(self, routes: Mapping[str, Route], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._routes = dict(routes)
        self._held: dict[Ticket, QWebEngineUrlRequestJob] = {}
        self._next_ticket = 0
        self.asked = 0
        self.refused: list[str] = []

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        """Take one request; called by Qt."""
        self.asked += 1
        url = job.requestUrl()
        route = self._routes.get(url.path())
        if route is None or url.host() != HOST or bytes(job.requestMethod().data()) != b"GET":
            self.refused.append(url.toString())
            del self.refused[:-20]
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        self._next_ticket += 1
        ticket = Ticket(self._next_ticket)
        # Requests travel in the query: QWebEngineUrlRequestJob.requestBody() crashes in PySide6
        # 6.11.3 when the request has no body, and nothing here is long.
        query = unquote(url.query(url.ComponentFormattingOption.FullyEncoded))
        try:
            reply = route(query, ticket)
        except Exception:  # noqa: BLE001 - the edge between Chromium and us
            # The page would wait for ever: it is told, stops reporting, is covered, started again.
            _log.exception("map: %s could not be answered", url.path())
            job.fail(QWebEngineUrlRequestJob.Error.RequestFailed)
            return
        if reply is not None:
            _send(job, reply)
            return
        self._held[ticket] = job
        # The page was reloaded or closed while it waited: its job dies, and must not be answered.
        job.destroyed.connect(lambda *_: self._held.pop(ticket, None))

    def answer(self, ticket: Ticket, reply: Reply) -> bool:
        """Answer a held request; false when whoever asked is gone."""
        job = self._held.pop(ticket, None)
        if job is None:
            return False
        _send(job, reply)
        return True

    @property
    def held(self) -> int:
        """Return how many requests wait for an answer."""
        return len(self._held)


def _send(job: QWebEngineUrlRequestJob, reply: Reply) -> None:
    buffer = QBuffer(job)
    buffer.setData(QByteArray(reply.body))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    job.setAdditionalResponseHeaders(_HEADERS)
    job.reply(QByteArray(reply.mime.encode()), buffer)
