"""The committed JSON Schemas say what the code says, and describe what is really sent."""

from __future__ import annotations

import argparse
import json
from importlib.resources import files
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]  # until types-jsonschema is pinned
import msgspec
import pytest
from hypothesis import given, settings

from backend_bridge.contract import schema
from backend_bridge.contract.wire import ClientMessage, ServerMessage, encode
from tests.unit.contract.strategies import values

COMMITTED = Path(str(files("resources").joinpath("schemas")))


def validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(schema.schemas()[name]))


CLIENT = validator("console-to-bridge.json")
SERVER = validator("bridge-to-console.json")


def test_committed_schemas_have_not_drifted() -> None:
    assert schema.drift(COMMITTED) == []


def test_schemas_are_valid_json_schema() -> None:
    for text in schema.schemas().values():
        jsonschema.Draft202012Validator.check_schema(json.loads(text))


@given(values(ClientMessage))
@settings(deadline=None, max_examples=50)
def test_what_consoles_send_fits_its_schema(message: ClientMessage) -> None:
    CLIENT.validate(msgspec.msgpack.decode(encode(message)))


@given(values(ServerMessage))
@settings(deadline=None, max_examples=50)
def test_what_bridges_send_fits_its_schema(message: ServerMessage) -> None:
    SERVER.validate(msgspec.msgpack.decode(encode(message)))


def test_schema_refuses_what_the_decoder_refuses() -> None:
    assert not CLIENT.is_valid({"type": "hello", "id": 1})
    assert not CLIENT.is_valid({"type": "no such message"})


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    schema.register(parser.add_subparsers(required=True))
    parsed = parser.parse_args(["schemas", *words])
    return int(parsed.run(parsed))


def test_write_then_check_finds_no_drift_and_drift_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "old.json").write_text("{}")
    assert run("write", "--directory", str(tmp_path)) == 0
    assert run("check", "--directory", str(tmp_path)) == 0
    (tmp_path / "console-to-bridge.json").write_text("{}")
    (tmp_path / "bridge-to-console.json").unlink()
    (tmp_path / "stray.json").write_text("{}")
    assert run("check", "--directory", str(tmp_path)) == schema.EXIT_DRIFT
    said = capsys.readouterr().err
    assert "stray.json belongs to no message" in said
    assert "bridge-to-console.json is missing" in said
    assert "console-to-bridge.json does not say what the code says" in said
