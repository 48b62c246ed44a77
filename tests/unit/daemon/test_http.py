"""Health and metrics answer, and what is no HTTP does no harm."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterable, Iterator

import pytest
from prometheus_client.core import GaugeMetricFamily, Metric

from backend_bridge.server.http import Health, HttpError, HttpServer, Probes


class Page:
    """What the server is asked to show."""

    def __init__(self) -> None:
        self.live = True
        self.walked_in: threading.Thread | None = None

    def health(self) -> Health:
        return Health(
            live=self.live,
            storage_ok=self.live,
            links_up=9,
            links_down=1,
            head=12,
            journal_head=3,
            lag_ms=0.5,
            epoch="e",
            version="1",
            uptime_s=2.0,
        )

    async def metrics(self) -> Iterable[Metric]:
        return self._walked()

    def _walked(self) -> Iterator[Metric]:
        self.walked_in = threading.current_thread()
        yield GaugeMetricFamily("beffroi_x", "An x.", value=4)


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
async def server(page: Page) -> AsyncIterator[HttpServer]:
    http = HttpServer("127.0.0.1", 0, Probes(page.health, page.metrics))
    await http.open()
    yield http
    await http.close()


async def talk(server: HttpServer, sent: bytes, *, ends: bool = False) -> bytes:
    """Send bytes, say nothing more when it ``ends``, and return all that comes back."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(server.address.split(":")[-1]))
    try:
        writer.write(sent)
        await writer.drain()
        if ends:
            writer.write_eof()
        async with asyncio.timeout(5):
            return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


async def get(server: HttpServer, path: str) -> tuple[int, bytes]:
    answer = await talk(
        server, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
    )
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), body


async def test_health_is_json_and_its_code_is_the_verdict(server: HttpServer, page: Page) -> None:
    status, body = await get(server, "/health")
    assert status == 200
    assert json.loads(body)["links_up"] == 9

    page.live = False
    status, body = await get(server, "/health")
    assert status == 503
    assert json.loads(body)["live"] is False


async def test_metrics_of_a_city_are_counted_off_the_loop(server: HttpServer, page: Page) -> None:
    await get(server, "/metrics")

    assert page.walked_in not in (None, threading.current_thread())


async def test_metrics_are_prometheus_text(server: HttpServer) -> None:
    status, body = await get(server, "/metrics")

    assert status == 200
    assert b"beffroi_x 4.0" in body


async def test_a_defect_of_ours_is_logged(
    page: Page, expected_logs: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    expected_logs.append("Error handling request")

    def fail() -> Health:
        raise ZeroDivisionError

    broken = HttpServer("127.0.0.1", 0, Probes(fail, page.metrics))
    await broken.open()

    assert (await get(broken, "/health"))[0] == 500
    await broken.close()
    assert "ZeroDivisionError" in caplog.text


async def test_there_is_nothing_else(server: HttpServer) -> None:
    assert (await get(server, "/"))[0] == 404
    assert (await get(server, "/../../etc/passwd"))[0] in (400, 404)


GARBAGE = [
    b"\x00\xff\xfe" * 100,
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
    b"GET /health HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 50_000,
    b"POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n",
    b"GET /health HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
]


@pytest.mark.parametrize("sent", GARBAGE)
async def test_garbage_does_no_harm_and_fills_no_log(server: HttpServer, sent: bytes) -> None:
    answer = await talk(server, sent, ends=True)

    assert not answer or answer.startswith(b"HTTP/1.")
    assert (await get(server, "/health"))[0] == 200


async def test_a_taken_address_is_explained(server: HttpServer, page: Page) -> None:
    port = int(server.address.split(":")[-1])
    second = HttpServer("127.0.0.1", port, Probes(page.health, page.metrics))

    with pytest.raises(HttpError, match=f"127.0.0.1:{port} cannot be listened on .Address already"):
        await second.open()


async def test_an_address_of_another_machine_is_explained(page: Page) -> None:
    server = HttpServer("192.0.2.1", 80, Probes(page.health, page.metrics))

    with pytest.raises(HttpError, match="--http"):
        await server.open()


async def test_closing_twice_is_closing_once(page: Page) -> None:
    server = HttpServer("127.0.0.1", 0, Probes(page.health, page.metrics))
    await server.open()

    await server.close()
    await server.close()
