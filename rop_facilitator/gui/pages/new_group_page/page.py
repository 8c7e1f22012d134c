"""A new group: what, when, who, and the plan beside it as it will be."""

from __future__ import annotations

from datetime import date, time, timedelta

from PySide6.QtCore import QDate, Qt, QTime, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from rop_facilitator.errors import UserError
from rop_facilitator.gui import theme
from rop_facilitator.gui.context import AppContext, Page
from rop_facilitator.gui.pages.new_group_page.draft import (
    GroupDraft,
    chosen_curricula,
    make_group,
    plan_of,
    suggestions,
)
from rop_facilitator.gui.pages.new_group_page.preview import PlanPreview
from rop_facilitator.gui.widgets.buttons import Button
from rop_facilitator.gui.widgets.choices import Tick
from rop_facilitator.gui.widgets.fields import DateField, Number, TextArea, TimeField, field, text_field
from rop_facilitator.gui.widgets.layout import STRETCH, Item, card, clear, column, flow, label, panel, scroll
from rop_facilitator.gui.widgets.parts import Strip
from rop_facilitator.i18n import _, day_and_month, ngettext, weekday_name
from rop_facilitator.planning.calendar import Closure

_TWO_COLUMNS = 820
_WAIT_MILLISECONDS = 150
_MONDAY = date(2026, 1, 5)


class NewGroupPage(Page):
    """Nothing is stored before *Make the group*; locking and coming back keeps what is typed."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._suggested: list[Closure] = []
        self._ticks: list[Tick] = []
        self._refused: frozenset[str] = frozenset()
        self._closures: list[Closure] = []
        self._soon = QTimer(self, singleShot=True, interval=_WAIT_MILLISECONDS)
        self._soon.timeout.connect(self.show_plan)
        self._build_fields()
        self.preview = PlanPreview()
        self._columns = QHBoxLayout()
        self._columns.setSpacing(theme.XXL)
        self._columns.addWidget(self._form(), 6)
        plan = card(self.preview, theme.S, self.strip, flow(self.make, STRETCH), gap=theme.M)
        self._columns.addLayout(column(plan, STRETCH), 5)
        body = panel(column(label(_("New group"), "title"), self._columns, gap=theme.L, edge=(36, 28, 36, 28)))
        body.setObjectName("scrolled")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll(body))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._make)
        self.show_plan()

    # -- the form

    def _build_fields(self) -> None:
        today = self.context.today()
        first = today + timedelta(days=(1 - today.weekday()) % 7 or 7)
        self.name = text_field(placeholder=_("For example the Tuesday group"))
        self.curricula = {one.id: Tick(one.title) for one in self.context.library}
        self.weekdays = [Tick(weekday_name(_MONDAY + timedelta(days=n))[:3]) for n in range(7)]
        self.weekdays[first.weekday()].setChecked(True)
        self.start = TimeField(QTime(13, 0))
        self.minutes = Number(90, 15, 600, suffix=_(" min"))
        self.place = text_field(placeholder=_("Room and address"))
        self.first_date = DateField(QDate(first.year, first.month, first.day))
        own = "\n".join(self.context.settings.closures)
        self.own_closures = TextArea(own, "2026-W40\n2026-12-20..2027-01-02", lines=3)
        self.people = TextArea("", _("One name a line"), lines=8)
        self.name_field = field(_("Name of the group"), self.name)
        hint = _("A week 2026-W40, a day 2026-12-24, or days 2026-12-20..2027-01-02. One a line.")
        self.closures_field = field(_("Other closed days"), self.own_closures, hint)
        hint = _("First name or what the person wants to be called. You can paste a list, and add people later.")
        self.people_field = field(_("Participants"), self.people, hint)
        self.strip = Strip("", "warn")
        self.strip.hide()
        self.make = Button(_("Make the group"), "primary", "check", "Ctrl+Enter", clicked=self._make)
        ticks = [*self.curricula.values(), *self.weekdays]
        for tick in ticks:
            tick.toggled.connect(self._plan_soon)
        for signal in (self.start.timeChanged, self.minutes.valueChanged, self.first_date.dateChanged):
            signal.connect(self._plan_soon)
        self.own_closures.changed.connect(self._plan_soon)

    def _form(self) -> QWidget:
        self._suggestions = QVBoxLayout()
        self._suggestions.setSpacing(0)
        self._no_suggestions = label(_("None while the group runs."), "small", "muted")
        when = flow(
            field(_("Starts at"), self.start),
            field(_("Lasts"), self.minutes),
            field(_("First date"), self.first_date),
            gap=theme.L,
        )
        curricula: list[Item] = list(self.curricula.values())
        return panel(
            column(
                self.name_field,
                _titled(_("Curriculum"), column(*curricula, gap=0)),
                _titled(_("Weekdays"), flow(*self.weekdays, gap=theme.XS)),
                when,
                field(_("Place"), self.place),
                self.people_field,
                _titled(_("Usually closed"), column(self._no_suggestions, self._suggestions, gap=0)),
                self.closures_field,
                STRETCH,
                gap=theme.L,
            )
        )

    def first_focus(self) -> QWidget:
        """The name."""
        return self.name

    def keys(self) -> list[tuple[str, str]]:
        """What this page adds."""
        return [("Ctrl+Enter", _("Make the group"))]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large text in a small window: the plan goes below."""
        super().resizeEvent(event)
        narrow = self.width() < theme.px(_TWO_COLUMNS)
        self._columns.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    # -- the draft

    def draft(self) -> GroupDraft:
        """What the form says now."""
        at, on = self.start.time(), self.first_date.date()
        return GroupDraft(
            name=self.name.text(),
            curricula=tuple(one for one, tick in self.curricula.items() if tick.isChecked()),
            weekdays=tuple(n for n, tick in enumerate(self.weekdays) if tick.isChecked()),
            start=time(at.hour(), at.minute()),
            minutes=self.minutes.value(),
            place=self.place.text(),
            first_date=date(on.year(), on.month(), on.day()),
            refused=self._refused,
            own_closures=self.own_closures.toPlainText(),
            people=self.people.toPlainText(),
        )

    def state(self) -> object:
        """What is typed; nothing once the group is made."""
        return self.draft() if self.make.isEnabled() else None

    def restore(self, state: object) -> None:
        """Fill in what was typed."""
        assert isinstance(state, GroupDraft)
        self.name.setText(state.name)
        for one, tick in self.curricula.items():
            tick.setChecked(one in state.curricula)
        for n, tick in enumerate(self.weekdays):
            tick.setChecked(n in state.weekdays)
        self.start.setTime(QTime(state.start.hour, state.start.minute))
        self.minutes.setValue(state.minutes)
        self.place.setText(state.place)
        self.first_date.setDate(QDate(state.first_date.year, state.first_date.month, state.first_date.day))
        self.own_closures.setPlainText(state.own_closures)
        self.people.setPlainText(state.people)
        self._refused = state.refused
        self.show_plan()

    # -- the plan

    def _plan_soon(self) -> None:
        self._soon.start()

    def show_plan(self) -> None:
        """Lay the sessions on dates as the form stands, and show them."""
        self._soon.stop()
        draft = self.draft()
        self.closures_field.show_fault("")
        if not draft.curricula:
            self.preview.show_nothing(_("Choose a curriculum, and the meetings show here with their dates."))
            return
        try:
            draft.own()
        except UserError as error:
            self.closures_field.show_fault(str(error))
            return
        try:
            self._show_suggestions(suggestions(draft, self.context.library))
            plan, self._closures = plan_of(draft, self.context.library, self._suggested)
        except UserError as error:
            self.preview.show_nothing(str(error))
            return
        chosen = chosen_curricula(draft, self.context.library)
        self.preview.show_plan(plan, {session.id: session.title for one in chosen for session in one.sessions})

    def _show_suggestions(self, found: list[Closure]) -> None:
        if found == self._suggested:
            return
        self._suggested = found
        clear(self._suggestions)
        self._no_suggestions.setVisible(not found)
        self._ticks = [Tick(f"{one.name}, {_days(one)}", on=str(one) not in self._refused) for one in found]
        for tick in self._ticks:
            tick.toggled.connect(self._suggestion_toggled)
            self._suggestions.addWidget(tick, 0, Qt.AlignmentFlag.AlignLeft)

    def _suggestion_toggled(self) -> None:
        off = {str(closure) for closure, tick in zip(self._suggested, self._ticks, strict=True) if not tick.isChecked()}
        shown = {str(closure) for closure in self._suggested}
        self._refused = (self._refused - shown) | off
        self._plan_soon()

    # -- making it

    def _make(self) -> None:
        if not self.make.isEnabled():
            return
        self.strip.hide()
        self.name_field.show_fault("")
        self.show_plan()
        draft = self.draft()
        if not draft.name.strip():
            self.name_field.show_fault(_("Give the group a name that you recognise."))
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            draft.own()
            with self.context.write("group created") as db:
                group = make_group(db, draft, self.context.library, self._closures)
                group_id, count = group.id, len(group.meetings)
        except UserError as error:
            self.strip.say(str(error))
            self.strip.show()
            return
        self.make.setEnabled(False)
        words = ngettext("Made the group with {n} meeting", "Made the group with {n} meetings", count)
        self.context.say(words.format(n=count), undoable=True)
        self.open_group.emit(group_id)


def _titled(title: str, inner: QLayout) -> QLayout:
    return column(label(title, "caption"), inner, gap=theme.XS)


def _days(closure: Closure) -> str:
    year = closure.last.year
    if closure.first.weekday() == 0 and (closure.last - closure.first).days == 6:
        return _("week {week} {year}").format(
            week=closure.first.isocalendar().week, year=closure.first.isocalendar().year
        )
    return f"{day_and_month(closure.first)} – {day_and_month(closure.last)} {year}"
