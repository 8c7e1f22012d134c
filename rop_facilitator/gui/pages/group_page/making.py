"""The papers of a group: a wish as a plain value, and how it is made, written and printed in a job."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QBuffer, QByteArray, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPainter

from rop_facilitator.errors import Problem, UserError
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.jobs import Cancelled, Progress
from rop_facilitator.i18n import _, long_date
from rop_facilitator.records.groups import curricula_of, load_group

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPrintSupport import QPrinter

    from rop_facilitator.documents.blocks import Packet
    from rop_facilitator.documents.packet import MeetingFacts
    from rop_facilitator.documents.register import Register
    from rop_facilitator.settings import Settings

Kind = Literal["packet", "sign-in", "register"]
_DPI = 300


@dataclass(frozen=True)
class PaperWish:
    """What somebody wants to see on paper; `on` is the day of a meeting."""

    kind: Kind
    on: date | None = None


@dataclass(frozen=True)
class Paper:
    """A wish with all it needs: `build` runs in a job, on plain values. `file_name` tells neither person nor group."""

    title: str
    about: str
    file_name: str
    build: Callable[[], tuple[Packet, list[Problem]]]


@dataclass(frozen=True)
class Rendered:
    """A finished PDF and what the leader should know about it."""

    pdf: bytes
    problems: tuple[Problem, ...]


def prepare(context: AppContext, group_id: int, wish: PaperWish) -> Paper:
    """Read what a wish needs. Raises UserError where there is no such meeting or group."""
    from rop_facilitator.documents.packet import collect_packet

    with context.read() as db:
        group = load_group(db, group_id)
    if wish.kind == "register":
        from rop_facilitator.documents.register import collect_register

        register = collect_register(group, names=group.names_shown, today=context.today())
        first = context.library.curricula.get(next(iter(curricula_of(group)), ""))
        build = partial(_build_register, register, first.language if first else "nb", context.settings)
        name = _("attendance-{date}").format(date=context.today().isoformat())
        return Paper(_("Attendance, all meetings"), group.name, name, build)
    if wish.on is None:
        raise UserError(_("Choose a meeting first."))
    facts = collect_packet(group, context.library, wish.on)
    day = long_date(wish.on)
    if wish.kind == "sign-in":
        name = _("sign-in-{date}").format(date=wish.on.isoformat())
        return Paper(
            _("Sign-in sheet"), f"{group.name} · {day}", name, partial(_build_sign_in, facts, context.settings)
        )
    name = _("papers-{date}").format(date=wish.on.isoformat())
    return Paper(
        _("Papers of the meeting"), f"{group.name} · {day}", name, partial(_build_packet, facts, context.settings)
    )


def _build_packet(facts: MeetingFacts, settings: Settings) -> tuple[Packet, list[Problem]]:
    from rop_facilitator.documents.papers import as_chosen, packet_of

    packet, problems = packet_of(facts)
    return as_chosen(packet, settings), problems


def _build_sign_in(facts: MeetingFacts, settings: Settings) -> tuple[Packet, list[Problem]]:
    packet, _problems = _build_packet(facts, settings)
    sheets = tuple(document for document in packet.documents if document.paper == "sign-in")
    return replace(packet, title=sheets[0].title, documents=sheets), []


def _build_register(register: Register, language: str, settings: Settings) -> tuple[Packet, list[Problem]]:
    from rop_facilitator.documents.papers import as_chosen
    from rop_facilitator.documents.register_paper import register_packet
    from rop_facilitator.i18n import speaking

    with speaking(language):
        return as_chosen(register_packet(register, language=language), settings), []


def render(paper: Paper, progress: Progress) -> Rendered:
    """Make the PDF of a paper; in a job."""
    from rop_facilitator.documents.pdf import render_pdf

    progress.step(0, 2)
    packet, problems = paper.build()
    progress.step(1, 2)
    pdf, lost = render_pdf(packet)
    progress.step(2, 2)
    return Rendered(pdf, (*problems, *lost))


def open_pdf(pdf: bytes) -> QPdfDocument:
    """The document, which owns the bytes that it reads from."""
    from PySide6.QtPdf import QPdfDocument

    document = QPdfDocument()
    buffer = QBuffer(document)
    buffer.setData(QByteArray(pdf))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document


def print_pdf(pdf: bytes, printer: QPrinter, progress: Progress) -> int:
    """Paint the chosen pages on a printer at 300 dots an inch, and return how many; in a job. Raises UserError."""
    document = open_pdf(pdf)
    first, last = printer.fromPage() or 1, printer.toPage() or document.pageCount()
    pages = range(first - 1, min(last, document.pageCount()))
    p = QPainter()
    try:
        for done, page in enumerate(pages):
            progress.step(done, len(pages))
            points = document.pagePointSize(page)
            lying = points.width() > points.height()
            side = QPageLayout.Orientation
            printer.setPageOrientation(side.Landscape if lying else side.Portrait)
            if done:
                printer.newPage()
            elif not p.begin(printer):
                raise UserError(_("The printer does not answer. Look if it is on, or save a PDF instead."))
            image = document.render(page, (points * (_DPI / 72)).toSize())
            sheet = printer.paperRect(type(printer).Unit.DevicePixel)
            size = QSizeF(image.size()).scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
            p.drawImage(QRectF(QPointF(0, 0), size), image)
        progress.step(len(pages), len(pages))
    except Cancelled:
        printer.abort()
        raise
    finally:
        p.end()
        document.close()
    return len(pages)


def save_pdf(paper: Paper, path: Path, progress: Progress) -> Rendered:
    """Make the PDF of a paper and write it; in a job. Raises UserError."""
    from rop_facilitator.documents.files import write_document

    made = render(paper, progress)
    write_document(path, made.pdf)
    return made


def save_word(paper: Paper, folder: Path, progress: Progress) -> int:
    """Write the Word files of a paper into a folder, and return how many; in a job. Raises UserError."""
    from rop_facilitator.documents.docx import render_docx
    from rop_facilitator.documents.files import make_folder, write_document
    from rop_facilitator.documents.papers import word_files

    packet, _problems = paper.build()
    files = word_files(packet)
    make_folder(folder)
    for done, (name, part) in enumerate(files):
        progress.step(done, len(files))
        data = render_docx(part)
        progress.step(done, len(files))
        write_document(folder / f"{name}.docx", data)
    return len(files)
