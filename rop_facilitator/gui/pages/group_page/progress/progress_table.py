"""Who has received what, as the table of marks shows it: a column a session under the heads of its modules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rop_facilitator.curriculum.model import Library
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
    module: str  # "4  Support from others", or "" where the library does not know
    number: int  # within its module
    days: tuple[Meeting, ...]
    planned: Meeting | None


@dataclass(frozen=True)
class ProgressTable:
    """The content, and who and what stand in each row and column."""

    content: Content
    people: tuple[PersonProgress, ...]
    lessons: tuple[SessionColumn, ...]

    def newest(self) -> int:
        """The column of the newest session that was taught; 0 before there is one."""
        return max((at for at, one in enumerate(self.lessons) if one.days), default=0)


def progress_table(group: Group, library: Library, *, names: NamesShown, today: date) -> ProgressTable:
    """All sessions of a group and everybody who is or was in it."""
    lessons, people = session_columns(group, library, today=today), progress_of(group, names)
    counts = [_count(person.states[at] for person in people) for at in range(len(lessons))]
    content = Content(
        columns=tuple(_column(lessons, at, today) for at in range(len(lessons))),
        rows=tuple(_row(person, lessons, names) for person in people),
        foot=tuple(str(got) if all_ else "" for got, all_ in counts),
        foot_told=tuple(_("{n} of {all}").format(n=got, all=all_) if all_ else "" for got, all_ in counts),
        name_head=_("Participant"),
        total_head=_("Received"),
        foot_head=_("Have received it"),
    )
    return ProgressTable(content, tuple(people), tuple(lessons))


def session_columns(group: Group, library: Library, *, today: date) -> list[SessionColumn]:
    """The sessions of the map in the group's own order, each with its module and its meetings."""
    held, ahead = taught_at(group), planned_at(group, today=today)
    return [
        SessionColumn(session, *_place(library, session), held.get(session.id, ()), ahead.get(session.id))
        for session in taught_sessions(group)
    ]


def _place(library: Library, session: GroupSession) -> tuple[str, int]:
    """The module of a session and its number there; where the library does not know it, its number in the group."""
    curriculum = library.curricula.get(session.curriculum_id)
    for module in curriculum.modules if curriculum else ():
        ids = [session.id for session in module.sessions]
        if session.session_id in ids:
            return f"{module.number}  {module.title}".strip(), ids.index(session.session_id) + 1
    return "", session.position


def _count(states: Iterable[Received]) -> tuple[int, int]:
    """How many have received a session, of those it was taught to."""
    known = list(states)
    got = sum(state in RECEIVED for state in known)
    return got, got + known.count(Received.MISSED)


def _column(lessons: Sequence[SessionColumn], at: int, today: date) -> Column:
    lesson = lessons[at]
    begins = not at or lessons[at - 1].module != lesson.module
    alone = begins and (at + 1 == len(lessons) or lessons[at + 1].module != lesson.module)
    group = lesson.module.split("  ")[0] if alone else lesson.module  # one narrow column has no room for the title
    meetings = [*lesson.days, *([lesson.planned] if lesson.planned else [])]
    is_today = any(meeting.on == today for meeting in meetings)
    return Column(
        str(lesson.number),
        kind="today" if is_today else "",
        width=_WIDTH,
        group=group if begins else "",
        spoken=told(lesson),
    )


def told(lesson: SessionColumn) -> str:
    """A session as it is read aloud: module, title, and whether some of it is left."""
    parts = [lesson.module.replace("  ", " "), lesson.session.title]
    if lesson.days and lesson.planned:
        parts.append(_("the rest on {day}").format(day=day_and_month(lesson.planned.on)))
    return ", ".join(part for part in parts if part)


def _row(one: PersonProgress, lessons: Sequence[SessionColumn], names: NamesShown) -> Row:
    cells = tuple(
        Cell(mark_styles.PROGRESS[state.value], note=note_of(one.membership, lesson, state))
        for lesson, state in zip(lessons, one.states, strict=True)
    )
    left = _("{n} left").format(n=one.missed) if one.missed else ""
    count = _("{n} of {all}").format(n=one.received, all=one.taught) if one.taught else ""
    return Row(shown_name(one.membership, names), cells, (count, left), note=member_words(one.membership))


def note_of(person: Membership, lesson: SessionColumn, state: Received) -> str:
    """The days that a state is about, and the way where a session was made up."""
    if state is Received.MADE_UP:
        made = made_up(person, lesson)
        return f"{way_name(made.way)}, {day_and_month(made.on)}" if made else ""
    if state is Received.TO_COME:
        return day_and_month(lesson.planned.on) if lesson.planned else _("not planned")
    if state is Received.NOT_MEMBER:
        return member_words(person)
    if state is Received.MISSED:
        return _("away {days}").format(days=", ".join(map(day_and_month, days_away(person, lesson.days))))
    return ", ".join(day_and_month(day.on) for day in lesson.days if person.covers(day.on))


def made_up(person: Membership, lesson: SessionColumn) -> MakeUp | None:
    """The note that a person has made a session up."""
    return next((one for one in person.make_ups if one.group_session_id == lesson.session.id), None)


def member_words(person: Membership) -> str:
    """Since when a person is a member, and until when: "joined 17 November 2026, completed the course …"."""
    words = _("joined {day}").format(day=long_date(person.joined))
    if person.left is None:
        return words
    done = person.status is MembershipStatus.COMPLETED
    ended = _("completed the course, last day {day}") if done else _("last day {day}")
    return f"{words}, {ended.format(day=long_date(person.left))}"
