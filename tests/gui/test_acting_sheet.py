"""The sheet of acts: two gestures from wish to order, typing safe, nothing sent by accident."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.contract.commands import CommandOutcome
from backend_bridge.contract.journal import ApprovalEvent, CommandEvent
from backend_bridge.contract.order_requests import (
    ApprovalResult,
    CommandResult,
    DecideApproval,
    ExecuteCommand,
    ExecuteOrder,
    OrderResult,
)
from backend_bridge.contract.orders import Approval, ApprovalState, Order, OrderState, Target
from backend_bridge.contract.requests import Request
from backend_bridge.contract.results import Result
from console.panels.acting.kept import KeptReasons
from console.panels.acting.presenter import ActingPresenter
from console.panels.acting.proposal import EXPIRES_S, Intent, Proposal, Stage
from console.panels.wording import Words
from console.state.drafts import Drafts
from tests.unit.console.test_desk import TARGETS, Bench, record
from ui.acting.card import CardView, QuestionView
from ui.acting.sheet import ActingSheet
from ui.widgets.buttons import ActionButton


class Shown(NamedTuple):
    bench: Bench
    page: QWidget
    elsewhere: QLineEdit
    sheet: ActingSheet


@pytest.fixture
async def shown(dressed: QApplication, qtbot: QtBot) -> AsyncIterator[Shown]:
    bench = Bench(real_texts=True)
    page = QWidget()
    qtbot.addWidget(page)
    elsewhere = QLineEdit(page)
    QVBoxLayout(page).addWidget(elsewhere)
    page.resize(1280, 800)
    presenter = ActingPresenter(bench.desk, bench.rig.world, Words(bench.rig.context.text))
    sheet = ActingSheet(presenter, page)
    page.show()
    page.activateWindow()
    elsewhere.setFocus()
    yield Shown(bench, page, elsewhere, sheet)
    await bench.rig.settle()
    sheet.release()
    presenter.close()


async def propose(shown: Shown, reason: str = "ronde") -> Proposal:
    proposal = shown.bench.desk.propose(
        Intent("allumer 2 lampes", "acting.verb.set", TARGETS, 600.0, reason)
    )
    await shown.bench.rig.settle()
    shown.sheet.open_for(proposal.key)
    return proposal


def view_of(shown: Shown, key: str) -> CardView:
    view = shown.sheet.findChild(CardView, f"acting-{key}")
    assert isinstance(view, CardView)
    return view


def type_in(field: QLineEdit, words: str) -> None:
    """Type as a keyboard driver does; ``QTest.keyClicks`` knows nothing beyond Latin 1."""
    for letter in words:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(field, event)


def done(request: Request) -> Result:
    if isinstance(request, ExecuteCommand):
        return CommandResult(command=record(request.key, TARGETS[0], CommandOutcome.CONFIRMED))
    assert isinstance(request, ExecuteOrder)
    return OrderResult(
        order=Order(
            key=request.key,
            issuer="mireille",
            seat="ECL-1",
            reason=request.reason,
            total=len(request.targets),
            created_ms=1,
            state=OrderState.FINISHED,
        )
    )


async def test_it_opens_with_the_keyboard_on_the_choice_without_effect(shown: Shown) -> None:
    proposal = await propose(shown)
    focused = shown.page.focusWidget()
    assert isinstance(focused, ActionButton)
    assert focused.objectName() == "action-give_up"
    QTest.keyClick(focused, Qt.Key.Key_Return)  # Enter by habit does nothing to the field
    await shown.bench.rig.settle()
    assert not shown.bench.sent(ExecuteOrder)
    assert shown.bench.desk.get(proposal.key) is None or not shown.sheet.isVisible()


async def test_control_enter_sends_it_once(shown: Shown) -> None:
    shown.bench.answer = done
    proposal = await propose(shown)
    focused = shown.page.focusWidget()
    assert focused is not None
    for _ in range(2):
        QTest.keyClick(focused, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await shown.bench.rig.settle()
    (sent,) = shown.bench.sent(ExecuteOrder)
    assert (sent.key, len(sent.targets)) == (proposal.key, 2)


async def test_without_a_reason_the_keyboard_is_in_the_reason_and_the_button_says_why(
    shown: Shown,
) -> None:
    shown.bench.answer = done
    proposal = await propose(shown, reason="")
    focused = shown.page.focusWidget()
    assert isinstance(focused, QLineEdit)
    button = view_of(shown, proposal.key).findChild(ActionButton, "action-confirm")
    assert isinstance(button, ActionButton)
    assert "motif" in button.reason
    type_in(focused, 'visite A/B "è" 🚒')
    QTest.keyClick(focused, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await shown.bench.rig.settle()
    assert shown.bench.sent(ExecuteOrder)[0].reason == 'visite A/B "è" 🚒'


async def test_ticking_and_journal_never_touch_what_is_being_typed(shown: Shown) -> None:
    await propose(shown, reason="")
    focused = shown.page.focusWidget()
    assert isinstance(focused, QLineEdit)
    for letter in "rue de la Liberté":
        type_in(focused, letter)
        shown.bench.rig.clock.advance(1.0)
        shown.bench.rig.world.tick()
    assert focused.text() == "rue de la Liberté"
    assert shown.page.focusWidget() is focused


async def test_escape_does_nothing_of_it_and_gives_the_keyboard_back(shown: Shown) -> None:
    proposal = await propose(shown)
    focused = shown.page.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    await shown.bench.rig.settle()
    assert not shown.sheet.isVisible()
    assert shown.page.focusWidget() is shown.elsewhere
    assert shown.bench.desk.get(proposal.key) is None
    assert not shown.bench.sent(ExecuteOrder)


async def test_an_order_shows_its_progress_and_offers_the_failed_again(shown: Shown) -> None:
    proposal = await propose(shown)
    failed = record(f"{proposal.key}/1", TARGETS[1], CommandOutcome.FAILED, proposal.key)

    def answer(request: Request) -> Result:
        whole = done(request)
        assert isinstance(whole, OrderResult)
        return msgspec.structs.replace(whole, failed=(failed,))

    shown.bench.answer = answer
    shown.bench.desk.confirm(proposal.key)
    good = record(f"{proposal.key}/0", TARGETS[0], CommandOutcome.CONFIRMED, proposal.key)
    shown.bench.rig.feed(events=[CommandEvent(command=good)])
    await shown.bench.rig.settle()
    again = view_of(shown, proposal.key).findChild(ActionButton, "action-again")
    assert isinstance(again, ActionButton)
    again.press()
    await shown.bench.rig.settle()
    latest = shown.bench.desk.proposals[0]
    assert [target.equipment_id for target in latest.intent.targets] == [TARGETS[1].equipment_id]


async def test_a_question_takes_no_keyboard_and_is_agreed_to_only_by_typing(shown: Shown) -> None:
    question = Approval(
        id="K-9",
        asked_by="dubois",
        seat="police",
        reason="menace signalée",
        targets=(Target("EP-0001-D1", "closed", False),),
        equipment_kind="feeder",
        challenge="EP-0001-D1",
        asked_ms=shown.bench.rig.clock.now_ms(),
        expires_ms=shown.bench.rig.clock.now_ms() + 120_000,
    )
    shown.bench.rig.feed(events=[ApprovalEvent(approval=question)])
    shown.sheet.open_quietly()
    assert shown.page.focusWidget() is shown.elsewhere
    view = shown.sheet.findChild(QuestionView, "question-K-9")
    assert isinstance(view, QuestionView)
    agree = view.findChild(ActionButton, "question-agree")
    typed = view.findChild(QLineEdit, "question-typed")
    assert isinstance(agree, ActionButton)
    assert isinstance(typed, QLineEdit)
    agree.press()
    await shown.bench.rig.settle()
    assert not shown.bench.sent(DecideApproval)
    shown.bench.answer = lambda _request: ApprovalResult(
        approval=msgspec.structs.replace(question, state=ApprovalState.AGREED)
    )
    QTest.keyClicks(typed, "ep-0001-d1")
    agree.press()
    await shown.bench.rig.settle()
    (sent,) = shown.bench.sent(DecideApproval)
    assert (sent.approval_id, sent.agree, sent.typed) == ("K-9", True, "ep-0001-d1")


async def test_a_wish_does_not_run_out_while_its_reason_is_typed(shown: Shown) -> None:
    rig = shown.bench.rig
    proposal = await propose(shown, reason="")
    field = shown.page.focusWidget()
    assert isinstance(field, QLineEdit)
    for letter in "deux phrases":
        type_in(field, letter)
        await rig.settle()
        rig.clock.advance(EXPIRES_S / 4)
        rig.feed()
        rig.world.tick()
        await rig.settle()
    assert proposal.stage is Stage.READY
    assert field.hasFocus()
    assert proposal.reason == "deux phrases"


async def test_when_it_runs_out_the_keyboard_is_on_what_has_no_effect(shown: Shown) -> None:
    rig = shown.bench.rig
    proposal = await propose(shown, reason="")
    field = shown.page.focusWidget()
    assert isinstance(field, QLineEdit)
    type_in(field, "a")
    rig.clock.advance(EXPIRES_S + 1)
    rig.feed()
    rig.world.tick()
    await rig.settle()
    assert proposal.stage is Stage.GONE
    focused = shown.page.focusWidget()
    assert focused is not None
    assert focused.objectName() == "action-give_up"


async def test_a_half_typed_reason_survives_escape_time_and_the_console(
    shown: Shown, tmp_path: Path
) -> None:
    kept = KeptReasons(shown.bench.desk, Drafts(tmp_path, "mireille", "ECL-1"))
    await propose(shown, reason="")
    field = shown.page.focusWidget()
    assert isinstance(field, QLineEdit)
    type_in(field, "passage du vsa")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not shown.bench.desk.proposals
    again = await propose(shown, reason="")
    assert again.reason == "passage du vsa"
    kept.close()

    after = Bench(real_texts=True)  # another console, after a crash of the first
    follows = KeptReasons(after.desk, Drafts(tmp_path, "mireille", "ECL-1"))
    after.answer = done
    intent = Intent("allumer 2 lampes", "acting.verb.set", TARGETS, 600.0, "")
    proposal = after.desk.propose(intent)
    await after.rig.settle()
    assert proposal.reason == "passage du vsa"
    after.desk.confirm(proposal.key)
    await after.rig.settle()
    assert after.sent(ExecuteOrder)[0].reason == "passage du vsa"
    fresh = after.desk.propose(intent)
    await after.rig.settle()
    assert fresh.reason == "", "what went stands in the journal"
    other = after.desk.propose(Intent("abaisser 1 borne", "acting.verb.set", TARGETS, 600.0, ""))
    assert other.reason == ""
    await after.rig.settle()
    follows.close()
    after.desk.close()
