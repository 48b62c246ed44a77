"""The alarm sounds of a seat: what is due is played, what cannot be heard is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import structlog

from backend_bridge.contract.alarms import Severity
from backend_bridge.contract.times import Clock
from console.panels.alarm_rows import alarm_row
from console.panels.spec import Notify
from console.panels.wording import Words
from console.state.change import Change
from console.state.sounds import REPEAT_S, SILENCE_S, Sounds
from console.state.world import World
from ui.texts import text

if TYPE_CHECKING:
    from ui.sounds import AlarmSounds

HARMLESS_MESSAGES = tuple(
    re.compile(pattern)
    for pattern in (
        "^Using Qt multimedia with FFmpeg",
        "^Couldn't (load|resolve) pipewire",
        "^PulseAudioService: pa_context_connect",
    )
)
"""What Qt says of a machine without a sound server; ``beffroi doctor`` says it better."""

LOADED_LATER = "PySide6.QtMultimedia"
"""Takes long to load: in a thread, once the first picture is drawn."""

_log = structlog.get_logger("console.sounds")


class SoundDesk:
    """Follow the world for one console; lives on the interface's thread.

    Args:
        world: whose alarms are heard.
        notify: says what is summed up, what is reminded of, and what a silence does.
    """

    def __init__(self, world: World, clock: Clock, notify: Notify) -> None:
        self._world = world
        self._notify = notify
        self._sounds = Sounds(clock)
        self._player: AlarmSounds | None = None
        self._told = False
        self._reminders = False
        self._volume = 1.0
        self._heard = frozenset(REPEAT_S)

    @property
    def silence_s(self) -> float:
        """Return for how many seconds F12 still keeps it quiet, 0 for not at all."""
        return self._sounds.silent_s

    @property
    def audible(self) -> bool | None:
        """Return whether there is something to play on, ``None`` while nobody looked."""
        return None if self._player is None else self._player.audible

    @property
    def heard(self) -> frozenset[Severity]:
        """Return the priorities that sound."""
        return self._heard

    def tune(self, volume: float, heard: frozenset[Severity]) -> None:
        """Play as loud as a person wants (0 to 1), and only these priorities."""
        self._volume, self._heard = volume, heard
        if self._player is not None:
            self._player.set_volume(volume)

    def make_ready(self) -> None:
        """Look for an audio output, once what plays is loaded; see :data:`LOADED_LATER`."""
        if self._player is None:
            self._player = self._make_player()

    def begin(self, *, reminders: bool = False) -> None:
        """Take a seat: nothing of the person before is remembered.

        Args:
            reminders: who sits here is told of alarms that nobody acknowledges.
        """
        self._sounds.forget()
        self._reminders = reminders
        self._told = False

    def on_change(self, change: Change) -> None:
        """Play what is due."""
        if not (change.alarms or change.situation or change.second):
            return
        changed = None if change.situation else change.alarms
        ring = self._sounds.look(self._world.alarms, changed)
        if ring.more:
            key = "ui.sounds.more.one" if ring.more == 1 else "ui.sounds.more.other"
            self._notify(text(key, count=ring.more))
        if self._reminders and ring.reminded:
            self._remind(ring.reminded)
        if ring.severity is None or ring.severity not in self._heard:
            return
        if self._player is None:
            self._player = self._make_player()
        if self._player is not None:
            self._player.play(ring.severity)

    def _remind(self, alarm_ids: Sequence[str]) -> None:
        """Say which alarm nobody acknowledges, and since when it stands; of several the worst."""
        alarm = self._world.alarms.get(alarm_ids[0])
        if alarm is None:
            return
        words = Words(text)
        row = alarm_row(self._world, words, alarm)
        minutes = max(1, round(((alarm.reminded_ms or alarm.raised_ms) - alarm.raised_ms) / 60_000))
        said = f"{row.code} {row.text}" if row.code not in row.text else row.text
        stands = words.plural("sounds.stands", minutes)
        notice = text("ui.sounds.reminded", alarm=said.rstrip(" ."), stands=stands)
        if len(alarm_ids) > 1:
            notice += " " + words.plural("sounds.reminded_more", len(alarm_ids) - 1)
        self._notify(notice, severity=alarm.severity)

    def silence(self) -> None:
        """Keep quiet for five minutes, or end the silence; nothing is acknowledged."""
        self._sounds.silence()
        if self._player is not None and not self._player.audible:
            self._notify(text("ui.sounds.none"))
        elif self._sounds.silent_s:
            self._notify(text("ui.sounds.silent", minutes=round(SILENCE_S / 60)))
        else:
            self._notify(text("ui.sounds.heard"))

    def close(self) -> None:
        """Stop playing."""
        if self._player is not None:
            self._player.deleteLater()
            self._player = None

    def _make_player(self) -> AlarmSounds | None:
        """Return what plays, ``None`` where nothing can."""
        # loaded with the first sound: no start has to wait for it
        from ui.sounds import AlarmSounds  # noqa: PLC0415 - see the line above

        try:
            player = AlarmSounds()
        except OSError as error:
            _log.warning("sounds_not_made", reason=str(error))
            return None
        player.set_volume(self._volume)
        if not player.audible and not self._told:
            self._told = True
            _log.info("sounds_no_output", remedy="plug in an audio output; see beffroi doctor")
        return player
