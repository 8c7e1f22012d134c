"""A pause, a return, an end or a move: one day to write, what it would mean, and one button that names the act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from rop_facilitator.errors import RefusedError
from rop_facilitator.gui.pages.group_page.person.period_rows import period_effect_words
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.date_fields import DateField
from rop_facilitator.gui.widgets.inputs.text_fields import Choice, field, field_row
from rop_facilitator.gui.widgets.layout.boxes import Area, clear, column, flow, label, restyle
from rop_facilitator.i18n import _
from rop_facilitator.planning.date_words import Lean
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.membership.membership_changes import PeriodEffect, effect_of
from rop_facilitator.records.membership.membership_periods import NewPeriods, ended, paused, returned
from rop_facilitator.records.models import Group, Membership, MembershipStatus

_DAY = timedelta(days=1)
ACTIONS = {
    "pause": Action.PERSON_PAUSED,
    "back": Action.PERSON_CAME_BACK,
    "completed": Action.PERSON_COMPLETED,
    "left": Action.PERSON_TAKEN_OUT,
    "move": Action.PERSON_MOVED,
}


@dataclass(frozen=True)
class MembershipRequest:
    """What was asked for: the action of the log, the periods here, the day that was written, and for a move the group.

    `first_day` is the day in the form: the last one here of a pause or an end, the first one of a return or a move.
    """

    action: Action
    change: NewPeriods
    keep_marks: bool
    target: int = 0
    first_day: date = date.min


class MembershipForm(Area):
    """Hidden until an act is asked for; Esc closes it. Where marks would not count, the button says that they stay."""

    wanted = Signal(object)  # MembershipRequest
    closed = Signal()
    opened = Signal()

    def __init__(self) -> None:
        self._inner = column(gap=theme.S, edge=theme.L)
        super().__init__(self._inner, "well")
        self._kind = ""
        self._group: Group | None = None
        self._member: Membership | None = None
        self.hide()

    def ask(
        self, kind: str, group: Group, membership: Membership, *, today: date, others: Sequence[tuple[int, str]] = ()
    ) -> None:
        """Ask for the day; `others` are the groups to move to."""
        self._kind, self._group, self._member, self._others = kind, group, membership, tuple(others)
        clear(self._inner)
        title, caption, act = _words_of(kind)
        is_last_day = kind in ("pause", "completed", "left")
        first = _newest_day(group, membership, today) if is_last_day else today
        self.day = DateField(first, today=today, lean=Lean.AROUND)
        self.back = DateField(
            None, today=today, lean=Lean.AFTER, earliest=first + _DAY, optional=True, placeholder=_("not known yet")
        )
        self.target = Choice([name for _number, name in others])
        fields = [field(caption, self.day)]
        if kind == "pause":
            fields.append(field(_("First day back"), self.back))
        if kind == "move":
            fields.insert(0, field(_("Group"), self.target))
        self.effect = label("", "small", "muted")
        self.do = Button(act, "primary", keys="Enter", small=True, clicked=self._do)
        self.leave = Button(_("Leave it as it is"), "plain", keys="Esc", small=True, clicked=self.close_form)
        self._inner.addWidget(label(title, "strong"))
        self._inner.addLayout(field_row(*fields, gap=theme.M))
        self._inner.addWidget(self.effect)
        self._inner.addLayout(flow(self.do, self.leave, gap=theme.S))
        self.day.changed.connect(partial(self._limit_back, today))
        for field_ in (self.day, self.back):
            field_.changed.connect(self._show_effect)
            field_.verdict_changed.connect(self._show_effect)
            field_.returnPressed.connect(self._do)
        self._act = act
        self._show_effect()
        self.show()
        self.day.setFocus(Qt.FocusReason.TabFocusReason)
        self.day.selectAll()
        self.opened.emit()

    def _limit_back(self, today: date) -> None:
        """Who has a pause is back after its last day here: a day without a year is the first one from then."""
        if (day := self.day.value()) is not None:
            self.back.set_limits(today=today, earliest=day + _DAY)

    def close_form(self) -> None:
        """Leave without a change; the keyboard goes back to the buttons."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the form and not the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        else:
            super().keyPressEvent(event)

    def _change(self) -> NewPeriods:
        assert self._member is not None
        day = self.day.value()
        if day is None or self.day.fault() or self.back.fault():
            raise RefusedError(self.day.fault() or self.back.fault() or _("Write a day."))
        if self._kind == "pause":
            # The form asks for the last day that the person is here; periods count from the first day out.
            return paused(self._member, day + _DAY, self.back.value())
        if self._kind == "back":
            return returned(self._member, day)
        if self._kind == "move":  # out from the day on which the person begins in the other group
            return ended(self._member, day, MembershipStatus.LEFT)
        status = MembershipStatus.COMPLETED if self._kind == "completed" else MembershipStatus.LEFT
        return ended(self._member, day + _DAY, status)

    def _effect(self) -> tuple[NewPeriods, PeriodEffect] | None:
        """The change and what it means, or None with the reason in words."""
        assert self._group is not None
        assert self._member is not None
        try:
            change = self._change()
        except RefusedError as refused:
            self._show_message(str(refused), "danger")
            return None
        return change, effect_of(self._group, self._member, change)

    def _show_effect(self) -> None:
        outcome = self._effect()
        self.do.setEnabled(outcome is not None)
        if outcome is None:
            return
        outside = bool(outcome[1].marks_outside)
        self._show_message(period_effect_words(outcome[1]), "warn" if outside else "muted")
        self.do.setText(_("{act}, keep the marks uncounted").format(act=self._act) if outside else self._act)

    def _do(self) -> None:
        outcome = self._effect()
        if outcome is None or (self._kind == "move" and not self._others):
            return
        change, effect = outcome
        day = self.day.value() or date.min
        target = self._others[self.target.currentIndex()][0] if self._kind == "move" else 0
        self.wanted.emit(MembershipRequest(ACTIONS[self._kind], change, bool(effect.marks_outside), target, day))

    def _show_message(self, text: str, tone: str) -> None:
        self.effect.setText(text)
        restyle(self.effect, "tone", tone)


def _newest_day(group: Group, membership: Membership, today: date) -> date:
    """The last day with a mark up to today: most who stop or pause were there then; else today."""
    days = [
        meeting.on
        for meeting in group.meetings
        if meeting.on <= today
        for row in meeting.attendance
        if row.membership_id == membership.id and row.mark is not None and membership.covers(meeting.on)
    ]
    return max(days, default=today)


def _words_of(kind: str) -> tuple[str, str, str]:
    """Title, the caption of the day, and what the button says."""
    return {
        "pause": (_("Take a pause"), _("Last day before the pause"), _("Take a pause")),
        "back": (_("Back in the group"), _("First day in again"), _("Is back")),
        "completed": (_("Completed the course"), _("Last day"), _("Completed")),
        "left": (_("Left the group"), _("Last day"), _("Left")),
        "move": (_("Move to another group"), _("First day there"), _("Move")),
    }[kind]
