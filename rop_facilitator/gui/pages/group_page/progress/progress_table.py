"""Who has received what, as the table of marks shows it: a column a session under the heads of its modules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rop_facilitator.curriculum.model import Library
from rop_facilitator.curriculum.session_position import module_of
from rop_facilitator.gui.widgets.marks import mark_styles
from rop_facilitator.gui.widgets.marks.mark_model import Cell, Column, Content, Row
from rop_facilitator.i18n import _, day_and_month, long_date
from rop_facilitator.records.group.groups import shown_name
from rop_facilitator.records.models import (
    Group,
    GroupSession,
    MakeUp,
    Meeting,
    Membership,
    MembershipStatus,
    NamesShown,
)
from rop_facilitator.records.progress.progress import (
    PersonProgress,
    Received,
    days_away,
    planned_at,
    progress_of,
    taught_at,
    taught_sessions,
    way_name,
)

_WIDTH = 33
RECEIVED = (Received.ATTENDED, Received.MADE_UP)


@dataclass(frozen=True)
class SessionColumn:
    """A session of the group and its place in the course; `days` were held, `planned` is the next meeting with it."""

    session: GroupSession
    module_number: str  # "" where the module has none, or where the library does not know the session
    module_title: str
    number: int  # within its module; within the group where the library does not know the session
    days: tuple[Meeting, ...]
    planned: Meeting | None

    @property
    def module(self) -> tuple[str, str]:
        """What tells two modules apart: several courses can have a module 1, and some modules have no number."""
        return self.module_number, self.module_title

    @property
    def module_words(self) -> str:
        """As in “4 Support from others”."""
        return " ".join(filter(None, self.module))


@dataclass(frozen=True)
class ProgressTable:
    """The content, and who and what stand in each row and column."""

    content: Content
    people: tuple[PersonProgress, ...]
    sessions: tuple[SessionColumn, ...]

    def newest(self) -> int:
        """The column of the newest session that was taught; 0 before there is one."""
        return max((at for at, session in enumerate(self.sessions) if session.days), default=0)


def progress_table(group: Group, library: Library, *, names: NamesShown, today: date) -> ProgressTable:
    """All sessions of a group and everybody who is or was in it."""
    sessions, people = session_columns(group, library, today=today), progress_of(group, names)
    counts = [_count(person.states[at] for person in people) for at in range(len(sessions))]
    content = Content(
        columns=tuple(_column(sessions, at, today) for at in range(len(sessions))),
        rows=tuple(_row(person, sessions, names) for person in people),
        foot=tuple(str(got) if all_ else "" for got, all_ in counts),
        foot_told=tuple(_("{n} of {all}").format(n=got, all=all_) if all_ else "" for got, all_ in counts),
        name_head=_("Participant"),
        total_head=_("Received"),
        foot_head=_("Have received it"),
    )
    return ProgressTable(content, tuple(people), tuple(sessions))


def session_columns(group: Group, library: Library, *, today: date) -> list[SessionColumn]:
    """The sessions of the map in the group's own order, each with its module and its meetings."""
    held, ahead = taught_at(group), planned_at(group, today=today)
    return [
        SessionColumn(session, *_place(library, session), held.get(session.id, ()), ahead.get(session.id))
        for session in taught_sessions(group)
    ]


def _place(library: Library, session: GroupSession) -> tuple[str, str, int]:
    """Number and title of the module, and the number of the session in it.

    A file can be taken out of the library while a group has its session: that keeps its number in the group.
    """
    module = module_of(library, session.curriculum_id, session.session_id)
    if module is None:
        return "", "", session.position
    ids = [planned.id for planned in module.sessions]
    return module.number, module.title, ids.index(session.session_id) + 1


def _count(states: Iterable[Received]) -> tuple[int, int]:
    """How many have received a session, of those it was taught to."""
    known = list(states)
    got = sum(state in RECEIVED for state in known)
    return got, got + known.count(Received.MISSED)


def _column(sessions: Sequence[SessionColumn], at: int, today: date) -> Column:
    session = sessions[at]
    begins = not at or sessions[at - 1].module != session.module
    alone = begins and (at + 1 == len(sessions) or sessions[at + 1].module != session.module)
    meetings = [*session.days, *([session.planned] if session.planned else [])]
    is_today = any(meeting.on == today for meeting in meetings)
    return Column(
        str(session.number),
        kind="today" if is_today else "",
        width=_WIDTH,
        group=_module_head(session, alone=alone) if begins else "",
        spoken=_spoken(session),
    )


def _module_head(session: SessionColumn, *, alone: bool) -> str:
    """What stands over the sessions of a module: over a single narrow column there is no room for the title."""
    if alone:
        return session.module_number or session.module_title
    return "  ".join(filter(None, session.module))


def _spoken(session: SessionColumn) -> str:
    """A session as it is read aloud: module, title, and whether some of it is left."""
    parts = [session.module_words, session.session.title]
    if session.days and session.planned:
        parts.append(_("the rest on {day}").format(day=day_and_month(session.planned.on)))
    return ", ".join(part for part in parts if part)


def _row(person: PersonProgress, sessions: Sequence[SessionColumn], names: NamesShown) -> Row:
    member = person.membership
    cells = tuple(
        Cell(mark_styles.PROGRESS[state.value], note=note_of(member, session, state))
        for session, state in zip(sessions, person.states, strict=True)
    )
    left = _("{n} left").format(n=person.missed) if person.missed else ""
    # Of what was taught while the person was here, not of the whole course: a newcomer lags behind nobody.
    count = _("{n} of {all}").format(n=person.received, all=person.taught) if person.taught else ""
    return Row(shown_name(member, names), cells, (count, left), note=member_words(member))


def note_of(person: Membership, session: SessionColumn, state: Received) -> str:
    """The days that a state is about, and the way where a session was made up."""
    if state is Received.MADE_UP:
        make_up = make_up_of(person, session)
        return f"{way_name(make_up.way)}, {day_and_month(make_up.on)}" if make_up else ""
    if state is Received.TO_COME:
        return day_and_month(session.planned.on) if session.planned else _("not planned")
    if state is Received.NOT_MEMBER:
        return member_words(person)
    if state is Received.MISSED:
        return _("away {days}").format(days=", ".join(map(day_and_month, days_away(person, session.days))))
    return ", ".join(day_and_month(day.on) for day in session.days if person.covers(day.on))


def make_up_of(person: Membership, session: SessionColumn) -> MakeUp | None:
    """The note that a person has made a session up."""
    return next((make_up for make_up in person.make_ups if make_up.group_session_id == session.session.id), None)


def member_words(person: Membership) -> str:
    """Since when a person is a member, and until when: "joined 17 November 2026, completed the course …"."""
    words = _("joined {day}").format(day=long_date(person.joined))
    if person.left is None:
        return words
    done = person.status is MembershipStatus.COMPLETED
    ended = _("completed the course, last day {day}") if done else _("last day {day}")
    return f"{words}, {ended.format(day=long_date(person.left))}"
