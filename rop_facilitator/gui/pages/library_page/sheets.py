"""Handouts as they will print: the work of drawing them, and small pictures to click."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from rop_facilitator.curriculum.model import Curriculum
from rop_facilitator.errors import Problem
from rop_facilitator.gui import theme
from rop_facilitator.gui.jobs import Progress
from rop_facilitator.gui.widgets.buttons import by_keyboard, draw_focus
from rop_facilitator.i18n import _, ngettext

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument

THUMBNAIL = 132  # pixels wide at 100 %
_A4 = 297 / 210


@dataclass(frozen=True)
class Sheet:
    """A handout as it prints: its pages as PDF, pictures of some of them, and what is wrong with it."""

    id: str
    title: str
    kind: str = ""
    pdf: bytes = b""
    pages: int = 0
    images: tuple[QImage, ...] = ()
    problems: tuple[Problem, ...] = ()


def draw_sheets(curriculum: Curriculum, ids: tuple[str, ...], width: int, progress: Progress) -> list[Sheet]:
    """Each handout with a picture of its first page, `width` in pixels of the screen. For a job."""
    made: list[Sheet] = []
    for number, handout_id in enumerate(ids):
        progress.step(number, len(ids))
        made.append(_draw(curriculum, handout_id, width))
    return made


def _draw(curriculum: Curriculum, handout_id: str, width: int) -> Sheet:
    from rop_facilitator.documents.handout import find_handout, handout_packet
    from rop_facilitator.documents.pdf import render_pdf

    handout, problems = find_handout(curriculum, handout_id)
    if handout is None:
        return Sheet(handout_id, handout_id.partition("/")[2], problems=tuple(problems))
    packet, found = handout_packet(handout)
    pdf, lost = render_pdf(packet)
    count, images = page_images(pdf, width, first_only=True)
    return Sheet(handout_id, handout.title, handout.kind, pdf, count, images, (*problems, *found, *lost))


def draw_pages(pdf: bytes, width: int, _progress: Progress) -> tuple[QImage, ...]:
    """A picture of every page, `width` in pixels of the screen. For a job."""
    return page_images(pdf, width)[1]


def page_images(pdf: bytes, width: int, *, first_only: bool = False) -> tuple[int, tuple[QImage, ...]]:
    """(number of pages, pictures of all of them or of the first), `width` in pixels of the screen."""
    from PySide6.QtPdf import QPdfDocument

    data = QByteArray(pdf)
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    count = document.pageCount()
    images = tuple(_page_image(document, n, width) for n in range(min(1, count) if first_only else count))
    document.close()
    return count, images


def _page_image(document: QPdfDocument, page: int, width: int) -> QImage:
    points = document.pagePointSize(page)
    printed = document.render(page, QSize(width, round(width * points.height() / points.width())))
    white = QImage(printed.size(), QImage.Format.Format_RGB32)
    white.fill(Qt.GlobalColor.white)
    p = QPainter(white)
    p.drawImage(0, 0, printed)
    p.end()
    return white


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
    """What a handout is called."""
    return {"handout": _("Handout"), "worksheet": _("Worksheet")}.get(kind, _("Sheet"))


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
        images = self.sheet.images if self.sheet is not None else ()
        draw_paper(p, page, images[0] if images else None)
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


class PageImage(QWidget):
    """One page, as large as the reading column has room for."""

    def __init__(self, image: QImage, name: str) -> None:
        super().__init__()
        self._image = image
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMaximumWidth(theme.px(theme.READING))

    def heightForWidth(self, width: int) -> int:
        """As high as the paper is at that width."""
        return round(width * self._image.height() / max(1, self._image.width()))

    def sizeHint(self) -> QSize:
        """The reading column."""
        return QSize(theme.px(theme.READING), self.heightForWidth(theme.px(theme.READING)))

    def minimumSizeHint(self) -> QSize:
        """Small is better than clipped."""
        return QSize(theme.px(120), self.heightForWidth(theme.px(120)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The paper."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_paper(p, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self._image)
