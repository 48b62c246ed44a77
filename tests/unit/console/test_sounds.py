"""A sound for each priority, repeated while nobody acknowledges, and one for a flood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.contract.alarms import Alarm, Severity
from console.state.alarms import Alarms
from console.state.sounds import FLOOD, REPEAT_S, SILENCE_S, Ring, Sounds
from tests.fakes.clock import ManualClock

QUIET = Ring()


class Room:
    def __init__(self) -> None:
        self.clock = ManualClock()
        self.alarms = Alarms()
        self.sounds = Sounds(self.clock)
        self.number = 0

    def ring(self, *severities: Severity) -> Ring:
        for severity in severities:
            self.number += 1
            self.put(f"AL-{self.number}", severity)
        return self.sounds.look(self.alarms)

    def put(
        self,
        name: str,
        severity: Severity,
        *,
        acknowledged: bool = False,
        occurrences: int = 1,
        reminders: int = 0,
    ) -> None:
        self.alarms.put(
            Alarm(
                id=name, rule="r", severity=severity, equipment_id=name, equipment_kind="lamp",
                raised_ms=0, acknowledged=acknowledged, occurrences=occurrences,
                reminders=reminders,
            )
        )  # fmt: skip

    def after(self, seconds: float) -> Ring:
        self.clock.advance(seconds)
        return self.sounds.look(self.alarms)


@pytest.fixture
def room() -> Room:
    room = Room()
    assert room.ring() == QUIET
    return room


def test_each_priority_has_its_sound_and_low_has_none(room: Room) -> None:
    assert room.ring(Severity.LOW) == QUIET
    assert room.ring(Severity.MEDIUM).severity is Severity.MEDIUM
    assert room.ring(Severity.HIGH).severity is Severity.HIGH
    assert room.ring(Severity.URGENT).severity is Severity.URGENT


def test_reminder_comes_back_until_acknowledged(room: Room) -> None:
    room.ring(Severity.URGENT)
    assert room.after(14.9) == QUIET
    assert room.after(0.2).severity is Severity.URGENT
    room.put("AL-1", Severity.URGENT, acknowledged=True)
    assert room.after(60.0) == QUIET


def test_what_stood_when_the_seat_was_taken_sounds_once_as_its_worst() -> None:
    room = Room()
    assert room.ring(Severity.MEDIUM, Severity.HIGH, Severity.HIGH) == Ring(Severity.HIGH)
    assert room.after(1.0) == QUIET


def test_bridge_reminder_rings_and_is_told_once_even_for_what_stopped_sounding(room: Room) -> None:
    room.ring(Severity.URGENT, Severity.MEDIUM, Severity.LOW)
    room.clock.advance(1.0)
    room.put("AL-2", Severity.MEDIUM, reminders=1)
    assert room.sounds.look(room.alarms, ["AL-2"]) == Ring(Severity.MEDIUM, reminded=("AL-2",))
    assert room.sounds.look(room.alarms) == QUIET
    room.put("AL-2", Severity.MEDIUM, reminders=2)
    room.put("AL-3", Severity.LOW, reminders=1)
    told = room.sounds.look(room.alarms)
    assert told == Ring(Severity.MEDIUM, reminded=("AL-2", "AL-3")), "the most pressing first"
    room.put("AL-2", Severity.MEDIUM, acknowledged=True, reminders=2)
    room.put("AL-3", Severity.LOW, reminders=2)
    assert room.sounds.look(room.alarms) == Ring(reminded=("AL-3",)), "low ones have no sound"
    room.put("AL-2", Severity.MEDIUM, occurrences=2, reminders=1)
    assert room.sounds.look(room.alarms).reminded == ("AL-2",), "raised again, reminded again"


def test_reminder_in_a_silence_is_said_and_not_heard(room: Room) -> None:
    room.ring(Severity.HIGH)
    room.sounds.silence()
    room.put("AL-1", Severity.HIGH, reminders=1)
    assert room.after(1.0) == Ring(None, reminded=("AL-1",))


def test_what_was_reminded_before_the_seat_was_taken_is_no_news() -> None:
    room = Room()
    room.put("AL-1", Severity.HIGH, reminders=2)
    assert room.after(0.0) == Ring(Severity.HIGH)


def test_silence_keeps_quiet_acknowledges_nothing_and_ends_by_itself(room: Room) -> None:
    room.ring(Severity.HIGH)
    room.sounds.silence()
    assert room.after(31.0) == QUIET
    assert room.ring(Severity.MEDIUM) == QUIET
    assert not any(alarm.acknowledged for alarm in room.alarms)
    assert room.after(SILENCE_S).severity is Severity.HIGH


def test_new_urgent_alarm_breaks_the_silence(room: Room) -> None:
    room.sounds.silence()
    assert room.ring(Severity.URGENT).severity is Severity.URGENT
    assert room.sounds.silent_s == 0


def test_alarm_that_becomes_urgent_is_heard_at_once_even_in_a_silence(room: Room) -> None:
    room.ring(Severity.URGENT, Severity.MEDIUM)
    room.sounds.silence()
    assert room.after(1.0) == QUIET
    room.put("AL-2", Severity.URGENT)
    assert room.after(1.0).severity is Severity.URGENT
    assert room.sounds.silent_s == 0.0
    assert room.after(1.0) == QUIET, "worse once, heard once"


def test_silence_pressed_again_ends_it(room: Room) -> None:
    room.sounds.silence()
    room.sounds.silence()
    assert room.sounds.silent_s == 0


def test_flood_sounds_once_and_is_summed_up_in_words(room: Room) -> None:
    rings = [room.ring(Severity.HIGH) for _ in range(FLOOD)]
    assert all(ring.severity is Severity.HIGH for ring in rings)
    more = 0
    for _ in range(35):
        ring = room.ring(Severity.HIGH)
        assert ring.severity is None
        more += ring.more
    assert more == 30
    assert room.after(10.1).more == 5, "what is left is said when the flood is over"


def test_flood_still_lets_a_worse_priority_sound(room: Room) -> None:
    for _ in range(2 * FLOOD):
        room.ring(Severity.MEDIUM)
    assert room.ring(Severity.URGENT).severity is Severity.URGENT


def test_alarm_that_became_active_again_sounds_again(room: Room) -> None:
    room.ring(Severity.HIGH)
    room.after(1.0)
    room.put("AL-1", Severity.HIGH, occurrences=2)
    assert room.after(1.0).severity is Severity.HIGH


def test_another_person_hears_what_stands(room: Room) -> None:
    room.ring(Severity.URGENT)
    room.sounds.silence()
    room.sounds.forget()
    assert room.after(0.1).severity is Severity.URGENT


@given(st.lists(st.tuples(st.sampled_from(list(Severity)), st.floats(0.0, 40.0)), max_size=40))
def test_nothing_unacknowledged_is_ever_forgotten(arrivals: list[tuple[Severity, float]]) -> None:
    room = Room()
    room.ring()
    said = fresh = 0
    for severity, wait_s in arrivals:
        room.clock.advance(wait_s)
        fresh += 1
        said += room.ring(severity).more
    assert said <= fresh
    worst = min((alarm.severity for alarm in room.alarms), default=None)
    if worst in REPEAT_S:
        rung = [room.after(1.0).severity for _ in range(int(REPEAT_S[worst]) + 1)]
        assert worst in rung
