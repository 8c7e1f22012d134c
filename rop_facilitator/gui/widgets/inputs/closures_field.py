"""When it is closed: typed as one says it, ticked from a calendar file, and what is closed from before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QLayout, QVBoxLayout, QWidget

from rop_facilitator.documents.exchange.closures_import import CalendarPeriod
from rop_facilitator.errors import Problem
from rop_facilitator.gui.runtime.jobs import Jobs
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.badges import Badge
from rop_facilitator.gui.widgets.display.notices import Strip
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.closure_row import PeriodRow
from rop_facilitator.gui.widgets.inputs.date_fields import DaysField
from rop_facilitator.gui.widgets.inputs.text_fields import TextField, field
from rop_facilitator.gui.widgets.layout.boxes import STRETCH, Area, card, clear, column, flow, label, line, tops
from rop_facilitator.i18n import _, capital, ngettext
from rop_facilitator.planning.calendar import LONGEST_NAME, Closure
from rop_facilitator.planning.closed_days import clash_words, is_closed
from rop_facilitator.work_progress import WorkProgress

_SOON = timedelta(days=2 * 365)  # what a calendar says about later years is asked for
_TOLD = 6
_ONE_LINE = 520  # at 100 %
_EDGE = (theme.XL, theme.L, theme.XL, theme.L)

Effect = Callable[[Sequence[Closure]], str]
Periods = tuple[tuple[CalendarPeriod, ...], tuple[Problem, ...]]


def _no_effect(_closures: Sequence[Closure]) -> str:
    return ""


def _read_file(path: Path, first: date, _progress: WorkProgress) -> Periods:
    """In a job. Raises UserError."""
    from rop_facilitator.documents.exchange.closures_import import closures_from

    return closures_from(path, first=first)


def _later_years(count: int, show: Callable[[], None]) -> Button:
    words = ngettext("{n} period in later years", "{n} periods in later years", count).format(n=count)
    return Button(words, "link", "chevron-down", small=True, clicked=show)


class ClosureField(DaysField):
    """Days to close; what closing them does stands behind what was understood."""

    def __init__(self, *, today: date) -> None:
        super().__init__(today=today, placeholder=_("week 8"))
        self.effect: Effect = _no_effect

    def read(self, text: str) -> tuple[object, str]:
        """Days, their name, and their words with the effect. Raises UserError."""
        days, words = super().read(text)
        meaning = ". ".join(filter(None, (capital(words), capital(self.effect(self.closures_in(days))))))
        return days, f"{meaning}."

    def closures_in(self, days: object, name: str = "") -> tuple[Closure, ...]:
        """Closures for the days that were understood; `name` is for those that have none of their own."""
        from rop_facilitator.planning.date_words import TypedDays

        assert isinstance(days, TypedDays)
        return tuple(Closure(first, last, (days.name or name)[:LONGEST_NAME]) for first, last in days.spans)


class ClosedDays(QWidget):
    """One panel for a group, a group to be and the service. It keeps nothing and tells what is to be closed."""

    added = Signal(object)  # tuple of closures
    ticked = Signal(object, bool)  # one of those that are listed, and whether it is to be closed

    def __init__(self, jobs: Jobs, today: Callable[[], date]) -> None:
        super().__init__()
        self._jobs, self._today = jobs, today
        self._known: tuple[Closure, ...] = ()
        self._effect: Effect = _no_effect
        self._scope = self._why_others = ""
        self._others: tuple[Closure, ...] = ()
        self._read: Periods | None = None
        self._choices: dict[Closure, bool] = {}  # what the leader has ticked in the file
        self._all_years = False
        self._file = ""
        self.file_rows: list[PeriodRow] = []
        self.known_rows: list[PeriodRow] = []
        self._periods = column(gap=0)
        self._listed = column(gap=0)
        self._file_card = Area(column(self._periods, edge=_EDGE), "card")
        self._file_card.hide()
        self._known_card = Area(column(self._listed, edge=_EDGE), "card")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.M)
        for part in (self._entry(), self._file_card, self._known_card):
            whole.addWidget(part)

    def _entry(self) -> QWidget:
        self.days = ClosureField(today=self._today())
        self.name = TextField(placeholder=_("Winter break"))
        self.add = Button(_("Add"), "primary", "plus", clicked=self._add)
        self.fetch = Button(_("From a calendar file"), "plain", "import", small=True, clicked=self._ask_which)
        hint = _("Write “week 8”, “20.12–2.1”, “17 May” or “Fridays in June”.")
        self.field = field(_("Days"), self.days, hint)
        named = field(_("Name, if it has one"), self.name)
        named.setFixedWidth(theme.px(190))
        self._beside = column(self.add, STRETCH, gap=0)
        self._controls = tops(self.field, named, self._beside, gap=theme.S)
        self._controls.setStretch(0, 1)
        for control in (self.days, self.name):
            control.returnPressed.connect(self._add)
        head = flow(label(_("When are you closed?"), "heading"), STRETCH, self.fetch, gap=theme.S)
        return card(head, self._controls, edge=_EDGE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The fields below one another where room is short."""
        super().resizeEvent(event)
        narrow = self.width() < theme.px(_ONE_LINE)
        self._beside.setContentsMargins(0, 0 if narrow else theme.metrics("caption").height() + 6, 0, 0)
        self._controls.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def first_focus(self) -> QWidget:
        """The field to type in."""
        return self.days

    def show_closures(
        self,
        closed: Sequence[Closure],
        others: Sequence[Closure] = (),
        *,
        effect: Effect,
        scope: str = "",
        why_others: str = "",
    ) -> None:
        """List what is closed, ticked, and what could be, without a tick and with the reason why it is here.

        `effect` says what closing days does; `scope` for whom it holds, where that is to be told.
        """
        self._known, self._effect, self._scope = tuple(closed), effect, scope
        self._others, self._why_others = tuple(others), why_others
        self.days.effect = effect
        self.days.set_limits(today=self._today())
        self._show_known()
        if self._read is not None:
            self._show_file()

    def _show_known(self, *, all_years: bool = False) -> None:
        at = next((row.closure for row in self.known_rows if row.tick.hasFocus()), None)
        clear(self._listed)
        self.known_rows = []
        note = label(_("Public holidays are worked out by themselves"), "small", "muted")
        self._listed.addLayout(flow(label(_("From before"), "strong"), STRETCH, note, gap=theme.S))
        listed = sorted((*self._known, *self._others), key=lambda known: (known.first, known.last))
        later = [known for known in listed if known.first > self._today() + _SOON]
        for closure in listed if all_years else listed[: len(listed) - len(later)]:
            on = closure in self._known
            effect, why = ("", "") if on else (self._effect([closure]), self._why_others)
            row = PeriodRow(closure, on=on, effect=effect, note=why)
            row.ticked.connect(self.ticked)
            self._add_row(self._listed, row, self.known_rows)
            if closure == at:
                row.tick.setFocus()
        if later and not all_years:
            self._listed.addLayout(flow(_later_years(len(later), partial(self._show_known, all_years=True))))
        if not listed:
            self._listed.addWidget(label(_("Only public holidays are closed."), "body", "muted"))
        for before, after in pairwise((self.fetch, *(row.tick for row in self.known_rows))):
            QWidget.setTabOrder(before, after)  # else what is made last would be last on the page

    def _add_row(self, layout: QBoxLayout, row: PeriodRow, rows: list[PeriodRow]) -> None:
        if rows:
            layout.addWidget(line())
        layout.addWidget(row)
        rows.append(row)

    # -- typed

    def _add(self) -> None:
        self.add_typed()

    def add_typed(self) -> bool:
        """Close what is typed, if it is understood; tells whether nothing is left to be mended in the field."""
        days = self.days.value()
        if self.days.fault():
            self.days.setFocus()
            return False
        if days is not None:
            closures = self.days.closures_in(days, self.name.text())
            self.days.set_value(None)
            self.days.clear()
            self.name.clear()
            self.days.setFocus()
            self.added.emit(closures)
        return True

    # -- from a file

    def _ask_which(self) -> None:
        kind = _("Calendar file (*.ics)")
        chosen, _filter = QFileDialog.getOpenFileName(self, _("Closed days from a calendar file"), "", kind)
        if chosen:
            self.read_file(Path(chosen))

    def read_file(self, path: Path) -> None:
        """Read a calendar file in a job, and list its periods."""
        self._file = path.name
        self._jobs.run(self, partial(_read_file, path, self._today()), done=self._file_read, failed=self._not_read)

    def _file_read(self, read: Periods) -> None:
        self._read, self._choices, self._all_years = read, {}, False
        self._show_file()
        first = next((row.tick for row in self.file_rows if row.tick.isEnabled()), None)
        (first or self.cancel).setFocus()

    def _not_read(self, error: BaseException) -> None:
        self._file_read(((), ()))
        self._show_problems(str(error))

    def _show_file(self, *, all_years: bool = False) -> None:
        """The periods of the file anew: ticks stand as the leader put them, else where they most likely should."""
        assert self._read is not None
        all_years = self._all_years = all_years or self._all_years
        at = next((row.closure for row in self.file_rows if row.tick.hasFocus()), None)
        periods, problems = self._read
        later = [period for period in periods if period.closure.first > self._today() + _SOON]
        shown = list(periods) if all_years else [period for period in periods if period not in later]
        clear(self._periods)
        self.file_rows = []
        count = ngettext("{n} period", "{n} periods", len(shown)).format(n=len(shown))
        self._none = Button(_("None"), "quiet", small=True, clicked=self._tick_none)
        head: list[QWidget | str] = [label(self._file, "strong"), Badge(count), STRETCH, self._none]
        self._periods.addLayout(flow(*head, gap=theme.S))
        for period in shown:
            self._add_row(self._periods, self._period_row(period), self.file_rows)
            if period.closure == at:
                self.file_rows[-1].tick.setFocus()
        if later and not all_years:
            self._periods.addLayout(flow(_later_years(len(later), partial(self._show_file, all_years=True))))
        self.problems = Strip("", "warn")
        self.problems.hide()
        self._periods.addWidget(self.problems)
        messages = [] if periods else [_("There are no days in the file that could be closed.")]
        messages += [str(problem) for problem in problems[:_TOLD]] + (["…"] if len(problems) > _TOLD else [])
        self._show_problems("\n".join(messages))
        self._periods.addLayout(self._foot())
        self._count_ticks()
        self._file_card.show()

    def _show_problems(self, words: str) -> None:
        self.problems.show_message(words)
        self.problems.setVisible(bool(words))

    def _period_row(self, period: CalendarPeriod) -> PeriodRow:
        closure = period.closure
        closed = is_closed(closure, self._known)
        note = _("closed already") if closed else clash_words(closure, self._known) or period.question
        on, effect = closed or self._choices.get(closure, not period.asked), self._effect([closure])
        row = PeriodRow(closure, on=on, effect=effect, note=note, locked=closed)
        row.ticked.connect(self._chosen)
        return row

    def _foot(self) -> QLayout:
        self.take = Button(self._take_words(), "plain", "check", clicked=self._take)
        self.cancel = Button(_("Cancel"), "quiet", clicked=self.close_file)
        scope = label(self._scope, "small", "muted")
        return flow(self.take, self.cancel, STRETCH, scope, gap=theme.S, edge=(0, theme.S, 0, 0))

    def chosen(self) -> tuple[Closure, ...]:
        """The periods of the file that are ticked and not closed already."""
        return tuple(row.closure for row in self.file_rows if row.tick.isChecked() and row.tick.isEnabled())

    def _take_words(self) -> str:
        count = len(self.chosen())
        return ngettext("Add {n} period", "Add {n} periods", count).format(n=count)

    def _chosen(self, closure: Closure, on: bool) -> None:
        self._choices[closure] = on
        self._count_ticks()

    def _count_ticks(self) -> None:
        self.take.setText(self._take_words())
        self.take.setEnabled(bool(self.chosen()))
        self.take.setVisible(bool(self.file_rows))
        self._none.setVisible(bool(self.file_rows))

    def _tick_none(self) -> None:
        for row in self.file_rows:
            if row.tick.isEnabled():
                row.tick.setChecked(False)

    def _take(self) -> None:
        closures = self._with_closed_of_same_events()
        self.close_file()
        self.added.emit(closures)

    def _with_closed_of_same_events(self) -> tuple[Closure, ...]:
        """What is ticked; and what is closed already of the same events, so that it does not give way to the rest."""
        chosen = self.chosen()
        uids = {closure.uid for closure in chosen if closure.uid}
        closed = (row.closure for row in self.file_rows if not row.tick.isEnabled() and row.closure.uid in uids)
        return (*chosen, *closed)

    def close_file(self) -> None:
        """Put the file away; nothing of it is closed."""
        self._read = None
        self._file_card.hide()
        clear(self._periods)
        self.file_rows = []
        self.days.setFocus()
