"""Values a point can be asked for: their keys, how long they hold, what somebody types."""

from __future__ import annotations

from backend_bridge.contract.points import PointDef, Scalar, ValueType, WayBack
from console.panels.faceplate.targets import values_of
from console.panels.rows import Action
from console.panels.wording import Words

REFUSALS_SHOWN = 3
"""Reasons written out; each button says its own when it is pressed."""


def key_of(value: Scalar) -> str:
    """Return the key of the option that asks for a value."""
    return "programme" if value is None else str(value).lower()


def value_of(key: str, point: PointDef) -> Scalar:
    """Return the value an option asks for."""
    return next(value for value in values_of(point) if key_of(value) == key)


def home(point: PointDef) -> Scalar:
    """Return what gives a point back: nothing for its programme, or its rest."""
    commanding = point.commanding
    rest = commanding is not None and commanding.back is WayBack.REST
    return commanding.rest if rest and commanding is not None else None


def hold_s(point: PointDef, value: Scalar) -> float | None:
    """Return how long an override of this value lasts, ``None`` when it makes none."""
    commanding = point.commanding
    if commanding is None or commanding.back is WayBack.NONE or value == home(point):
        return None
    return commanding.default_s


def typed(point: PointDef, words: str) -> Scalar:
    """Return a number as somebody types it, ``None`` when it is none the point can hold."""
    try:
        number = float(words.strip().rstrip("%").strip().replace(",", "."))
    except ValueError:
        return None
    inside = (point.low is None or number >= point.low) and (
        point.high is None or number <= point.high
    )
    if not inside:
        return None
    return round(number) if point.value_type is ValueType.INT else number


def refusals_of(words: Words, options: tuple[Action, ...]) -> tuple[str, ...]:
    """Return why options would be refused, each reason once with the options it concerns."""
    by_reason: dict[str, list[str]] = {}
    for option in options:
        if option.reason:
            by_reason.setdefault(option.reason, []).append(option.label)
    if len(by_reason) == 1 and all(option.reason for option in options):
        return tuple(by_reason)
    colon = words.text("acting.colon")
    lines = [f"{', '.join(labels)}{colon}{reason}" for reason, labels in by_reason.items()]
    return tuple(lines[:REFUSALS_SHOWN])
