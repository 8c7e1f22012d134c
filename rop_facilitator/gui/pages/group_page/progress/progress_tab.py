"""Group, progress: people × sessions, and beside it what can be done about a session that somebody missed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.group_page.group_tab import GroupTab
from rop_facilitator.gui.pages.group_page.progress.make_up_panel import MakeUpPanel
from rop_facilitator.gui.pages.group_page.progress.progress_table import (
    ProgressTable,
    progress_table,
)
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.empty_state import Empty
from rop_facilitator.gui.widgets.layout.boxes import column, label, panel, scroll, tops
from rop_facilitator.gui.widgets.marks import mark_styles
from rop_facilitator.gui.widgets.marks.legend import legend
from rop_facilitator.gui.widgets.marks.mark_table import MarkTable
from rop_facilitator.i18n import _
from rop_facilitator.records.group.groups import member_of, session_by_id, shown_name
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Group, GroupSession, Membership, Way
from rop_facilitator.records.progress.progress import make_up, take_back_make_up
from rop_facilitator.records.storage.database import Session

_MARK = 22
_LEAST_WIDTH = 300
_SIDE_BY_SIDE = 840


class ProgressTab(GroupTab):
    """The map; Enter or a click on a place opens the panel about it."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.table = MarkTable(mark=_MARK, name=_("Progress"))
        self.table.setMinimumWidth(theme.px(_LEAST_WIDTH))
        self.table.setStyleSheet("QTableView { selection-background-color: transparent; }")
        self.panel = MakeUpPanel()
        self._shown: ProgressTable | None = None
        self._legend = legend(list(mark_styles.PROGRESS.values()))
        self._hint = label(
            _("What is counted is present and made up, since the person joined. Enter or a click opens a place."),
            "small",
            "muted",
        )
        self._nobody = Empty(
            "person",
            _("Nobody is in the group yet"),
            _("Once the participants are here, this shows what each of them has received and what is to be made up."),
        )
        map_ = column(self.table, self._legend, self._hint, self._nobody, "stretch", gap=theme.M)
        self._both = tops(gap=theme.L)
        self._both.addLayout(map_, 1)
        self._both.addLayout(column(self.panel, "stretch"))
        body = panel(self._both)
        self._scroll = scroll(body)
        self.setLayout(column(self._scroll, gap=0))
        self._connect()

    def _connect(self) -> None:
        self.table.cell_opened.connect(self._opened)
        self.table.cell_clicked.connect(self._clicked)
        self.table.person_chosen.connect(self._person_chosen)
        self.table.cursor_moved.connect(self._moved)
        self.panel.noted.connect(self._noted)
        self.panel.taken_back.connect(self._taken_back)
        self.panel.session_wanted.connect(self._go_to_session)
        self.panel.closed.connect(self._closed)

    def keys(self) -> list[tuple[str, str]]:
        """Keys of the map, and how to come back to it."""
        words = _("about this session") if self.read_only else _("what can be done about this session")
        return [("Enter", words), ("Esc", _("back to the map"))]

    def first_focus(self) -> QWidget | None:
        """The map: arrows go through it at once."""
        return self.table

    def resizeEvent(self, event: QResizeEvent) -> None:
        """At large text or in a narrow window the panel stands below the map."""
        super().resizeEvent(event)
        wide = self.width() >= theme.px(_SIDE_BY_SIDE)
        way = QBoxLayout.Direction
        self._both.setDirection(way.LeftToRight if wide else way.TopToBottom)

    # -- showing

    def show_group(self, group: Group) -> None:
        """Show the map; the first time the cursor is at the newest session that was taught."""
        super().show_group(group)
        first = self._shown is None
        today = self.context.today()
        self._shown = progress_table(group, self.context.library, names=self.names, today=today)
        self.table.set_content(self._shown.content)
        nobody = not self._shown.people
        for part in (self.table, self._legend, self._hint):
            part.setVisible(not nobody)
        self._nobody.setVisible(nobody)
        if first and not nobody:
            newest = self._shown.newest()
            self.table.set_current(0, newest)
            self.table.show_column(newest)
        self._show_panel()

    def _show_panel(self) -> None:
        """Show in the open panel what is at the cursor."""
        place = self.table.current()
        if self._shown is None or place is None:
            self.panel.hide()
        elif self.panel.isVisibleTo(self):
            row, at = place
            progress, sessions = self._shown.people[row], self._shown.sessions
            name, today = shown_name(progress.membership, self.names), self.context.today()
            self.panel.show_place(progress, sessions, at, name=name, today=today, read_only=self.read_only)

    def _open(self, row: int, at: int) -> None:
        self.table.set_current(row, at)
        self.panel.show()
        self._show_panel()
        QTimer.singleShot(0, self, self._bring_into_view)  # the panel has its place only after this event

    def _bring_into_view(self) -> None:
        """Below the map the panel can be out of sight; beside it, the map is narrower now than before."""
        if self._both.direction() is QBoxLayout.Direction.TopToBottom:
            self._scroll.verticalScrollBar().setValue(self.panel.y())
        elif (place := self.table.current()) is not None:
            self.table.set_current(*place)

    def _opened(self, row: int, at: int) -> None:
        """Enter goes on to what can be done."""
        self._open(row, at)
        self.panel.first_focus().setFocus()

    def _clicked(self, row: int, at: int) -> None:
        self._open(row, at)

    def _person_chosen(self, row: int) -> None:
        """A click on a name: the first session that is to be made up, else where the cursor is."""
        place = self.table.current()
        if self._shown is None or place is None:
            return
        states = [state.value for state in self._shown.people[row].states]
        self._open(row, states.index("missed") if "missed" in states else place[1])

    def _moved(self, _row: int, _at: int) -> None:
        self._show_panel()

    def _go_to_session(self, at: int) -> None:
        place = self.table.current()
        if place is not None:
            self.table.set_current(place[0], at)
            self._show_panel()
            self.panel.first_focus().setFocus()

    def _closed(self) -> None:
        self.table.setFocus()
        self.table.show_place()

    # -- actions

    def _save_here(
        self, action: Action, change: Callable[[Session, Membership, GroupSession], object]
    ) -> GroupSession | None:
        """Change something about the person and the session at the cursor; gives back the session when it is saved."""
        place = self.table.current()
        if self._shown is None or place is None:
            return None
        person, session = self._shown.people[place[0]].membership, self._shown.sessions[place[1]].session

        def apply(db: Session, group: Group) -> GroupSession:
            fresh = session_by_id(group, session.id)  # what the map shows was read in a transaction that is over
            change(db, member_of(group, person.id), fresh)
            return fresh

        saved = self.save(action, apply)
        if saved is not None:
            self._closed()
        return saved

    def _noted(self, way: Way, on: date) -> None:
        today, leader = self.context.today(), self.context.leader_name

        def change(db: Session, person: Membership, session: GroupSession) -> object:
            return make_up(db, person, session, way=way, on=on, today=today, leader=leader)

        if (session := self._save_here(Action.SESSION_MADE_UP, change)) is not None:
            self.context.notify(_("Noted as made up: {title}").format(title=session.title), undoable=True)

    def _taken_back(self) -> None:
        if (session := self._save_here(Action.MAKE_UP_TAKEN_BACK, take_back_make_up)) is not None:
            self.context.notify(_("No longer made up: {title}").format(title=session.title), undoable=True)
