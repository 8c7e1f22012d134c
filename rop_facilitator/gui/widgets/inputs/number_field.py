"""A field for a whole number that goes up and down in steps."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSpinBox

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.text_fields import draw_chevron, turn_with_focus


class Number(QSpinBox):
    """A whole number between two, by typing, arrows or wheel."""

    def __init__(self, value: int, low: int, high: int, *, suffix: str = "") -> None:
        super().__init__()
        self.setRange(low, high)
        self.setSuffix(suffix)
        self.lineEdit().setTextMargins(theme.M - 2, 0, 0, 0)
        self.setValue(value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only with focus: else a page that scrolls would change what it scrolls over."""
        turn_with_focus(self, event, super().wheelEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field and its two chevrons."""
        super().paintEvent(event)
        draw_chevron(self, up=True, middle=0.3, side=14)
        draw_chevron(self, middle=0.7, side=14)
