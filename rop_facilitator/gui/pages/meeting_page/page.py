"""The meeting page: it reads the records, shows them in its panes and keeps what they are told."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from rop_facilitator.curriculum.agenda import Theme, lay_out
from rop_facilitator.curriculum.model import Library
from rop_facilitator.curriculum.session_position import workbook_words
from rop_facilitator.errors import UserError
from rop_facilitator.gui.context import AppContext, Page
from rop_facilitator.gui.pages.meeting_page.clock_bar import ClockBar, is_going_on
from rop_facilitator.gui.pages.meeting_page.marking import Marking, meeting_keys
from rop_facilitator.gui.pages.meeting_page.meeting_actions import MeetingActions
from rop_facilitator.gui.pages.meeting_page.notes_pane import blocks_of_stop
from rop_facilitator.gui.pages.meeting_page.pane_values import agreements, people_at, person_now, sessions_at
from rop_facilitator.gui.pages.meeting_page.panes import Panes
from rop_facilitator.gui.widgets.display.archived_notice import ArchivedStrip
from rop_facilitator.gui.widgets.display.empty_state import Empty
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.layout.boxes import Line, clear, column, panel
from rop_facilitator.i18n import _, capital
from rop_facilitator.planning.agenda_times import Stop, stop_at, timeline
from rop_facilitator.records.log.audit_log import RecordsChange
from rop_facilitator.records.meeting.attendance import rows_by_id
from rop_facilitator.records.meeting.meetings import (
    GOING,
    load_meeting,
    themes_of,
    titles_of,
)
from rop_facilitator.records.models import (
    Attendance,
    Meeting,
    MeetingState,
    NamesShown,
    Outcome,
)
from rop_facilitator.settings import reading_size


class MeetingPage(Page):
    """One meeting, without a side bar: what to do now, and who is here."""

    shows: ClassVar[frozenset[str]] = frozenset(
        {"Group", "GroupSession", "Participant", "Membership", "Period", "Meeting", "MeetingSession", "Attendance"}
    )
    with_side_bar: ClassVar[bool] = False

    def __init__(self, context: AppContext, group_id: int, meeting_id: int) -> None:
        super().__init__(context)
        self.group_id, self.meeting_id = group_id, meeting_id
        self.meeting_actions = MeetingActions(context, group_id, meeting_id)
        self.meeting: Meeting | None = None
        self.stops: tuple[Stop, ...] = ()
        self.index = -1
        self._themes: tuple[Theme, ...] = ()
        self._speech = ""
        self._rows: dict[int, Attendance] = {}
        self.top = ClockBar()
        self.archived = ArchivedStrip(context, group_id)
        self.desk = Panes()
        self._marking = Marking(self.meeting_actions, self.desk.attendance.list)
        self._other = column(gap=0, edge=60)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.desk)
        self._stack.addWidget(panel(self._other))  # called off: neither steps nor people to show
        inner = column(self.top, Line(), self.archived, gap=0)
        inner.addWidget(self._stack, 1)
        self.setLayout(inner)
        self._connect()
        self._keys()
        self.reload()

    def _connect(self) -> None:
        closing = self.desk.closing
        self.top.ticked.connect(self._tick)
        self.top.back.clicked.connect(self.leave)
        self.top.names.clicked.connect(self._toggle_names)
        self.top.start.clicked.connect(self._start)
        self.top.end.clicked.connect(self.end)
        self.desk.agenda.chosen.connect(self.go_to)
        self.desk.agenda.next.clicked.connect(self.next_step)
        self.desk.agenda.carry_over.connect(self._carry_over)
        self.desk.notes.size_wanted.connect(self._resize_text)
        closing.outcome_chosen.connect(self._outcome)
        closing.outcome_confirmed.connect(self.meeting_actions.outcome)
        closing.agreed.connect(self.meeting_actions.agree)
        closing.rest_wanted.connect(self._marking.rest)
        closing.not_held.connect(self._not_held)
        closing.back_to_agenda.connect(self._back_to_agenda)
        closing.finished.connect(self.leave)

    def _keys(self) -> None:
        for keys, slot in (
            ("Ctrl+Down", self.next_step),
            ("Ctrl+Up", self.step_before),
            ("Ctrl+Return", self._start_or_end),
            ("Alt+Left", self.leave.emit),
        ):
            QShortcut(QKeySequence(keys), self, slot, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # -- showing

    def reload(self) -> None:
        """Read the meeting and its people anew. Raises UserError when it is gone."""
        with self.context.read() as db:
            self.meeting = load_meeting(db, self.meeting_id)
        group = self.meeting.group
        titles = capital(" + ".join(titles_of(self.meeting)))
        self.archived.show_group(group)
        self.top.show_meeting(titles or group.name, _where(self.meeting, self.context.library))
        if self.meeting.state not in GOING:
            self._show_cancelled()
        else:
            self._stack.setCurrentIndex(0)
            self._show_agenda(self.meeting)
            self._show_people(self.meeting)
        self._show_clock()

    def _show_cancelled(self) -> None:
        again = Button(_("Take the meeting up again"), "primary", "undo", clicked=self.meeting_actions.reinstate)
        why = _("Its sessions have moved on to later meetings.")
        buttons = () if self.read_only else (again,)
        clear(self._other)
        cancelled = Empty("calendar", _("The meeting was called off"), why, *buttons)
        self._other.addWidget(cancelled, 0, Qt.AlignmentFlag.AlignTop)
        self._stack.setCurrentIndex(1)
        self.top.show_acts(can_start=False, can_end=False, hidden=self.context.names_hidden)

    @property
    def read_only(self) -> bool:
        """Whether the group is archived: nothing is marked then."""
        return self.meeting is not None and self.meeting.group.archived is not None

    @property
    def ahead(self) -> bool:
        """Whether the day of the meeting has not come."""
        return self.meeting is not None and self.meeting.on > self.context.today()

    @property
    def live(self) -> bool:
        """Whether the meeting is going on by the clock, or should have ended within the hour."""
        return is_going_on(self.stops, self.context.now())

    def _show_agenda(self, meeting: Meeting) -> None:
        curriculum, self._themes = themes_of(meeting, self.context.library)
        steps = lay_out(curriculum, self._themes, meeting.minutes) if curriculum else ()
        self._speech = curriculum.language if curriculum else ""
        stops = timeline(steps, self._themes, meeting.on, meeting.start)
        if stops != self.stops:  # else the notes stay where they were scrolled to
            self.stops = stops
            self.desk.agenda.show_stops(stops)
            self.index = min(self.index, len(stops) - 1)
            if self.index < 0 and stops:
                self.index = stop_at(stops, self.context.now()) if self.live else 0
            self._show_notes()
        held = meeting.state is MeetingState.HELD
        can_start, can_end = not held and not self.ahead, held
        if self.read_only:
            can_start = can_end = False
            self.desk.show_closing(False)
        self.top.show_acts(can_start=can_start, can_end=can_end, hidden=self.context.names_hidden)
        self.desk.show_gone(curriculum is None)
        self._show_index()

    def _show_index(self, *, follow: bool = True) -> None:
        if self.stops:
            held = self.meeting is not None and self.meeting.state is MeetingState.HELD and not self.read_only
            self.desk.agenda.show_now(self.index, self.context.now(), live=self.live, held=held, follow=follow)

    def _show_notes(self) -> None:
        if self.stops:
            stop = self.stops[self.index]
            blocks = blocks_of_stop(stop, self._themes, file=stop.step.title, speech=self._speech)
            self.desk.notes.show_stop(stop, blocks, reading_px=self.context.settings.reading_px)

    def _show_people(self, meeting: Meeting) -> None:
        names = NamesShown.NUMBER if self.context.names_hidden else meeting.group.names_shown
        self._rows = {row.membership_id: row for row in meeting.attendance}
        people = people_at(meeting, self._rows, names=names)
        self.desk.attendance.show_people(people, meeting, ahead=self.ahead, read_only=self.read_only)
        self._show_closing()

    def _show_closing(self) -> None:
        """What became of the meeting is made while it can be seen: it has a field for everybody who is here."""
        if self.meeting is not None and self.desk.closing_is_shown:
            people = self.desk.attendance.list.people.people
            self.desk.closing.show_closing(
                sessions_at(self.meeting, self._themes),
                agreements(people, self._rows),
                unmarked=sum(person.mark is None for person in people),
                started=self.meeting.started,
            )

    def refresh(self, change: RecordsChange) -> bool:
        """A mark changes the row of one person, and what is counted of them."""
        if self.meeting is None or self.meeting.state not in GOING or self.shows & change != {"Attendance"}:
            return False
        wanted = change.rows["Attendance"]
        with self.context.read() as db:
            changed = rows_by_id(db, wanted)
        known = {row.id for row in self._rows.values()}
        ours = [row for row in changed if row.meeting_id == self.meeting_id]
        if len(changed) < len(wanted) or not known.issuperset(row.id for row in ours):
            return False  # a row is gone or new: people came or went, and the list is another one
        names = {person.membership_id: person.name for person in self.desk.attendance.list.people.people}
        for row in ours:
            self._rows[row.membership_id] = row
            if row.membership_id in names:
                self.desk.attendance.show_person(person_now(row.membership_id, names[row.membership_id], row))
        self._show_closing()
        return True

    def _show_clock(self) -> None:
        self.top.show_clock(self.meeting, self.stops, self.index, self.context.now())

    def _tick(self) -> None:
        self._show_clock()
        if self.live:
            self._show_index(follow=False)  # the leader may have scrolled on, to what comes

    def _start(self) -> None:
        self.meeting_actions.start()
        self.desk.attendance.list.setFocus()  # the button goes; the next key is a mark

    # -- going through the agenda

    def go_to(self, index: int) -> None:
        """Be at a step, counted from 0."""
        if 0 <= index < len(self.stops):
            self.index = index
            self.desk.show_closing(False)
            self._show_notes()
            self._show_index()
            self._show_clock()

    def next_step(self) -> None:
        """Go on; after the last step comes what became of it, if the meeting was held."""
        if self.index + 1 < len(self.stops):
            self.go_to(self.index + 1)

    def step_before(self) -> None:
        """Go back to the step before on the agenda."""
        self.go_to(self.index - 1)

    def end(self) -> None:
        """Ask what became of the sessions, in the place of the notes."""
        if self.read_only:
            return
        self.desk.show_closing(True)
        self._show_closing()
        self.desk.focus_closing()

    def _carry_over(self) -> None:
        """What is left of the last session is planned first next time, once it was seen what moves."""
        if self.meeting is not None and self.meeting.sessions:
            self.end()
            self._outcome(self.meeting.sessions[-1].id, Outcome.CARRIED_OVER)

    def _outcome(self, meeting_session_id: int, outcome: Outcome) -> None:
        """Keep an outcome that moves nothing else at once; of another one, show first what moves."""
        try:
            comparison, titles = self.meeting_actions.preview_outcome(meeting_session_id, outcome)
        except UserError as error:
            self.context.notify(str(error))
            return
        if any(move.before is not None for move in comparison.moves) or comparison.unplaced:
            self.desk.closing.ask(meeting_session_id, outcome, comparison, titles)
        else:
            self.meeting_actions.outcome(meeting_session_id, outcome)

    def _not_held(self) -> None:
        if self.meeting_actions.not_held():
            self.desk.show_closing(False)

    def _back_to_agenda(self) -> None:
        self.desk.show_closing(False)

    def _start_or_end(self) -> None:
        if self.top.start.isVisible():
            self._start()
        elif self.top.end.isVisible():
            self.end()

    def _resize_text(self, step: int) -> None:
        self.context.change_settings(reading_px=reading_size(self.context.settings.reading_px + step))
        self._show_notes()

    def _toggle_names(self) -> None:
        self.context.hide_names(not self.context.names_hidden)

    # -- the page in the window

    def panes(self) -> list[QWidget]:
        """F6 goes from the agenda to the notes to the people."""
        return [self.desk.agenda, self.desk.middle, self.desk.attendance]

    def keys(self) -> list[tuple[str, str]]:
        """What the keyboard does here."""
        return meeting_keys(read_only=self.read_only)

    def first_focus(self) -> QWidget | None:
        """The list of people: a letter marks at once. First the panes move, for one that moves loses the keyboard."""
        self.desk.fit(self.window().width())
        return self.desk.attendance.list

    def state(self) -> object:
        """The step, and whether the meeting is being ended."""
        return (self.index, self.desk.closing_is_shown)

    def restore(self, state: object) -> None:
        """Go back to the step, and to ending the meeting where that was on."""
        if isinstance(state, tuple):
            self.go_to(state[0])
            if state[1]:
                self.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Three panes where there is room, else two."""
        super().resizeEvent(event)
        self.desk.fit(self.width())


def _where(meeting: Meeting, library: Library) -> str:
    """Group, number, and the pages of the workbook."""
    number = _("meeting {n}").format(n=meeting.number) if meeting.number else ""
    pages = workbook_words(theme.session for theme in themes_of(meeting, library)[1])
    return " · ".join(filter(None, (meeting.group.name, number, pages)))
