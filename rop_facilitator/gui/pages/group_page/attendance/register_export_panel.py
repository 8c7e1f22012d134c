"""The register as a file: how people are named, where it goes, and how far it is."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from rop_facilitator.documents.exchange.register import AttendanceRegister, collect_register
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.runtime.jobs import Job
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.notices import ProgressNotice
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.choices import Segments
from rop_facilitator.gui.widgets.layout.boxes import Area, column, flow, label
from rop_facilitator.i18n import _
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Group, NamesShown
from rop_facilitator.work_progress import WorkProgress as JobProgress

_NAMES = tuple(NamesShown)


def _write(register: AttendanceRegister, path: Path, progress: JobProgress) -> Path:
    """In a job: the file as its ending says. Raises UserError, and Cancelled before anything is written."""
    from rop_facilitator.documents.exchange.write_register import write_register

    write_register(register, path, step=progress.step)
    return path


class RegisterExportPanel(Area):
    """Hidden until it is asked for. That the file is written is said at the foot of the window."""

    def __init__(self, context: AppContext) -> None:
        inner = column(gap=theme.S, edge=(theme.L, theme.M, theme.L, theme.M))
        super().__init__(inner, "card")
        self.context = context
        self._group: Group | None = None
        self._job: Job | None = None
        self.names = Segments((_("Names"), _("Aliases"), _("Numbers")), 0, name=_("How people are named"))
        self.excel = Button(_("Excel file"), "primary", "table", clicked=self._excel)
        self.csv = Button(_("CSV list"), "plain", "export", clicked=self._csv)
        self.progress = ProgressNotice()
        self.progress.cancelled.connect(self._cancel)
        why = _("The file is not encrypted. Keep it where participants' data may lie, or export numbers.")
        inner.addWidget(label(_("Export attendance"), "heading"))
        inner.addWidget(label(why, "small", "muted"))
        inner.addLayout(flow(self.names, "stretch", self.excel, self.csv, gap=theme.M))
        inner.addWidget(self.progress)
        self.hide()

    def first_focus(self) -> QWidget:
        """Where the keyboard goes when the panel opens."""
        return self.excel

    def show_group(self, group: Group) -> None:
        """The group whose register it is; names as the group shows them, unless chosen otherwise."""
        if self._group is None:
            self.names.show_chosen(_NAMES.index(group.names_shown))
        self._group = group

    def _excel(self) -> None:
        self._ask(".xlsx", _("Excel file (*.xlsx)"))

    def _csv(self) -> None:
        self._ask(".csv", _("CSV list (*.csv)"))

    def _ask(self, ending: str, kind: str) -> None:
        name = _("attendance-{date}").format(date=self.context.today().isoformat()) + ending
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Export attendance"), name, kind)
        if chosen:
            path = Path(chosen)
            self.export(path if path.suffix.lower() == ending else path.with_name(path.name + ending))

    def export(self, path: Path) -> None:
        """Write the register to `path` in a job."""
        if self._group is None or self._job is not None:
            return
        register = collect_register(self._group, names=_NAMES[self.names.current()], today=self.context.today())
        self.progress.begin(_("Writing {file}").format(file=path.name))
        self._job = self.context.jobs.run(
            self, partial(_write, register, path), done=self._done, failed=self._failed, progress=self.progress.step
        )

    def _done(self, path: Path) -> None:
        self._end()
        if self._group is not None:
            self.context.log_event(
                Action.ATTENDANCE_EXPORTED, group=self._group.id, people=len(self._group.memberships)
            )
        self.context.notify(_("Exported to {file}.").format(file=path.name))
        self.hide()

    def _failed(self, error: BaseException) -> None:
        self._end()
        self.context.notify(str(error))

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._end()
        self.context.notify(_("Cancelled."))

    def _end(self) -> None:
        self._job = None
        self.progress.end()
