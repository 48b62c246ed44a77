"""What the world takes from a link, as protocols: the state knows no socket and no thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from backend_bridge.contract.journal import JournalEntry
from backend_bridge.contract.points import Catalogue, PointChange, SourceHeard
from backend_bridge.contract.results import SituationResult
from backend_bridge.contract.seats import SeatPerson


class FeedSession(Protocol):
    """Who is signed in on this console."""

    @property
    def user(self) -> str: ...
    @property
    def display_name(self) -> str: ...
    @property
    def seat(self) -> str: ...
    @property
    def rights(self) -> Sequence[str]: ...


class FeedStatus(Protocol):
    """How the link does; every ``_mono_s`` is on this machine's steady clock.

    Attributes:
        phase: ``connecting``, ``refused``, ``signed_out``, ``loading`` or ``following``.
        text_key: why it is so, a text key with ``params``; empty when there is nothing to say.
        last_beat_mono_s: when the bridge's loop was last heard, ``None`` before the first.
        behind_since_mono_s: since when the replica misses something the bridge had announced,
            ``None`` while it misses nothing.
        people: who sits where, as the bridge last said; empty while nobody is signed in.
        newer_entries: journal entries of the present picture that this console could not read.
        protocol: version of the protocol the bridge speaks, ``major.minor``; empty before a hello.
        bridge_ahead_ms: bridge UTC minus this machine's steady clock, in ms, ``None`` before a
            hello; ages are counted with it, so that no jump of the wall clock changes one.
    """

    @property
    def phase(self) -> str: ...
    @property
    def text_key(self) -> str: ...
    @property
    def params(self) -> Mapping[str, str | int | float]: ...
    @property
    def session(self) -> FeedSession | None: ...
    @property
    def bridge(self) -> str: ...
    @property
    def console(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def epoch(self) -> str: ...
    @property
    def last_beat_mono_s(self) -> float | None: ...
    @property
    def behind_since_mono_s(self) -> float | None: ...
    @property
    def revisions_behind(self) -> int: ...
    @property
    def entries_behind(self) -> int: ...
    @property
    def bridge_ahead_ms(self) -> float | None: ...
    @property
    def storage_ok(self) -> bool: ...
    @property
    def storage_fault(self) -> str: ...
    @property
    def bridge_lag_ms(self) -> float: ...
    @property
    def people(self) -> Sequence[SeatPerson]: ...
    @property
    def newer_entries(self) -> int: ...
    @property
    def protocol(self) -> str: ...


class Feed(Protocol):
    """One batch from the link, applied in this order: drop, catalogue, points, situation, entries.

    Attributes:
        drop: forget everything first: another person, another set of rights, or nobody.
        drop_points: forget every value first: the bridge restarted or the catalogue changed.
    """

    @property
    def status(self) -> FeedStatus: ...
    @property
    def drop(self) -> bool: ...
    @property
    def drop_points(self) -> bool: ...
    @property
    def catalogue(self) -> Catalogue | None: ...
    @property
    def changes(self) -> Sequence[PointChange]: ...
    @property
    def heard(self) -> Sequence[SourceHeard]: ...
    @property
    def situation(self) -> SituationResult | None: ...
    @property
    def entries(self) -> Sequence[JournalEntry]: ...

    def taken(self) -> None:
        """Say that the batch was applied: the link may deliver the next one."""
