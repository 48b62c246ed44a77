"""``beffroi users`` on a real store."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from backend_bridge import cli_users
from backend_bridge.contract.times import SystemClock
from backend_bridge.core.storage import User
from backend_bridge.security.passwords import Passwords
from backend_bridge.store import StoreSettings, open_users

GOOD = "lampe-bleue-du-parc"


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    cli_users.register(parser.add_subparsers(required=True))
    parsed = parser.parse_args(["users", *words])
    return int(parsed.run(parsed))


@pytest.fixture
def secret(tmp_path: Path) -> str:
    path = tmp_path / "password"
    path.write_text(GOOD + "\n")
    path.chmod(0o600)
    return str(path)


@pytest.fixture
def data(tmp_path: Path) -> str:
    (tmp_path / "data").mkdir()
    return str(tmp_path / "data")


async def stored(data: str, name: str) -> User:
    async with open_users(StoreSettings(directory=Path(data)), SystemClock()) as users:
        found = await users.user(name)
    assert found is not None
    return found


def in_store(data: str, name: str) -> User:
    import asyncio  # noqa: PLC0415 - the commands run their own loop; so does this look

    return asyncio.run(stored(data, name))


def test_person_is_added_changed_kept_out_and_let_in_again(
    data: str, secret: str, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ("--data", data)
    assert run("add", "claire", "--role", "lighting", "--name", "Claire Durand",
               "--password-file", secret, "--must-change", *where) == 0  # fmt: skip
    made = in_store(data, "claire")
    assert (made.roles, made.enabled, made.must_change) == (("lighting",), True, True)
    assert run("passwd", "claire", "--password-file", secret, *where) == 0
    changed = in_store(data, "claire")
    assert changed.password_hash != made.password_hash
    assert not changed.must_change
    assert run("roles", "claire", "--role", "viewer", "--role", "police", *where) == 0
    assert run("disable", "claire", *where) == 0
    capsys.readouterr()
    assert run("list", *where) == 0
    listed = capsys.readouterr().out
    assert listed.split() == ["claire", "Claire", "Durand", "viewer,", "police", "disabled"]
    assert GOOD not in listed
    assert run("enable", "claire", *where) == 0
    assert in_store(data, "claire").enabled


async def test_stored_hash_is_argon2s(data: str, secret: str) -> None:
    import asyncio  # noqa: PLC0415 - to run the command off this test's loop

    words = ("add", "claire", "--role", "viewer", "--password-file", secret, "--data", data)
    assert await asyncio.to_thread(run, *words) == 0
    passwords = Passwords()
    assert await passwords.verify((await stored(data, "claire")).password_hash, GOOD)
    passwords.close()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["add", "claire", "--role", "vewer"], 1, "no role 'vewer'"),
        (["add", "Claire D", "--role", "viewer"], 1, "cannot name a user"),
        (["add", "claire"], 1, "needs a role"),
        (["disable", "nobody"], 1, "no user 'nobody'"),
    ],
)
def test_mistakes_are_said_with_an_exit_code(
    data: str,
    secret: str,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    code: int,
    said: str,
) -> None:
    more = ["--password-file", secret] if words[0] == "add" else []
    assert run(*words, *more, "--data", data) == code
    assert said in capsys.readouterr().err


def test_weak_password_is_refused_in_words(
    data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weak = tmp_path / "weak"
    weak.write_text("court")
    weak.chmod(0o600)
    words = ("add", "claire", "--role", "viewer", "--password-file", str(weak), "--data", data)
    assert run(*words) == 1
    assert "at least 12 characters" in capsys.readouterr().err


def test_password_file_others_may_read_is_refused(
    data: str, secret: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(secret).chmod(0o644)
    words = ("add", "claire", "--role", "viewer", "--password-file", secret, "--data", data)
    assert run(*words) == 2
    assert "chmod 600" in capsys.readouterr().err


def test_directory_without_a_bridge_is_not_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("list", "--data", str(tmp_path / "nowhere")) == 2
    assert "start the bridge once" in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()


def test_configuration_file_names_the_store_and_the_citys_roles(
    tmp_path: Path, secret: str
) -> None:
    (tmp_path / "roles").mkdir()
    (tmp_path / "roles" / "night.toml").write_text('title = "Nuit"\nrights = ["view:*"]\n')
    file = tmp_path / "bridge.toml"
    file.write_text('data = "data"\nterritory = "city"\nroles = "roles"\n')
    (tmp_path / "data").mkdir()
    words = ("add", "claire", "--role", "night", "--password-file", secret)
    assert run(*words, "--config", str(file)) == 0
    assert in_store(str(tmp_path / "data"), "claire").roles == ("night",)
