"""Who waits for a leader, over many groups at once: whom to call, and what is to be made up.

The rules are those of `progress`; what is asked of the database is only which marks they are about. Only groups that
teach a session twice are loaded whole.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload, selectinload

from rop_facilitator.alphabet import alphabetical
from rop_facilitator.records.group.groups import load_group, shown_name
from rop_facilitator.records.marks import AWAY
from rop_facilitator.records.membership.membership_periods import is_member_on
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


@dataclass(frozen=True)
class Waiting:
    """A group in which somebody is to be called or has something to make up; no more of it is loaded than that."""

    group: Group
    to_call: tuple[ToCall, ...]
    to_make_up: tuple[tuple[Membership, tuple[GroupSession, ...]], ...]


def waiting(db: Session, groups: Collection[int], *, today: date, since: date) -> list[Waiting]:
    """Those of the groups in which somebody waits, by their names; of meetings from `since` on."""
    days, missed = _absences(db, groups, today, since), _missed(db, groups, today, since)
    wanted = {key for ids in missed.values() for key in ids}
    sessions = {session.id: session for session in db.scalars(select(GroupSession).where(GroupSession.id.in_(wanted)))}
    people = (
        db.scalars(
            select(Membership)
            .where(Membership.id.in_(set(days) | set(missed)))
            .options(
                joinedload(Membership.group), joinedload(Membership.participant), selectinload(Membership.follow_ups)
            )
            .options(joinedload(Membership.periods), joinedload(Membership.make_ups))
        )
        .unique()
        .all()
    )
    calls: dict[int, list[ToCall]] = {}
    make_ups: dict[int, list[tuple[Membership, tuple[GroupSession, ...]]]] = {}
    for person in sorted(people, key=_place):
        if person.id in days and (call := call_due(person, days[person.id], person.group.call_after)):
            calls.setdefault(person.group_id, []).append(call)
        missing = [sessions[key] for key in missed.get(person.id, ()) if not has_made_up(person, key)]
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
    groups_by_id = {person.group_id: person.group for person in sorted(people, key=_place)}
    return [
        Waiting(group, tuple(calls.get(key, ())), tuple(make_ups.get(key, ())))
        for key, group in groups_by_id.items()
        if calls.get(key) or make_ups.get(key)
    ]


def _place(person: Membership) -> tuple[object, ...]:
    """Groups by name, and the people of each as the group shows them."""
    shown = shown_name(person, person.group.names_shown)
    return alphabetical(person.group.name), person.group_id, alphabetical(shown), person.number


def _with_repeats(db: Session, groups: Collection[int]) -> list[int]:
    """Those of the groups that teach a session more than once."""
    query = select(GroupSession.group_id).where(GroupSession.group_id.in_(groups), GroupSession.round > 1)
    return list(db.scalars(query.distinct()))


def _members(groups: Collection[int], today: date, since: date) -> tuple[ColumnElement[bool], ...]:
    """Marks at held meetings of people who are members now and were then."""
    return (
        Meeting.on >= since,
        Meeting.group_id.in_(groups),
        Meeting.state == MeetingState.HELD,
        is_member_on(Meeting.on),
        is_member_on(today),
    )


def _missed(db: Session, groups: Collection[int], today: date, since: date) -> dict[int, list[int]]:
    """The taught sessions that each membership was away from, made up or not."""
    rows = db.execute(
        select(Attendance.membership_id, MeetingSession.group_session_id, MeetingSession.outcome)
        .distinct()
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .join(MeetingSession, MeetingSession.meeting_id == Meeting.id)
        .join(Membership, Membership.id == Attendance.membership_id)
        .where(*_members(groups, today, since), Attendance.mark.in_(AWAY))
    )
    missed: dict[int, list[int]] = {}
    for membership_id, session_id, outcome in rows:
        if outcome in TAUGHT:
            missed.setdefault(membership_id, []).append(session_id)
    return missed


def _absences(db: Session, groups: Collection[int], today: date, since: date) -> dict[int, tuple[date, ...]]:
    """The days that each membership has been absent without a message, now."""
    rows = db.execute(
        select(Attendance.membership_id, Meeting.on, Attendance.mark)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .join(Membership, Membership.id == Attendance.membership_id)
        .where(*_members(groups, today, since), Attendance.mark.is_not(None))
        .order_by(Attendance.membership_id, Meeting.on, Meeting.start)
    )
    absences = {
        membership_id: absent_days((on, mark) for _id, on, mark in marks)
        for membership_id, marks in groupby(rows, key=itemgetter(0))
    }
    return {membership_id: days for membership_id, days in absences.items() if days}
