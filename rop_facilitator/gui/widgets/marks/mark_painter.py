"""How a table of marks is painted: heads of two lines, marks, names, totals and the foot."""

from __future__ import annotations

import re
from itertools import pairwise

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.marks import mark_styles
from rop_facilitator.gui.widgets.marks.mark_model import Column, Content, MarkTableModel

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
FADE = 8
_MOST_LINES = 3  # of a title of a module


def text_width(role: str, text: str) -> int:
    """How wide a text is in a step of the type scale."""
    return theme.metrics(role).horizontalAdvance(text)


def column_widths(content: Content) -> list[int]:
    """Each as wide as told, never narrower than head and foot; those of a module so wide that its title has room."""
    widths = []
    for index, column in enumerate(content.columns):
        words = (column.head, column.sub, content.foot_of(index))
        widths.append(max(theme.px(column.width), max(text_width("caption", word) for word in words) + theme.S))
    for start, end in module_spans(content):
        missing = _title_width(content.columns[start].group, sum(widths[start:end]) - 2 * theme.S)
        for index in range(start, end):
            # Rounded up: a pixel short, and the title would take a line more.
            widths[index] += max(0, -(-missing // (end - start)))
    return widths


def _title_width(title: str, width: int) -> int:
    """How many pixels more than `width` a title needs for its longest word, and for no more than a few lines."""
    needed = max(width, *(text_width("caption", piece.rstrip()) for piece in _pieces(title)))
    while len(wrapped(title, needed)) > _MOST_LINES:
        # Step by step: where a title breaks follows from its words.
        needed += theme.px(8)
    return needed - width


def module_spans(content: Content) -> list[tuple[int, int]]:
    """The columns of each module: its first one, and the first one after it."""
    starts = [index for index, column in enumerate(content.columns) if column.group]
    return list(pairwise([*starts, len(content.columns)]))


def _pieces(title: str) -> list[str]:
    """Where a title may break: between words and after hyphens; its number stays with its first word."""
    return re.findall(r"^\d+\s+[^\s-]+-?\s*|[^\s-]+-?\s*|-\s*", title) or [""]


def wrapped(title: str, width: int) -> list[str]:
    """The lines that a module's title takes in so many pixels; a word that is wider stands alone."""
    lines = [""]
    for piece in _pieces(title):
        if lines[-1] and text_width("caption", (lines[-1] + piece).rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def module_lines(content: Content, widths: list[int]) -> int:
    """How many lines the longest title of a module takes; 0 without modules."""
    spans = module_spans(content)
    lines = (len(wrapped(content.columns[a].group, sum(widths[a:b]) - 2 * theme.S)) for a, b in spans)
    return max(lines, default=0)


def name_width(content: Content) -> int:
    """The longest name, within reason. A refusal takes the room that there is: the marks must not move under a key."""
    words = [text_width("strong", row.name) for row in content.rows]
    words += [text_width("small", content.foot_head), text_width("small", content.name_head)]
    return min(max([theme.px(108), *words]), theme.px(200)) + theme.L + theme.M


def total_width(content: Content) -> int:
    """Count and share side by side; 0 when there are no totals."""
    if not content.total_head:
        return 0
    counts = max((text_width("body", row.total[0]) for row in content.rows), default=0)
    shares = max((text_width("small", row.total[1]) for row in content.rows), default=0)
    counts = max(counts, text_width("small", content.total_head))
    shares = max(shares, text_width("small", content.share_head))
    return counts + shares + theme.M + theme.M + theme.L


def head_height(content: Content, widths: list[int]) -> int:
    """One line or two, and over them the titles of the modules."""
    lines = 2 if any(column.sub for column in content.columns) else 1
    titles = module_lines(content, widths)
    over = theme.metrics("caption").height() * titles + theme.px(4) if titles else 0
    return (theme.metrics("small").height() + theme.px(4)) * lines + over + theme.M


def row_height() -> int:
    """A row of the table: room for the mark, and for a name."""
    return max(theme.px(theme.TABLE_ROW), theme.metrics("strong").height() + 8)


def draw_ground(p: QPainter, column: Column, box: QRectF, *, offset: float = 0) -> None:
    """The ground of a column: soft for today, hatched when closed."""
    if column.kind == "today":
        p.fillRect(box, theme.colour("accent_soft"))
    elif column.kind == "closed":
        mark_styles.hatch(p, box, "line", offset=offset)


class Head(QHeaderView):
    """Heads of one or two lines; today's has a bar at its top; module names stand over their sessions."""

    def __init__(self, model: MarkTableModel) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._model = model
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        """As high as the table has measured it."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """The words of one head, low in their box: over them stand the titles of the modules."""
        content, box = self._model.content, QRectF(rect)
        painter.save()
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("muted"))
        foot = box.adjusted(theme.L, 0, -theme.L, -theme.S)
        if logicalIndex == 0:
            painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, content.name_head)
        elif logicalIndex == self._model.total_column():
            foot.setLeft(box.left() + theme.M)  # as the counts below it
            painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, content.total_head)
            painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, content.share_head)
        elif logicalIndex <= len(content.columns):
            self._draw_column(painter, content.columns[logicalIndex - 1], box)
        painter.restore()

    def _draw_column(self, p: QPainter, column: Column, box: QRectF) -> None:
        today = column.kind == "today"
        if today:
            draw_ground(p, column, box)
            p.fillRect(QRectF(box.left(), box.top(), box.width(), 3), theme.colour("accent"))
        p.setFont(theme.font("caption" if today else "small"))
        p.setPen(theme.colour("on_soft" if today else "muted"))
        high = theme.metrics("small").height() + theme.px(4)
        low = QRectF(box.left(), box.bottom() - high - 5, box.width(), high)
        if column.sub:
            p.drawText(low.translated(0, -high), CENTRE, column.head)
        p.drawText(low, CENTRE, column.sub or column.head)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The heads, then the modules over them, each as wide as its sessions."""
        super().paintEvent(event)
        content = self._model.content
        spans = module_spans(content)
        # The views of names and totals share the model, and hide the columns between.
        if not spans or self.isSectionHidden(spans[0][0] + 1):
            return
        p = QPainter(self.viewport())
        p.setFont(theme.font("caption"))
        below = theme.metrics("small").height() + theme.px(4) + 5
        for start, end in spans:
            left = self.sectionViewportPosition(start + 1)
            right = self.sectionViewportPosition(end) + self.sectionSize(end)
            if start:
                p.setPen(theme.colour("border"))
                p.drawLine(left, 0, left, self.height())
            if right > 0 and left < self.viewport().width():
                p.setPen(theme.colour("on_soft" if content.columns[start].kind == "today" else "text"))
                self._draw_module(p, content.columns[start].group, QRect(left, 0, right - left, self.height() - below))

    def _draw_module(self, p: QPainter, title: str, box: QRect) -> None:
        """The lines of a title, whole: where its first sessions are scrolled away it stays as long as it has room."""
        lines = wrapped(title, box.width() - 2 * theme.S)
        widest = max(text_width("caption", line) for line in lines)
        left = max(box.left(), min(0, box.right() - widest - 2 * theme.S)) + theme.S
        high = theme.metrics("caption").height()
        top = box.bottom() - high * len(lines)
        for at, line in enumerate(lines):
            p.drawText(QRect(left, top + at * high, max(widest, box.width()), high), LEFT, line)


class MarkDelegate(QStyledItemDelegate):
    """Paints names, marks and totals; the place of the cursor has a ring."""

    def __init__(self, model: MarkTableModel, cursor_of: QAbstractItemView, mark: int) -> None:
        """`cursor_of` is the view that has the keyboard, `mark` the side of a mark in pixels at 100 %."""
        super().__init__(cursor_of)
        self._model, self._view, self._mark = model, cursor_of, mark

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """A name, a mark or a total, and the hairline above it."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        content = self._model.content
        if index.column() == 0:
            self._draw_name(painter, box, index)
        elif index.column() == self._model.total_column():
            self._draw_total(painter, box, content.rows[index.row()].total)
        else:
            self._draw_mark(painter, box, index, content.columns[index.column() - 1])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(theme.colour("line"))
        painter.drawLine(box.topLeft(), box.topRight())
        painter.restore()

    def _draw_name(self, p: QPainter, box: QRectF, index: QModelIndex | QPersistentModelIndex) -> None:
        here = self._view.currentIndex().row() == index.row()
        p.setFont(theme.font("strong" if here else "body"))
        p.setPen(theme.colour("text"))
        room = box.adjusted(theme.L, 0, -theme.S, 0)
        row = self._model.content.rows[index.row()]
        name = p.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, int(room.width()))
        if not row.refused:
            p.drawText(room, LEFT, name)
            return
        above, below = p.fontMetrics().height(), theme.metrics("small").height()
        room.setTop(box.top() + (box.height() - above - below) / 2)
        p.drawText(room, Qt.AlignmentFlag.AlignTop, name)
        p.setFont(theme.font("small"))
        p.setPen(theme.colour("danger"))
        why = p.fontMetrics().elidedText(row.refused, Qt.TextElideMode.ElideRight, int(room.width()))
        p.drawText(room.translated(0, above), Qt.AlignmentFlag.AlignTop, why)

    def _draw_total(self, p: QPainter, box: QRectF, total: tuple[str, str]) -> None:
        room = box.adjusted(theme.M, 0, -theme.L, 0)
        p.setFont(theme.font("body"))
        p.setPen(theme.colour("text"))
        p.drawText(room, LEFT, total[0])
        p.setFont(theme.font("small"))
        p.setPen(theme.colour("muted"))
        p.drawText(room, RIGHT, total[1])

    def _draw_mark(self, p: QPainter, box: QRectF, index: QModelIndex | QPersistentModelIndex, column: Column) -> None:
        # From the top of the table: the hatching goes on from row to row without a seam.
        draw_ground(p, column, box, offset=index.row() * box.height())
        cell = self._model.cell(index)
        if cell is not None:
            spare = max(0.0, (box.height() - theme.px(self._mark)) / 2)
            ground = "accent_soft" if column.kind == "today" else "surface"
            mark_styles.paint(p, box.adjusted(0, spare, 0, -spare), cell.style, made_up=cell.made_up, ground=ground)
        if column.group and index.column() > 1:
            p.setPen(theme.colour("border"))
            p.drawLine(box.topLeft(), box.bottomLeft())
        here = self._view.currentIndex()
        if here.row() == index.row() and here.column() == index.column():
            p.setPen(QPen(theme.colour("accent" if self._view.hasFocus() else "border"), 2))
            p.setBrush(Qt.BrushStyle.NoBrush)
            side = theme.XS if box.width() > theme.px(48) else 1
            p.drawRoundedRect(box.adjusted(side, 3, -side, -2), theme.R_MARK, theme.R_MARK)


class Foot(QWidget):
    """The counts under the columns; it follows the columns when they scroll."""

    def __init__(self, model: MarkTableModel, head: QHeaderView) -> None:
        super().__init__()
        self._model, self._head = model, head
        self.names = self.totals = 0

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(0, row_height())

    def count_box(self, column: int) -> QRect:
        """Where the count of a column stands: under the column, wherever that is now."""
        left = self.mapFromGlobal(self._head.viewport().mapToGlobal(QPoint(0, 0))).x()
        return QRect(
            left + self._head.sectionViewportPosition(column + 1), 1, self._head.sectionSize(column + 1), self.height()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is counted, and the counts."""
        p = QPainter(self)
        content = self._model.content
        p.setPen(theme.colour("line"))
        p.drawLine(0, 0, self.width(), 0)
        p.setFont(theme.font("small"))
        p.setPen(theme.colour("muted"))
        p.drawText(QRect(theme.L, 0, self.names - theme.L, self.height()), LEFT, content.foot_head)
        p.setClipRect(self.names, 0, self.width() - self.names - self.totals, self.height())
        for i, column in enumerate(content.columns):
            box = QRectF(self.count_box(i))
            if box.right() < self.names or box.left() > self.width() - self.totals:
                continue
            draw_ground(p, column, box, offset=len(content.rows) * row_height())
            today = column.kind == "today"
            p.setFont(theme.font("caption" if today else "small"))
            p.setPen(theme.colour("text" if today else "muted"))
            p.drawText(box, CENTRE, content.foot_of(i))
            if column.group and i:
                p.setPen(theme.colour("border"))
                p.drawLine(box.topLeft(), box.bottomLeft())


class Edge(QWidget):
    """The hairline at the edge of a frozen part."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        """One pixel."""
        QPainter(self).fillRect(0, 0, 1, self.height(), theme.colour("line"))


class Fade(Edge):
    """The edge of the names, with the one shadow when columns lie beneath them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._deep = False

    def show_depth(self, deep: bool) -> None:
        """Whether anything lies beneath."""
        self._deep = deep
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dark to nothing, over the hairline."""
        super().paintEvent(event)
        if self._deep:
            dark = theme.colour("text").lightness() > theme.colour("surface").lightness()
            fade = QLinearGradient(0, 0, self.width(), 0)
            fade.setColorAt(0, QColor(0, 0, 0, 110 if dark else 34))
            fade.setColorAt(1, QColor(0, 0, 0, 0))
            QPainter(self).fillRect(self.rect(), fade)
