"""The left column: what can be changed. Name, names shown and leaders at once, the rest after the effect was shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from types import EllipsisType

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rop_facilitator.clean_text import clean_text
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.choices import Segments, Tick
from rop_facilitator.gui.widgets.inputs.date_fields import DateField, TimeField
from rop_facilitator.gui.widgets.inputs.length_field import LengthField
from rop_facilitator.gui.widgets.inputs.paper_name_field import PaperNameField
from rop_facilitator.gui.widgets.inputs.text_fields import LabelledField, TextField, TypedField, field, field_row
from rop_facilitator.gui.widgets.inputs.weekday_toggles import DayToggles
from rop_facilitator.gui.widgets.layout.boxes import clear, column, flow, label, panel, row
from rop_facilitator.i18n import _, long_date, on_weekdays
from rop_facilitator.planning.calendar import MeetingPattern
from rop_facilitator.records.calendar.group_calendar import pattern_of, patterns_of
from rop_facilitator.records.group.group_changes import GroupChange, usual_first
from rop_facilitator.records.group.group_effect import hours_of
from rop_facilitator.records.models import Group, NamesShown

_DATE_WIDE = 180  # pixels at 100 %: two of them side by side
_NAMES = tuple(NamesShown)


class GroupFactsForm(QWidget):
    """It holds what is typed; what it comes to is decided elsewhere."""

    at_once = Signal(object)  # GroupChange: of name, name on paper, leaders or names shown
    plan_touched = Signal()

    def __init__(self, group: Group, *, today: date) -> None:
        super().__init__()
        self._today = today
        self._group = group
        self._filling = True  # the fields send signals then too, and nobody has touched them
        first = max(usual_first(group, today), group.first_date)
        self._base = pattern_of(group, first)
        self._make_controls(group, first)
        self._lay_out()
        self._connect()
        self.show_group(group, ())

    def _make_controls(self, group: Group, first: date) -> None:
        self.name = TextField(group.name)
        self.on_paper = PaperNameField(group.name_on_paper)
        self.days = DayToggles(tuple(self._base.weekdays))
        self.start = TimeField(self._base.start)
        self.lasts = LengthField(self._base.minutes)
        self.place = TextField(self._base.place, _("Room and address"))
        self.first = DateField(first, today=self._today, earliest=self._today)
        self.until = DateField(
            group.until, today=self._today, earliest=group.first_date, optional=True, placeholder=_("No end date")
        )
        self.first.wide = self.until.wide = _DATE_WIDE
        shown = (_("First name"), _("Alias"), _("Number"))
        self.names = Segments(shown, _NAMES.index(group.names_shown), name=_("Names on screen and paper"))
        self._known: tuple[str, ...] = ()  # the leaders who can be ticked
        self.leaders: list[Tick] = []
        self.new_leader = TextField("", _("New leader"))
        self.new_leader.setAccessibleName(_("New leader"))
        self.new_leader.setFixedWidth(theme.px(180))

    def _lay_out(self) -> None:
        self._patterns = label("", "small", "muted")
        self._ticks = flow(gap=theme.L)
        self.fields: dict[str, LabelledField] = {
            "name": field(_("Name"), self.name),
            "days": field(_("Day"), self.days),
            "start": field(_("Starts at"), self.start),
            "lasts": field(_("Lasts, in minutes"), self.lasts),
            "place": field(_("Place"), self.place),
            "first": field(_("Applies from"), self.first),
            "until": field(_("Ends by"), self.until),
            "names": field(_("Names on screen and paper"), self.names),
        }
        whole = column(
            self.fields["name"],
            self.on_paper,
            self.fields["days"],
            row(self.fields["start"], "stretch"),
            self.fields["lasts"],
            self.fields["place"],
            field_row(self.fields["first"], self.fields["until"]),
            self._patterns,
            self.fields["names"],
            column(label(_("Leaders"), "caption"), panel(self._ticks), self.new_leader, gap=theme.XS),
            gap=theme.L,
        )
        self.setLayout(whole)

    def _connect(self) -> None:
        self.name.editingFinished.connect(self._name_written)
        self.on_paper.name.editingFinished.connect(self._paper_name_written)
        self.names.chosen.connect(self._names_chosen)
        self.new_leader.returnPressed.connect(self._leader_written)
        self.days.changed.connect(self._touched)
        self.place.textChanged.connect(self._touched)
        for typed in (self.start, self.lasts, self.until):
            typed.changed.connect(self._touched)
        self.first.changed.connect(self._first_changed)

    # -- shown

    def show_group(self, group: Group, leaders: Sequence[str]) -> None:
        """Show a group as it is now; `leaders` are those of the records, who can be ticked. What waits stays."""
        self._filling = True
        if clean_text(self.name.text()) == self._group.name:
            self.name.setText(group.name)  # else a name waits that could not be
        self.on_paper.name.setText(group.name_on_paper)
        self.names.show_chosen(_NAMES.index(group.names_shown))
        if not _is_typed(self.until, self._group.until):
            self.until.set_value(group.until)
        self._group = group
        self._show_pattern(pattern_of(group, self.first.value() or self._today))
        self._show_leaders(group, leaders)
        later = [pattern for pattern in patterns_of(group) if pattern.first > self._today]
        self._patterns.setText("\n".join(_later_words(pattern.first, pattern.pattern) for pattern in later))
        self._patterns.setVisible(bool(later))
        self._filling = False

    def drop(self) -> None:
        """Show day, time, length, place and end as they are in the group: what waited is not wanted any more."""
        self._filling = True
        self.days.choose(self._base.weekdays)
        self.start.set_value(self._base.start)
        self.lasts.set_value(self._base.minutes)
        self.place.setText(self._base.place)
        self.until.set_value(self._group.until)
        self._filling = False

    def fill(self, change: GroupChange) -> None:
        """Fill in a change of the plan that waited; what it leaves as it is stays as it is in the group."""
        self.first.set_value(change.first)  # first of all: with it the fields show the pattern of that day
        self._filling = True
        if change.weekdays is not None:
            self.days.choose(change.weekdays)
        if change.start is not None:
            self.start.set_value(change.start)
        if change.minutes is not None:
            self.lasts.set_value(change.minutes)
        if change.place is not None:
            self.place.setText(change.place)
        if change.until is not ...:
            self.until.set_value(change.until)
        self._filling = False

    def _show_pattern(self, pattern: MeetingPattern) -> None:
        """A field that the leader has changed keeps what stands there."""
        base, self._base = self._base, pattern
        if self.days.chosen() == tuple(sorted(base.weekdays)):
            self.days.choose(pattern.weekdays)
        if not _is_typed(self.start, base.start):
            self.start.set_value(pattern.start)
        if self.lasts.value() == base.minutes and not self.lasts.fault():
            self.lasts.set_value(pattern.minutes)
        if clean_text(self.place.text()) == base.place:
            self.place.setText(pattern.place)

    def _show_leaders(self, group: Group, leaders: Sequence[str]) -> None:
        """The boxes stay where the names are the same: one of them may have the keyboard."""
        known = tuple(dict.fromkeys([*group.leaders, *leaders]))
        if sorted(known) != sorted(self._known):
            self._known = known
            clear(self._ticks)
            self.leaders = [Tick(name) for name in known]
            for tick in self.leaders:
                tick.toggled.connect(self._leaders_ticked)
                self._ticks.add(tick)
        for name, tick in zip(self._known, self.leaders, strict=True):
            tick.setChecked(name in group.leaders)

    # -- what is wanted

    def fault(self) -> str:
        """What is typed and cannot be read, or ""."""
        faults = (self.start.fault(), self.first.fault(), self.until.fault(), self.lasts.fault())
        return next(filter(None, faults), "")

    def change(self) -> GroupChange | None:
        """What is to be another way in the plan; None where nothing is."""
        group, base = self._group, self._base
        days, place = self.days.chosen(), clean_text(self.place.text())
        until: date | EllipsisType | None = ...
        if self.until.value() != group.until:
            until = self.until.value()
        change = GroupChange(
            self.first.value() or self._today,
            weekdays=days if days != tuple(sorted(base.weekdays)) else None,
            start=self.start.value() if self.start.value() != base.start else None,
            minutes=self.lasts.value() if self.lasts.value() != base.minutes else None,
            place=place if place != base.place else None,
            until=until,
        )
        return change if change.touches_plan else None

    # -- what happened

    def _touched(self, *_value: object) -> None:
        if not self._filling:
            self.plan_touched.emit()

    def _first_changed(self) -> None:
        """Another day may have another pattern: where nothing is touched, the fields show that one."""
        first = self.first.value()
        change = self.change()
        if first is not None and (change is None or not change.pattern_fields):
            self._filling = True
            self._show_pattern(pattern_of(self._group, first))
            self._filling = False
        self._touched()

    def _name_written(self) -> None:
        if clean_text(self.name.text()) != self._group.name:
            self.at_once.emit(GroupChange(self._today, name=self.name.text()))

    def _paper_name_written(self) -> None:
        if clean_text(self.on_paper.name.text()) != self._group.name_on_paper:
            self.at_once.emit(GroupChange(self._today, name_on_paper=self.on_paper.name.text()))

    def _names_chosen(self, index: int) -> None:
        if not self._filling:
            self.at_once.emit(GroupChange(self._today, names_shown=_NAMES[index]))

    def _leaders_ticked(self, _on: bool) -> None:
        if not self._filling:
            chosen = tuple(name for name, tick in zip(self._known, self.leaders, strict=True) if tick.isChecked())
            self.at_once.emit(GroupChange(self._today, leaders=chosen))

    def _leader_written(self) -> None:
        name = clean_text(self.new_leader.text())
        self.new_leader.clear()
        if name and name.casefold() not in (other.casefold() for other in self._group.leaders):
            self.at_once.emit(replace(GroupChange(self._today), leaders=(*self._group.leaders, name)))


def _is_typed(written: TypedField, base: object) -> bool:
    """Whether something else stands in a field than what it was filled with, be it understood or not."""
    return bool(written.fault()) or written.current() != base


def _later_words(first: date, pattern: MeetingPattern) -> str:
    words = _("From {day}: {days} at {hours}").format(
        day=long_date(first), days=on_weekdays(pattern.weekdays), hours=hours_of(pattern)
    )
    return f"{words}, {pattern.place}" if pattern.place else words
