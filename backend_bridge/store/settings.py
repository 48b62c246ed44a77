"""Where the store lives and how much it may take."""

from __future__ import annotations

from pathlib import Path

import msgspec

STORE_FILE = "store.sqlite"
MIN_HISTORY_BYTES = 8 * 1024 * 1024


class StoreSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Say where journal and history live, and their limits.

    Attributes:
        directory: the bridge's data directory; holds ``store.sqlite`` and ``history.sqlite``.
            Created when missing, readable by its owner only.
        url: SQLAlchemy URL of a shared PostgreSQL for the journal; empty for ``store.sqlite``.
        store_max_bytes: most bytes ``store.sqlite`` may take without its write-ahead log; at the
            limit new entries are refused as on a full disk. 0 for no limit but the disk's.
        history_bytes: most bytes ``history.sqlite`` and its write-ahead log take together,
            at least 8 MiB.
        history_flush_s: longest time a kept sample waits in memory, above 0.
        probe_s: time between two attempts to write while the disk refuses, above 0.
        busy_s: longest wait for another process that writes the same SQLite file.

    Raises:
        ValueError: a number is out of its range.
    """

    directory: Path
    url: str = ""
    store_max_bytes: int = 0
    history_bytes: int = 512 * 1024 * 1024
    history_flush_s: float = 1.0
    probe_s: float = 2.0
    busy_s: float = 5.0

    def __post_init__(self) -> None:
        if self.history_bytes < MIN_HISTORY_BYTES:
            raise ValueError(
                f"history_bytes is {self.history_bytes}; give at least {MIN_HISTORY_BYTES} (8 MiB)"
            )
        if self.store_max_bytes < 0:
            raise ValueError("store_max_bytes must be 0 (no limit) or above")
        for name in ("history_flush_s", "probe_s", "busy_s"):
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} must be above 0 s")

    @property
    def store_path(self) -> Path:
        """Return the SQLite file of journal, state and users."""
        return self.directory / STORE_FILE

    @property
    def history_path(self) -> Path:
        """Return the SQLite file of point history."""
        return self.directory / "history.sqlite"
