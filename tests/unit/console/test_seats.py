"""Seat files: typed layouts, every mistake named."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from console.panels.discovery import discover
from console.seats.files import SeatError, load_seats

SHIPPED = Path(__file__).parents[3] / "resources" / "seats"
PANELS = tuple(discover().specs)


def test_shipped_seats_are_those_of_the_mission_and_know_their_panels() -> None:
    seats = load_seats(SHIPPED, known_panels=PANELS)
    assert set(seats) == {
        *("supervisor", "police", "snow", "calltaker", "traffic", "security", "lighting"),
        *("crisis", "auditor"),
    }
    for seat in seats.values():
        assert seat.screens, seat.id


def test_three_seats_have_the_screens_the_mission_gives_them() -> None:
    seats = load_seats(SHIPPED, known_panels=PANELS)
    main, *others = seats["supervisor"].screens
    assert main.panels == ("queue", "map", "equipment", "faceplate")
    assert others[-1].role == "overview"
    assert {"communes", "availability", "alarm_load"} <= set(others[-1].panels)
    board = seats["snow"].screens[1]
    assert (board.role, board.panels) == ("board", ("circuits", "stations"))
    queue, cameras = seats["police"].screens
    assert (queue.panels, cameras.panels) == (
        ("queue", "faceplate", "equipment"),
        ("map", "overrides", "wall", "alarms"),
    )
    assert seats["police"].settings["wall"] == {"side": 2}


GOOD = """
title = "seat.x"
[[screen]]
role = "main"
names = ["DP-1", "DP-2"]
[[screen.column]]
weight = 2
cell = [{ panel = "map", weight = 3 }, { panel = "queue" }]
[[screen]]
role = "wall"
[[screen.column]]
cell = [{ panel = "equipment", settings = { newest = true } }]
"""


def test_a_seat_of_two_screens(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(GOOD)
    seat = load_seats(tmp_path)["x"]
    main, wall = seat.screens
    assert main.names == ("DP-1", "DP-2")
    assert main.panels == ("map", "queue")
    assert main.columns[0].weight == 2
    assert main.columns[0].cells[0].weight == 3
    assert wall.panels == ("equipment",)
    assert seat.settings == {"map": {}, "queue": {}, "equipment": {"newest": True}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "cannot be read as TOML"),
        ("", "seat: needs at least one [[screen]]"),
        ("screen = 5", "seat: needs at least one [[screen]]"),
        ('titel = "x"\n' + GOOD, "unknown key 'titel', did you mean 'title'?"),
        (GOOD.replace('"wall"', '"main"'), "two screens have the role 'main'"),
        (
            GOOD.replace('panel = "queue"', 'panel = "queu"'),
            "no panel 'queu', did you mean 'queue'?",
        ),
        (
            GOOD.replace('"equipment"', '"map"'),
            "screen 2, column 1, cell 1: panel 'map' is placed twice",
        ),
        (GOOD.replace("weight = 3", "weight = 0"), "weight is 0: give a number above 0"),
        (GOOD.replace("weight = 3", 'weight = "a"'), "weight is 'a'"),
        (GOOD.replace("{ newest = true }", "5"), "cell 1: settings must be a table such as"),
        (GOOD.replace('["DP-1", "DP-2"]', "[5]"), "names must be a list"),
        (GOOD.replace('panel = "queue"', "panel = 5"), "'panel' must be a text"),
    ],
)
def test_mistakes_are_named_with_file_and_place(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "x.toml").write_text(text)
    with pytest.raises(SeatError) as caught:
        load_seats(tmp_path, known_panels=PANELS)
    assert said in str(caught.value)
    assert all(problem.startswith("x.toml: ") for problem in caught.value.problems)


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(SeatError, match="no seat file"):
        load_seats(tmp_path)


def test_the_supervisors_map_has_room_for_its_column() -> None:
    seats = load_seats(Path(str(files("resources") / "seats")))
    columns = seats["supervisor"].screens[0].columns
    weights = {cell.panel: column.weight for column in columns for cell in column.cells}
    share_px = (1920 - 4 * 6) / sum(column.weight for column in columns)
    assert weights["map"] * share_px >= 900
    assert weights["queue"] * share_px >= 480
