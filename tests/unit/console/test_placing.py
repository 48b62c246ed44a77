"""No window of a seat is ever lost: every one has a screen that is there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.seats.layout import Cell, Column, SeatScreen
from console.seats.placing import Screen, place

LEFT = Screen("DP-1", 0, 0, 1920, 1080)
MIDDLE = Screen("DP-2", 1920, 0, 1920, 1080, primary=True)
RIGHT = Screen("HDMI-1", 3840, 0, 3840, 2160)


def window(role: str, *names: str) -> SeatScreen:
    return SeatScreen(role, (Column((Cell(role),)),), names)


def where(*placed: object) -> list[tuple[str, str, bool]]:
    return [(item.role, item.screen.name, item.shared) for item in placed]  # type: ignore[attr-defined] # Placed


def test_named_screens_are_taken_wherever_they_stand() -> None:
    windows = [window("map", "HDMI-1"), window("wall", "DP-1", "DP-2")]
    assert where(*place(windows, [LEFT, MIDDLE, RIGHT])) == [
        ("map", "HDMI-1", False),
        ("wall", "DP-1", False),
    ]


def test_next_name_is_taken_when_the_first_is_unplugged() -> None:
    assert where(*place([window("wall", "DP-9", "DP-2")], [LEFT, MIDDLE])) == [
        ("wall", "DP-2", False)
    ]


def test_unnamed_windows_take_the_primary_first_then_from_the_left() -> None:
    windows = [window("map"), window("wall"), window("overview")]
    assert where(*place(windows, [LEFT, MIDDLE, RIGHT])) == [
        ("map", "DP-2", False),
        ("wall", "DP-1", False),
        ("overview", "HDMI-1", False),
    ]


def test_too_few_screens_are_shared_and_it_is_said() -> None:
    windows = [window("map"), window("wall"), window("overview")]
    assert where(*place(windows, [MIDDLE])) == [
        ("map", "DP-2", False),
        ("wall", "DP-2", True),
        ("overview", "DP-2", True),
    ]


def test_what_a_person_chose_goes_before_the_seat_file() -> None:
    windows = [window("map", "DP-1"), window("wall", "DP-2")]
    moved = place(windows, [LEFT, MIDDLE], {"map": "DP-2", "wall": "DP-1"})
    assert where(*moved) == [("map", "DP-2", False), ("wall", "DP-1", False)]


def test_remembered_screen_that_is_gone_is_ignored() -> None:
    assert where(*place([window("map", "DP-1")], [LEFT], {"map": "DP-7"})) == [
        ("map", "DP-1", False)
    ]


names = st.sampled_from(["A", "B", "C", "D", "E"])


@given(
    st.lists(st.lists(names, max_size=3), min_size=1, max_size=5),
    st.lists(names, min_size=1, max_size=5, unique=True),
    st.dictionaries(st.sampled_from(["r0", "r1", "r2"]), names),
)
def test_every_window_has_a_screen_and_none_is_shared_while_one_is_free(
    wanted: list[list[str]], present: list[str], remembered: dict[str, str]
) -> None:
    windows = [window(f"r{number}", *one) for number, one in enumerate(wanted)]
    screens = [Screen(name, 100 * n, 0, 100, 100, n == 0) for n, name in enumerate(present)]
    placed = place(windows, screens, remembered)
    assert [item.role for item in placed] == [item.role for item in windows]
    assert all(item.screen in screens for item in placed)
    alone = [item.screen.name for item in placed if not item.shared]
    assert len(alone) == len(set(alone)) == min(len(windows), len(screens))
