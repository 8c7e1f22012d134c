"""The people of a group as a list: arrows change the person, Enter goes into the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from rop_facilitator.gui.style import theme
from rop_facilitator.i18n import _

Index = QModelIndex | QPersistentModelIndex
_LINE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class ListedPerson:
    """One line: the name, and the count or the place at its right; `spoken` is all of it for a screen reader."""

    membership_id: int
    name: str
    right: str
    spoken: str
    quiet: bool = False


class _LinePainter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme.px(120), max(theme.px(35), theme.metrics("strong").height() + theme.M))

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        person: ListedPerson = index.data(_LINE)
        view = option.widget
        assert isinstance(view, PeopleList)
        box, current = QRectF(option.rect), index == view.currentIndex()
        p.save()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        if current:
            p.setPen(QPen(theme.colour("accent"), 2) if view.hasFocus() else Qt.PenStyle.NoPen)
            p.setBrush(theme.colour("accent_soft"))
            p.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.R_CONTROL, theme.R_CONTROL)
        ink = "on_soft" if current else "muted" if person.quiet else "text"
        words = box.adjusted(theme.M, 0, -theme.M, 0)
        small = theme.metrics("small")
        p.setFont(theme.font("small", tabular=True))
        p.setPen(theme.colour("on_soft" if current else "muted"))
        p.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, person.right)
        face = "strong" if current else "body"
        room = round(words.width()) - small.horizontalAdvance(person.right) - theme.S
        p.setFont(theme.font(face))
        p.setPen(theme.colour(ink))
        name = theme.metrics(face).elidedText(person.name, Qt.TextElideMode.ElideRight, room)
        p.drawText(words, Qt.AlignmentFlag.AlignVCenter, name)
        p.restore()


class PeopleList(QListWidget):
    """As high as its lines, up to the room there is."""

    person_chosen = Signal(int)  # membership id
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_LinePainter(self))
        self.setAccessibleName(_("Participants"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setStyleSheet("QListWidget { background: transparent; border: none; outline: none; }")
        self.currentItemChanged.connect(self._changed)
        self._emits = True

    def show_people(self, people: Sequence[ListedPerson], chosen: int | None) -> None:
        """Show these; `chosen` keeps its place, or else the first is chosen. No signal is sent."""
        self._emits = False
        count = self.count()
        if [self._line(at).membership_id for at in range(self.count())] != [person.membership_id for person in people]:
            self.clear()
            for _person in people:
                self.addItem(QListWidgetItem())
        for at, person in enumerate(people):
            item = self.item(at)
            item.setData(_LINE, person)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, person.spoken)
            item.setToolTip(person.name)
        ids = [person.membership_id for person in people]
        if ids:
            self.setCurrentRow(ids.index(chosen) if chosen in ids else 0)
        self._emits = True
        if count != self.count():
            self.updateGeometry()

    def chosen(self) -> int | None:
        """The membership of the chosen line."""
        return self._line(self.currentRow()).membership_id if self.currentRow() >= 0 else None

    def choose(self, membership_id: int) -> bool:
        """Choose a person; whether the list has them."""
        for at in range(self.count()):
            if self._line(at).membership_id == membership_id:
                self.setCurrentRow(at)
                return True
        return False

    def _line(self, at: int) -> ListedPerson:
        person: ListedPerson = self.item(at).data(_LINE)
        return person

    def _changed(self, now: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if self._emits and now is not None:
            self.person_chosen.emit(now.data(_LINE).membership_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or the right arrow goes into the page of the person."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """A letter goes nowhere: names are few, and letters are marks elsewhere."""

    def sizeHint(self) -> QSize:
        """As high as its lines, that no room is left below the last name."""
        line = self.sizeHintForRow(0) if self.count() else 0
        return QSize(theme.px(theme.SIDEBAR), line * self.count() + 2)

    def minimumSizeHint(self) -> QSize:
        """A few lines: the rest scrolls."""
        return QSize(theme.px(120), min(self.sizeHint().height(), theme.px(160)))
