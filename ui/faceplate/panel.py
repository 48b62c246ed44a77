"""The faceplate: state, analogue, chain, override, what would be accepted now, acts."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from backend_bridge.contract.commands import CommandOutcome
from ui import patterns
from ui.faceplate.analogue import BoxStrip, LevelBar, PostPicture
from ui.faceplate.facts import Face, Faceplate
from ui.faceplate.scales import Scales
from ui.facts import Action
from ui.marks import HEADER_PX, AlarmMark
from ui.panel_view import PanelView
from ui.texts import bound, text
from ui.theme import Theme
from ui.widgets.actions import ActionRow
from ui.widgets.buttons import ActionButton
from ui.widgets.factgrid import FactGrid
from ui.widgets.formact import FormAct
from ui.widgets.labels import IconLabel, Rule, TextLabel
from ui.widgets.states import Message
from ui.widgets.textact import TextAct
from ui.widgets.wrapped import WrappedLabel

_TELLS_ALL = "equipment-view"
"""Name of the view that tells all points of what is chosen: both follow the same choice."""


class FaceplateView(PanelView):
    """Draw the faceplate of what is chosen; an act opens its dry run, a second key confirms."""

    def __init__(self, presenter: Faceplate, parent: QWidget | None = None) -> None:
        super().__init__(presenter, parent)
        self.setObjectName("faceplate-view")
        self._presenter = presenter
        self._nothing = Message()
        self._body = QWidget()
        self._icon = IconLabel(size_px=24)
        self._mark = AlarmMark(HEADER_PX)
        self._title = WrappedLabel(px=15)
        self._place = WrappedLabel()
        self._chain = ChainMark()
        self._value = TextLabel(px=24, bold=True)
        self._fate = TextLabel(tone="text_2", wrap=True)
        self._level = LevelBar()
        self._level.setToolTip(text("faceplate.legend"))
        self._post = PostPicture()
        self._scales = Scales()
        self._boxes_text = TextLabel(tone="text_2", wrap=True)
        self._boxes = BoxStrip()
        self._facts = FactGrid()
        self._facts_rule = Rule()
        self._held = WrappedLabel()
        self._give_back = ActionButton(text("faceplate.give_back"), icon="undo")
        self._give_back.setObjectName("faceplate-give-back")
        self._give_back.acted.connect(presenter.give_back)
        self._give_back.explained.connect(presenter.explain)
        self._held_row = QWidget()
        self._offered = TextLabel(tone="text_2", wrap=True)
        self._options = ActionRow()
        self._options.acted.connect(self._on_acted)
        self._options.explained.connect(presenter.explain)
        self._asking = TextAct()
        self._asking.given.connect(presenter.do)
        self._refusals = [TextLabel(tone="text_2", wrap=True) for _ in range(3)]
        self._ways = ActionRow()
        self._ways.acted.connect(self._on_way)
        self._ways.explained.connect(presenter.explain)
        self._works_rule = Rule()
        self._works = ActionRow()
        self._works.acted.connect(self._on_work_acted)
        self._works.explained.connect(presenter.explain)
        self._form = FormAct()
        self._form.given.connect(presenter.work)
        self._form.typed.connect(presenter.keep)
        self._form.explained.connect(presenter.explain)
        self._stack = QStackedWidget()
        self._scroll = QScrollArea()
        self._shown = ""
        self._lay_out()
        self._unsubscribe = presenter.subscribe(self.refresh)
        self.refresh()

    # -- what the frame asks --------------------------------------------------------------------

    def refresh(self) -> None:
        """Draw the presenter's present state; buttons that are there stay where they are."""
        face = self._presenter.face
        if face is None:
            self._nothing.say(*self._presenter.nothing)
            self._stack.setCurrentWidget(self._nothing)
        else:
            shown = face.code or face.title
            if shown != self._shown:
                self._shown = shown
                self._asking.cancel()  # what was being asked was about something else
                self._form.cancel()
            self._show_head(face)
            self._show_state(face)
            self._show_acts(face)
            self._stack.setCurrentIndex(1)
        self._say_headline()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the other points once this panel alone has the window, and no more when not."""
        super().resizeEvent(event)
        face = self._presenter.face
        if face is not None:
            self._show_facts(face)

    # -- drawing --------------------------------------------------------------------------------

    def _show_head(self, face: Face) -> None:
        alarmed = face.severity is not None and face.alarm_state is not None
        if face.severity is not None and face.alarm_state is not None:
            self._mark.set_alarm(face.severity, face.alarm_state)
        self._mark.setVisible(alarmed)
        self._icon.show_icon(face.icon)
        self._icon.setVisible(not alarmed)
        self._title.say(face.title, face.code)
        self._place.say("", face.place)
        self._chain.show_chain(face.outcome, read=face.read)
        value = face.value
        said = "" if value is None else bound(value.text, value.unit)
        self._value.say(said, quality="good" if value is None else value.quality.word)
        told = face.post is not None or any(scale.tall for scale in face.scales)
        self._value.setVisible(value is not None and not told)

    def _show_state(self, face: Face) -> None:
        self._fate.say(face.fate)
        self._fate.setVisible(bool(face.fate))
        self._level.show_level(face.level)
        self._post.show_post(face.post)
        self._scales.show_scales(face.scales)
        self._boxes_text.say(face.boxes_text)
        self._boxes_text.setVisible(bool(face.boxes_text))
        self._boxes.show_boxes(face.boxes, face.boxes_text)
        self._show_facts(face)

    def _show_facts(self, face: Face) -> None:
        """Show the other points, unless the equipment panel tells them in the same window."""
        beside = self.window().findChild(QWidget, _TELLS_ALL)
        told = beside is not None and beside.isVisibleTo(self.window())
        facts = () if told else face.facts
        self._facts.show_facts(facts)
        self._facts.setVisible(bool(facts))
        self._facts_rule.setVisible(bool(facts))

    def _show_acts(self, face: Face) -> None:
        self._held.say("", "" if face.held is None else face.held.words)
        self._give_back.set_reason("" if face.held is None else face.held.reason)
        self._held_row.setVisible(face.held is not None)
        self._offered.say(face.offered)
        self._options.show_actions(face.options)
        for number, label in enumerate(self._refusals):
            shown = number < len(face.refusals)
            label.say(face.refusals[number] if shown else "")
            label.setVisible(shown)
        self._ways.show_actions(face.ways)
        self._works.show_actions(face.works)
        self._works.setVisible(bool(face.works))
        self._works_rule.setVisible(bool(face.works))

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._title)
        names.addWidget(self._place)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._mark)
        head.addWidget(self._icon)
        head.addLayout(names, 1)
        head.addWidget(self._value)
        head.addWidget(self._chain)
        held = QHBoxLayout(self._held_row)
        held.setContentsMargins(0, 0, 0, 0)
        hand = IconLabel(size_px=16)
        hand.show_icon("mdi6.hand-back-right-outline")
        held.addWidget(hand)
        held.addWidget(self._held, 1)
        held.addWidget(self._give_back)
        layout = QVBoxLayout(self._body)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(8)
        layout.addLayout(head)
        for part in (
            self._fate,
            self._post,
            self._level,
            self._scales,
            self._boxes_text,
            self._boxes,
        ):
            layout.addWidget(part)
        # what may be done, and why not, before the other points: it must be in sight in a low panel
        layout.addWidget(self._held_row)
        layout.addWidget(Rule())
        layout.addWidget(self._offered)
        layout.addWidget(self._options)
        layout.addWidget(self._asking)
        for label in self._refusals:
            layout.addWidget(label)
        layout.addWidget(self._ways)
        layout.addWidget(self._facts_rule)
        layout.addWidget(self._facts)
        layout.addWidget(self._works_rule)
        layout.addWidget(self._works)
        layout.addWidget(self._form)
        layout.addStretch(1)
        scroll = self._scroll
        scroll.setWidget(self._body)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(scroll)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    # -- what the person does -------------------------------------------------------------------

    def _on_acted(self, action: Action) -> None:
        if action.wants_text:
            self._asking.ask(action)
            self._reveal(self._asking)
        else:
            self._presenter.do(action.key)

    def _on_way(self, action: Action) -> None:
        self._presenter.go(action.key)

    def _on_work_acted(self, action: Action) -> None:
        form = self._presenter.work_form(action.key)
        if form is None:
            self._presenter.work(action.key, {}, "")
        else:
            self._form.ask(form)
            self._reveal(self._form)

    def _reveal(self, asking: QWidget) -> None:
        """Bring what asks for words into sight: a low panel shows its lower part by scrolling."""
        layout, width = self._body.layout(), self._body.width()
        assert layout is not None  # laid out when made
        layout.activate()
        tall = layout.hasHeightForWidth()
        height = layout.totalHeightForWidth(width) if tall else layout.totalSizeHint().height()
        self._body.resize(width, max(height, self._scroll.viewport().height()))
        self._scroll.ensureWidgetVisible(asking, 0, 8)


class ChainMark(QWidget):
    """The four boxes of the latest command; nothing when there was none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Theme.current()
        self._shown: tuple[CommandOutcome, bool] | None = None
        self.setFixedSize(QSize(patterns.chain_width() + 2, patterns.CHAIN_BOX_PX + 2))
        self.hide()

    def show_chain(self, outcome: CommandOutcome | None, *, read: bool) -> None:
        """Show a command's fate."""
        shown = None if outcome is None else (outcome, read)
        if shown != self._shown:
            self._shown = shown
            self.setVisible(shown is not None)
            said = "" if outcome is None else text(f"command.{outcome.value}")
            self.setAccessibleName(said)
            self.setToolTip(said)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._shown is None:
            return
        outcome, read = self._shown
        painter = QPainter(self)
        boxes = patterns.chain_boxes(outcome, read=read)
        letters = text("ui.command.chain.letters")
        patterns.paint_chain(painter, self._theme, QPointF(0, 0), boxes, letters)
        painter.end()
