"""Who waits for a leader, over many groups at once: whom to call, and what is to be made up.

The rules are those of `progress` and `call_list`; the database brings the marks of held meetings and the periods, and
who was a member when is told from these. Only groups that teach a session twice are loaded whole.

Marks are read from a day on. Whoever was absent all that time may have been so before it as well: of these people, and
of no others, older marks are read until one of another kind is found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload, selectinload

from rop_facilitator.alphabet import alphabetical
from rop_facilitator.records.group.groups import load_group, shown_name
from rop_facilitator.records.marks import AWAY, ENDS_ABSENCE, Mark
from rop_facilitator.records.membership.membership_periods import Days, covers, days_by_group
from rop_facilitator.records.models import (
    Attendance,
    Group,
    GroupSession,
    Meeting,
    MeetingSession,
    MeetingState,
    Membership,
)
from rop_facilitator.records.progress.call_list import ToCall, absent_days, call_due
from rop_facilitator.records.progress.progress import TAUGHT, has_made_up, to_make_up

_FIRST_LOOK = timedelta(days=60)  # how far before the day older marks are read first; then twice as far each time
_Marks = list[tuple[int, date, Mark | None]]
"""What one person is marked as at held meetings, in order of date: meeting, day and mark."""

_WHOLE_PERSON = (
    selectinload(Membership.group),  # joined, a group with all its columns would come once for each person
    joinedload(Membership.participant),
    joinedload(Membership.periods),
    joinedload(Membership.make_ups),
    selectinload(Membership.follow_ups),
)


@dataclass(frozen=True)
class Waiting:
    """A group in which somebody is to be called or has something to make up; no more of it is loaded than that."""

    group: Group
    to_call: tuple[ToCall, ...]
    to_make_up: tuple[tuple[Membership, tuple[GroupSession, ...]], ...]


def waiting(db: Session, groups: Collection[int], *, today: date, since: date) -> list[Waiting]:
    """Those of the groups in which somebody waits, by their names.

    What is to be made up is of meetings from `since` on; a row of absences is counted whole.
    """
    members = {
        person_id: days
        for group in days_by_group(db, groups).values()
        for person_id, days in group.items()
        if covers(days, today)
    }
    marks, taught = _marks(db, members, _held(groups, since)), _taught(db, groups, since)
    older = _older_marks(db, members, groups, marks, since)
    # Nobody waits who was never away: the others are not loaded.
    away = {person_id for person_id, own in marks.items() if any(mark in AWAY for _id, _on, mark in own)}
    query = select(Membership).where(Membership.id.in_(away | older.keys()))
    people = list(db.scalars(query.options(*_WHOLE_PERSON)).unique())
    groups_by_name = sorted({person.group for person in people}, key=lambda group: (alphabetical(group.name), group.id))
    people.sort(key=_by_name)
    calls: dict[int, list[ToCall]] = {}
    make_ups: dict[int, list[tuple[Membership, tuple[GroupSession, ...]]]] = {}
    for person in people:
        own = marks.get(person.id, [])
        days = absent_days((on, mark) for _id, on, mark in (*older.get(person.id, ()), *own))
        if days and (call := call_due(person, days, person.group.call_after)):
            calls.setdefault(person.group_id, []).append(call)
        missed = {session for meeting_id, _on, mark in own if mark in AWAY for session in taught.get(meeting_id, ())}
        missing = [session for session in missed if not has_made_up(person, session.id)]
        if missing:
            ordered = sorted(missing, key=lambda session: session.position)
            make_ups.setdefault(person.group_id, []).append((person, tuple(ordered)))
    for group_id in _with_repeats(db, make_ups):
        # Whether a session was received in another round is told by the whole group; repeats are few.
        whole = {id(person): missing for person, missing in to_make_up(load_group(db, group_id), today=today)}
        make_ups[group_id] = [
            (person, kept)
            for person, missing in make_ups[group_id]
            if (kept := tuple(missed for missed in whole.get(id(person), ()) if missed in missing))
        ]
    return [
        Waiting(group, tuple(calls.get(group.id, ())), tuple(make_ups.get(group.id, ())))
        for group in groups_by_name
        if calls.get(group.id) or make_ups.get(group.id)
    ]


def _by_name(person: Membership) -> tuple[object, ...]:
    """The people of a group as it shows them."""
    return alphabetical(shown_name(person, person.group.names_shown)), person.number


def _with_repeats(db: Session, groups: Collection[int]) -> list[int]:
    """Those of the groups that teach a session more than once."""
    query = select(GroupSession.group_id).where(GroupSession.group_id.in_(groups), GroupSession.round > 1)
    return list(db.scalars(query.distinct()))


def _marks(db: Session, members: Mapping[int, Days], which: Iterable[ColumnElement[bool]]) -> dict[int, _Marks]:
    """The marks of each of these people at these meetings, on the days that are theirs."""
    rows = db.execute(
        select(Attendance.membership_id, Meeting.id, Meeting.on, Attendance.mark)
        .join(Attendance.meeting)
        .where(*which, Attendance.mark.is_not(None))
        .order_by(Meeting.on, Meeting.start)
    )
    marks: dict[int, _Marks] = {}
    for membership_id, meeting_id, on, mark in rows:
        if membership_id in members and covers(members[membership_id], on):
            marks.setdefault(membership_id, []).append((meeting_id, on, mark))
    return marks


def _older_marks(
    db: Session, members: Mapping[int, Days], groups: Collection[int], marks: Mapping[int, _Marks], since: date
) -> dict[int, _Marks]:
    """The marks from before `since` of those whose row of absences may have begun then, as far back as it takes.

    Who has no absence among them is not there.
    """
    older: dict[int, _Marks] = {}
    unsettled = {key: days for key, days in members.items() if _may_go_on(days, marks.get(key, ()), since)}
    before, look = since, _FIRST_LOOK
    while unsettled:
        first = before - look
        which = (*_held(groups, first), Meeting.on < before, Attendance.membership_id.in_(unsettled))
        for person_id, own in _marks(db, unsettled, which).items():
            older[person_id] = [*own, *older.get(person_id, ())]
        unsettled = {key: days for key, days in unsettled.items() if _may_go_on(days, older.get(key, ()), first)}
        before, look = first, 2 * look
    return {key: own for key, own in older.items() if any(mark is Mark.ABSENT for _id, _on, mark in own)}


def _may_go_on(days: Days, marks: Iterable[tuple[int, date, Mark | None]], since: date) -> bool:
    """Whether a row of absences may have begun before a day: the person was in, and no mark since then ended it."""
    return days[0][0] < since and not any(mark in ENDS_ABSENCE for _id, _on, mark in marks)


def _taught(db: Session, groups: Collection[int], since: date) -> dict[int, list[GroupSession]]:
    """The sessions that each held meeting taught."""
    query = select(MeetingSession.meeting_id, MeetingSession.outcome, GroupSession)
    query = query.join(MeetingSession.meeting).join(MeetingSession.group_session).where(*_held(groups, since))
    taught: dict[int, list[GroupSession]] = {}
    for meeting_id, outcome, session in db.execute(query):
        if outcome in TAUGHT:
            taught.setdefault(meeting_id, []).append(session)
    return taught


def _held(groups: Collection[int], since: date) -> tuple[ColumnElement[bool], ...]:
    return Meeting.on >= since, Meeting.group_id.in_(groups), Meeting.state == MeetingState.HELD
