"""The plan on its way to other programs: a table to paste, and a calendar file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from rop_facilitator.documents.exchange.calendar_export import collect_calendar, plan_table
from rop_facilitator.errors import UserError
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.choices import Tick
from rop_facilitator.gui.widgets.layout.boxes import Area, column, flow, label
from rop_facilitator.i18n import _
from rop_facilitator.records.calendar.calendar_history import EXPORTED, CalendarHistory, calendar_history
from rop_facilitator.records.models import Group


class CalendarExportPanel(Area):
    """A row of acts below the weeks."""

    def __init__(self, context: AppContext) -> None:
        inner = column(gap=theme.S)
        super().__init__(inner)
        self.context = context
        self._group: Group | None = None
        self.copy = Button(_("Copy as a table"), "plain", "table", clicked=self._copy)
        self.save = Button(_("Save as a calendar file"), "plain", "export", clicked=self._ask_where)
        self.titles = Tick(_("Themes in the calendar file"))
        why = _("The calendar file names the group and the number of the meeting. The themes are your choice.")
        inner.addLayout(flow(self.copy, self.save, self.titles, gap=theme.S))
        inner.addWidget(label(why, "small", "muted"))

    def show_group(self, group: Group) -> None:
        """The group whose plan it is."""
        self._group = group

    # -- out

    def _copy(self) -> None:
        if self._group is not None:
            QGuiApplication.clipboard().setText(plan_table(collect_calendar(self._group, CalendarHistory())))
            self.context.notify(_("The plan is copied. Paste it into a document or a spreadsheet."))

    def _ask_where(self) -> None:
        kind = _("Calendar file (*.ics)")
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Save as a calendar file"), _("plan") + ".ics", kind)
        if chosen:
            path = Path(chosen)
            self.save_as(path if path.suffix.lower() == ".ics" else path.with_name(path.name + ".ics"))

    def save_as(self, path: Path) -> None:
        """Write the plan to `path`."""
        from rop_facilitator.documents.exchange.calendar_export import write_plan_ics
        from rop_facilitator.documents.output.write_file import write_document

        if self._group is None:
            return
        now = self.context.now().astimezone()
        with self.context.read() as db:
            plan = collect_calendar(self._group, calendar_history(db, self._group))
        try:
            write_document(path, write_plan_ics(plan, now=now, titles=self.titles.isChecked()))
        except UserError as error:
            self.context.notify(str(error))
            return
        self.context.log_event(EXPORTED, group=self._group.id)
        self.context.notify(_("Saved as {file}.").format(file=path.name))
