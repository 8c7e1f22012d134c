"""How long a person stays on the call list: the same on Today, on paper and in the shell, whatever time goes by."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy.orm import Session

from rop_facilitator.planning.calendar import Closure
from rop_facilitator.records.group.archived_groups import archive_group
from rop_facilitator.records.group.groups import add_participant, create_group, load_group, take_out
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting.meetings import start_meeting
from rop_facilitator.records.models import Group
from rop_facilitator.records.progress.call_list import GROUP_GOES_ON_AFTER_LAST_MEETING, follow_up, to_call
from rop_facilitator.records.progress.today_list import count_left, count_of, meetings_around
from rop_facilitator.records.storage.database import Database
from tests.records.factories import TUESDAYS, make_curriculum, make_group

SEPTEMBER = date(2026, 9, 1)
ABSENT = (SEPTEMBER, date(2026, 9, 8))
JUNE = (date(2026, 6, 9), date(2026, 6, 16))
LATER = (date(2026, 10, 30), date(2026, 11, 1), date(2026, 11, 24))


def hold(db: Session, group: Group, *marks: Mark) -> None:
    """The first meetings, with the same mark for everybody who is expected."""
    for meeting, mark in zip(group.meetings, marks, strict=False):
        start_meeting(db, group, meeting, today=meeting.on)
        for row in meeting.attendance:
            row.mark = mark
    db.flush()


def on_today(database: Database, day: date) -> list[tuple[date, ...]]:
    """The calls on the page of today, after those of the whole group are found to be the same."""
    now = datetime.combine(day, time(8))
    with database.read() as db:
        calls = [call.days for call in meetings_around(db, now).to_call]
        assert calls == [call.days for call in to_call(load_group(db, 1), today=day)]
    return calls


@pytest.fixture
def exempt_since(database: Database, leader_id: int) -> Database:
    """Absent on 1 and 8 September, and exempt at each meeting after that."""
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = make_group(db, people=1, sessions=20, first=SEPTEMBER)
        hold(db, group, Mark.ABSENT, Mark.ABSENT, *[Mark.EXEMPT] * 10)
    return database


@pytest.mark.parametrize("day", LATER)
def test_who_was_not_called_stays_and_the_row_is_counted_whole(exempt_since: Database, day: date) -> None:
    assert on_today(exempt_since, day) == [ABSENT]
    with exempt_since.read() as db:
        now = datetime.combine(day, time(8))
        assert count_left(db, now, number_missing=False) == count_of(meetings_around(db, now), number_missing=False)


@pytest.mark.parametrize("day", LATER)
def test_a_call_another_mark_and_the_last_day_end_it(exempt_since: Database, leader_id: int, day: date) -> None:
    with exempt_since.write(Action.FOLLOWED_UP, by=leader_id) as db:
        call = follow_up(db, load_group(db, 1).memberships[0], on=date(2026, 9, 9))
    assert on_today(exempt_since, day) == []
    with exempt_since.write(Action.FOLLOWED_UP, by=leader_id) as db:
        person = load_group(db, 1).memberships[0]
        person.follow_ups = [entry for entry in person.follow_ups if entry.id != call.id]
    assert on_today(exempt_since, day) == [ABSENT]
    with exempt_since.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        third = load_group(db, 1).meetings[2].attendance[0]
        third.mark = Mark.NOTICE
    assert on_today(exempt_since, day) == []
    with exempt_since.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        load_group(db, 1).meetings[2].attendance[0].mark = Mark.EXEMPT
        take_out(db, load_group(db, 1).memberships[0], on=day)
    assert on_today(exempt_since, day) == []


def test_over_a_summer_of_ten_weeks(database: Database, leader_id: int) -> None:
    summer = Closure(date(2026, 6, 17), date(2026, 8, 24), "Summer")
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = create_group(db, "T", [make_curriculum(6)], TUESDAYS, first_date=JUNE[0], closures=[summer])
        add_participant(db, group, "Berit", joined=JUNE[0])
        hold(db, group, Mark.ABSENT, Mark.ABSENT)
        assert group.meetings[2].on - JUNE[1] == timedelta(weeks=10)
    for day in (date(2026, 6, 17), date(2026, 7, 20), date(2026, 8, 24), date(2026, 8, 25)):
        assert on_today(database, day) == [JUNE], day
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        hold(db, load_group(db, 1), *[Mark.ABSENT] * 3)
    assert on_today(database, date(2026, 8, 26)) == [(*JUNE, date(2026, 8, 25))]


def test_a_group_that_has_ended_and_one_that_is_archived_ask_for_nobody(database: Database, leader_id: int) -> None:
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = make_group(db, people=1, sessions=2, first=SEPTEMBER)
        hold(db, group, Mark.ABSENT, Mark.ABSENT)
    last = ABSENT[-1] + GROUP_GOES_ON_AFTER_LAST_MEETING
    assert on_today(database, last) == [ABSENT]
    assert on_today(database, last + timedelta(days=1)) == []
    with database.write(Action.GROUP_ARCHIVED, by=leader_id) as db:
        archive_group(load_group(db, 1), today=last)
    assert on_today(database, last) == []
