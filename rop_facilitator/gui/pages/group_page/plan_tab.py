"""Group, plan: the weeks as rows, what does not fit in words, and one act at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from rop_facilitator.gui import theme
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.moved import dates_of, moved_text
from rop_facilitator.gui.pages.group_page.closures_panel import ClosuresPanel, days_words
from rop_facilitator.gui.pages.group_page.plan_rows import PlanRow, plan_rows, unplaced_titles
from rop_facilitator.gui.pages.group_page.tab import Tab, meeting_of
from rop_facilitator.gui.pages.group_page.week_row import WeekRow
from rop_facilitator.gui.widgets.buttons import Button
from rop_facilitator.gui.widgets.layout import card, clear, column, flow, label, panel, scroll
from rop_facilitator.gui.widgets.parts import Strip
from rop_facilitator.i18n import _, day_and_month, long_date, ngettext
from rop_facilitator.planning.calendar import Closure, parse_closure
from rop_facilitator.records.meetings import GOING
from rop_facilitator.records.models import Group
from rop_facilitator.records.plan import add_closure, cancel_meeting, reinstate_meeting, remove_closure

_NAMED = 4
_SETTLING = 400  # milliseconds


class PlanTab(Tab):
    """Rows that open; each act is one click, tells how many sessions moved, and can be undone."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.closures = ClosuresPanel()
        self.closures.added.connect(self._close)
        self.closures.removed.connect(self._open_again)
        self._toggle = Button(_("Closed weeks"), "plain", "calendar", clicked=self._toggle_closures)
        self.unplaced = Strip("", "warn")
        self._summary = label("", "body", "muted")
        self._list = column(gap=0)
        self._open_row: object = None  # what the open row is about: a meeting id or a date
        self._card = card(self._list, gap=0, edge=(1, 6, 1, 6))
        body = panel(column(self.closures, self.unplaced, self._summary, self._card, "stretch", gap=theme.M))
        self._scroll = scroll(body)
        body.setAutoFillBackground(False)
        whole = column(gap=0)
        whole.addWidget(self._scroll)
        self.setLayout(whole)
        self._settled = False  # until the page has its size, today is scrolled to
        self._scroll.verticalScrollBar().rangeChanged.connect(self._range_changed)
        QTimer.singleShot(_SETTLING, self, self._settle)

    def acts(self) -> list[QWidget]:
        """Closed weeks."""
        return [self._toggle]

    def keys(self) -> list[tuple[str, str]]:
        """Rows."""
        return [("↑ ↓", _("the week before or after")), ("Enter", _("what can be done with it"))]

    def first_focus(self) -> QWidget | None:
        """Today's row, or the next one."""
        rows = self.rows()
        return next((one for one in rows if one.plan.on >= self.context.today()), rows[-1] if rows else None)

    def rows(self) -> list[WeekRow]:
        """The rows that are shown, earliest first."""
        items = (self._list.itemAt(at) for at in range(self._list.count()))
        return [widget for item in items if item is not None and isinstance(widget := item.widget(), WeekRow)]

    # -- showing

    def show_group(self, group: Group) -> None:
        """Show the plan; the row that was open stays open."""
        super().show_group(group)
        at, had_focus = self._scroll.verticalScrollBar().value(), self._focused()
        clear(self._list)
        for plan in plan_rows(group, today=self.context.today()):
            made = WeekRow(plan)
            made.clicked.connect(partial(self._clicked, made))
            self._list.addWidget(made)
            if _about(plan) == self._open_row:
                made.setChecked(True)
                self._list.addWidget(self._acts_of(plan))
        self.closures.show_group(group, today=self.context.today())
        self._show_unplaced(group)
        self._show_summary(group)
        for row in self.rows():
            if had_focus is not None and _about(row.plan) == had_focus:
                row.setFocus()
        if self._settled:
            QTimer.singleShot(0, self, partial(self._scroll.verticalScrollBar().setValue, at))

    def _focused(self) -> object:
        """What the row with the keyboard is about; an act under a row counts as its row."""
        focus = self.focusWidget()
        if focus is None or not focus.hasFocus() or not self._card.isAncestorOf(focus):
            return None
        return _about(focus.plan) if isinstance(focus, WeekRow) else self._open_row

    def _range_changed(self, _low: int, _high: int) -> None:
        if not self._settled:
            QTimer.singleShot(0, self, self._scroll_to_today)  # once the rows have their places

    def _settle(self) -> None:
        self._settled = True

    def _scroll_to_today(self) -> None:
        target = self.first_focus()
        if isinstance(target, WeekRow):
            bar = self._scroll.verticalScrollBar()
            above = 2 * target.height()
            bar.setValue(max(0, self._card.y() + target.y() - above))

    def _show_unplaced(self, group: Group) -> None:
        titles = unplaced_titles(group)
        self.unplaced.setVisible(bool(titles))
        if not titles:
            return
        many = ngettext("{n} session has no date: {titles}.", "{n} sessions have no date: {titles}.", len(titles))
        named = ", ".join(titles[:_NAMED]) + (" …" if len(titles) > _NAMED else "")
        what = _("End later, meet more often, or open some of the closed days.")
        self.unplaced.say(f"{many.format(n=len(titles), titles=named)} {what}")

    def _show_summary(self, group: Group) -> None:
        going = [one for one in group.meetings if one.state in GOING]
        meetings = ngettext("{n} meeting", "{n} meetings", len(going)).format(n=len(going))
        sessions = ngettext("{n} session", "{n} sessions", len(group.sessions)).format(n=len(group.sessions))
        parts = [meetings, sessions]
        if going:
            parts.append(_("ends {day}").format(day=long_date(going[-1].on)))
        self._summary.setText(" · ".join(parts))

    # -- rows

    def _clicked(self, row: WeekRow, _on: bool = False) -> None:
        self._settled = True
        about = _about(row.plan)
        self._open_row = None if self._open_row == about else about
        if self.group is not None:
            row.setFocus()
            self.show_group(self.group)

    def _acts_of(self, plan: PlanRow) -> QWidget:
        """What can be done with a row."""
        buttons: list[QWidget | str] = []
        if plan.meeting_id is not None and plan.kind in ("planned", "held", "waiting"):
            is_next = plan.is_today or plan.kind == "waiting"
            buttons.append(
                Button(
                    _("Open the meeting"),
                    "primary" if is_next else "plain",
                    small=True,
                    clicked=partial(self.open_meeting.emit, plan.meeting_id),
                )
            )
        if plan.meeting_id is not None and plan.kind in ("planned", "waiting"):
            cancel = partial(self._cancel, plan.meeting_id, plan)
            buttons.append(Button(_("Call off"), "plain", "skip", small=True, clicked=cancel))
            if plan.on <= self.context.today():
                missed = partial(self._did_not_meet, plan.meeting_id, plan)
                buttons.append(Button(_("The group did not meet"), "plain", small=True, clicked=missed))
        if plan.meeting_id is not None and plan.kind in ("called off", "did not meet"):
            again = partial(self._reinstate, plan.meeting_id, plan)
            buttons.append(Button(_("Take it up again"), "plain", "undo", small=True, clicked=again))
        if plan.kind == "closed":
            buttons += self._acts_of_closed(plan)
        acts = flow(*buttons, gap=theme.S, edge=(min(theme.px(248), 280), theme.S, theme.L, theme.M))
        return panel(acts)

    def _acts_of_closed(self, plan: PlanRow) -> list[QWidget | str]:
        texts = [] if self.group is None else self.group.closures
        ours = [text for text in texts if any(day in parse_closure(text) for day in plan.closed)]
        if not ours:
            return [label(_("A public holiday. Nothing can be planned on it."), "small", "muted")]
        return [
            Button(
                _("Open {days} again").format(days=days_words(parse_closure(text))),
                "plain",
                "undo",
                small=True,
                clicked=partial(self._open_again, text),
            )
            for text in ours
        ]

    # -- acts

    def _do(self, action: str, told: str, act: Callable[[Any, Group], object]) -> None:
        """One act, and a toast with what it did to the plan."""

        def move(db: Any, group: Group) -> str:
            before = dates_of(group)
            act(db, group)
            return f"{told} {moved_text(before, dates_of(group))}"

        if words := self.keep(action, move):
            self.context.say(words, undoable=True)

    def _cancel(self, meeting_id: int, plan: PlanRow) -> None:
        told = _("Called off {day}.").format(day=day_and_month(plan.on))
        self._do("meeting cancelled", told, lambda db, group: cancel_meeting(group, meeting_of(group, meeting_id)))

    def _did_not_meet(self, meeting_id: int, plan: PlanRow) -> None:
        told = _("The group did not meet {day}.").format(day=day_and_month(plan.on))
        self._do(
            "meeting cancelled",
            told,
            lambda db, group: cancel_meeting(group, meeting_of(group, meeting_id), did_not_meet=True),
        )

    def _reinstate(self, meeting_id: int, plan: PlanRow) -> None:
        told = _("The group meets {day} after all.").format(day=day_and_month(plan.on))
        self._do("meeting reinstated", told, lambda db, group: reinstate_meeting(group, meeting_of(group, meeting_id)))

    def _close(self, closure: Closure) -> None:
        told = _("Closed {days}.").format(days=days_words(closure))
        today = self.context.today()
        self._do("closure added", told, lambda db, group: add_closure(group, closure, today=today))

    def _open_again(self, text: str) -> None:
        told = _("Opened {days}.").format(days=days_words(parse_closure(text)))
        today = self.context.today()
        self._do("closure removed", told, lambda db, group: remove_closure(group, text, today=today))

    def _toggle_closures(self) -> None:
        self.closures.setVisible(not self.closures.isVisible())
        if self.closures.isVisible():
            self._scroll.verticalScrollBar().setValue(0)
            self.closures.first_focus().setFocus()


def _about(plan: PlanRow) -> object:
    """What a row is about, the same before and after the plan was laid anew."""
    return plan.meeting_id if plan.meeting_id is not None else plan.on
