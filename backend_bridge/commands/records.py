"""Commands in the journal: durable before anything goes out; ends wait for a full disk."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

import msgspec
import structlog

from backend_bridge.commands.needs import Ledger
from backend_bridge.commands.verify import Fate
from backend_bridge.commands.words import not_recorded, refusal, storage_refusal
from backend_bridge.contract.commands import CommandRecord
from backend_bridge.contract.errors import ErrorCode, RequestError
from backend_bridge.contract.journal import CommandEvent, Event, JournalEntry, OrderEvent
from backend_bridge.contract.orders import Order
from backend_bridge.contract.times import Clock
from backend_bridge.core.bus import Bus
from backend_bridge.core.storage import Draft, JournalStore, StorageError

CHUNK = 250
"""Drafts in one commit: the loop has other things to do between two."""

_log = structlog.get_logger(__name__)


class Records:
    """Write commands, and what the ledger says beside them, in one commit each time."""

    def __init__(
        self, *, journal: JournalStore, bus: Bus, clock: Clock, ledger: Ledger, retry_s: float
    ) -> None:
        self.journal = journal
        self.clock = clock
        self._bus = bus
        self._ledger = ledger
        self._retry_s = retry_s
        self._late: list[Draft] = []
        self._late_bell = asyncio.Event()

    async def write(self, *commands: CommandRecord) -> None:
        """Make commands durable.

        Raises:
            RequestError: the disk does not take them; nothing of a chunk was kept.
        """
        await self.write_drafts(self._drafts(commands))

    async def claim(self, command: CommandRecord) -> None:
        """Make an accepted command durable, unless another bridge on the same store has it.

        Raises:
            RequestError: the disk does not take it, or it is another bridge's: it sends it.
        """
        first, *beside = self._drafts([command])
        await self._claim(first, f"command {command.key}", beside)

    async def claim_order(self, order: Order) -> None:
        """Make a new order durable, unless another bridge on the same store has it.

        Raises:
            RequestError: as of :meth:`claim`.
        """
        draft = self._draft(OrderEvent(order=order), order.issuer, order.seat)
        await self._claim(draft, f"order {order.key}")

    async def write_as(self, command: CommandRecord, user: str, seat: str) -> None:
        """Make a command durable as what somebody else than its issuer said of it.

        Raises:
            RequestError: the disk does not take it; nothing was kept.
        """
        await self.write_event(CommandEvent(command=command), user, seat)

    async def write_event(self, event: Event, user: str, seat: str) -> None:
        """Make something else durable that belongs to commands: an order, a question.

        Raises:
            RequestError: the disk does not take it; nothing was kept.
        """
        await self.write_drafts([self._draft(event, user, seat)])

    async def write_drafts(self, drafts: Sequence[Draft]) -> list[JournalEntry]:
        """Make drafts durable, chunk by chunk, tell the bus of each chunk; return their entries.

        Raises:
            RequestError: the disk does not take a chunk; nothing of it was kept.
        """
        kept: list[JournalEntry] = []
        for start in range(0, len(drafts), CHUNK):
            chunk = drafts[start : start + CHUNK]
            try:
                entries = await self.journal.append(chunk)
            except StorageError as error:
                raise storage_refusal(error) from error
            for draft, entry in zip(chunk, entries, strict=True):
                if entry.event is draft.event:  # otherwise an earlier entry of its key: known
                    self._bus.publish(entry)
            kept += entries
        return kept

    async def _claim(self, draft: Draft, key: str, beside: Sequence[Draft] = ()) -> None:
        entries = await self.write_drafts([msgspec.structs.replace(draft, key=key), *beside])
        if entries[0].event is not draft.event:  # an earlier entry's came back
            raise refusal(ErrorCode.CONFLICT, "elsewhere")

    async def finish(self, command: CommandRecord, fate: Fate) -> CommandRecord:
        """Journal a command's end; when the disk refuses, say so and write it when it is back.

        Raises:
            NotKeptError: the disk does not take it now.
        """
        finished = self.finished(command, fate)
        try:
            await self.write(finished)
        except RequestError as error:
            _log.warning("outcome_not_journalled", key=command.key, error=error.text_key)
            self.keep_for_later(finished)
            raise not_recorded(finished) from error
        return finished

    async def try_to_write(self, command: CommandRecord) -> None:
        """Journal what nothing depends on: a refusal, a step on the way."""
        try:
            await self.write(command)
        except RequestError as error:
            _log.warning("refusal_not_journalled", key=command.key, error=error.text_key)

    def finished(self, command: CommandRecord, fate: Fate) -> CommandRecord:
        """Return a command as it ended."""
        return msgspec.structs.replace(
            command,
            outcome=fate.outcome,
            reported=fate.reported,
            text_key=fate.text_key,
            params=dict(fate.params),
            finished_ms=self.clock.now_ms(),
        )

    def keep_for_later(self, *commands: CommandRecord) -> None:
        """Write ends of commands when the disk is back."""
        self._late += self._drafts(commands)
        self._late_bell.set()

    def keep_event_for_later(self, event: Event, user: str, seat: str) -> None:
        """Write something else when the disk is back."""
        self._late.append(self._draft(event, user, seat))
        self._late_bell.set()

    async def write_late(self) -> None:
        """Write what was kept for later, for ever."""
        while True:
            await self._late_bell.wait()
            self._late_bell.clear()
            while self._late:
                batch = tuple(self._late)
                try:
                    entries = await self.journal.append(batch)
                except StorageError:
                    await asyncio.sleep(self._retry_s)
                    continue
                del self._late[: len(batch)]
                for entry in entries:
                    self._bus.publish(entry)

    def _drafts(self, commands: Iterable[CommandRecord]) -> list[Draft]:
        drafts = []
        for command in commands:
            drafts.append(self._draft(CommandEvent(command=command), command.issuer, command.seat))
            drafts += self._ledger.drafts(command)
        return drafts

    def _draft(self, event: Event, user: str, seat: str) -> Draft:
        return Draft(user=user, seat=seat, at_ms=self.clock.now_ms(), event=event)
