"""Log lines are one JSON object each, and no secret is in them."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Literal

import pytest
import structlog

from backend_bridge import logs


@pytest.fixture(autouse=True)
def _restore() -> Iterator[None]:
    handlers, level = logging.root.handlers[:], logging.root.level
    yield
    logging.root.handlers[:], logging.root.level = handlers, level
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_json_line_with_its_context() -> None:
    stream = io.StringIO()
    logs.configure("info", "json", stream)

    log = structlog.get_logger("x").bind(device="EP-0312")
    log.debug("not_wanted")
    log.info("link_up", incident="INC-0001")

    (line,) = lines(stream)
    assert line["event"] == "link_up"
    assert line["device"] == "EP-0312"
    assert line["level"] == "info"
    assert str(line["timestamp"]).endswith("Z")


def test_secrets_are_hidden_wherever_they_are_named() -> None:
    stream = io.StringIO()
    logs.configure("info", "json", stream)

    structlog.get_logger("x").warning(
        "e", password="hunter2", new_Password="hunter2", session_token="hunter2", secret_file="/s"
    )

    assert "hunter2" not in stream.getvalue()
    assert lines(stream)[0]["secret_file"] == "/s"


def test_a_failure_keeps_its_traceback() -> None:
    stream = io.StringIO()
    logs.configure("info", "json", stream)

    try:
        _ = 1 / 0
    except ZeroDivisionError:
        structlog.get_logger("x").exception("driver_failed")

    assert "ZeroDivisionError" in stream.getvalue()


def test_libraries_speak_the_same_language() -> None:
    stream = io.StringIO()
    logs.configure("info", "json", stream)

    logging.getLogger("asyncio").error("slow %s", "callback")
    logging.getLogger("asyncio").info("not wanted")

    (line,) = lines(stream)
    assert line["event"] == "slow callback"


def test_the_form_for_eyes_is_one_line() -> None:
    stream = io.StringIO()
    logs.configure("debug", "console", stream)

    structlog.get_logger("x").debug("link_up", link="EP-0312")

    assert "link_up" in stream.getvalue()
    assert "EP-0312" in stream.getvalue()
    assert stream.getvalue().count("\n") == 1


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_failure_does_not_tell_what_the_variables_held(form: Literal["json", "console"]) -> None:
    stream = io.StringIO()
    logs.configure("info", form, stream)

    def sign_in(password: str) -> None:
        raise ValueError("a defect")

    try:
        sign_in("hunter2")
    except ValueError:
        structlog.get_logger("x").exception("failed")

    assert "a defect" in stream.getvalue()
    assert "sign_in" in stream.getvalue()
    assert "hunter2" not in stream.getvalue().replace('sign_in("hunter2")', "")
