"""Signing in: errors in words, nothing typed is lost, everything by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ui.shell.signin import SignInView

SEATS = [("lighting", "Éclairage"), ("police", "Police municipale")]


@pytest.fixture
def view(dressed: QApplication, qtbot: QtBot) -> SignInView:
    view = SignInView(SEATS, "police")
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
    view.activateWindow()
    view.user.setFocus()
    return view


def words(view: SignInView, name: str) -> str:
    label = view.findChild(QLabel, name)
    assert label is not None
    return label.text()


def test_signs_in_by_keyboard_alone(view: SignInView, qtbot: QtBot) -> None:
    QTest.keyClicks(view.user, "n.perrin")
    QTest.keyClick(view.user, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is view.password
    QTest.keyClicks(view.password, "secret ;x")
    QTest.keyClick(view.password, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is view.seat
    QTest.keyClick(view.seat, Qt.Key.Key_Up)
    with qtbot.waitSignal(view.submitted) as sent:
        QTest.keyClick(view.password, Qt.Key.Key_Return)
    assert sent.args == ["n.perrin", "secret ;x", "lighting"]


def test_refusal_keeps_what_was_typed_and_says_why(view: SignInView, qtbot: QtBot) -> None:
    view.user.setText("n.perrin")
    view.password.setText("wrong")
    view.enter.press()
    view.show_error("Refusé : compte ou mot de passe inconnu.")
    assert view.user.text() == "n.perrin"
    assert view.password.text() == "wrong"
    assert QApplication.focusWidget() is view.password
    assert words(view, "sign-in-error") == "Refusé : compte ou mot de passe inconnu."
    QTest.keyClicks(view.password, "right")
    assert view.password.text() == "right"


def test_missing_words_are_asked_for_and_nothing_is_sent(view: SignInView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.submitted):
        view.enter.press()
    assert "Rien n’a été envoyé" in words(view, "sign-in-error")
    assert QApplication.focusWidget() is view.user


def test_waiting_refuses_a_second_press_with_the_reason(view: SignInView, qtbot: QtBot) -> None:
    view.user.setText("n.perrin")
    view.password.setText("x")
    view.enter.press()
    assert view.enter.reason
    with qtbot.assertNotEmitted(view.submitted):
        QTest.keyClick(view.password, Qt.Key.Key_Return)
        QTest.mouseClick(view.enter, Qt.MouseButton.LeftButton)


def test_accepted_forgets_the_password_only(view: SignInView) -> None:
    view.user.setText("n.perrin")
    view.password.setText("x")
    view.accepted()
    assert view.password.text() == ""
    assert view.user.text() == "n.perrin"
    assert not view.enter.reason


def test_caps_lock_is_noticed_from_what_it_does(view: SignInView, qtbot: QtBot) -> None:
    QTest.keyClick(view.password, Qt.Key.Key_A)
    assert words(view, "sign-in-caps-lock") == ""
    QTest.keyClicks(view.password, "A", Qt.KeyboardModifier.NoModifier)
    assert words(view, "sign-in-caps-lock") == "Les majuscules sont verrouillées."
    QTest.keyClicks(view.password, "B", Qt.KeyboardModifier.ShiftModifier)
    assert words(view, "sign-in-caps-lock") == ""
    QTest.keyClicks(view.password, "b", Qt.KeyboardModifier.ShiftModifier)
    assert words(view, "sign-in-caps-lock") != ""


def test_every_control_has_a_name_for_assistive_tools(view: SignInView) -> None:
    for widget in (view.user, view.password, view.seat, view.enter):
        assert widget.accessibleName()
    assert view.seat.currentText() == "Police municipale"
