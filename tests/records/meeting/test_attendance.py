"""Marks, what they cost, and how they count."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import Engine, event, select

from rop_facilitator.errors import UserError
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.marks import Mark, Share, share
from rop_facilitator.records.meeting.attendance import (
    attendance_row,
    mark_attendance,
    mark_rest,
    unmarked,
)
from rop_facilitator.records.meeting.meetings import load_meeting, start_meeting
from rop_facilitator.records.models import (
    Attendance,
    AuditChange,
    MeetingState,
    Membership,
    Participant,
    Period,
)
from rop_facilitator.records.plan.group_plan import cancel_meeting
from rop_facilitator.records.storage.database import Database
from tests.records.factories import make_group

TODAY = date(2026, 11, 24)


def test_the_first_present_mark_holds_the_meeting(database: Database, leader_id: int) -> None:
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = make_group(db)
        meeting = group.meetings[0]
        mark_attendance(db, meeting.id, group.memberships[0].id, Mark.ABSENT, today=TODAY)
        assert meeting.state is MeetingState.PLANNED
        mark_attendance(db, meeting.id, group.memberships[1].id, Mark.LATE, today=TODAY, minutes_late=8)
        assert meeting.state is MeetingState.HELD
        assert [row.mark for row in meeting.attendance] == [Mark.ABSENT, Mark.LATE, None]
        assert unmarked(group, meeting) == 1
        assert mark_rest(db, meeting.id, Mark.PRESENT, today=TODAY) == 1
        assert share(row.mark for row in meeting.attendance) == Share(2, 3)


def test_before_the_day_only_notice(database: Database, leader_id: int) -> None:
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = make_group(db)
        later = next(m for m in group.meetings if m.on > TODAY)
        mark_attendance(db, later.id, group.memberships[0].id, Mark.NOTICE, today=TODAY)
        assert later.state is MeetingState.PLANNED
        for mark in (Mark.PRESENT, Mark.ABSENT, Mark.LATE):
            with pytest.raises(UserError, match="Until then"):
                mark_attendance(db, later.id, group.memberships[0].id, mark, today=TODAY)


def test_minutes_go_with_the_mark(database: Database, leader_id: int) -> None:
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = make_group(db)
        someone = group.memberships[0].id
        mark_attendance(db, group.meetings[0].id, someone, Mark.LATE, today=TODAY, minutes_late=8, minutes_early=5)
        row = mark_attendance(db, group.meetings[0].id, someone, Mark.PRESENT, today=TODAY)
        assert (row.minutes_late, row.minutes_early) == (None, None)


# -- by number: only what is needed is read


@contextmanager
def statements() -> Iterator[list[str]]:
    """The first words of what is sent to the file meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(" ".join(statement.split()[:3]).removesuffix(" SET"))

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)


def held(database: Database, leader_id: int, *, people: int = 3, name: str = "Tuesdays") -> tuple[int, list[int]]:
    """A meeting that has begun, and its people."""
    with database.write(Action.MEETING_STARTED, by=leader_id) as db:
        group = make_group(db, people=people, name=name)
        start_meeting(db, group, group.meetings[0], today=TODAY)
    return group.meetings[0].id, [membership.id for membership in group.memberships]


def test_a_mark_at_a_meeting_that_is_held_touches_one_row(database: Database, leader_id: int) -> None:
    meeting_id, people = held(database, leader_id)
    with statements() as sent, database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        mark_attendance(db, meeting_id, people[1], Mark.LATE, today=TODAY, minutes_late=8)
    assert sent == [
        "SELECT meeting.on_date, meeting.state,",
        "UPDATE attendance",
        "INSERT INTO audit_event",
        "INSERT INTO audit_change",
    ]
    with database.read() as db:
        rows = load_meeting(db, meeting_id).attendance
        assert [(row.mark, row.minutes_late) for row in rows] == [(None, None), (Mark.LATE, 8), (None, None)]


def test_the_rest_takes_no_more_statements_for_more_people(database: Database, leader_id: int) -> None:
    counts = []
    for people in (2, 8):
        meeting_id, _people = held(database, leader_id, people=people, name=f"{people} people")
        with statements() as sent, database.write(Action.REST_MARKED, by=leader_id) as db:
            assert mark_rest(db, meeting_id, Mark.PRESENT, today=TODAY) == people
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 7


def test_the_mark_that_is_there_already_is_no_change(database: Database, leader_id: int) -> None:
    meeting_id, people = held(database, leader_id)
    for _twice in range(2):
        with statements() as sent, database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
            mark_attendance(db, meeting_id, people[0], Mark.ABSENT, today=TODAY)
    assert sent == ["SELECT meeting.on_date, meeting.state,"]


def test_the_first_mark_opens_the_meeting_for_everybody(database: Database, leader_id: int) -> None:
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        group = make_group(db)
    meeting_id, someone = group.meetings[0].id, group.memberships[2].id
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        mark_attendance(db, meeting_id, someone, Mark.PRESENT, today=TODAY, leader="Marit")
    with database.read() as db:
        meeting = load_meeting(db, meeting_id)
        assert (meeting.state, meeting.leader) == (MeetingState.HELD, "Marit")
        assert [row.mark for row in meeting.attendance] == [None, None, Mark.PRESENT]
        change = db.scalars(select(AuditChange).where(AuditChange.field == "mark")).one()
        assert change.participant_id == group.memberships[2].participant_id


def test_who_came_to_the_group_after_the_meeting_began_gets_a_row(database: Database, leader_id: int) -> None:
    meeting_id, _people = held(database, leader_id)
    with database.write(Action.GROUP_CHANGED, by=leader_id) as db:
        days = [Period(first_day=date(2026, 11, 10))]
        late = Membership(group_id=1, participant=Participant(name="Late"), number=9, periods=days)
        db.add(late)
    with database.write(Action.HANDOUT_NOTED, by=leader_id) as db:
        assert attendance_row(db, meeting_id, late.id).mark is None
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        mark_attendance(db, meeting_id, late.id, Mark.ABSENT, today=TODAY)
    with database.read() as db:
        assert [row.mark for row in load_meeting(db, meeting_id).attendance] == [None, None, None, Mark.ABSENT]


def test_what_cannot_be_marked_changes_nothing(database: Database, leader_id: int) -> None:
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        group, other = make_group(db, sessions=6), make_group(db, people=1, name="Others")
        cancel_meeting(group, group.meetings[1])
    cancelled, ahead = group.meetings[1].id, next(m.id for m in group.meetings if m.on > TODAY)
    someone, stranger = group.memberships[0].id, other.memberships[0].id
    wrong = [
        (cancelled, someone, Mark.NOTICE, "cancelled"),
        (cancelled, someone, Mark.PRESENT, "cancelled"),
        (ahead, someone, Mark.PRESENT, "Until then"),
        (group.meetings[0].id, stranger, Mark.PRESENT, "not in the group"),
        (999, someone, Mark.PRESENT, "not here any more"),
    ]
    for meeting_id, membership_id, mark, words in wrong:
        with pytest.raises(UserError, match=words), database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
            mark_attendance(db, meeting_id, membership_id, mark, today=TODAY)
    with pytest.raises(UserError, match="Until then"), database.write(Action.REST_MARKED, by=leader_id) as db:
        mark_rest(db, ahead, Mark.PRESENT, today=TODAY)
    with database.read() as db:
        assert db.scalars(select(Attendance)).all() == []
        assert {m.state for m in load_group(db, group.id).meetings} == {MeetingState.PLANNED, MeetingState.CANCELLED}
