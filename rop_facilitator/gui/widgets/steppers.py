"""Fields that go up and down in steps: a number, a date, a time."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, Qt, QTime
from PySide6.QtGui import QPaintEvent, QTextCharFormat, QWheelEvent
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QSpinBox, QTimeEdit

from rop_facilitator.gui import theme
from rop_facilitator.gui.widgets.fields import draw_chevron, turn_with_focus
from rop_facilitator.i18n import language


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


class DateField(QDateEdit):
    """A date, typed or picked from a calendar that begins on Monday and shows ISO weeks."""

    def __init__(self, value: QDate) -> None:
        super().__init__(value)
        place = QLocale(language())
        self.setLocale(place)
        self.setDisplayFormat("d. MMMM yyyy" if language() == "nb" else "d MMMM yyyy")
        self.setCalendarPopup(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        calendar = self.calendarWidget()
        calendar.setLocale(place)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, QTextCharFormat())  # Qt would write them in red
        calendar.setMinimumWidth(theme.px(380))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only with focus: else a page that scrolls would change what it scrolls over."""
        turn_with_focus(self, event, super().wheelEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field and its chevron."""
        super().paintEvent(event)
        draw_chevron(self)


class TimeField(QTimeEdit):
    """A time of the day, written as in Norway: 09.00."""

    def __init__(self, value: QTime) -> None:
        super().__init__(value)
        self.setDisplayFormat("HH.mm")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(theme.M - 2, 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only with focus: else a page that scrolls would change what it scrolls over."""
        turn_with_focus(self, event, super().wheelEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field and its two chevrons."""
        super().paintEvent(event)
        draw_chevron(self, up=True, middle=0.3, side=14)
        draw_chevron(self, middle=0.7, side=14)
