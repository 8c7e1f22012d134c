"""A drawn page that stands for a pile of paper. What is really printed is shown by a PDF view, not here."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from rop_facilitator.gui.style import theme

LINES = (0.96, 0.88, 1.0, 0.62, 0.7, 0.55, 0.8)
WIDTH = 132  # the drawing's own measure


class PaperStack(QWidget):
    """A page with its title on a pile of others. Always paper, also at night."""

    def __init__(self, title: str, width: int = 118, *, form: bool = False, depth: int = 0, name: str = "") -> None:
        """`width` of a page in pixels at 100 %, `form` for boxes to tick and lines to write on, `depth` of the pile."""
        super().__init__()
        self._title, self._wide, self._form, self._depth = title, width, form, depth
        self.setAccessibleName(name or title)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A page of A4, and what sticks out behind it."""
        wide = theme.px(self._wide)
        return QSize(wide + 2 + self._depth * 7, round(wide * 1.414) + 2 + self._depth * 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pile from the back, and the print on the front page."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = theme.px(self._wide)
        p.setPen(QPen(theme.colour("border"), 1))
        front = QRectF(0.5, 0.5 + self._depth * 6, wide, round(wide * 1.414))
        for behind in range(self._depth, -1, -1):
            p.setBrush(QColor(theme.colour("paper")).darker(100 + behind * 6))
            p.drawRoundedRect(front.translated(QPointF(behind * 7, -behind * 6)), 3, 3)
        self._print(p, front, wide / WIDTH)

    def _print(self, p: QPainter, page: QRectF, unit: float) -> None:
        face = theme.font("caption")
        face.setPixelSize(max(7, round(9.5 * unit)))
        p.setFont(face)
        p.setPen(theme.colour("ink"))
        text = page.adjusted(13 * unit, 13 * unit, -12 * unit, 0)
        flags = Qt.TextFlag.TextWordWrap
        used = p.boundingRect(text, flags, self._title)
        p.drawText(text, flags, self._title)
        faint = QColor(theme.colour("ink"))
        faint.setAlpha(70)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(faint)
        last = page.bottom() - 22 * unit
        y, number = used.bottom() + 9 * unit, 0
        while y < last:
            y = self._print_line(p, text, y, number, unit)
            number += 1
        p.drawRect(QRectF(text.left(), page.bottom() - 13 * unit, text.width(), 1.6 * unit))

    def _print_line(self, p: QPainter, text: QRectF, y: float, number: int, unit: float) -> float:
        """One line of print, a box to tick or a line to write on; give back where the next one begins."""
        tick, rule = self._form and 4 <= number <= 7, self._form and number > 8
        indent = 9 * unit if tick else 0
        if tick:
            p.save()
            p.setPen(QPen(theme.colour("ink"), max(0.7, 0.8 * unit)))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRect(QRectF(text.left(), y - unit, 5 * unit, 5 * unit))
            p.restore()
        width = (text.width() - indent) * (1.0 if rule else LINES[number % len(LINES)])
        p.drawRect(QRectF(text.left() + indent, y, width, (0.8 if rule else 2.2) * unit))
        gap = 11 if rule else 9 if tick else 6.5
        return y + (gap + (5 if self._form and number in (3, 8) else 0)) * unit
