"""Signing in: errors in words, nothing typed is lost, everything by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from backend_bridge.security.passwords import MAX_PASSWORD_CHARACTERS, MIN_PASSWORD_CHARACTERS
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
    assert sent.args == ["n.perrin", "secret ;x", "lighting", ""]


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


def test_after_a_corrected_name_the_password_typed_again_replaces_the_old_one(
    view: SignInView,
) -> None:
    view.user.setText("n.perin")
    view.password.setText("secret")
    view.show_error("Refusé : compte ou mot de passe inconnu.")
    view.user.setFocus()
    view.user.setText("n.perrin")
    QTest.keyClick(view.user, Qt.Key.Key_Return)
    assert view.password.text() == "secret", "kept, for who had it right"
    QTest.keyClicks(view.password, "secret")
    assert view.password.text() == "secret"


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
    fields = (view.user, view.password, view.seat, view.new_password, view.again, view.enter)
    assert len({widget.accessibleName() for widget in fields} - {""}) == len(fields)
    assert view.seat.currentText() == "Police municipale"


# -- a password of one's own ----------------------------------------------------------------------

MUST_CHANGE = "Ce mot de passe ne sert qu’une fois."


@pytest.fixture
def first(view: SignInView) -> SignInView:
    """Give the form after the bridge asked n.perrin for a password of her own."""
    view.user.setText("n.perrin")
    view.password.setText("once-only")
    view.enter.press()
    view.ask_new_password(MUST_CHANGE)
    return view


def test_own_password_is_asked_for_where_the_person_is(first: SignInView, qtbot: QtBot) -> None:
    assert words(first, "sign-in-error") == MUST_CHANGE
    assert first.user.text() == "n.perrin"
    assert first.password.text() == "once-only"
    assert first.seat.currentText() == "Police municipale"
    assert QApplication.focusWidget() is first.new_password
    QTest.keyClicks(first.new_password, "trois mots choisis")
    QTest.keyClick(first.new_password, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is first.again
    QTest.keyClicks(first.again, "trois mots choisis")
    with qtbot.waitSignal(first.submitted) as sent:
        QTest.keyClick(first.again, Qt.Key.Key_Return)
    assert sent.args == ["n.perrin", "once-only", "police", "trois mots choisis"]


def test_rules_are_read_before_typing_and_are_the_bridges(view: SignInView) -> None:
    rules = view.findChild(QLabel, "sign-in-rules")
    assert rules is not None
    assert not rules.isVisible()
    view.user.setText("n.perrin")
    view.ask_new_password(MUST_CHANGE)
    assert rules.isVisible()
    assert f"De {MIN_PASSWORD_CHARACTERS} à {MAX_PASSWORD_CHARACTERS} caractères" in rules.text()
    assert view.new_password.accessibleDescription() == rules.text()


def test_enter_goes_through_all_fields_and_nothing_is_sent_before_the_last(
    first: SignInView, qtbot: QtBot
) -> None:
    first.user.setFocus()
    with qtbot.assertNotEmitted(first.submitted):
        QTest.keyClick(first.user, Qt.Key.Key_Return)
        assert QApplication.focusWidget() is first.password
        QTest.keyClick(first.password, Qt.Key.Key_Return)
        assert QApplication.focusWidget() is first.new_password
        first.enter.press()
        assert "Il manque le nouveau" in words(first, "sign-in-error")
        assert QApplication.focusWidget() is first.new_password


def test_two_different_new_passwords_are_said_and_both_stay(
    first: SignInView, qtbot: QtBot
) -> None:
    QTest.keyClicks(first.new_password, "trois mots choisis")
    QTest.keyClicks(first.again, "trois mots choisit")
    with qtbot.assertNotEmitted(first.submitted):
        QTest.keyClick(first.again, Qt.Key.Key_Return)
    assert "diffèrent" in words(first, "sign-in-error")
    assert QApplication.focusWidget() is first.again
    assert first.new_password.text() == "trois mots choisis"
    assert first.again.text() == "trois mots choisit"


@pytest.mark.parametrize(("about_new", "name"), [(True, "new_password"), (False, "password")])
def test_refusal_keeps_everything_and_leads_to_the_field_it_is_about(
    first: SignInView, about_new: bool, name: str
) -> None:
    first.new_password.setText("azertyuiop12")
    first.again.setText("azertyuiop12")
    first.enter.press()
    first.show_error("Refusé.", about_new=about_new)
    assert not first.busy
    assert QApplication.focusWidget() is getattr(first, name)
    assert first.new_password.text() == first.again.text() == "azertyuiop12"
    assert first.password.text() == "once-only"


def test_new_password_belongs_to_the_account_it_was_asked_for(
    first: SignInView, qtbot: QtBot
) -> None:
    first.new_password.setText("trois mots choisis")
    first.again.setText("trois mots choisis")
    first.user.setText("m.durand")
    assert not first.new_password.isVisible()
    with qtbot.waitSignal(first.submitted) as sent:
        QTest.keyClick(first.password, Qt.Key.Key_Return)
    assert sent.args == ["m.durand", "once-only", "police", ""]
    first.user.setText("n.perrin")
    assert first.new_password.isVisible()
    assert first.new_password.text() == "trois mots choisis"


def test_accepted_forgets_all_three_passwords_and_folds(first: SignInView) -> None:
    first.new_password.setText("trois mots choisis")
    first.again.setText("trois mots choisis")
    first.accepted()
    assert first.password.text() + first.new_password.text() + first.again.text() == ""
    assert not first.new_password.isVisible()
    assert first.user.text() == "n.perrin"


def test_words_that_concern_nobodys_typing_leave_the_caret(view: SignInView) -> None:
    view.user.setFocus()
    QTest.keyClicks(view.user, "n.p")
    view.say("Le poste mural n’a pas pu s’ouvrir seul.")
    QTest.keyClicks(view.user, "errin")
    assert view.user.text() == "n.perrin"
    assert words(view, "sign-in-error") == "Le poste mural n’a pas pu s’ouvrir seul."
