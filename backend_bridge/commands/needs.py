"""What the command gateway needs of the rest of the bridge, as small interfaces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import msgspec

from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.errors import RequestError
from backend_bridge.contract.order_requests import ExecuteCommand
from backend_bridge.contract.points import Equipment, PointDef, Scalar, ServiceMark
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.safety import HandsOff
from backend_bridge.core.driver import Reading
from backend_bridge.core.linkstate import LinkState
from backend_bridge.core.requests import Caller
from backend_bridge.core.storage import Draft


class Field(Protocol):
    """The way to the equipment; the supervisor is one."""

    async def execute(
        self, equipment_id: str, point_key: str, value: Scalar, hold_s: float | None = None
    ) -> None:
        """Write one point once; raises the errors of ``Driver.execute`` and ``ConfigError``.

        ``hold_s`` lets a device that can go back by itself do so after that many seconds.
        """

    async def read_back(self, equipment_id: str, point_key: str) -> Reading:
        """Read one point now; raises the errors of ``Driver.read_back`` and ``ConfigError``."""

    def link_of(self, equipment_id: str) -> LinkState | None:
        """Return the state of the link an equipment hangs on, ``None`` when it has none."""


class Places(Protocol):
    """What is known of equipment and points."""

    def equipment(self, equipment_id: str) -> Equipment | None:
        """Return one equipment."""

    def point(self, equipment_id: str, point_key: str) -> PointDef | None:
        """Return a point's definition."""


class GroupOf(Protocol):
    """Equipment of which at most ``most_open`` may possibly be open at once."""

    @property
    def id(self) -> str:
        """Return what names it."""

    @property
    def members(self) -> Sequence[str]:
        """Return the ids of its equipment."""

    @property
    def most_open(self) -> int:
        """Return how many may be open."""


class Ground(Places, Protocol):
    """What interlocks need to know of the territory."""

    def all_equipment(self) -> Iterable[Equipment]:
        """Return every equipment."""

    def ancestors(self, equipment_id: str) -> Iterator[str]:
        """Yield the ids an equipment depends on, nearest first."""

    def related(self, equipment_id: str, relation: str) -> Sequence[str]:
        """Return what an equipment stands in a relation to, nothing where there is none."""

    def groups_of(self, equipment_id: str) -> Sequence[GroupOf]:
        """Return the territory's groups an equipment belongs to."""


class Seen(msgspec.Struct, frozen=True):
    """What the bridge last saw of one point: value, quality, and its age in whole seconds.

    ``age_s`` is -1 when nothing was ever heard.
    """

    value: Scalar
    quality: Quality
    age_s: int


class Eyes(Protocol):
    """What the bridge knows of the field's points now, without asking the field."""

    def see(self, equipment_id: str, point_key: str) -> Seen | None:
        """Return what is known of a point, ``None`` when there is no such point."""


class Marks(Protocol):
    """Which equipment is out of service."""

    def covering(self, equipment_id: str) -> ServiceMark | None:
        """Return the mark that keeps an equipment out of service, its own or an ancestor's."""


class Hands(Protocol):
    """Where technicians have their hands."""

    def covering(self, equipment_id: str) -> HandsOff | None:
        """Return the zone that keeps hands off an equipment, ``None`` when none does."""


class Ledger(Protocol):
    """The ledger of overrides, as far as commands touch it."""

    def holding(self, equipment_id: str, point_key: str) -> str:
        """Return the id of the override that holds a point, empty for none."""

    def drafts(self, command: CommandRecord) -> Sequence[Draft]:
        """Return what the ledger writes beside this state of a command, in the same commit.

        Called before each append of a command; the ledger learns from the bus that it was kept.
        """

    def objection(self, command: CommandRecord) -> RequestError | None:
        """Return why a command must yield to what holds its point, or has no way back.

        Asked when nobody else commands the point, right before the command is sent: an override
        that was replaced meanwhile must not be taken back any more.
        """

    def hold_s(self, command: CommandRecord) -> float | None:
        """Return the seconds after which the device itself shall go back, ``None`` if it cannot."""


class Door(Protocol):
    """The way of overrides back to the field; the gateway is one."""

    async def take_back(
        self, caller: Caller, request: ExecuteCommand, override: str
    ) -> CommandRecord:
        """Carry out a command that ends an override or renews it: all checks, sent once, read back.

        ``value`` ``None`` gives the point back to its programme; ``override`` goes into the record.

        Raises:
            RequestError: nothing went to the field, and why.
        """


class NoHands:
    """Say that nobody works anywhere."""

    def covering(self, _equipment_id: str) -> HandsOff | None:
        """Return ``None``."""
        return None


class NoLedger:
    """Keep no overrides."""

    def holding(self, _equipment_id: str, _point_key: str) -> str:
        """Return the empty id."""
        return ""

    def drafts(self, _command: CommandRecord) -> Sequence[Draft]:
        """Return nothing."""
        return ()

    def objection(self, _command: CommandRecord) -> RequestError | None:
        """Return ``None``."""
        return None

    def hold_s(self, _command: CommandRecord) -> float | None:
        """Return ``None``."""
        return None


class GatewaySettings(msgspec.Struct, frozen=True, kw_only=True):
    """How long the gateway waits, in seconds, and how much it does at once.

    Attributes:
        execute_s: for a device to answer a write.
        read_s: for a device to answer one read-back.
        verify_tries: read-backs until a written value must show, ``verify_pause_s`` apart, and
            all of them within ``verify_s``; a point's ``settle_s`` comes on top.
        recover_wait_s: at start, for the link of an unfinished command to come up.
        longest_deadline_s: farthest deadline accepted; commands are never kept for later.
        retry_s: between two tries to journal what the disk refused.
        at_once: commands of orders under way at once, in all; one at a time on each link, so that
            a poll that waits there goes between two of them.
        largest_alone: an order of more targets needs a second person.
        approval_s: for the second person to answer.
        approved_s: from the second person's word to the last command sent.
    """

    execute_s: float = 5.0
    read_s: float = 2.0
    verify_tries: int = 20
    verify_pause_s: float = 0.2
    verify_s: float = 4.0
    recover_wait_s: float = 30.0
    recover_pause_s: float = 0.2
    longest_deadline_s: float = 600.0
    retry_s: float = 1.0
    at_once: int = 64
    largest_alone: int = 2_500
    approval_s: float = 120.0
    approved_s: float = 60.0
