"""A thin bar beside a count."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rop_facilitator.gui import theme
from rop_facilitator.gui.widgets import marks


class Bar(QWidget):
    """A thin bar: a part that is done, and a hatched part that is too much. It stands beside a count, never alone."""

    def __init__(self, done: float = 0.0, over: float = 0.0, tone: str = "accent", thick: int = 8) -> None:
        """`done` and `over` are parts of the whole, 0 to 1."""
        super().__init__()
        self.done, self.over, self.tone, self._thick = done, over, tone, thick
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_part(self, done: float, over: float = 0.0) -> None:
        """Show another part."""
        self.done, self.over = done, over
        self.update()

    def sizeHint(self) -> QSize:
        """Any width, a few pixels high."""
        return QSize(theme.px(120), theme.px(self._thick))

    def minimumSizeHint(self) -> QSize:
        """Short is enough."""
        return QSize(theme.px(40), theme.px(self._thick))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Track, part, and what is too much."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        half = self.height() / 2
        p.setBrush(theme.colour("hover"))
        p.drawRoundedRect(QRectF(self.rect()), half, half)
        p.setBrush(theme.colour(self.tone))
        part = self.width() * min(max(self.done, 0.0), 1.0)
        if part:
            p.drawRoundedRect(QRectF(0, 0, max(part, self.height()), self.height()), half, half)
        if self.over:
            box = QRectF(part + 3, 0, self.width() * self.over - 3, self.height())
            p.setBrush(theme.colour("warn_soft"))
            p.drawRoundedRect(box, half, half)
            marks.hatch(p, box, "warn", 6)
