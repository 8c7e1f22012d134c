"""The weeks with all that can be done in them: what is asked for first, and what is done at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rop_facilitator.gui.pages.group_page.group_tab import GroupTab
from rop_facilitator.gui.pages.group_page.plan.change_forms import (
    ChangeForm,
    ChangePanel,
    MeetingForm,
    ReasonForm,
    save_change,
)
from rop_facilitator.gui.pages.group_page.plan.left_out_sessions import LeftOutSessions
from rop_facilitator.gui.pages.group_page.plan.row_actions import RowActions, SessionActions
from rop_facilitator.gui.pages.group_page.plan.week_list import WeekList, about
from rop_facilitator.gui.pages.group_page.plan.week_row import WeekRow
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.layout.boxes import column, label
from rop_facilitator.gui.window.keyboard_focus import focus_within
from rop_facilitator.i18n import _, long_date, ngettext
from rop_facilitator.planning import planned_sessions as by_hand
from rop_facilitator.planning.calendar import Closure, parse_closure
from rop_facilitator.planning.comparison import named_titles
from rop_facilitator.planning.date_words import span_words
from rop_facilitator.planning.schedule import Plan
from rop_facilitator.records.group.groups import meeting_of
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Group
from rop_facilitator.records.plan import plan_changes as changes
from rop_facilitator.records.plan.group_plan import calendar_of, repeat_session, skip_session, take_in_session
from rop_facilitator.records.plan.plan_rows import PlanRow, plan_rows, unplaced_titles
from rop_facilitator.records.plan.session_order import (
    PlanChange,
    PlannedSessions,
    edit,
    moved_alone,
    moved_into,
    session_of,
    shifted,
)


class PlanWeeks(QWidget):
    """The list of meetings and what is left out. It acts on the group of its tab."""

    open_meeting = Signal(int)
    packet_wanted = Signal(object)  # the day of a meeting
    grown = Signal(object)  # QWidget: something was opened, and is to be seen

    def __init__(self, tab: GroupTab) -> None:
        super().__init__()
        self._tab = tab
        self.list = WeekList()
        self.left_out = LeftOutSessions()
        self.unplaced = label("", "body", "muted")
        self.row_actions: RowActions | None = None
        self._open: object = None  # what the open row is about: a meeting id or a date
        self._follow = ""  # the key of the session that the keyboard goes with
        self._plan: Plan | None = None
        self.setLayout(column(self.list, self.unplaced, self.left_out, gap=theme.M))
        self.list.clicked.connect(self._clicked)
        self.list.shifted.connect(self._row_shifted)
        self.list.dropped.connect(self._dropped)
        self.left_out.taken_in.connect(self._take_in)

    # -- showing

    def show_group(self, group: Group, plan: Plan) -> None:
        """Show the weeks; `plan` is what is left of it. The row that was open stays open, or goes with its session."""
        focused, self._plan, self.row_actions = self._focused(), plan, None
        context = self._tab.context
        archived = group.archived is not None
        keys = frozenset[str]() if archived else frozenset(session.key for session in plan.sessions)
        plans = plan_rows(group, today=context.today(), library=context.library, left=keys)
        if self._follow:
            row_of_session = next((about(plan) for plan in plans if self._follow in plan.keys), focused)
            self._open = row_of_session if self._open is not None else None
            focused, self._follow = row_of_session, ""
        self.list.show_rows(plans, today=context.today(), read_only=archived)
        for row in self.list.rows():
            if about(row.plan) == self._open and self._opens(row.plan):
                self._open_below(group, row)
        self.left_out.show_group(group)
        self._show_unplaced(unplaced_titles(group))
        if focused is not None:
            self.list.focus_row(focused)

    def _focused(self) -> object:
        """What the row with the keyboard is about; an act under a row counts as its row."""
        focus = focus_within(self.list)
        if focus is None:
            return None
        return about(focus.plan) if isinstance(focus, WeekRow) else self._open

    def _show_unplaced(self, titles: Sequence[str]) -> None:
        self.unplaced.setVisible(bool(titles))
        many = ngettext("{n} session has no date: {titles}", "{n} sessions have no date: {titles}", len(titles))
        self.unplaced.setText(many.format(n=len(titles), titles=named_titles(titles)))

    def _clicked(self, row: WeekRow) -> None:
        what = about(row.plan)
        self._open = None if self._open == what or not self._opens(row.plan) else what
        self.list.close_rows()
        self.row_actions = None
        row.setFocus()
        if self._open is not None and self._tab.group is not None:
            self._open_below(self._tab.group, row)

    def _opens(self, plan: PlanRow) -> bool:
        group = self._tab.group
        return plan.to_open or (group is not None and group.archived is None)

    def close_row(self) -> None:
        """Something else is asked for: only one thing at a time."""
        self._open = self.row_actions = None
        self.list.close_rows()

    def _open_below(self, group: Group, row: WeekRow) -> None:
        plan, archived = row.plan, group.archived is not None
        closures = [text for text in group.closures if any(day in parse_closure(text) for day in plan.closed)]
        words = [(text, _days(parse_closure(text))) for text in closures]
        past = plan.on <= self._tab.context.today()
        row_actions = RowActions(plan, past_or_today=past, closures=() if archived else words, read_only=archived)
        row_actions.opened.connect(self.open_meeting)
        row_actions.packet.connect(self.packet_wanted)
        row_actions.asked.connect(partial(self._asked, plan))
        row_actions.open_days.connect(self._ask_open)
        row_actions.repeated.connect(self._repeat)
        if self._plan is not None:
            for session in row_actions.add_sessions(self._plan, self._targets(plan)):
                self._connect(session)
        self.row_actions = row_actions
        self.list.open_row(row, row_actions)
        self.grown.emit(row_actions)

    def _connect(self, session: SessionActions) -> None:
        session.shifted.connect(self._session_shifted)
        session.moved.connect(self._session_moved)
        session.joined.connect(self._join)
        session.separated.connect(self._separate)
        session.divided.connect(self._divide)
        session.left_out.connect(self._leave_out)
        session.repeated.connect(self._repeat)

    def _targets(self, plan: PlanRow) -> list[tuple[str, str, date]]:
        rows = (row.plan for row in self.list.rows())
        return [(row.keys[0], f"{row.day}: {row.title}", row.on) for row in rows if row.keys and row is not plan]

    # -- what is asked for first

    def _asked(self, plan: PlanRow, what: str) -> None:
        meeting_id, on = plan.meeting_id, plan.on
        if meeting_id is None or self._tab.group is None:
            return
        form: ChangeForm | None = None
        make: Callable[[], PlanChange]
        if what == "change":
            meeting, closures = meeting_of(self._tab.group, meeting_id), calendar_of(self._tab.group).closures
            moved = MeetingForm(meeting, closures, today=self._tab.context.today())
            form, make = moved, partial(moved.change, self._tab)
        elif what == "take up":
            make = partial(changes.take_up, meeting_id, on)
        else:
            reason = ReasonForm(_("About the group, not about a person: illness, strike, the room"))
            form, cancel = reason, changes.call_off if what == "call off" else changes.did_not_meet

            def make() -> PlanChange:
                return cancel(meeting_id, on, reason.text.text())

        self._ask(make, form)

    def _ask_open(self, text: str) -> None:
        self._ask(partial(changes.reopen_days, text, self._tab.context.today()), None)

    def _ask(self, make: Callable[[], PlanChange], form: ChangeForm | None) -> None:
        if self.row_actions is None:
            return
        panel = ChangePanel(self._tab, make, form)
        panel.left.connect(self._leave)
        self.row_actions.show_asked(panel)
        panel.focus_first()
        self.grown.emit(panel)

    def _leave(self) -> None:
        self._follow = ""
        if self.row_actions is not None:
            self.row_actions.show_asked(None)
            self.list.focus_row(about(self.row_actions.row))

    # -- what is done at once

    def _edit(
        self, key: str, action: Action, message: str, change: Callable[[PlannedSessions], PlannedSessions]
    ) -> None:
        if self._plan is not None and change(self._plan.sessions) == self._plan.sessions:
            self._tab.context.notify(_("There is no meeting to move it to."))
            return
        self._follow = key  # the keyboard goes with the session, so that the same key moves it on
        context = self._tab.context
        save_change(self._tab, edit(action, message, change, context.library, context.today()))

    def _title(self, key: str) -> str:
        return session_of(self._tab.group, key).title if self._tab.group is not None else ""

    def _moved(self, key: str) -> str:
        return _("Moved “{title}”.").format(title=self._title(key))

    def _shared(self, key: str) -> str:
        return _("“{title}” shares a meeting now.").format(title=self._title(key))

    def _row_shifted(self, plan: PlanRow, step: int) -> None:
        if plan.keys:
            key = plan.keys[0]
            self._edit(key, Action.SESSION_MOVED, self._moved(key), lambda all_: shifted(all_, plan.keys, step))

    def _dropped(self, plan: PlanRow, on: PlanRow, into: bool) -> None:
        """Shown before it is made, as everything that moves others."""
        key, to = plan.keys[0], on.keys[0]
        row = next((row for row in self.list.rows() if row.plan is plan), None)
        if row is None or self._tab.group is None:
            return
        day = long_date(on.on, year=False)
        if into:
            change, action, message = (
                partial(moved_into, keys=plan.keys, to=to),
                Action.SESSIONS_JOINED,
                self._shared(key),
            )
            title, act = _("Move “{title}” into the meeting on {day}"), _("Share the meeting")
        else:
            change, action, message = (
                partial(by_hand.move_meeting, key=key, to=to),
                Action.SESSION_MOVED,
                self._moved(key),
            )
            title, act = _("Move “{title}” to {day}"), _("Move it")
        context, words = self._tab.context, title.format(title=self._title(key), day=day)
        plan_change = edit(action, message, change, context.library, context.today(), title=words, act=act)
        if self._plan is not None and change(self._plan.sessions) == self._plan.sessions:
            return
        self._open = about(plan)
        self.list.close_rows()
        self._open_below(self._tab.group, row)
        self._follow = key
        self._ask(lambda: plan_change, None)

    def _session_shifted(self, key: str, step: int) -> None:
        self._edit(key, Action.SESSION_MOVED, self._moved(key), lambda all_: moved_alone(all_, key, step))

    def _session_moved(self, key: str, to: str, together: bool) -> None:
        if together:
            self._together(key, lambda all_: by_hand.move(all_, key, to=to, together=True))
        else:
            self._edit(key, Action.SESSION_MOVED, self._moved(key), lambda all_: by_hand.move(all_, key, to=to))

    def _together(self, key: str, change: Callable[[PlannedSessions], PlannedSessions]) -> None:
        self._edit(key, Action.SESSIONS_JOINED, self._shared(key), change)

    def _join(self, key: str) -> None:
        self._together(key, lambda all_: by_hand.join(all_, key))

    def _separate(self, key: str) -> None:
        message = _("“{title}” has a meeting of its own.").format(title=self._title(key))
        self._edit(key, Action.SESSION_SEPARATED, message, lambda all_: by_hand.separate(all_, key))

    def _divide(self, key: str, parts: int) -> None:
        message = ngettext("“{title}” takes {n} meeting.", "“{title}” takes {n} meetings.", parts)
        message = message.format(title=self._title(key), n=parts)
        self._edit(key, Action.SESSION_DIVIDED, message, lambda all_: by_hand.divide(all_, key, parts))

    def _leave_out(self, key: str, reason: str) -> None:
        today = self._tab.context.today()
        message = _("Left out “{title}”.").format(title=self._title(key))

        def apply(group: Group) -> object:
            return skip_session(group, session_of(group, key), reason=reason, today=today)

        save_change(self._tab, PlanChange(Action.SESSION_LEFT_OUT, message, apply))

    def _take_in(self, key: str) -> None:
        today = self._tab.context.today()
        message = _("Took in “{title}” again.").format(title=self._title(key))
        save_change(
            self._tab,
            PlanChange(
                Action.SESSION_TAKEN_IN,
                message,
                lambda group: take_in_session(group, session_of(group, key), today=today),
            ),
        )

    def _repeat(self, key: str) -> None:
        today = self._tab.context.today()
        message = _("Planned “{title}” once more.").format(title=self._title(key))
        save_change(
            self._tab,
            PlanChange(
                Action.SESSION_REPEATED,
                message,
                lambda group: repeat_session(group, session_of(group, key), today=today),
            ),
        )


def _days(closure: Closure) -> str:
    return span_words(closure.first, closure.last)
