"""A paper of the group as it will print, in the place of the list of papers."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from rop_facilitator.gui import theme
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.jobs import Job
from rop_facilitator.gui.jobs import Progress as JobProgress
from rop_facilitator.gui.pages.group_page.making import Paper, Rendered, open_pdf, print_pdf, render
from rop_facilitator.gui.widgets.buttons import Button
from rop_facilitator.gui.widgets.layout import clear, column, flow, label, row
from rop_facilitator.gui.widgets.messages import Progress
from rop_facilitator.gui.widgets.parts import Strip
from rop_facilitator.i18n import _, ngettext

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPdfWidgets import QPdfView
    from PySide6.QtPrintSupport import QPrinter

_ZOOM = 1.25
_LOWEST, _HIGHEST = 0.25, 4.0


def has_printer() -> bool:
    """Whether this computer has a printer at all."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return bool(QPrinterInfo.availablePrinterNames())


def _write(pdf: bytes, path: Path, progress: JobProgress) -> Path:
    from rop_facilitator.documents.files import write_document

    progress.step(0, 1)
    write_document(path, pdf)
    return path


class PaperPreview(QWidget):
    """Title, pages, and the ways out. Without a printer the first way is a PDF file."""

    closed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.paper: Paper | None = None
        self.made: Rendered | None = None
        self.view: QPdfView | None = None
        self._document: QPdfDocument | None = None
        self._job: Job | None = None
        self._title = label("", "heading")
        self._about = label("", "small", "muted")
        self._problems = column(gap=theme.S)
        self._pages = column(gap=0)
        self.progress = Progress()
        self.progress.cancelled.connect(self._cancel)
        back = Button("", "quiet", "chevron-left", "Alt+←", name=_("Back to the papers"), clicked=self._close)
        can_print = has_printer()
        self.print = Button(_("Print"), "primary", "print", "Ctrl+P", clicked=self._ask_printer)
        self.print.setVisible(can_print)
        self.pdf = Button(_("Save as PDF"), "plain" if can_print else "primary", "export", clicked=self._ask_path)
        smaller = Button("–", "plain", small=True, name=_("Smaller"), clicked=self._smaller)
        larger = Button("+", "plain", small=True, name=_("Larger"), clicked=self._larger)
        head = row(back, gap=theme.S)
        head.addLayout(column(self._title, self._about, gap=0), 1)
        head.addLayout(flow(smaller, larger, self.pdf, self.print, gap=theme.S, right=True))
        inner = column(head, self.progress, self._problems, gap=theme.S)
        inner.addLayout(self._pages, 1)
        self.setLayout(inner)
        for keys, slot in (("Ctrl+P", self._first_act), ("Alt+Left", self._close)):
            QShortcut(QKeySequence(keys), self, slot, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def first_focus(self) -> QWidget:
        """The way out that is first."""
        return self.pdf if self.print.isHidden() else self.print

    def show_paper(self, paper: Paper) -> None:
        """Make a paper in a job, and show it."""
        self._cancel()
        self.paper, self.made = paper, None
        self._title.setText(paper.title)
        self._about.setText(paper.about)
        self._clear()
        self._enable(False)
        self.progress.begin(_("Writing the papers"))
        self._job = self.context.jobs.run(
            self, partial(render, paper), done=self._made, failed=self._failed, progress=self.progress.step
        )

    def _made(self, made: Rendered) -> None:
        from PySide6.QtPdfWidgets import QPdfView

        self._end()
        self.made = made
        self._document = open_pdf(made.pdf)
        self._document.setParent(self)
        self.view = QPdfView(self)
        self.view.setAccessibleName(_("The paper, page by page"))
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        ground = self.view.palette()
        for role in (QPalette.ColorRole.Dark, QPalette.ColorRole.Mid, QPalette.ColorRole.Base):
            ground.setColor(role, theme.colour("sunken"))
        self.view.setPalette(ground)
        self.view.setDocument(self._document)
        self._pages.addWidget(self.view)
        count = self._document.pageCount()
        pages = ngettext("{n} page", "{n} pages", count).format(n=count)
        if self.paper is not None:
            self._about.setText(f"{self.paper.about} · {pages}")
        for problem in made.problems:
            self._problems.addWidget(Strip(str(problem), "danger" if problem.level == "fault" else "warn"))
        self._enable(True)
        if self.isVisible():
            self.first_focus().setFocus()

    def _clear(self) -> None:
        clear(self._problems)
        clear(self._pages)
        self.view = None
        if self._document is not None:
            self._document.deleteLater()
            self._document = None

    def _enable(self, can: bool) -> None:
        for part in (self.print, self.pdf):
            part.setEnabled(can)

    # -- the ways out

    def _first_act(self) -> None:
        if self.made is not None:
            self._ask_path() if self.print.isHidden() else self._ask_printer()

    def _ask_printer(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("ROP Facilitator")  # a print queue is seen by others: neither group nor day
        if self.made is not None and QPrintDialog(printer, self).exec() == QPrintDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print the paper in a job."""
        if self.made is not None and self._job is None:
            self.progress.begin(_("Printing"))
            work = partial(print_pdf, self.made.pdf, printer)
            self._job = self.context.jobs.run(
                self, work, done=self._printed, failed=self._failed, progress=self.progress.step
            )

    def _ask_path(self) -> None:
        if self.paper is None or self.made is None:
            return
        name = f"{self.paper.file_name}.pdf"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save as PDF"), name, _("PDF (*.pdf)"))
        if chosen:
            path = Path(chosen)
            self.save(path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf"))

    def save(self, path: Path) -> None:
        """Write the PDF in a job."""
        if self.made is not None and self._job is None:
            work = partial(_write, self.made.pdf, path)
            self._job = self.context.jobs.run(self, work, done=self._saved, failed=self._failed)

    def _printed(self, count: int) -> None:
        self._end()
        self.context.record("papers printed")
        text = ngettext("{n} page is on its way to the printer.", "{n} pages are on their way to the printer.", count)
        self.context.say(text.format(n=count))

    def _saved(self, path: Path) -> None:
        self._end()
        self.context.record("papers printed")
        self.context.say(_("Saved as {file}.").format(file=path.name))

    def _failed(self, error: BaseException) -> None:
        self._end()
        self.context.say(str(error))

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._end()

    def _end(self) -> None:
        self._job = None
        self.progress.end()

    def _close(self) -> None:
        self._cancel()
        self._clear()
        self.made = None
        self.closed.emit()

    def _larger(self) -> None:
        self._zoom(_ZOOM)

    def _smaller(self) -> None:
        self._zoom(1 / _ZOOM)

    def _zoom(self, by: float) -> None:
        if self.view is None or self._document is None:
            return
        now = self.view.zoomFactor()
        if self.view.zoomMode() is not self.view.ZoomMode.Custom:
            page = self._document.pagePointSize(0) * (self.logicalDpiX() / 72)
            room = self.view.viewport().size()
            now = min(room.width() / page.width(), room.height() / page.height())
            self.view.setZoomMode(self.view.ZoomMode.Custom)
        self.view.setZoomFactor(min(max(now * by, _LOWEST), _HIGHEST))
