"""Preferences carried out: theme, scale of each screen, sounds and language, at once everywhere."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from backend_bridge.contract.alarms import Severity
from console.app_sounds import SoundDesk
from console.app_texts import LANGUAGES, Texts
from console.app_windows import Windows
from console.prefs import Choice, Listener, Preference, PreferenceRow, Preferences
from console.seats.layout import Seat
from ui import scaling
from ui.texts import bound, number, text
from ui.theme import THEMES, change_theme

MACHINE = "machine"
SCALES = (100, 125, 150, 200, 250, 310)
"""Percent; 100 is read at a desk, 310 from 4 m."""
VOLUMES = (100, 60, 30)
HEARD = {
    "medium": frozenset({Severity.URGENT, Severity.HIGH, Severity.MEDIUM}),
    "high": frozenset({Severity.URGENT, Severity.HIGH}),
    "urgent": frozenset({Severity.URGENT}),
}
"""What sounds; the urgent ones always do. F12 silences all for a while."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for a person who chose nothing, and while nobody sits here."""

    theme: str
    language: str


class PreferenceDesk(QObject):
    """Keep one person's preferences and carry each out the moment it is chosen.

    Args:
        app: whose theme changes.
        windows: whose screens are scaled.
        sounds: made louder, or fewer.
        texts: the language loaded.
        defaults: what holds without a choice.
        parent: Qt parent.

    Signals:
        language_changed: texts are loaded in another language; whoever shows any makes it again.
    """

    language_changed = Signal(str)

    def __init__(  # noqa: PLR0917 - one argument for each thing a preference reaches
        self,
        app: QApplication,
        windows: Windows,
        sounds: SoundDesk,
        texts: Texts,
        defaults: Defaults,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._app = app
        self._windows = windows
        self._sounds = sounds
        self._texts = texts
        self._defaults = defaults
        self._more: list[Callable[[], Preference]] = []
        self._listeners: list[Listener] = []
        self._seat: Seat | None = None
        self._settings: MutableMapping[str, Any] = {}
        self.preferences = Preferences((), {})
        app.styleHints().colorSchemeChanged.connect(self._on_machine_changed)
        windows.placed.connect(self._scale)

    def also_offer(self, make: Callable[[], Preference]) -> None:
        """Offer one preference more, made again with each language; see ``preferences``."""
        self._more.append(make)

    def begin(self, settings: MutableMapping[str, Any], seat: Seat) -> None:
        """Let a person's preferences hold; ``settings`` are his own.

        Raises:
            TextsError: his language cannot be loaded.
        """
        self._settings, self._seat = settings, seat
        self._offer()
        self._texts.load(self.preferences.value("language"))
        self._offer()  # the same lines, in his language
        self._dress()
        self._hear()

    def scale(self) -> None:
        """Scale the screens; once the windows stand on them."""
        self._scale()

    def end(self) -> None:
        """Forget the person: what holds for nobody holds again."""
        self._settings, self._seat = {}, None
        self.preferences = Preferences((), {})
        self._texts.load(self._defaults.language)
        change_theme(self._app, self._theme(self._defaults.theme))
        self._scale()
        self._hear()

    def choose(self, key: str, value: str) -> None:
        """Let a choice of the person who sits here hold from now on."""
        self.preferences.choose(key, value)

    def value(self, key: str) -> str:
        """Return what holds now for a preference; see :meth:`console.prefs.Preferences.value`."""
        return self.preferences.value(key)

    def subscribe(self, listener: Listener) -> None:
        """Call ``listener`` with key and value after each choice, whoever sits here."""
        self._listeners.append(listener)

    def close(self) -> None:
        """Follow the machine no longer."""
        self._app.styleHints().colorSchemeChanged.disconnect(self._on_machine_changed)

    @property
    def rows(self) -> tuple[PreferenceRow, ...]:
        """Return the lines of the page."""
        return self.preferences.rows

    # -- carrying out ---------------------------------------------------------------------------

    def _on_chosen(self, key: str, value: str) -> None:
        if key == "theme":
            self._dress()
        elif key == "language":
            self._texts.load(value)
            self._offer()
            self.language_changed.emit(value)
        elif key.startswith("scale."):
            self._scale()
        elif key.startswith("sound."):
            self._hear()
        for listener in tuple(self._listeners):
            listener(key, value)

    def _dress(self) -> None:
        change_theme(self._app, self._theme(self.preferences.value("theme")))

    def _theme(self, wanted: str) -> str:
        if wanted != MACHINE:
            return wanted
        scheme = self._app.styleHints().colorScheme()
        known = {Qt.ColorScheme.Dark: "dark", Qt.ColorScheme.Light: "light"}
        return known.get(scheme, self._defaults.theme)

    def _on_machine_changed(self) -> None:
        if self._seat is not None and self.preferences.value("theme") == MACHINE:
            self._dress()

    def _scale(self) -> None:
        roles = {} if self._seat is None else {one.role: one for one in self._seat.screens}
        self._windows.scale(
            {role: int(self.preferences.value(f"scale.{role}")) / 100 for role in roles}
        )

    def _hear(self) -> None:
        if self._seat is None:
            self._sounds.tune(1.0, HEARD["medium"])
            return
        volume = int(self.preferences.value("sound.volume")) / 100
        self._sounds.tune(volume, HEARD[self.preferences.value("sound.heard")])

    # -- what is offered ------------------------------------------------------------------------

    def _offer(self) -> None:
        assert self._seat is not None  # offered to a person at a seat only
        offered = [
            self._words("theme", (*THEMES, MACHINE), self._defaults.theme),
            *(self._scale_of(role.role) for role in self._seat.screens),
            _percents("sound.volume", VOLUMES, VOLUMES[0]),
            self._words("sound.heard", tuple(HEARD), "medium"),
            self._words("language", LANGUAGES, self._defaults.language),
            *(make() for make in self._more),
        ]
        self.preferences = Preferences(offered, self._settings)
        self.preferences.subscribe(self._on_chosen)

    def _scale_of(self, role: str) -> Preference:
        seat = self._seat
        assert seat is not None  # see _offer
        several = len(seat.screens) > 1
        name = next(at for at, one in enumerate(seat.screens, start=1) if one.role == role)
        key = "prefs.scale.of" if several else "prefs.scale"
        return _percents(
            f"scale.{role}",
            SCALES,
            SCALES[0],
            title=text(key, number=name),
            note=text("prefs.scale.note"),
            reason="" if scaling.available() else text("prefs.scale.unavailable"),
        )

    @staticmethod
    def _words(key: str, values: tuple[str, ...], default: str) -> Preference:
        choices = tuple(Choice(one, text(f"prefs.{key}.{one}")) for one in values)
        note = text(f"prefs.{key}.note")
        return Preference(key, text(f"prefs.{key}"), choices, default, note)


def _percents(  # noqa: PLR0917 - the fields of a Preference
    key: str,
    values: tuple[int, ...],
    default: int,
    title: str = "",
    note: str = "",
    reason: str = "",
) -> Preference:
    choices = tuple(Choice(str(one), bound(number(one), "%")) for one in values)
    said = title or text(f"prefs.{key}")
    return Preference(key, said, choices, str(default), note, reason)
