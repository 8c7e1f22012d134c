"""When a meeting is held: what its marks say, what a leader says, and all of it taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from rop_facilitator.errors import UserError
from rop_facilitator.records.group.archived_groups import archive_group
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.log.undo import undo_last
from rop_facilitator.records.marks import Mark, share
from rop_facilitator.records.meeting.attendance import (
    give_handout,
    mark_attendance,
    mark_rest,
)
from rop_facilitator.records.meeting.held_meetings import settle_past_meetings, take_back_held
from rop_facilitator.records.meeting.meetings import start_meeting
from rop_facilitator.records.models import (
    Attendance,
    Group,
    Meeting,
    MeetingState,
    Outcome,
    Way,
)
from rop_facilitator.records.plan.group_plan import cancel_meeting, change_meeting, schedule_of, set_outcome
from rop_facilitator.records.progress.call_list import to_call
from rop_facilitator.records.progress.progress import Received, make_up, progress_of, to_make_up
from rop_facilitator.records.progress.waiting_in_groups import waiting
from rop_facilitator.records.storage.database import Database
from tests.records.factories import make_group
from tests.records.steps import rows

TODAY = date(2026, 11, 24)
NOT_THERE = (Mark.NOTICE, Mark.LATE_NOTICE, Mark.ABSENT, Mark.EXEMPT)


@pytest.fixture
def group_id(database: Database, leader_id: int) -> int:
    """Three people, Tuesdays from 10 November: two meetings past, one today."""
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        return make_group(db).id


def group_of(database: Database, group_id: int) -> Group:
    with database.read() as db:
        return load_group(db, group_id)


def everything(database: Database) -> dict[tuple[str, int], dict[str, object]]:
    with database.read() as db:
        return rows(db)


Mark3 = Callable[..., None]


@pytest.fixture
def mark(database: Database, leader_id: int, group_id: int) -> Mark3:
    """Mark the people of a meeting, each in an action of its own: `mark(0, Mark.ABSENT, None)`."""

    def press(meeting: int, *marks: Mark | None, today: date = TODAY) -> None:
        group = group_of(database, group_id)
        for person, given in zip(group.memberships, marks, strict=False):
            with database.write(Action.ATTENDANCE_MARKED if given else Action.MARK_CLEARED, by=leader_id) as db:
                mark_attendance(db, group.meetings[meeting].id, person.id, given, today=today, leader="Marit")

    return press


# -- case 1: nobody came


@pytest.mark.parametrize("people", [1, 8])
def test_a_meeting_to_which_nobody_came_is_held(database: Database, leader_id: int, people: int) -> None:
    """All four meetings are held, three absences stand on the call list, three sessions wait, the share is 1 of 4."""
    today = date(2026, 11, 24)
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        group = make_group(db, people=people, first=date(2026, 11, 3), sessions=6)
        for meeting, given in zip(group.meetings, (Mark.PRESENT, *[Mark.ABSENT] * 3), strict=False):
            for person in group.memberships:
                mark_attendance(db, meeting.id, person.id, given, today=today)
    group = group_of(database, group.id)
    assert [meeting.state for meeting in group.meetings[:5]] == [MeetingState.HELD] * 4 + [MeetingState.PLANNED]
    calls = to_call(group, today=today)
    assert [call.days for call in calls] == [(date(2026, 11, 10), date(2026, 11, 17), date(2026, 11, 24))] * people
    assert [len(sessions) for _person, sessions in to_make_up(group, today=today)] == [3] * people
    with database.read() as db:
        (lean,) = waiting(db, [group.id], today=today, since=date(2026, 11, 3))
    assert (len(lean.to_call), len(lean.to_make_up)) == (people, people)
    for person in group.memberships:
        given = [row.mark for meeting in group.meetings for row in meeting.attendance if row.membership_id == person.id]
        assert (share(given).present, share(given).counted) == (1, 4)


@pytest.mark.parametrize("given", NOT_THERE)
def test_a_past_meeting_is_held_with_its_last_mark(database: Database, group_id: int, mark: Mark3, given: Mark) -> None:
    mark(0, given, given)
    assert group_of(database, group_id).meetings[0].state is MeetingState.PLANNED
    mark(0, given, given, given)
    meeting = group_of(database, group_id).meetings[0]
    assert (meeting.state, meeting.leader, meeting.started) == (MeetingState.HELD, "Marit", False)


@pytest.mark.parametrize("given", Mark)
def test_everybody_at_once_is_the_same(database: Database, leader_id: int, group_id: int, given: Mark) -> None:
    group = group_of(database, group_id)
    with database.write(Action.REST_MARKED, by=leader_id) as db:
        mark_rest(db, group.meetings[1].id, given, today=TODAY)
    assert group_of(database, group_id).meetings[1].state is MeetingState.HELD


def test_on_the_day_notice_alone_is_no_meeting_and_absence_is_one(
    database: Database, group_id: int, mark: Mark3
) -> None:
    """Before it begins all may have given notice: then it can still be called off. That nobody came is known after."""
    mark(2, Mark.NOTICE, Mark.LATE_NOTICE, Mark.EXEMPT)
    assert group_of(database, group_id).meetings[2].state is MeetingState.PLANNED
    mark(2, Mark.NOTICE, Mark.LATE_NOTICE, Mark.ABSENT)
    assert group_of(database, group_id).meetings[2].state is MeetingState.HELD


def test_who_were_all_marked_before_the_day_are_held_when_it_has_passed(
    database: Database, leader_id: int, group_id: int, mark: Mark3
) -> None:
    mark(3, Mark.NOTICE, Mark.NOTICE, Mark.EXEMPT)
    mark(4, Mark.NOTICE)
    days = [meeting.on for meeting in group_of(database, group_id).meetings]
    for today, held in ((days[3], 0), (days[3] + timedelta(1), 1), (days[4] + timedelta(1), 0)):
        with database.write(Action.PAST_MEETINGS_SETTLED, by=None) as db:
            assert settle_past_meetings(db, today=today) == held
    states = [meeting.state for meeting in group_of(database, group_id).meetings]
    assert states == [*[MeetingState.PLANNED] * 3, MeetingState.HELD, MeetingState.PLANNED]


def test_an_archived_group_stays_as_it_is(database: Database, leader_id: int, group_id: int, mark: Mark3) -> None:
    mark(3, Mark.NOTICE, Mark.NOTICE, Mark.EXEMPT)
    with database.write(Action.GROUP_ARCHIVED, by=leader_id) as db:
        archive_group(load_group(db, group_id), today=TODAY)
    with database.write(Action.PAST_MEETINGS_SETTLED, by=None) as db:
        assert settle_past_meetings(db, today=TODAY + timedelta(60)) == 0


def test_nobody_expected_is_nobody_marked(database: Database, leader_id: int) -> None:
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        group = make_group(db, people=0)
        assert mark_rest(db, group.meetings[0].id, Mark.ABSENT, today=TODAY) == 0
        assert settle_past_meetings(db, today=TODAY) == 0
    assert group.meetings[0].state is MeetingState.PLANNED


# -- case 2: cleared again


@pytest.mark.parametrize("which", [0, 2], ids=["past", "today"])
@pytest.mark.parametrize("given", Mark)
def test_a_mark_that_is_cleared_leaves_the_meeting_as_it_was(
    database: Database, group_id: int, mark: Mark3, which: int, given: Mark
) -> None:
    before = everything(database)
    mark(which, given)
    assert everything(database) != before
    mark(which, None)
    assert everything(database) == before


@pytest.mark.parametrize("given", Mark)
def test_all_marks_cleared_one_by_one(
    database: Database, leader_id: int, group_id: int, mark: Mark3, given: Mark
) -> None:
    before = everything(database)
    with database.write(Action.REST_MARKED, by=leader_id) as db:
        mark_rest(db, group_of(database, group_id).meetings[0].id, given, today=TODAY, leader="Marit")
    mark(0, None, None)
    meeting = group_of(database, group_id).meetings[0]
    assert len(meeting.attendance) == 3
    assert (meeting.state is MeetingState.HELD) == (given in (Mark.PRESENT, Mark.LATE, Mark.LEFT_EARLY, Mark.REMOTE))
    mark(0, None, None, None)
    assert everything(database) == before


def test_a_cleared_meeting_can_be_moved_and_cancelled(
    database: Database, leader_id: int, group_id: int, mark: Mark3
) -> None:
    mark(2, Mark.PRESENT)
    for clear in (False, True):
        if clear:
            mark(2, None)
        with database.write(Action.MEETING_CHANGED, by=leader_id) as db:
            group = load_group(db, group_id)
            wanted = {"on": date(2026, 11, 26), "start": group.start, "minutes": 90, "place": ""}
            if not clear:
                with pytest.raises(UserError, match="Clear its marks first"):
                    cancel_meeting(group, group.meetings[2])
                with pytest.raises(UserError, match="Only a meeting that is planned"):
                    change_meeting(group, group.meetings[2], today=TODAY, **wanted)  # type: ignore[arg-type]
                continue
            change_meeting(group, group.meetings[2], today=TODAY, **wanted)  # type: ignore[arg-type]
            assert group.meetings[2].on == date(2026, 11, 26)
            cancel_meeting(group, group.meetings[2])
            assert group.meetings[2].state is MeetingState.CANCELLED


def test_what_is_left_of_the_marks_decides(database: Database, group_id: int, mark: Mark3) -> None:
    """A wrong M among others: without it the meeting is not recorded yet; corrected, it is held."""
    mark(0, Mark.PRESENT, Mark.ABSENT)
    mark(0, None)
    assert group_of(database, group_id).meetings[0].state is MeetingState.PLANNED
    mark(0, Mark.NOTICE, Mark.ABSENT, Mark.ABSENT)
    assert group_of(database, group_id).meetings[0].state is MeetingState.HELD
    mark(0, Mark.REMOTE, None, None)
    assert group_of(database, group_id).meetings[0].state is MeetingState.HELD


def test_clearing_where_nothing_is_marked_writes_nothing(database: Database, group_id: int, mark: Mark3) -> None:
    before = everything(database)
    mark(0, None, None)
    mark(4, None)
    assert everything(database) == before


def test_what_else_was_noted_is_kept(database: Database, leader_id: int, group_id: int, mark: Mark3) -> None:
    mark(0, Mark.PRESENT)
    with database.write(Action.HANDOUT_NOTED, by=leader_id) as db:
        row = db.get(Attendance, group_of(database, group_id).meetings[0].attendance[1].id)
        assert row is not None
        give_handout(db, row, given=True)
    mark(0, None)
    meeting = group_of(database, group_id).meetings[0]
    assert meeting.state is MeetingState.PLANNED
    assert [row.handout_given for row in meeting.attendance] == [False, True, False]


def test_marks_and_clears_are_taken_back_in_any_mixture(database: Database, group_id: int, mark: Mark3) -> None:
    states = [everything(database)]
    for marks in ((Mark.ABSENT,), (None,), (Mark.PRESENT,), (Mark.ABSENT,), (Mark.EXEMPT,), (None,)):
        mark(0, *marks)
        states.append(everything(database))
    while len(states) > 1:
        assert everything(database) == states.pop()
        undo_last(database, database.leader_id or 0)
    assert everything(database) == states[0]


def test_a_mark_taken_back_after_its_day_has_passed_takes_the_meeting_with_it(
    database: Database, leader_id: int, group_id: int, mark: Mark3, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The meeting was held by the day that passed and not by the mark's own action."""
    mark(3, Mark.NOTICE, Mark.NOTICE, Mark.NOTICE)
    later = group_of(database, group_id).meetings[3].on + timedelta(1)
    with database.write(Action.PAST_MEETINGS_SETTLED, by=None) as db:
        settle_past_meetings(db, today=later)
    assert group_of(database, group_id).meetings[3].state is MeetingState.HELD
    undo_last(database, leader_id)
    assert group_of(database, group_id).meetings[3].state is MeetingState.PLANNED


# -- started on purpose


def begun(db: Session, group_id: int) -> tuple[Group, Meeting]:
    group = load_group(db, group_id)
    start_meeting(db, group, group.meetings[0], today=TODAY, leader="Marit")
    return group, group.meetings[0]


def test_a_meeting_that_was_started_stays_held_when_its_marks_are_cleared(
    database: Database, leader_id: int, group_id: int, mark: Mark3
) -> None:
    with database.write(Action.MEETING_STARTED, by=leader_id) as db:
        begun(db, group_id)
    before = everything(database)
    mark(0, Mark.PRESENT)
    mark(0, None)
    assert everything(database) == before
    meeting = group_of(database, group_id).meetings[0]
    assert (meeting.state, meeting.leader) == (MeetingState.HELD, "Marit")


def test_what_became_of_a_session_is_not_lost_with_the_last_mark(
    database: Database, leader_id: int, group_id: int, mark: Mark3
) -> None:
    mark(0, Mark.PRESENT)
    with database.write(Action.OUTCOME_SET, by=leader_id) as db:
        group = load_group(db, group_id)
        set_outcome(group, group.meetings[0].sessions[0], Outcome.PARTLY)
    mark(0, None)
    meeting = group_of(database, group_id).meetings[0]
    assert meeting.state is MeetingState.HELD
    assert meeting.sessions[0].outcome is Outcome.PARTLY


@pytest.mark.parametrize("outcome", [None, *Outcome])
def test_a_start_can_be_taken_back_with_what_was_said_of_the_sessions(
    database: Database, leader_id: int, group_id: int, mark: Mark3, outcome: Outcome | None
) -> None:
    before = schedule_of(group_of(database, group_id))
    with database.write(Action.MEETING_STARTED, by=leader_id) as db:
        group, meeting = begun(db, group_id)
        if outcome:
            set_outcome(group, meeting.sessions[0], outcome)
    mark(0, Mark.LATE)
    with pytest.raises(UserError, match="Clear them first"):
        not_held(database, leader_id, group_id)
    mark(0, None)
    not_held(database, leader_id, group_id)
    group = group_of(database, group_id)
    meeting = group.meetings[0]
    assert schedule_of(group) == before
    assert (meeting.state, meeting.leader, meeting.attendance) == (MeetingState.PLANNED, "", [])
    assert [session.outcome for session in meeting.sessions] == [None]
    with pytest.raises(UserError, match="not been held"):
        not_held(database, leader_id, group_id)


def not_held(database: Database, leader_id: int, group_id: int) -> None:
    with database.write(Action.MEETING_NOT_HELD, by=leader_id) as db:
        group = load_group(db, group_id)
        take_back_held(db, group, group.meetings[0], today=TODAY)


def test_what_was_made_up_stays_made_up(database: Database, leader_id: int, group_id: int, mark: Mark3) -> None:
    """It was received outside the meeting, whatever becomes of the meeting."""
    mark(0, Mark.ABSENT, Mark.PRESENT)
    with database.write(Action.SESSION_MADE_UP, by=leader_id) as db:
        group = load_group(db, group_id)
        make_up(db, group.memberships[0], group.sessions[0], way=Way.PHONE, on=TODAY, today=TODAY)
    mark(0, None, None)
    group = group_of(database, group_id)
    assert group.meetings[0].state is MeetingState.PLANNED
    assert [progress.states[0] for progress in progress_of(group)] == [
        Received.MADE_UP,
        Received.TO_COME,
        Received.TO_COME,
    ]
    mark(0, Mark.ABSENT, Mark.PRESENT)
    states = [progress.states[0] for progress in progress_of(group_of(database, group_id))]
    assert states == [Received.MADE_UP, Received.ATTENDED, Received.TO_COME]
