"""The tones are short, as loud as meant, begin and end softly, and each priority has its own."""

from __future__ import annotations

import itertools
import wave
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from backend_bridge.contract.alarms import Severity
from ui.sounds import LEVEL, RATE_HZ, TONES_HZ, AlarmSounds, samples, write_wave


@pytest.mark.parametrize("severity", TONES_HZ)
def test_tones_are_as_the_look_says(severity: Severity) -> None:
    tones_hz = TONES_HZ[severity]
    found = samples(tones_hz)
    assert 0 < len(found) / RATE_HZ <= 0.8
    assert found[0] == 0
    assert abs(found[-1]) < 400
    assert 0.7 * LEVEL < max(map(abs, found)) / 32767 <= LEVEL
    first = found[: round(0.2 * RATE_HZ)]
    rising = sum(1 for a, b in itertools.pairwise(first) if a < 0 <= b)
    assert rising / 0.2 == pytest.approx(tones_hz[0], rel=0.05), "its pitch"


def test_low_alarms_have_no_sound() -> None:
    assert set(TONES_HZ) == {Severity.URGENT, Severity.HIGH, Severity.MEDIUM}


def test_wave_file_is_one_any_player_reads(tmp_path: Path) -> None:
    path = tmp_path / "tone.wav"
    write_wave(path, TONES_HZ[Severity.URGENT])
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE_HZ)
        assert file.getnframes() == len(samples(TONES_HZ[Severity.URGENT]))


def test_machine_without_loudspeaker_plays_nothing_and_says_so(
    dressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.sounds.QMediaDevices.audioOutputs", list)
    sounds = AlarmSounds()
    assert not sounds.audible
    sounds.play(Severity.URGENT)
