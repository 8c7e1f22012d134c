"""Who has received what: the five states, what is made up, and whom to call."""

import contextlib
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from rop_facilitator.errors import UserError
from rop_facilitator.records.erasure.erase import erase_participant
from rop_facilitator.records.group.groups import add_participant, load_group, take_out
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.log.undo import undo_last
from rop_facilitator.records.marks import Mark, parse_mark
from rop_facilitator.records.meeting.meetings import open_meeting, start_meeting
from rop_facilitator.records.models import (
    Attendance,
    Group,
    Outcome,
    Way,
)
from rop_facilitator.records.plan.group_plan import cancel_meeting, set_outcome, skip_session
from rop_facilitator.records.progress.call_list import follow_up, set_call_after, set_contact, to_call
from rop_facilitator.records.progress.group_status import standing_of
from rop_facilitator.records.progress.progress import (
    Received,
    make_up,
    progress_of,
    take_back_make_up,
    taught_sessions,
    to_make_up,
)
from rop_facilitator.records.storage.database import Database
from tests.records.factories import make_group

TODAY = date(2026, 12, 1)
A, U, M, C, N = (
    Received.ATTENDED,
    Received.MADE_UP,
    Received.MISSED,
    Received.TO_COME,
    Received.NOT_MEMBER,
)


class _NotKept(Exception):
    """Ends a transaction without a trace."""


def hold(db: Session, group: Group, *rows: str) -> None:
    """One text a person, one letter a meeting: "MAI." where a point is unmarked and "-" is not expected."""
    for index in range(len(rows[0])):
        meeting = group.meetings[index]
        start_meeting(db, group, meeting, today=TODAY)
        for person, letters in zip(group.memberships, rows, strict=True):
            row = next((row for row in meeting.attendance if row.membership_id == person.id), None)
            if letters[index] not in ".-":
                assert row is not None
                row.mark = parse_mark(letters[index])
    db.flush()


def states(group: Group) -> list[tuple[Received, ...]]:
    return [progress.states for progress in progress_of(group)]


def test_the_five_states(database: Database, leader_id: int) -> None:
    """Lars made up what he missed, Berit came later, Kine has left, and the last sessions are to come."""
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = make_group(db, people=2)
        berit = add_participant(db, group, "Ny", joined=date(2026, 11, 17))
        hold(db, group, "MIM", "MMA", "-MS")
        make_up(db, group.memberships[0], group.sessions[1], way=Way.PHONE, on=TODAY, today=TODAY, leader="Marit")
        take_out(db, group.memberships[1], on=date(2026, 12, 2))
    with database.read() as db:
        group = load_group(db, group.id)
    assert states(group) == [(A, U, A, C, C), (A, A, M, N, N), (N, A, A, C, C)]
    first = progress_of(group)[0]
    assert (first.received, first.taught, first.missed) == (3, 3, 0)
    assert berit.number == 3


def test_a_made_up_session_is_never_attendance(database: Database, leader_id: int) -> None:
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = make_group(db, people=1)
        hold(db, group, "I")
        make_up(db, group.memberships[0], group.sessions[0], way=Way.INDIVIDUALLY, on=TODAY, today=TODAY)
    with database.read() as db:
        group = load_group(db, group.id)
    assert group.meetings[0].attendance[0].mark is Mark.ABSENT
    assert states(group)[0][0] is U


def test_a_session_over_two_meetings_is_missed_by_who_was_away_once(database: Database, leader_id: int) -> None:
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = make_group(db, people=3)
        hold(db, group, "M", "M", "I")
        set_outcome(group, group.meetings[0].sessions[0], Outcome.PARTLY)
        hold(db, group, "MM", "MA", "IM")
    assert [state[0] for state in states(group)] == [A, M, M]


def test_what_was_carried_over_is_missed_by_nobody(database: Database, leader_id: int) -> None:
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = make_group(db, people=1)
        hold(db, group, "I")
        set_outcome(group, group.meetings[0].sessions[0], Outcome.CARRIED_OVER)
    assert states(group)[0][0] is C
    assert to_make_up(group, today=TODAY) == []


def test_what_is_left_out_is_not_in_the_map(database: Database, leader_id: int) -> None:
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = make_group(db, people=1)
        skip_session(group, group.sessions[3], reason="", today=TODAY)
    assert len(taught_sessions(group)) == 4
    assert len(states(group)[0]) == 4


def test_who_has_something_to_make_up(database: Database, leader_id: int) -> None:
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = make_group(db, people=3)
        hold(db, group, "IAM", "MMM", "IMM")
        take_out(db, group.memberships[2], on=TODAY)
        to_do = to_make_up(group, today=TODAY)
        assert [(who.number, [session.title for session in what]) for who, what in to_do] == [
            (1, ["Session 1", "Session 2"])
        ]
        make_up(db, to_do[0][0], to_do[0][1][0], way=Way.BEFORE_MEETING, on=TODAY, today=TODAY)
        assert [session.title for session in to_make_up(group, today=TODAY)[0][1]] == ["Session 2"]
        take_back_make_up(db, to_do[0][0], group.sessions[0])
        assert len(to_make_up(group, today=TODAY)[0][1]) == 2


def test_wishes_that_cannot_be_met(database: Database, leader_id: int) -> None:
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = make_group(db, people=1)
        person, session = group.memberships[0], group.sessions[0]
        with pytest.raises(UserError, match="not come yet"):
            make_up(db, person, session, way=Way.PHONE, on=date(2026, 12, 2), today=TODAY)
        make_up(db, person, session, way=Way.PHONE, on=TODAY, today=TODAY)
        with pytest.raises(UserError, match="already"):
            make_up(db, person, session, way=Way.PHONE, on=TODAY, today=TODAY)
        with pytest.raises(UserError, match="from 1 to 4"):
            set_call_after(db, group, 9)


@pytest.mark.parametrize(
    ("marks", "after", "listed"),
    [
        ("II", 2, True),
        ("MII", 2, True),
        ("IMI", 2, False),
        ("IA", 2, False),
        ("IIA", 2, False),
        ("IK", 2, False),
        ("IFI", 2, True),
        ("I.I", 2, True),
        ("I", 1, True),
        ("II", 3, False),
        ("IIM", 2, False),
        ("", 1, False),
    ],
)
def test_after_absences_in_a_row_without_a_message(
    marks: str, after: int, listed: bool, database: Database, leader_id: int
) -> None:
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = make_group(db, people=1)
        set_call_after(db, group, after)
        if marks:
            hold(db, group, marks)
    assert bool(to_call(group, today=TODAY)) is listed


def test_who_was_followed_up_is_off_the_list_until_a_new_absence(database: Database, leader_id: int) -> None:
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = make_group(db, people=1)
        person = group.memberships[0]
        set_contact(db, person, " SMS  etter tolv ")
        hold(db, group, "II")
        (call,) = to_call(group, today=TODAY)
        assert (call.days, call.last, person.contact) == (
            (date(2026, 11, 10), date(2026, 11, 17)),
            None,
            "SMS etter tolv",
        )
        follow_up(db, person, on=date(2026, 11, 18), agreed="Kommer neste gang", leader="Marit")
        assert to_call(group, today=TODAY) == []
        hold(db, group, "III")
        (again,) = to_call(group, today=TODAY)
    assert len(again.days) == 3
    assert again.last is not None
    assert again.last.agreed == "Kommer neste gang"


def test_who_has_left_is_not_called(database: Database, leader_id: int) -> None:
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = make_group(db, people=1)
        hold(db, group, "II")
        take_out(db, group.memberships[0], on=TODAY)
    assert to_call(group, today=TODAY) == []


def test_made_up_and_followed_up_are_taken_back_and_erased(database: Database, leader_id: int) -> None:
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = make_group(db, people=1)
        hold(db, group, "II")
    with database.write(Action.SESSION_MADE_UP, by=leader_id) as db:
        person = load_group(db, group.id).memberships[0]
        make_up(db, person, group.sessions[0], way=Way.PHONE, on=TODAY, today=TODAY, leader="Marit")
    with database.write(Action.FOLLOWED_UP, by=leader_id) as db:
        follow_up(db, load_group(db, group.id).memberships[0], on=TODAY, agreed="Secret words")
    assert undo_last(database, leader_id).action == "followed up"
    assert undo_last(database, leader_id).action == "session made up"
    with database.write(Action.FOLLOWED_UP, by=leader_id) as db:
        follow_up(db, load_group(db, group.id).memberships[0], on=TODAY, agreed="Secret words")
    erase_participant(database, person.participant_id, by=leader_id)
    handle = database.handle()
    try:
        rows = [*handle.execute("SELECT * FROM follow_up"), *handle.execute("SELECT old, new FROM audit_change")]
        dump = "; ".join(map(str, rows))
        assert "Secret words" not in dump
        assert handle.execute("SELECT count(*) FROM follow_up").fetchone() == (0,)
        assert handle.execute("SELECT count(*) FROM make_up").fetchone() == (0,)
    finally:
        handle.close()


def test_where_a_group_stands(database: Database, leader_id: int) -> None:
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = make_group(db, people=1)
        hold(db, group, "MM")
        set_outcome(group, group.meetings[1].sessions[0], Outcome.PARTLY)
        cancel_meeting(group, group.meetings[2])
    standing = standing_of(group, today=date(2026, 11, 24))
    assert (standing.held, standing.ahead, standing.called_off, standing.last) == (2, 3, 1, date(2026, 12, 15))
    assert (standing.sessions_done, standing.sessions, standing.unfinished) == (1, 5, ("Session 2",))
    assert standing.next is not None
    assert standing.next.on == date(2026, 12, 1)


LETTERS = st.text("MSTDAKIF.", max_size=4)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LETTERS)
def test_the_counts_agree_with_the_states(database: Database, leader_id: int, letters: str) -> None:
    """Each session is in one state only; what was received and missed is what was taught while a member."""

    with contextlib.suppress(_NotKept), database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = make_group(db, people=1)
        for index, letter in enumerate(letters):
            meeting = group.meetings[index]
            start_meeting(db, group, meeting, today=TODAY)
            open_meeting(db, group, meeting)
            (row,) = meeting.attendance
            assert isinstance(row, Attendance)
            row.mark = None if letter == "." else parse_mark(letter)
        (progress,) = progress_of(group)
        assert progress.received == sum(letter in "MSTD" for letter in letters)
        assert progress.missed == sum(letter in "AKIF" for letter in letters)
        assert progress.taught == progress.received + progress.missed
        assert len(progress.states) == len(group.sessions)
        raise _NotKept
