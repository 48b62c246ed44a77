"""What was taken, left and changed, and why: counted, and written beside the territory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

EXAMPLES = 3
"""Features named for each reason; the count says how many there are."""


@dataclass(slots=True)
class LayerTally:
    """Count one layer's records. Every record is either taken or left, with one reason.

    Attributes:
        title: file, and layer where there are several.
        how: the evidence for what it was taken for.
        records: records read.
        taken: things made, by target; one record may give several (a building with an address).
        taken_records: records that gave at least one.
        left: records that gave nothing, by reason.
        changed: records taken with a change, by what was changed.
    """

    title: str
    how: str = ""
    records: int = 0
    taken_records: int = 0
    taken: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    examples: dict[str, list[int]] = field(default_factory=dict)

    def leave(self, reason: str, number: int) -> None:
        """Count a record that gave nothing."""
        self.left[reason] += 1
        self._example(reason, number)

    def change(self, what: str, number: int) -> None:
        """Count a record that was taken otherwise than it came."""
        self.changed[what] += 1
        self._example(what, number)

    def untake(self, target: str, reason: str, number: int) -> None:
        """Move a record from taken to left: a later look at the whole city refused it."""
        self.taken[target] -= 1
        self.taken_records -= 1
        self.leave(reason, number)

    def _example(self, reason: str, number: int) -> None:
        numbers = self.examples.setdefault(reason, [])
        if len(numbers) < EXAMPLES:
            numbers.append(number)


@dataclass(slots=True)
class Report:
    """Hold the tallies of all layers and what was left as a whole."""

    layers: list[LayerTally] = field(default_factory=list)
    files_left: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    made: dict[str, int] = field(default_factory=dict)

    @property
    def taken(self) -> Counter[str]:
        """Return what was made of the sources, by target."""
        total: Counter[str] = Counter()
        for layer in self.layers:
            total.update(layer.taken)
        return +total

    @property
    def left(self) -> Counter[str]:
        """Return records left, by reason, over all layers."""
        total: Counter[str] = Counter()
        for layer in self.layers:
            total.update(layer.left)
        return +total

    def as_data(self) -> dict[str, Any]:
        """Return the report as the JSON file holds it."""
        return {
            "taken": dict(self.taken),
            "left": dict(self.left),
            "made": self.made,
            "notes": self.notes,
            "files_left": [{"file": file, "reason": reason} for file, reason in self.files_left],
            "layers": [
                {
                    "layer": layer.title,
                    "taken_for": layer.how,
                    "records": layer.records,
                    "records_taken": layer.taken_records,
                    "taken": dict(+layer.taken),
                    "left": dict(layer.left),
                    "changed": dict(layer.changed),
                    "notes": layer.notes,
                    "examples": layer.examples,
                }
                for layer in self.layers
            ],
        }

    def as_text(self) -> str:
        """Return the report as a person reads it."""
        lines = ["Taken"]
        lines += [f"  {count:8}  {name}" for name, count in sorted(self.taken.items())] or [
            "         nothing"
        ]
        if self.made:
            lines += ["Added", *(f"  {count:8}  {name}" for name, count in self.made.items())]
        lines.append("Layers")
        for layer in self.layers:
            lines += _layer_lines(layer)
        if self.files_left:
            lines += ["Files left", *(f"  {file}: {why}" for file, why in self.files_left)]
        if self.notes:
            lines += ["Notes", *(f"  {note}" for note in self.notes)]
        return "\n".join(lines) + "\n"


def _layer_lines(layer: LayerTally) -> list[str]:
    lines = [f"  {layer.title}: {layer.taken_records} of {layer.records} taken"]
    if layer.how:
        lines.append(f"    by {layer.how}" if layer.taken_records else f"    {layer.how}")
    made = ", ".join(f"{count} {name}" for name, count in (+layer.taken).items())
    if made:
        lines.append(f"    gave {made}")
    lines += [f"    note: {note}" for note in layer.notes]
    for word, counts in (("left", layer.left), ("changed", layer.changed)):
        lines += [
            f"    {word} {count}: {reason}{_numbers(layer.examples.get(reason, ()), count)}"
            for reason, count in counts.most_common()
        ]
    return lines


def _numbers(numbers: Sequence[int], count: int) -> str:
    if not numbers:
        return ""
    more = " …" if count > len(numbers) else ""
    return f" (feature {', '.join(map(str, numbers))}{more})"
