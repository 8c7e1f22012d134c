"""A table of marks: people down, meetings or sessions across, all by keyboard.

Three views share one model: the names at the left and the totals at the right stay, the marks scroll between them.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QGridLayout, QScrollArea, QScrollBar, QSizePolicy, QTableView

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.style.screen_reader import announce, announce_new_name
from rop_facilitator.gui.widgets.marks import mark_painter, mark_styles
from rop_facilitator.gui.widgets.marks.mark_model import Cell as Cell
from rop_facilitator.gui.widgets.marks.mark_model import Column as Column
from rop_facilitator.gui.widgets.marks.mark_model import Content as Content
from rop_facilitator.gui.widgets.marks.mark_model import MarkTableModel as MarkTableModel
from rop_facilitator.gui.widgets.marks.mark_model import Row as Row

ALWAYS_OFF = Qt.ScrollBarPolicy.ScrollBarAlwaysOff


class _View(QTableView):
    """One of the three views: no grid, no header of its own making, scrolling by pixels."""

    def __init__(self, model: MarkTableModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setHorizontalHeader(mark_painter.Head(model))
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(ALWAYS_OFF)
        self.setVerticalScrollBarPolicy(ALWAYS_OFF)
        # The table is one stop of Tab; arrows go about in it.
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for part in (self, self.viewport(), self.horizontalHeader(), self.horizontalHeader().viewport()):
            part.setAutoFillBackground(False)
        self.setObjectName("marks")  # the theme takes away ground and selection: the ring tells where the cursor is

    def minimumSizeHint(self) -> QSize:
        """The frame around the three decides."""
        return QSize(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, their hairlines as wide as the view where the columns end before."""
        end = self.horizontalHeader().length() - self.horizontalHeader().offset()
        if end < self.viewport().width():
            p = QPainter(self.viewport())
            p.setPen(theme.colour("line"))
            for row in range(self.verticalHeader().count()):
                y = self.rowViewportPosition(row)
                p.drawLine(end, y, self.viewport().width(), y)
            p.end()
        super().paintEvent(event)


class _Marks(_View):
    """The view in the middle: it has the keyboard. A letter is a mark, not a search."""

    typed = Signal(int, int, str)
    cleared = Signal(int, int)
    rest = Signal(int)
    opened = Signal(int, int)

    def __init__(self, model: MarkTableModel) -> None:
        super().__init__(model)
        self.letters = ""
        self._model = model
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.doubleClicked.connect(self._open)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: letters are marks here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter asks for a mark, Backspace clears, Enter is for the rest; arrows move."""
        here = self.currentIndex()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if not here.isValid() or not plain or not self._press(Qt.Key(event.key()), event.text().upper(), here):
            super().keyPressEvent(event)

    def _press(self, key: Qt.Key, letter: str, here: QModelIndex) -> bool:
        """Do what the key means at this place; False when it means nothing here."""
        row, column = here.row(), here.column() - 1
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not self.letters:
            self.opened.emit(row, column)
        elif not self.letters or self._model.content.columns[column].kind == "closed":
            return False
        elif enter:
            self.rest.emit(column)
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.cleared.emit(row, column)
        elif letter and letter in self.letters:
            self.typed.emit(row, column, letter)
        else:
            return False
        return True

    def go(self, row: int, column: int) -> None:
        """Put the cursor at a place, or as near as there is one, and scroll it into view."""
        rows, columns = self._model.rowCount(), len(self._model.content.columns)
        if rows and columns:
            index = self._model.index(min(max(row, 0), rows - 1), min(max(column, 0), columns - 1) + 1)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Never to the frozen columns: they are hidden here."""
        index = super().moveCursor(action, modifiers)
        last = self._model.total_column()
        inside = index.isValid() and 0 < index.column() < last
        return index if inside else self.currentIndex()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring; the first time at the first place."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() or self.currentIndex().column() == 0:
            self.go(0, 0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show a quieter ring."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.row(), index.column() - 1)


class MarkTable(QFrame):
    """People × meetings or sessions. It tells what was asked for, and shows what it is given."""

    mark_typed = Signal(int, int, str)  # row and column as in the content, and the letter
    mark_cleared = Signal(int, int)
    rest_present = Signal(int)
    cell_opened = Signal(int, int)  # double click, or Enter where letters mean nothing
    cell_clicked = Signal(int, int)
    cursor_moved = Signal(int, int)
    person_chosen = Signal(int)

    def __init__(self, *, letters: str = "", mark: int = mark_styles.SIDE, name: str = "") -> None:
        """`letters` are the keys that mark ("" for a table to look at), `mark` is the side of a mark at 100 %."""
        super().__init__()
        self.setObjectName("card")
        self.model = MarkTableModel()
        self._names, self._marks, self._totals = _View(self.model), _Marks(self.model), _View(self.model)
        self._marks.letters = letters
        self._head_height = 0
        self._marks.setAccessibleName(name)
        self._foot = mark_painter.Foot(self.model, self._marks.horizontalHeader())
        self._across, self._down = QScrollBar(Qt.Orientation.Horizontal), QScrollBar(Qt.Orientation.Vertical)
        self._edge, self._fade = mark_painter.Edge(self), mark_painter.Fade(self)
        for view in (self._names, self._marks, self._totals):
            view.setItemDelegate(mark_painter.MarkDelegate(self.model, self._marks, mark))
        self._lay_out()
        self._connect()
        self.setFocusProxy(self._marks)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.set_content(Content())

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(0)
        grid.setContentsMargins(0, 0, 0, 0)
        for at, view in enumerate((self._names, self._marks, self._totals)):
            grid.addWidget(view, 0, at)
        grid.addWidget(self._foot, 1, 0, 1, 3)
        grid.addWidget(self._across, 2, 1)
        grid.addWidget(self._down, 0, 3)
        for bar in (self._across, self._down):
            bar.hide()
        # They were here first, and would lie under the views.
        for part in (self._fade, self._edge):
            part.raise_()
        for view in (self._marks, self._totals):
            view.installEventFilter(self)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(0, 1)
        self.setLayout(grid)

    def _connect(self) -> None:
        self._marks.typed.connect(self.mark_typed)
        self._marks.cleared.connect(self.mark_cleared)
        self._marks.rest.connect(self.rest_present)
        self._marks.opened.connect(self.cell_opened)
        self._marks.clicked.connect(self._cell_clicked)
        self._marks.selectionModel().currentChanged.connect(self._moved)
        self._names.clicked.connect(self._name_clicked)
        sideways = self._marks.horizontalScrollBar()
        sideways.rangeChanged.connect(self._width_changed)
        sideways.valueChanged.connect(self._scrolled)
        self._across.valueChanged.connect(sideways.setValue)
        self._marks.verticalScrollBar().rangeChanged.connect(self._height_changed)
        downs = [view.verticalScrollBar() for view in (self._names, self._marks, self._totals)]
        # Each moves the others. It comes to an end, for a bar that is there already says nothing.
        for down in (*downs, self._down):
            for other in (*downs, self._down):
                if other is not down:
                    down.valueChanged.connect(other.setValue)

    def set_letters(self, letters: str) -> None:
        """Other keys that mark; "" for a table to look at."""
        self._marks.letters = letters

    def set_content(self, content: Content) -> None:
        """Show other content. The cursor stays on its person and column where they are still there."""
        before, old = self.current(), self.model.content
        offset = self._marks.horizontalScrollBar().value()
        changed = self.model.set_content(content)
        self._measure()
        if changed and before is not None:
            row, column = before
            # By name and by title: rows and columns may have come and gone.
            names = [row.name for row in content.rows]
            row = names.index(old.rows[row].name) if old.rows[row].name in names else row
            was = (old.columns[column].title, old.columns[column].group)
            titles = [(column.title, column.group) for column in content.columns]
            self.set_current(row, titles.index(was) if was in titles else column)
            # To choose a place scrolls to it; the leader stays where the leader was.
            self._marks.horizontalScrollBar().setValue(offset)
        self._foot.update()

    def current(self) -> tuple[int, int] | None:
        """Row and column of the cursor, as in the content; None before there is one."""
        here = self._marks.currentIndex()
        inside = here.isValid() and 0 < here.column() < self.model.total_column()
        return (here.row(), here.column() - 1) if inside else None

    def set_current(self, row: int, column: int) -> None:
        """Put the cursor at a place, or as near as there is one, and scroll it into view."""
        self._marks.go(row, column)

    def accept(self, row: int, column: int, *, down: bool) -> None:
        """The key at this place was taken: go `down` to the next person, and let both be heard."""
        words = self._spoken(row, column)
        announce_new_name(self._marks, self._child(row, column))
        if down and row + 1 < self.model.rowCount():
            self._marks.go(row + 1, column)
            words = f"{words}. {self._spoken(row + 1, column)}"
        announce(self._marks, words)

    def refuse(self, row: int, column: int, why: str) -> None:
        """The key at this place did nothing: the cursor stays, and the row says why until the next mark."""
        self.model.refuse(row, why)  # in the room that the names have: nothing moves, and the tool tip says it whole
        announce_new_name(self._marks, self._child(row, column))

    def _spoken(self, row: int, column: int) -> str:
        return self.model.spoken(self.model.index(row, column + 1))

    def _child(self, row: int, column: int) -> int:
        """Where a screen reader finds a place: row by row, after the heads of the columns and of each row."""
        across = self.model.columnCount() + 1
        return (row + 1) * across + column + 2

    def show_place(self) -> None:
        """Scroll the page, where the page scrolls, so that the place of the cursor is in sight."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        body = area.widget() if area is not None else None
        if area is not None and body is not None:
            box = self._marks.visualRect(self._marks.currentIndex())
            at = self._marks.viewport().mapTo(body, box.center())
            area.ensureVisible(at.x(), at.y(), 0, box.height())

    def show_column(self, column: int) -> None:
        """Scroll so that a column and some of what was before it can be seen."""
        head, bar = self._marks.horizontalHeader(), self._marks.horizontalScrollBar()
        right = head.sectionPosition(column + 1) + head.sectionSize(column + 1)
        bar.setValue(max(0, right + theme.px(90) - self._marks.viewport().width()))

    def _measure(self) -> None:
        """Give rows, columns and frozen parts the size that their text needs."""
        content, last = self.model.content, self.model.total_column()
        names, totals = mark_painter.name_width(content), mark_painter.total_width(content)
        widths = mark_painter.column_widths(content)
        self._head_height = mark_painter.head_height(content, widths)
        for view, shown in ((self._names, _is_name), (self._marks, _is_mark), (self._totals, _is_total)):
            head = view.horizontalHeader()
            head.setFixedHeight(self._head_height)
            view.verticalHeader().setDefaultSectionSize(mark_painter.row_height())
            for i in range(last + 1):
                view.setColumnHidden(i, not shown(i, last))
        for i, width in enumerate(widths):
            self._marks.setColumnWidth(i + 1, width)
        self._names.setColumnWidth(0, names)
        self._totals.setColumnWidth(last, totals)
        self._names.setFixedWidth(names)
        self._totals.setFixedWidth(totals)
        self._totals.setVisible(bool(totals))
        self._foot.names, self._foot.totals = names, totals
        self._foot.setVisible(bool(content.foot))
        self._edge.setVisible(bool(totals))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All rows; the width is what the page has."""
        rows = self.model.rowCount() * mark_painter.row_height()
        foot = mark_painter.row_height() if self.model.content.foot else 0
        bar = 0 if self._across.isHidden() else self._across.sizeHint().height()
        return QSize(theme.px(640), self._head_height + rows + foot + bar + 2)

    def minimumSizeHint(self) -> QSize:
        """Head, three rows and the foot; the rest scrolls."""
        rows = min(self.model.rowCount(), 3) * mark_painter.row_height()
        spare = self.sizeHint().height() - self.model.rowCount() * mark_painter.row_height()
        return QSize(self._names.width() + self._totals.width() + theme.px(160), rows + spare)

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when text size or colours change."""
        super().changeEvent(event)
        # Qt sends these from within the constructor too, when there is nothing to measure.
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and hasattr(self, "_fade"):
            self._measure()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the edges of the frozen parts and the foot where the views are."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._fade.setGeometry(self._marks.x() - 1, 1, mark_painter.FADE, self.height() - 2)
            self._edge.setGeometry(self._totals.x(), 1, 1, self.height() - 2)
            self._foot.update()  # its counts stand under the columns, wherever these have come to
        return False

    def _width_changed(self, low: int, high: int) -> None:
        self._across.setPageStep(self._marks.horizontalScrollBar().pageStep())
        self._across.setSingleStep(theme.px(56))
        self._show_bar(self._across, low, high)

    def _height_changed(self, low: int, high: int) -> None:
        self._down.setPageStep(self._marks.verticalScrollBar().pageStep())
        self._down.setSingleStep(mark_painter.row_height())
        self._show_bar(self._down, low, high)

    def _show_bar(self, bar: QScrollBar, low: int, high: int) -> None:
        bar.setRange(low, high)
        if bar.isHidden() == (high > low):
            bar.setVisible(high > low)
            self.updateGeometry()

    def _scrolled(self, value: int) -> None:
        self._across.setValue(value)
        self._fade.show_depth(value > 0)
        self._foot.update()

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        for view in (self._names, self._marks):
            view.viewport().update()
        if now.isValid() and 0 < now.column() < self.model.total_column():
            self.show_place()
            self.cursor_moved.emit(now.row(), now.column() - 1)

    def _cell_clicked(self, index: QModelIndex) -> None:
        self.cell_clicked.emit(index.row(), index.column() - 1)

    def _name_clicked(self, index: QModelIndex) -> None:
        self.person_chosen.emit(index.row())


def _is_name(column: int, _last: int) -> bool:
    return column == 0


def _is_mark(column: int, last: int) -> bool:
    return 0 < column < last


def _is_total(column: int, last: int) -> bool:
    return column == last
