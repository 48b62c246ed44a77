"""Reasons half typed: kept by what they are for, until sent: through Esc, a refusal, a crash."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from console.panels.acting.proposal import Proposal, Stage
from console.state.drafts import Drafts
from console.state.listeners import Unsubscribe


class Desk(Protocol):
    """Where wishes are; see :class:`console.panels.acting.desk.CommandDesk`."""

    @property
    def proposals(self) -> tuple[Proposal, ...]: ...
    def write(
        self, key: str, *, reason: str | None = None, hold_s: float | None = None
    ) -> None: ...
    def subscribe(self, callback: Callable[[], None], /) -> Unsubscribe: ...


class KeptReasons:
    """Give a wish the reason that was typed when the same one was proposed before and never sent.

    Args:
        desk: followed until :meth:`close`.
        drafts: where they are kept.
    """

    def __init__(self, desk: Desk, drafts: Drafts) -> None:
        self._desk = desk
        self._drafts = drafts
        self._seen: dict[str, str] = {}
        """By wish: its reason as it was last seen."""
        self._end = desk.subscribe(self._follow)

    def close(self) -> None:
        """Follow the desk no longer."""
        self._end()

    def _follow(self) -> None:
        proposals = self._desk.proposals
        before, self._seen = self._seen, {one.key: one.reason for one in proposals}
        for proposal in proposals:
            title, known = proposal.intent.title, before.get(proposal.key)
            if known is None:
                kept = self._drafts.get(title)
                if kept:
                    self._desk.write(proposal.key, reason=kept)
            elif proposal.stage in (Stage.CHECKING, Stage.READY):
                if proposal.reason != known:
                    self._drafts.set(title, proposal.reason)
            elif proposal.stage not in (Stage.WAITING, Stage.GONE) and (
                self._drafts.get(title) == proposal.reason
            ):
                self._drafts.set(title, "")  # it went: it stands in the journal
