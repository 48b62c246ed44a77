"""Settings come from four places in order, and every mistake says what to do about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend_bridge import config, daemon
from backend_bridge.config import BridgeConfig, ConfigFileError, host_and_port, load, read_secret

NEEDED = {"data": "/d", "territory": "/t"}


def from_file(path: Path, text: str) -> BridgeConfig:
    path.write_text(text, "utf-8")
    return load(path, {}, NEEDED)


def refusal(
    file: Path | None, environment: Mapping[str, str], command_line: Mapping[str, str]
) -> str:
    with pytest.raises(ConfigFileError) as caught:
        load(file, environment, command_line)
    return str(caught.value)


def test_each_place_wins_over_the_one_before(toml: Path) -> None:
    toml.write_text('[wire]\naddress = "tcp://file:1"\nname = "file"\nheartbeat_s = 3.0\n', "utf-8")
    environment = {
        "BEFFROI_BRIDGE__WIRE__ADDRESS": "tcp://env:1",
        "BEFFROI_BRIDGE__WIRE__NAME": "env",
        "UNRELATED": "x",
    }

    found = load(toml, environment, {**NEEDED, "wire.address": "tcp://cli:1"})

    assert found.wire.address == "tcp://cli:1"
    assert found.wire.name == "env"
    assert found.wire.heartbeat_s == 3.0
    assert found.http.address == "127.0.0.1:8470"


def test_environment_values_take_their_settings_type() -> None:
    found = load(
        None,
        {
            "BEFFROI_BRIDGE__STORE__HISTORY_BYTES": "20000000",
            "BEFFROI_BRIDGE__LINKS__RECONNECT_CAP_S": "7.5",
            "BEFFROI_BRIDGE__WIRE__NAME": "12",
            "BEFFROI_BRIDGE__DRIVERS": "/a:/b",
        },
        NEEDED,
    )

    assert found.store.history_bytes == 20_000_000
    assert found.supervisor().reconnect_cap_s == 7.5
    assert found.wire.name == "12"
    assert found.drivers == ("/a", "/b")


def test_relative_paths_of_a_file_start_at_the_file(toml: Path) -> None:
    toml.write_text('data = "state"\nterritory = "/abs"\ndrivers = ["own"]\n', "utf-8")

    found = load(toml, {}, {})

    assert found.data == str(toml.parent / "state")
    assert found.territory == "/abs"
    assert found.drivers == (str(toml.parent / "own"),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[wire]\nadress = "x"', 'unknown key "wire.adress" (did you mean "address"?)'),
        ('[wier]\naddress = "x"', 'unknown key "wier" (did you mean "wire"?)'),
        ("[wire]\naddress = 3", "wire.address: Expected `str`"),
        ("wire = 3", "wire: Expected `object`"),
        ("[store]\nhistory_bytes = 5", "store.history_bytes: Expected `int` >= 8388608"),
        ('[log]\nlevel = "loud"', "log.level: Invalid enum value 'loud'"),
        ("[links]\nreconnect_start_s = 20.0", "reconnect_start_s is above links.reconnect_cap_s"),
        ('[wire]\naddress = "ipc:///x"', "no TCP address"),
        ('[http]\naddress = "localhost"', "is not host:port"),
        ("[wire", "is not TOML"),
    ],
)
def test_mistakes_in_the_file_are_explained(toml: Path, text: str, said: str) -> None:
    toml.write_text(text, "utf-8")

    message = refusal(toml, {}, NEEDED)

    assert said in message
    assert message.endswith(".")


def test_several_mistakes_are_told_together(toml: Path) -> None:
    toml.write_text("a = 1\nb = 2\n[wire]\nc = 3\n", "utf-8")

    message = refusal(toml, {}, NEEDED)

    assert all(f'unknown key "{key}"' in message for key in ("a", "b", "wire.c"))


def test_an_unknown_variable_is_refused_by_name() -> None:
    message = refusal(None, {"BEFFROI_BRIDGE__WIRE__ADRESS": "x"}, NEEDED)

    assert 'unknown key "wire.adress"' in message
    assert "BEFFROI_BRIDGE__WIRE__ADRESS" in message


@pytest.mark.parametrize("missing", ["data", "territory"])
def test_what_cannot_be_guessed_is_asked_for(missing: str) -> None:
    given_ = {key: value for key, value in NEEDED.items() if key != missing}

    assert f"--{missing} DIR" in refusal(None, {}, given_)


def test_a_missing_file_is_explained(tmp_path: Path) -> None:
    assert "No such file" in refusal(tmp_path / "none.toml", {}, NEEDED)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200))
def test_no_content_of_a_file_breaks_the_reader(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.toml"
    path.write_bytes(content)

    try:
        found = load(path, {}, NEEDED)
    except ConfigFileError:
        return
    assert found.data == "/d"


Names = st.lists(st.sampled_from(["WIRE", "ADDRESS", "STORE", "DATA", "X", ""]), max_size=4)


@given(names=Names, text=st.text(max_size=30))
def test_no_variable_breaks_the_reader(names: list[str], text: str) -> None:
    environment = {"BEFFROI_BRIDGE__" + "__".join(names): text}
    try:
        found = load(None, environment, NEEDED)
    except ConfigFileError:
        return
    assert found.territory == "/t"


def test_a_secret_is_read_from_its_own_file(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("postgresql+psycopg://u:p@h/db\n", "utf-8")
    path.chmod(0o600)

    assert read_secret(path) == "postgresql+psycopg://u:p@h/db"


@pytest.mark.parametrize(
    ("content", "mode", "said"),
    [
        ("word", 0o640, "may be read by others"),
        ("word", 0o604, "may be read by others"),
        ("", 0o600, "no secret of one line"),
        ("two\nlines", 0o600, "no secret of one line"),
        ("x" * 5000, 0o600, "no secret of one line"),
    ],
)
def test_a_secret_file_that_is_not_one_is_refused(
    tmp_path: Path, content: str, mode: int, said: str
) -> None:
    path = tmp_path / "secret"
    path.write_text(content, "utf-8")
    path.chmod(mode)

    with pytest.raises(ConfigFileError, match=said) as caught:
        read_secret(path)
    assert "word" not in str(caught.value).split()


def test_a_missing_secret_is_explained(tmp_path: Path) -> None:
    with pytest.raises(ConfigFileError, match="cannot be read"):
        read_secret(tmp_path / "none")


@pytest.mark.parametrize(
    ("address", "parts"),
    [("127.0.0.1:80", ("127.0.0.1", 80)), ("[::1]:0", ("::1", 0)), ("h.fr:8470", ("h.fr", 8470))],
)
def test_addresses_are_taken_apart(address: str, parts: tuple[str, int]) -> None:
    assert host_and_port(address) == parts


@pytest.mark.parametrize("address", ["", ":80", "h", "h:", "h:x", "h:70000", "h:-1", "h:٣"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ConfigFileError):
        host_and_port(address)


def test_every_setting_and_exit_code_is_in_the_guide() -> None:
    guide = (Path(__file__).parents[3] / "docs/operations.md").read_text("utf-8")

    sections = re.split(r"^### ", guide, flags=re.MULTILINE)
    for field in msgspec.structs.fields(BridgeConfig):
        inner = field.type
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
            section = next(part for part in sections if part.startswith(f"`[{field.name}]`"))
            names = [item.name for item in msgspec.structs.fields(inner)]
        else:
            section = next(part for part in sections if part.startswith("General"))
            names = [field.name]
        assert all(f"| `{name}` |" in section for name in names)
    codes = [value for name, value in vars(daemon).items() if name.startswith("EXIT_")]
    assert sorted(codes) == [0, 1, 2, 3, 4]
    assert all(f"\n| {code} | " in guide for code in codes)
    assert config.ENVIRONMENT_PREFIX in guide
