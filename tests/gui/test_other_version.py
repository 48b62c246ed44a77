"""A bridge of another minor version works, and whoever signs in reads what that means, once."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from backend_bridge.contract.wire import PROTOCOL_MAJOR, PROTOCOL_MINOR
from console.app_link import LinkBridge
from console.app_signing import Signing
from console.link.batch import LinkBatch, LinkPhase, LinkSession, LinkStatus
from console.link.settings import LinkSettings
from console.state.world import World
from tests.fakes.clock import ManualClock
from ui.shell.signin import SignInView

OURS = f"{PROTOCOL_MAJOR}.{PROTOCOL_MINOR}"
NEWER = f"{PROTOCOL_MAJOR}.{PROTOCOL_MINOR + 1}"
OLDER = f"{PROTOCOL_MAJOR}.{PROTOCOL_MINOR - 1}"
MIREILLE = LinkSession("mireille", "Mireille", "ECL-1", ("view:*",))


class Desk:
    """A sign-in form over a world that a test feeds."""

    def __init__(self, qtbot: QtBot) -> None:
        self.world = World(ManualClock())
        self.said: list[str] = []
        self.view = SignInView([("lighting", "Éclairage")], "lighting")
        qtbot.addWidget(self.view)
        settings = LinkSettings(addresses=(), public_key="", secret_key="", bridge_key="")
        link = LinkBridge(settings, self.world, self.view)
        self.signing = Signing(
            self.view, link, self.world, _nothing, self.said.append, parent=self.view
        )

    def hear(self, protocol: str, *, seated: bool) -> None:
        self.world.apply(
            LinkBatch(
                status=LinkStatus(
                    phase=LinkPhase.LOADING if seated else LinkPhase.SIGNED_OUT,
                    session=MIREILLE if seated else None,
                    bridge="pont-1",
                    protocol=protocol,
                )
            )
        )
        self.signing.look()

    @property
    def form(self) -> str:
        return " ".join(label.text() for label in self.view.findChildren(QLabel))


def _nothing(work: Coroutine[Any, Any, None]) -> None:
    work.close()


@pytest.fixture
def desk(dressed: QApplication, qtbot: QtBot) -> Desk:
    return Desk(qtbot)


@pytest.mark.parametrize(
    ("protocol", "advice"), [(NEWER, "ce poste à jour"), (OLDER, "le pont à jour")]
)
def test_form_names_both_versions_and_what_to_do(desk: Desk, protocol: str, advice: str) -> None:
    desk.hear(protocol, seated=False)
    assert protocol in desk.form
    assert OURS in desk.form
    assert advice in desk.form


def test_form_says_why_there_is_no_bridge_and_what_to_do(desk: Desk) -> None:
    params = {"address": "tcp://10.0.0.1:5570"}
    lost = LinkStatus(phase=LinkPhase.CONNECTING, text_key="link.unreachable", params=params)
    desk.world.apply(LinkBatch(status=lost))
    desk.signing.look()
    assert "Personne n’écoute à tcp://10.0.0.1:5570" in desk.form
    assert "astreinte" in desk.form
    desk.hear(OURS, seated=False)
    assert "Personne" not in desk.form, "the bridge answers: nothing of it remains"


def test_refused_password_stays_readable_below_it(desk: Desk) -> None:
    desk.hear(NEWER, seated=False)
    desk.view.submitted.emit("mireille", "faux", "lighting", "")
    desk.signing._busy = False  # answered
    desk.view.show_error("Refusé")
    desk.hear(NEWER, seated=False)
    assert "Refusé" in desk.form
    desk.hear(OURS, seated=False)
    assert "Refusé" in desk.form


def test_sentence_goes_when_the_bridge_was_put_back(desk: Desk) -> None:
    desk.hear(NEWER, seated=False)
    desk.hear(OURS, seated=False)
    assert NEWER not in desk.form


def test_whoever_sits_there_reads_it_once(desk: Desk) -> None:
    desk.hear(NEWER, seated=True)
    desk.hear(NEWER, seated=True)
    assert len(desk.said) == 1
    assert NEWER in desk.said[0]
    desk.hear(OURS, seated=True)
    assert len(desk.said) == 1, "the bridge was put back: nothing to say"


def test_same_version_says_nothing(desk: Desk) -> None:
    desk.hear(OURS, seated=False)
    desk.hear(OURS, seated=True)
    assert desk.said == []
    assert "version" not in desk.form
