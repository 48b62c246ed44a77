"""What an act asks before it is done: some lines of text, and for how long; free of Qt."""

from __future__ import annotations

from dataclasses import dataclass

from console.panels.wording import Words

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S
FOR_EVER = "for_ever"
"""Choice of an act that somebody must end."""
NOW = "now"
"""The only choice of an act that has no length."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line to be typed; ``key`` names it, none may stay empty."""

    key: str
    label: str


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
    formats = words.formats
    return tuple(
        Choice(
            f"{span_s:.0f}",
            f"{formats.duration(span_s)} · {_end(words, now_ms + round(span_s * 1000), now_ms)}",
        )
        for span_s in spans_s
    )


def end_ms(choice: str, now_ms: int) -> int | None:
    """Return when a choice ends (UTC ms), ``None`` for one without an end."""
    return None if choice in (FOR_EVER, NOW) else now_ms + round(float(choice) * 1000)


def _end(words: Words, ends_ms: int, now_ms: int) -> str:
    return words.formats.moment(ends_ms, now_ms)
