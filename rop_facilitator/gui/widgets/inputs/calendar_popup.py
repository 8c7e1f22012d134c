"""The calendar that opens under a field: Monday first, week numbers, closed days hatched, today and the chosen day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyle, QStyledItemDelegate, QTableView, QWidget
from PySide6.QtWidgets import QStyleOptionViewItem as Option

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.hatch import hatch
from rop_facilitator.gui.widgets.inputs.buttons import Button, KeyCap
from rop_facilitator.gui.widgets.layout.boxes import STRETCH, column, label, row
from rop_facilitator.i18n import _, long_date, month_name, weekday_name
from rop_facilitator.planning.calendar import Closure
from rop_facilitator.planning.partial_dates import YEARS

Index = QModelIndex | QPersistentModelIndex
_SIDE = 34
_WEEKS, _COLUMNS = 6, 8  # the first column is the number of the week
_PICKABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class _Month(QAbstractTableModel):
    """Six weeks, from the Monday on or before the first of the month."""

    def __init__(self, month: date, today: date, limits: tuple[date, date], closed: Sequence[Closure]) -> None:
        super().__init__()
        self.month, self.today, self.limits, self.closed = month, today, limits, tuple(closed)

    def show_month(self, month: date) -> None:
        """Show another month, given by its first day."""
        self.beginResetModel()
        self.month = month
        self.endResetModel()

    def day_at(self, index: Index) -> date | None:
        """The day of a cell; None in the column of weeks and outside what a field may hold."""
        ordinal = self._first() + index.row() * 7 + index.column() - 1
        if index.column() == 0 or not 1 <= ordinal <= date.max.toordinal():
            return None
        return date.fromordinal(ordinal)

    def place_of(self, day: date) -> QModelIndex:
        """The cell of a day of this month."""
        week, weekday = divmod(day.toordinal() - self._first(), 7)
        return self.index(week, weekday + 1)

    def is_open(self, day: date) -> bool:
        """Whether the field may hold the day."""
        return self.limits[0] <= day <= self.limits[1]

    def is_closed(self, day: date) -> bool:
        """Whether the day lies in a closure."""
        return any(day in closure for closure in self.closed)

    def _first(self) -> int:
        return self.month.toordinal() - self.month.weekday()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """Six weeks, the most that a month touches: the card keeps its height from month to month."""
        return 0 if parent.isValid() else _WEEKS

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """The week and its seven days."""
        return 0 if parent.isValid() else _COLUMNS

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A day that the field may not hold can be read but not taken."""
        day = self.day_at(index)
        return _PICKABLE if day is not None and self.is_open(day) else Qt.ItemFlag.ItemIsEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The number, and the day in words for a screen reader."""
        day = self.day_at(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return str(day.day) if day else str(date.fromordinal(self._first() + index.row() * 7).isocalendar().week)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if day is None:
                week = date.fromordinal(self._first() + index.row() * 7).isocalendar().week
                return _("week {week}").format(week=week)
            words = [long_date(day)]
            words += [_("today")] if day == self.today else []
            words += [_("closed")] if self.is_closed(day) else []
            return ", ".join(words)
        return None

    def headerData(self, section: int, _way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """“uke”, then the first two letters of the weekdays; the whole of them for a screen reader."""
        name = _("week") if section == 0 else weekday_name(date(2024, 1, section))  # 1 January 2024 was a Monday
        if role == Qt.ItemDataRole.DisplayRole:
            return name if section == 0 else name[:2]
        return name if role == Qt.ItemDataRole.AccessibleTextRole else None


class _DayPainter(QStyledItemDelegate):
    """One day: hatched when closed, a ring for today, full when chosen."""

    def __init__(self, view: _Days) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: Option, _index: Index) -> QSize:
        """Square."""
        return QSize(theme.px(_SIDE), theme.px(_SIDE))

    def paint(self, p: QPainter, option: Option, index: Index) -> None:
        """The cell."""
        model = self._view.month
        day, box = model.day_at(index), QRectF(option.rect)
        hot = bool(option.state & QStyle.StateFlag.State_MouseOver)
        p.save()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setFont(theme.font("small"))
        ink = "muted"
        if day is not None:
            if model.is_closed(day):
                hatch(p, box, "line", 5)
            ink = self._ground(p, box.adjusted(2, 2, -2, -2), day, hot and model.is_open(day))
            if not model.is_open(day):
                p.setOpacity(0.5)
        p.setPen(theme.colour(ink))
        p.drawText(box, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        p.restore()

    def _ground(self, p: QPainter, box: QRectF, day: date, hot: bool) -> str:
        """Paint what lies under the number; give back the ink."""
        chosen, today = day == self._view.chosen, day == self._view.month.today
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(Qt.BrushStyle.NoBrush)
        if chosen:
            p.setBrush(theme.colour("accent"))
            p.setFont(theme.font("caption"))
        elif hot:
            p.setBrush(theme.colour("hover"))
        if today and not chosen:
            p.setPen(QPen(theme.colour("accent"), 1.6))
        if chosen or today or hot:
            p.drawRoundedRect(box, theme.R_CONTROL, theme.R_CONTROL)
        if chosen:
            return "on_accent"
        return "text" if day.month == self._view.month.month.month else "muted"


class _Days(QTableView):
    """The days of a month. Arrow keys go by day and week, PageUp and PageDown by month, Home goes to today."""

    chosen_changed = Signal()
    picked = Signal(object)  # date

    def __init__(self, month: _Month, chosen: date) -> None:
        super().__init__()
        self.month, self.chosen = month, chosen
        self.setObjectName("days")
        self.setModel(month)
        self.setItemDelegate(_DayPainter(self))
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setFont(theme.font("small"))
        head.setHighlightSections(False)
        head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        side = theme.px(_SIDE)
        for header in (head, self.verticalHeader()):
            header.setMinimumSectionSize(1)
            header.setDefaultSectionSize(side)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setFixedHeight(side)
        self.setFixedSize(side * _COLUMNS, side * (_WEEKS + 1))
        self.clicked.connect(self._clicked)
        self.choose(chosen)

    def choose(self, day: date) -> None:
        """Go to a day, or to the nearest that the field may hold, and to its month."""
        self.chosen = min(max(day, self.month.limits[0]), self.month.limits[1])
        if (self.chosen.year, self.chosen.month) != (self.month.month.year, self.month.month.month):
            self.month.show_month(self.chosen.replace(day=1))
        self.setCurrentIndex(self.month.place_of(self.chosen))
        self.setAccessibleName(month_words(self.month.month))
        self.viewport().update()
        self.chosen_changed.emit()

    def turn(self, months: int) -> None:
        """Go so many months on, to the same day or the last of a shorter month."""
        year, month = divmod(self.chosen.year * 12 + self.chosen.month - 1 + months, 12)
        self.choose(date(year, month + 1, min(self.chosen.day, monthrange(year, month + 1)[1])))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go by day, week or month; Enter takes the day."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.choose(self.chosen + timedelta(days=_STEPS[key]))
        elif key in _PAGES:
            self.turn(_PAGES[key])
        elif key == Qt.Key.Key_Home:
            self.choose(self.month.today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self.chosen)
        else:
            event.ignore()  # Esc and Tab go on; a letter must not search in the table

    def _clicked(self, index: QModelIndex) -> None:
        day = self.month.day_at(index)
        if day is not None and self.month.is_open(day):
            self.picked.emit(day)


class CalendarCard(QFrame):
    """A pop-up with month, days, and the way to today; Esc or a click beside it closes it."""

    picked = Signal(object)  # date
    closed = Signal()

    def __init__(
        self,
        field: QWidget,
        day: date,
        *,
        today: date,
        earliest: date | None = None,
        latest: date | None = None,
        closures: Sequence[Closure] = (),
    ) -> None:
        super().__init__(field, Qt.WindowType.Popup)
        self.setObjectName("popup")
        limits = (max(earliest or YEARS[0], YEARS[0]), min(latest or YEARS[1], YEARS[1]))
        self.days = _Days(_Month(day.replace(day=1), today, limits, closures), day)
        self._month = label("", "strong", wrap=False)
        self.before = Button("", "quiet", "chevron-left", small=True, name=_("Month before"), clicked=self._turn_back)
        self.after = Button("", "quiet", "chevron-right", small=True, name=_("Month after"), clicked=self._turn)
        self.now = Button(_("Today"), "quiet", small=True, clicked=self._to_today)
        head = row(self.before, STRETCH, self._month, STRETCH, self.after, gap=0)
        legend = [label(_("Hatched: closed"), "small", "muted", wrap=False)] if closures else []
        foot = row(self.now, STRETCH, *legend, KeyCap("Esc"), gap=theme.S)
        self.setLayout(column(head, self.days, foot, gap=theme.XS, edge=(14, 10, 14, 10)))
        self.days.chosen_changed.connect(self._chosen)
        self.days.picked.connect(self.picked)
        self._chosen()

    def open_under(self, field: QWidget) -> None:
        """Show it under the field, or above where there is no room below."""
        self.adjustSize()
        below = field.mapToGlobal(QPoint(0, field.height() + theme.XS))
        screen = field.screen().availableGeometry() if field.screen() else QRect(below, self.size())
        top = below.y()
        if top + self.height() > screen.bottom():
            top = max(screen.top(), below.y() - field.height() - 2 * theme.XS - self.height())
        self.move(min(max(below.x(), screen.left()), max(screen.left(), screen.right() - self.width())), top)
        self.show()
        self.days.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and F4 close it."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F4):
            self.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever opened it lets it go."""
        super().hideEvent(event)
        self.closed.emit()

    def _chosen(self) -> None:
        self._month.setText(month_words(self.days.month.month))

    def _turn_back(self) -> None:
        self.days.turn(-1)

    def _turn(self) -> None:
        self.days.turn(1)

    def _to_today(self) -> None:
        self.days.choose(self.days.month.today)
        self.days.setFocus()


def month_words(day: date) -> str:
    """As in “January 2027”."""
    return f"{month_name(day)} {day.year}"
