"""Equipment counted by quality: each once, by its point that may be trusted least."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from backend_bridge.contract.quality import Quality

TRUST = (Quality.GOOD, Quality.STALE, Quality.BAD, Quality.UNKNOWN, Quality.UNAVAILABLE)
"""From what may be trusted most to what may be trusted least."""
TRUST_RANK = {quality: rank for rank, quality in enumerate(TRUST)}
NOBODY = -1
"""Owner of an index that no visible equipment has."""

_BITS = 16
_WIDTH = len(TRUST)
_UNHEARD = TRUST_RANK[Quality.UNKNOWN]
_UNITS = [1 << (_BITS * TRUST_RANK[quality]) for quality in Quality]


class Distrusted:
    """Hold what was not good at one moment, to be walked in as many turns as it takes.

    Attributes:
        numbers: of the equipment, in no order.
    """

    def __init__(self, numbers: list[int], held: list[int]) -> None:
        self.numbers = numbers
        self._held = held

    def __len__(self) -> int:
        return len(self.numbers)

    def part(self, first: int, count: int) -> list[tuple[int, int]]:
        """Return (number, rank in :data:`TRUST`) of ``count`` pieces from the ``first`` on."""
        held = self._held
        return [
            (number, (held[number].bit_length() - 1) // _BITS)
            for number in self.numbers[first : first + count]
        ]


class QualityTally:
    """Count equipment by its worst point; one change of quality costs two additions.

    An operator counts cabinets and lamps, not their registers: a lost cabinet of 76 lamps is 81
    pieces of equipment (itself, its feeders, its lamps), whatever the number of points behind them.
    The rank is the map's, so that the strip and the picture never disagree.

    Groups of equipment are counted along, so that a cut of a whole city is read in no time.

    Each equipment holds one whole number of five 16-bit counters, best quality lowest: the worst
    quality present is its highest counter that is not zero, read from the number's length.
    """

    def __init__(self) -> None:
        self.counts: list[int] = [0] * len(Quality)
        self._owner_of: Sequence[int] = ()
        self._held: list[int] = []
        self._distrusted: set[int] = set()
        self._group_of: Sequence[int] = ()
        self._grouped: list[int] = []

    def reset(self, owner_of: Sequence[int], group_of: Sequence[int] = ()) -> None:
        """Start with every point unknown.

        Args:
            owner_of: point index → number of its equipment from 0, :data:`NOBODY` for none.
            group_of: number of an equipment → its group; shorter when the rest has none.
        """
        self._owner_of = owner_of
        self._held = [0] * (max(owner_of, default=NOBODY) + 1)
        unknown = _UNITS[Quality.UNKNOWN]
        held = self._held
        for owner, points in Counter(owner_of).items():
            if owner >= 0:
                held[owner] = points * unknown
        self.counts = [0] * len(Quality)
        self._distrusted = {number for number, points in enumerate(held) if points}
        self.counts[Quality.UNKNOWN] = len(self._distrusted)
        counted = [number for number in range(len(group_of)) if number in self._distrusted]
        self._group_of = group_of
        self._grouped = [0] * (_WIDTH * (max(group_of, default=NOBODY) + 1))
        for number in counted:
            self._grouped[group_of[number] * _WIDTH + _UNHEARD] += 1

    def of_group(self, group: int) -> list[int]:
        """Return how many pieces of a group have each quality, in the order of :data:`TRUST`."""
        return self._grouped[group * _WIDTH : (group + 1) * _WIDTH]

    def distrusted(self) -> Distrusted:
        """Return all that is not good, as it is now; a copy: 351,000 pieces take 5 ms."""
        return Distrusted(list(self._distrusted), self._held.copy())

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
            if owner < len(self._group_of):
                first = self._group_of[owner] * _WIDTH
                self._grouped[first + was_worst] -= 1
                self._grouped[first + is_worst] += 1
            if not is_worst:
                self._distrusted.discard(owner)
            elif not was_worst:
                self._distrusted.add(owner)
