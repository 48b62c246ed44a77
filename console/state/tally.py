"""Equipment counted by quality: each once, by its point that may be trusted least."""

from __future__ import annotations

from collections.abc import Sequence

from backend_bridge.contract.quality import Quality

TRUST = (Quality.GOOD, Quality.STALE, Quality.BAD, Quality.UNKNOWN, Quality.UNAVAILABLE)
"""From what may be trusted most to what may be trusted least."""
TRUST_RANK = {quality: rank for rank, quality in enumerate(TRUST)}
NOBODY = -1
"""Owner of an index that no visible equipment has."""

_BITS = 16
_UNITS = [1 << (_BITS * TRUST_RANK[quality]) for quality in Quality]


class QualityTally:
    """Count equipment by its worst point; one change of quality costs two additions.

    An operator counts cabinets and lamps, not their registers: a lost cabinet of 76 lamps is 81
    pieces of equipment (itself, its feeders, its lamps), whatever the number of points behind them.
    The rank is the map's, so that the strip and the picture never disagree.

    Each equipment holds one whole number of five 16-bit counters, best quality lowest: the worst
    quality present is its highest counter that is not zero, read from the number's length.
    """

    def __init__(self) -> None:
        self.counts: list[int] = [0] * len(Quality)
        self._owner_of: Sequence[int] = ()
        self._held: list[int] = []
        self._distrusted: set[int] = set()

    def reset(self, owner_of: Sequence[int]) -> None:
        """Start with every point unknown.

        Args:
            owner_of: point index → number of its equipment from 0, :data:`NOBODY` for none.
        """
        self._owner_of = owner_of
        self._held = [0] * (max(owner_of, default=NOBODY) + 1)
        unknown = _UNITS[Quality.UNKNOWN]
        held = self._held
        for owner in owner_of:
            if owner >= 0:
                held[owner] += unknown
        self.counts = [0] * len(Quality)
        self._distrusted = {number for number, points in enumerate(held) if points}
        self.counts[Quality.UNKNOWN] = len(self._distrusted)

    def ranks(self) -> list[int]:
        """Return of every equipment number its rank in :data:`TRUST`; 35,000 take 3 ms."""
        return [max(held.bit_length() - 1, 0) // _BITS for held in self._held]

    def distrusted(self) -> list[tuple[int, int]]:
        """Return (equipment number, rank in :data:`TRUST`) of all that is not good, in no order."""
        held = self._held
        return [(number, (held[number].bit_length() - 1) // _BITS) for number in self._distrusted]

    def move(self, index: int, before: Quality, after: Quality) -> None:
        """Take that a point's quality changed; ``index`` is in range."""
        owner = self._owner_of[index]
        if owner < 0:
            return
        held = self._held[owner]
        now = held + _UNITS[after] - _UNITS[before]
        self._held[owner] = now
        was_worst, is_worst = (held.bit_length() - 1) // _BITS, (now.bit_length() - 1) // _BITS
        if was_worst != is_worst:
            self.counts[TRUST[was_worst]] -= 1
            self.counts[TRUST[is_worst]] += 1
            if not is_worst:
                self._distrusted.discard(owner)
            elif not was_worst:
                self._distrusted.add(owner)
