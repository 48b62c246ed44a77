"""Anchors: the audit chain's newest link, written down in a second place, hourly and at stops.

Whoever can rewrite the whole journal can make its chain fit again. He cannot make it fit what was
written elsewhere before: as long as the second place is not his too.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
import structlog

from backend_bridge.contract.times import Clock, from_ms
from backend_bridge.core.storage import Seal, StorageError

FILE = "audit.anchors"
"""One JSON object a line: ``seq``, ``digest`` (hexadecimal), ``at`` (UTC)."""
LOOK_S = 30.0
"""Seconds between two looks at the date."""

_log = structlog.get_logger(__name__)


class AnchorError(Exception):
    """Say why anchors cannot be read, and what to do."""


class _Line(msgspec.Struct, frozen=True):
    seq: int
    digest: str
    at: str


class Anchors:
    """Write the newest link down: at start, at each new hour (UTC) if there is one, and at stop.

    Args:
        tip: returns the chain's newest link.
        directory: the second place; ``None`` writes to the log only. It is not made when missing:
            it may be another machine's that is not mounted.
    """

    def __init__(
        self, tip: Callable[[], Awaitable[Seal]], directory: Path | None, clock: Clock
    ) -> None:
        self._tip = tip
        self._directory = directory
        self._clock = clock
        self._hour = ""
        self._written = 0
        self._failed = False

    async def run(self) -> None:
        """Write at once, then every hour, until cancelled; what fails is tried again soon."""
        while True:
            hour = from_ms(self._clock.now_ms()).isoformat(timespec="hours")
            if hour != self._hour and await self.write():
                self._hour = hour
            await asyncio.sleep(LOOK_S)

    async def write(self) -> bool:
        """Write the newest link down, durably; return whether that was done."""
        try:
            tip = await self._tip()
            if tip.seq == self._written:
                return True
            if self._directory is not None:
                at = from_ms(self._clock.now_ms()).isoformat(timespec="seconds")
                line = _Line(tip.seq, tip.digest.hex(), at)
                await asyncio.to_thread(_append, self._directory / FILE, line)
        except (OSError, StorageError) as error:
            if not self._failed:
                self._failed = True
                _log.warning("audit_anchor_not_written", where=str(self._directory), why=str(error))
            return False
        self._failed = False
        self._written = tip.seq
        # the machine's own log is a third place, where nobody has to set anything up
        _log.info("audit_anchor", seq=tip.seq, digest=tip.digest.hex())
        return True


def read_anchors(directory: Path) -> list[Seal]:
    """Return what was written down, oldest first; a last line cut off by a power cut is left out.

    Raises:
        AnchorError: the file cannot be read, or a line of it is damaged.
    """
    path = directory / FILE
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise AnchorError(
            f"The anchors in {path} cannot be read: {error.strerror}. Without them a journal that "
            "was rewritten as a whole, or lost its end, may pass. Name the directory that "
            "[audit] anchors names."
        ) from error
    found = []
    for number, line in enumerate(lines[:-1], start=1):
        try:
            read = msgspec.json.decode(line, type=_Line)
            digest = bytes.fromhex(read.digest)
        except (msgspec.MsgspecError, ValueError) as error:
            raise AnchorError(
                f"Line {number} of {path} is damaged: {error}. Somebody may have changed it. "
                "Compare it with the log (audit_anchor) of that day."
            ) from error
        found.append(Seal(read.seq, digest))
    return found


def _append(path: Path, line: _Line) -> None:
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    descriptor = os.open(path, flags, 0o640)
    try:
        whole = msgspec.json.encode(line) + b"\n"
        if os.write(descriptor, whole) != len(whole):
            raise OSError(f"{path} took only a part of a line")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
