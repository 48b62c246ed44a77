"""What is said of one equipment: its row and its points; pure functions of the world."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from backend_bridge.contract.points import Equipment, PointDef
from backend_bridge.contract.quality import Quality, ServiceState
from console.panels.rows import ChildCount, EquipmentRow, Link, PointRow
from console.panels.values import ratio, value_text, value_word
from console.panels.wording import Words, kind_icon
from console.state.world import World

NO_MAIN_POINT = Quality.UNKNOWN


def equipment_row(world: World, words: Words, item: Equipment) -> EquipmentRow:
    """Return one row of the list."""
    main = world.equipment.main_point(item.id)
    value = None if main is None else value_text(world, words, item, *main)
    worst = world.alarms.worst(item.id)
    service = world.service_state(item.id)
    quality = "" if value is None else " · ".join(filter(None, (value.quality_word, value.note)))
    first = f"{item.id} · {words.kind(item.kind)} · {place(item)}"
    return EquipmentRow(
        id=item.id,
        kind=item.kind,
        icon=kind_icon(item.kind),
        title=item.id,
        name=bare_name(item),
        place=item.place,
        value=value,
        severity=None if worst is None else worst.severity,
        alarm_state=None if worst is None else worst.state,
        service=service,
        service_word=service_word(words, service),
        children=world.equipment.child_count(item.id),
        tooltip="\n".join(filter(None, (first, quality, service_text(world, words, item.id)))),
    )


def bare_name(item: Equipment) -> str:
    """Return the name without what stands beside it anyway: the id before, the street after.

    « Armoire EP-0305 » is « Armoire »; « Lampe 01, rue Mably » at 3 rue Mably is « Lampe 01 ».
    """
    name = item.name.replace(item.id, "").strip(" ,·-")
    head, comma, street = name.rpartition(",")
    return head if comma and street.strip().casefold() in item.place.casefold() else name


def place(item: Equipment) -> str:
    """Return address, commune and sector."""
    return " · ".join(part for part in (item.place, item.commune, item.sector) if part)


def service_word(words: Words, service: ServiceState) -> str:
    """Return the service state in a word, empty while in service."""
    return "" if service is ServiceState.IN_SERVICE else words.text(f"service.{service.value}")


def service_text(world: World, words: Words, equipment_id: str) -> str:
    """Return who took it out of service, why and until when; empty while in service."""
    mark = world.service.get(equipment_id)
    if mark is None or mark.state is ServiceState.IN_SERVICE:
        return ""
    now_ms = world.bridge_now_ms()
    params = {
        "by": mark.by,
        "reason": mark.reason,
        "since": words.formats.moment(mark.since_ms, now_ms),
    }
    if mark.until_ms is None:
        return words.text(f"service.{mark.state.value}.by", **params)
    until = words.formats.deadline(mark.until_ms, now_ms)
    return words.text(f"service.{mark.state.value}.until", until=until, **params)


def point_row(
    world: World, words: Words, item: Equipment, index: int, definition: PointDef
) -> PointRow:
    """Return one point with what was commanded and what was read back."""
    change = world.points.state[index]
    command = world.commands.get((item.id, definition.key))
    commanded = reported = outcome_word = ""
    commanded_ratio = None
    if command is not None:
        commanded = _written(words, item, definition, command.value)
        commanded_ratio = ratio(command.value, definition)
        if command.reported is not None:
            reported = _written(words, item, definition, command.reported)
        outcome_word = words.text(f"command.{command.outcome.value}")
    changed_ms = change.changed_ms
    shown = world.quality(index) in (Quality.GOOD, Quality.STALE)
    return PointRow(
        key=definition.key,
        label=words.point(item.kind, definition.key),
        value=value_text(world, words, item, index, definition),
        allowed_age=words.formats.age(definition.allowed_age_s),
        changed=words.formats.moment(changed_ms, world.bridge_now_ms()) if changed_ms else "",
        commanded=commanded,
        reported=reported,
        outcome=None if command is None else command.outcome,
        outcome_word=outcome_word,
        ratio=ratio(change.value, definition) if shown else None,
        commanded_ratio=commanded_ratio,
    )


def child_counts(world: World, words: Words, children: Iterable[str]) -> tuple[ChildCount, ...]:
    """Return how many of each kind hang below, and the quality of their main points."""
    kinds: dict[str, Counter[Quality]] = {}
    for child in children:
        item = world.equipment.by_id[child]
        main = world.equipment.main_point(child)
        quality = NO_MAIN_POINT if main is None else world.quality(main[0])
        kinds.setdefault(item.kind, Counter())[quality] += 1
    return tuple(
        ChildCount(
            kind=kind,
            icon=kind_icon(kind),
            label=words.plural(f"kind.{kind}.count", counts.total()),
            total=counts.total(),
            by_quality=tuple(
                (
                    quality,
                    words.plural(f"quality.{quality.word}.count", counts[quality]),
                    counts[quality],
                )
                for quality in Quality
                if counts[quality]
            ),
        )
        for kind, counts in kinds.items()
    )


def parents(world: World, words: Words, equipment_id: str) -> tuple[Link, ...]:
    """Return the ways up, from the root."""
    return tuple(
        Link(key, f"{words.kind(world.equipment.by_id[key].kind)} {key}")
        for key in world.equipment.path(equipment_id)[:-1]
    )


def _written(words: Words, item: Equipment, definition: PointDef, value: object) -> str:
    if isinstance(value, bool):
        return value_word(words, item.kind, definition, value)
    if isinstance(value, int | float | str):
        return words.formats.with_unit(value, definition)
    return "?"
