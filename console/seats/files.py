"""Read seat files: TOML in, typed layouts out, every mistake named with file and place."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from console.seats.layout import LOCK_AFTER_MIN, Cell, Column, Seat, SeatScreen

_SEAT_KEYS = ("title", "screen", "lock_after_min", "relief_at", "reminders")
_SCREEN_KEYS = ("role", "names", "column", "wall")
_COLUMN_KEYS = ("weight", "cell")
_CELL_KEYS = ("panel", "weight", "settings")
LONGEST_MIN = 1440
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


class SeatError(ValueError):
    """Say everything that is wrong with the seat files, one line each.

    Attributes:
        problems: ``file: place: what is wrong and what to write``.
    """

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


def load_seats(directory: Path, *, known_panels: Collection[str] | None = None) -> dict[str, Seat]:
    """Return the seats of a folder by id (the file's name).

    Args:
        directory: holds ``<seat>.toml`` files.
        known_panels: when given, a panel outside it is a problem.

    Raises:
        SeatError: with every problem of every file.
    """
    problems: list[str] = []
    seats = {}
    for path in sorted(directory.glob("*.toml")):
        reader = _Reader(path.name, known_panels)
        try:
            found = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            problems.append(f"{path.name}: cannot be read as TOML: {error}")
            continue
        seat = reader.seat(path.stem, found)
        problems.extend(reader.problems)
        seats[seat.id] = seat
    if not seats and not problems:
        problems.append(f"{directory}: no seat file (*.toml): a console needs at least one seat")
    if problems:
        raise SeatError(problems)
    return seats


class _Reader:
    """Check one file, going on after each mistake."""

    def __init__(self, file: str, known_panels: Collection[str] | None) -> None:
        self._file = file
        self._known_panels = known_panels
        self._placed: set[str] = set()
        self.problems: list[str] = []

    def seat(self, seat_id: str, found: Mapping[str, Any]) -> Seat:
        self._keys("seat", found, _SEAT_KEYS)
        title_key = self._text("seat", found, "title", f"seat.{seat_id}")
        screens = tuple(
            self._screen(f"screen {number}", item)
            for number, item in enumerate(self._tables("seat", found, "screen"), start=1)
        )
        roles = [screen.role for screen in screens]
        for role in sorted({role for role in roles if roles.count(role) > 1}):
            self._problem("seat", f"two screens have the role '{role}': give each its own")
        if screens and screens[0].wall and not all(screen.wall for screen in screens):
            self._problem("seat", "the first screen signs in: one that nobody types at comes later")
        reminders = found.get("reminders", False)
        if not isinstance(reminders, bool):
            self._problem("seat", "reminders must be true or false")
        times = self._lock_after(found), self._reliefs(found)
        return Seat(seat_id, title_key, screens, *times, reminders is True)

    def _screen(self, at: str, found: Mapping[str, Any]) -> SeatScreen:
        self._keys(at, found, _SCREEN_KEYS)
        names = found.get("names", [])
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            self._problem(at, 'names must be a list of screen names such as ["DP-1"]')
            names = []
        columns = tuple(
            self._column(f"{at}, column {number}", item)
            for number, item in enumerate(self._tables(at, found, "column"), start=1)
        )
        wall = found.get("wall", False)
        if not isinstance(wall, bool):
            self._problem(at, "wall must be true or false")
        role = self._text(at, found, "role", "main")
        return SeatScreen(role, columns, tuple(names), wall is True)

    def _column(self, at: str, found: Mapping[str, Any]) -> Column:
        self._keys(at, found, _COLUMN_KEYS)
        cells = tuple(
            self._cell(f"{at}, cell {number}", item)
            for number, item in enumerate(self._tables(at, found, "cell"), start=1)
        )
        return Column(cells, self._weight(at, found))

    def _cell(self, at: str, found: Mapping[str, Any]) -> Cell:
        self._keys(at, found, _CELL_KEYS)
        panel = self._text(at, found, "panel", None)
        if panel and self._known_panels is not None and panel not in self._known_panels:
            near = _nearest(panel, self._known_panels)
            self._problem(at, f"there is no panel '{panel}'{near}")
        if panel in self._placed:
            self._problem(at, f"panel '{panel}' is placed twice: a panel has one place in a seat")
        self._placed.add(panel)
        settings = found.get("settings", {})
        if not isinstance(settings, dict):
            self._problem(at, "settings must be a table such as { side = 2 }")
            settings = {}
        return Cell(panel, self._weight(at, found), settings)

    # -- parts ----------------------------------------------------------------------------------

    def _keys(self, at: str, found: Mapping[str, Any], known: Collection[str]) -> None:
        for key in found:
            if key not in known:
                self._problem(at, f"unknown key '{key}'{_nearest(key, known)}")

    def _tables(self, at: str, found: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
        items = found.get(key)
        if not isinstance(items, list) or not items:
            self._problem(at, f"needs at least one [[{key}]]")
            return []
        good: list[Mapping[str, Any]] = [item for item in items if isinstance(item, dict)]
        if len(good) < len(items):
            self._problem(at, f"each {key} must be a table")
        return good

    def _text(self, at: str, found: Mapping[str, Any], key: str, default: str | None) -> str:
        value = found.get(key, default)
        if isinstance(value, str) and value:
            return value
        self._problem(at, f"'{key}' must be a text that is not empty")
        return ""

    def _weight(self, at: str, found: Mapping[str, Any]) -> float:
        value = found.get("weight", 1)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1000:
            return float(value)
        self._problem(at, f"weight is {value!r}: give a number above 0, up to 1000")
        return 1.0

    def _lock_after(self, found: Mapping[str, Any]) -> int:
        value = found.get("lock_after_min", LOCK_AFTER_MIN)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LONGEST_MIN:
            return value
        self._problem("seat", f"lock_after_min is {value!r}: whole minutes, 0 for never, to 1440")
        return LOCK_AFTER_MIN

    def _reliefs(self, found: Mapping[str, Any]) -> tuple[str, ...]:
        value = found.get("relief_at", [])
        if isinstance(value, list) and all(
            isinstance(each, str) and _TIME.fullmatch(each) for each in value
        ):
            return tuple(sorted(value))
        self._problem("seat", 'relief_at must be a list of local times such as ["06:00", "14:00"]')
        return ()

    def _problem(self, at: str, what: str) -> None:
        self.problems.append(f"{self._file}: {at}: {what}")


def _nearest(word: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.3)
    return f", did you mean '{near[0]}'?" if near else f"; known: {', '.join(sorted(known))}"
