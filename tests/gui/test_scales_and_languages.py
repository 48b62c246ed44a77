"""Larger and in English nothing that matters is cut; numbers are written as the language does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.contract.alarms import AlarmState, Severity
from console import app_texts
from console.panels.formats import Formats
from tests.fakes.panel_context import texts
from tests.fakes.views import FakeStrip, strip_state
from ui.shell.foot import Foot
from ui.shell.notices import Notice
from ui.shell.strip import StatusStrip
from ui.shell.strip_parts import LinkBox, QualityCount, SeverityCount
from ui.texts import bound, day_month, number
from ui.widgets.buttons import KeyHint
from ui.widgets.labels import ModeBox

ROOT = Path(__file__).parents[2]
SCREEN_PX = 1920
SCALES = (100, 150, 200, 310)


@pytest.fixture(params=["fr", "en"])
def spoken(dressed: QApplication, request: pytest.FixtureRequest) -> Iterator[str]:
    """Speak each language for the length of a test."""
    language = str(request.param)
    over = app_texts.Texts(dressed, "fr")
    over.load(language)
    yield language
    over.close()


def shown(qtbot: QtBot, widget: QWidget, scale: int) -> None:
    """Give a widget the width it has on a wall's screen at a scale, in logical pixels."""
    qtbot.addWidget(widget)
    widget.resize(SCREEN_PX * 100 // scale, widget.height())
    with qtbot.waitExposed(widget):
        widget.show()
    QApplication.processEvents()


@pytest.mark.parametrize("scale", SCALES)
def test_strip_keeps_every_number_at_every_scale(qtbot: QtBot, spoken: str, scale: int) -> None:
    state = strip_state(
        stale="34\u00a0012\u00a0périmés",
        unavailable="10\u00a0000\u00a0injoignables",
        unknown="600\u00a0inconnus",
    )
    strip = StatusStrip(FakeStrip(state))
    shown(qtbot, strip, scale)
    strip.show_sound("mdi6.volume-off", "", "aucun son")
    QApplication.processEvents()
    kinds = (QualityCount, SeverityCount, LinkBox, ModeBox)
    parts: list[QWidget] = [one for kind in kinds for one in strip.findChildren(kind)]
    clock = strip.findChild(QLabel, "strip-clock")
    assert clock is not None
    for part in (*parts, clock):
        if not part.isVisible():
            continue
        left = part.mapTo(strip, part.rect().topLeft()).x()
        assert part.width() >= part.sizeHint().width(), (part.objectName(), scale)
        assert left >= 0
        assert left + part.width() <= strip.width(), (part.objectName(), scale)
    lines = {100: (1,), 150: (1, 2), 200: (1, 2), 310: (2, 3)}[scale]
    assert strip.height() in [38 * count for count in lines], "it grows by whole lines"
    for name in ("stale", "unavailable", "unknown"):
        count = strip.findChild(QualityCount, f"strip-{name}")
        assert count is not None
        assert count.isVisible()


@pytest.mark.parametrize("scale", SCALES)
def test_foot_keeps_the_alarm_and_gives_up_keys(qtbot: QtBot, spoken: str, scale: int) -> None:
    foot = Foot()
    foot.set_keys([(f"F{n}", f"Ce que fait la touche {n}") for n in range(2, 9)] + [("F1", "Aide")])
    foot.set_alarm(Severity.URGENT, AlarmState.UNACKNOWLEDGED, "06:41:52", "EP-0312 perdue", "x")
    foot.set_notice(Notice("06:41", "INC-1 : acquittée.", None), 1)
    foot.set_typed("123456")
    shown(qtbot, foot, scale)
    hints = [hint for hint in foot.findChildren(KeyHint) if hint.isVisible()]
    assert hints, "help is always printed"
    assert hints[-1].accessibleName() == "F1 Aide"
    named = [hint.accessibleName().split()[0] for hint in hints]
    kept = [f"F{n}" for n in range(2, 2 + max(0, len(hints) - 2))]  # F2 acts, F8 may be looked up
    assert named == [*kept, "F8", "F1"][-len(hints) :]
    for widget in (*hints, foot.findChild(QWidget, "foot-typed")):
        assert widget is not None
        left = widget.mapTo(foot, widget.rect().topLeft()).x()
        assert left + widget.width() <= foot.width(), (widget.accessibleName(), scale)
    typed = foot.findChild(QLabel, "foot-typed")
    assert typed is not None
    assert typed.width() >= typed.sizeHint().width()


def test_numbers_follow_the_language(spoken: str) -> None:
    french = spoken == "fr"
    assert number(34012) == ("34\u00a0012" if french else "34,012")
    assert number(-1234.5, 1) == ("\u22121\u00a0234,5" if french else "\u22121,234.5")
    assert bound("70", "%") == ("70\u00a0%" if french else "70%")
    assert bound("1.5", "bar") == "1.5\u00a0bar"
    assert day_month(5, 11) == ("05/11" if french else "5 Nov")
    formats = Formats(spoken)
    assert formats.age(0.4) == ("0,4\u00a0s" if french else "0.4\u00a0s")
    # views and presenters, which share no code, write alike
    for value, places in ((0.0, 0), (-0.04, 1), (999.0, 0), (37042.0, 0), (-1234567.891, 2)):
        assert number(value, places) == formats.number(value, places)
    assert bound("70", "%") == formats.bound("70", "%")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_texts_write_percent_as_their_language_does(language: str) -> None:
    wrong = re.compile(r"[\d}]%" if language == "fr" else r"[\d}]\s%")
    assert [key for key, said in texts(language).items() if wrong.search(said)] == []


def test_both_languages_are_complete_and_name_the_same_places() -> None:
    french, english = texts("fr"), texts("en")
    assert french.keys() == english.keys()
    for key, words in french.items():
        for said in (words, english[key]):
            assert said.strip(), key
            assert "\u202f" not in said, f"{key}: B612 has no narrow no-break space"
            assert not re.search(r"\d [%°]", said), f"{key}: a unit may break from its number"
        places = [sorted(re.findall(r"{(\w+)}", said)) for said in (words, english[key])]
        assert places[0] == places[1], key


SAID = re.compile(
    r"(?:setText|setToolTip|setAccessibleName|setAccessibleDescription|setPlaceholderText|"
    r"setWindowTitle|TextLabel|ActionButton|notify)\(\s*\"([^\"{}]*[A-Za-zÀ-ÿ]{3}[^\"{}]*)\""
)
NAMES = {"Beffroi"}
"""Words that are the same in every language."""


def test_no_word_for_a_person_is_written_in_code() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {words}"
        for folder in ("ui", "console")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "scenarios" not in path.parts
        for words in SAID.findall(path.read_text(encoding="utf-8"))
        if words not in NAMES
    ]
    assert found == []
