"""Key files, the allow-list and ``beffroi keys``."""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path

import pytest
import zmq.auth
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.security import cli_keys, keys
from backend_bridge.security.enrolments import Enrolments, enroll, revoke
from backend_bridge.security.keys import KeyFileError


def test_pair_round_trips_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    pair = keys.generate()
    keys.write_pair(tmp_path / "a", "pupitre-1", pair)
    path = keys.secret_path(tmp_path / "a", "pupitre-1")
    assert keys.read_pair(path) == pair
    assert path.stat().st_mode & 0o777 == 0o600
    assert keys.read_public(keys.public_path(tmp_path / "a", "pupitre-1")) == pair.public
    assert keys.public_path(tmp_path / "a", "pupitre-1").read_text().count("secret") == 0


def test_files_are_those_every_zeromq_tool_reads(tmp_path: Path) -> None:
    pair = keys.generate()
    keys.write_pair(tmp_path, "pupitre-1", pair)
    assert zmq.auth.load_certificate(keys.secret_path(tmp_path, "pupitre-1")) == (
        pair.public,
        pair.secret,
    )
    theirs_public, theirs_secret = zmq.auth.create_certificates(tmp_path, "other")
    Path(theirs_secret).chmod(0o600)
    assert keys.read_pair(Path(theirs_secret)).public == keys.read_public(Path(theirs_public))


def test_secret_is_never_shown_by_repr() -> None:
    pair = keys.generate()
    assert pair.secret.decode() not in repr(pair)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_secret_others_may_read_is_refused_with_the_remedy(tmp_path: Path, mode: int) -> None:
    keys.write_pair(tmp_path, "pupitre-1", keys.generate())
    path = keys.secret_path(tmp_path, "pupitre-1")
    path.chmod(mode)
    with pytest.raises(KeyFileError, match=f"chmod 600 {path}"):
        keys.read_pair(path)


def test_pair_is_never_overwritten(tmp_path: Path) -> None:
    keys.write_pair(tmp_path, "pupitre-1", keys.generate())
    with pytest.raises(KeyFileError, match="never overwritten"):
        keys.write_pair(tmp_path, "pupitre-1", keys.generate())


def test_halves_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    one, other = keys.generate(), keys.generate()
    keys.write_pair(tmp_path, "pupitre-1", keys.KeyPair(one.public, other.secret))
    with pytest.raises(KeyFileError, match="altered"):
        keys.read_pair(keys.secret_path(tmp_path, "pupitre-1"))


@given(st.binary(max_size=200))
def test_hostile_key_files_raise_only_our_error(content: bytes) -> None:
    import tempfile  # noqa: PLC0415 - hypothesis and tmp_path do not mix

    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "x.key_secret"
        path.write_bytes(content)
        path.chmod(0o600)
        with pytest.raises(KeyFileError):
            keys.read_pair(path)


def test_cut_key_file_says_to_copy_it_again(tmp_path: Path) -> None:
    keys.write_public(tmp_path, "pupitre-1", keys.generate().public)
    path = keys.public_path(tmp_path, "pupitre-1")
    path.write_text(path.read_text()[:-8])
    with pytest.raises(KeyFileError, match="cut short"):
        keys.read_public(path)


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "a/b", "../a", "a b", "é", "-a", "a.", "a..b", "x" * 65, "bridge", "a\n"],
)
def test_names_that_cannot_be_file_names_are_refused(name: str) -> None:
    with pytest.raises(KeyFileError, match="name"):
        keys.check_name(name)


@pytest.mark.parametrize("name", ["a", "pupitre-police-1", "PC_2.ouest", "x" * 64])
def test_plain_names_are_taken(name: str) -> None:
    assert keys.check_name(name) == name


def test_bridge_pair_is_made_once(tmp_path: Path) -> None:
    first = keys.ensure_bridge_pair(tmp_path / "keys")
    assert keys.ensure_bridge_pair(tmp_path / "keys") == first


def test_enrolled_key_is_known_by_name_and_forgotten_when_revoked(tmp_path: Path) -> None:
    pair = keys.generate()
    enrolments = Enrolments(tmp_path)
    enroll(tmp_path, "pupitre-1", pair.public)
    assert enrolments.name_of(pair.public) is None  # nothing is read behind the caller's back
    assert enrolments.refresh()
    assert enrolments.name_of(pair.public) == "pupitre-1"
    assert not enrolments.refresh()
    revoke(tmp_path, "pupitre-1")
    assert enrolments.refresh()
    assert enrolments.name_of(pair.public) is None


def test_replaced_key_file_is_noticed_even_within_one_clock_tick(tmp_path: Path) -> None:
    enrolments = Enrolments(tmp_path)
    for _ in range(50):
        pair = keys.generate()
        keys.write_public(tmp_path, "pupitre-1", pair.public)
        enrolments.refresh()
        assert enrolments.names() == ["pupitre-1"]
        assert enrolments.name_of(pair.public) == "pupitre-1"


def test_one_key_serves_one_console_and_one_name_has_one_key(tmp_path: Path) -> None:
    pair = keys.generate()
    enroll(tmp_path, "pupitre-1", pair.public)
    enroll(tmp_path, "pupitre-1", pair.public)  # again is no mistake
    with pytest.raises(KeyFileError, match="already enrolled for pupitre-1"):
        enroll(tmp_path, "pupitre-2", pair.public)
    with pytest.raises(KeyFileError, match="revoke pupitre-1"):
        enroll(tmp_path, "pupitre-1", keys.generate().public)


def test_unusable_files_are_said_once_and_do_not_keep_others_out(
    tmp_path: Path, expected_events: list[str]
) -> None:
    expected_events.append("enrolment_unusable")
    pair = keys.generate()
    enroll(tmp_path, "pupitre-1", pair.public)
    (tmp_path / "broken.key").write_text("nothing")
    (tmp_path / "copy.key").write_text((tmp_path / "pupitre-1.key").read_text())
    enrolments = Enrolments(tmp_path)
    enrolments.refresh()
    assert len(enrolments.names()) == 1
    assert len(enrolments.problems) == 2


def test_directory_that_cannot_be_read_enrols_nobody(
    tmp_path: Path, expected_events: list[str]
) -> None:
    expected_events.append("enrolments_unreadable")
    directory = tmp_path / "enrolled"
    pair = keys.generate()
    enroll(directory, "pupitre-1", pair.public)
    enrolments = Enrolments(directory)
    enrolments.refresh()
    directory.rename(tmp_path / "away")
    assert enrolments.refresh()
    assert enrolments.names() == []
    assert "cannot be read" in enrolments.problems[0]


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    cli_keys.register(parser.add_subparsers(required=True))
    parsed = parser.parse_args(["keys", *words])
    return int(parsed.run(parsed))


def test_commands_make_enrol_list_and_revoke(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, out = str(tmp_path / "data"), tmp_path / "pupitre-1"
    address = "tcp://192.0.2.7:7461"
    assert run("new", "pupitre-1", "--out", str(out), "--data", data, "--bridge", address) == 0
    settings = tomllib.loads((out / "console.toml").read_text())
    assert settings == {"name": "pupitre-1", "bridges": [address]}
    bridge = keys.ensure_bridge_pair(tmp_path / "data" / "keys")
    assert keys.read_public(out / "bridge.key") == bridge.public
    assert run("enroll", "pupitre-1", str(out / "pupitre-1.key"), "--data", data) == 0
    capsys.readouterr()
    assert run("list", "--data", data) == 0
    assert capsys.readouterr().out.split()[0] == "pupitre-1"
    assert run("revoke", "pupitre-1", "--data", data) == 0
    capsys.readouterr()
    assert run("list", "--data", data) == 0
    assert capsys.readouterr().out == ""


def test_new_console_can_be_enrolled_at_once(tmp_path: Path) -> None:
    out, data = tmp_path / "c", tmp_path / "data"
    assert run("new", "pupitre-2", "--out", str(out), "--data", str(data), "--enroll") == 0
    enrolments = Enrolments(data / "keys" / "enrolled")
    enrolments.refresh()
    assert enrolments.names() == ["pupitre-2"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["revoke", "nobody", "--data", "{data}"], "is not enrolled"),
        (["enroll", "a/b", "{data}/x.key", "--data", "{data}"], "cannot be read"),
        (["new", "a/b", "--out", "{data}/o", "--data", "{data}"], "cannot name a console"),
        (
            ["new", "a", "--out", "{data}/o", "--data", "{data}", "--bridge", "somewhere"],
            "no bridge address",
        ),
        (["list"], "--data DIR"),
    ],
)
def test_commands_say_what_is_wrong_and_end_with_an_exit_code(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    said: str,
) -> None:
    monkeypatch.delenv(cli_keys.DATA_VARIABLE, raising=False)
    (tmp_path / "keys" / "enrolled").mkdir(parents=True)
    assert run(*(word.format(data=tmp_path) for word in words)) == cli_keys.EXIT_REFUSED
    assert said in capsys.readouterr().err


def test_data_directory_may_come_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cli_keys.DATA_VARIABLE, str(tmp_path))
    assert run("new", "pupitre-3", "--out", str(tmp_path / "o"), "--enroll") == 0
    assert (tmp_path / "keys" / "enrolled" / "pupitre-3.key").exists()
