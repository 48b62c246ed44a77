"""What the bridge needs of a store, as interfaces; ``backend_bridge.store`` implements them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import msgspec

from backend_bridge.contract.alarms import Alarm
from backend_bridge.contract.audit import AuditLink
from backend_bridge.contract.circuits import CircuitMark
from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.compositions import Composition
from backend_bridge.contract.incidents import Incident
from backend_bridge.contract.journal import Event, JournalEntry
from backend_bridge.contract.orders import Approval, Order
from backend_bridge.contract.overrides import Override
from backend_bridge.contract.plans import CityPlan
from backend_bridge.contract.points import ServiceMark, TrendPoint
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.safety import HandsOff, InterlockMark


class StorageError(Exception):
    """The store cannot write or read now; nothing of the request was kept."""


class StorageFullError(StorageError):
    """The disk is full, or the quota: the live picture goes on, new entries are refused."""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An event that wants to become a journal entry.

    ``key`` makes it idempotent when not empty: a draft whose key was already committed adds
    nothing and gives back the first entry.
    """

    user: str
    seat: str
    at_ms: int
    event: Event
    key: str = ""


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is not over, as of journal entry ``seq``; read at start.

    ``commands`` have no final outcome; ``to_check`` ended unknown and nobody has looked yet.
    """

    seq: int
    alarms: tuple[Alarm, ...]
    incidents: tuple[Incident, ...]
    service: tuple[ServiceMark, ...]
    commands: tuple[CommandRecord, ...]
    last_alarm_number: int
    last_incident_number: int
    circuits: tuple[CircuitMark, ...] = ()
    compositions: tuple[Composition, ...] = ()
    to_check: tuple[CommandRecord, ...] = ()
    orders: tuple[Order, ...] = ()
    approvals: tuple[Approval, ...] = ()
    overrides: tuple[Override, ...] = ()
    interlocks: tuple[InterlockMark, ...] = ()
    hands_off: tuple[HandsOff, ...] = ()
    plans: tuple[CityPlan, ...] = ()


class Appearance(NamedTuple):
    """One time an alarm became active and rang: when (UTC ms), of what, by which rule.

    ``lasted_ms`` is how long it was active, ``None`` while it is. What was put aside rang not.
    """

    at_ms: int
    equipment_id: str
    equipment_kind: str
    rule: str
    lasted_ms: int | None = None


class JournalStore(Protocol):
    """Keep the journal and the state its events carry, in one transaction."""

    @property
    def head(self) -> int:
        """Return the sequence of the newest committed entry, 0 for none."""

    async def append(self, drafts: Sequence[Draft]) -> list[JournalEntry]:
        """Commit all drafts together, durably, and return them with their sequences.

        The alarm, incident, command, service or circuit mark inside each event replaces its row
        in the same transaction. Concurrent calls share one commit.

        Raises:
            StorageFullError: no room; nothing was kept.
            StorageError: anything else; nothing was kept.
        """

    async def entries(self, after: int, limit: int) -> list[JournalEntry]:
        """Return at most ``limit`` entries after a sequence, oldest first."""

    async def incident_entries(self, incident_id: str, limit: int) -> list[JournalEntry]:
        """Return the newest entries of one incident and its alarms, oldest first."""

    async def situation(self) -> Situation:
        """Return what is open; consistent with one sequence."""

    async def appearances(self, since_ms: int, most: int) -> list[Appearance]:
        """Return alarms that became active since a time, newest first, at most ``most``."""

    async def incident(self, incident_id: str) -> Incident | None:
        """Return one incident, closed ones included."""

    async def command(self, key: str) -> CommandRecord | None:
        """Return one command by its key."""

    async def commands(self, keys: Sequence[str]) -> list[CommandRecord]:
        """Return the commands of some keys that there are, in the order of the keys."""

    async def order(self, key: str) -> Order | None:
        """Return one order by its key, ended ones included."""

    async def approval(self, key: str) -> Approval | None:
        """Return one question to a second person by its key, answered ones included."""


class Seal(NamedTuple):
    """Name one link of the audit chain: an entry's sequence and its digest (32 bytes)."""

    seq: int
    digest: bytes


class AuditQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Say which links are wanted; empty fields do not filter, times are UTC ms.

    ``event`` is an event's tag. Without one, alarms and incidents that nobody had a hand in are
    left out.
    """

    user: str = ""
    equipment_id: str = ""
    event: str = ""
    from_ms: int = 0
    to_ms: int = 0


class AuditStore(Protocol):
    """Read the journal as the audit chain."""

    async def tip(self) -> Seal:
        """Return the newest link."""

    async def links(self, wanted: AuditQuery, before: int, limit: int) -> list[AuditLink]:
        """Return links, newest first, before link ``before`` (0: from the newest)."""


class HistorySample(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One kept change of one point: number or ``None``, quality, UTC ms."""

    equipment_id: str
    point_key: str
    at_ms: int
    value: float | None
    quality: Quality


class HistoryStore(Protocol):
    """Keep point history in a file of its own, within a byte budget; it is no incident's home."""

    def keep(self, samples: Sequence[HistorySample]) -> None:
        """Queue samples; never blocks, never raises; drops (and counts) when far behind."""

    async def trend(
        self, equipment_id: str, point_key: str, from_ms: int, to_ms: int, buckets: int
    ) -> list[TrendPoint]:
        """Return a history down-sampled to at most ``buckets`` buckets, oldest first."""


class User(msgspec.Struct, frozen=True, kw_only=True):
    """One person who may sign in; ``password_hash`` is argon2's own encoded string."""

    name: str
    display_name: str
    password_hash: str
    roles: tuple[str, ...]
    enabled: bool = True
    must_change: bool = False


class UserStore(Protocol):
    """Keep the users."""

    async def user(self, name: str) -> User | None:
        """Return one user."""

    async def users(self) -> list[User]:
        """Return all users by name."""

    async def put_user(self, user: User, note: Draft | None = None) -> None:
        """Add or replace a user, durably; ``note`` joins the journal in the same transaction."""
