"""All groups at once, counted by the database as the rest of the program counts one group."""

from datetime import date, timedelta

from sqlalchemy import select

from rop_facilitator.curriculum.load import load_library
from rop_facilitator.paths import shipped
from rop_facilitator.records.group.groups import add_participant, count_members, load_group, take_out
from rop_facilitator.records.group.groups_overview import group_summaries, meetings_between, unmarked_meetings
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting.attendance import mark_attendance, unmarked
from rop_facilitator.records.meeting.meetings import GOING, start_meeting
from rop_facilitator.records.membership.membership_changes import save_periods
from rop_facilitator.records.membership.membership_periods import ended, paused
from rop_facilitator.records.models import Group, MembershipStatus
from rop_facilitator.records.plan.group_plan import cancel_meeting
from rop_facilitator.records.sample_groups import add_sample_groups
from rop_facilitator.records.storage.database import Database
from tests.records.factories import make_group

TODAY = date(2026, 11, 24)
LONG = timedelta(days=400)


def one_of_each(database: Database, leader_id: int) -> int:
    """A group with a held meeting, a called-off one, one to come, and people who have left or left too early."""
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        group = make_group(db, people=6, sessions=5)
        first, second = group.meetings[0], group.meetings[1]
        start_meeting(db, group, first, today=TODAY)
        mark_attendance(db, first.id, group.memberships[0].id, Mark.PRESENT, today=TODAY)
        mark_attendance(db, first.id, group.memberships[1].id, Mark.PRESENT, today=TODAY)
        mark_attendance(db, first.id, group.memberships[1].id, None, today=TODAY)
        cancel_meeting(group, second)
        take_out(db, group.memberships[2], on=first.on)  # keeps a row at a meeting that it left on
        take_out(db, group.memberships[3], on=second.on)
        return group.id


def test_a_group_is_summed_up_as_it_stands_on_the_day(database: Database, leader_id: int) -> None:
    one_of_each(database, leader_id)
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        make_group(db, people=0, sessions=1, name="A", first=date(2026, 9, 1))
    with database.read() as db:
        empty, tuesdays = group_summaries(db, today=TODAY)
    assert (empty.name, empty.members, empty.held, empty.planned, empty.next_meeting) == ("A", 0, 0, 1, None)
    assert (tuesdays.members, tuesdays.held, tuesdays.planned, tuesdays.next_meeting) == (4, 1, 5, TODAY)
    assert tuesdays.curricula == ("course",)


def test_the_list_counts_people_as_the_page_of_the_group_does(database: Database, leader_id: int) -> None:
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        group = make_group(db, people=4)
        save_periods(db, group, group.memberships[0], paused(group.memberships[0], TODAY, date(2026, 12, 15)))
        save_periods(db, group, group.memberships[1], ended(group.memberships[1], TODAY, MembershipStatus.LEFT))
        add_participant(db, group, "Greta", joined=date(2026, 12, 1))
        group_id = group.id
    with database.read() as db:
        (summary,) = group_summaries(db, today=TODAY)
        assert summary.members == count_members(load_group(db, group_id), TODAY) == 3


def test_the_unmarked_are_counted_as_the_meeting_counts_them(database: Database, leader_id: int) -> None:
    one_of_each(database, leader_id)
    with database.write(Action.SAMPLE_ADDED, by=leader_id) as db:
        add_sample_groups(db, load_library((shipped("curricula"),)), today=TODAY)
    with database.read() as db:
        counts = {meeting.id: count for meeting, count in unmarked_meetings(db, TODAY - LONG, TODAY + LONG)}
        groups = [load_group(db, group_id) for group_id in db.scalars(select(Group.id))]
    counted = {m.id: left for g in groups for m in g.meetings if m.state in GOING and (left := unmarked(g, m))}
    assert counts == counted
    assert len(set(counted.values())) > 2


def test_only_what_is_asked_for_is_read(database: Database, leader_id: int) -> None:
    group_id = one_of_each(database, leader_id)
    with database.read() as db:
        coming = meetings_between(db, TODAY, TODAY + LONG)
        (soonest,) = meetings_between(db, TODAY, TODAY + LONG, most=1)
    assert [meeting.on for meeting in coming] == sorted(meeting.on for meeting in coming)
    assert (soonest.id, soonest.group.id) == (coming[0].id, group_id)
    assert [session.title for session in soonest.sessions] == ["Session 2"]
    assert "attendance" not in vars(soonest)
    assert "memberships" not in vars(soonest.group)
