"""What can be done with one line of the plan: with its meeting, and with each session that stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rop_facilitator.gui import theme
from rop_facilitator.gui.pages.group_page.plan_edits import crowded, neighbour
from rop_facilitator.gui.pages.group_page.plan_rows import PlanRow
from rop_facilitator.gui.widgets.buttons import Button
from rop_facilitator.gui.widgets.fields import Choice, TextField
from rop_facilitator.gui.widgets.layout import Area, clear, column, flow, label, panel
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.planning.lessons import MOST_PARTS
from rop_facilitator.planning.schedule import Plan

_INSET = 112  # where the days begin, at 100 %
_LARGE = 1.25  # larger text needs the whole width


class SessionActs(QWidget):
    """One session of a meeting: each act is done at once, and can be undone."""

    shifted = Signal(str, int)  # key; -1 earlier, 1 later
    moved = Signal(str, str, bool)  # key, key of a session of the other meeting, whether into that meeting
    joined = Signal(str)
    separated = Signal(str)
    divided = Signal(str, int)
    left_out = Signal(str, str)  # key, reason
    repeated = Signal(str)

    def __init__(self, key: str, title: str, plan: Plan, targets: Sequence[tuple[str, str]], *, alone: bool) -> None:
        """`targets` are (key, words) of the meetings that it can go to; `alone`: nothing shares its meeting."""
        super().__init__()
        self.key, self._targets = key, targets
        lesson = next(one for one in plan.lessons if one.key == key)
        acts = flow(gap=theme.S)
        self.buttons: list[Button] = []
        if neighbour(plan.lessons, key, -1) is not None:
            self._add(_("Earlier"), "chevron-left", partial(self.shifted.emit, key, -1))
        if neighbour(plan.lessons, key, 1) is not None:
            self._add(_("Later"), "chevron-right", partial(self.shifted.emit, key, 1))
        if targets:
            self._add(_("Move to …"), "", self._ask_where)
        if not alone:
            self._add(_("A meeting of its own"), "", partial(self.separated.emit, key))
        elif neighbour(plan.lessons, key, -1) is not None and lesson.first_part == 1 and not lesson.rest:
            self._add(_("Into the meeting before"), "merge", partial(self.joined.emit, key))
        self._add(_("Leave out …"), "", self._ask_why)
        self._add(_("Once more"), "make-up", partial(self.repeated.emit, key))
        for button in self.buttons:
            button.set_name(f"{button.text()}: {title}")
            acts.add(button)
        self.parts = self._parts(lesson.parts, title)
        acts.add(self.parts)
        self._below = flow(gap=theme.S)
        heading = [] if alone else [label(title, "caption")]
        self.setLayout(column(*heading, acts, self._below, gap=theme.XS))

    def _add(self, words: str, icon: str, act: object) -> None:
        assert callable(act)
        self.buttons.append(Button(words, "plain", icon, small=True, clicked=act))

    def _parts(self, parts: int, title: str) -> Choice:
        names = [ngettext("in {n} meeting", "over {n} meetings", n).format(n=n) for n in range(1, MOST_PARTS + 1)]
        made = Choice(names, parts - 1)
        made.setAccessibleName(_("How many meetings: {title}").format(title=title))
        made.activated.connect(self._parts_chosen)
        self._parts_now = parts
        return made

    def _parts_chosen(self, at: int) -> None:
        if at + 1 != self._parts_now:
            self.divided.emit(self.key, at + 1)

    def _ask_where(self) -> None:
        """Which meeting, and whether in its place or into it."""
        clear(self._below)
        self.where = Choice([words for _key, words in self._targets])
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


class RowActs(Area):
    """Below an opened line. What is asked for is shown here too, before it is made."""

    asked = Signal(str)  # "call off", "did not meet", "change", "take up"
    opened = Signal(int)  # meeting id
    open_days = Signal(str)  # a closure as it is stored
    repeated = Signal(str)

    def __init__(self, row: PlanRow, *, past_or_today: bool, closures: Sequence[tuple[str, str]] = ()) -> None:
        """`closures` are (as stored, in words) those that close the days of this line."""
        self.row = row
        self.sessions: list[SessionActs] = []
        inset = theme.px(_INSET) if theme.scale() <= _LARGE else theme.L
        inner = column(gap=theme.S, edge=(inset, theme.S, theme.L, theme.M))
        super().__init__(inner)
        self._meeting = flow(gap=theme.S)
        self._sessions = column(gap=theme.M)
        self._asked = column(gap=0)
        self._add_meeting(past_or_today)
        for text, words in closures:
            act = partial(self.open_days.emit, text)
            self._meeting.add(Button(_("Open {days} again …").format(days=words), "plain", small=True, clicked=act))
        if row.kind == "closed" and not closures:
            inner.addWidget(label(_("A public holiday. Nothing can be planned on it."), "small", "muted"))
        self._buttons = panel(self._meeting)
        inner.addWidget(self._buttons)
        inner.addLayout(self._sessions)
        inner.addLayout(self._asked)

    def _add_meeting(self, past_or_today: bool) -> None:
        row = self.row
        if row.meeting_id is None:
            return
        if row.kind in ("planned", "held", "waiting"):
            primary = row.is_today or row.kind == "waiting"
            go = partial(self.opened.emit, row.meeting_id)
            self._meeting.add(Button(_("Open the meeting"), "primary" if primary else "plain", small=True, clicked=go))
        if row.kind in ("planned", "waiting"):
            self._ask(_("Call off …"), "call off", "skip")
            if past_or_today:
                self._ask(_("The group did not meet …"), "did not meet")
            self._ask(_("Another day, time or place …"), "change", "calendar")
        if row.kind in ("called off", "did not meet"):
            self._ask(_("Take it up again …"), "take up", "undo")
        if row.kind == "held":
            for key, title in row.titles:
                words = _("Teach “{title}” once more").format(title=title)
                again = partial(self.repeated.emit, key)
                self._meeting.add(Button(words, "plain", "make-up", small=True, clicked=again))

    def _ask(self, words: str, what: str, icon: str = "") -> None:
        self._meeting.add(Button(words, "plain", icon, small=True, clicked=partial(self.asked.emit, what)))

    def add_sessions(self, plan: Plan, targets: Sequence[tuple[str, str]]) -> list[SessionActs]:
        """The acts of each session on the meeting that can still be moved."""
        titles = [(key, title) for key, title in self.row.titles if key in self.row.keys]
        for key, title in titles:
            made = SessionActs(key, title, plan, targets, alone=len(titles) == 1)
            self.sessions.append(made)
            self._sessions.addWidget(made)
        if words := crowded(plan, self.row.keys):
            self._sessions.addWidget(label(words, "small", "warn"))
        return self.sessions

    def show_asked(self, widget: QWidget | None) -> None:
        """A change before it is made; None takes it away."""
        clear(self._asked)
        for part in (self._buttons, *self.sessions):
            part.setVisible(widget is None)
        if widget is not None:
            self._asked.addWidget(widget)
