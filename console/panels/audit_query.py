"""What an auditor types, as a question to the chain: « 12 mardi », « dubois hier », « B-14 »."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from console.state.equipment import EquipmentIndex
from console.state.folding import fold

_DAYS = {
    "lundi": 0, "mardi": 1, "mercredi": 2, "jeudi": 3, "vendredi": 4, "samedi": 5, "dimanche": 6,
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5,
    "sunday": 6,
}  # fmt: skip
_BACK = {"aujourd'hui": 0, "aujourdhui": 0, "today": 0, "hier": 1, "yesterday": 1}
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?")


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """A question: empty parts do not filter; times are UTC ms, ``to_ms`` not included."""

    user: str = ""
    equipment_id: str = ""
    from_ms: int = 0
    to_ms: int = 0


def parse(text: str, equipment: EquipmentIndex, now_ms: int, zone: tzinfo | None) -> AuditQuery:
    """Return the question a text asks: a camera's number or an equipment's id, a day, a person.

    A weekday means the latest one, today included. Of two words of one sort the last one counts.

    Args:
        text: as typed.
        equipment: what is known; ids are compared without regard to case.
        now_ms: UTC ms.
        zone: of the days, ``None`` for this machine's own.
    """
    user = item_id = ""
    day: date | None = None
    today = datetime.fromtimestamp(now_ms / 1000, tz=zone).date()
    for word in text.split():
        found_day = _day(word, today)
        found = "" if found_day is not None else _equipment(word, equipment)
        if found_day is not None:
            day = found_day
        elif found:
            item_id = found
        else:
            user = word
    if day is None:
        return AuditQuery(user, item_id)
    return AuditQuery(user, item_id, _midnight_ms(day, zone), _midnight_ms(day + _ONE, zone))


_ONE = timedelta(days=1)


def _day(word: str, today: date) -> date | None:
    folded = fold(word).strip()
    if folded in _BACK:
        return today - timedelta(days=_BACK[folded])
    if folded in _DAYS:
        return today - timedelta(days=(today.weekday() - _DAYS[folded]) % 7)
    match = _DATE.fullmatch(word)
    if match is None:
        return None
    number, month, year = match.groups()
    try:
        return date(int(year or today.year), int(month), int(number))
    except ValueError:
        return None


def _equipment(word: str, equipment: EquipmentIndex) -> str:
    if word in equipment.by_id:
        return word
    upper = word.upper()
    if upper in equipment.by_id:
        return upper
    if word.isdecimal():
        number = int(word)
        return next((one.id for one in equipment.by_id.values() if one.number == number != 0), "")
    return ""


def _midnight_ms(day: date, zone: tzinfo | None) -> int:
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    return round(midnight.timestamp() * 1000)
