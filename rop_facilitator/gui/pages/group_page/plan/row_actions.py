"""What can be done with one line of the plan: with its meeting, and with each session that stands on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.text_fields import Choice, TextField
from rop_facilitator.gui.widgets.layout.boxes import Area, clear, column, flow, label, panel, row
from rop_facilitator.gui.widgets.layout.flow import Flow
from rop_facilitator.i18n import _, capital
from rop_facilitator.planning.planned_sessions import MOST_PARTS, PlannedSession
from rop_facilitator.planning.schedule import Plan
from rop_facilitator.records.plan.plan_rows import PlanRow
from rop_facilitator.records.plan.session_order import crowded, neighbour

# Where the weeks begin and how far on the days do, at 100 %: names of lines stand under the weeks, acts under the days.
_INSET, _NAME_WIDE = 24, 88
_LARGE = 1.25  # larger text needs the whole width
_WEEK = 7


def _over_meetings(parts: int) -> str:
    """What it is called to divide a session over so many meetings."""
    return {
        2: _("Over two meetings"),
        3: _("Over three meetings"),
        4: _("Over four meetings"),
    }[parts]


def _back_to_meetings(parts: int) -> str:
    """What it is called to bring a divided session back to so many meetings."""
    return {1: _("Back to one meeting"), 2: _("Back to two meetings"), 3: _("Back to three meetings")}[parts]


def _indent() -> int:
    """How far what has no name before it goes in, to begin under the days."""
    return theme.px(_NAME_WIDE) if theme.text_scale() <= _LARGE else 0


class ActionLine(Area):
    """Acts after their name: *The meeting*, *The session*. The name stands above where text is large."""

    def __init__(self, name: str, buttons: Flow, *below: QWidget | Flow) -> None:
        caption = label(name, "caption", "muted")
        inner = column(buttons, *below, gap=theme.XS)
        if theme.text_scale() > _LARGE:
            super().__init__(column(caption, inner, gap=theme.XS))
        else:
            caption.setFixedWidth(_indent())
            whole = row(gap=0)
            beside = QVBoxLayout()  # on the height of the first button, also where they go on below
            beside.addSpacing(max(0, (theme.control_height(small=True) - caption.sizeHint().height()) // 2))
            beside.addWidget(caption)
            beside.addStretch(1)
            whole.addLayout(beside)
            whole.addLayout(inner, 1)
            super().__init__(whole)
        self.setAccessibleName(name)


class SessionActions(QWidget):
    """One session of a meeting: each act is done at once, and can be undone."""

    shifted = Signal(str, int)  # key; -1 earlier, 1 later
    moved = Signal(str, str, bool)  # key, key of a session of the other meeting, whether into that meeting
    joined = Signal(str)
    separated = Signal(str)
    divided = Signal(str, int)
    left_out = Signal(str, str)  # key, reason
    repeated = Signal(str)

    def __init__(
        self, key: str, title: str, plan: Plan, targets: Sequence[tuple[str, str, date]], *, on: date, alone: bool
    ) -> None:
        """`targets` are (key, words, day) of the meetings that it can go to; `alone`: nothing shares its meeting."""
        super().__init__()
        self.key, self._targets, self._on = key, targets, on
        session = next(session for session in plan.sessions if session.key == key)
        buttons = flow(gap=theme.S)
        self.buttons: list[Button] = []
        self._add_moves(plan, key)
        self._add_shares(plan, session, alone=alone)
        self._add(_("Once more"), "make-up", partial(self.repeated.emit, key))
        self._add(_("Leave out …"), "skip", self._ask_why)
        for button in self.buttons:
            button.set_name(f"{button.accessibleName()}: {title}")
            buttons.add(button)
        self._below = flow(gap=theme.S)
        line = ActionLine(_("The session"), buttons, self._below)
        heading = [] if alone else [column(label(title, "body"), edge=(_indent(), 0, 0, 0))]
        self.setLayout(column(*heading, line, gap=theme.XS))

    def _add(self, words: str, icon: str, act: Callable[[], None], *, name: str = "") -> None:
        self.buttons.append(Button(words, "plain", icon, small=True, name=name, clicked=act))

    def _add_moves(self, plan: Plan, key: str) -> None:
        """To the meeting before or after, or to any other."""
        days = {target: day for target, _words, day in self._targets}
        # How far is in the tool tip: with it on the buttons the acts of a session did not fit on a line of a laptop.
        for step, words, weeks, meetings, icon in (
            (-1, _("Earlier"), _("One week earlier"), _("One meeting earlier"), "chevron-left"),
            (1, _("Later"), _("One week later"), _("One meeting later"), "later"),
        ):
            other = neighbour(plan.sessions, key, step)
            if other is not None:
                aim = [day for target, day in days.items() if (day - self._on).days * step > 0]
                nearest = min(aim, key=lambda day: abs((day - self._on).days), default=None)
                is_week = nearest is not None and abs((nearest - self._on).days) == _WEEK
                name = weeks if is_week else meetings
                self._add(words, icon, partial(self.shifted.emit, key, step), name=name)
        if self._targets:
            self._add(_("Move to …"), "", self._ask_where)

    def _add_shares(self, plan: Plan, session: PlannedSession, *, alone: bool) -> None:
        """A meeting with another session, one of its own, or several."""
        if not alone:
            self._add(_("A meeting of its own"), "", partial(self.separated.emit, session.key))
        elif neighbour(plan.sessions, session.key, -1) is not None and session.first_part == 1 and not session.rest:
            self._add(_("Into the meeting before"), "merge", partial(self.joined.emit, session.key))
        if session.parts < MOST_PARTS:
            more = session.parts + 1
            self._add(_over_meetings(more), "", partial(self.divided.emit, session.key, more))
        if session.parts > 1:
            fewer = session.parts - 1
            self._add(_back_to_meetings(fewer), "", partial(self.divided.emit, session.key, fewer))

    def _ask_where(self) -> None:
        """Which meeting, and whether in its place or into it."""
        clear(self._below)
        self.where = Choice([words for _key, words, _day in self._targets])
        self.where.setAccessibleName(_("The meeting to move to"))
        self._below.add(self.where)
        self._below.add(Button(_("Take its place"), "plain", small=True, clicked=partial(self._move, False)))
        self._below.add(Button(_("Into that meeting"), "plain", small=True, clicked=partial(self._move, True)))
        self.where.setFocus()

    def _move(self, together: bool) -> None:
        self.moved.emit(self.key, self._targets[self.where.currentIndex()][0], together)

    def _ask_why(self) -> None:
        clear(self._below)
        self.why = TextField(placeholder=_("Reason, if you want to keep one"))
        self.why.setMinimumWidth(theme.px(260))
        self.why.setAccessibleName(_("Why it is left out"))
        self.why.returnPressed.connect(self._leave_out)
        self._below.add(self.why)
        self._below.add(Button(_("Leave out"), "plain", "skip", small=True, clicked=self._leave_out))
        self.why.setFocus()

    def _leave_out(self) -> None:
        self.left_out.emit(self.key, self.why.text())


class RowActions(Area):
    """Below an opened line. What is asked for is shown here too, before it is made."""

    asked = Signal(str)  # "call off", "did not meet", "change", "take up"
    opened = Signal(int)  # meeting id
    packet = Signal(object)  # the day whose papers are wanted
    open_days = Signal(str)  # a closure as it is stored
    repeated = Signal(str)

    def __init__(
        self,
        row: PlanRow,
        *,
        past_or_today: bool,
        closures: Sequence[tuple[str, str]] = (),
        read_only: bool = False,
    ) -> None:
        """`closures` are (as stored, in words) those that close the days of this line.

        A `read_only` one holds what changes nothing.
        """
        self.row = row
        self.sessions: list[SessionActions] = []
        inset = theme.px(_INSET) if theme.text_scale() <= _LARGE else theme.L
        inner = column(gap=theme.S, edge=(inset, theme.M, theme.L, theme.M))
        super().__init__(inner)
        self._meeting = flow(gap=theme.S)
        self._sessions = column(gap=theme.S)
        self._asked = column(gap=0, edge=(_indent(), 0, 0, 0))
        if row.meeting_id is not None:
            self._add_open(row.meeting_id)
            if not read_only:
                self._add_changes(past_or_today)
        for text, words in closures:
            act = partial(self.open_days.emit, text)
            self._meeting.add(Button(_("Open {days} again …").format(days=words), "plain", small=True, clicked=act))
        if row.kind == "closed" and not closures:
            holiday = label(_("A public holiday. Nothing can be planned on it."), "small", "muted")
            inner.addLayout(column(holiday, edge=(_indent(), 0, 0, 0)))
        if row.workbook:
            inner.addLayout(column(label(capital(row.workbook), "small", "muted"), edge=(_indent(), 0, 0, 0)))
        self._buttons = self._acts_of_days() if row.kind == "closed" else ActionLine(_("The meeting"), self._meeting)
        inner.addWidget(self._buttons)
        inner.addLayout(self._sessions)
        inner.addLayout(self._asked)

    def _acts_of_days(self) -> QWidget:
        """Closed days have no meeting: their acts stand without a name."""
        return panel(column(self._meeting, edge=(_indent(), 0, 0, 0)))

    def _add_open(self, meeting_id: int) -> None:
        """To the meeting itself and to its papers: nothing is changed by these."""
        row = self.row
        if row.to_open:
            go = partial(self.opened.emit, meeting_id)
            self._meeting.add(Button(_("Open the meeting"), "primary", small=True, clicked=go))
        if row.kind in ("planned", "waiting"):
            papers = partial(self.packet.emit, row.on)
            self._meeting.add(Button(_("Meeting packet"), "plain", "print", small=True, clicked=papers))

    def _add_changes(self, past_or_today: bool) -> None:
        row = self.row
        if row.kind in ("planned", "waiting"):
            self._ask(_("Move the day …"), "change", "calendar").set_name(_("Another day, time or place …"))
            self._ask(_("Call off …"), "call off")
            if past_or_today:
                self._ask(_("Did not meet …"), "did not meet").set_name(_("The group did not meet …"))
        if row.kind in ("called off", "did not meet"):
            self._ask(_("Take it up again …"), "take up", "undo")
        if row.kind == "held":
            for key, title in row.titles:
                words = _("Teach “{title}” once more").format(title=title)
                again = partial(self.repeated.emit, key)
                self._meeting.add(Button(words, "plain", "make-up", small=True, clicked=again))

    def _ask(self, words: str, what: str, icon: str = "") -> Button:
        button = Button(words, "plain", icon, small=True, clicked=partial(self.asked.emit, what))
        self._meeting.add(button)
        return button

    def add_sessions(self, plan: Plan, targets: Sequence[tuple[str, str, date]]) -> list[SessionActions]:
        """The acts of each session on the meeting that can still be moved."""
        titles = [(key, title) for key, title in self.row.titles if key in self.row.keys]
        for key, title in titles:
            session = SessionActions(key, title, plan, targets, on=self.row.on, alone=len(titles) == 1)
            self.sessions.append(session)
            self._sessions.addWidget(session)
        if words := crowded(plan, self.row.keys):
            self._sessions.addLayout(column(label(words, "small", "warn"), edge=(_indent(), 0, 0, 0)))
        return self.sessions

    def show_asked(self, widget: QWidget | None) -> None:
        """A change before it is made; None takes it away."""
        clear(self._asked)
        for part in (self._buttons, *self.sessions):
            part.setVisible(widget is None)
        if widget is not None:
            self._asked.addWidget(widget)
