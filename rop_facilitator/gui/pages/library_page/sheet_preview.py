"""A sheet in full, page by page, and its way to a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from rop_facilitator.curriculum.model import slug_of
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.library_page.sheet_pictures import Sheet, kind_word
from rop_facilitator.gui.pages.library_page.view_with_sheets import EDGE
from rop_facilitator.gui.printing.paper_printer import ask_file, open_pdf
from rop_facilitator.gui.runtime.jobs import Job
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.notices import ProgressNotice, Strip
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.layout.boxes import STRETCH, column, flow, label
from rop_facilitator.gui.widgets.papers.pdf_view import PdfView
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.work_progress import WorkProgress as JobProgress

if TYPE_CHECKING:
    from rop_facilitator.curriculum.model import Library
    from rop_facilitator.errors import Problem


class SheetPreview(QWidget):
    """A sheet as it leaves the printer."""

    back = Signal()

    def __init__(self, context: AppContext, sheet: Sheet) -> None:
        super().__init__()
        self.setObjectName("scrolled")
        self.context, self.sheet = context, sheet
        self.progress = ProgressNotice()
        self.progress.cancelled.connect(self._cancel)
        self.to_session = Button(_("Back to the session"), "link", "chevron-left", "Esc", clicked=self.back.emit)
        self.save_pdf = Button(_("Save as PDF"), "plain", "export", clicked=self._save_pdf)
        self.save_word = Button(_("Save as Word"), "plain", "export", clicked=self._save_word)
        self._document = open_pdf(sheet.pdf)
        self._document.setParent(self)
        pages = ngettext("{n} page", "{n} pages", sheet.pages).format(n=sheet.pages)
        tone = {"fault": "danger", "advice": "warn"}
        strips = [Strip(str(problem), tone[problem.level]) for problem in sheet.problems]
        self.setLayout(
            column(
                flow(self.to_session, STRETCH, flow(self.save_pdf, self.save_word, gap=theme.S), gap=theme.S),
                label(sheet.title, "title"),
                label(f"{kind_word(sheet.kind)} · {pages}", "body", "muted"),
                self.progress,
                *strips,
                theme.M,
                PdfView(self._document),
                gap=6,
                edge=EDGE,
            )
        )
        self._saving: Job | None = None

    def retire(self) -> None:
        """The leader has gone on; what is being saved is still saved."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back; while something is being saved, it cancels that instead (the progress bar's own key)."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)

    # -- to a file

    def _save_pdf(self) -> None:
        self._save_as(".pdf")

    def _save_word(self) -> None:
        self._save_as(".docx")

    def _save_as(self, ending: str) -> None:
        target = ask_file(self, slug_of(self.sheet.id), ending)
        if target is None:
            return
        self.progress.begin(_("Writes {name}").format(name=target.name))
        work = partial(save_sheet, self.context.library, self.sheet.id, target)
        self._saving = self.context.jobs.run(self, work, done=self._saved, failed=self._not_saved)

    def _saved(self, target: Path) -> None:
        self.progress.end()
        self.context.notify(_("Saved as {path}").format(path=target))

    def _not_saved(self, error: BaseException) -> None:
        self.progress.end()
        self.context.notify(str(error))

    def _cancel(self) -> None:
        if self._saving is not None:
            self._saving.cancel()
        self.progress.end()


def save_sheet(library: Library, sheet_id: str, target: Path, progress: JobProgress) -> Path:
    """Write one sheet, and give back where. For a job."""
    from rop_facilitator.documents.papers.handout import print_handout

    progress.step(0, 1)
    _problems: list[Problem] = print_handout(library, sheet_id, target)
    return target
