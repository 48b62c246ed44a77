"""What a faceplate shows, as finished texts and plain facts; pure functions of the world."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from backend_bridge.contract.alarms import AlarmState, Severity
from backend_bridge.contract.commands import CommandOutcome, CommandRecord
from backend_bridge.contract.points import Equipment, PointDef, Scalar, WayBack
from backend_bridge.contract.quality import Quality, ServiceState
from console.panels.equipment_texts import place as place_of
from console.panels.equipment_texts import service_text
from console.panels.faceplate.options import key_of
from console.panels.faceplate.scales import Scale
from console.panels.faceplate.targets import Chosen
from console.panels.rows import Action, Fact, ValueText
from console.panels.safety.zones import zone_over
from console.panels.values import headline, ratio, value_text, value_word
from console.panels.wording import Words, kind_icon
from console.state.world import World

BOXES = 120
"""Targets drawn one by one; of more, those that ask for a look are drawn and all are counted."""
CALM = ("verified", "programme")
"""States of a box that ask for nothing, last where not all are drawn."""


@dataclass(frozen=True, slots=True)
class Level:
    """A value along its range, 0 to 1; ``None`` where it may not be believed or was not asked.

    Attributes:
        quality: quality word of the reported value.
        marks: what stands on the scale, from its low end to its high end.
    """

    reported: float | None
    commanded: float | None
    quality: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """A bollard: how far it is up, 0 to 1, and what is known of the loop before it.

    ``loop`` is ``free``, ``occupied`` or ``possible``; ``words`` says it, ``state`` the bollard.
    """

    up: float | None
    commanded: float | None
    loop: str
    words: str
    state: str
    quality: str


@dataclass(frozen=True, slots=True)
class Box:
    """One target among many.

    ``state`` is ``verified``, ``differs``, ``waiting``, ``hands`` where technicians have theirs in
    it, or a quality word.
    """

    state: str
    said: str


@dataclass(frozen=True, slots=True)
class Held:
    """The override that holds what is shown; ``id`` undoes it, empty when there are several.

    ``reason`` is why this person cannot give it back now, empty when he can.
    """

    id: str
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Face:
    """One faceplate.

    Attributes:
        outcome: of the latest command of the point, ``None`` without one; ``fate`` says it.
        boxes: of many, one each; ``boxes_text`` counts them.
        options: what may be asked for; one that would be refused carries its reason.
        refusals: the reasons, each once, for whoever does not point at a button.
        offered: heading of the options; ``ways`` are the acts that touch no field.
        works: what may be declared of one equipment: technicians at work, in maintenance, disabled.
    """

    icon: str
    code: str
    title: str
    place: str
    severity: Severity | None
    alarm_state: AlarmState | None
    value: ValueText | None
    value_label: str
    outcome: CommandOutcome | None
    read: bool
    fate: str
    level: Level | None
    post: Post | None
    scales: tuple[Scale, ...]
    boxes: tuple[Box, ...]
    boxes_text: str
    facts: tuple[Fact, ...]
    held: Held | None
    offered: str
    options: tuple[Action, ...]
    refusals: tuple[str, ...]
    ways: tuple[Action, ...]
    works: tuple[Action, ...]


def level_of(world: World, words: Words, item: Equipment, point: PointDef) -> Level | None:
    """Return the bar of a point that has a range, ``None`` for others.

    What is out of service shows that, and no value: nobody answers for it.
    """
    if point.low is None or point.high is None:
        return None
    index = index_of(world, item, point.key)
    quality = world.quality(index)
    command = world.commands.get((item.id, point.key))
    override = world.acting.override_of(item.id, point.key)
    asked = None if override is None and command is None else _asked(world, item, point)
    trusted = quality in (Quality.GOOD, Quality.STALE)
    value = world.points.state[index].value
    steps = [point.low + (point.high - point.low) * n / 4 for n in range(5)]
    formats = words.formats
    marks = (
        *(formats.scalar(one, point) for one in steps[:-1]),
        formats.with_unit(steps[-1], point),
    )
    service = world.service_state(item.id)
    out = service is not ServiceState.IN_SERVICE
    return Level(
        reported=ratio(value, point) if trusted and not out else None,
        commanded=None if asked is None else ratio(asked, point),
        quality=service.value if out else quality.word,
        marks=marks,
    )


def _asked(world: World, item: Equipment, point: PointDef) -> Scalar:
    override = world.acting.override_of(item.id, point.key)
    if override is not None:
        return override.value
    command = world.commands.get((item.id, point.key))
    return None if command is None or command.outcome.final else command.value


def post_of(world: World, words: Words, item: Equipment) -> Post | None:
    """Return how a bollard stands, ``None`` for anything else."""
    if item.kind != "bollard":
        return None
    points = {definition.key: index for index, definition in world.equipment.points_of(item.id)}
    if not {"position", "commanded", "loop_occupied"} <= points.keys():
        return None
    index = points["position"]
    quality = world.quality(index)
    position = world.points.state[index].value
    service = world.service_state(item.id)
    in_service = service is ServiceState.IN_SERVICE
    believed = in_service and quality in (Quality.GOOD, Quality.STALE)
    trusted = believed and isinstance(position, int | float)
    wanted = world.points.state[points["commanded"]].value
    loop = points["loop_occupied"]
    occupied = world.points.state[loop].value
    known = world.quality(loop) is Quality.GOOD and isinstance(occupied, bool)
    state = "possible" if not known else "occupied" if occupied else "free"
    return Post(
        up=float(position) / 100 if trusted and isinstance(position, int | float) else None,
        commanded=float(wanted) / 100 if isinstance(wanted, int | float) else None,
        loop=state,
        words=words.text(f"faceplate.loop.{state}"),
        state=headline(world, words, item),
        quality=quality.word if in_service else service.value,
    )


def boxes_of(world: World, words: Words, chosen: Chosen) -> tuple[tuple[Box, ...], str]:
    """Return the targets one by one, and how many are in which state, in words."""
    point = chosen.point
    if point is None or len(chosen.items) < 2:
        return (), ""
    states = [(_box_state(world, item, point), item.id) for item in chosen.items]
    counts = Counter(state for state, _ in states)
    if len(states) > BOXES:
        states.sort(key=lambda pair: CALM.index(pair[0]) + 1 if pair[0] in CALM else 0)
    boxes = [
        Box(state, f"{item_id} {words.text(f'faceplate.box.{state}')}")
        for state, item_id in states[:BOXES]
    ]
    said = [words.plural(f"faceplate.boxes.{state}", count) for state, count in counts.items()]
    return tuple(boxes), " · ".join(said)


def _box_state(world: World, item: Equipment, point: PointDef) -> str:
    if world.service_state(item.id) is not ServiceState.IN_SERVICE:
        return world.service_state(item.id).value
    if zone_over(world, item) is not None:
        return "hands"
    command = world.commands.get((item.id, point.key))
    if command is not None:
        match command.outcome:
            case CommandOutcome.UNKNOWN if command.to_check:
                return "unknown_fate"
            case CommandOutcome.FAILED:
                return "differs"
            case CommandOutcome.ACCEPTED | CommandOutcome.SENT:
                return "waiting"
            case _:
                pass
    quality = world.quality(index_of(world, item, point.key))
    if quality is not Quality.GOOD:
        return quality.word
    held = world.acting.override_of(item.id, point.key)
    return "programme" if held is None else "verified" if held.verified else "unknown_fate"


def facts_of(world: World, words: Words, item: Equipment, leave: Sequence[str]) -> tuple[Fact, ...]:
    """Return the other points of an equipment, each with its age or what is wrong with it."""
    found = []
    if item.number:
        found.append(Fact(words.text("faceplate.number"), str(item.number)))
    for index, definition in world.equipment.points_of(item.id):
        if definition.key in leave:
            continue
        value = value_text(world, words, item, index, definition)
        note = " · ".join(part for part in (value.quality_word, value.note, value.age) if part)
        written = words.formats.bound(value.text, value.unit)
        label = words.point(item.kind, definition.key)
        found.append(Fact(label, written, note, value.quality))
    service = service_text(world, words, item.id)
    if service:
        found.append(Fact(words.text("faceplate.service"), service))
    return tuple(found)


def held_of(world: World, words: Words, chosen: Chosen, reason: str) -> Held | None:
    """Return what holds the chosen ones, ``None`` when their programmes decide.

    ``reason`` is why it cannot be given back, empty when it can.
    """
    point = chosen.point
    if point is None:
        return None
    found = [
        override
        for item in chosen.items
        if (override := world.acting.override_of(item.id, point.key)) is not None
    ]
    if not found:
        return None
    first = min(found, key=lambda one: one.until_ms)
    time = words.formats.moment(first.until_ms, world.bridge_now_ms())
    who = words.person(first.owner, first.seat)
    if len(chosen.items) == 1:
        value = written(words, chosen.items[0], point, first.value)
        said = words.text("faceplate.held", value=value, time=time, who=who, reason=first.reason)
        return Held(first.id, said, reason)
    return Held("", words.plural("faceplate.held_some", len(found), time=time, who=who), reason)


def written(words: Words, item: Equipment, point: PointDef, value: Scalar) -> str:
    """Return a value as it is said: its own word, else with its unit."""
    if value is None:
        return words.text("acting.programme")
    if isinstance(value, bool):
        return value_word(words, item.kind, point, value)
    named = words.known(f"value.{item.kind}.{point.key}.{value}")
    return named or words.formats.with_unit(value, point)


def index_of(world: World, item: Equipment, point_key: str) -> int:
    """Return the index of an equipment's point.

    Raises:
        KeyError: it has no such point.
    """
    for index, definition in world.equipment.points_of(item.id):
        if definition.key == point_key:
            return index
    raise KeyError(point_key)


def fate_of(words: Words, command: CommandRecord) -> str:
    """Return what became of a command, and why."""
    word = words.text(f"command.{command.outcome.value}")
    if not command.text_key:
        return word
    return f"{word} · {words.text(command.text_key, **command.params)}"


def key_now(world: World, item: Equipment, point: PointDef) -> str:
    """Return the key of the value an equipment is asked for now, by people or by nobody."""
    override = world.acting.override_of(item.id, point.key)
    if override is not None:
        return key_of(override.value)
    commanding = point.commanding
    if commanding is not None and commanding.back is WayBack.PROGRAMME:
        return key_of(None)
    index = index_of(world, item, point.key)
    good = world.quality(index) is Quality.GOOD
    return key_of(world.points.state[index].value) if good else ""


def key_of_all(world: World, items: Sequence[Equipment], point: PointDef) -> str:
    """Return the key of the option that holds now for all of some equipment, empty for none."""
    found = {key_now(world, item, point) for item in items}
    return found.pop() if len(found) == 1 else ""


def title_of(world: World, words: Words, chosen: Chosen) -> tuple[str, str, str, str]:
    """Return icon, code, title and place of what is chosen."""
    first = chosen.items[0]
    icon = kind_icon(first.kind)
    if chosen.host is not None:
        count = words.plural(f"kind.{first.kind}.count", len(chosen.items))
        place = _with_left(words, place_of(chosen.host), chosen)
        return kind_icon(chosen.host.kind), chosen.host.id, count, place
    if len(chosen.items) == 1:
        said = headline(world, words, first)
        return icon, first.id, said or first.name, place_of(first)
    count = words.plural(f"kind.{first.kind}.count", len(chosen.items))
    places = {_street(item.place) for item in chosen.items}
    place, *more = sorted(places)
    if more:
        place = words.plural("faceplate.places", len(places))
    return icon, "", count, _with_left(words, place, chosen)


def _with_left(words: Words, place: str, chosen: Chosen) -> str:
    """Return a place, and how many of what was chosen no act here touches."""
    parts = [place]
    if chosen.others:
        parts.append(words.plural("faceplate.others", chosen.others))
    if chosen.beyond:
        parts.append(words.plural("faceplate.beyond", chosen.beyond))
    return " · ".join(part for part in parts if part)


def _street(place: str) -> str:
    """Return a place without its house number, which stands first or last."""
    street, comma, last = place.rpartition(",")
    if comma and last.strip()[:1].isdigit():
        return street
    first, _, rest = place.partition(" ")
    return rest if first[:1].isdigit() and rest else place
