"""An archived group: readable, out of the lists, changed by nothing, and back again."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from rop_facilitator.records.erasure.erase import erase_group, erase_participant
from rop_facilitator.records.group import groups
from rop_facilitator.records.group.archived_groups import ArchivedError, archive_group, archived_groups, unarchive_group
from rop_facilitator.records.group.group_changes import GroupChange, change_group
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.group.groups_overview import group_summaries, groups_meeting_since, meetings_between
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.log.undo import next_undo, undo_last
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting import attendance
from rop_facilitator.records.models import (
    Group,
    Way,
)
from rop_facilitator.records.plan import group_plan
from rop_facilitator.records.progress import call_list, progress
from rop_facilitator.records.storage.database import Database
from tests.records.factories import make_group
from tests.records.steps import rows

TODAY = date(2026, 11, 24)


@pytest.fixture
def group_id(database: Database, leader_id: int) -> int:
    """An archived group with marks, beside one that goes on."""
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        make_group(db, people=1, name="Others")
        group = make_group(db)
        attendance.mark_rest(db, group.meetings[0].id, Mark.ABSENT, today=TODAY)
    with database.write(Action.GROUP_ARCHIVED, by=leader_id) as db:
        archive_group(load_group(db, group.id), today=TODAY)
    return group.id


ACTS: dict[str, Callable[[Session, Group], object]] = {
    "mark": lambda db, g: attendance.mark_attendance(
        db, g.meetings[0].id, g.memberships[0].id, Mark.PRESENT, today=TODAY
    ),
    "rest": lambda db, g: attendance.mark_rest(db, g.meetings[1].id, Mark.ABSENT, today=TODAY),
    "person": lambda db, g: groups.add_participant(db, g, "Nina", joined=TODAY),
    "name of a person": lambda db, g: groups.rename_participant(db, g, g.memberships[0], "Nina"),
    "contact": lambda db, g: call_list.set_contact(db, g.memberships[0], "SMS"),
    "make up": lambda db, g: progress.make_up(
        db, g.memberships[0], g.sessions[0], way=Way.PHONE, on=TODAY, today=TODAY
    ),
    "end": lambda db, g: group_plan.set_end(g, None if g.until else date(2026, 12, 20), today=TODAY),
    "cancel": lambda db, g: group_plan.cancel_meeting(g, g.meetings[-1]),
    "name": lambda db, g: change_group(g, GroupChange(TODAY, name="New"), today=TODAY),
    "delete": lambda db, g: db.delete(g),
}


@pytest.mark.parametrize("act", list(ACTS))
def test_nothing_in_it_can_be_changed(act: str, database: Database, leader_id: int, group_id: int) -> None:
    with database.read() as db:
        before = rows(db)
    with (
        pytest.raises(ArchivedError, match="Bring it back first"),
        database.write(Action.GROUP_CHANGED, by=leader_id) as db,
    ):
        ACTS[act](db, load_group(db, group_id))
    with database.read() as db:
        assert rows(db) == before
    with database.write(Action.GROUP_BROUGHT_BACK, by=leader_id) as db:
        unarchive_group(load_group(db, group_id))
    with database.write(Action.GROUP_CHANGED, by=leader_id) as db:
        ACTS[act](db, load_group(db, group_id))
    with database.read() as db:
        assert rows(db) != before


def test_it_is_out_of_the_lists_and_can_be_read(database: Database, group_id: int) -> None:
    with database.read() as db:
        assert [group.id for group in archived_groups(db)] == [group_id]
        assert [row.name for row in group_summaries(db, today=TODAY)] == ["Others"]
        assert {meeting.group_id for meeting in meetings_between(db, TODAY, TODAY)} == {1}
        assert groups_meeting_since(db, TODAY) == [1]
        group = load_group(db, group_id)
    assert [row.mark for row in group.meetings[0].attendance] == [Mark.ABSENT] * 3


def test_the_other_group_goes_on(database: Database, leader_id: int, group_id: int) -> None:
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        assert attendance.mark_rest(db, load_group(db, 1).meetings[0].id, Mark.PRESENT, today=TODAY) > 0


def test_who_is_in_two_groups_can_be_renamed(database: Database, leader_id: int, group_id: int) -> None:
    """A person is of the group that goes on as well."""
    from rop_facilitator.records.models import Membership

    with database.write(Action.PERSON_ADDED, by=leader_id) as db:
        other = groups.add_participant(db, load_group(db, 1), "Nina", joined=TODAY)
        person = load_group(db, group_id).memberships[0].participant_id
        other.participant_id = person
        db.flush()
    with database.write(Action.PERSON_RENAMED, by=leader_id) as db:
        membership = db.get(Membership, other.id)
        assert membership is not None
        group = load_group(db, 1)
        groups.rename_participant(db, group, group.memberships[-1], "Kari")


def test_undo_brings_it_back(database: Database, leader_id: int, group_id: int) -> None:
    assert undo_last(database, leader_id).action == "group archived"
    with database.read() as db:
        assert load_group(db, group_id).archived is None
    undo_last(database, leader_id)  # and then what was done before


def test_who_asks_to_be_deleted_is_deleted_from_it_too(database: Database, leader_id: int, group_id: int) -> None:
    with database.read() as db:
        person = load_group(db, group_id).memberships[0].participant_id
    erase_participant(database, person, by=leader_id)
    with database.read() as db:
        assert len(load_group(db, group_id).memberships) == 2


def test_it_can_be_deleted_for_good(database: Database, leader_id: int, group_id: int) -> None:
    erase_group(database, group_id, by=leader_id)
    with database.read() as db:
        assert [group.name for group in db.query(Group)] == ["Others"]
    assert next_undo(database, leader_id) is None


def test_twice(database: Database, leader_id: int, group_id: int) -> None:
    with (
        pytest.raises(Exception, match="archived since Tuesday 24 November"),
        database.write(Action.GROUP_CHANGED, by=leader_id) as db,
    ):
        archive_group(load_group(db, group_id), today=TODAY)
    with pytest.raises(Exception, match="not archived"), database.write(Action.GROUP_CHANGED, by=leader_id) as db:
        unarchive_group(load_group(db, 1))
