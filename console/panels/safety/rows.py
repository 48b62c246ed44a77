"""Rows and lines of works and interlocks; pure functions of the world."""

from __future__ import annotations

from backend_bridge.contract.points import ServiceMark
from backend_bridge.contract.safety import HandsOff, Interlock
from console.panels.listing import CellContent, Left, Row, Text
from console.panels.safety.forms import until
from console.panels.wording import Words
from console.state.world import World

ZONE, MARK, LOCK = "zone", "mark", "lock"
REMOVED = "interlock.reason.removed"
FINGERPRINT_SHOWN = 12
"""Characters of a fingerprint two people compare aloud."""


def row_of(world: World, words: Words, thing: HandsOff | ServiceMark | Interlock) -> Row:
    """Return the row of a zone, a service mark or an interlock."""
    match thing:
        case HandsOff():
            return _zone_row(world, words, thing)
        case ServiceMark():
            return _mark_row(world, words, thing)
        case _:
            return _lock_row(world, words, thing)


def id_of(thing: HandsOff | ServiceMark | Interlock) -> str:
    """Return what names a row for ever."""
    match thing:
        case HandsOff():
            return f"{ZONE}:{thing.id}"
        case ServiceMark():
            return f"{MARK}:{thing.equipment_id}"
        case _:
            return f"{LOCK}:{thing.id}"


def lines_of(
    world: World, words: Words, thing: HandsOff | ServiceMark | Interlock
) -> tuple[tuple[str, str], ...]:
    """Return what is said of a chosen row below the list."""
    now_ms = world.bridge_now_ms()
    match thing:
        case HandsOff():
            since = until(words, thing.since_ms, now_ms)
            who = words.person(thing.by, thing.seat)
            call = words.text("safety.line.call", contact=thing.contact)
            said = words.text("safety.line.set", who=who, time=since)
            return ((_where(thing), thing.reason), (call, said))
        case ServiceMark():
            since = until(words, thing.since_ms, now_ms)
            said = words.text("safety.line.set", who=thing.by, time=since)
            return ((thing.equipment_id, thing.reason), ("", said))
        case _:
            return _lock_lines(words, thing, now_ms)


def is_removed(interlock: Interlock) -> bool:
    """Return whether its rule was taken out of the configuration: it guards nothing any more."""
    return interlock.mark.reason == REMOVED


def interlock_reason(words: Words, interlock: Interlock) -> str:
    """Return why a group is disarmed, or what the person wrote who armed it."""
    reason = interlock.mark.reason
    return words.known(reason) if reason.startswith("interlock.") else reason


def _zone_row(world: World, words: Words, zone: HandsOff) -> Row:
    now_ms = world.bridge_now_ms()
    item = world.equipment.get(zone.equipment_id)
    place = words.text("safety.whole_sector") if zone.sector else "" if item is None else item.place
    return _row(
        id_of(zone),
        Text(words.text("safety.what.zone"), bold=True),
        Text(_where(zone), bold=True),
        Left(_part(zone.since_ms, zone.until_ms, now_ms), until(words, zone.until_ms, now_ms)),
        Text(zone.contact),
        Text(place),
        Text(words.person(zone.by, zone.seat)),
        Text(zone.reason, quiet=True),
    )


def _mark_row(world: World, words: Words, mark: ServiceMark) -> Row:
    now_ms = world.bridge_now_ms()
    item = world.equipment.get(mark.equipment_id)
    ends = words.text("safety.for_ever")
    part = None
    if mark.until_ms is not None:
        ends = until(words, mark.until_ms, now_ms)
        part = _part(mark.since_ms, mark.until_ms, now_ms)
    return _row(
        id_of(mark),
        Text(words.text(f"service.{mark.state.value}")),
        Text(mark.equipment_id, bold=True),
        Left(part, ends),
        Text(""),
        Text("" if item is None else item.place),
        Text(mark.by),
        Text(mark.reason, quiet=True),
    )


def _lock_row(world: World, words: Words, interlock: Interlock) -> Row:
    mark = interlock.mark
    where = _guarded(interlock)
    item = world.equipment.get(where)
    place = "" if item is None else item.place
    return _row(
        id_of(interlock),
        Text(words.text(f"safety.what.{_stand(interlock)}"), bold=not mark.armed),
        Text(where, bold=True),
        Left(None, _since(world, words, mark.since_ms)),
        Text(""),
        Text(place),
        Text("" if mark.by in ("", "bridge") else mark.by),
        Text(f"{_title(words, interlock)} · {interlock_reason(words, interlock)}", quiet=True),
    )


def _lock_lines(words: Words, interlock: Interlock, now_ms: int) -> tuple[tuple[str, str], ...]:
    mark = interlock.mark
    why = f"{interlock_reason(words, interlock)} · {until(words, mark.since_ms, now_ms)}"
    if is_removed(interlock):
        return ((_title(words, interlock), interlock.id), ("", why))
    guarded = words.plural("safety.guards", len(interlock.equipment_ids))
    watched = ", ".join(interlock.watched_ids[:4])
    if len(interlock.watched_ids) > 4:
        watched = f"{watched} …"
    return (
        (_title(words, interlock), f"{guarded} · {words.text('safety.watches', ids=watched)}"),
        (words.text("safety.fingerprint", code=mark.fingerprint[:FINGERPRINT_SHOWN]), why),
    )


def _since(world: World, words: Words, since_ms: int) -> str:
    return words.text("safety.line.since", time=until(words, since_ms, world.bridge_now_ms()))


def _stand(interlock: Interlock) -> str:
    if interlock.mark.armed:
        return "armed"
    return "removed" if is_removed(interlock) else "disarmed"


def _guarded(interlock: Interlock) -> str:
    """Return what names a group to people: the one it guards, or the one its proof looks at."""
    if len(interlock.equipment_ids) == 1:
        return interlock.equipment_ids[0]
    return interlock.watched_ids[0] if interlock.watched_ids else interlock.id


def _title(words: Words, interlock: Interlock) -> str:
    return words.known(f"interlock.{interlock.rule}.title") or interlock.rule


def _where(zone: HandsOff) -> str:
    return zone.equipment_id or zone.sector


def _part(since_ms: int, until_ms: int, now_ms: int) -> float:
    return max(0.0, (until_ms - now_ms) / max(1, until_ms - since_ms))


def _row(row_id: str, *cells: CellContent) -> Row:
    said = " · ".join(cell.words for cell in cells if isinstance(cell, Text | Left) and cell.words)
    return Row(row_id, cells, said)
