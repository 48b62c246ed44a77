"""Health and metrics over HTTP, for machines that watch the bridge; no state of the city leaves."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Iterable
from typing import NamedTuple

import msgspec
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from prometheus_client import CollectorRegistry
from prometheus_client.core import Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

MAX_REQUEST_BYTES = 4096
CLOSE_LIMIT_S = 1.0


class HttpError(Exception):
    """The HTTP socket cannot be opened; the text names the address and says what to do."""


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """What ``/health`` answers.

    Attributes:
        live: the bridge serves: its loop runs and its store writes.
        storage_ok: false while the disk refuses to be written; ``storage_fault`` says why:
            ``full``, ``unreachable`` (a database server), ``failed``.
        head: newest point revision; ``journal_head`` newest journal sequence.
        lag_ms: how late the loop ran lately.
    """

    live: bool
    storage_ok: bool
    storage_fault: str = ""
    links_up: int
    links_down: int
    head: int
    journal_head: int
    lag_ms: float
    epoch: str
    version: str
    uptime_s: float


class Probes(NamedTuple):
    """Where the answers come from; both are called on the bridge's loop.

    What ``metrics`` returns is walked through in a worker thread.
    """

    health: Callable[[], Health]
    metrics: Callable[[], Awaitable[Iterable[Metric]]]


class HttpServer:
    """Serve ``/health`` (200 when live, otherwise 503) and ``/metrics`` (Prometheus text)."""

    def __init__(self, host: str, port: int, probes: Probes) -> None:
        self._host = host
        self._port = port
        self._probes = probes
        self._runner: web.AppRunner | None = None
        self.address = ""
        """``http://host:port`` once open."""

    async def open(self) -> None:
        """Listen.

        Raises:
            HttpError: the address is taken or cannot be listened on.
        """
        app = web.Application(client_max_size=MAX_REQUEST_BYTES)
        app.router.add_get("/health", self._handle_health)
        app.router.add_get("/metrics", self._handle_metrics)
        runner = web.AppRunner(
            app,
            access_log=None,
            logger=_quiet_logger(),
            handle_signals=False,
            shutdown_timeout=CLOSE_LIMIT_S,
            max_line_size=MAX_REQUEST_BYTES,
            max_field_size=MAX_REQUEST_BYTES,
            keepalive_timeout=15.0,
        )
        await runner.setup()
        site = web.TCPSite(runner, self._host, self._port, reuse_address=True)
        try:
            await site.start()
        except OSError as error:
            await runner.cleanup()
            raise HttpError(
                f"The HTTP address {self._host}:{self._port} cannot be listened on "
                f"({os.strerror(error.errno) if error.errno else error}). Health and metrics would "
                "not be seen, so the bridge does not start. Stop the other program there ('ss "
                "-ltnp' names it), or give another address: --http 127.0.0.1:0 takes a free port."
            ) from error
        self._runner = runner
        host, port = runner.addresses[0][:2]
        self.address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    async def close(self) -> None:
        """Stop listening; requests under way get a second."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _handle_health(self, _request: web.Request) -> web.Response:
        health = self._probes.health()
        return web.Response(
            body=msgspec.json.encode(health),
            content_type="application/json",
            status=200 if health.live else 503,
            headers={"Cache-Control": "no-store"},
        )

    async def _handle_metrics(self, _request: web.Request) -> web.Response:
        # A city's metrics take a fifth of a second to count and write: not on the loop.
        body = await asyncio.to_thread(_written, await self._probes.metrics())
        return web.Response(
            body=body,
            headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"},
        )


def _written(metrics: Iterable[Metric]) -> bytes:
    # A registry of its own per answer: nothing global, no state shared with another server.
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collected(list(metrics)))
    return generate_latest(registry)


def _quiet_logger() -> logging.Logger:
    """Return a logger for the library that says nothing when a stranger sends garbage."""
    logger = logging.getLogger("beffroi.http")
    if not logger.filters:
        logger.addFilter(_is_our_fault)
    return logger


def _is_our_fault(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, HttpProcessingError)


class _Collected:
    """Hand ready metrics to the exposition."""

    def __init__(self, metrics: list[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterable[Metric]:
        return self._metrics
