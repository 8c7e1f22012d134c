"""Fields for a day, for days, for a time and for a length: typed as one says it, read by `planning.date_words`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.calendar_popup import CalendarCard
from rop_facilitator.gui.widgets.inputs.text_fields import TypedField
from rop_facilitator.i18n import _, clock
from rop_facilitator.planning.calendar import Closure
from rop_facilitator.planning.date_words import Lean, TypedDays, parse_day, parse_days, written_date
from rop_facilitator.planning.partial_dates import YEARS
from rop_facilitator.planning.time_words import LONGEST, SHORTEST, parse_minutes, parse_time

_TIME_STEP = 15  # minutes, by arrow key
_LENGTH_STEP = 5
_UP_DOWN = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class _Stepped(TypedField):
    """Goes up and down by arrow keys, and is as wide as told."""

    wide = 160  # pixels at 100 %

    def stepped(self, step: int) -> object:
        """The value one step (1 or -1) on."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down are a step."""
        step = _UP_DOWN.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or self.current() is None:
            super().keyPressEvent(event)
            return
        self.setText(self.written(self.stepped(step)))
        self.selectAll()

    def sizeHint(self) -> QSize:
        """Wide enough for what is typed."""
        return QSize(theme.px(self.wide), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Not much narrower."""
        return QSize(theme.px(self.wide * 0.75), super().minimumSizeHint().height())


class DateField(_Stepped):
    """A day: 12.1.27, 12. jan, tirsdag, uke 8, +7. The calendar opens from its button, with F4 or Alt and the arrow."""

    wide = 200

    def __init__(
        self,
        value: date | None,
        *,
        today: date,
        lean: Lean = Lean.AHEAD,
        earliest: date | None = None,
        latest: date | None = None,
        optional: bool = False,
        placeholder: str = "",
    ) -> None:
        """`lean` is where a day without a year lies; `earliest` and `latest` are the days that the field may hold."""
        self._today, self._lean, self._earliest, self._latest = today, lean, earliest, latest
        self._closures: tuple[Closure, ...] = ()
        self._card: CalendarCard | None = None
        super().__init__(value, optional=optional, placeholder=placeholder)
        self.button = Button("", "quiet", "calendar", "F4", small=True, name=_("Open the calendar"))
        self.button.setParent(self)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # F4 is the way for the keyboard
        self.button.clicked.connect(self.open_calendar)
        self._make_room()

    def value(self) -> date | None:
        """The last valid day; None where the field is empty and may be."""
        return cast("date | None", self.current())

    def set_limits(self, *, today: date, earliest: date | None = None, latest: date | None = None) -> None:
        """Another today, other days that the field may hold; what is typed is read again."""
        self._today, self._earliest, self._latest = today, earliest, latest
        self.read_again()

    def show_closures(self, closures: Sequence[Closure]) -> None:
        """Hatch these days in the calendar."""
        self._closures = tuple(closures)

    def read(self, text: str) -> tuple[object, str]:
        """A day and its words. Raises UserError."""
        typed = parse_day(text, self._today, lean=self._lean, earliest=self._earliest, latest=self._latest)
        return typed.day, typed.words

    def written(self, value: object) -> str:
        """As in 1.12.2026."""
        return written_date(cast("date", value))

    def stepped(self, step: int) -> date:
        """The day after or before, within what the field may hold."""
        day = min(max(cast("date", self.current()), YEARS[0] + timedelta(days=1)), YEARS[1] - timedelta(days=1))
        day += timedelta(days=step)
        return min(max(day, self._earliest or day), self._latest or day)

    def open_calendar(self) -> None:
        """Open the calendar at the day that stands in the field."""
        if self._card is not None or not self.isEnabled() or self.isReadOnly():
            return
        limits = {"earliest": self._earliest, "latest": self._latest}
        day = self.value() or self._today
        self._card = CalendarCard(self, day, today=self._today, closures=self._closures, **limits)
        self._card.picked.connect(self._picked)
        self._card.closed.connect(self._closed)
        self._card.open_under(self)

    def _picked(self, day: date) -> None:
        self.setText(written_date(day))
        self.close_calendar()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.take()

    def close_calendar(self) -> None:
        """Take the calendar away if it is open."""
        if self._card is not None:
            self._card.close()

    def _closed(self) -> None:
        if self._card is not None:
            self._card.deleteLater()
            self._card = None

    def calendar(self) -> CalendarCard | None:
        """The calendar while it is open."""
        return self._card

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F4 or Alt and the down arrow open the calendar."""
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_F4 or alt_down:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """A page that goes, or a lock that comes, takes the calendar along."""
        self.close_calendar()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button stands at the right edge."""
        super().resizeEvent(event)
        side = self.button.sizeHint()
        self.button.resize(side)
        self.button.move(self.width() - side.width() - 3, (self.height() - side.height()) // 2)

    def _make_room(self) -> None:
        self.setTextMargins(0, 0, theme.control_height(small=True) - theme.S, 0)


class DaysField(TypedField):
    """Days as one says them: uke 8, 20.12–2.1, 17. mai, fredager i juni, with a name beside them if there is one."""

    def __init__(
        self, *, today: date, earliest: date | None = None, latest: date | None = None, placeholder: str = ""
    ) -> None:
        self._today, self._earliest, self._latest = today, earliest, latest
        super().__init__(None, optional=True, placeholder=placeholder)

    def value(self) -> TypedDays | None:
        """The days and their name; None while the field is empty."""
        return cast("TypedDays | None", self.current())

    def set_limits(self, *, today: date, earliest: date | None = None, latest: date | None = None) -> None:
        """Another today, other days that the field may hold; what is typed is read again."""
        self._today, self._earliest, self._latest = today, earliest, latest
        self.read_again()

    def read(self, text: str) -> tuple[object, str]:
        """Days, their name and their words. Raises UserError."""
        days = parse_days(text, self._today, earliest=self._earliest, latest=self._latest, named=True)
        return days, f"{days.name}: {days.words}" if days.name else days.words

    def written(self, value: object) -> str:
        """As it was typed: a span is not written anew under the leader's fingers."""
        return self.text() or cast("TypedDays", value).words


class TimeField(_Stepped):
    """A time of the day: 1730, 17.30, 9, kl 9."""

    def __init__(self, value: time) -> None:
        super().__init__(value)

    def value(self) -> time:
        """The last valid time."""
        return cast("time", self.current())

    def read(self, text: str) -> tuple[object, str]:
        """A time and its words. Raises UserError."""
        typed = parse_time(text)
        return typed.at, typed.words

    def written(self, value: object) -> str:
        """As in 13:00; in bokmål 13.00."""
        return clock(cast("time", value))

    def stepped(self, step: int) -> time:
        """The next quarter of an hour, within the day."""
        at = self.value()
        minutes = (at.hour * 60 + at.minute) // _TIME_STEP * _TIME_STEP + step * _TIME_STEP
        if step < 0 and at.minute % _TIME_STEP:
            minutes += _TIME_STEP
        minutes = min(max(minutes, 0), 24 * 60 - _TIME_STEP)
        return (datetime(2000, 1, 1) + timedelta(minutes=minutes)).time()


class MinutesField(_Stepped):
    """A length: 90, 1 t 30, 1,5 t."""

    def __init__(self, value: int, *, shortest: int = SHORTEST, longest: int = LONGEST) -> None:
        """`value` and its limits are whole minutes."""
        self._limits = (shortest, longest)
        super().__init__(value)

    def value(self) -> int:
        """The last valid length, in minutes."""
        return cast("int", self.current())

    def read(self, text: str) -> tuple[object, str]:
        """A length and its words. Raises UserError."""
        typed = parse_minutes(text, shortest=self._limits[0], longest=self._limits[1])
        return typed.minutes, typed.words

    def written(self, value: object) -> str:
        """As in “90 min”."""
        return _("{minutes} min").format(minutes=value)

    def stepped(self, step: int) -> int:
        """Five minutes on, within the limits."""
        return min(max(self.value() + step * _LENGTH_STEP, self._limits[0]), self._limits[1])
