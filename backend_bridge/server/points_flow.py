"""The points flow: held pulls, answered together, encoded once for all who may see the same."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from backend_bridge.contract.errors import ErrorCode
from backend_bridge.contract.points import Catalogue, PointChange, SourceHeard
from backend_bridge.contract.rights import Place, allows
from backend_bridge.contract.wire import POINTS_PER_BATCH, PULL_WAIT_S, Message, PullPoints
from backend_bridge.core.points import PointTable, Source
from backend_bridge.security.sessions import Session
from backend_bridge.server.peers import RETRY_S, Peer, Peers, Pull, Sent

_CLASSES_KEPT = 256
_NOBODYS: Place = ("", "")
_encoder = msgspec.msgpack.Encoder()


class _PointsFrame(Message, frozen=True, kw_only=True, tag="points"):
    """Stand for :class:`~backend_bridge.contract.wire.PointsBatch` with its lists encoded."""

    after: int
    upto: int
    head: int
    catalogue: str
    changes: msgspec.Raw
    heard: msgspec.Raw


class _Batch(msgspec.Struct, frozen=True):
    changes: msgspec.Raw
    heard: msgspec.Raw
    upto: int


class Sight:
    """Tell what one class of rights may see of the points and their sources."""

    def __init__(self, rights: frozenset[str], place_of_point: Sequence[Place]) -> None:
        seen = {place: allows(rights, "view", *place) for place in set(place_of_point)}
        # A point no equipment owns is shown to nobody: nothing says who may see it.
        seen[_NOBODYS] = False
        self._mask = bytearray(seen[place] for place in place_of_point)
        self.whole = all(self._mask)
        self._sources: dict[int, tuple[Source, bool]] = {}

    def filter(
        self, changes: list[PointChange], heard: list[SourceHeard], table: PointTable
    ) -> tuple[list[PointChange], list[SourceHeard]]:
        """Return only what this class may see."""
        if self.whole:
            return changes, heard
        mask = self._mask
        return (
            [change for change in changes if mask[change.index]],
            [item for item in heard if self._sees_source(table.source(item.source))],
        )

    def _sees_source(self, source: Source) -> bool:
        known = self._sources.get(source.number)
        if known is None or known[0] is not source:
            known = (source, any(self._mask[point] for point in source.points))
            self._sources[source.number] = known
        return known[1]


class PointsFlow:
    """Answer points pulls: at once when far behind, otherwise together at each tick."""

    def __init__(self, peers: Peers, table: PointTable, catalogue: Catalogue) -> None:
        self._peers = peers
        self._table = table
        self._catalogue = catalogue.revision
        self._place_of_point = _places(catalogue, len(table))
        self._sights: dict[frozenset[str], Sight] = {}
        self._batches: dict[tuple[int, frozenset[str]], _Batch] = {}
        self._batches_head = -1

    def pull(self, peer: Peer, session: Session, message: PullPoints) -> None:
        """Take a pull: answer now if much waits, hold it otherwise."""
        if peer.points is not None:
            self._peers.fail(peer, message.id, ErrorCode.CONFLICT, "error.pull.outstanding")
            return
        if not 0 <= message.after <= self._table.head:
            self._peers.fail(
                peer,
                message.id,
                ErrorCode.BAD_REQUEST,
                "error.pull.after",
                {"after": message.after, "head": self._table.head},
            )
            return
        peer.points = Pull(message.id, message.after, self._peers.clock.mono_s())
        if message.after < self._table.head and (message.after == 0 or peer.behind):
            self._answer(peer, session, peer.points)

    def tick(self, mono_s: float) -> None:
        """Answer every held pull that has something to hear or has waited long enough."""
        head = self._table.head
        for peer, session in self._peers.signed_in():
            pull = peer.points
            if pull is None or mono_s < pull.not_before_mono_s:
                continue
            if pull.after < head or mono_s - pull.since_mono_s >= PULL_WAIT_S:
                self._answer(peer, session, pull)

    def _answer(self, peer: Peer, session: Session, pull: Pull) -> None:
        batch = self._batch(pull.after, session.caller.rights)
        number, epoch, utc_ms = self._peers.header(pull.id)
        frame = _encoder.encode(
            _PointsFrame(
                id=number,
                epoch=epoch,
                utc_ms=utc_ms,
                after=pull.after,
                upto=batch.upto,
                head=self._table.head,
                catalogue=self._catalogue,
                changes=batch.changes,
                heard=batch.heard,
            )
        )
        sent = self._peers.send_state(peer, session, frame)
        if sent is Sent.FULL:
            pull.not_before_mono_s = self._peers.clock.mono_s() + RETRY_S
        elif sent is Sent.OK:
            peer.points = None
            peer.behind = batch.upto < self._table.head
            self._peers.counters.points_batches += 1

    def _batch(self, after: int, rights: frozenset[str]) -> _Batch:
        if self._batches_head != self._table.head:
            self._batches.clear()
            self._batches_head = self._table.head
        key = (after, rights)
        batch = self._batches.get(key)
        if batch is None:
            changes, heard, upto = self._table.changes_since(after, POINTS_PER_BATCH)
            changes, heard = self._sight(rights).filter(changes, heard, self._table)
            batch = _Batch(
                msgspec.Raw(_encoder.encode(changes)), msgspec.Raw(_encoder.encode(heard)), upto
            )
            self._batches[key] = batch
            self._peers.counters.points_encodings += 1
        return batch

    def _sight(self, rights: frozenset[str]) -> Sight:
        sight = self._sights.get(rights)
        if sight is None:
            if len(self._sights) >= _CLASSES_KEPT:
                self._sights.clear()
            sight = self._sights[rights] = Sight(rights, self._place_of_point)
        return sight


def _places(catalogue: Catalogue, size: int) -> list[Place]:
    """Return kind and sector of every point index, ``_NOBODYS`` where no equipment owns it."""
    counts = {kind.key: len(kind.points) for kind in catalogue.kinds}
    known: dict[Place, Place] = {}
    found = [_NOBODYS] * size
    for item in catalogue.equipment:
        # one tuple for all that stand alike: a city has a hundred places and 200,000 points
        place = known.setdefault((item.kind, item.sector), (item.kind, item.sector))
        for index in range(item.first_point, item.first_point + counts[item.kind]):
            found[index] = place
    return found
