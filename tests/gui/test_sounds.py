"""The tones are short, as loud as meant, begin and end softly, and each priority has its own."""

from __future__ import annotations

import itertools
import wave
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QApplication

from backend_bridge.contract.alarms import AlarmChange, Severity
from backend_bridge.contract.journal import AlarmEvent
from backend_bridge.contract.results import SituationResult
from console.app_sounds import SoundDesk
from tests.fakes.panel_context import Desk
from tests.fakes.small_city import alarm, small_city
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


def test_only_the_seat_that_is_reminded_reads_who_waits_and_since_when(
    dressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    played: list[Severity] = []
    monkeypatch.setattr(AlarmSounds, "play", lambda _, severity: played.append(severity))
    desk = Desk()
    said: list[tuple[str, Severity | None]] = []

    def notify(text: str, *, severity: Severity | None = None) -> None:
        said.append((text, severity))

    sounds = SoundDesk(desk.world, desk.clock, notify)
    desk.world.subscribe(sounds.on_change)
    desk.feed(catalogue=small_city())
    sounds.begin(reminders=True)
    both = (alarm(1), alarm(2))
    desk.feed(situation=SituationResult(seq=0, alarms=both, incidents=(), service=()))
    desk.feed(events=[_reminded(1)])
    (words, severity) = said.pop()
    assert words == (
        "Rappel\u00a0: EP-0001 Armoire injoignable — alarme apparue il y a 5\u00a0min, "
        "et personne ne l’a acquittée."
    )
    assert severity is Severity.HIGH
    assert played, "it rings"
    desk.feed(events=[_reminded(1, 2), _reminded(2)])
    assert said.pop()[0].endswith("Une autre alarme attend de même.")
    sounds.begin()
    desk.feed(situation=SituationResult(seq=0, alarms=both, incidents=(), service=()))
    desk.feed(events=[_reminded(1, 3)])
    assert said == [], "other seats hear the sounds they always hear"
    sounds.close()


def _reminded(number: int, times: int = 1) -> AlarmEvent:
    unseen = alarm(number)
    told_ms = unseen.raised_ms + times * 300_000
    told = msgspec.structs.replace(unseen, rule="link_lost", reminders=times, reminded_ms=told_ms)
    return AlarmEvent(change=AlarmChange.REMINDED, alarm=told)
