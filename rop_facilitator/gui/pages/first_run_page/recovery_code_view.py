"""The recovery code on screen: numbered groups that a person can read aloud and write down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rop_facilitator.gui.style import theme

_ACROSS = 4
_HIGH = 52


class CodeGroups(QWidget):
    """Groups of four signs, four in a row. No letter looks like a digit."""

    def __init__(self, groups: Sequence[str]) -> None:
        super().__init__()
        self._groups = tuple(groups)
        self.setAccessibleName(", ".join(f"{n}: {' '.join(group)}" for n, group in enumerate(groups, 1)))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Full rows, and the last one short."""
        rows = -(-len(self._groups) // _ACROSS)
        return QSize(theme.px(440), rows * theme.px(_HIGH) + (rows - 1) * theme.S)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A well for each group, its number small in the corner."""
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = (self.width() - (_ACROSS - 1) * theme.S) / _ACROSS
        high = theme.px(_HIGH)
        face = theme.font("heading")
        face.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, theme.px(3))
        for i, group in enumerate(self._groups):
            box = QRectF((i % _ACROSS) * (wide + theme.S), (i // _ACROSS) * (high + theme.S), wide, high)
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(theme.colour("sunken"))
            p.drawRoundedRect(box, theme.R_CONTROL, theme.R_CONTROL)
            p.setFont(theme.font("small"))
            p.setPen(theme.colour("muted"))
            p.drawText(box.adjusted(theme.S, 4, 0, 0), Qt.AlignmentFlag.AlignLeft, str(i + 1))
            p.setFont(face)
            p.setPen(theme.colour("text"))
            p.drawText(box.adjusted(theme.px(14), 4, 0, 0), Qt.AlignmentFlag.AlignCenter, group)
