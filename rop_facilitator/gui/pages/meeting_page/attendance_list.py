"""The people of a meeting as a list for the keyboard: one letter a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from rop_facilitator.gui.pages.meeting_page.pane_values import PersonNow
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.style.screen_reader import announce, announce_new_name
from rop_facilitator.gui.widgets.marks import mark_styles
from rop_facilitator.i18n import _
from rop_facilitator.records.marks import MISSED_MINUTES, Mark
from rop_facilitator.records.models import PracticeResult

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
PERSON = Qt.ItemDataRole.UserRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PRACTICES = (None, PracticeResult.DONE, PracticeResult.PARTLY, PracticeResult.NOT_DONE)


class AttendanceModel(QAbstractListModel):
    """The people of the meeting with their marks, a row each."""

    def __init__(self) -> None:
        super().__init__()
        self.people: tuple[PersonNow, ...] = ()

    def show_people(self, people: Sequence[PersonNow]) -> None:
        """Show others, or the same with other marks; then the place in the list stays."""
        same = [person.membership_id for person in people] == [person.membership_id for person in self.people]
        if not same:
            self.beginResetModel()
        self.people = tuple(people)
        if not same:
            self.endResetModel()
        elif people:
            self.dataChanged.emit(self.index(0), self.index(len(people) - 1))

    def show_person(self, person: PersonNow) -> None:
        """Show one of the people otherwise; who is not among them is left out."""
        row = self.row_of(person.membership_id)
        if row is not None and self.people[row] != person:
            self.people = (*self.people[:row], person, *self.people[row + 1 :])
            self.dataChanged.emit(self.index(row), self.index(row))

    def row_of(self, membership_id: int) -> int | None:
        """The row of a person; None for one who is not in the list."""
        return next((at for at, person in enumerate(self.people) if person.membership_id == membership_id), None)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many people are in the list."""
        return 0 if parent.isValid() else len(self.people)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name, the row in words, or the whole value under PERSON."""
        person = self.people[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return person.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return person.spoken_text()
        return person if role == PERSON else None


class _PersonDelegate(QStyledItemDelegate):
    """Mark, name, note, and two small toggles: handout given, home practice."""

    toggles = True
    quiet = False  # no key is asked for
    waits_for_minutes: int | None = None  # membership whose minutes are being typed

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(200), max(theme.px(40), theme.metrics("strong").height() + 2 * theme.S))

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        person: PersonNow = index.data(PERSON)
        view = option.widget
        assert isinstance(view, AttendanceList)
        box, current = QRectF(option.rect), index == view.currentIndex()
        p.save()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        if current:
            ring = theme.colour("accent") if view.hasFocus() else theme.colour("line")
            p.setPen(QPen(ring, 2))
            p.setBrush(theme.colour("accent_soft" if view.hasFocus() else "surface"))
            p.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.R_CONTROL, theme.R_CONTROL)
        side = theme.px(mark_styles.SIDE)
        at = QRectF(box.left() + theme.px(10), box.center().y() - side / 2, side, side)
        mark_styles.paint(p, at, person.style)
        self._paint_words(p, option.rect, person, current=current and view.hasFocus())
        if self.toggles:
            self._paint_handout(p, handout_box(option.rect), given=person.handout_given)
            self._paint_practice(p, practice_box(option.rect), person.practice)
        p.restore()

    def _paint_words(self, p: QPainter, rect: QRect, person: PersonNow, *, current: bool) -> None:
        left = rect.left() + theme.px(10) + theme.px(mark_styles.SIDE) + theme.M
        right = round(handout_box(rect).left()) - theme.XS if self.toggles else rect.right() - theme.M
        note = self._note(person, current=current)
        small = theme.metrics("small")
        p.setFont(theme.font("small"))
        p.setPen(theme.colour("muted"))
        name_face = theme.metrics("strong" if current else "body")
        room = right - left - small.horizontalAdvance(note) - (theme.S if note else 0)
        if note and room < min(name_face.horizontalAdvance(person.name), theme.px(60)):
            note, room = "", right - left
        area = QRectF(left, rect.top(), right - left, rect.height())
        p.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, note)
        p.setFont(theme.font("strong" if current else "body"))
        p.setPen(theme.colour("text"))
        words = p.fontMetrics().elidedText(person.name, Qt.TextElideMode.ElideRight, room)
        if not person.refused:
            p.drawText(area, Qt.AlignmentFlag.AlignVCenter, words)
            return
        above, below = p.fontMetrics().height(), small.height()
        area.setTop(rect.top() + (rect.height() - above - below) / 2)
        p.drawText(area, Qt.AlignmentFlag.AlignTop, words)
        p.setFont(theme.font("small"))
        p.setPen(theme.colour("danger"))
        why = small.elidedText(person.refused, Qt.TextElideMode.ElideRight, right - left)
        p.drawText(area.translated(0, above), Qt.AlignmentFlag.AlignTop, why)

    def _note(self, person: PersonNow, *, current: bool) -> str:
        if person.refused:
            return ""
        if person.minutes:
            return _("{n} min").format(n=person.minutes)
        if person.asks_minutes and self.waits_for_minutes == person.membership_id:
            return _("type minutes")
        return _("press a key") if current and person.mark is None and not self.quiet else ""

    def _paint_handout(self, p: QPainter, box: QRectF, *, given: bool) -> None:
        if given:
            p.setPen(QPen(theme.colour("accent"), 1.2))
            p.setBrush(theme.colour("accent_soft"))
            p.drawRoundedRect(box, theme.R_MARK, theme.R_MARK)
        _paint_icon(p, box, "page", "accent" if given else "border")

    def _paint_practice(self, p: QPainter, box: QRectF, practice: PracticeResult | None) -> None:
        if practice is None:
            _paint_icon(p, box, "practice", "border")
            return
        inset = box.width() * 0.16
        ring = box.adjusted(inset, inset, -inset, -inset)
        p.setPen(QPen(theme.colour("accent"), 1.6))
        p.setBrush(theme.colour("accent") if practice is PracticeResult.DONE else Qt.BrushStyle.NoBrush)
        p.drawEllipse(ring)
        if practice is PracticeResult.DONE:
            _paint_icon(p, ring.adjusted(1, 1, -1, -1), "check", "on_accent")
        elif practice is PracticeResult.PARTLY:
            p.setBrush(theme.colour("accent"))
            p.drawPie(ring, 90 * 16, 180 * 16)
        else:
            y = ring.center().y()
            p.drawLine(int(ring.left() + 4), int(y), int(ring.right() - 4), int(y))


def _paint_icon(p: QPainter, box: QRectF, name: str, role: str) -> None:
    side = round(min(theme.px(16), box.width()))
    at = QPoint(round(box.center().x() - side / 2), round(box.center().y() - side / 2))
    p.drawPixmap(at, theme.icon_pixmap(name, role, side))


def practice_box(rect: QRect) -> QRectF:
    """Where the toggle of the home practice is in a row."""
    side = theme.px(26)
    return QRectF(rect.right() - side - theme.XS, rect.center().y() - side / 2, side, side)


def handout_box(rect: QRect) -> QRectF:
    """Where the toggle of the handout is in a row."""
    return practice_box(rect).translated(-theme.px(28), 0)


class AttendanceList(QListView):
    """Letters are marks, not a search. What is pressed is told; the page keeps it."""

    marked = Signal(int, object)  # membership id, Mark or None
    minutes_typed = Signal(int, int)  # membership id, minutes missed
    rest_wanted = Signal()
    handout_wanted = Signal(int, bool)
    practice_wanted = Signal(int, object)  # membership id, Practice or None

    def __init__(self) -> None:
        super().__init__()
        self.people = AttendanceModel()
        self._paints = _PersonDelegate(self)
        self._typed, self._read_only = "", False
        self.setModel(self.people)
        self.setItemDelegate(self._paints)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(_("Attendance"))

    def show_people(self, people: Sequence[PersonNow], *, toggles: bool, read_only: bool = False) -> None:
        """Show who is expected; the place stays, and at first it is the first one without a mark.

        Where it is `read_only` no key marks, and none is asked for.
        """
        self._read_only = self._paints.quiet = read_only
        if toggles != self._paints.toggles:
            self._paints.toggles = toggles
            self.viewport().update()
        before = self.current()
        self.people.show_people(people)
        if self.current() is None and people:
            rows = {person.membership_id: at for at, person in enumerate(people)}
            first = next((at for at, person in enumerate(people) if person.mark is None), 0)
            self.setCurrentIndex(self.people.index(rows.get(before.membership_id, first) if before else first))

    def show_person(self, person: PersonNow) -> None:
        """Show one person otherwise, as after a mark: one row is painted."""
        self.people.show_person(person)

    def accept(self, membership_id: int, *, down: bool) -> None:
        """The key at this person was taken: go `down` to the next one, and let both be heard."""
        row = self.people.row_of(membership_id)
        if row is None:
            return
        words = self.people.people[row].spoken_text()
        announce_new_name(self, row)
        if down and row + 1 < self.people.rowCount():
            self.setCurrentIndex(self.people.index(row + 1))
            words = f"{words}. {self.people.people[row + 1].spoken_text()}"
        announce(self, words)

    def refuse(self, membership_id: int, why: str) -> None:
        """The key at this person did nothing: the place stays, and the row says why until its next key."""
        self._stop_typing()
        row = self.people.row_of(membership_id)
        if row is not None:
            self.show_person(replace(self.people.people[row], refused=why))
            announce_new_name(self, row)

    def current(self) -> PersonNow | None:
        """The person whose row has the ring."""
        person: PersonNow | None = self.currentIndex().data(PERSON)
        return person

    def keyboardSearch(self, search: str) -> None:
        """A letter is a mark."""

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """All rows are alike in size: only those that changed are painted, where a QListView lays all out anew."""
        QAbstractItemView.dataChanged(self, first, last, roles)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Marks, minutes, Enter for the rest, Backspace to clear; everything else as in any list."""
        person, key, text = self.current(), event.key(), event.text().upper()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if person is None or not plain or self._read_only:
            super().keyPressEvent(event)
        elif text and text in mark_styles.MARK_KEYS:
            self._mark(person, mark_styles.MARK_KEYS[text])
        elif text.isdecimal() and text.isascii() and self._paints.waits_for_minutes is not None:
            self._type(text)
        elif key in _ENTER:
            self._stop_typing()
            self.rest_wanted.emit()
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._stop_typing()
            self.marked.emit(person.membership_id, None)
        elif self._paints.toggles and text == "U":
            self.handout_wanted.emit(person.membership_id, not person.handout_given)
        elif self._paints.toggles and text == "H":
            self.practice_wanted.emit(person.membership_id, next_practice(person.practice))
        else:
            self._stop_typing()
            super().keyPressEvent(event)

    def _mark(self, person: PersonNow, mark: Mark) -> None:
        self._stop_typing()
        if person.refused:
            self.show_person(replace(person, refused=""))
        if mark in MISSED_MINUTES:
            self._paints.waits_for_minutes = person.membership_id
        self.marked.emit(person.membership_id, mark)

    def _type(self, digit: str) -> None:
        self._typed = (self._typed + digit)[-3:].lstrip("0")
        if self._typed and self._paints.waits_for_minutes is not None:
            self.minutes_typed.emit(self._paints.waits_for_minutes, int(self._typed))

    def _stop_typing(self) -> None:
        waits, self._typed, self._paints.waits_for_minutes = self._paints.waits_for_minutes, "", None
        if waits is not None and (row := self.people.row_of(waits)) is not None:
            self.update(self.people.index(row))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A toggle is pressed where it is drawn; elsewhere a click chooses the row."""
        index = self.indexAt(event.position().toPoint())
        self._stop_typing()
        super().mousePressEvent(event)
        if not index.isValid() or not self._paints.toggles or event.button() != Qt.MouseButton.LeftButton:
            return
        if self._read_only:
            return
        person, rect = index.data(PERSON), self.visualRect(index)
        if handout_box(rect).contains(event.position()):
            self.handout_wanted.emit(person.membership_id, not person.handout_given)
        elif practice_box(rect).contains(event.position()):
            self.practice_wanted.emit(person.membership_id, next_practice(person.practice))

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell what a toggle is for."""
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._tip(event.pos()), self)
            return True
        return super().viewportEvent(event)

    def _tip(self, at: QPoint) -> str:
        index = self.indexAt(at)
        if not index.isValid():
            return ""
        person, rect = index.data(PERSON), self.visualRect(index)
        if self._paints.toggles and handout_box(rect).contains(at):
            return _("Handout given") + "   U"
        if self._paints.toggles and practice_box(rect).contains(at):
            return (person.practice_words() or _("Home practice from last time")) + "   H"
        return str(person.spoken_text())


def next_practice(practice: PracticeResult | None) -> PracticeResult | None:
    """Nothing said → done → partly → not done → nothing said."""
    return _PRACTICES[(_PRACTICES.index(practice) + 1) % len(_PRACTICES)]
