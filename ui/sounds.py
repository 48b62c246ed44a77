"""Play the alarm sounds: short tones made here, no file of anybody's."""

from __future__ import annotations

import array
import math
import wave
from pathlib import Path

from PySide6.QtCore import QObject, QTemporaryDir, QUrl
from PySide6.QtMultimedia import QMediaDevices, QSoundEffect, QtAudio

from backend_bridge.contract.alarms import Severity

RATE_HZ = 44_100
TONE_S = 0.22
GAP_S = 0.05
RAMP_S = 0.012
"""A tone that begins at once clicks."""
LEVEL = 0.5
TONES_HZ = {
    Severity.URGENT: (880, 660, 880),
    Severity.HIGH: (660, 660),
    Severity.MEDIUM: (520,),
}


def samples(tones_hz: tuple[int, ...]) -> array.array[int]:
    """Return 16-bit mono samples of tones one after the other, 0.8 s at most."""
    found = array.array("h")
    length, ramp, gap = (round(seconds * RATE_HZ) for seconds in (TONE_S, RAMP_S, GAP_S))
    for place, tone_hz in enumerate(tones_hz):
        if place:
            found.extend([0] * gap)
        for n in range(length):
            swell = min(1.0, n / ramp, (length - n) / ramp)
            # a little of the third harmonic carries through a room full of voices
            phase = 2 * math.pi * tone_hz * n / RATE_HZ
            shape = 0.85 * math.sin(phase) + 0.15 * math.sin(3 * phase)
            found.append(round(32767 * LEVEL * swell * shape))
    return found


def write_wave(path: Path, tones_hz: tuple[int, ...]) -> None:
    """Write tones as a WAV file.

    Raises:
        OSError: it cannot be written.
    """
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples(tones_hz).tobytes())


class AlarmSounds(QObject):
    """Play one sound a priority; a machine without a loudspeaker plays nothing and says so.

    Raises:
        OSError: the sounds cannot be written in the temporary folder.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = QTemporaryDir()
        self._effects: dict[Severity, QSoundEffect] = {}
        if not self.audible:
            return
        for severity, tones_hz in TONES_HZ.items():
            path = Path(self._folder.filePath(f"{int(severity)}.wav"))
            write_wave(path, tones_hz)
            effect = QSoundEffect(self)
            effect.setSource(QUrl.fromLocalFile(str(path)))
            self._effects[severity] = effect

    @property
    def audible(self) -> bool:
        """Return whether this machine has something to play on."""
        return bool(QMediaDevices.audioOutputs())

    def set_volume(self, volume: float) -> None:
        """Play as loud as this from now on: 0 to 1, as the ear hears it."""
        scale = QtAudio.VolumeScale
        gain = QtAudio.convertVolume(volume, scale.LogarithmicVolumeScale, scale.LinearVolumeScale)
        for effect in self._effects.values():
            effect.setVolume(gain)

    def play(self, severity: Severity) -> None:
        """Play a priority's sound, from its beginning; the one before it stops."""
        for effect in self._effects.values():
            effect.stop()
        if severity in self._effects:
            self._effects[severity].play()
