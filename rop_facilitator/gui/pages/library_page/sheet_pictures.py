"""Handouts as they will print: the work of drawing them, and small pictures to click."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from rop_facilitator.curriculum.model import Curriculum, slug_of
from rop_facilitator.errors import Problem
from rop_facilitator.gui.printing.paper_printer import open_pdf, page_image
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import by_keyboard, click_by_enter, draw_focus
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.work_progress import WorkProgress

THUMBNAIL = 132  # pixels wide at 100 %
_A4 = 297 / 210


@dataclass(frozen=True)
class Sheet:
    """A handout as it prints: its pages as PDF, a picture of the first, and what is wrong with it."""

    id: str
    title: str
    kind: str = ""
    pdf: bytes = b""
    pages: int = 0
    image: QImage | None = None
    problems: tuple[Problem, ...] = ()


def draw_sheets(curriculum: Curriculum, ids: tuple[str, ...], width: int, progress: WorkProgress) -> list[Sheet]:
    """Each sheet, or page about a module, with a picture of its first page `width` pixels wide. For a job."""
    sheets: list[Sheet] = []
    for number, handout_id in enumerate(ids):
        progress.step(number, len(ids))
        sheets.append(_draw(curriculum, handout_id, width))
    return sheets


def _draw(curriculum: Curriculum, handout_id: str, width: int) -> Sheet:
    from rop_facilitator.documents.output.pdf import render_pdf
    from rop_facilitator.documents.papers.handout import find_handout, handout_packet
    from rop_facilitator.documents.papers.overview_paper import overview_packet

    if (place := curriculum.overview(handout_id)) is not None:
        packet, problems = overview_packet(curriculum, *place)
        title, kind = place[1].title, "overview"
    else:
        handout, problems = find_handout(curriculum, handout_id)
        if handout is None:
            return Sheet(handout_id, slug_of(handout_id), problems=tuple(problems))
        packet, missing_facts = handout_packet(handout)
        problems, title, kind = [*problems, *missing_facts], handout.title, handout.kind
    pdf, lost = render_pdf(packet)
    document = open_pdf(pdf)
    pages = document.pageCount()
    image = page_image(document, 0, width) if pages else None
    document.close()
    return Sheet(handout_id, title, kind, pdf, pages, image, (*problems, *lost))


def draw_paper(p: QPainter, box: QRectF, image: QImage | None) -> None:
    """A printed page on paper, which is a little darker at night but never dark."""
    p.setPen(QPen(theme.colour("border"), 1))
    p.setBrush(theme.colour("paper"))
    p.drawRoundedRect(box, 3, 3)
    if image is None:
        return
    p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    p.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    p.drawImage(box.adjusted(1, 1, -1, -1), image)
    p.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)


def kind_word(kind: str) -> str:
    """The word for a kind of sheet."""
    words = {
        "handout": _("Handout"),
        "worksheet": _("Worksheet"),
        "cards": _("Cards"),
        "overview": _("For the leader"),
    }
    return words.get(kind, _("Sheet"))


class SheetButton(QAbstractButton):
    """A small picture of a sheet, what it is and how many pages; a click shows it larger."""

    def __init__(self, sheet_id: str) -> None:
        super().__init__()
        self.sheet: Sheet | None = None
        self._id, self._ring = sheet_id, False
        self.setText(sheet_id)
        self.setEnabled(False)
        self.setAccessibleName(_("Sheet"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show what has been drawn."""
        self.sheet = sheet
        self.setEnabled(bool(sheet.pdf))
        self.setAccessibleName(", ".join((sheet.title, *self._words())))
        self.setToolTip(sheet.title)
        self.update()

    def _words(self) -> tuple[str, str]:
        sheet = self.sheet
        if sheet is None:
            return "", ""
        if not sheet.pdf:
            return sheet.title, _("cannot be printed")
        pages = ngettext("{n} page", "{n} pages", sheet.pages).format(n=sheet.pages)
        if any(problem.level == "fault" for problem in sheet.problems):
            pages = _("{pages} · has faults").format(pages=pages)
        return kind_word(sheet.kind), pages

    def sizeHint(self) -> QSize:
        """A page of A4 and two lines of words."""
        width = theme.px(THUMBNAIL)
        height = round(width * _A4) + theme.S + theme.metrics("strong").height() + theme.metrics("small").height()
        return QSize(width, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter clicks, as space does: the sheet is shown larger."""
        if not click_by_enter(self, event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the keyboard came here."""
        self._ring = by_keyboard(event, self._ring)
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page, its words, and the ring."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = theme.px(THUMBNAIL)
        whole = QRectF(0, 0, width, round(width * _A4))
        page = draw_focus(p, whole, 4) if self.hasFocus() and self._ring else whole.adjusted(0.5, 0.5, -0.5, -0.5)
        draw_paper(p, page, self.sheet.image if self.sheet is not None else None)
        if self.underMouse() and self.isEnabled():
            p.setPen(QPen(theme.colour("accent"), 1.5))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRoundedRect(page, 3, 3)
        y = whole.bottom() + theme.S - 2
        for words, role, tone in zip(self._words(), ("strong", "small"), ("text", "muted"), strict=True):
            metrics = theme.metrics(role)
            p.setFont(theme.font(role))
            p.setPen(theme.colour(tone))
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
            p.drawText(QRectF(0, y, width, metrics.height()), Qt.AlignmentFlag.AlignVCenter, shown)
            y += metrics.height()
