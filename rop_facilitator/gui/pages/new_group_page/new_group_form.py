"""The left column: everything that a new group needs, with faults under their fields."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rop_facilitator.gui.pages.new_group_page.course_cards import CourseChoice
from rop_facilitator.gui.runtime.jobs import Jobs
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.choices import Tick
from rop_facilitator.gui.widgets.inputs.closures_field import ClosedDays
from rop_facilitator.gui.widgets.inputs.date_fields import DateField, TimeField
from rop_facilitator.gui.widgets.inputs.length_field import LengthField
from rop_facilitator.gui.widgets.inputs.paper_name_field import PaperNameField
from rop_facilitator.gui.widgets.inputs.text_fields import LabelledField, TextArea, field, field_row, text_field
from rop_facilitator.gui.widgets.inputs.weekday_toggles import DayToggles
from rop_facilitator.gui.widgets.layout.boxes import card, clear, column, flow, label, line, panel, tops
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.planning.closed_days import effect_words, merge_closures
from rop_facilitator.planning.date_words import Lean, written_date
from rop_facilitator.records.group.group_draft import DraftResult, GroupDraft, TakenOffer

if TYPE_CHECKING:
    from rop_facilitator.curriculum.model import Library
    from rop_facilitator.planning.calendar import Closure
    from rop_facilitator.planning.course_fit import Offer

_USUAL = 90
_BEGINS = time(13)
_DATE_WIDE, _TIME_WIDE = 180, 120  # pixels at 100 %


class NewGroupForm(QWidget):
    """It holds what is typed; what it comes to is decided elsewhere and shown here."""

    changed = Signal()

    def __init__(self, library: Library, jobs: Jobs, *, today: date) -> None:
        super().__init__()
        self._known: frozenset[str] = frozenset()
        self._refused: frozenset[str] = frozenset()
        self._suggested: tuple[Closure, ...] = ()
        self._own: tuple[Closure, ...] = ()
        self._meetings: tuple[date, ...] = ()
        self._taken: tuple[TakenOffer, ...] = ()
        self.closed = ClosedDays(jobs, lambda: today)
        self.courses = CourseChoice(library)
        self.leaders: dict[str, Tick] = {}
        self._make_controls(today)
        self._make_fields()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.L)
        parts = (self.fields["name"], self.courses, line(), *self._when(), line(), self._who(), self.on_paper)
        for part in (card(*parts, gap=theme.M, edge=(theme.XL, theme.L, theme.XL, theme.L)), self.closed):
            whole.addWidget(part)
        whole.addStretch(1)
        self._connect()

    def _make_controls(self, today: date) -> None:
        self._today = today
        first = today + timedelta(days=(1 - today.weekday()) % 7 or 7)  # the next Tuesday, never today
        self.name = text_field(placeholder=_("For example the Tuesday group"))
        self.on_paper = PaperNameField()
        self.days = DayToggles((first.weekday(),))
        self.start = TimeField(_BEGINS)
        self.lasts = LengthField(_USUAL)
        self.place = text_field(placeholder=_("Room and address"))
        self.first = DateField(first, today=today)
        self.last = DateField(
            None, today=today, lean=Lean.AFTER, earliest=first, optional=True, placeholder=_("Can be empty")
        )
        self.first.wide = self.last.wide = _DATE_WIDE
        self.start.wide = _TIME_WIDE
        self.people = TextArea("", _("One name a line"), lines=6)

    def _make_fields(self) -> None:
        people = _("One name a line: a first name or what the person wants to be called. You can paste a list.")
        self.fields: dict[str, LabelledField] = {
            "name": field(_("Name of the group"), self.name),
            "name_on_paper": self.on_paper.field,
            "weekdays": field(_("Weekdays"), self.days),
            "start": field(_("Starts at"), self.start),
            "minutes": field(_("Lasts, in minutes"), self.lasts),
            "place": field(_("Place"), self.place),
            "first": field(_("First meeting"), self.first),
            "last": field(_("Ends no later than"), self.last),
            "people": field(_("Who is in it"), self.people, people),
        }

    def _when(self) -> tuple[QWidget, ...]:
        last_and_place = tops(self.fields["last"], self.fields["place"], gap=theme.L)
        last_and_place.setStretch(1, 1)
        return (
            panel(field_row(self.fields["weekdays"], self.fields["start"])),
            panel(field_row(self.fields["minutes"], self.fields["first"])),
            panel(last_and_place),
        )

    def _who(self) -> QWidget:
        self.counted = label("", "small", "muted")
        self._hidden = label("", "body", "muted")
        for words in (self.counted, self._hidden):
            words.hide()
        self._ticks = flow(gap=theme.L)
        leaders = column(
            label(_("Leaders"), "caption"),
            self._ticks,
            label(_("You can add more later."), "small", "muted"),
            gap=theme.XS,
        )
        return panel(column(self.fields["people"], self.counted, self._hidden, theme.S, leaders, gap=theme.XS))

    def _connect(self) -> None:
        for written in (self.name, self.on_paper.name, self.place):
            written.textChanged.connect(self._edited)
        self.first.changed.connect(self._first_changed)
        for typed in (self.last, self.start, self.lasts):
            typed.changed.connect(self._edited)
        self.people.textChanged.connect(self._edited)
        self.closed.added.connect(self._closures_added)
        self.closed.ticked.connect(self._closure_ticked)
        self.courses.changed.connect(self._edited)
        self.days.changed.connect(self._edited)

    # -- what is typed

    def wishes(self) -> GroupDraft:
        """The form as it is filled in."""
        faults = {"start": self.start.fault(), "minutes": self.lasts.fault()}
        return GroupDraft(
            name=self.name.text(),
            curricula=self.courses.chosen(),
            weekdays=self.days.chosen(),
            start=self.start.value(),
            minutes=self.lasts.value(),
            place=self.place.text(),
            first=self.first.text(),
            last=self.last.text(),
            refused=self._refused,
            closures=self._own,
            people=self.people.toPlainText(),
            leaders=tuple(name for name, tick in self.leaders.items() if tick.isChecked()),
            name_on_paper=self.on_paper.name.text(),
            taken=self._taken,
            misread={name: fault for name, fault in faults.items() if fault},
        )

    def fill(self, wishes: GroupDraft) -> None:
        """Fill in what was typed before."""
        self._refused, self._taken, self._own = wishes.refused, wishes.taken, wishes.closures
        self.name.setText(wishes.name)
        self.on_paper.name.setText(wishes.name_on_paper)
        self.courses.choose(wishes.curricula)
        self.days.choose(wishes.weekdays)
        self.start.set_value(wishes.start)
        self.lasts.set_value(wishes.minutes)
        self.place.setText(wishes.place)
        self.first.setText(wishes.first)
        self.last.setText(wishes.last)
        self.people.setPlainText(wishes.people)
        for name, tick in self.leaders.items():
            tick.setChecked(name in wishes.leaders)

    def take(self, offer: Offer) -> None:
        """Take an offer into what is wanted; another last date stands in its field."""
        weekday = offer.plan.calendar.extra[-1].weekday if offer.kind == "twice" else None
        self._taken = (*self._taken, TakenOffer(offer.kind, offer.title, weekday, self.last.text()))
        if offer.kind == "extend" and offer.plan.calendar.until is not None:
            self.last.setText(written_date(offer.plan.calendar.until))
        self.changed.emit()

    def give_back(self, taken: TakenOffer) -> None:
        """Take an offer out again."""
        self._taken = tuple(offer for offer in self._taken if offer is not taken)
        if taken.kind == "extend":
            self.last.setText(taken.before)
        self.changed.emit()

    def _edited(self, *_value: object) -> None:
        self.changed.emit()

    def _first_changed(self) -> None:
        self.last.set_limits(today=self._today, earliest=self.first.value())
        self.changed.emit()

    # -- what it comes to

    def show_outcome(self, outcome: DraftResult) -> None:
        """Put faults under their fields, and the closures of the period in their list."""
        for name, labelled in self.fields.items():
            if labelled.fault() != outcome.faults.get(name, ""):
                labelled.show_fault(outcome.faults.get(name, ""))
        self._meetings = tuple(meeting.on for meeting in outcome.plan.meetings) if outcome.plan is not None else ()
        if outcome.plan is not None:
            self._suggested = outcome.suggested
        self.on_paper.show_usual(outcome.usual_name, outcome.doubt)
        self._show_closures()
        self._count_people(outcome.names)

    def show_leaders(self, leaders: Sequence[str], own: str) -> None:
        """Who can lead the group; `own`, the leader at the window, does unless it is ticked off."""
        if tuple(leaders) == tuple(self.leaders):
            return
        ticked = {name: tick.isChecked() for name, tick in self.leaders.items()}
        clear(self._ticks)
        self.leaders = {name: Tick(name, on=ticked.get(name, name == own)) for name in leaders}
        for tick in self.leaders.values():
            self._ticks.add(tick)

    def show_known(self, names: Collection[str]) -> None:
        """Who is in a group already: said below the names, for it may be another person of that name."""
        self._known = frozenset(name.casefold() for name in names)

    def _count_people(self, names: Sequence[str]) -> None:
        words = ngettext("{n} person.", "{n} people.", len(names)).format(n=len(names)) if names else ""
        known = [name for name in names if name.casefold() in self._known]
        if known:
            words += " " + _("In another group already: {names}.").format(names=", ".join(known))
        self.counted.setText(words)
        self.counted.setVisible(bool(words) and not self.fields["people"].isHidden())

    def hide_names(self, hidden: bool) -> None:
        """Take the names off the screen; they stay in the form."""
        count = sum(bool(row.strip()) for row in self.people.toPlainText().splitlines())
        words = ngettext("{n} name is hidden. F9 shows it.", "{n} names are hidden. F9 shows them.", count)
        self._hidden.setText(words.format(n=count))
        self._hidden.setVisible(hidden)
        self.fields["people"].setVisible(not hidden)
        self.counted.setVisible(not hidden and bool(self.counted.text()))

    # -- closed days

    def _show_closures(self) -> None:
        """What is closed, ticked, and what the leader has ticked off."""
        listed = (*self._suggested, *(closure for closure in self._own if closure not in self._suggested))
        closed = [closure for closure in listed if str(closure) not in self._refused]
        others = [closure for closure in listed if str(closure) in self._refused]
        self.closed.show_closures(closed, others, effect=self._effect)
        self.first.show_closures(closed)

    def _effect(self, closures: Sequence[Closure]) -> str:
        return effect_words(closures, self._meetings, today=self._today)

    def _closures_added(self, closures: tuple[Closure, ...]) -> None:
        self._own = merge_closures(self._own, closures, today=self._today).closures
        self._refused -= {str(closure) for closure in closures}
        self._show_closures()
        self.changed.emit()

    def _closure_ticked(self, closure: Closure, on: bool) -> None:
        self._refused = self._refused - {str(closure)} if on else self._refused | {str(closure)}
        self.changed.emit()
