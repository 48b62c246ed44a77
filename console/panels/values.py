"""A point's value as it may be shown: never a number that nobody vouches for."""

from __future__ import annotations

from backend_bridge.contract.points import Equipment, PointDef, Scalar
from backend_bridge.contract.quality import Quality, ServiceState
from console.panels.formats import DASH
from console.panels.rows import ValueText
from console.panels.wording import Words
from console.state.world import World


def value_word(words: Words, kind: str, definition: PointDef, value: Scalar) -> str:
    """Return a value without its unit; booleans, and numbers that count nothing, as words."""
    if isinstance(value, bool):
        state = "true" if value else "false"
        return words.first(f"value.{kind}.{definition.key}.{state}", f"value.{state}")
    if isinstance(value, int) and not definition.unit:
        named = words.known(f"value.{kind}.{definition.key}.{value}")
        if named:
            return named
    return words.formats.scalar(value, definition)


def value_text(
    world: World, words: Words, item: Equipment, index: int, definition: PointDef
) -> ValueText:
    """Return the value of one point with its quality, note and age."""
    change = world.points.state[index]
    quality = world.quality(index)
    age_s = world.age_s(index)
    formats = words.formats
    text, unit = value_word(words, item.kind, definition, change.value), definition.unit
    note = ""
    match quality:
        case Quality.UNKNOWN:
            text, unit = "?", ""
            note = words.text("quality.unknown.note")
        case Quality.UNAVAILABLE:
            text, unit = DASH, ""
            lost = formats.moment(change.changed_ms, world.bridge_now_ms())
            note = words.text("quality.unavailable.note", time=lost)
        case Quality.BAD:
            note = words.text("quality.bad.note")
        case Quality.STALE:
            note = words.text(
                "quality.stale.note",
                age=DASH if age_s is None else formats.age(age_s),
                allowed=formats.age(definition.allowed_age_s),
            )
        case Quality.GOOD:
            pass
    if change.value is None and quality is not Quality.UNAVAILABLE:
        text, unit = "?", ""
    if world.service_state(item.id) is not ServiceState.IN_SERVICE:
        text, unit = DASH, ""
    return ValueText(
        text=text,
        unit=unit,
        quality=quality,
        quality_word="" if quality is Quality.GOOD else words.text(f"quality.{quality.word}"),
        note=note,
        age="" if age_s is None else formats.age(age_s),
        age_fraction=None if age_s is None else age_s / definition.allowed_age_s,
    )


def headline(world: World, words: Words, item: Equipment) -> str:
    """Return in a few words what an equipment does now, from its main point.

    Of one out of service nobody vouches for what it says: the service state is what is said.
    """
    service = world.service_state(item.id)
    if service is not ServiceState.IN_SERVICE:
        return words.text(f"service.{service.value}")
    main = world.equipment.main_point(item.id)
    if main is None:
        return ""
    index, definition = main
    quality = world.quality(index)
    if quality in (Quality.UNKNOWN, Quality.UNAVAILABLE, Quality.BAD):
        return words.first(f"headline.{item.kind}.{quality.word}", f"headline.{quality.word}")
    value = world.points.value(index)
    written = words.formats.with_unit(value, definition)
    if isinstance(value, bool):
        written = value_word(words, item.kind, definition, value)
        said = words.known(f"headline.{item.kind}.{'true' if value else 'false'}")
    elif isinstance(value, int | float) and value == definition.low:
        said = words.known(f"headline.{item.kind}.low", value=written)
    elif isinstance(value, int | float) and value == definition.high:
        said = words.known(f"headline.{item.kind}.high", value=written)
    else:
        said = words.known(f"headline.{item.kind}.value", value=written)
    said = said or f"{words.point(item.kind, definition.key)} {written}"
    return words.text("headline.stale", said=said) if quality is Quality.STALE else said


def ratio(value: Scalar, definition: PointDef) -> float | None:
    """Return where a value stands between its point's limits, 0 to 1; ``None`` without meaning."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if definition.low is None or definition.high is None or definition.high <= definition.low:
        return None
    return min(1.0, max(0.0, (value - definition.low) / (definition.high - definition.low)))
