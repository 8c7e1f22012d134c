"""From a paper to the printer or a file: the work for jobs, and the questions before it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize, QSizeF, QStandardPaths, Qt
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from rop_facilitator.errors import Problem, UserError
from rop_facilitator.i18n import _
from rop_facilitator.private_files import private_temp_folder
from rop_facilitator.work_progress import Cancelled, WorkProgress

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPrintSupport import QPrinter

    from rop_facilitator.documents.papers.catalogue import Paper
    from rop_facilitator.settings import Settings

DPI = 300
_INCH = 72  # points


@dataclass(frozen=True)
class PrintablePaper:
    """A paper as PDF, how many documents of each kind are in it, and what was found on the way."""

    pdf: bytes
    papers: dict[str, int]
    problems: tuple[Problem, ...]


# -- for jobs ----------------------------------------------------------------------------------------------------------


def make_paper(paper: Paper, settings: Settings, progress: WorkProgress) -> PrintablePaper:
    """Lay out and compile a paper, as the settings say that it is printed."""
    from rop_facilitator.documents.output.pdf import render_pdf
    from rop_facilitator.documents.page.blocks import Slips
    from rop_facilitator.documents.papers.meeting.meeting_packet import with_print_settings

    progress.step(0, 3)
    packet, problems = paper.packet()
    progress.step(1, 3)
    pdf, lost = render_pdf(with_print_settings(packet, settings))
    progress.step(2, 3)
    papers = Counter(document.paper for document in packet.documents)
    slips = (block for document in packet.documents for block in document.blocks if isinstance(block, Slips))
    papers["slip"] = sum(len(block.items) for block in slips)
    return PrintablePaper(pdf, dict(papers), tuple(dict.fromkeys((*problems, *lost))))


def save_pdf(pdf: bytes, target: Path, progress: WorkProgress) -> Path:
    """Write a finished PDF, and give back where. Raises UserError."""
    from rop_facilitator.documents.output.write_file import write_document

    progress.step(0, 1)
    write_document(target, pdf)
    return target


def save_word(paper: Paper, settings: Settings, target: Path, progress: WorkProgress) -> Path:
    """Write a paper as one Word file, or as a folder of them where `target` has no ending, and give back where."""
    from rop_facilitator.documents.output.write_paper import write_paper
    from rop_facilitator.documents.papers.meeting.meeting_packet import with_print_settings

    packet, _problems = paper.packet()
    write_paper(with_print_settings(packet, settings), target, step=progress.step)
    return target


def print_pages(pdf: bytes, printer: QPrinter, progress: WorkProgress) -> int:
    """Paint the pages that the leader chose on a printer, and give back how many.

    A cancel takes back what the printer has not begun. Raises UserError when the printer cannot be reached.
    """
    with private_temp_folder():
        return _print_pages(open_pdf(pdf), printer, progress)


def _print_pages(document: QPdfDocument, printer: QPrinter, progress: WorkProgress) -> int:
    first, last = printer.fromPage() or 1, printer.toPage() or document.pageCount()
    pages = range(first - 1, min(last, document.pageCount()))
    _turn(printer, document, pages[0])
    p = QPainter()
    if not p.begin(printer):
        raise UserError(_("The printer does not answer. Look if it is on, or save a PDF instead."))
    try:
        for done, page in enumerate(pages):
            progress.step(done, len(pages))
            if done:
                _turn(printer, document, page)
                printer.newPage()
            _paint(p, printer, page_image(document, page, _dots(document, page)))
        progress.step(len(pages), len(pages))
    except Cancelled:
        printer.abort()
        raise
    finally:
        p.end()
        document.close()
    return len(pages)


def _turn(printer: QPrinter, document: QPdfDocument, page: int) -> None:
    """Lay the paper as the page lies."""
    size = document.pagePointSize(page)
    lying = size.width() > size.height()
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait)


def _dots(document: QPdfDocument, page: int) -> int:
    """How wide a page is at 300 dots an inch."""
    return round(document.pagePointSize(page).width() * DPI / _INCH)


def _paint(p: QPainter, printer: QPrinter, image: QImage) -> None:
    """The whole page on the whole sheet; a sheet of another size keeps the proportions."""
    sheet = printer.paperRect(type(printer).Unit.DevicePixel)
    size = QSizeF(image.size()).scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left, top = (sheet.width() - size.width()) / 2, (sheet.height() - size.height()) / 2
    p.drawImage(QRectF(left, top, size.width(), size.height()), image)


# -- pages ------------------------------------------------------------------------------------------------------------


def load_pdf_reader() -> None:
    """Load Qt's reader of PDF now, before a job uses it: a Qt module may only be loaded on the window's own thread.

    While it loads it changes what Qt's calls into Python look up, and those do not wait for it: the program died.
    """
    import PySide6.QtPdf  # noqa: F401


def open_pdf(pdf: bytes) -> QPdfDocument:
    """The document, which owns the bytes that it reads from."""
    from PySide6.QtPdf import QPdfDocument

    document = QPdfDocument()
    buffer = QBuffer(document)
    buffer.setData(QByteArray(pdf))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document


def page_image(document: QPdfDocument, page: int, width: int) -> QImage:
    """The page on white, so many pixels wide."""
    points = document.pagePointSize(page)
    size = QSize(width, round(width * points.height() / points.width()))
    printed = document.render(page, size)
    white = QImage(size, QImage.Format.Format_RGB32)
    white.fill(Qt.GlobalColor.white)
    p = QPainter(white)
    p.drawImage(0, 0, printed)
    p.end()
    return white


# -- questions ---------------------------------------------------------------------------------------------------------


def has_printer() -> bool:
    """Whether the system knows any printer."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return bool(QPrinterInfo.availablePrinterNames())


def ask_printer(parent: QWidget, pages: int) -> QPrinter | None:
    """The printer, copies and pages that the leader chooses; None when the leader does not print after all."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DPI)
    printer.setFullPage(True)
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
    printer.setDocName(_("Papers"))  # it stands on the printer's display: neither group nor people
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, pages)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
    return printer if dialog.exec() else None


def ask_file(parent: QWidget, name: str, ending: str) -> Path | None:
    """Where a file shall lie, with its ending (".pdf" or ".docx"); None when it shall not be written after all."""
    kind = {".pdf": _("PDF file (*.pdf)"), ".docx": _("Word file (*.docx)")}[ending]
    proposed = str(Path(_documents()) / (name + ending))
    chosen, _kind = QFileDialog.getSaveFileName(parent, _("Save the paper"), proposed, kind)
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix.lower() == ending else path.with_name(path.name + ending)


def ask_folder(parent: QWidget, name: str) -> Path | None:
    """A new folder of that name in a place that the leader chooses, or None."""
    chosen = QFileDialog.getExistingDirectory(parent, _("Where shall the folder lie?"), _documents())
    return Path(chosen) / name if chosen else None


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
