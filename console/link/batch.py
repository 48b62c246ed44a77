"""What the link delivers: contract types and how the link does, nothing of Qt."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from backend_bridge.contract.journal import JournalEntry
from backend_bridge.contract.points import Catalogue, PointChange, SourceHeard
from backend_bridge.contract.results import SituationResult
from backend_bridge.contract.seats import SeatPerson


class LinkPhase(enum.StrEnum):
    """Say where the link stands."""

    CONNECTING = "connecting"
    """No bridge, or not yet; the link goes on trying."""
    REFUSED = "refused"
    """A bridge answered and will not have this console: key, version. Still tried, slowly."""
    SIGNED_OUT = "signed_out"
    """Connected; nobody is signed in."""
    LOADING = "loading"
    """Signed in; the first whole picture is on its way."""
    FOLLOWING = "following"
    """The whole picture is here and changes follow."""


@dataclass(frozen=True, slots=True)
class LinkSession:
    """Who is signed in: account, name as shown, seat, rights."""

    user: str
    display_name: str
    seat: str
    rights: tuple[str, ...]
    incidents: tuple[str, ...] = ()
    """Those that changed hands when this session began by a hand-over."""


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """Tell how the link does; see :class:`console.state.feed.FeedStatus` for each field."""

    phase: LinkPhase = LinkPhase.CONNECTING
    text_key: str = ""
    params: Mapping[str, str | int | float] = field(default_factory=dict)
    session: LinkSession | None = None
    bridge: str = ""
    console: str = ""
    address: str = ""
    epoch: str = ""
    last_beat_mono_s: float | None = None
    behind_since_mono_s: float | None = None
    revisions_behind: int = 0
    entries_behind: int = 0
    bridge_ahead_ms: float | None = None
    round_trip_ms: float | None = None
    storage_ok: bool = True
    storage_fault: str = ""
    bridge_lag_ms: float = 0.0
    garbage_frames: int = 0
    newer_entries: int = 0
    protocol: str = ""
    reconnections: int = 0
    people: tuple[SeatPerson, ...] = ()


def _nothing() -> None:
    return None


@dataclass(frozen=True, slots=True)
class LinkBatch:
    """Carry everything new since the batch before, points conflated by index.

    Whoever applies it calls :meth:`taken` (``World.apply`` does): until then the link keeps
    gathering and delivers nothing more, so a busy window never makes a queue grow.

    Attributes:
        drop: forget everything first.
        drop_points: forget every value first.
        situation: replaces alarms, incidents and service marks; ``entries`` follow it.
    """

    status: LinkStatus
    drop: bool = False
    drop_points: bool = False
    catalogue: Catalogue | None = None
    changes: list[PointChange] = field(default_factory=list)
    heard: list[SourceHeard] = field(default_factory=list)
    situation: SituationResult | None = None
    entries: list[JournalEntry] = field(default_factory=list)
    on_taken: Callable[[], None] = _nothing

    def taken(self) -> None:
        """Say that the batch was applied; any thread, more than once does no harm."""
        self.on_taken()
