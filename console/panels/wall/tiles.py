"""What one tile of the wall says: number, name, why it is there, and how its picture is."""

from __future__ import annotations

import math
from dataclasses import dataclass

from backend_bridge.contract.alarms import Severity
from backend_bridge.contract.points import Equipment, ServiceMark
from backend_bridge.contract.quality import ServiceState
from console.panels.spec import StreamFacts
from console.panels.wall.leaves import Leave
from console.panels.wording import Words

RESERVED = "error.stream.reserved"
NO_RIGHT = "error.rights.missing"
SHOWING = ("live", "late")
"""States in which the picture is shown as it is."""


RING_STEPS = 12
"""Parts of the ring of a picture's age that are told apart."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why a camera came onto the wall: for which incident, how bad that is, in words."""

    incident: str
    severity: Severity
    text: str


@dataclass(frozen=True, slots=True)
class TileRow:
    """One tile; texts are finished.

    Attributes:
        camera: empty where nothing stands; so are most other texts then.
        number: short number, three digits.
        why: one or two words after the name, empty for no reason.
        severity: of the incident it is there for.
        state: ``empty``, ``connecting``, ``live``, ``late``, ``frozen``, ``black``, ``lost``,
            ``disabled``, ``maintenance``, ``forbidden``, ``refused`` or ``gone``; ``proposed``
            where a camera is proposed and none stands; ``masked`` while visitors are here.
        word: what is written large, empty while live.
        cause: one line beneath it.
        age: of the picture, as printed in the bar; empty without one.
        locked: it gives way to no other camera by itself.
        late: age by the age at which a picture is late, for the ring, in twelfths: a picture that
            comes in time does not have its bar drawn again; ``None`` without a picture.
        said: all of it, for a screen reader and as a tip.
    """

    slot: int
    camera: str = ""
    number: str = ""
    name: str = ""
    why: str = ""
    severity: Severity | None = None
    state: str = "empty"
    word: str = ""
    cause: str = ""
    age: str = ""
    late: float | None = None
    said: str = ""
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a state's words are made of.

    Attributes:
        item: the camera, ``None`` when this session does not see it.
        since_ms: when this state was first seen, UTC ms.
        now_ms: the bridge's time.
        why: for which incident it came, ``locked`` whether it gives way to none.
    """

    item: Equipment | None
    leave: Leave
    stream: StreamFacts | None
    mark: ServiceMark | None
    since_ms: int
    now_ms: int
    why: Why | None = None
    locked: bool = False


LATE_S = 1.5


def state_of(
    item: Equipment | None,
    leave: Leave,
    stream: StreamFacts | None,
    mark: ServiceMark | None,
    *,
    sees: bool = True,
) -> str:
    """Return how a camera's tile is; the first that holds counts.

    Unknown here, forbidden, out of service, without leave, then how the stream is. Whoever ``sees``
    no cameras at all is told that it is forbidden, not that it does not exist.
    """
    if item is None:
        return "gone" if sees else "forbidden"
    key = "" if leave.error is None or leave.ticket is not None else leave.error.text_key
    if key in (RESERVED, NO_RIGHT):
        return "forbidden"
    if mark is not None and mark.state is not ServiceState.IN_SERVICE:
        return "disabled" if mark.state is ServiceState.DISABLED else "maintenance"
    if key in ("error.stream.disabled", "error.stream.maintenance"):
        return key.rpartition(".")[2]  # by what it hangs on: its own mark stands above
    if key:
        return "refused"
    if stream is None:
        return "connecting"
    return str(stream.state)


def word_of(words: Words, state: str, told: Told) -> str:
    """Return what is written large over a picture in this state."""
    if state in ("live", "empty"):
        return ""
    age_s = 0.0 if told.stream is None else told.stream.age_s or 0.0
    if state == "frozen":
        still_s = 0.0 if told.stream is None else told.stream.still_s
        return words.text("wall.word.frozen", age=words.formats.duration(still_s))
    time = words.formats.minute(told.since_ms)
    return words.text(f"wall.word.{state}", age=words.formats.age(age_s), time=time)


def cause_of(words: Words, state: str, told: Told) -> str:
    """Return the line beneath the word: the cause, and what happens next."""
    stream, error = told.stream, told.leave.error
    if state in ("disabled", "maintenance"):
        return _service_cause(words, state, told)
    if state == "forbidden" and error is not None and error.text_key == RESERVED:
        seats = ", ".join(words.seat(seat) for seat in str(error.params.get("seats")).split())
        return words.text("wall.cause.reserved", seats=seats)
    if state == "refused" and error is not None:
        return words.first(f"wall.cause.{error.text_key}", error.text_key, **error.params)
    if state in ("lost", "connecting") and stream is not None:
        reason = words.known(f"wall.cause.{stream.reason}") if stream.reason else ""
        tries = words.text("wall.cause.tries", count=stream.attempts) if stream.attempts > 1 else ""
        return " · ".join(part for part in (reason, tries) if part)
    return words.known(f"wall.cause.{state}")


def _service_cause(words: Words, state: str, told: Told) -> str:
    mark, error = told.mark, told.leave.error
    if mark is None or mark.state is ServiceState.IN_SERVICE:
        params = {} if error is None else error.params
        return words.text("wall.cause.above", **{"by": "", "reason": "", "equipment": "", **params})
    by = words.text(f"wall.cause.{state}", by=mark.by, reason=mark.reason)
    if mark.until_ms is None:
        return by
    until = words.formats.deadline(mark.until_ms, told.now_ms)
    return f"{words.text('wall.cause.until', time=until)} · {by}"


def tile_row(words: Words, slot: int, camera: str, state: str, told: Told) -> TileRow:
    """Return what a tile with a camera in such a state says."""
    item, why = told.item, told.why
    age_s = None if told.stream is None else told.stream.age_s
    number = camera if item is None else number_of(item)
    name = "" if item is None else item.place or item.name
    word, cause = word_of(words, state, told), cause_of(words, state, told)
    shown = word or words.text("wall.said.live")
    locked = words.text("wall.said.locked") if told.locked else ""
    parts = (number, name, "" if why is None else why.text, shown, cause, locked)
    return TileRow(
        slot=slot,
        camera=camera,
        number=number,
        name=name,
        why="" if why is None else why.text,
        severity=None if why is None else why.severity,
        state=state,
        word=word,
        cause=cause,
        age=words.formats.age(age_s) if age_s is not None and state == "late" else "",
        late=None if age_s is None or state not in SHOWING else _coarse(age_s / LATE_S),
        said=" · ".join(part for part in parts if part),
        locked=told.locked,
    )


def _coarse(late: float) -> float:
    return math.floor(late * RING_STEPS) / RING_STEPS


def proposed_row(words: Words, slot: int, item: Equipment, why: Why | None) -> TileRow:
    """Return what a free tile says of the camera it proposes."""
    number, name = number_of(item), item.place or item.name
    cause = words.text("wall.proposed.number") if why is None else why.text
    said = words.text("wall.said.proposed", number=number, name=name, why=cause)
    return TileRow(
        slot=slot,
        number=number,
        name=name,
        severity=None if why is None else why.severity,
        state="proposed",
        cause=cause,
        said=said,
    )


def masked_row(words: Words, slot: int, camera: str, item: Equipment | None) -> TileRow:
    """Return what a tile says whose camera visitors must not see: nothing but its number."""
    number = camera if item is None else number_of(item)
    word, cause = words.text("wall.word.masked"), words.text("wall.cause.masked")
    said = f"{number} · {word} · {cause}"
    return TileRow(slot, camera, number, state="masked", word=word, cause=cause, said=said)


def number_of(item: Equipment) -> str:
    """Return a camera's short number as written, its id where it has none."""
    return f"{item.number:03}" if item.number else item.id
