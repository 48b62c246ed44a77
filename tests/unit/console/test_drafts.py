"""Half-typed text survives, in a file of its owner's alone."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.state.drafts import LONGEST, MOST, Drafts, default_directory


def test_a_draft_survives_and_an_empty_one_is_forgotten(tmp_path: Path) -> None:
    Drafts(tmp_path, "mireille", "POL-1").set("INC-1", "PM-11 demande une balayeuse")
    again = Drafts(tmp_path, "mireille", "POL-1")
    assert again.get("INC-1") == "PM-11 demande une balayeuse"
    again.set("INC-1", "")
    assert Drafts(tmp_path, "mireille", "POL-1").get("INC-1") == ""


def test_persons_and_seats_do_not_share(tmp_path: Path) -> None:
    Drafts(tmp_path, "mireille", "POL-1").set("INC-1", "a")
    Drafts(tmp_path, "mireille", "POL-2").set("INC-1", "b")
    Drafts(tmp_path, "mireille/POL", "1").set("INC-1", "c")
    assert Drafts(tmp_path, "mireille", "POL-1").get("INC-1") == "a"
    assert len(list(tmp_path.iterdir())) == 3


def test_two_consoles_of_one_person_at_one_seat_keep_both_drafts(tmp_path: Path) -> None:
    first, second = (Drafts(tmp_path, "mireille", "POL-1") for _ in range(2))
    first.set("INC-1", "PM-11 demande")
    second.set("INC-2", "rue barrée")
    first.set("INC-1", "PM-11 demande une balayeuse")
    kept = Drafts(tmp_path, "mireille", "POL-1")
    assert kept.get("INC-1") == "PM-11 demande une balayeuse"
    assert kept.get("INC-2") == "rue barrée"
    second.set("INC-2", "")
    assert Drafts(tmp_path, "mireille", "POL-1").get("INC-1") == "PM-11 demande une balayeuse"


def test_a_disk_that_refuses_never_brings_older_words_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected_logs: list[str]
) -> None:
    expected_logs.append("drafts cannot be kept")
    drafts = Drafts(tmp_path, "mireille", "POL-1")
    drafts.set("INC-1", "ab")

    def refuse(*_: object) -> int:
        raise OSError("disk full")

    monkeypatch.setattr("console.state.drafts.os.open", refuse)
    drafts.set("INC-1", "abc")
    drafts.set("INC-2", "x")
    assert drafts.get("INC-1") == "abc"


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    Drafts(tmp_path / "new", "m", "s").set("INC-1", "secret")
    (path,) = (tmp_path / "new").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("content", ["", "[1]", '{"INC-1": 5}', "{" * 100_000, "\udcff"])
def test_a_broken_file_costs_the_drafts_not_the_console(
    tmp_path: Path, content: str, expected_logs: list[str]
) -> None:
    expected_logs.append("drafts cannot be kept")
    Drafts(tmp_path, "m", "s").set("INC-1", "text")
    (path,) = tmp_path.iterdir()
    path.write_text(content, encoding="utf-8", errors="surrogateescape")
    drafts = Drafts(tmp_path, "m", "s")
    assert drafts.get("INC-1") == ""
    drafts.set("INC-1", "new")
    assert Drafts(tmp_path, "m", "s").get("INC-1") == "new"


def test_a_folder_that_cannot_be_made_is_said_once(
    tmp_path: Path, expected_logs: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    expected_logs.append("drafts cannot be kept")
    blocked = tmp_path / "file"
    blocked.write_text("")
    drafts = Drafts(blocked, "m", "s")
    drafts.set("INC-1", "a")
    drafts.set("INC-1", "ab")
    assert drafts.get("INC-1") == "ab"
    assert len(caplog.records) == 1


def test_drafts_are_bounded(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path, "m", "s")
    for number in range(MOST + 5):
        drafts.set(f"INC-{number}", "x")
    drafts.set("long", "y" * (LONGEST + 1))
    assert drafts.get("INC-0") == ""
    assert len(drafts.get("long")) == LONGEST


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.text(max_size=8), st.text(st.characters(codec="utf-8"), max_size=50)))
def test_any_text_comes_back(tmp_path: Path, texts: dict[str, str]) -> None:
    drafts = Drafts(tmp_path, "any", "seat")
    kept = {key: text for key, text in texts.items() if key.isprintable()}
    for key, text in kept.items():
        drafts.set(key, text)
    again = Drafts(tmp_path, "any", "seat")
    assert all(again.get(key) == text for key, text in kept.items())


def test_where_drafts_live(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEFFROI_STATE_DIR", "/a")
    assert default_directory() == Path("/a/drafts")
    monkeypatch.delenv("BEFFROI_STATE_DIR")
    monkeypatch.setenv("XDG_STATE_HOME", "/b")
    assert default_directory() == Path("/b/beffroi/drafts")
