"""A wall that signs itself in: its settings, and when it tries."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend_bridge.contract.errors import ErrorCode, RequestError
from console import app_kiosk
from console.app_kiosk import Kiosk, KioskSettings, load
from console.link.settings import SettingsError
from tests.fakes.clock import ManualClock

DESK = 'name = "mur-1"\nbridges = ["tcp://127.0.0.1:4710"]\n'
WALL = DESK + '[kiosk]\nuser = "mur"\nseat = "supervisor"\npassword_file = "mur.password"\n'


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    (tmp_path / "console.toml").write_text(WALL, encoding="utf-8")
    secret = tmp_path / "mur.password"
    secret.write_text("quatre murs blancs\n", encoding="utf-8")
    secret.chmod(0o600)
    return tmp_path


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def kiosk(directory: Path, clock: ManualClock) -> Kiosk:
    settings = load(directory)
    assert settings is not None
    return Kiosk(settings, clock)


# -- settings -------------------------------------------------------------------------------------


def test_a_desk_has_no_kiosk(directory: Path) -> None:
    (directory / "console.toml").write_text(DESK, encoding="utf-8")
    assert load(directory) is None


def test_a_wall_names_account_seat_and_password_file(directory: Path) -> None:
    assert load(directory) == KioskSettings("mur", "supervisor", directory / "mur.password")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('kiosk = "mur"', "'kiosk' must be a table"),
        ('[kiosk]\nusr = "mur"', "unknown key 'kiosk.usr', the nearest known is 'kiosk.user'"),
        ('[kiosk]\nseat = "x"\npassword_file = "mur.password"', "'kiosk.user' is missing"),
        ('[kiosk]\nuser = "mur"\npassword_file = "mur.password"', "'kiosk.seat' is missing"),
        ('[kiosk]\nuser = "mur"\nseat = "x"', "'kiosk.password_file' is missing"),
        ('[kiosk]\nuser = 5\nseat = "x"\npassword_file = "y"', "'kiosk.user' is missing"),
        ('[kiosk]\nuser = " "\nseat = "x"\npassword_file = "y"', "'kiosk.user' is missing"),
        (
            '[kiosk]\nuser = "mur"\nseat = "x"\npassword_file = "none.password"',
            "none.password cannot be read (No such file or directory)",
        ),
    ],
)
def test_mistakes_in_the_table_are_named(directory: Path, table: str, said: str) -> None:
    (directory / "console.toml").write_text(f"{DESK}{table}\n", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load(directory)
    assert said in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\n", b"one\ntwo\n", b"\xff\xfe\n"])
def test_a_password_file_holds_one_line_of_text(directory: Path, content: bytes) -> None:
    (directory / "mur.password").write_bytes(content)
    with pytest.raises(SettingsError, match=r"mur\.password"):
        load(directory)


def test_a_password_file_open_to_others_is_refused(directory: Path) -> None:
    (directory / "mur.password").chmod(0o640)
    with pytest.raises(SettingsError, match="chmod 600") as caught:
        load(directory)
    assert "quatre murs" not in str(caught.value)


# -- when it tries --------------------------------------------------------------------------------


def refusal(code: ErrorCode = ErrorCode.REFUSED, **params: float) -> RequestError:
    return RequestError(code, "error.sign_in.wrong", dict(params))


def test_tries_at_once_and_again_soon_after_a_session(kiosk: Kiosk, clock: ManualClock) -> None:
    assert kiosk.due()
    assert kiosk.begin() == "quatre murs blancs"
    assert not kiosk.due(), "two tries in one breath"
    kiosk.signed_in()
    clock.advance(app_kiosk.AGAIN_S)
    assert kiosk.due()


@pytest.mark.parametrize(
    ("error", "wait_s"),
    [
        (refusal(), 60),
        (refusal(seconds=12), 60),
        (refusal(seconds=300), 300),
        (refusal(ErrorCode.BAD_REQUEST), 60),
        (refusal(ErrorCode.UNAVAILABLE), 5),
        (refusal(ErrorCode.TIMED_OUT), 5),
        (refusal(ErrorCode.CONFLICT), 5),
    ],
)
def test_a_failure_is_tried_again_slowly_enough(
    kiosk: Kiosk, clock: ManualClock, error: RequestError, wait_s: int
) -> None:
    kiosk.begin()
    assert kiosk.refused(error) == wait_s
    clock.advance(wait_s - 0.5)
    assert not kiosk.due()
    clock.advance(0.5)
    assert kiosk.due()


def test_a_mended_password_is_taken_at_the_next_try(
    kiosk: Kiosk, clock: ManualClock, directory: Path
) -> None:
    (directory / "mur.password").write_text("", encoding="utf-8")
    with pytest.raises(SettingsError):
        kiosk.begin()
    assert not kiosk.due()
    (directory / "mur.password").write_text("cinq fenetres\n", encoding="utf-8")
    clock.advance(app_kiosk.REFUSED_AGAIN_S)
    assert kiosk.due()
    assert kiosk.begin() == "cinq fenetres"


def test_somebody_at_the_form_is_not_cut_off(kiosk: Kiosk, clock: ManualClock) -> None:
    kiosk.touch()
    clock.advance(app_kiosk.HANDS_OFF_S - 1)
    assert not kiosk.due()
    kiosk.touch()
    clock.advance(app_kiosk.HANDS_OFF_S - 1)
    assert not kiosk.due()
    clock.advance(1)
    assert kiosk.due(), "a form somebody walked away from does not stay open"


def test_a_person_who_left_the_walls_session_keeps_the_form(
    kiosk: Kiosk, clock: ManualClock
) -> None:
    kiosk.begin()
    kiosk.signed_in()
    kiosk.leave("mur")
    clock.advance(86_400)
    assert not kiosk.due()
    kiosk.signed_in()
    kiosk.leave("technicienne")
    assert kiosk.due(), "after a person's own session the wall takes its seat again"
