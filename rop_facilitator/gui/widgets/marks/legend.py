"""One mark as a pill, and the legend of all marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.badges import FIXED
from rop_facilitator.gui.widgets.layout.boxes import flow
from rop_facilitator.gui.widgets.marks import mark_styles


class MarkPill(QLabel):
    """One status mark, with its word when asked."""

    def __init__(
        self, style: mark_styles.Style, *, word: bool = False, made_up: bool = False, text: str = "", side: int = 26
    ) -> None:
        """`text` replaces the word of the style; `side` in pixels at 100 %."""
        super().__init__(text or style.name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.mark, self.made_up, self._word, self._side = style, made_up, word, side
        self.setSizePolicy(FIXED, FIXED)

    def show_mark(self, style: mark_styles.Style, *, made_up: bool = False) -> None:
        """Show another mark."""
        self.mark, self.made_up = style, made_up
        self.setText(style.name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Mark and word."""
        side = theme.px(self._side) + 4
        word = theme.metrics("small").horizontalAdvance(self.text()) + theme.S + 2 if self._word else 0
        return QSize(side + word, max(side, theme.metrics("small").height()))

    def minimumSizeHint(self) -> QSize:
        """Never less than mark and word."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The mark, and the word at its right."""
        p = QPainter(self)
        side = theme.px(self._side)
        mark_styles.paint(
            p, QRectF(2, (self.height() - side) / 2, side, side), self.mark, made_up=self.made_up, ground="canvas"
        )
        if self._word:
            p.setFont(theme.font("small"))
            p.setPen(theme.colour("muted"))
            left = side + 4 + theme.S
            p.drawText(QRectF(left, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())


def legend(styles: Sequence[mark_styles.Style], *, made_up: Callable[[], str] | None = None) -> QFrame:
    """The marks with their words, wrapping; `made_up` adds the corner flag with its word."""
    pills = [MarkPill(style, word=True, side=20) for style in styles]
    if made_up is not None:
        flagged = mark_styles.ATTENDANCE["notice"]
        pills.append(MarkPill(flagged, word=True, made_up=True, text=made_up(), side=20))
    frame = QFrame()
    frame.setLayout(flow(*pills, gap=theme.px(12)))
    return frame
