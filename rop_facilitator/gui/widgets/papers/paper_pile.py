"""A picture of a pile of paper."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from rop_facilitator.gui.style import theme


class PaperPile(QWidget):
    """The packet as a pile of sheets: decoration, paper also at night."""

    def __init__(self, title: str, date_words: str) -> None:
        super().__init__()
        self._title = f"{title}\n{date_words}"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One sheet and three behind it."""
        return QSize(theme.px(118) + 24, round(theme.px(118) * 1.414) + 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Sheets with grey lines for words."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = theme.px(118)
        box = QRectF()
        p.setPen(QPen(theme.colour("border"), 1))
        for depth in range(3, -1, -1):
            box = QRectF(0.5 + depth * 7, 0.5 + (3 - depth) * 6, wide, wide * 1.414)
            p.setBrush(theme.colour("paper").darker(100 + depth * 6))
            p.drawRoundedRect(box, 3, 3)
        face = theme.font("caption")
        face.setPixelSize(max(8, round(wide * 0.075)))
        p.setFont(face)
        p.setPen(theme.colour("ink"))
        text = box.adjusted(wide * 0.1, wide * 0.1, -wide * 0.1, 0)
        p.drawText(text, self._title)
        faint = QColor(theme.colour("ink"))
        faint.setAlpha(70)
        p.setPen(theme.colour("paper"))
        y = text.top() + wide * 0.26
        for share in (0.96, 0.88, 1.0, 0.62, 0.7, 0.55, 0.8, 0.96, 0.88, 1.0, 0.62, 0.7, 0.55, 0.8, 0.96):
            p.fillRect(QRectF(text.left(), y, text.width() * share, max(1.5, wide / 66)), faint)
            y += wide * 0.052
