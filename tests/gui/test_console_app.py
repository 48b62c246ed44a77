"""The composition root: exit codes, texts, contained panels, and a console without a bridge."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.contract.alarms import Severity
from backend_bridge.contract.errors import ErrorCode, RequestError
from console import app, app_texts
from console.app_options import DisplayError, Options, parse, require_display
from console.app_panels import PanelHost, PanelTasks, Parts, resolve
from console.app_settings import SettingsFile
from console.panels.spec import PanelContext, PanelSpec
from console.watchdog.client import WatchdogClient, WatchdogTexts
from tests.fakes.panel_context import Desk
from tests.fakes.waiting import until
from tests.gui.console_rig import keys, make_console, play
from ui.shell.frame import PanelFrame
from ui.texts import text

ROOT = Path(__file__).parents[2]
TRANSLATIONS = ROOT / "resources" / "translations"


# -- texts ----------------------------------------------------------------------------------------


def shell_texts(language: str) -> dict[str, str]:
    found = {
        message.findtext("source") or "": message.findtext("translation") or ""
        for path in TRANSLATIONS.glob(f"*_{language}.ts")
        for message in ET.parse(path).iter("message")
    }
    return {key: words for key, words in found.items() if key.startswith("ui.")}


def test_every_text_of_the_interface_exists_in_both_languages() -> None:
    used: set[str] = set()
    for folder in ("ui", "console"):
        for path in (ROOT / folder).rglob("*.py"):
            code = path.read_text(encoding="utf-8")
            used |= set(re.findall(r"[\"'](ui\.(?:[a-z_0-9]+\.)*[a-z_0-9]+)[\"']", code))
    modules = {key for key in used if (ROOT / f"{key.replace('.', '/')}.py").exists()}
    modules |= {key for key in used if (ROOT / key.replace(".", "/")).is_dir()}
    used -= modules - set(shell_texts("fr"))
    used |= {f"ui.alarm.severity.{number}" for number in range(1, 5)}
    used |= {f"ui.trend.{state}" for state in ("loading", "empty", "failed")}
    used |= {f"ui.diagnostics.{state}" for state in ("loading", "failed")}
    used |= {f"ui.service.{state}" for state in ("in_service", "disabled", "maintenance")}
    assert len(used) > 80
    for language in ("fr", "en"):
        missing = used - set(shell_texts(language))
        assert not missing, (language, missing)
    assert set(shell_texts("fr")) - used == set(), "texts that nothing shows"


def test_both_languages_name_the_same_places() -> None:
    french, english = shell_texts("fr"), shell_texts("en")
    assert french.keys() == english.keys()
    for key, words in french.items():
        assert words
        assert english[key]
        names = [sorted(re.findall(r"{(\w+)}", each)) for each in (words, english[key])]
        assert names[0] == names[1], key
        assert "\u202f" not in words, f"{key}: B612 has no narrow no-break space"
        assert not re.search(r"[^\u00a0 ][;?!](?: |$)", words.replace("…", "")), key


def test_no_text_key_is_defined_twice() -> None:
    for language in ("fr", "en"):
        seen: dict[str, str] = {}
        for path in sorted(TRANSLATIONS.glob(f"*_{language}.ts")):
            for message in ET.parse(path).iter("message"):
                key = message.findtext("source") or ""
                assert key not in seen, f"{key}: in {seen.get(key)} and {path.name}"
                seen[key] = path.name


def test_texts_are_built_once_and_again_when_a_source_is_newer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    sources = tmp_path / "sources"
    sources.mkdir()
    source = sources / "shell_fr.ts"
    source.write_bytes((TRANSLATIONS / "shell_fr.ts").read_bytes())
    first = app_texts.compiled("fr", sources)
    stamp = first.stat().st_mtime_ns
    assert tmp_path / "cache" in first.parents
    assert app_texts.compiled("fr", sources).stat().st_mtime_ns == stamp
    os.utime(source, ns=(stamp + 10**9, stamp + 10**9))
    built: list[Path] = []
    monkeypatch.setattr(app_texts, "build", lambda _found, target: built.append(target))
    app_texts.compiled("fr", sources)
    assert built == [first]
    shipped = sources / "beffroi_fr.qm"
    shipped.write_bytes(first.read_bytes())
    os.utime(shipped, ns=(stamp + 2 * 10**9, stamp + 2 * 10**9))
    assert app_texts.compiled("fr", sources) == shipped


def test_texts_that_cannot_be_built_say_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(app_texts.TextsError, match="install it again"):
        app_texts.compiled("fr", tmp_path)
    broken = tmp_path / "x_fr.ts"
    broken.write_text("<TS><context>", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with pytest.raises(app_texts.TextsError, match=r"mend the \.ts file"):
        app_texts.compiled("fr", tmp_path)
    assert not list((tmp_path / "cache").rglob("*.qm")), "nothing half-written"
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/none")
    with pytest.raises(app_texts.TextsError, match="XDG_CACHE_HOME"):
        app_texts.compiled("fr", TRANSLATIONS)


def test_unknown_key_and_missing_parameter_are_visible(dressed: QApplication) -> None:
    assert text("no.such.key") == "no.such.key"
    assert text("ui.incident.since") == "Depuis {time}"
    assert text("ui.incident.since", time="06:42", more=3) == "Depuis 06:42"
    assert text("no.such.key", x=1) == "no.such.key"


# -- panels ---------------------------------------------------------------------------------------


class QuietPresenter:
    def __init__(self, context: PanelContext) -> None:
        self.context = context
        self.closed = 0

    def close(self) -> None:
        self.closed += 1


class BrokenPresenter(QuietPresenter):
    def __init__(self, context: PanelContext) -> None:
        raise RuntimeError("the first byte is missing")


class RestlessPresenter(QuietPresenter):
    def close(self) -> None:
        raise RuntimeError("will not go")


class GoodView(QWidget):
    def __init__(self, presenter: QuietPresenter) -> None:
        super().__init__()
        self.presenter = presenter


class MoodyView(QWidget):
    moods: ClassVar[list[bool]] = [True]

    def __init__(self, presenter: QuietPresenter) -> None:
        super().__init__()
        if self.moods[0]:
            raise ValueError("bad mood")


class NoView:
    def __init__(self, presenter: QuietPresenter) -> None:
        self.presenter = presenter


def host_of(desk: Desk, presenter: type[QuietPresenter], view: str) -> PanelHost:
    parts = Parts(
        state=desk.world,
        selection=desk.selection,
        clock=desk.clock,
        notify=desk.context.notify,
        ask=desk.asked.ask,
        settings_for=lambda _panel_id: {},
    )
    spec = PanelSpec(
        id="probe",
        title_key="probe.title",
        icon="mdi6.map-outline",
        presenter=presenter,
        view=f"{__name__}:{view}",
    )
    return PanelHost(spec, PanelFrame("probe", "Sonde", spec.icon), parts)


def said(frame: PanelFrame) -> str:
    return " ".join(label.text() for label in frame.findChildren(QLabel))


@pytest.mark.parametrize(
    ("presenter", "view", "reason"),
    [
        (BrokenPresenter, "GoodView", "RuntimeError: the first byte is missing"),
        (QuietPresenter, "NoView", "not a QWidget"),
        (QuietPresenter, "Absent", "AttributeError"),
    ],
)
def test_panel_that_fails_to_start_is_contained_and_said(
    dressed: QApplication,
    qtbot: QtBot,
    expected_events: list[str],
    presenter: type[QuietPresenter],
    view: str,
    reason: str,
) -> None:
    expected_events.append("panel_failed")
    host = host_of(Desk(), presenter, view)
    qtbot.addWidget(host.frame)
    assert not host.build()
    assert reason in said(host.frame)
    assert "Les autres panneaux et les alarmes continuent" in said(host.frame)


def test_failed_panel_is_tried_again_on_demand(
    dressed: QApplication, qtbot: QtBot, expected_events: list[str]
) -> None:
    expected_events.append("panel_failed")
    MoodyView.moods[0] = True
    host = host_of(Desk(), QuietPresenter, "MoodyView")
    qtbot.addWidget(host.frame)
    assert not host.build()
    host.frame.retried.emit("probe")
    assert host.frame.view is None
    MoodyView.moods[0] = False
    host.frame.retried.emit("probe")
    assert isinstance(host.frame.view, MoodyView)


def test_panel_that_will_not_close_does_not_keep_the_others_open(
    dressed: QApplication, qtbot: QtBot, expected_events: list[str]
) -> None:
    expected_events.append("panel_close_failed")
    host = host_of(Desk(), RestlessPresenter, "GoodView")
    qtbot.addWidget(host.frame)
    assert host.build()
    host.take_down()


async def test_panel_coroutines_are_contained_and_end_with_the_panel(
    dressed: QApplication, expected_events: list[str]
) -> None:
    expected_events.append("panel_task_failed")
    heard: list[str] = []

    def hear(text: str, *, severity: Severity | None = None) -> None:
        heard.append(text)

    tasks = PanelTasks("probe", hear)

    async def refuse() -> None:
        raise RequestError(ErrorCode.REFUSED, "ui.signin.missing")

    async def fail() -> None:
        raise RuntimeError("defect")

    forever = asyncio.Event()

    async def wait() -> None:
        await forever.wait()

    tasks.spawn(refuse())
    tasks.spawn(fail())
    tasks.spawn(wait())
    await until(lambda: len(heard) == 2)
    assert heard[0].startswith("Il manque le compte")
    assert "interne" in heard[1]
    left = tasks.close()
    done = await asyncio.gather(*left, return_exceptions=True)
    assert [type(item) for item in done] == [asyncio.CancelledError]
    tasks.spawn(wait())
    assert tasks.close() == []


def test_dotted_names_are_checked() -> None:
    assert resolve("pathlib:Path") is Path
    with pytest.raises(ValueError, match="module:Name"):
        resolve("pathlib.Path")


# -- settings and options -------------------------------------------------------------------------


def test_settings_survive_and_belong_to_one_person(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    mine = SettingsFile.of_user('a/../b "è"')
    mine.panel("map")["hidden"] = ["lamp"]
    assert mine.panel("map")["hidden"] == ["lamp"]
    mine.close()
    files = list((tmp_path / "beffroi" / "console").iterdir())
    assert len(files) == 1
    assert files[0].stat().st_mode & 0o077 == 0
    again = SettingsFile.of_user('a/../b "è"')
    assert dict(again.panel("map")) == {"hidden": ["lamp"]}
    assert dict(SettingsFile.of_user("other").panel("map")) == {}
    del again.panel("map")["hidden"]
    again.close()
    assert dict(SettingsFile.of_user('a/../b "è"').panel("map")) == {}


def test_a_name_longer_than_any_file_name_keeps_its_settings(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    names = [f"{'é🚒' * 100}{end}" for end in ("", "/1")]
    for number, name in enumerate(names):
        file = SettingsFile.of_user(name)
        file.panel("map")["n"] = number
        file.close()
    kept = [SettingsFile.of_user(name).panel("map")["n"] for name in names]
    assert kept == [0, 1]


def test_two_consoles_of_one_person_keep_what_each_changed(
    qapp: QApplication, tmp_path: Path
) -> None:
    path = tmp_path / "panels-x.json"
    first = SettingsFile(path)
    first.panel("map").update(hidden=["lamp"], legend=True)
    first.flush()
    second = SettingsFile(path)
    second.panel("preferences")["theme"] = "light"
    del second.panel("map")["legend"]
    second.flush()
    first.panel("map")["hidden"] = []
    first.panel("queue")["split"] = 0.5
    first.flush()
    kept = SettingsFile(path)
    assert dict(kept.panel("map")) == {"hidden": []}
    assert dict(kept.panel("preferences")) == {"theme": "light"}
    assert dict(kept.panel("queue")) == {"split": 0.5}
    assert [one.name for one in tmp_path.iterdir()] == ["panels-x.json"]


def test_unreadable_settings_are_kept_aside(
    qapp: QApplication, tmp_path: Path, expected_events: list[str]
) -> None:
    expected_events.append("settings_not_read")
    path = tmp_path / "panels-x.json"
    path.write_text("{half", encoding="utf-8")
    assert dict(SettingsFile(path).panel("map")) == {}
    assert (tmp_path / "panels-x.unreadable").read_text(encoding="utf-8") == "{half"


def test_settings_that_cannot_be_written_are_said_once(
    qapp: QApplication, expected_events: list[str]
) -> None:
    expected_events.append("settings_not_written")
    file = SettingsFile(Path("/proc/none/panels-x.json"))
    for number in range(3):
        file.panel("map")["n"] = number
        file.flush()


def test_options_refuse_folders_that_are_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["--config", "x", "--panels", "/nowhere"])
    assert ended.value.code == 2
    assert "/nowhere is no folder" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        parse(["--config", "x", "--theme", "sepia"])
    assert "sepia" in capsys.readouterr().err
    assert parse(["--config", "x"]) == Options(config=Path("x"))


def test_cover_over_a_stopped_window_speaks_its_language(
    dressed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[WatchdogTexts] = []

    def client(texts: WatchdogTexts, notice: Callable[[str], None]) -> WatchdogClient:
        given.append(texts)
        return WatchdogClient(texts, notice)

    monkeypatch.setattr(app, "WatchdogClient", client)
    settings, _ = keys(tmp_path)

    async def story() -> None:
        make_console(tmp_path, settings, watchdog=True).window.deleteLater()

    play(dressed, story)
    assert given[0].since == "Plus rien depuis {time}"
    assert given[0].frozen.startswith("{seconds} s · fenêtre figée, données cachées")


def test_no_display_is_said_before_qt_aborts() -> None:
    with pytest.raises(DisplayError, match="QT_QPA_PLATFORM=offscreen"):
        require_display({})
    require_display({"DISPLAY": ":0"})
    require_display({"QT_QPA_PLATFORM": "offscreen"})


@pytest.mark.parametrize(
    ("arguments", "environ", "code", "words"),
    [
        (["--config", "/nowhere"], {}, 2, "beffroi keys new"),
        (["--config", "CONFIG", "--seat", "nobody"], {}, 2, "no such seat"),
        (["--config", "CONFIG"], {"QT_QPA_PLATFORM": "", "DISPLAY": ""}, 3, "no display"),
        (["--config", "CONFIG"], {"XDG_CACHE_HOME": "/proc/none"}, 3, "XDG_CACHE_HOME"),
    ],
)
def test_program_ends_with_a_code_and_a_sentence(
    tmp_path: Path, arguments: list[str], environ: dict[str, str], code: int, words: str
) -> None:
    keys(tmp_path)
    env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), **environ}
    env.pop("WAYLAND_DISPLAY", None)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "console.app",
            *(str(tmp_path) if word == "CONFIG" else word for word in arguments),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        env=env,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
