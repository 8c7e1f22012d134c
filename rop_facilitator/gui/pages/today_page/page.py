"""Today: the next meeting, what is left to do, the coming week."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QLayout, QVBoxLayout, QWidget

from rop_facilitator.curriculum.session_position import key_in_course, place_in_module
from rop_facilitator.documents.page.local_help_number import has_local_number
from rop_facilitator.documents.papers.catalogue import PaperRequest
from rop_facilitator.gui.context import AppContext, Page
from rop_facilitator.gui.pages.today_page.call_and_make_up_rows import CallRow, make_up_words
from rop_facilitator.gui.pages.today_page.day_row import DayRow, title_of
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.badges import Badge
from rop_facilitator.gui.widgets.display.empty_state import Empty
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.layout.boxes import (
    STRETCH,
    Item,
    card,
    column,
    fact,
    flow,
    label,
    line,
    page_edge,
    panel,
    row,
    scroll,
    task_row,
    tops,
)
from rop_facilitator.gui.widgets.papers.paper_pile import PaperPile
from rop_facilitator.gui.window.keyboard_focus import focus_within
from rop_facilitator.i18n import _, capital, clock, day_and_month, long_date, ngettext
from rop_facilitator.planning.calendar import end_of
from rop_facilitator.records.group.groups import shown_name
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.meeting.meetings import (
    awaited,
    gave_notice_at,
    load_meeting,
    nobody_expected,
    start_meeting,
)
from rop_facilitator.records.models import (
    Meeting,
    MeetingState,
)
from rop_facilitator.records.progress.call_list import ToCall
from rop_facilitator.records.progress.today_list import READS, Around, MakeUps, count_of, meetings_around

if TYPE_CHECKING:
    pass

_TWO_COLUMNS = 860
_MOST = 20  # rows of a kind: where there are many groups, the rest is only counted


class TodayPage(Page):
    """What now? The one answer is the packet of the next meeting."""

    shows = READS

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._next: Meeting | None = None
        self.packet: Button | None = None
        self._pile: QWidget | None = None
        self._lower: QBoxLayout | None = None
        self._drafts: dict[int, str] = {}  # what is being written about a call, by membership
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._minute = QTimer(self, interval=60_000)
        self._minute.timeout.connect(self._minute_over)
        self._minute.start()
        self._shown_at = context.now()
        QShortcut(QKeySequence("Ctrl+P"), self, self._print)
        # Two keys to Qt: the second is that of the number block.
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._start)
        self.reload()

    def keys(self) -> list[tuple[str, str]]:
        """The keys that print the packet and start the meeting."""
        return [("Ctrl+P", _("Meeting packet")), ("Ctrl+Enter", _("Start the meeting"))]

    def first_focus(self) -> QWidget | None:
        """The packet, so that Enter is enough."""
        return self.packet

    def reload(self) -> None:
        """Read the meetings around now."""
        self._shown_at = self.context.now()
        with self.context.read() as db:
            around = meetings_around(db, self._shown_at)
        self._next = around.next
        had_packet = self.packet is not None and focus_within(self.packet) is not None
        self.packet = self._pile = self._lower = None
        body = QWidget()
        body.setObjectName("scrolled")
        body.setLayout(page_edge(column(*self._parts(around), gap=theme.L, edge=(36, 28, 36, 28))))
        while (item := self._whole.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._whole.addWidget(scroll(body))
        self.fit_edges()
        self._fit()
        if had_packet and self.packet is not None:  # the words went with the clock, and Enter is still enough
            self.packet.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large text in a small window: one column, and no picture of paper."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < theme.px(_TWO_COLUMNS)
        if self._pile is not None:
            self._pile.setVisible(not narrow)
        if self._lower is not None:
            self._lower.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def _minute_over(self) -> None:
        """The words "in 25 minutes" go with the clock, and so does the next meeting."""
        if self._shown_at.minute != self.context.now().minute and not self._is_in_use():
            self.reload()

    def _is_in_use(self) -> bool:
        """Whether the keyboard is on something of this page: then nothing is rebuilt under it."""
        focus = focus_within(self)
        return focus is not None and focus is not self.packet

    # -- the parts

    def _parts(self, around: Around) -> list[Item]:
        parts: list[Item] = [self._head()]
        if around.next is None:
            parts.append(self._no_meeting())
        else:
            parts.append(self._next_card(around.next))
        tasks = self._tasks(around)
        if around.next is not None or tasks:
            self._lower = tops(gap=theme.XL)
            self._lower.addWidget(self._to_do(tasks, around), 11)
            self._lower.addWidget(self._week(around), 8)
            parts += [2, self._lower]
        return [*parts, STRETCH]

    def _head(self) -> Item:
        now = self.context.now()
        greeting = _("good morning") if now.hour < 10 else _("good day") if now.hour < 18 else _("good evening")
        second = _("Week {week} · {greeting}, {name}").format(
            week=now.isocalendar().week, greeting=greeting, name=self.context.leader_name
        )
        title = label(capital(long_date(now.date(), year=False)), "title")
        return column(title, label(second, "body", "muted"), gap=2)

    def _no_meeting(self) -> QWidget:
        make = Button(_("New group"), "primary", "plus", clicked=self._new_group)
        self.packet = make
        return Empty(
            "group",
            _("No meeting ahead"),
            _("Make a group with a curriculum and a first date, and the program lays the sessions on real weeks."),
            make,
        )

    def _next_card(self, meeting: Meeting) -> QWidget:
        inner = row(gap=theme.XL)
        inner.addLayout(self._next_words(meeting), 1)
        sets = awaited(meeting.group, meeting)
        words = ngettext(
            "Run sheet, sign-in sheet, {n} set, 2 spare", "Run sheet, sign-in sheet, {n} sets, 2 spare", sets
        )
        caption = label(words.format(n=sets) if sets else _("Run sheet, sign-in sheet, 2 spare sets"), "small", "muted")
        caption.setFixedWidth(theme.px(164))
        sheets = PaperPile(_("Run sheet"), day_and_month(meeting.on))
        self._pile = panel(column(sheets, theme.XS, caption, STRETCH, gap=6))
        inner.addWidget(self._pile)
        return card(inner, edge=(28, 24, 28, 24))

    def _next_words(self, meeting: Meeting) -> QLayout:
        until = end_of(meeting.start, meeting.minutes)
        times = f"{clock(meeting.start)}–{clock(until)}"
        facts: list[Item] = [fact("group", self._expected(meeting))]
        if meeting.place:
            facts.append(fact("place", meeting.place))
        return column(
            flow(label(times, "strong", "accent"), label(self._when(meeting), "body", "muted"), gap=theme.M),
            2,
            label(title_of(meeting), "display"),
            label(self._where_in_course(meeting), "body", "muted"),
            theme.S,
            *facts,
            theme.M,
            flow(*self._buttons(meeting), STRETCH, gap=theme.S),
            STRETCH,
            gap=6,
        )

    def _buttons(self, meeting: Meeting) -> list[QWidget]:
        self.packet = Button(_("Meeting packet"), "primary", "print", "Ctrl+P", clicked=self._print)
        words = _("Go on with the meeting") if meeting.state is MeetingState.HELD else _("Start the meeting")
        if meeting.on > self.context.today():
            words = _("Open the meeting")
        buttons: list[QWidget] = [self.packet, Button(words, "plain", "play", "Ctrl+Enter", clicked=self._start)]
        if meeting.sessions:
            buttons.append(Button(_("See the session"), "quiet", clicked=self._see_session))
        return buttons

    def _when(self, meeting: Meeting) -> str:
        now = self.context.now().replace(tzinfo=None)
        minutes = round((datetime.combine(meeting.on, meeting.start) - now).total_seconds() / 60)
        if meeting.on == now.date():
            if minutes <= 0:
                return _("has begun")
            if minutes < 60:
                return ngettext("in {n} minute", "in {n} minutes", minutes).format(n=minutes)
            hours = round(minutes / 60)
            return ngettext("in {n} hour", "in {n} hours", hours).format(n=hours)
        if meeting.on == now.date() + timedelta(days=1):
            return _("tomorrow")
        return long_date(meeting.on, year=False)

    def _where_in_course(self, meeting: Meeting) -> str:
        """Group, curriculum, and which session of which module it is."""
        parts = [meeting.group.name]
        session = meeting.sessions[0].group_session if meeting.sessions else None
        curriculum = self.context.library.curricula.get(session.curriculum_id) if session else None
        if session and curriculum:
            parts += [curriculum.title, place_in_module(self.context.library, curriculum.id, session.session_id)]
        return " · ".join(filter(None, parts))

    def _notices(self, meeting: Meeting) -> list[str]:
        return [shown_name(person, meeting.group.names_shown) for person in gave_notice_at(meeting.group, meeting)]

    def _expected(self, meeting: Meeting) -> str:
        away = self._notices(meeting)
        count = awaited(meeting.group, meeting)
        expected = (
            ngettext("{n} is expected", "{n} are expected", count).format(n=count) if count else nobody_expected()
        )
        if not away:
            return expected
        if self.context.names_hidden or len(away) > 4:
            gave = ngettext("{n} has given notice", "{n} have given notice", len(away)).format(n=len(away))
        else:
            gave = ngettext("{names} has given notice", "{names} have given notice", len(away)).format(
                names=_joined(away)
            )
        return f"{expected} · {gave}"

    # -- what is left to do

    def _tasks(self, around: Around) -> list[Item]:
        rows: list[Item] = []
        for meeting, count in around.unmarked[:_MOST]:
            day = day_and_month(meeting.on)
            name = _("Mark attendance for {day}").format(day=day)
            button = Button(_("Mark attendance"), "plain", small=True, name=f"{name}, {meeting.group.name}")
            button.clicked.connect(partial(self.open_meeting.emit, meeting.group_id, meeting.id))
            if meeting.state is MeetingState.PLANNED:
                title = _("Was the meeting on {day} held?").format(day=day)
                why = _("{group} · nobody is marked").format(group=meeting.group.name)
            else:
                title = name
                words = ngettext("{group} · {n} person unmarked", "{group} · {n} people unmarked", count)
                why = words.format(group=meeting.group.name, n=count)
            rows.append(task_row("edit", title, why, button))
        rows += [self._call(call) for call in around.to_call[:_MOST]]
        rows += [self._make_ups(make_ups) for make_ups in around.to_make_up[:_MOST]]
        if not has_local_number():
            button = Button(_("Help numbers"), "plain", small=True, clicked=self._settings)
            why = _("It stands at the foot of every sheet, once you have put it in")
            rows.append(task_row("phone", _("Whom can participants call where you are?"), why, button))
        return rows

    def _call(self, call: ToCall) -> CallRow:
        row_of_call = CallRow(self.context, call, drafts=self._drafts)
        row_of_call.followed_up.connect(self._followed_up)
        return row_of_call

    def _make_ups(self, make_ups: MakeUps) -> Item:
        title, why = make_up_words(make_ups, self.context)
        name = _("See progress for {group}").format(group=make_ups.meeting.group.name)
        button = Button(_("See progress"), "plain", small=True, name=name)
        button.clicked.connect(partial(self.open_progress.emit, make_ups.meeting.group_id))
        return task_row("make-up", title, why, button)

    def _to_do(self, tasks: list[Item], around: Around) -> QWidget:
        left = count_of(around, number_missing=not has_local_number())
        count = Badge(_("{n} left").format(n=left) if left else _("all done"))
        items: list[Item] = [row(label(_("To do"), "heading"), STRETCH, count), theme.XS]
        for number, task in enumerate(tasks):
            items += [line(), task] if number else [task]
        items += _more(left - len(tasks))
        if not tasks:
            items += [theme.S, label(_("Nothing is waiting. Every meeting so far is marked."), "body", "muted")]
        return card(*items, STRETCH, gap=0, edge=(theme.XL, theme.L, theme.XL, theme.M))

    def _week(self, around: Around) -> QWidget:
        items: list[Item] = [label(_("The coming week"), "heading"), theme.XS]
        for number, meeting in enumerate(around.week[:_MOST]):
            day = DayRow(meeting)
            day.clicked.connect(partial(self.open_meeting.emit, meeting.group_id, meeting.id))
            items += [line(), day] if number else [day]
        items += _more(len(around.week) - _MOST)
        if not around.week:
            items += [theme.S, label(_("No other meetings the next seven days."), "body", "muted")]
        return card(*items, STRETCH, gap=0, edge=(theme.XL, theme.L, theme.XL, theme.M))

    # -- what the leader does

    def _print(self) -> None:
        if self._next is not None:
            self.print_paper.emit(self._next.group_id, PaperRequest("packet", self._next.on))

    def _start(self) -> None:
        """Today's meeting is held from now on; one that comes later is only opened."""
        if self._next is None:
            return
        group_id, meeting_id = self._next.group_id, self._next.id
        if self._next.on == self.context.today() and self._next.state is MeetingState.PLANNED:
            with self.context.write(Action.MEETING_STARTED) as db:
                meeting = load_meeting(db, meeting_id)
                start_meeting(db, meeting.group, meeting, today=self.context.today(), leader=self.context.leader_name)
        self.open_meeting.emit(group_id, meeting_id)

    def _followed_up(self) -> None:
        """The person has left the list; the keyboard goes to the next one."""
        rows = [call_row.agreed for call_row in self.findChildren(CallRow) if call_row.isVisibleTo(self)]
        focus = next(iter(rows), self.packet)
        if focus is not None:
            focus.setFocus()

    def _see_session(self) -> None:
        if self._next is not None:
            session = self._next.sessions[0].group_session
            self.open_session.emit(key_in_course(session.curriculum_id, session.session_id))

    def _new_group(self) -> None:
        self.open_route.emit("new_group")

    def _settings(self) -> None:
        self.open_route.emit("settings/numbers")


def _more(left: int) -> list[Item]:
    """A word about the rows that are not shown."""
    words = ngettext("and {n} more", "and {n} more", left).format(n=left)
    return [theme.M, label(words, "body", "muted")] if left > 0 else []


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])
