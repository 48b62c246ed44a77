"""Numbers, durations, ages and times as the operator's language writes them; pure functions.

B612 has no narrow no-break space: U+00A0 everywhere, and a true minus (U+2212).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from backend_bridge.contract.points import PointDef, Scalar

NBSP = "\u00a0"
MINUS = "\u2212"
DASH = "—"

_DAYS = {
    "fr": ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = {
    "fr": (
        "janv.",
        "févr.",
        "mars",
        "avril",
        "mai",
        "juin",
        "juil.",
        "août",
        "sept.",
        "oct.",
        "nov.",
        "déc.",
    ),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}


@dataclass(frozen=True, slots=True)
class Formats:
    """Write values in one language.

    Attributes:
        language: ``fr`` or ``en``; anything else writes as ``en``.
        zone: time zone of clocks, ``None`` for this machine's own.
    """

    language: str
    zone: tzinfo | None = None

    @property
    def french(self) -> bool:
        """Return whether this is French: decimal comma, days as « j »."""
        return self.language == "fr"

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number with ``decimals`` digits, grouped by thousands; never a negative zero."""
        if not math.isfinite(value):
            return DASH
        text = f"{value:,.{decimals}f}"
        if not any(char in "123456789" for char in text):
            text = text.lstrip("-")
        text = text.replace("-", MINUS)
        return text.replace(",", NBSP).replace(".", ",") if self.french else text

    def scalar(self, value: Scalar, definition: PointDef) -> str:
        """Return a point's value without its unit; words for booleans are the caller's."""
        if value is None:
            return "?"
        if isinstance(value, str):
            return value
        return self.number(float(value), definition.decimals)

    def with_unit(self, value: Scalar, definition: PointDef) -> str:
        """Return a point's value with its unit, bound by a no-break space."""
        written = self.scalar(value, definition)
        return self.bound(written, definition.unit)

    def bound(self, written: str, unit: str) -> str:
        """Return a written value and its unit, on one line: « 70 % », and 70% in English."""
        if not unit:
            return written
        gap = "" if unit == "%" and not self.french else NBSP
        return f"{written}{gap}{unit}"

    def duration(self, seconds: float) -> str:
        """Return « 42 s », « 11 min », « 1 h 36 », « 3 j 04 h »; negative counts as zero."""
        whole = max(0, math.floor(seconds))
        if whole < 60:
            return f"{whole}{NBSP}s"
        if whole < 3600:
            return f"{whole // 60}{NBSP}min"
        if whole < 86_400:
            hours, minutes = divmod(whole // 60, 60)
            return f"{hours}{NBSP}h" if not minutes else f"{hours}{NBSP}h{NBSP}{minutes:02}"
        days, hours = divmod(whole // 3600, 24)
        day = "j" if self.french else "d"
        return f"{self.number(days)}{NBSP}{day}{NBSP}{hours:02}{NBSP}h"

    def countdown(self, seconds: float) -> str:
        """Return the time that is left, to the second: « 1 min 48 », « 22 s »."""
        minutes, rest = divmod(max(0, math.ceil(seconds)), 60)
        return f"{minutes}{NBSP}min{NBSP}{rest:02}" if minutes else f"{rest}{NBSP}s"

    def age(self, seconds: float) -> str:
        """Return an age: tenths below ten seconds, then as :meth:`duration`."""
        shown = math.floor(max(0.0, seconds) * 10 + 1e-6) / 10  # 2.4 is stored a little below
        if shown < 10:
            return f"{self.number(shown, 1)}{NBSP}s"
        return self.duration(seconds)

    def clock(self, ms: int) -> str:
        """Return local « 06:42:31 »."""
        return f"{self._local(ms):%H:%M:%S}"

    def minute(self, ms: int) -> str:
        """Return local « 06:42 »."""
        return f"{self._local(ms):%H:%M}"

    def date(self, ms: int) -> str:
        """Return local « jeu. 14 janv. »."""
        local = self._local(ms)
        language = "fr" if self.french else "en"
        day, month = _DAYS[language][local.weekday()], _MONTHS[language][local.month - 1]
        return f"{day} {local.day}{NBSP}{month}"

    def moment(self, ms: int, now_ms: int) -> str:
        """Return the time of day, with its date before it when that is not today's."""
        same_day = self._local(ms).date() == self._local(now_ms).date()
        return self.clock(ms) if same_day else f"{self.date(ms)} {self.minute(ms)}"

    def deadline(self, ms: int, now_ms: int) -> str:
        """Return « 07:00 » for today, « 22/01 07:00 » for another day."""
        local = self._local(ms)
        if local.date() == self._local(now_ms).date():
            return self.minute(ms)
        return f"{local:%d/%m %H:%M}" if self.french else f"{local.day} {self._month(local)}"

    def _month(self, local: datetime) -> str:
        return f"{_MONTHS['en'][local.month - 1]} {local:%H:%M}"

    def _local(self, ms: int) -> datetime:
        bounded = min(max(ms, 0), 253_402_300_000_000)  # to the year 9999: a wild clock still shows
        return datetime.fromtimestamp(bounded / 1000, UTC).astimezone(self.zone)
