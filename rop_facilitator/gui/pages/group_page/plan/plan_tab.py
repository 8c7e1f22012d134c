"""Group, plan: where it stands, whether the rest fits, and the weeks. What moves is shown before anything moves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import shiboken6
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QWidget

from rop_facilitator.curriculum.session_position import is_outline, module_of
from rop_facilitator.documents.papers.catalogue import PaperRequest
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.group_page.group_tab import GroupTab
from rop_facilitator.gui.pages.group_page.plan.calendar_export_panel import CalendarExportPanel
from rop_facilitator.gui.pages.group_page.plan.change_forms import ChangePanel, save_change
from rop_facilitator.gui.pages.group_page.plan.group_status_row import EndDateLink, GroupStatusRow
from rop_facilitator.gui.pages.group_page.plan.left_out_sessions import ModuleOrder
from rop_facilitator.gui.pages.group_page.plan.plan_weeks import PlanWeeks
from rop_facilitator.gui.pages.group_page.plan.week_row import WeekRow
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.badges import Badge
from rop_facilitator.gui.widgets.display.fit_card import FitCard
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.closures_field import ClosedDays
from rop_facilitator.gui.widgets.layout.boxes import column, flow, panel, scroll
from rop_facilitator.gui.window.keyboard_focus import focus_within
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.planning.calendar import Closure, parse_closure
from rop_facilitator.planning.closed_days import effect_words
from rop_facilitator.planning.course_fit import Offer
from rop_facilitator.planning.planned_sessions import PlannedSession
from rop_facilitator.records.calendar.closed_runs import open_suggestions
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Group, MeetingState
from rop_facilitator.records.plan import plan_changes as changes
from rop_facilitator.records.plan.group_plan import plan_left
from rop_facilitator.records.plan.session_order import edit, module_shifted, modules_in
from rop_facilitator.records.progress.group_status import standing_facts

_SETTLING = (0, 60)  # milliseconds: text that wraps has its height in the second round
_EDGE = 40  # pixels from the edge of the page within which a drag scrolls it


class PlanTab(GroupTab):
    """The head tells where the group stands; the card whether the rest fits; below it the weeks."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.closures = ClosedDays(context.jobs, context.today)
        self.closures.hide()
        self.modules = ModuleOrder()
        self.standing = GroupStatusRow()
        self.end = EndDateLink(self._edit_end)
        self.outlines = Badge("", "warn")
        self.fit = FitCard(beside=self.outlines)
        self.weeks = PlanWeeks(self)
        self.files = CalendarExportPanel(context)
        self._closed_weeks = Button(_("Closed weeks"), "plain", "calendar", clicked=self._toggle_closures)
        self._order = Button(_("Modules"), "plain", "practice", clicked=self._toggle_modules)
        head = flow(self.standing, self.end, gap=theme.XXL)
        parts = (self.closures, self.modules, head, self.fit, self.weeks, self.files)
        body = panel(column(*parts, "stretch", gap=theme.M))
        self._scroll = scroll(body)
        whole = column(gap=0)
        whole.addWidget(self._scroll)
        self.setLayout(whole)
        self._planned: tuple[PlannedSession, ...] = ()
        self._days: list[date] = []
        self._connect()

    def _connect(self) -> None:
        self.closures.added.connect(self._close)
        self.closures.ticked.connect(self._closure_ticked)
        self.modules.shifted.connect(self._module_shifted)
        self.fit.wanted.connect(self._ask_offer)
        self.weeks.open_meeting.connect(self.open_meeting)
        self.weeks.packet_wanted.connect(self._print_packet)
        self.weeks.grown.connect(self._bring_into_view)
        self.weeks.list.clicked.connect(self._row_clicked)
        self.weeks.list.dragged.connect(self._dragged)

    def head_buttons(self) -> list[QWidget]:
        """Closed weeks, and the order of modules where there are several."""
        if self.read_only:
            return []
        return [self._closed_weeks, self._order] if len(self._modules()) > 1 else [self._closed_weeks]

    def keys(self) -> list[tuple[str, str]]:
        """Keys of the rows; in an archived group nothing moves."""
        known = [("↑ ↓", _("the week before or after")), ("Enter", _("what can be done with it"))]
        if self.read_only:
            return known
        return [*known, ("Alt ↑ ↓", _("move the session one meeting earlier or later"))]

    def first_focus(self) -> QWidget | None:
        """Today's row, or the next one."""
        rows = self.rows()
        return next((row for row in rows if row.plan.on >= self.context.today()), rows[-1] if rows else None)

    def rows(self) -> list[WeekRow]:
        """The rows that are shown, earliest first."""
        return self.weeks.list.rows()

    # -- showing

    def show_group(self, group: Group) -> None:
        """Show the plan; the row that was open stays open, and the keyboard where it was."""
        super().show_group(group)
        within = next((card for card in (self.fit, self.closures) if focus_within(card) is not None), None)
        at, today, library = self._scroll.verticalScrollBar().value(), self.context.today(), self.context.library
        plan = plan_left(group, today=today, library=library)
        self._planned = plan.sessions
        self.standing.show_facts(standing_facts(group, library, today=today))
        self.end.show_end(group.until, read_only=self.read_only)
        self.fit.show_plan(plan)
        self.fit.setVisible(bool(plan.sessions) and not self.read_only)
        self._show_outlines(plan.sessions)
        if self.read_only:
            self.closures.hide()
            self.modules.hide()
        if not self.closures.isHidden():
            self._show_closures(group)
        self.modules.show_modules(self._modules(), self._module_titles())
        self.weeks.show_group(group, plan)
        self.files.show_group(group)
        focus = self.closures.first_focus() if within is self.closures else self.fit.first_focus() or self.first_focus()
        if within is not None and focus is not None and focus_within(within) is None:
            focus.setFocus()  # what had the keyboard is gone: a change that has been made
        QTimer.singleShot(0, self, partial(self._scroll.verticalScrollBar().setValue, at))

    def _show_outlines(self, planned: Sequence[PlannedSession]) -> None:
        """How many of the sessions to come are not written."""
        places = {_place(session) for session in planned if not session.skipped}
        count = sum(is_outline(self.context.library, course, session_id) for course, session_id in places)
        self.outlines.show_text(ngettext("{n} outline", "{n} outlines", count).format(n=count), "warn")
        self.outlines.setVisible(bool(count))

    def _modules(self) -> list[tuple[str, int]]:
        return modules_in(self._planned) if self.group is not None else []

    def _module_titles(self) -> dict[str, str]:
        """The titles of the modules that are left, by curriculum and number: e-imr/4."""
        titles: dict[str, str] = {}
        for session in self._planned:
            module = module_of(self.context.library, *_place(session))
            if module is not None:
                number = _("module {n}").format(n=module.number) if module.number else ""
                titles[session.module] = f"{module.title} · {number}" if number else module.title
        return titles

    def _dragged(self, at: QPoint) -> None:
        """Scroll along with a drag near the edge."""
        y, bar = self._scroll.viewport().mapFromGlobal(at).y(), self._scroll.verticalScrollBar()
        if y < _EDGE or y > self._scroll.viewport().height() - _EDGE:
            bar.setValue(bar.value() + (-_EDGE if y < _EDGE else _EDGE) // 2)

    # -- asked for first

    def _row_clicked(self, _row: WeekRow) -> None:
        """Only one thing is asked for at a time."""
        self.fit.show_below(None)

    def _ask_offer(self, offer: Offer) -> None:
        self.weeks.close_row()
        preview = ChangePanel(self, partial(changes.take_offer, offer, self.context.today()))
        preview.left.connect(self._leave_offer)
        self.fit.show_below(preview)
        preview.focus_first()
        self._bring_into_view(preview)

    def _bring_into_view(self, widget: QWidget) -> None:
        """Once it has its place: all of it, or its beginning where it is higher than the page."""
        for after in _SETTLING:
            QTimer.singleShot(after, self, partial(self._scroll_to, widget))

    def _scroll_to(self, widget: QWidget) -> None:
        body, bar, room = self._scroll.widget(), self._scroll.verticalScrollBar(), self._scroll.viewport().height()
        if body is None or not shiboken6.isValid(widget) or not body.isAncestorOf(widget):
            return
        top = widget.mapTo(body, QPoint(0, 0)).y()
        least, most = top + widget.height() + _EDGE - room, max(0, top - 2 * _EDGE)
        if bar.value() < least or bar.value() > most:
            bar.setValue(min(max(bar.value(), least), most))

    def _leave_offer(self) -> None:
        self.fit.show_below(None)
        if (focus := self.fit.first_focus()) is not None:
            focus.setFocus()

    # -- done at once

    def _show_closures(self, group: Group) -> None:
        """What is closed for the group, and what the service or most others close and it does not."""
        today = self.context.today()
        others = open_suggestions(group, today, self.context.service_closures())
        closed = [closure for closure in map(parse_closure, group.closures) if closure.last >= today]
        self._days = [
            meeting.on for meeting in group.meetings if meeting.state is MeetingState.PLANNED and meeting.on >= today
        ]
        self.closures.show_closures(closed, others, effect=self._effect, why_others=_("often closed"))

    def _effect(self, closures: Sequence[Closure]) -> str:
        return effect_words(closures, self._days, today=self.context.today())

    def _close(self, closures: tuple[Closure, ...]) -> None:
        assert self.group is not None
        save_change(self, changes.close_days(self.group, closures, self.context.today()))

    def _closure_ticked(self, closure: Closure, on: bool) -> None:
        if on:
            self._close((closure,))
        else:
            save_change(self, changes.reopen_days(closure.text, self.context.today()))

    def _edit_end(self) -> None:
        self.edit_wanted.emit("until")

    def _print_packet(self, day: date) -> None:
        self.print_wanted.emit(PaperRequest("packet", day))

    def _module_shifted(self, module: str, step: int) -> None:
        message = _("Moved the module “{title}”.").format(title=self._module_titles().get(module, module))
        change = partial(module_shifted, module=module, step=step)
        save_change(self, edit(Action.MODULE_MOVED, message, change, self.context.library, self.context.today()))

    def _toggle_closures(self) -> None:
        self._toggle(self.closures)
        if self.closures.isVisible() and self.group is not None:
            self._show_closures(self.group)
            self.closures.first_focus().setFocus()

    def _toggle_modules(self) -> None:
        self._toggle(self.modules)
        first = next(iter(self.modules.buttons.values()), None)
        if self.modules.isVisible() and first is not None:
            first.setFocus()

    def _toggle(self, card: QWidget) -> None:
        for other in (self.closures, self.modules):
            other.setVisible(other is card and not card.isVisible())
        if card.isVisible():
            self._scroll.verticalScrollBar().setValue(0)


def _place(session: PlannedSession) -> tuple[str, str]:
    """The course and the id of a session; the course is known as long as the library has it."""
    return session.module.partition("/")[0], session.key.partition("#")[0]
