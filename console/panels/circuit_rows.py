"""Rows and shares of the circuits panel: pure, from the plan and what was said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backend_bridge.contract.circuits import (
    UNSAID,
    Circuit,
    CircuitLook,
    CircuitMark,
    CircuitRecord,
    due_again_s,
    look_of,
)
from console.panels.formats import DASH, NBSP
from console.panels.listing import Row, Swatch, Text
from console.panels.wording import Words

_SAME_NIGHT_MS = 12 * 3_600_000

TREATED_LOOKS = frozenset({CircuitLook.FRESH, CircuitLook.AGEING})
"""What counts as done: a treatment that holds."""
_URGENT = (CircuitLook.DUE_AGAIN, CircuitLook.BLOCKED, CircuitLook.SNOWED_OVER)


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a priority's streets is treated now, of all of it: that is the aim."""

    priority: str
    fraction: float
    text: str


def circuit_row(
    circuit: Circuit, mark: CircuitMark | None, words: Words, now_ms: int, *, opens: bool
) -> Row:
    """Return a circuit's row as of ``now_ms``; ``opens`` when it is the first of its priority."""
    said = UNSAID if mark is None else mark.said
    look = look_of(said, circuit.priority, now_ms)
    state = words.text(f"circuit.look.{look.value}")
    since = _time(words, said.at_ms, now_ms) if said.by else DASH
    due = due_again(words, circuit, said, now_ms)
    by = words.person(said.by, said.seat) if said.by else ""
    km = kilometres(words, circuit.length_m)
    parts = [circuit.id, circuit.name, f"S{circuit.priority}", state]
    parts += [said.reason] if said.reason else []
    parts += [words.text("circuit.since_by", since=since, by=by)] if said.by else []
    parts += [due_text(words, look, due)] if due else []
    parts += [f"{km}{NBSP}km"]
    cells = (
        Swatch(look.value, state, bold=look in _URGENT),
        Text(f"S{circuit.priority}"),
        Text(circuit.id),
        Text(circuit.name),
        Text(", ".join(circuit.streets), quiet=True),
        Text(since),
        Text(due, bold=look is CircuitLook.DUE_AGAIN),
        Text(by or DASH),
        Text(km),
    )
    return Row(circuit.id, cells, " · ".join(parts), opens=opens)


def due_again(words: Words, circuit: Circuit, said: CircuitRecord, now_ms: int) -> str:
    """Return when a treatment stops holding, empty where there is none."""
    look = look_of(said, circuit.priority, now_ms)
    if look not in (CircuitLook.FRESH, CircuitLook.AGEING, CircuitLook.DUE_AGAIN):
        return ""
    due_ms = said.at_ms + round(due_again_s(circuit.priority) * 1000)
    return _time(words, due_ms, now_ms)


def _time(words: Words, ms: int, now_ms: int) -> str:
    """Return the time of day; with its date only where the night would not tell which day."""
    near = abs(ms - now_ms) < _SAME_NIGHT_MS
    return words.formats.minute(ms) if near else words.formats.deadline(ms, now_ms)


def due_text(words: Words, look: str, due: str) -> str:
    """Return « à refaire à 09:20 », or since when it is."""
    late = look == CircuitLook.DUE_AGAIN
    return words.text("circuit.due_since" if late else "circuit.due_at", time=due)


def haystack(circuit: Circuit) -> str:
    """Return everything planned a filter may find a circuit by; its state comes beside it."""
    parts = (circuit.id, f"S{circuit.priority}", circuit.name)
    return " ".join((*parts, *circuit.communes, *circuit.streets)).casefold()


def shares(
    circuits: Sequence[Circuit], looks: Iterable[CircuitLook], words: Words
) -> tuple[Share, ...]:
    """Return the treated part of each priority's metres, most urgent first."""
    total: dict[int, float] = {}
    done: dict[int, float] = {}
    for circuit, look in zip(circuits, looks, strict=True):
        total[circuit.priority] = total.get(circuit.priority, 0.0) + circuit.length_m
        if look in TREATED_LOOKS:
            done[circuit.priority] = done.get(circuit.priority, 0.0) + circuit.length_m
    return tuple(
        _share(priority, done.get(priority, 0.0), total[priority], words)
        for priority in sorted(total)
    )


def _share(priority: int, done_m: float, total_m: float, words: Words) -> Share:
    fraction = done_m / total_m if total_m else 0.0
    # rounded down: 100 % is said of all, and of nothing less
    percent = int(fraction * 100)
    text = words.text(
        "circuit.share",
        percent=words.formats.number(percent),
        done=kilometres(words, done_m),
        total=kilometres(words, total_m),
    )
    return Share(f"S{priority}", fraction, text)


def kilometres(words: Words, metres: float) -> str:
    """Return metres as kilometres with one decimal."""
    return words.formats.number(metres / 1000, 1)
