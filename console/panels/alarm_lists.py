"""Rows of the alarm panel: alarms, communes, and what rings most; pure functions of the world."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from backend_bridge.contract.alarms import Alarm
from backend_bridge.contract.results import AlarmHistoryResult
from console.panels.alarm_rows import alarm_row, pressing_state
from console.panels.haystacks import Haystacks
from console.panels.listing import Left, Mark, Row, Text
from console.panels.wording import Words
from console.state.alarms import is_stale
from console.state.world import World


class AlarmLists:
    """Word alarms as rows."""

    def __init__(self, world: World, words: Words) -> None:
        self._world = world
        self._words = words
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


def alarm_id(alarm: Alarm) -> str:
    """Return what names an alarm's row."""
    return alarm.id


def is_shelved(alarm: Alarm) -> bool:
    """Return whether somebody put an alarm aside."""
    return alarm.shelf is not None
