"""Rows of the alarm panel: alarms, communes, and what rings most; pure functions of the world."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

from backend_bridge.contract.alarms import Alarm
from backend_bridge.contract.results import AlarmHistoryResult
from console.panels.alarm_rows import alarm_row, pressing_state
from console.panels.listing import Left, Mark, Row, Text
from console.panels.wording import Words
from console.state.alarms import alarm_key, is_stale
from console.state.world import World


class AlarmLists:
    """Word alarms as rows."""

    def __init__(self, world: World, words: Words) -> None:
        self._world = world
        self._words = words

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
        said = [
            words.text(f"ui.alarm.severity.{int(alarm.severity)}"),
            state,
            row.time,
            row.code,
            row.text,
            row.value,
            row.children,
            times,
            place,
        ]
        return Row(
            alarm.id,
            (
                mark,
                Text(row.time),
                Text(row.code, bold=not alarm.acknowledged),
                Text(f"{row.text} {times}".strip(), bold=not alarm.acknowledged),
                Text(row.value),
                Text(state, quiet=alarm.acknowledged),
                Text(place, quiet=True),
            ),
            " · ".join(part for part in said if part),
        )

    def areas(self) -> Sequence[Row]:
        """Return a row for each commune that has an alarm, the worst first."""
        by_commune: dict[str, list[Alarm]] = {}
        for alarm in self._world.alarms:
            item = self._world.equipment.get(alarm.equipment_id)
            commune = "" if item is None else item.commune
            by_commune.setdefault(commune, []).append(alarm)
        ordered = sorted(by_commune.items(), key=lambda pair: min(map(alarm_key, pair[1])))
        return tuple(self._area_row(commune, alarms) for commune, alarms in ordered)

    def _area_row(self, commune: str, alarms: list[Alarm]) -> Row:
        words = self._words
        worst = min(alarms, key=alarm_key)
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
        rows = []
        for source in history.sources:
            share = words.formats.number(100 * source.count / max(1, history.total))
            text = words.first(
                f"alarm.{source.rule}.title",
                f"alarm.{source.rule}.text",
                equipment=source.equipment_id,
                place="",
                point="",
                value="",
            )
            count = words.text(
                "alarms.share", count=words.formats.number(source.count), percent=share
            )
            rows.append(
                Row(
                    f"{source.equipment_id}/{source.rule}",
                    (
                        Text(""),
                        Text(""),
                        Text(source.equipment_id, bold=True),
                        Text(text),
                        Left(source.count / most, words.formats.number(source.count)),
                        Text(""),
                        Text(count, quiet=True),
                    ),
                    f"{source.equipment_id} · {text} · {count}",
                )
            )
        return tuple(rows)


class LazyRows(Sequence[Row]):
    """Rows made only when they are drawn: a flood lists thousands."""

    def __init__(self, alarms: Sequence[Alarm], make: Callable[[Alarm], Row]) -> None:
        self._alarms = tuple(alarms)
        self._make = make

    def __len__(self) -> int:
        return len(self._alarms)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return LazyRows(self._alarms[at], self._make)
        return self._make(self._alarms[at])


def is_shelved(alarm: Alarm) -> bool:
    """Return whether somebody put an alarm aside."""
    return alarm.shelf is not None
