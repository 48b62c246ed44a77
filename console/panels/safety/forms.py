"""What an act asks before it is done: some lines of text, and for how long; free of Qt."""

from __future__ import annotations

from dataclasses import dataclass

from console.panels.wording import Words

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S
HOUR_ALONE_S = 20 * HOUR_S
"""Seconds within which an hour without a date means one moment only."""
FOR_EVER = "for_ever"
"""Choice of an act that somebody must end."""
NOW = "now"
"""The only choice of an act that has no length."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line to be typed; ``key`` names it, none may stay empty; ``typed`` stood there before."""

    key: str
    label: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One button that gives the form: how long, with the end it would have now."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Form:
    """Everything an act asks for; ``key`` is the act's."""

    key: str
    title: str
    lines: tuple[Line, ...]
    choices: tuple[Choice, ...]


def lasting(words: Words, now_ms: int, spans_s: tuple[float, ...]) -> tuple[Choice, ...]:
    """Return one choice a length, « 4 h · 21:40 »; its key is the seconds."""
    return tuple(
        Choice(
            f"{span_s:.0f}",
            f"{_span(words, span_s)} · {until(words, now_ms + round(span_s * 1000), now_ms)}",
        )
        for span_s in spans_s
    )


def until(words: Words, ends_ms: int, now_ms: int) -> str:
    """Return an end as briefly as nobody can misread it: the hour alone within a round of it."""
    if abs(ends_ms - now_ms) < HOUR_ALONE_S * 1000:
        return words.formats.minute(ends_ms)
    return words.formats.deadline(ends_ms, now_ms)


def end_ms(choice: str, now_ms: int) -> int | None:
    """Return when a choice ends (UTC ms), ``None`` for one without an end."""
    return None if choice in (FOR_EVER, NOW) else now_ms + round(float(choice) * 1000)


def _span(words: Words, span_s: float) -> str:
    if span_s <= DAY_S:
        return words.text("safety.span.hours", count=f"{span_s / HOUR_S:.0f}")
    return words.text("safety.span.days", count=f"{span_s / DAY_S:.0f}")
