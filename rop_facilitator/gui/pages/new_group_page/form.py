"""The left column: everything that a new group needs, with faults under their fields."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rop_facilitator.gui import theme
from rop_facilitator.gui.jobs import Jobs
from rop_facilitator.gui.pages.new_group_page.wishes import Outcome, TakenOffer, Wishes
from rop_facilitator.gui.widgets.choices import Segments, Tick
from rop_facilitator.gui.widgets.closed_days import ClosedDays
from rop_facilitator.gui.widgets.date_field import DateField, MinutesField, TimeField
from rop_facilitator.gui.widgets.day_toggles import DayToggles
from rop_facilitator.gui.widgets.fields import Field, TextArea, field, text_field
from rop_facilitator.gui.widgets.layout import STRETCH, Item, Label, card, column, label, row
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.planning.closed_days import effect_words, merge_closures
from rop_facilitator.planning.date_words import written_date

if TYPE_CHECKING:
    from rop_facilitator.curriculum.model import Curriculum, Library
    from rop_facilitator.planning.calendar import Closure
    from rop_facilitator.planning.fit import Offer

MINUTES = (60, 75, 90, 120)
_USUAL = 90
_BEGINS = time(13)


class GroupForm(QWidget):
    """It holds what is typed; what it comes to is decided elsewhere and shown here."""

    changed = Signal()

    def __init__(self, library: Library, jobs: Jobs, *, today: date) -> None:
        super().__init__()
        self._library = library
        self._order: list[str] = []
        self._refused: frozenset[str] = frozenset()
        self._suggested: tuple[Closure, ...] = ()
        self._own: tuple[Closure, ...] = ()
        self._meetings: tuple[date, ...] = ()
        self._taken: tuple[TakenOffer, ...] = ()
        self.closed = ClosedDays(jobs, lambda: today)
        self._make_controls(today)
        self._make_fields()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.L)
        for part in (self._what(), self._when(), self.closed, self._who()):
            whole.addWidget(part)
        self._connect()

    def _make_controls(self, today: date) -> None:
        self._today = today
        first = today + timedelta(days=(1 - today.weekday()) % 7 or 7)
        self.name = text_field(placeholder=_("For example the Tuesday group"))
        self.curricula = {one.id: Tick("") for one in self._library}
        self.days = DayToggles((first.weekday(),))
        self.start = TimeField(_BEGINS)
        names = [*(str(n) for n in MINUTES), _("Other")]
        self.lasts = Segments(names, MINUTES.index(_USUAL), name=_("Lasts, in minutes"))
        self.minutes = MinutesField(_USUAL)
        self.place = text_field(placeholder=_("Room and address"))
        self.first = DateField(first, today=today)
        self.last = DateField(None, today=today, earliest=first, optional=True, placeholder=_("Can be empty"))
        self.people = TextArea("", _("One name a line"), lines=9)

    def _make_fields(self) -> None:
        lasts = QWidget()
        inner = QVBoxLayout(lasts)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.S)
        self.minutes_field = field(_("Minutes"), self.minutes)
        self.minutes_field.hide()
        for part in (self.lasts, self.minutes_field):
            inner.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        people = _("One name a line: a first name or what the person wants to be called. You can paste a list.")
        self.fields: dict[str, Field] = {
            "name": field(_("Name of the group"), self.name),
            "weekdays": field(_("Weekdays"), self.days),
            "start": field(_("Starts at"), self.start),
            "minutes": field(_("Lasts, in minutes"), lasts),
            "place": field(_("Place"), self.place),
            "first": field(_("First date"), self.first),
            "last": field(_("Ends no later than"), self.last),
            "people": field(_("Participants"), self.people, people),
        }

    def _what(self) -> QWidget:
        self._following = label("", "small", "muted")
        self._following.hide()
        rows: list[Item] = [_curriculum_row(one, self.curricula[one.id]) for one in self._library]
        return card(
            self.fields["name"],
            theme.S,
            label(_("Curriculum"), "caption"),
            column(*rows, gap=theme.M),
            self._following,
            gap=theme.S,
        )

    def _when(self) -> QWidget:
        dates = QHBoxLayout()
        dates.setSpacing(theme.L)
        for one in ("first", "last"):
            dates.addWidget(self.fields[one], 1)
        return card(
            self.fields["weekdays"],
            row(self.fields["start"], STRETCH),
            self.fields["minutes"],
            self.fields["place"],
            dates,
            gap=theme.L,
        )

    def _who(self) -> QWidget:
        self._hidden = label("", "body", "muted")
        self._hidden.hide()
        return card(self.fields["people"], self._hidden)

    def _connect(self) -> None:
        for line in (self.name, self.place):
            line.textChanged.connect(self._edited)
        self.first.changed.connect(self._first_changed)
        for typed in (self.last, self.start, self.minutes):
            typed.changed.connect(self._edited)
        self.people.textChanged.connect(self._edited)
        self.closed.added.connect(self._closures_added)
        self.closed.ticked.connect(self._closure_ticked)
        for tick in self.curricula.values():
            tick.toggled.connect(self._curriculum_toggled)
        self.days.changed.connect(self._edited)
        self.lasts.chosen.connect(self._length_chosen)

    # -- what is typed

    def wishes(self) -> Wishes:
        """The form as it is filled in."""
        length = self.lasts.current()
        typed = {"start": self.start, **({"minutes": self.minutes} if length == len(MINUTES) else {})}
        return Wishes(
            name=self.name.text(),
            curricula=tuple(self._order),
            weekdays=self.days.chosen(),
            start=self.start.value(),
            minutes=MINUTES[length] if length < len(MINUTES) else self.minutes.value(),
            place=self.place.text(),
            first=self.first.text(),
            last=self.last.text(),
            refused=self._refused,
            closures=self._own,
            people=self.people.toPlainText(),
            taken=self._taken,
            misread={name: control.fault() for name, control in typed.items() if control.fault()},
        )

    def fill(self, wishes: Wishes) -> None:
        """Fill in what was typed before."""
        self._refused, self._taken, self._own = wishes.refused, wishes.taken, wishes.closures
        self.name.setText(wishes.name)
        for one in wishes.curricula:
            if one in self.curricula:
                self.curricula[one].setChecked(True)
        self.days.choose(wishes.weekdays)
        self.start.set_value(wishes.start)
        self.minutes.set_value(wishes.minutes)
        self.lasts.choose(MINUTES.index(wishes.minutes) if wishes.minutes in MINUTES else len(MINUTES))
        self.place.setText(wishes.place)
        self.first.setText(wishes.first)
        self.last.setText(wishes.last)
        self.people.setPlainText(wishes.people)

    def take(self, offer: Offer) -> None:
        """Take an offer into what is wanted; another last date stands in its field."""
        weekday = offer.plan.calendar.extra[-1].weekday if offer.kind == "twice" else None
        self._taken = (*self._taken, TakenOffer(offer.kind, offer.title, weekday, self.last.text()))
        if offer.kind == "extend" and offer.plan.calendar.until is not None:
            self.last.setText(written_date(offer.plan.calendar.until))
        self.changed.emit()

    def give_back(self, taken: TakenOffer) -> None:
        """Take an offer out again."""
        self._taken = tuple(one for one in self._taken if one is not taken)
        if taken.kind == "extend":
            self.last.setText(taken.before)
        self.changed.emit()

    def _edited(self, *_value: object) -> None:
        self.changed.emit()

    def _first_changed(self) -> None:
        self.last.set_limits(today=self._today, earliest=self.first.value())
        self.changed.emit()

    def _length_chosen(self, index: int) -> None:
        self.minutes_field.setVisible(index == len(MINUTES))
        self.changed.emit()

    def _curriculum_toggled(self, _on: bool) -> None:
        on = [one for one, tick in self.curricula.items() if tick.isChecked()]
        self._order = [one for one in self._order if one in on] + [one for one in on if one not in self._order]
        titles = [self._library.curricula[one].title for one in self._order]
        self._following.setVisible(len(titles) > 1)
        self._following.setText(_("They follow one another: {titles}.").format(titles=_(", then ").join(titles)))
        self.changed.emit()

    # -- what it comes to

    def show_outcome(self, outcome: Outcome) -> None:
        """Put faults under their fields, and the closures of the period in their list."""
        for name, one in self.fields.items():
            if one.fault() != outcome.faults.get(name, ""):
                one.show_fault(outcome.faults.get(name, ""))
        self._meetings = tuple(meeting.on for meeting in outcome.plan.meetings) if outcome.plan is not None else ()
        if outcome.plan is not None:
            self._suggested = outcome.suggested
        self._show_closures()

    def hide_names(self, hidden: bool) -> None:
        """Take the names off the screen; they stay in the form."""
        count = sum(bool(row.strip()) for row in self.people.toPlainText().splitlines())
        words = ngettext("{n} name is hidden. F9 shows it.", "{n} names are hidden. F9 shows them.", count)
        self._hidden.setText(words.format(n=count))
        self._hidden.setVisible(hidden)
        self.fields["people"].setVisible(not hidden)

    # -- closed days

    def _show_closures(self) -> None:
        """What is closed, ticked, and what the leader has ticked off."""
        listed = (*self._suggested, *(one for one in self._own if one not in self._suggested))
        closed = [one for one in listed if str(one) not in self._refused]
        others = [one for one in listed if str(one) in self._refused]
        self.closed.show_closures(closed, others, effect=self._effect)

    def _effect(self, closures: Sequence[Closure]) -> str:
        return effect_words(closures, self._meetings, today=self._today)

    def _closures_added(self, closures: tuple[Closure, ...]) -> None:
        self._own = merge_closures(self._own, closures, today=self._today).closures
        self._refused -= {str(one) for one in closures}
        self._show_closures()
        self.changed.emit()

    def _closure_ticked(self, closure: Closure, on: bool) -> None:
        self._refused = self._refused - {str(closure)} if on else self._refused | {str(closure)}
        self.changed.emit()


class _Title(Label):
    """The words of a tick box on several lines where room is short; a click on them ticks."""

    def __init__(self, text: str, tick: Tick) -> None:
        super().__init__(text)
        self._tick = tick
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "body")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The same as a click on the box."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._tick.click()


def _curriculum_row(one: Curriculum, tick: Tick) -> QHBoxLayout:
    """The tick with its title, and counts and origin in muted lines below."""
    ready = sum(not session.is_outline for session in one.sessions)
    count = ngettext("{n} session", "{n} sessions", len(one.sessions)).format(n=len(one.sessions))
    written = ngettext("{n} fully written", "{n} fully written", ready).format(n=ready)
    tick.setAccessibleName(one.title)
    tick.setAccessibleDescription(f"{count}, {written}. {one.origin_note}")
    counts = label(f"{count}, {written}", "small", "muted")
    origin = label(" ".join(one.origin_note.split()), "small", "muted", elide=True)
    words = column(_Title(one.title, tick), counts, origin, gap=2, edge=(0, theme.px(4), 0, 0))
    made = QHBoxLayout()
    made.setSpacing(0)
    made.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
    made.addLayout(words, 1)
    return made
