"""What is said of one cause to watch: its row and what a filter looks in; pure functions."""

from __future__ import annotations

from dataclasses import dataclass

from backend_bridge.contract.quality import Quality
from console.panels import equipment_texts
from console.panels.wording import Words, kind_icon
from console.state.equipment import FROZEN
from console.state.watch import Cause
from console.state.world import World


@dataclass(frozen=True, slots=True)
class WatchRow:
    """One cause to watch.

    Attributes:
        words: its reasons as patterns name them; ``since`` is the first one's.
        title: id as the city writes it; ``place`` holds kind, name and address after it.
        state: the second line: reason, how many hang below, by whom and until when.
        kind: of the equipment a row gathers, empty for the row of one; ``unfolded`` says whether
            it is followed by what it gathers.
        depth: 1 for what a row above it gathers.
        since: « depuis 02:14:07 », « jamais entendu »; ``lasting`` « 4 h 12 », empty for never.
    """

    id: str
    icon: str
    words: tuple[str, ...]
    title: str
    place: str
    state: str
    since: str
    lasting: str
    tooltip: str
    kind: str = ""
    unfolded: bool = False
    depth: int = 0


def word_text(words: Words, word: str) -> str:
    """Return a reason as a person reads it: a quality, a service state or « Figé »."""
    if word == FROZEN:
        return words.text("watch.frozen")
    qualities = {quality.word for quality in Quality}
    return words.text(f"quality.{word}" if word in qualities else f"service.{word}")


def watch_row(world: World, words: Words, cause: Cause, *, depth: int = 0) -> WatchRow | None:
    """Return the row of a cause, ``None`` when its equipment is gone."""
    item = world.equipment.get(cause.equipment_id)
    if item is None:
        return None
    now_ms = world.bridge_now_ms()
    since, lasting = words.text("quality.unknown.note"), ""
    if cause.since_ms is not None:
        since = words.text("watch.since", time=words.formats.moment(cause.since_ms, now_ms))
        lasting = words.formats.duration((now_ms - cause.since_ms) / 1000)
    said = [word_text(words, word) for word in cause.words]
    if cause.mark is not None:
        said[-1] = equipment_texts.service_text(world, words, item.id)
    # how many comes before by whom: what is cut at the end is in the tooltip
    said.insert(1, below_text(words, cause))
    state = " · ".join(part for part in said if part)
    name = equipment_texts.bare_name(item)
    kind = words.kind(item.kind)
    # « Borne 01 » says what it is: its kind is not said a second time
    place = ("" if name.startswith(kind) else kind, name, item.place, item.commune)
    return WatchRow(
        id=item.id,
        icon=kind_icon(item.kind),
        words=cause.words,
        title=item.id,
        place=" · ".join(part for part in place if part),
        state=state,
        since=since,
        lasting=lasting,
        tooltip="\n".join(
            (f"{item.id} · {kind} · {equipment_texts.place(item)}", state, f"{since} {lasting}")
        ).strip(),
        depth=depth,
    )


def gathered_row(
    words: Words, node: str, kind: str, count: int, *, unfolded: bool
) -> WatchRow | None:
    """Return the row for all of one kind that were never heard, ``None`` for none."""
    if not count:
        return None
    title = words.plural(f"kind.{kind}.count", count)
    since = words.text("quality.unknown.note")
    state = words.text("watch.gathered", word=word_text(words, Quality.UNKNOWN.word))
    return WatchRow(
        id=node,
        icon=kind_icon(kind),
        words=(Quality.UNKNOWN.word,),
        title=title,
        place="",
        state=state,
        since=since,
        lasting="",
        tooltip=f"{title}\n{state}\n{words.text('watch.gathered.tip')}",
        kind=kind,
        unfolded=unfolded,
    )


def below_text(words: Words, cause: Cause) -> str:
    """Return « 4 départs, 76 points lumineux dessous », empty for none."""
    if not cause.below:
        return ""
    counted = ", ".join(words.plural(f"kind.{kind}.count", count) for kind, count in cause.below)
    return words.text("watch.below", counted=counted)


def haystack(world: World, words: Words, cause: Cause) -> tuple[str, ...]:
    """Return everything a filter looks in: what it is, where, why and by whom."""
    item = world.equipment.get(cause.equipment_id)
    if item is None:
        return ()
    mark = cause.mark
    return (
        item.id,
        words.kind(item.kind),
        item.name,
        item.place,
        item.commune,
        item.sector,
        *(word_text(words, word) for word in cause.words),
        "" if mark is None else mark.by,
        "" if mark is None else mark.reason,
    )
