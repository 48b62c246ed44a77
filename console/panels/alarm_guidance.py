"""What is said below the alarm list of the chosen one: what it means, what helps, by when."""

from __future__ import annotations

from collections.abc import Iterable

from backend_bridge.contract.alarms import Alarm, AlarmGuide
from console.panels.alarm_rows import alarm_row
from console.panels.wording import Words
from console.state.world import World

SHELF_S = 3600.0
"""Seconds an alarm is put aside for when its rule says nothing else."""
OUT_S = 7 * 86_400.0
"""Seconds an alarm is taken out of service for: a repair's week; it comes back by itself."""

Lines = tuple[tuple[str, str], ...]


class Guidance:
    """Word the guidance of alarms; :attr:`guides` are the bridge's, by rule."""

    def __init__(self, world: World, words: Words) -> None:
        self._world = world
        self._words = words
        self.guides: dict[str, AlarmGuide] = {}

    def take(self, guides: Iterable[AlarmGuide]) -> None:
        """Take what the bridge says each rule is for."""
        self.guides = {guide.rule: guide for guide in guides}

    def shelf_s(self, alarm: Alarm | None) -> float:
        """Return how long one gesture puts an alarm aside: an hour, or its rule's limit."""
        return min(SHELF_S, self.longest_s(alarm))

    def longest_s(self, alarm: Alarm | None) -> float:
        """Return how long an alarm's rule lets it be put aside."""
        guide = None if alarm is None else self.guides.get(alarm.rule)
        return SHELF_S if guide is None else guide.longest_shelf_s

    def has_procedure(self, alarm: Alarm) -> bool:
        """Return whether the steps of an alarm's procedure are known."""
        return bool(self._steps(alarm))

    def lines(self, alarm: Alarm) -> Lines:
        """Return what an alarm means, why it is aside, what helps and how much time is left."""
        row = alarm_row(self._world, self._words, alarm)
        text = self._words.text
        item = self._world.equipment.get(alarm.equipment_id)
        place = "" if item is None else item.place  # a narrow panel has no column for it
        counted = " · ".join(part for part in (place, row.children, row.history) if part)
        aside = aside_words(self._world, self._words, alarm)
        lines = [
            (text("alarms.cause"), row.cause),
            (text("alarms.consequence"), row.consequence),
            (self._by_when(alarm), self._act(alarm, row.action)),
        ]
        head = (f"{row.code} {row.text}", counted)
        return (head, *([("", aside)] if aside else []), *(line for line in lines if line[1]))

    def procedure(self, alarm: Alarm) -> Lines:
        """Return the steps of an alarm's procedure, its title first; nothing for none."""
        steps = self._steps(alarm)
        if not steps:
            return ()
        row = alarm_row(self._world, self._words, alarm)
        title = self._words.text("alarms.procedure.of", procedure=self._title(alarm))
        numbered = ((f"{number}.", step) for number, step in enumerate(steps, start=1))
        return ((title, f"{row.code} {row.text}"), *numbered)

    def _title(self, alarm: Alarm) -> str:
        guide = self.guides.get(alarm.rule)
        if guide is None or not guide.procedure:
            return ""
        # a city's own rule may name a procedure nobody wrote a title for
        return self._words.known(f"procedure.{guide.procedure}.title") or guide.procedure

    def _steps(self, alarm: Alarm) -> tuple[str, ...]:
        guide = self.guides.get(alarm.rule)
        if guide is None or not guide.procedure:
            return ()
        written = self._words.known(f"procedure.{guide.procedure}.steps")
        return tuple(step.strip() for step in written.splitlines() if step.strip())

    def _by_when(self, alarm: Alarm) -> str:
        """Return « À faire (encore 9 min) »: the time stands first, where nothing cuts it off."""
        text, guide = self._words.text, self.guides.get(alarm.rule)
        if guide is None or not guide.act_within_s or not alarm.active:
            return text("alarms.act")  # nobody is late for what is over
        left_s = guide.act_within_s - (self._world.bridge_now_ms() - alarm.raised_ms) / 1000
        key = "alarms.time_left" if left_s > 0 else "alarms.too_late"
        left = text(key, time=self._words.formats.duration(abs(left_s)))
        return f"{text('alarms.act')} ({left})"

    def _act(self, alarm: Alarm, action: str) -> str:
        title = self._title(alarm)
        named = self._words.text("alarms.procedure", procedure=title) if title else ""
        return " ".join(part for part in (action, named) if part)


def aside_words(world: World, words: Words, alarm: Alarm) -> str:
    """Return what keeps an alarm quiet: who, why and until when, or the design; empty for none."""
    shelf = alarm.taken_out or alarm.shelf
    if shelf is None:
        return why_quiet(words, alarm)
    until = words.formats.deadline(shelf.until_ms, world.bridge_now_ms())
    key = "alarms.taken_out" if alarm.taken_out is not None else "alarms.shelved"
    return words.text(key, by=words.person(shelf.by, shelf.seat), time=until, reason=shelf.reason)


def why_quiet(words: Words, alarm: Alarm) -> str:
    """Return why an alarm is quiet: who said so and the reason, or the design; empty for none."""
    shelf = alarm.taken_out or alarm.shelf
    if shelf is not None:
        by = words.person(shelf.by, shelf.seat)
        return words.text("alarms.aside.why", by=by, reason=shelf.reason)
    if alarm.suppressed:
        return words.first(f"alarm.suppressed.{alarm.suppressed}", "alarms.suppressed")
    return ""
