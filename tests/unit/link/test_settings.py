"""console.toml and its keys: typed, checked, and saying what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
import zmq.auth

from console.link.settings import SettingsError, load


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Give a console's key folder as ``beffroi keys new`` leaves it."""
    _, secret = zmq.auth.create_certificates(tmp_path, "pc-01")
    Path(secret).chmod(0o600)
    zmq.auth.create_certificates(tmp_path, "bridge")
    (tmp_path / "console.toml").write_text('name = "pc-01"\nbridges = ["tcp://127.0.0.1:4710"]\n')
    return tmp_path


def test_a_good_folder(directory: Path) -> None:
    settings = load(directory, environ={})
    assert settings.addresses == ("tcp://127.0.0.1:4710",)
    assert len(settings.public_key) == len(settings.secret_key) == len(settings.bridge_key) == 40
    assert settings.secret_key not in repr(settings)


def test_the_environment_overrides_the_addresses(directory: Path) -> None:
    settings = load(directory, environ={"BEFFROI_BRIDGES": "tcp://a:1, tcp://b:2"})
    assert settings.addresses == ("tcp://a:1", "tcp://b:2")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('nam = "x"', "unknown key 'nam', the nearest known is 'name'"),
        ('name = "pc-01"', "'bridges' is missing"),
        ('name = 5\nbridges = ["tcp://a:1"]', "'name' must be"),
        ('name = "pc-01"\nbridges = []', "bridges is empty"),
        ('name = "pc-01"\nbridges = ["http://a:1"]', "'http://a:1' is no address"),
        ('name = "pc-01"\nbridges = ["tcp://a:99999"]', "is no address"),
        ('name = "pc-01"\nbridges = [7]', "7 is no address"),
        ('name = "pc-02"\nbridges = ["tcp://a:1"]', "pc-02.key_secret cannot be read"),
        ('name = "x"\nbridges = ["tcp://a:1"]\nsecret_key_file = "bridge.key"', "no secret key"),
        (
            'name = "pc-01"\nbridges = ["tcp://a:1"]\nrequest_timeout_s = 0',
            "'request_timeout_s' is 0",
        ),
        ("name = ", "is not TOML"),
    ],
)
def test_mistakes_are_named(directory: Path, text: str, said: str) -> None:
    (directory / "console.toml").write_text(text)
    with pytest.raises(SettingsError, match=r"console\.toml|\.key") as caught:
        load(directory, environ={})
    assert said in str(caught.value)


def test_a_secret_key_open_to_others_is_refused(directory: Path) -> None:
    (directory / "pc-01.key_secret").chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        load(directory, environ={})


def test_a_missing_file_says_where_it_comes_from(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="beffroi keys new"):
        load(tmp_path, environ={})


def test_a_broken_key_file_is_said(directory: Path) -> None:
    (directory / "bridge.key").write_text("nothing")
    with pytest.raises(SettingsError, match=r"bridge\.key"):
        load(directory, environ={})


def test_a_walls_own_table_is_left_to_whom_it_concerns(directory: Path) -> None:
    with (directory / "console.toml").open("a") as file:
        file.write('[kiosk]\nuser = "mur"\n')
    assert load(directory, environ={}).addresses == ("tcp://127.0.0.1:4710",)
