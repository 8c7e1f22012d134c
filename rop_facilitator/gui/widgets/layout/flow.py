"""Things side by side that go on to the next line when room is short, so that nothing clips at large text."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem

from rop_facilitator.gui.style import theme

STRETCH = "stretch"


@dataclass
class _LineOf:
    """The things on one line: the item, its width, and whether a stretch stands before it."""

    parts: list[tuple[QLayoutItem, int, bool]] = field(default_factory=list)
    stretch_after: bool = False

    def width(self, gap: int) -> int:
        return sum(width for _, width, _ in self.parts) + gap * max(0, len(self.parts) - 1)


class Flow(QLayout):
    """A wrapping row. A stretch takes what is left of its line; `right` sets whole lines to the right."""

    def __init__(self, *, gap: int = theme.S, right: bool = False) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._stretches: set[int] = set()
        self._hints: dict[QLayoutItem, QSize] = {}  # what the items said since something changed: they ask Python
        self._leasts: dict[QLayoutItem, QSize] = {}
        self._heights: dict[int, int] = {}  # by width
        self._right = right
        self.setSpacing(gap)
        self.setContentsMargins(0, 0, 0, 0)

    def add(self, item: QWidget | QLayout | str) -> None:
        """Put a widget, a layout or STRETCH at the end."""
        if isinstance(item, QWidget):
            # An item of our own: the one that `addWidget` makes belongs to Qt, and PySide may take it for dead.
            self.addChildWidget(item)
            self.addItem(QWidgetItem(item))
        elif isinstance(item, QLayout):
            self.addChildLayout(item)
            self.addItem(item)
        else:
            self._stretches.add(len(self._items))

    def addItem(self, item: QLayoutItem) -> None:
        """Take over one item."""
        self._items.append(item)
        self.invalidate()

    def invalidate(self) -> None:
        """Something in it, or around it, has another size."""
        self._hints, self._leasts, self._heights = {}, {}, {}
        super().invalidate()

    def _hint(self, item: QLayoutItem) -> QSize:
        if item not in self._hints:
            self._hints[item] = item.sizeHint()
        return self._hints[item]

    def _least(self, item: QLayoutItem) -> QSize:
        if item not in self._leasts:
            self._leasts[item] = item.minimumSize()
        return self._leasts[item]

    def count(self) -> int:
        """How many things there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The thing at a place, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give one thing away, or None."""
        if not 0 <= index < len(self._items):
            return None
        self._stretches = {at - (at > index) for at in self._stretches}
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:
        """A stretch wants the whole width."""
        return Qt.Orientation.Horizontal if self._stretches else Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that the lines need at a width."""
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), really=False)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """All on one line."""
        hints = [self._hint(item) for item in self._shown()]
        width = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        return self._framed(QSize(width, max((hint.height() for hint in hints), default=0)))

    def minimumSize(self) -> QSize:
        """The widest single thing."""
        least = [self._least(item) for item in self._shown()]
        return self._framed(
            QSize(max((size.width() for size in least), default=0), max((size.height() for size in least), default=0))
        )

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        if self.alignment() & Qt.AlignmentFlag.AlignVCenter:
            rect = rect.adjusted(0, max(0, (rect.height() - self.heightForWidth(rect.width())) // 2), 0, 0)
        self._place(rect, really=True)

    def _framed(self, size: QSize) -> QSize:
        edge = self.contentsMargins()
        return size + QSize(edge.left() + edge.right(), edge.top() + edge.bottom())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[_LineOf]:
        lines = [_LineOf()]
        for at, item in enumerate(self._items):
            if item.isEmpty():
                continue
            wants = min(self._hint(item).width(), max(width, self._least(item).width()))
            if lines[-1].parts and lines[-1].width(self.spacing()) + self.spacing() + wants > width:
                lines.append(_LineOf())
            lines[-1].parts.append((item, wants, at in self._stretches))
        lines[-1].stretch_after = len(self._items) in self._stretches
        return lines

    def _place(self, rect: QRect, *, really: bool) -> int:
        """Lay out the lines in `rect`, and give back the height with margins."""
        edge = self.contentsMargins()
        area = rect.marginsRemoved(edge)
        y = area.top()
        lines = self._lines(area.width())
        for number, line in enumerate(lines):
            height = max((self._height(item, width) for item, width, _ in line.parts), default=0)
            if really:
                self._place_line(line, QRect(area.left(), y, area.width(), height))
            y += height + (self.spacing() if number < len(lines) - 1 else 0)
        return y - area.top() + edge.top() + edge.bottom()

    def _place_line(self, line: _LineOf, area: QRect) -> None:
        spare = max(0, area.width() - line.width(self.spacing()))
        stretches = sum(stretch for _, _, stretch in line.parts) + line.stretch_after
        x = area.left() + (spare if self._right and not stretches else 0)
        for item, width, stretch in line.parts:
            x += spare // stretches if stretch else 0
            height = min(self._height(item, width), area.height())
            above = 0 if item.alignment() & Qt.AlignmentFlag.AlignTop else (area.height() - height) // 2
            item.setGeometry(QRect(QPoint(x, area.top() + above), QSize(width, height)))
            x += width + self.spacing()

    def _height(self, item: QLayoutItem, width: int) -> int:
        return item.heightForWidth(width) if item.hasHeightForWidth() else self._hint(item).height()


def flow(
    *items: QWidget | QLayout | str,
    gap: int = theme.S,
    right: bool = False,
    edge: tuple[int, int, int, int] | None = None,
) -> Flow:
    """A wrapping row of widgets, layouts and STRETCH; lines are set to the right when `right`."""
    layout = Flow(gap=gap, right=right)
    for item in items:
        layout.add(item)
    if edge:
        layout.setContentsMargins(*edge)
    return layout
