"""The recovery code on paper, drawn straight onto the printer: it must not lie in a file on this computer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPagedPaintDevice, QPainter, QPen
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from rop_facilitator.gui.style import theme
from rop_facilitator.i18n import _, long_date
from rop_facilitator.private_files import private_temp_folder

_MM_PER_INCH = 25.4
_ACROSS = 4


def print_recovery(parent: QWidget, groups: Sequence[str], *, on: date) -> bool:
    """Ask for a printer and print the code; False when the leader cancelled."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("ROP Facilitator")
    if QPrintDialog(printer, parent).exec() != QPrintDialog.DialogCode.Accepted:
        return False
    with private_temp_folder():
        draw_recovery(printer, groups, on=on)
    return True


def draw_recovery(paper: QPagedPaintDevice, groups: Sequence[str], *, on: date) -> None:
    """One A4 page: what it is, the numbered groups, where to keep it."""
    p = QPainter(paper)
    mm = paper.logicalDpiX() / _MM_PER_INCH
    left, wide = 12 * mm, paper.width() - 24 * mm
    y = _text(p, QRectF(left, 14 * mm, wide, 0), _("Recovery code"), 9 * mm, bold=True)
    lead = _(
        "It opens the records of ROP Facilitator when the passphrase is forgotten. Whoever has it can read them all."
    )
    y = _text(p, QRectF(left, y + 3 * mm, wide, 0), lead, 5 * mm) + 8 * mm
    gap, high = 4 * mm, 19 * mm
    cell = (wide - (_ACROSS - 1) * gap) / _ACROSS
    for i, group in enumerate(groups):
        place = QRectF(left + (i % _ACROSS) * (cell + gap), y + (i // _ACROSS) * (high + gap), cell, high)
        p.setPen(QPen(Qt.GlobalColor.black, 0.3 * mm))
        p.drawRoundedRect(place, 2 * mm, 2 * mm)
        _text(p, place.adjusted(2 * mm, mm, 0, 0), str(i + 1), 3.6 * mm)
        p.setFont(_face(8 * mm, bold=True))
        p.drawText(place, Qt.AlignmentFlag.AlignCenter, group)
    y += -(-len(groups) // _ACROSS) * (high + gap) + 4 * mm
    for text in (
        _("The letters O, I, L and U are never in it: what looks like O is nought, what looks like I is one."),
        _("Keep this paper in a locked cupboard, away from the computer. Take no picture of it."),
        _("Printed {day}").format(day=long_date(on)),
    ):
        y = _text(p, QRectF(left, y + 3 * mm, wide, 0), text, 5 * mm)
    p.end()


def _face(pixels: float, *, bold: bool = False) -> QFont:
    face = theme.font("strong" if bold else "body")
    face.setPixelSize(round(pixels))
    return face


def _text(p: QPainter, box: QRectF, text: str, pixels: float, *, bold: bool = False) -> float:
    """Draw wrapped text of that size from the top of `box`, and give back where it ends."""
    p.setFont(_face(pixels, bold=bold))
    p.setPen(Qt.GlobalColor.black)
    room = QRectF(box.left(), box.top(), box.width(), 100 * pixels)
    used = p.boundingRect(room, Qt.TextFlag.TextWordWrap, text)
    p.drawText(room, Qt.TextFlag.TextWordWrap, text)
    return used.bottom()
