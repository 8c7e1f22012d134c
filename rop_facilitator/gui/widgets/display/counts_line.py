"""A line of figures in words that change at every key: painted, so that nothing around it is laid out anew."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rop_facilitator.gui.style import theme

_BOLD = re.compile(r"</?b>")


class CountsLine(QWidget):
    """Muted words, with the figures in bold."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[str] = []
        self._room = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """`text` is plain but for <b> around its figures. The line grows where it must, and never shrinks."""
        pieces = _BOLD.split(text)
        if pieces == self._pieces:
            return
        self._pieces = pieces
        self.setAccessibleName("".join(pieces))
        if self._width() > self._room:
            self._room = self._width()
            self.updateGeometry()
        self.update()

    def text(self) -> str:
        """What it says."""
        return "".join(self._pieces)

    def sizeHint(self) -> QSize:
        """As wide as the widest that it has said."""
        return QSize(self._room, max(theme.metrics(face).height() for face in ("strong", "body")))

    def minimumSizeHint(self) -> QSize:
        """Figures are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words: up to the right edge, or from the left where the whole line is theirs."""
        p = QPainter(self)
        p.setPen(theme.colour("muted"))
        left = 0.0 if self.width() > self._room else float(self.width() - self._width())
        for face, piece in self._faces():
            wide = theme.metrics(face).horizontalAdvance(piece)
            p.setFont(theme.font(face))
            p.drawText(QRectF(left, 0, wide + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, piece)
            left += wide

    def _faces(self) -> list[tuple[str, str]]:
        return [("strong" if at % 2 else "body", piece) for at, piece in enumerate(self._pieces)]

    def _width(self) -> int:
        return sum(theme.metrics(face).horizontalAdvance(piece) for face, piece in self._faces())
