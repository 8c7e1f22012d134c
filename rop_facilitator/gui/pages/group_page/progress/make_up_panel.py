"""One person and one session of the map: how it stands, what can be done, and all that the person has to make up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from rop_facilitator.gui.pages.group_page.progress.progress_table import (
    RECEIVED,
    SessionColumn,
    make_up_of,
    member_words,
    note_of,
)
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.badges import Badge
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.choices import NavItem
from rop_facilitator.gui.widgets.inputs.date_fields import DateField
from rop_facilitator.gui.widgets.inputs.text_fields import Choice, field
from rop_facilitator.gui.widgets.layout.boxes import Area, clear, column, label, line, panel, row
from rop_facilitator.gui.widgets.marks import mark_styles
from rop_facilitator.gui.widgets.marks.legend import MarkPill
from rop_facilitator.i18n import _, capital, long_date
from rop_facilitator.planning.date_words import Lean
from rop_facilitator.records.models import MakeUp, Membership, Way
from rop_facilitator.records.progress.progress import PersonProgress, Received, way_name

WAYS = tuple(way for way in Way if way is not Way.OTHER_GROUP)  # that one is noted by moving
_WIDTH = 320


class MakeUpPanel(Area):
    """Hidden until a place of the map is opened. It tells what was asked for; Esc closes it."""

    noted = Signal(object, object)  # Way, date
    taken_back = Signal()
    session_wanted = Signal(int)  # the column of a session that is to be made up
    closed = Signal()

    def __init__(self) -> None:
        self._inner = column(gap=theme.S, edge=(theme.XL, theme.L, theme.XL, theme.L))
        super().__init__(self._inner, "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._place = (0, 0)  # membership and session
        self._name = label("", "heading")
        self._member = label("", "small", "muted")
        self._title = label("", "strong")
        self._module = label("", "small", "muted")
        self._state = MarkPill(mark_styles.PROGRESS["missed"], word=True, side=20)
        self._note = label("", "small", "muted")
        self._form = self._make_form()
        self.take_back = Button(_("Take back"), "plain", "undo", small=True, clicked=self._take_back)
        self._list = column(gap=0)
        self._count = Badge("")
        self._done = column(gap=theme.XS)
        self.close_button = Button("", "quiet", "close", "Esc", small=True, name=_("Close"), clicked=self._close)
        head = row(gap=theme.S)
        head.addLayout(column(self._name, self._member, gap=2), 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        state = row(self._state, gap=theme.M)
        state.addWidget(self._note, 1)
        list_head = row(label(_("To make up"), "caption"), "stretch", self._count)
        items = (head, line(), self._module, self._title, state, self._form, self.take_back, line(), list_head)
        for item in (*items, panel(self._list), panel(self._done)):
            if isinstance(item, QWidget):
                self._inner.addWidget(item)
            else:
                self._inner.addLayout(item)
        self.hide()

    def _make_form(self) -> QWidget:
        self.way = Choice([capital(way_name(way)) for way in WAYS])
        self.on = DateField(None, today=date(2000, 1, 1), lean=Lean.BACK)
        self.note = Button(_("Note as made up"), "primary", "check", clicked=self._noted)
        inner = column(field(_("How"), self.way), field(_("Day"), self.on), self.note, gap=theme.S)
        return panel(inner)

    def sizeHint(self) -> QSize:
        """As wide as it is beside the map; the page decides below it."""
        return QSize(theme.px(_WIDTH), super().sizeHint().height())

    def first_focus(self) -> QWidget:
        """Where the keyboard goes when the panel is opened by Enter."""
        missed = [item for item in self.findChildren(NavItem) if item.isVisibleTo(self)]
        offered = (self.way, self.take_back, *missed)
        return next((widget for widget in offered if widget.isVisibleTo(self)), self.close_button)

    def show_place(
        self,
        progress: PersonProgress,
        sessions: Sequence[SessionColumn],
        at: int,
        *,
        name: str,
        today: date,
        read_only: bool = False,
    ) -> None:
        """Show a person at a session; what is chosen in the form stays while the place is the same."""
        person, session, state = progress.membership, sessions[at], progress.states[at]
        self._name.setText(name)
        self._member.setText(capital(member_words(person)))
        self._module.setText(session.module_words)
        self._module.setVisible(bool(session.module_words))
        self._title.setText(session.session.title)
        self._state.show_mark(mark_styles.PROGRESS[state.value])
        make_up = make_up_of(person, session)
        self._note.setText(_make_up_words(make_up) if make_up else note_of(person, session, state))
        self._form.setVisible(state not in RECEIVED and not read_only)
        self.take_back.setVisible(state is Received.MADE_UP and not read_only)
        if self._place != (person.id, session.session.id):
            self._place = (person.id, session.session.id)
            self.on.set_limits(today=today, latest=today)
            self.on.set_value(today)
        self._show_lists(progress, sessions, at)
        self.updateGeometry()

    def _show_lists(self, progress: PersonProgress, sessions: Sequence[SessionColumn], here: int) -> None:
        clear(self._list)
        clear(self._done)
        self._count.show_text(_("{n} left").format(n=progress.missed) if progress.missed else _("nothing left"))
        for at, (session, state) in enumerate(zip(sessions, progress.states, strict=True)):
            if state is Received.MISSED:
                self._list.addWidget(self._missed(progress.membership, session, at, current=at == here))
            elif state is Received.MADE_UP:
                make_up = make_up_of(progress.membership, session)
                self._done.addWidget(_small(session.session.title, _make_up_words(make_up) if make_up else ""))

    def _missed(self, person: Membership, session: SessionColumn, at: int, *, current: bool) -> QWidget:
        item = NavItem(session.session.title, "make-up", current=current)
        item.setAutoExclusive(False)  # or one of them would have to be current always
        item.setAccessibleName(f"{session.session.title}, {note_of(person, session, Received.MISSED)}")
        item.clicked.connect(partial(self.session_wanted.emit, at))
        return item

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the panel and not the page."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def _noted(self) -> None:
        if self.on.fault():
            self.on.setFocus()
            return
        self.noted.emit(WAYS[self.way.currentIndex()], self.on.value())

    def _take_back(self) -> None:
        self.taken_back.emit()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


def _make_up_words(make_up: MakeUp) -> str:
    """How, when and with whom a session was made up."""
    words = f"{way_name(make_up.way)}, {long_date(make_up.on, year=False)}"
    return _("{what}, noted by {leader}").format(what=words, leader=make_up.leader) if make_up.leader else words


def _small(title: str, words: str) -> QLabel:
    return label(_("{title}: {words}").format(title=title, words=words), "small", "muted")
