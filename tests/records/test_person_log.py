"""Where the subject of each change about a person is now."""

from datetime import date, timedelta

import pytest

from rop_facilitator.records.group.groups import add_participant, load_group, rename_participant
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.log.person_log import EventPlace, Subject, person_events
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting.attendance import mark_attendance
from rop_facilitator.records.membership.membership_changes import save_periods
from rop_facilitator.records.membership.membership_periods import with_first_day
from rop_facilitator.records.models import Way
from rop_facilitator.records.progress.call_list import set_contact
from rop_facilitator.records.progress.progress import make_up, taught_sessions
from rop_facilitator.records.storage.database import Database
from tests.records.factories import make_group

TODAY = date(2026, 12, 1)


@pytest.fixture
def group_id(database: Database, leader_id: int) -> int:
    """One person, marked at the first meeting."""
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        group = make_group(db)
        add_participant(db, group, "Kari", joined=group.first_date)
        number = group.id
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = load_group(db, number)
        mark_attendance(db, group.meetings[0].id, group.memberships[0].id, Mark.PRESENT, today=TODAY)
    return number


def newest(database: Database) -> EventPlace:
    with database.read() as db:
        return person_events(db, 1)[0].place


def test_a_mark_is_at_its_meeting_until_the_meeting_is_gone(database: Database, leader_id: int, group_id: int) -> None:
    with database.read() as db:
        meeting_id = load_group(db, group_id).meetings[0].id
    assert newest(database) == EventPlace(Subject.MEETING, group_id, meeting_id)
    with database.write(Action.PLAN_CHANGED, by=leader_id) as db:
        group = load_group(db, group_id)
        group.meetings.remove(group.meetings[0])
    assert newest(database) == EventPlace(Subject.PLAN, group_id), "what took it away was a change of the plan"
    with database.read() as db:
        assert person_events(db, 1)[1].place == EventPlace(Subject.GONE)


@pytest.mark.parametrize(
    ("action", "subject"),
    [
        (Action.PERSON_RENAMED, Subject.NAME),
        (Action.CONTACT_CHANGED, Subject.CONTACT),
        (Action.FIRST_DAY_CORRECTED, Subject.PERIOD),
        (Action.SESSION_MADE_UP, Subject.RECEIVED),
    ],
)
def test_what_is_about_the_person_is_on_the_page_of_the_person(
    database: Database, leader_id: int, group_id: int, action: Action, subject: Subject
) -> None:
    with database.write(action, by=leader_id) as db:
        group = load_group(db, group_id)
        kari = group.memberships[0]
        if subject is Subject.NAME:
            rename_participant(db, group, kari, "Kari B.")
        elif subject is Subject.CONTACT:
            set_contact(db, kari, "SMS")
        elif subject is Subject.PERIOD:
            save_periods(db, group, kari, with_first_day(kari, 1, kari.joined - timedelta(days=1)))
        else:
            make_up(db, kari, taught_sessions(group)[1], way=Way.PHONE, on=TODAY, today=TODAY)
    assert newest(database) == EventPlace(subject, 0 if subject is Subject.NAME else group_id)
