"""Nothing here yet: what stands where rows would be."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.layout.boxes import Image, column, flow, label


class Empty(QFrame):
    """Nothing here yet: what it is, why, and the one thing to do. Dashed edge, never an apology."""

    def __init__(self, icon: str, title: str, why: str, *actions: QWidget) -> None:
        super().__init__()
        centre = Qt.AlignmentFlag.AlignHCenter
        inner = column(gap=6, edge=theme.XL)
        inner.addWidget(Image(icon, "muted", 28), 0, centre)
        inner.addWidget(label(title, "heading", centred=True))
        inner.addWidget(label(why, "body", "muted", centred=True))
        if actions:
            inner.addSpacing(theme.S)
            inner.addLayout(flow("stretch", *actions, "stretch"))
        self.setLayout(inner)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The dashed edge."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(QPen(theme.colour("border"), 1.2, Qt.PenStyle.DashLine))
        p.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.R_CARD, theme.R_CARD)
