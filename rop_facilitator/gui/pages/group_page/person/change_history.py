"""Who changed what about a person: newest first, each field before and after; Enter opens the place of a change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.layout.boxes import card, column, flow, label
from rop_facilitator.i18n import _, capital, clock, long_date, ngettext
from rop_facilitator.records.log.person_log import PersonEvent

_MOST = 30
_MOST_LINES = 6  # of one event, such as the marks of a whole year at once
_EVENT = Qt.ItemDataRole.UserRole
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
Index = QModelIndex | QPersistentModelIndex


class _EventPainter(QStyledItemDelegate):
    """What was done in bold, its fields below, and when and by whom in small; all of it wraps."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        width = view.viewport().width() if isinstance(view, EventList) else 400
        return QSize(theme.px(120), self.high(index.data(_EVENT), width))

    def high(self, event: PersonEvent, width: int) -> int:
        """How high an event is in so many pixels."""
        room = QRect(0, 0, max(1, width - 2 * theme.M), 100_000)
        rows = (theme.metrics(role).boundingRect(room, _WRAP, text).height() for role, _tone, text in _rows_of(event))
        return sum(high + 2 for high in rows) + 2 * theme.S

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, box = option.widget, option.rect
        assert isinstance(view, EventList)
        p.save()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.row():
            p.setPen(theme.colour("line"))
            p.drawLine(box.left() + theme.M, box.top(), box.right() - theme.M, box.top())
        if index == view.currentIndex() and view.hasFocus():
            p.setPen(QPen(theme.colour("accent"), 2))
            p.setBrush(theme.colour("accent_soft"))
            p.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.R_CONTROL, theme.R_CONTROL)
        at = box.adjusted(theme.M, theme.S, -theme.M, 0)
        for role, tone, text in _rows_of(index.data(_EVENT)):
            p.setFont(theme.font(role))
            p.setPen(theme.colour(tone))
            p.drawText(at, _WRAP, text)
            at.setTop(at.top() + p.fontMetrics().boundingRect(at, _WRAP, text).height() + 2)
        p.restore()


class EventList(QListWidget):
    """As high as its events: the page scrolls. Arrows move, Enter and a double click open."""

    opened = Signal(object)  # EventPlace
    moved = Signal(QRect)  # where the current event stands in the list

    def __init__(self) -> None:
        super().__init__()
        self._painter = _EventPainter(self)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("Who changed what"))
        for set_policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setStyleSheet("QListWidget { background: transparent; border: none; outline: none; }")
        self.itemDoubleClicked.connect(self._open)
        self.currentItemChanged.connect(self._current_changed)

    def show_events(self, events: Sequence[PersonEvent]) -> None:
        """Show these; the place in the list stays where it can."""
        row = max(0, self.currentRow())
        self.clear()
        for event in events:
            item = QListWidgetItem()
            item.setData(_EVENT, event)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, event_words(event))
            self.addItem(item)
        self.setCurrentRow(min(row, self.count() - 1))
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """The words of an event wrap, so a narrow list is a high one."""
        return True

    def heightForWidth(self, width: int) -> int:
        """So high that all events can be seen: the page scrolls, not the list."""
        return sum(self._painter.high(self.item(at).data(_EVENT), width) for at in range(self.count())) + 2

    def sizeHint(self) -> QSize:
        """All events at the width that there is."""
        width = max(self.width(), theme.px(200))
        return QSize(theme.px(400), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """The narrowest that can be read, still with all events."""
        return QSize(theme.px(160), self.heightForWidth(max(self.width(), theme.px(160))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the place of the change."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self._open(item)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """A letter goes nowhere: letters are marks elsewhere in the window."""

    def _open(self, item: QListWidgetItem) -> None:
        event: PersonEvent = item.data(_EVENT)
        self.opened.emit(event.place)

    def _current_changed(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None and self.hasFocus():
            self.moved.emit(self.visualItemRect(item))


class ChangeHistory(QWidget):
    """A card of events, the newest thirty; the others when they are asked for."""

    opened = Signal(object)  # EventPlace

    def __init__(self) -> None:
        super().__init__()
        self.list = EventList()
        self.list.opened.connect(self.opened)
        self.more = Button(_("Show all"), "link", small=True, clicked=self._show_all)
        title = label(_("Who changed what"), "heading")
        self._hint = label(_("Enter or a double click opens the place."), "small", "muted")
        inner = card(
            title, self._hint, self.list, flow(self.more), gap=theme.S, edge=(theme.XL, theme.L, theme.XL, theme.L)
        )
        self.setLayout(column(inner, "stretch", gap=0))
        self._events: tuple[PersonEvent, ...] = ()
        self._all = False

    def show_events(self, events: list[PersonEvent]) -> None:
        """Show another person's, or the same with what is new."""
        if tuple(events) == self._events:
            return
        self._events, self._all = tuple(events), False
        self._fill()

    def words(self) -> list[str]:
        """What stands there, an event a text: for tests and for reading aloud."""
        return [event_words(event) for event in self._shown()]

    def _shown(self) -> tuple[PersonEvent, ...]:
        return self._events if self._all else self._events[:_MOST]

    def _show_all(self) -> None:
        self._all = True
        self.list.setFocus()
        self._fill()

    def _fill(self) -> None:
        self.list.show_events(self._shown())
        self.more.setVisible(len(self._shown()) < len(self._events))


def _rows_of(event: PersonEvent) -> list[tuple[str, str, str]]:
    """The rows of an event: step of the type scale, colour and words."""
    lines = list(event.lines[:_MOST_LINES])
    if (more := len(event.lines) - len(lines)) > 0:
        lines.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
    rows = [("strong", "text", capital(event.action)), *(("body", "text", words) for words in lines)]
    return [*rows, ("small", "muted", _when(event))]


def _when(event: PersonEvent) -> str:
    words = f"{long_date(event.at.date())} {clock(event.at.time())}"
    return f"{words} · {event.leader}" if event.leader else words


def event_words(event: PersonEvent) -> str:
    """One event as a line."""
    return " · ".join([capital(event.action), *event.lines, _when(event)])
