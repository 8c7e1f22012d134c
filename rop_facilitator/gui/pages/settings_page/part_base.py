"""What every part of the settings is made of: a name, one line of why, the control at the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QVBoxLayout, QWidget

from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.layout.boxes import Area, Edge, Item, card, column, flow, label, line, row

_SIDE_BY_SIDE = 480
_BAR = 16  # more than a scroll bar is wide


class Part(QFrame):
    """One part of the settings; `again` asks the page to build it anew, `open_route` is as a page's."""

    again = Signal()
    open_route = Signal(str)

    def __init__(self, context: AppContext, title: str) -> None:
        super().__init__()
        self.context = context
        self.items = QVBoxLayout()
        self.items.setContentsMargins(0, 0, 0, 0)
        self.items.setSpacing(theme.M)
        whole = column(label(title, "heading"), self.items, gap=theme.M)
        whole.addStretch(1)
        self.setLayout(whole)


class Sides(QWidget):
    """Words at the left and what can be done at the right; below one another where room is short.

    Which of the two follows from the width and what is in it, never from how it lies now: a path without a space in it
    asks for so much room side by side that the area around would give it, and take it back once it was not asked for.
    """

    def __init__(self, words: QLayout, *controls: QWidget, edge: Edge = (0, 14, 0, 14)) -> None:
        super().__init__()
        self._narrow = False
        self._words, self._controls = words, flow(*controls, gap=theme.S) if controls else None
        self._sides = row(gap=theme.L, edge=edge)
        self._sides.addLayout(words, 1)
        if self._controls is not None:
            self._sides.addLayout(self._controls)
        self.setLayout(self._sides)

    def _leasts(self) -> list[int]:
        parts = (self._words, self._controls)
        return [part.minimumSize().width() for part in parts if part is not None]

    def _edges(self) -> int:
        margins = self._sides.contentsMargins()
        return margins.left() + margins.right()

    def minimumSizeHint(self) -> QSize:
        """As narrow as it may be below one another, however it lies now."""
        return QSize(max(self._leasts()) + self._edges(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where the width asks for it, and back only with a bar's width to spare.

        Below one another may be lower than side by side: a bar that goes must not give the room that brings it back.
        """
        super().resizeEvent(event)
        room = max(theme.px(_SIDE_BY_SIDE), sum(self._leasts()) + theme.L + self._edges())
        self._narrow = narrow = self.width() < room + theme.px(_BAR) * self._narrow
        self._sides.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(theme.S if narrow else theme.L)


def choice(title: str, why: str, *controls: QWidget) -> Sides:
    """A choice: its name, one line of why, and the control."""
    return Sides(column(label(title, "strong"), label(why, "small", "muted"), gap=2), *controls)


def choices(*rows: Item) -> Area:
    """A card of choices, parted by hairlines."""
    items: list[Item] = []
    for number, choice_row in enumerate(rows):
        items += [line(), choice_row] if number else [choice_row]
    return card(*items, gap=0, edge=(theme.XL, theme.XS, theme.XL, theme.XS))
