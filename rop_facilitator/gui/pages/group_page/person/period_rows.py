"""First and last day of each period, corrected in place; what it would mean stands below before Enter."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from rop_facilitator.errors import RefusedError
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.date_fields import DateField
from rop_facilitator.gui.widgets.layout.boxes import clear, column, flow, label, restyle
from rop_facilitator.i18n import _, day_and_month, ngettext
from rop_facilitator.planning.date_words import Lean
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.marks import mark_name
from rop_facilitator.records.membership.membership_changes import PeriodEffect, effect_of
from rop_facilitator.records.membership.membership_periods import (
    Days,
    NewPeriods,
    periods_of,
    with_first_day,
    with_last_day,
)
from rop_facilitator.records.models import Group, Membership

_WIDE = 400  # pixels at 100 % from which first and last day stand on one line


def period_effect_words(effect: PeriodEffect) -> str:
    """As in “8 of 8 meetings in place of 8 of 9”, and the marks that would not count."""
    before, after = effect.share_before, effect.share_after
    words = _("No figure changes.")
    if (before.present, before.counted) != (after.present, after.counted):
        words = _("{n} of {all} meetings in place of {before} of {of}.").format(
            n=after.present, all=after.counted, before=before.present, of=before.counted
        )
    if effect.marks_outside:
        days = ", ".join(f"{day_and_month(day)} ({mark_name(mark)})" for day, mark in effect.marks_outside)
        count = len(effect.marks_outside)
        outside = ngettext("This mark would not count: {marks}.", "These marks would not count: {marks}.", count)
        words = f"{words} {outside.format(marks=days)}"
    return words


class PeriodRows(QWidget):
    """A line a period. Enter in a field, or leaving it, keeps its day; marks outside are asked about first."""

    wanted = Signal(object, object, bool)  # Action (through `str` it comes out as a plain one), NewPeriods, keep marks

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[DateField, DateField]] = []
        self._rows = column(gap=theme.S)
        self.effect = label("", "small", "muted")
        self.keep_marks = Button(_("Keep the marks, uncounted"), "plain", small=True, clicked=self._keep_marks)
        self.leave = Button(_("Leave it as it is"), "plain", small=True, clicked=self._leave)
        self._ask = QWidget()
        self._ask.setLayout(flow(self.keep_marks, self.leave, gap=theme.S))
        self._ask.hide()
        self.setLayout(column(self._rows, self.effect, self._ask, gap=theme.S))
        self._group: Group | None = None
        self._member: Membership | None = None
        self._shown: tuple[int, Days, date] | None = None
        self._asked: tuple[str, NewPeriods] | None = None

    def show_periods(self, group: Group, membership: Membership, *, today: date) -> None:
        """Show a person's periods; fields that show the same days stay as they are."""
        self._group, self._member = group, membership
        shown = (membership.id, periods_of(membership), today)
        if shown == self._shown:  # each write shows the group anew, and a day half typed must outlive it
            return
        self._shown = shown
        self._fill(today)

    def _fill(self, today: date) -> None:
        assert self._member is not None
        focused = next((at for at, pair in enumerate(self.fields) if any(day.hasFocus() for day in pair)), None)
        is_last_focused = focused is not None and self.fields[focused][1].hasFocus()
        clear(self._rows)
        self.fields = []
        days = periods_of(self._member)
        for at, (first, last) in enumerate(days):
            begins = DateField(first, today=today, lean=Lean.BACK)
            ends = DateField(
                last, today=today, lean=Lean.BACK, earliest=first, optional=True, placeholder=_("still with us")
            )
            for day, name in ((begins, _("First day of period {n}")), (ends, _("Last day of period {n}"))):
                day.wide = 150
                day.setAccessibleName(name.format(n=at + 1))
                day.changed.connect(partial(self._typed, day, at, day is ends))
                day.verdict_changed.connect(partial(self._typed, day, at, day is ends))
                day.taken.connect(partial(self._taken, day, at, day is ends))
            self.fields.append((begins, ends))
            after = _("pause") if at + 1 < len(days) else ""
            self._rows.addLayout(self._row(begins, ends, after))
        self._show_message("")
        self._asked = None
        self._ask.hide()
        if focused is not None and focused < len(self.fields):
            self.fields[focused][1 if is_last_focused else 0].setFocus()

    def _row(self, begins: DateField, ends: DateField, after: str) -> QBoxLayout:
        caption = [label(_("First day"), "caption"), label(_("Last day"), "caption")] if not self._rows.count() else []
        parts = []
        for at, day in enumerate((begins, ends)):
            parts.append(column(*caption[at : at + 1], day, gap=4))
        words = column(*(label(" ", "caption") for _caption in caption[:1]), label(after, "small", "muted"), gap=4)
        return column(flow(parts[0], parts[1], *([words] if after else []), gap=theme.M), gap=0)

    def _change(self, value: date | None, at: int, is_last: bool) -> NewPeriods:
        assert self._member is not None
        if is_last:
            return with_last_day(self._member, at + 1, value)
        if value is None:
            raise RefusedError(_("A period has a first day."))
        return with_first_day(self._member, at + 1, value)

    def _typed(self, day: DateField, at: int, is_last: bool) -> None:
        """At a key: what it would mean, or what is wrong with it."""
        if self._group is None or self._member is None:
            return
        words, fault = day.verdict()
        if fault:
            self._show_message(fault, "danger")
            return
        try:
            change = self._change(day.value(), at, is_last)
        except RefusedError as refused:
            self._show_message(str(refused), "danger")
            return
        effect = effect_of(self._group, self._member, change)
        if effect.before == effect.after:
            self._show_message("")
        else:
            tone = "warn" if effect.marks_outside else "muted"
            self._show_message(": ".join(filter(None, (words, period_effect_words(effect)))), tone)

    def _taken(self, day: DateField, at: int, is_last: bool) -> None:
        if self._group is None or self._member is None:
            return
        action = Action.LAST_DAY_CORRECTED if is_last else Action.FIRST_DAY_CORRECTED
        try:
            change = self._change(day.value(), at, is_last)
        except RefusedError as refused:
            self._show_message(str(refused), "danger")
            return
        effect = effect_of(self._group, self._member, change)
        if effect.before == effect.after:
            return
        if effect.marks_outside:  # such a mark stays, and counts again when the day is corrected back (decision 0012)
            self._asked = (action, change)
            self._show_message(period_effect_words(effect), "warn")
            self._ask.show()
            return
        self.wanted.emit(action, change, False)

    def _keep_marks(self) -> None:
        if self._asked is not None:
            self.wanted.emit(*self._asked, True)

    def _leave(self) -> None:
        self._ask.hide()
        if self._shown is not None:
            self._fill(self._shown[2])

    def _show_message(self, text: str, tone: str = "muted") -> None:
        self.effect.setText(text)
        self.effect.setVisible(bool(text))
        restyle(self.effect, "tone", tone)
