"""The group page: name, facts, and five tabs of which one is shown."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from rop_facilitator.documents.papers.catalogue import PaperRequest
from rop_facilitator.gui.context import AppContext, Page
from rop_facilitator.gui.pages.group_page.attendance.attendance_tab import AttendanceTab
from rop_facilitator.gui.pages.group_page.group_tab import GroupTab
from rop_facilitator.gui.pages.group_page.papers.papers_tab import PapersTab
from rop_facilitator.gui.pages.group_page.people.people_tab import PeopleTab
from rop_facilitator.gui.pages.group_page.plan.plan_tab import PlanTab
from rop_facilitator.gui.pages.group_page.progress.progress_tab import ProgressTab
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.archived_notice import ArchivedStrip
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.choices import Segments
from rop_facilitator.gui.widgets.layout.boxes import column, flow, label, page_edge, row
from rop_facilitator.i18n import _, ngettext, on_weekdays
from rop_facilitator.planning.calendar import clock_span
from rop_facilitator.records.calendar.group_calendar import pattern_of
from rop_facilitator.records.group.groups import count_members, curricula_of, load_group
from rop_facilitator.records.log.person_log import EventPlace, Subject
from rop_facilitator.records.meeting.meetings import GOING
from rop_facilitator.records.models import Group

PLAN, ATTENDANCE, PEOPLE, PROGRESS, PAPERS = range(5)
_TABS: tuple[type[GroupTab], ...] = (PlanTab, AttendanceTab, PeopleTab, ProgressTab, PapersTab)
_EDGE = (36, 28, 36, 24)


def facts_of(group: Group, context: AppContext) -> str:
    """One line: courses, when, how many people, and where in the course the group is."""
    titles = [
        curriculum.title if (curriculum := context.library.curricula.get(curriculum_id)) else curriculum_id
        for curriculum_id in curricula_of(group)
    ]
    today = context.today()
    usual = pattern_of(group, today)
    hours = clock_span(usual.start, usual.minutes)
    people = count_members(group, today)
    going = [meeting for meeting in group.meetings if meeting.state in GOING]
    begun = sum(meeting.on <= today for meeting in going)
    where = _("meeting {n} of {all}").format(n=begun, all=len(going)) if begun else _("not begun")
    return " · ".join(
        [
            " + ".join(titles),
            f"{on_weekdays(usual.weekdays)} {hours}",
            ngettext("{n} participant", "{n} participants", people).format(n=people),
            where,
        ]
    )


class GroupPage(Page):
    """One group. Only the shown tab is up to date; the others are read when they are shown."""

    shows: ClassVar[frozenset[str]] = frozenset(
        {
            "Group",
            "GroupSession",
            "Participant",
            "Membership",
            "Period",
            "Meeting",
            "MeetingSession",
            "Attendance",
            "MakeUp",
            "FollowUp",
        }
    )

    def __init__(self, context: AppContext, group_id: int) -> None:
        super().__init__(context)
        self.group_id = group_id
        self._name = label("", "title")
        self._facts = label("", "body", "muted")
        self._buttons = flow(gap=theme.S, right=True)
        self.tabs: dict[int, GroupTab] = {}  # each is made when it is first shown
        self._group: Group | None = None
        self._tab_states: dict[int, object] = {}  # of tabs that have not been shown since the leader came back
        names = (_("Plan"), _("Attendance"), _("Participants"), _("Progress"), _("Papers"))
        keys = tuple(f"Ctrl+{n}" for n in range(1, 6))
        self.segments = Segments(names, PLAN, name=_("What of the group"), keys=keys)
        self._stack = QStackedWidget()
        self.edit = Button(_("Edit group"), "plain", "edit", "Ctrl+E", clicked=self._edit)
        self.archived = ArchivedStrip(context, group_id)
        QShortcut(QKeySequence("Ctrl+E"), self, self._edit)
        self._lay_out()
        self.segments.chosen.connect(self._show)
        self._read()

    def _lay_out(self) -> None:
        head = row(gap=theme.L)
        head.addLayout(column(self._name, self._facts, gap=2), 1)
        head.addLayout(self._buttons)
        inner = page_edge(column(head, self.archived, self.segments, gap=theme.M, edge=_EDGE))
        inner.addWidget(self._stack, 1)
        whole = column(gap=0)
        whole.addLayout(inner)
        self.setLayout(whole)

    @property
    def tab(self) -> GroupTab:
        """The tab that is shown. Made when it is first asked for: a leader who comes back to another pays for one."""
        index = self.segments.current()
        if index not in self.tabs:
            self._show(index)
        return self.tabs[index]

    def _make(self, index: int) -> None:
        tab = self.tabs[index] = _TABS[index](self.context)
        tab.group = self._group  # what can be done hangs on it
        tab.open_meeting.connect(self._open_meeting)
        tab.print_wanted.connect(self._print)
        tab.edit_wanted.connect(self._edit_fact)
        tab.place_wanted.connect(self._open_event_place)
        self._stack.addWidget(tab)

    def _read(self) -> Group:
        with self.context.read() as db:
            group = self._group = load_group(db, self.group_id)
        self._name.setText(group.name)
        self._facts.setText(facts_of(group, self.context))
        self.archived.show_group(group)
        return group

    def reload(self) -> None:
        """Read the group anew. Raises UserError when it is gone."""
        was_archived = self._group is not None and self._group.archived is not None
        group = self._read()
        for tab in self.tabs.values():
            tab.group = group
        self.tab.show_group(group)
        if (group.archived is not None) is not was_archived:
            self._show_head_buttons()

    def show_tab(self, index: int) -> None:
        """Plan, attendance, people, progress, papers."""
        if 0 <= index < len(_TABS):
            self.segments.choose(index)

    def _show(self, index: int) -> None:
        if index not in self.tabs:
            self._make(index)
        self._stack.setCurrentWidget(self.tab)
        self._show_head_buttons()
        if self._group is not None:
            self.tab.show_group(self._group)
        self._restore_tab(index)
        if (focus := self.tab.first_focus()) is not None:
            focus.setFocus()

    def _restore_tab(self, index: int) -> None:
        if index in self._tab_states and index in self.tabs:
            self.tabs[index].restore(self._tab_states.pop(index))

    def _show_head_buttons(self) -> None:
        while self._buttons.count():
            item = self._buttons.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()  # it stays the page's: to make it a window by itself would style it anew
        for button in [*self.tab.head_buttons(), self.edit]:
            self._buttons.add(button)
            button.show()

    def _edit(self) -> None:
        self.open_route.emit(f"group_settings/{self.group_id}")

    def _edit_fact(self, fact: str) -> None:
        self.open_route.emit(f"group_settings/{self.group_id}/{fact}")

    def _open_meeting(self, meeting_id: int) -> None:
        self.open_meeting.emit(self.group_id, meeting_id)

    def _open_event_place(self, place: EventPlace) -> None:
        """Where something was changed: a meeting, the plan, or another group."""
        if place.subject is Subject.MEETING:
            self.open_meeting.emit(place.group_id, place.meeting_id)
        elif place.group_id != self.group_id:
            self.open_group.emit(place.group_id)
        else:
            self.show_tab(PROGRESS if place.subject is Subject.PROGRESS else PLAN)

    def _print(self, request: PaperRequest) -> None:
        self.print_paper.emit(self.group_id, request)

    def first_focus(self) -> QWidget | None:
        """The tab knows: a table, a list or a button."""
        return self.tab.first_focus()

    def panes(self) -> list[QWidget]:
        """Tabs, then what the tab shows."""
        return [self.segments, self.tab]

    def keys(self) -> list[tuple[str, str]]:
        """Tabs, and the keys of the shown one."""
        tabs = ("Ctrl+1–5", _("plan, attendance, participants, progress, papers"))
        return [tabs, ("Ctrl+E", _("edit the group")), *self.tab.keys()]

    def state(self) -> object:
        """Which tab is shown, and what its tab says of where it was, so that going back comes to it."""
        return (self.segments.current(), self._tab_states | {index: tab.state() for index, tab in self.tabs.items()})

    def restore(self, state: object) -> None:
        """Go back to the tab, and each tab to where it was once it is shown."""
        if isinstance(state, tuple):
            shown, self._tab_states = state
            self.show_tab(shown)
            self._restore_tab(shown)
