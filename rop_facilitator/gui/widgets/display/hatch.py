"""Thin diagonal lines."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from rop_facilitator.gui.style import theme


def hatch(p: QPainter, r: QRectF, role: str = "line", step: float = 7, *, offset: float = 0) -> None:
    """Thin diagonal lines: closed, cancelled, too much. `offset` is how far above `r` the pattern began."""
    p.save()
    p.setClipRect(r, Qt.ClipOperation.IntersectClip)
    p.setPen(QPen(theme.colour(role), 1.3))
    x = r.left() - (offset + r.height()) % step - ceil(r.height() / step) * step
    while x < r.right() + step:
        p.drawLine(QPointF(x, r.bottom()), QPointF(x + r.height(), r.top()))
        x += step
    p.restore()
