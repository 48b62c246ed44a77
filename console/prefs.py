"""Preferences of one person on one console: what may be chosen, what is chosen, who is told.

A preference is data: whoever has one to offer adds a :class:`Preference`, and is told when it is
chosen. What is kept are plain words in the person's own settings; a word that is no choice any more
counts as not chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any

PANEL = "preferences"
"""Where they stand in a person's settings."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may be chosen: the word kept, and the finished text shown."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Preference:
    """One line of the preferences.

    Attributes:
        key: under which it is kept, ``theme``, ``scale.wall``.
        title: finished text, a noun.
        choices: at least two, in the order shown.
        default: the value that holds while nothing is chosen.
        note: said below, empty for nothing.
        reason: why it cannot be changed here, empty when it can.
    """

    key: str
    title: str
    choices: tuple[Choice, ...]
    default: str
    note: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PreferenceRow:
    """A preference as it stands: which of its choices holds."""

    preference: Preference
    value: str


Listener = Callable[[str, str], None]
"""Called with a key and the value just chosen."""


class Preferences:
    """Hold one person's choices.

    Args:
        offered: what may be chosen, in the order shown.
        settings: the person's own, where choices are kept.
    """

    def __init__(self, offered: Iterable[Preference], settings: MutableMapping[str, Any]) -> None:
        self._offered = {preference.key: preference for preference in offered}
        self._settings = settings
        self._listeners: list[Listener] = []

    def offer(self, preference: Preference) -> None:
        """Add a line, or replace the one of the same key."""
        self._offered[preference.key] = preference

    @property
    def rows(self) -> tuple[PreferenceRow, ...]:
        """Return every preference and what holds now."""
        return tuple(PreferenceRow(one, self.value(one.key)) for one in self._offered.values())

    def value(self, key: str) -> str:
        """Return what holds for a preference.

        Raises:
            KeyError: nobody offered it.
        """
        preference = self._offered[key]
        kept = self._settings.get(key)
        known = any(choice.value == kept for choice in preference.choices)
        return str(kept) if known and not preference.reason else preference.default

    def choose(self, key: str, value: str) -> None:
        """Let a value hold from now on, kept for this person; the same again changes nothing.

        Raises:
            KeyError: nobody offered this preference.
            ValueError: it has no such choice, or cannot be changed here.
        """
        preference = self._offered[key]
        if preference.reason or all(choice.value != value for choice in preference.choices):
            raise ValueError(f"{key} cannot be {value!r}")
        if value == self.value(key):
            return
        self._settings[key] = value
        for listener in tuple(self._listeners):
            listener(key, value)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` after each choice; the returned function ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)
