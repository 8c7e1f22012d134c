"""Participants as a table: who is in the group, one more, another name, out again, and gone for good."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QBoxLayout, QFrame, QHeaderView, QSizePolicy, QTableView, QWidget

from rop_facilitator.errors import UserError
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.group_page.group_tab import GroupTab
from rop_facilitator.gui.pages.group_page.people.call_rule_field import CallRule
from rop_facilitator.gui.pages.group_page.people.people_table_model import (
    NAME,
    WRITTEN,
    PeopleTableModel,
    PersonRow,
    people_of,
)
from rop_facilitator.gui.pages.group_page.person.person_actions import PersonActions
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.empty_state import Empty
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.date_fields import DateField
from rop_facilitator.gui.widgets.inputs.text_fields import TextArea, field
from rop_facilitator.gui.widgets.layout.boxes import card, column, flow, label, panel, row, scroll
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.planning.date_words import Lean
from rop_facilitator.records.group.groups import add_participant, load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Group, MembershipStatus
from rop_facilitator.records.progress.call_list import set_call_after
from rop_facilitator.records.storage.database import Session

_MOST_LINES = 6
_SIDE_BY_SIDE = 560


class NamesArea(TextArea):
    """Names to add, one a line. Enter adds what is written; Shift+Enter begins another line."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds, as in a field of one line; Shift+Enter is for another name."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class PeopleTable(QTableView):
    """A plain table: arrows move, F2 or Enter writes over a name, Delete asks to take the person out."""

    out_wanted = Signal()

    def __init__(self, people: PeopleTableModel) -> None:
        super().__init__()
        self.setModel(people)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        edit = QAbstractItemView.EditTrigger
        # Typing does not write over a cell: letters are marks on the tab of attendance.
        self.setEditTriggers(edit.DoubleClicked | edit.EditKeyPressed)
        # The table is one stop of Tab; arrows go about in it.
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Participants"))
        self.verticalHeader().setDefaultSectionSize(max(theme.px(40), theme.metrics("strong").height() + 14))
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column_ in WRITTEN:
            head.setSectionResizeMode(column_, QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(theme.px(90))
        head.setHighlightSections(False)
        c = theme.now()
        self.setStyleSheet(
            f"QTableView {{ background: transparent; outline: none; }}"
            f"QTableView::item {{ padding: 0 {theme.M}px; border-bottom: 1px solid {c.line}; }}"
            f"QTableView::item:selected {{ background: {c.accent_soft}; color: {c.on_soft}; }}"
            f"QHeaderView {{ background: transparent; border: none; }}"
            f"QHeaderView::section {{ background: transparent; border: none; border-bottom: 1px solid {c.line};"
            f" color: {c.muted}; font-size: {theme.size('small')}px; padding: {theme.S}px {theme.M + 3}px; }}"
            f"QTableView QLineEdit {{ border-radius: 4px; padding: 0 {theme.S}px; min-height: 0; }}"
        )

    def sizeHint(self) -> QSize:
        """All rows: the page scrolls."""
        rows = self.verticalHeader().length() + self.horizontalHeader().sizeHint().height() + 2
        bar = self.horizontalScrollBar()
        return QSize(theme.px(640), rows + (bar.sizeHint().height() if bar.maximum() else 0))

    def minimumSizeHint(self) -> QSize:
        """All rows, in whatever width there is."""
        return QSize(theme.px(300), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter writes over the name, Delete asks to take out."""
        editing = self.state() == QAbstractItemView.State.EditingState
        if not editing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.write_over(self.currentIndex().column())
        elif not editing and event.key() == Qt.Key.Key_Delete:
            self.out_wanted.emit()
        else:
            super().keyPressEvent(event)

    def write_over(self, column_: int = NAME) -> None:
        """Write over the name, or what stands in another column that can be written; nothing while names are hidden."""
        index = self.currentIndex().siblingAtColumn(column_ if column_ in WRITTEN else NAME)
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    def keyboardSearch(self, search: str) -> None:
        """A letter goes nowhere: names are few, and letters are marks elsewhere."""


class PeopleTablePanel(GroupTab):
    """The table, what can be done with the chosen person below it, and a place to add people."""

    erase_wanted = Signal(int)  # membership id: the page of the person asks

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.people = PeopleTableModel()
        self.table = PeopleTable(self.people)
        self.people.written.connect(self._rename)
        self.people.contact_written.connect(self._set_contact)
        self.table.out_wanted.connect(self._take_out)
        self.table.selectionModel().currentChanged.connect(self._chosen)
        self._who = label("", "strong")
        self._why = label("", "small", "muted")
        self.rename = Button(_("Change the name"), "plain", "edit", "Enter", small=True, clicked=self._edit)
        self.out = Button(_("Take out of the group"), "plain", "", "Delete", small=True, clicked=self._take_out)
        self.completed = Button(_("Completed the course"), "plain", "check", small=True, clicked=self._complete)
        self.gone = Button(_("Delete for good"), "danger", "trash", small=True, clicked=self._ask)
        self._followed_up = label("", "small", "muted")
        words = column(self._who, self._why, self._followed_up, gap=2)
        action_bar = row(gap=theme.M, edge=(theme.L, theme.M, theme.L, theme.M))
        action_bar.addLayout(words, 1)
        action_bar.addLayout(flow(self.rename, self.out, self.completed, self.gone, gap=theme.S, right=True))
        self._action_bar = panel(action_bar)
        self._entry = row(gap=theme.M)
        self._nobody = Empty(
            "person", _("Nobody is in the group yet"), _("A first name or an alias is enough. Nothing else is kept.")
        )
        self._card = card(self.table, self._action_bar, gap=0, edge=(1, 4, 1, 4))
        self.rule = CallRule()
        self.rule.chosen.connect(self._set_rule)
        self._add_people = self._add_card()
        items = (self._add_people, self._nobody, self._card, self.rule, "stretch")
        body = panel(column(*items, gap=theme.M))
        whole = column(gap=0)
        self._scroll = scroll(body)
        whole.addWidget(self._scroll)
        self.setLayout(whole)

    def _add_card(self) -> QWidget:
        self.new_names = NamesArea(lines=1)
        self.new_names.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.new_names.entered.connect(self._add)
        self.new_names.changed.connect(self._grow)
        today = self.context.today()
        self.joined = DateField(today, today=today, lean=Lean.AROUND)
        self._field = field(_("New participants"), self.new_names, _("First name or alias. Several: one on each line."))
        when = field(_("First day"), self.joined)
        add = Button(_("Add"), "primary", "plus", "Enter", clicked=self._add)
        entry = self._entry
        entry.addWidget(self._field, 1)
        entry.addWidget(when)
        # As high as the captions beside it, so that the button stands on the line of the fields.
        self._button_top = label(" ", "caption")
        entry.addLayout(column(self._button_top, add, "stretch", gap=6))
        for part in (self._field, when):
            entry.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        self._grow()
        return card(entry, edge=theme.L)

    def _grow(self) -> None:
        """As high as the names that are written, up to six."""
        lines = max(1, self.new_names.blockCount())
        one_line = self.joined.sizeHint().height()
        further_lines = min(lines, _MOST_LINES) - 1
        self.new_names.setFixedHeight(one_line + self.new_names.fontMetrics().lineSpacing() * further_lines)
        policy = Qt.ScrollBarPolicy
        bar = policy.ScrollBarAsNeeded if lines > _MOST_LINES else policy.ScrollBarAlwaysOff
        self.new_names.setVerticalScrollBarPolicy(bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """At large text the fields stand below each other."""
        super().resizeEvent(event)
        wide = self.width() >= theme.px(_SIDE_BY_SIDE)
        way = QBoxLayout.Direction
        self._entry.setDirection(way.LeftToRight if wide else way.TopToBottom)
        self._button_top.setVisible(wide)

    def keys(self) -> list[tuple[str, str]]:
        """Keys of the table; an archived one can only be read."""
        if self.read_only:
            return []
        return [("Enter", _("change the name")), ("Delete", _("take out of the group"))]

    def first_focus(self) -> QWidget | None:
        """The table, or the place to add where nobody is."""
        return self.table if self.people.people or self.read_only else self.new_names

    # -- showing

    def chosen(self) -> int | None:
        """The membership of the chosen row."""
        return person.membership_id if (person := self._person()) is not None else None

    def choose(self, membership_id: int | None) -> None:
        """Choose the row of a person; one who is not here changes nothing."""
        ids = [person.membership_id for person in self.people.people]
        if membership_id in ids:
            self.table.setCurrentIndex(self.people.index(ids.index(membership_id), NAME))

    def show_group(self, group: Group) -> None:
        """Show who is in the group."""
        if self.group is None or not self.people.people:
            first = group.first_date if group.first_date > self.context.today() else self.context.today()
            if not group.memberships:
                first = group.first_date
            self.joined.set_value(first)
        super().show_group(group)
        hidden = self.context.names_hidden
        chosen = self._person()
        self.people.show_people(people_of(group, hidden=hidden), can_write=not hidden and not self.read_only)
        if self.people.people and not self.table.currentIndex().isValid():
            ids = [person.membership_id for person in self.people.people]
            at = ids.index(chosen.membership_id) if chosen and chosen.membership_id in ids else 0
            self.table.setCurrentIndex(self.people.index(at, NAME))
        self._card.setVisible(bool(self.people.people))
        self._nobody.setVisible(not self.people.people)
        self._add_people.setVisible(not self.read_only)
        self.rule.setVisible(not self.read_only)
        self.rule.show_times(group.call_after)
        self.table.updateGeometry()
        self._show_action_bar()

    def _chosen(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._show_action_bar()

    def _person(self) -> PersonRow | None:
        index = self.table.currentIndex()
        return self.people.people[index.row()] if index.isValid() and index.row() < len(self.people.people) else None

    def _show_action_bar(self) -> None:
        person = self._person()
        self._action_bar.setVisible(person is not None)
        if person is None:
            return
        hidden = self.context.names_hidden
        self._who.setText(person.name)
        self._why.setText(_("Names are hidden. F9 shows them.") if hidden else "")
        self._why.setVisible(hidden)
        self.rename.setVisible(not hidden and not self.read_only)
        self._followed_up.setText("\n".join(person.followed_up))
        self._followed_up.setVisible(bool(person.followed_up))
        for button in (self.out, self.completed):
            button.setVisible(person.left is None and not self.read_only)

    # -- actions

    def _edit(self) -> None:
        if self.table.currentIndex().isValid():
            self.table.setFocus()
            self.table.write_over()

    def _add(self) -> None:
        names = [line.strip() for line in self.new_names.toPlainText().splitlines() if line.strip()]
        if not names:
            self._field.show_fault(_("Write a first name or an alias."))
            self.new_names.setFocus()
            return
        joined = self.joined.value()
        if self.joined.fault() or joined is None:
            self.joined.setFocus()
            return
        if self.group is None:
            return
        try:
            with self.context.write(Action.PERSON_ADDED) as db:
                group = load_group(db, self.group.id)
                for name in names:
                    add_participant(db, group, name, joined=joined)
        except UserError as error:
            self._field.show_fault(str(error))
            return
        self._field.show_fault("")
        self.new_names.clear()
        self.new_names.setFocus()
        text = ngettext("Added {n} person.", "Added {n} people.", len(names)).format(n=len(names))
        self.context.notify(text, undoable=True)

    def _actions_for(self, membership_id: int, name: str = "") -> PersonActions:
        """What can be done with a person here is what can be done on the page of the person."""
        return PersonActions(self.context, self.group.id if self.group is not None else 0, membership_id, name)

    def _rename(self, membership_id: int, name: str, alias: str) -> None:
        if fault := self._actions_for(membership_id).rename(name, alias):
            self.context.notify(fault)

    def _set_contact(self, membership_id: int, contact: str) -> None:
        self._actions_for(membership_id).set_contact(contact)

    def _set_rule(self, times: int) -> None:
        def change(db: Session, group: Group) -> bool:
            set_call_after(db, group, times)
            return True

        if self.group is not None and times != self.group.call_after and self.save(Action.CALL_RULE_CHANGED, change):
            self.context.notify(_("Changed when people are to be called."), undoable=True)

    def _take_out(self) -> None:
        """Yesterday was the last day, or today for whoever has a mark today."""
        today, person = self.context.today(), self._person()
        here = person is not None and self.group is not None and _has_mark(self.group, person.membership_id, today)
        self._end(today + timedelta(days=1) if here else today, MembershipStatus.LEFT)

    def _complete(self) -> None:
        """Today is the last day: whoever completes is expected at today's meeting still."""
        self._end(self.context.today() + timedelta(days=1), MembershipStatus.COMPLETED)

    def _end(self, first_out: date, status: MembershipStatus) -> None:
        person = self._person()
        if person is not None and person.left is None and not self.read_only:
            self._actions_for(person.membership_id, person.name).end(first_out, status)

    def _ask(self) -> None:
        if (person := self._person()) is not None:
            self.erase_wanted.emit(person.membership_id)


def _has_mark(group: Group, membership_id: int, day: date) -> bool:
    rows = (row for meeting in group.meetings if meeting.on == day for row in meeting.attendance)
    return any(row.membership_id == membership_id and row.mark is not None for row in rows)
