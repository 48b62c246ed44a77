"""A tile server on a local port, which can be made to fail; and tiles to serve."""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def png(red: int, green: int, blue: int, side: int = 256) -> bytes:
    """Return a picture of one colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    row = b"\0" + bytes((red, green, blue)) * side
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    picture = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * side)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + picture


class TileServer:
    """Serve one picture at every address.

    Attributes:
        asked: paths asked for.
        status: what is answered; 200 with the picture.
        body: the picture.
    """

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.status = 200
        self.asked: list[str] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner.asked.append(self.path)
                self.send_response(owner.status)
                body = owner.body if owner.status == 200 else b"no"
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        self._open = True

    @property
    def template(self) -> str:
        """Return the address of a tile."""
        return f"http://127.0.0.1:{self._server.server_port}/{{z}}/{{x}}/{{y}}.png"

    def stop(self) -> None:
        """Be gone: connections are refused from here on."""
        if self._open:
            self._open = False
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()


@contextmanager
def tile_server(body: bytes | None = None) -> Iterator[TileServer]:
    """Serve while the context lasts."""
    server = TileServer(png(0x40, 0x80, 0xC0) if body is None else body)
    try:
        yield server
    finally:
        server.stop()
