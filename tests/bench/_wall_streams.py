"""Sixteen MJPEG streams of one clip at 25 pictures a second, each picture numbered in its pixels.

``python -m tests.bench._wall_streams PORT CLIP``: ``GET /<anything>`` gives the stream. Every
client gets the same picture at the same moment, so that what is on a screen tells when it was sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
import time
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

WIDTH, HEIGHT, FPS = 640, 360, 25
BITS, BIT_PX = 8, 40
"""Its number modulo 256 stands in bright and dark squares along the upper edge."""
PERIOD = 2**BITS
_HEAD = b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=b\r\n\r\n"


def pictures(clip: Path) -> list[bytes]:
    """Return one round of numbered JPEG pictures of a clip."""
    scale = f"scale={WIDTH}:{HEIGHT},fps={FPS}"
    raw = subprocess.run(
        [
            *("ffmpeg", "-v", "error", "-stream_loop", "-1", "-i", str(clip), "-vf", scale),
            *("-frames:v", str(PERIOD), "-f", "rawvideo", "-pix_fmt", "bgra", "-"),
        ],
        capture_output=True,
        check=True,
    ).stdout
    size = WIDTH * HEIGHT * 4
    return [_numbered(bytearray(raw[n * size : (n + 1) * size]), n) for n in range(PERIOD)]


def _numbered(pixels: bytearray, number: int) -> bytes:
    for bit in range(BITS):
        ink = b"\xff" if number >> bit & 1 else b"\x00"
        for y in range(BIT_PX):
            at = (y * WIDTH + bit * BIT_PX) * 4
            pixels[at : at + BIT_PX * 4] = ink * (BIT_PX * 4)
    image = QImage(pixels, WIDTH, HEIGHT, WIDTH * 4, QImage.Format.Format_RGB32)
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", 80)  # type: ignore[call-overload]  # Qt takes the name of a format
    return bytes(kept.data())


async def serve(port: int, round_of: list[bytes]) -> None:
    """Serve until standard input ends; print the monotonic second at which picture 0 is due."""
    began_s = time.monotonic()

    async def watch(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # cancelled at the end: asyncio would print it once for each of sixteen clients
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(_HEAD)
            while True:
                number = int((time.monotonic() - began_s) * FPS) + 1
                await asyncio.sleep(max(0.0, began_s + number / FPS - time.monotonic()))
                body = round_of[number % PERIOD]
                head = f"--b\r\nContent-Type: image/jpeg\r\nContent-Length: {len(body)}\r\n\r\n"
                writer.write(head.encode() + body + b"\r\n")
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(watch, "127.0.0.1", port)
    print(began_s, flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), pictures(Path(sys.argv[2]))))
