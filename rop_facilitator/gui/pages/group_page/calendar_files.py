"""The plan on its way to other programs: a table to paste, a calendar file, and closed days from somebody else's."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from rop_facilitator.documents.calendar_file import collect_calendar, plan_table
from rop_facilitator.errors import Problem, UserError
from rop_facilitator.gui import theme
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.jobs import Progress
from rop_facilitator.gui.widgets.buttons import Button
from rop_facilitator.gui.widgets.choices import Tick
from rop_facilitator.gui.widgets.layout import Area, column, flow, label
from rop_facilitator.gui.widgets.parts import Strip
from rop_facilitator.i18n import _
from rop_facilitator.planning.calendar import Closure
from rop_facilitator.records.calendar_history import EXPORTED, CalendarHistory, calendar_history
from rop_facilitator.records.models import Group

_TOLD = 6


def _days_in(path: Path, today: date, _progress: Progress) -> tuple[tuple[Closure, ...], tuple[Problem, ...]]:
    """In a job: the closed days of a file. Raises UserError."""
    from rop_facilitator.documents.closures_file import closures_from

    periods, problems = closures_from(path, first=today)
    return tuple(one.closure for one in periods if not one.asked), problems


class CalendarFiles(Area):
    """A row of acts below the weeks; what a file did not give is told under it."""

    closures_read = Signal(object)  # tuple of closures that are not over

    def __init__(self, context: AppContext) -> None:
        inner = column(gap=theme.S)
        super().__init__(inner)
        self.context = context
        self._group: Group | None = None
        self.copy = Button(_("Copy as a table"), "plain", "table", clicked=self._copy)
        self.save = Button(_("Save as a calendar file"), "plain", "export", clicked=self._ask_where)
        self.fetch = Button(_("Closed days from a calendar file"), "plain", "calendar", clicked=self._ask_which)
        self.titles = Tick(_("Themes in the calendar file"))
        self.problems = Strip("", "warn")
        why = _("The calendar file names the group and the number of the meeting. The themes are your choice.")
        inner.addLayout(flow(self.copy, self.save, self.titles, self.fetch, gap=theme.S))
        inner.addWidget(label(why, "small", "muted"))
        inner.addWidget(self.problems)
        self.problems.hide()

    def show_group(self, group: Group) -> None:
        """The group whose plan it is."""
        if self._group is not None and self._group.id != group.id:
            self.problems.hide()
        self._group = group

    # -- out

    def _copy(self) -> None:
        if self._group is not None:
            QGuiApplication.clipboard().setText(plan_table(collect_calendar(self._group, CalendarHistory())))
            self.context.say(_("The plan is copied. Paste it into a document or a spreadsheet."))

    def _ask_where(self) -> None:
        kind = _("Calendar file (*.ics)")
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Save as a calendar file"), _("plan") + ".ics", kind)
        if chosen:
            path = Path(chosen)
            self.save_as(path if path.suffix.lower() == ".ics" else path.with_name(path.name + ".ics"))

    def save_as(self, path: Path) -> None:
        """Write the plan to `path`."""
        from rop_facilitator.documents.calendar_file import write_plan_ics
        from rop_facilitator.documents.files import write_document

        if self._group is None:
            return
        now = self.context.now().astimezone()
        with self.context.read() as db:
            plan = collect_calendar(self._group, calendar_history(db, self._group))
        try:
            write_document(path, write_plan_ics(plan, now=now, titles=self.titles.isChecked()))
        except UserError as error:
            self.context.say(str(error))
            return
        self.context.record(EXPORTED, group=self._group.id)
        self.context.say(_("Saved as {file}.").format(file=path.name))

    # -- in

    def _ask_which(self) -> None:
        kind = _("Calendar file (*.ics)")
        chosen, _filter = QFileDialog.getOpenFileName(self, _("Closed days from a calendar file"), "", kind)
        if chosen:
            self.read(Path(chosen))

    def read(self, path: Path) -> None:
        """Read closed days from `path` in a job."""
        self.context.jobs.run(
            self, partial(_days_in, path, self.context.today()), done=self._read, failed=self._not_read
        )

    def _read(self, found: tuple[tuple[Closure, ...], tuple[Problem, ...]]) -> None:
        closures, problems = found
        told = [str(one) for one in problems[:_TOLD]] + (["…"] if len(problems) > _TOLD else [])
        ahead = tuple(one for one in closures if one.last >= self.context.today())
        if not ahead:
            told.insert(0, _("There are no days in the file that could be closed."))
        self.problems.say("\n".join(told))
        self.problems.setVisible(bool(told))
        if ahead:
            self.closures_read.emit(ahead)

    def _not_read(self, error: BaseException) -> None:
        self.problems.say(str(error))
        self.problems.show()
