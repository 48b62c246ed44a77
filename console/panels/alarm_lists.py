"""Rows of the alarm panel: alarms, communes, and what rings most; pure functions of the world."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from backend_bridge.contract.alarms import Alarm
from backend_bridge.contract.quality import Quality
from backend_bridge.contract.results import AlarmHistoryResult
from console.panels.alarm_guidance import why_quiet
from console.panels.alarm_rows import alarm_row, pressing_state
from console.panels.haystacks import Haystacks
from console.panels.listing import Left, Mark, Row, Text
from console.panels.wording import Words
from console.state.alarms import is_stale
from console.state.load import WINDOW_S
from console.state.world import World

FLOOD_RULES = 4
"""Sorts of alarms named in a flood's one line."""


class AlarmLists:
    """Word alarms as rows."""

    def __init__(self, world: World, words: Words) -> None:
        self._world = world
        self._words = words
        self.marked: frozenset[str] = frozenset()
        """Alarms, by id, of the incident that is chosen in another panel."""
        self.haystacks: Haystacks[Alarm] = Haystacks(alarm_id, self._described)

    def _described(self, alarm: Alarm) -> Sequence[str]:
        """Return what a filter looks in: what the row says but for its time."""
        words = self._words
        item = self._world.equipment.get(alarm.equipment_id)
        place = "" if item is None else item.place
        point = words.point(alarm.equipment_kind, alarm.point_key) if alarm.point_key else ""
        said = words.known(
            f"alarm.{alarm.rule}.text",
            equipment=alarm.equipment_id,
            place=place,
            point=point,
            value=alarm.value,
        )
        return (
            words.text(f"ui.alarm.severity.{int(alarm.severity)}"),
            words.text(f"alarm.state.{alarm.state.value}.short"),
            alarm.equipment_id,
            said or f"{alarm.rule} {point}",
            alarm.value,
            place,
            "" if item is None else item.commune,
            why_quiet(words, alarm),
        )

    def row(self, alarm: Alarm) -> Row:
        """Return one alarm's row."""
        words = self._words
        row = alarm_row(self._world, words, alarm)
        item = self._world.equipment.get(alarm.equipment_id)
        place = "" if item is None else item.place
        mark = Mark(alarm.severity, alarm.state, alarm.quiet, alarm.children)
        state = row.state_word
        if is_stale(alarm, self._world.bridge_now_ms()):
            state = words.text("alarms.stale", state=state)
        times = words.text("alarms.times", count=alarm.occurrences) if alarm.occurrences > 1 else ""
        value = self._value(alarm)
        said = [
            words.text(f"ui.alarm.severity.{int(alarm.severity)}"),
            state,
            words.formats.moment(alarm.raised_ms, self._world.bridge_now_ms()),
            row.code,
            row.text,
            value,
            row.children,
            times,
            place,
            words.text("alarms.of_chosen") if alarm.id in self.marked else "",
        ]
        return Row(
            alarm.id,
            (
                mark,
                Text(self._since(alarm)),
                Text(row.code, bold=not alarm.acknowledged),
                Text(f"{row.text} {times}".strip(), bold=not alarm.acknowledged),
                Text(value),
                Text(state, quiet=alarm.acknowledged),
                Text(place, quiet=True),
            ),
            " · ".join(part for part in said if part),
            also=alarm.id in self.marked,
        )

    def _value(self, alarm: Alarm) -> str:
        """Return what rang; where nothing was measured and nothing answers, just that."""
        if alarm.value:
            return alarm.value
        world = self._world
        points = world.equipment.points_of(alarm.equipment_id)
        silent = {world.quality(index) for index, _ in points} == {Quality.UNAVAILABLE}
        return self._words.text("quality.unavailable") if silent else ""

    def aside_row(self, alarm: Alarm) -> Row:
        """Return the row of an alarm put aside: until when and why stand for state and place."""
        row, words = self.row(alarm), self._words
        shelf = alarm.taken_out or alarm.shelf
        until = words.text("alarms.while_so")
        if shelf is not None:
            until = words.formats.deadline(shelf.until_ms, self._world.bridge_now_ms())
        kind = "taken_out" if alarm.taken_out is not None else "shelved" if shelf else "by_design"
        why = f"{words.text(f'alarms.aside.{kind}')} · {why_quiet(words, alarm)}"
        cells = (*row.cells[:-2], Text(until), Text(why, quiet=True))
        return Row(row.id, cells, f"{row.said} · {until} · {why}", also=row.also)

    def flood(self, alarms: Iterable[Alarm]) -> str:
        """Return what the listed alarms of the last ten minutes are, the most frequent first."""
        words, since_ms = self._words, self._world.bridge_now_ms() - WINDOW_S * 1000
        counts = Counter(alarm.rule for alarm in alarms if alarm.raised_ms > since_ms)
        most = sorted(counts, key=lambda rule: (-counts[rule], rule))[:FLOOD_RULES]
        number = words.formats.number
        said = [f"{self._title(rule)} {number(counts[rule])}" for rule in most]
        others = sum(counts.values()) - sum(counts[rule] for rule in most)
        if others:
            said.append(words.text("alarms.flood.others", count=number(others)))
        return words.text("alarms.flood", what=" · ".join(said)) if said else ""

    def _title(self, rule: str, equipment_id: str = "") -> str:
        return self._words.first(
            f"alarm.{rule}.title",
            f"alarm.{rule}.text",
            rule,
            equipment=equipment_id,
            place="",
            point="",
            value="",
        )

    def _since(self, alarm: Alarm) -> str:
        """Return the time of day, with a short date before it when that is not today's."""
        formats, now_ms = self._words.formats, self._world.bridge_now_ms()
        clock = formats.clock(alarm.raised_ms)
        today = formats.moment(alarm.raised_ms, now_ms) == clock
        return clock if today else formats.deadline(alarm.raised_ms, now_ms)

    def areas(self, alarms: Iterable[Alarm]) -> Sequence[Row]:
        """Return a row for each commune that has an alarm, the worst first.

        ``alarms`` are all listed ones, most pressing first.
        """
        by_commune: dict[str, list[Alarm]] = {}
        for alarm in alarms:
            item = self._world.equipment.get(alarm.equipment_id)
            commune = "" if item is None else item.commune
            by_commune.setdefault(commune, []).append(alarm)
        return tuple(self._area_row(commune, some) for commune, some in by_commune.items())

    def _area_row(self, commune: str, alarms: list[Alarm]) -> Row:
        words = self._words
        worst = alarms[0]
        waiting = sum(not alarm.acknowledged for alarm in alarms)
        name = commune or words.text("alarms.no_commune")
        counted = words.plural("alarms.count", len(alarms))
        unseen = words.plural("alarms.unseen", waiting) if waiting else ""
        row = alarm_row(self._world, words, worst)
        mark = Mark(worst.severity, pressing_state(alarms))
        return Row(
            commune,
            (
                mark,
                Text(row.time),
                Text(""),
                Text(name, bold=bool(waiting)),
                Text(counted),
                Text(unseen),
                Text(f"{row.code} {row.text}", quiet=True),
            ),
            " · ".join(part for part in (name, counted, unseen, row.code, row.text) if part),
        )

    def actors(self, history: AlarmHistoryResult | None) -> Sequence[Row]:
        """Return what rang most, the worst first; nothing before the bridge answered."""
        if history is None:
            return ()
        words = self._words
        most = max((source.count for source in history.sources), default=1)
        number = words.formats.number
        rows = []
        for source in history.sources:
            title = self._title(source.rule, source.equipment_id)
            share = number(100 * source.count / max(1, history.total))
            percent = words.text("alarms.share", percent=share)
            habits = [
                words.plural(key, count)
                for key, count in (
                    ("alarms.chattering", source.chattering),
                    ("alarms.fleeting", source.fleeting),
                )
                if count
            ]
            count = words.text("alarms.times", count=number(source.count))
            rows.append(
                Row(
                    f"{source.equipment_id}/{source.rule}",
                    (
                        Text(""),
                        Text(""),
                        Text(source.equipment_id, bold=True),
                        Text(title),
                        Left(source.count / most, number(source.count)),
                        Text(percent),
                        Text(" · ".join(habits), quiet=True),
                    ),
                    " · ".join((source.equipment_id, title, count, percent, *habits)),
                )
            )
        return tuple(rows)


def actor_of(row_id: str) -> str:
    """Return the equipment a row of the bad actors is about."""
    return row_id.rpartition("/")[0]


def alarm_id(alarm: Alarm) -> str:
    """Return what names an alarm's row."""
    return alarm.id


def is_shelved(alarm: Alarm) -> bool:
    """Return whether somebody put an alarm aside."""
    return alarm.shelf is not None
