"""A change of the plan that is shown before it is made, and the small forms that say what the change is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from rop_facilitator.errors import UserError
from rop_facilitator.gui.pages.group_page.group_tab import GroupTab
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.change_preview import BeforeAfter
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.date_fields import DateField, MinutesField, TimeField
from rop_facilitator.gui.widgets.inputs.text_fields import TextField, field, field_row
from rop_facilitator.gui.widgets.layout.boxes import column, flow, label
from rop_facilitator.i18n import _, capital, day_and_month
from rop_facilitator.planning.calendar import Closure
from rop_facilitator.records.group.groups import load_group, meeting_of
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.meeting.cancellation_reasons import fixed_reasons
from rop_facilitator.records.models import Group, Meeting
from rop_facilitator.records.plan.group_plan import change_meeting, key_of, preview
from rop_facilitator.records.plan.session_dates import dates_of, moved_text
from rop_facilitator.records.plan.session_order import PlanChange

_WAIT_MILLISECONDS = 250  # after the last key: a plan is laid anew for each look


def save_change(tab: GroupTab, change: PlanChange) -> None:
    """Save a change in one transaction, and say what it did to the plan."""

    def apply(_db: object, group: Group) -> str:
        before = dates_of(group)
        change.apply(group)
        return f"{change.message} {moved_text(before, dates_of(group))}"

    if message := tab.save(change.action, apply):
        tab.context.notify(message, undoable=True)


class ChangeForm(QWidget):
    """What a change still needs to know."""

    changed = Signal()

    def first_focus(self) -> QWidget:
        """Where the keyboard goes when the form opens."""
        raise NotImplementedError


class ChangePanel(BeforeAfter):
    """Reads the group anew, makes the change to that copy alone, and shows what moved; saves it after a yes."""

    def __init__(self, tab: GroupTab, make: Callable[[], PlanChange], form: ChangeForm | None = None) -> None:
        """`make` gives the change as the form says it now, and raises UserError for one that cannot be."""
        first = make()
        super().__init__(first.title, first.act, form)
        self._tab, self._make, self.form = tab, make, form
        self._soon = QTimer(self, singleShot=True, interval=_WAIT_MILLISECONDS)
        self._soon.timeout.connect(self.look)
        self.taken.connect(self._save)
        if form is not None:
            form.changed.connect(self._soon.start)
        self.look()

    def look(self) -> None:
        """Show what would move: the change is tried on a group that is read for it and thrown away."""
        self._soon.stop()
        try:
            change = self._make()
            with self._tab.context.read() as db:
                group = load_group(db, self._tab.group.id if self._tab.group is not None else 0)
            titles = {key_of(session): session.title for session in group.sessions}
            # What is saved later is this same function, so the preview is what will happen (decision 0006).
            self.show_change(preview(group, change.apply), titles)
        except UserError as error:
            self.show_fault(str(error))

    def _save(self) -> None:
        self.look()  # what was typed a moment ago counts too
        if self.do.isEnabled():
            save_change(self._tab, self._make())

    def focus_first(self) -> None:
        """The form where there is one, else the button that does it."""
        (self.form.first_focus() if self.form is not None else self.do).setFocus()


class ReasonForm(ChangeForm):
    """Why, in a few words about the group and never about a person."""

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.text = TextField()
        outside = _("These three may stand in calendars too. Other words stay in the records.")
        self.fixed = [
            Button(capital(reason), "plain", small=True, clicked=partial(self.text.setText, reason))
            for reason in fixed_reasons()
        ]
        words = flow(*self.fixed, label(outside, "small", "muted"), gap=theme.S)
        self.setLayout(column(field(_("Reason, if you want to keep one"), self.text, hint), words, gap=theme.XS))
        self.text.setMaximumWidth(theme.px(theme.READING))

    def first_focus(self) -> QWidget:
        """The field for the reason."""
        return self.text


class MeetingForm(ChangeForm):
    """Another day, time or place for one meeting."""

    def __init__(self, meeting: Meeting, closures: Sequence[Closure], *, today: date) -> None:
        super().__init__()
        self._meeting_id, self._was = meeting.id, meeting.on
        self.day = DateField(meeting.on, today=today)
        self.day.show_closures(closures)
        self.start = TimeField(meeting.start)
        self.minutes = MinutesField(meeting.minutes)
        self.place = TextField(meeting.place)
        self.place.setMinimumWidth(theme.px(240))
        self.place.setCursorPosition(0)
        fields = (
            field(_("Day"), self.day),
            field(_("Starts at"), self.start),
            field(_("Lasts"), self.minutes),
            field(_("Place"), self.place),
        )
        self.setLayout(field_row(*fields))
        for typed in (self.day, self.start, self.minutes):
            typed.changed.connect(self._edited)
        self.place.textChanged.connect(self._edited)

    def _edited(self, *_value: object) -> None:
        self.changed.emit()

    def first_focus(self) -> QWidget:
        """The field for the day."""
        return self.day

    def change(self, tab: GroupTab) -> PlanChange:
        """What the form says. Raises UserError for a day, a time or a length that cannot be read."""
        for typed in (self.day, self.start, self.minutes):
            if typed.fault():
                raise UserError(typed.fault())
        on, place, minutes = self.day.value() or self._was, self.place.text(), self.minutes.value()
        start = self.start.value()
        today, meeting_id = tab.context.today(), self._meeting_id
        if on == self._was:
            message = _("Changed the meeting {day}.").format(day=day_and_month(on))
        else:
            message = _("Moved the meeting {day} to {other}.")
            message = message.format(day=day_and_month(self._was), other=day_and_month(on))

        def apply(group: Group) -> object:
            meeting = meeting_of(group, meeting_id)
            return change_meeting(group, meeting, on=on, start=start, minutes=minutes, place=place, today=today)

        title = _("Another day, time or place for {day}").format(day=day_and_month(self._was))
        return PlanChange(Action.MEETING_CHANGED, message, apply, title, _("Change the meeting"))
