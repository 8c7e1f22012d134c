"""The list of the library: curricula, their modules and sessions, each with its count or number at the right."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QTreeWidget,
    QTreeWidgetItem,
)

from rop_facilitator.curriculum.model import Curriculum, Library, Module
from rop_facilitator.curriculum.session_position import key_in_course
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import by_keyboard, draw_focus
from rop_facilitator.i18n import _, pgettext

Index = QModelIndex | QPersistentModelIndex
KEY, RIGHT, OUTLINE = (Qt.ItemDataRole.UserRole + n for n in range(3))
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def module_key(curriculum: Curriculum, module: Module) -> str:
    """What the list calls a module: `<curriculum>#<place>`."""
    return f"{curriculum.id}#{curriculum.modules.index(module)}"


def outline_word() -> str:
    """The word for what has a title and a place only."""
    return pgettext("session", "outline")


def overview_word() -> str:
    """The word for the page about a module."""
    return pgettext("module", "overview")


class LibraryTree(QTreeWidget):
    """The whole library by keyboard and mouse. What is current is open beside it."""

    chosen = Signal(str)  # a curriculum's id, "<curriculum>#<place of the module>" or what `key_in_course` gives

    opened = Signal()  # Enter or a click: the current one is wanted in front

    def __init__(self) -> None:
        super().__init__()
        self._ring = False
        self.setAccessibleName(_("Library"))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_RowHeight(self))
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setExpandsOnDoubleClick(False)
        self.setStyleSheet("QTreeWidget { background: transparent; border: none; }")
        self.currentItemChanged.connect(self._current_changed)

    def show_library(self, library: Library) -> None:
        """Show all curricula, closed."""
        self.clear()
        for curriculum in library:
            outline = all(module.is_outline for module in curriculum.modules if module.sessions)
            top = _item(curriculum.id, curriculum.title, _count(len(curriculum.sessions), outline), outline)
            self.addTopLevelItem(top)
            if len(curriculum.modules) == 1:
                _add_sessions(top, curriculum, curriculum.modules[0])
                continue
            for module in curriculum.modules:
                title = f"{module.number}  {module.title}" if module.number else module.title
                count = _count(len(module.sessions), module.is_outline) if module.sessions else ""
                if module.overview is not None and not module.sessions:
                    count = overview_word()
                inner = _item(module_key(curriculum, module), title, count, module.is_outline)
                top.addChild(inner)
                _add_sessions(inner, curriculum, module)

    def choose(self, key: str) -> bool:
        """Make a curriculum, module or session current and bring it into view; False when it is not here."""
        item_found = next((item for item in self.all_items() if item.data(0, KEY) == key), None)
        if item_found is None:
            return False
        above = item_found.parent()
        while above is not None:
            above.setExpanded(True)
            above = above.parent()
        self.setCurrentItem(item_found)
        self.scrollToItem(item_found)
        return True

    def current_key(self) -> str:
        """What is current; "" for nothing."""
        item = self.currentItem()
        return str(item.data(0, KEY)) if item is not None else ""

    def open_keys(self) -> frozenset[str]:
        """The curricula and modules whose rows are shown."""
        return frozenset(str(item.data(0, KEY)) for item in self.all_items() if item.isExpanded())

    def open_again(self, keys: frozenset[str]) -> None:
        """Show the rows of these, as `open_keys` gave them."""
        for item in self.all_items():
            item.setExpanded(item.data(0, KEY) in keys)

    def all_items(self) -> Iterator[QTreeWidgetItem]:
        """Every row, also those that are folded in, from the top."""
        waiting = [item for n in range(self.topLevelItemCount()) if (item := self.topLevelItem(n)) is not None]
        while waiting:
            item = waiting.pop(0)
            yield item
            below = (item.child(n) for n in range(item.childCount()))
            waiting = [child for child in below if child is not None] + waiting

    def _current_changed(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(0, KEY)))

    # -- keyboard and mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the arrow opens or closes; one on the words chooses, and opens."""
        item = self.itemAt(event.position().toPoint())
        if item is None or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        if item.childCount() and event.position().x() < self._left(self.indexFromItem(item)):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            item.setExpanded(not item.isExpanded())
            return
        super().mousePressEvent(event)
        item.setExpanded(True)
        self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; arrows, letters, Home and End are Qt's."""
        item = self.currentItem()
        if item is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            item.setExpanded(not item.isExpanded())
            self.opened.emit()
            return
        self._ring = True
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the keyboard came here."""
        self._ring = by_keyboard(event, self._ring)
        super().focusInEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """A title that is cut short is told whole."""
        if isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            words = str(index.data() or "")
            face = theme.metrics("strong")
            cut = index.isValid() and face.horizontalAdvance(words) > self._space(index, self.visualRect(index))
            QToolTip.showText(event.globalPos(), words if cut else "", self)
            return True
        return super().viewportEvent(event)

    # -- how a row looks

    def _left(self, index: Index) -> int:
        """Where the words of a row begin."""
        depth, above = 0, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        return theme.px(10 + 18 * depth + 22)

    def _space(self, index: Index, box: QRect) -> int:
        right = theme.metrics("small").horizontalAdvance(str(index.data(RIGHT))) + theme.px(theme.M + theme.S)
        return box.width() - self._left(index) - right

    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: Index) -> None:
        """Ground and bar, arrow, words, count."""
        box = QRect(options.rect)
        box.setLeft(0)
        box.setRight(self.viewport().width() - 1)
        on = index == self.currentIndex()
        hovered = self.viewport().underMouse() and box.contains(self.viewport().mapFromGlobal(self.cursor().pos()))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if on or hovered:
            painter.setBrush(theme.colour("accent_soft" if on else "hover"))
            painter.drawRoundedRect(QRectF(box).adjusted(0, 1, 0, -1), theme.R_CONTROL, theme.R_CONTROL)
        if on:
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(QRectF(0, box.top() + theme.S, 3, box.height() - 2 * theme.S), 1.5, 1.5)
        self._draw_words(painter, box, index, on)
        if on and self.hasFocus() and self._ring:
            draw_focus(painter, QRectF(box).adjusted(0, 1, 0, -1))
        painter.restore()

    def _draw_words(self, p: QPainter, box: QRect, index: Index, on: bool) -> None:
        left, side = self._left(index), theme.px(16)
        ink = "on_soft" if on else "muted" if index.data(OUTLINE) else "text"
        if self.model().hasChildren(index):
            name = "chevron-down" if self.isExpanded(index) else "chevron-right"
            at = QPoint(left - theme.px(22), box.top() + (box.height() - side) // 2)
            p.drawPixmap(at, theme.icon_pixmap(name, "muted", side))
        p.setFont(theme.font("strong" if on or not index.parent().isValid() else "body"))
        p.setPen(theme.colour(ink))
        space = self._space(index, box)
        words = p.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, space)
        p.drawText(QRect(left, box.top(), space + 2, box.height()), _MIDDLE, words)
        p.setFont(theme.font("small"))
        p.setPen(theme.colour("on_soft" if on else "muted"))
        p.drawText(box.adjusted(0, 0, -theme.px(theme.M), 0), _MIDDLE | Qt.AlignmentFlag.AlignRight, index.data(RIGHT))


class _RowHeight(QStyledItemDelegate):
    """Rows grow with the text."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(160), max(theme.px(theme.TABLE_ROW), theme.metrics("strong").height() + 10) + 2)


def _count(sessions: int, outline: bool) -> str:
    return outline_word() if outline else str(sessions)


def _add_sessions(parent: QTreeWidgetItem, curriculum: Curriculum, module: Module) -> None:
    number = module.number if len(curriculum.modules) > 1 else ""
    if module.overview is not None:
        parent.addChild(_item(module.overview.id, module.overview.title, overview_word(), outline=False))
    for place, session in enumerate(module.sessions, 1):
        code = f"{number}.{place}" if number else str(place)
        right = outline_word() if session.is_outline else code
        key = key_in_course(curriculum.id, session.id)
        parent.addChild(_item(key, session.title, right, session.is_outline))


def _item(key: str, title: str, right: str, outline: bool) -> QTreeWidgetItem:
    item = QTreeWidgetItem([title])
    item.setData(0, KEY, key)
    item.setData(0, RIGHT, right)
    item.setData(0, OUTLINE, outline)
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (title, right))))
    return item
