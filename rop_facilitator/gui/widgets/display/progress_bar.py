"""How far: a thin bar beside a count, and the rings of a few steps."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.hatch import hatch
from rop_facilitator.i18n import _


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
            hatch(p, box, "warn", 6)


class Steps(QWidget):
    """Where we are in a few steps: ticks for done, a full ring with the number for now."""

    def __init__(self, count: int, now: int) -> None:
        """`now` counts from 1."""
        super().__init__()
        self.count, self.now = count, now
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_step(now)

    def show_step(self, now: int) -> None:
        """Go to a step, counted from 1."""
        self.now = now
        self.setAccessibleName(_("Step {now} of {count}").format(now=now, count=self.count))
        self.update()

    def sizeHint(self) -> QSize:
        """A ring a step, with a dash between."""
        return QSize(theme.px(self.count * 40 - 14), theme.px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rings."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit = theme.px(40)
        for i in range(1, self.count + 1):
            box = QRectF((i - 1) * unit + 1, theme.px(2), theme.px(22), theme.px(22))
            if i < self.count:
                p.setPen(QPen(theme.colour("border"), 1.4))
                y = round(box.center().y())
                p.drawLine(round(box.right()) + theme.px(4), y, round(box.right()) + theme.px(14), y)
            p.setPen(QPen(theme.colour("accent" if i <= self.now else "border"), 1.6))
            p.setBrush(theme.colour("accent") if i == self.now else Qt.BrushStyle.NoBrush)
            p.drawEllipse(box)
            if i < self.now:
                side = theme.px(14)
                at = box.center().toPoint() - QPoint(side // 2, side // 2)
                p.drawPixmap(at, theme.icon_pixmap("check", "accent", side))
                continue
            p.setFont(theme.font("caption"))
            p.setPen(theme.colour("on_accent" if i == self.now else "muted"))
            p.drawText(box, Qt.AlignmentFlag.AlignCenter, str(i))
