"""Group, attendance: people × meetings by keyboard, and the register as a spreadsheet."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rop_facilitator.documents.papers.catalogue import PaperRequest
from rop_facilitator.errors import UserError
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.group_page.attendance.register_export_panel import RegisterExportPanel
from rop_facilitator.gui.pages.group_page.attendance.register_table import RegisterTable, register_table
from rop_facilitator.gui.pages.group_page.group_tab import GroupTab
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.empty_state import Empty
from rop_facilitator.gui.widgets.display.notices import Strip
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.layout.boxes import column, panel, scroll
from rop_facilitator.gui.widgets.marks import mark_styles
from rop_facilitator.gui.widgets.marks.legend import legend
from rop_facilitator.gui.widgets.marks.mark_painter import Head
from rop_facilitator.gui.widgets.marks.mark_table import MarkTable
from rop_facilitator.i18n import _, day_and_month, ngettext
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.marks import Mark, letters_of
from rop_facilitator.records.meeting.attendance import mark_attendance, mark_rest, refusal, unmarked
from rop_facilitator.records.meeting.meetings import GOING
from rop_facilitator.records.models import (
    Group,
    Meeting,
)

_LEGEND = (*Mark, "unmarked", "not_member")
_LETTERS = "".join(mark_styles.MARK_KEYS)
_LEAST_WIDTH = 300


class AttendanceTab(GroupTab):
    """The table; under it what the marks mean, and what is left to mark."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.table = MarkTable(letters=_LETTERS, name=_("Attendance"))
        self.table.setMinimumWidth(theme.px(_LEAST_WIDTH))
        self._shown: RegisterTable | None = None
        self._waits_for: int | None = None  # the meeting that the strip is about
        self._legend = legend([mark_styles.ATTENDANCE[key] for key in _LEGEND])
        self.rest = Button(_("The rest present"), "plain", keys="Enter", small=True, clicked=self._rest_of_strip)
        self.strip = Strip("", "accent", self.rest, rich=True)
        self._nobody = Empty(
            "person",
            _("Nobody is in the group yet"),
            _("Add the participants first. Then each meeting gets a row for everyone who is expected."),
        )
        self.export = RegisterExportPanel(context)
        self._export = Button(_("Export"), "plain", "export", clicked=self._toggle_export)
        self._sign_in = Button(_("Sign-in sheet"), "plain", "print", clicked=self._print_sign_in)
        inner = column(self.export, gap=theme.M)
        inner.addWidget(self.table)
        for part in (self._nobody, self._legend, self.strip):
            inner.addWidget(part)
        inner.addStretch(1)
        body = panel(inner)
        self.setLayout(column(scroll(body), gap=0))
        self._connect()

    def _connect(self) -> None:
        self.table.mark_typed.connect(self._typed)
        self.table.mark_cleared.connect(self._cleared)
        self.table.rest_present.connect(self._rest_of_column)
        self.table.cell_opened.connect(self._opened)
        # Each of the three views has a head of its own.
        for head in self.table.findChildren(Head):
            head.sectionClicked.connect(self._head_clicked)

    def head_buttons(self) -> list[QWidget]:
        """Export and the sheet for the table."""
        return [self._export] if self.read_only else [self._export, self._sign_in]

    def keys(self) -> list[tuple[str, str]]:
        """Marks, or the way to the meeting."""
        if self.read_only:
            return [("Enter", _("the meeting"))]
        return [
            (" ".join(letters_of(Mark)), _("mark, and go down one")),
            ("Backspace", _("clear the mark")),
            ("Enter", _("the rest present")),
        ]

    def first_focus(self) -> QWidget | None:
        """The table: a letter marks at once."""
        return self.table

    # -- showing

    def show_group(self, group: Group) -> None:
        """Show the register; the first time the cursor is where the next mark belongs."""
        super().show_group(group)
        first = self._shown is None
        self.table.set_letters("" if self.read_only else _LETTERS)
        self._shown = register_table(group, names=self.names, today=self.context.today())
        self.table.set_content(self._shown.content)
        nobody = not group.memberships
        self.table.setVisible(not nobody)
        self._legend.setVisible(not nobody)
        self._nobody.setVisible(nobody)
        self.export.show_group(group)
        self._show_strip(group)
        if first:
            self._go_to_next_mark(group)

    def _next_to_mark(self, group: Group) -> Meeting | None:
        """Today's meeting; else the newest one before today that somebody is unmarked in."""
        past = [meeting for meeting in group.meetings if meeting.state in GOING and meeting.on <= self.context.today()]
        return next((meeting for meeting in reversed(past) if unmarked(group, meeting)), None)

    def _show_strip(self, group: Group) -> None:
        meeting = None if self.read_only else self._next_to_mark(group)
        self._waits_for = meeting.id if meeting else None
        self.strip.setVisible(meeting is not None)
        if meeting is None:
            return
        left = unmarked(group, meeting)
        if meeting.on == self.context.today():
            many = ngettext("<b>{n} left to mark today.</b>", "<b>{n} left to mark today.</b>", left)
            self.strip.show_message(f"{many.format(n=left)} {_('Enter marks the rest as present.')}", "accent")
            return
        many = ngettext(
            "<b>The meeting on {day} is not recorded: {n} person left.</b>",
            "<b>The meeting on {day} is not recorded: {n} people left.</b>",
            left,
        )
        self.strip.show_message(many.format(n=left, day=day_and_month(meeting.on)), "warn")

    def _go_to_next_mark(self, group: Group) -> None:
        assert self._shown is not None
        today = self.context.today()
        meeting = self._next_to_mark(group)
        if meeting is None:
            meeting = next((meeting for meeting in reversed(group.meetings) if meeting.on <= today), None)
        column_ = self._shown.column_of(meeting.id) if meeting else 0
        if column_ is None or not self._shown.people:
            return
        marked = {row.membership_id for row in meeting.attendance if row.mark} if meeting else set()
        expected = {m.id for m in group.memberships if meeting is None or m.covers(meeting.on)}
        people = enumerate(self._shown.people)
        unmarked_rows = [at for at, person in people if person in expected and person not in marked]
        self.table.set_current(unmarked_rows[0] if unmarked_rows else 0, column_)
        self.table.show_column(column_)

    # -- marking

    def _place(self, row: int, column_: int) -> tuple[int, int] | None:
        """Membership and meeting at a place of the table."""
        meeting_id = self._shown.meetings[column_] if self._shown else None
        return (self._shown.people[row], meeting_id) if self._shown and meeting_id is not None else None

    def _typed(self, row: int, column_: int, letter: str) -> None:
        self._mark(row, column_, mark_styles.MARK_KEYS[letter])

    def _cleared(self, row: int, column_: int) -> None:
        self._mark(row, column_, None)

    def _mark(self, row: int, column_: int, mark: Mark | None) -> None:
        place = self._place(row, column_)
        if place is None:
            return
        membership_id, meeting_id = place
        today, leader = self.context.today(), self.context.leader_name
        try:
            with self.context.write(Action.ATTENDANCE_MARKED if mark else Action.MARK_CLEARED) as db:
                mark_attendance(db, meeting_id, membership_id, mark, today=today, leader=leader)
        except UserError as error:
            self.context.notify(str(error))
            self.table.refuse(row, column_, refusal(error))
        else:
            self.table.accept(row, column_, down=mark is not None)

    def _rest_of_column(self, column_: int) -> None:
        meeting_id = self._shown.meetings[column_] if self._shown else None
        if meeting_id is not None:
            self._rest(meeting_id)

    def _rest_of_strip(self) -> None:
        if self._waits_for is not None:
            self._rest(self._waits_for)

    def _rest(self, meeting_id: int) -> None:
        count = self.context.save(
            Action.REST_MARKED,
            lambda db: mark_rest(
                db, meeting_id, Mark.PRESENT, today=self.context.today(), leader=self.context.leader_name
            ),
        )
        if count:
            text = ngettext("Marked {n} person as present.", "Marked {n} people as present.", count)
            self.context.notify(text.format(n=count), undoable=True)

    # -- ways on

    def _opened(self, _row: int, column_: int) -> None:
        self._open(column_)

    def _head_clicked(self, section: int) -> None:
        self._open(section - 1)

    def _open(self, column_: int) -> None:
        if self._shown and 0 <= column_ < len(self._shown.meetings):
            meeting_id = self._shown.meetings[column_]
            if meeting_id is not None:
                self.open_meeting.emit(meeting_id)

    def _toggle_export(self) -> None:
        self.export.setVisible(not self.export.isVisible())
        if self.export.isVisible():
            self.export.first_focus().setFocus()

    def _print_sign_in(self) -> None:
        if self.group is None:
            return
        today = self.context.today()
        on = next(
            (meeting.on for meeting in self.group.meetings if meeting.state in GOING and meeting.on >= today), None
        )
        if on is None:
            self.context.notify(_("There is no meeting ahead to make a sheet for."))
        else:
            self.print_wanted.emit(PaperRequest("sign-in", on))
