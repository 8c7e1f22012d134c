"""The work of the print page, for jobs: make the packet, put it on paper or into files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPainter

from rop_facilitator.documents.packet import SPARE_SETS, MeetingFacts, write_packet
from rop_facilitator.errors import Problem, UserError
from rop_facilitator.gui.jobs import Cancelled, Progress
from rop_facilitator.i18n import _, ngettext, pgettext

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPrintSupport import QPrinter

    from rop_facilitator.settings import Settings

DPI = 300
_INCH = 72  # points
_SHEETS = ("handout", "worksheet")


@dataclass(frozen=True)
class Made:
    """The packet as PDF, how many of each kind of paper are in it, and what was found on the way."""

    pdf: bytes
    papers: dict[str, int]
    problems: tuple[Problem, ...]


def make_packet(facts: MeetingFacts, settings: Settings, progress: Progress) -> Made:
    """Lay out and compile the packet, as the settings say that it is printed."""
    from rop_facilitator.documents.papers import as_chosen, packet_of
    from rop_facilitator.documents.pdf import render_pdf

    progress.step(0, 3)
    packet, problems = packet_of(facts)
    progress.step(1, 3)
    pdf, lost = render_pdf(as_chosen(packet, settings))
    progress.step(2, 3)
    papers = Counter(document.paper for document in packet.documents)
    return Made(pdf, dict(papers), tuple(dict.fromkeys((*problems, *lost))))


def open_pdf(pdf: bytes) -> QPdfDocument:
    """The document, which owns the bytes that it reads from."""
    from PySide6.QtPdf import QPdfDocument

    document = QPdfDocument()
    buffer = QBuffer(document)
    buffer.setData(QByteArray(pdf))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document


def papers_words(pages: int, papers: dict[str, int]) -> str:
    """The packet in words: "62 pages: agenda, sign-in sheet, 7 sets, 2 spare"."""
    sets = papers.get("slip", 0)
    named = [
        (papers.get("agenda-leader"), pgettext("in the packet", "agenda")),
        (papers.get("safety"), pgettext("in the packet", "page for a safe group")),
        (papers.get("agenda-wall"), pgettext("in the packet", "plan for the wall")),
        (papers.get("sign-in"), pgettext("in the packet", "sign-in sheet")),
        (sets, ngettext("{n} set", "{n} sets", sets).format(n=sets)),
        (sum(papers.get(kind, 0) for kind in _SHEETS), _("{n} spare").format(n=SPARE_SETS)),
    ]
    words = ngettext("{n} page: {papers}", "{n} pages: {papers}", pages)
    return words.format(n=pages, papers=", ".join(word for count, word in named if count))


def save_pdf(pdf: bytes, target: Path, progress: Progress) -> Path:
    """Write the packet as one PDF, and give back where."""
    from rop_facilitator.documents.files import write_document

    progress.step(0, 1)
    write_document(target, pdf)
    return target


def save_word(facts: MeetingFacts, folder: Path, progress: Progress) -> Path:
    """Write the packet as a Word file a paper into a folder, and give back where."""
    write_packet(facts, folder, step=progress.step)
    return folder


def print_pages(pdf: bytes, printer: QPrinter, progress: Progress) -> int:
    """Paint the pages that the leader chose on a printer, and give back how many.

    A cancel takes back what the printer has not begun. Raises UserError when the printer cannot be reached.
    """
    document = open_pdf(pdf)
    first, last = printer.fromPage() or 1, printer.toPage() or document.pageCount()
    pages = range(first - 1, min(last, document.pageCount()))
    _turn(printer, document, pages[0])
    p = QPainter()
    if not p.begin(printer):
        raise UserError(_("The printer does not answer. Look if it is on, or save the packet as PDF."))
    try:
        for done, page in enumerate(pages):
            progress.step(done, len(pages))
            if done:
                _turn(printer, document, page)
                printer.newPage()
            _paint(p, printer, _page_image(document, page))
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


def _page_image(document: QPdfDocument, page: int) -> QImage:
    """The page at 300 dots an inch, on white."""
    points = document.pagePointSize(page)
    size = QSize(round(points.width() * DPI / _INCH), round(points.height() * DPI / _INCH))
    printed = document.render(page, size)
    white = QImage(size, QImage.Format.Format_RGB32)
    white.fill(Qt.GlobalColor.white)
    p = QPainter(white)
    p.drawImage(0, 0, printed)
    p.end()
    return white


def _paint(p: QPainter, printer: QPrinter, image: QImage) -> None:
    """The whole page on the whole sheet; a sheet of another size keeps the proportions."""
    sheet = printer.paperRect(type(printer).Unit.DevicePixel)
    size = QSizeF(image.size()).scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left, top = (sheet.width() - size.width()) / 2, (sheet.height() - size.height()) / 2
    p.drawImage(QRectF(left, top, size.width(), size.height()), image)
